"""The command ``evaluate``: how much of what people read in its documents a graph has, and how much of it is right."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.commands.terminal import OUT, complain, for_terminal

__all__ = ["evaluate"]

FORMS = ("table", "markdown", "csv", "json")
NAMES = (
    "summary",
    "details",
    "documents",
    "properties",
    "classes",
    "modalities",
    "calibration",
    "missed",
    "missed-claims",
    "wrong",
    "wrong-claims",
)
"""Words of :mod:`dragoman.scorecard`, which is slow to load."""


@click.command(
    short_help="Measure a graph against what people read.",
    epilog="Example: dragoman evaluate graph references/ --table summary --table properties",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.argument(
    "references", metavar="REFERENCES...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option(
    "--table", "names", multiple=True, type=click.Choice(NAMES), help="Only this table; give it again for more."
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="Rules that err, and errors shown of each kind.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="table", show_default=True, help="Form of the tables."
)
def evaluate(folder: Path, references: tuple[Path, ...], names: tuple[str, ...], limit: int, form: str) -> None:
    """Measure the graph in OUT, the folder of a build, against REFERENCES: .json files, or folders of them.

    A reference is what a person read in one document: its entities, and the claims between them. A claim may say date,
    attributedTo and quote, too; "also" lists properties that are right as well; what is "optional" costs nothing where
    it is missed. Such a file:

    \b
    {"document": "speech.txt",
     "entities": [{"id": "u", "class": "State", "names": ["Ukraine"]},
                  {"id": "t", "class": "Meeting", "names": ["peace talks", "the talks"]}],
     "claims": [{"subject": "u", "property": "participatesIn", "object": "t",
                 "modality": "planned", "date": "2025-03", "also": ["organizes"]}]}
    """
    from dragoman.analysis import read_measured
    from dragoman.evaluation import compare_all
    from dragoman.references import read_references
    from dragoman.scorecard import format_tables, to_tables

    record, ontology = read_measured(folder)
    found, absent = compare_all(read_references(references, ontology), record, ontology)
    for name in absent:
        complain(f"{name}: not in {folder}; its reference is left out")
    if not found:
        raise click.UsageError(f"no reference is of a document in {folder}; build the documents that they are of")
    tables = [table for table in to_tables(found, ontology, limit=limit) if not names or table.name in names]
    click.echo(for_terminal(format_tables(tables, form)), nl=False)
