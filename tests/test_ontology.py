"""What can be said (ontology/dragoman.ttl) and what must hold (ontology/shapes.ttl)."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from dragoman.ontology import DGM, Ontology, OntologyError, load_ontology, ontology_folder, read_turtle
from dragoman.reasoning import ReasonerError, check_consistency, load_owl
from dragoman.records import Modality

TERMS = ontology_folder() / "dragoman.ttl"
SHAPES = ontology_folder() / "shapes.ttl"
TOPS = ["Actor", "Conflict", "Instrument", "Post", "Place"]
CLASSES = {
    "Actor": "State InternationalOrganization OrganizationBody GovernmentBody ArmedGroup CivilSocietyOrganization "
    "Coalition Person Population",
    "Conflict": "ArmedConflict Dispute Crisis ThematicIssue",
    "Instrument": "Agreement Ceasefire Resolution Statement Plan Process Meeting Mission Sanctions Programme",
}
PROPERTIES = """
    memberOf partOf holdsPost represents appoints locatedIn cooperatesWith engagesWith supports aids callsOn
    criticizes opposes sanctions threatens attacks adopts signs endorses proposes establishes organizes chairs
    participatesIn implements violates partyTo affectedBy mediates addresses concerns basedOn
"""
RECORD = """
    Claim Document Modality modality date attributedTo corroboration contradicts rule confidence sha256 mentions
    degree betweenness closeness eigenvector pagerank inDegree outDegree strength harmonic hub authority core
    constraint brokerage community stance adjective people capital acronym iso2 iso3 m49 sharedName near since until
    held office givenName inState
    sharesSourceWith page element symbol meetingNumber speaksFor colour shape order signature from to ploverType
