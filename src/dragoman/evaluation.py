"""A graph and what people read in its documents to what the graph has right, what wrong, and what it lacks.

Document by document: entities are paired one to one, by name and kind; then each claim of the graph looks for a
reference claim between the same two, of the same property or one that is also right, denied where that is denied. Which
modality, date and speaker it gives is judged where it found one. What a reference calls optional is right where it is
found, and costs nothing where it is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dragoman.ontology import Ontology
from dragoman.record import Record
from dragoman.records import Claim, Document, Entity, Modality
from dragoman.references import Reference, ReferenceClaim, ReferenceEntity
from dragoman.spelling import load_spelling

__all__ = ["Comparison", "Fault", "Missed", "Outcome", "Pairs", "Read", "compare", "compare_all"]

ENOUGH = 0.6
"""How alike the names of two things of a kind must be, where they share none: the words of both, by all words."""
ALIKE = 0.99
"""What likeness by words counts beside a shared name."""
SAME_KIND = 0.5
"""What being of one kind adds to the likeness of names."""
POSSESSIVE = re.compile(r"['\u2018\u2019]s\b")
WORD = re.compile(r"\w+")

Located = tuple[Claim, tuple[str, str]]
"""A claim, and the reference's ids of its ends."""


class Outcome(StrEnum):
    """What became of a claim of the graph."""

    RIGHT = "right"
    OPTIONAL = "optional"  # right, and not required
    REPEATED = "repeated"  # right, and said before by another claim
    WRONG = "wrong"


class Fault(StrEnum):
    """Why a claim is wrong, or why one was missed; an end is paired where graph and reference both have it."""

    NEITHER_END = "neither end paired"
    SUBJECT = "subject not paired"
    OBJECT = "object not paired"
    APART = "no claim between the two"
    TURNED = "the other way round"
    DENIED = "denied in one of them"
    OTHER_PROPERTY = "other property"


@dataclass(frozen=True, slots=True)
class Read:
    """A claim of the graph, what became of it, and the reference claim that it found."""

    claim: Claim
    outcome: Outcome
    reference: ReferenceClaim | None = None
    fault: Fault | None = None
    right_date: bool | None = None  # none where the reference has no date
    right_speaker: bool | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A required claim of a reference that no claim of the graph found, and why."""

    reference: ReferenceClaim
    fault: Fault


@dataclass(frozen=True, slots=True)
class Pairs:
    """How many pairs of entities are rightly or wrongly joined, whatever the property, and how many are not joined."""

    right: int
    wrong: int
    missed: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A graph and a reference, for one document; `paired` gives the entity that is each entity of the reference."""

    reference: Reference
    paired: Mapping[str, Entity]
    extra: tuple[Entity, ...]
    claims: tuple[Read, ...]
    missed: tuple[Missed, ...]
    pairs: Pairs
    quotes: tuple[int, int]  # those that stand in the text word for word, and all


def compare_all(
    references: Iterable[Reference], record: Record, ontology: Ontology
) -> tuple[list[Comparison], list[str]]:
    """A comparison for each reference, and the names of the documents that the graph does not have."""
    documents = {document.name: document for document in record.documents}
    found, absent = [], []
    for reference in references:
        if reference.document in documents:
            found.append(compare(reference, record, documents[reference.document], ontology))
        else:
            absent.append(reference.document)
    return found, absent


