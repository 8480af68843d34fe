"""What each document names becomes what all documents name: entities joined, given ids, their claims merged.

Two entities are one where both are the same known thing, or bear the same telling name: the same words, in whatever
spelling, and the same kind of thing. A name of common nouns alone ("the ceasefire", "the President") tells nothing
outside its document, nor does a surname, unless an office and a year tell whose it is (:mod:`dragoman.holders`); such
an entity stays its document's own and has the document in its id.

Names are never compared with one another: each is looked up by its forms (:mod:`dragoman.namekeys`), so that time and
memory grow with the number of names, and what is joined does not hang on the order of the documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from dragoman.agreement import merge_claims, with_contradictions
from dragoman.bearers import find_apart
from dragoman.gazetteer import Gazetteer, KnownThing
from dragoman.holders import Holders, find_holders
from dragoman.independence import Repeat, with_repeats
from dragoman.lexicon import Lexicon
from dragoman.namekeys import Forms, Key, NameKeys, is_acronym
from dragoman.ontology import Ontology
from dragoman.records import Claim, Entity, LocalEntity, Reading
from dragoman.slugs import slug

__all__ = ["Joined", "join_readings", "to_entity"]

ALWAYS = frozenset({"Conflict", "Person"})
"""Kinds of known things whose other spellings are looked for even where no document names them."""
Place = tuple[int, int]
"""Which reading, and which of its entities."""


class Joined(NamedTuple):
    """Entities by id, claims by id, and the claims that the joined entities' classes do not admit, with the reason.

    `repeats` are the pairs of documents that are no two sources of what both state.
    """

    entities: list[Entity]
    claims: list[Claim]
    refused: list[tuple[Claim, str]]
    ids: dict[str, tuple[str, ...]]
    """For each document, the ids of what it names, in the order of its reading."""
    repeats: tuple[Repeat, ...] = ()


def join_readings(
    readings: Sequence[Reading],
    *,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    ontology: Ontology,
    names: NameKeys | None = None,
) -> Joined:
    """The things that `readings` name and the claims about them, each once.

    :param names: how names are compared, where that is at hand from an earlier call with the same knowledge.
    :raises ValueError: if two readings are of documents of the same name.
    """
    readings = sorted(readings, key=lambda reading: reading.document.name)
    for one, other in pairwise(reading.document.name for reading in readings):
        if one == other:
            raise ValueError(f"two readings of {one!r}; read each once")
    groups = _group(readings, names or NameKeys(gazetteer, lexicon, ontology))
    drafts = [_to_draft(places, thing, own, readings, ontology) for places, thing, own in groups]
    ids = _choose_ids(drafts, gazetteer, ontology)
    entities = sorted(
        (replace(draft.entity, id=id_) for draft, id_ in zip(drafts, ids, strict=True)), key=lambda entity: entity.id
    )
    id_at = {place: id_ for draft, id_ in zip(drafts, ids, strict=True) for place in draft.places}
    by_document = _by_document(readings, id_at)
    claims, refused = merge_claims(readings, by_document, entities, ontology)
    documents = [reading.document for reading in readings]
    claims = with_contradictions(claims, entities, {document.name: document.date for document in documents})
    claims, repeats = with_repeats(claims, entities, documents, ontology)
    return Joined(entities, claims, refused, by_document, repeats)


def to_entity(
    id_: str, local: Sequence[tuple[str, LocalEntity]], thing: KnownThing | None, ontology: Ontology
) -> Entity:
    """The entity that local ones are together, each given with its document's name; `thing` is what is known of it."""
    entities = [entity for _, entity in local]
    cls = thing.cls if thing else _most_frequent((entity.cls for entity in entities), list(ontology.classes).index)
    counts: Mapping[str, int] = dict.fromkeys(entities[0].names, 1)
    if len(entities) > 1:  # which most are not
        counts = Counter(name for entity in entities for name in dict.fromkeys(entity.names))
    label = thing.label if thing else _best_name(entities)
    seen = sorted(counts, key=lambda name: (-counts[name], name))
    names = dict.fromkeys((*seen, *(thing.all_names if thing else ())))
    return Entity(
        id=id_,
        cls=cls,
        label=label,
        names=tuple(name for name in names if name != label),
        same_as=thing.same_as if thing else (),
        code=thing.code if thing else "",
        documents=tuple(sorted({document for document, _ in local})),
    )


def _by_document(readings: Sequence[Reading], id_at: Mapping[Place, str]) -> dict[str, tuple[str, ...]]:
    return {
        reading.document.name: tuple(id_at[at, number] for number in range(len(reading.entities)))
        for at, reading in enumerate(readings)
    }


