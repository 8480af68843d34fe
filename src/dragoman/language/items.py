"""Items of a list that begin with their verb ("Calls upon X to ..."), parsed with the subject that they lack.

A parser that has seen few resolutions takes such a verb for a noun in the plural. With a subject before it, it does
not; the subject is taken away again after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.language.tables import lemma_tables, small_words

__all__ = ["parse_all"]

SUBJECT = "He"
ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))
KEPT = (TAG, POS, MORPH, LEMMA, HEAD, DEP)


def parse_all(nlp: Language, texts: Iterable[tuple[str, bool]], *, batch_size: int = 64) -> Iterator[Doc]:
    """The parse of each text, in order.

    :param texts: each with whether it is an item that a line leads in, and so may begin with its verb.
    """
    pairs = [(text, _with_subject(text) if led else text) for text, led in texts]
    parsed = nlp.pipe([clause for _text, clause in pairs], batch_size=batch_size)
    for (text, clause), doc in zip(pairs, parsed, strict=True):
        if clause is text:
            yield doc
        else:
            without = _without_subject(doc, text)
            yield nlp(text) if without is None else without


def _with_subject(text: str) -> str:
    """The text as a clause, if it begins with a verb that lacks its subject."""
    match = _verb_first().match(text)
    if match is None or not _is_verb(match.group().lower()):
        return text
    return f"{SUBJECT} {text[0].lower()}{text[1:]}"


@cache
def _verb_first() -> re.Pattern[str]:
    """A capitalised word in -s, unless an auxiliary tells that it is the subject."""
    return re.compile(rf"([A-Z])([a-z]+s)\b(?!\s+(?:{'|'.join(sorted(small_words('finite-auxiliary')))})\b)")


def _is_verb(word: str) -> bool:
    """Whether a word in -s is a verb of the third person."""
    verbs = lemma_tables().index["verb"]
    return any(word.endswith(old) and word.removesuffix(old) + new in verbs for old, new in ENDINGS)


def _without_subject(doc: Doc, text: str) -> Doc | None:
    """The parse without its first word; nothing if something else hangs on that word."""
    if any(token.head.i == 0 for token in doc[1:]) or len(doc) < 2:
        return None
    first = text[: len(doc[1])]
    words = [first, *(token.text for token in doc[2:])]
    shorter = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc[1:]])
    attributes: Any = doc.to_array(list(KEPT))
    shorter.from_array(list(KEPT), attributes[1:])
    return shorter if shorter.text == text else None
