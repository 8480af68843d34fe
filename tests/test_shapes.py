"""Shapes as SPARQL: the faults that pyshacl finds, in graphs with many seeded; the rest is pyshacl's."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from dragoman.ontology import ontology_folder, read_turtle
from dragoman.shapes import UNTOLD, UnknownConstraintError, find_by_pyshacl, find_by_sparql, find_violations
from small_record import RECORD, quads_of, trap_record

ONTOLOGY = list(read_turtle([ontology_folder() / "dragoman.ttl"]))
SHAPES = ontology_folder() / "shapes.ttl"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = """
@prefix e: <http://e.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
OTHER = ox.NamedNode("http://e.org/other")
SEEDS = {
    "gone": lambda quad: [],
    "another": lambda quad: [quad.object, OTHER],
    "text": lambda quad: [ox.Literal("?")],
    # rdflib takes "" for any node on a path, so pyshacl errs where a class is ""
    "empty": lambda quad: [quad.object if quad.predicate.value.endswith("#type") else ox.Literal("")],
    "iri": lambda quad: [OTHER],
    "blank": lambda quad: [ox.BlankNode("b")],
    "number": lambda quad: [ox.Literal("-7", datatype=ox.NamedNode(XSD + "integer"))],
    "date": lambda quad: [ox.Literal("2024-13-01", datatype=ox.NamedNode(XSD + "date"))],
    "swapped": lambda quad: [quad.subject],
}
"""What becomes of the object of a triple."""


def parsed(text):
    """A store of Turtle."""
    store = ox.Store()
    store.load(PREFIXES + text, format=ox.RdfFormat.TURTLE)
    return store


def seeded(record, change):
    """A store of `record` and the ontology in which one triple of each property, for each class, is changed."""
    triples = sorted({quad.triple for quad in quads_of(record)}, key=str)
    classes = defaultdict(set)
    for triple in triples:
        if triple.predicate.value.endswith("#type"):
            classes[triple.subject].add(triple.object.value)
    store, seen = ox.Store(), set()
    store.extend(ONTOLOGY)
    for triple in triples:
        key = (triple.predicate, frozenset(classes[triple.subject]))
        objects = [triple.object] if key in seen else change(triple)
        seen.add(key)
        for object_ in objects:
            store.add(ox.Quad(triple.subject, triple.predicate, object_))
    return store


def compared(violations):
    """Violations without what pyshacl words itself."""
    return {(found.label, found.node, found.path, found.value, _told(found.message)) for found in violations}


def _told(message):
    return "" if message == UNTOLD or not message.endswith(".") else message


@pytest.mark.parametrize("seed", SEEDS)
def test_seeded_faults_are_found_as_pyshacl_finds_them(seed):
    store, shapes = seeded(RECORD, SEEDS[seed]), read_turtle([SHAPES])
    ours = compared(find_by_sparql(store, shapes))
    assert ours == compared(find_by_pyshacl(store, shapes))
    assert len(ours) > 15, "so few faults show nothing"


@pytest.mark.parametrize("record", [RECORD, trap_record()], ids=["small", "hostile"])
def test_a_good_graph_has_no_faults(record):
    store = seeded(record, lambda quad: [quad.object])
    assert find_by_sparql(store, read_turtle([SHAPES])) == []


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:property [ sh:path e:p ; sh:minCount 2 ]",
        "sh:property [ sh:path e:p ; sh:minCount 0 ; sh:maxCount 0 ]",
        "sh:property [ sh:path ( e:p e:p ) ; sh:nodeKind sh:Literal ]",
        "sh:property [ sh:path [ sh:inversePath e:p ] ; sh:maxCount 1 ]",
        "sh:property [ sh:path [ sh:zeroOrMorePath e:p ] ; sh:nodeKind sh:IRI ]",
        "sh:property [ sh:path [ sh:alternativePath ( e:p e:q ) ] ; sh:minCount 3 ]",
        "sh:property [ sh:path e:p ; sh:class e:Class ]",
        "sh:property [ sh:path e:p ; sh:nodeKind sh:BlankNodeOrIRI ]",
        "sh:property [ sh:path e:p ; sh:not [ sh:nodeKind sh:Literal ] ]",
        "sh:property [ sh:path e:p ; sh:and ( [ sh:nodeKind sh:Literal ] [ sh:maxLength 3 ] ) ]",
        "sh:property [ sh:path e:p ; sh:pattern '^A' ; sh:flags 'i' ]",
        "sh:property [ sh:path e:p ; sh:datatype xsd:integer ]",
        "sh:property [ sh:path e:p ; sh:minExclusive 3 ; sh:maxExclusive 9 ]",
        "sh:property [ sh:path e:p ; sh:lessThan e:q ]",
        "sh:property [ sh:path e:p ; sh:disjoint e:q ]",
        "sh:property [ sh:path e:p ; sh:qualifiedValueShape [ sh:datatype xsd:integer ] ; sh:qualifiedMinCount 2 ]",
        "sh:in ( e:a )",
    ],
)
def test_each_constraint_means_what_pyshacl_says(constraint):
    store = parsed("""
        e:a a e:Class ; e:p e:b, "abcd", 3, e:d ; e:q 3 .
        e:b a e:Below ; e:p 5, "x" ; e:q 4, 7 .
        e:Below rdfs:subClassOf e:Class .
        e:c a e:Class . e:d a e:Class ; e:p e:b .
    """)
    shapes = parsed(f"e:S a sh:NodeShape ; sh:targetClass e:Class ; sh:message 'Told.' ; {constraint} .")
    ours = {(found.node, found.path, found.value) for found in find_by_sparql(store, shapes)}
    theirs = {(found.node, found.path, found.value) for found in find_by_pyshacl(store, shapes)}
    assert ours == theirs
    assert ours


@pytest.mark.parametrize(
    "shape",
    [
        "e:S a sh:NodeShape ; sh:targetClass e:Class ; sh:closed true .",
        "e:S a sh:NodeShape ; sh:targetClass e:Class ; sh:property [ sh:path e:p ; sh:hasValue 4 ] .",
        "e:S a sh:NodeShape ; sh:targetClass e:Class ; sh:not [ sh:property [ sh:path e:p ; sh:minCount 1 ] ] .",
        "e:S a sh:PropertyShape ; sh:targetClass e:Class ; sh:path e:p ; sh:maxCount 0 .",
        "e:Class a sh:NodeShape, rdfs:Class ; sh:property [ sh:path e:p ; sh:maxCount 0 ] .",
    ],
)
def test_a_shape_that_says_more_is_left_to_pyshacl(shape):
    store, shapes = parsed("e:a a e:Class ; e:p 3 ."), parsed(shape)
    with pytest.raises(UnknownConstraintError):
        find_by_sparql(store, shapes)
    assert find_violations(store, shapes) == find_by_pyshacl(store, shapes)
    assert {found.node for found in find_violations(store, shapes)} == {"http://e.org/a"}
