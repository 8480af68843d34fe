"""A spaCy pipeline with entity and relation components of a user's own, as a reader.

Entities are ``doc.ents``, whose labels are mapped to classes. Relations are what an extension attribute of the document
holds, in one of two forms: triples ``(span, label, span)``, with or without a score as the fourth, or scores by label
by pair of places ``{(start, start): {label: score}}``, as the relation extractor of spaCy's projects leaves them
(https://github.com/explosion/projects/tree/v3/tutorials/rel_component). The evidence of a relation is its sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from dragoman.gazetteer import split_words
from dragoman.reading.layout import find_passages
from dragoman.reading.passages import Passage
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Skipped
from dragoman.records import Span as Place
from dragoman.registry import PreparedReader, ReaderContext, ReaderError

__all__ = ["SpacyReader"]

CONFIDENCE = 0.5
"""That of a relation without a score: nothing tells how often it is right."""
LEAST = 0.5
"""Score below which a relation is none, where a pipeline scores all pairs."""


class SpacyReader(PreparedReader):
    """Reads with `nlp`.

    :param classes: for each label of entities that is to be read, the class of such entities.
    :param properties: for each label of relations that is to be read, the property that it states.
    :param modalities: for labels of relations that state no fact, how they state it; others are asserted.
    :param relations: the name of the extension attribute that holds the relations.
    :param least: the score below which a relation is left aside.
    :raises ReaderError: for a class or property that the ontology does not have, or an attribute that spaCy does not
        know: the pipeline's component has to be imported, and to register it, first.
    """

    def __init__(
        self,
        nlp: Language,
        context: ReaderContext,
        *,
        classes: Mapping[str, str],
        properties: Mapping[str, str] | None = None,
        modalities: Mapping[str, Modality] | None = None,
        relations: str = "relations",
        least: float = LEAST,
    ) -> None:
        self.nlp, self.ontology, self.gazetteer = nlp, context.ontology, context.gazetteer
        self.classes, self.properties, self.modalities = classes, properties or {}, modalities or {}
        self.relations, self.least = relations, least
        self._notes: list[Skipped] = []
        for cls in self.classes.values():
            if cls not in self.ontology.classes:
                raise ReaderError(f"{cls!r} is no class of the ontology; there are {', '.join(self.ontology.classes)}")
        for name in self.properties.values():
            if name not in self.ontology.properties:
                there = ", ".join(self.ontology.properties)
                raise ReaderError(f"{name!r} is no property of the ontology; there are {there}")
        if self.properties and not Doc.has_extension(relations):
            raise ReaderError(f"spaCy knows no attribute {relations!r} of Doc; name the one that your component sets")

    def read(self, document: Document) -> Reading:
        """The entities and relations of `document` whose labels are mapped."""
        passages = find_passages(document)
        found = _Found(self)
        for doc, passage in zip(self.nlp.pipe(passage.text for passage in passages), passages, strict=True):
            found.add(doc, passage)
        told = ", ".join(f"{count} × {reason}" for reason, count in sorted(found.left_out.items()))
        if told:
            self._notes.append(Skipped(document.name, f"left out of what the pipeline found: {told}"))
        return found.to_reading(document)

    def notes(self) -> list[Skipped]:
        """How many relations were left out, and why."""
        return self._notes


@dataclass(slots=True)
class _Draft:
    """An entity while its document is read."""

    cls: str
    known_id: str
    names: dict[str, None] = field(default_factory=dict)
    spans: list[Place] = field(default_factory=list)


class _Found:
    """What was found in one document so far."""

    def __init__(self, reader: SpacyReader) -> None:
        self.reader = reader
        self.numbers: dict[tuple[str, str], int] = {}
        self.entities: list[_Draft] = []
        self.claims: dict[LocalClaim, None] = {}
        self.left_out: Counter[str] = Counter()

    def add(self, doc: Doc, passage: Passage) -> None:
        """Take in the parse of one passage."""
        places: dict[int, int] = {}
        for ent in doc.ents:
            if ent.label_ in self.reader.classes:
                places[ent.start] = self._add_entity(ent, passage)
        if self.reader.properties:
            for subject, label, object_, score in _relations(getattr(doc._, self.reader.relations)):
                if label in self.reader.properties and score >= self.reader.least:
                    self._add_claim(doc, passage, places, (subject, label, object_, score))

    def to_reading(self, document: Document) -> Reading:
        """All that was found."""
        entities = tuple(
            LocalEntity(draft.cls, tuple(draft.names), draft.known_id, tuple(sorted(draft.spans)))
            for draft in self.entities
        )
        return Reading(document, entities, tuple(self.claims))

    def _add_entity(self, ent: Span, passage: Passage) -> int:
        cls = self.reader.classes[ent.label_]
        known = ent.kb_id_ if ent.kb_id_ in self.reader.gazetteer.things else ""
        words = [word.key for word in split_words(ent.text.split())]
        key = (cls, known or " ".join(words[1:] if words[:1] == ["the"] else words))
        number = self.numbers.setdefault(key, len(self.entities))
        if number == len(self.entities):
            self.entities.append(_Draft(cls, known))
        draft = self.entities[number]
        draft.names[ent.text] = None
        draft.spans.append(passage.span(ent.start_char, ent.end_char))
        return number

    def _add_claim(
        self, doc: Doc, passage: Passage, places: Mapping[int, int], relation: tuple[int, str, int, float]
    ) -> None:
        start, label, other, score = relation
        if start not in places or other not in places:
            self.left_out["a relation of what is no entity with a class"] += 1
            return
        subject, object_ = places[start], places[other]
        predicate = self.reader.properties[label]
        if subject == object_:
            self.left_out["a relation of a thing and itself"] += 1
        elif not self.reader.ontology.admits(predicate, self.entities[subject].cls, self.entities[object_].cls):
            self.left_out["a relation whose property cannot join such things"] += 1
        else:
            claim = LocalClaim(
                subject=subject,
                predicate=predicate,
                object=object_,
                modality=self.reader.modalities.get(label, Modality.ASSERTED),
                span=passage.span(*_evidence(doc, start, other)),
                rule=f"spacy:{label}",
                confidence=min(max(score, 0.0), 1.0),
            )
            self.claims[claim] = None


def _relations(held: Any) -> Iterator[tuple[int, str, int, float]]:
    """Start of the subject, label, start of the object and score of each relation, from either form."""
    if isinstance(held, Mapping):
        for (start, other), scores in held.items():
            yield from ((start, label, other, float(score)) for label, score in scores.items())
        return
    triples: Iterable[tuple[Any, ...]] = held or ()
    for subject, label, object_, *score in triples:
        yield subject.start, label, object_.start, float(score[0]) if score else CONFIDENCE


def _evidence(doc: Doc, start: int, other: int) -> tuple[int, int]:
    """Where the sentence stands in which both are, or else the words from the one's sentence to the other's."""
    first, last = sorted((start, other))
    if doc.has_annotation("SENT_START"):
        return doc[first].sent.start_char, doc[last].sent.end_char
    return 0, len(doc.text)
