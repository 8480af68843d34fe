"""Readings kept from one build to the next, so that a document is read again only where something has changed.

``readings.jsonl`` of an output folder is JSON, one object a line: first what the readings were made with, then each
reading of this build under its key, sorted, with the SHA-256 of what follows. It holds nothing of earlier builds and
names no document, so that a build from scratch writes the same bytes. A key stands for all of a document that a
reading depends on; the first line for all else: the code that reads, the language model, the ontology with lexicon and
names, the versions of the libraries. What is taken back has the types of the records and passes their checks; a
line that does not is dropped, and its document read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from dragoman.language.hashes import hash_files, own_model_folder
from dragoman.ontology import Ontology
from dragoman.records import Coverage, Document, LocalClaim, LocalEntity, Reading

__all__ = [
    "CODE",
    "READINGS",
    "Fingerprint",
    "Kept",
    "Reuse",
    "document_key",
    "format_fingerprint",
    "format_reading",
    "hash_code",
    "parse_reading",
    "read_lines",
    "read_readings",
    "to_fingerprint",
    "write_readings",
]

T = TypeVar("T")

READINGS = "readings.jsonl"
"""The file of an output folder that holds the readings."""
CODE = (
    *("extraction", "language", "reading"),
    *("gazetteer.py", "lexicon.py", "ontology.py", "readings.py", "records.py"),
    *("spelling.py", "threads.py", "uncollected.py"),
)
"""Modules, and folders of them, that take part in a reading; a test holds that none is missing."""
LIBRARIES = ("spacy", "thinc", "blis", "numpy", "py3langid")
"""Libraries by whose version a reading may differ: of a cluster, whoever builds and reads must have the same ones.

The model's first layer multiplies by thinc and blis, the others by NumPy and the BLAS in its wheel; another version may
round another way and so, where two labels score alike, choose the other. threadpoolctl has no say, as it only tells how
many threads multiply, nor have Oxigraph and msgspec, as what they read can be read in one way. A BLAS picks its
instructions by the processor, too, which nothing here tells.
"""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What all readings of a build depend on beside their documents."""

    code: str  # SHA-256 of the modules that read
    model: str  # SHA-256 of the language model
    ontology: str  # SHA-256 of ontology, lexicon and names, the user's own among them
    libraries: str  # those of LIBRARIES, with their versions


@dataclass(frozen=True, slots=True)
class _Body:
    """A reading but for its document."""

    entities: tuple[LocalEntity, ...]
    claims: tuple[LocalClaim, ...]
    coverage: Coverage = field(default_factory=Coverage)

    def is_of(self, reading: Reading) -> bool:
        """Whether `reading` was made of this very body."""
        parts = (self.entities, reading.entities), (self.claims, reading.claims), (self.coverage, reading.coverage)
        return all(ours is theirs for ours, theirs in parts)


@dataclass(frozen=True, slots=True)
class Reuse:
    """How many documents a build read, how many readings it kept, and a note if it could not keep what there was."""

    read: int = 0
    kept: int = 0
    note: str = ""


class _Line(msgspec.Struct):
    key: str
    sha256: str
    reading: msgspec.Raw


class _KeptReading(NamedTuple):
    body: _Body
    line: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """The readings that an earlier build left, and a note if some or all of them are of no use."""

    readings: Mapping[str, _KeptReading] = field(default_factory=dict)
    note: str = ""

    def __contains__(self, document: Document) -> bool:
        return document_key(document) in self.readings

    def and_(self, other: Kept) -> Kept:
        """These readings and those of `other`; the note is ours."""
        return Kept({**self.readings, **other.readings}, self.note)

    def find(self, document: Document) -> Reading | None:
        """The kept reading of `document`; none where it has changed, or what was kept does not fit it."""
        kept = self.readings.get(document_key(document))
        if kept is None:
            return None
        try:
            return Reading(document, kept.body.entities, kept.body.claims, kept.body.coverage)
        except ValueError:
            return None

    def format(self, reading: Reading) -> bytes:
        """The line of `reading`, as :func:`format_reading` has it: that which it was taken from, if it was."""
        kept = self.readings.get(document_key(reading.document))
        return kept.line if kept and kept.body.is_of(reading) else format_reading(reading)


NOTHING_KEPT = Kept()


