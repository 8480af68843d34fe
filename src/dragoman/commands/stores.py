"""The graph that a question is asked of, from its store on disk or in memory; and the command ``store``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.commands.logging import tell, tell_stages
from dragoman.commands.progress import progress_shown
from dragoman.commands.terminal import OUT, complain

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["make_told", "no_store", "opened", "store"]

WAITING = "waiting for another that makes the store of this graph"

no_store = click.option(
    "--no-store", "in_memory", is_flag=True, help="Load the graph into memory; keep no store of it on disk."
)
"""The option of commands that open a graph."""


@contextmanager
def opened(folder: Path, *, in_memory: bool = False) -> Iterator[ox.Store]:
    """The graph in `folder`, from its store on disk, which is made if the graph is large, or else in memory.

    Where no store can be made, that is told in a line.

    :raises RecordError: if the folder or its dataset is missing or damaged, or its store is.
    """
    from dragoman.keptstore import STORE_FAULTS, StoreError, find_store, is_large
    from dragoman.output import STORE
    from dragoman.query import load_store
    from dragoman.record import RecordError

    found = None if in_memory else find_store(folder)
    if found is None and not in_memory and is_large(folder):
        try:
            found = make_told(folder)
        except StoreError as error:
            complain(f"{error}; the graph is loaded into memory, as it is with --no-store")
    tell("store", graph=str(folder), place="memory" if found is None else "disk")
    if found is None:
        yield load_store(folder)
        return
    try:
        yield found
    except STORE_FAULTS as cause:
        raise RecordError(
            f"{folder / STORE}: damaged, or taken away meanwhile: {cause}; ask again, and if that does not help, "
            "remove it with dragoman store --remove"
        ) from cause


def make_told(folder: Path) -> ox.Store:
    """The store on disk of the graph in `folder`, and what is done for it told.

    :raises StoreError: if it cannot be made.
    """
    from dragoman.keptstore import Progress, make_store
    from dragoman.output import STORE

    with ExitStack() as shown:

        def begin() -> Progress:
            complain(f"making a store of this graph on disk, once: {folder / STORE}; later it need not be loaded")
            return tell_stages(shown.enter_context(progress_shown("")))

        return make_store(folder, making=begin, waiting=lambda: complain(WAITING))


@click.command(
    short_help="Make the store on disk of a graph, or remove it.",
    epilog="Example: dragoman store graph",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--remove", is_flag=True, help="Remove the store, and what a killed process left of one.")
def store(folder: Path, remove: bool) -> None:
    """Make the store on disk of the graph in OUT, the folder of a build, so that questions need not load the graph.

    ask and query make it by themselves for a graph that takes more than a second to load, unless --no-store is given,
    and use it wherever it is there. It is the folder graph.store in OUT, of about twice the size of graph.nq, belongs
    to this one file, and goes when OUT is built again.
    """
    from dragoman.keptstore import remove_store
    from dragoman.output import STORE
    from dragoman.query import dataset_of
    from dragoman.report import plain

    place = folder / STORE
    if remove:
        dataset_of(folder)
        removed = remove_store(folder, waiting=lambda: complain(WAITING))
        click.echo(plain(f"Removed: {place}" if removed else f"{folder}: has no store on disk"))
        return
    make_told(folder)
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    click.echo(plain(f"Store    {place}, {size / 1e6:,.0f} MB; ask and query use it"))
