"""A store of a large graph on disk, beside its file: made once, it is opened at once, where loading takes long.

It is Oxigraph's on RocksDB, which several processes read at a time, and answers as the store in memory does
(:func:`dragoman.query.load_store`). The folder ``graph.store`` of a build holds it::

    graph.store/store.json    what it was made of, and by which Oxigraph
    graph.store/data/         the store itself
    graph.store/.gitignore    so that neither Git
    graph.store/CACHEDIR.TAG  nor backups take it along: https://bford.info/cachedir/

A store is used for the very file that it was made of, as the system knows it: its number, size, and the times of its
last change, of which no program can set the one called ctime. Where that differs for a file of the same number, as by
``chmod``, or where the system has no ctime, the bytes decide, by their SHA-256. A copy of a graph gets a store of its
own: one that came along with it, from whomever, is not opened.

It is made beside its place and renamed: whoever is killed leaves a whole store or none, and what else is left is
cleared away by the next that makes one. One process at a time does. A build takes no store along into its new folder.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Self

import msgspec
import pyoxigraph as ox

from dragoman.locking import locked
from dragoman.output import SCRATCH, STAMP, STORE, STORE_SCRATCH, is_store
from dragoman.query import damaged, dataset_of, refuse_later_store
from dragoman.serialization import replace_file

__all__ = ["SMALL", "STORE_FAULTS", "Progress", "StoreError", "find_store", "is_large", "make_store", "remove_store"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

SMALL = 30_000_000
"""Bytes of a graph, some 140,000 quads, up to which it is loaded in about a second, and no store is worth its room."""
ROOM = 3
"""Bytes of disk, for each of a graph's, that making a store may take; made, it takes about 2.1."""
FORM = 1
"""Number of the way in which a store is laid out; another's is made anew."""
DATA = "data"
"""The folder of the store itself."""
LOCK = f"{STORE_SCRATCH}lock{SCRATCH}"
"""The hidden file that one process at a time holds while it makes a store."""
ASIDE = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made of graph.nq, and can be again.\n",
}
"""Files that keep a store out of what it needs not be in, and what they hold."""
SETTLED = 2_000_000_000
"""Nanoseconds after a change within which a system may give another change the same time."""
MEGABYTE = 1_000_000
READING, SORTING = "megabytes into the store", "sorting the store"
"""What is told of the making."""
STORE_FAULTS = (OSError, RuntimeError)
"""What Oxigraph raises where it cannot read or write a store on disk."""
CHANGED = "the graph changed meanwhile"


class StoreError(ValueError):
    """A store that cannot be made, or kept, where it should be; the message says why."""


class _Mark(msgspec.Struct, frozen=True):
    """How the system knows a file; `modified` and `changed` are its mtime and ctime, in nanoseconds."""

    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Self:
        return cls(stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)

    def is_settled(self) -> bool:
        """Whether a further change would be seen by its time."""
        return time.time_ns() - self.changed > SETTLED


class _Stamp(msgspec.Struct, frozen=True):
    """What a store was made of: the bytes of ``graph.nq`` and the file that held them."""

    form: int
    oxigraph: str
    sha256: str
    file: _Mark


def is_large(folder: Path) -> bool:
    """Whether the graph in `folder` takes so long to load that a store is worth its room.

    :raises RecordError: if the folder or its dataset is missing.
    """
    return dataset_of(folder).stat().st_size > SMALL


def find_store(folder: Path) -> ox.Store | None:
    """The store on disk of the graph in `folder`, opened to be read; nothing where there is none of this very graph.

    :raises RecordError: if the folder or its dataset is missing, or a later dragoman wrote it.
    """
    path = dataset_of(folder)
    if not _is_of(folder / STORE, path):
        return None
    try:
        store = ox.Store.read_only(str(folder / STORE / DATA))
    except STORE_FAULTS:  # damaged, or not to be read by this user
        return None
    refuse_later_store(store, path)
    return store


def make_store(
    folder: Path,
    *,
    making: Callable[[], Progress] = lambda: lambda stage, done, total: None,
    waiting: Callable[[], None] = lambda: None,
) -> ox.Store:
    """The store on disk of the graph in `folder`, opened to be read; it is made unless it is there.

    :param making: called once if it is made here, before that begins; what comes back is told how far it has come.
    :param waiting: called once if another process makes it, before its end is waited for.
    :raises StoreError: if it cannot be: the folder cannot be written, there is no room, or the graph changes.
    :raises RecordError: if the folder or its dataset is missing or damaged, or a later dragoman wrote it.
    """
    path = dataset_of(folder)
    try:
        with locked(folder / LOCK, waiting=waiting) as held:
            if held:
                _clear_leavings(folder)
            store = find_store(folder)
            if store is not None:
                return store
            with _scratch_in(folder) as scratch:
                _put_aside(folder / STORE, scratch)
                _check_room(folder, path.stat().st_size)
                new = scratch / "new"
                new.mkdir()  # with the usual permissions, which the folder around it does not have
                if not _fill(new, path, making()):
                    raise _refusal(folder, CHANGED)
                new.rename(folder / STORE)
    except STORE_FAULTS as cause:
        raise _refusal(folder, str(getattr(cause, "strerror", "") or cause)) from cause
    store = find_store(folder)
    if store is None:
        raise _refusal(folder, CHANGED)
    return store


