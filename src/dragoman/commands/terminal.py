"""What every command needs: kinds of arguments, and what may be printed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

__all__ = ["FILE", "FOLDER", "FORMATS", "MODALITIES", "OUT", "complain", "for_terminal"]

FORMATS = ("table", "csv", "tsv", "json", "markdown", "turtle")
"""Forms of an answer: the keys of :data:`dragoman.answers.FORMATS`, which is slow to load."""
MODALITIES = ("asserted", "planned", "requested", "possible", "negated")
"""Values of :class:`dragoman.records.Modality` in its order, which is slow to load."""
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
OUT = click.Path(path_type=Path)


def complain(message: str) -> None:
    """Print `message` to stderr, as one line."""
    from dragoman.report import plain

    click.echo(f"dragoman: {plain(' '.join(message.split()))}", err=True)


def for_terminal(text: str) -> str:
    """`text` as it is, but on a terminal without what could steer it."""
    from dragoman.report import plain

    return "\n".join(map(plain, text.split("\n"))) if sys.stdout.isatty() else text
