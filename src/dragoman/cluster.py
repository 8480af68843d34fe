"""Files to documents to readings on the workers of a Dask cluster (https://distributed.dask.org), of many machines.

Who builds lists the files, and reads tables of metadata. Workers open the files in batches, where they see them as who
builds does: on a disk that they share, or in an object store (:mod:`dragoman.errands`). A file that a worker does not
see, or that is larger than one text may be, as an archive is, is opened by who builds. So is any where a worker has
other libraries that parse. What is in the files comes back in their order, so that of copies the first is read.

Documents go to workers in batches, by content. Of both kinds of batches, some are on their way for each thread of each
worker, no more than are soon done. A worker's thread gives its batch to a process of our own
(:class:`dragoman.workers.Pool`), which stays for the next one: as on one machine, a document that ends two of these
processes is left out, and the worker lives on; so is a file. Where a worker ends itself, Dask has another one take the
batch. When more have ended than ``distributed.scheduler.allowed-failures`` lets, Dask does not know which document, or
file, ended them: these are then read one by one after all others, or opened one by one; one with which that happens
once more is left out.

Readings come back in no order, and are the same wherever they were made: a worker whose code, libraries, language model
or ontology are not ours reads nothing, and the build ends with a line that tells which.

What is left to who builds was measured in processor time, its own and that of processes that parse for it: before the
arrow where it opens the files itself, behind it where two workers do.

======================================  ===================  ===================
files                                   opening              opening and reading
======================================  ===================  ===================
1,000 plain texts of 300 words          0.33 s → 0.08 s      0.51 s → 0.25 s
1,000 HTML files of 300 words           1.39 s → 0.11 s
60 PDF files, 180,000 words in all      3.14 s → 0.02 s
======================================  ===================  ===================

To read 400 of those texts took the workers 17.6 s of processor time, and 18.3 s where they opened them, too: one core
that builds feeds 75 that read, or 150 that open and read. A larger cluster waits for it. Sent by Dask, reading took
0.98 and 1.04 times the processor time of two processes started here.

A scheduler and its workers run what they are sent, and see the documents; what they send back is held against the
types of our records, but the libraries of Dask unpack it first. So each has to trust the others, and their network to
be closed, or TLS to be set up, which Dask's own configuration does (``distributed.comm.tls``).
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman import __version__
from dragoman.desk import Answer, Job, end_job, open_batch, read_batch, same
from dragoman.errands import EACH, Errand, Opening, take
from dragoman.keptfiles import ParsedWith
from dragoman.reading.formats.parsed import Options
from dragoman.reading.opening import KeptParts, Opened, SourceFile
from dragoman.records import Document
from dragoman.registry import SAID
from dragoman.worker import Made, Setup
from dragoman.workers import Batches, WorkerError, batch_documents

if TYPE_CHECKING:
    from typing import Self

    from distributed import Client, Future

__all__ = ["AHEAD", "KILLER", "Cluster", "explain"]

Sought = tuple[SourceFile, Errand | None]
"""A file, and the errand of opening it, where others may."""
SOONER = 1
"""The priority of batches that open files, above that of those which read: these wait for what is opened."""
MISFIT = "tells of files what does not fit them, which is a fault of ours"
AHEAD = 8
"""Batches that are on their way for each thread of a worker: more work than the five seconds' worth for each by which a
cluster that grows and shrinks by itself (``adapt``) tells that it needs more of them."""
SHOWN = 200
"""Characters of an error of Dask's that are shown."""
GONE = "the scheduler of Dask has gone, or gave up the work; build again to go on where this build stopped"
KILLER = (
    "the workers of the cluster that read it were ended, for want of memory or by a fault; it is left out: split it, "
    "or give workers more memory"
)


