"""The command ``check``: a build against its texts, its shapes, its sources, and what follows from the ontology."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.commands.terminal import FOLDER, OUT, complain

if TYPE_CHECKING:
    from dragoman.checks import Fault
    from dragoman.record import Record
    from dragoman.records import Claim

__all__ = ["check"]


@click.command(
    short_help="Re-open every quote of a graph, and check its shapes.",
    epilog="Example: dragoman check graph --documents speeches/",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--documents", type=FOLDER, help="Folder of the documents: report those that changed since.")
@click.option(
    "--reason", is_flag=True, help="Ask HermiT, too, whether the claims contradict the ontology (needs Java)."
)
def check(folder: Path, documents: Path | None, reason: bool) -> None:
    """Re-open every quote of the graph in OUT, and hold the graph against the shapes of the ontology.

    Faults are told shape by shape, each with the document and the words that it was read from.
    """
    from dragoman.built import check_build
    from dragoman.report import plain

    record, faults = check_build(folder, sources=documents)
    faults = [*faults, *(_reason(record, folder) if reason else ())]
    for kind, group in groupby(sorted(faults, key=lambda fault: (fault.kind, fault)), key=lambda fault: fault.kind):
        lines = [plain(str(fault)) for fault in group]
        click.echo(plain(f"{kind}: {_count(len(lines), 'fault')}"))
        click.echo("".join(f"  {line}\n" for line in lines), nl=False)
    quotes = len({piece for claim in record.claims for piece in claim.evidence})
    if faults:
        complain(f"{_count(len(faults), 'fault')} in {folder}")
        click.get_current_context().exit(1)
    told = f"{_count(quotes, 'quote')} of {_count(len(record.claims), 'claim')} {'stands' if quotes == 1 else 'stand'}"
    where = f"in {_count(len(record.documents), 'document')}, word for word"
    reasoned = "; HermiT finds no contradiction" if reason else ""
    click.echo(f"No fault: {told} {where}, and the shapes hold{reasoned}.")


def _reason(record: Record, folder: Path) -> list[Fault]:
    from dragoman.built import own_ontology
    from dragoman.checks import Fault
    from dragoman.reasoning import ReasonerError, check_claims, check_consistency

    extra = own_ontology(folder)
    try:
        lines = check_consistency(*extra)
        contrary = () if lines else check_claims(record, *extra)
    except ReasonerError as cause:
        raise click.UsageError(str(cause)) from cause
    kind, todo = "Reasoning", "mend the ontology, or the words that lead to it"
    return [
        *(Fault("ontology", line, todo, kind) for line in lines),
        *(Fault(claim.evidence[0].document, _contradicts(claim), todo, kind) for claim in contrary),
    ]


def _contradicts(claim: Claim) -> str:
    return f"claim {claim.id}, {claim.subject} {claim.predicate} {claim.object}, contradicts the ontology"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