# -- which local entities are one


Group = tuple[list[Place], KnownThing | None, str]
"""Places of one thing; the known thing that it is; the document whose own it is, "" where it is not one's own."""


def _group(readings: Sequence[Reading], names: NameKeys) -> list[Group]:
    places = [(at, number) for at, reading in enumerate(readings) for number in range(len(reading.entities))]
    local = {place: readings[place[0]].entities[place[1]] for place in places}
    forms = {place: names.all_forms(entity.names, entity.cls) for place, entity in local.items()}
    of_thing: dict[str, list[Place]] = defaultdict(list)
    unknown = []
    held = find_holders(readings, Holders(names.gazetteer, names.persons, names.spelling))
    told_apart = find_apart(readings, names.gazetteer)
    for place, entity in local.items():
        thing = told_apart.get(place) or _known_thing(entity, names) or held.get(place)
        if thing:
            of_thing[thing.id].append(place)
        else:
            unknown.append(place)
    owners = _owners(of_thing, local, forms, names)
    free = []
    for place in unknown:
        things = set[str]().union(*(owners.get(key, ()) for form in forms[place] for key in _asked(form)))
        if len(things) == 1:
            of_thing.setdefault(min(things), []).append(place)
        else:
            free.append(place)
    free = _with_initials(free, forms, owners, of_thing)
    groups: list[Group] = [(sorted(found), names.gazetteer.things[id_], "") for id_, found in of_thing.items()]
    for joined in _join_free(free, forms, owners):
        telling = any(form.full for place in joined for form in forms[place])
        groups.append((joined, None, "" if telling else readings[joined[0][0]].document.name))
    return sorted(groups, key=lambda group: group[0])


def _with_initials(
    free: Sequence[Place],
    forms: Mapping[Place, Sequence[Forms]],
    owners: Mapping[Key, set[str]],
    of_thing: dict[str, list[Place]],
) -> list[Place]:
    """The `free` but for those with an initial that the one known bearer of the name lacks, if all have the same."""
    fuller: dict[Key, dict[Key, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in free:
        for form in forms[place]:
            if form.full and form.full[:-1] in form.bears and form.full[:-1] in owners:
                fuller[form.full[:-1]][form.full].append(place)
    known_fuller = {key[:-1] for key in owners if len(key) > 2 and key[0] == "Person"}
    taken = set()
    for name, several in fuller.items():
        if len(several) == 1 and len(owners[name]) == 1 and name not in known_fuller:
            for place in next(iter(several.values())):
                if place not in taken:
                    of_thing.setdefault(min(owners[name]), []).append(place)
                    taken.add(place)
    return [place for place in free if place not in taken]


def _asked(form: Forms) -> tuple[Key, ...]:
    """The keys by which an unknown entity finds a known thing."""
    return (*filter(None, (form.full,)), *form.seeks, *(key for key in form.bears if "." in key[-1]))


def _known_thing(entity: LocalEntity, names: NameKeys) -> KnownThing | None:
    """What the reader took it for, or else the one known thing whose names it bears."""
    if entity.known_id in names.gazetteer.things:
        return names.gazetteer.things[entity.known_id]
    return names.thing_of(entity.names, entity.cls)


def _owners(
    of_thing: Mapping[str, Sequence[Place]],
    local: Mapping[Place, LocalEntity],
    forms: Mapping[Place, Sequence[Forms]],
    names: NameKeys,
) -> dict[Key, set[str]]:
    """The known things that are named in the documents, and all known conflicts and people, by each key of theirs."""
    owners: dict[Key, set[str]] = defaultdict(set)
    known = names.gazetteer.things.values()
    always = [thing.id for thing in known if thing.id and names.kind(thing.cls) in ALWAYS]
    for id_ in {*of_thing, *always}:
        thing, found = names.gazetteer.things[id_], of_thing.get(id_, ())
        told: list[Sequence[Forms]] = [names.all_forms(thing.all_names, thing.cls)]
        told += [forms[place] for place in found if names.kind(local[place].cls) == names.kind(thing.cls)]
        for form in (form for several in told for form in several):
            for key in filter(None, (form.full, *form.bears, *form.seeks)):
                owners[key].add(id_)
    return owners


def _join_free(
    free: Sequence[Place], forms: Mapping[Place, Sequence[Forms]], owners: Mapping[Key, set[str]]
) -> list[list[Place]]:
    """Sets of the unknown entities that are one.

    Those that share a full form join first; what seeks a bearer then joins it, if there is one and no more.
    """
    sets = _Sets(free)
    first: dict[Key, Place] = {}
    bearers: dict[Key, list[Place]] = defaultdict(list)
    seekers: dict[Key, list[Place]] = defaultdict(list)
    for place in free:
        for form in forms[place]:
            if form.full and form.full not in owners:
                sets.join(first.setdefault(form.full, place), place)
            for key in form.bears:
                bearers[key].append(place)
            for key in form.seeks:
                seekers[key].append(place)
    found = []
    for key, places in seekers.items():
        roots = {sets.find(place) for place in bearers.get(key, ())}
        if len(roots) == 1 and key not in owners:
            found.append((min(roots), places))
    for root, places in found:
        for place in places:
            sets.join(root, place)
    return sets.members()


class _Sets:
    """Disjoint sets with path halving; the root is the least member, so that no order shows."""

    def __init__(self, members: Iterable[Place]) -> None:
        self.parents = {member: member for member in members}

    def find(self, member: Place) -> Place:
        while self.parents[member] != member:
            self.parents[member] = self.parents[self.parents[member]]
            member = self.parents[member]
        return member

    def join(self, left: Place, right: Place) -> None:
        low, high = sorted((self.find(left), self.find(right)))
        self.parents[high] = low

    def members(self) -> list[list[Place]]:
        found: dict[Place, list[Place]] = defaultdict(list)
        for member in self.parents:
            found[self.find(member)].append(member)
        return [sorted(places) for places in found.values()]


# -- one entity of each group


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before its id is chosen: `wish` is what it would like, `own` its document if it is one's own."""

    entity: Entity
    wish: str
    places: tuple[Place, ...]
    thing: KnownThing | None
    own: str
    start: str
    """Where it is first named, in whatever document, as a text that sorts as the number does."""

    @property
    def signature(self) -> tuple[str, ...]:
        """What tells it from all others, whatever the order of the documents."""
        entity = self.entity
        return (*entity.documents, self.start, entity.cls, entity.label, *sorted(entity.names))


def _to_draft(
    places: Sequence[Place], thing: KnownThing | None, own: str, readings: Sequence[Reading], ontology: Ontology
) -> _Draft:
    local = [(readings[at].document.name, readings[at].entities[number]) for at, number in places]
    entity = to_entity("-", local, thing, ontology)
    wish = thing.id if thing else slug(entity.label) + (f"--{slug(own.rsplit('.', 1)[0])}" if own else "")
    start = min((span.start for _, found in local for span in found.spans), default=None)
    return _Draft(entity, wish, tuple(places), thing, own, "" if start is None else str(start).zfill(12))


def _most_frequent(values: Iterable[str], order: Callable[[str], int]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], order(value)))


