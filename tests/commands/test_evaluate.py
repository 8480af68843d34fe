"""The command ``evaluate``."""

from __future__ import annotations

import json

import msgspec
import pytest
from click.testing import CliRunner

from dragoman.cli import main
from reference_record import REFERENCE, record
from small_record import write_output


def run(*words: object):
    return CliRunner().invoke(main, ["evaluate", *map(str, words)])


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return write_output(tmp_path_factory.mktemp("built") / "out", record())


@pytest.fixture
def references(tmp_path):
    folder = tmp_path / "references"
    folder.mkdir()
    (folder / "first.json").write_bytes(msgspec.json.encode(REFERENCE))
    return folder


def test_all_tables_are_printed(out, references):
    result = run(out, references)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("On the whole\n\nof        precision  recall  F1     in graph  in references\n")
    for title in (
        "Claims by property",
        "Claims by confidence",
        "Some that were missed",
        "Claims that are wrong, by rule",
    ):
        assert f"\n{title}\n\n" in result.stdout


def test_tables_and_form_are_chosen(out, references):
    result = run(out, references / "first.json", "--table", "summary", "--table", "properties", "--format", "json")
    found = json.loads(result.stdout)
    assert list(found) == ["summary", "properties"]
    assert found["summary"][0] == {
        "of": "claims",
        "precision": 0.5,
        "recall": 0.5,
        "F1": 0.5,
        "in graph": 6,
        "in references": 6,
    }
    assert run(out, references, "--table", "summary", "--format", "markdown").stdout.startswith("| of | precision |")


def test_errors_are_shown_up_to_the_limit(out, references):
    words = (out, references, "--table", "wrong", "--format", "json")
    assert len(json.loads(run(*words).stdout)["wrong"]) == 3
    assert len(json.loads(run(*words, "--limit", 1).stdout)["wrong"]) == 1


def test_a_reference_of_a_document_that_is_not_there_is_left_out_and_told(out, references):
    (references / "other.json").write_bytes(msgspec.json.encode(type(REFERENCE)("other.txt", (), ())))
    result = run(out, references, "--table", "summary")
    assert result.exit_code == 0
    assert result.stderr == f"dragoman: other.txt: not in {out}; its reference is left out\n"
    (references / "first.json").unlink()
    result = run(out, references)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no reference is of a document in" in result.stderr.splitlines()[-1]


def test_a_faulty_reference_is_a_fault_of_the_data(out, references):
    (references / "bad.json").write_text('{"document": 1}', encoding="utf-8")
    result = run(out, references)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"dragoman: {references / 'bad.json'}: no reference: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["nowhere.json"], ["--table", "best"]])
def test_a_fault_of_the_call_is_one_line(out, words):
    result = run(out, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_help_shows_a_reference_that_can_be_used(out, tmp_path):
    told = run("--help").stdout
    example = told[told.index("{") : told.rindex("}") + 1]
    (tmp_path / "help.json").write_text(example, encoding="utf-8")
    result = run(out, tmp_path / "help.json")
    assert "its reference is left out" in result.stderr, result.stderr
