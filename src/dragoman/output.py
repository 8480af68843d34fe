"""The folder that a build writes: made beside its place, then put there at once, whole or not at all.

Where the system can swap two folders in one step (``renameat2`` of Linux), a build that is killed leaves the old folder
or the new one; elsewhere two renames follow each other, and if it is killed between them, the next build puts the old
one back. Builds into one folder follow each other, so that whatever lies beside it when a build begins was left by one
that was killed, and is cleared away.
"""

from __future__ import annotations

import ctypes
import glob
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import Any

from dragoman.locking import locked

__all__ = ["REPORT", "STORE", "OutputError", "built_files", "is_build", "is_report", "is_store", "replaced_folder"]

REPORT = "report.json"
"""The file by which the folder of a build is known; its ``files`` are those that the build wrote."""
MADE_BY = "dragoman"
"""The key of a report that holds the version which wrote it."""
SCRATCH = ".part"
"""How the name of the hidden folder ends in which a build writes, beside the folder that it will replace."""
LOCK = f".lock{SCRATCH}"
"""How the name of the hidden file ends, beside the folder, that one build at a time holds."""
JOURNAL = f".journal{SCRATCH}"
"""How the name of the hidden file ends, beside the folder, in which a build keeps what it has read so far."""
STORE = "graph.store"
"""The folder, within that of a build, of a store on disk that was made of its graph (:mod:`dragoman.keptstore`)."""
STORE_SCRATCH = f".{STORE}."
"""How the names of files and folders begin that are there while a store is made; they end as SCRATCH says."""
STAMP = "store.json"
"""The file by which a store is known."""
OLD = 24 * 60 * 60
"""Seconds after which a hidden folder is the leavings of a killed build, on a file system that has no locks."""
FULL = frozenset({ENOSPC, EDQUOT, EFBIG})
"""Errors that tell that a disk, or a user's share of it, is full."""
_HERE = -100  # AT_FDCWD
_SWAP = 2  # RENAME_EXCHANGE


class OutputError(ValueError):
    """A folder that cannot be written, or that holds what no build wrote; the message says what to do."""


def is_build(folder: Path) -> bool:
    """Whether `folder` is one that a build wrote."""
    return _read_report(folder) is not None


def is_report(data: bytes) -> bool:
    """Whether `data` is a report that a build wrote into its folder."""
    return _parse_report(data) is not None


def is_store(place: Path) -> bool:
    """Whether `place` is a store on disk that was made of a graph."""
    return not place.is_symlink() and (place / STAMP).is_file()


def built_files(folder: Path) -> list[str]:
    """The files that a build wrote into `folder`, as far as they are there, by their paths below it; sorted."""
    report = _read_report(folder)
    named = set(map(str, report["files"])) if report else set()
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in there if name in named)


def journal_path(target: Path | None) -> Path | None:
    """Where a build into the folder `target` keeps what it has read until the folder is in place; nowhere without one.

    >>> journal_path(Path("/graphs/un")).as_posix()
    '/graphs/.un.journal.part'
    """
    if target is None:
        return None
    place = Path(os.path.realpath(target))
    return place.with_name(f".{place.name}{JOURNAL}")


@contextmanager
def replaced_folder(target: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """A new folder to write into; when the block ends without an error, it takes the place of `target`.

    Files in an older build's folder that the build did not write are kept. The new folder has a ``report.json`` whose
    ``files`` names all that is in it. The journal beside it is removed when it is in place.

    :param waiting: called once if another build writes into `target`, before its end is waited for.
    :raises OutputError: before anything is written, if the place cannot be written, or is no build's and not empty;
        later, if the disk fills up. The old folder stays as it was.
    """
    _check_target(target)
    place = Path(os.path.realpath(target))
    with _alone(target, place, waiting) as held:
        _clear_leavings(place, older_than=0 if held else OLD)
        _check_target(target)
        scratch = _make_scratch(target, place)
        try:
            new = scratch / "new"
            new.mkdir()  # with the usual permissions, which the folder around it does not have
            yield new
            _keep_others(place, new)
            _put_in_place(new, place, scratch / "old")
            with suppress(OSError):  # all that it holds is in the folder, and the next build removes it
                place.with_name(f".{place.name}{JOURNAL}").unlink(missing_ok=True)
        except OSError as cause:
            if cause.errno not in FULL:
                raise
            state = "the old graph is left as it was" if place.exists() else "nothing was written"
            raise OutputError(
                f"{target}: cannot be written: {cause.strerror}; {state}; make room, or give another folder with -o"
            ) from cause
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _alone(target: Path, place: Path, waiting: Callable[[], None]) -> Iterator[bool]:
    """Keep other builds into `place` waiting; says whether the file system can do that."""
    with ExitStack() as stack:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            held = stack.enter_context(locked(place.with_name(f".{place.name}{LOCK}"), waiting=waiting))
        except OSError as cause:
            raise _unwritable(target, cause) from cause
        yield held


def _make_scratch(target: Path, place: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=SCRATCH, dir=place.parent))
    except OSError as cause:
        raise _unwritable(target, cause) from cause


