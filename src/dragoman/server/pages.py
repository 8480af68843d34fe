"""Templates to pages. What documents say reaches them as text: Jinja escapes it, and no page runs a script."""

from __future__ import annotations

from importlib.resources import files

import pyoxigraph as ox
from jinja2 import Environment, PackageLoader, StrictUndefined

from dragoman.query import Term
from dragoman.serialization import format_term
from dragoman.server.addresses import Addresses

__all__ = ["Pages"]


class Pages:
    """The templates, with links to `addresses`."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._templates = Environment(
            loader=PackageLoader("dragoman.server"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(address=addresses.of, link=self._link, shown=_shown)
        self._templates.globals["search"] = ""

    @property
    def style(self) -> bytes:
        """The style sheet of all pages."""
        return files("dragoman.server").joinpath("templates", "style.css").read_bytes()

    def format(self, name: str, **shown: object) -> bytes:
        """The page from the template `name`, as UTF-8."""
        return self._templates.get_template(f"{name}.html").render(shown).encode("utf-8", "replace")

    def _link(self, term: Term | None) -> str:
        """Where a cell of an answer leads; empty where it leads nowhere."""
        return self._addresses.of(term.value) if isinstance(term, ox.NamedNode) else ""


def _shown(term: Term | None, prefixes: dict[str, str] | None = None) -> str:
    """A cell of an answer: an IRI with its prefix, a literal as its bare text."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    return format_term(term, {iri: prefix for prefix, iri in (prefixes or {}).items()})
