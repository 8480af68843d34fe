"""What every format gives, what it may use up, and how it says that it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from importlib import import_module
from types import ModuleType

from dragoman.reading.metadata import Metadata
from dragoman.records import Place

__all__ = ["Limits", "Options", "Parsed", "Reader", "TextWriter", "UnreadableError", "load_library"]

UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BLANKS = re.compile(r"[^\S\n]+")


class UnreadableError(ValueError):
    """A file that cannot be read, or not within the limits; the message is the reason, and what to do, in one line."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may use up, so that no file, however made, takes all time or memory."""

    bytes: int = 32 * 1024 * 1024  # of a file, or of a file within an archive
    pages: int = 2000  # of a PDF
    unpacked: int = 512 * 1024 * 1024  # bytes of all that an archive, or a table of texts, holds
    ratio: int = 200  # times that what is packed may be larger than its package
    files: int = 20_000  # in an archive, or rows of a table
    depth: int = 3  # of archives in archives
    nesting: int = 2000  # of elements in elements
    seconds: int = 300  # that a file may take to parse; reading pictures of text counts, too
    memory: int = 2 * 1024 * 1024 * 1024  # bytes that a parser may take, address space and all

    def __post_init__(self) -> None:
        for limit in fields(self):
            if getattr(self, limit.name) < 1:
                raise ValueError(f"limit {limit.name}={getattr(self, limit.name)} is less than 1")

    def changed(self, values: Sequence[str]) -> Limits:
        """These limits with those changed that `values` name, each like ``pages=5000``.

        :raises ValueError: for a limit that there is none of, naming those there are, and for what is no number.
        """
        names = {limit.name for limit in fields(self)}
        found = {}
        for value in values:
            name, _, number = value.partition("=")
            if name not in names:
                raise ValueError(f"no limit {name!r}; one of: {', '.join(sorted(names))}")
            if not number.isdecimal():
                raise ValueError(f"limit {value!r} is not like {name}=1000")
            found[name] = int(number)
        return replace(self, **found)


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be read: the `text_column` of tables, which are read only if it is named; pictures by `ocr`."""

    limits: Limits = field(default_factory=Limits)
    text_column: str = ""
    ocr: bool = False

    def settings(self) -> tuple[tuple[str, str], ...]:
        """What is not as it is unless asked for, by name.

        >>> Options(Limits(pages=9), ocr=True).settings()
        (('limit pages', '9'), ('ocr', 'true'))
        """
        usual = Limits()
        limits = [(f.name, getattr(self.limits, f.name)) for f in fields(Limits)]
        changed = [(f"limit {name}", str(value)) for name, value in limits if value != getattr(usual, name)]
        column = [("text column", self.text_column)] if self.text_column else []
        return (*changed, *column, *([("ocr", "true")] if self.ocr else []))


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of a file, the places of its parts in text order, and what the format tells of it beside the text.

    `metadata` is told by the format for certain, `hints` by what writers leave as they find it: the text's own first
    lines count before them. `notes` tell what was not read as it stands.
    """

    text: str
    places: tuple[Place, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    hints: Metadata = field(default_factory=Metadata)
    origin: str = ""  # of metadata and hints: "HTML metadata"
    heads: tuple[str, ...] = ()  # what runs along the pages, and is no part of the text
    notes: tuple[str, ...] = ()


Reader = Callable[[bytes, Options], Parsed]


class TextWriter:
    """Puts a text together from paragraphs, and remembers where each stands in the original."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.places: list[Place] = []
        self.length = 0

    def add(self, text: str, *, page: int = 0, element: str = "", gap: str = "\n\n") -> None:
        """A paragraph, `gap` after the one before; blanks are collapsed, and what has no character is left out."""
        text = tidy(text)
        if not text:
            return
        if self.pieces:
            self._put(gap)
        if page or element:
            self.mark(page=page, element=element)
        self._put(text)

    def mark(self, *, page: int = 0, element: str = "") -> None:
        """Say where what comes next stands."""
        place = Place(self.length, page, element)
        last = self.places[-1] if self.places else None
        if last is not None and (last.page, last.element) == (page, element):
            return
        if last is not None and last.start == self.length:
            self.places.pop()
        self.places.append(place)

    def text(self) -> str:
        """All of it, ended as a text file is."""
        return "".join(self.pieces) + ("\n" if self.pieces else "")

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


def tidy(text: str) -> str:
    r"""`text` without outer blanks, control characters and runs of blanks; line feeds stay.

    >>> tidy(" a\x00\t b\r\nc ")
    'a b\nc'
    """
    text = UNFIT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.strip() for line in BLANKS.sub(" ", text).strip().split("\n"))


def load_library(name: str, extra: str, what: str) -> ModuleType:
    """The library `name` that reads `what`, which the optional `extra` of this package brings along.

    :raises UnreadableError: if it is not installed, with the command that installs it.
    """
    try:
        return import_module(name)
    except ImportError as cause:
        reason = f"{what} are read with {name.partition('.')[0]}; install it: pip install 'dragoman[{extra}]'"
        raise UnreadableError(reason) from cause
