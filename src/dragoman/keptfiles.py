"""What files hold, kept from one build to the next, so that a file is parsed again only where it has changed.

``files.jsonl`` of an output folder is JSON, one object a line: first what the files were parsed with, then for each
file, under its key and its name, the documents in it, what was skipped and what was noted. The texts are those that
the folder keeps (:func:`dragoman.record.text_path`), with the characters that it cannot keep put back, and are taken
only where they have the SHA-256 that the line tells. Of a file that could not be parsed as a whole nothing is kept, as
it may be the machine that was short of time or memory; nor of one that is, in part, a copy of another.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import msgspec

from dragoman.reading.documents import Options, PartResult, ReadResult, SourceFile
from dragoman.reading.formats import ocr
from dragoman.readings import hash_code
from dragoman.record import text_path
from dragoman.records import Document, Skipped
from dragoman.vocabulary import find_unfit

__all__ = ["CODE", "FILES", "PARSERS", "KeptFiles", "ParsedWith", "file_key", "open_files"]

FILES = "files.jsonl"
"""The file of an output folder that holds what was in each file."""
CODE = ("reading", "keptfiles.py", "records.py")
"""Modules, and folders of them, that take part in parsing."""
PARSERS = ("charset-normalizer", "defusedxml", "py3langid", "pypdfium2", "selectolax", "striprtf")
"""Libraries that parse files, or tell their encoding and language."""


@dataclass(frozen=True, slots=True)
class ParsedWith:
    """What all that is kept depends on beside the files."""

    code: str  # SHA-256 of the modules that parse
    ontology: str  # SHA-256 of ontology, lexicon and names, the words of languages and kinds of documents among them
    libraries: str  # those that parse, with their versions
    options: tuple[tuple[str, str], ...]  # that are not as usual

    @classmethod
    def now(cls, *, ontology_sha256: str, options: Options) -> ParsedWith:
        """What files are parsed with now."""
        return cls(hash_code(CODE), ontology_sha256, ", ".join(_tell_versions(options)), options.settings())


@dataclass(frozen=True, slots=True)
class _Text:
    document: Document  # without its text
    sha256: str  # of the text, as UTF-8
    unfit: tuple[tuple[int, int], ...] = ()  # place and number of each character that the folder keeps no text with


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    sha256: str
    documents: tuple[_Text, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Skipped, ...]


class _TextFile(NamedTuple):
    """A file that holds a text as it is, and what it was told by when that was read."""

    path: Path
    text: str
    mark: tuple[int, ...]


class _Line(msgspec.Struct):
    key: str
    name: str  # of the file
    sha256: str  # of what follows
    parts: msgspec.Raw


class KeptFiles:
    """What the build before found in its files, and what this one finds, for the next.

    :param folder: of the build before, where there was one.
    """

    def __init__(self, parsed_with: ParsedWith, folder: Path | None) -> None:
        self.parsed_with, self.folder = parsed_with, folder
        lines = tuple(_read_lines(folder, parsed_with)) if folder else ()
        self._old = {key: line for _, key, line in lines}
        self._named = {name: key for name, key, _ in lines}
        self._new: dict[str, bytes] = {}
        self._keys: dict[Path, str] = {}
        self._taken: dict[Path, tuple[str, bytes]] = {}
        self._texts: dict[str, _TextFile] = {}

    def key(self, name: str) -> str:
        """The key under which the build before kept what the file `name` held; "" where it kept nothing of it."""
        return self._named.get(name, "")

    def find(self, file: SourceFile) -> Sequence[PartResult] | None:
        """What `file` held, part by part; nothing where it has changed, or its texts are gone."""
        self._keys[file.path] = file_key(file)
        key = self._keys[file.path]
        line = self._old.get(key)
        parts = _parse(line) if line else None
        if line is None or parts is None or self.folder is None:
            return None
        try:
            found = [self._restore(part, self.folder) for part in parts]
        except (OSError, ValueError, IndexError, OverflowError):
            return None
        self._taken[file.path] = (key, line)
        return found

    def find_text(self, document: Document) -> Path | None:
        """The file in which the build before keeps the very text of `document`; nothing where there may be another."""
        kept = self._texts.get(document.name)
        return kept.path if kept and kept.text is document.text and kept.mark == _mark(kept.path) else None

    def keep(self, file: SourceFile, parts: Sequence[PartResult]) -> None:
        """Keep what `file` holds, all of it, for the next build, unless it has changed since we looked for it."""
        if taken := self._taken.get(file.path):  # and not opened, whatever has become of it since
            self._new.update([taken])
            return
        key = file_key(file)
        if not key or self._keys.pop(file.path, file.sha256 and key) != key:
            return
        if line := self._old.get(key):
            self._new[key] = line
            return
        body = msgspec.json.encode([_strip(part) for part in parts])
        self._new[key] = msgspec.json.encode(_Line(key, file.name, sha256(body).hexdigest(), msgspec.Raw(body)))

    def _restore(self, part: _Part, folder: Path) -> PartResult:
        """The part with its texts.

        :raises OSError: where a text cannot be read.
        :raises ValueError: where it is another.
        :raises IndexError: where it is too short for what is put back.
        :raises OverflowError: where that is no character.
        """
        documents = [self._read_text(text, text_path(folder, text.document.name)) for text in part.documents]
        return PartResult(part.name, part.sha256, ReadResult(documents, list(part.skipped), list(part.notes)))

    def _read_text(self, kept: _Text, path: Path) -> Document:
        mark, data = _mark(path), path.read_bytes()
        text = data.decode("utf-8")
        if kept.unfit:
            signs = list(text)
            for at, number in kept.unfit:
                signs[at] = chr(number)
            text = "".join(signs)
            data = _encode(text)
        if sha256(data).hexdigest() != kept.sha256:
            raise ValueError(f"the text of {kept.document.name} is another")
        if mark and not kept.unfit:
            self._texts[kept.document.name] = _TextFile(path, text, mark)
        return replace(kept.document, text=text)

    def write(self, folder: Path) -> None:
        """Write what is kept into the output `folder`, sorted by key."""
        with (folder / FILES).open("wb") as out:
            out.write(msgspec.json.encode(self.parsed_with) + b"\n")
            out.writelines(line + b"\n" for _, line in sorted(self._new.items()))


def open_files(folder: Path | None, *, ontology_sha256: str, options: Options) -> KeptFiles:
    """What the build into `folder` kept of its files, as far as they would be parsed in the same way now."""
    return KeptFiles(ParsedWith.now(ontology_sha256=ontology_sha256, options=options), folder)


def _tell_versions(options: Options) -> Iterator[str]:
    if options.ocr:
        yield f"{ocr.PROGRAM} {ocr.tell_version()}"
    for name in PARSERS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} none"


def _read_lines(folder: Path, parsed_with: ParsedWith) -> Iterator[tuple[str, str, bytes]]:
    """The name of each file, its key and its line."""
    try:
        first, *lines = (folder / FILES).read_bytes().split(b"\n")
    except OSError:
        return
    if first != msgspec.json.encode(parsed_with):
        return
    for line in filter(None, lines):
        try:
            found = msgspec.json.decode(line, type=_Line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        yield found.name, found.key, line


def file_key(file: SourceFile) -> str:
    """SHA-256 of all of a file that its documents depend on: name, bytes, and what a table says; "" if it is gone."""
    digest = file.sha256 or _hash_file(file)
    known = (file.name, digest, file.metadata, file.inner)
    return sha256(msgspec.json.encode(known)).hexdigest() if digest else ""


def _hash_file(file: SourceFile) -> str:
    try:
        with file.store.open(file.path) as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _parse(line: bytes) -> list[_Part] | None:
    try:
        found = msgspec.json.decode(line, type=_Line)
        if sha256(bytes(found.parts)).hexdigest() != found.sha256:
            return None
        return msgspec.json.decode(bytes(found.parts), type=list[_Part])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _strip(part: PartResult) -> _Part:
    found = part.result
    texts = tuple(
        _Text(replace(document, text=""), sha256(_encode(document.text)).hexdigest(), tuple(find_unfit(document.text)))
        for document in found.documents
    )
    return _Part(part.name, part.sha256, texts, tuple(found.skipped), tuple(found.notes))


def _mark(path: Path) -> tuple[int, ...]:
    """What tells whether a file is still the same, unchanged; nothing where there is none of the usual kind."""
    try:
        found = path.lstat()
    except OSError:
        return ()
    same = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return same if stat.S_ISREG(found.st_mode) else ()


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
