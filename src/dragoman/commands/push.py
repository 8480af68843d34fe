"""The command ``push``: a build into a triplestore."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dragoman.commands.terminal import OUT, complain

__all__ = ["push"]


@click.command(
    short_help="Send a graph to a triplestore.",
    epilog="Example: dragoman push graph --to http://127.0.0.1:7878/store",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--to", "url", required=True, metavar="URL", help="Graph Store endpoint; with --query, Update endpoint.")
@click.option("--query", "query_url", metavar="URL", help="Query endpoint of the same store: send by SPARQL Update.")
@click.option("--all", "every", is_flag=True, help="Send what the store is known to hold, too.")
@click.option(
    "--chunk", type=click.IntRange(1), default=1000, show_default=True, help="Kilobytes that one request carries."
)
def push(folder: Path, url: str, query_url: str | None, every: bool, chunk: int) -> None:
    """Send the graph in OUT, the folder of a build, to a triplestore, each named graph under its own IRI.

    Graphs that an earlier push sent, and that have not changed, are not sent again, so a push that was broken off goes
    on where it stopped; those that the build no longer has are taken away. The store keeps what was sent in a graph of
    its own, graph/pushed below the base of the IRIs. A store holds one build for each base.

    Where the store asks for a user and password, set DRAGOMAN_USER and DRAGOMAN_PASSWORD.
    """
    from dragoman.endpoint import PASSWORD, USER, GraphStore, UpdateEndpoint, is_exposed, open_client
    from dragoman.push import push as push_build
    from dragoman.report import plain

    user = os.environ.get(USER, "")
    for address in filter(None, (url, query_url)):
        if is_exposed(address) and user:
            complain("the password may be sent where others can read it: the address of the store is not https")
            break
    with open_client(user, os.environ.get(PASSWORD, "")) as client:
        endpoint = UpdateEndpoint(client, url, query_url) if query_url else GraphStore(client, url)
        done = push_build(folder, endpoint, every=every, chunk=chunk * 1000)
    click.echo(
        plain(
            f"Sent {_count(len(done.sent), 'graph')} of {_count(done.triples, 'triple')} to {url}; "
            f"{len(done.kept):,} stood there already, {len(done.dropped):,} taken away"
        )
    )


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
