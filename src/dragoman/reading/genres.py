"""Kinds of document by their names, which are data: ``ontology/genres.ttl``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dragoman.ontology import SKOS, ontology_folder, read_turtle

__all__ = ["load_genres"]


@cache
def load_genres() -> Mapping[str, str]:
    """Kind of document by each of its names, lower case."""
    store = read_turtle([ontology_folder() / "genres.ttl"])
    rows = store.query(
        f"SELECT ?best ?name {{ ?genre <{SKOS}prefLabel> ?best ; a <{SKOS}Concept> ;"
        f" <{SKOS}prefLabel>|<{SKOS}altLabel> ?name }}"
    )
    return {row["name"].value: row["best"].value for row in rows}  # type: ignore[union-attr]
