"""The transitions of our parser, taken in all sentences of some texts at once: spaCy's trees, sooner.

The parser is arc-eager (Nivre 2003; https://spacy.io/api/dependencyparser): of a buffer of words to come and a stack of
words begun, the vectors of eight words decide on the next transition, which shifts a word, reduces the stack, draws an
arc to the left or to the right, or marks that a sentence begins. Once the stack is empty, what follows hangs on nothing
that was before. So a run begins not only with each text but after each end of a sentence that the labels tell, all runs
go on in step, with one matrix product for all, and each ends where the next began. A run that does not come to an end
there takes over what the next was to read, which is forgotten: the trees are those of a single run through each text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from dragoman.threads import in_one_thread

__all__ = ["parse_at_once"]

NAME = "dragoman_parser"
LOOKS = 8
"""Words that a state looks at: two of the buffer, three of the stack, and the last children of the first of each."""
PLACES = np.arange(LOOKS)[:, np.newaxis]
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
MOVES = {"S": SHIFT, "D": REDUCE, "L": LEFT, "R": RIGHT, "B": BREAK}
ENDS, CLOSES = ".", "''"
"""The tags of what ends a sentence, and of a quotation mark that may close after it."""
BETWEEN = "||"
"""What stands in a label between a word's relation and that of its head, where the arc was lifted to be projective."""
Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


def parse_at_once(nlp: Language) -> None:
    """Put a component in place of our model's parser that gives the same trees; it needs the tags."""
    nlp.add_pipe(NAME, before="parser")
    nlp.remove_pipe("parser")
    nlp.rename_pipe(NAME, "parser")


