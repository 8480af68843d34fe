"""Treebanks in CoNLL-U (https://universaldependencies.org/format.html) as spaCy documents.

Multiword tokens are opened into their syntactic words with no space between them, because spaCy's tokenizer divides
"don't" and "country's" the same way; empty nodes of the enhanced graph are left out.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

__all__ = ["Sentence", "TreebankError", "Word", "count_relations", "read_conllu", "to_docs"]

COLUMNS = 10
MASKED = "_"  # a form withheld by the treebank's licence
STRAIGHT_TO_CURLY = {"``": "\u201c", "''": "\u201d", "POS": "\u2019"}  # by Penn tag; see _curled


class TreebankError(ValueError):
    """A line of a treebank that is not CoNLL-U."""


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `head` counts from 0 within its sentence and is its own index at the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    relation: str
    space_after: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence, and whether it opens a new document of the treebank."""

    words: tuple[Word, ...]
    opens_document: bool


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Sentences of a `.conllu` or `.conllu.gz` file, in order; a sentence with a withheld form is left out.

    :raises TreebankError: for what is no UTF-8 text, a line with another number of columns, or numbers of words and
        heads that are none, or lie outside the sentence.
    """
    rows: list[tuple[int, list[str]]] = []
    opens = False
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as lines:
        for number, data in enumerate(_lines(path, lines), start=1):
            line = _decode(data, f"{path}:{number}").rstrip("\r\n")
            if line.startswith("#"):
                opens = opens or line.startswith("# newdoc")
            elif line:
                columns = line.split("\t")
                if len(columns) != COLUMNS:
                    raise TreebankError(f"{path}:{number}: {len(columns)} columns; CoNLL-U has {COLUMNS}")
                rows.append((number, columns))
            elif rows:
                sentence = _parse_sentence(path, rows, opens)
                if all(word.form != MASKED for word in sentence.words):
                    yield sentence
                    opens = False
                rows = []
    if rows:
        yield _parse_sentence(path, rows, opens)


def count_relations(sentences: Iterable[Sentence]) -> Counter[str]:
    """How often each relation, with its subtype, occurs."""
    return Counter(word.relation for sentence in sentences for word in sentence.words)


def to_docs(
    sentences: Iterable[Sentence],
    vocab: Vocab,
    *,
    relations: frozenset[str],
    sentences_per_doc: int = 10,
    curly_every: int = 5,
) -> Iterator[Doc]:
    """Annotated spaCy documents of up to `sentences_per_doc` consecutive sentences.

    :param relations: the relations to keep; another one loses its subtype ("obl:tmod" -> "obl").
    :param curly_every: each so-many-th document gets typographic quotes, as print has them; 0 for none.
    """
    batch: list[Sentence] = []
    made = 0
    for sentence in sentences:
        if batch and (sentence.opens_document or len(batch) == sentences_per_doc):
            yield _to_doc(batch, vocab, relations, curly=bool(curly_every) and made % curly_every == 0)
            batch, made = [], made + 1
        batch.append(sentence)
    if batch:
        yield _to_doc(batch, vocab, relations, curly=bool(curly_every) and made % curly_every == 0)


def _parse_sentence(path: Path, rows: list[tuple[int, list[str]]], opens: bool) -> Sentence:
    surface: dict[int, tuple[int, str, bool]] = {}  # first word id -> last word id, form, space after
    words: list[tuple[int, int, list[str]]] = []
    for number, columns in rows:
        identifier = columns[0]
        if "." in identifier:
            continue
        where = f"{path}:{number}"
        if "-" in identifier:
            begin, _, end = identifier.partition("-")
            first, last = _number(begin, where), _number(end, where)
            if not 0 < first <= last <= len(rows):
                raise TreebankError(f"{where}: words {identifier} are not within a sentence of {len(rows)} lines")
            surface[first] = (last, columns[1], "SpaceAfter=No" not in columns[9])
            continue
        words.append((number, _number(identifier, where), columns))
    inside: dict[int, tuple[bool, int]] = {}  # word id -> space after the multiword token, its last id
    for first, (last, _form, space) in surface.items():
        inside |= dict.fromkeys(range(first, last + 1), (space, last))
    result = []
    for number, place, columns in words:
        head = _number(columns[6], f"{path}:{number}")
        if not 0 <= head <= len(words):
            raise TreebankError(f"{path}:{number}: head {head} lies outside its sentence of {len(words)} words")
        space = "SpaceAfter=No" not in columns[9]
        if place in inside:
            whole_space, last = inside[place]
            space = whole_space and place == last
        result.append(
            Word(
                form=columns[1],
                lemma=columns[2],
                upos=columns[3],
                xpos=columns[4],
                feats=columns[5],
                head=head - 1 if head else place - 1,
                relation=columns[7],
                space_after=space,
            )
        )
    return Sentence(tuple(result), opens)


def _lines(path: Path, file: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield from file
    except (EOFError, zlib.error, gzip.BadGzipFile) as cause:
        raise TreebankError(f"{path}: is no gzip file, or cut short: {cause}") from cause


def _decode(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise TreebankError(f"{where}: is not UTF-8 text; give a treebank in CoNLL-U") from cause


def _number(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise TreebankError(f"{where}: {text[:40]!r} is no number of a word")
    return int(text)


def _to_doc(batch: list[Sentence], vocab: Vocab, relations: frozenset[str], *, curly: bool) -> Doc:
    words: list[Word] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    spaces: list[bool] = []
    for sentence in batch:
        offset = len(words)
        words.extend(sentence.words)
        heads.extend(offset + word.head for word in sentence.words)
        starts.extend(i == 0 for i in range(len(sentence.words)))
        spaces.extend(word.space_after for word in sentence.words)
        spaces[-1] = True  # a sentence is followed by a blank, whatever the treebank's layout was
    return Doc(
        vocab,
        words=[_curled(word) if curly else word.form for word in words],
        spaces=spaces,
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=["" if word.feats == "_" else word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=["ROOT" if word.relation == "root" else _kept(word.relation, relations) for word in words],
        sent_starts=starts,
    )


def _kept(relation: str, relations: frozenset[str]) -> str:
    return relation if relation in relations else relation.split(":")[0]


def _curled(word: Word) -> str:
    if word.form in {'"', "``", "''"} and word.xpos in STRAIGHT_TO_CURLY:
        return STRAIGHT_TO_CURLY[word.xpos]
    return word.form.replace("'", "\u2019") if "'" in word.form else word.form
