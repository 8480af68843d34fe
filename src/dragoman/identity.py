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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate, islice, pairwise
from operator import attrgetter
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
Place = int
"""Which of the entities of all readings, one reading after the other."""
Named = tuple[str, LocalEntity]
"""The name of a document, and an entity of its reading."""
_SPELLED = attrgetter("names", "cls")


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
    named = [(reading.document.name, entity) for reading in readings for entity in reading.entities]
    groups = _group(named, readings, names or NameKeys(gazetteer, lexicon, ontology))
    drafts = [_to_draft([named[at] for at in places], thing, own, ontology) for places, thing, own in groups]
    ids = _choose_ids(drafts, gazetteer, ontology)
    entities = sorted((draft.entity(id_) for draft, id_ in zip(drafts, ids, strict=True)), key=attrgetter("id"))
    by_document = _by_document(readings, groups, ids)
    claims, refused = merge_claims(readings, by_document, entities, ontology)
    documents = [reading.document for reading in readings]
    claims = with_contradictions(claims, entities, {document.name: document.date for document in documents})
    claims, repeats = with_repeats(claims, entities, documents, ontology)
    return Joined(entities, claims, refused, by_document, repeats)


def to_entity(id_: str, local: Sequence[Named], thing: KnownThing | None, ontology: Ontology) -> Entity:
    """The entity that local ones are together, each given with its document's name; `thing` is what is known of it."""
    return _to_draft(local, thing, "", ontology).entity(id_)


def _by_use(entities: Sequence[LocalEntity]) -> list[str]:
    """The names of `entities`, those that most have first."""
    if len(entities) == 1:  # as most
        return sorted(entities[0].names)
    counts: dict[str, int] = defaultdict(int)
    for names, count in Counter(entity.names for entity in entities).items():
        for name in dict.fromkeys(names):
            counts[name] += count
    return sorted(counts, key=lambda name: (-counts[name], name))


