"""Quotes in documents that changed since: the same place, moved, or gone."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.record import read_record
from dragoman.records import Evidence, Span
from dragoman.verification import Status, find_quote, judge_quotes, verify
from small_record import RECORD, TEXTS, trap_record, write_output


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["verify", *(str(argument) for argument in arguments)])


@pytest.fixture
def out(tmp_path):
    return write_output(tmp_path / "out")


@pytest.fixture
def sources(tmp_path):
    folder = tmp_path / "sources"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def statuses(record, folder):
    return {verdict.place: str(verdict.status) for verdict in verify(record, folder).verdicts}


def test_documents_as_they_were_hold_each_quote_at_its_place(out, sources):
    found = verify(read_record(out), sources)
    assert (found.count(Status.SAME), found.count(Status.MOVED), found.count(Status.GONE)) == (6, 0, 0)
    assert found.changed == ()


def test_a_copy_beside_a_document_takes_nothing_from_it(out, sources):
    (sources / "a-copy.txt").write_text(TEXTS["second.txt"], encoding="utf-8")
    assert set(statuses(read_record(out), sources).values()) == {"same"}


def test_words_before_a_quote_move_it(out, sources):
    (sources / "third.txt").write_text("A foreword. " + TEXTS["third.txt"], encoding="utf-8")
    (verdict,) = (each for each in verify(read_record(out), sources).verdicts if each.evidence.document == "third.txt")
    assert (verdict.status, verdict.now) == (Status.MOVED, Span(12, 50))


def test_words_that_changed_lose_a_quote_and_a_file_that_is_gone_loses_all(out, sources):
    (sources / "third.txt").write_text(TEXTS["third.txt"].replace("did not condemn", "condemned"), encoding="utf-8")
    (sources / "remarks" / "first.txt").unlink()
    found = verify(read_record(out), sources)
    assert {verdict.evidence.document for verdict in found.verdicts if verdict.status is Status.GONE} == {
        "remarks/first.txt",
        "third.txt",
    }
    assert [fault.where for fault in found.changed] == ["remarks/first.txt", "third.txt"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("War. It is a war in Vale.", 13),  # by the words after it
        ("war here; the war there; war of all", 14),  # by the words before it
        ("war  war", 0),  # nothing tells: the nearer
        ("peace", None),
    ],
)
def test_quote_is_found_by_the_words_around_it(text, start):
    evidence = Evidence("a.txt", Span(2, 5), "war", "the ", " in Vale")
    assert find_quote(text, evidence) == (None if start is None else Span(start, start + 3))


def test_quote_is_found_across_other_line_breaks():
    evidence = Evidence("a.txt", Span(0, 15), "the war in Vale", "", "")
    assert find_quote("So the war\n  in Vale went on", evidence) == Span(3, 20)


def test_hostile_text_is_judged_by_what_the_graph_keeps_of_it():
    record = trap_record()
    verdicts = judge_quotes(record, {document.name: document.text for document in record.documents})
    assert {verdict.status for verdict in verdicts} == {Status.SAME}


def test_command_tells_each_quote_that_is_elsewhere(out, sources):
    told = run(out, "--documents", sources)
    assert (told.exit_code, told.stdout) == (
        0,
        "6 quotes: 6 same, 0 moved, 0 gone; 0 documents changed or missing\n",
    )
    assert run(out, "--documents", sources, "--all").stdout.count(": same: “") == 6
    (sources / "third.txt").write_text("A foreword. " + TEXTS["third.txt"], encoding="utf-8")
    moved = run(out, "--documents", sources)
    assert moved.exit_code == 0
    assert moved.stdout.splitlines() == [
        "third.txt: the file has changed since it was read",
        "third.txt:0-38: moved to 12-50: “Norland did not condemn the Red Column”",
        "6 quotes: 5 same, 1 moved, 0 gone; 1 document changed or missing",
    ]


def test_command_fails_where_a_quote_is_gone(out, sources):
    (sources / "third.txt").unlink()
    result = run(out, "--documents", sources)
    assert result.exit_code == 1
    assert "third.txt:0-38: gone: “Norland did not condemn the Red Column”" in result.stdout
    assert result.stderr == f"dragoman: 1 quote is gone from {sources}\n"


def test_folder_without_documents_has_lost_every_quote(tmp_path):
    (tmp_path / "empty").mkdir()
    found = verify(RECORD, tmp_path / "empty")
    assert found.count(Status.GONE) == len(found.verdicts) == 6
