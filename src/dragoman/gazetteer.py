"""Names that are known beforehand (``ontology/names/*.ttl``) and how they are found in running text.

A name is matched word by word, in whatever spelling: accents, hyphens, -ise/-ize, "programme"/"program", "and"/"&",
"United Nations"/"UN" count as the same; capitals must be there where the name has them, and an acronym must be in
capitals. The longest name at a place wins.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from dragoman.ontology import DGM, SKOS, Ontology, OntologyError, iter_turtle, ontology_folder
from dragoman.spelling import load_spelling

__all__ = ["Gazetteer", "KnownThing", "Match", "Tenure", "Word", "fold", "load_gazetteer", "split_words"]

ID = "https://w3id.org/dragoman/id/"
PART_OF = "http://purl.org/dc/terms/isPartOf"
BELONGS = (PART_OF, DGM + "inState", DGM + "speaksFor")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL, CODE, NEAR = SKOS + "prefLabel", DGM + "iso3", DGM + "near"
MANY = {
    SKOS + "altLabel": "names",
    DGM + "acronym": "acronyms",
    DGM + "adjective": "adjectives",
    DGM + "people": "people",
    DGM + "capital": "capitals",
    DGM + "sharedName": "shared_names",
    "http://www.w3.org/2002/07/owl#sameAs": "same_as",
}
"""Properties of which an entry may have several, by where a :class:`KnownThing` has them."""
HELD = DGM + "held"
TENURE = (DGM + "office", PART_OF, DGM + "since", DGM + "until")
WORD = re.compile(r"[^\W_]+|[^\w\s]")
SILENT = frozenset("-\u2010\u2011\u2012\u2013'\u2019.`\u00b4\u02bc\"\u201c\u201d")
"""Marks inside names that writers put in or leave out."""
AROUND = 1
"""Years before and after a tenure in which its holder is spoken of by surname alone."""


@dataclass(frozen=True, slots=True)
class KnownThing:
    """An entry of the names files; `belongs_to` is what it is part of, lies in or speaks for, by id."""

    id: str
    cls: str
    label: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    belongs_to: str = ""
    same_as: tuple[str, ...] = ()
    code: str = ""
    shared_names: tuple[str, ...] = ()  # that more often mean another
    near: tuple[str, ...] = ()  # ids of what tells that they mean this one

    @property
    def all_names(self) -> tuple[str, ...]:
        """The preferred label, then the other names, then the acronyms."""
        return (self.label, *self.names, *self.acronyms)


class Tenure(NamedTuple):
    """Who held which office of whom, all by id but the office's name; the years are included, the last one if known."""

    holder: str
    office: str
    owner: str
    since: int
    until: int | None


class Word(NamedTuple):
    """A folded piece of a token: how it is compared, how its capitals stand, which token it is of."""

    key: str
    text: str
    token: int