def _by_document(
    readings: Sequence[Reading], groups: Sequence[Group], ids: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    id_at = {place: id_ for (places, _, _), id_ in zip(groups, ids, strict=True) for place in places}
    in_order = (id_at[place] for place in range(len(id_at)))
    return {reading.document.name: tuple(islice(in_order, len(reading.entities))) for reading in readings}


# -- which local entities are one


Group = tuple[list[Place], KnownThing | None, str]
"""Places of one thing; the known thing that it is; the document whose own it is, "" where it is not one's own."""


def _group(named: Sequence[Named], readings: Sequence[Reading], names: NameKeys) -> list[Group]:
    things = names.gazetteer.things
    told_apart = _by_place(find_apart(readings, names.gazetteer), readings)
    held = _by_place(find_holders(readings, Holders(names.gazetteer, names.persons, names.spelling)), readings)
    of_thing: dict[str, list[Place]] = defaultdict(list)
    forms: dict[Place, Sequence[Forms]] = {}
    for place, (_, entity) in enumerate(named):
        thing = told_apart.get(place) or things.get(entity.known_id) or names.thing_of(entity.names, entity.cls)
        thing = thing or held.get(place)
        if thing:
            of_thing[thing.id].append(place)
        else:
            forms[place] = names.all_forms(entity.names, entity.cls)
    owners = _owners(of_thing, named, names)
    free = []
    for place, several in forms.items():
        found = {id_ for form in several for key in _asked(form) if key in owners for id_ in owners[key]}
        if len(found) == 1:
            of_thing.setdefault(min(found), []).append(place)
        else:
            free.append(place)
    free = _with_initials(free, forms, owners, of_thing)
    groups: list[Group] = [(sorted(places), things[id_], "") for id_, places in of_thing.items()]
    for joined in _join_free(free, forms, owners):
        telling = any(form.full for place in joined for form in forms[place])
        groups.append((joined, None, "" if telling else named[joined[0]][0]))
    return sorted(groups, key=lambda group: group[0][0])


def _by_place(found: Mapping[tuple[int, int], KnownThing], readings: Sequence[Reading]) -> dict[Place, KnownThing]:
    """What was found by the place of a reading and of an entity in it."""
    starts = list(accumulate((len(reading.entities) for reading in readings), initial=0))
    return {starts[at] + number: thing for (at, number), thing in found.items()}


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


def _asked(form: Forms) -> Iterator[Key]:
    """The keys by which an unknown entity finds a known thing."""
    if form.full:
        yield form.full
    yield from form.seeks
    yield from (key for key in form.bears if "." in key[-1])


def _owners(of_thing: Mapping[str, Sequence[Place]], named: Sequence[Named], names: NameKeys) -> dict[Key, set[str]]:
    """The known things that are named in the documents, and all known conflicts and people, by each key of theirs."""
    owners: dict[Key, set[str]] = defaultdict(set)
    kinds = {cls: names.kind(cls) for cls in names.ontology.classes}
    known = names.gazetteer.things
    always = [thing.id for thing in known.values() if thing.id and kinds[thing.cls] in ALWAYS]
    for id_ in {*of_thing, *always}:
        thing = known[id_]
        spelled = set(map(_SPELLED, (named[place][1] for place in of_thing.get(id_, ()))))
        told = {(thing.all_names, thing.cls), *((some, cls) for some, cls in spelled if kinds[cls] == kinds[thing.cls])}
        for form in (form for some, cls in told for form in names.all_forms(some, cls)):
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
            if form.full and form.full not in owners and (root := first.setdefault(form.full, place)) != place:
                sets.join(root, place)
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


class _Draft(NamedTuple):
    """An entity before its id is chosen: `wish` is what it would like, `own` its document if it is one's own."""

    local: Sequence[Named]
    thing: KnownThing | None
    own: str
    cls: str
    label: str
    wish: str

    def entity(self, id_: str) -> Entity:
        """The entity with the id that was chosen."""
        names = dict.fromkeys(_by_use([entity for _, entity in self.local]))
        if self.thing:
            names.update(dict.fromkeys(self.thing.all_names))
        names.pop(self.label, None)
        return Entity(
            id=id_,
            cls=self.cls,
            label=self.label,
            names=tuple(names),
            same_as=self.thing.same_as if self.thing else (),
            code=self.thing.code if self.thing else "",
            documents=tuple(sorted({document for document, _ in self.local})),
        )

    def signature(self) -> tuple[str, ...]:
        """What tells it from all others, whatever the order of the documents."""
        entity = self.entity(self.wish)
        starts = [span.start for _, found in self.local for span in found.spans]
        first = str(min(starts)).zfill(12) if starts else ""  # which sorts as the number does
        return (*entity.documents, first, entity.cls, entity.label, *sorted(entity.names))


def _to_draft(local: Sequence[Named], thing: KnownThing | None, own: str, ontology: Ontology) -> _Draft:
    if thing:
        return _Draft(local, thing, own, thing.cls, thing.label, thing.id)
    entities = [entity for _, entity in local]
    cls, label = _most_frequent([entity.cls for entity in entities], ontology), _best_name(entities)
    wish = slug(label)
    return _Draft(local, thing, own, cls, label, f"{wish}--{slug(own.rsplit('.', 1)[0])}" if own else wish)


def _most_frequent(classes: Sequence[str], ontology: Ontology) -> str:
    """The class of most; of several such, the first in the ontology."""
    if len(classes) == 1:
        return classes[0]
    counts, order = Counter(classes), list(ontology.classes)
    return min(counts, key=lambda cls: (-counts[cls], order.index(cls)))


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
            ranked = sorted(found, key=lambda at: drafts[at].signature())
        elif len(found) > 1:
            ranked = sorted(found, key=lambda at: (order.index(drafts[at].cls), drafts[at].signature()))
        for at in ranked:
            free = wish not in taken  # as for most
            ids[at] = wish if free else next(id_ for id_ in _spare_ids(wish, drafts[at], ontology) if id_ not in taken)
            taken.add(ids[at])
    return ids


def _spare_ids(wish: str, draft: _Draft, ontology: Ontology) -> Iterator[str]:
    """`wish`, then ways to tell it from others: by number within a document, else by class, else by content."""
    yield wish
    if draft.own:
        yield from (f"{wish}-{number}" for number in range(2, 100))
    else:
        yield f"{wish}-{slug(draft.cls)}"
    digest = sha256("\n".join(draft.signature()).encode("utf-8", "surrogatepass")).hexdigest()
    yield from (f"{wish}-{digest[:length]}" for length in range(6, len(digest) + 1))
