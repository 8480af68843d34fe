"""What a user types to the term of a graph that it means: an entity by any of its names, a class, a property, a date.

The first way that finds something decides: the label, id or IRI to the character; another name; a name in whatever
spelling (:func:`dragoman.gazetteer.fold`); how a name begins; all the words of a name, in any order. Where it finds
several things, they are told, and none is taken.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from dragoman.gazetteer import split_words
from dragoman.ontology import ENTITY
from dragoman.query import find_base
from dragoman.reading.dates import parse_date
from dragoman.records import Modality
from dragoman.vocabulary import DCTERMS, DGM, OWL, RDF, RDFS, SKOS, clean

__all__ = ["KINDS", "Names", "NamingError"]

SHOWN = 8
"""Things that an error lists; how many more there are is told."""
NEAR = 0.65
"""How alike, from 0 to 1, a name must be to one that is not there, to be listed."""
TERMS = ("class", "property")
"""Kinds of which a graph has so few that all are listed."""
FINDABLE = ("entity", "class", "property", "document")
KINDS = (*FINDABLE, "modality", "date", "text")
"""What a parameter of a question can be."""


class NamingError(ValueError):
    """A name that means nothing in a graph, or several things; the message lists what comes near."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something in a graph that can be named; `names` are all of its names, `classes` local names."""

    label: str
    iri: str
    names: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    cls: str = ""

    @property
    def id(self) -> str:
        """The last part of the IRI."""
        return _local(self.iri)

    def __str__(self) -> str:
        return f"{self.label} ({f'{self.cls}, ' if self.cls else ''}{self.id})"


