"""What a graph says of a quote, of which it has the most: three subjects whose statements differ in a few terms alone.

Standard: Web Annotation selectors (https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.serialization import END, Subject
from dragoman.vocabulary import DGM, OA, RDF

__all__ = ["Quote", "expand"]


class Quote(NamedTuple):
    """A quote in the graph of its document, all as N-Quads writes it; "" for what there is not."""

    node: str
    document: str
    exact: str
    prefix: str
    suffix: str
    start: str
    end: str
    page: str = ""
    element: str = ""

    def subjects(self) -> list[Subject]:
        """The quote, what tells its words, and what tells where they stand."""
        words, place, graph = f"{self.node[:-1]}-quote>", f"{self.node[:-1]}-position>", f" {self.document}{END}"
        said = [(_A, _QUOTE), (_SOURCE, self.document), (_SELECTOR, words), (_SELECTOR, place)]
        if self.page:
            said.append((_PAGE, self.page))
        if self.element:
            said.append((_ELEMENT, self.element))
        texts = [(_A, _WORDS), (_EXACT, self.exact), (_PREFIX, self.prefix), (_SUFFIX, self.suffix)]
        ends = [(_A, _PLACE), (_START, self.start), (_END, self.end)]
        return [
            (node, tuple((predicate, value, graph) for predicate, value in some))
            for node, some in ((self.node, said), (words, texts), (place, ends))
        ]


def expand(described: Iterable[Subject | Quote]) -> Iterator[Subject]:
    """All that is said of the subjects, quotes among them."""
    for one in described:
        if isinstance(one, Quote):
            yield from one.subjects()
        else:
            yield one


_A = f"<{RDF}type>"
_QUOTE, _SOURCE, _SELECTOR = (f"<{OA}{local}>" for local in ("SpecificResource", "hasSource", "hasSelector"))
_WORDS, _EXACT, _PREFIX, _SUFFIX = (f"<{OA}{local}>" for local in ("TextQuoteSelector", "exact", "prefix", "suffix"))
_PLACE, _START, _END = (f"<{OA}{local}>" for local in ("TextPositionSelector", "start", "end"))
_PAGE, _ELEMENT = f"<{DGM}page>", f"<{DGM}element>"
