"""What a build left silent: summed, told in lines and tables, on a page, and marked in a document."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.commands.coverage import NAMES as TABLE_NAMES
from dragoman.commands.terminal import for_terminal
from dragoman.coverage import CorpusCoverage, sum_coverage
from dragoman.coverage.document import UnknownDocumentError, find_paragraphs, format_document, show_document
from dragoman.coverage.files import COVERAGE, read_coverage, write_coverage
from dragoman.coverage.page import format_page
from dragoman.coverage.tables import TABLES, to_tables
from dragoman.coverage.words import SIGNS, describe_coverage
from dragoman.extraction import silence
from dragoman.pooling import pool_readings
from dragoman.record import RecordError
from dragoman.records import Coverage, Document, Gap, LocalClaim, LocalEntity, Modality, Reading, Skipped, Span
from dragoman.records import Place as OriginalPlace
from dragoman.report import format_report, format_report_json, parse_report, to_report
from small_record import CLAIMS, ENTITIES, FIRST, ONTOLOGY, RECORD, SECOND, THIRD, write_output


def span(document: Document, words: str) -> Span:
    """Where `words` first stand in `document`."""
    start = document.text.index(words)
    return Span(start, start + len(words))


def gap(document: Document, *of: str, words: str, count: int = 1) -> Gap:
    """A gap at some words."""
    return Gap(of, count, (span(document, words),))


REFUSED = ("signs-sign", "signs", "State", "Place")
FIRST_COVERAGE = Coverage(
    passages=1,
    sentences=3,
    poor=(gap(FIRST, "no verb", words="It urged a truce in Vale."),),
    names=(gap(FIRST, "Vale", words="Vale", count=2),),
    refused=(gap(FIRST, *REFUSED, words="Norland and Sudmark", count=3),),
)
SECOND_COVERAGE = Coverage(
    passages=1,
    sentences=2,
    silent=(Gap(("2",), 1, (Span(0, len(SECOND.text)),)),),
    names=(gap(SECOND, "Ana Ruiz", words="Ana Ruiz"), gap(SECOND, "Vale", words="Vale")),
    refused=(gap(SECOND, *REFUSED, words="Norland and Sudmark"),),
)
THIRD_COVERAGE = Coverage(passages=1, sentences=1, silent=(Gap(("2",), 1, (Span(0, len(THIRD.text)),)),))
STATED = LocalClaim(0, "criticizes", 1, Modality.NEGATED, Span(0, 10), "a rule", 0.9)
TWO = (LocalEntity("State", ("Norland",)), LocalEntity("ArmedGroup", ("Red Column",)))
READINGS = (
    Reading(THIRD, TWO, (STATED,), THIRD_COVERAGE),  # as where another reader found a claim in it
    Reading(SECOND, (), (), SECOND_COVERAGE),
    Reading(FIRST, (), (), FIRST_COVERAGE),
)
TOTAL = sum_coverage(READINGS, ENTITIES, CLAIMS, ONTOLOGY)
SKIPPED = (Skipped("scan.pdf", "holds <b>no</b> text"),)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with its coverage."""
    folder = write_output(tmp_path / "out")
    write_coverage(folder, READINGS)
    report = to_report(RECORD.documents, ENTITIES, CLAIMS, ONTOLOGY, skipped=SKIPPED, coverage=TOTAL)
    (folder / "report.json").write_text(format_report_json(report, []))
    return folder


def run(*arguments: object) -> tuple[int, str]:
    """Exit code and output of the command ``coverage``."""
    result = CliRunner().invoke(main, ["coverage", *map(str, arguments)])
    return result.exit_code, result.output


def test_gaps_are_summed_with_places_in_as_many_documents_as_there_are():
    (vale, ana) = TOTAL.names
    assert (vale.of, vale.count, vale.documents) == (("Vale",), 3, 2)
    assert [place.document for place in vale.examples] == ["remarks/first.txt", "second.txt"]
    assert (ana.of, ana.count) == (("Ana Ruiz",), 1)
    (refused,) = TOTAL.refused
    assert (refused.of, refused.count, refused.examples[0].words) == (REFUSED, 4, "Norland and Sudmark")


def test_rows_of_documents_are_in_order_and_sum_up():
    assert [row.document for row in TOTAL.documents] == ["remarks/first.txt", "second.txt", "third.txt"]
    counted = ("passages", "silent", "several", "sentences", "poor", "names", "refused", "claims")
    assert [TOTAL.count(what) for what in counted] == [3, 1, 1, 6, 1, 4, 4, 1]


def test_paragraph_in_which_another_reader_found_a_claim_is_not_silent():
    assert [(total.of, total.count) for total in TOTAL.silent] == [(("2",), 1)]


