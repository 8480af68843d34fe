"""Tags, parts of speech and lemmas of our language model, found together.

spaCy's tagger, morphologizer and edit-tree lemmatizer each look at every token in turn. Here one matrix product gives
the scores of all three, and what follows from them for a word (the lemma by the first tree that fits it, its repair) is
worked out once for each word and choice. The labels are the same but for morphological features, which are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS, NAMES
from spacy.scorer import Scorer
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.training import Example

from dragoman.language.tables import lemma_tables
from dragoman.threads import in_one_thread

__all__ = ["LABELS", "label_at_once"]

LABELS = "dragoman_labels"
REPLACED = ("tagger", "morphologizer", "trainable_lemmatizer")
REPAIRED_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun"}
SCORED = ("tag", "pos", "lemma")
REMEMBERED = 1 << 16
"""Words with their labels whose lemmas are remembered."""
BLOCK = 128
"""Words that are scored at once: their scores stay in the processor's cache."""


def label_at_once(nlp: Language) -> None:
    """Put one component, before the parser, in place of the three that find tags, parts of speech and lemmas."""
    nlp.add_pipe(LABELS, before="parser")
    for name in REPLACED:
        nlp.remove_pipe(name)


@dataclass(frozen=True)
class _Choices:
    """What the labels of words are chosen from: tags, numbers of parts of speech, and trees that give lemmas."""

    strings: StringStore
    tags: Sequence[Any]
    parts: Sequence[Any]
    trees: Any
    tree_ids: Sequence[int]

    def work_out(self, orth: int, tag: int, part: int, trees: tuple[int, ...]) -> tuple[int, int, int] | None:
        """The tag, part of speech and lemma of a word, as numbers of spaCy; None where none of the trees fits it."""
        text = self.strings[orth]
        lemmas = (text if tree < 0 else self.trees.apply(self.tree_ids[tree], text) for tree in trees)
        lemma = next((lemma for lemma in lemmas if lemma is not None), None)
        if lemma is None:
            return None
        tag_name, part_name, lemma = repair(text, self.strings[self.tags[tag]], NAMES[self.parts[part]], lemma)
        return self.strings.add(tag_name), IDS[part_name], self.strings.add(lemma) if lemma else 0


class _Labeller:
    """Labels the words of documents whose vectors are found."""

    def __init__(self, nlp: Language) -> None:
        self.strings = nlp.vocab.strings
        tagger, morphologizer, lemmatizer = (nlp.get_pipe(name) for name in REPLACED)
        parts: Any = [tagger, morphologizer, lemmatizer]
        layers = [part.model.layers[1].layers[0] for part in parts]
        self._matrix = np.concatenate([layer.get_param("W") for layer in layers]).T.copy()
        self._bias = np.concatenate([layer.get_param("b") for layer in layers])
        ends = accumulate(len(layer.get_param("b")) for layer in layers)
        self._columns = [slice(start, end) for start, end in pairwise([0, *ends])]
        self._tries = parts[2].top_k
        choices = _Choices(
            strings=self.strings,
            tags=[self.strings[tag] for tag in parts[0].labels],
            parts=[parts[1].cfg["labels_pos"].get(label, 0) for label in parts[1].labels],
            trees=parts[2].trees,
            tree_ids=parts[2].cfg["labels"],
        )
        self._find = lru_cache(maxsize=REMEMBERED)(choices.work_out)  # not of its own, which would be a cycle

    def __call__(self, doc: Doc) -> Doc:
        """The document with its words labelled."""
        self._label([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """The documents with their words labelled, in order."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            self._label(batch)
            yield from batch

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Shares of words with the right tag, part of speech and lemma, as the components in place of which this is."""
        known = list(examples)
        return {key: value for name in SCORED for key, value in Scorer.score_token_attr(known, name).items()}

    def _label(self, docs: Sequence[Doc]) -> None:
        vectors = np.concatenate([doc.tensor for doc in docs if len(doc)] or [np.empty((0, 0))])
        if not len(vectors):
            return
        with in_one_thread():
            self._label_by(vectors, docs)

    def _label_by(self, vectors: Any, docs: Sequence[Doc]) -> None:
        blocks = (self._score(vectors[at : at + BLOCK]) for at in range(0, len(vectors), BLOCK))
        best = zip(*([scores.argmax(axis=1) for scores in block] for block in blocks), strict=True)
        chosen = [np.concatenate(choices).tolist() for choices in best]
        start = 0
        for doc in docs:
            end = start + len(doc)
            orths = doc.to_array(ORTH).tolist()
            found: list[Any] = [
                self._find(orth, tag, part, (tree,)) or self._find(orth, tag, part, self._best(vectors[at]))
                for at, orth, tag, part, tree in zip(
                    range(start, end), orths, *(choices[start:end] for choices in chosen), strict=True
                )
            ]
            if found:
                labels: Any = np.fromiter(chain.from_iterable(found), "uint64", 3 * len(found)).reshape(-1, 3)
                doc.from_array([TAG, POS, LEMMA], labels)
            start = end

    def _score(self, vectors: Any) -> list[Any]:
        """The scores of all tags, parts of speech and trees, a row for each vector."""
        scores = vectors @ self._matrix
        scores += self._bias
        return [scores[:, columns] for columns in self._columns]

    def _best(self, vector: Any) -> tuple[int, ...]:
        """The trees that may be tried, the best first; then -1, for a word left as it is."""
        scores = self._score(vector[np.newaxis])[-1][0]
        return (*np.argsort(-scores, kind="stable")[: self._tries].tolist(), -1)


@Language.factory(LABELS)
def make_labeller(nlp: Language, name: str) -> _Labeller:
    """The component, from those of `nlp` that it replaces."""
    return _Labeller(nlp)


def repair(text: str, tag: str, part: str, lemma: str) -> tuple[str, str, str]:
    """Tag, part of speech and lemma of a word with what cannot be put right.

    A word in lower case that was taken for a name becomes a noun, and so does an auxiliary with the tag of one; a lemma
    that WordNet does not know ("endors") is replaced by the first known one that a suffix rule gives.
    """
    tables, form = lemma_tables(), text.lower()
    if part == "PROPN" and text.islower() and text.isalpha():
        part, tag = "NOUN", "NNS" if form.endswith("s") else "NN"
    elif part == "AUX" and tag in {"NN", "NNS"}:
        part = "NOUN"
    kind = REPAIRED_PARTS.get(part)
    if kind is None:
        return tag, part, lemma
    known = tables.index[kind]
    if form in tables.irregular[kind]:
        lemma = tables.irregular[kind][form]
    elif lemma not in known and lemma.lower() not in known:
        prefix, _, base = form.rpartition("-")  # "co-chaired"
        stems = [base[: -len(old)] + new for old, new in tables.rules[kind] if old and base.endswith(old)]
        stem = next((stem for stem in stems if stem in known), "")
        if stem:
            lemma = f"{prefix}-{stem}" if prefix else stem
    return tag, part, lemma
