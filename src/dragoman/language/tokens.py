"""Parses as plain Python objects, for reading over and over.

spaCy makes a new object at each look at a token and decodes its strings anew; the rules of extraction look a hundred
times at each. Here a parse is turned once into tuples of tokens whose attributes bear the names that they have in spaCy
(https://spacy.io/api/token), so that either can be read by the same code.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import Any

from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SENT_START, SPACY, TAG
from spacy.parts_of_speech import NAMES
from spacy.strings import StringStore
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

__all__ = ["Doc", "Stretch", "Token", "to_doc"]

REMEMBERED = 1 << 16
"""Spellings, and names of tags and lemmas, that are remembered."""
VOCABULARIES = 4
"""Vocabularies for which they are."""


@dataclass(frozen=True, slots=True)
class Form:
    """What all tokens of one spelling share."""

    text: str
    lower: str
    is_alpha: bool
    is_lower: bool
    is_punct: bool
    is_space: bool
    like_num: bool


class Token:
    """A word or mark in its parse; `i` counts tokens and `idx` characters, both from 0; a root is its own head.

    `children` are those that hang on it, `lefts` of them before it, `rights` after it.
    """

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "form",
        "head",
        "i",
        "idx",
        "lefts",
        "lemma_",
        "lower_",
        "pos_",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )
    i: int
    idx: int
    form: Form
    text: str
    lower_: str
    whitespace_: str
    lemma_: str
    tag_: str
    pos_: str
    dep_: str
    head: Token
    children: Sequence[Token]
    lefts: Sequence[Token]
    rights: Sequence[Token]
    sent: Stretch
    doc: Doc

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        """Characters, the blank after it left out."""
        return len(self.text)

    @property
    def is_alpha(self) -> bool:
        """Whether it is all letters."""
        return self.form.is_alpha

    @property
    def is_lower(self) -> bool:
        """Whether its letters are small."""
        return self.form.is_lower

    @property
    def is_punct(self) -> bool:
        """Whether it is a mark."""
        return self.form.is_punct

    @property
    def is_space(self) -> bool:
        """Whether it is but blanks."""
        return self.form.is_space

    @property
    def like_num(self) -> bool:
        """Whether it is a number, in digits or in words."""
        return self.form.like_num

    @property
    def is_sent_start(self) -> bool:
        """Whether it is the first of its sentence."""
        return self.sent[0] is self

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head of that, and so on to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, descendant: Token) -> bool:
        """Whether the other hangs on it, or on what hangs on it."""
        return any(token is self for token in descendant.ancestors)

    @property
    def subtree(self) -> Iterator[Token]:
        """It and all below it: what hangs on it before, itself, what hangs on it after."""
        waiting = [(self, False)]
        while waiting:
            token, is_open = waiting.pop()
            if is_open or not token.children:
                yield token
                continue
            waiting.extend((child, False) for child in reversed(token.rights))
            waiting.append((token, True))
            waiting.extend((child, False) for child in reversed(token.lefts))

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return self.doc[self.doc.edges[0][self.i]]

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return self.doc[self.doc.edges[1][self.i]]

    def nbor(self, by: int = 1) -> Token:
        """The token `by` places after it, or before it where that is negative.

        :raises IndexError: if there is none.
        """
        if self.i + by < 0:
            raise IndexError(f"no token {-by} places before {self.text!r}, the {self.i + 1}th")
        return self.doc[self.i + by]


class Stretch(tuple[Token, ...]):
    """Tokens that follow one another, at least one; a sentence is one of them."""

    @property
    def start(self) -> int:
        """The place of the first token."""
        return self[0].i

    @property
    def end(self) -> int:
        """The place after the last token."""
        return self[-1].i + 1

    @property
    def start_char(self) -> int:
        """Where its characters begin."""
        return self[0].idx

    @property
    def end_char(self) -> int:
        """Where its characters end, the blank after the last token left out."""
        return self[-1].idx + len(self[-1].text)

    @property
    def text(self) -> str:
        """Its characters as written."""
        return self[0].doc.text[self.start_char : self.end_char]

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in lower case, each once."""
        return frozenset([token.lower_ for token in self])

    @property
    def root(self) -> Token:
        """The first root in it, else the token nearest to a root of those that hang on one outside, marks last."""
        for token in self:
            if token.head is token:
                return token
        start, end = self.start, self.end
        tops = (token for token in self if not start <= token.head.i < end)
        return min(tops, key=_depth, default=self[0])


