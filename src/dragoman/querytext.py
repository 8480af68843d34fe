"""Terms of a stranger's shapes as text within a query: a name stays a name, a number a number, words stay words.

Whatever else stands where a query needs one of these is refused, so that no value can end a pattern and begin another.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from dragoman.vocabulary import XSD

__all__ = ["UnknownConstraintError", "iri_text", "number_text", "prefix_text", "term_text"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_PREFIX = re.compile(r"(?:[A-Za-z](?:[\w-]*\w)?)?", re.ASCII)


class UnknownConstraintError(ValueError):
    """A shape that says more than is understood here."""


def term_text(term: Term) -> str:
    """An IRI or a literal, as a query writes it.

    :raises UnknownConstraintError: for a node without a name.

    >>> term_text(ox.Literal('" } SERVICE <http://example.org/> {'))
    '"\\\\" } SERVICE <http://example.org/> {"'
    """
    if not isinstance(term, ox.NamedNode | ox.Literal):
        raise UnknownConstraintError(f"{term}: a node without a name, where a query needs a name or a value")
    return str(term)


def iri_text(term: Term) -> str:
    """An IRI, also one that is told as a literal of ``xsd:anyURI``, as a query writes it.

    :raises UnknownConstraintError: for anything else.
    """
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "anyURI":
        try:
            return str(ox.NamedNode(term.value))
        except ValueError as cause:
            raise UnknownConstraintError(f"{term}: no IRI, where a query needs one") from cause
    if not isinstance(term, ox.NamedNode):
        raise UnknownConstraintError(f"{term}: no IRI, where a query needs one")
    return str(term)


def number_text(term: Term) -> str:
    """A whole number from 0 on, as a query writes it.

    :raises UnknownConstraintError: for anything else.
    """
    if not (isinstance(term, ox.Literal) and re.fullmatch(r"[0-9]{1,9}", term.value)):
        raise UnknownConstraintError(f"{term}: no number, where a query needs one")
    return term.value


def prefix_text(term: Term) -> str:
    """A prefix without its colon, as a query writes it.

    :raises UnknownConstraintError: for anything else.
    """
    if not (isinstance(term, ox.Literal) and _PREFIX.fullmatch(term.value)):
        raise UnknownConstraintError(f"{term}: no prefix")
    return term.value
