"""Trees found for all sentences at once are those that spaCy finds, transition by transition."""

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language import transitions
from dragoman.language.hashes import own_model_folder

TEXTS = (
    "The ministers of Norway and Chad met in Lomé. They signed a plan, which the Council endorsed. Will it hold?",
    'The envoy said: "We are ready." He left. "Nobody", he added, "was heard." (The talks went on.) The U. S. agreed.',
    "Mr. A. B. Coulibaly of the U.N. thanked Gen. Diallo . . . and left... the hall! No. 5 was read; so was No. 6. Fin",
    "Recalling its resolution 5 (2020). Noting with regret. Deciding that, on what he was working, nobody knows.",
    "A hearing is scheduled on the issue today. What does she think that he said that they want to know about?",
    "Chad",
    ".",
    "",
    "  . ' '' . Yes. . No",
)
NAMES = (
    "the",
    "a",
    "Chad",
    "envoy",
    "that",
    "which",
    "met",
    "said",
    "endorsed",
    "today",
    "of",
    "to",
    "and",
    "not",
    "is",
)
MARKS = (".", ".", ".", "!", "?", ",", "\u2019", '"', "(", ")", "-", "\n")
WORDS = st.sampled_from([*NAMES, *MARKS])


@pytest.fixture(scope="module")
def plain(reader):
    """The parser as it ships, behind layers and labels as ours has them."""
    model = spacy.load(own_model_folder())
    model.tokenizer = reader.nlp.tokenizer
    return model


def trees(model, texts):
    return [[(token.head.i, token.dep_, token.is_sent_start) for token in doc] for doc in model.pipe(texts)]


def test_trees_are_those_of_one_run_through_each_text(reader, plain):
    assert trees(reader.nlp, TEXTS) == trees(plain, TEXTS)
    assert trees(reader.nlp, [" ".join(TEXTS)]) == trees(plain, [" ".join(TEXTS)])


def test_a_text_has_the_same_tree_by_itself_as_among_others(reader):
    assert [trees(reader.nlp, [text])[0] for text in TEXTS] == trees(reader.nlp, TEXTS)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=40).map(" ".join), max_size=4))
def test_trees_of_words_in_no_order_are_the_same(reader, plain, texts):
    assert trees(reader.nlp, texts) == trees(plain, texts)


def test_a_run_that_goes_on_takes_over_where_the_next_one_began(reader, plain, monkeypatch):
    taken = []
    take_over = transitions._Run._take_over
    monkeypatch.setattr(transitions._Run, "_take_over", lambda run, at: (taken.append(len(at)), take_over(run, at)))
    begin = transitions._Parser._begin

    def begin_anywhere(parser, tags, ends):  # after every third word, so that nearly all are wrong
        return np.union1d(begin(parser, tags, ends), np.arange(0, len(tags), 3))

    monkeypatch.setattr(transitions._Parser, "_begin", begin_anywhere)
    assert trees(reader.nlp, TEXTS) == trees(plain, TEXTS)
    assert sum(taken) > 20
