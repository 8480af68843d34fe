"""Files are parsed in a process of their own, which may be ended: nothing that a file does to a parser ends the build.

A parser written in C can crash, and any can take for ever; the process has a limit of memory, and a file one of time.
It is started for the first file and again after one that broke it. Both ends speak JSON, so that whatever comes back
from a parser that was taken over is no more than a text.
"""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import IO, Any, cast

import msgspec

from dragoman.reading.decoding import UndecodableError
from dragoman.reading.formats.parsed import Options, Parsed, UnreadableError
from dragoman.reading.kinds import READERS

__all__ = ["Apart", "opened_apart", "serve"]

HEAD = struct.Struct(">III")
"""Sizes of what is sent: the kind of file, the options, the bytes."""
ANSWER = struct.Struct(">I")
COMMAND = ("-P", "-c", "from dragoman.reading.apart import serve; serve()")
"""What Python is started with; -P keeps it from importing what lies in the current folder."""
GRACE = 1.0
"""Seconds for a parser that keeps to the limit of time itself to say so."""
SHOWN = 200


class _Answer(msgspec.Struct):
    """What comes back: a parsed file, or the reason why there is none."""

    parsed: Parsed | None = None
    reason: str = ""


class Apart:
    """The process that parses files."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, kind: str, data: bytes, options: Options) -> Parsed:
        """The text of a file of this kind.

        :raises UnreadableError: with the reason; also if the file broke the process, or the limit of time.
        """
        process = self._process or self._start(options)
        if process is None:
            return _read(kind, data, options)
        late = threading.Event()

        def end() -> None:
            late.set()
            _end(process)

        timer = threading.Timer(options.limits.seconds + GRACE, end)
        timer.start()
        try:
            answer = _ask(process, kind, data, options)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            limits = options.limits
            if late.is_set():
                raise UnreadableError(f"not read within the limit of {limits.seconds} s; raise --limit seconds=")
            reason = f"its parser broke off: damaged, or beyond the limit of {limits.memory} bytes of memory"
            raise UnreadableError(f"{reason}; open and save it anew, or raise --limit memory=")
        if answer.parsed is None:
            raise UnreadableError(answer.reason)
        return answer.parsed

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    _close(pipe)

    def _start(self, options: Options) -> subprocess.Popen[bytes] | None:
        """The new process; None where none can be started, so that files are parsed in this one."""
        command = [sys.executable, *COMMAND]
        environment = {**os.environ, "DRAGOMAN_MEMORY": str(options.limits.memory)}
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # so that it is ended with all that it runs
            )
        except OSError:
            return None
        return self._process


@contextmanager
def opened_apart() -> Iterator[Apart]:
    """A process for the files of a build, ended with it."""
    apart = Apart()
    try:
        yield apart
    finally:
        apart.close()


def serve() -> None:
    """Parse what comes on standard input until that ends."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints is no answer
    _limit_memory(int(os.environ.get("DRAGOMAN_MEMORY", "0")))
    while head := source.read(HEAD.size):
        kind, told, data = (source.read(size) for size in HEAD.unpack(head))
        options = msgspec.json.decode(told, type=Options)
        _limit_time(options.limits.seconds + 2 * GRACE)
        try:
            answer = _Answer(_read(kind.decode(), data, options))
        except UnreadableError as cause:
            answer = _Answer(reason=str(cause))
        encoded = msgspec.json.encode(answer)
        _limit_time(0)  # until the next file
        target.write(ANSWER.pack(len(encoded)) + encoded)
        target.flush()


def _read(kind: str, data: bytes, options: Options) -> Parsed:
    """The text of a file; whatever goes wrong within a library is a reason too."""
    try:
        return READERS[kind](data, options)
    except UnreadableError:
        raise
    except UndecodableError as cause:
        raise UnreadableError(str(cause)) from cause
    except Exception as cause:
        said = f"{type(cause).__name__}: {' '.join(str(cause).split())[:SHOWN]}"
        raise UnreadableError(f"its parser fails on it ({said}); open and save it anew") from cause


def _ask(process: subprocess.Popen[bytes], kind: str, data: bytes, options: Options) -> _Answer | None:
    """What the process answers; None if it ended instead."""
    source, target = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    name, told = kind.encode(), msgspec.json.encode(options)
    try:
        source.write(HEAD.pack(len(name), len(told), len(data)) + name + told)
        source.write(data)
        source.flush()
        head = target.read(ANSWER.size)
        encoded = target.read(ANSWER.unpack(head)[0]) if len(head) == ANSWER.size else b""
        return msgspec.json.decode(encoded, type=_Answer)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it runs."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, OSError):  # Windows, or it has ended
        process.kill()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was still to be written, to a process that has ended
        return


def _limit_time(seconds: float) -> None:
    """Have the system end this process after so long, where it can: who started it may have gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(size: int) -> None:
    """Have the system refuse this process more memory than `size` bytes, where it can."""
    try:
        resource: Any = import_module("resource")
    except ImportError:
        return  # Windows
    if size:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size, most))
