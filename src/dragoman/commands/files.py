"""Commands that compare a build with files, or write it into others: ``export`` and ``verify``."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.commands.terminal import FOLDER, OUT, complain

__all__ = ["export", "verify"]

SHOWN = 80
"""Characters of a quote that a line shows."""


@click.command(
    short_help="Write a graph for another tool.",
    epilog="Example: dragoman export graph --to network.gexf",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option(
    "--to",
    "target",
    required=True,
    metavar="FILE",
    type=OUT,
    help="File to write: .ttl .nq .trig .jsonld .rdf .graphml .gexf .zip, or .csv for a folder of tables.",
)
@click.option("--shards", type=click.IntRange(1, 500), help="Write .nq or .nq.gz in as many files, to load in bulk.")
def export(folder: Path, target: Path, shards: int | None) -> None:
    """Write the graph in OUT, the folder of a build, in the format that the suffix of FILE names.

    .ttl and .rdf hold all graphs merged, .nq, .trig and .jsonld the named graphs; .graphml and .gexf the network of
    asserted claims; .csv and .zip the tables entities, claims and evidence.

    With --shards 16 and --to shards/graph.nq.gz, the files are shards/graph-01-of-16.nq.gz and so on; all that is said
    of one thing is in one of them.
    """
    from dragoman.export import export as write
    from dragoman.report import plain

    if shards:
        from dragoman.shards import write_shards

        paths = write_shards(folder, target, shards)
        click.echo(plain(f"Written: {paths[0]}" + (f" to {paths[-1].name}" if shards > 1 else "")))
        return
    written = write(folder, target)
    click.echo(plain(f"Written: {written}" + (", a folder of tables" if written.is_dir() else "")))


@click.command(
    short_help="Look for every quote in the documents as they are now.",
    epilog="Example: dragoman verify graph --documents speeches/",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--documents", required=True, type=FOLDER, help="Folder of the documents that were built.")
@click.option("--text-column", default="", help="Column of the texts in tables, as it was for the build.")
@click.option("--all", "every", is_flag=True, help="List the quotes that stand where they stood, too.")
def verify(folder: Path, documents: Path, text_column: str, every: bool) -> None:
    """Look for every quote of the graph in OUT in the documents as they are now: same place, moved, or gone.

    Files that are missing or have other bytes than when they were read are told first. Exit status is 1 if a quote is
    gone.
    """
    from dragoman.coverage.words import count_words
    from dragoman.reading.documents import Options
    from dragoman.record import read_record
    from dragoman.report import plain
    from dragoman.verification import Status
    from dragoman.verification import verify as verify_record

    found = verify_record(read_record(folder), documents, Options(text_column=text_column))
    for fault in found.changed:
        click.echo(plain(f"{fault.where}: {fault.what}"))
    for verdict in found.verdicts:
        if every or verdict.status is not Status.SAME:
            to = f" to {verdict.now.start}-{verdict.now.end}" if verdict.status is Status.MOVED and verdict.now else ""
            click.echo(plain(f"{verdict.place}: {verdict.status}{to}: {_shown(verdict.evidence.exact)}"))
    counts = ", ".join(f"{found.count(status):,} {status}" for status in Status)
    quotes, changed = count_words(len(found.verdicts), "quote"), count_words(len(found.changed), "document")
    click.echo(f"{quotes}: {counts}; {changed} changed or missing")
    if gone := found.count(Status.GONE):
        complain(f"{gone:,} {'quote is' if gone == 1 else 'quotes are'} gone from {documents}")
        click.get_current_context().exit(1)


def _shown(quote: str) -> str:
    line = " ".join(quote.split())
    return f"“{line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}”"
