"""One process at a time: a lock that the system takes back when its holder ends, however it ends.

``flock`` (https://man7.org/linux/man-pages/man2/flock.2.html), or ``LockFileEx`` on Windows. Libraries for this leave
the lock's file behind; here it is removed with the lock, which takes a second look at who holds what.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDEADLK, ENOLCK, ENOSYS, ENOTSUP
from pathlib import Path

__all__ = ["locked"]

PAUSE = 0.1
"""Seconds between two tries."""
HELD = frozenset({EACCES, EAGAIN, EDEADLK})
"""Errors that tell that another holds the lock."""
NO_LOCKS = frozenset({ENOLCK, ENOSYS, ENOTSUP})
"""Errors of a file system that has no locks."""


@contextmanager
def locked(path: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[bool]:
    """Hold the lock that the file `path` stands for; it is made, and removed in the end.

    :param waiting: called once if another holds the lock, before its end is waited for.
    :returns: whether the lock is held; it is not on a file system without locks.
    :raises OSError: if the file cannot be made.
    """
    file, held = _try(path)
    if file is None:
        waiting()
        while file is None:
            time.sleep(PAUSE)
            file, held = _try(path)
    try:
        yield held
    finally:
        _release(path, file)


def _try(path: Path) -> tuple[int | None, bool]:
    """The open file and whether it is locked; no file where another holds the lock."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        _lock(file)
    except OSError as cause:
        if cause.errno in NO_LOCKS:
            return file, False
        os.close(file)
        if cause.errno in HELD:
            return None, False
        raise
    if not _is_at(file, path):  # its holder removed it between our opening and locking
        os.close(file)
        return _try(path)
    return file, True


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _release(path: Path, file: int) -> None:
        os.close(file)
        with suppress(OSError):  # another has opened it by now
            path.unlink()

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(path: Path, file: int) -> None:
        with suppress(OSError):  # a file without its lock does no harm, and the next holder takes it up
            path.unlink()
        os.close(file)
