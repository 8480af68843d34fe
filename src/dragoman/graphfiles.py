"""The two files of a build's graph, of which neither is held in memory, from what is said of its subjects.

What is said is sorted on disk; all of a subject then stands together, and both files are made of it, subject by
subject. Quotes are most of a graph, and written by a pattern: what N-Quads and Turtle make of one of them, with gaps.
The bytes are those of :func:`dragoman.serialization.format_nquads` and :func:`dragoman.serialization.format_turtle`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from string import ascii_letters
from typing import BinaryIO, NamedTuple

from dragoman.quotes import Quote
from dragoman.serialization import (
    SECTIONS,
    SELECTOR,
    TYPE,
    Key,
    Properties,
    Subject,
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
GAP = re.compile(r'"\\([0-9])"')
"""A gap in a pattern, with the number of what fills it; no literal looks like that, as N-Quads has no such escape."""

_FIRST = itemgetter(0)


def write_graph(described: Iterable[Subject | Quote], nquads: Path, turtle: Path, *, base: str = BASE) -> None:
    """Write what is said of subjects, in any order, as N-Quads, and as Turtle with the triples of all graphs merged.

    :param described: each subject may come several times; a quote too, if nothing else is said of what it stands for.
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
            file.write(block.encode())


def _write_lines(ordered: Iterable[Subject | Quote], lines: BinaryIO, form: TurtleForm) -> Iterator[tuple[Key, str]]:
    """Add the lines of all subjects to a file; the Turtle of each, with its place there."""
    patterns = _Patterns(form)
    waiting: dict[str, Properties] = {}
    for node, several in groupby(ordered, _FIRST):
        said: list[tuple[str, str, str]] = []
        for one in several:
            if isinstance(one, Quote):
                text, key, block = patterns.write(one)
                lines.write(text.encode())
                yield key, block
                break  # whatever else there is, it is the same quote
            said += one[1]
        else:
            text, properties = _merge(node, said)
            lines.write(text.encode())
            if _is_selector(properties):  # it comes before its quote
                waiting[node] = properties
                continue
            if SELECTOR not in properties:
                yield reading_key(node, properties, {}), form.block(node, properties)
                continue
            selectors = [selector for selector in properties[SELECTOR] if selector in waiting]
            blocks = {node: properties} | {selector: waiting.pop(selector) for selector in selectors}
            for key, subject in in_reading_order(blocks):
                yield key, form.block(subject, blocks[subject])
    for node, properties in waiting.items():
        yield reading_key(node, properties, {}), form.block(node, properties)


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
    """A text with gaps, and what of a quote fills them."""

    text: str
    pick: Callable[[Sequence[str]], Sequence[str]]

    @classmethod
    def of(cls, text: str) -> _Pattern:
        """The pattern that `text` is, where each GAP is one."""
        pieces = GAP.split(text.replace("%", "%%"))
        return cls("%s".join(pieces[::2]), itemgetter(*map(int, pieces[1::2])))

    def fill(self, values: Sequence[str]) -> str:
        """The text with what is wanted of `values` in its gaps."""
        return self.text % self.pick(values)


class _Patterns:
    """How N-Quads and Turtle write quotes: as one of each kind, with gaps for what tells it from others.

    A gap may be filled by any term, as no property of a quote but that for its selectors has several objects, whose
    order, or the length of whose line, might matter.
    """

    def __init__(self, form: TurtleForm) -> None:
        self.form = form
        self._found: dict[tuple[bool, bool], tuple[_Pattern, _Pattern]] = {}

    def write(self, quote: Quote) -> tuple[str, Key, str]:
        """The lines of a quote; its place in Turtle, and what stands there."""
        kind = (bool(quote.page), bool(quote.element))
        if kind not in self._found:
            self._found[kind] = self._find(quote)
        lines, turtle = self._found[kind]
        node, document, *_ = values = quote[:]
        name = node[node.rindex("/") + 1 : -1]
        start = int(quote.start[1 : quote.start.index('"', 1)])
        key = reading_key(node, {}, {node: (document[1:-1], start)})
        terms = [value and self.form.term(value) for value in values[1:]]
        return lines.fill((name, *values[1:])), key, turtle.fill((name, *terms))

    def _find(self, quote: Quote) -> tuple[_Pattern, _Pattern]:
        """The patterns of lines and Turtle of all that are like `quote`."""
        cut = quote.node.rindex("/") + 1
        length = len(quote.node) - len(">") - cut
        name = next(sign * length for sign in ascii_letters if sign * length not in quote.node)
        gaps = [f'"\\{number}"' for number in range(len(quote))]
        values = (value and gap for value, gap in zip(quote[1:], gaps[1:], strict=True))
        sample = Quote(f"{quote.node[:cut]}{name}>", *values)
        merged = {node: _merge(node, said) for node, said in sorted(sample.subjects())}
        lines = "".join(text for text, _ in merged.values())
        blocks = {node: properties for node, (_, properties) in merged.items()}
        turtle = "".join(self.form.block(node, blocks[node]) for _, node in in_reading_order(blocks))
        return _Pattern.of(lines.replace(name, gaps[0])), _Pattern.of(turtle.replace(name, gaps[0]))
