"""Decisions applied to what was joined: things set apart, made one, renamed; claims taken out, confirmed and added.

What was read is not read again: ids change, and entities and claims are made anew from the readings. A row that names
the documents in which it was seen may lapse, as documents come and go, and is told; any other must apply.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NamedTuple

from dragoman.agreement import merge_claims, with_contradictions
from dragoman.decisions import DECISIONS, Decision, Kind, NewThing
from dragoman.gazetteer import Gazetteer
from dragoman.identity import Joined, to_entity
from dragoman.independence import with_repeats
from dragoman.ontology import Ontology
from dragoman.records import Claim, Document, Evidence, LocalEntity, Modality, Reading, Skipped, Span
from dragoman.slugs import slug

__all__ = ["RULE", "Decided", "apply_decisions"]

RULE = "decision"
"""The rule of a claim that a person added."""


class Decided(NamedTuple):
    """What was joined, as people decided; and the decisions that no longer apply, with the reason."""

    joined: Joined
    lapsed: list[Skipped]


def apply_decisions(
    decisions: Sequence[Decision],
    joined: Joined,
    readings: Sequence[Reading],
    *,
    gazetteer: Gazetteer,
    ontology: Ontology,
) -> Decided:
    """`joined` with the decisions applied, whatever the order of their rows.

    :raises DecisionError: for a decision that applies to nothing, unless it names the documents in which it was seen;
        for a quote that its document does not hold.
    """
    if not decisions:
        return Decided(joined, [])
    bench = _Bench(joined, readings, gazetteer, ontology)
    for kind, rule in (
        (Kind.NOT_SAME, bench.set_apart),
        (Kind.SAME, bench.make_one),
        (Kind.CLASS, bench.reclass),
        (Kind.RENAME, bench.rename),
    ):
        for row in decisions:
            if row.kind is kind:
                rule(row)
    bench.merge_claims()
    for kind, rule in ((Kind.WRONG, bench.take_out), (Kind.RIGHT, bench.confirm), (Kind.ADDED, bench.add)):
        for row in decisions:
            if row.kind is kind:
                rule(row)
    return bench.close()


@dataclass(frozen=True, slots=True)
class _Local:
    document: str
    number: int
    entity: LocalEntity


class _Bench:
    """What is decided upon: entities by id, their local entities, and claims by id; rules change them."""

    def __init__(self, joined: Joined, readings: Sequence[Reading], gazetteer: Gazetteer, ontology: Ontology) -> None:
        self.gazetteer, self.ontology, self.readings = gazetteer, ontology, sorted(readings, key=_name_of)
        self.documents = {reading.document.name: reading.document for reading in readings}
        self.entities = {entity.id: entity for entity in joined.entities}
        self.ids = {document: list(ids) for document, ids in joined.ids.items()}
        self.members: dict[str, list[_Local]] = defaultdict(list)
        for reading in self.readings:
            name = reading.document.name
            for number, entity in enumerate(reading.entities):
                self.members[self.ids[name][number]].append(_Local(name, number, entity))
        self.became: dict[str, str] = {}
        self.named: dict[tuple[Kind, str], Decision] = {}
        self.by_slug: dict[str, set[str]] = defaultdict(set)
        for id_, members in self.members.items():
            for name in {name for member in members for name in member.entity.names}:
                self.by_slug[slug(name)].add(id_)
        self.changed = False
        self.claims: dict[str, Claim] = {claim.id: claim for claim in joined.claims}
        self.refused = joined.refused
        self.lapsed: list[Skipped] = []

    # -- what a row is about

    def find(self, ref: str) -> str | None:
        """The id of the entity that `ref` names now."""
        while ref in self.became:
            ref = self.became[ref]
        if ref in self.entities:
            return ref
        found = {self.find(id_) for id_ in self.by_slug.get(ref, ())}
        return found.pop() if len(found) == 1 else None

    def ends(self, row: Decision, *refs: str) -> list[str] | None:
        """The ids of what a row names; nothing if the row lapses.

        :raises DecisionError: if one of them is unknown and the row may not lapse.
        """
        found = []
        for ref in refs:
            id_ = self.find(ref)
            if id_ is None:
                several = sorted(self.by_slug.get(ref, ()))
                near = get_close_matches(ref, self.entities, n=1, cutoff=0.75)
                hint = f"; one of {', '.join(several)}?" if several else f"; did you mean {near[0]}?" if near else ""
                if row.kind is Kind.ADDED and not several:
                    hint += "; to add it, give its name with its class in brackets, as in Free Vale Front (ArmedGroup)"
                self.lapse(row, f"nothing in the graph is {ref}{hint}")
                return None
            found.append(id_)
        return found

    def lapse(self, row: Decision, why: str) -> None:
        """Note that a row no longer applies.

        :raises DecisionError: if it does not say in which documents it was seen.
        """
        if not row.documents:
            raise row.error(
                f"{why}; correct the row, or name in column document where it was seen, so that it may lapse"
            )
        place = row.where.rsplit(":", 1)[-1]
        self.lapsed.append(Skipped(DECISIONS, f"line {place} no longer applies ({row.kind} {row.subject}): {why}"))

    # -- entities

    def set_apart(self, row: Decision) -> None:
        """Two names of one entity become two entities: those local ones that bear the second alone leave the first."""
        left, right = self.find(row.subject), self.find(row.object)
        if left is None or right is None:
            self.ends(row, row.subject, row.object)
            return
        if left != right:
            return  # they are two already
        stays, leaves = (row.object, row.subject) if row.object == left else (row.subject, row.object)
        moved = [member for member in self.members[left] if _bears(member, leaves) and not _bears(member, stays)]
        if not moved or len(moved) == len(self.members[left]):
            self.lapse(row, f"no document names {leaves} apart from {stays}")
            return
        new = leaves
        while new in self.entities or new in self.gazetteer.things:
            new += "-2"
        self.members[left] = [member for member in self.members[left] if member not in moved]
        self.members[new] = moved
        for member in moved:
            self.ids[member.document][member.number] = new
        self.became.pop(new, None)
        self._describe(left)
        self._describe(new)
        self.by_slug[leaves] = {new}

    def make_one(self, row: Decision) -> None:
        """The object becomes the subject, and takes its id; a known thing keeps its own."""
        ends = self.ends(row, row.subject, row.object)
        if not ends or ends[0] == ends[1]:
            return
        kept, gone = ends
        if gone in self.gazetteer.things and kept not in self.gazetteer.things:
            kept, gone = gone, kept
        old = self.entities.pop(gone)
        for member in self.members.pop(gone):
            self.ids[member.document][member.number] = kept
            self.members[kept].append(member)
        self.members[kept].sort(key=lambda member: (member.document, member.number))
        self.became[gone] = kept
        self._describe(kept, (old.label, *old.names))

    def _describe(self, id_: str, more_names: Iterable[str] = ()) -> None:
        old = self.entities.get(id_)
        local = [(member.document, member.entity) for member in self.members[id_]]
        new = to_entity(id_, local, self.gazetteer.things.get(id_), self.ontology)
        if old:
            new = replace(new, cls=old.cls)
        names = dict.fromkeys((*new.names, *more_names))
        self.entities[id_] = replace(new, names=tuple(name for name in names if name != new.label))
        self.changed = True

    def reclass(self, row: Decision) -> None:
        """Give an entity another class."""
        if (ends := self.ends(row, row.subject)) and self._once(row, ends[0]):
            self.entities[ends[0]] = replace(self.entities[ends[0]], cls=row.object)
            self.changed = True

    def rename(self, row: Decision) -> None:
        """Give an entity another label; its id stays."""
        if (ends := self.ends(row, row.subject)) and self._once(row, ends[0]):
            old = self.entities[ends[0]]
            names = dict.fromkeys((old.label, *old.names))
            self.entities[old.id] = replace(
                old, label=row.object, names=tuple(name for name in names if name != row.object)
            )

    def _once(self, row: Decision, id_: str) -> bool:
        first = self.named.setdefault((row.kind, id_), row)
        if first.object != row.object:
            line = first.where.rsplit(":", 1)[-1]
            raise row.error(f"{row.kind} {row.object!r}, but {first.object!r} on line {line}, of the same; drop one")
        return True

    # -- claims

    def merge_claims(self) -> None:
        """Make the claims anew where ids or classes changed."""
        if self.changed:
            claims, self.refused = merge_claims(self.readings, self.ids, self.entities.values(), self.ontology)
            self.claims = {claim.id: claim for claim in claims}

    def take_out(self, row: Decision) -> None:
        """Take the evidence that is no evidence out, and with its last piece the claim."""
        for claim in self._claims_of(row):
            kept = tuple(piece for piece in claim.evidence if not _is_meant(piece, row))
            if kept:
                self.claims[claim.id] = replace(claim, evidence=kept)
            else:
                del self.claims[claim.id]

    def confirm(self, row: Decision) -> None:
        """Make a claim sure."""
        for claim in self._claims_of(row):
            self.claims[claim.id] = replace(claim, confidence=1.0)

    def _claims_of(self, row: Decision) -> list[Claim]:
        ends = self.ends(row, row.subject, row.object)
        if not ends:
            return []
        both = (set(ends),) if self.ontology.properties[row.predicate].symmetric else ()
        found = [
            claim
            for claim in self.claims.values()
            if claim.predicate == row.predicate
            and ([claim.subject, claim.object] == ends or {claim.subject, claim.object} in both)
            and row.modality in {None, claim.modality}
            and row.date in {"", claim.date}
            and any(_is_meant(piece, row) for piece in claim.evidence)
        ]
        if not found:
            self.lapse(row, f"no claim says {row.subject} {row.predicate} {row.object}")
        return found

    def add(self, row: Decision) -> None:
        """Add a claim with its quote."""
        document = self.documents.get(row.documents[0])
        if document is None:
            self.lapse(row, f"{row.documents[0]} is not among the documents")
            return
        span = _find_quote(document, row.quote)
        if span is None:
            raise row.error(
                f"{document.name} does not hold the quote {_shown(row.quote)}; copy its words as they stand"
            )
        for ref in (row.subject, row.object):
            self._name_known(ref, document.name)
        for thing in row.new:
            self._name_new(thing, document.name)
        ends = self.ends(row, row.subject, row.object)
        if not ends:
            return
        classes = [self.entities[id_].cls for id_ in ends]
        if not self.ontology.admits(row.predicate, *classes):
            raise row.error(f"{row.predicate} cannot join {ends[0]} ({classes[0]}) to {ends[1]} ({classes[1]})")
        if self.ontology.properties[row.predicate].symmetric:
            ends.sort()
        new = Claim(
            subject=ends[0],
            predicate=row.predicate,
            object=ends[1],
            modality=row.modality or Modality.ASSERTED,
            evidence=(Evidence.of(document, span),),
            rule=RULE,
            confidence=1.0,
            date=row.date,
        )
        old = self.claims.get(new.id)
        evidence = tuple(sorted({*new.evidence, *(old.evidence if old else ())}))
        self.claims[new.id] = replace(old or new, evidence=evidence, confidence=1.0)
        for id_ in ends:
            entity = self.entities[id_]
            self.entities[id_] = replace(entity, documents=tuple(sorted({*entity.documents, document.name})))

    def _name_known(self, id_: str, document: str) -> None:
        """Let a document name a known thing that no reading finds in it."""
        thing = self.gazetteer.things.get(id_)
        if thing and self.find(id_) is None:
            self.entities[id_] = to_entity(
                id_, [(document, LocalEntity(thing.cls, (thing.label,)))], thing, self.ontology
            )

    def _name_new(self, new: NewThing, document: str) -> None:
        """Let a document name something that no reading finds anywhere; what has the name already stays as it is."""
        if self.find(new.id) is None and not self.by_slug.get(new.id):
            local = LocalEntity(new.cls, (new.label,))
            self.entities[new.id] = to_entity(new.id, [(document, local)], None, self.ontology)

    def close(self) -> Decided:
        """What stands in the end."""
        entities = sorted(self.entities.values(), key=lambda entity: entity.id)
        claims = sorted(self.claims.values(), key=lambda claim: claim.id)
        dates = {name: document.date for name, document in self.documents.items()}
        claims = with_contradictions(claims, entities, dates)
        claims, repeats = with_repeats(claims, entities, self.documents.values(), self.ontology)
        ids = {document: tuple(found) for document, found in self.ids.items()}
        joined = Joined(entities, claims, self.refused, ids, repeats)
        return Decided(joined, self.lapsed)


def _name_of(reading: Reading) -> str:
    return reading.document.name


def _bears(member: _Local, ref: str) -> bool:
    return any(slug(name) == ref for name in member.entity.names)


def _is_meant(piece: Evidence, row: Decision) -> bool:
    in_document = not row.documents or piece.document in row.documents
    return in_document and (not row.quote or _plain(piece.exact) == _plain(row.quote))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _find_quote(document: Document, quote: str) -> Span | None:
    """Where the words of `quote` first stand, whatever blanks or line ends are between them."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    found = re.search(pattern, document.text) if pattern else None
    return Span(*found.span()) if found else None


def _shown(quote: str) -> str:
    plain = _plain(quote)
    return f"“{plain if len(plain) <= 60 else plain[:59] + '…'}”"
