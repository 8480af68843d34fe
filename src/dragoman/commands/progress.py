"""How far a build has come: a bar on a terminal, and in a file, where hours of work are watched, a line a minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.commands.terminal import complain

if TYPE_CHECKING:
    from rich.progress import Task
    from rich.text import Text

__all__ = ["Progress", "format_left", "progress_shown", "to_lines"]

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""
MINUTE = 60.0
"""Seconds between two lines."""


@contextmanager
def progress_shown(said: str) -> Iterator[Progress]:
    """A bar on stderr with rate and time left, where that is a terminal; elsewhere lines, also for the stage `said`."""
    if not sys.stderr.isatty():
        yield to_lines(said)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

    class RateColumn(ProgressColumn):
        """How many are done in a second."""

        def render(self, task: Task) -> Text:
            from rich.text import Text

            return Text(f"{task.speed:,.1f} a second" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), RateColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("finding documents", total=None)
        stage_now = [""]

        def show(stage: str, done: int, total: int) -> None:
            if stage != stage_now[0]:
                stage_now[0] = stage
                bar.reset(task, description=stage, total=total or None)
            bar.update(task, completed=done, total=total or None)

        yield show


def to_lines(
    said: str, *, clock: Callable[[], float] = time.monotonic, tell: Callable[[str], None] = complain
) -> Progress:
    """A progress that tells the stage `said` as it begins, and once a minute how far any has come, in a line."""
    began: dict[str, tuple[float, int]] = {}
    told = [clock()]

    def show(stage: str, done: int, total: int) -> None:
        now = clock()
        start, before = began.setdefault(stage, (now, done))
        if stage == said:
            tell(stage)
        elif done and now - told[0] >= MINUTE:
            told[0] = now
            rate = (done - before) / (now - start) if now > start else 0.0
            speed = f", {rate:,.1f} a second" if rate else ""
            left = f", {format_left((total - done) / rate)} left" if rate and total else ""
            tell(f"{stage}: {done:,}{f' of {total:,}' if total else ''}{speed}{left}")

    return show


def format_left(seconds: float) -> str:
    """About how long that is, for people.

    >>> [format_left(each) for each in (20, 150, 7500)]
    ['1 min', '3 min', '2 h 5 min']
    """
    minutes = -(-int(seconds) // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
