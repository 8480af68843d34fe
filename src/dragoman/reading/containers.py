"""Files that hold texts become these: archives their files, e-mails what is attached, tables a text for each row.

Each part has a name of its own: ``letters.zip/spring/one.pdf``, ``call.eml/notes.docx``, ``speeches.jsonl#norland-7``.
No file is written, and whatever a name says, nothing outside is opened.
"""

from __future__ import annotations

import gzip
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO, cast

from dragoman.reading.apart import Apart
from dragoman.reading.decoding import UndecodableError, decode
from dragoman.reading.formats.mail import find_attachments
from dragoman.reading.formats.packages import open_package, read_part
from dragoman.reading.formats.parsed import Options, Parsed, UnreadableError
from dragoman.reading.kinds import PLAIN, READERS, TABLES, describe_unread, find_kind, is_leaving
from dragoman.reading.metadata import TABLE_NAME, Metadata, Table, parse_table
from dragoman.reading.rows import read_rows
from dragoman.records import Skipped

__all__ = ["Part", "iter_parts"]

NO_METADATA = Metadata()
MAIL = frozenset({".eml", ".mht", ".mhtml"})
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """A text that a file holds, or is; `row` is what a table of metadata, or its own row, says of it."""

    name: str
    sha256: str
    parsed: Parsed
    row: Metadata = NO_METADATA
    origin: str = TABLE_NAME  # of `row`
    inner: Mapping[str, Metadata] = field(default_factory=dict)  # what a table says of its speeches, by their numbers


@dataclass(slots=True)
class _Budget:
    """What one file may still unpack, with all that lies in it."""

    options: Options
    apart: Apart
    used: int = 0
    names: set[str] = field(default_factory=set)

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        :raises UnreadableError: if they are more than the limit, all together.
        """
        self.used += size
        if self.used > self.options.limits.unpacked:
            limit = self.options.limits.unpacked
            reason = f"holds more than the limit of {limit} bytes; the rest is not read: raise --limit unpacked="
            raise UnreadableError(reason)


def iter_parts(
    name: str, stream: IO[bytes], options: Options, row: Metadata = NO_METADATA, *, apart: Apart
) -> Iterator[Part | Skipped]:
    """The texts in a file, one at a time, and why one could not be read.

    :param row: what a table of metadata says of the file.
    :param apart: the process that parses what is not plain text.
    """
    yield from _iter_file(name, name, stream, _Budget(options, apart), 0, row)


def _iter_file(
    name: str, kind_name: str, stream: IO[bytes], budget: _Budget, depth: int, row: Metadata
) -> Iterator[Part | Skipped]:
    """The texts in a file whose kind `kind_name` tells, `depth` archives deep."""
    suffix = PurePosixPath(kind_name).suffix.lower()
    try:
        if suffix in {".zip", ".gz"} and depth >= budget.options.limits.depth:
            raise UnreadableError(f"archives in archives, more than {depth} deep; raise --limit depth=")
        if suffix == ".zip":
            yield from _iter_archive(name, stream, budget, depth)
        elif suffix == ".gz":
            unpacked = cast("IO[bytes]", io.BufferedReader(_Unpacked(stream, budget)))
            yield from _iter_file(name, kind_name[: -len(suffix)], unpacked, budget, depth + 1, row)
        elif suffix in TABLES:
            yield from _iter_rows(name, suffix, stream, budget.options, row)
        elif suffix not in READERS:
            yield Skipped(name, describe_unread(suffix))
        else:
            yield from _iter_text(name, suffix, _read_all(stream, budget.options), budget, depth, row)
    except (UnreadableError, UndecodableError) as cause:
        yield Skipped(name, str(cause))
    except (OSError, EOFError, zlib.error) as cause:
        yield Skipped(name, f"damaged or cut short, cannot be unpacked: {cause}")


def _iter_text(
    name: str, suffix: str, data: bytes, budget: _Budget, depth: int, row: Metadata
) -> Iterator[Part | Skipped]:
    kind = find_kind(suffix, data)
    parsed = READERS[kind](data, budget.options) if kind in PLAIN else budget.apart.read(kind, data, budget.options)
    if kind != suffix:
        note = f"read as {kind[1:].upper()}, which its first bytes say that it is"
        parsed = replace(parsed, notes=(*parsed.notes, note))
    yield Part(name, sha256(data).hexdigest(), parsed, row)
    if kind not in MAIL:
        return
    for number, (attached, content) in enumerate(find_attachments(data, budget.options), 1):
        inner = _to_inner(attached.replace("/", "-").replace("\\", "-")) or f"attachment {number}"
        below = _own_name(f"{name}/{inner}", budget)
        if PurePosixPath(inner).suffix.lower() in READERS or PurePosixPath(inner).suffix.lower() == ".zip":
            budget.spend(len(content))
            yield from _iter_file(below, inner, io.BytesIO(content), budget, depth + 1, NO_METADATA)
        else:
            yield Skipped(below, "an attachment of a kind that is not read")


def _iter_archive(name: str, stream: IO[bytes], budget: _Budget, depth: int) -> Iterator[Part | Skipped]:
    limits = budget.options.limits
    data = stream if stream.seekable() else io.BytesIO(_read_all(stream, budget.options))
    archive = open_package(data, limits, "ZIP archive")
    members = [info for info in archive.infolist() if not info.is_dir()]
    table = _read_table(archive, members, budget)
    yield from (Skipped(f"{name}/{TABLE_NAME}", note) for note in table.notes)
    for info in sorted(members, key=lambda info: info.filename):
        inner = _to_inner(info.filename)
        if not inner:
            yield Skipped(name, f"{info.filename!r} in it leads out of the archive; not read")
        elif not any(is_leaving(part) or part == "__MACOSX" for part in inner.split("/")) and inner != TABLE_NAME:
            below = f"{name}/{inner}"
            if below in budget.names:
                yield Skipped(below, "a second file of this name in the archive; not read")
                continue
            budget.names.add(below)
            suffix = PurePosixPath(inner).suffix.lower()
            if suffix not in READERS and suffix not in TABLES and suffix not in {".zip", ".gz"}:
                yield Skipped(below, describe_unread(suffix))
                continue
            try:
                content = read_part(archive, info, limits)
            except UnreadableError as cause:
                yield Skipped(below, str(cause))
                continue
            budget.spend(len(content))
            yield from _iter_file(
                below, inner, io.BytesIO(content), budget, depth + 1, table.rows.get(inner, NO_METADATA)
            )


def _read_table(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], budget: _Budget) -> Table:
    """The ``metadata.csv`` at the top of an archive."""
    info = next((info for info in members if info.filename == TABLE_NAME), None)
    if info is None:
        return Table()
    try:
        return parse_table(decode(read_part(archive, info, budget.options.limits)).text)
    except (UnreadableError, UndecodableError) as cause:
        return Table(notes=(str(cause),))


def _iter_rows(name: str, suffix: str, stream: IO[bytes], options: Options, row: Metadata) -> Iterator[Part | Skipped]:
    for found in read_rows(stream, suffix, options):
        if found.reason:
            yield Skipped(name, found.reason)
        else:
            own = found.metadata.completed_by(row)
            yield Part(f"{name}#{found.id}", found.sha256, Parsed(found.text), own, "its row")


def _to_inner(path: str) -> str:
    """The name of an archive's file below the archive, "" for one that would lead out of it."""
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or ":" in parts[0] or any(ord(char) < 32 for char in path):
        return ""
    return "/".join(part for part in parts if part not in {"", "."})


