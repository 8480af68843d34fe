"""Pictures of text become a PDF with text by OCRmyPDF, a program of its own that is used only where asked for.

Source: https://ocrmypdf.readthedocs.io (MPL-2.0; it runs Tesseract and Ghostscript).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from dragoman.reading.formats.parsed import Options, UnreadableError

__all__ = ["PROGRAM", "recognize", "tell_version"]

PROGRAM = "ocrmypdf"


def _lift_limit() -> None:
    """Give a program of its own the memory that a parser may not have."""
    try:
        resource: Any = import_module("resource")
    except ImportError:
        return  # Windows
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def tell_version() -> str:
    """The version of the program, "" where there is none."""
    program = shutil.which(PROGRAM)
    if program is None:
        return ""
    return subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False, timeout=60
    ).stdout.strip()


def recognize(data: bytes, options: Options) -> bytes:
    """The PDF `data` with the text that its pictures show.

    :raises UnreadableError: if the program is not installed, fails, or takes longer than the limit.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableError(f"pages of pictures without text, and {PROGRAM} is not installed, which --ocr runs")
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.pdf", Path(folder) / "after.pdf"
        before.write_bytes(data)
        command = [program, "--quiet", "--skip-text", "--language", "eng", str(before), str(after)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=options.limits.seconds,
                check=False,
                preexec_fn=_lift_limit if os.name == "posix" else None,
            )
        except subprocess.TimeoutExpired as cause:
            raise UnreadableError(
                f"{PROGRAM} took more than {options.limits.seconds} s; raise --limit seconds="
            ) from cause
        if done.returncode or not after.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit status {done.returncode}"]
            raise UnreadableError(f"{PROGRAM} failed: {said[-1][:200]}")
        return after.read_bytes()
