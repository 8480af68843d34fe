"""What a page shows of one thing, looked up in a store: entities, claims with their quotes, documents, anything else.

Nothing is read but what the page needs, so that a page of a large graph comes as fast as one of a small graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from dragoman.graph import MEASURES
from dragoman.ontology import ENTITY, Ontology
from dragoman.query import Term
from dragoman.vocabulary import DCTERMS, DGM, OA, OWL, PROV, RDF, RDFS, SKOS

__all__ = ["ClaimView", "DocumentView", "EntityView", "Facts", "Quote", "TermView", "Thing"]

MOST = 300
"""Claims that a page shows; how many more there are is told, and how to ask for them."""
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
GREY = "#888888"
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """An entity as pages name it: its label, its class and the mark of that."""

    label: str
    iri: str
    kind: str = ""
    colour: str = GREY
    shape: str = "dot"


@dataclass(frozen=True, slots=True, order=True)
class DocumentView:
    """A document; `heading` is its title, or its name where it has none."""

    date: str
    heading: str
    name: str
    iri: str
    author: str = ""
    genre: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of a document that state a claim, from character `start` up to `end`."""

    document: DocumentView
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    iri: str

    @property
    def anchor(self) -> str:
        """What marks the quote within the page of its document."""
        return self.iri.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as pages show it; `against` are the IRIs of claims that contradict it."""

    iri: str
    subject: Thing
    does: str
    colour: str
    object: Thing
    modality: str
    documents: int
    quotes: tuple[Quote, ...]
    date: str = ""
    speaker: Thing | None = None
    against: tuple[str, ...] = ()
    rule: str = ""
    confidence: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """What claims are sorted by: what they say, then when."""
        return (self.does, self.subject.label, self.object.label, self.date, self.modality, self.iri)


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity with what the graph says of it; `more` is how many claims are not among `claims`."""

    thing: Thing
    names: tuple[str, ...]
    same_as: tuple[str, ...]
    code: str
    measures: dict[str, float]
    claims: tuple[ClaimView, ...]
    more: int
    mentioned: tuple[DocumentView, ...]


@dataclass(frozen=True, slots=True, order=True)
class TermView:
    """A class or property of the ontology; `above` are the IRIs of the classes right above a class."""

    label: str
    iri: str
    definition: str
    above: tuple[str, ...]

    @property
    def name(self) -> str:
        """The last part of the IRI."""
        return _local(self.iri)