"""
INCONSISTENT = "the ontology is inconsistent: its axioms contradict each other"
BUILT_IN = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
)

with_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java, which is not on PATH")


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def triples() -> rdflib.Graph:
    return rdflib.Graph().parse(TERMS)


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


# -- Terms ----------------------------------------------------------------------------------------------------------


def test_ontology_has_the_agreed_classes_below_the_agreed_tops(ontology: Ontology) -> None:
    expected = {name: top for top, names in CLASSES.items() for name in names.split()} | {top: top for top in TOPS}
    assert {name: ontology.top(name) for name in ontology.classes if name != "Organization"} == expected


def test_ontology_has_the_agreed_properties(ontology: Ontology) -> None:
    assert set(ontology.properties) == set(PROPERTIES.split())
    assert [name for name, term in ontology.properties.items() if term.symmetric] == ["cooperatesWith", "engagesWith"]


@pytest.mark.parametrize(
    ("name", "ancestors"),
    [
        ("State", ("Actor",)),
        ("Coalition", ("Organization", "Actor")),
        ("ArmedGroup", ("Organization", "Actor")),
        ("Mission", ("Instrument",)),
        ("Place", ()),
    ],
)
def test_ontology_gives_ancestors_from_the_parent_up(ontology: Ontology, name: str, ancestors: tuple[str, ...]) -> None:
    assert ontology.classes[name].ancestors == ancestors


@pytest.mark.parametrize("name", [*RECORD.split(), *Modality])
def test_ontology_defines_what_records_and_names_are_written_with(triples: rdflib.Graph, name: str) -> None:
    assert (rdflib.URIRef(DGM + name), RDF.type, None) in triples


def test_every_term_has_one_english_label_and_definition(triples: rdflib.Graph) -> None:
    terms = {term for term in triples.subjects(RDF.type) if str(term).startswith(DGM)}
    assert len(terms) > 100
    for predicate in (RDFS.label, SKOS.definition):
        values = {term: [getattr(text, "language", "") for text in triples.objects(term, predicate)] for term in terms}
        assert {term: found for term, found in values.items() if found != ["en"]} == {}


def test_every_class_has_at_most_one_parent_of_ours(triples: rdflib.Graph) -> None:
    for child in set(triples.subjects(RDFS.subClassOf)):
        assert len([parent for parent in triples.objects(child, RDFS.subClassOf) if DGM in str(parent)]) <= 1, child


def test_tops_are_disjoint(triples: rdflib.Graph) -> None:
    groups = [set(triples.items(head)) for head in triples.objects(None, OWL.members)]
    assert {rdflib.URIRef(DGM + top) for top in TOPS} in groups


# -- Signatures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("State", "memberOf", "InternationalOrganization"),
        ("State", "memberOf", "OrganizationBody"),
        ("OrganizationBody", "partOf", "InternationalOrganization"),
        ("Mission", "partOf", "InternationalOrganization"),
        ("Meeting", "partOf", "Process"),
        ("Person", "holdsPost", "Post"),
        ("Post", "represents", "InternationalOrganization"),
        ("Post", "engagesWith", "State"),
        ("Mission", "cooperatesWith", "GovernmentBody"),
        ("ArmedConflict", "locatedIn", "State"),
        ("Meeting", "locatedIn", "Place"),
        ("Resolution", "callsOn", "ArmedGroup"),
        ("State", "aids", "Place"),
        ("State", "sanctions", "Person"),
        ("Resolution", "establishes", "Mission"),
        ("OrganizationBody", "chairs", "Coalition"),
        ("ArmedGroup", "partyTo", "Ceasefire"),
        ("Place", "affectedBy", "Crisis"),
        ("Post", "mediates", "Process"),
        ("Post", "addresses", "Dispute"),
        ("Post", "concerns", "State"),
        ("Mission", "basedOn", "Resolution"),
    ],
)
def test_admits_what_a_property_joins(ontology: Ontology, subject: str, predicate: str, object_: str) -> None:
    assert ontology.admits(predicate, subject, object_)


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("State", "memberOf", "State"),
        ("State", "memberOf", "Agreement"),
        ("Meeting", "partOf", "State"),  # only a mission, of the instruments, is part of an actor
        ("OrganizationBody", "partOf", "Process"),
        ("Post", "holdsPost", "Post"),
        ("State", "appoints", "Post"),
        ("State", "represents", "InternationalOrganization"),
        ("State", "locatedIn", "Coalition"),
        ("Place", "attacks", "State"),
        ("State", "sanctions", "Place"),
        ("Resolution", "criticizes", "State"),
        ("State", "partyTo", "Resolution"),
        ("State", "concerns", "Place"),
        ("Person", "basedOn", "Resolution"),
    ],
)
def test_admits_nothing_else(ontology: Ontology, subject: str, predicate: str, object_: str) -> None:
    assert not ontology.admits(predicate, subject, object_)


# -- Pictures -------------------------------------------------------------------------------------------------------


def test_shape_tells_the_top_and_colour_the_class_below_it(ontology: Ontology) -> None:
    shape = {"Actor": "dot", "Conflict": "diamond", "Instrument": "square", "Post": "triangle", "Place": "hexagon"}
    assert {name: term.shape for name, term in ontology.classes.items()} == {
        name: shape[ontology.top(name)] for name in ontology.classes
    }
    for terms in (ontology.classes, ontology.properties):
        assert len({(getattr(term, "shape", ""), term.colour) for term in terms.values()}) == len(terms)
        assert len({term.order for term in terms.values()}) == len(terms)


def test_colours_show_on_white_and_on_near_black(ontology: Ontology) -> None:
    colours = {name: term.colour for terms in (ontology.classes, ontology.properties) for name, term in terms.items()}
    for name, colour in colours.items():
        assert re.fullmatch("#[0-9a-f]{6}", colour), name
        luminance = _luminance(colour)
        assert 1.05 / (luminance + 0.05) >= 3, f"{name} is too light on white"
        assert (luminance + 0.05) / (_luminance("#121212") + 0.05) >= 3, f"{name} is too dark on near-black"


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.1 defines it: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# -- Loading --------------------------------------------------------------------------------------------------------


def test_load_ontology_adds_a_users_class_with_its_parents_looks(tmp_path: Path) -> None:
    own = _turtle(tmp_path, "dgm:Treaty a owl:Class ; rdfs:subClassOf dgm:Agreement .")
    term = load_ontology(own).classes["Treaty"]
    assert (term.ancestors, term.shape, term.colour) == (("Agreement", "Instrument"), "square", "#1e96ff")
    assert load_ontology(own).admits("signs", "State", "Treaty")


def test_load_ontology_rejects_a_class_above_itself(tmp_path: Path) -> None:
    own = _turtle(tmp_path, "dgm:A rdfs:subClassOf dgm:B . dgm:B rdfs:subClassOf dgm:A .")
    with pytest.raises(OntologyError, match="lies above itself"):
        load_ontology(own)


def test_load_ontology_names_line_and_column_of_what_is_no_turtle(tmp_path: Path) -> None:
    own = _turtle(tmp_path, "dgm:A rdfs:subClassOf ; .")
    with pytest.raises(OntologyError, match=r"own\.ttl:4:\d+: "):
        load_ontology(own)


def _turtle(folder: Path, body: str) -> Path:
    path = folder / "own.ttl"
    prefixes = f"@prefix dgm: <{DGM}> .\n@prefix owl: <{OWL}> .\n@prefix rdfs: <{RDFS}> .\n"
    path.write_text(prefixes + body, encoding="utf-8")
    return path


# -- OWL 2 DL -------------------------------------------------------------------------------------------------------


def test_every_property_used_is_declared(triples: rdflib.Graph) -> None:
    kinds = (OWL.AnnotationProperty, OWL.ObjectProperty, OWL.DatatypeProperty)
    declared = {kind: set(triples.subjects(RDF.type, kind)) for kind in kinds}
    used = {predicate for predicate in triples.predicates() if not str(predicate).startswith(BUILT_IN)}
    assert used <= set.union(*declared.values())
    assert all(not declared[one] & declared[other] for one in kinds for other in kinds if one != other)


def test_every_class_used_is_declared(triples: rdflib.Graph) -> None:
    declared = set(triples.subjects(RDF.type, OWL.Class))
    axioms = (RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.equivalentClass, OWL.disjointWith)
    used = {node for predicate in axioms for _, node in triples.subject_objects(predicate) if predicate != RDFS.range}
    used |= {node for node in triples.objects(None, RDFS.range) if str(rdflib.XSD) not in str(node)}
    for predicate in (OWL.unionOf, OWL.members):
        used |= {member for head in triples.objects(None, predicate) for member in triples.items(head)}
    assert used - declared == set()
    assert not declared & set(triples.subjects(RDF.type, OWL.NamedIndividual))


def test_every_term_in_our_namespace_is_declared(triples: rdflib.Graph) -> None:
    ours = {node for triple in triples for node in triple if isinstance(node, rdflib.URIRef) and DGM in str(node)}
    assert ours - set(triples.subjects(RDF.type)) - {rdflib.URIRef(DGM)} == set()


def test_load_owl_gives_python_classes() -> None:
    owl = load_owl()
    assert owl.Coalition in owl.Actor.descendants()
    assert owl.hasMember.inverse_property is owl.memberOf
    assert owl.world is not load_owl().world


@pytest.mark.slow
@with_java
def test_ontology_is_consistent_and_each_class_can_have_members() -> None:
    assert check_consistency() == []


@pytest.mark.slow
@with_java
@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("dgm:Odd a owl:Class ; rdfs:subClassOf dgm:Person, dgm:Place .", f"class {DGM}Odd can have no member"),
        ("dgm:odd a dgm:Person, dgm:Place .", INCONSISTENT),
        ("dgm:here a dgm:Place ; dgm:attacks dgm:there .", INCONSISTENT),
    ],
)
def test_check_consistency_finds_what_breaks_the_axioms(tmp_path: Path, body: str, fault: str) -> None:
    assert check_consistency(_turtle(tmp_path, body)) == [fault]


@pytest.mark.slow
@with_java
def test_check_consistency_says_what_hermit_refuses(tmp_path: Path) -> None:
    own = _turtle(tmp_path, 'dgm:x a dgm:Claim ; dgm:date "2025-07-09"^^<http://www.w3.org/2001/XMLSchema#date> .')
    with pytest.raises(ReasonerError, match=r"HermiT refused the ontology: .*XMLSchema#date"):
        check_consistency(own)


def test_check_consistency_says_that_java_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ReasonerError, match=r"no Java found .* install a Java runtime"):
        check_consistency()


def test_check_consistency_and_load_owl_say_that_owlready_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "owlready2", None)
    for call in (check_consistency, load_owl):
        with pytest.raises(ReasonerError, match=r"Owlready2 is not installed.* pip install 'dragoman\[owl\]'"):
            call()


def test_load_owl_fetches_no_imports(tmp_path: Path) -> None:
    own = _turtle(tmp_path, "<https://example.org/mine> owl:imports <https://example.invalid/theirs> .")
    assert load_owl(own).imported_ontologies == []


# -- Shapes ---------------------------------------------------------------------------------------------------------

PREFIXES = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix id: <https://w3id.org/dragoman/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GRAPH = (
    PREFIXES
    + """
