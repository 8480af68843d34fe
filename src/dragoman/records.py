"""The few records that pass between the stages: documents in, claims with evidence out.

Everything here is frozen and checks itself once, so that no later stage has to. Class and property names are the
local names that ``ontology/dragoman.ttl`` defines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date as calendar_date
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

__all__ = [
    "Claim",
    "Coverage",
    "Document",
    "Entity",
    "Evidence",
    "Gap",
    "LocalClaim",
    "LocalEntity",
    "Modality",
    "Place",
    "Reading",
    "Skipped",
    "Span",
]

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
"""ISO 8601 at the precision of a year, a month or a day."""
IRI_PART = re.compile(r"[A-Za-z0-9_.%-]+")
CONTEXT = 60
"""Characters of text kept before and after a quote, so that it can be found again in an edited source."""


class Modality(StrEnum):
    """How surely a document states a claim; only ASSERTED claims stand as plain triples."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    REQUESTED = "requested"
    POSSIBLE = "possible"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` of a document's text, counted from 0."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}..{self.end} is empty or reversed; need 0 <= start < end")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the original what begins at character `start` of a text stands: the page, and the element on it."""

    start: int
    page: int = 0  # counted from 1; 0 where the original has no pages
    element: str = ""  # "paragraph 12", or an XPath; "" where nothing but the page is known

    def __post_init__(self) -> None:
        if self.start < 0 or self.page < 0:
            raise ValueError(f"place at character {self.start} on page {self.page}: neither is below 0")


NOWHERE = Place(0)


@dataclass(frozen=True, slots=True)
class Document:
    """One source text; `name` is its file name, below the folder that was given, with `/` between folders.

    A part of a file that holds several documents has ``#`` and its number, or name there, after the file's name.
    """

    name: str
    text: str
    sha256: str  # of the file's bytes, as 64 hexadecimal digits
    title: str = ""
    date: str = ""
    author: str = ""
    genre: str = ""
    symbol: str = ""  # under which it was issued: "S/PV.9962"
    meeting: str = ""  # the number of the meeting that it is of
    organization: str = ""  # that issued it, or before which it was spoken
    venue: str = ""  # the city
    address: str = ""  # where it was published
    places: tuple[Place, ...] = field(default=(), compare=False)  # by `start`; none where the text is all there is
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # of a property, where it was found

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a document needs a name")
        _check_date(self.date, f"document {self.name}")

    def place(self, at: int) -> Place:
        """Where in the original the character `at` of the text stands."""
        if not self.places:
            return NOWHERE
        found = bisect_right(self.places, at, key=lambda place: place.start)
        return self.places[found - 1] if found else NOWHERE


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, or not read as it stands: which file, and why in one line."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words of a document that state a claim, with some words before and after."""

    document: str
    span: Span
    exact: str
    prefix: str
    suffix: str
    page: int = 0  # of the original, counted from 1; 0 where it has none
    element: str = ""  # of the original, as in Place

    @property
    def where(self) -> str:
        """The page of the original in words, else its element; "" where the text is all that there is."""
        return f"page {self.page}" if self.page else self.element

    @classmethod
    def of(cls, document: Document, span: Span) -> Evidence:
        """The quote that `span` cuts from `document`.

        :raises ValueError: if the span reaches past the end of the text.
        """
        if span.end > len(document.text):
            length = len(document.text)
            raise ValueError(f"span {span.start}..{span.end} reaches past {document.name}'s {length} characters")
        place = document.place(span.start)
        return cls(
            document=document.name,
            span=span,
            exact=document.text[span.start : span.end],
            prefix=document.text[max(0, span.start - CONTEXT) : span.start],
            suffix=document.text[span.end : span.end + CONTEXT],
            page=place.page,
            element=place.element,
        )


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """What one document names: its class, its names there (the best first) and, where known, its id in ``names/``."""

    cls: str
    names: tuple[str, ...]
    known_id: str = ""
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not self.names or not all(self.names):
            raise ValueError(f"an entity of class {self.cls} needs names, none of them empty; it has {self.names}")


@dataclass(frozen=True, slots=True)
class LocalClaim:
    """A claim of one document; `subject`, `object` and `speaker` count within its reading's entities."""

    subject: int
    predicate: str
    object: int
    modality: Modality
    span: Span
    rule: str
    confidence: float
    date: str = ""
    speaker: int | None = None
    readers: tuple[str, ...] = ()  # who found it, sorted; empty where the grammar's reader was the only one

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"claim {self.predicate}: confidence {self.confidence} is not between 0 and 1")
        if self.date:
            _check_date(self.date, f"claim {self.predicate}")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something of one kind that was not read in a document: what it is, how often it is there, its first places."""

    of: tuple[str, ...]
    count: int
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not 0 < len(self.spans) <= self.count:
            raise ValueError(f"gap {self.of}: {len(self.spans)} places of {self.count}; need one, and no more")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a reading left silent; :mod:`dragoman.extraction.silence` tells how each is found.

    Of `silent` passages, all places are kept; their kinds are how many things they name, "0", "1" or "2" for more. Of
    `poor` sentences, the kinds are the signs; of `names` without a class, the names; of what is `refused`, frame,
    property and the classes of subject and object. Those found most often come first.
    """

    passages: int = 0  # paragraphs and list items, those that state something among them
    sentences: int = 0
    silent: tuple[Gap, ...] = ()
    poor: tuple[Gap, ...] = ()
    names: tuple[Gap, ...] = ()
    refused: tuple[Gap, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """All gaps, whatever their kind."""
        return (*self.silent, *self.poor, *self.names, *self.refused)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in one document, and what was not."""

    document: Document
    entities: tuple[LocalEntity, ...]
    claims: tuple[LocalClaim, ...]
    coverage: Coverage = Coverage()

    def __post_init__(self) -> None:
        length, count = len(self.document.text), len(self.entities)
        spans = (
            *(span for entity in self.entities for span in entity.spans),
            *(claim.span for claim in self.claims),
            *(span for gap in self.coverage.gaps for span in gap.spans),
        )
        if past := next((span for span in spans if span.end > length), None):
            where = f"{self.document.name}'s {length} characters"
            raise ValueError(f"span {past.start}..{past.end} reaches past {where}")
        for claim in self.claims:
            for end in (claim.subject, claim.object, 0 if claim.speaker is None else claim.speaker):
                if not 0 <= end < count:
                    raise ValueError(f"{self.document.name}: a claim is about entity {end}; there are {count}")


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, in all documents: `id` is the last part of its IRI, `names` its other names in order of use."""

    id: str
    cls: str
    label: str
    names: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    code: str = ""  # ISO 3166-1 alpha-3, of states
    documents: tuple[str, ...] = ()  # names of the documents that mention it, sorted

    def __post_init__(self) -> None:
        if not IRI_PART.fullmatch(self.id):
            raise ValueError(f"entity id {self.id!r} holds more than letters, digits, '-', '_', '.' and %XX")


@dataclass(frozen=True, slots=True)
class Claim:
    """Subject, predicate, object as documents state them; the three ends and `speaker` are entity ids."""

    subject: str
    predicate: str
    object: str
    modality: Modality
    evidence: tuple[Evidence, ...]
    rule: str
    confidence: float
    date: str = ""
    speaker: str = ""
    contradicts: tuple[str, ...] = ()  # ids of claims
    repeats: int = 0  # how many of its documents repeat another of them
    readers: tuple[str, ...] = ()  # who found it, sorted; empty where the grammar's reader was the only one
    id: str = field(init=False, repr=False, compare=False)
    """Sixteen hexadecimal digits from what is claimed: the same in every build that reads the claim."""
    documents: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Names of the documents that state it, sorted, each once."""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"claim {self.subject} {self.predicate} {self.object} has no evidence")
        if self.date:
            _check_date(self.date, f"claim {self.subject} {self.predicate} {self.object}")
        key = "\n".join((self.subject, self.predicate, self.object, self.modality, self.date, self.speaker))
        object.__setattr__(self, "id", sha256(key.encode()).hexdigest()[:16])
        documents = {piece.document for piece in self.evidence}
        object.__setattr__(self, "documents", tuple(sorted(documents) if len(documents) > 1 else documents))

    @property
    def corroboration(self) -> int:
        """How many of its documents are independent of one another, as far as their words show."""
        return len(self.documents) - self.repeats


def _check_date(date: str, whose: str) -> None:
    if date and (fault := _find_fault(date)):
        raise ValueError(f"{whose}: date {date!r} is {fault}")


@lru_cache(maxsize=1 << 12)
def _find_fault(date: str) -> str:
    """What is wrong with a date, "" for nothing."""
    if not DATE.fullmatch(date):
        return "not YYYY, YYYY-MM or YYYY-MM-DD"
    if len(date) == len("YYYY-MM-DD"):
        try:
            calendar_date.fromisoformat(date)
        except ValueError:
            return "a day that no calendar has"
    return ""
