"""Tokens as plain objects: each looks as it does in spaCy, whatever hangs where."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc as Parsed

from dragoman.language.tokens import Doc, Stretch, to_doc

VOCAB = spacy.blank("en").vocab
WORDS = ("Chad", "and", ",", "two", "17", "\n", "it's")
NAMED = ("text", "whitespace_", "lower_", "lemma_", "tag_", "pos_", "dep_", "idx")
FLAGS = ("is_alpha", "is_lower", "is_punct", "is_space", "like_num")


@st.composite
def parses(draw: st.DrawFn) -> Parsed:
    """Any parse of a few sentences, in spaCy; arcs may cross."""
    heads: list[int] = []
    for _ in range(draw(st.integers(1, 3))):
        start, order = len(heads), draw(st.permutations(range(draw(st.integers(1, 7)))))
        above = {order[0]: order[0]}
        for at in order[1:]:
            above[at] = draw(st.sampled_from(sorted(above)))
        heads += [start + above[at] for at in sorted(above)]
    words = [draw(st.sampled_from(WORDS)) for _ in heads]
    return Parsed(
        VOCAB,
        words=words,
        spaces=[draw(st.booleans()) for _ in heads],
        tags=["NNP" if word == "Chad" else "CD" for word in words],
        pos=["PROPN" if word == "Chad" else "NUM" for word in words],
        lemmas=[word.lower() for word in words],
        deps=["ROOT" if head == at else "nmod:poss" for at, head in enumerate(heads)],
        heads=heads,
    )


@settings(max_examples=300, deadline=None)
@given(parses())
def test_tokens_are_as_spacy_has_them(parsed):
    doc = to_doc(parsed)
    assert (doc.text, len(doc)) == (parsed.text, len(parsed))
    for token, other in zip(doc, parsed, strict=True):
        assert [getattr(token, name) for name in NAMED] == [getattr(other, name) for name in NAMED]
        assert [getattr(token, flag) for flag in FLAGS] == [getattr(other, flag) for flag in FLAGS]
        assert (token.i, len(token), token.doc) == (other.i, len(other), doc)
        assert (token.head.i, token.is_sent_start) == (other.head.i, bool(other.is_sent_start))
        assert places(filter(token.is_ancestor, doc)) == places(filter(other.is_ancestor, parsed))
        below = sorted(places(token.subtree))
        assert (token.left_edge.i, token.right_edge.i) == (below[0], below[-1])
        for name in ("children", "lefts", "rights", "ancestors"):
            assert places(getattr(token, name)) == places(getattr(other, name)), name


@settings(max_examples=300, deadline=None)
@given(parses())
def test_sentences_are_as_spacy_has_them(parsed):
    doc = to_doc(parsed)
    for sentence, other in zip(doc.sents, parsed.sents, strict=True):
        assert (sentence.start, sentence.end, sentence.text) == (other.start, other.end, other.text)
        assert (sentence.start_char, sentence.end_char) == (other.start_char, other.end_char)
        assert sentence.root.i == other.root.i
        assert all(token.sent is sentence for token in sentence)


@settings(max_examples=300, deadline=None)
@given(parses(), st.data())
def test_a_stretch_has_the_text_and_the_root_that_spacy_gives(parsed, data):
    doc = to_doc(parsed)
    start = data.draw(st.integers(0, len(doc) - 1))
    end = data.draw(st.integers(start + 1, len(doc)))
    words, other = Stretch(doc[start:end]), parsed[start:end]
    assert (words.text, words.root.i) == (other.text, other.root.i)
    assert doc.text_of(start, end) == other.text


@settings(max_examples=300, deadline=None)
@given(parses(), st.data())
def test_around_gives_the_tokens_that_characters_are_part_of(parsed, data):
    doc = to_doc(parsed)
    start = data.draw(st.integers(0, len(doc.text) - 1))
    end = data.draw(st.integers(start + 1, len(doc.text)))
    touched = [token.i for token in doc if token.idx < end and token.idx + len(token) > start]
    assert places(doc.around(start, end) or ()) == touched


TREE = {"Chad": 2, "again": 2, "praises": 2, "two": 4, "plans": 2, "warmly": 2}


def tree() -> Doc:
    return to_doc(Parsed(VOCAB, words=list(TREE), heads=list(TREE.values()), deps=["dep"] * len(TREE)))


def test_a_subtree_is_in_the_order_of_the_text():
    doc = tree()
    assert places(doc[2].subtree) == [0, 1, 2, 3, 4, 5]
    assert places(doc[4].subtree) == [3, 4]
    assert (doc[4].left_edge.text, doc[2].left_edge.text, doc[2].right_edge.text) == ("two", "Chad", "warmly")


def test_nbor_goes_by_places_and_not_past_the_ends():
    doc = tree()
    assert (doc[1].nbor().text, doc[1].nbor(-1).text) == ("praises", "Chad")
    for at, by in ((0, -1), (5, 1)):
        with pytest.raises(IndexError):
            doc[at].nbor(by)


def places(tokens: object) -> list[int]:
    return [token.i for token in tokens]
