"""What several readers found in one document becomes one reading, in which each claim says who found it.

Two local entities of different readers are one where they are the same known thing, or share a name and a kind; if a
reader has several of one name, the one that is named at the same place. Two claims are one where
they say the same of the same ends in the same mood, and their quotes overlap: date, speaker and quote stay those of the
reader that was named first, the confidence is that of the surer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.gazetteer import split_words
from dragoman.namekeys import KINDS
from dragoman.ontology import Ontology
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Skipped
from dragoman.registry import PreparedReader, Reader, ReaderError

__all__ = ["pool_readings", "read_beside"]

Key = tuple[str, str]
Said = tuple[int, str, int, Modality]


def read_beside(
    first: Sequence[Reading], readers: Mapping[str, Reader], ontology: Ontology, *, first_name: str = ""
) -> tuple[list[Reading], list[Skipped]]:
    """The readings `first`, each joined with what the other `readers` find in its document; and what these tell.

    :param first_name: the reader that `first` are of; "" where they are but documents.
    :raises ReaderError: for a reader that gives what the ontology does not have, or a reading of something else.
    """
    documents = [reading.document for reading in first]
    notes: list[Skipped] = []
    for reader in readers.values():
        if isinstance(reader, PreparedReader):
            reader.prepare(documents)
    pooled = []
    for reading in first:
        found = [(first_name, reading)] if first_name else []
        found += [(name, _read(name, reader, reading.document, ontology)) for name, reader in readers.items()]
        pooled.append(pool_readings(found, ontology))
    for reader in readers.values():
        if isinstance(reader, PreparedReader):
            notes += reader.notes()
    return pooled, notes


def pool_readings(found: Sequence[tuple[str, Reading]], ontology: Ontology) -> Reading:
    """One reading of what several readers, each with its name, `found` in the same document.

    :param found: at least one; where two differ, the first is followed.
    """
    pool = _Pool(ontology)
    for name, reading in found:
        places = pool.add_entities(reading.entities)
        for claim in reading.claims:
            pool.add_claim(
                replace(
                    claim,
                    subject=places[claim.subject],
                    object=places[claim.object],
                    speaker=None if claim.speaker is None else places[claim.speaker],
                    readers=claim.readers or (name,),
                )
            )
    first = found[0][1]
    return Reading(first.document, tuple(pool.entities), tuple(sorted(pool.claims, key=_order)), first.coverage)


class _Pool:
    """Entities and claims so far, and where each is found."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.entities: list[LocalEntity] = []
        self.claims: list[LocalClaim] = []
        self._by_key: dict[Key, list[int]] = defaultdict(list)
        self._said: dict[Said, list[int]] = defaultdict(list)

    def add_entities(self, entities: Sequence[LocalEntity]) -> list[int]:
        """Where the entities of one reading stand, each alone or as one with that of an earlier reading."""
        places = [self._add_entity(entity) for entity in entities]
        for entity, at in zip(entities, places, strict=True):
            for key in self._keys(entity):
                if at not in self._by_key[key]:
                    self._by_key[key].append(at)
        return places

    def _add_entity(self, entity: LocalEntity) -> int:
        at = self._find(entity)
        if at is None:
            self.entities.append(entity)
            return len(self.entities) - 1
        old = self.entities[at]
        names = (name for name in entity.names if self._is_free(self._name_key(entity, name), at))
        self.entities[at] = LocalEntity(
            old.cls,
            tuple(dict.fromkeys((*old.names, *names))),
            old.known_id or entity.known_id,
            tuple(sorted({*old.spans, *entity.spans})),
        )
        return at

    def _find(self, entity: LocalEntity) -> int | None:
        """The entity of an earlier reading that `entity` is, if there is one: by its id, else by its first name."""
        for key in self._keys(entity):
            if bearers := self._by_key.get(key):
                spans = set(entity.spans)
                return next((at for at in bearers if not spans.isdisjoint(self.entities[at].spans)), bearers[0])
        return None

    def _is_free(self, key: Key, at: int) -> bool:
        """Whether no other entity than that `at` bears a name."""
        return self._by_key.get(key, [at]) == [at]

    def add_claim(self, claim: LocalClaim) -> None:
        """Add `claim`, or its reader to the same claim of another."""
        if claim.subject == claim.object:
            return
        ends = (claim.subject, claim.object)
        if self.ontology.properties[claim.predicate].symmetric:
            ends = min(ends), max(ends)
        said = (ends[0], claim.predicate, ends[1], claim.modality)
        for at in self._said[said]:
            old = self.claims[at]
            if old.span.overlaps(claim.span) and not set(claim.readers) <= set(old.readers):
                readers = tuple(sorted({*old.readers, *claim.readers}))
                self.claims[at] = replace(old, readers=readers, confidence=max(old.confidence, claim.confidence))
                return
        self._said[said].append(len(self.claims))
        self.claims.append(claim)

    def _keys(self, entity: LocalEntity) -> Iterator[Key]:
        if entity.known_id:
            yield "", entity.known_id
        for name in entity.names:
            yield self._name_key(entity, name)

    def _name_key(self, entity: LocalEntity, name: str) -> Key:
        kind = entity.cls if entity.cls in KINDS else self.ontology.top(entity.cls)
        words = [word.key for word in split_words(name.split())]
        return kind, " ".join(words[1:] if words[:1] == ["the"] else words) or name


def _read(name: str, reader: Reader, document: Document, ontology: Ontology) -> Reading:
    reading = reader.read(document)
    if reading.document != document:
        raise ReaderError(f"reader {name!r}: {document.name}: the reading is of another document")
    for cls in sorted({entity.cls for entity in reading.entities} - ontology.classes.keys()):
        raise ReaderError(f"reader {name!r}: {document.name}: {cls!r} is no class of the ontology")
    for predicate in sorted({claim.predicate for claim in reading.claims} - ontology.properties.keys()):
        raise ReaderError(f"reader {name!r}: {document.name}: {predicate!r} is no property of the ontology")
    return reading


def _order(claim: LocalClaim) -> tuple[object, ...]:
    return (claim.span, claim.predicate, claim.subject, claim.object, claim.modality, claim.date)
