"""The command ``migrate``: a graph that an earlier dragoman wrote, brought up to date."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.commands.terminal import OUT

__all__ = ["migrate"]


@click.command(
    short_help="Bring a graph of an earlier dragoman up to date.",
    epilog="Example: dragoman migrate graph",
)
@click.argument("folder", metavar="OUT", type=OUT)
def migrate(folder: Path) -> None:
    """Bring the graph in OUT, the folder of a build, up to the contract that this dragoman writes graphs by.

    No document is read again, and what the graph states stays the same. A graph that a later dragoman wrote is refused.
    """
    from dragoman.contract import CONTRACT
    from dragoman.migration import migrate as bring_up
    from dragoman.report import plain

    before = bring_up(folder)
    if before == CONTRACT:
        click.echo(plain(f"{folder}: is of contract {CONTRACT} already"))
    else:
        click.echo(plain(f"{folder}: was of contract {before}, is of contract {CONTRACT} now"))