def test_sum_does_not_hang_on_the_order_of_readings():
    assert sum_coverage(READINGS[::-1], ENTITIES, CLAIMS, ONTOLOGY) == TOTAL


def test_class_is_seen_where_one_below_it_is():
    assert "Actor" not in TOTAL.unseen_classes
    assert "Treaty" not in ONTOLOGY.classes or "Treaty" in TOTAL.unseen_classes
    assert set(TOTAL.unseen_properties) == set(ONTOLOGY.properties) - {claim.predicate for claim in CLAIMS}


def test_long_lists_are_cut_and_counted():
    names = tuple(Gap((f"Name{number}",), 1, (Span(0, 4),)) for number in range(600))
    total = sum_coverage([Reading(FIRST, (), (), Coverage(names=names))], (), (), ONTOLOGY)
    assert (len(total.names), total.more_names, total.count("names")) == (500, 100, 600)


def test_long_example_is_cut():
    text = "word " * 100
    document = Document("a.txt", text, sha256(text.encode()).hexdigest())
    total = sum_coverage(
        [Reading(document, (), (), Coverage(poor=(Gap(("long",), 1, (Span(0, 400),)),)))], (), (), ONTOLOGY
    )
    words = total.poor[0].examples[0].words
    assert len(words) <= 240
    assert words.endswith("…")


def test_lines_tell_each_kind_of_gap():
    lines = describe_coverage(TOTAL)
    assert lines[:4] == [
        "1 of 3 paragraphs state nothing that was read; of these, 1 name two things or more",
        "1 of 6 sentences are likely misread: no verb (1)",
        "4 capitalised names without a class: Vale (3), Ana Ruiz (1)",
        "4 pairs of things refused by domain or range: signs-sign (4)",
    ]
    assert lines[4].endswith("of the ontology never seen")
    assert describe_coverage(CorpusCoverage()) == []


def test_report_holds_coverage_and_comes_back():
    report = to_report(RECORD.documents, ENTITIES, CLAIMS, ONTOLOGY, coverage=TOTAL)
    assert "Silent   1 of 3 paragraphs" in format_report(report)
    assert parse_report(format_report_json(report, [])) == report
    older = json.loads(format_report_json(report, []))
    del older["coverage"]
    assert parse_report(json.dumps(older)).coverage == CorpusCoverage()
    older["coverage"] = {"names": 7}
    with pytest.raises(ValueError, match="no report of a build"):
        parse_report(json.dumps(older))


def test_signs_in_full_are_those_that_are_found():
    signs = {silence.CAPITALS, silence.NO_VERB, silence.NO_END, silence.FEW_WORDS, silence.LONG}
    assert set(SIGNS) == signs
    assert str(silence.LONGEST) in SIGNS[silence.LONG]


def test_tables_are_those_that_the_command_names():
    tables = to_tables(TOTAL, SKIPPED, ONTOLOGY)
    assert tuple(table.name for table in tables) == TABLES == TABLE_NAMES
    for table in tables:
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_page_holds_what_documents_say_as_text_alone():
    evil = '</style><img src=x onerror="run()">'
    text = f"{evil} spoke."
    document = Document("<b>.txt", text, sha256(text.encode()).hexdigest())
    cover = Coverage(1, 1, (), (Gap(("no verb",), 1, (Span(0, len(text)),)),), (Gap((evil,), 1, (Span(0, 9),)),))
    total = sum_coverage([Reading(document, (), (), cover)], (), (), ONTOLOGY)
    page = format_page(total, SKIPPED, ONTOLOGY)
    assert page == format_page(total, SKIPPED, ONTOLOGY)
    assert "<img" not in page
    assert "<b>" not in page.replace("<b>1", "").replace("<b>0", "").replace("<b>100%", "").replace("<b>6", "")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", page)


def test_page_of_nothing_silent_says_so():
    page = format_page(CorpusCoverage(), (), ONTOLOGY)
    for words in ("Each paragraph states something.", "Nothing was refused.", "All were seen."):
        assert words in page


def test_coverage_of_a_document_is_kept_and_read_back(out):
    assert read_coverage(out, "second.txt") == SECOND_COVERAGE
    assert read_coverage(out, "third.txt") == replace(THIRD_COVERAGE, silent=())
    before = (out / COVERAGE).read_bytes()
    write_coverage(out, READINGS[::-1])
    assert (out / COVERAGE).read_bytes() == before


@pytest.mark.parametrize("data", [b"{", b"null\n", b'{"document":"a"}\n', b"", b"[" * 100_000])
def test_damaged_file_is_told_with_its_line(out, data):
    (out / COVERAGE).write_bytes(data)
    with pytest.raises(RecordError, match=r"coverage\.jsonl(:1)?: damaged: .*; build the graph again"):
        read_coverage(out, "second.txt")
    (out / COVERAGE).unlink()
    with pytest.raises(RecordError, match=r"coverage\.jsonl: cannot be read: .*; build the graph first"):
        read_coverage(out, "second.txt")


