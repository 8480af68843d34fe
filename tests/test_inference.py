"""What follows by the ontology: each rule, in a graph of its own, the same each time; the record reads as before."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from dragoman.inference import find_inferred
from dragoman.record import parse_dataset
from small_record import RECORD, quads_of, trap_record

PREFIXES = """
@prefix e: <http://e.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def inferred(axioms, data, tmp_path):
    """The triples that follow from `data` by `axioms`."""
    path = tmp_path / "own.ttl"
    path.write_text(PREFIXES + axioms, encoding="utf-8")
    quads = ox.parse(PREFIXES + data, format=ox.RdfFormat.TURTLE)
    return {str(quad.triple).replace("http://e.org/", "e:") for quad in find_inferred(quads, path)}


@pytest.mark.parametrize(
    ("axioms", "data", "follows"),
    [
        ("e:A rdfs:subClassOf e:B . e:B rdfs:subClassOf e:C .", "e:x a e:A .", {"a B", "a C"}),
        ("e:A owl:equivalentClass e:B .", "e:x a e:B .", {"a A"}),
        ("e:p rdfs:subPropertyOf e:q .", "e:x e:p e:y .", {"q y"}),
        ("e:p owl:equivalentProperty e:q .", "e:x e:q e:y .", {"p y"}),
        ("e:p rdfs:domain e:A .", "e:x e:p 4 .", {"a A"}),
        ("e:p rdfs:range e:A .", "e:y e:p e:x . e:x e:q 4 .", {"a A"}),
        ("e:p rdfs:range e:A .", "e:x e:p 4 .", set()),
        ("e:p owl:inverseOf e:q .", "e:y e:p e:x . e:x e:r 4 .", {"q y"}),
        ("e:p a owl:SymmetricProperty .", "e:y e:p e:x . e:x e:r 4 .", {"p y"}),
        ("e:p a owl:TransitiveProperty .", "e:x e:p e:y . e:y e:p e:z .", {"p z"}),
        ("e:p rdfs:domain [ owl:unionOf ( e:A e:B ) ] .", "e:x e:p e:y .", set()),
    ],
)
def test_each_rule_adds_what_follows_and_no_more(axioms, data, follows, tmp_path):
    wanted = set()
    for rest in follows:
        predicate, object_ = rest.split()
        verb = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" if predicate == "a" else f"e:{predicate}"
        wanted.add(f"<e:x> <{verb}> <e:{object_}>")
    assert {line for line in inferred(axioms, data, tmp_path) if line.startswith("<e:x>")} == wanted


@pytest.mark.parametrize("record", [RECORD, trap_record()], ids=["small", "hostile"])
def test_the_closure_stands_apart_and_leaves_the_record_as_it_is(record):
    quads = list(quads_of(record))
    found = find_inferred(quads)
    assert found, "nothing follows"
    assert {quad.graph_name.value for quad in found} == {record.base + "graph/inferred"}
    assert {quad.triple for quad in found} & {quad.triple for quad in quads} == set()
    assert found == find_inferred(reversed(quads))
    assert parse_dataset([*quads, *found]) == parse_dataset(quads)
