"""More than memory holds, sorted: in runs in files, then merged (D. Knuth, The Art of Computer Programming, 5.4)."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

__all__ = ["sort_on_disk"]

T = TypeVar("T", bound=Any)

RUN = 250_000
"""Items that are sorted in memory at a time."""
PIECE = 1000
"""Items that are read from a run at a time."""


def sort_on_disk(
    items: Iterable[T], *, beside: Path, key: Callable[[T], Any] | None = None, run: int = RUN
) -> Iterator[T]:
    """`items` in order; no more than `run` of them are in memory, and no file is written where there are no more.

    :param beside: the file in whose folder the runs are kept until all are merged.
    :param key: what of an item it is sorted by, all of it where not given; equal ones come in the order of `items`.

    >>> list(sort_on_disk([3, 1, 2], beside=Path("numbers.txt")))
    [1, 2, 3]
    """
    items = iter(items)
    first = sorted(islice(items, run), key=key)
    if len(first) < run:
        first.reverse()
        while first:
            yield first.pop()  # so that it is given up once it is used
        return
    with TemporaryDirectory(prefix=f".{beside.name}.", dir=beside.parent) as folder:
        runs: list[Path] = []
        while first:
            runs.append(Path(folder, str(len(runs))))
            _write(first, runs[-1])
            first = sorted(islice(items, run), key=key)
        yield from merge(*map(_read, runs), key=key)


def _write(items: list[T], path: Path) -> None:
    with path.open("wb") as file:
        for at in range(0, len(items), PIECE):
            pickle.dump(items[at : at + PIECE], file, protocol=pickle.HIGHEST_PROTOCOL)


def _read(path: Path) -> Iterator[T]:
    with path.open("rb") as file:
        while file.peek(1):
            yield from pickle.load(file)
