"""``dragoman.network``: from a build or its folder to plain NetworkX graphs."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import pytest

import dragoman
from dragoman.networks import merge_edges, project
from question_record import RECORD
from small_record import write_output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_output(tmp_path_factory.mktemp("built") / "out", RECORD)


def test_the_network_of_a_folder_is_plain_networkx(folder):
    network = dragoman.network(folder)
    assert type(network) is nx.MultiDiGraph
    assert network.nodes["norland"]["label"] == "Norland"
    edge = next(data for _, _, data in network.edges(data=True) if data["predicate"] == "signs")
    assert (edge["label"], edge["modality"], edge["time"]) == ("signs", "asserted", "2023-04")
    assert isinstance(merge_edges(network), nx.Graph)


def test_views_take_what_joins_actors_or_actors_with_issues(folder):
    actors, two_mode = dragoman.network(folder, view="actors"), dragoman.network(folder, view="two-mode")
    assert set(nx.get_node_attributes(actors, "top").values()) <= {"Actor", "Post"}
    for subject, object_ in two_mode.edges():
        tops = {two_mode.nodes[end]["top"] for end in (subject, object_)}
        assert len(tops & {"Actor", "Post"}) == 1 == len(tops & {"Conflict", "Instrument"})
    projected = project(two_mode)
    assert projected.edges["norland", "red-column"]["through"] == "Vale Accord; war in Vale"
    assert projected.edges["norland", "red-column"]["weight"] == 2


def test_options_narrow_what_is_taken(folder):
    def properties(**options):
        return sorted({data for _, _, data in dragoman.network(folder, **options).edges(data="predicate")})

    assert properties(modalities=["negated"]) == ["criticizes"]
    assert properties(properties=["signs", "aids"]) == ["aids", "signs"]
    assert properties(corroboration=2) == ["cooperatesWith"]
    assert set(properties(classes=["State"])) == {"cooperatesWith", "supports"}
    assert "signs" not in properties(since="2024")
    assert "attacks" not in properties(until="2023")


def test_a_function_stays_a_function_whatever_was_imported():
    code = "import dragoman.networks, dragoman.analysis, dragoman; assert callable(dragoman.network); dragoman.build"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"view": "people"}, "no view 'people'; one of: all, actors, two-mode"),
        ({"modalities": ["sure"]}, "no modality 'sure'; one of: asserted, planned, requested, possible, negated"),
        ({"properties": ["likes"]}, "no property 'likes'; one of: addresses, "),
        ({"classes": ["Planet"]}, "no class 'Planet'; one of: Actor, "),
        ({"since": "May 2024"}, "date 'May 2024' is not YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"since": "2024", "until": "2023"}, "nothing lies between 2024 and 2023; the first is the later one"),
        ({"corroboration": 0}, "corroboration 0 is less than 1"),
    ],
)
def test_what_there_is_none_of_is_refused_with_what_there_is(folder, options, message):
    with pytest.raises(ValueError, match=message):
        dragoman.network(folder, **options)