class Names:
    """The names in a store such as :func:`dragoman.query.load_store` gives."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._keys: dict[str, str] = {}

    def find(self, text: str, kind: str, classes: Sequence[str] = ()) -> ox.NamedNode | ox.Literal:
        """The term that `text` means where something of `kind`, one of KINDS, is wanted.

        :param classes: local names of classes, one of which an entity must have.
        :raises NamingError: if nothing bears the name, or several things do.
        """
        if kind not in KINDS:
            raise ValueError(f"no kind {kind!r} of parameter; one of: {', '.join(KINDS)}")
        text = clean(text).strip()
        if not text:
            raise NamingError("is empty")
        if kind == "text":
            return ox.Literal(text)
        if kind == "date":
            return _to_date(text)
        if kind == "modality":
            return _to_modality(text)
        return ox.NamedNode(self._find_thing(text, kind, classes).iri)

    def complete(self, start: str, kind: str, classes: Sequence[str] = ()) -> list[str]:
        """Labels and choices of `kind` that begin with `start`, in whatever spelling, sorted."""
        if kind == "modality":
            choices: Iterable[str] = (modality.value for modality in Modality)
        else:
            choices = (thing.label for thing in self._things(kind, classes)) if kind in FINDABLE else ()
        return sorted({choice for choice in choices if self._key(choice).startswith(self._key(start))})

    def search(self, text: str) -> set[str]:
        """IRIs of the entities of this name, or else of those that have a name with all its words, the last begun."""
        key = self._key(clean(text))
        called = {thing.iri for thing in self._entities if any(self._key(name) == key for name in thing.names)}
        if called or not key:
            return called
        *whole, begun = key.split()
        found = set()
        for thing in self._entities:
            for words in (self._key(name).split() for name in thing.names):
                if set(whole) <= set(words) and any(word.startswith(begun) for word in words):
                    found.add(thing.iri)
        return found

    def _find_thing(self, text: str, kind: str, classes: Sequence[str]) -> Thing:
        if kind == "entity" and "_entities" not in self.__dict__:
            exact = self._find_exact(text, classes)
            if len(exact) == 1:
                return exact[0]
        things = self._things(kind, classes)
        for matches in self._ways(text):
            found = sorted(thing for thing in things if matches(thing))
            if len(found) == 1:
                return found[0]
            if found:
                raise NamingError(f"{text!r} may mean {_listed(found)}: which of these do you mean? Give the id")
        what = f"{kind} of class {' or '.join(classes)}" if classes else kind
        raise NamingError(f"no {what} {text!r} in this graph{self._hint(text, kind, things)}")

    def _find_exact(self, text: str, classes: Sequence[str]) -> list[Thing]:
        """The entities of this very label, id or IRI, as the first of the ways finds them, without reading the others.

        A large graph has so many names that to read them all takes longer than most questions do.
        """
        found = {
            _value(quad.subject)
            for label in (ox.Literal(text, language="en"), ox.Literal(text))
            for quad in self._quads(SKOS + "prefLabel", label)
        }
        own_iri = find_base(self.store) + text
        for iri in (text, own_iri) if _local(own_iri) == text else (text,):
            with suppress(ValueError):  # most names are no part of an IRI
                found.update(iri for _ in self._quads(SKOS + "prefLabel", subject=ox.NamedNode(iri)))
        things = []
        for iri in sorted(found):
            own = {_value(quad.object) for quad in self._quads(RDF + "type", subject=ox.NamedNode(iri))}
            if DGM + ENTITY in own and (not classes or not set(map(_local, own)).isdisjoint(classes)):
                things.append(Thing(text, iri))
        return things

    def _ways(self, text: str) -> Iterator[Callable[[Thing], bool]]:
        """How a thing may bear the name `text`, the surest way first."""
        key = self._key(text)
        words = set(key.split())
        yield lambda thing: text in {thing.label, thing.id, thing.iri}
        yield lambda thing: text in thing.names
        if not key:
            return
        yield lambda thing: any(self._key(name) == key for name in thing.names)
        yield lambda thing: any(self._key(name).startswith(key) for name in thing.names)
        yield lambda thing: any(words <= set(self._key(name).split()) for name in thing.names)

    def _hint(self, text: str, kind: str, things: Iterable[Thing]) -> str:
        """What may have been meant: near spellings, the thing of another class that bears the name, or all terms."""
        by_key = {self._key(name): thing for thing in things for name in thing.names}
        near = difflib.get_close_matches(self._key(text), sorted(by_key), n=3, cutoff=NEAR)
        if near:
            return f"; did you mean {_listed(list(dict.fromkeys(by_key[key] for key in near)))}?"
        other = [thing for thing in self._things(kind) if self._key(text) in map(self._key, thing.names)]
        if other:
            return f"; there is {_listed(sorted(other))}"
        return f"; one of: {', '.join(sorted({thing.id for thing in things}))}" if kind in TERMS and things else ""

    def _key(self, name: str) -> str:
        """The form in which names are compared."""
        if name not in self._keys:
            words = [word.key for word in split_words(name.split())]
            self._keys[name] = " ".join(words[1:] if words[:1] == ["the"] else words)
        return self._keys[name]

    def _things(self, kind: str, classes: Sequence[str] = ()) -> list[Thing]:
        if kind == "entity":
            wanted = set(classes)
            return [thing for thing in self._entities if not wanted or wanted.intersection(thing.classes)]
        return self._terms[kind]

    @cached_property
    def _entities(self) -> list[Thing]:
        classes: dict[str, list[str]] = defaultdict(list)
        for entity in self._quads(RDF + "type", ox.NamedNode(DGM + ENTITY)):
            for quad in self._quads(RDF + "type", subject=entity.subject):
                classes[_value(entity.subject)].append(_value(quad.object))
        parents = defaultdict(set)
        for quad in self._quads(RDFS + "subClassOf"):
            parents[_value(quad.subject)].add(_value(quad.object))
        other: dict[str, list[str]] = defaultdict(list)
        for predicate in (SKOS + "altLabel", DGM + "iso3"):
            for quad in self._quads(predicate):
                other[_value(quad.subject)].append(_value(quad.object))
        found = []
        for quad in self._quads(SKOS + "prefLabel"):
            iri, label = _value(quad.subject), _value(quad.object)
            own = set(classes[iri])
            if DGM + ENTITY in own:
                above = {parent for cls in own for parent in parents.get(cls, ())}
                names = (label, *sorted(other[iri]), _local(iri))
                cls = _local(min(own - above - {DGM + ENTITY}, default=DGM + ENTITY))
                found.append(Thing(label, iri, names, tuple(sorted(map(_local, own))), cls))
        return sorted(found)

    @cached_property
    def _terms(self) -> dict[str, list[Thing]]:
        """Classes and properties in use, and documents."""
        types = {"class": OWL + "Class", "property": OWL + "ObjectProperty", "document": DGM + "Document"}
        labels = {"class": RDFS + "label", "property": RDFS + "label", "document": DCTERMS + "title"}
        return {kind: sorted(self._of_type(types[kind], labels[kind])) for kind in types}

    def _of_type(self, cls: str, label: str) -> Iterator[Thing]:
        for quad in self._quads(RDF + "type", ox.NamedNode(cls)):
            iri = _value(quad.subject)
            labels = sorted(_value(found.object) for found in self._quads(label, subject=quad.subject))
            names = sorted(_value(found.object) for found in self._quads(DCTERMS + "identifier", subject=quad.subject))
            shown = (labels + names + [_local(iri)])[0]
            yield Thing(shown, iri, (*labels, *names, _local(iri)))

    def _quads(
        self, predicate: str, object_: ox.NamedNode | ox.Literal | None = None, subject: object = None
    ) -> list[ox.Quad]:
        return list(
            self.store.quads_for_pattern(
                subject,  # type: ignore[arg-type]
                ox.NamedNode(predicate),
                object_,
                ox.DefaultGraph(),
            )
        )


def _to_date(text: str) -> ox.Literal:
    """A date as plain text, which queries compare with the text of dates of whatever precision."""
    date = parse_date(text)
    if not date:
        raise NamingError(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return ox.Literal(date)


def _to_modality(text: str) -> ox.NamedNode:
    choices = [modality.value for modality in Modality]
    if text.lower() not in choices:
        near = difflib.get_close_matches(text.lower(), choices, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise NamingError(f"no modality {text!r}, one of: {', '.join(choices)}{hint}")
    return ox.NamedNode(DGM + text.lower())


def _listed(things: Sequence[Thing]) -> str:
    shown = ", ".join(map(str, things[:SHOWN]))
    more = len(things) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal) else str(term)


def _local(iri: str) -> str:
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
