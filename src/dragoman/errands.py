"""Files that another process opens for who builds, on this machine or another: what it is asked, and what it answers.

It is told how a file looks to who builds (:class:`dragoman.reading.stores.Sight`), and opens it where it sees it so,
too. It reads all bytes at once, hashes and parses these, each format as safely as who builds would
(:mod:`dragoman.reading.apart`), and answers by a line of JSON, which is held against the types of our records. Whatever
it cannot do is left to who builds: a file that it does not see, or sees otherwise, or that holds more than one answer
should.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec

from dragoman.keptfiles import ParsedWith, file_key
from dragoman.reading.apart import Apart
from dragoman.reading.containers import Part
from dragoman.reading.formats.parsed import Options
from dragoman.reading.metadata import Metadata
from dragoman.reading.opening import KeptParts, Opened, SourceFile, check_file, iter_texts
from dragoman.reading.parts import PartResult, read_part
from dragoman.reading.stores import FETCHERS, Held, Sight, StoreError, fetch
from dragoman.records import Skipped
from dragoman.worker import Made

__all__ = ["EACH", "Errand", "Opening", "leave", "take"]

LONGEST = 1 << 24
"""Characters of all texts in a file that one answer holds at most."""
EACH = 1000
"""Characters that could be read while a file is opened, however short it is."""
BYTES = 4
"""Bytes of a file that are opened while one character is read."""
UNSEEN = "does not see it as it is seen here"
TOO_LONG = "does not send as much as is in it"


@dataclass(frozen=True, slots=True)
class Errand:
    """A file to open: its name, how it looks, what tables say of it, and the key of what was last found in it, if any.

    `key` is what :func:`dragoman.keptfiles.file_key` gives for the file if it is still the same.
    """

    name: str
    sight: Sight
    metadata: Metadata
    inner: tuple[tuple[str, Metadata], ...]
    key: str = ""

    @classmethod
    def of(cls, file: SourceFile, options: Options, kept: KeptParts) -> Errand | None:
        """The errand of opening `file`; none where it cannot be opened, or is more than can be read at once."""
        limit = options.limits.bytes
        try:
            sight = None if check_file(file.store, file.path, limit) else file.store.look(file.path)
        except OSError:
            return None  # as will be told when it is opened
        if sight is None or sight.size > limit:
            return None
        return cls(file.name, sight, file.metadata, file.inner, kept.key(file.name))

    @property
    def weight(self) -> int:
        """The characters that could be read while the file is opened."""
        return EACH + self.sight.size // BYTES


class _Piece(msgspec.Struct):
    """A text in a file, or the reason why it is not to be had."""

    part: PartResult | None = None
    skipped: Skipped | None = None


class _Found(msgspec.Struct):
    """SHA-256 of a file, and what is in it: none where the file has the key; or why it was not opened."""

    sha256: str = ""
    pieces: list[_Piece] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """The work of opening files, by options, and what they have to be parsed with so that all find the same."""

    options: Options
    parsed_with: ParsedWith

    def begin(self) -> Callable[[Sequence[Errand]], Iterator[Made]]:
        """What opens files."""
        apart, threads = Apart(), ThreadPoolExecutor(FETCHERS)

        def open_all(errands: Sequence[Errand]) -> Iterator[Made]:
            coming = [threads.submit(fetch, errand.sight) for errand in errands]
            for errand, data in zip(errands, coming, strict=True):
                try:
                    yield _answer(_open(errand, data.result(), self.options, apart))
                except StoreError as cause:
                    yield leave(f"{UNSEEN} ({cause})")
                except Exception as error:  # as who builds will see, or not, as where memory was short here
                    yield leave(f"failed on it ({type(error).__name__})")

        return open_all


def leave(reason: str) -> Made:
    """The answer that a file has to be opened by who builds, and why."""
    return _answer(_Found(reason=reason))


def take(file: SourceFile, made: Made, kept: KeptParts) -> tuple[Opened, str]:
    """A `file` and what it holds, by the answer to its errand; or nothing, and why it is to be opened here.

    :raises ValueError: for an answer of other types than ours.
    """
    if made.failure:
        return (file, (Skipped(file.name, made.failure),)), ""
    found = msgspec.json.decode(made.line, type=_Found)
    if found.reason:
        return (file, None), found.reason
    opened = replace(file, sha256=found.sha256)
    known = kept.find(opened)
    if known is None and found.pieces is None:
        return (file, None), ""  # the texts that the last build kept are gone
    pieces = (piece.part or piece.skipped for piece in found.pieces or ())
    return (opened, known if known is not None else tuple(filter(None, pieces))), ""


def _open(errand: Errand, data: bytes, options: Options, apart: Apart) -> _Found:
    digest = sha256(data).hexdigest()
    file = SourceFile(Path(errand.name), errand.name, errand.metadata, errand.inner, Held(data), digest)
    if errand.key and file_key(file) == errand.key:
        return _Found(digest)
    pieces, length = [], 0
    for text in iter_texts(file, options, apart):
        if isinstance(text, Part):
            part = read_part(text)
            length += sum(len(document.text) for document in part.result.documents)
            pieces.append(_Piece(part=part))
        else:
            pieces.append(_Piece(skipped=text))
        if length > LONGEST:
            return _Found(reason=TOO_LONG)
    return _Found(digest, pieces)


def _answer(found: _Found) -> Made:
    return Made(msgspec.json.encode(found))