id:ruritania a dgm:State, dgm:Actor ; skos:prefLabel "Ruritania"@en ; skos:altLabel "Kingdom of Ruritania"@en ;
    dgm:iso3 "RUR" .
id:strelsau-summit a dgm:Meeting, dgm:Instrument ; skos:prefLabel "Strelsau Summit"@en .
id:un a dgm:InternationalOrganization, dgm:Organization, dgm:Actor ; skos:prefLabel "United Nations"@en ;
    dgm:degree 1.0E0 .
id:secretariat a dgm:OrganizationBody, dgm:Organization, dgm:Actor ; skos:prefLabel "Secretariat"@en .
id:doc a dgm:Document ; dcterms:identifier "note.txt" ; dcterms:date "2025-07"^^xsd:gYearMonth ;
    dgm:mentions id:ruritania, id:un ;
    dgm:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .
id:claim a dgm:Claim, rdf:Statement ; rdf:subject id:ruritania ; rdf:predicate dgm:organizes ;
    rdf:object id:strelsau-summit ; dgm:modality dgm:planned ; dgm:date "2025"^^xsd:gYear ; dgm:attributedTo id:un ;
    dgm:rule "verb" ; dgm:reader "grammar" , "llm" ; dgm:confidence 0.9 ; dgm:corroboration 1 ;
    prov:wasDerivedFrom id:evidence .
