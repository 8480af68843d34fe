"""Where files lie: on the disks of this machine, or in an object store, which fsspec speaks to.

A store is asked for files by paths, also where its own names are other: that of ``s3://bucket/notes/a.txt`` is
``/s3:/bucket/notes/a.txt``. An object comes into a temporary file, some of them ahead, so that formats that are read to
and fro, as archives are, work alike, and what a library of a store raises is the error of one file, which is told.

https://filesystem-spec.readthedocs.io lists the stores, the libraries that they need, and how credentials are given.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from errno import EIO, ENOENT
from functools import cached_property
from io import BufferedRandom, BufferedReader, BytesIO
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryFile
from typing import Any, Protocol

__all__ = ["DISK", "Disk", "Held", "Objects", "Sight", "Store", "StoreError", "fetch", "is_address"]

Bytes = BufferedReader | BufferedRandom | BytesIO
"""What is read from."""

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://.+", re.DOTALL)
"""A scheme, of more letters than that of a drive, and what follows it."""
CHUNK = 1 << 20
FETCHERS = 16
"""Objects of a store that are fetched at a time."""
LARGE = 1 << 24
"""Bytes above which an object is fetched when it is reached, and no sooner."""
MARKS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated")
"""What stores tell of an object that changes with it, by their own names for it; the surest first."""
SHOWN = 200
"""Characters of another library's message that are shown."""


class StoreError(ValueError):
    """An address that leads nowhere, or whose store cannot be spoken to; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Sight:
    """How a file looks from outside: who sees the same at the same place, on another machine too, sees the same file.

    `place` is a path, or what the store at the address `store` calls the file. `marks` change with what is in it, the
    surest first.
    """

    place: str
    size: int
    marks: tuple[tuple[str, str], ...] = ()
    store: str = ""

    def fits(self, other: Sight) -> bool:
        """Whether it is the same file, by the first mark that both have: a store tells more in a listing, or less."""
        theirs = dict(other.marks)
        shared = ((value, theirs[name]) for name, value in self.marks if name in theirs)
        ours, other_mark = next(shared, ("", ""))
        return self.size == other.size and ours == other_mark


class Store(Protocol):
    """A place where files lie."""

    @property
    def root(self) -> Path | None:
        """The folder above which it is not looked at; none where all paths are its own."""

    def is_file(self, path: Path) -> bool:
        """Whether a file lies there."""

    def exists(self, path: Path) -> bool:
        """Whether a file or a folder lies there."""

    def size(self, path: Path) -> int:
        """Bytes of the file at `path`.

        :raises OSError: if it cannot be looked at.
        """

    def look(self, path: Path) -> Sight | None:
        """How the file at `path` looks from outside; nothing where nobody else can see it.

        :raises OSError: if it cannot be looked at.
        """

    def expect(self, path: Path) -> None:
        """Told that the file at `path` will be opened soon."""

    def open(self, path: Path) -> AbstractContextManager[Bytes]:
        """The bytes of the file at `path`, to read to and fro.

        :raises OSError: if it cannot be read.
        """


class Disk:
    """What this machine's own paths lead to."""

    root = None

    def is_file(self, path: Path) -> bool:
        """Whether a regular file lies there."""
        return path.is_file()

    def exists(self, path: Path) -> bool:
        """Whether a file or a folder lies there."""
        return path.exists()

    def size(self, path: Path) -> int:
        """Bytes of the file at `path`.

        :raises OSError: if it cannot be looked at.
        """
        return path.stat().st_size

    def look(self, path: Path) -> Sight:
        """How the file at `path` looks from outside, on all machines that share the disk.

        :raises OSError: if it cannot be looked at.
        """
        return _look(str(path), path.stat())

    def expect(self, path: Path) -> None:
        """Nothing is done, as disks are quick."""

    def open(self, path: Path) -> AbstractContextManager[Bytes]:
        """The bytes of the file at `path`.

        :raises OSError: if it cannot be read.
        """
        return path.open("rb")


DISK = Disk()


class Held:
    """The `data` of one file, which was opened before."""

    root = None

    def __init__(self, data: bytes) -> None:
        self._data = data

    def is_file(self, path: Path) -> bool:
        """It was."""
        return True

    def exists(self, path: Path) -> bool:
        """It did."""
        return True

    def size(self, path: Path) -> int:
        """Bytes of the file."""
        return len(self._data)

    def look(self, path: Path) -> None:
        """Nothing, as nobody else has it."""

    def expect(self, path: Path) -> None:
        """Nothing is done, as it is at hand."""

    def open(self, path: Path) -> AbstractContextManager[Bytes]:
        """The bytes of the file."""
        return BytesIO(self._data)


