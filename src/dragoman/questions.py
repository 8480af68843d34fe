"""Ready questions: files of SPARQL whose comments name them, their parameters and an example, to filled-in queries.

A file ``who-mediates.rq`` begins with lines such as these; a comment without a key goes on with the one above it.
The query is plain SPARQL 1.1 SELECT over the merged default graph, and runs as it stands in any store::

    # title: Who mediates where
    # description: Who helps the sides of a conflict towards terms, with the words that say so.
    # parameter: conflict (entity Conflict Process) optional — what is mediated
    # example: who-mediates --conflict Sudan

Each parameter stands in the query as ``VALUES ?conflict { UNDEF }``, once or more. Filling it in puts a term, written
by :mod:`dragoman.serialization`, in place of ``UNDEF``: nothing that a user types reaches the query in another way.

Where many rows are found, names and documents stand in a ``SELECT`` of their own: Oxigraph then reads them once, and
joins them by hash, where it would look each up again for each row, the longer the more is said of the thing. What is
looked up for each claim stands together, its date too, so that all of it is read while it is at hand; and rows sorted
by ``STR()`` alone are sorted outside Oxigraph, and faster (:mod:`dragoman.query`).

A question may name, as ``# search: chain``, one of SEARCHES: a function that finds the rows of its query, and faster.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from dragoman.chains import find_chains
from dragoman.naming import KINDS, Names, NamingError
from dragoman.ontology import ontology_folder
from dragoman.query import Limits, Result, load_store, run_query, without_text
from dragoman.serialization import format_term

__all__ = [
    "FOLDER",
    "Parameter",
    "Question",
    "QuestionError",
    "answer",
    "ask",
    "fill",
    "find_question",
    "find_terms",
    "load_questions",
    "parse_question",
]

Term = ox.NamedNode | ox.Literal
Terms = Mapping[str, Term]
"""Terms by the name of the parameter that they are given for."""

FOLDER = "questions"
"""The folder of ``ontology/`` that holds our questions."""
SUFFIX = ".rq"
RESERVED = frozenset({"all", "format", "help", "questions", "sparql"})
"""Names that are options of the command line, and so of no parameter."""

SEARCHES: dict[str, Callable[[ox.Store, Terms], Result]] = {"chain": find_chains}
"""Functions that answer a question in place of its query, with the same rows."""

_HEADER = re.compile(r"#\s*(?:(title|description|parameter|example|search)\s*:)?\s*(.*)")
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*)\s*\(\s*(\w+)([\w\s,]*)\)\s*(required|optional)\s*(?:[—–:-]+\s*(.*))?")
_VALUES = re.compile(r"VALUES\s*[?$](\w+)\s*\{\s*(UNDEF)\s*\}", re.IGNORECASE)


class QuestionError(ValueError):
    """A file of a question that cannot be used, a question that is not there, or a parameter that does not fit it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something to fill in: `kind` is one of :data:`dragoman.naming.KINDS`, `classes` what an entity may be."""

    name: str
    kind: str
    classes: tuple[str, ...] = ()
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its name, which is that of its file, and what its header tells."""

    id: str
    title: str
    query: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    example: str = ""
    search: str = ""


def ask(source: Path | ox.Store | Names, question: Question, values: Mapping[str, str | None] | None = None) -> Result:
    """The answer to `question` in `source`: the output folder of a build, a store of one, or the names in a store.

    Who asks often hands in the names, which then are looked up once.

    :param values: what was typed for each parameter: names of entities, classes, properties or documents, dates, texts.
    :raises QuestionError: for a parameter that is missing or that the question has not, a name that is not in the graph
        or that may mean several things there.
    :raises RecordError: if the folder or its dataset is missing or damaged.
    """
    names = _names_of(load_store(source) if isinstance(source, Path) else source)
    return answer(names.store, question, find_terms(names, question, values or {}))


def answer(store: ox.Store, question: Question, terms: Terms, *, limits: Limits | None = None) -> Result:
    """The answer to `question` in `store`, with what its parameters mean.

    :raises QueryLimitError: if it goes past `limits`.
    """
    if question.search:
        return SEARCHES[question.search](store, terms)
    return run_query(store, fill(question, terms), limits=limits or Limits())


def find_terms(source: ox.Store | Names, question: Question, values: Mapping[str, str | None]) -> dict[str, Term]:
    """What was typed for each parameter to the terms that it means in a store, or in the store of names.

    :raises QuestionError: as :func:`ask` does.
    """
    given = {name: value for name, value in values.items() if value}
    _check_names(question, given)
    names = _names_of(source)
    terms: dict[str, Term] = {}
    for parameter in question.parameters:
        if parameter.name in given:
            try:
                terms[parameter.name] = names.find(given[parameter.name], parameter.kind, parameter.classes)
            except NamingError as cause:
                raise QuestionError(f"{parameter.name}: {cause}") from cause
    return terms