def test_document_is_shown_with_what_was_read_and_what_was_not():
    (paragraph,) = find_paragraphs(FIRST, RECORD, FIRST_COVERAGE)
    assert (paragraph.claims, paragraph.silent) == (3, False)
    text = " ".join(format_document(FIRST, [paragraph]).replace("│", "").split())
    assert "⟦Norland condemned the Red Column⟧. ⟦Norland and Sudmark cooperate⟧" in text
    assert "⟦truce in ‹Vale⟧?›" in text or "⟦truce in ‹Vale?›⟧" in text
    assert "misread: no verb: It urged a truce in Vale." in text
    assert "refused: signs-sign (signs: State → Place): Norland and Sudmark" in text


def test_silent_document_is_shown_as_such():
    bare = replace(RECORD, claims=())
    (paragraph,) = find_paragraphs(SECOND, bare, SECOND_COVERAGE)
    assert paragraph.silent
    assert "   – │ Norland and Sudmark" in format_document(SECOND, [paragraph])


@pytest.mark.parametrize("form", ["json", "csv"])
def test_document_is_given_to_programs(out, form):
    text = show_document(out, RECORD, "remarks/first.txt", form)
    if form == "json":
        (paragraph,) = json.loads(text)["paragraphs"]
        assert (paragraph["claims"], paragraph["text"]) == (3, FIRST.text)
        assert {mark["kind"] for mark in paragraph["marks"]} == {"read", "name", "poor", "refused"}
    else:
        (row,) = csv.DictReader(io.StringIO(text))
        assert (row["claims"], row["silent"], row["names"], row["misread"]) == ("3", "no", "Vale", "no verb")


def test_cell_that_a_spreadsheet_would_run_is_harmless():
    text = '=HYPERLINK("x") was read.'
    document = Document("=a.txt", text, sha256(text.encode()).hexdigest())
    table = format_document(document, find_paragraphs(document, RECORD, Coverage()), "csv")
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["document"] == "'=a.txt"
    assert row["text"].startswith("'=HYPERLINK")


def test_document_that_is_not_there_is_told_with_the_nearest(out):
    with pytest.raises(UnknownDocumentError, match=r"no document 'secnd\.txt'; did you mean 'second\.txt'\?"):
        show_document(out, RECORD, "secnd.txt")
    code, told = run(out, "--document", "zzz")
    assert code == 2
    assert "--table documents lists them" in told


def test_command_gives_tables_in_each_form(out):
    code, told = run(out)
    assert code == 0
    assert "Capitalised names without a class" in told
    code, told = run(out, "--table", "names", "--format", "json")
    assert json.loads(told)["names"][0] == {
        "name": "Vale",
        "times": 3,
        "documents": 2,
        "first in": "remarks/first.txt",
    }
    assert run(out, "--table", "skipped", "--format", "csv")[1].splitlines()[1] == "skipped,1,document,scan.pdf"
    assert "(and 1 more)" in run(out, "--table", "names", "--limit", "1")[1]


def test_command_refuses_what_does_not_go_together(out, tmp_path):
    code, told = run(out, "--document", "second.txt", "--table", "names")
    assert code == 2
    assert "--document goes with neither" in told
    code, told = run(tmp_path / "gone")
    assert code in {1, 2}
    assert "report.json" in told


def test_what_several_readers_found_keeps_the_coverage_of_the_first():
    first = Reading(SECOND, TWO, (), SECOND_COVERAGE)
    second = Reading(SECOND, TWO, (STATED,))
    assert pool_readings([("grammar", first), ("other", second)], ONTOLOGY).coverage == SECOND_COVERAGE


def test_signs_that_steer_a_terminal_reach_none(out, monkeypatch):
    document = Document("a\x1b[2J.txt", "Tuldar \x1b[31mspoke.", "0" * 64)
    text = format_document(document, find_paragraphs(document, RECORD, Coverage()))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "\x1b" not in for_terminal(text)


def test_example_tells_the_page_of_the_original():
    document = replace(FIRST, places=(OriginalPlace(0, page=1), OriginalPlace(40, page=2)))
    cover = Coverage(poor=(gap(document, "no verb", words="It urged a truce in Vale."),))
    total = sum_coverage([Reading(document, (), (), cover)], (), (), ONTOLOGY)
    assert total.poor[0].examples[0].where == "page 2"
    assert ", page 2, character 65" in format_page(total, (), ONTOLOGY)
