"""Readers by name: ours, and those of installed packages, each an entry point of the group ``dragoman.readers``.

An entry point leads to a function that takes a :class:`ReaderContext` and gives a reader: anything with
:class:`Reader`'s method. One that wants to see all documents first, tells what it left out, or keeps something for the
next build is a :class:`PreparedReader`. ``dragoman help readers`` shows one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Protocol

from dragoman.gazetteer import Gazetteer
from dragoman.language.hashes import OWN_MODEL
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.records import Document, Reading, Skipped

__all__ = [
    "BOTH",
    "GRAMMAR",
    "GROUP",
    "LLM",
    "SAID",
    "PreparedReader",
    "Reader",
    "ReaderContext",
    "ReaderError",
    "find_readers",
    "open_reader",
    "parse_readers",
]

GROUP = "dragoman.readers"
"""The group of entry points."""
GRAMMAR, LLM = "grammar", "llm"
"""Our own readers: by grammar and lexicon, and a language model behind an address."""
BOTH = "both"
"""Short for the two of them."""
SAID = "reader: "
"""How a stage begins that is told to people in a line of its own, also where no progress is shown."""


class ReaderError(ValueError):
    """A reader that is not there, cannot be opened, or gives what no graph can hold; the message says what to do."""


class Reader(Protocol):
    """Whatever turns a document into claims."""

    def read(self, document: Document) -> Reading:
        """Entities and claims of `document`; each claim's span lies within its text."""


class PreparedReader(ABC):
    """A reader that may have something to do before the first document and after the last; else nothing is done."""

    @abstractmethod
    def read(self, document: Document) -> Reading:
        """Entities and claims of `document`; each claim's span lies within its text."""

    def prepare(self, documents: Sequence[Document]) -> None:  # noqa: B027
        """Make ready to read `documents`, all of those that will be read."""

    def notes(self) -> Iterable[Skipped]:
        """What of the documents was left out, and why; asked for after the last was read."""
        return ()

    def made_with(self) -> Mapping[str, str]:
        """What the readings hang on beside the documents, by name, for the provenance of the graph."""
        return {}

    def keep(self, folder: Path) -> None:  # noqa: B027
        """Write into the output `folder`, which is not yet in its place, what the next build can use."""

    def close(self) -> None:  # noqa: B027
        """Clear away what was kept for a build that breaks off; called when the output folder is in its place."""


@dataclass(frozen=True)
class ReaderContext:
    """What a reader is made with."""

    ontology: Ontology
    lexicon: Lexicon
    gazetteer: Gazetteer
    model: str = OWN_MODEL  # the spaCy pipeline that the build names
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)  # the environment; it may hold keys
    output: Path | None = None  # the folder that the build will write, as the last build left it
    fresh: bool = False  # whether what the last build kept is to be left aside
    tell: Callable[[str, int, int], None] = lambda *_: None  # what is being done, how much of it, of how much
    ontology_files: tuple[Path, ...] = ()  # the user's own, of which `ontology`, `lexicon` and `gazetteer` hold some
    workers: int = 1  # processes that may read at a time
    scheduler: str = ""  # of Dask, whose workers read instead


def parse_readers(names: Sequence[str]) -> tuple[str, ...]:
    """The names of readers, each once, grammar first as it is the quickest, `both` taken apart.

    :raises ReaderError: for a name that no reader has, with those that there are.

    >>> parse_readers(["both"])
    ('grammar', 'llm')
    """
    asked = dict.fromkeys(part for name in names for part in ((GRAMMAR, LLM) if name == BOTH else (name,)))
    if not asked:
        raise ReaderError("no reader is named; give grammar, llm, both, or that of an installed package")
    if asked.keys() != {GRAMMAR}:
        known = find_readers()
        for name in asked:
            if name != GRAMMAR and name not in known:
                there = ", ".join(sorted({GRAMMAR, BOTH, *known}))
                raise ReaderError(f"there is no reader {name!r}; there are {there} (see dragoman help readers)")
    return tuple(sorted(asked, key=lambda name: name != GRAMMAR))


def find_readers() -> dict[str, EntryPoint]:
    """The readers that are installed, by name.

    :raises ReaderError: if two packages have one of the same name.
    """
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        other = found.setdefault(point.name, point)
        if other.value != point.value:
            raise ReaderError(f"two readers are called {point.name!r}: {other.value} and {point.value}; remove one")
    return found


def open_reader(name: str, context: ReaderContext) -> Reader:
    """The reader of that name, an installed one.

    :raises ReaderError: if there is none, or what its entry point leads to cannot be imported or gives no reader.
    """
    point = find_readers().get(name)
    if point is None:
        raise ReaderError(f"there is no reader {name!r}; install the package that has it")
    try:
        factory = point.load()
    except (ImportError, AttributeError) as cause:
        raise ReaderError(f"reader {name!r}: {point.value} cannot be imported: {cause}") from cause
    reader = factory(context)
    if not callable(getattr(reader, "read", None)):
        raise ReaderError(f"reader {name!r}: {point.value} gives {type(reader).__name__}, which has no method read")
    return reader  # type: ignore[no-any-return]
