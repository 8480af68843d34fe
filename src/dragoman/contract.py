"""The form of the graph that users, queries and other stores rely on: its number, told, recognised, brought up to date.

A dataset tells its contract in the graph of provenance: ``build/graph dcterms:conformsTo CONTRACT-IRI``. It goes up by
one when what a query relied on is named or arranged otherwise; additions do not count. What a later dragoman wrote
is refused; what an earlier one wrote is read as it is, where that can be done, or by the steps of :data:`STEPS`.

========  ==============================================================================================================
contract  what it says
========  ==============================================================================================================
0         graphs of before contracts had numbers, which do not tell theirs
1         as the module :mod:`dragoman.graph` describes, and as the README tells
========  ==============================================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from dragoman.vocabulary import DCTERMS, DGM, PROV, RDF

__all__ = [
    "CONFORMS_TO",
    "CONTRACT",
    "ContractError",
    "conforms_to",
    "contract_of",
    "migrate_quads",
    "parse_contract",
    "refuse_later",
]

CONTRACT = 1
"""Number of the contract that graphs are written by."""
UNNUMBERED = 0
CONFORMS_TO = ox.NamedNode(DCTERMS + "conformsTo")
"""The property by which a graph tells its contract."""
PREFIX = DGM.removesuffix("#") + "/contract/"
"""What the IRI of a contract begins with; its number follows."""

Step = Callable[[Sequence[ox.Quad]], list[ox.Quad]]

_GENERATED_BY = ox.NamedNode(PROV + "wasGeneratedBy")
_A, _ACTIVITY = ox.NamedNode(RDF + "type"), ox.NamedNode(PROV + "Activity")


class ContractError(ValueError):
    """A graph whose contract is none of those known; the message says what to do."""


def conforms_to(contract: int = CONTRACT) -> tuple[ox.NamedNode, ox.NamedNode]:
    """Property and object of the triple by which a graph tells its contract."""
    return CONFORMS_TO, ox.NamedNode(f"{PREFIX}{contract}")


def contract_of(quads: Iterable[ox.Quad]) -> int:
    """The number of the contract that a dataset tells, or 0 where it tells none.

    :raises ContractError: if what it tells is no number.

    >>> contract_of([])
    0
    """
    found = UNNUMBERED
    for quad in quads:
        if quad.predicate == CONFORMS_TO and isinstance(quad.object, ox.NamedNode):
            told = quad.object.value
            if not told.startswith(PREFIX):
                continue  # that what a document is about conforms to something else
            number = told.removeprefix(PREFIX)
            if not (number.isascii() and number.isdigit() and len(number) < 10):
                raise ContractError(f"<{told}> is no contract: {PREFIX} and a number is")
            found = max(found, int(number))
    return found


def parse_contract(data: bytes) -> int:
    """The contract that a dataset in N-Quads tells, as :func:`contract_of`, of the few lines alone that may tell it.

    :raises ContractError: if what it tells is no number.
    :raises SyntaxError: if such a line is no N-Quads.
    """
    return contract_of(ox.parse(b"".join(_lines_with(CONFORMS_TO.value.encode(), data)), format=ox.RdfFormat.N_QUADS))


def refuse_later(number: int, where: str) -> None:
    """Refuse a dataset of a contract that is not known here.

    :raises ContractError: for one that a later dragoman wrote.
    """
    if number > CONTRACT:
        raise ContractError(
            f"{where}: is of contract {number}, which a later dragoman wrote; this one knows {CONTRACT}: update "
            "dragoman, or build the graph again"
        )


def migrate_quads(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    """A dataset of any known contract as one of the present contract; what it states stays the same.

    :raises ContractError: for a dataset of a later contract, or one that no build wrote.
    """
    number = contract_of(quads)
    refuse_later(number, "the graph")
    found = list(quads)
    for at in range(number, CONTRACT):
        found = STEPS[at](found)
    return found


def _lines_with(words: bytes, data: bytes) -> Iterator[bytes]:
    at = data.find(words)
    while at >= 0:
        start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        end = end if end >= 0 else len(data)
        yield data[start:end] + b"\n"
        at = data.find(words, end)


def _tell_contract(quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    """From 0 to 1: the graph tells its contract, and is otherwise as it was."""
    results = {
        (quad.subject, quad.graph_name)
        for quad in quads
        if quad.predicate == _GENERATED_BY and isinstance(quad.subject, ox.NamedNode)
    }
    if not results or not any(quad.predicate == _A and quad.object == _ACTIVITY for quad in quads):
        raise ContractError("the graph does not tell what build it came from: build it again")
    told = [ox.Quad(subject, *conforms_to(1), graph) for subject, graph in sorted(results, key=str)]
    return [*quads, *told]


STEPS: Mapping[int, Step] = {0: _tell_contract}
"""What makes a dataset of each contract one of the next."""
