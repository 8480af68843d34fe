"""How much each pattern of a query finds by itself: where a query that finds nothing, or runs long, goes wrong.

Oxigraph tells no plan to Python. What the writer of a query wants to know is which of its lines finds nothing, and
which finds so much that a join over it takes long; so each triple pattern, as rdflib reads it, is counted alone.
"""
# mypy: allow-untyped-calls
# (rdflib's algebra has no types)

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from dragoman.query import Limits, QueryError, Result, find_base, load_store, run_query
from dragoman.vocabulary import Iris

__all__ = ["count_patterns"]


def count_patterns(source: Path | ox.Store, query: str, *, limits: Limits | None = None) -> Result:
    """A row for each triple pattern of `query` with how many matches it has alone, those with the fewest first.

    :param limits: `seconds` bounds the count of each pattern.
    :raises QueryError: as :func:`dragoman.query.run_query` does, and for a count that takes too long.
    :raises RecordError: if the folder or its dataset is missing or damaged.
    """
    store = load_store(source) if isinstance(source, Path) else source
    base = find_base(store)
    run_query(ox.Store(), query, base=base)  # finds nothing, but tells what is wrong with the query
    counted: dict[str, int] = {}
    for shown, pattern in _find_patterns(query, Iris(base).prefixes):
        found = run_query(
            store, f"SELECT (COUNT(*) AS ?n_) WHERE {{ {pattern} }}", base=base, limits=limits or Limits()
        )
        count = found.rows[0][0]
        counted[shown] = int(count.value) if isinstance(count, ox.Literal) else 0
    ordered = sorted(counted.items(), key=lambda pair: pair[1])
    rows = tuple((ox.Literal(shown), ox.Literal(count)) for shown, count in ordered)
    return Result("select", ("pattern", "matches"), rows, prefixes=Iris(base).prefixes)


def _find_patterns(query: str, prefixes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each triple pattern as a reader writes it, with prefixes, and in full."""
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery

    names = Graph(bind_namespaces="none").namespace_manager
    for prefix, iri in prefixes.items():
        names.bind(prefix, iri)
    try:
        algebra = prepareQuery(query, initNs=prefixes).algebra
    except Exception as cause:  # rdflib raises errors of many kinds for what it does not read
        raise QueryError(f"this query runs, but cannot be taken apart: {cause}") from cause
    for triple, graph in _walk(algebra, None):
        shown, full = (" ".join(_written(term, manager) for term in triple) for manager in (names, None))
        if graph is not None:
            shown, full = (
                f"GRAPH {_written(graph, manager)} {{ {text} }}" for manager, text in ((names, shown), (None, full))
            )
        yield shown, full


def _walk(node: Any, graph: Any) -> Iterator[tuple[tuple[Any, Any, Any], Any]]:
    """Triple patterns below a node of rdflib's algebra, each with the graph that it is looked for in."""
    if isinstance(node, dict):
        if node.__class__.__name__ == "CompValue" and getattr(node, "name", "") == "Graph":
            graph = node["term"]
        for key, value in node.items():
            if key == "triples":
                flat = [term for part in value for term in (part if isinstance(part, list | tuple) else [part])]
                yield from (((flat[at], flat[at + 1], flat[at + 2]), graph) for at in range(0, len(flat) - 2, 3))
            elif not key.startswith("_"):
                yield from _walk(value, graph)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _walk(part, graph)


def _written(term: Any, names: Any) -> str:
    return str(term.n3(names) if names is not None else term.n3())
