"""The log of a command, and the file that keeps a fault of our own: what stands in them, and what must not."""

import io
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import dragoman.query
from dragoman import faults, logs
from dragoman.cli import main
from small_record import write_output

FIELDS = {"time", "level", "logger", "event"}


def run(*arguments: str | Path):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return write_output(tmp_path_factory.mktemp("graph") / "out")


@pytest.fixture
def faulty(monkeypatch):
    """A program with a fault: each query breaks."""

    def break_down(*_, **__):
        raise LookupError("no \x1b[31m such thing at https://ana:secret@example.org/store\nor elsewhere")

    monkeypatch.setattr(dragoman.query, "run_query", break_down)


def test_each_line_of_the_log_is_a_json_object(out, tmp_path):
    log = tmp_path / "log.jsonl"
    assert run("query", out, "ASK {}", "--log-file", log).exit_code == 0
    assert run("query", out, "ASK", "--log-file", log).exit_code == 2
    lines = [json.loads(line) for line in log.read_text(encoding="ascii").splitlines()]
    assert all(line.keys() >= FIELDS for line in lines)
    assert [line["event"] for line in lines] == ["begin", "store", "end", "begin", "store", "end"]
    assert [line["exit_code"] for line in lines if line["event"] == "end"] == [0, 2]
    assert lines[0]["command"] == "query"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", lines[0]["time"])


@pytest.mark.slow
def test_the_log_of_a_build_tells_its_stages_and_what_was_left_out_and_changes_no_byte(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("Ghana condemned terrorism.\n")
    (documents / "b\x1b[31m.txt").write_text("12")
    assert run("build", documents, "-o", tmp_path / "plain").exit_code == 0
    log = tmp_path / "log.jsonl"
    assert run("build", documents, "-o", tmp_path / "logged", "--log-file", log).exit_code == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"joining", "writing the graph"} <= {line.get("stage") for line in lines}
    assert next(line for line in lines if line["event"] == "built")["documents"] == 1
    assert next(line for line in lines if line["event"] == "skipped")["reason"] == "no words in it"
    assert "\x1b" not in log.read_text()
    for path in (tmp_path / "plain").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "logged" / path.relative_to(tmp_path / "plain")).read_bytes()


def test_verbose_lines_go_to_stderr_alone(out):
    result = run("query", out, "ASK {}", "--verbose")
    assert result.stdout == "true\n"
    assert result.stderr.startswith("dragoman: begin: command query, version ")
    assert "dragoman: end: exit_code 0, seconds " in result.stderr
    assert run("query", out, "ASK {}").stderr == ""


def test_a_hostile_name_in_the_log_steers_no_terminal_and_begins_no_line():
    screen = io.StringIO()
    logs.log_to_terminal(screen)
    try:
        logs.LOGGER.handle(logs.event("skipped", name="a\x1b[2J\ndragoman: end: exit_code 0", reason="\u202e\x07"))
    finally:
        logs.stop_logging()
    assert screen.getvalue().count("\n") == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", screen.getvalue())


def test_passwords_are_in_no_log(out, tmp_path):
    log = tmp_path / "log.jsonl"
    result = run("push", out, "--to", "http://ana:secret@127.0.0.1:9/store", "--log-file", log)
    assert result.exit_code == 2
    assert "secret" not in log.read_text()
    assert "http://…@127.0.0.1:9/store" in json.loads(log.read_text().splitlines()[-1])["arguments"]


def test_a_log_that_cannot_be_written_is_a_fault_of_the_call(out, tmp_path):
    result = run("query", out, "ASK {}", "--log-file", tmp_path / "gone" / "log.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be written: No such file or directory" in result.stderr


def test_a_fault_of_our_own_is_one_line_and_a_file(out, faulty):
    result = run("query", out, "ASK {}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    found = re.fullmatch(
        r"dragoman: a fault of dragoman's own, not of yours: LookupError: no  ?\[31m such thing at "
        r"https://…@example.org/store or elsewhere; please report it with the file (\S+), which holds the details\n",
        result.stderr,
    )
    details = Path(found[1])
    try:
        text = details.read_text(encoding="utf-8")
        assert stat.S_IMODE(details.stat().st_mode) & 0o077 == 0, "others can read it"
    finally:
        details.unlink()
    assert "Traceback (most recent call last)" in text
    assert f"command    dragoman query {out} 'ASK {{}}'" in text
    assert "pyoxigraph 0." in text
    assert "secret" not in text


def test_details_that_find_no_room_are_printed(out, faulty, monkeypatch):
    def fail(**_):
        raise OSError("No space left on device")

    monkeypatch.setattr(faults.tempfile, "mkstemp", fail)
    result = run("query", out, "ASK {}")
    assert result.exit_code == 3
    assert "Traceback" in result.stderr
    assert result.stderr.splitlines()[-1].endswith("please report it with the lines above")


def test_too_little_memory_is_told_in_a_line(out, monkeypatch):
    def run_out(*_, **__):
        raise MemoryError

    monkeypatch.setattr(dragoman.query, "run_query", run_out)
    result = run("query", out, "ASK {}")
    assert result.exit_code == 2
    assert result.stderr.startswith("dragoman: there is not enough memory")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_takes_the_options_of_the_log(command):
    told = run(command, "--help").stdout
    assert "--verbose" in told
    assert "--log-file FILE" in told


def test_the_log_is_not_loaded_where_nobody_asks_for_it():
    script = "import sys, dragoman.cli; print('dragoman.logs' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=os.environ, check=True)
    assert told.stdout == "False\n"
