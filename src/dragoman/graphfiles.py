"""The two files of a build's graph, of which neither is held in memory, from what is said of its subjects.

What is said is sorted on disk; all of a subject then stands together, and both files are made of it, subject by
subject. Quotes, and claims of one quote, are most of a graph, and written by patterns: what N-Quads and Turtle make of
one of them, with gaps.
The bytes are those of :func:`dragoman.serialization.format_nquads` and :func:`dragoman.serialization.format_turtle`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from string import ascii_letters
from typing import BinaryIO, NamedTuple

from dragoman.quotes import Described, LoneClaim, Quote
from dragoman.serialization import (
    CACHED,
    SECTIONS,
    SELECTOR,
    TYPE,
    Key,
    Properties,
    TurtleForm,
    in_reading_order,
    reading_key,
    replaced_file,
)
from dragoman.sorting import sort_on_disk
from dragoman.vocabulary import BASE, OA, Iris

__all__ = ["write_graph"]

SELECTORS = frozenset({f"<{OA}TextQuoteSelector>", f"<{OA}TextPositionSelector>"})
"""Classes of what tells where a quote stands: written after the quote."""
GAP = re.compile(r'"\\([0-9]{2})"')
"""A gap in a pattern, with the number of what fills it; no literal looks like that, as N-Quads has no such escape."""

_FIRST = itemgetter(0)


def write_graph(described: Iterable[Described], nquads: Path, turtle: Path, *, base: str = BASE) -> None:
    """Write what is said of subjects, in any order, as N-Quads, and as Turtle with the triples of all graphs merged.

    :param described: each subject may come several times; what is told in short, too, if nothing else is said of it.
    """
    form = TurtleForm({iri: prefix for prefix, iri in Iris(base).prefixes.items()})
    ordered = sort_on_disk(described, beside=nquads, key=_FIRST)
    with replaced_file(nquads) as lines, replaced_file(turtle) as file:
        blocks = sort_on_disk(_write_lines(ordered, lines, form), beside=turtle, key=_FIRST)
        first = next(blocks, None)  # by now all are formatted, and the prefixes known
        file.write(form.head().encode())
        section = -1
        for (at, *_), block in chain([first] if first else (), blocks):
            if at != section:
                section = at
                file.write(f"\n# {SECTIONS[section]}\n".encode())
            file.write(block)


def _write_lines(ordered: Iterable[Described], lines: BinaryIO, form: TurtleForm) -> Iterator[tuple[Key, bytes]]:
    """Add the lines of all subjects to a file; the Turtle of each, with its place there."""
    patterns: Mapping[type, _Patterns] = {
        Quote: _Patterns(form, names=1, alike=8),
        LoneClaim: _Patterns(form, names=2, alike=4),
    }
    waiting: dict[str, Properties] = {}
    for node, several in groupby(ordered, _FIRST):
        said: list[tuple[str, str, str]] = []
        for one in several:
            if isinstance(one, Quote | LoneClaim):
                written, block = patterns[type(one)].write(one)
                lines.write(written)
                yield one.key, block
                break  # whatever else there is, it is the same
            said += one[1]
        else:
            text, properties = _merge(node, said)
            lines.write(text.encode())
            if _is_selector(properties):  # it comes before its quote
                waiting[node] = properties
                continue
            if SELECTOR not in properties:
                yield reading_key(node, properties, {}), form.block(node, properties).encode()
                continue
            selectors = [selector for selector in properties[SELECTOR] if selector in waiting]
            blocks = {node: properties} | {selector: waiting.pop(selector) for selector in selectors}
            for key, subject in in_reading_order(blocks):
                yield key, form.block(subject, blocks[subject]).encode()
    for node, properties in waiting.items():
        yield reading_key(node, properties, {}), form.block(node, properties).encode()


def _merge(node: str, said: Iterable[tuple[str, str, str]]) -> tuple[str, Properties]:
    """The lines of a subject, sorted, each once; its properties, whatever the graph."""
    properties: Properties = {}
    lines: list[str] = []
    last = None
    for one in sorted(said):
        if one == last:
            continue
        predicate, object_, end = last = one
        lines.append(f"{node} {predicate} {object_}{end}")
        found = properties.get(predicate)
        if found is None:
            properties[predicate] = [object_]
        elif found[-1] != object_:
            found.append(object_)
    return "".join(lines), properties


def _is_selector(properties: Properties) -> bool:
    return not SELECTORS.isdisjoint(properties.get(TYPE, ()))


class _Pattern(NamedTuple):
    """A text with gaps, as UTF-8, and what of some values fills them."""

    pieces: list[bytes]
    pick: Callable[[Sequence[bytes]], Sequence[bytes]]

    @classmethod
    def of(cls, text: str) -> _Pattern:
        """The pattern that `text` is, where each GAP is one."""
        pieces = GAP.split(text)
        return cls([piece.encode() for piece in pieces], itemgetter(*map(int, pieces[1::2])))

    def fill(self, values: Sequence[bytes]) -> bytes:
        """The text with what is wanted of `values` in its gaps."""
        pieces = self.pieces.copy()
        pieces[1::2] = self.pick(values)
        return b"".join(pieces)


class _Patterns:
    """How N-Quads and Turtle write quotes, or lone claims: one of each kind, with gaps for what tells it from others.

    A gap may be filled by any term, as no property has several objects, whose order, or the length of whose line, might
    matter, but for those that are alike in all of a kind.

    :param names: of how many fields, the first ones, nothing but the last part of an IRI differs.
    :param alike: how many fields, the first ones, Turtle writes as N-Quads does.
    """

    def __init__(self, form: TurtleForm, *, names: int, alike: int) -> None:
        self.form, self.names, self.alike = form, names, alike
        self._terms = _Encoded(form.terms)
        self._found: dict[tuple[bool, ...], tuple[_Pattern, _Pattern]] = {}

    def write(self, one: Quote | LoneClaim) -> tuple[bytes, bytes]:
        """Its lines, and what stands for it in Turtle."""
        kind = one.kind
        found = self._found.get(kind)
        if found is None:
            found = self._found[kind] = self._find(one)
        lines, turtle = found
        texts = [*map(_name, one[: self.names]), *one[self.names :]]
        values = "\n".join(texts).encode().split(b"\n")  # all at once, as no term has a line feed
        text = lines.fill(values)
        values[self.alike :] = map(self._terms.__getitem__, one[self.alike :])
        return text, turtle.fill(values)

    def _find(self, one: Quote | LoneClaim) -> tuple[_Pattern, _Pattern]:
        """The patterns of lines and Turtle of all that are like `one`."""
        gaps = [f'"\\{number:02}"' for number in range(len(one))]
        signs = (sign for sign in ascii_letters if all(len(_name(iri)) * sign not in iri for iri in one[: self.names]))
        names = [sign * len(_name(iri)) for sign, iri in zip(signs, one[: self.names], strict=False)]
        iris = (f"{iri[: -len(name) - 1]}{name}>" for iri, name in zip(one, names, strict=False))
        others = (value and gap for value, gap in zip(one[self.names :], gaps[self.names :], strict=True))
        sample = one._replace(**dict(zip(one._fields, (*iris, *others), strict=True)))
        said: dict[str, list[tuple[str, str, str]]] = {}
        for node, some in sample.subjects():
            said.setdefault(node, []).extend(some)
        merged = {node: _merge(node, said[node]) for node in sorted(said)}
        blocks = {node: properties for node, (_, properties) in merged.items()}
        lines = "".join(text for text, _ in merged.values())
        turtle = "".join(self.form.block(node, blocks[node]) for _, node in in_reading_order(blocks))
        for name, gap in zip(names, gaps, strict=False):
            lines, turtle = lines.replace(name, gap), turtle.replace(name, gap)
        return _Pattern.of(lines), _Pattern.of(turtle)


class _Encoded(dict[str, bytes]):
    """Terms of Turtle, by how N-Quads writes them, as UTF-8."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        super().__init__({"": b""})
        self._terms = terms

    def __missing__(self, term: str) -> bytes:
        found = self._terms[term].encode()
        if len(self) < CACHED:
            self[term] = found
        return found


def _name(iri: str) -> str:
    """The last part of an IRI in brackets."""
    return iri[iri.rindex("/") + 1 : -1]
