"""What a language model answered about a piece, held against the piece and the ontology: what stands is a reading.

Nothing is taken on trust. A name or quote counts only where the piece holds it letter for letter, a quote only where it
names one of the two that it is said to be about; a class, property or modality only where there is one; a claim only
where the ontology lets its property join the classes of its ends. So whatever the model says, and whatever moved it to,
it can but misread the words of the document that it was given. What is left out is counted, by reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dragoman.llm.answers import Answer, Named, Said
from dragoman.llm.pieces import Piece
from dragoman.ontology import Ontology
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Span

__all__ = ["CONFIDENCE", "RULE", "check_answer"]

RULE = "llm"
"""The rule of each claim that a language model found."""
CONFIDENCE = 0.5
"""That of each claim that a language model found, as it is not measured how often such a claim is right."""
LONGEST_NAME = 200
"""Characters of a name; a longer one is a sentence."""
MOST_NAMES, MOST_PLACES = 20, 500
"""Names of one entity, and places at which one name stands, that are taken at most."""
MOST_ENTITIES, MOST_CLAIMS = 1000, 2000
"""Entities and claims of one answer that are looked at: more than a piece can hold."""
SPEAKING = frozenset({"Actor", "Post"})
"""Classes, with those below them, of what can say something."""
_YEAR = re.compile(r"\d{4}")


def check_answer(
    answer: Answer, document: Document, piece: Piece, ontology: Ontology, left_out: Counter[str]
) -> Reading:
    """The part of `answer` that stands; why the rest does not is counted in `left_out`."""
    return _Check(document, piece, ontology, left_out).check(answer)


@dataclass
class _Check:
    document: Document
    piece: Piece
    ontology: Ontology
    left_out: Counter[str]
    entities: list[LocalEntity] = field(default_factory=list)

    def check(self, answer: Answer) -> Reading:
        places: dict[str, int] = {}
        too_many = len(answer.entities[MOST_ENTITIES:]) + len(answer.claims[MOST_CLAIMS:])
        self.left_out["an entity or claim beyond all that such a text can hold"] += too_many
        for named in answer.entities[:MOST_ENTITIES]:
            entity = self._to_entity(named)
            if entity and named.id not in places:
                places[named.id] = len(self.entities)
                self.entities.append(entity)
            elif entity:
                self.left_out["an entity whose id another has"] += 1
        claims = dict.fromkeys(claim for said in answer.claims[:MOST_CLAIMS] if (claim := self._to_claim(said, places)))
        return Reading(self.document, tuple(self.entities), tuple(claims))

    def _to_entity(self, named: Named) -> LocalEntity | None:
        found = {name: list(self._places(name)) for name in dict.fromkeys(named.names[:MOST_NAMES])}
        names = tuple(name for name, spans in found.items() if spans)
        self.left_out["a name that is not in the text"] += len(found) - len(names)
        if named.cls not in self.ontology.classes:
            self.left_out["an entity of a class that the ontology does not have"] += 1
            return None
        if not names:
            self.left_out["an entity that the text does not name"] += 1
            return None
        return LocalEntity(named.cls, names, spans=tuple(sorted({span for spans in found.values() for span in spans})))

    def _places(self, name: str) -> Iterator[Span]:
        """Where the piece holds `name`, and no more of a word than it."""
        if len(name) > LONGEST_NAME or not any(map(str.isalpha, name)) or name != name.strip():
            return
        text, start = f" {self.piece.text} ", 0
        for _ in range(MOST_PLACES):
            start = text.find(name, start + 1)
            if start < 0:
                return
            if not _in_word(text[start - 1]) and not _in_word(text[start + len(name)]):
                yield self.piece.span(start - 1, start - 1 + len(name))

    def _to_claim(self, said: Said, places: Mapping[str, int]) -> LocalClaim | None:
        if fault := self._find_fault(said, places):
            self.left_out[fault] += 1
            return None
        return LocalClaim(
            subject=places[said.subject],
            predicate=said.property,
            object=places[said.object],
            modality=Modality(said.modality),
            span=self._find_quote(said.quote),
            rule=RULE,
            confidence=CONFIDENCE,
            date=self._to_date(said.date or ""),
            speaker=self._to_speaker(said.speaker or "", places),
        )

    def _find_fault(self, said: Said, places: Mapping[str, int]) -> str:
        """Why a claim does not stand; "" where it does."""
        if said.property not in self.ontology.properties:
            return "a claim by a property that the ontology does not have"
        if said.modality not in set(Modality):
            return "a claim of an unknown modality"
        if said.subject not in places or said.object not in places:
            return "a claim about something that was left out or not given"
        if places[said.subject] == places[said.object]:
            return "a claim of a thing and itself"
        subject, object_ = self.entities[places[said.subject]], self.entities[places[said.object]]
        if not self.ontology.admits(said.property, subject.cls, object_.cls):
            return "a claim whose property cannot join such things"
        if not said.quote.strip() or said.quote not in self.piece.text:
            return "a claim whose quote is not in the text"
        if not self._names_one(self._find_quote(said.quote), subject, object_):
            return "a claim whose quote names neither end"
        return ""

    def _find_quote(self, quote: str) -> Span:
        start = self.piece.text.index(quote)
        return self.piece.span(start, start + len(quote))

    def _names_one(self, quote: Span, *ends: LocalEntity) -> bool:
        return any(quote.start <= span.start and span.end <= quote.end for end in ends for span in end.spans)

    def _to_date(self, text: str) -> str:
        """A date that is one, of a year that the text names or that lies next to the document's; else none."""
        if not text:
            return ""
        year = text[:4]
        near = self.document.date and _YEAR.fullmatch(year) and abs(int(year) - int(self.document.date[:4])) <= 1
        if text.isascii() and (near or year in self.piece.text):
            try:
                return LocalClaim(0, "", 0, Modality.ASSERTED, Span(0, 1), RULE, CONFIDENCE, text).date
            except ValueError:
                pass
        self.left_out["a date that is none, or far from all that the text names"] += 1
        return ""

    def _to_speaker(self, id_: str, places: Mapping[str, int]) -> int | None:
        if not id_:
            return None
        at = places.get(id_)
        if at is not None and any(self.ontology.is_a(self.entities[at].cls, cls) for cls in SPEAKING):
            return at
        self.left_out["a speaker that was left out, or cannot speak"] += 1
        return None


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"
