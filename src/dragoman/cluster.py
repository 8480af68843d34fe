"""Documents to readings on the workers of a Dask cluster (https://distributed.dask.org), which many machines may be.

Who builds sends documents in batches, by content, as machines share no disk, and some batches for each thread of each
worker, so that no more of them are on their way than are soon read. A worker's thread gives its batch to a process of
our own (:class:`dragoman.workers.Pool`), which stays for the next one: as on one machine, a document that ends two of
these processes is left out, and the worker lives on. Where a worker ends itself, Dask has another one read the batch.
When more have ended than ``distributed.scheduler.allowed-failures`` lets, its documents are read one by one after all
others, as Dask does not know which of them ended the workers; one with which that happens once more is left out.

What comes back is in no order, and is the same wherever it was made: a worker whose code, libraries, language model or
ontology are not ours reads nothing, and the build ends with a line that tells which.

Who builds opens the files and takes what comes back. For 1,000 plain texts of 300 words that took 0.7 s of processor
time, where reading took 40 s: one core here feeds 57 that read, and a larger cluster waits for it. PDF and the like are
parsed by as many processes as this machine has cores (:mod:`dragoman.reading.opening`). Sent by Dask, reading took 0.98
and 1.04 times the processor time of two processes started here.

A scheduler and its workers run what they are sent, and see the documents; what they send back is held against the
types of our records, but the libraries of Dask unpack it first. So each has to trust the others, and their network to
be closed, or TLS to be set up, which Dask's own configuration does (``distributed.comm.tls``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dragoman import __version__
from dragoman.desk import Answer, Job, end_job, read_batch, same
from dragoman.records import Document
from dragoman.registry import SAID
from dragoman.worker import Made, Setup
from dragoman.workers import Batches, WorkerError, batch_documents

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["AHEAD", "KILLER", "explain", "read_on_cluster"]

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


def read_on_cluster(
    documents: Iterable[Document],
    setup: Setup,
    *,
    scheduler: str,
    tell: Callable[[str, int, int], None] = lambda *_: None,
) -> Iterator[tuple[Document, Made]]:
    """What was made of each of `documents`, as it is done, in any order; they are taken no faster than they are read.

    :param scheduler: its address, like ``tcp://10.0.0.1:8786``; for ``tls://`` Dask's configuration names certificates.
    :param tell: told what people have to know while nothing is read.
    :raises WorkerError: if Dask is not installed, no scheduler answers, or a worker cannot read as we do.
    """
    batches = batch_documents(documents)
    if not batches:
        return
    job = Job.of(setup)
    with _connected(scheduler) as client:
        if not _count_threads(client):
            tell(f"{SAID}{scheduler} has no workers yet; waiting for the first", 0, 0)
        try:
            yield from _read_all(client, batches, job)
        finally:
            with suppress(Exception):  # a cluster that has gone has no processes of ours
                client.run(end_job, job.key)


def _read_all(client: Client, batches: Batches[Document], job: Job) -> Iterator[tuple[Document, Made]]:
    shared = client.submit(same, job, pure=False)  # is sent once, and made again should those that hold it end
    suspects: list[Document] = []
    for batch, answer in _run(client, shared, batches):
        if answer is None:
            suspects += batch
        else:
            yield from zip(batch, answer.made, strict=True)
    for document in suspects:  # by itself, as Dask blames all that a worker had which has ended
        for _, answer in _run(client, shared, batch_documents([document])):
            yield document, answer.made[0] if answer else Made(failure=KILLER)


def _run(client: Client, job: Future, batches: Batches[Document]) -> Iterator[tuple[list[Document], Answer | None]]:
    """What came back of each of `batches`; nothing of one whose workers have ended."""
    from distributed import as_completed

    given: dict[Future, list[Document]] = {}
    done = as_completed(loop=client.loop, with_results=True, raise_errors=False)
    while True:
        room = AHEAD * max(1, _count_threads(client))
        while len(given) < room and batches:
            batch = batches.next()
            future = client.submit(read_batch, job, batch, pure=False)
            given[future] = batch
            done.add(future)
        if not given:
            return
        future, result = next(done)
        yield given.pop(future), _take(future, result)


def _take(future: Future, result: object) -> Answer | None:
    """The answer that is the `result` of a `future`; none where its workers have ended."""
    from distributed import KilledWorker

    if future.status == "finished" and isinstance(result, Answer):
        if result.refusal:
            raise WorkerError(result.refusal)
        return result
    if future.status != "error":
        raise WorkerError(GONE)
    cause = future.exception()
    if isinstance(cause, KilledWorker) and cause.task == future.key:
        return None
    raise WorkerError(explain(cause)) from cause


def _count_threads(client: Client) -> int:
    """Threads of all workers that there are now."""
    try:
        return sum(client.nthreads().values())
    except OSError as cause:
        raise WorkerError(GONE) from cause


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
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what it would tell of a scheduler that goes, we tell in a line
    try:
        with client:
            yield client
    finally:
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
