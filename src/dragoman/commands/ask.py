"""The command ``ask``: each question is a command of its own, whose options are the parameters of the question."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from dragoman.commands.stores import no_store, opened
from dragoman.commands.terminal import FOLDER, FORMATS, OUT, complain, for_terminal

if TYPE_CHECKING:
    from dragoman.questions import Parameter, Question

__all__ = ["ask"]

BELOW = ("quote", "firstQuote", "secondQuote", "against_quote", "quote1", "quote2", "quote3", "call")
"""Columns that a table for people shows in full, below the row that they belong to."""
FIRST = 200
"""Rows of a table that a terminal shows; what is written to a file or another program has all."""


class _Questions(click.Group):
    """A group whose commands are the questions that there are."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options of ours may follow OUT, too; those after the question are the question's."""
        count = 1
        while args and not args[0].startswith("-") and count < len(args) and args[count].startswith("-"):
            count += 2 if args[count] == "--questions" else 1
        return super().parse_args(ctx, [*args[1:count], *args[:1], *args[count:]])

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_load(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from dragoman.questions import find_question

        return _to_command(find_question(cmd_name, _load(ctx)))


@click.group(
    cls=_Questions,
    invoke_without_command=True,
    subcommand_metavar="[QUESTION] [OPTIONS]...",
    short_help="Ask a graph one of the ready questions.",
    epilog="Example: dragoman ask graph who-mediates --conflict Sudan --format markdown",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--questions", "own", type=FOLDER, help="Folder with questions of yours, in .rq files.")
@no_store
@click.pass_context
def ask(ctx: click.Context, folder: Path, own: Path | None, in_memory: bool) -> None:
    """Ask the graph in OUT, the folder of a build, one of the ready questions; without a question, list them.

    Each question is SPARQL underneath. Its --help tells its parameters: names are found in whatever spelling. The first
    question to a large graph makes a store of it on disk, which the others then ask: see dragoman store --help.
    """
    if ctx.invoked_subcommand is None:
        for question in _load(ctx).values():
            parameters = " ".join(map(_usage, question.parameters))
            click.echo(for_terminal(f"{question.id:<22} {question.title}\n{'':<22}   {parameters}".rstrip()))


def _load(ctx: click.Context) -> dict[str, Question]:
    from dragoman.questions import load_questions

    own = ctx.params.get("own")
    return load_questions(*([own] if own else []))


def _usage(parameter: Parameter) -> str:
    option = f"--{_option(parameter.name)} {parameter.kind.upper()}"
    return option if parameter.required else f"[{option}]"


def _option(name: str) -> str:
    return name.replace("_", "-")


def _to_command(question: Question) -> click.Command:
    options: list[click.Parameter] = [
        click.Option(
            [f"--{_option(parameter.name)}", parameter.name],
            required=parameter.required,
            metavar=parameter.kind.upper(),
            help=_describe(parameter),
            shell_complete=_completer(parameter),
        )
        for parameter in question.parameters
    ]
    choice = click.Choice([form for form in FORMATS if form != "turtle"])
    options += [
        click.Option(["--format", "form"], type=choice, default="table", show_default=True, help="Form of the answer."),
        click.Option(["--all", "whole"], is_flag=True, help=f"Show all rows on a terminal, not the first {FIRST}."),
        click.Option(["--sparql"], is_flag=True, help="Print the query, with what was given filled in, and stop."),
    ]
    return click.Command(
        question.id,
        params=options,
        callback=_caller(question),
        help=f"{question.title}.\n\n{question.description}",
        short_help=question.title,
        epilog=f"Example: dragoman ask OUT {question.example}" if question.example else None,
    )


def _describe(parameter: Parameter) -> str:
    classes = f" ({', '.join(parameter.classes)})" if parameter.classes else ""
    return f"{parameter.description}{classes}"


def _completer(parameter: Parameter) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def complete(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from dragoman.keptstore import find_store
        from dragoman.naming import Names
        from dragoman.query import load_store
        from dragoman.record import RecordError

        folder = Path((ctx.parent.params.get("folder") if ctx.parent else None) or ".")
        try:
            names = Names(find_store(folder) or load_store(folder))
        except RecordError:
            return []
        return [CompletionItem(name) for name in names.complete(incomplete, parameter.kind, parameter.classes)]

    return complete


def _caller(question: Question) -> Callable[..., None]:
    def call(form: str, whole: bool, sparql: bool, **values: Any) -> None:
        from dragoman.answers import format_result
        from dragoman.naming import Names
        from dragoman.questions import answer, fill, find_terms

        parent = click.get_current_context().parent
        given: dict[str, Any] = parent.params if parent else {"folder": Path(), "in_memory": False}
        with opened(given["folder"], in_memory=given["in_memory"]) as store:
            terms = find_terms(Names(store), question, values)
            result = None if sparql else answer(store, question, terms)
        if result is None:
            click.echo(for_terminal(fill(question, terms)), nl=False)
            return
        for warning in result.warnings:
            complain(warning)
        limit = None if whole or not sys.stdout.isatty() else FIRST
        click.echo(for_terminal(format_result(result, form, limit=limit, below=BELOW)), nl=False)
        if form == "table" and limit is not None and len(result.rows) > limit:
            complain(f"these are the first {limit} of {len(result.rows):,} rows; --all shows all, as a file gets them")

    return call
