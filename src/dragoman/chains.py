"""The shortest chains of claims between two entities, as the question ``chain`` defines them in SPARQL.

A join over three claims looks at every pair of claims of a much-named entity, which takes minutes where there are
thousands; a search in breadth from the far end looks at each claim once. The answer is the same, row by row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

import pyoxigraph as ox

from dragoman.query import Result, find_base, run_query
from dragoman.serialization import format_term
from dragoman.vocabulary import Iris

__all__ = ["find_chains"]

LONGEST = 3
"""Claims of a chain."""
SHOWN = 50
"""Chains that are told."""
CLAIMS = """SELECT ?claim ?subject ?object {
  ?claim dgm:modality dgm:asserted ; rdf:subject ?subject ; rdf:object ?object . FILTER(?subject != ?object) }"""
WORDS = """SELECT ?claim ?who ?does ?what ?words ?name {{
  VALUES ?claim {{ {claims} }}
  ?claim rdf:subject/skos:prefLabel ?who ; rdf:predicate/rdfs:label ?does ; rdf:object/skos:prefLabel ?what ;
    prov:wasDerivedFrom ?evidence .
  ?evidence oa:hasSelector/oa:exact ?words ; oa:hasSource/dcterms:identifier ?name }}"""

Neighbours = Mapping[str, list[tuple[str, str]]]
"""For each entity, the claims that join it to another, and the other."""
Path = tuple[str, ...]
"""IRIs of claims."""


def find_chains(store: ox.Store, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> Result:
    """The rows of the question ``chain`` for the `first` and `second` of `terms`."""
    first, second = terms["first"].value, terms["second"].value
    neighbours = _find_neighbours(store)
    steps = _measure_steps(neighbours, second, first)
    variables = ("steps", *(f"{name}{n}" for name in ("step", "quote") for n in range(1, LONGEST + 1)))
    prefixes = Iris(find_base(store)).prefixes
    if first == second or first not in steps:
        return Result("select", variables, prefixes=prefixes)
    texts = _Texts(store)
    found = _walk([((), first)], steps[first], neighbours, steps, texts)
    rows = []
    for shown, paths in islice(found, SHOWN):
        blank = [None] * (LONGEST - len(shown))
        quotes = [min(texts.quote(path[at]) for path in paths) for at in range(len(shown))]
        cells = [*map(ox.Literal, shown), *blank, *map(ox.Literal, quotes), *blank]
        rows.append((ox.Literal(len(shown)), *cells))
    return Result("select", variables, tuple(rows), prefixes=prefixes)


class _Texts:
    """What claims state and the least of their quotes, looked up for as many as are needed at a time."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._found: dict[str, tuple[str, str]] = {}

    def look_up(self, claims: set[str]) -> None:
        wanted = " ".join(format_term(ox.NamedNode(iri), {}) for iri in sorted(claims - self._found.keys()))
        if not wanted:
            return
        for row in run_query(self._store, WORDS.format(claims=wanted)).rows:
            claim, who, does, what, words, name = (
                term.value if isinstance(term, ox.NamedNode | ox.Literal) else "" for term in row
            )
            quote = f"{words} [{name}]"
            _, least = self._found.get(claim, ("", quote))
            self._found[claim] = (f"{who} {does} {what}", min(least, quote))

    def step(self, claim: str) -> str:
        return self._found[claim][0]

    def quote(self, claim: str) -> str:
        return self._found[claim][1]


def _find_neighbours(store: ox.Store) -> Neighbours:
    neighbours: dict[str, list[tuple[str, str]]] = defaultdict(list)
    answer = store.query(CLAIMS, prefixes=Iris().prefixes)
    for row in answer if isinstance(answer, ox.QuerySolutions) else ():
        claim, subject, object_ = (str(getattr(row[name], "value", "")) for name in ("claim", "subject", "object"))
        neighbours[subject].append((claim, object_))
        neighbours[object_].append((claim, subject))
    return neighbours


def _measure_steps(neighbours: Neighbours, start: str, goal: str) -> dict[str, int]:
    """How many claims lie between `start` and each entity that is no farther than `goal`, or than the longest chain."""
    steps, edge = {start: 0}, [start]
    while edge and goal not in steps and steps[edge[0]] < LONGEST:
        next_ = {end: steps[node] + 1 for node in edge for _, end in neighbours.get(node, ()) if end not in steps}
        steps |= next_
        edge = list(next_)
    return steps


def _walk(
    paths: list[tuple[Path, str]], left: int, neighbours: Neighbours, steps: Mapping[str, int], texts: _Texts
) -> Iterator[tuple[Path, list[Path]]]:
    """What chains state, step by step, in order, each with the claims that make such chains; `left` steps are to go."""
    if not left:
        yield (), [path for path, _ in paths]
        return
    further = [
        ((*path, claim), end) for path, node in paths for claim, end in neighbours[node] if steps.get(end) == left - 1
    ]
    texts.look_up({path[-1] for path, _ in further})
    by_text: dict[str, list[tuple[Path, str]]] = defaultdict(list)
    for path, end in further:
        by_text[texts.step(path[-1])].append((path, end))
    for text in sorted(by_text):
        for rest, whole in _walk(by_text[text], left - 1, neighbours, steps, texts):
            yield (text, *rest), whole
