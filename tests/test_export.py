"""Exports: what other tools read from them is what the build holds, and two runs give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner
from rdflib.compare import isomorphic

from dragoman.cli import main
from dragoman.export import WRITERS, ExportError, export
from dragoman.graph import to_rdflib_graph
from dragoman.networks import to_network
from dragoman.record import read_quads, read_record
from small_record import ONTOLOGY, RECORD, trap_record, write_output

DATASETS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".jsonld": ox.RdfFormat.JSON_LD}
GRAPHS = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML}
RDFLIB = {".ttl": "turtle", ".rdf": "xml", ".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld"}


@pytest.fixture(scope="module", params=["small", "hostile"])
def out(request, tmp_path_factory):
    record = RECORD if request.param == "small" else trap_record()
    return write_output(tmp_path_factory.mktemp(request.param) / "out", record)


@pytest.mark.parametrize("suffix", DATASETS)
def test_dataset_comes_back_with_its_graphs(out, tmp_path, suffix):
    path = export(out, tmp_path / f"g{suffix}")
    found = list(ox.parse(path.read_bytes(), format=DATASETS[suffix]))
    assert set(found) == set(read_quads(out))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("suffix", GRAPHS)
def test_graph_comes_back_merged(out, tmp_path, suffix):
    path = export(out, tmp_path / f"g{suffix}")
    found = {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(path.read_bytes(), format=GRAPHS[suffix])}
    assert found == {(quad.subject, quad.predicate, quad.object) for quad in read_quads(out)}


@pytest.mark.parametrize("suffix", RDFLIB)
def test_rdflib_reads_the_same_graph(out, tmp_path, suffix, monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    path = export(out, tmp_path / f"g{suffix}")
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format=RDFLIB[suffix])
    merged = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        merged.add(triple[:3])
    assert isomorphic(merged, to_rdflib_graph(read_quads(out)))


@pytest.mark.parametrize("suffix", [*DATASETS, *GRAPHS])
def test_rdf_has_no_blank_node_no_graph_keyword_and_fetches_nothing(out, tmp_path, suffix):
    path = export(out, tmp_path / f"g{suffix}")
    parsed = ox.parse(path.read_bytes(), format=(DATASETS | GRAPHS)[suffix])
    assert not any(isinstance(term, ox.BlankNode) for quad in parsed for term in (quad.subject, quad.object))
    text = path.read_text(encoding="utf-8")
    assert not any(line.startswith("GRAPH") for line in text.splitlines())
    if suffix == ".jsonld":
        assert isinstance(json.loads(text)["@context"], dict)


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_network_comes_back_with_typed_attributes(tmp_path, suffix, read):
    out = write_output(tmp_path / "out")
    record = read_record(out)
    wanted = to_network(record.entities, record.claims, ONTOLOGY)
    network = read(export(out, tmp_path / f"g{suffix}"))
    assert sorted(network) == sorted(wanted)
    ends = Counter((left, right) for left, right in wanted.edges())
    assert Counter((left, right) for left, right in network.edges()) == ends
    assert network.nodes["norland"]["label"] == "Norland"
    assert network.nodes["norland"]["documents"] == 3
    (edge,) = (data for _, _, data in network.edges(data=True) if data["predicate"] == "cooperatesWith")
    assert edge["symmetric"] is True
    assert edge["confidence"] == 0.95
    assert edge["documents"] == 2


@pytest.mark.parametrize(("suffix", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_network_of_hostile_names_comes_back(tmp_path, suffix, read):
    network = read(export(write_output(tmp_path / "out", trap_record()), tmp_path / f"g{suffix}"))
    assert sorted(network) == ["-a.", "1e5"]


def test_tables_hold_each_entity_claim_and_quote(tmp_path):
    folder = export(write_output(tmp_path / "out"), tmp_path / "tables.csv")
    assert folder == tmp_path / "tables"
    tables = {path.name: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in folder.iterdir()}
    assert {name: len(rows) for name, rows in tables.items()} == {"entities.csv": 7, "claims.csv": 5, "evidence.csv": 6}
    (norland,) = (row for row in tables["entities.csv"] if row["id"] == "norland")
    assert (norland["class"], norland["kind"], norland["iso3"]) == ("State", "Actor", "NRL")
    (possible,) = (row for row in tables["claims.csv"] if row["modality"] == "possible")
    assert (possible["subject_label"], possible["property"], possible["speaker_label"]) == (
        "Red Column",
        "attacks",
        "Ana Ruiz",
    )
    assert {row["claim"] for row in tables["evidence.csv"]} == {row["id"] for row in tables["claims.csv"]}


def test_cell_that_a_spreadsheet_would_run_is_made_harmless(tmp_path):
    path = export(write_output(tmp_path / "out", trap_record()), tmp_path / "tables.zip")
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == ["entities.csv", "claims.csv", "evidence.csv"]
        rows = list(csv.reader(io.StringIO(packed.read("entities.csv").decode(), newline="")))
    assert rows[1][0] == "'-a."
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_bytes_are_the_same_for_each_hash_seed(out, tmp_path):
    script = "import sys; from pathlib import Path; from dragoman.export import WRITERS, export\n"
    script += "for suffix in WRITERS: export(Path(sys.argv[1]), Path(sys.argv[2], 'g' + suffix))"
    for seed in ("0", "4711"):
        (tmp_path / seed).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", script, str(out), str(tmp_path / seed)], env=environment, check=True)
    first, second = (
        {
            path.relative_to(tmp_path / seed): path.read_bytes()
            for path in (tmp_path / seed).rglob("*")
            if path.is_file()
        }
        for seed in ("0", "4711")
    )
    assert len(first) == len(WRITERS) + 2  # three tables for one suffix
    assert first == second


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("g.xyz", r"no format for \.xyz; one of: \.ttl, \.nq"),
        ("g", "no format for a name without suffix"),
        ("g.nq.gz", "no format for .gz; one of: .*; packed N-Quads are written with --shards"),
        ("none/g.ttl", "none: no such folder; make it first"),
    ],
)
def test_target_that_cannot_be_written_is_told(tmp_path, target, message):
    out = write_output(tmp_path / "out")
    with pytest.raises(ExportError, match=message):
        export(out, tmp_path / target)


def test_command_says_what_it_wrote(tmp_path):
    out = write_output(tmp_path / "out")
    result = CliRunner().invoke(main, ["export", str(out), "--to", str(tmp_path / "g.TTL")])
    assert (result.exit_code, result.stdout) == (0, f"Written: {tmp_path / 'g.TTL'}\n")
    assert (tmp_path / "g.TTL").read_bytes() == (out / "graph.ttl").read_bytes()
    result = CliRunner().invoke(main, ["export", str(out), "--to", str(tmp_path / "g.csv")])
    assert (result.exit_code, result.stdout) == (0, f"Written: {tmp_path / 'g'}, a folder of tables\n")
    refused = CliRunner().invoke(main, ["export", str(out), "--to", str(tmp_path / "g.xyz")])
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1
    (out / "graph.nq").write_text("nonsense")
    assert CliRunner().invoke(main, ["export", str(out), "--to", str(tmp_path / "g.ttl")]).exit_code == 1


def test_export_of_nothing_leaves_no_file(tmp_path):
    result = CliRunner().invoke(main, ["export", str(tmp_path / "none"), "--to", str(tmp_path / "g.ttl")])
    assert result.exit_code == 2
    assert list(Path(tmp_path).iterdir()) == []
