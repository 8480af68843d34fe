"""IRIs of the graph to addresses on this server, and back.

What starts with the build's base stands at the path of the IRI itself, so that the IRI opens here once its host is put
in place of its own; every other IRI stands at ``/resource?iri=…``. Terms of the ontology share one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from dragoman.vocabulary import DGM

__all__ = ["ONTOLOGY", "RESOURCE", "Addresses"]

RESOURCE = "/resource"
ONTOLOGY = "/dragoman/ontology"
"""Where the terms of our namespace stand, which is the path of their IRIs."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a graph whose IRIs start with `base`.

    >>> here = Addresses("https://example.org/kg/")
    >>> here.of("https://example.org/kg/claim/12"), here.of("http://e.org/é?a")
    ('/kg/claim/12', '/resource?iri=http%3A//e.org/%C3%A9%3Fa')
    >>> here.iri("/kg/claim/12")
    'https://example.org/kg/claim/12'
    """

    base: str
    taken: frozenset[str] = frozenset()

    def of(self, iri: str) -> str:
        """The path, and query, at which `iri` opens."""
        if iri.startswith(DGM):
            return f"{ONTOLOGY}#{quote(iri[len(DGM) :])}"
        if self._path.endswith("/") and iri.startswith(self.base):
            path = self._path + iri[len(self.base) :]
            if path not in self.taken and not set(path) & set("?#"):
                return path
        return f"{RESOURCE}?iri={quote(iri)}"

    def iri(self, path: str) -> str:
        """The IRI that `path`, as it was sent, stands for; empty if it is below no base."""
        return self.base + path[len(self._path) :] if self._path and path.startswith(self._path) else ""

    @property
    def _path(self) -> str:
        return "" if self.base.endswith("#") else urlsplit(self.base).path
