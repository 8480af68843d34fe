"""Things that may be one: near matches of names, which a person decides about and no build joins.

Names are put into blocks by what they nearly share, and compared within a block alone; a block of many tells nothing
and is passed over. So the time grows with the number of names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from dragoman.namekeys import NameKeys, acronym_word, initials_of, is_acronym
from dragoman.records import Entity

__all__ = ["Proposal", "find_proposals"]

LARGEST = 12
"""Entities in a block above which what they share is too common to tell anything."""
ALIKE = 0.8
"""How alike two words are that may be one, as a share of their letters."""
NAMES = 12
"""Names of one entity that are looked at."""
PERSON = "Person"


class Proposal(NamedTuple):
    """Two entities by id, the one of more documents first, and what makes them alike."""

    left: str
    right: str
    why: str


class _Name(NamedTuple):
    entity: Entity
    words: tuple[str, ...]
    text: str


def find_proposals(entities: Sequence[Entity], names: NameKeys) -> list[Proposal]:
    """Pairs of entities of one kind whose names nearly agree, those named in most documents first."""
    by_id = {entity.id: entity for entity in entities if entity.documents}
    found: dict[tuple[str, str], str] = {}
    for why, pairs in (
        ("one may be the initials of the other", _acronyms(by_id.values(), names)),
        ("one may be a shorter name of the other", _people(by_id.values(), names)),
        ("their names differ by little", _near(by_id.values(), names)),
    ):
        for left, right in pairs:
            if left.id == right.id or names.kind(left.cls) != names.kind(right.cls):
                continue
            if {left.id, right.id} <= names.gazetteer.things.keys():
                continue  # known to be two
            first, second = sorted((left, right), key=lambda entity: (-len(entity.documents), entity.id))
            found.setdefault((first.id, second.id), why)
    weight = {pair: -sum(len(by_id[id_].documents) for id_ in pair) for pair in found}
    return [Proposal(*pair, found[pair]) for pair in sorted(found, key=lambda pair: (weight[pair], pair))]


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.label, *entity.names[: NAMES - 1])


def _pairs(blocks: Iterable[Sequence[_Name]]) -> Iterator[tuple[_Name, _Name]]:
    for block in blocks:
        if 1 < len({name.entity.id for name in block}) <= LARGEST:
            yield from (pair for pair in combinations(block, 2) if pair[0].entity.id != pair[1].entity.id)


def _acronyms(entities: Iterable[Entity], names: NameKeys) -> Iterator[tuple[Entity, Entity]]:
    short: dict[tuple[str, str], list[_Name]] = defaultdict(list)
    spelled: dict[tuple[str, str], list[_Name]] = defaultdict(list)
    for entity in entities:
        told = _names(entity)
        for name in told:
            if is_acronym(name):
                if all(map(is_acronym, told)):
                    short[names.kind(entity.cls), acronym_word(name)].append(_Name(entity, (), name))
            elif len(letters := initials_of(name)) > 2:
                spelled[names.kind(entity.cls), letters].append(_Name(entity, (), name))
    for key, several in short.items():
        for left, right in _pairs([[*several, *spelled.get(key, ())]]):
            if is_acronym(left.text) != is_acronym(right.text):
                yield left.entity, right.entity


def _people(entities: Iterable[Entity], names: NameKeys) -> Iterator[tuple[Entity, Entity]]:
    """A surname alone, or with one initial, beside each who may be meant; first names that may be one."""
    full: dict[str, list[_Name]] = defaultdict(list)
    short: dict[str, list[_Name]] = defaultdict(list)
    for entity in entities:
        told = [_Name(entity, names.persons.words(name), name) for name in _names(entity) if entity.cls == PERSON]
        spelled = any(len(name.words) > 1 for name in told)
        for name in told:
            if len(name.words) > 1:
                full[name.words[-1]].append(name)
            elif name.words and not spelled:
                short[name.words[-1]].append(name)
    for left, right in _pairs(full.values()):
        one, other = left.words[0], right.words[0]
        if one[0] == other[0] and _alike(one, other):
            yield left.entity, right.entity
    for surname, several in short.items():
        bearers = full.get(surname, ())
        if len({bearer.entity.id for bearer in bearers}) <= LARGEST:
            for name in several:
                yield from ((name.entity, b.entity) for b in bearers if names.persons.may_be(name.text, b.text))


def _near(entities: Iterable[Entity], names: NameKeys) -> Iterator[tuple[Entity, Entity]]:
    """Names of which one has a word more, or another word that is as common or nearly the same."""
    blocks: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for entity in entities:
        if entity.cls == PERSON:
            continue
        for name in _names(entity):
            key = names.forms(name, entity.cls).full
            if not key or len(key) < 3 or is_acronym(name):
                continue
            told = _Name(entity, key[1:], name)
            blocks[key].append(told)
            for at in range(1, len(key)):
                rest = (*key[:at], *key[at + 1 :])
                if not key[at].startswith(("#", "=")) and any(not names.is_common(word) for word in rest[1:]):
                    blocks[rest].append(told)
    for left, right in _pairs(blocks.values()):
        ours, theirs = (sorted(set(a.words) - set(b.words)) for a, b in ((left, right), (right, left)))
        if not ours or not theirs:
            if all(map(names.is_common, (*ours, *theirs))):
                yield left.entity, right.entity
        elif len(ours) == len(theirs) == 1 and left.entity.cls == right.entity.cls:
            one, other = ours[0], theirs[0]
            spelled = _alike(one, other) and not {one[0], other[0]} & set("#=")
            if spelled or (names.is_head(one) and names.is_head(other)):
                yield left.entity, right.entity


def _alike(left: str, right: str) -> bool:
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= ALIKE
