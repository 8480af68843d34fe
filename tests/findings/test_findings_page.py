"""The report as a file: nothing in it runs or is fetched, words of documents are text, every section says something."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dragoman.findings import to_findings
from dragoman.findings.charts import (
    draw_coverage,
    draw_matrix,
    draw_ranking,
    draw_timeline,
    pick_actors,
    pick_issues,
    stance_colours,
)
from dragoman.findings.findings import describe_selection, rank
from dragoman.findings.page import format_page
from dragoman.findings.svg import element, mark
from dragoman.networks import Selection, View
from dragoman.ontology import load_ontology
from dragoman.record import Record
from dragoman.records import Modality
from question_record import RECORD
from small_record import trap_record

ONTOLOGY = load_ontology()
FOUND = to_findings(RECORD, ONTOLOGY, draws=40)
PAGE = format_page(FOUND)


def test_the_report_is_the_same_each_time():
    assert format_page(to_findings(RECORD, ONTOLOGY, draws=40)) == PAGE


def test_the_report_asks_for_nothing_and_runs_nothing():
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', PAGE).group(1)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "<script" not in PAGE
    assert not re.search(r'\b(?:src|href)="(?!#|data:,)', PAGE)
    assert not re.search(r"""\sstyle=|\son\w+=|url\(|@import""", PAGE)


@pytest.mark.parametrize("section", ["central", "stances", "time", "communities", "documents", "method"])
def test_every_section_is_there_and_in_the_contents(section):
    assert f'<section id="{section}">' in PAGE
    assert f'href="#{section}"' in PAGE


def test_what_is_said_of_the_first_place_holds():
    for name in ("degree", "betweenness"):
        rows = rank(FOUND, name)
        first, second = FOUND.label(rows[0].node), FOUND.label(rows[1].node)
        if rows[0].ahead == 2:
            assert f"{first} comes before all others" in PAGE
        else:
            assert f"Who is first cannot be said: {first} comes before {second} in " in PAGE


def test_the_words_behind_a_tie_are_quoted():
    assert "<mark>Norland condemned the Red Column" in PAGE.replace("</bdi>", "")
    assert "two.txt" in PAGE


def test_words_of_documents_are_text():
    evil = "</style><script>alert(1)</script>{{ 7*7 }} <img src=x onerror=alert(1)>"
    entities = tuple(replace(entity, label=f"{evil} {entity.id}") for entity in RECORD.entities)
    documents = tuple(replace(document, title=evil) for document in RECORD.documents)
    page = format_page(to_findings(replace(RECORD, entities=entities, documents=documents), ONTOLOGY, draws=5))
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page


def test_a_report_of_hostile_names_and_of_nothing_can_be_made():
    trapped = format_page(to_findings(trap_record(), ONTOLOGY, draws=3))
    assert "&lt;script&gt;" in trapped
    assert "\x00" not in trapped
    empty = format_page(to_findings(Record(), ONTOLOGY, draws=3))
    assert "there is nothing to rank" in empty
    assert "supports or criticizes another" in empty


def test_drawings_are_well_formed_and_in_the_colours_of_the_ontology():
    for drawing in (
        draw_ranking(FOUND, rank(FOUND, "degree"), "Degree"),
        draw_matrix(FOUND, pick_actors(FOUND)),
        draw_timeline(FOUND, pick_issues(FOUND)),
    ):
        ElementTree.fromstring(drawing)
    assert FOUND.colour("norland") == ONTOLOGY.classes["State"].colour in draw_ranking(FOUND, rank(FOUND, "degree"), "")
    support, criticism = stance_colours(FOUND)
    assert (support, criticism) == (ONTOLOGY.properties["supports"].colour, ONTOLOGY.properties["criticizes"].colour)


@pytest.mark.parametrize("most", [2, 3, 4, 24])
def test_each_actor_of_the_matrix_has_a_number_in_it(most):
    actors = pick_actors(FOUND, most=most)
    pairs = [{tie.subject, tie.object} for tie in FOUND.balance.ties]
    assert all(any(actor in pair <= set(actors) for pair in pairs) for actor in actors)


def test_the_matrix_holds_each_number():
    drawing = str(draw_matrix(FOUND, pick_actors(FOUND)))
    for tie in FOUND.balance.ties:
        ends = f"{FOUND.label(tie.subject)} → {FOUND.label(tie.object)}"
        told = f"{ends}: {tie.support} of support, {tie.criticism} of criticism"
        assert told in drawing


def test_coverage_counts_documents_and_claims_by_year():
    drawing = str(draw_coverage(FOUND))
    ElementTree.fromstring(drawing)
    later = [row for row in FOUND.coverage if row.document.date.startswith("2024")]
    claims, taken = (sum(getattr(row, name) for row in later) for name in ("claims", "taken"))
    assert f"2024: 2 documents, {claims} claims, {taken} taken" in drawing


@pytest.mark.parametrize("shape", ["dot", "diamond", "square", "triangle", "triangleDown", "hexagon", "unknown"])
def test_each_shape_of_the_ontology_can_be_drawn(shape):
    ElementTree.fromstring(mark(shape, 1.0, 2.0, 3.0, told="a < b", fill="red"))


def test_elements_escape_what_they_are_given():
    drawn = element("text", '<b>"', class_='"><script>')
    assert ElementTree.fromstring(drawn).text == '<b>"'


def test_a_selection_is_told_in_words():
    selection = Selection(
        View.TWO_MODE, (Modality.ASSERTED, Modality.PLANNED), ("signs",), ("State", "Agreement"), "2020", "2021-05", 2
    )
    assert describe_selection(selection) == (
        "asserted, planned claims between actors and conflicts or instruments, of signs, between entities of "
        "class State, Agreement, from 2020 on, up to 2021-05, stated by 2 documents or more"
    )