def _unwritable(target: Path, cause: OSError) -> OutputError:
    return OutputError(f"{target}: cannot be written: {cause.strerror}; give another folder with -o")


def _check_target(target: Path) -> None:
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise OutputError(f"{target}: is a file; give a folder with -o")
    try:
        empty = not any(target.iterdir())
    except OSError as cause:
        raise OutputError(f"{target}: cannot be read: {cause.strerror}; give another folder with -o") from cause
    if not empty and not is_build(target):
        raise OutputError(
            f"{target}: holds files that no build wrote, and is left as it is; give a new or empty folder"
        )
    if not os.access(target, os.W_OK | os.X_OK):
        raise OutputError(f"{target}: cannot be written: Permission denied; give another folder with -o")


def _clear_leavings(place: Path, *, older_than: float) -> None:
    """Remove what killed builds left beside `place`, `older_than` seconds; put an old folder that lies there back."""
    chosen = "[a-z0-9_]" * 8  # by mkdtemp; a longer part is of a folder whose name begins like this one's
    for path in place.parent.glob(f".{glob.escape(place.name)}.{chosen}{SCRATCH}"):
        if time.time() - path.stat().st_mtime < older_than:
            continue
        if (path / "old").is_dir() and not place.exists():
            (path / "old").rename(place)
        shutil.rmtree(path, ignore_errors=True)


def _read_report(folder: Path) -> dict[str, Any] | None:
    try:
        return _parse_report((folder / REPORT).read_bytes())
    except OSError:
        return None


def _parse_report(data: bytes) -> dict[str, Any] | None:
    try:
        report = json.loads(data)
    except ValueError:
        return None
    known = isinstance(report, dict) and MADE_BY in report and isinstance(report.get("files"), list)
    return report if known else None


def _keep_others(target: Path, new: Path) -> None:
    """Copy what the old folder holds beside a build's own files, and a store of its graph, into the new one.

    :raises OutputError: if the new build wrote a file of that name.
    """
    report = _read_report(target) if target.is_dir() else None
    if report is None:
        return
    own = set(map(str, report["files"]))
    for folder, folders, names in os.walk(target):
        if Path(folder) == target:
            folders[:] = [name for name in folders if not _is_of_store(target / name)]
            names = [name for name in names if not _is_of_store(target / name)]
        for name in names:
            path = Path(folder, name)
            place = path.relative_to(target)
            if place.as_posix() in own:
                continue
            if os.path.lexists(new / place):
                raise OutputError(f"{path}: was written by no build, and this one would replace it; move it away")
            (new / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, new / place, follow_symlinks=False)


def _is_of_store(path: Path) -> bool:
    """Whether `path` is a store of the graph beside it, or is there while one is made."""
    if path.name == STORE:
        return is_store(path)
    return path.name.startswith(STORE_SCRATCH) and path.name.endswith(SCRATCH)


def _put_in_place(new: Path, target: Path, old: Path) -> None:
    try:
        if not target.exists():
            new.rename(target)
            return
        shutil.copymode(target, new)
        swap = _find_swap()
        if swap is None or not swap(os.fsencode(new), os.fsencode(target)):
            target.rename(old)
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise
    except OSError as cause:
        raise OutputError(
            f"{target}: cannot be replaced: {cause.strerror}; the old folder is left as it was"
        ) from cause


def _find_swap() -> Callable[[bytes, bytes], bool] | None:
    """A function that swaps two folders in one step and says whether it did; nothing where the system has none."""
    if not sys.platform.startswith("linux"):
        return None
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return None
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return lambda left, right: rename(_HERE, left, _HERE, right, _SWAP) == 0
