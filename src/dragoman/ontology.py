"""The ontology as the stages use it: classes with their ancestors, what properties join, colours for pictures.

Read from Turtle (``ontology/*.ttl``) by Oxigraph, which never fetches ``owl:imports``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyoxigraph as ox

__all__ = [
    "DGM",
    "LEX",
    "ClassTerm",
    "Ontology",
    "OntologyError",
    "PropertyTerm",
    "hash_ontology",
    "iter_turtle",
    "load_ontology",
    "ontology_folder",
    "read_labels",
    "read_turtle",
]

DGM = "https://w3id.org/dragoman/ontology#"
LEX = "https://w3id.org/dragoman/lexicon#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

ENTITY = "Entity"
"""The class above everything a document can name."""
LARGEST = 64_000_000
"""Bytes of a file of an ontology, many times those of ours with all its names."""
FORMS = {
    "colour": (re.compile(r"#[0-9a-fA-F]{6}"), "#1f77b4"),
    "shape": (re.compile(r"[a-zA-Z]{1,20}"), "dot"),
    "order": (re.compile(r"-?[0-9]{1,9}"), "10"),
    "stance": (re.compile(r"-1|0|1"), "-1"),
}
"""How the looks and the place of a term may be written, with an example: they go into pages as they stand."""
SHOWN = 40
"""Characters of a wrong value that a message shows."""


class OntologyError(ValueError):
    """A file under ``ontology/``, or a user's own, that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A class by local name; `ancestors` run from its parent up to the top, `Entity` left out."""

    name: str
    label: str
    definition: str
    ancestors: tuple[str, ...]
    colour: str = "#888888"
    shape: str = "dot"
    order: int = 999


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """A property by local name; `signatures` are the pairs of class sets that it may join.

    `stance` is 1 where a claim of it puts its subject on the side of its object, -1 where against it, else 0.
    """

    name: str
    label: str
    definition: str
    signatures: tuple[tuple[frozenset[str], frozenset[str]], ...]
    symmetric: bool = False
    colour: str = "#888888"
    order: int = 999
    stance: int = 0


@dataclass(frozen=True)
class Ontology:
    """Classes and properties by local name, in the order in which pictures and lists show them."""

    classes: Mapping[str, ClassTerm]
    properties: Mapping[str, PropertyTerm]
    sha256: str = field(default="", compare=False)

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether `cls` is `ancestor` or below it."""
        return cls == ancestor or ancestor in self._ancestors.get(cls, frozenset())

    def top(self, cls: str) -> str:
        """The highest class above `cls` (Actor, Conflict, Instrument, Post, Place), or itself."""
        term = self.classes.get(cls)
        return term.ancestors[-1] if term and term.ancestors else cls

    def admits_end(self, predicate: str, cls: str, *, subject: bool) -> bool:
        """Whether a thing of class `cls` may stand at that end of `predicate`, whatever stands at the other."""
        return any(cls in (left if subject else right) for left, right in self._admitted[predicate])

    def admits(self, predicate: str, subject: str, object_: str) -> bool:
        """Whether `predicate` may join a thing of class `subject` to one of class `object_`."""
        return any(subject in left and object_ in right for left, right in self._admitted[predicate])

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(term.ancestors) for name, term in self.classes.items()}

    @cached_property
    def _admitted(self) -> dict[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]:
        """The signatures of each property, the classes below those that they name included."""
        return {
            name: tuple((self._with_below(left), self._with_below(right)) for left, right in term.signatures)
            for name, term in self.properties.items()
        }

    def _with_below(self, classes: frozenset[str]) -> frozenset[str]:
        return classes.union(name for name, above in self._ancestors.items() if not above.isdisjoint(classes))


def ontology_folder() -> Path:
    """The folder of Turtle that ships with the package: inside it in a wheel, beside ``src/`` in a checkout."""
    packaged = Path(str(files("dragoman").joinpath("ontology")))
    if packaged.is_dir():
        return packaged
    return Path(__file__).parents[2] / "ontology"


def hash_ontology(own: Iterable[Path] = ()) -> str:
    """SHA-256 of all that ships below :func:`ontology_folder`, and of a user's `own` files in their order."""
    digest = sha256()
    for path in (*sorted(ontology_folder().rglob("*.ttl")), *own):
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_turtle(paths: Iterable[Path]) -> ox.Store:
    """One store of the triples of all files.

    :raises OntologyError: for a file that is missing or is no Turtle, with line and column.
    """
    store = ox.Store()
    for path, data in _read_files(paths):
        try:
            store.bulk_load(data, ox.RdfFormat.TURTLE)
        except SyntaxError as cause:
            raise _no_turtle(path, cause) from cause
    return store


