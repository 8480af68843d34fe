"""What a graph says of quotes, and of claims read from one: most of it, and alike but for a few terms.

Standard: Web Annotation selectors (https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.serialization import END, Key, Subject, claim_key, quote_key
from dragoman.vocabulary import DGM, OA, PROV, RDF, XSD

__all__ = ["CORROBORATION", "DERIVED_FROM", "Described", "LoneClaim", "Quote", "expand"]


class Quote(NamedTuple):
    """A quote in the graph of its document, all as N-Quads writes it; "" for what there is not.

    Of numbers, the datatype goes without saying. Texts are clean (:func:`dragoman.vocabulary.clean`), and so Turtle
    writes them as N-Quads does.
    """

    node: str
    exact: str
    prefix: str
    suffix: str
    start: str
    end: str
    page: str
    element: str
    document: str

    @property
    def kind(self) -> tuple[bool, ...]:
        """What tells it from quotes that are alike but for their terms."""
        return bool(self.page), bool(self.element)

    @property
    def key(self) -> Key:
        """Its place in Turtle."""
        return quote_key(self.node[1:-1], self.document[1:-1], int(self.start[1:-1]))

    def subjects(self) -> list[Subject]:
        """The quote, what tells its words, and what tells where they stand."""
        words, place, graph = f"{self.node[:-1]}-quote>", f"{self.node[:-1]}-position>", f" {self.document}{END}"
        said = [(_A, _QUOTE), (_SOURCE, self.document), (_SELECTOR, words), (_SELECTOR, place)]
        if self.page:
            said.append((_PAGE, self.page + _PAGES))
        if self.element:
            said.append((_ELEMENT, self.element))
        texts = [(_A, _WORDS), (_EXACT, self.exact), (_PREFIX, self.prefix), (_SUFFIX, self.suffix)]
        ends = [(_A, _PLACE), (_START, self.start + _OFFSET), (_END, self.end + _OFFSET)]
        return [
            (node, tuple((predicate, value, graph) for predicate, value in some))
            for node, some in ((self.node, said), (words, texts), (place, ends))
        ]


class LoneClaim(NamedTuple):
    """A claim of one quote that nothing contradicts, all as N-Quads writes it; "" for what there is not.

    `agreement` is the graph that tells its `corroboration`.
    """

    node: str
    quote: str
    agreement: str
    rule: str
    document: str
    subject: str
    predicate: str
    object: str
    modality: str
    confidence: str
    corroboration: str
    date: str = ""
    speaker: str = ""

    @property
    def kind(self) -> tuple[bool, ...]:
        """What tells it from claims that are alike but for their terms."""
        return bool(self.date), bool(self.speaker)

    @property
    def key(self) -> Key:
        """Its place in Turtle."""
        return claim_key(self.node[1:-1], self.subject[1:-1], self.predicate[1:-1], self.object[1:-1])

    def said(self) -> list[tuple[str, str]]:
        """What the graph of its document says of it."""
        said = [
            (_A, _CLAIM),
            (_A, _STATEMENT),
            *zip(_ENDS, (self.subject, self.predicate, self.object), strict=True),
            (_MODALITY, self.modality),
            (_RULE, self.rule),
            (_CONFIDENCE, self.confidence),
            (DERIVED_FROM, self.quote),
        ]
        if self.date:
            said.append((_DATE, self.date))
        if self.speaker:
            said.append((_ATTRIBUTED_TO, self.speaker))
        return said

    def subjects(self) -> list[Subject]:
        """The claim, in the graph of its document and in that of agreement."""
        graph = f" {self.document}{END}"
        agreed = ((CORROBORATION, self.corroboration, f" {self.agreement}{END}"),)
        return [(self.node, tuple((predicate, value, graph) for predicate, value in self.said())), (self.node, agreed)]


Described = Subject | Quote | LoneClaim
"""Something, and some of what is said of it, or all in short."""
CORROBORATION, DERIVED_FROM = f"<{DGM}corroboration>", f"<{PROV}wasDerivedFrom>"


def expand(described: Iterable[Described]) -> Iterator[Subject]:
    """All that is said of the subjects, those that are told in short among them."""
    for one in described:
        if isinstance(one, Quote | LoneClaim):
            yield from one.subjects()
        else:
            yield one


_A = f"<{RDF}type>"
_QUOTE, _SOURCE, _SELECTOR = (f"<{OA}{local}>" for local in ("SpecificResource", "hasSource", "hasSelector"))
_WORDS, _EXACT, _PREFIX, _SUFFIX = (f"<{OA}{local}>" for local in ("TextQuoteSelector", "exact", "prefix", "suffix"))
_PLACE, _START, _END = (f"<{OA}{local}>" for local in ("TextPositionSelector", "start", "end"))
_PAGE, _ELEMENT = f"<{DGM}page>", f"<{DGM}element>"
_OFFSET, _PAGES = f"^^<{XSD}nonNegativeInteger>", f"^^<{XSD}positiveInteger>"
_CLAIM, _MODALITY, _RULE, _CONFIDENCE, _DATE, _ATTRIBUTED_TO = (
    f"<{DGM}{local}>" for local in ("Claim", "modality", "rule", "confidence", "date", "attributedTo")
)
_STATEMENT, *_ENDS = (f"<{RDF}{local}>" for local in ("Statement", "subject", "predicate", "object"))
