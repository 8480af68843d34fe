"""RDF to files: Turtle for people, N-Quads for machines, both sorted, so that two builds are compared with ``diff``.

The Turtle is RDF 1.1 (https://www.w3.org/TR/turtle/) in the subset that every triplestore we tried reads alike: no
backslash in a prefixed name, no blank-node brackets, no ``GRAPH`` keyword. Files are written beside and renamed.

A term is a string here, as N-Quads writes it, since Turtle writes most of them alike: ``<http://example.org/a>``,
``"talks"@en``. A large graph is written by :mod:`dragoman.graphfiles`, which does not hold it.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from dragoman.vocabulary import BASE, DCTERMS, DGM, OA, OWL, PROV, RDF, RDFS, SKOS, XSD, Iris

__all__ = [
    "CACHED",
    "END",
    "SECTIONS",
    "Key",
    "Subject",
    "TurtleForm",
    "claim_key",
    "format_nquads",
    "format_term",
    "format_turtle",
    "in_reading_order",
    "iter_lines",
    "quote_key",
    "reading_key",
    "replace_file",
    "replaced_file",
    "to_subjects",
    "write_nquads",
    "write_turtle",
]

Subject = tuple[str, tuple[tuple[str, str, str], ...]]
"""Something, as N-Quads writes it, and some of what is said of it: property, object, and how the line ends (`END`)."""
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Properties = dict[str, list[str]]
"""Objects by property, all as N-Quads writes them."""
Key = tuple[int, str, int, str]
"""Where a subject stands: its section, and its place there."""

CACHED = 100_000
"""Terms in a cache above which none are added, and orders of properties."""
BUFFER = 1 << 20
"""Bytes of a file that are written at a time."""
END = " .\n"
"""How a line of N-Quads ends; before it stands the graph, where it is not the default graph, with a space."""
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
SECTIONS = ("Entities", "Documents", "Claims", "Evidence", "Provenance", "Terms", "Other")
_SUB_CLASS_OF, _PREF_LABEL = f"<{RDFS}subClassOf>", f"<{SKOS}prefLabel>"
_CLAIMS, _EVIDENCE = SECTIONS.index("Claims"), SECTIONS.index("Evidence")

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


def write_nquads(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write `quads` as N-Quads, each once, sorted by their bytes."""
    replace_file(path, format_nquads(quads))


def to_subjects(quads: Iterable[ox.Quad]) -> Iterator[Subject]:
    """What `quads` say of their subjects."""
    for quad in quads:
        graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f" {quad.graph_name}"
        yield str(quad.subject), ((str(quad.predicate), str(quad.object), graph + END),)


def iter_lines(subjects: Iterable[Subject]) -> Iterator[str]:
    """What is said of `subjects` as N-Quads, line by line."""
    for subject, said in subjects:
        for predicate, object_, end in said:
            yield f"{subject} {predicate} {object_}{end}"


def format_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """`quads` as N-Quads, each once, sorted by their bytes."""
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(line + b"\n" for line in sorted(set(lines.split(b"\n"))) if line)


def format_turtle(quads: Iterable[ox.Quad | ox.Triple], *, base: str = BASE) -> str:
    """The triples of all graphs, merged, as Turtle: a heading for each kind of subject, a block for each subject."""
    blocks: dict[str, Properties] = {}
    for quad in quads:
        blocks.setdefault(str(quad.subject), defaultdict(list))[str(quad.predicate)].append(str(quad.object))
    form = TurtleForm({iri: prefix for prefix, iri in Iris(base).prefixes.items()})
    body: list[str] = []
    section = -1
    for (at, *_), subject in in_reading_order(blocks):
        if at != section:
            section = at
            body.append(f"\n# {SECTIONS[section]}\n")
        body.append(form.block(subject, blocks[subject]))
    return form.head() + "".join(body)