def iter_turtle(paths: Iterable[Path]) -> Iterator[ox.Quad]:
    """The triples of all files as they stand there, which is quicker than to make a store of them.

    :raises OntologyError: for a file that is missing or is no Turtle, with line and column.
    """
    for path, data in _read_files(paths):
        try:
            yield from ox.parse(data, format=ox.RdfFormat.TURTLE)
        except SyntaxError as cause:
            raise _no_turtle(path, cause) from cause


def _no_turtle(path: Path, cause: SyntaxError) -> OntologyError:
    return OntologyError(f"{path}:{cause.lineno}:{cause.offset}: {cause.msg}")


def _read_files(paths: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as cause:
            raise OntologyError(f"{path}: cannot be read: {cause.strerror}") from cause
        if len(data) > LARGEST:
            raise OntologyError(
                f"{path}: has {len(data):,} bytes; a file of an ontology may have {LARGEST:,}: divide it"
            )
        yield path, data


def read_labels(file: str, iri: str) -> tuple[str, ...]:
    """The other labels (``skos:altLabel``) that a file below ``ontology/`` gives a concept, the longest first."""
    quads = _read_shipped(file).quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(SKOS + "altLabel"), None)
    labels = (quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))
    return tuple(sorted(labels, key=lambda label: (-len(label), label)))


@cache
def _read_shipped(file: str) -> ox.Store:
    return read_turtle([ontology_folder() / file])


def load_ontology(*extra: Path) -> Ontology:
    """Our ontology, with the Turtle files `extra` of the user's added to it.

    :raises OntologyError: for a file that cannot be read, or a property that joins nothing.
    """
    paths = [ontology_folder() / "dragoman.ttl", *extra]
    store = read_turtle(paths)
    classes = _read_classes(store)
    properties = _read_properties(store, classes)
    digest = sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()
    return Ontology(classes, properties, digest)


def _read_classes(store: ox.Store) -> dict[str, ClassTerm]:
    parents: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS + "subClassOf"), None):
        child, parent = _local(quad.subject), _local(quad.object)
        if child and parent:
            parents[child] = parent
    terms = {}
    for name in parents:
        ancestors: list[str] = []
        at = name
        while at in parents and parents[at] != ENTITY:
            at = parents[at]
            if at in ancestors or at == name:
                raise OntologyError(f"class {name} lies above itself: {' < '.join([name, *ancestors, at])}")
            ancestors.append(at)
        if parents.get(at) == ENTITY:
            terms[name] = ClassTerm(name=name, ancestors=tuple(ancestors), **_presentation(store, name))
    for term in terms.values():  # a class without a colour or shape of its own looks like its parent
        for ancestor in term.ancestors:
            for quality in ("colour", "shape"):
                if getattr(term, quality) == getattr(ClassTerm("", "", "", ()), quality):
                    object.__setattr__(term, quality, getattr(terms[ancestor], quality))
    return dict(sorted(terms.items(), key=lambda item: (item[1].order, item[0])))


