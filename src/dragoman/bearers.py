"""A name that two known things share to the one that is meant: "the Congo" beside Goma is not that of Brazzaville.

The reader takes a shared name for the entry that bears it most often. Here it becomes another entry that shares it
(``dgm:sharedName`` in the names files) where the document names something of that other, and nothing of the first: what
lies in it, is part of it or speaks for it; of two places, what lies in the same state, or that state; what ``dgm:near``
lists; or itself by a name of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from dragoman.gazetteer import Gazetteer, KnownThing, fold
from dragoman.records import LocalEntity, Reading

__all__ = ["find_apart"]

PLACE = "Place"


def find_apart(readings: Sequence[Reading], gazetteer: Gazetteer) -> Mapping[tuple[int, int], KnownThing]:
    """What the names mean that other things share, where it is not what the reader took them for.

    By the place of the reading, and of the entity in it.
    """
    rivals: dict[str, list[KnownThing]] = defaultdict(list)
    for thing in gazetteer.things.values():
        for name in thing.shared_names:
            rivals[fold(name)].append(thing)
    found = {}
    for at, reading in enumerate(readings):
        for number, entity in enumerate(reading.entities):
            first = gazetteer.things.get(entity.known_id)
            others = _sharing(entity, rivals) if first else []
            if first and others:
                known = _known_beside(number, reading, gazetteer)
                telling = [thing for thing in others if _is_told(thing, first, known)]
                if len(telling) == 1 and not _is_told(first, telling[0], known):
                    found[at, number] = telling[0]
    return found


def _sharing(entity: LocalEntity, rivals: Mapping[str, Sequence[KnownThing]]) -> list[KnownThing]:
    """The things that share every name that a document gives to an entity."""
    shared = [rivals.get(fold(name), ()) for name in entity.names]
    return [thing for thing in shared[0] if all(thing in several for several in shared)]


def _known_beside(number: int, reading: Reading, gazetteer: Gazetteer) -> list[KnownThing]:
    ids = dict.fromkeys(entity.known_id for at, entity in enumerate(reading.entities) if at != number)
    return [gazetteer.things[id_] for id_ in ids if id_ in gazetteer.things]


def _is_told(thing: KnownThing, other: KnownThing, known: Sequence[KnownThing]) -> bool:
    """Whether one of `known` shows that `thing` is meant."""
    own: Set[str] = {thing.id, *thing.near}
    whose = {thing.id}
    if thing.cls == other.cls == PLACE and thing.belongs_to != other.belongs_to:
        own, whose = {*own, thing.belongs_to}, {thing.id, thing.belongs_to}
    return any(one.id in own or (one.belongs_to and one.belongs_to in whose) for one in known)
