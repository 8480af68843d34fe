"""The dataset of a build to N-Quads in several files, for stores that load many at a time or spread over machines.

All quads of a subject are in one file, which the SHA-256 of the subject chooses; within a file they are sorted, as in
``graph.nq``. The same graph in as many shards gives the same bytes, compressed ones too (gzip, RFC 1952, without a name
or a time). No more than a line for each file is in memory.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from dragoman.contract import ContractError, contract_of, refuse_later
from dragoman.export import ExportError
from dragoman.record import DATASET, RecordError
from dragoman.serialization import replaced_file

__all__ = ["MOST", "write_shards"]

MOST = 500
"""Shards that can be written: each is an open file."""
LEVEL = 6
"""How hard gzip tries: that of its command."""
SUFFIXES = (".nq", ".nq.gz")


def write_shards(folder: Path, target: Path, count: int) -> list[Path]:
    """Write the dataset in the output `folder` as `count` files beside each other, all of them or none.

    :param target: what they are called after: ``shards/graph.nq.gz`` gives ``shards/graph-01-of-16.nq.gz`` and so on.
    :returns: the files, in their order.
    :raises ExportError: if `target` does not end in ``.nq`` or ``.nq.gz``, its folder is not there, or shards of
        another export lie in it, which a store would load too.
    :raises RecordError: if the build is missing or damaged.
    """
    paths = _shard_paths(target, count)
    _check(folder / DATASET)
    with ExitStack() as stack, (folder / DATASET).open("rb") as lines:
        files = [stack.enter_context(_opened(path)) for path in paths]
        for subject, several in groupby(lines, key=_subject):
            files[int.from_bytes(sha256(subject).digest()[:8], "big") % count].writelines(several)
    return paths


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with replaced_file(path) as file:
        if path.suffix != ".gz":
            yield file
            return
        with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=file, mtime=0) as packed:
            yield cast("IO[bytes]", packed)


def _shard_paths(target: Path, count: int) -> list[Path]:
    suffix = next((suffix for suffix in reversed(SUFFIXES) if target.name.endswith(suffix)), "")
    stem = target.name.removesuffix(suffix)
    if not suffix or not stem:
        raise ExportError(f"{target}: shards are named like {' or '.join('graph' + suffix for suffix in SUFFIXES)}")
    if not target.parent.is_dir():
        raise ExportError(f"{target.parent}: no such folder; make it first")
    width = len(str(count))
    paths = [target.with_name(f"{stem}-{number:0{width}}-of-{count}{suffix}") for number in range(1, count + 1)]
    form = re.compile(rf"{re.escape(stem)}-\d+-of-\d+\.nq(\.gz)?")
    there = {path for path in target.parent.iterdir() if form.fullmatch(path.name)}
    if others := sorted(there - set(paths)):
        raise ExportError(f"{others[0]}: is a shard of another export; remove it, or name another folder")
    return paths


def _check(path: Path) -> None:
    if not path.parent.is_dir():
        raise RecordError(f"{path.parent}: no such folder; give the output folder of a build")
    try:
        refuse_later(contract_of(ox.parse(path=path, format=ox.RdfFormat.N_QUADS)), str(path))
    except OSError as cause:
        raise RecordError(f"{path}: cannot be read: {cause.strerror}; build the graph first") from cause
    except SyntaxError as cause:
        raise RecordError(f"{path}:{cause.lineno or 1}: damaged: {cause.msg}; build the graph again") from cause
    except ContractError as cause:
        raise RecordError(str(cause)) from cause


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]
