"""A build to a triplestore over HTTP, graph by graph, so that the store holds what ``graph.nq`` does.

A graph ``BASE graph/pushed`` of the store keeps, for each graph that was sent whole, ``owl:versionInfo`` with the
SHA-256 of its triples. It is read first, and written before and after each graph: what the store is known to hold is
not sent again, so a push that was broken off goes on where it stopped, and one of a build that grew sends only what
changed. Graphs that a former push sent and the build no longer has are taken away. This state stands in the store, not
beside the build, because it must be gone when the store's data are.

Each graph is replaced, never mended, and a build has no blank nodes, so that a request made twice does no harm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from dragoman.endpoint import CHUNK, Endpoint
from dragoman.record import DATASET, RecordError, find_base, read_quads
from dragoman.vocabulary import OWL, PROV, Iris

__all__ = ["Pushed", "push"]

STATE = "pushed"
"""Local name of the graph that keeps the state."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

_ACTIVITY = ox.NamedNode(PROV + "Activity")
_VERSION = ox.NamedNode(OWL + "versionInfo")
_SCHEME = "sha256:"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: IRIs of graphs, sorted, and how many triples it sent."""

    sent: tuple[str, ...]
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    triples: int


def push(
    folder: Path, endpoint: Endpoint, *, every: bool = False, chunk: int = CHUNK, progress: Progress | None = None
) -> Pushed:
    """Make the graphs in `endpoint` those of the build in `folder`.

    :param every: send also what the store is known to hold, in case that others have changed it there.
    :param chunk: bytes of N-Triples that one request carries at most.
    :raises RecordError: if the build is missing or damaged, or has triples in no named graph.
    :raises PushError: if the store cannot be reached or refuses; what was sent until then stays, and is known.
    """
    tell = progress or (lambda *_: None)
    quads = read_quads(folder)
    graphs = _to_graphs(quads, folder)
    digests = {name: _SCHEME + sha256(b"".join(lines)).hexdigest() for name, lines in graphs.items()}
    state = Iris(_find_base(quads)).graph(STATE).value
    known = _read_state(endpoint, state)
    dropped = sorted(known.keys() - graphs.keys())
    kept = [] if every else [name for name in graphs if known.get(name) == digests[name]]
    to_send = [name for name in graphs if name not in set(kept)]
    if not to_send and not dropped:
        return Pushed((), tuple(kept), (), 0)
    if kept:
        endpoint.replace(state, _format_state({name: digests[name] for name in kept}))
    else:
        endpoint.drop(state)
    for name in dropped:
        endpoint.drop(name)
    triples = 0
    for number, name in enumerate(to_send):
        tell("sending", number, len(to_send))
        for part, lines in enumerate(_chunks(graphs[name], chunk)):
            (endpoint.add if part else endpoint.replace)(name, lines)
        endpoint.add(state, _format_state({name: digests[name]}))
        triples += len(graphs[name])
    tell("sending", len(to_send), len(to_send))
    return Pushed(tuple(to_send), tuple(kept), tuple(dropped), triples)


def _find_base(quads: Iterable[ox.Quad]) -> str:
    subjects = (quad.subject for quad in quads if quad.object == _ACTIVITY)
    return find_base(subject.value for subject in subjects if isinstance(subject, ox.NamedNode))


def _to_graphs(quads: Iterable[ox.Quad], folder: Path) -> dict[str, list[bytes]]:
    """Lines of N-Triples, sorted, of each graph, by its IRI."""
    found: dict[str, set[bytes]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            raise RecordError(f"{folder / DATASET}: damaged: triples stand in no named graph; build the graph again")
        found[quad.graph_name.value].add(f"{quad.triple} .\n".encode())
    return {name: sorted(lines) for name, lines in sorted(found.items())}


def _read_state(endpoint: Endpoint, state: str) -> dict[str, str]:
    """The digest of each graph that the store holds whole, by its IRI."""
    return {
        triple.subject.value: triple.object.value
        for triple in endpoint.read(state)
        if triple.predicate == _VERSION
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
    }


def _format_state(digests: Mapping[str, str]) -> bytes:
    triples = (ox.Triple(ox.NamedNode(name), _VERSION, ox.Literal(digest)) for name, digest in sorted(digests.items()))
    return "".join(f"{triple} .\n" for triple in triples).encode()


def _chunks(lines: Iterable[bytes], size: int) -> Iterator[bytes]:
    """`lines`, joined to pieces of `size` bytes at most, but for a line that is longer by itself."""
    piece: list[bytes] = []
    length = 0
    for line in lines:
        if piece and length + len(line) > size:
            yield b"".join(piece)
            piece, length = [], 0
        piece.append(line)
        length += len(line)
    if piece:
        yield b"".join(piece)
