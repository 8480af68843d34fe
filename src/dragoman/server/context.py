"""One build, as the parts of the server see it: its store, what is looked up in it, and how an answer is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from dragoman.keptstore import make_store
from dragoman.naming import Names
from dragoman.ontology import load_ontology
from dragoman.query import find_base, load_store
from dragoman.questions import Question, load_questions
from dragoman.record import DATASET
from dragoman.serialization import format_turtle
from dragoman.server.addresses import Addresses
from dragoman.server.messages import Answer, Request, refusal
from dragoman.server.negotiation import HTML, TRIPLES, choose
from dragoman.server.pages import Pages
from dragoman.server.views import Facts
from dragoman.vocabulary import PREFIXES

__all__ = ["Context", "load_context", "typed"]

SHOWN = 500
"""Rows that a page shows; the other forms give all."""
SERIALIZERS: dict[str, ox.RdfFormat] = {
    TRIPLES["jsonld"]: ox.RdfFormat.JSON_LD,
    TRIPLES["ntriples"]: ox.RdfFormat.N_TRIPLES,
    TRIPLES["rdfxml"]: ox.RdfFormat.RDF_XML,
}
OWN_ONTOLOGY = "ontology"
"""The folder of a build with the ontology files that its user gave."""


def load_context(folder: Path, *, rows: int, on_disk: bool = False, taken: Iterable[str] = ()) -> Context:
    """What is served of the build in `folder`, whose answers have at most so many `rows`.

    :param on_disk: whether no graph is held in memory, and its store on disk is asked; it is made unless it is there.
    :param taken: paths that are pages of the server's own, and so of no IRI.
    :raises RecordError: if the build is missing or damaged.
    :raises StoreError: if a store on disk is wanted, and cannot be made.
    """
    state = _state(folder)
    store = make_store(folder) if on_disk else load_store(folder)
    return Context(folder, rows, store, frozenset(taken), state)


@dataclass(frozen=True)
class Context:
    """A build and its store; `state` tells whether it is still the newest in `folder`."""

    folder: Path
    rows: int
    store: ox.Store
    taken: frozenset[str]
    state: tuple[int, ...]

    def is_current(self) -> bool:
        """Whether no other build has taken the place of this one."""
        return _state(self.folder) == self.state

    @cached_property
    def addresses(self) -> Addresses:
        """Where each IRI opens."""
        return Addresses(find_base(self.store), self.taken)

    @cached_property
    def facts(self) -> Facts:
        """What is looked up for pages."""
        return Facts(self.store, load_ontology(*sorted((self.folder / OWN_ONTOLOGY).glob("*.ttl"))))

    @cached_property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.store)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The ready questions, by name."""
        return load_questions()

    @cached_property
    def pages(self) -> Pages:
        """The templates."""
        return Pages(self.addresses)

    def page(self, name: str, *, status: int = 200, **shown: object) -> Answer:
        """A page from the template `name`."""
        return Answer(status, f"{HTML}; charset=utf-8", self.pages.format(name, **shown))

    def triples(self, triples: Iterable[ox.Triple], media: str) -> Answer:
        """`triples` in one of the forms of TRIPLES."""
        found = list(triples)
        if media == TRIPLES["turtle"]:
            return Answer(200, typed(media), format_turtle(found, base=self.addresses.base).encode())
        written = ox.serialize(found, format=SERIALIZERS[media], prefixes=PREFIXES)
        return Answer(200, typed(media), written or b"")

    def missing(self, message: str, request: Request, *, status: int = 404) -> Answer:
        """That there is no such thing, as a page or a line of text."""
        if choose(request.accept, ["text/plain", HTML]) == HTML:
            return self.page("missing", status=status, message=message)
        return refusal(status, message)


def typed(media: str) -> str:
    """`media` with the encoding of what we write, for media types that have it as a parameter.

    >>> typed("text/turtle"), typed("application/ld+json")
    ('text/turtle; charset=utf-8', 'application/ld+json')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _state(folder: Path) -> tuple[int, ...]:
    try:
        found = os.stat(folder / DATASET)  # noqa: PTH116 - three times as fast, and asked for at each request
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
