"""What ``build`` needs of files and of readers beside the grammar's: limits, settings, and lines that they tell."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.commands.terminal import complain

if TYPE_CHECKING:
    from dragoman.reading.documents import Options

__all__ = ["reader_settings", "reading_options", "tell_lines"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def reader_settings(*, config: Path | None, max_cost: float | None) -> dict[str, str]:
    """The environment, which readers are set by, with what was given on the command line in its stead."""
    settings = dict(os.environ)
    if config is not None:
        settings["DRAGOMAN_LLM_CONFIG"] = str(config)
    if max_cost is not None:
        settings["DRAGOMAN_LLM_MAX_COST"] = str(max_cost)
    return settings


def reading_options(limits: Sequence[str], *, text_column: str, ocr: bool) -> Options:
    """How files are to be read, `limits` each like ``pages=5000``.

    :raises click.BadParameter: for a limit that there is none of.
    """
    from dragoman.reading.documents import Options
    from dragoman.reading.formats.parsed import Limits

    try:
        return Options(Limits().changed(limits), text_column, ocr)
    except ValueError as cause:
        raise click.BadParameter(str(cause), param_hint="--limit") from cause


def tell_lines(progress: Progress) -> Progress:
    """`progress`, but what a reader tells people is a line of its own on stderr."""
    from dragoman.registry import SAID

    def show(stage: str, done: int, total: int) -> None:
        if stage.startswith(SAID):
            complain(stage.removeprefix(SAID))
        else:
            progress(stage, done, total)

    return show