def fill(question: Question, terms: Terms) -> str:
    """The query of `question` with `terms` for its parameters, and any value for the others, as text for any store."""
    filled, done = [], 0
    for match in _VALUES.finditer(without_text(question.query)):
        if match[1] in terms:
            filled += [question.query[done : match.start(2)], format_term(terms[match[1]], {})]
            done = match.end(2)
        else:
            filled.append(question.query[done : match.start()])  # any value will do, and stores plan better without
            done = match.end()
    return "".join([*filled, question.query[done:]])


def load_questions(*folders: Path) -> dict[str, Question]:
    """Our questions by name, sorted, and those in the ``.rq`` files of `folders`, which may replace ours.

    :raises QuestionError: for a folder that is not there, or a file that cannot be used.
    """
    found: dict[str, Question] = {}
    for folder in (ontology_folder() / FOLDER, *folders):
        if not folder.is_dir():
            raise QuestionError(f"{folder}: no such folder")
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            found[path.stem] = _read_question(path)
    return dict(sorted(found.items()))


def find_question(name: str, questions: Mapping[str, Question]) -> Question:
    """The question of this name.

    :raises QuestionError: if there is none; with the nearest that there are.
    """
    if name not in questions:
        near = difflib.get_close_matches(name, questions, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise QuestionError(f"no question {name!r}{hint}")
    return questions[name]


def parse_question(text: str, id_: str) -> Question:
    """The question in the text of a file.

    :raises QuestionError: for a header that cannot be read, or a parameter that the query has no place for.
    """
    told: dict[str, list[str]] = {"title": [], "description": [], "parameter": [], "example": [], "search": []}
    for key, value in _read_header(text):
        told[key].append(value)
    parameters = tuple(_parse_parameter(line) for line in told["parameter"])
    names = [parameter.name for parameter in parameters]
    places = {match[1] for match in _VALUES.finditer(without_text(text))}
    for name in names:
        if name not in places:
            raise QuestionError(f"parameter {name} has no place: write VALUES ?{name} {{ UNDEF }} into the query")
        if names.count(name) > 1:
            raise QuestionError(f"parameter {name} is told twice")
    search = " ".join(told["search"])
    if search and search not in SEARCHES:
        raise QuestionError(f"no search {search!r}; one of: {', '.join(SEARCHES)}")
    return Question(
        id=id_,
        title=" ".join(told["title"]) or id_,
        query=text,
        description=" ".join(told["description"]),
        parameters=parameters,
        example=" ".join(told["example"]),
        search=search,
    )


def _names_of(source: ox.Store | Names) -> Names:
    return source if isinstance(source, Names) else Names(source)


def _read_question(path: Path) -> Question:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as cause:
        raise QuestionError(f"{path}: is no file of UTF-8 text") from cause
    try:
        return parse_question(text, path.stem)
    except QuestionError as cause:
        raise QuestionError(f"{path}: {cause}") from cause


def _read_header(text: str) -> Iterator[tuple[str, str]]:
    """Keys and values of the comments above the query."""
    key, parts = "", [""]
    for line in text.splitlines():
        match = _HEADER.fullmatch(line.strip())
        if not match:
            break
        if match[1]:
            if key:
                yield key, " ".join(parts)
            key, parts = match[1], [match[2].strip()]
        elif match[2]:
            parts.append(match[2].strip())
    if key:
        yield key, " ".join(parts)


def _parse_parameter(line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        wanted = "NAME (KIND) required or optional — DESCRIPTION, such as: conflict (entity Conflict) required — where"
        raise QuestionError(f"parameter {line!r} cannot be read; write {wanted}")
    name, kind, classes, need, description = match.groups()
    if kind not in KINDS:
        raise QuestionError(f"parameter {name}: no kind {kind!r}; one of: {', '.join(KINDS)}")
    if name in RESERVED:
        raise QuestionError(f"parameter {name}: this is an option of every question; choose another name")
    return Parameter(name, kind, tuple(classes.replace(",", " ").split()), need == "required", description or "")


def _check_names(question: Question, given: Mapping[str, str]) -> None:
    known = [parameter.name for parameter in question.parameters]
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known) or 'none'}"
            raise QuestionError(f"{question.id} has no parameter {name}; {hint}")
    for parameter in question.parameters:
        if parameter.required and parameter.name not in given:
            raise QuestionError(f"{question.id} needs {parameter.name}: {parameter.description or parameter.kind}")
