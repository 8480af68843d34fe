"""What ``build`` needs of readers beside the grammar's: their settings, and lines that they tell."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from dragoman.commands.terminal import complain

__all__ = ["reader_settings", "tell_lines"]

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


def tell_lines(progress: Progress) -> Progress:
    """`progress`, but what a reader tells people is a line of its own on stderr."""
    from dragoman.registry import SAID

    def show(stage: str, done: int, total: int) -> None:
        if stage.startswith(SAID):
            complain(stage.removeprefix(SAID))
        else:
            progress(stage, done, total)

    return show
