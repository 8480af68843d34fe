"""Faults of a built graph: each kind is found, and a good graph has none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dragoman.built import check_build
from dragoman.checks import Fault, check_files, check_quotes, check_shapes, check_sources, read_texts
from dragoman.record import RecordError, read_record, text_path
from dragoman.records import Modality
from small_record import CONDEMNED, RECORD, TEXTS, trap_record, write_output


def write_sources(folder):
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_folder_has_no_faults(tmp_path):
    sources = write_sources(tmp_path / "sources")
    assert check_build(write_output(tmp_path / "out"), sources=sources) == (RECORD, [])


def test_quotes_with_hostile_characters_are_found_again(tmp_path):
    record = read_record(write_output(tmp_path, trap_record()))
    assert check_quotes(record, read_texts(tmp_path, record)) == []


def test_a_changed_text_is_told_with_the_place_and_both_readings(tmp_path):
    folder = write_output(tmp_path)
    path = text_path(folder, "second.txt")
    path.write_text(path.read_text(encoding="utf-8").replace("may attack", "will raid"), encoding="utf-8")
    _, (fault,) = check_build(folder)
    assert fault.where == "second.txt:59-89"
    assert (
        "quotes 'the Red Column may attack Vale', but there the text reads 'the Red Column will raid Vale" in fault.what
    )
    assert str(fault) == f"{fault.where}: {fault.what}; {fault.todo}"


def test_a_text_that_is_gone_is_told_once(tmp_path):
    folder = write_output(tmp_path)
    text_path(folder, "remarks/first.txt").unlink()
    assert check_build(folder)[1] == [
        Fault(
            "remarks/first.txt",
            "its text was not kept, so its quotes cannot be checked",
            "build the graph again",
            "Quotes and texts",
        )
    ]


def test_a_quote_of_an_unknown_document_is_a_fault():
    record = replace(RECORD, documents=RECORD.documents[1:])
    assert {fault.where.split(":")[0] for fault in check_quotes(record, TEXTS)} == {"remarks/first.txt"}


def test_sources_that_are_gone_or_changed_are_told(tmp_path):
    sources = write_sources(tmp_path)
    assert check_sources(RECORD, sources) == []
    (sources / "second.txt").write_text("another text", encoding="utf-8")
    (sources / "third.txt").unlink()
    assert [(fault.where, fault.what.split(" in ")[0]) for fault in check_sources(RECORD, sources)] == [
        ("second.txt", "the file has changed since it was read"),
        ("third.txt", "no such file"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("dgm:modality dgm:possible", "dgm:modality dgm:certain", "exactly one dgm:modality"),
        ('dgm:sha256 "', 'dgm:sha256 "XX', "64 lower-case hexadecimal digits"),
        ("    dgm:criticizes id:red-column ;\n", "", "does not stand as a plain triple"),
        ("rdf:predicate dgm:attacks", "rdf:predicate dgm:holdsPost", "may not stand before"),
        ('skos:prefLabel "Vale"@en', 'skos:prefLabel "Vale"', "exactly one skos:prefLabel"),
        (
            '"2024-03"^^xsd:gYearMonth ;\n    dgm:modality',
            '"2024-03"^^xsd:date ;\n    dgm:modality',
            "at most one dgm:date",
        ),
    ],
)
def test_a_shape_that_does_not_hold_is_told(old, new, message, tmp_path):
    path = write_output(tmp_path) / "graph.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(re.escape(old), new, text, count=1), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert any(message in fault.what for fault in check_shapes(path))
    assert len(check_files(tmp_path)) == 1


def test_a_claim_beyond_what_its_property_may_join_is_told_with_its_quote(tmp_path):
    claim = replace(CONDEMNED, predicate="holdsPost", modality=Modality.PLANNED)
    faults = check_shapes(write_output(tmp_path, replace(RECORD, claims=(claim,))) / "graph.ttl")
    assert {fault.node.rsplit("/", 1)[-1] for fault in faults} == {claim.id}
    assert {(fault.where, fault.kind) for fault in faults} == {("remarks/first.txt:0-32", "What a property may join")}
    assert all(fault.what.endswith("read from 'Norland condemned the Red Column'") for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "where", "kind"),
    [
        ('"Vale"@en', '"Vale"', "remarks/first.txt", "Entities and name entries"),
        ('dcterms:title "', 'dcterms:title "Other", "', "remarks/first.txt", "Documents"),
        ('oa:start "0"', 'oa:start "40"', "remarks/first.txt:40-32", "Positions"),
    ],
)
def test_a_fault_tells_the_document_and_the_shape(old, new, where, kind, tmp_path):
    path = write_output(tmp_path) / "graph.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert (where, kind) in {(fault.where, fault.kind) for fault in check_shapes(path)}


@pytest.mark.parametrize("name", ["graph.nq", "graph.ttl"])
def test_a_missing_or_damaged_file_is_an_error_with_a_way_out(name, tmp_path):
    path = write_output(tmp_path) / name
    path.write_bytes(path.read_bytes()[:-40] + b'"')
    with pytest.raises(RecordError, match=rf"{name}:\d+.*damaged: .*build the graph again"):
        check_build(tmp_path)
    path.unlink()
    with pytest.raises(RecordError, match=rf"{name}: cannot be read: .*; build the graph first"):
        check_build(tmp_path)


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(RecordError, match="no such folder; give the output folder of a build"):
        check_build(tmp_path / "none")
