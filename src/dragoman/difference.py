"""Two builds to what came, what went and what changed between them, and because of which documents.

Documents are the same by name, entities by id, claims by what they state: ends, property, modality, date and speaker.
A claim that went and one that came are one that changed where they differ in the date alone and one document states
both. As text for people, as JSON for programs, and as RDF Patch (https://afs.github.io/rdf-patch/), which turns the old
dataset into the new one, with all that follows from the whole corpus, such as measures.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

import pyoxigraph as ox

from dragoman.record import Record, read_quads, read_record
from dragoman.records import Claim, Document, Entity
from dragoman.report import plain
from dragoman.serialization import format_nquads
from dragoman.vocabulary import DGM, OWL, PROV, RDFS

__all__ = [
    "Change",
    "Changes",
    "Difference",
    "compare",
    "compare_builds",
    "format_difference",
    "format_difference_json",
    "format_patch",
]

T = TypeVar("T", Document, Entity, Claim)
Part = Callable[[Any], Any]

DOCUMENT_PARTS: Mapping[str, Part] = {
    "bytes": lambda document: document.sha256,
    "title": lambda document: document.title,
    "date": lambda document: document.date,
    "author": lambda document: document.author,
    "genre": lambda document: document.genre,
}
ENTITY_PARTS: Mapping[str, Part] = {
    "class": lambda entity: entity.cls,
    "label": lambda entity: entity.label,
    "names": lambda entity: sorted(entity.names),
    "same as": lambda entity: sorted(entity.same_as),
    "code": lambda entity: entity.code,
    "documents": lambda entity: entity.documents,
}
CLAIM_PARTS: Mapping[str, Part] = {
    "date": lambda claim: claim.date,
    "corroboration": lambda claim: claim.corroboration,
    "quotes": lambda claim: sorted({(piece.document, piece.exact) for piece in claim.evidence}),
    "places": lambda claim: sorted(claim.evidence),
    "contradicts": lambda claim: claim.contradicts,
    "rule": lambda claim: claim.rule,
    "readers": lambda claim: claim.readers,
    "confidence": lambda claim: claim.confidence,
}
"""What may differ in two things that are the same, by the name that a difference gives it."""
MAKING = (DGM + "sha256", OWL + "versionInfo", PROV + "value", RDFS + "label")
"""Properties of what made a graph that tell one from another."""
SHOWN = 100
"""Characters of a quote that a line shows."""


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """A thing before and after: `old` is missing of one that came, `new` of one that went.

    `what` names the parts that differ. `because` names the documents that came, went or changed and brought it about;
    there are none where it was read or joined in another way.
    """

    old: T | None
    new: T | None
    what: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """The things of one kind that came, went and changed, by name or id; `same` counts the others."""

    came: tuple[Change[T], ...]
    went: tuple[Change[T], ...]
    changed: tuple[Change[T], ...]
    same: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two builds; `making` names what made them otherwise: software, model, ontology, settings."""

    documents: Changes[Document]
    entities: Changes[Entity]
    claims: Changes[Claim]
    labels: Mapping[str, str]  # of entities, by id
    making: tuple[str, ...] = ()


def compare_builds(old: Path, new: Path) -> Difference:
    """What differs between the builds in the folders `old` and `new`.

    :raises RecordError: if a folder or its graph is missing or damaged.
    """
    made = [_find_making(read_quads(folder)) for folder in (old, new)]
    making = sorted(name for name in {*made[0], *made[1]} if made[0].get(name) != made[1].get(name))
    return compare(read_record(old), read_record(new), making=making)


def compare(old: Record, new: Record, *, making: Iterable[str] = ()) -> Difference:
    """What differs between the records of two builds."""
    documents = _compare(
        {document.name: document for document in old.documents},
        {document.name: document for document in new.documents},
        DOCUMENT_PARTS,
        lambda document: (document.name,),
    )
    touched = frozenset(
        document.name
        for change in (*documents.came, *documents.went, *documents.changed)
        if (document := change.new or change.old)
    )
    entities = _compare(
        {entity.id: entity for entity in old.entities},
        {entity.id: entity for entity in new.entities},
        ENTITY_PARTS,
        lambda entity: entity.documents,
        touched,
    )
    before, after = _pair_claims(old.claims, new.claims)
    claims = _compare(before, after, CLAIM_PARTS, lambda claim: claim.documents, touched)
    labels = {entity.id: entity.label for entity in (*old.entities, *new.entities)}
    return Difference(documents, entities, claims, labels, tuple(making))


