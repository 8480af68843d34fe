"""A name that two known things share to the one that is meant: "the Congo" beside Goma is not that of Brazzaville.

The reader takes a shared name for the entry that bears it most often. Here it becomes another entry that shares it
(``dgm:sharedName`` in the names files) where the document names something of that other, and nothing of the first: what
lies in it, is part of it or speaks for it; of two places, what lies in the same state, or that state; what ``dgm:near``
lists; or itself by a name of its own. Of two posts, "the Secretary-General" is that of whom the document is by, or whom
its holder there speaks for: others are named by those whom they meet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from dragoman.gazetteer import Gazetteer, KnownThing, fold
from dragoman.records import LocalClaim, LocalEntity, Reading

__all__ = ["find_apart"]

_NO_WORD = re.compile(r"[^\w'’-]+")
PLACE, POST = "Place", "Post"
HOLDS = "holdsPost"


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
            if not entity.known_id or fold(entity.names[0]) not in rivals:
                continue  # as nearly always
            first = gazetteer.things.get(entity.known_id)
            if first is None:
                continue
            if others := _sharing(entity, rivals):
                known = _known_beside(number, reading, gazetteer)
                posts = (first, *others) if first.cls == POST else ()
                patrons = _find_patrons(number, posts, reading, gazetteer)
                telling = [thing for thing in others if _is_told(thing, first, known, patrons)]
                if len(telling) == 1 and not _is_told(first, telling[0], known, patrons):
                    found[at, number] = telling[0]
    return found


def _sharing(entity: LocalEntity, rivals: Mapping[str, Sequence[KnownThing]]) -> list[KnownThing]:
    """The things that share every name that a document gives to an entity."""
    shared = [rivals.get(fold(name), ()) for name in entity.names]
    return [thing for thing in shared[0] if all(thing in several for several in shared)]


def _known_beside(number: int, reading: Reading, gazetteer: Gazetteer) -> list[KnownThing]:
    ids = dict.fromkeys(entity.known_id for at, entity in enumerate(reading.entities) if at != number)
    return [gazetteer.things[id_] for id_ in ids if id_ in gazetteer.things]


def _find_patrons(number: int, posts: Sequence[KnownThing], reading: Reading, gazetteer: Gazetteer) -> frozenset[str]:
    """Those of `posts` and their bodies that a document is by, and whom its holders of `number` speak for; by id."""
    by = _to_words(f"{reading.document.author} {reading.document.organization}")
    shared = {name for post in posts for name in post.shared_names}
    bodies = (gazetteer.things.get(post.belongs_to) for post in posts)
    authors = {
        thing.id
        for thing in (*posts, *bodies)
        if thing and any(_to_words(name) in by for name in thing.all_names if name not in shared)
    }
    holders = (reading.entities[claim.subject] for claim in reading.claims if _is_holding(claim, number))
    known = (gazetteer.things.get(holder.known_id) for holder in holders)
    return frozenset(authors | {holder.belongs_to for holder in known if holder and holder.belongs_to})


@lru_cache(maxsize=1 << 12)
def _to_words(text: str) -> str:
    """The words of a text, folded, with a blank before and after each."""
    return f" {_NO_WORD.sub(' ', fold(text)).strip()} "


def _is_holding(claim: LocalClaim, number: int) -> bool:
    return claim.predicate == HOLDS and claim.object == number


def _is_told(
    thing: KnownThing, other: KnownThing, known: Sequence[KnownThing], patrons: frozenset[str] = frozenset()
) -> bool:
    """Whether one of `known` shows that `thing` is meant; of a post, one of `patrons`."""
    if thing.cls == other.cls == POST:
        return not patrons.isdisjoint({thing.id, thing.belongs_to})
    own: Set[str] = {thing.id, *thing.near}
    whose = {thing.id}
    if thing.cls == other.cls == PLACE and thing.belongs_to != other.belongs_to:
        own, whose = {*own, thing.belongs_to}, {thing.id, thing.belongs_to}
    return any(one.id in own or (one.belongs_to and one.belongs_to in whose) for one in known)