def compare(reference: Reference, record: Record, document: Document, ontology: Ontology) -> Comparison:
    """What `record` has right, wrong and not at all of what `reference` reads in `document`."""
    stated = [claim for claim in record.claims if document.name in claim.documents]
    claims = sorted(stated, key=lambda claim: (f"{claim.subject}\n{claim.predicate}\n{claim.object}", claim.id))
    named = {end for claim in claims for end in (claim.subject, claim.object, claim.speaker)}
    entities = [e for e in record.entities if e.id in named or document.name in e.documents]
    paired = _pair(reference.entities, entities, claims, ontology)
    back = {entity.id: id_ for id_, entity in paired.items()}
    matcher = _Matcher(reference, back, ontology)
    read = tuple(matcher.judge(claim) for claim in _distinct(claims, ontology))
    pieces = {piece for claim in claims for piece in claim.evidence if piece.document == document.name}
    verbatim = sum(document.text[piece.span.start : piece.span.end] == piece.exact for piece in pieces)
    return Comparison(
        reference=reference,
        paired=paired,
        extra=tuple(entity for entity in entities if entity.id not in back),
        claims=read,
        missed=tuple(matcher.find_missed(claims, paired)),
        pairs=_count_pairs(reference, claims, back),
        quotes=(verbatim, len(pieces)),
    )


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """The form in which two names are compared: no case, accents, marks, nor what ``ontology/identity.ttl`` sets aside.

    >>> name_key("The Organisation's United Nations Programs")
    'organization un programme'
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = WORD.findall(POSSESSIVE.sub("", plain.casefold()).replace("_", " "))
    return load_spelling().respell_compared(" ".join(words))


def _pair(
    wanted: Sequence[ReferenceEntity], entities: Sequence[Entity], claims: Sequence[Claim], ontology: Ontology
) -> dict[str, Entity]:
    """The entity that is each wanted one: of all likely pairs the likest first, each entity once."""
    degree = Counter(end for claim in claims for end in (claim.subject, claim.object))
    keys = {entity.id: _keys((entity.label, *entity.names)) for entity in entities}
    likely = []
    for reference in wanted:
        own, top = _keys(reference.names), ontology.top(reference.cls)
        for entity in entities:
            alike, same_kind = _likeness(own, keys[entity.id]), ontology.top(entity.cls) == top
            if alike >= 1 or (alike >= ENOUGH and same_kind):
                likely.append((-alike - SAME_KIND * same_kind, -degree[entity.id], reference.id, entity.id, entity))
    paired: dict[str, Entity] = {}
    taken = set[str]()
    for *_, id_, entity_id, entity in sorted(likely, key=lambda pair: pair[:-1]):
        if id_ not in paired and entity_id not in taken:
            paired[id_] = entity
            taken.add(entity_id)
    return paired


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(name_key, names)) - {""}


def _likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """1 where two sets of names share one, else the most words that two names share, by all words of the two."""
    if left & right:
        return 1.0
    words = [frozenset(name.split()) for name in right]
    shares = (
        len(one & other) / len(one | other) for name in left for one in [frozenset(name.split())] for other in words
    )
    return ALIKE * max(shares, default=0.0)


def _distinct(claims: Iterable[Claim], ontology: Ontology) -> Iterator[Claim]:
    """The first of those claims that differ in date and speaker alone, in the order in which Turtle has them."""
    seen = set()
    for claim in claims:
        symmetric = ontology.properties[claim.predicate].symmetric
        ends = tuple(sorted((claim.subject, claim.object))) if symmetric else (claim.subject, claim.object)
        key = (ends, claim.predicate, claim.modality)
        if key not in seen:
            seen.add(key)
            yield claim


class _Matcher:
    """Looks for the reference claim that each claim of a graph is, in order; one is found once."""

    def __init__(self, reference: Reference, back: Mapping[str, str], ontology: Ontology) -> None:
        self.reference, self.back, self.ontology = reference, back, ontology
        self.found = set[int]()
        self._between: dict[frozenset[str], list[int]] = defaultdict(list)
        for number, claim in enumerate(reference.claims):
            self._between[frozenset((claim.subject, claim.object))].append(number)

    def judge(self, claim: Claim) -> Read:
        """What becomes of a claim."""
        ends = self._ends(claim)
        if ends is None:
            lost = _lost_end(claim.subject in self.back, claim.object in self.back)
            return Read(claim, Outcome.WRONG, fault=lost)
        near = self._between.get(frozenset(ends), [])
        hits = [n for n in near if _fault(claim, ends, self.reference.claims[n], self.ontology) is None]
        if not hits:
            faults = [_fault(claim, ends, self.reference.claims[n], self.ontology) for n in near]
            return Read(claim, Outcome.WRONG, fault=_nearest(faults))
        fresh = [number for number in hits if number not in self.found]
        number = min(fresh or hits, key=lambda n: (*_distance(claim, self.reference.claims[n]), n))
        match = self.reference.claims[number]
        if not fresh:
            return Read(claim, Outcome.REPEATED, match)
        self.found.add(number)
        speaker = self.back.get(claim.speaker)
        return Read(
            claim,
            Outcome.OPTIONAL if match.optional else Outcome.RIGHT,
            match,
            right_date=claim.date.startswith(match.date) if match.date else None,
            right_speaker=speaker == match.attributed_to if match.attributed_to else None,
        )

    def find_missed(self, claims: Iterable[Claim], paired: Mapping[str, Entity]) -> Iterator[Missed]:
        """The required claims that none found, once all have been judged."""
        read: dict[frozenset[str], list[Located]] = defaultdict(list)
        for claim in claims:
            if (ends := self._ends(claim)) is not None:
                read[frozenset(ends)].append((claim, ends))
        for number, wanted in enumerate(self.reference.claims):
            if number not in self.found and not wanted.optional:
                yield Missed(wanted, self._why_missed(wanted, read, paired))

    def _why_missed(
        self, wanted: ReferenceClaim, read: Mapping[frozenset[str], Sequence[Located]], paired: Mapping[str, Entity]
    ) -> Fault:
        if lost := _lost_end(wanted.subject in paired, wanted.object in paired):
            return lost
        between = read.get(frozenset((wanted.subject, wanted.object)), ())
        faults = [_fault(claim, ends, wanted, self.ontology) for claim, ends in between]
        return _nearest(faults)

    def _ends(self, claim: Claim) -> tuple[str, str] | None:
        """The reference's ids of the two ends, where both are paired."""
        subject, object_ = self.back.get(claim.subject), self.back.get(claim.object)
        return None if subject is None or object_ is None else (subject, object_)


