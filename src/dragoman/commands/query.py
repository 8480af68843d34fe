"""The command ``query``: SPARQL of a user's own, to a table or a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from dragoman.commands.stores import no_store, opened
from dragoman.commands.terminal import FORMATS, OUT, complain, for_terminal

__all__ = ["query"]

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".md": "markdown",
    ".ttl": "turtle",
    ".txt": "table",
}
"""Form of an answer by the suffix of the file it is written to."""


@click.command(
    short_help="Answer a SPARQL query over a graph.",
    epilog="Example: dragoman query graph 'SELECT ?a ?b { ?a dgm:cooperatesWith ?b }' -o pairs.csv",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.argument("query")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Form of the answer; by default a table, or what FILE tells."
)
@click.option(
    "-o", "--output", metavar="FILE", type=OUT, help=f"File to write; its suffix tells the form: {' '.join(SUFFIXES)}."
)
@click.option("--explain", is_flag=True, help="Tell how much each pattern of the query finds, and do not run it.")
@click.option(
    "--timeout", type=click.FloatRange(0.001), default=60.0, show_default=True, help="Seconds that the query may run."
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows that the answer may have."
)
@click.option(
    "--allow-service", is_flag=True, help="Let SERVICE send parts of the query to other stores, over the network."
)
@no_store
def query(
    folder: Path,
    query: str,
    form: str | None,
    output: Path | None,
    explain: bool,
    timeout: float,
    max_rows: int,
    allow_service: bool,
    in_memory: bool,
) -> None:
    """Answer a SPARQL query over the graph in OUT, the folder of a build.

    QUERY is the query itself, a file that holds it, or - for standard input. The prefixes dgm, id, skos, rdfs, prov, oa
    and dcterms need no declaration. Nothing is changed and nothing is fetched. The first query of a large graph makes a
    store of it on disk, which the others then ask: see dragoman store --help.
    """
    from dragoman.answers import format_result
    from dragoman.query import Limits, run_query

    text = _read_query(query)
    form = form or _form_of(output)
    limits = Limits(seconds=timeout, rows=max_rows, service=allow_service)
    with opened(folder, in_memory=in_memory) as store:
        if explain:
            from dragoman.patterns import count_patterns

            result = count_patterns(store, text, limits=limits)
        else:
            result = run_query(store, text, limits=limits)
    for warning in result.warnings:
        complain(warning)
    try:
        answer = format_result(result, form)
    except ValueError as cause:
        raise click.BadParameter(str(cause), param_hint="--format") from cause
    if output is None:
        click.echo(for_terminal(answer), nl=False)
    else:
        _write(output, answer)


def _form_of(output: Path | None) -> str:
    if output is None:
        return "table"
    if output.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"{output}: no form for this suffix; one of: {' '.join(SUFFIXES)}", param_hint="-o")
    return SUFFIXES[output.suffix.lower()]


def _write(output: Path, answer: str) -> None:
    from dragoman.serialization import replace_file

    if output.is_dir() or not output.parent.is_dir():
        raise click.BadParameter(f"{output}: is a folder, or in none that there is", param_hint="-o")
    replace_file(output, answer.encode())
    complain(f"written: {output}")


def _read_query(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if os.path.isfile(query):  # noqa: PTH113 - Path.is_file raises for a text too long to be a path
        try:
            return Path(query).read_text(encoding="utf-8")
        except UnicodeDecodeError as cause:
            raise click.BadParameter(f"{query}: is not UTF-8 text", param_hint="QUERY") from cause
    if query.endswith((".rq", ".sparql")) and len(query.split()) == 1:
        raise click.BadParameter(f"{query}: no such file", param_hint="QUERY")
    return query