def document_key(document: Document) -> str:
    """SHA-256 of all of a document that its reading depends on: the text, and what is known of it but for its name."""
    known = (document.text, document.title, document.date, document.author, document.genre)
    parts = (sha256(part.encode("utf-8", "surrogatepass")).digest() for part in known)
    return sha256(b"".join(parts)).hexdigest()


def to_fingerprint(*, model_sha256: str, ontology_sha256: str) -> Fingerprint:
    """The fingerprint of readings that are made now, with this model and this ontology."""
    return Fingerprint(
        hash_code(CODE), model_sha256, ontology_sha256, ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    )


def hash_code(names: Sequence[str]) -> str:
    """SHA-256 of modules, and folders of them with their tables, given by their places in the package."""
    digest, package = sha256(), Path(str(files("dragoman")))
    for name in names:
        digest.update(name.encode() + b"\0")
        if (package / name).is_dir():
            hash_files(digest, package / name, without=own_model_folder())
        else:
            digest.update((package / name).read_bytes())
    return digest.hexdigest()


def format_fingerprint(fingerprint: Fingerprint) -> bytes:
    """The first line of a file of readings, which says what they were made with."""
    return msgspec.json.encode(fingerprint) + b"\n"


def format_reading(reading: Reading) -> bytes:
    """The line of `reading`: what was read under the key of its document, which it does not name."""
    body = msgspec.json.encode(_Body(reading.entities, reading.claims, reading.coverage))
    line = _Line(document_key(reading.document), sha256(body).hexdigest(), msgspec.Raw(body))
    return msgspec.json.encode(line) + b"\n"


def parse_reading(line: bytes, document: Document, ontology: Ontology) -> Reading | None:
    """The reading of `document` in its `line`; none if it is damaged, or speaks of what the ontology does not have."""
    found = _parse_line(line, ontology)
    return Kept(dict([found])).find(document) if found else None


def read_readings(folder: Path, fingerprint: Fingerprint, ontology: Ontology) -> Kept:
    """The readings in the output `folder` that were made as `fingerprint` tells; none where there is no such file."""
    return read_lines(folder / READINGS, fingerprint, ontology)


def read_lines(path: Path, fingerprint: Fingerprint, ontology: Ontology) -> Kept:
    """The readings in the file `path` that were made as `fingerprint` tells; none where there is no such file."""
    if not path.is_file():
        return Kept()
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as cause:
        return Kept(note=f"{path}: cannot be read: {cause.strerror}; all documents are read anew")
    made_with = _decode(lines[0], Fingerprint) if lines else None
    if made_with is None:
        return Kept(note=f"{path}: damaged; all documents are read anew")
    old, new = asdict(made_with), asdict(fingerprint)
    if changed := [name for name in new if new[name] != old[name]]:
        return Kept(note=f"all documents are read anew: {', '.join(changed)} changed since the last build")
    found = [_parse_line(line, ontology) for line in lines[1:] if line]
    damaged = found.count(None)
    note = f"{path}: {damaged} damaged {'line is' if damaged == 1 else 'lines are'} not used" if damaged else ""
    return Kept(dict(pair for pair in found if pair), note)


def write_readings(
    folder: Path, readings: Iterable[Reading], fingerprint: Fingerprint, kept: Kept = NOTHING_KEPT
) -> None:
    """Keep `readings` in the output `folder`, each once, sorted by key.

    :param kept: what some of them were taken from.
    """
    lines = sorted(map(kept.format, readings))  # each begins with its key
    with (folder / READINGS).open("wb") as file:
        file.write(format_fingerprint(fingerprint))
        file.writelines(line for line, _ in groupby(lines))


def _parse_line(line: bytes, ontology: Ontology) -> tuple[str, _KeptReading] | None:
    """The key and reading of a line; nothing if it is damaged, or speaks of what the ontology does not have."""
    parts = _decode(line, _Line)
    if parts is None or sha256(parts.reading).hexdigest() != parts.sha256:
        return None
    kept = _decode(parts.reading, _Body)
    if kept is None:
        return None
    known = all(entity.cls in ontology.classes for entity in kept.entities) and all(
        claim.predicate in ontology.properties for claim in kept.claims
    )
    return (parts.key, _KeptReading(kept, line.rstrip() + b"\n")) if known else None


def _decode(data: bytes | msgspec.Raw, type_: type[T]) -> T | None:
    try:
        return msgspec.json.decode(data, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
