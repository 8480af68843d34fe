"""RDF to files: Turtle for people, N-Quads for machines, both sorted, so that two builds are compared with ``diff``.

The Turtle is RDF 1.1 (https://www.w3.org/TR/turtle/) in the subset that every triplestore we tried reads alike: no
backslash in a prefixed name, no blank-node brackets, no ``GRAPH`` keyword. Files are written beside and renamed.

A large graph is written without being held: N-Quads are sorted on disk, and as they then have all of a subject
together, the Turtle is made of them block by block. A term is a string here, as N-Quads writes it, since Turtle writes
most of them alike: ``<http://example.org/a>``, ``"talks"@en``.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from dragoman.sorting import sort_on_disk
from dragoman.vocabulary import BASE, DCTERMS, DGM, OA, OWL, PROV, RDF, RDFS, SKOS, XSD, Iris

__all__ = [
    "format_nquads",
    "format_term",
    "format_turtle",
    "iter_lines",
    "replace_file",
    "write_lines",
    "write_nquads",
    "write_turtle",
    "write_turtle_of",
]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Properties = dict[str, list[str]]
"""Objects by property, all as N-Quads writes them."""
Cache = dict[str, str]
"""IRIs that stand in many blocks, as N-Quads writes them, and as Turtle does."""
Key = tuple[int, str, int, str]
"""Where a subject stands: its section, and its place there."""

CACHED = 100_000
"""IRIs in a cache above which none are added."""
BATCH = 10_000
"""Quads that are turned into lines at a time."""
WIDTH = 110
"""Characters of a line above which each object of a property gets its own."""
TYPE, SELECTOR, SOURCE, START = f"<{RDF}type>", f"<{OA}hasSelector>", f"<{OA}hasSource>", f"<{OA}start>"
ENDS = tuple(f"<{RDF}{local}>" for local in ("subject", "predicate", "object"))
FIRST = (
    *(TYPE, *ENDS),
    *(f"<{SKOS}{local}>" for local in ("prefLabel", "altLabel")),
    *(f"<{DCTERMS}{local}>" for local in ("identifier", "title", "date", "creator")),
    *(SOURCE, SELECTOR),
    *(f"<{OA}{local}>" for local in ("prefix", "exact", "suffix")),
)
"""Properties that stand first in a block, in this order; the others follow by IRI."""
RANK = {predicate: rank for rank, predicate in enumerate(FIRST)}
SELECTORS = frozenset({f"<{OA}TextQuoteSelector>", f"<{OA}TextPositionSelector>"})
"""Classes of what tells where a quote stands: written after the quote."""
SECTIONS = ("Entities", "Documents", "Claims", "Evidence", "Provenance", "Terms", "Other")

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_BARE = {
    f"<{XSD}integer>": re.compile(r"-?[0-9]+"),
    f"<{XSD}decimal>": re.compile(r"-?[0-9]+\.[0-9]+"),
    f"<{XSD}double>": re.compile(r"-?[0-9]+\.[0-9]+E-?[0-9]+"),
}
_ESCAPED = re.compile(r"\\(.)")
_NUMBERED = {"b": r"\u0008", "f": r"\u000C"}
"""Escapes that not every reader of Turtle knows, by number."""


def write_turtle(quads: Iterable[ox.Quad | ox.Triple], path: Path, *, base: str = BASE) -> None:
    """Write the triples of all graphs, merged, as Turtle that reads from entities to documents, claims and quotes."""
    replace_file(path, format_turtle(quads, base=base).encode())


def write_turtle_of(source: Path, path: Path, *, base: str = BASE) -> None:
    """Write the Turtle that :func:`write_turtle` does of the quads in `source`, which :func:`write_nquads` wrote.

    Few subjects are in memory at a time: all lines of one stand together, those of the selectors of a quote before it.
    """
    namespaces = {iri: prefix for prefix, iri in Iris(base).prefixes.items()}
    used: dict[str, str] = {}
    cache: Cache = {}
    with source.open(encoding="utf-8", newline="\n") as lines, replaced_file(path) as file:
        triples = groupby(map(_split_line, lines), itemgetter(0))
        grouped = ((subject, _to_properties(several)) for subject, several in triples)
        blocks = (
            (key, _format_block(subject, properties, namespaces, used, cache))
            for key, subject, properties in _with_keys(grouped)
        )
        ordered = sort_on_disk(blocks, beside=path)
        first = next(ordered, None)  # by now all are formatted, and the prefixes known
        file.writelines(f"@prefix {prefix}: <{iri}> .\n".encode() for prefix, iri in sorted(used.items()))
        section = -1
        for (at, *_), block in chain([first] if first else (), ordered):
            if at != section:
                section = at
                file.write(f"\n# {SECTIONS[section]}\n".encode())
            file.write(block.encode())


def write_nquads(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write `quads` as N-Quads, each once, sorted by their bytes; they are taken one after the other."""
    write_lines(iter_lines(quads), path)


