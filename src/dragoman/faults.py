"""A fault of this program's own, kept in a file that can be sent to those who mend it.

The file tells the command, the versions of what took part and where in the code it happened. It holds no document; its
traceback and the command name files, and a message may quote some words, so that whoever sends it looks it through.
"""

from __future__ import annotations

import os
import platform
import shlex
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from dragoman import __version__
from dragoman.logs import without_passwords

__all__ = ["describe_fault", "format_details", "keep_details"]

SHOWN = 200
"""Characters of an error's own words that the one line shows."""
LIBRARIES = ("spacy", "pyoxigraph", "rdflib", "pyshacl", "networkx", "numpy", "click")
"""Libraries whose versions matter most."""


def describe_fault(error: BaseException, details: Path | None) -> str:
    """The one line that a person sees: what broke, and what to do with the file of details."""
    words = without_passwords(" ".join(str(error).split()))
    shown = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    what = f"{type(error).__name__}{': ' if shown else ''}{shown}"
    kept = f"with the file {details}, which holds the details" if details else "with the lines above"
    return f"a fault of dragoman's own, not of yours: {what}; please report it {kept}"


def keep_details(error: BaseException, arguments: Sequence[str]) -> Path | None:
    """A new file in the system's folder for such files, which its owner alone can read; none if there is no room."""
    try:
        handle, name = tempfile.mkstemp(prefix="dragoman-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(format_details(error, arguments))
    except OSError:
        return None
    return Path(name)


def format_details(error: BaseException, arguments: Sequence[str]) -> str:
    """What is known of a fault, as text: the command, the versions, the traceback."""
    from importlib.metadata import PackageNotFoundError, version

    versions = []
    for name in LIBRARIES:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            versions.append(f"{name} missing")
    lines = [
        "Look this through before you send it: it names files, and may quote words of a document.",
        f"command    dragoman {shlex.join(map(without_passwords, arguments))}",
        f"dragoman   {__version__}",
        f"python     {platform.python_version()} ({sys.implementation.name})",
        f"system     {platform.platform()}",
        f"libraries  {', '.join(versions)}",
    ]
    trace = without_passwords("".join(traceback.format_exception(error)))
    return "\n".join([*lines, "", trace])
