"""Readings as they are made, beside the folder of a build, so that one that is stopped goes on where it stopped.

The journal is a file like ``readings.jsonl`` (:mod:`dragoman.readings`), to which each reading is added in one piece
when it is made. A build that is killed within a line leaves one whose checksum tells; that document is read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dragoman.ontology import Ontology
from dragoman.readings import Fingerprint, Kept, format_fingerprint, read_lines

__all__ = ["Journal", "open_journal"]


class Journal:
    """A file that readings are added to; it is made with the first one."""

    def __init__(self, path: Path | None, fingerprint: Fingerprint, ontology: Ontology, *, fresh: bool) -> None:
        self.path, self._fingerprint = path, fingerprint
        self._file: BinaryIO | None = None
        left = read_lines(path, fingerprint, ontology).readings if path and not fresh else {}
        self.kept = Kept(left)

    def add(self, line: bytes) -> None:
        """Add the `line` of a reading.

        :raises OSError: if it cannot be written; what there was before stays whole.
        """
        if self.path is None:
            return
        if self._file is None:
            self._file = self.path.open("ab" if self.kept.readings else "wb", buffering=0)
            line = (b"\n" if self.kept.readings else format_fingerprint(self._fingerprint)) + line
        size = os.fstat(self._file.fileno()).st_size
        try:
            _write(self._file, line)
        except OSError:
            os.ftruncate(self._file.fileno(), size)
            if not size:
                self.path.unlink()
            raise

    def close(self) -> None:
        """Leave the file as it is, for the next build."""
        if self._file is not None:
            self._file.close()


@contextmanager
def open_journal(
    path: Path | None, fingerprint: Fingerprint, ontology: Ontology, *, fresh: bool = False
) -> Iterator[Journal]:
    """The journal at `path`, with what an earlier build left there; without a path, one that keeps nothing.

    :param fresh: begin anew, whatever was left.
    """
    journal = Journal(path, fingerprint, ontology, fresh=fresh)
    try:
        yield journal
    finally:
        journal.close()


def _write(file: BinaryIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
