"""What every command needs: kinds of arguments, and what may be printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

__all__ = ["FILE", "FOLDER", "FORMATS", "MODALITIES", "OUT", "PAGES", "check_target", "complain", "for_terminal"]

FORMATS = ("table", "csv", "tsv", "json", "markdown", "turtle")
"""Forms of an answer: the keys of :data:`dragoman.answers.FORMATS`, which is slow to load."""
MODALITIES = ("asserted", "planned", "requested", "possible", "negated")
"""Values of :class:`dragoman.records.Modality` in its order, which is slow to load."""
PAGES = (".html", ".htm")
"""With what the name of a page ends."""
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
OUT = click.Path(path_type=Path)


def check_target(path: Path, option: str, suffixes: Sequence[str] = ()) -> None:
    """Refuse a file to write that is a folder, lies in none that there is, or ends in none of `suffixes`.

    :raises click.BadParameter: for such a file, given by `option`.
    """
    if not path.parent.is_dir():
        raise click.BadParameter(f"{path.parent}: no such folder; make it first", param_hint=option)
    if suffixes and path.suffix.lower() not in suffixes:
        raise click.BadParameter(f"{path}: give a name that ends in {' or '.join(suffixes)}", param_hint=option)
    if path.is_dir():
        raise click.BadParameter(f"{path}: is a folder; name a file", param_hint=option)


def complain(message: str) -> None:
    """Print `message` to stderr, as one line."""
    from dragoman.report import plain

    click.echo(f"dragoman: {plain(' '.join(message.split()))}", err=True)


def for_terminal(text: str) -> str:
    """`text` as it is, but on a terminal without what could steer it."""
    from dragoman.report import plain

    return "\n".join(map(plain, text.split("\n"))) if sys.stdout.isatty() else text
