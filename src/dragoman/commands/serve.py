"""The command ``serve``: a graph on the loopback address, for people with a browser and programs with SPARQL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dragoman.commands.stores import make_told
from dragoman.commands.terminal import OUT, complain

if TYPE_CHECKING:
    import socket

__all__ = ["serve"]

CONNECTIONS = 256
"""Connections at a time; more are told to come again."""


@click.command(
    short_help="Serve a graph: pages, and a SPARQL endpoint.",
    epilog="Example: dragoman serve graph --port 8080",
)
@click.argument("folder", metavar="OUT", type=OUT)
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes any free one.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen at. With another than a loopback address, whoever reaches this machine reads the graph and "
    "the documents: there is no password and no encryption.",
)
@click.option(
    "--allow-host", "names", multiple=True, help="A name under which this server may be asked; may be repeated."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=60.0, show_default=True, help="Seconds that a query may run."
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows that an answer may have."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Queries that run at a time; each worker holds the graph in memory.",
)
@click.option(
    "--store", "on_disk", is_flag=True, help="Hold no graph in memory: ask its store on disk, which is made if need be."
)
def serve(
    folder: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    timeout: float,
    max_rows: int,
    workers: int,
    on_disk: bool,
) -> None:
    """Serve the graph in OUT, the folder of a build, read-only, until Ctrl-C.

    At the address that is printed, a browser finds pages for each entity, claim and document, the ready questions and a
    form for queries; at /sparql, programs find a SPARQL 1.1 endpoint. Every IRI of the graph opens at its own path.
    When OUT is built again, the new graph is taken up.
    """
    import uvicorn

    from dragoman.record import DATASET, RecordError
    from dragoman.report import plain
    from dragoman.server.app import Application
    from dragoman.server.pool import Pool

    if not (folder / DATASET).is_file():
        raise RecordError(f"{folder / DATASET}: no such file; give the output folder of a build")
    if on_disk:
        make_told(folder)
    listening = _listen(host, port)
    at = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    if not _is_loopback(host):
        complain(f"whoever reaches {host} reads this graph and its documents: there is no password and no encryption")
    hosts = frozenset(name.lower() for name in ("localhost", host, *names))
    application = Application(Pool(folder, size=workers, seconds=timeout, rows=max_rows, on_disk=on_disk), hosts)
    config = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        lifespan="on",
        ws="none",
        loop="asyncio",
        http="h11",
        timeout_graceful_shutdown=2,
        proxy_headers=False,
    )
    click.echo(
        plain(f"Serving {folder} at http://{shown}:{at}/ (SPARQL at http://{shown}:{at}/sparql); Ctrl-C ends it")
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)  # told, as asyncio sends small packets at once for TCP alone
        if os.name == "posix":  # elsewhere this would take a port from the program that has it
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(CONNECTIONS)
    except OSError as cause:
        reason = cause.strerror or str(cause)
        raise click.BadParameter(f"{host}:{port}: {reason}; choose another with --port or --host") from cause
    return listening


def _is_loopback(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