Told = Mapping[str, Mapping[str, Set[str]]]
"""What is said of each subject, by property."""
Entry = tuple[tuple[Word, ...], str, str]
"""The words of a name, the id of what bears it, and its sense."""


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `start` up to `end` name `thing`; `sense` is name, adjective, people or capital.

    A thing without an id is one of several that bear the name.
    """

    start: int
    end: int
    thing: KnownThing
    sense: str


@dataclass(frozen=True)
class Gazetteer:
    """All known things by id, with an index from the first two words of each name."""

    things: Mapping[str, KnownThing]
    given_names: frozenset[str]
    index: Mapping[tuple[str, str], Sequence[Entry]] = field(repr=False)
    tenures: Sequence[Tenure] = field(default=(), repr=False)

    @cached_property
    def capitals(self) -> Mapping[str, str]:
        """The id of the state that a capital may stand for, by the capital's folded name."""
        return {fold(name): thing.id for thing in self.things.values() for name in thing.capitals}

    @cached_property
    def shared(self) -> frozenset[str]:
        """Names, folded, that more often mean another than one that they may mean too."""
        return frozenset(fold(name) for thing in self.things.values() for name in thing.shared_names)

    @cached_property
    def seats(self) -> Mapping[str, KnownThing]:
        """The capital of a state, where it is a known place, by the state's id."""
        places = {fold(name): t for t in self.things.values() if t.cls == "Place" for name in (t.label, *t.names)}
        named = ((thing.id, places.get(fold(name))) for thing in self.things.values() for name in thing.capitals[:1])
        return {state: place for state, place in named if place is not None}

    @cached_property
    def tenures_by_surname(self) -> Mapping[str, Sequence[Tenure]]:
        """Tenures by the folded last word of the holder's name, of holders known by more than that."""
        found: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in self.tenures:
            first, _, rest = self.things[tenure.holder].label.partition(" ")
            if rest and len(first) > 2:
                found[fold(rest.split()[-1])].append(tenure)
        return dict(found)

    def holder_then(self, surnames: Iterable[str], year: int) -> KnownThing | None:
        """Who alone of folded `surnames` held an office in `year` or the years right around it; None for the year 0."""
        if not year:
            return None
        held = (tenure for surname in surnames for tenure in self.tenures_by_surname.get(surname, ()))
        then = {t.holder for t in held if t.since - AROUND <= year <= (t.until or year) + AROUND}
        return self.things[then.pop()] if len(then) == 1 else None

    @cached_property
    def _seconds(self) -> Mapping[str, Set[str]]:
        """By the first words of all names, the second ones; "" where a name has but one."""
        found: dict[str, set[str]] = {}
        for first, second in self.index:
            found.setdefault(first, set()).add(second)
        return found

    @cached_property
    def _by_third(self) -> dict[tuple[str, str], Mapping[str, Sequence[Entry]]]:
        """The names of openings found so far, by their third word; with each, those that end before it; "" for none."""
        return {}

    def _entries(self, opening: tuple[str, str], third: str) -> Sequence[Entry]:
        """The names that begin with two words and go on with a third or end before it, in their order."""
        entries = self.index.get(opening)
        if entries is None:
            return ()
        held = self._by_third.get(opening)
        if held is None:
            thirds = {"", *(pattern[2].key for pattern, _, _ in entries if len(pattern) > 2)}
            held = {word: [e for e in entries if len(e[0]) < 3 or e[0][2].key == word] for word in thirds}
            self._by_third[opening] = held
        return held[third] if third in held else held[""]

    def find(self, words: Sequence[Word]) -> Iterator[Match]:
        """The longest known names in the words of one text, left to right, none overlapping."""
        position, keys = 0, [*(word.key for word in words), ""]
        while position < len(words):
            seconds = self._seconds.get(keys[position])
            begins = seconds is not None and ("" in seconds or keys[position + 1] in seconds)
            found = self._longest_at(words, position) if begins else None
            if found is None:
                position += 1
            else:
                match, length = found
                yield match
                position += length

    def find_first(self, words: Sequence[Word]) -> Match | None:
        """The longest known name that the words of a text begin with."""
        found = self._longest_at(words, 0) if words else None
        return found[0] if found else None

    def find_inside(self, words: Sequence[Word], match: Match) -> Iterator[Match]:
        """Known names within a longer known name: "UN" in "UN Office of Counter-Terrorism".

        That of a land holds none: "Central African Republic" names no Africa, "Latin American" nothing American.
        """
        if match.thing.cls in {"State", "Place"}:
            return
        start = bisect_left(words, match.start, key=_token_of)
        inner = words[start : bisect_left(words, match.end, lo=start, key=_token_of)]
        position, below = 0, len(inner)
        while position < len(inner):
            found = self._longest_at(inner, position, below=below)
            if found is None:
                position, below = position + 1, len(inner)
            elif found[0].thing.id == match.thing.id:
                below = found[1]  # another name of the same thing: a shorter one may be of another
            else:
                yield found[0]
                yield from self.find_inside(words, found[0])
                position, below = position + found[1], len(inner)

    def _longest_at(self, words: Sequence[Word], position: int, below: int = 1 << 30) -> tuple[Match, int] | None:
        if position and words[position - 1].token == words[position].token:
            return None
        first = words[position].key
        second = words[position + 1].key if position + 1 < len(words) else ""
        third = words[position + 2].key if position + 2 < len(words) else ""
        entries = self._entries((first, second), third)
        for pattern, thing_id, sense in chain(entries, self.index.get((first, ""), ())):
            end = position + len(pattern)
            if len(pattern) >= below or end > len(words) or pattern[-1].key != words[end - 1].key:
                continue  # many names that begin alike end otherwise
            if end < len(words) and words[end].token == words[end - 1].token:
                continue
            if all(_agree(wanted, word) for wanted, word in zip(pattern, words[position:end], strict=True)):
                match = Match(words[position].token, words[end - 1].token + 1, self.things[thing_id], sense)
                return match, len(pattern)
        return None


def load_gazetteer(ontology: Ontology, *extra: Path) -> Gazetteer:
    """Our names, with those in the files `extra` added.

    :raises OntologyError: for a file that cannot be read, or an entry whose class is not in `ontology`.
    """
    told = _read_files([*sorted((ontology_folder() / "names").glob("*.ttl")), *extra])
    things = {thing.id: thing for thing in _read_things(told, ontology)}
    index: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for thing in things.values():
        for name, sense in _senses(thing):
            for variant in load_spelling().variants(name):
                pattern = tuple(split_words([variant]))
                if pattern:
                    opening = (pattern[0].key, pattern[1].key if len(pattern) > 1 else "")
                    index[opening].append((pattern, thing.id, sense))
    rank = {sense: place for place, sense in enumerate(("name", "adjective", "people", "capital"))}
    order = {cls: place for place, cls in enumerate(ontology.classes)}
    for entries in (several for several in index.values() if len(several) > 1):
        entries.sort(key=lambda e: (-len(e[0]), rank[e[2]], order[things[e[1]].cls], e[1]))
        _set_apart(entries, things)
    given = frozenset(name for said in told.values() for name in said.get(DGM + "givenName", ()))
    return Gazetteer(things, given, dict(index), tuple(sorted(_read_tenures(told, things), key=str)))