def remove_store(folder: Path, *, waiting: Callable[[], None] = lambda: None) -> bool:
    """Remove the store on disk of the graph in `folder`, and what killed processes left; whether there was a store.

    :param waiting: called once if another process makes one, before its end is waited for.
    :raises OSError: if it cannot be removed.
    """
    with locked(folder / LOCK, waiting=waiting) as held:
        if held:
            _clear_leavings(folder)
        if not is_store(folder / STORE):
            return False
        with _scratch_in(folder) as scratch:
            _put_aside(folder / STORE, scratch)
    return True


def _is_of(place: Path, path: Path) -> bool:
    """Whether the store at `place` was made of the file at `path`, as it is now."""
    try:
        stamp = msgspec.json.decode((place / STAMP).read_bytes(), type=_Stamp)
    except (OSError, msgspec.MsgspecError):
        return False
    now = _Mark.of(path.stat())
    if (stamp.form, stamp.oxigraph, stamp.file.inode) != (FORM, ox.__version__, now.inode):
        return False
    if now == stamp.file and sys.platform != "win32":
        return True
    with path.open("rb") as file:
        same = file_digest(file, "sha256").hexdigest() == stamp.sha256
    if same and now != stamp.file and now.is_settled():
        with suppress(OSError):  # where it cannot be written, the bytes decide again next time
            replace_file(place / STAMP, msgspec.json.encode(msgspec.structs.replace(stamp, file=now)))
    return same


@contextmanager
def _scratch_in(folder: Path) -> Iterator[Path]:
    """A new folder for a store that is made or removed, itself removed in the end."""
    scratch = Path(tempfile.mkdtemp(prefix=STORE_SCRATCH, suffix=SCRATCH, dir=folder))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _put_aside(place: Path, scratch: Path) -> None:
    """Take the store at `place` away, where there is one: at once, so that no half of it is ever there.

    :raises StoreError: if something else is there.
    """
    if not os.path.lexists(place):
        return
    if not is_store(place):
        raise _refusal(place.parent, "what is there was not made by dragoman; move it away")
    place.rename(scratch / "old")
    shutil.rmtree(scratch / "old", ignore_errors=True)


def _check_room(folder: Path, size: int) -> None:
    """Refuse a disk that has no room for the store of a graph of `size` bytes.

    :raises StoreError: if there is none.
    """
    free, needed = shutil.disk_usage(folder).free, ROOM * size
    if free < needed:
        raise _refusal(folder, f"it may need {needed / 1e9:,.1f} GB of disk, and {free / 1e9:,.1f} are free")


def _refusal(folder: Path, reason: str) -> StoreError:
    return StoreError(f"{folder / STORE}: cannot be made: {reason}")


def _clear_leavings(folder: Path) -> None:
    """Remove what killed processes left of stores that they made or removed."""
    for path in folder.glob(f"{STORE_SCRATCH}*{SCRATCH}"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _fill(new: Path, path: Path, progress: Progress) -> bool:
    """Make the store of the file at `path` in the folder `new`; says whether the file stayed the same meanwhile."""
    _wait_until_settled(path)
    with _Source(path, progress) as source:
        mark = _Mark.of(os.fstat(source.fileno()))
        store = ox.Store(str(new / DATA))
        try:
            store.bulk_load(source, format=ox.RdfFormat.N_QUADS)
            refuse_later_store(store, path)
            source.again()
            store.bulk_extend(_merged(source))
        except SyntaxError as cause:
            raise damaged(path, cause) from cause
        progress(SORTING, 0, 0)
        store.optimize()
        store.flush()
        del store  # which closes it
        same = _Mark.of(os.fstat(source.fileno())) == mark
    for name, text in ASIDE.items():
        (new / name).write_text(text, encoding="ascii")
    (new / STAMP).write_bytes(msgspec.json.encode(_Stamp(FORM, ox.__version__, source.sha256, mark)))
    return same


def _wait_until_settled(path: Path) -> None:
    if not _Mark.of(path.stat()).is_settled():
        time.sleep(SETTLED / 1e9)


def _merged(source: io.FileIO) -> Iterator[ox.Quad]:
    """The triples of all graphs, as quads of the default graph."""
    for quad in ox.parse(source, format=ox.RdfFormat.N_QUADS):
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


class _Source(io.FileIO):
    """A file that is read twice, of which is told how far that has come, and known by its SHA-256 after the first."""

    def __init__(self, path: Path, progress: Progress) -> None:
        super().__init__(path)
        self._hash, self._hashing, self._progress = sha256(), True, progress
        self._done, self._told = 0, -1
        self._total = 2 * path.stat().st_size // MEGABYTE

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes, at most `size`."""
        data = super().read(size) or b""
        if self._hashing:
            self._hash.update(data)
        self._done += len(data)
        if self._done // MEGABYTE != self._told:
            self._told = self._done // MEGABYTE
            self._progress(READING, self._told, self._total)
        return data

    def again(self) -> None:
        """Begin a second time."""
        self.seek(0)
        self._hashing = False

    @property
    def sha256(self) -> str:
        """Of all bytes, as hexadecimal digits."""
        return self._hash.hexdigest()
