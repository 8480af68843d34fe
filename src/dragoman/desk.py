"""What a worker of a Dask cluster does for a build elsewhere: it gives what it is sent to processes of our own.

These stay for the next batch, one for each thread that works at a time, until the build ends; a worker that does not
read as who builds does reads nothing. :mod:`dragoman.cluster` is the other end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from uuid import uuid4

from dragoman import __version__
from dragoman.errands import Errand, Opening, leave
from dragoman.keptfiles import ParsedWith
from dragoman.language.hashes import hash_model
from dragoman.ontology import hash_ontology
from dragoman.readings import Fingerprint, to_fingerprint
from dragoman.records import Document
from dragoman.worker import Made, Setup, Work
from dragoman.workers import Batches, Item, Pool, WorkerError, batch_documents

__all__ = ["Answer", "Job", "end_job", "open_batch", "read_batch", "same"]

T = TypeVar("T", bound=Item)

FOLDER = "dragoman-ontology"
"""The folder within that of a worker, which Dask clears away, where the user's ontology files lie."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker needs beside documents: which reader, and what it must be made of to read as ours."""

    key: str  # of this build alone
    version: str
    fingerprint: Fingerprint
    model: str
    ontology: tuple[bytes, ...] = field(default=(), repr=False)  # the user's own files

    @classmethod
    def of(cls, setup: Setup) -> Job:
        """The job of reading as `setup` does here."""
        made_with = _fingerprint(setup.model, setup.ontology_files)
        own = tuple(path.read_bytes() for path in setup.ontology_files)
        return cls(uuid4().hex, __version__, made_with, setup.model, own)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker made of each item of a batch, in their order; or why it makes nothing of any."""

    made: tuple[Made, ...] = ()
    refusal: str = ""


def read_batch(job: Job, documents: Sequence[Document]) -> Answer:
    """What a process beside this worker made of `documents`."""
    return _answer(job, lambda desk: desk.make(desk.setup, batch_documents(documents)), documents)


def open_batch(job: Job, opening: Opening, errands: Sequence[Errand]) -> Answer:
    """What a process beside this worker found in the files that `errands` are about."""

    def make(desk: _Desk) -> Iterator[tuple[Errand, Made]]:
        other = desk.differences(opening)
        if other:
            return ((errand, leave(f"({_own_address()}) parses otherwise: {other}")) for errand in errands)
        return desk.make(opening, Batches(errands, lambda errand: errand.weight))

    return _answer(job, make, errands)


def _answer(job: Job, make: Callable[[_Desk], Iterable[tuple[T, Made]]], items: Sequence[T]) -> Answer:
    try:
        made = {id(item): found for item, found in make(_find_desk(job))}  # names of files may look alike
    except ValueError as cause:  # no such model, no memory for it; another fault of the cluster's
        return Answer(refusal=f"worker {_own_address()}: {cause}")
    return Answer(tuple(made[id(item)] for item in items))


def end_job(key: str) -> None:
    """End the processes that were started for a job, by its key, as soon as they have nothing to do; start no more."""
    with _lock:
        _ended.add(key)
        desk = _desks.pop(key, None)
    if desk:
        desk.close()


class _Desk:
    """The processes of a worker that work for one job, those of each work by themselves."""

    def __init__(self, setup: Setup, ontology_sha256: str) -> None:
        self.setup, self.ontology_sha256 = setup, ontology_sha256
        self.idle: dict[Work, list[Pool[Any]]] = defaultdict(list)
        self.told: dict[Opening, str] = {}
        self.closed = False

    def make(self, work: Work, batches: Batches[T]) -> Iterator[tuple[T, Made]]:
        """What a process that nobody else uses makes of each item; it stays for who asks next, unless it fails."""
        with _lock:
            pool = self.idle[work].pop() if self.idle[work] else Pool[T](work, 1)
        try:
            yield from pool.answer(batches)
        except BaseException:
            pool.end()
            raise
        with _lock:
            if not self.closed:
                self.idle[work].append(pool)
                return
        pool.end()

    def differences(self, opening: Opening) -> str:
        """In words, what files are parsed with here otherwise than where `opening` was made."""
        if opening not in self.told:
            here = ParsedWith.now(ontology_sha256=self.ontology_sha256, options=opening.options)
            self.told[opening] = _differences(asdict(opening.parsed_with), asdict(here))
        return self.told[opening]

    def close(self) -> None:
        """End those that are idle now, and each other one when it has done what it is at."""
        with _lock:
            self.closed = True
        self.rest()

    def rest(self) -> None:
        """End those that are idle, until they are needed again."""
        with _lock:
            idle = [pool for pools in self.idle.values() for pool in pools]
            self.idle.clear()
        for pool in idle:
            pool.end()


_desks: dict[str, _Desk] = {}
_ended: set[str] = set()
_lock = Lock()


def _find_desk(job: Job) -> _Desk:
    """The desk of `job`; a new one has others, whose builds may have been killed, end what stands idle.

    :raises WorkerError: if this worker does not read as `job` asks.
    """
    with _lock:
        if desk := _desks.get(job.key):
            return desk
        if job.key in _ended:
            raise WorkerError("was told that the build has ended")
        setup = Setup(job.model, _write_ontology(job))
        _compare(job, setup)
        others = list(_desks.values())
        desk = _desks[job.key] = _Desk(setup, job.fingerprint.ontology)
    for other in others:
        other.rest()
    return desk


def _write_ontology(job: Job) -> tuple[Path, ...]:
    from distributed import get_worker

    folder = Path(get_worker().local_directory, FOLDER, job.key)
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"{number:02}.ttl" for number, _ in enumerate(job.ontology, start=1))
    for path, data in zip(paths, job.ontology, strict=True):
        path.write_bytes(data)
    return paths


def _compare(job: Job, setup: Setup) -> None:
    if job.version != __version__:
        raise WorkerError(f"has dragoman {__version__}, and {job.version} builds; install the same version")
    there = asdict(_fingerprint(setup.model, setup.ontology_files))
    if other := _differences(asdict(job.fingerprint), there):
        raise WorkerError(f"reads otherwise than who builds; install the same dragoman and libraries: {other}")


def _differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    return "; ".join(
        f"{name} ({theirs[name]} there, {ours[name]} here)" if name == "libraries" else f"{name} differs"
        for name in ours
        if ours[name] != theirs[name]
    )


def _own_address() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _fingerprint(model: str, ontology_files: Sequence[Path]) -> Fingerprint:
    return to_fingerprint(model_sha256=hash_model(model), ontology_sha256=hash_ontology(ontology_files))


def same(job: Job) -> Job:
    """What the `job` is that batches are sent with, so that it is sent once."""
    return job