class Cluster:
    """The workers of a Dask scheduler, for one build, which opens files and reads documents there.

    They are asked for when they are needed first, and told of the end of the build with the ``with`` block.

    :param scheduler: its address, like ``tcp://10.0.0.1:8786``; for ``tls://`` Dask's configuration names certificates.
    :param tell: told what people have to know.
    """

    def __init__(
        self, setup: Setup, *, scheduler: str, tell: Callable[[str, int, int], None] = lambda *_: None
    ) -> None:
        self._setup, self._scheduler = setup, scheduler
        self._told: set[str] = set()
        self._tell = tell
        self._link: _Link | None = None
        self._ends = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._link = None
        self._ends.close()

    def read_each(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Made]]:
        """What was made of each of `documents`, as it is done, in any order; they are taken no faster than it is.

        :raises WorkerError: if Dask is not installed, no scheduler answers, or a worker cannot read as we do.
        """
        batches = batch_documents(documents)
        if not batches:
            return
        link = self._find_link()
        suspects: list[Document] = []
        for batch, answer in _read_all(link, batches):
            if answer is None:
                suspects += batch
            else:
                yield from zip(batch, answer.made, strict=True)
        for document in suspects:  # by itself, as Dask blames all that a worker had which has ended
            for _, answer in _read_all(link, batch_documents([document])):
                yield document, answer.made[0] if answer else Made(failure=KILLER)

    def open_each(self, files: Iterable[SourceFile], options: Options, kept: KeptParts) -> Iterator[Opened]:
        """Each of `files`, in their order, with what a worker found in it; nothing where it has to be opened here.

        :raises WorkerError: as :meth:`read_each` does.
        """
        batches = Batches(((file, Errand.of(file, options, kept)) for file in files), _weigh)
        if not batches:
            return
        link = self._find_link()
        parsed_with = ParsedWith.now(ontology_sha256=link.job.fingerprint.ontology, options=options)
        for batch, answers in _open_all(link, batches, Opening(options, parsed_with)):
            made = iter(answers)
            for file, errand in batch:
                yield self._take_file(file, next(made), kept) if errand else (file, None)

    def _take_file(self, file: SourceFile, made: Made, kept: KeptParts) -> Opened:
        try:
            opened, reason = take(file, made, kept)
        except ValueError:
            opened, reason = (file, None), MISFIT
        what = reason.partition(" (")[0]
        if what and what not in self._told:
            self._told.add(what)
            self._tell(f"{SAID}{file.name}, and files like it, are opened here: a worker {reason}", 0, 0)
        return opened

    def _find_link(self) -> _Link:
        """The client, connected; and the job, which the workers have."""
        if self._link is None:
            job = Job.of(self._setup)
            client = self._ends.enter_context(_connected(self._scheduler))
            self._ends.callback(_end, client, job.key)
            shared = client.submit(same, job, pure=False)  # is sent once, and made again should those that hold it end
            self._link = _Link(client, job, shared)
            if not self._link.count_threads():
                self._tell(f"{SAID}{self._scheduler} has no workers yet; waiting for the first", 0, 0)
        return self._link


@dataclass(frozen=True, slots=True)
class _Link:
    """What is connected to a scheduler, the job of a build, and that job as the workers have it."""

    client: Client
    job: Job
    shared: Future

    def room(self) -> int:
        """Batches that may be on their way."""
        return AHEAD * max(1, self.count_threads())

    def count_threads(self) -> int:
        """Threads of all workers that there are now."""
        try:
            return sum(self.client.nthreads().values())
        except OSError as cause:
            raise WorkerError(GONE) from cause


def _read_all(link: _Link, batches: Batches[Document]) -> Iterator[tuple[list[Document], Answer | None]]:
    """What came back of each of `batches`; nothing of one whose workers have ended."""
    from distributed import as_completed

    given: dict[Future, list[Document]] = {}
    done = as_completed(loop=link.client.loop, with_results=True, raise_errors=False)
    while True:
        room = link.room()
        while len(given) < room and batches:
            batch = batches.next()
            future = link.client.submit(read_batch, link.shared, batch, pure=False)
            given[future] = batch
            done.add(future)
        if not given:
            return
        future, result = next(done)
        yield given.pop(future), _take(future, result)


