"""The command ``coverage``: what a build left silent, in the whole corpus or in one document."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.commands.terminal import OUT, for_terminal

__all__ = ["coverage"]

FORMS = ("text", "markdown", "csv", "json")
NAMES = ("summary", "documents", "skipped", "paragraphs", "names", "sentences", "refused", "terms")
"""Words of :mod:`dragoman.coverage.tables`, which is slow to load."""


@click.command(
    short_help="Tell what was not read, and why.",
    epilog="Example: dragoman coverage graph --document remarks.txt",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option(
    "--table", "names", multiple=True, type=click.Choice(NAMES), help="Only this table; give it again for more."
)
@click.option("--document", metavar="NAME", help="Show the text of this document, with what was read marked.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Rows of a text table.")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the answer."
)
def coverage(folder: Path, names: tuple[str, ...], document: str | None, limit: int, form: str) -> None:
    """Tell what the build in OUT left silent, so that what is not in its graph is not taken for absent.

    These are documents that were skipped, paragraphs without a claim, capitalised names without a class, sentences that
    are likely misread, what a frame of the lexicon read and the domain or range of its property refuses, and terms of
    the ontology that were never seen. The page coverage.html in OUT tells the same with examples.
    """
    from dragoman.built import own_ontology, read_report
    from dragoman.coverage.document import show_document
    from dragoman.coverage.tables import shorten, to_tables
    from dragoman.ontology import load_ontology
    from dragoman.record import read_record
    from dragoman.scorecard import format_tables

    if document is not None:
        if names or form == "markdown":
            raise click.UsageError("--document goes with neither --table nor --format markdown")
        click.echo(for_terminal(show_document(folder, read_record(folder), document, form)), nl=False)
        return
    report = read_report(folder)
    tables = to_tables(report.coverage, report.skipped, load_ontology(*own_ontology(folder)))
    chosen = [table for table in tables if not names or table.name in names]
    if form == "text":
        chosen, form = shorten(chosen, limit), "table"
    click.echo(for_terminal(format_tables(chosen, form)), nl=False)
