"""``ontology/names.shapes.ttl`` holds of all names files, and tells faults of a user's own; the files hold enough."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from click.testing import CliRunner

from dragoman.additions import find_name_faults
from dragoman.cli import main
from dragoman.gazetteer import load_gazetteer
from dragoman.ontology import DGM, SKOS, load_ontology, ontology_folder, read_turtle
from dragoman.shapes import find_by_sparql

FOLDER = ontology_folder()
SHAPES = FOLDER / "names.shapes.ttl"
NAMES = sorted((FOLDER / "names").glob("*.ttl"))
PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix id: <https://w3id.org/dragoman/id/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ZENDA = 'id:zenda a dgm:Place ; skos:prefLabel "Zenda"@en'
ANA = 'id:ana-ruiz a dgm:Person ; skos:prefLabel "Ana Ruiz"@en'
TENURE = 'dgm:office "Mayor"@en ; dcterms:isPartOf id:norway'


@cache
def store() -> ox.Store:
    return read_turtle([FOLDER / "dragoman.ttl", *NAMES])


def subjects(predicate: str) -> set[str]:
    return {quad.subject.value for quad in store().quads_for_pattern(None, ox.NamedNode(predicate), None)}


def test_the_shapes_hold_of_all_names_files():
    assert find_by_sparql(store(), read_turtle([SHAPES])) == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (f"{ZENDA} ; dgm:inState id:norway .", ""),
        ('id:norway skos:altLabel "Norge"@en .', ""),
        (f'{ANA} ; dgm:held [ {TENURE} ; dgm:since "2001"^^xsd:gYear ] .', ""),
        ('id:Zenda a dgm:Place ; skos:prefLabel "Zenda"@en .', "small letters, digits and hyphens"),
        ('id:zenda skos:prefLabel "Zenda"@en .', "has one class"),
        ('id:zenda a dgm:Place, dgm:State ; skos:prefLabel "Zenda"@en .', "has one class"),
        (f'{ZENDA}, "Old Zenda"@en .', "has one skos:prefLabel"),
        ('id:zenda a dgm:Place ; skos:prefLabel "Zenda"@de .', "in English (@en)"),
        (f'{ZENDA} ; skos:altLabel "Zenda"@en .', "not among its skos:altLabel"),
        (f'{ZENDA} ; skos:altLabel "Old  Zenda"@en .', "without blanks at its ends"),
        (f'{ZENDA} ; skos:altLabel "Old Zenda "@en .', "without blanks at its ends"),
        (f'{ZENDA} ; dgm:acronym "zz"@en .', "capital letter or a digit"),
        (f"{ZENDA} ; dgm:inState id:oslo .", "that is a dgm:State"),
        (f"{ZENDA} ; dgm:inState id:nowhere .", "that is a dgm:State"),
        (f"{ZENDA} ; dcterms:isPartOf id:oslo .", "an actor or an instrument"),
        (f'{ZENDA} ; dgm:iso3 "ZND" .', "stands with a dgm:State"),
        ('id:zenda a dgm:State ; skos:prefLabel "Zenda"@en ; dgm:iso3 "Znd" .', "three capital letters"),
        ('id:zenda a dgm:State ; skos:prefLabel "Zenda"@en ; dgm:m49 "12" .', "three digits"),
        ('id:zenda a dgm:State ; skos:prefLabel "Zenda"@en ; dgm:m49 "578" .', "578 is the code of it and of another"),
        (
            'id:oslo-town a dgm:Place ; skos:prefLabel "Oslo"@en .',
            "Oslo is a name of it and of another entry; give both",
        ),
        ('id:oslo-town a dgm:Place ; skos:prefLabel "Oslo"@en ; skos:note "in Vale"@en .', ""),
        (f'{ZENDA} ; owl:sameAs "Q1" .', "an http(s) IRI"),
        (f"{ANA} ; dgm:speaksFor id:oslo .", "one entry that is an actor"),
        (f"{ZENDA} ; dgm:speaksFor id:norway .", "is a dgm:Person"),
        (f'{ANA} ; dgm:held [ {TENURE} ; dgm:since "2009"^^xsd:gYear ; dgm:until "2001"^^xsd:gYear ] .', "ends before"),
        (f'{ANA} ; dgm:held [ {TENURE} ; dgm:since "2009" ] .', "an xsd:gYear"),
        (f"{ANA} ; dgm:held [ {TENURE} ] .", "has a dgm:since"),
        (f'{ANA} ; dgm:held [ dgm:office "Mayor"@en ; dgm:since "2001"^^xsd:gYear ] .', "whose office it is"),
        (
            'id:za a dgm:Coalition ; skos:prefLabel "Za"@en ; dcterms:isPartOf id:zb . '
            'id:zb a dgm:Coalition ; skos:prefLabel "Zb"@en ; dcterms:isPartOf id:za .',
            "part of itself",
        ),
    ],
)
def test_a_names_file_of_the_users_is_told_what_is_wrong(tmp_path, entry, told):
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + entry, encoding="utf-8")
    faults = find_name_faults(read_turtle([path]))
    assert any(told in fault for fault in faults) if told else faults == []


def test_pyshacl_finds_the_same(tmp_path):
    entry = f'{ZENDA}, "Old  Zenda"@en ; dgm:acronym "zz"@en ; dgm:inState id:vale . '
    entry += f'{ANA} ; dgm:held [ dgm:office "Mayor"@en ] .'
    graph = rdflib.Graph().parse(data=PREFIXES + entry, format="turtle").parse(FOLDER / "dragoman.ttl")
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + entry, encoding="utf-8")
    ours = find_by_sparql(read_turtle([FOLDER / "dragoman.ttl", path]), read_turtle([SHAPES]))
    _, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    assert {fault.message for fault in ours} == {str(told) for told in report.objects(None, rdflib.SH.resultMessage)}


def test_a_build_tells_what_is_wrong_with_the_names_of_the_users(tmp_path):
    own, text = tmp_path / "own.ttl", tmp_path / "a.txt"
    own.write_text(f"{PREFIXES}{ZENDA} ; dgm:inState id:oslo .", encoding="utf-8")
    text.write_text("Norway condemned the attack on Zenda.", encoding="utf-8")
    told = CliRunner().invoke(main, ["build", str(text), "-o", str(tmp_path / "out"), "--ontology", str(own)])
    assert told.exit_code == 0
    assert (
        "own.ttl: <https://w3id.org/dragoman/id/zenda>: dgm:inState points at an entry that is a dgm:State"
        in told.output
    )


def test_the_files_hold_enough():
    classes = Counter(thing.cls for thing in load_gazetteer(load_ontology()).things.values() if thing.id)
    bodies = ("InternationalOrganization", "OrganizationBody", "Coalition", "Mission")
    assert sum(classes[cls] for cls in bodies) >= 1000
    assert classes["ArmedGroup"] >= 300
    assert sum(classes[cls] for cls in ("ArmedConflict", "Dispute", "Crisis")) >= 300
    instruments = ("Agreement", "Ceasefire", "Plan", "Statement", "Process", "Sanctions", "Programme")
    assert sum(classes[cls] for cls in instruments) >= 700
    assert len(subjects(DGM + "inState")) >= 2000
    assert classes["ThematicIssue"] >= 150
    assert len(load_gazetteer(load_ontology()).tenures) >= 700


def test_states_have_their_codes_and_former_ones_their_years():
    coded = subjects(DGM + "iso2")
    assert len(coded) >= 195
    assert coded - subjects(DGM + "m49") == {"https://w3id.org/dragoman/id/taiwan"}
    assert subjects(DGM + "m49") <= subjects(DGM + "iso3")
    former = subjects(DGM + "since") & subjects(SKOS + "prefLabel")
    assert len(former) >= 12
    assert former <= subjects(DGM + "until")
    assert not former & coded


@pytest.mark.parametrize("path", NAMES, ids=lambda path: path.stem)
def test_each_file_says_how_its_identifiers_were_checked_or_that_it_has_none(path):
    comments = " ".join(line.lstrip("# ") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] == "#")
    identified = "sameAs" in {quad.predicate.value.rpartition("#")[2] for quad in read_turtle([path])}
    assert ("owl:sameAs" in comments) if identified else ("no identifiers" in comments.lower())