class Doc(tuple[Token, ...]):
    """All tokens of one text; `user_data` is for what readers of it find once and look up later."""

    text: str
    sents: tuple[Stretch, ...]
    user_data: dict[str, Any]

    @cached_property
    def edges(self) -> tuple[list[int], list[int]]:
        """The place of the first token below each, itself included, and of the last."""
        first, last = list(range(len(self))), list(range(len(self)))
        from_roots = [token for token in self if token.head is token]
        for token in from_roots:  # grows while it is read
            from_roots.extend(token.children)
        for token in reversed(from_roots):
            above = token.head.i
            first[above], last[above] = min(first[above], first[token.i]), max(last[above], last[token.i])
        return first, last

    def hang(self, token: Token, head: Token, relation: str) -> None:
        """Tie a token of this text to another head, or make it a root where that is itself."""
        former = token.head
        token.head, token.dep_ = head, relation
        for above in {former.i: former, head.i: head}.values():
            children = [child for child in above.children if child is not token]
            if above is head and head is not token:
                children = sorted([*children, token], key=_number)
            above.lefts = [child for child in children if child.i < above.i]
            above.rights = [child for child in children if child.i > above.i]
            above.children = children
        self.__dict__.pop("edges", None)

    def text_of(self, start: int, end: int) -> str:
        """The characters of tokens `start` up to `end` as written; "" if there are none."""
        return self.text[self[start].idx : self[end - 1].idx + len(self[end - 1].text)] if start < end else ""

    def around(self, start: int, end: int) -> Stretch | None:
        """The tokens that characters `start` up to `end` are part of; None if there are none."""
        first = bisect_right(self, start, key=_place) - 1
        last = bisect_right(self, end - 1, key=_place) - 1
        if first >= 0 and start == self[first].idx + len(self[first].text):
            first += 1  # the blank after a token is not part of it
        return Stretch(self[first : last + 1]) if 0 <= first <= last else None


def to_doc(parsed: Parsed) -> Doc:
    """The parse that spaCy made, as it is now: what is changed in `parsed` after does not change it."""
    array: Any = parsed.to_array([HEAD, ORTH, SPACY, LEMMA, TAG, DEP, POS, SENT_START])
    _, orths, blanks, lemmas, tags, relations, parts, starts = array.T.tolist()
    form_of, name_of = _forms(parsed.vocab), _names(parsed.vocab.strings)
    tokens: list[Token] = []
    place = 0
    named = (map(name_of, column) for column in (lemmas, tags, relations))
    for form, blank, part, lemma, tag, relation in zip(map(form_of, orths), blanks, parts, *named, strict=True):
        token = Token()
        token.form, token.text, token.lower_ = form, form.text, form.lower
        token.i, token.idx = len(tokens), place
        token.whitespace_ = " " if blank else ""
        token.lemma_, token.tag_, token.dep_, token.pos_ = lemma, tag, relation, NAMES[part]
        token.children = token.lefts = token.rights = ()
        tokens.append(token)
        place += len(form.text) + blank
    doc = Doc(tokens)
    doc.text, doc.user_data = parsed.text, {}
    bounds = [0, *(i for i, start in enumerate(starts) if start == 1 and i), len(doc)]
    doc.sents = tuple(Stretch(doc[start:end]) for start, end in pairwise(bounds) if start < end)
    _join(doc, array[:, 0].astype("int64").tolist())
    return doc


def _join(doc: Doc, distances: Sequence[int]) -> None:
    """Tie each token to its head, so many tokens away, to its children, its sentence and its document."""
    before: dict[int, list[Token]] = {}
    after: dict[int, list[Token]] = {}
    for sentence in doc.sents:
        for token in sentence:
            token.sent, token.doc = sentence, doc
            distance = distances[token.i]
            above = token.i + distance
            token.head = doc[above]
            if distance:
                (before if distance > 0 else after).setdefault(above, []).append(token)
    for above, children in before.items():
        doc[above].lefts = doc[above].children = children
    for above, children in after.items():
        head = doc[above]
        head.rights = children
        head.children = [*head.lefts, *children] if head.lefts else children


@lru_cache(maxsize=VOCABULARIES)
def _names(strings: StringStore) -> Callable[[int], str]:
    """What gives the string of a number."""
    return lru_cache(maxsize=REMEMBERED)(partial(_find_name, strings))


@lru_cache(maxsize=VOCABULARIES)
def _forms(vocab: Vocab) -> Callable[[int], Form]:
    """What gives the form of the number of a spelling."""
    return lru_cache(maxsize=REMEMBERED)(partial(_find_form, vocab))


def _find_name(strings: StringStore, key: int) -> str:
    return strings[key]


def _find_form(vocab: Vocab, orth: int) -> Form:
    lexeme = vocab[orth]
    return Form(
        text=lexeme.text,
        lower=lexeme.lower_,
        is_alpha=lexeme.is_alpha,
        is_lower=lexeme.is_lower,
        is_punct=lexeme.is_punct,
        is_space=lexeme.is_space,
        like_num=lexeme.like_num,
    )


def _depth(token: Token) -> int:
    """Steps to the root; as many as there can be for a mark or blank with nothing below."""
    if (token.is_punct or token.is_space) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def _number(token: Token) -> int:
    return token.i


def _place(token: Token) -> int:
    return token.idx
