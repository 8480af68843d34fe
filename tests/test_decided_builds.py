"""Decisions through whole builds: applied, kept, and no build lost by a faulty one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import dragoman
from dragoman.built import check_build
from dragoman.cli import main
from dragoman.decisions import DECISIONS, DecisionError

pytestmark = pytest.mark.slow
TEXTS = {
    "accra.txt": "Ghana condemned Mali on 3 May 2031. Togo supports the Vale Peace Agreement.",
    "lome.txt": "Togo condemned Mali. Ghana supports the Vale Agreement.",
}
HEAD = "decision,subject,predicate,object,document,quote,who,when,why\n"
END = "AR,2031-06-01,read again\n"
ROWS = (
    f"same,vale-agreement,,vale-peace-agreement,accra.txt|lome.txt,,{END}"
    f"wrong claim,togo,criticizes,mali,lome.txt,,{END}"
    f"added claim,ghana,criticizes,togo,accra.txt,Ghana condemned,{END}"
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def stated(built: dragoman.Build) -> set[tuple[str, str, str]]:
    return {(claim.subject, claim.predicate, claim.object) for claim in built.claims}


def test_decisions_are_applied_kept_and_applied_again(sources, table, tmp_path):
    plain = stated(dragoman.build(sources))
    assert {("togo", "criticizes", "mali"), ("togo", "endorses", "vale-peace-agreement")} <= plain
    out = tmp_path / "out"
    built = dragoman.build(sources, out, decisions=table)
    expected = {
        ("ghana", "criticizes", "mali"),
        ("ghana", "criticizes", "togo"),
        ("ghana", "endorses", "vale-agreement"),
        ("togo", "endorses", "vale-agreement"),
    }
    assert stated(built) == expected
    assert (out / DECISIONS).read_bytes() == table.read_bytes()
    assert check_build(out, sources=sources)[1] == []
    again = dragoman.build(sources, out)
    assert (stated(again), again.reuse.read) == (expected, 0)
    assert dragoman.build(sources, decisions=table).quads == built.quads


def test_decision_whose_document_is_gone_is_told(sources, table, tmp_path):
    (sources / "lome.txt").unlink()
    built = dragoman.build(sources, tmp_path / "out", decisions=table)
    notes = {(note.name, note.reason.split(":")[0]) for note in built.notes}
    assert notes == {
        (DECISIONS, "line 2 no longer applies (same vale-agreement)"),
        (DECISIONS, "line 3 no longer applies (wrong claim togo)"),
    }
    assert ("ghana", "criticizes", "togo") in stated(built)


def test_faulty_decisions_leave_the_old_build(sources, table, tmp_path):
    out = tmp_path / "out"
    dragoman.build(sources, out)
    before = (out / "graph.nq").read_bytes()
    table.write_text(f"{HEAD}same,ghana,,atlantis,,,{END}", encoding="utf-8")
    with pytest.raises(DecisionError, match=r"mine\.csv:2: nothing in the graph is atlantis; correct the row"):
        dragoman.build(sources, out, decisions=table)
    called = CliRunner().invoke(main, ["build", str(sources), "-o", str(out), "--decisions", str(table)])
    assert called.exit_code == 1
    assert "mine.csv:2: nothing in the graph is atlantis" in called.output
    assert (out / "graph.nq").read_bytes() == before
    assert not (out / DECISIONS).exists()


def test_review_of_a_build_is_written_and_what_it_lists_is_told(sources, tmp_path):
    out = tmp_path / "out"
    dragoman.build(sources, out)
    called = CliRunner().invoke(main, ["review", str(out)])
    assert called.exit_code == 0, called.output
    assert "may be one (1)" in called.output
    assert "Vale Peace Agreement" in (out / "review.html").read_text(encoding="utf-8")
    again = dragoman.build(sources, out)
    assert (out / "review.html").exists()
    assert again.documents