def _lost_end(subject: bool, object_: bool) -> Fault | None:
    """What is lacking, given which ends are there."""
    if subject and object_:
        return None
    return Fault.OBJECT if subject else Fault.SUBJECT if object_ else Fault.NEITHER_END


def _fault(claim: Claim, ends: tuple[str, str], wanted: ReferenceClaim, ontology: Ontology) -> Fault | None:
    """What keeps a claim from being the wanted one, between the same two; nothing if it is."""
    if claim.predicate != wanted.property and claim.predicate not in wanted.also:
        return Fault.OTHER_PROPERTY
    if ends != (wanted.subject, wanted.object) and not ontology.properties[claim.predicate].symmetric:
        return Fault.TURNED
    if (claim.modality is Modality.NEGATED) != (wanted.modality is Modality.NEGATED):
        return Fault.DENIED
    return None


def _nearest(faults: Iterable[Fault | None]) -> Fault:
    """The fault of what comes nearest; a claim that another kept from being found lacks its property."""
    found = set(faults)
    order = (Fault.DENIED, Fault.TURNED, Fault.OTHER_PROPERTY)
    return next((fault for fault in order if fault in found), Fault.OTHER_PROPERTY if found else Fault.APART)


def _distance(claim: Claim, wanted: ReferenceClaim) -> tuple[bool, bool, bool]:
    """How far a reference claim that fits is from being the very one."""
    return wanted.optional, wanted.property != claim.predicate, wanted.modality != claim.modality


def _count_pairs(reference: Reference, claims: Iterable[Claim], back: Mapping[str, str]) -> Pairs:
    """Right are the pairs that a required claim joins; those that only an optional one joins count neither way."""
    required = {frozenset((c.subject, c.object)) for c in reference.claims if not c.optional}
    stated = {frozenset((c.subject, c.object)) for c in reference.claims}
    read = {frozenset((claim.subject, claim.object)) for claim in claims}
    known = {frozenset(back[end] for end in pair) for pair in read if all(end in back for end in pair)}
    return Pairs(
        right=len(known & required),
        wrong=len(read) - len(known & stated),
        missed=len(required - known),
    )
