"""A file that is a ZIP archive of parts, read part by part and within the limits; and XML without its dangers.

Entities are refused, and nothing is fetched: https://github.com/tiran/defusedxml tells what XML can otherwise do.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Any

from dragoman.reading.formats.parsed import Limits, UnreadableError, load_library

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["Package", "open_package", "parse_xml", "read_part"]

FREE = 1024 * 1024
"""Bytes of a part up to which it may be packed as tightly as it likes."""
CHUNK = 64 * 1024
ENCRYPTED = 0x1


class Package:
    """The parts of a package; each is unpacked when it is asked for."""

    def __init__(self, data: bytes, limits: Limits, what: str) -> None:
        self.archive, self.limits, self.what = open_package(data, limits, what), limits, what
        self.names = frozenset(self.archive.namelist())

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        :raises UnreadableError: if there is none of this name, or it cannot be unpacked within the limits.
        """
        if name not in self.names:
            raise UnreadableError(f"no {self.what}: it has no part {name}; save it anew, or give the text itself")
        return read_part(self.archive, self.archive.getinfo(name), self.limits)

    def xml(self, name: str) -> Element:
        """A part that is XML.

        :raises UnreadableError: as :meth:`part` and :func:`parse_xml` do.
        """
        return parse_xml(self.part(name), name, self.limits)

    def xml_or_none(self, name: str) -> Element | None:
        """A part that is XML, None where there is none of this name."""
        return self.xml(name) if name in self.names else None


def open_package(data: bytes | IO[bytes], limits: Limits, what: str) -> zipfile.ZipFile:
    """The archive that `data`, bytes or an open file, is.

    :param what: kind of file, for the error.
    :raises UnreadableError: if it is damaged, or has more parts than the limit.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as cause:
        raise UnreadableError(f"damaged or cut short, no {what}: open and save it anew ({cause})") from cause
    if len(archive.infolist()) > limits.files:
        reason = f"{len(archive.infolist())} parts, more than the limit of {limits.files}; raise --limit files="
        raise UnreadableError(reason)
    return archive


def read_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of a part, whose own word on its size is not taken.

    :raises UnreadableError: if it is encrypted or damaged, too large, or packed tighter than text can be.
    """
    if info.flag_bits & ENCRYPTED:
        raise UnreadableError("encrypted: pack it without a password")
    most = limits.bytes if info.compress_size <= 0 else min(limits.bytes, max(FREE, limits.ratio * info.compress_size))
    pieces, size = [], 0
    try:
        with archive.open(info) as file:
            while piece := file.read(CHUNK):
                size += len(piece)
                if size > most:
                    break
                pieces.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as cause:
        raise UnreadableError(f"damaged within: {info.filename} cannot be unpacked ({cause}); pack it anew") from cause
    if size > limits.bytes:
        raise UnreadableError(f"{info.filename} unpacks to more than the limit of {limits.bytes} bytes; --limit bytes=")
    if size > most:
        reason = f"{info.filename} unpacks to more than {limits.ratio} times its size, as a bomb does; --limit ratio="
        raise UnreadableError(reason)
    return b"".join(pieces)


def parse_xml(data: bytes, name: str, limits: Limits) -> Element:
    """The root element of an XML document that defines no entities.

    :raises UnreadableError: if it defines entities, is not well-formed, or nests elements deeper than the limit.
    """
    library = load_library("defusedxml.ElementTree", "office", "Office files")
    forbidden: Any = load_library("defusedxml", "office", "Office files").DefusedXmlException
    root: Element | None = None
    depth = 0
    try:
        for event, element in library.iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=False):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > limits.nesting:
                raise UnreadableError(f"{name}: elements nested more than {limits.nesting} deep; --limit nesting=")
    except forbidden as cause:
        raise UnreadableError(f"{name}: XML with entities of its own, which are not read; save it without") from cause
    except UnreadableError:
        raise
    except (SyntaxError, ValueError, LookupError) as cause:
        raise UnreadableError(f"{name}: no well-formed XML ({cause}); open and save the file anew") from cause
    if root is None:
        raise UnreadableError(f"{name}: no XML in it")
    return root
