"""What a worker of a Dask cluster does for a build elsewhere: it gives what it is sent to processes of our own.

These stay for the next batch, one for each thread that works at a time, until the build ends; a worker that does not
read as who builds does reads nothing. :mod:`dragoman.cluster` is the other end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock
from uuid import uuid4

from dragoman import __version__
from dragoman.language.hashes import hash_model
from dragoman.ontology import hash_ontology
from dragoman.readings import Fingerprint, to_fingerprint
from dragoman.records import Document
from dragoman.worker import Made, Setup
from dragoman.workers import Pool, WorkerError, batch_documents

__all__ = ["Answer", "Job", "end_job", "read_batch", "same"]

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
    """What a worker made of each document of a batch, in their order; or why it reads nothing."""

    made: tuple[Made, ...] = ()
    refusal: str = ""


def read_batch(job: Job, documents: Sequence[Document]) -> Answer:
    """What a process beside this worker made of `documents`."""
    try:
        desk = _find_desk(job)
        with desk.pool() as pool:
            made = {document.name: found for document, found in pool.answer(batch_documents(documents))}
    except ValueError as cause:  # no such model, no memory for it; another fault of the cluster's
        return Answer(refusal=f"worker {_own_address()}: {cause}")
    return Answer(tuple(made[document.name] for document in documents))


def end_job(key: str) -> None:
    """End the processes that were started for a job, by its key, as soon as they have nothing to do; start no more."""
    with _lock:
        _ended.add(key)
        desk = _desks.pop(key, None)
    if desk:
        desk.close()


class _Desk:
    """The processes of a worker that read for one job."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.idle: list[Pool[Document]] = []
        self.closed = False

    @contextmanager
    def pool(self) -> Iterator[Pool[Document]]:
        """A process that nobody else uses; it stays for the next one who asks, unless something fails."""
        with _lock:
            pool = self.idle.pop() if self.idle else Pool[Document](self.setup, 1)
        try:
            yield pool
        except BaseException:
            pool.end()
            raise
        with _lock:
            if not self.closed:
                self.idle.append(pool)
                return
        pool.end()

    def close(self) -> None:
        """End those that are idle now, and each other one when it has done what it is at."""
        with _lock:
            self.closed = True
        self.rest()

    def rest(self) -> None:
        """End those that are idle, until they are needed again."""
        with _lock:
            idle, self.idle = self.idle, []
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
        desk = _desks[job.key] = _Desk(setup)
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
