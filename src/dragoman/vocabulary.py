"""Namespaces, the terms that the graph is written with, and the IRIs of what a build finds.

An IRI holds only ASCII letters, digits, ``-``, ``_``, ``.``, ``/`` and ``%XX`` after its base, so that every
triplestore reads it as it stands and Turtle needs no backslash in a prefixed name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

import pyoxigraph as ox

from dragoman.ontology import DGM, OWL, RDF, RDFS, SKOS
from dragoman.records import Evidence

__all__ = [
    "BASE",
    "DC",
    "DCTERMS",
    "DETAILS",
    "DGM",
    "OA",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SKOS",
    "XSD",
    "Iris",
    "clean",
    "evidence_id",
    "find_unfit",
]

BASE = "https://w3id.org/dragoman/id/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "dgm": DGM,
    "dc": DC,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}
"""Prefixes that Turtle is written with and that a query need not declare; ``Iris.prefixes`` adds those of a base."""

DETAILS = {
    "symbol": DGM + "symbol",
    "meeting": DGM + "meetingNumber",
    "organization": DCTERMS + "publisher",
    "venue": DCTERMS + "spatial",
    "address": DCTERMS + "source",
}
"""Properties of a document that few have, by their name in the record; each is a literal."""

_BASE = re.compile(r"""[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+[/#]""")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` with each character that XML and some stores refuse replaced by U+FFFD, so that offsets stay the same.

    These are lone surrogates, U+FFFE, U+FFFF and control characters other than tab, line feed and carriage return.

    >>> clean("a\\x00b")
    'a\ufffdb'
    """
    return text if text.isprintable() else _UNFIT.sub("\ufffd", text)


def find_unfit(text: str) -> Iterator[tuple[int, int]]:
    """Where in `text` each character stands that :func:`clean` replaces, and its number.

    >>> list(find_unfit("a\\x00b"))
    [(1, 0)]
    """
    return ((found.start(), ord(found[0])) for found in _UNFIT.finditer(text))


def evidence_id(evidence: Evidence) -> str:
    """Last part of the IRI of a quote, made from its document, place and words; claims read from one quote share it."""
    span = evidence.span
    key = f"{_slug(evidence.document)}\n{span.start}\n{span.end}\n{clean(evidence.exact)}"
    return sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes the IRIs of everything a build finds, below `base`.

    >>> Iris("https://example.org/").document("a b/é.txt")
    <NamedNode value=https://example.org/document/a%20b/%C3%A9.txt>
    """

    base: str = BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise ValueError(f"base {self.base!r} is no absolute IRI that ends in '/' or '#'")

    def entity(self, id_: str) -> ox.NamedNode:
        """IRI of an entity; ids hold no ``/``, so it is never that of anything below."""
        return ox.NamedNode(self.base + id_)

    def claim(self, id_: str) -> ox.NamedNode:
        """IRI of a claim."""
        return ox.NamedNode(f"{self.base}claim/{id_}")

    def document(self, name: str) -> ox.NamedNode:
        """IRI of a document, and of the graph of what it states."""
        return ox.NamedNode(f"{self.base}document/{_slug(name)}")

    def graph(self, name: str) -> ox.NamedNode:
        """IRI of a graph that is no one document's."""
        return ox.NamedNode(f"{self.base}graph/{name}")

    def run(self, name: str) -> ox.NamedNode:
        """IRI of something that took part in a build."""
        return ox.NamedNode(f"{self.base}build/{_slug(name)}")

    @property
    def prefixes(self) -> dict[str, str]:
        """PREFIXES with those of this base: ``id`` for entities, ``claim``, ``document``, ``evidence``, ``graph``."""
        own = {kind: f"{self.base}{kind}/" for kind in ("claim", "document", "evidence", "graph", "build")}
        return {**PREFIXES, "id": self.base, **own}


@lru_cache(maxsize=1024)
def _slug(name: str) -> str:
    raw = name.encode("utf-8", "surrogatepass")
    parts = quote(raw, safe="/").replace("~", "%7E").split("/")
    return "/".join("%2E" * len(part) if part in {".", ".."} else part or "%2F" for part in parts)
