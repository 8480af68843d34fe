"""The command ``documents``: what is known of each document, and where that was found."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.commands.terminal import OUT, for_terminal

__all__ = ["documents"]


@click.command(
    short_help="List the documents, and where what is known of them was found.",
    epilog="Example: dragoman documents graph --format csv > metadata.csv",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option(
    "--format", "form", type=click.Choice(("table", "csv", "json")), default="table", show_default=True, help="Form."
)
def documents(folder: Path, form: str) -> None:
    """List the documents of the build in OUT: title, date, author, symbol, meeting, place and address, as far as known.

    In brackets stands where each was found: metadata.csv, front matter, the first lines, a speaker's line, or what the
    file itself tells. What is wrong can be mended in the CSV form, which is read when it lies beside the documents as
    metadata.csv.
    """
    from dragoman.inventory import format_inventory, read_inventory

    click.echo(for_terminal(format_inventory(read_inventory(folder), form)), nl=False)