def write_lines(lines: Iterable[str], path: Path) -> None:
    """Write `lines` of N-Quads, each once, sorted by their bytes; they are taken one after the other."""
    with replaced_file(path) as file:
        file.writelines(line.encode() for line, _ in groupby(sort_on_disk(lines, beside=path)))


def iter_lines(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """`quads` as N-Quads, line by line."""
    quads = iter(quads)
    while batch := list(islice(quads, BATCH)):
        yield from StringIO((ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b"").decode(), newline="\n")


def format_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """`quads` as N-Quads, each once, sorted by their bytes."""
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(line + b"\n" for line in sorted(set(lines.split(b"\n"))) if line)


def format_turtle(quads: Iterable[ox.Quad | ox.Triple], *, base: str = BASE) -> str:
    """The triples of all graphs, merged, as Turtle: a heading for each kind of subject, a block for each subject."""
    blocks: dict[str, Properties] = {}
    for quad in quads:
        blocks.setdefault(str(quad.subject), defaultdict(list))[str(quad.predicate)].append(str(quad.object))
    namespaces = {iri: prefix for prefix, iri in Iris(base).prefixes.items()}
    used: dict[str, str] = {}
    cache: Cache = {}
    body: list[str] = []
    section = -1
    for (at, *_), subject in _in_reading_order(blocks):
        if at != section:
            section = at
            body.append(f"\n# {SECTIONS[section]}\n")
        body.append(_format_block(subject, blocks[subject], namespaces, used, cache))
    head = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(used.items())]
    return "".join(head + body)