def _open_all(link: _Link, batches: Batches[Sought], opening: Opening) -> Iterator[tuple[list[Sought], Sequence[Made]]]:
    """What came back of the errands in each of `batches`, in their order."""

    def submit(errands: list[Errand]) -> Future:
        return link.client.submit(open_batch, link.shared, opening, errands, pure=False, priority=SOONER)

    def wait(errands: list[Errand], future: Future) -> Sequence[Made]:
        if answer := _wait(future):
            return answer.made
        alone = (_wait(submit([errand])) for errand in errands)  # as Dask blames all that a worker had which has ended
        return [answer.made[0] if answer else Made(failure=KILLER) for answer in alone]

    waiting: deque[tuple[list[Sought], list[Errand], Future | None]] = deque()
    while True:
        room = link.room()
        while len(waiting) < room and batches:
            batch = batches.next()
            errands = [errand for _, errand in batch if errand]
            waiting.append((batch, errands, submit(errands) if errands else None))
        if not waiting:
            return
        batch, errands, future = waiting.popleft()
        yield batch, wait(errands, future) if future else ()


def _weigh(sought: Sought) -> int:
    _, errand = sought
    return errand.weight if errand else EACH


def _wait(future: Future) -> Answer | None:
    """The answer of a `future`, when it comes; none where its workers have ended."""
    try:
        result = future.result()
    except Exception:  # Dask's, or the task's, as its status tells
        result = None
    return _take(future, result)


def _take(future: Future, result: object) -> Answer | None:
    """The answer that is the `result` of a `future`; none where its workers have ended."""
    from distributed import KilledWorker

    if isinstance(result, Answer):  # which stands, should the worker that gave it have ended since
        if result.refusal:
            raise WorkerError(result.refusal)
        return result
    if future.status != "error":
        raise WorkerError(GONE)
    cause = future.exception()
    if isinstance(cause, KilledWorker) and cause.task == future.key:
        return None
    raise WorkerError(explain(cause)) from cause


def _end(client: Client, key: str) -> None:
    with suppress(Exception):  # a cluster that has gone has no processes of ours
        client.run(end_job, key)


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as cause:
        raise WorkerError(
            "--scheduler needs dask.distributed, which is not installed: pip install 'dragoman[cluster]'"
        ) from cause
    try:
        _check(scheduler)
        client = Client(scheduler, set_as_default=False)
    except (OSError, ValueError) as cause:
        raise WorkerError(
            f"{scheduler}: no scheduler of Dask answers there ({_words(cause)}); give the address that it prints when "
            "it starts, like tcp://10.0.0.1:8786"
        ) from cause
    levels = {log: log.level for log in map(logging.getLogger, ("distributed.batched", "distributed.client"))}
    for log in levels:
        log.setLevel(logging.CRITICAL)  # what it would tell of a scheduler that goes, we tell in a line
    try:
        with client:
            yield client
    finally:
        for log, level in levels.items():
            log.setLevel(level)


def _check(scheduler: str) -> None:
    """See to it that a connection can be tried, as a client that fails for another reason is not cleared away.

    :raises ValueError: for an address of no scheduler, or one that needs certificates where there are none.
    """
    from distributed import Security
    from distributed.comm import get_address_host_port, parse_address
    from distributed.comm.registry import get_backend

    scheme, _ = parse_address(scheduler)
    get_backend(scheme)
    if scheme in {"tcp", "tls"}:
        get_address_host_port(scheduler)
    if scheme == "tls" and not Security().get_connection_args("client").get("ssl_context"):
        raise ValueError("Dask's configuration names no certificates, by distributed.comm.tls")


def explain(cause: BaseException | None) -> str:
    """What a user can do about an error that is none of a document's."""
    while isinstance(cause, RuntimeError) and cause.__cause__:  # a scheduler that could not unpack what it was sent
        cause = cause.__cause__
    if isinstance(cause, ImportError | AttributeError):
        need = f"dragoman[cluster] {__version__}, as it is here"
        return f"the scheduler or a worker cannot read ({cause}); install {need}, where it and the workers run"
    return f"the cluster could not read: {type(cause).__name__}: {_words(cause)}"


def _words(cause: BaseException | None) -> str:
    """What an error of Dask's says, in one line that is not long."""
    line = " ".join(str(cause).split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
