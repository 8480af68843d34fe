"""The command ``measure``: what the network of a build tells, as a table, files, a report and figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.commands.terminal import MODALITIES, OUT, PAGES, check_target, for_terminal

if TYPE_CHECKING:
    from dragoman.findings import Findings

__all__ = ["measure"]

VIEWS = ("all", "actors", "two-mode")
PERIODS = ("decade", "year", "month")
MEASURES = (
    "degree",
    "inDegree",
    "outDegree",
    "strength",
    "betweenness",
    "harmonic",
    "eigenvector",
    "pagerank",
    "brokerage",
)
"""Words of :mod:`dragoman.networks`, ``records`` and ``measures``, which are slow to load."""
SHOWN = 5
"""Names of a list that a line shows."""


@click.command(
    short_help="Measure the network of a graph.",
    epilog="Example: dragoman measure graph --view actors --by betweenness --report report.html",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--view", type=click.Choice(VIEWS), default="all", show_default=True, help="What claims join.")
@click.option(
    "--modality",
    "modalities",
    multiple=True,
    type=click.Choice(MODALITIES),
    default=("asserted",),
    show_default=True,
    help="Claims of this modality; give it again for more.",
)
@click.option("--property", "properties", multiple=True, metavar="NAME", help="Claims of this property only.")
@click.option("--class", "classes", multiple=True, metavar="NAME", help="Claims between entities of this class only.")
@click.option("--since", default="", metavar="DATE", help="Claims from this year, month or day on.")
@click.option("--until", default="", metavar="DATE", help="Claims up to this year, month or day.")
@click.option("--corroboration", type=click.IntRange(min=1), default=1, help="Documents that state a claim, at least.")
@click.option("--by", type=click.Choice(MEASURES), default="degree", show_default=True, help="Measure to rank by.")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="Entities to show.")
@click.option("--per", type=click.Choice(PERIODS), default="year", show_default=True, help="Length of a period.")
@click.option(
    "--draws", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Draws that intervals are found in."
)
@click.option("-o", "--output", type=OUT, metavar="FILE", help="Write all measures: .csv, or as RDF .ttl or .nq.")
@click.option("--over-time", is_flag=True, help="In the .csv of -o, a row for each entity of each period.")
@click.option("--report", type=OUT, metavar="FILE", help="Write a report for reading and print (.html).")
@click.option("--figures", type=OUT, metavar="DIR", help="Write figures for print (SVG, PNG) into this folder.")
def measure(
    folder: Path,
    view: str,
    modalities: tuple[str, ...],
    properties: tuple[str, ...],
    classes: tuple[str, ...],
    since: str,
    until: str,
    corroboration: int,
    by: str,
    top: int,
    per: str,
    draws: int,
    output: Path | None,
    over_time: bool,
    report: Path | None,
    figures: Path | None,
) -> None:
    """Measure the network of claims of the graph in OUT: who is central, who stands with whom, who rises.

    Each value comes with what 95 % of the draws lie between, in each of which a claim stays with a chance of its
    confidence. "ahead of 4 and on" means that all from place 4 on have less in 95 % of the draws.
    """
    from dragoman.analysis import read_measured, to_selection
    from dragoman.findings import to_findings
    from dragoman.findings.findings import describe_selection
    from dragoman.findings.page import write_page
    from dragoman.findings.table import format_ranking, write_findings
    from dragoman.report import plain

    if over_time and output is None:
        raise click.UsageError("--over-time goes with -o")
    for path, option, suffixes in ((output, "-o", ()), (report, "--report", PAGES)):
        if path is not None:
            check_target(path, option, suffixes)
    if figures is not None and not figures.parent.is_dir():
        raise click.BadParameter(f"{figures.parent}: no such folder; make it first", param_hint="--figures")
    if figures is not None:
        from dragoman.findings.figures import FiguresError, check_figures

        try:
            check_figures()
        except FiguresError as cause:
            raise click.UsageError(str(cause)) from cause
    record, ontology = read_measured(folder)
    try:
        selection = to_selection(
            view=view,
            modalities=modalities,
            properties=properties,
            classes=classes,
            since=since,
            until=until,
            corroboration=corroboration,
        )
        selection.check(ontology)
    except ValueError as cause:
        raise click.UsageError(str(cause)) from cause
    findings = to_findings(record, ontology, selection=selection, per=per, draws=draws)
    if output is not None:
        try:
            write_findings(findings, output, over_time=over_time)
        except ValueError as cause:
            raise click.UsageError(str(cause)) from cause
    if report is not None:
        write_page(findings, report)
    written = [str(path) for path in (output, report) if path is not None]
    if figures is not None:
        from dragoman.findings.figures import write_figures

        written += map(str, write_figures(findings, figures))
    edges, claims = findings.network.number_of_edges(), len(record.claims)
    click.echo(
        plain(f"{edges:,} of {claims:,} claims, {len(findings.network):,} entities: {describe_selection(selection)}")
    )
    if edges:
        click.echo("\n" + for_terminal(format_ranking(findings, by, top=top)))
    for line in _summarize(findings):
        click.echo(plain(line))
    for name in written:
        click.echo(plain(f"Written: {name}"), err=True)


def _summarize(findings: Findings) -> list[str]:
    lines = [
        f"Community of {len(found.members)}: {found.name}"
        for found in findings.communities[:SHOWN]
        if len(found.members) > 2
    ]
    if findings.balance.ties:
        support = sum(tie.support for tie in findings.balance.ties)
        criticism = sum(tie.criticism for tie in findings.balance.ties)
        explained = 1 - findings.balance.frustration
        lines.append(
            f"Between actors: {support:,} of support, {criticism:,} of criticism; two sides explain {explained:.0%}"
        )
    for word, found in (
        ("Rising", [trend for trend in findings.trends if trend.low > 0]),
        ("Falling", [trend for trend in reversed(findings.trends) if trend.high < 0]),
    ):
        if found:
            names = (
                f"{findings.label(trend.node)} ({trend.before:.1%} to {trend.after:.1%} of the claims)"
                for trend in found[:SHOWN]
            )
            lines.append(f"{word}: {'; '.join(names)}")
    return lines
