"""The command line: one verb for each thing that the package does. Libraries are loaded by the verb that needs them.

Exit codes: 0 done, 1 a fault in the data, 2 a fault in the call, 3 a fault of our own, whose details go into a file. An
error is one line on stderr.
"""

from __future__ import annotations

import atexit
import gc
import os
import shlex
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from dragoman import __version__
from dragoman.commands.ask import ask
from dragoman.commands.audit import audit
from dragoman.commands.check import check
from dragoman.commands.coverage import coverage
from dragoman.commands.diff import diff
from dragoman.commands.doctor import doctor
from dragoman.commands.documents import documents as list_documents
from dragoman.commands.evaluate import evaluate
from dragoman.commands.explain import explain
from dragoman.commands.files import export, verify
from dragoman.commands.licences import licences
from dragoman.commands.logging import LOG_OPTIONS, end_log, tell_report, tell_stages
from dragoman.commands.measure import measure
from dragoman.commands.migrate import migrate
from dragoman.commands.progress import progress_shown
from dragoman.commands.push import push
from dragoman.commands.query import query
from dragoman.commands.review import review
from dragoman.commands.serve import serve
from dragoman.commands.stores import store
from dragoman.commands.terminal import FILE, OUT, complain
from dragoman.commands.topics import help_on

__all__ = ["main"]

FAULTS_OF_DATA = frozenset(
    {"DecisionError", "MarksError", "NothingReadError", "OntologyError", "ReferenceFileError", "TreebankError"}
)
FAULTS_OF_CALL = frozenset(
    {
        "ExportError",
        "ModelError",
        "OutputError",
        "PushError",
        "QueryError",
        "QueryLimitError",
        "QuestionError",
        "ReaderError",
        "ReadingError",
        "StoreError",
        "UnknownDocumentError",
        "WorkerError",
    }
)
"""Our errors by name, as the modules that define them are slow to load; any other is a fault of our own."""
OWN_FAULT = 3
"""Exit code of a fault of our own."""


class _OneLineGroup(click.Group):
    """A group of commands whose errors are one line each, without a traceback; each can tell what it does."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, which takes --verbose and --log-file beside its own options."""
        cmd.params += [option for option in LOG_OPTIONS if option not in cmd.params]
        super().add_command(cmd, name)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; leave with its exit code unless `standalone_mode` is off."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more would cost their start alone
        atexit.register(gc.freeze)  # so that the process ends without looking for cycles in all that is left
        start = time.perf_counter()
        arguments = sys.argv[1:] if args is None else args
        code = self._run(arguments, prog_name, **extra)
        end_log(code, time.perf_counter() - start, arguments)
        sys.exit(code)

    def _run(self, args: Sequence[str], prog_name: str | None, **extra: Any) -> int:
        """The exit code of a command, whose errors have been told."""
        try:
            code: object = super().main(args, prog_name, standalone_mode=False, **extra)
        except click.Abort:
            complain("stopped")
            return 130
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return error.exit_code
        except click.ClickException as error:
            complain(error.format_message() + _where_to_read(error))
            return error.exit_code
        except Exception as error:
            of_user = _exit_code(error)
            if of_user is None:
                return _tell_own_fault(error, args)
            complain(_message(error))
            return of_user
        return code if isinstance(code, int) else 0