def format_term(term: Term, namespaces: Mapping[str, str], used: dict[str, str] | None = None) -> str:
    """`term` as Turtle writes it, with a prefix of `namespaces` (IRI to prefix) where the rest is plain.

    :param used: takes up each prefix that was needed, with its IRI.

    >>> format_term(ox.NamedNode("http://example.org/a"), {"http://example.org/": "ex"})
    'ex:a'
    """
    return _format(str(term), namespaces, {} if used is None else used, {})


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` beside `path` and rename it, so that `path` holds the old bytes or the new ones, never a part."""
    with replaced_file(path) as file:
        file.write(data)


@contextmanager
def replaced_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside `path`, which it replaces when the block ends without an error."""
    beside = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _split_line(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of a line of N-Quads, whether it names a graph or not."""
    subject, predicate, rest = line.split(" ", 2)
    rest = rest[: rest.rindex(" ")]  # without the full stop
    cut = rest.rfind(" ")
    if cut >= 0 and rest[cut + 1] == "<" and '"' not in rest[cut:]:
        rest = rest[:cut]
    return subject, predicate, rest


def _to_properties(triples: Iterable[tuple[str, str, str]]) -> Properties:
    properties: Properties = defaultdict(list)
    for _, predicate, object_ in triples:
        properties[predicate].append(object_)
    return properties


def _with_keys(grouped: Iterable[tuple[str, Properties]]) -> Iterator[tuple[Key, str, Properties]]:
    """Each subject with its place; the selectors of a quote, which come before it, wait for it."""
    waiting: dict[str, Properties] = {}
    for subject, properties in grouped:
        selectors = properties.get(SELECTOR, ())
        if not selectors:
            if _is_selector(properties):
                waiting[subject] = properties
            else:
                yield _reading_key(subject, properties, {}), subject, properties
            continue
        blocks = {node: waiting.pop(node) for node in selectors if node in waiting} | {subject: properties}
        for key, node in _in_reading_order(blocks):
            yield key, node, blocks[node]
    for node, properties in waiting.items():
        yield _reading_key(node, properties, {}), node, properties


def _is_selector(properties: Properties) -> bool:
    return not SELECTORS.isdisjoint(properties.get(TYPE, ()))


def _format(term: str, namespaces: Mapping[str, str], used: dict[str, str], cache: Cache) -> str:
    """A term of N-Quads as Turtle writes it; IRIs are formatted once, as many stand in many blocks."""
    if term[0] == "<":
        found = cache.get(term)
        if found is None:
            found = _format_iri(term, namespaces, used)
            if len(cache) < CACHED:
                cache[term] = found
        return found
    if term[0] != '"':
        return term
    end = term.rindex('"') + 1
    text, mark = term[:end], term[end:]
    if "\\b" in text or "\\f" in text:
        text = _ESCAPED.sub(lambda match: _NUMBERED.get(match[1], match[0]), text)
    if not mark.startswith("^^"):
        return text + mark
    datatype = mark[2:]
    bare = _BARE.get(datatype)
    if bare and bare.fullmatch(text, 1, len(text) - 1):
        return text[1:-1]
    return f"{text}^^{_format(datatype, namespaces, used, cache)}"


def _format_iri(term: str, namespaces: Mapping[str, str], used: dict[str, str]) -> str:
    iri = term[1:-1]
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = namespaces.get(iri[:cut])
    if prefix is None or not _LOCAL.fullmatch(iri, cut):
        return term
    used[prefix] = iri[:cut]
    return f"{prefix}:{iri[cut:]}"


def _format_block(
    subject: str, properties: Properties, namespaces: Mapping[str, str], used: dict[str, str], cache: Cache
) -> str:
    lines = []
    for predicate in sorted(properties, key=_predicate_key):
        verb = "a" if predicate == TYPE else _format(predicate, namespaces, used, cache)
        terms = properties[predicate]
        if len(terms) == 1:
            lines.append(f"{verb} {_format(terms[0], namespaces, used, cache)}")
            continue
        objects = sorted({_format(term, namespaces, used, cache) for term in terms})
        line = f"{verb} {', '.join(objects)}"
        lines.append(line if len(line) <= WIDTH else f"{verb} " + ",\n        ".join(objects))
    return f"\n{_format(subject, namespaces, used, {})} " + " ;\n    ".join(lines) + " .\n"


def _predicate_key(predicate: str) -> tuple[int, str]:
    return (RANK.get(predicate, len(RANK)), predicate)


def _in_reading_order(blocks: Mapping[str, Properties]) -> list[tuple[Key, str]]:
    """Subjects with their section and their place in it: claims by what they state, quotes as they stand in a text."""
    owners: dict[str, tuple[str, int]] = {}
    for subject, properties in blocks.items():
        selectors = properties.get(SELECTOR, ())
        if selectors:
            source = _first(properties, SOURCE)
            starts = [_first(blocks[node], START) for node in selectors if node in blocks]
            place = (source, int(max((start for start in starts if start.isdigit()), default="0")))
            owners.update(dict.fromkeys((subject, *selectors), place))
    keyed = [(_reading_key(subject, blocks[subject], owners), subject) for subject in blocks]
    return sorted(keyed, key=lambda pair: pair[0])


def _reading_key(subject: str, properties: Properties, owners: Mapping[str, tuple[str, int]]) -> Key:
    name = _value(subject)
    if subject in owners:
        return (SECTIONS.index("Evidence"), *owners[subject], name)
    types = set(map(_value, properties.get(TYPE, ())))
    if DGM + "Claim" in types:
        ends = [_first(properties, end) for end in ENDS]
        return (SECTIONS.index("Claims"), "\n".join(ends), 0, name)
    return (SECTIONS.index(_section(types, properties)), "", 0, name)


def _section(types: set[str], properties: Properties) -> str:
    if DGM + "Document" in types:
        return "Documents"
    if types & {OWL + "Class", OWL + "ObjectProperty"} or f"<{RDFS}subClassOf>" in properties:
        return "Terms"
    if any(cls.startswith(PROV) for cls in types):
        return "Provenance"
    return "Entities" if any(cls.startswith(DGM) for cls in types) or f"<{SKOS}prefLabel>" in properties else "Other"


def _first(properties: Mapping[str, Sequence[str]], predicate: str) -> str:
    return min(map(_value, properties.get(predicate, ())), default="")


def _value(term: str) -> str:
    """An IRI without its brackets, the words of a literal."""
    return term[1 : term.rindex('"')] if term[0] == '"' else term[1:-1] if term[0] == "<" else term
