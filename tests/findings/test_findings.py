"""Findings of a small record: rankings, tables, RDF."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pyoxigraph as ox
import pytest

from dragoman.findings import rank, to_findings
from dragoman.findings.table import format_csv, format_periods_csv, format_ranking, to_quads, write_findings
from dragoman.graph import to_measure_quads
from dragoman.measures import LABELS, measure
from dragoman.measures.sensitivity import DRAWN
from dragoman.networks import Selection, View
from dragoman.ontology import load_ontology
from dragoman.record import Record
from dragoman.vocabulary import BASE, DGM
from question_record import RECORD

ONTOLOGY = load_ontology()
FOUND = to_findings(RECORD, ONTOLOGY, draws=60)


def rows_of(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table)))


def test_findings_take_what_is_selected_and_no_more():
    actors = to_findings(RECORD, ONTOLOGY, selection=Selection(view=View.ACTORS), draws=5)
    tops = {top for _, top in actors.network.nodes(data="top")}
    assert tops <= {"Actor", "Post"}
    assert 0 < len(actors.claims) < len(FOUND.claims) < len(RECORD.claims)


def test_a_ranking_has_places_values_and_intervals():
    rows = rank(FOUND, "degree", top=4)
    assert [row.place for row in rows] == [1, 2, 3, 4]
    assert [row.value for row in rows] == sorted((row.value for row in rows), reverse=True)
    for row in rows:
        assert 0 <= row.low <= row.high
        assert 1 <= row.first <= row.last
        assert row.ahead == 0 or row.ahead > row.place


def test_ahead_is_the_place_from_which_on_all_have_less():
    drawn = FOUND.sensitivity
    everyone = rank(FOUND, "degree", top=1000)
    for row in everyone:
        behind = [other.node for other in everyone if row.ahead and other.place >= row.ahead]
        assert all(drawn.is_ahead("degree", row.node, node) for node in behind)
        if row.ahead > row.place + 1:
            assert not drawn.is_ahead("degree", row.node, everyone[row.ahead - 2].node)


def test_without_draws_that_differ_everyone_is_sure():
    certain = replace(RECORD, claims=tuple(replace(claim, confidence=1.0) for claim in RECORD.claims))
    for row in rank(to_findings(certain, ONTOLOGY, draws=3), "strength", top=50):
        assert row.low == row.high == row.value


def test_a_ranking_is_lines_of_text_without_signs_that_steer_a_terminal():
    hostile = tuple(replace(entity, label=f"\x1b[31m{entity.label}\n") for entity in RECORD.entities)
    text = format_ranking(to_findings(replace(RECORD, entities=hostile), ONTOLOGY, draws=5), "degree", top=3)
    assert len(text.splitlines()) == 5
    assert "\x1b" not in text
    assert "95 % of draws" in text.splitlines()[0]


def test_csv_has_every_measure_its_interval_the_community_and_strengths_by_property():
    rows = rows_of(format_csv(FOUND))
    assert len(rows) == len(FOUND.network)
    assert {*LABELS, "community", "side", "liaison", "strength:supports"} <= set(rows[0])
    assert {f"{name}{end}" for name in DRAWN for end in ("Low", "High", "First", "Last")} <= set(rows[0])
    norland = next(row for row in rows if row["id"] == "norland")
    assert norland["degree"] == f"{FOUND.measures['degree']['norland']:g}"
    assert norland["community"] in {found.name for found in FOUND.communities}


def test_csv_over_time_has_a_row_for_each_entity_of_each_period():
    rows = rows_of(format_periods_csv(FOUND))
    assert {row["year"] for row in rows} == set(FOUND.periods)
    assert list(rows[0])[:4] == ["year", "id", "label", "class"]


def test_rdf_is_what_a_build_writes_and_more():
    quads = set(to_quads(FOUND))
    basic = set(to_measure_quads(measure(FOUND.network), {}))
    assert basic < quads
    assert {quad.graph_name.value for quad in quads} == {f"{BASE}graph/measures"}
    named = {quad.predicate.value for quad in quads}
    assert named == {DGM + name for name in (*LABELS, "community")}


def test_rdf_of_another_selection_stands_in_a_graph_of_its_own():
    other = to_findings(RECORD, ONTOLOGY, selection=Selection(since="2024"), draws=2)
    (graph,) = {quad.graph_name.value for quad in to_quads(other)}
    assert graph.startswith(f"{BASE}graph/measures-")


@pytest.mark.parametrize("suffix", [".csv", ".ttl", ".nq"])
def test_files_are_the_same_each_time(tmp_path, suffix):
    one, other = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    write_findings(FOUND, one)
    write_findings(to_findings(RECORD, ONTOLOGY, draws=60), other)
    assert one.read_bytes() == other.read_bytes()


def test_turtle_can_be_read_again(tmp_path):
    write_findings(FOUND, tmp_path / "m.ttl")
    triples = {(quad.subject, quad.predicate, quad.object) for quad in to_quads(FOUND)}
    read = ox.parse((tmp_path / "m.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    assert {(quad.subject, quad.predicate, quad.object) for quad in read} == triples


def test_a_suffix_without_a_format_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"m\.xlsx: no format for \.xlsx; one of: \.csv, \.ttl, \.nq"):
        write_findings(FOUND, tmp_path / "m.xlsx")
    with pytest.raises(ValueError, match=r"only \.csv holds measures over time"):
        write_findings(FOUND, tmp_path / "m.nq", over_time=True)


def test_coverage_tells_what_each_document_gives():
    rows = {row.document.name: row for row in FOUND.coverage}
    assert [row.document.date for row in FOUND.coverage] == sorted(row.document.date for row in FOUND.coverage)
    third = rows["three.txt"]
    assert third.claims > third.taken > 0
    assert sum(row.shared for row in rows.values()) >= 2


def test_an_empty_record_has_findings_too():
    empty = to_findings(Record(), ONTOLOGY, draws=2)
    assert rank(empty, "degree") == ()
    assert format_csv(empty).count("\n") == 1
    assert to_quads(empty) == []
