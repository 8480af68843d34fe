"""Runs of :data:`RUN` words as numbers, by which texts that share words are found, however long they are.

A word is what letters, digits and underscores make, in any case, as far as its first :data:`LETTERS` of them; a sign
from :data:`SIGNS` on is taken for a letter, one like another. Words and runs are numbered by arithmetic on whole texts
at a time, never word by word: two runs have the same number if they have the same words, and else by chance alone,
which is one in 2 ** 64.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

__all__ = ["NONE", "RUN", "Runs", "number_runs", "winnow"]

Runs = npt.NDArray[np.uint64]
RUN = 8
"""Words in a run: a power of two, as runs are made of two of half their length."""
PLAIN = 5
"""Words of a run that begin with a small letter, at least: a run of fewer is a name."""
NONE = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
"""Stands for a run that is a name, which tells nothing; the greatest number."""
LETTERS = 16
"""Letters of a word that count: two numbers of eight bytes."""
SIGNS = 0x3000
"""Signs that are told apart, which are all that texts in alphabets are made of."""
NEIGHBOURS = 5
"""Neighbouring runs of which one is kept."""
AT_ONCE = 1 << 16
"""Characters that are looked at together: what is made of them stays in the processor's cache."""

_BASE, _MIX, _FOLD = np.uint64(0x9E37_79B9_7F4A_7C15), np.uint64(0xBF58_476D_1CE4_E5B9), np.uint64(29)
_STEPS = [(length, np.uint64(pow(int(_BASE), length, 1 << 64))) for length in (1, 2, 4)]
"""Words in the half of a run that grows from one word to all, and what that half is multiplied by."""
_HALF = LETTERS // 2
_FIRST, _SECOND = (
    np.array([(1 << 8 * min(max(size - before, 0), _HALF)) - 1 for size in range(LETTERS + 1)], dtype=np.uint64)
    for before in (0, _HALF)
)
"""Of each half, the bytes that a word fills which has so many letters."""


def number_runs(texts: Iterable[str]) -> Iterator[Runs]:
    """A number for each run of words of each text, in order; :data:`NONE` for a run that is a name."""
    waiting: list[str] = []
    length = 0
    for text in texts:
        waiting.append(text)
        length += len(text)
        if length >= AT_ONCE:
            yield from _number_together(waiting)
            waiting, length = [], 0
    yield from _number_together(waiting)


def winnow(runs: Runs) -> Runs:
    """The least of each neighbouring runs, each once, sorted; without :data:`NONE`."""
    least = runs.copy()
    if len(runs) > NEIGHBOURS:
        least = np.minimum.reduce([runs[at : len(runs) - NEIGHBOURS + 1 + at] for at in range(NEIGHBOURS)])
    least.sort()
    kept: Runs = least[np.append(least[1:] != least[:-1], least[-1:] != NONE)]  # the last of each number
    return kept


def _number_together(texts: Sequence[str]) -> Iterator[Runs]:
    """The runs of each of some texts, found in all at once; those that two share are of neither."""
    signs = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = np.zeros(1 + len(signs) + LETTERS, dtype=np.uint8)  # 0, so that each word has a beginning and an end
    _CODES.take(signs, mode="clip", out=letters[1 : 1 + len(signs)])
    edges = np.flatnonzero((letters[1:] != 0) != (letters[:-1] != 0))
    starts, ends = edges[::2], edges[1::2]
    runs, plain = _number_words(letters, starts + 1, ends - starts), _SMALL.take(signs[starts], mode="clip")
    for length, base in _STEPS:
        runs = runs[:-length] * base + runs[length:]
        plain = plain[:-length] + plain[length:]
    runs = (runs ^ (runs >> _FOLD)) * _MIX
    runs[plain < PLAIN] = NONE
    begins = np.searchsorted(starts, list(accumulate((len(text) + 1 for text in texts), initial=0))).tolist()
    return (runs[first : max(first, after - RUN + 1)] for first, after in pairwise(begins))


def _number_words(letters: npt.NDArray[np.uint8], starts: npt.NDArray[np.intp], sizes: npt.NDArray[np.intp]) -> Runs:
    """A number for each word, given where it begins and how many letters it has."""
    eight = np.ndarray(len(letters) - _HALF + 1, dtype="<u8", buffer=letters, strides=(1,))  # from each letter on
    filled = np.minimum(sizes, LETTERS)
    words = eight[starts] & _FIRST[filled]
    words *= _BASE
    words ^= words >> _FOLD
    words += eight[starts + _HALF] & _SECOND[filled]
    words *= _MIX
    words ^= words >> _FOLD
    return words


def _to_code(sign: str) -> int:
    """A letter in any case as one byte, 0 for what is in no word; few letters beyond ASCII share one."""
    if not (sign.isalnum() or sign == "_"):
        return 0
    folded = sign.casefold()
    return ord(folded) if folded.isascii() and len(folded) == 1 else 0x80 | crc32(folded.encode()) & 0x7F


_CODES = np.array([*(_to_code(chr(number)) for number in range(SIGNS)), 0xFF], dtype=np.uint8)
_SMALL = np.array([*(chr(number).islower() for number in range(SIGNS)), False], dtype=np.uint8)
