"""The command ``diff``: what differs between two builds."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.commands.terminal import OUT, for_terminal

__all__ = ["diff"]

FORMS = ("text", "json", "patch")


@click.command(
    short_help="Tell what differs between two builds.",
    epilog="Example: dragoman diff last-week graph --format patch > changes.rdfp",
)
@click.argument("old", metavar="OLD", type=OUT)
@click.argument("new", metavar="NEW", type=OUT)
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the answer."
)
def diff(old: Path, new: Path, form: str) -> None:
    """Tell which documents, entities and claims came, went or changed from OLD to NEW, and because of which document.

    OLD and NEW are folders of builds. The patch is an RDF Patch of the named graphs: applied to those of OLD, it gives
    those of NEW. Exit status is 0 whether they differ or not.
    """
    from dragoman.difference import compare_builds, format_difference, format_difference_json, format_patch
    from dragoman.record import read_quads

    if form == "patch":
        text = format_patch(read_quads(old), read_quads(new)).decode()
    else:
        found = compare_builds(old, new)
        text = format_difference(found) if form == "text" else format_difference_json(found)
    click.echo(for_terminal(text), nl=False)
