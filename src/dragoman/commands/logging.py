"""The options that every command takes to tell what it does: ``--verbose`` on stderr, ``--log-file`` as JSON lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from logging import Handler

    from dragoman.report import Report

__all__ = ["LOG_OPTIONS", "end_log", "tell", "tell_report", "tell_stages"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def end_log(code: int, seconds: float, arguments: Sequence[str]) -> None:
    """Tell how the command ended, and after how many seconds; then the log, if there is one, ends too."""
    if _is_on():
        from dragoman.logs import stop_logging

        tell("end", exit_code=code, seconds=round(seconds, 3), arguments=list(arguments))
        stop_logging()


def tell(event: str, /, **fields: object) -> None:
    """Add an event to the log, if there is one."""
    if _is_on():
        from dragoman.logs import LOGGER
        from dragoman.logs import event as to_event

        LOGGER.handle(to_event(event, **fields))


def tell_report(report: Report) -> None:
    """Tell what a build found, and each thing that it left out or read otherwise than it stands."""
    counts = {"entities": sum(report.entities.values()), "claims": sum(report.claims.values())}
    tell("built", documents=len(report.documents), characters=report.characters, **counts)
    for kind, lines in (("skipped", report.skipped), ("note", report.notes)):
        for line in lines:
            tell(kind, name=line.name, reason=line.reason)


def tell_stages(progress: Progress) -> Progress:
    """`progress`, whose stages are told to the log too, each as it begins, and what is done of it as it ends."""
    last: list[str] = []

    def show(stage: str, done: int, total: int) -> None:
        if stage not in last[-1:] or (total and done == total):
            tell("stage", stage=stage, done=done, total=total)
            last.append(stage)
        progress(stage, done, total)

    return show


def _is_on() -> bool:
    """Whether a log was begun: only then is its module loaded."""
    return "dragoman.logs" in sys.modules and sys.modules["dragoman.logs"].LOGGER.level > 0


def _to_terminal(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from dragoman.logs import log_to_terminal

        _begin(ctx, log_to_terminal())


def _to_file(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> None:
    if path is not None and not ctx.resilient_parsing:
        from dragoman.logs import log_to_file

        try:
            handler = log_to_file(path)
        except OSError as cause:
            raise click.BadParameter(f"{path}: cannot be written: {cause.strerror}", ctx, parameter) from cause
        _begin(ctx, handler)


def _begin(ctx: click.Context, handler: Handler) -> None:
    """Tell `handler` alone what begins, as another may have been told before."""
    import platform

    from dragoman import __version__
    from dragoman.logs import event

    fields = {"version": __version__, "python": platform.python_version(), "process": os.getpid()}
    handler.handle(event("begin", command=ctx.info_name, **fields))


LOG_OPTIONS: tuple[click.Option, ...] = (
    click.Option(
        ["--verbose"], is_flag=True, expose_value=False, callback=_to_terminal, help="Tell each step on stderr."
    ),
    click.Option(
        ["--log-file"],
        type=click.Path(path_type=Path, dir_okay=False),
        expose_value=False,
        callback=_to_file,
        metavar="FILE",
        help="Add each step to FILE, as JSON lines.",
    ),
)
