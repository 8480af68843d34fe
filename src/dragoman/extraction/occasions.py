"""When the things of a document were held or made: told once, it dates each claim that says who held or made them.

"The talks held in Rome on 5 May" date "Kenya hosted the talks" elsewhere; "resolution 12 of 5 May" dates what the
resolution demands. A thing that is told of two dates has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.extraction.claims import Candidate
from dragoman.extraction.dating import Dating
from dragoman.extraction.drafts import Linking
from dragoman.extraction.mentions import Kind, MentionIndex
from dragoman.records import Modality

__all__ = ["Occasions"]

MADE = frozenset({"Agreement", "Ceasefire", "Plan", "Resolution", "Sanctions", "Statement"})
"""Classes of what is made on a day."""
MAKING = frozenset({"adopts", "signs"})
"""What one does to such a thing on the day on which it is made."""
HOLDING = frozenset({"chairs", "locatedIn", "organizes", "participatesIn"})
"""What is so while a meeting is held."""
BINDING = frozenset({"Agreement", "Ceasefire"})
BETWEEN = frozenset({"partyTo-between", "partyTo-pair"})
"""Frames of those between whom such a thing is made: they are its parties from that day."""
JOINING = frozenset({"signs-accede"})
"""Frames of what is done to a thing on later days too: "ratified the treaty of 1968"."""
PLACE_OF_MAKING = "locatedIn-hold"
"""The frame of where a thing is signed or issued."""
SAYING = frozenset({"callsOn", "criticizes", "endorses", "opposes", "supports"})
"""What a text does on the day on which it is made."""
TEXTS = frozenset({"Resolution", "Statement"})


class Occasions:
    """The dates of the things of one document."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking
        self._told: dict[int, set[str]] = defaultdict(set)

    def note(self, index: MentionIndex, dating: Dating) -> None:
        """Note the dates that one passage tells of things."""
        for mention in index.mentions:
            refs = self._linking.refs.get(mention, ())
            if mention.kind is Kind.PRONOUN or len(refs) != 1 or not self._is_dated(refs[0]):
                continue
            self._told[refs[0]].update(dating.dates_of(mention))

    def note_claims(self, candidates: Iterable[Candidate]) -> None:
        """Note the dates of claims that say who made or held a thing."""
        for candidate in candidates:
            if candidate.date and candidate.modality is not Modality.NEGATED:
                for thing in self._things(candidate, own=True):
                    self._told[thing].add(candidate.date)

    def dated(self, candidate: Candidate) -> Candidate:
        """A claim with the date of the thing that it says to have been made or held, if it has none of its own."""
        if candidate.date or candidate.modality is not Modality.ASSERTED:
            return candidate
        dates = {self.date_of(thing) for thing in self._things(candidate)}
        return replace(candidate, date=dates.pop()) if len(dates) == 1 else candidate

    def date_of(self, thing: int) -> str:
        """The date of a thing, the most exact that is told; "" where two differ."""
        told = sorted(self._told.get(thing, ()), key=len)
        return told[-1] if told and all(told[-1].startswith(iso) for iso in told) else ""

    def _is_dated(self, thing: int) -> bool:
        return self._linking.entities[thing].cls in MADE | {"Meeting"}

    def _things(self, candidate: Candidate, *, own: bool = False) -> Iterator[int]:
        """The ends of a claim that it says were made or held; `own` leaves out what but follows from their date."""
        subject, object_ = (self._linking.entities[end].cls for end in (candidate.subject, candidate.object))
        if candidate.predicate == "locatedIn":
            if subject == "Meeting" or (not own and subject in MADE and candidate.rule == PLACE_OF_MAKING):
                yield candidate.subject
        elif candidate.predicate in HOLDING:
            if object_ == "Meeting":
                yield candidate.object
        elif candidate.predicate in MAKING:
            if object_ in MADE and candidate.rule not in JOINING:
                yield candidate.object
        elif not own and candidate.predicate in SAYING and subject in TEXTS:
            yield candidate.subject
        elif not own and candidate.rule in BETWEEN and object_ in BINDING:
            yield candidate.object
