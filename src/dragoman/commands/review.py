"""The command ``review``: a page on which a person decides what the build could not be sure of."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from dragoman.commands.terminal import OUT, PAGES, check_target

__all__ = ["review"]


@click.command(
    short_help="Write a page to decide on what is doubtful.",
    epilog="Example: dragoman review graph, then dragoman build speeches/ -o graph --decisions decisions.csv",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("-o", "--output", type=OUT, help="File to write; review.html in OUT, if left out.")
def review(folder: Path, output: Path | None) -> None:
    """Write a page that lists what is doubtful in OUT, the folder of a build, with quotes, to accept or refuse.

    These are names that were joined, names that may be one thing, names that several things bear, and claims of low
    confidence. The page is one file, works offline and hands back a table of decisions for build --decisions.
    """
    from dragoman.report import plain
    from dragoman.review import PAGE, write_review

    if output is not None:
        check_target(output, "-o", PAGES)
    target = output or folder / PAGE
    counts = write_review(folder, target)
    told = ", ".join(f"{name[0].lower()}{name[1:]} ({count:,})" for name, count in counts.items())
    click.echo(plain(f"Written: {target}: {told or 'nothing is doubtful'}"))
    click.echo(plain(f"Next: open {shlex.quote(str(target))} in a browser"))