class Facts:
    """Looks things up in the merged default graph of `store`; labels and marks of classes come from `ontology`."""

    def __init__(self, store: ox.Store, ontology: Ontology) -> None:
        self.store, self.ontology = store, ontology

    def entity(self, iri: str) -> EntityView:
        """What there is of the entity `iri`, its claims sorted."""
        found = {*self.subjects(RDF + "subject", iri), *self.subjects(RDF + "object", iri)}
        claims = sorted((self.claim(claim) for claim in sorted(found)[:MOST]), key=lambda claim: claim.order)
        return EntityView(
            thing=self.thing(iri),
            names=tuple(self.values(iri, SKOS + "altLabel")),
            same_as=tuple(self.values(iri, OWL + "sameAs")),
            code=self.one(iri, DGM + "iso3"),
            measures=self.measures(iri),
            claims=tuple(claims),
            more=len(found) - len(claims),
            mentioned=tuple(sorted(map(self.document, self.subjects(DGM + "mentions", iri)))),
        )

    def claim(self, iri: str) -> ClaimView:
        """The claim `iri`, its quotes in the order of documents and places."""
        predicate, speaker = self.one(iri, RDF + "predicate"), self.one(iri, DGM + "attributedTo")
        term = self.ontology.properties.get(_local(predicate))
        quotes = tuple(sorted(map(self.quote, self.values(iri, PROV + "wasDerivedFrom"))))
        return ClaimView(
            iri=iri,
            subject=self.thing(self.one(iri, RDF + "subject")),
            does=self.one(predicate, RDFS + "label") or _local(predicate),
            colour=_colour(term.colour if term else GREY),
            object=self.thing(self.one(iri, RDF + "object")),
            modality=_local(self.one(iri, DGM + "modality")),
            documents=len({quote.document.iri for quote in quotes}),
            quotes=quotes,
            date=self.one(iri, DGM + "date"),
            speaker=self.thing(speaker) if speaker else None,
            against=tuple(self.values(iri, DGM + "contradicts")),
            rule=self.one(iri, DGM + "rule"),
            confidence=self.one(iri, DGM + "confidence"),
        )

    def quote(self, iri: str) -> Quote:
        """The quote of the evidence `iri`."""
        said: dict[str, str] = {}
        for selector in self.values(iri, OA + "hasSelector"):
            for quad in self.store.quads_for_pattern(ox.NamedNode(selector), None, None, _DEFAULT):
                said[quad.predicate.value] = _text(quad.object)
        return Quote(
            document=self.document(self.one(iri, OA + "hasSource")),
            start=int(said.get(OA + "start", "0")),
            end=int(said.get(OA + "end", "0")),
            exact=said.get(OA + "exact", ""),
            prefix=said.get(OA + "prefix", ""),
            suffix=said.get(OA + "suffix", ""),
            iri=iri,
        )

    def document(self, iri: str) -> DocumentView:
        """What is known of the document `iri`."""
        name = self.one(iri, DCTERMS + "identifier")
        return DocumentView(
            date=self.one(iri, DCTERMS + "date"),
            heading=self.one(iri, DCTERMS + "title") or name or _local(iri),
            name=name,
            iri=iri,
            author=self.one(iri, DCTERMS + "creator"),
            genre=self.one(iri, "http://purl.org/dc/elements/1.1/type"),
            sha256=self.one(iri, DGM + "sha256"),
        )

    def quotes_of(self, document: str) -> list[Quote]:
        """The quotes from a document, in the order of its text."""
        return sorted(map(self.quote, self.subjects(OA + "hasSource", document)))

    def claims_of(self, quotes: Iterable[Quote]) -> list[ClaimView]:
        """The claims that were read from any of `quotes`, each once, sorted."""
        iris = {claim for quote in quotes for claim in self.subjects(PROV + "wasDerivedFrom", quote.iri)}
        return sorted(map(self.claim, sorted(iris)), key=lambda claim: claim.order)

    def thing(self, iri: str) -> Thing:
        """The entity `iri`, with the most specific of its classes."""
        classes = {_local(cls) for cls in self.values(iri, RDF + "type") if cls.startswith(DGM)} - {ENTITY}
        known = [self.ontology.classes[cls] for cls in sorted(classes) if cls in self.ontology.classes]
        term = max(known, key=lambda term: len(term.ancestors), default=None)
        label = self.one(iri, SKOS + "prefLabel") or _local(iri)
        if term is None:
            return Thing(label, iri, min(classes, default=""))
        return Thing(label, iri, term.label, _colour(term.colour), term.shape)

    def term(self, iri: str) -> TermView:
        """A class or property, with what defines it."""
        above = self.values(iri, RDFS + "subClassOf")
        return TermView(
            self.one(iri, RDFS + "label") or _local(iri), iri, self.one(iri, SKOS + "definition"), tuple(above)
        )

    def most_connected(self, count: int) -> list[tuple[Thing, dict[str, float]]]:
        """The entities that asserted claims join to most others, with their measures."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(DGM + MEASURES[0]), None, _DEFAULT)
        ranked = sorted((-float(_text(quad.object)), _text(quad.subject)) for quad in quads)
        return [(self.thing(iri), self.measures(iri)) for _, iri in ranked[:count]]

    def measures(self, iri: str) -> dict[str, float]:
        """The measures of an entity, by name."""
        found = ((name, self.one(iri, DGM + name)) for name in MEASURES)
        return {name: float(value) for name, value in found if value}

    def count(self, predicate: str, object_: str) -> int:
        """How many subjects there are."""
        return len(self.subjects(predicate, object_))

    def documents(self) -> list[DocumentView]:
        """All documents, by date."""
        return sorted(map(self.document, self.subjects(RDF + "type", DGM + "Document")))

    @cached_property
    def entities(self) -> list[Thing]:
        """All entities, by label."""
        return sorted(map(self.thing, self.subjects(RDF + "type", DGM + ENTITY)))

    def types(self, iri: str) -> set[str]:
        """IRIs of the classes of anything."""
        return set(self.values(iri, RDF + "type"))

    def about(self, iri: str) -> list[tuple[str, Term]]:
        """Properties and values of anything, sorted."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), None, None, _DEFAULT)
        return sorted(((quad.predicate.value, quad.object) for quad in quads), key=lambda pair: (pair[0], str(pair[1])))

    def triples(self, iris: Iterable[str]) -> Iterator[ox.Triple]:
        """The triples whose subject is one of `iris`."""
        for iri in iris:
            for quad in self.store.quads_for_pattern(ox.NamedNode(iri), None, None, _DEFAULT):
                yield quad.triple

    def values(self, subject: str, predicate: str) -> list[str]:
        """IRIs and texts of the objects, sorted."""
        if not subject:
            return []
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, _DEFAULT)
        return sorted(_text(quad.object) for quad in quads)

    def one(self, subject: str, predicate: str) -> str:
        """The first of the objects; empty where there is none."""
        return next(iter(self.values(subject, predicate)), "")

    def subjects(self, predicate: str, object_: str) -> list[str]:
        """IRIs of the subjects, sorted."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(object_), _DEFAULT)
        return sorted(_text(quad.subject) for quad in quads)


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _local(iri: str) -> str:
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def _colour(colour: str) -> str:
    return colour if COLOUR.fullmatch(colour) else GREY
