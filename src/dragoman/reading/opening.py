"""Files are opened one after another, and parsed some at a time, each apart (:mod:`dragoman.reading.apart`).

What is parsed ahead are files whose kind needs a parser: these are at most as large as one text may be, and wait as
bytes. Plain texts, archives and tables are opened when they are reached, and read as they are asked for.

Parsed by one process, 182,000 words in 60 PDF files took 20 µs a word, beside some 70 for reading what they say: one
process that parses keeps three or four that read busy, and fewer where pictures are read by OCR.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from queue import LifoQueue
from typing import Protocol

from dragoman.reading.apart import Apart, opened_apart
from dragoman.reading.containers import Part, iter_parts
from dragoman.reading.formats.parsed import Options
from dragoman.reading.kinds import PLAIN, READERS
from dragoman.reading.metadata import TABLE_NAME, Metadata
from dragoman.reading.parts import PartResult, mend_part
from dragoman.reading.stores import DISK, Held, Store
from dragoman.records import Skipped

__all__ = [
    "EXPECTED",
    "NOTHING_KEPT",
    "Content",
    "Elsewhere",
    "KeptParts",
    "Opened",
    "SourceFile",
    "check_file",
    "count_parsers",
    "iter_opened",
    "iter_texts",
    "nowhere",
]

Content = Iterable[PartResult | Part | Skipped]
"""The texts in a file, those that are known already with their documents, and why one is not to be had."""
NO_METADATA = Metadata()
EXPECTED = 32
"""Files that a store is told of before they are opened."""
AHEAD = 2
"""Files that wait, parsed or not, for each process that parses."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it lies in its store, the name of its document, what a ``metadata.csv`` says of it.

    `inner` is what it says of texts within the file, by what their names have after the file's: ``#3``, ``/a.txt``.
    `sha256` is that of its bytes, where somebody has opened it.
    """

    path: Path
    name: str
    metadata: Metadata = NO_METADATA
    inner: tuple[tuple[str, Metadata], ...] = ()
    store: Store = DISK
    sha256: str = ""


class KeptParts(Protocol):
    """What files held when they were last read, and what they hold now, for the next time."""

    def key(self, name: str) -> str:
        """What stands for all that the documents of the file `name` depended on; "" for one that is not known."""

    def find(self, file: SourceFile) -> Sequence[PartResult] | None:
        """What `file` held, where it is as it was."""

    def keep(self, file: SourceFile, parts: Sequence[PartResult]) -> None:
        """Told what a `file` holds that was read as a whole."""


class NothingKept:
    """Every file is read."""

    def key(self, name: str) -> str:
        """No file is known."""
        return ""

    def find(self, file: SourceFile) -> None:
        """Nothing of any file."""

    def keep(self, file: SourceFile, parts: Sequence[PartResult]) -> None:
        """Nothing of any file."""


NOTHING_KEPT = NothingKept()
Opened = tuple[SourceFile, Sequence[PartResult | Skipped] | None]
"""A file and what it holds; nothing where it is still to be opened."""
Elsewhere = Callable[[Iterable[SourceFile], Options, KeptParts], Iterator[Opened]]
"""Has others open files, as the options say: each file comes back, in its place."""


def nowhere(files: Iterable[SourceFile], options: Options, kept: KeptParts) -> Iterator[Opened]:
    """Nobody else opens `files`."""
    return ((file, None) for file in files)


def count_parsers(files: Iterable[SourceFile], most: int) -> int:
    """How many processes that parse `files` are worth, `most` at most: one for every two that need a parser."""
    needed = islice((file for file in files if _needs_parser(file)), 2 * most)
    return max(1, min(most, sum(1 for _ in needed) // 2))


def iter_opened(
    files: Iterable[SourceFile],
    options: Options,
    *,
    kept: KeptParts = NOTHING_KEPT,
    elsewhere: Elsewhere = nowhere,
    parsers: int = 1,
) -> Iterator[tuple[SourceFile, Content]]:
    """Each of `files`, in their order, with the texts in it, and why one is not to be had.

    A file that is parsed ahead comes as it was when it was opened, with its bytes for a store.

    :param kept: knows what some files hold, which are not parsed then.
    :param elsewhere: opens some of the files before we do.
    :param parsers: processes that parse at a time, at most; each is started when those before it are busy.
    """
    most_waiting = AHEAD * parsers if parsers > 1 else 0
    waiting: deque[tuple[SourceFile, Content | Future[list[Part | Skipped]]]] = deque()
    with opened_apart() as apart, _opened_parsers(parsers if most_waiting else 0) as submit:
        for file, content in _expected(elsewhere(files, options, kept), options.limits.bytes):
            held = _hold(file, options) if most_waiting and content is None else file
            if content is not None:
                waiting.append((file, content))
            elif found := kept.find(held):
                waiting.append((held, found))
            elif held is file:
                waiting.append((held, iter_texts(held, options, apart)))
            else:
                waiting.append((held, submit(held, options)))
            if len(waiting) > most_waiting:
                yield _take(*waiting.popleft())
        while waiting:
            yield _take(*waiting.popleft())


def check_file(store: Store, path: Path, most_bytes: int) -> str:
    """In words why a file cannot be opened, "" if it can; archives and tables may be larger than one text."""
    if not store.is_file(path):
        return "not a regular file, or a link to nothing" if not path.is_dir() else "a folder"
    try:
        size = store.size(path)
    except OSError as cause:
        return f"cannot be read: {cause.strerror}"
    if size > most_bytes and path.suffix.lower() in (*READERS, TABLE_NAME[-4:]):
        return f"{size} bytes, more than the limit of {most_bytes}; split it or raise --limit bytes="
    return ""


@contextmanager
def _opened_parsers(count: int) -> Iterator[Callable[[SourceFile, Options], Future[list[Part | Skipped]]]]:
    """What has files parsed, as many at a time as `count`; where it ends, so do those that are parsed still."""
    free: LifoQueue[Apart] = LifoQueue()  # the last that was used is the next, so that no more start than are needed

    def parse(file: SourceFile, options: Options) -> list[Part | Skipped]:
        apart = free.get()
        try:
            return list(iter_texts(file, options, apart))
        finally:
            free.put(apart)

    threads = ThreadPoolExecutor(max(1, count))
    with ExitStack() as stack:
        parsers = [stack.enter_context(opened_apart()) for _ in range(count)]
        for apart in parsers:
            free.put(apart)
        try:
            yield lambda file, options: threads.submit(parse, file, options)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for apart in parsers:
                apart.close()
            threads.shutdown()


def _take(file: SourceFile, parts: Content | Future[list[Part | Skipped]]) -> tuple[SourceFile, Content]:
    return file, parts.result() if isinstance(parts, Future) else parts


def _needs_parser(file: SourceFile) -> bool:
    suffix = file.path.suffix.lower()
    return suffix in READERS and suffix not in PLAIN


def _hold(file: SourceFile, options: Options) -> SourceFile:
    """The file with its bytes for a store, where it can be parsed ahead; itself where it cannot."""
    limit = options.limits.bytes
    if not _needs_parser(file) or check_file(file.store, file.path, limit):
        return file
    try:
        with file.store.open(file.path) as stream:
            return replace(file, store=Held(stream.read(limit + 1)))
    except OSError:
        return file  # as will be told when it is reached


def _expected(files: Iterable[Opened], most_bytes: int) -> Iterator[Opened]:
    """The files; when one comes, its store knows of the next ones that will be opened."""
    coming: deque[Opened] = deque()
    for file, content in files:
        if content is None and not check_file(file.store, file.path, most_bytes):
            file.store.expect(file.path)
        coming.append((file, content))
        if len(coming) > EXPECTED:
            yield coming.popleft()
    yield from coming


def iter_texts(file: SourceFile, options: Options, apart: Apart) -> Iterator[Part | Skipped]:
    """The texts in a file, and why one is not to be had."""
    if reason := check_file(file.store, file.path, options.limits.bytes):
        yield Skipped(file.name, reason)
        return
    try:
        with file.store.open(file.path) as stream:
            for part in iter_parts(file.name, stream, options, file.metadata, apart=apart):
                yield mend_part(part, file.name, dict(file.inner)) if isinstance(part, Part) and file.inner else part
    except OSError as cause:
        yield Skipped(file.name, f"cannot be read: {cause.strerror}")