def format_term(term: Term, namespaces: Mapping[str, str], used: dict[str, str] | None = None) -> str:
    """`term` as Turtle writes it, with a prefix of `namespaces` (IRI to prefix) where the rest is plain.

    :param used: takes up each prefix that was needed, with its IRI.

    >>> format_term(ox.NamedNode("http://example.org/a"), {"http://example.org/": "ex"})
    'ex:a'
    """
    form = TurtleForm(namespaces)
    text = form.terms[str(term)]
    if used is not None:
        used.update(form.used)
    return text


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` beside `path` and rename it, so that `path` holds the old bytes or the new ones, never a part."""
    with replaced_file(path) as file:
        file.write(data)


@contextmanager
def replaced_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside `path`, which it replaces when the block ends without an error."""
    beside = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    try:
        with beside.open("wb", buffering=BUFFER) as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


class TurtleForm:
    """How terms and blocks stand in Turtle; it keeps in mind what stands in many, and the prefixes that were needed.

    :param namespaces: IRI to prefix.
    """

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.namespaces = namespaces
        self.used: dict[str, str] = {}
        self.terms = _Terms(self._term)
        self._verbs: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def head(self) -> str:
        """The prefixes that were needed so far."""
        return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(self.used.items()))

    def block(self, subject: str, properties: Mapping[str, Sequence[str]]) -> str:
        """All that is said of `subject`."""
        lines = []
        terms = self.terms
        for predicate, verb in self._in_order(tuple(properties)):
            values = properties[predicate]
            if len(values) == 1:
                lines.append(f"{verb} {terms[values[0]]}")
                continue
            objects = sorted({terms[value] for value in values})
            line = f"{verb} {', '.join(objects)}"
            lines.append(line if len(line) <= WIDTH else f"{verb} " + ",\n        ".join(objects))
        return f"\n{terms[subject]} " + " ;\n    ".join(lines) + " .\n"

    def _term(self, term: str) -> str:
        if term[0] == "<":
            return self._iri(term)
        if term[0] != '"':
            return term
        if term[-1] != ">" and ("\\" not in term or ("\\b" not in term and "\\f" not in term)):  # as most are
            return term
        end = term.rindex('"') + 1
        text, mark = term[:end], term[end:]
        if "\\" in text:
            text = _ESCAPED.sub(lambda match: _NUMBERED.get(match[1], match[0]), text)
        if not mark.startswith("^^"):
            return text + mark
        datatype = mark[2:]
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(text, 1, len(text) - 1):
            return text[1:-1]
        return f"{text}^^{self.terms[datatype]}"

    def _in_order(self, predicates: tuple[str, ...]) -> list[tuple[str, str]]:
        """The properties of a block in the order in which they are written, and how each is."""
        found = self._verbs.get(predicates)
        if found is None:
            found = [
                (predicate, "a" if predicate == TYPE else self.terms[predicate])
                for predicate in sorted(predicates, key=_predicate_key)
            ]
            if len(self._verbs) < CACHED:
                self._verbs[predicates] = found
        return found

    def _iri(self, term: str) -> str:
        iri = term[1:-1]
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.namespaces.get(iri[:cut])
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return term
        self.used[prefix] = iri[:cut]
        return f"{prefix}:{iri[cut:]}"


class _Terms(dict[str, str]):
    """Terms as Turtle writes them, by how N-Quads does; all but texts are kept in mind, as they stand in many places.

    :param form: writes a term.
    """

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, term: str) -> str:
        found = self._form(term)
        if term[-1] == ">" and len(self) < CACHED:
            self[term] = found
        return found


def _predicate_key(predicate: str) -> tuple[int, str]:
    return (RANK.get(predicate, len(RANK)), predicate)


def in_reading_order(blocks: Mapping[str, Properties]) -> list[tuple[Key, str]]:
    """Subjects with their section and their place in it: claims by what they state, quotes as they stand in a text."""
    owners: dict[str, tuple[str, int]] = {}
    for subject, properties in blocks.items():
        selectors = properties.get(SELECTOR, ())
        if selectors:
            source = first_value(properties, SOURCE)
            starts = [first_value(blocks[node], START) for node in selectors if node in blocks]
            place = (source, int(max((start for start in starts if start.isdigit()), default="0")))
            owners.update(dict.fromkeys((subject, *selectors), place))
    keyed = [(reading_key(subject, blocks[subject], owners), subject) for subject in blocks]
    return sorted(keyed, key=lambda pair: pair[0])


def reading_key(subject: str, properties: Properties, owners: Mapping[str, tuple[str, int]]) -> Key:
    """The place of `subject`; `owners` tells document and place in it of quotes, and of what selects their words."""
    name = _value(subject)
    if subject in owners:
        return (_EVIDENCE, *owners[subject], name)
    section = _section(tuple(properties.get(TYPE, ())), _SUB_CLASS_OF in properties, _PREF_LABEL in properties)
    if section == _CLAIMS:
        return claim_key(name, *(first_value(properties, end) for end in ENDS))
    return (section, "", 0, name)


def quote_key(name: str, document: str, start: int) -> Key:
    """The place of a quote, by IRIs without brackets, and where it begins in its document."""
    return (_EVIDENCE, document, start, name)


def claim_key(name: str, subject: str, predicate: str, object_: str) -> Key:
    """The place of a claim, by IRIs without brackets."""
    return (_CLAIMS, f"{subject}\n{predicate}\n{object_}", 0, name)


@lru_cache(maxsize=CACHED)
def _section(types: tuple[str, ...], is_class: bool, is_named: bool) -> int:
    """The number of the section of what has these types, and a class above it, or a label."""
    found = set(map(_value, types))
    if DGM + "Claim" in found:
        return _CLAIMS
    if DGM + "Document" in found:
        return SECTIONS.index("Documents")
    if found & {OWL + "Class", OWL + "ObjectProperty"} or is_class:
        return SECTIONS.index("Terms")
    if any(cls.startswith(PROV) for cls in found):
        return SECTIONS.index("Provenance")
    return SECTIONS.index("Entities" if is_named or any(cls.startswith(DGM) for cls in found) else "Other")


def first_value(properties: Mapping[str, Sequence[str]], predicate: str) -> str:
    return min(map(_value, properties.get(predicate, ())), default="")


def _value(term: str) -> str:
    """An IRI without its brackets, the words of a literal."""
    return term[1 : term.rindex('"')] if term[0] == '"' else term[1:-1] if term[0] == "<" else term
