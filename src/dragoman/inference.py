"""What follows from a graph by its ontology: rules of OWL 2 RL that name no blank node, as SPARQL, to a fixed point.

``rdfs:subClassOf``, ``rdfs:subPropertyOf``, ``rdfs:domain``, ``rdfs:range``, ``owl:inverseOf``,
``owl:SymmetricProperty``, ``owl:TransitiveProperty``, ``owl:equivalentClass`` and ``owl:equivalentProperty``
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules). A closure by all rules of the
profile would state of every node that it is the same as itself, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from dragoman.ontology import ontology_folder, read_turtle
from dragoman.vocabulary import BASE, OWL, RDF, RDFS, Iris

__all__ = ["find_inferred"]

RULES = (
    "?s a ?higher } WHERE { ?s a ?class . ?class rdfs:subClassOf|owl:equivalentClass|^owl:equivalentClass ?higher",
    "?s ?q ?o } WHERE { ?p rdfs:subPropertyOf|owl:equivalentProperty|^owl:equivalentProperty ?q . ?s ?p ?o",
    "?s a ?class } WHERE { ?p rdfs:domain ?class . ?s ?p ?o",
    "?o a ?class } WHERE { ?p rdfs:range ?class . ?s ?p ?o FILTER(!ISLITERAL(?o))",
    "?o ?q ?s } WHERE { ?p owl:inverseOf|^owl:inverseOf ?q . ?s ?p ?o FILTER(!ISLITERAL(?o))",
    "?o ?p ?s } WHERE { ?p a owl:SymmetricProperty . ?s ?p ?o FILTER(!ISLITERAL(?o))",
    "?s ?p ?o } WHERE { ?p a owl:TransitiveProperty . ?s ?p ?m . ?m ?p ?o",
)
"""What is stated, and from what."""
PREFIXES = f"PREFIX rdfs: <{RDFS}> PREFIX owl: <{OWL}> PREFIX rdf: <{RDF}>"


def find_inferred(quads: Iterable[ox.Quad], *extra: Path, base: str = BASE) -> list[ox.Quad]:
    """The triples that follow from `quads` and are not among them, in the graph ``graph/inferred``, sorted.

    :param extra: Turtle files of an ontology of the user's own.
    :raises OntologyError: for a file that cannot be read.
    """
    store = read_turtle([ontology_folder() / "dragoman.ttl", *extra])
    told = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    store.extend(told)
    known = set(store)
    subjects = {quad.subject for quad in told}
    while True:
        size = len(store)
        for rule in RULES:
            store.update(f"{PREFIXES} INSERT {{ {rule} }}")
        if len(store) == size:
            break
    graph = Iris(base).graph("inferred")
    found = (
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in store
        if quad not in known and quad.subject in subjects and not isinstance(quad.object, ox.BlankNode)
    )
    return sorted(found, key=str)
