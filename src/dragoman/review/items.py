"""A record becomes items to decide on, each with quotes in context and with the rows that each answer stands for.

An answer is whole rows of a table of decisions (:mod:`dragoman.decisions`) but for who, when and why, so that the page
has nothing to work out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.decisions import SEVERAL, Decision, Kind, to_row, to_rulings
from dragoman.gazetteer import fold
from dragoman.namekeys import NameKeys
from dragoman.proposals import find_proposals
from dragoman.record import Record
from dragoman.records import Claim, Document, Entity, Evidence
from dragoman.slugs import slug

__all__ = ["SECTIONS", "Item", "find_items"]

SECTIONS: Mapping[str, str] = {
    "proposed": "May be one",
    "joined": "Joined by their names",
    "ambiguous": "Names of several",
    "claims": "Doubtful claims",
}
"""Kinds of items in the order in which they are decided, with their headings."""
DOUBTFUL = 0.6
"""Confidence below which a claim is doubtful: it is right in fewer than three of five cases."""
MOST = 400
"""Items of a kind; what is beyond comes up once these are decided."""
QUOTES = 3
"""Quotes of one name or claim that are shown."""
AROUND = 110
"""Characters shown before and after a name or a quote."""

Row = dict[str, str]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """Something to decide: what is asked, what speaks for it, and for each answer its rows."""

    kind: str
    title: str
    about: str
    parts: tuple[Json, ...]
    answers: tuple[tuple[str, tuple[Row, ...]], ...]

    def to_json(self) -> Json:
        """The item as the page reads it."""
        answers = [{"label": label, "rows": list(rows)} for label, rows in self.answers]
        return {"kind": self.kind, "title": self.title, "about": self.about, "parts": self.parts, "answers": answers}


def find_items(record: Record, decided: Sequence[Decision], names: NameKeys) -> list[Item]:
    """What is to be decided, in the order of :data:`SECTIONS`, without what `decided` has settled."""
    desk = _Desk(record, decided, names)
    found = (desk.proposed(), desk.joined(), desk.ambiguous(), desk.doubtful())
    return [item for items in found for item in list(items)[:MOST]]


class _Desk:
    def __init__(self, record: Record, decided: Sequence[Decision], names: NameKeys) -> None:
        self.record, self.names, self.ontology = record, names, names.ontology
        self.entities = {entity.id: entity for entity in record.entities}
        self.documents = {document.name: document for document in record.documents}
        self.settled = {
            frozenset((row.subject, row.object)) for row in decided if row.kind in {Kind.SAME, Kind.NOT_SAME}
        }
        self.confirmed = {(row.subject, row.predicate, row.object) for row in decided if row.kind is Kind.RIGHT}

    def proposed(self) -> Iterator[Item]:
        """Two entities that may be one."""
        for left, right, why in find_proposals(self.record.entities, self.names):
            if {left, right} not in self.settled:
                yield self._pair("proposed", self.entities[left], self.entities[right], why)

    def joined(self) -> Iterator[Item]:
        """Names of one entity that stand in different documents and were taken for one by rule."""
        for entity in sorted(self.record.entities, key=lambda entity: (-len(entity.documents), entity.id)):
            if entity.id in self.names.gazetteer.things or len(entity.documents) < 2:
                continue
            for name in entity.names:
                ref = slug(name)
                differs = fold(name) != fold(entity.label) and ref != slug(entity.label)
                if differs and {entity.id, ref} not in self.settled:
                    shown = [self._part(entity, entity.label), self._part(entity, name)]
                    if all(part["quotes"] for part in shown):
                        apart = self._row(Kind.NOT_SAME, entity.id, ref, entity.documents)
                        same = self._row(Kind.SAME, entity.id, ref, entity.documents)
                        answers = (("One thing", (same,)), ("Two things", (apart,)))
                        title = f"{entity.label} · {name}"
                        yield Item("joined", title, "taken for one by their names", tuple(shown), answers)

    def ambiguous(self) -> Iterator[Item]:
        """Names that several entities bear."""
        bearers: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        for entity in self.record.entities:
            if not entity.documents:
                continue
            for name in {fold(name): name for name in (entity.label, *entity.names)}.values():
                if self.names.forms(name, entity.cls).full:
                    bearers[fold(name), self.names.kind(entity.cls)].append(entity)
        for (_, _), several in sorted(bearers.items()):
            if len(several) == 2 and {several[0].id, several[1].id} not in self.settled:
                yield self._pair("ambiguous", several[0], several[1], "two things bear this name")

    def doubtful(self) -> Iterator[Item]:
        """Claims of low confidence, the least sure first."""
        doubtful = (claim for claim in self.record.claims if claim.confidence < DOUBTFUL)
        for claim in sorted(doubtful, key=lambda claim: (claim.confidence, claim.id)):
            if (claim.subject, claim.predicate, claim.object) in self.confirmed:
                continue
            yield self._claim(claim)

    def _claim(self, claim: Claim) -> Item:
        ends = self.entities[claim.subject].label, self.entities[claim.object].label
        does = self.ontology.properties[claim.predicate].label
        told = [claim.modality.value, f"confidence {claim.confidence:.2f}"]
        told += [claim.date] if claim.date else []
        told += [f"according to {self.entities[claim.speaker].label}"] if claim.speaker else []
        quotes = [self._quote(piece) for piece in claim.evidence[:QUOTES]]
        right, wrong = ([_asked(row) for row in to_rulings(claim, right=is_right)] for is_right in (True, False))
        part = {"name": "", "about": "", "quotes": quotes}
        title = f"{ends[0]} {does} {ends[1]}"
        return Item("claims", title, " · ".join(told), (part,), (("Right", tuple(right)), ("Wrong", tuple(wrong))))

    def _pair(self, kind: str, left: Entity, right: Entity, why: str) -> Item:
        shown = tuple(self._part(entity, entity.label, *entity.names) for entity in (left, right))
        seen = tuple(sorted({*left.documents, *right.documents}))
        answers = tuple(
            (label, (self._row(decision, left.id, right.id, seen),))
            for label, decision in (("One thing", Kind.SAME), ("Two things", Kind.NOT_SAME))
        )
        return Item(kind, f"{left.label} · {right.label}", why, shown, answers)

    def _part(self, entity: Entity, name: str, *other_names: str) -> Json:
        count = len(entity.documents)
        about = f"{self.ontology.classes[entity.cls].label}, in {count} {'document' if count == 1 else 'documents'}"
        told = [name, *sorted(other_names, key=lambda other: (-len(other), other))]
        found = (
            next(filter(None, (self._find(self.documents[document], other) for other in told)), None)
            for document in entity.documents
        )
        quotes = [quote for quote in found if quote][:QUOTES]
        return {"name": name, "about": about, "id": entity.id, "quotes": quotes}

    def _find(self, document: Document, name: str) -> Json | None:
        """The first place where a document has a name, with the words around it."""
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", document.text)
        if not found:
            return None
        return self._to_quote(document, found.start(), found.end())

    def _quote(self, piece: Evidence) -> Json:
        document = self.documents[piece.document]
        if document.text[piece.span.start : piece.span.end] == piece.exact:
            return self._to_quote(document, piece.span.start, piece.span.end) | {"where": piece.where}
        kept = {"before": piece.prefix, "exact": piece.exact, "after": piece.suffix}
        return kept | {"document": document.name, "title": document.title, "date": document.date}

    @staticmethod
    def _to_quote(document: Document, start: int, end: int) -> Json:
        before, after = max(0, start - AROUND), min(len(document.text), end + AROUND)
        return {
            "before": ("…" if before else "") + document.text[before:start],
            "exact": document.text[start:end],
            "after": document.text[end:after] + ("…" if after < len(document.text) else ""),
            "document": document.name,
            "title": document.title,
            "date": document.date,
        }

    @staticmethod
    def _row(kind: Kind, subject: str, object_: str, documents: Sequence[str]) -> Row:
        row = {"decision": kind.value, "subject": subject, "object": object_}
        return row | {"document": SEVERAL.join(documents)}


def _asked(decision: Decision) -> Row:
    """The cells of a decision but for what the page asks."""
    return {column: cell for column, cell in to_row(decision).items() if column not in {"who", "when", "why"}}
