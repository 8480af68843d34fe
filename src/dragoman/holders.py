"""Surnames beside an office to who held it then: "President Bush" of 1990 is not that of 2008.

A document that names a person by one word alone, or by a name that several known people bear, and says that they hold
an office, means who held that office in the document's year, if one holder alone among the tenures of the names files
(``dgm:held``) may bear the name. The office must be that of the tenure, and whose it is too, where that is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dragoman.gazetteer import Gazetteer, KnownThing, Tenure, fold
from dragoman.personkeys import PersonKeys
from dragoman.records import LocalEntity, Modality, Reading
from dragoman.spelling import Spelling

__all__ = ["Holders"]

HOLDS, PERSON = "holdsPost", "Person"
YEAR = len("2024")


class Holders:
    """Who is meant by a surname and an office."""

    def __init__(self, gazetteer: Gazetteer, persons: PersonKeys, spelling: Spelling) -> None:
        self.gazetteer, self.persons, self.spelling = gazetteer, persons, spelling
        self.tenures: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in gazetteer.tenures:
            names = gazetteer.things[tenure.holder].all_names
            for word in {word for name in names for word in _ends(persons.words(name))}:
                self.tenures[word].append(tenure)
        self.owned: dict[str, frozenset[str]] = {}

    def find(self, reading: Reading) -> Iterator[tuple[int, KnownThing]]:
        """The persons of a reading, by number, who can be but one known holder of the offices they hold in it."""
        year = reading.document.date[:YEAR]
        if not year:
            return
        offices: dict[int, list[LocalEntity]] = defaultdict(list)
        for claim in reading.claims:
            if claim.predicate == HOLDS and claim.modality is Modality.ASSERTED:
                offices[claim.subject].append(reading.entities[claim.object])
        for number, posts in sorted(offices.items()):
            person = reading.entities[number]
            if person.cls == PERSON and not person.known_id:
                holders = {
                    tenure.holder
                    for tenure in self._tenures_of(person)
                    if tenure.since <= int(year) <= (tenure.until or int(year))
                    and any(self._is_of(tenure, post) for post in posts)
                }
                if len(holders) == 1:
                    yield number, self.gazetteer.things[holders.pop()]

    def _tenures_of(self, person: LocalEntity) -> Iterator[Tenure]:
        """The tenures of those who may bear each name of `person`."""
        words = [self.persons.words(name) for name in person.names]
        if all(words):
            for tenure in self.tenures.get(words[0][-1], ()):
                names = self.gazetteer.things[tenure.holder].all_names
                known = [self.persons.words(name) for name in names]
                if all(any(_may_be(some, whole) for whole in known) for some in words):
                    yield tenure

    def _is_of(self, tenure: Tenure, post: LocalEntity) -> bool:
        known = self.gazetteer.things.get(post.known_id)
        office = _words(tenure.office)
        for name in post.names:
            words = _words(name)
            at = next((at for at in range(len(words)) if words[at : at + len(office)] == office), None)
            if at is None or self.spelling.shared.intersection(words[:at]):
                continue
            rest = {*words[:at], *words[at + len(office) :]} - self.spelling.of_office
            if rest <= self._owner_words(tenure.owner) or (known is not None and known.belongs_to == tenure.owner):
                return True
        return False

    def _owner_words(self, owner: str) -> frozenset[str]:
        if owner not in self.owned:
            thing = self.gazetteer.things[owner]
            names = (*thing.all_names, *thing.adjectives)
            self.owned[owner] = frozenset(word for name in names for word in _words(name))
        return self.owned[owner]


def find_holders(readings: Sequence[Reading], holders: Holders) -> Mapping[tuple[int, int], KnownThing]:
    """The known holders of offices in all readings, by the place of the reading and of its entity."""
    return {(at, number): thing for at, reading in enumerate(readings) for number, thing in holders.find(reading)}


def _ends(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that may stand for it alone: the last, or, where the surname is first, the first."""
    return (words[0], words[-1]) if words else ()


def _may_be(some: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether a name is another with words left out; of one word, its first or its last."""
    if len(some) == 1:
        return some[0] in _ends(whole)
    left = iter(whole)
    return some[-1] == whole[-1] and all(word in left for word in some)


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in name.replace("-", " ").replace("\u2019", "'").removesuffix("'s").split())
