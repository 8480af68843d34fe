"""The command ``audit``: claims drawn by chance to mark right or wrong, and the precision that the marks tell."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from dragoman.commands.terminal import FILE, OUT, check_target, complain, for_terminal

__all__ = ["audit"]

SAMPLE = 200
FORMS = ("table", "markdown", "csv", "json")


@click.command(
    short_help="Draw claims to mark, and tell the precision.",
    epilog="Example: dragoman audit graph --sample 200, then dragoman audit graph --marks marks.csv",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--sample", type=click.IntRange(1), help=f"Claims to draw.  [default: {SAMPLE}]")
@click.option("--seed", type=int, help="Another number draws other claims.  [default: 0]")
@click.option("-o", "--output", type=OUT, help="Page (.html) or table (.csv) to write; audit.html in OUT, if left out.")
@click.option("--marks", type=FILE, help="Table that was filled in, or that the page gave: tell the precision.")
@click.option("--decisions", type=OUT, help="Table of decisions to write the marks to, with those that OUT keeps.")
@click.option("--who", default="", help="Who marked, where a row does not say.")
@click.option("--when", default="", metavar="DAY", help="On which day (YYYY-MM-DD), where a row does not say.")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="table", show_default=True, help="Form of the answer."
)
def audit(
    folder: Path,
    sample: int | None,
    seed: int | None,
    output: Path | None,
    marks: Path | None,
    decisions: Path | None,
    who: str,
    when: str,
    form: str,
) -> None:
    """Draw claims of the graph in OUT by chance, to mark right or wrong; with --marks, tell its precision.

    Each property, modality and band of confidence gives claims by its share, and one at least. The page works offline;
    keys mark a claim, and it gives back a table, marks.csv. Precision counts each mark for the claims that it stands
    for, with intervals that hold the truth in 95 of 100 audits. Unsure marks count neither way.
    """
    if marks is not None and (sample is not None or seed is not None or output is not None):
        raise click.UsageError("--marks goes with none of --sample, --seed and -o")
    if marks is None and (decisions is not None or who or when):
        raise click.UsageError("--decisions, --who and --when go with --marks")
    if marks is None:
        _draw(folder, sample or SAMPLE, seed or 0, output)
    else:
        _tell(folder, marks, decisions, form, who=who, when=when)


def _draw(folder: Path, sample: int, seed: int, output: Path | None) -> None:
    from dragoman.analysis import read_measured
    from dragoman.audit import draw
    from dragoman.audit.page import PAGE, write_audit
    from dragoman.report import plain

    if output is not None:
        check_target(output, "-o")
    target = output or folder / PAGE
    record, ontology = read_measured(folder)
    drawn = draw(record.claims, sample, seed=seed)
    write_audit(drawn, record, ontology, target)
    click.echo(plain(f"Written: {target}: {len(drawn):,} of {len(record.claims):,} claims"))
    how = "fill in the column mark" if target.suffix == ".csv" else f"open {shlex.quote(str(target))} in a browser"
    click.echo(plain(f"Next: {how}, then dragoman audit {shlex.quote(str(folder))} --marks FILE"))


def _tell(folder: Path, path: Path, decisions: Path | None, form: str, *, who: str, when: str) -> None:
    from dragoman.analysis import read_measured
    from dragoman.audit.marks import read_marks, write_decisions
    from dragoman.audit.precision import describe_precision, to_tables
    from dragoman.scorecard import format_tables

    record, ontology = read_measured(folder)
    marks = read_marks(path, record)
    if marks.gone:
        more = f", as {len(marks.gone) - 1:,} more" if len(marks.gone) > 1 else ""
        complain(f"{marks.gone[0]}: its claim is not in the graph any more, and left out{more}")
    if decisions is not None:
        count = write_decisions(marks, folder, record, ontology, decisions, who=who, when=when)
        complain(f"written: {decisions}: {count:,} decisions, for build --decisions")
    tables = to_tables(marks.marked, record.claims, ontology)
    if form == "table":
        click.echo("".join(f"{line}\n" for line in describe_precision(marks)))
        tables = tables[1:]
    click.echo(for_terminal(format_tables(tables, form)), nl=False)
