"""A graph of shapes (SHACL, https://www.w3.org/TR/shacl/) to the values of its properties, in order, and its lists."""

from __future__ import annotations

import pyoxigraph as ox

from dragoman.ontology import OntologyError
from dragoman.querytext import UnknownConstraintError
from dragoman.vocabulary import RDF

__all__ = ["MOST", "SH", "ShapeReader", "Term"]

SH = "http://www.w3.org/ns/shacl#"
MOST = 10_000
"""Items of a list, and shapes within shapes, that are looked at."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class ShapeReader:
    """Reads what the store `shapes` says of a shape; names of properties are those of SHACL, without its namespace."""

    def __init__(self, shapes: ox.Store) -> None:
        self._shapes = shapes

    def _quads(self, subject: Term | None, name: str) -> list[ox.Quad]:
        if isinstance(subject, ox.Literal | ox.Triple):
            return []
        return list(self._shapes.quads_for_pattern(subject, ox.NamedNode(SH + name), None))

    def _all(self, subject: Term, name: str) -> list[Term]:
        return sorted((quad.object for quad in self._quads(subject, name)), key=str)

    def _one(self, subject: Term, name: str) -> Term:
        found = self._some(subject, name)
        if found is None:
            raise UnknownConstraintError(f"{subject}: no sh:{name}")
        return found

    def _some(self, subject: Term, name: str) -> Term | None:
        found = self._all(subject, name)
        if len(found) > 1:
            raise UnknownConstraintError(f"{subject}: {len(found)} values of sh:{name}")
        return found[0] if found else None

    def _list(self, head: Term | None) -> list[Term]:
        members: list[Term] = []
        passed: set[Term] = set()
        while isinstance(head, ox.NamedNode | ox.BlankNode) and head.value != RDF + "nil":
            if head in passed or len(members) > MOST:
                raise OntologyError(f"{head}: a list of shapes that does not end, or is longer than {MOST:,}")
            passed.add(head)
            firsts = [quad.object for quad in self._shapes.quads_for_pattern(head, ox.NamedNode(RDF + "first"), None)]
            if len(firsts) != 1:
                break
            members.append(firsts[0])
            rest = self._shapes.quads_for_pattern(head, ox.NamedNode(RDF + "rest"), None)
            head = next((quad.object for quad in rest), None)
        return members
