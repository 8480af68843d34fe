"""Figures for print."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dragoman.findings import figures, to_findings
from dragoman.findings.figures import FIGURES, FiguresError, check_figures, write_figures
from dragoman.ontology import load_ontology
from dragoman.record import Record
from question_record import CONDEMNED, RECORD
from small_record import trap_record

ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def found():
    pytest.importorskip("matplotlib", reason="Matplotlib is not installed")
    earlier = replace(CONDEMNED, date="2022-02-09")  # so that there are two periods
    return to_findings(replace(RECORD, claims=(*RECORD.claims, earlier)), ONTOLOGY, draws=20)


def test_each_figure_is_an_svg_and_a_png_and_the_same_each_time(found, tmp_path):
    for name in ("one", "two"):
        written = write_figures(found, tmp_path / name)
        assert {path.name for path in written} == {f"{figure}{end}" for figure in FIGURES for end in (".svg", ".png")}
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
        if path.suffix == ".svg":
            ElementTree.parse(path)


def test_squares_of_a_matrix_over_time_tell_their_numbers_under_the_pointer(found, tmp_path):
    write_figures(found, tmp_path / "told")
    titles = ElementTree.parse(tmp_path / "told" / "exchanges.svg").iter("{http://www.w3.org/2000/svg}title")
    assert "Norland → Red Column: 2022 1, 2024 1; 2 in all" in [title.text for title in titles]


def test_labels_are_no_mathematics(found, tmp_path):
    assert write_figures(to_findings(trap_record(), ONTOLOGY, draws=3), tmp_path / "trap")


def test_what_has_nothing_to_show_is_not_drawn(found, tmp_path):
    assert write_figures(to_findings(Record(), ONTOLOGY, draws=3), tmp_path / "none") == []


def test_a_file_is_no_folder_for_figures(found, tmp_path):
    (tmp_path / "f").write_text("")
    with pytest.raises(FiguresError, match="is a file; name a folder"):
        write_figures(found, tmp_path / "f")


def test_without_matplotlib_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setattr(figures, "find_spec", lambda _: None)
    with pytest.raises(FiguresError, match=r"pip install 'dragoman\[figures\]'"):
        check_figures()
