"""What people read in documents, as JSON, to records: the references that a graph is measured against.

One file for a document: ``{"document": "file name", "entities": [{"id", "class", "names", "optional"}], "claims":
[{"subject", "property", "object", "modality", "date", "attributedTo", "quote", "also", "optional"}]}``. Subjects,
objects and speakers are ids of its entities; ``also`` names properties that are right too; what is ``optional`` costs
nothing where it is missed. Other fields are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

from dragoman.ontology import Ontology
from dragoman.records import Modality

__all__ = ["Reference", "ReferenceClaim", "ReferenceEntity", "ReferenceFileError", "parse_reference", "read_references"]

SUFFIX = ".json"


class ReferenceFileError(ValueError):
    """A reference that cannot be used; the message says which file, what is wrong there and what was expected."""


class ReferenceEntity(msgspec.Struct, frozen=True, rename={"cls": "class"}):
    """Something that a document names, with every name that it uses."""

    id: str
    cls: str
    names: tuple[str, ...]
    optional: bool = False


class ReferenceClaim(msgspec.Struct, frozen=True, rename={"attributed_to": "attributedTo"}):
    """What a document states of two of its entities."""

    subject: str
    property: str
    object: str
    modality: Modality
    quote: str = ""
    date: str | None = None
    attributed_to: str | None = None
    also: tuple[str, ...] = ()
    optional: bool = False


class Reference(msgspec.Struct, frozen=True):
    """Everything that a person read in one document."""

    document: str
    entities: tuple[ReferenceEntity, ...]
    claims: tuple[ReferenceClaim, ...]


def read_references(paths: Iterable[Path], ontology: Ontology) -> list[Reference]:
    """The references in `paths`, files or folders of ``.json`` files, by the name of their document.

    :raises ReferenceFileError: for a folder without such files, a file that is no reference, or two of one document.
    :raises OSError: for a path that cannot be read.
    """
    found = [(parse_reference(path.read_bytes(), ontology, where=str(path)), path) for path in _find_files(paths)]
    found.sort(key=lambda pair: pair[0].document)
    for (one, first), (other, second) in pairwise(found):
        if one.document == other.document:
            raise ReferenceFileError(
                f"{first} and {second}: both are of the document {one.document!r}; give one of them"
            )
    return [reference for reference, _ in found]


def parse_reference(data: bytes, ontology: Ontology, *, where: str = "reference") -> Reference:
    """The reference that `data` is.

    :param where: what an error names as the place.
    :raises ReferenceFileError: if it is none, or speaks of classes, properties or entities that there are not.
    """
    try:
        reference = msgspec.json.decode(data, type=Reference)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise ReferenceFileError(
            f"{where}: no reference: {cause}; see dragoman evaluate --help for its form"
        ) from cause
    if fault := next(_find_faults(reference, ontology), None):
        raise ReferenceFileError(f"{where}: {fault}")
    return reference


def _find_files(paths: Iterable[Path]) -> Iterator[Path]:
    seen = dict[Path, None]()
    for path in paths:
        if not path.is_dir():
            seen[path] = None
            continue
        files = sorted(path.glob(f"*{SUFFIX}"))
        if not files:
            raise ReferenceFileError(f"{path}: no {SUFFIX} file in this folder; give references, or folders of them")
        seen |= dict.fromkeys(files)
    yield from seen


def _find_faults(reference: Reference, ontology: Ontology) -> Iterator[str]:
    if not reference.document:
        yield "document is empty; it is the name of a file"
    ids = Counter(entity.id for entity in reference.entities)
    for entity in reference.entities:
        if ids[entity.id] > 1:
            yield f"two entities have the id {entity.id!r}"
        if entity.cls not in ontology.classes:
            yield f"entity {entity.id!r}: no class {entity.cls!r}; one of: {', '.join(ontology.classes)}"
        if not entity.names or not all(entity.names):
            yield f"entity {entity.id!r} needs names, none of them empty"
    for number, claim in enumerate(reference.claims, start=1):
        for end in (claim.subject, claim.object, claim.attributed_to):
            if end is not None and end not in ids:
                yield f"claim {number} is about {end!r}, which is no id of its entities"
        for name in (claim.property, *claim.also):
            if name not in ontology.properties:
                yield f"claim {number}: no property {name!r}; one of: {', '.join(ontology.properties)}"