def _best_name(local: Sequence[LocalEntity]) -> str:
    """The first name in most documents, acronyms last; then the longest."""
    if len(local) == 1 and not is_acronym(local[0].names[0]):
        return local[0].names[0]
    counts = Counter(entity.names[0] for entity in local)
    spelled = [name for entity in local for name in entity.names if not is_acronym(name)]
    for name in spelled:
        counts[name] += 0
    return min(counts, key=lambda name: (is_acronym(name), -counts[name], -len(name), name))


def _choose_ids(drafts: Sequence[_Draft], gazetteer: Gazetteer, ontology: Ontology) -> list[str]:
    """An id for each draft that no other has: the wish of a known thing, else of the first by class and content."""
    order = list(ontology.classes)
    ids = [""] * len(drafts)
    taken = set(gazetteer.things)
    wishes: dict[str, list[int]] = defaultdict(list)
    for at, draft in enumerate(drafts):
        if draft.thing:
            ids[at] = draft.thing.id
        else:
            wishes[draft.wish].append(at)
    for wish, found in sorted(wishes.items()):
        ranked = found
        if len(found) > 1 and drafts[found[0]].own:
            ranked = sorted(found, key=lambda at: drafts[at].signature)
        elif len(found) > 1:
            ranked = sorted(found, key=lambda at: (order.index(drafts[at].entity.cls), drafts[at].signature))
        for at in ranked:
            ids[at] = next(id_ for id_ in _spare_ids(wish, drafts[at]) if id_ not in taken)
            taken.add(ids[at])
    return ids


def _spare_ids(wish: str, draft: _Draft) -> Iterator[str]:
    """`wish`, then ways to tell it from others: by number within a document, else by class, else by content."""
    yield wish
    if draft.own:
        yield from (f"{wish}-{number}" for number in range(2, 100))
    else:
        yield f"{wish}-{slug(draft.entity.cls)}"
    digest = sha256("\n".join(draft.signature).encode("utf-8", "surrogatepass")).hexdigest()
    yield from (f"{wish}-{digest[:length]}" for length in range(6, len(digest) + 1))
