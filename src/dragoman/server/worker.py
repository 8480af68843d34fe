"""A process that has the graph in memory, or its store on disk open: requests come in by its standard input, answers go
out by its output.

It ends when its input does, also within a query, and when it needs more memory than :data:`MEMORY`.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import sys
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from dragoman.server.messages import Request, refusal
from dragoman.server.pool import HEAD, ON_DISK
from dragoman.server.site import Site, load_site

__all__ = ["answer_all"]

MEMORY = 4 * 1024**3
"""Bytes of address space that queries may take beside the graph, where the system can tell."""


def answer_all(folder: Path, rows: int, requests: BinaryIO, answers: BinaryIO, *, on_disk: bool = False) -> None:
    """Answer each of `requests` until there are no more, from the newest build in `folder`, in memory or `on_disk`.

    The graph is loaded before the first request comes, which then has less to wait for.
    """
    waiting: queue.SimpleQueue[Request] = queue.SimpleQueue()
    Thread(target=_receive, args=(requests, waiting), daemon=True).start()
    site: Site | None = None
    with contextlib.suppress(ValueError, OSError):  # a damaged build, which the first request is told of
        site = _load(folder, rows, on_disk)
    while True:
        request = waiting.get()
        try:
            if site is None or not site.context.is_current():
                site = _load(folder, rows, on_disk)
            answer = site.respond(request)
        except (ValueError, OSError) as error:  # a build that is damaged, or was taken away
            answer, site = refusal(500, str(error)), None
        data = pickle.dumps(answer)
        try:
            answers.write(len(data).to_bytes(HEAD, "big") + data)
            answers.flush()
        except BrokenPipeError:  # the server has gone, and this process may hear of it here first
            os._exit(0)


def _load(folder: Path, rows: int, on_disk: bool) -> Site:
    site = load_site(folder, rows=rows, on_disk=on_disk)
    _bound_memory()
    return site


def _receive(requests: BinaryIO, waiting: queue.SimpleQueue[Request]) -> None:
    while len(head := requests.read(HEAD)) == HEAD:
        waiting.put(pickle.loads(requests.read(int.from_bytes(head, "big"))))
    os._exit(0)  # the server has gone; a query that still runs is of no use to anybody


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # where the system has no such limits
        import resource

        used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = used + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed does not stand between answers
    answer_all(Path(sys.argv[1]), int(sys.argv[2]), sys.stdin.buffer, out, on_disk=sys.argv[3:] == [ON_DISK])
