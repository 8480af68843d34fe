"""Questions to a large graph make a store of it on disk, and are asked of that; to a small one, all is as it was."""

from __future__ import annotations

import os
import shutil
from errno import EROFS
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman import keptstore
from dragoman.cli import main
from dragoman.keptstore import find_store, make_store
from small_record import write_output

EXAMPLE = Path(__file__).parents[2] / "graphs" / "un-oic" / "graph"
STATES = "SELECT ?label { ?x a dgm:State ; skos:prefLabel ?label }"
ANSWER = "label\nNorland\nSudmark\n"  # as the runner of the tests reads lines


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """A file that was just written is taken as settled."""
    monkeypatch.setattr(keptstore, "SETTLED", 0)


@pytest.fixture
def _large(monkeypatch):
    """Every graph is taken as a large one."""
    monkeypatch.setattr(keptstore, "SMALL", 0)


@pytest.fixture
def out(tmp_path):
    """A graph without a store."""
    return write_output(tmp_path / "out")


def run(*arguments: str | Path) -> Result:
    """A command, run in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def query(out: Path, *options: str) -> Result:
    """The command ``query``, for the states."""
    return run("query", out, STATES, "--format", "csv", *options)


def listing(folder: Path) -> list[str]:
    """Names in a folder, but for those that a build writes."""
    return sorted(path.name for path in folder.iterdir() if "store" in path.name)


@pytest.mark.usefixtures("_large")
def test_the_first_question_makes_the_store_and_the_second_says_nothing(out):
    first, second, third = query(out), query(out), run("ask", out, "entities", "--class", "State", "--format", "csv")
    assert [each.exit_code for each in (first, second, third)] == [0, 0, 0]
    assert first.stderr == (
        f"dragoman: making a store of this graph on disk, once: {out / 'graph.store'}; later it need not be loaded\n"
    )
    assert second.stderr == third.stderr == ""
    assert first.stdout == second.stdout == query(out, "--no-store").stdout == ANSWER
    assert listing(out) == ["graph.store"]


def test_a_small_graph_is_loaded_and_nothing_is_kept(out):
    assert (query(out).output, run("ask", out, "entities", "--class", "State").exit_code) == (ANSWER, 0)
    assert listing(out) == []


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "OUT", STATES, "--no-store"),
        ("query", "OUT", STATES, "--explain", "--no-store"),
        ("ask", "OUT", "--no-store", "entities", "--class", "State"),
        ("ask", "--no-store", "OUT", "entities", "--class", "State"),
    ],
    ids=" ".join,
)
def test_who_wants_no_store_gets_none(out, arguments):
    result = run(*(out if argument == "OUT" else argument for argument in arguments))
    assert (result.exit_code, result.stderr) == (0, "")
    assert listing(out) == []


@pytest.mark.usefixtures("_large")
def test_a_folder_that_cannot_be_written_is_told_in_a_line(out, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise OSError(EROFS, os.strerror(EROFS))

    monkeypatch.setattr(keptstore, "locked", refuse)
    result = query(out)
    assert (result.exit_code, result.stdout) == (0, ANSWER)
    assert result.stderr == (
        f"dragoman: {out / 'graph.store'}: cannot be made: Read-only file system; "
        "the graph is loaded into memory, as it is with --no-store\n"
    )


def test_the_store_is_made_and_removed_by_hand(out):
    made = run("store", out)
    assert (made.exit_code, made.stdout.startswith(f"Store    {out / 'graph.store'}, ")) == (0, True)
    assert listing(out) == ["graph.store"]
    assert (run("store", out).stderr, query(out).output) == ("", ANSWER)
    assert run("store", out, "--remove").output == f"Removed: {out / 'graph.store'}\n"
    assert run("store", out, "--remove").output == f"{out}: has no store on disk\n"
    assert listing(out) == []


def test_where_the_graph_was_asked_is_told_to_who_wants_to_know(out):
    assert f"dragoman: store: graph {out}, place memory\n" in query(out, "--verbose").stderr
    make_store(out)
    assert f"dragoman: store: graph {out}, place disk\n" in query(out, "--verbose").stderr


def test_a_store_damaged_within_is_one_line_that_says_what_to_do(out):
    shutil.copy(EXAMPLE / "graph.nq", out)
    make_store(out)
    for path in (out / "graph.store" / "data").glob("*.sst"):
        data = path.read_bytes()
        if len(data) > 20_000:  # of a smaller one, what is read when it is opened would be hit
            path.write_bytes(data[: len(data) // 3] + b"spoilt" + data[len(data) // 3 + 6 :])
    assert find_store(out) is not None
    result = run("query", out, "SELECT * { ?s ?p ?o }")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith(f"dragoman: {out / 'graph.store'}: damaged, or taken away meanwhile: ")
    assert result.stderr.endswith("ask again, and if that does not help, remove it with dragoman store --remove\n")


def test_a_store_that_cannot_be_made_by_hand_is_a_fault_of_the_call(out):
    (out / "graph.store").write_text("mine")
    result = run("store", out)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"dragoman: {out / 'graph.store'}: cannot be made: what is there was not made by dragoman; move it away\n"
    )
    assert "no such folder" in run("store", out / "none").stderr