id:claim2 a dgm:Claim, rdf:Statement ; rdf:subject id:ruritania ; rdf:predicate dgm:engagesWith ; rdf:object id:un ;
    dgm:modality dgm:asserted ; dgm:rule "verb" ; dgm:confidence 0.5 ; prov:wasDerivedFrom id:evidence .
id:ruritania dgm:engagesWith id:un .
id:un dgm:engagesWith id:ruritania .
id:claim3 a dgm:Claim, rdf:Statement ; rdf:subject id:secretariat ; rdf:predicate dgm:partOf ;
    rdf:object id:un ; dgm:modality dgm:possible ;
    dgm:rule "name" ; dgm:confidence 1.0 ; prov:wasDerivedFrom id:evidence .
id:evidence a oa:SpecificResource ; oa:hasSource id:doc ; oa:hasSelector id:quote, id:position .
id:quote a oa:TextQuoteSelector ; oa:exact "will host" ; oa:prefix "Ruritania " .
id:position a oa:TextPositionSelector ; oa:start 10 ; oa:end 19 .
"""
)


def test_shapes_accept_a_graph_that_keeps_the_contract(shapes: rdflib.Graph, triples: rdflib.Graph) -> None:
    assert _faults(GRAPH, shapes, triples) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('skos:prefLabel "United Nations"@en', "dgm:degree 1.0E0", "exactly one skos:prefLabel"),
        ('"Strelsau Summit"@en', '"Strelsau Summit"@en, "Summit"@en', "exactly one skos:prefLabel"),
        ('"Strelsau Summit"@en', '"Strelsauer Gipfel"@de', "exactly one skos:prefLabel"),
        ('"Kingdom of Ruritania"@en', '"Ruritania"@en', "which is not among its skos:altLabel"),
        ("id:un a dgm:InternationalOrganization, dgm:Organization, dgm:Actor ;", "id:un", "needs a class"),
        ("a dgm:State, dgm:Actor", "a dgm:State, dgm:Place, dgm:Actor", "exactly one of Actor, Conflict"),
        ("a dgm:State, dgm:Actor", "a dgm:State, dgm:Person, dgm:Actor", "has one class"),
        ('"RUR"', '"Rur"', "three capital letters"),
        ("1.0E0", "1", "xsd:double"),
        ("rdf:subject id:ruritania ; rdf:predicate dgm:organizes", "rdf:predicate dgm:organizes", "one rdf:subject"),
        ("rdf:object id:strelsau-summit", "rdf:object id:strelsau-summit, id:un", "exactly one rdf:object"),
        ("rdf:object id:strelsau-summit", "rdf:object id:ruritania", "which is not its object"),
        ("rdf:predicate dgm:organizes", "rdf:predicate dgm:hopesFor", "no property that a claim may state"),
        ("rdf:predicate dgm:organizes", "rdf:predicate dgm:holdsPost", "may not stand before"),
        ("rdf:predicate dgm:organizes", "rdf:predicate dgm:attacks", "may not stand after"),
        ("id:un ; dgm:modality dgm:possible", "id:strelsau-summit ; dgm:modality dgm:possible", "pairs their classes"),
        ("dgm:modality dgm:planned", "dgm:modality dgm:hoped", "exactly one dgm:modality"),
        ("dgm:modality dgm:planned", "dgm:modality dgm:asserted", "does not stand as a plain triple"),
        ("dgm:modality dgm:asserted", "dgm:modality dgm:negated", "no document asserts it"),
        ("id:un dgm:engagesWith id:ruritania .", "", "holds both ways"),
        ("dgm:confidence 1.0 ; prov:wasDerivedFrom id:evidence", "dgm:confidence 1.0", "needs evidence"),
        ("dgm:confidence 0.9", "dgm:confidence 1.1", "from 0 to 1"),
        ("dgm:confidence 0.9", "dgm:confidence 9.0E-1", "an xsd:decimal from 0 to 1"),
        ('"2025"^^xsd:gYear', '"2025-07"^^xsd:gYear', "at most one dgm:date"),
        ('"2025"^^xsd:gYear', '"2025"', "at most one dgm:date"),
        ('dgm:rule "name" ;', "", "names the rule"),
        ('dgm:reader "grammar" , "llm"', 'dgm:reader ""', "told by its name"),
        ("dgm:corroboration 1", "dgm:corroboration 0", "1 or more"),
        ("oa:hasSource id:doc ;", "", "exactly one oa:hasSource"),
        ("oa:hasSelector id:quote, id:position", "oa:hasSelector id:quote", "exactly one oa:TextPositionSelector"),
        ("oa:hasSelector id:quote, id:position", "oa:hasSelector id:position", "exactly one oa:TextQuoteSelector"),
        ('oa:exact "will host" ;', "", "exactly one oa:exact"),
        ("oa:start 10", "oa:start 19", "lies before its oa:end"),
        ("oa:start 10", "oa:start 11", "does not have the 8 characters"),
        ('"0123456789abcdef0123', '"0123456789ABCDEF0123', "lower-case hexadecimal"),
        ('dcterms:identifier "note.txt" ;', "", "its file name"),
        ('"2025-07"^^xsd:gYearMonth', '"July 2025"', "at most one dcterms:date"),
    ],
)
def test_shapes_refuse_and_say_why(
    shapes: rdflib.Graph, triples: rdflib.Graph, old: str, new: str, message: str
) -> None:
    assert GRAPH.count(old) == 1, "the case changes one place"
    faults = _faults(GRAPH.replace(old, new), shapes, triples)
    assert any(message in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('id:zenda a dgm:Place ; skos:prefLabel "Zenda"@en ; skos:altLabel "Old Zenda"@en ; dgm:acronym "Z"@en .', ""),
        ('id:zenda skos:prefLabel "Zenda"@en .', "needs a class"),
        ('id:zenda a dgm:Place, dgm:State ; skos:prefLabel "Zenda"@en .', "has one class"),
        ('id:zenda a dgm:Place ; skos:altLabel "Zenda Castle"@en .', "exactly one skos:prefLabel"),
        ('id:zenda a dgm:Palace ; skos:prefLabel "Zenda"@en .', "exactly one of Actor, Conflict"),
    ],
)
def test_shapes_check_names_files(shapes: rdflib.Graph, triples: rdflib.Graph, entry: str, message: str) -> None:
    faults = _faults(PREFIXES + entry, shapes, triples)
    assert any(message in fault for fault in faults) if message else faults == []


def test_every_shape_says_what_is_wrong(shapes: rdflib.Graph) -> None:
    sh = rdflib.SH
    needing = {*shapes.objects(None, sh.property), *shapes.objects(None, sh.sparql)}
    assert len(needing) > 30
    assert [node for node in needing if not shapes.value(node, sh.message)] == []


def _faults(turtle: str, shapes: rdflib.Graph, ontology: rdflib.Graph) -> list[str]:
    graph = rdflib.Graph().parse(data=turtle, format="turtle") + ontology
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    return sorted(str(message) for message in report.objects(None, rdflib.SH.resultMessage))


# -- Names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted((ontology_folder() / "names").glob("*.ttl")), ids=lambda path: path.stem)
def test_names_files_use_known_classes_and_terms(ontology: Ontology, triples: rdflib.Graph, path: Path) -> None:
    store = read_turtle([path])
    declared = {str(term) for term in triples.subjects(RDF.type)}
    used = {quad.predicate.value for quad in store if quad.predicate.value.startswith(DGM)}
    assert used <= declared
    kinds = {str(quad.object) for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None)}
    assert {kind for kind in kinds if DGM in kind} <= {f"<{DGM}{name}>" for name in ontology.classes}
