"""Which form of an answer a client wants: HTTP ``Accept``, https://www.rfc-editor.org/rfc/rfc9110#name-accept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["ROWS", "TRIPLES", "choose"]

HTML = "text/html"
ROWS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "html": HTML,
}
"""Forms of rows and truths by the short name that ``format=`` takes; the first is given where any will do."""
TRIPLES = {
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "html": HTML,
}
"""Forms of triples."""
ALSO = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "application/xhtml+xml": HTML,
    "application/x-turtle": "text/turtle",
}
"""Other names that clients use."""


def choose(accept: str, offered: Sequence[str]) -> str:
    """The one of `offered` that `accept` wants most, the first among equals; empty if it wants none of them.

    >>> choose("text/turtle;q=0.5, text/*;q=0.9", ["application/ld+json", "text/turtle", "text/html"])
    'text/html'
    >>> choose("", ["text/turtle"]), choose("image/png", ["text/turtle"])
    ('text/turtle', '')
    """
    wanted = list(_parse(accept)) or [("*/*", 1.0)]
    best, found = 0.0, ""
    for media in offered:
        weight = max(
            ((len(name.strip("*")), weight) for name, weight in wanted if _covers(name, media)), default=(0, 0)
        )[1]
        if weight > best:
            best, found = weight, media
    return found


def _covers(pattern: str, media: str) -> bool:
    return pattern in {"*/*", media} or (pattern.endswith("/*") and media.startswith(pattern[:-1]))


def _parse(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if not name:
            continue
        weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            yield ALSO.get(name, name), min(max(float(weight), 0.0), 1.0)
        except ValueError:
            yield ALSO.get(name, name), 0.0