class _Parser:
    """Parses texts whose vectors and tags are found, and that nobody has parted into sentences."""

    def __init__(self, nlp: Language) -> None:
        parser: Any = nlp.get_pipe("parser")
        self._replaced, self._weights = parser, _find_weights(parser)
        strings = nlp.vocab.strings
        names = [name.partition("-")[2] for name in parser.move_names]
        self._relations = np.array([*(strings.add(name) for name in names), strings.add("ROOT")], dtype="uint64")
        self._lifted = np.array([*(BETWEEN in name for name in names), False])
        self._ends, self._closes = strings.add(ENDS), strings.add(CLOSES)

    @property
    def labels(self) -> tuple[str, ...]:
        """The relations that it knows."""
        known: tuple[str, ...] = self._replaced.labels
        return known

    def __call__(self, doc: Doc) -> Doc:
        """The text with its tree."""
        self._parse([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The texts with their trees, in order."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            self._parse(batch)
            yield from batch

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """As the component in place of which this is."""
        scores: dict[str, Any] = self._replaced.score(examples, **options)
        return scores

    def _parse(self, docs: Sequence[Doc]) -> None:
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        ends = np.fromiter(accumulate(map(len, docs)), dtype="int64")
        tags = np.concatenate([doc.to_array(TAG) for doc in docs])
        with in_one_thread():
            run = _Run(self._weights, np.concatenate([doc.tensor for doc in docs]), self._begin(tags, ends), ends)
            run.go_on_to_the_end()
        relations = self._relations[run.choices[:-1]]
        lifted = self._lifted[run.choices[:-1]]
        arcs = np.where(run.heads == run.none, 0, run.heads - np.arange(run.none + 1))[:-1].view("uint64")
        for doc, end in zip(docs, ends.tolist(), strict=True):
            start = end - len(doc)
            doc.from_array([HEAD, DEP], np.stack([arcs[start:end], relations[start:end]], axis=1))  # type: ignore[arg-type]
            if lifted[start:end].any():
                for repair in self._replaced.postprocesses:
                    repair(doc)

    def _begin(self, tags: NDArray[np.uint64], ends: Places) -> Places:
        """Where runs begin: with each text, and after what ends a sentence."""
        ended = tags == self._ends
        closed = (tags == self._closes) & np.concatenate([[False], ended[:-1]])
        starts = np.flatnonzero((ended | closed)[:-1] & (tags[1:] != self._ends) & (tags[1:] != self._closes)) + 1
        return np.union1d(starts, np.concatenate([[0], ends[:-1]]))


@Language.factory(NAME)
def make_parser(nlp: Language, name: str) -> _Parser:
    """The component, from the parser of `nlp`."""
    return _Parser(nlp)


@dataclass(frozen=True, slots=True)
class _Weights:
    """Those of a parser, so turned that the two pieces of the hidden layer stand one after the other."""

    narrow: Floats  # of a word's vector, the part that the parser looks at
    narrow_bias: Floats
    looks: Floats  # for each of the eight words, what it adds to the hidden layer
    absent: Floats  # the same where there is no such word
    hidden_bias: Floats
    scores: Floats
    scores_bias: Floats
    moves: Places  # of each transition, what it does
    barred: Floats  # for each set of moves that are allowed, as bits: minus infinity for transitions that are not


def _find_weights(parser: Any) -> _Weights:
    narrow, lower, upper = parser.model.get_ref("tok2vec").layers[-1], *map(parser.model.get_ref, ("lower", "upper"))
    looks, absent = lower.get_param("W"), lower.get_param("pad")[0]
    width = looks.shape[-1]
    moves = np.array([MOVES[name.partition("-")[0]] for name in parser.move_names])
    allowed = np.arange(1 << len(MOVES))[:, np.newaxis] >> moves & 1
    return _Weights(
        narrow=np.ascontiguousarray(narrow.get_param("W").T),
        narrow_bias=narrow.get_param("b"),
        looks=np.ascontiguousarray(looks.transpose(0, 2, 1, 3).reshape(-1, width).T),
        absent=np.ascontiguousarray(absent.transpose(0, 2, 1).reshape(-1)),
        hidden_bias=np.ascontiguousarray(lower.get_param("b").T.reshape(-1)),
        scores=np.ascontiguousarray(upper.get_param("W").T),
        scores_bias=upper.get_param("b"),
        moves=moves,
        barred=np.where(allowed, 0, -np.inf).astype("float32"),
    )


class _Run:
    """Runs through some texts, whose words are numbered through; `none` stands for no word.

    `heads` and `choices` are what is found: of each word, its head, and the transition that drew the arc.
    """

    def __init__(self, weights: _Weights, vectors: Floats, starts: Places, ends: Places) -> None:
        self.weights, self.none = weights, len(vectors)
        self._looks = _look(weights, vectors)
        self._after = np.arange(1, self.none + 2)
        self._after[[*(ends - 1), self.none]] = self.none
        # of each word: that which comes after it in the buffer, and before it on the stack; its last child on either
        # side, and the one before it among the children on the right of its head
        self._next = self._after.copy()
        self._below, self._left, self._right, self._elder = (self._empty() for _ in range(4))
        self._unshifted, self._begins = np.zeros(self.none + 1, bool), np.zeros(self.none + 2, bool)
        self.heads, self.choices = self._empty(), np.full(self.none + 1, len(weights.moves))
        # of each run that goes on: the first of its buffer and of its stack, and the word with which the next began
        self._first, self._top = starts.copy(), np.full(len(starts), self.none)
        self._limit = np.where(np.isin(starts, [0, *ends]), self.none, starts)
        self._limit = np.append(self._limit[1:], self.none)
        self._number = np.arange(len(starts))
        self._limits, self._ends = self._limit.copy(), ends
        self._at = {start: number for number, start in enumerate(starts.tolist())}

    def _empty(self) -> Places:
        return np.full(self.none + 1, self.none)

    def go_on_to_the_end(self) -> None:
        """Take transitions until each run has come to its end."""
        while len(self._first):
            first, top = self._first, self._top
            second, below = self._next[first], self._below[top]
            choices = self._choose(first, second, top, below)
            moves = self.weights.moves[choices]
            beyond = (first == self._limit) & (moves != REDUCE)
            if beyond.any():
                self._take_over(np.flatnonzero(beyond))
                continue
            self._transit(moves, choices, second, below)
            self._keep((self._top != self.none) | (self._first != self._limit))

    def _choose(self, first: Places, second: Places, top: Places, below: Places) -> Places:
        """The best transition of each run, of those that it may take."""
        weights, none = self.weights, self.none
        own = first < self._limit
        left = np.where(own, self._left[first], none)
        seen = (first, second, top, below, self._below[below], left, self._left[top], self._right[top])
        rows = np.concatenate(seen).reshape(LOOKS, -1) * LOOKS + PLACES
        looks = self._looks.take(rows, axis=0).sum(axis=0)
        looks += weights.hidden_bias
        half = looks.shape[1] // 2
        scores = np.maximum(looks[:, :half], looks[:, half:]) @ weights.scores
        scores += weights.scores_bias
        empty, more = top == none, second != none
        inside = ~self._begins[first]
        arc = ~empty & (first != none) & inside
        allowed = (empty | (more & inside & ~self._unshifted[first])) * (1 << SHIFT)
        allowed += ~empty * (1 << REDUCE) + arc * ((1 << LEFT) + (1 << RIGHT))
        known = self._begins[second] & (second <= self._limit)
        allowed += (more & (second == first + 1) & ~known) * (1 << BREAK)
        scores += weights.barred[allowed]
        best: Places = scores.argmax(axis=1)
        return best

    def _transit(self, moves: Places, choices: Places, second: Places, below: Places) -> None:
        first, top = self._first.copy(), self._top.copy()
        at = ((moves == SHIFT) | (moves == RIGHT)).nonzero()[0]
        word = first[at]
        self._below[word], self._top[at], self._first[at] = top[at], word, second[at]
        at = (moves == RIGHT).nonzero()[0]
        word, head = first[at], top[at]
        self.heads[word], self.choices[word] = head, choices[at]
        self._elder[word], self._right[head] = self._right[head], word
        at = (moves == LEFT).nonzero()[0]
        word, head = top[at], first[at]
        old = self.heads[word]
        had = old != self.none
        self._right[old[had]] = self._elder[word[had]]
        self.heads[word], self.choices[word] = head, choices[at]
        self._left[head], self._unshifted[head], self._top[at] = word, False, below[at]
        at = (moves == REDUCE).nonzero()[0]
        word = top[at]
        back = (self.heads[word] == self.none) & (below[at] != self.none)
        self._top[at] = below[at]
        at, word = at[back], word[back]
        self._unshifted[word], self._next[word], self._first[at] = True, first[at], word
        self._begins[second[moves == BREAK]] = True

    def _take_over(self, which: Places) -> None:
        """Let runs read on beyond where the next ones began, and forget these."""
        gone: set[int] = set()
        for at in which.tolist():
            if self._number[at] not in gone:
                start = int(self._limit[at])
                next_one = self._at[start]
                gone.add(next_one)
                self._limit[at] = self._limits[self._number[at]] = self._limits[next_one]
                self._forget(start, int(min(self._limits[next_one], self._ends[self._ends > start][0])))
        self._keep(~np.isin(self._number, list(gone)))

    def _forget(self, start: int, end: int) -> None:
        """Let the words of a run be as if nothing had been read in them; the first is marked by the run before it."""
        self._next[start:end] = self._after[start:end]
        for places in (self._left, self._right, self.heads):
            places[start:end] = self.none
        self.choices[start:end] = len(self.weights.moves)
        self._unshifted[start:end] = False
        self._begins[start + 1 : end + 1] = False

    def _keep(self, which: Flags) -> None:
        if not which.all():
            self._first, self._top = self._first[which], self._top[which]
            self._limit, self._number = self._limit[which], self._number[which]


def _look(weights: _Weights, vectors: Floats) -> Floats:
    """What each word adds to the hidden layer in each of the eight places, a row for each; last, what no word adds."""
    seen = vectors @ weights.narrow + weights.narrow_bias
    rows = np.empty((len(vectors) + 1, len(weights.absent)), dtype="float32")
    np.matmul(seen, weights.looks, out=rows[:-1])
    rows[-1] = weights.absent
    return rows.reshape((len(vectors) + 1) * LOOKS, -1)
