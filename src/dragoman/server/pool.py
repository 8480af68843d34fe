"""Workers: processes that each have the graph in memory, or its store on disk open, and answer one request at a time.

Oxigraph cannot be stopped within a query, so that one which runs too long is ended with its process, and a new worker
takes its place. Messages are pickled records of our own, which pass between us and our own child alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.server.messages import Answer, Request, refusal

__all__ = ["HEAD", "ON_DISK", "Pool"]

HEAD = 8
"""Bytes before a message that tell how long it is, the highest first."""
ON_DISK = "on-disk"
"""The argument of a worker that asks the store on disk."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: asyncio.subprocess.Process

    async def ask(self, request: Request) -> Answer:
        """The answer to `request`.

        :raises EOFError: if the worker ends without one.
        """
        into, out = self.process.stdin, self.process.stdout
        if into is None or out is None:
            raise EOFError("a worker without pipes")
        data = pickle.dumps(request)
        try:
            into.write(len(data).to_bytes(HEAD, "big") + data)
            await into.drain()
            length = int.from_bytes(await out.readexactly(HEAD), "big")
            answer = pickle.loads(await out.readexactly(length))
        except (OSError, asyncio.IncompleteReadError) as cause:
            raise EOFError("the worker ended") from cause
        if not isinstance(answer, Answer):
            raise EOFError("the worker answered what is no answer")
        return answer

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Pool:
    """`size` workers on the build in `folder`; each request may take `seconds`, waiting for a free worker included."""

    def __init__(self, folder: Path, *, size: int, seconds: float, rows: int, on_disk: bool = False) -> None:
        self.seconds, self._size = seconds, size
        arguments = (str(folder), str(rows), *([ON_DISK] if on_disk else []))
        self._command: Sequence[str] = (sys.executable, "-m", "dragoman.server.worker", *arguments)
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: list[_Worker] = []

    async def start(self) -> None:
        """Start the workers; they load the graph while requests wait."""
        for _ in range(self._size):
            await self._add()

    async def stop(self) -> None:
        """End them all."""
        await asyncio.gather(*(worker.end() for worker in self._all))

    async def ask(self, request: Request) -> Answer:
        """What a free worker answers, or that it took too long."""
        try:
            async with asyncio.timeout(self.seconds):
                worker = await self._free.get()
        except TimeoutError:
            return refusal(503, "every worker is busy; ask again later", ("retry-after", "5"))
        answer: Answer | None = None
        try:
            async with asyncio.timeout(self.seconds):
                answer = await worker.ask(request)
        except TimeoutError:
            return refusal(
                504, f"this ran for {self.seconds:g} seconds without an end; narrow it, or serve with --timeout"
            )
        except EOFError:
            return refusal(
                500, "this ended the worker that ran it, as a query does that needs too much memory; narrow it"
            )
        finally:  # also where the client has gone: a worker in the middle of an answer is of no more use
            if answer is not None:
                self._free.put_nowait(worker)
            else:
                await asyncio.shield(self._replace(worker))
        return answer

    async def _replace(self, worker: _Worker) -> None:
        self._all.remove(worker)
        await worker.end()
        await self._add()

    async def _add(self) -> None:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        worker = _Worker(process)
        self._all.append(worker)
        self._free.put_nowait(worker)