def format_patch(old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> bytes:
    """The RDF Patch that makes the dataset `new` of `old`: one transaction, deletions first, sorted."""
    before, after = (set(format_nquads(quads).split(b"\n")) - {b""} for quads in (old, new))
    lines = [*(b"D " + line for line in sorted(before - after)), *(b"A " + line for line in sorted(after - before))]
    return b"".join(line + b"\n" for line in (b"TX .", *lines, b"TC ."))


def format_difference(difference: Difference) -> str:
    """The difference as lines of text: ``+`` came, ``-`` went, ``~`` changed."""
    labels = difference.labels
    making = (unquote(name).replace("-", " ", 1) for name in difference.making)
    lines = [f"Made otherwise: {', '.join(making)}"] if difference.making else []
    old = {change.old.sha256: change.old.name for change in difference.documents.went if change.old}
    lines += _format_changes("Documents", difference.documents, lambda document: _format_document(document, old))
    lines += _format_changes("Entities", difference.entities, lambda entity: f"{entity.label} ({entity.cls})")
    lines += _format_changes("Claims", difference.claims, lambda claim: _format_claim(claim, labels))
    return "".join(f"{plain(line)}\n" for line in lines)


def format_difference_json(difference: Difference) -> str:
    """The difference as JSON: for each kind what came, went and changed, as it was and as it is."""
    found = {
        "making": difference.making,
        "documents": _changes_to_json(difference.documents),
        "entities": _changes_to_json(difference.entities),
        "claims": _changes_to_json(difference.claims),
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


# -- comparing


def _compare(
    old: Mapping[str, T],
    new: Mapping[str, T],
    parts: Mapping[str, Part],
    documents: Callable[[T], tuple[str, ...]],
    touched: frozenset[str] = frozenset(),
) -> Changes[T]:
    """Changes of things with a key; `touched` are the documents that may be a reason."""

    def because(*things: T) -> tuple[str, ...]:
        stating = [touched.intersection(documents(thing)) for thing in things]
        either = stating[0].union(*stating)
        return tuple(sorted(either - stating[0].intersection(*stating)) or sorted(either))

    changed = []
    both = sorted(old.keys() & new.keys())
    for key in both:
        if what := _differing(old[key], new[key], parts):
            changed.append(Change(old[key], new[key], what, because(old[key], new[key])))
    return Changes(
        came=tuple(Change(None, new[key], (), because(new[key])) for key in sorted(new.keys() - old.keys())),
        went=tuple(Change(old[key], None, (), because(old[key])) for key in sorted(old.keys() - new.keys())),
        changed=tuple(changed),
        same=len(both) - len(changed),
    )


def _differing(old: object, new: object, parts: Mapping[str, Part]) -> tuple[str, ...]:
    found = [name for name, part in parts.items() if part(old) != part(new)]
    return tuple(name for name in found if name != "places" or "quotes" not in found)


def _pair_claims(old: Iterable[Claim], new: Iterable[Claim]) -> tuple[dict[str, Claim], dict[str, Claim]]:
    """Claims by a key that those share which are the same: the id, of one whose date changed the old id."""
    before, after = {claim.id: claim for claim in old}, {claim.id: claim for claim in new}
    went: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_ in sorted(before.keys() - after.keys()):
        went[_undated(before[id_])].append(id_)
    for id_ in sorted(after.keys() - before.keys()):
        claim = after[id_]
        candidates = went.get(_undated(claim), [])
        one = next((other for other in candidates if set(before[other].documents) & set(claim.documents)), None)
        if one is not None:
            candidates.remove(one)
            after[one] = after.pop(id_)
    return before, after


def _undated(claim: Claim) -> tuple[str, ...]:
    return (claim.subject, claim.predicate, claim.object, claim.modality, claim.speaker)


def _find_making(quads: Iterable[ox.Quad]) -> dict[str, list[str]]:
    """What is told of software, model, ontology and settings, by the last part of their IRIs."""
    found: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        subject = quad.subject
        if isinstance(subject, ox.NamedNode) and _is_provenance(quad.graph_name) and quad.predicate.value in MAKING:
            name = subject.value.rsplit("/", 1)[-1]
            found[name].append(f"{quad.predicate.value} {quad.object}")
    return {name: sorted(values) for name, values in found.items()}


def _is_provenance(graph: object) -> bool:
    return isinstance(graph, ox.NamedNode) and graph.value.endswith("graph/provenance")


# -- writing


def _format_changes(title: str, changes: Changes[T], name: Callable[[T], str]) -> list[str]:
    counts = f"{len(changes.came):,} new, {len(changes.went):,} gone, {len(changes.changed):,} changed"
    lines = [f"{title:<10} {counts}, {changes.same:,} the same"]
    for sign, found in (("+", changes.came), ("-", changes.went), ("~", changes.changed)):
        for change in found:
            thing = change.new or change.old
            what = ", ".join(_format_part(part, change) for part in change.what)
            reason = f"because of {', '.join(change.because)}" if change.because else ""
            told = "; ".join(filter(None, (what, reason)))
            lines.append(f"  {sign} {name(thing)}{': ' + told if told else ''}" if thing else "")
            if isinstance(thing, Claim) and (sign != "~" or "quotes" in change.what):
                lines.append(f"      {_format_quote(thing, change.because)}")
    return lines


def _format_part(name: str, change: Change[T]) -> str:
    """The name of a part, with what it was and is where that is short."""
    parts = {Document: DOCUMENT_PARTS, Entity: ENTITY_PARTS, Claim: CLAIM_PARTS}[type(change.new)]
    old, new = parts[name](change.old), parts[name](change.new)
    return (
        f"{name} {old or 'none'} → {new or 'none'}" if isinstance(old, str | int | float) and name != "bytes" else name
    )


def _format_document(document: Document, old: Mapping[str, str]) -> str:
    """The name of a document, and its `old` one, by the bytes, where it has another now."""
    before = old.get(document.sha256, document.name)
    return document.name if before == document.name else f"{document.name}, which was {before}"


def _format_claim(claim: Claim, labels: Mapping[str, str]) -> str:
    ends = f"{labels.get(claim.subject, claim.subject)} {claim.predicate} {labels.get(claim.object, claim.object)}"
    speaker = f"according to {labels.get(claim.speaker, claim.speaker)}" if claim.speaker else ""
    return f"{ends} ({', '.join(filter(None, (claim.modality.value, claim.date, speaker)))})"


def _format_quote(claim: Claim, because: tuple[str, ...]) -> str:
    """The first quote, of a document that is a reason if there is one."""
    piece = next((piece for piece in claim.evidence if piece.document in because), claim.evidence[0])
    words = " ".join(piece.exact.split())
    return f"“{words if len(words) <= SHOWN else words[: SHOWN - 1] + '…'}” {piece.document}"


def _changes_to_json(changes: Changes[T]) -> dict[str, Any]:
    return {
        "came": [_change_to_json(change) for change in changes.came],
        "went": [_change_to_json(change) for change in changes.went],
        "changed": [_change_to_json(change) for change in changes.changed],
        "same": changes.same,
    }


def _change_to_json(change: Change[T]) -> dict[str, Any]:
    return {
        "because": change.because,
        "what": change.what,
        "old": _thing_to_json(change.old),
        "new": _thing_to_json(change.new),
    }


def _thing_to_json(thing: Document | Entity | Claim | None) -> dict[str, Any] | None:
    if thing is None:
        return None
    found = asdict(thing)
    found.pop("text", None)
    if isinstance(thing, Claim):
        del found["documents"]  # the evidence tells them
        return {"id": found.pop("id"), **found}
    return found