def _where_to_read(error: click.ClickException) -> str:
    """Where a fault in the call is explained; what is missing is shown by an example, too."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return ""
    example = context.command.epilog if isinstance(error, click.MissingParameter) else None
    return f"{f' {example}' if example else ''} (see {context.command_path} --help)"


def _exit_code(error: Exception) -> int | None:
    name = type(error).__name__
    if name in FAULTS_OF_DATA:
        return 1
    if name in FAULTS_OF_CALL or isinstance(error, OSError | MemoryError):
        return 2
    if name == "RecordError":
        return 1 if "damaged" in str(error) else 2
    return None


def _message(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, MemoryError):
        return "there is not enough memory for this; give fewer documents at a time, or ask for less"
    return str(error)


def _tell_own_fault(error: Exception, arguments: Sequence[str]) -> int:
    from dragoman.faults import describe_fault, format_details, keep_details

    details = keep_details(error, arguments)
    if details is None:
        click.echo(format_details(error, arguments), err=True)
    complain(describe_fault(error, details))
    return OWN_FAULT


@click.group(
    name="dragoman",
    cls=_OneLineGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: dragoman build speeches/ -o graph && dragoman check graph",
)
@click.version_option(__version__, prog_name="dragoman", message="%(prog)s %(version)s")
def main() -> None:
    """Turn a folder of diplomatic documents into a graph of actors, conflicts and instruments.

    Every statement in the graph opens to the sentence that it was read from.
    """


@main.command(
    short_help="Read documents and write their graph into a folder.",
    epilog="Example: dragoman build speeches/ communique.pdf -o graph",
)
@click.argument("documents", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", required=True, type=OUT, help="Folder to write; an older build in it is replaced.")
@click.option("--model", default="dragoman", show_default=True, help="Language model: ours, or a spaCy pipeline.")
@click.option(
    "--ontology", "ontology_files", multiple=True, type=FILE, help="Turtle file with classes, words or names of yours."
)
@click.option(
    "--reader",
    "readers",
    multiple=True,
    default=("grammar",),
    help="grammar (default), llm, both, or a plug-in's name.",
)
@click.option("--llm-config", type=FILE, help="TOML file that says how a language model is reached; see help llm.")
@click.option("--max-cost", type=click.FloatRange(0), help="What asking a language model may cost at most.")
@click.option("--decisions", type=FILE, help="Table of decisions; without one, the one that OUT keeps from before.")
@click.option("--base", default=None, help="What the IRIs of the data start with; ends in / or #.")
@click.option("--infer", is_flag=True, help="Add what follows by the ontology, in a named graph of its own.")
@click.option("--page/--no-page", default=True, show_default=True, help="Write graph.html.")
@click.option("--fresh", is_flag=True, help="Read every document anew, also those that have not changed.")
@click.option("--text-column", default="", help="Read .csv and .jsonl files: the column of their texts.")
@click.option("--ocr", is_flag=True, help="Read pictures of text in PDF files by ocrmypdf, if it is installed.")
@click.option(
    "--limit", "limits", multiple=True, metavar="NAME=NUMBER", help="Raise a limit on files; see help formats."
)
@click.option("--workers", type=click.IntRange(1), help="Processes that parse and read.  [default: one a core]")
@click.option(
    "--scheduler", default="", metavar="ADDRESS", help="Open and read files on the workers of this Dask scheduler."
)
def build(
    documents: tuple[str, ...],
    output: Path,
    model: str,
    ontology_files: tuple[Path, ...],
    readers: tuple[str, ...],
    llm_config: Path | None,
    max_cost: float | None,
    decisions: Path | None,
    base: str | None,
    infer: bool,
    page: bool,
    fresh: bool,
    text_column: str,
    ocr: bool,
    limits: tuple[str, ...],
    workers: int | None,
    scheduler: str,
) -> None:
    """Read DOCUMENTS, files, archives or folders of them, and write their graph into a folder.

    Text, PDF, HTML, Word, OpenDocument, RTF, EPUB and e-mail files are read, and tables of texts; see help formats.

    What was read, found and left out is told at the end and kept in report.txt. If OUT holds an older build, only what
    has changed since is read; one that was stopped goes on where it stopped. While another build writes into OUT, this
    one waits.
    """
    from dragoman.builder import PAGE, WAITING, NothingReadError
    from dragoman.builder import build as build_graph
    from dragoman.built import own_ontology
    from dragoman.commands.reading import reader_settings, reading_options, tell_lines
    from dragoman.report import SHOWN, format_report, format_reuse, plain
    from dragoman.vocabulary import BASE, Iris

    if workers and scheduler:
        raise click.UsageError("--workers tells how many processes read here, and --scheduler has them elsewhere")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was begun is cleared away
    try:
        Iris(base or BASE)
    except ValueError as cause:
        raise click.BadParameter(str(cause), param_hint="--base") from cause
    before = own_ontology(output)
    with progress_shown(WAITING) as progress:
        try:
            built = build_graph(
                documents,
                output,
                base=base or BASE,
                model=model,
                ontology_files=ontology_files,
                decisions=decisions,
                readers=readers,
                settings=reader_settings(config=llm_config, max_cost=max_cost),
                infer=infer,
                page=page,
                fresh=fresh,
                workers=workers,
                scheduler=scheduler,
                options=reading_options(limits, text_column=text_column, ocr=ocr),
                progress=tell_stages(tell_lines(progress)),
            )
        except NothingReadError as error:
            for line in error.skipped[1:]:
                click.echo(plain(f"skipped {line.name}: {line.reason}"), err=True)
            raise
    tell_report(built.report)
    if built.reuse.note:
        complain(built.reuse.note)
    if before and not ontology_files:
        names = ", ".join(path.name.partition("-")[2] for path in before)
        complain(f"{output} was built with {names} before, and is not now: give --ontology again for what that adds")
    click.echo(format_report(built.report, shown=SHOWN), nl=False)
    if built.reuse.kept:
        click.echo(plain(f"Kept     {format_reuse(built.reuse)}"))
    name = shlex.quote(str(output))
    steps = [
        *([("to look", f"open {shlex.quote(str(output / PAGE))} in a browser")] if page else []),
        ("to ask", f"dragoman ask {name} most-connected"),
        ("to check", f"dragoman check {name}"),
    ]
    click.echo("Next     " + "\n         ".join(plain(f"{why:<8} {how}") for why, how in steps))


for _command in (
    check,
    query,
    ask,
    store,
    measure,
    review,
    serve,
    diff,
    export,
    push,
    verify,
    evaluate,
    coverage,
    audit,
    list_documents,
    explain,
    migrate,
    licences,
    doctor,
    help_on,
):
    main.add_command(_command)


@main.command(
    short_help="Train or measure the language model.",
    epilog="Example: dragoman train --train en_gum-train.conllu --dev en_gum-dev.conllu -o model",
)
@click.option("--train", "train_files", multiple=True, type=FILE, help="Treebank to learn from (.conllu, .conllu.gz).")
@click.option("--dev", "dev_files", multiple=True, type=FILE, help="Treebank that tells when to stop.")
@click.option("-o", "--output", type=OUT, help="Folder for the model; give it to build with --model.")
@click.option("--measure", "measured", type=FILE, help="Measure a model on this treebank instead.")
@click.option("--model", default="dragoman", show_default=True, help="The model that is measured, or gone on from.")
@click.option("--go-on", is_flag=True, help="Go on from the weights of --model instead of from nothing.")
@click.option("--steps", type=click.IntRange(1), help="Updates of the weights; by default as the recipe says.")
def train(
    train_files: tuple[Path, ...],
    dev_files: tuple[Path, ...],
    output: Path | None,
    measured: Path | None,
    model: str,
    go_on: bool,
    steps: int | None,
) -> None:
    """Train the tagger, lemmatizer and parser from Universal Dependencies treebanks, or measure them on one."""
    if measured is None and not (train_files and dev_files and output):
        raise click.UsageError("training needs --train, --dev and -o; measuring needs --measure")
    if measured is not None and (train_files or dev_files or output or go_on or steps):
        raise click.UsageError("--measure goes with --model alone")
    if measured is not None:
        _measure(model, measured)
        return
    from dragoman.language.hashes import model_folder
    from dragoman.language.training import train as train_model

    if output is not None:
        if output.exists() and (output.is_file() or any(output.iterdir())):
            raise click.BadParameter(f"{output} is not empty; give a new folder", param_hint="-o")
        start = model_folder(model) if go_on else None
        if go_on and start is None:
            raise click.BadParameter(f"no model {model!r}", param_hint="--model")
        train_model(train_files, dev_files, output, start=start, steps=steps)
        click.echo(f"The model is in {output}: dragoman build DOCUMENTS -o OUT --model {shlex.quote(str(output))}")


def _measure(model: str, treebank: Path) -> None:
    from dragoman.language.model import load_model
    from dragoman.language.training import measure_accuracy

    found = measure_accuracy(load_model(model), treebank)
    for label, value in (
        ("LAS", found.las),
        ("UAS", found.uas),
        ("part of speech", found.pos),
        ("tag", found.tag),
        ("lemma", found.lemma),
        ("sentence F1", found.sentence_f),
    ):
        click.echo(f"{label:<15} {value:6.2f}")
    click.echo(f"{'words a second':<15} {found.words_per_second:6.0f}")