class Objects:
    """The objects below an address, or the one that it names; `root` is the folder below which their names count.

    :raises StoreError: if the store cannot be spoken to.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._system, key = _connect(address)
        try:
            found: dict[str, dict[str, Any]] = self._system.find(key, detail=True)
        except FileNotFoundError:
            found = {}
        except Exception as cause:  # each library has its own
            raise StoreError(f"{address}: cannot be listed: {_words(cause)}") from cause
        self._is_one = list(found) == [key]
        self._base = key.rpartition("/")[0] if self._is_one else key.rstrip("/")
        self.root = Path(f"/{address.partition('://')[0].lower()}:", self._base.lstrip("/"))
        self._keys: dict[Path, Sight] = {}
        for name, about in sorted(found.items()):
            if about.get("type", "file") == "file" and not name.endswith("/"):
                place = self.root / name.removeprefix(self._base).lstrip("/")
                self._keys.setdefault(place, _look_at(name, about, address))
        self.paths = tuple(sorted(self._keys))
        self._last: tuple[Path, BufferedRandom] | None = None
        self._coming: dict[Path, Future[BufferedRandom]] = {}

    def is_file(self, path: Path) -> bool:
        """Whether an object lies there."""
        if path in self._keys or not self._is_one or not path.is_relative_to(self.root):
            return path in self._keys
        key = f"{self._base}/{path.relative_to(self.root).as_posix()}"  # beside the one that was named
        try:
            about = self._system.info(key)
        except Exception:  # what cannot be looked at is not there
            return False
        self._keys[path] = _look_at(key, about, self._address)
        return True

    def exists(self, path: Path) -> bool:
        """Whether an object lies there; folders are but a way to name objects."""
        return self.is_file(path)

    def size(self, path: Path) -> int:
        """Bytes of the object at `path`, as far as the store tells."""
        return self._keys[path].size

    def look(self, path: Path) -> Sight:
        """How the object at `path` looks from outside, to all who reach the store."""
        return self._keys[path]

    def expect(self, path: Path) -> None:
        """Fetch the object at `path`, unless it is large, while others are read: each takes a while to come."""
        seen = self._keys[path]
        if seen.size <= LARGE and path not in self._coming:
            self._coming[path] = self._fetchers.submit(self._fetch, seen.place)

    @contextmanager
    def open(self, path: Path) -> Iterator[Bytes]:
        """The bytes of the object at `path`, from a temporary file, which stays for who asks for the same one next.

        :raises OSError: if they cannot be fetched.
        """
        if self._last is None or self._last[0] != path:
            coming = self._coming.pop(path, None)
            fetched = coming.result() if coming else self._fetch(self._keys[path].place)
            if self._last is not None:
                self._last[1].close()
            self._last = path, fetched
        local = self._last[1]
        local.seek(0)
        yield local

    @cached_property
    def _fetchers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(FETCHERS)

    def _fetch(self, key: str) -> BufferedRandom:
        local = TemporaryFile()  # noqa: SIM115 - it is closed when the next object is fetched
        try:
            with self._system.open(key, "rb") as remote:
                shutil.copyfileobj(remote, local, CHUNK)
        except Exception as cause:  # each library has its own
            local.close()
            raise OSError(EIO, _words(cause)) from cause
        return local


def is_address(path: str | os.PathLike[str]) -> bool:
    """Whether `path` is the address of a store.

    >>> is_address("s3://bucket/notes"), is_address("notes/a.txt"), is_address("C://notes")
    (True, False, False)
    """
    return isinstance(path, str) and ADDRESS.fullmatch(path) is not None


def fetch(sight: Sight) -> bytes:
    """The bytes of the file that looks from here as `sight` has it.

    :raises StoreError: with the reason, if there is none, or it cannot be read.
    """
    try:
        data = _fetch_object(sight) if sight.store else _fetch_file(sight)
    except StoreError:
        raise
    except FileNotFoundError as cause:
        raise StoreError(os.strerror(ENOENT)) from cause
    except Exception as cause:  # each library has its own
        raise StoreError(_words(cause)) from cause
    if data is None or len(data) != sight.size:
        raise StoreError("another file is there, or it has changed")
    return data


def _fetch_file(sight: Sight) -> bytes | None:
    path = Path(sight.place)
    found = path.stat()
    if not S_ISREG(found.st_mode) or not _look(sight.place, found).fits(sight):
        return None  # nor is a pipe opened
    with path.open("rb") as stream:
        return stream.read(sight.size + 1)


def _fetch_object(sight: Sight) -> bytes | None:
    system, _ = _connect(sight.store)
    about = system.info(sight.place)
    if about.get("type", "file") != "file" or not _look_at(sight.place, about, sight.store).fits(sight):
        return None
    return bytes(system.cat_file(sight.place))


def _look(place: str, found: os.stat_result) -> Sight:
    return Sight(place, found.st_size, (("mtime", str(found.st_mtime_ns)),))


def _look_at(key: str, about: Mapping[str, Any], address: str) -> Sight:
    marks = tuple((name, str(about[name]).strip('"')) for name in MARKS if about.get(name))
    return Sight(key, int(about.get("size") or 0), marks, address)


def _connect(address: str) -> tuple[Any, str]:
    """The store of an address, and what it calls what lies there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as cause:
        raise StoreError(
            f"{address}: object stores need fsspec, which is not installed: pip install 'dragoman[cluster]'"
        ) from cause
    try:
        system, key = url_to_fs(address)
    except ImportError as cause:
        raise StoreError(f"{address}: a library for this store is missing: {_words(cause)} (by pip)") from cause
    except Exception as cause:  # each library has its own
        raise StoreError(f"{address}: cannot be reached: {_words(cause)}") from cause
    return system, str(key)


def _words(cause: BaseException) -> str:
    """What an error says, or else its name, in one line that is not long."""
    told = (isinstance(cause, OSError) and cause.strerror) or str(cause) or type(cause).__name__
    line = " ".join(told.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