def _read_properties(store: ox.Store, classes: Mapping[str, ClassTerm]) -> dict[str, PropertyTerm]:
    symmetric = ox.NamedNode(OWL + "SymmetricProperty")
    terms = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "ObjectProperty")):
        name = _local(quad.subject)
        if not name:
            continue
        signatures = tuple(
            (_union(store, node, "from"), _union(store, node, "to"))
            for node in _objects(store, quad.subject, DGM + "signature")
        ) or ((_union(store, quad.subject, None, RDFS + "domain"), _union(store, quad.subject, None, RDFS + "range")),)
        if not all(left <= classes.keys() and right <= classes.keys() and left and right for left, right in signatures):
            continue  # a term of the record itself (attributedTo, mentions), not one that a text states
        terms[name] = PropertyTerm(
            name=name,
            signatures=tuple(sorted(signatures, key=lambda pair: (sorted(pair[0]), sorted(pair[1])))),
            symmetric=symmetric in _objects(store, quad.subject, RDF + "type"),
            stance=int(_checked(_literal(store, ox.NamedNode(DGM + name), DGM + "stance") or "0", "stance", name)),
            **{key: value for key, value in _presentation(store, name).items() if key != "shape"},
        )
    return dict(sorted(terms.items(), key=lambda item: (item[1].order, item[0])))


def _presentation(store: ox.Store, name: str) -> dict[str, Any]:
    node = ox.NamedNode(DGM + name)
    found: dict[str, Any] = {
        "label": _literal(store, node, RDFS + "label") or name,
        "definition": _literal(store, node, SKOS + "definition"),
    }
    for quality, convert in (("colour", str), ("shape", str), ("order", int)):
        if value := _literal(store, node, DGM + quality):
            found[quality] = convert(_checked(value, quality, name))
    return found


def _checked(value: str, quality: str, name: str) -> str:
    form, example = FORMS[quality]
    if not form.fullmatch(value):
        raise OntologyError(f"{name}: dgm:{quality} {value[:SHOWN]!r} cannot be used; write it like {example!r}")
    return value


def _union(store: ox.Store, node: Node, side: str | None, predicate: str = "") -> frozenset[str]:
    """Local names of the classes that `predicate` (or ``dgm:from``/``dgm:to``) gives, a union taken apart."""
    names: set[str] = set()
    for target in _objects(store, node, predicate or f"{DGM}{side}"):
        members = _members(store, target)
        names.update(filter(None, map(_local, members or [target])))
    return frozenset(names)


def _members(store: ox.Store, node: Node) -> list[Node]:
    """The members of the union that `node` is, of the unions among them, and so on; none where it is no union.

    Each part is looked at once, so that a union which holds itself comes to an end.
    """
    leaves: list[Node] = []
    seen: set[Node] = set()
    waiting = [node]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        parts = _parts(store, at)
        waiting += parts
        if not parts and at != node:
            leaves.append(at)
    return leaves


def _parts(store: ox.Store, node: Node) -> list[Node]:
    """The members of ``owl:unionOf``, whether on `node` itself or on a class it is equivalent to."""
    for bearer in [node, *_objects(store, node, OWL + "equivalentClass")]:
        for head in _objects(store, bearer, OWL + "unionOf"):
            return _items(store, head)
    return []


def _items(store: ox.Store, head: Node) -> list[Node]:
    """The items of an RDF list, up to where it ends or comes back to itself."""
    items: list[Node] = []
    passed: set[Node] = set()
    rest: list[Node] = [head]
    while rest and rest[0] not in passed:
        passed.add(rest[0])
        items += _objects(store, rest[0], RDF + "first")
        rest = _objects(store, rest[0], RDF + "rest")
    return items


def _objects(store: ox.Store, subject: Node, predicate: str) -> list[Any]:
    if isinstance(subject, ox.Literal):
        return []
    quads = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return sorted((quad.object for quad in quads), key=str)


def _literal(store: ox.Store, subject: Node, predicate: str) -> str:
    values = [node.value for node in _objects(store, subject, predicate) if isinstance(node, ox.Literal)]
    return values[0] if values else ""


def _local(node: Node) -> str:
    """Local name of a term in our namespace, else ""."""
    return node.value[len(DGM) :] if isinstance(node, ox.NamedNode) and node.value.startswith(DGM) else ""