def _own_name(name: str, budget: _Budget) -> str:
    """The name, with a number where another attachment bears it."""
    own, number = name, 1
    while own in budget.names:
        number += 1
        path = PurePosixPath(name)
        own = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    budget.names.add(own)
    return own


def _read_all(stream: IO[bytes], options: Options) -> bytes:
    """All bytes of a file.

    :raises UnreadableError: if there are more than the limit.
    """
    data = stream.read(options.limits.bytes + 1)
    if len(data) > options.limits.bytes:
        raise UnreadableError(f"more than the limit of {options.limits.bytes} bytes; split it or raise --limit bytes=")
    return data


class _Unpacked(io.RawIOBase):
    """What a ``.gz`` file holds, within the limits."""

    def __init__(self, stream: IO[bytes], budget: _Budget) -> None:
        self.packed, self.budget, self.size = _Counted(stream), budget, 0
        self.file = gzip.GzipFile(fileobj=self.packed)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Some more bytes.

        :raises UnreadableError: if they are more, or packed tighter, than the limits have it.
        """
        piece = self.file.read(min(len(buffer), CHUNK))
        self.size += len(piece)
        self.budget.spend(len(piece))
        ratio = self.budget.options.limits.ratio
        if self.size > 1024 * 1024 and self.size > ratio * max(1, self.packed.count):
            raise UnreadableError(f"unpacks to more than {ratio} times its size, as a bomb does; raise --limit ratio=")
        buffer[: len(piece)] = piece
        return len(piece)


class _Counted(io.RawIOBase):
    """A stream that counts the bytes that were read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.count = stream, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Some more bytes."""
        piece = self.stream.read(len(buffer))
        self.count += len(piece)
        buffer[: len(piece)] = piece
        return len(piece)
