"""A claim of a build to why it is there: each piece of its evidence, and how it was read, worked out by reading again.

What the build was made with is told by its provenance; its own ontology files are those that it keeps. A claim that a
person added, or that another version or another reader found, is not read again, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from dragoman.decisions import DECISIONS
from dragoman.derivation import Derivation, derive
from dragoman.gazetteer import load_gazetteer
from dragoman.language.hashes import OWN_MODEL
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.naming import NamingError
from dragoman.ontology import Ontology
from dragoman.record import Record
from dragoman.records import Claim, Document, Entity, Evidence, Span
from dragoman.registry import GRAMMAR
from dragoman.rulings import RULE
from dragoman.vocabulary import RDFS, Iris

if TYPE_CHECKING:
    from dragoman.extraction.reader import GrammarReader, Interpretation

__all__ = ["Explainer", "Explanation", "Piece", "find_claim"]

SHOWN = 5
"""Claims that an error lists."""
KEPT = 0.0051
"""How far a confidence in a graph, kept with two decimals, may be from what it was."""
BY_HAND = "a person added this claim; no frame read it"
BY_ANOTHER = "the reader {} found this; only what frames read can be followed"
NO_TEXT = "the text of this document is not kept here; build the graph again to see how it was read"
NOT_AGAIN = (
    "reading this document again does not give this claim: a person added it, or another version of the rules, the "
    "model or the ontology read it; build the graph again"
)
CONFIRMED = "a person confirmed or added this claim, so its confidence is 1"
SUREST = "of several readings, the surest counts"
POOLED = "{} found it, and the surer counts"
CHANGED = "this version gives {:.3g}, the one that built the graph gave {:.3g}; build the graph again"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with its document, and how it was read; where that is not known, `note` says why."""

    document: Document
    evidence: Evidence
    derivation: Derivation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim with its ends and its evidence; `note` says how its confidence follows from that of the pieces.

    As text, it is what ``dragoman explain`` prints.
    """

    claim: Claim
    iri: str
    subject: Entity
    object: Entity
    speaker: Entity | None
    pieces: tuple[Piece, ...]
    note: str = ""

    def __str__(self) -> str:
        from dragoman.telling import format_explanation

        return format_explanation(self)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def find_claim(record: Record, text: str) -> Claim:
    """The claim of this id or IRI, or the only one whose id begins so.

    :raises NamingError: if there is none, or several; with those that come near.
    """
    wanted = text.strip().strip("<>").rsplit("/", 1)[-1].removeprefix("claim:").lower()
    by_id = {claim.id: claim for claim in record.claims}
    if wanted in by_id:
        return by_id[wanted]
    begun = [claim for claim in record.claims if wanted and claim.id.startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise NamingError(f"{text!r} may be {_listed(begun, record)}: give more of the id")
    near = [by_id[id_] for id_ in get_close_matches(wanted, sorted(by_id), n=SHOWN, cutoff=0.5)]
    hint = f"; did you mean {_listed(near, record)}?" if near else "; a claim's id is sixteen digits of 0-9 and a-f"
    raise NamingError(f"no claim {text!r} in this graph{hint}")


class Explainer:
    """Explains the claims of one build; each document is read again once, and the language model loaded once."""

    def __init__(
        self, record: Record, store: ox.Store, ontology: Ontology, *, ontology_files: Sequence[Path] = ()
    ) -> None:
        self.record, self.ontology, self.ontology_files = record, ontology, tuple(ontology_files)
        self._store, self._iris = store, Iris(record.base)
        self._entities = {entity.id: entity for entity in record.entities}
        self._documents = {document.name: document for document in record.documents}
        self._read: dict[str, Interpretation] = {}

    def explain(self, claim: Claim) -> Explanation:
        """Why `claim` is in the graph.

        :raises ModelError: if the language model that the graph was built with is not here.
        """
        pieces = tuple(self._pieces(claim))
        return Explanation(
            claim=claim,
            iri=self._iris.claim(claim.id).value,
            subject=self._entities[claim.subject],
            object=self._entities[claim.object],
            speaker=self._entities[claim.speaker] if claim.speaker else None,
            pieces=pieces,
            note=self._note(claim, pieces),
        )

    def _pieces(self, claim: Claim) -> list[Piece]:
        derived: dict[str, dict[Span, Derivation]] = {}
        found = []
        for evidence in claim.evidence:
            document = self._documents[evidence.document]
            if note := self._why_not(claim, document):
                found.append(Piece(document, evidence, note=note))
                continue
            if document.name not in derived:
                symmetric = self.ontology.properties[claim.predicate].symmetric
                read = self._interpret(document)
                derived[document.name] = derive(read, claim, self._entities, self._lexicon, symmetric=symmetric)
            derivation = derived[document.name].get(evidence.span)
            found.append(Piece(document, evidence, derivation, "" if derivation else NOT_AGAIN))
        return found

    def _why_not(self, claim: Claim, document: Document) -> str:
        """Why a claim is not looked for again in a document; empty where it is."""
        if claim.rule == RULE:
            return BY_HAND
        if claim.readers and GRAMMAR not in claim.readers:
            return BY_ANOTHER.format(" and ".join(claim.readers))
        return "" if document.text else NO_TEXT

    def _note(self, claim: Claim, pieces: Sequence[Piece]) -> str:
        confidences = [piece.derivation.confidence for piece in pieces if piece.derivation]
        if not confidences:
            return ""
        if abs(claim.confidence - max(confidences)) <= KEPT:
            return SUREST if len(set(confidences)) > 1 else ""
        if claim.confidence == 1 and self._made_by.decided:
            return CONFIRMED
        if len(claim.readers) > 1:
            return POOLED.format(" and ".join(claim.readers))
        complete = len(confidences) == len(pieces)
        return CHANGED.format(max(confidences), claim.confidence) if complete else ""

    def _interpret(self, document: Document) -> Interpretation:
        if document.name not in self._read:
            self._read[document.name] = self._reader.interpret(document)
        return self._read[document.name]

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon(self.ontology, *self.ontology_files)

    @cached_property
    def _reader(self) -> GrammarReader:
        from dragoman.extraction.reader import GrammarReader
        from dragoman.language.model import load_model

        gazetteer = load_gazetteer(self.ontology, *self.ontology_files)
        nlp = load_model(self._made_by.model)
        return GrammarReader(nlp, ontology=self.ontology, lexicon=self._lexicon, gazetteer=gazetteer)

    @cached_property
    def _made_by(self) -> _MadeBy:
        return _MadeBy(
            model=self._told("model", RDFS + "label") or OWN_MODEL,
            decided=bool(self._told(DECISIONS, RDFS + "label")),
        )

    def _told(self, name: str, predicate: str) -> str:
        """What provenance tells of something that took part in the build; empty where it tells nothing."""
        quads = self._store.quads_for_pattern(self._iris.run(name), ox.NamedNode(predicate), None)
        return min((quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)), default="")


@dataclass(frozen=True, slots=True)
class _MadeBy:
    """What made a build: its language model, and whether decisions were applied."""

    model: str
    decided: bool


def _listed(claims: Sequence[Claim], record: Record) -> str:
    labels = {entity.id: entity.label for entity in record.entities}
    shown = [
        f"{claim.id} ({labels[claim.subject]} {claim.predicate} {labels[claim.object]})" for claim in claims[:SHOWN]
    ]
    more = len(claims) - SHOWN
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