def _set_apart(entries: list[Entry], things: dict[str, KnownThing]) -> None:
    """A name that two things of one class bear names neither: it becomes a thing without an id."""
    bearers: dict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for pattern, thing_id, sense in entries:
        if sense == "name":
            bearers[tuple(word.text for word in pattern), things[thing_id].cls].add(thing_id)
    for (texts, cls), ids in bearers.items():
        if len(ids) > 1:
            key = f"?{cls}:{' '.join(texts)}"
            things[key] = KnownThing("", cls, " ".join(texts))
            first = next(i for i, e in enumerate(entries) if e[1] in ids and tuple(w.text for w in e[0]) == texts)
            entries.insert(first, (entries[first][0], key, "name"))


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The form in which two words are compared: no accents, no case, one spelling."""
    plain = text
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return load_spelling().respell_known(plain.casefold())


def split_words(tokens: Sequence[str]) -> list[Word]:
    """The words of `tokens`, hyphens, dots and apostrophes left out, other marks kept as words of their own."""
    return [Word(key, text, number) for number, token in enumerate(tokens) for key, text in _split(token)]


@lru_cache(maxsize=1 << 16)
def _split(token: str) -> tuple[tuple[str, str], ...]:
    """The folded form and the text of each word of a token."""
    text = token.replace(".", "") if "." in token and re.fullmatch(r"(\w\.)+\w?", token) else token
    pieces = [piece for piece in WORD.findall(text) if piece not in SILENT]
    return tuple([("and" if piece == "&" else fold(piece), piece) for piece in pieces])


def _token_of(word: Word) -> int:
    return word.token


def _agree(wanted: Word, word: Word) -> bool:
    if wanted.key != word.key:
        return False
    if len(wanted.text) > 1 and wanted.text.isupper():
        return word.text.isupper()
    if any(c.isupper() for c in wanted.text[1:]):
        return word.text == wanted.text or word.text.isupper()
    return not wanted.text[0].isupper() or word.text[0].isupper()


def _senses(thing: KnownThing) -> Iterator[tuple[str, str]]:
    for name in thing.all_names:
        yield name, "name"
    for name in thing.adjectives:
        yield name, "adjective"
    for name in thing.people:
        yield name, "people"
    for name in thing.capitals:
        yield name, "capital"


def _read_things(told: Told, ontology: Ontology) -> Iterator[KnownThing]:
    for iri, said in sorted(told.items()):
        if LABEL not in said or not iri.startswith(ID):
            continue
        classes = sorted(value.removeprefix(DGM) for value in said.get(TYPE, ()) if value.startswith(DGM))
        if len(classes) != 1 or classes[0] not in ontology.classes:
            raise OntologyError(f"names: {iri} has the classes {classes}; an entry has one of the ontology's")
        several: dict[str, Any] = {MANY[link]: tuple(sorted(values)) for link, values in said.items() if link in MANY}
        belongs = next((min(said[link]) for link in BELONGS if link in said), "")
        yield KnownThing(
            id=iri.removeprefix(ID),
            cls=classes[0],
            label=min(said[LABEL]),
            belongs_to=belongs.removeprefix(ID),
            code=min(said.get(CODE, ()), default=""),
            near=tuple([iri.removeprefix(ID) for iri in sorted(said.get(NEAR, ()))]),
            **several,
        )


def _read_files(paths: Sequence[Path]) -> Told:
    """What the files say by IRIs and literals, and of whom somebody held an office."""
    told: dict[str, dict[str, set[str]]] = {}
    for subject, predicate, value, _ in iter_turtle(paths):
        node = isinstance(value, ox.BlankNode) and predicate.value == HELD
        if node or isinstance(value, (ox.NamedNode, ox.Literal)):
            told.setdefault(subject.value, {}).setdefault(predicate.value, set()).add(value.value)
    return told


def _read_tenures(told: Told, things: Mapping[str, KnownThing]) -> Iterator[Tenure]:
    for iri, said in told.items():
        for node in said.get(HELD, ()):
            office, whose, since, until = (min(told.get(node, {}).get(name, ()), default="") for name in TENURE)
            holder, owner = iri.removeprefix(ID), whose.removeprefix(ID)
            if holder in things and owner in things and office and since.isdigit():
                yield Tenure(holder, office, owner, int(since), int(until) if until.isdigit() else None)
