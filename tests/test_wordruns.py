"""Runs of words have one number wherever they stand, and no two have the same."""

from __future__ import annotations

import re

import numpy as np
import pytest

from dragoman import wordruns
from dragoman.wordruns import NEIGHBOURS, NONE, PLAIN, RUN, number_runs, winnow

PLAIN_TEXT = "the boats of the old harbour were late again, so that nobody saw the nets come in that day"
TEXTS = (
    "",
    "seven words alone are not a run",
    PLAIN_TEXT,
    PLAIN_TEXT.upper(),
    f"  {PLAIN_TEXT.replace(' ', chr(10))}…",
    "It’s “so” – as_told… (2 %)\n\tand\x1cso on\x0c, said the one who had been there",
    "l'été à Dakar, naïve et dure, fut long pour L'ÉTÉ À DAKAR, NAÏVE ET DURE, FUT LONG",
    "a\u00a0b\u2009c d e f g h i j k",
    "العربية ١٢ x y z u v w and so on",
    "the counterrevolutionaries of one harbour and the counterrevolutionary of the other harbour",
    "The Harbour Council Of The Old Port And Its Many Friends from Norland",
)


def to_words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def expected(text: str) -> list[tuple[str, ...]]:
    """The runs of a text, word by word; none of their words for a name."""
    words = to_words(text)
    runs = [words[at : at + RUN] for at in range(len(words) - RUN + 1)]
    folded = [tuple(word.casefold()[: wordruns.LETTERS] for word in run) for run in runs]
    plain = [sum(word[0].islower() for word in run) >= PLAIN for run in runs]
    return [run if kept else () for run, kept in zip(folded, plain, strict=True)]


def test_runs_have_the_same_number_where_they_have_the_same_words_and_only_there():
    numbers = [runs.tolist() for runs in number_runs(TEXTS)]
    told = [expected(text) for text in TEXTS]
    assert [len(runs) for runs in numbers] == [len(runs) for runs in told]
    assert any(run == () for runs in told for run in runs)
    pairs = {(run, number) for runs in zip(told, numbers, strict=True) for run, number in zip(*runs, strict=True)}
    assert len(pairs) == len({run for run, _ in pairs}) == len({number for _, number in pairs})
    assert dict(pairs)[()] == int(NONE)


@pytest.mark.parametrize("at_once", [1, 100, 1 << 20])
def test_numbers_do_not_hang_on_what_is_numbered_together(at_once, monkeypatch):
    alone = [next(number_runs([text])).tolist() for text in TEXTS]
    monkeypatch.setattr(wordruns, "AT_ONCE", at_once)
    assert [runs.tolist() for runs in number_runs(TEXTS)] == alone
    assert not list(number_runs([]))


def test_runs_of_texts_in_one_line_are_not_of_both():
    first, second = PLAIN_TEXT[:40], PLAIN_TEXT[40:]
    assert [len(runs) for runs in number_runs([first, second])] == [len(expected(first)), len(expected(second))]


def test_signs_beyond_all_alphabets_are_letters():
    one, *others = number_runs(f"a b c d e f g h {sign}" for sign in ("日", "\U0001f600", "\ud800"))
    assert len(one) == 2
    assert [runs.tolist() for runs in others] == [one.tolist()] * 2


@pytest.mark.parametrize("length", [0, 1, NEIGHBOURS - 1, NEIGHBOURS, 3 * NEIGHBOURS, 200])
def test_of_neighbouring_runs_the_least_is_kept_and_all_of_few(length):
    runs = np.random.default_rng(length).integers(0, 50, length, dtype="uint64")
    runs[length // 2 :: 7] = NONE
    told = runs.tolist()
    windows = [told[at : at + NEIGHBOURS] for at in range(length - NEIGHBOURS + 1)]
    least = {min(some) for some in windows} if length > NEIGHBOURS else set(told)
    assert winnow(runs).tolist() == sorted(least - {int(NONE)})
    assert runs.tolist() == told
