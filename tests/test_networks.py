"""Claims to a network."""

from __future__ import annotations

import io
from dataclasses import replace

import networkx as nx
import pytest

from dragoman.networks import ACTORS, Selection, merge_edges, project, to_network
from small_record import CLAIMS, CONDEMNED, COOPERATE, DOCUMENTS, ENTITIES, LOCATED, ONTOLOGY


def test_network_joins_by_asserted_claims_alone():
    network = to_network(ENTITIES, CLAIMS, ONTOLOGY)
    assert list(network) == ["norland", "red-column", "sudmark", "truce-in-vale", "vale"]
    assert {key for _, _, key in network.edges(keys=True)} == {CONDEMNED.id, COOPERATE.id, LOCATED.id}


def test_nodes_and_edges_say_what_they_are():
    network = to_network(ENTITIES, CLAIMS, ONTOLOGY)
    assert network.nodes["norland"] == {"label": "Norland", "cls": "State", "top": "Actor", "documents": 3}
    assert network.edges["norland", "sudmark", COOPERATE.id] == {
        "predicate": "cooperatesWith",
        "label": "cooperates with",
        "symmetric": True,
        "stance": 1,
        "modality": "asserted",
        "date": "",
        "time": "",
        "speaker": "",
        "documents": 2,
        "sources": "remarks/first.txt; second.txt",
        "confidence": 0.95,
    }


def test_network_does_not_depend_on_the_order_of_the_records():
    one, other = to_network(ENTITIES, CLAIMS, ONTOLOGY), to_network(ENTITIES[::-1], CLAIMS[::-1], ONTOLOGY)
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))


def test_network_can_be_written_as_graphml_and_gexf():
    network = to_network(ENTITIES, CLAIMS, ONTOLOGY)
    for write in (nx.write_graphml, nx.write_gexf):
        file = io.BytesIO()
        write(network, file)
        assert b"Norland" in file.getvalue()


def test_merged_edges_count_the_claims_of_a_pair_in_both_directions():
    claims = [
        CONDEMNED,
        COOPERATE,
        replace(COOPERATE, date="2024"),
        replace(COOPERATE, subject="sudmark", object="norland"),
    ]
    network = to_network(ENTITIES, claims, ONTOLOGY)
    before = list(network.edges(keys=True, data=True))
    merged = merge_edges(network)
    assert list(merged.edges(data="weight")) == [("norland", "red-column", 1), ("norland", "sudmark", 3)]
    assert merged.nodes["sudmark"]["cls"] == "State"
    assert list(network.edges(keys=True, data=True)) == before


def test_a_claim_about_nobody_is_refused():
    with pytest.raises(ValueError, match="joins 'nobody' to 'red-column', one of which is no entity"):
        to_network(ENTITIES, [replace(CONDEMNED, subject="nobody")], ONTOLOGY)


def test_no_claims_give_an_empty_network():
    assert len(to_network(ENTITIES, [], ONTOLOGY)) == len(merge_edges(to_network([], [], ONTOLOGY))) == 0


@pytest.mark.parametrize(
    ("since", "until", "dates"),
    [
        ("", "", ["", "2023", "2024", "2024-03", "2024-03-05"]),
        ("2024", "", ["2024", "2024-03", "2024-03-05"]),
        ("2024-03", "", ["2024", "2024-03", "2024-03-05"]),
        ("2024-03-06", "", ["2024", "2024-03"]),
        ("", "2023-12", ["2023"]),
        ("2023", "2024-02", ["2023", "2024"]),
        ("2024-03-05", "2024-03-05", ["2024", "2024-03", "2024-03-05"]),
    ],
)
def test_a_range_covers_what_may_lie_in_it(since, until, dates):
    selection = Selection(since=since, until=until)
    assert [date for date in ["", "2023", "2024", "2024-03", "2024-03-05"] if selection.covers(date)] == dates


def test_a_claim_without_a_date_is_dated_by_its_earliest_document():
    network = to_network(ENTITIES, CLAIMS, ONTOLOGY, documents=DOCUMENTS)
    times = {key: time for _, _, key, time in network.edges(keys=True, data="time")}
    assert times == {CONDEMNED.id: "2024-03-05", COOPERATE.id: "2024-03", LOCATED.id: "2024-03-05"}


def test_projection_leaves_the_network_as_it_is():
    network = to_network(ENTITIES, CLAIMS, ONTOLOGY)
    before = list(network.edges(keys=True, data=True))
    projected = project(network)
    assert all(top in ACTORS for _, top in projected.nodes(data="top"))
    assert list(network.edges(keys=True, data=True)) == before
