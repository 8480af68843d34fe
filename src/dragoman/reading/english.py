"""Whether a text is English, told offline by py3langid.

Source: https://github.com/adbar/py3langid, after Lui & Baldwin 2012, https://aclanthology.org/P12-3005/.
"""

from __future__ import annotations

from typing import cast

from py3langid import langid

__all__ = ["find_other_language"]

LEAST_LETTERS = 30
"""A window with fewer letters is taken as English: too little to tell."""
MARGIN = 120.0
"""By how much the log-probability of another language must beat that of English.

English passages of 60 to 230 characters stay below 20, mere lists of foreign names below 110; a sentence in another
language comes to 180 or more.
"""
NO_LANGUAGE = "zxx"
"""What py3langid calls tables of numbers."""
WINDOW = 4000
"""Characters of each of the windows (start, middle, end) that are looked at."""


def find_other_language(text: str) -> str:
    """ISO 639-1 code of the language of `text` where it is surely not English, else "".

    A text with English in one of three windows counts as English.
    """
    middle = max(0, (len(text) - WINDOW) // 2)
    starts = (0, middle, max(0, len(text) - WINDOW)) if len(text) > WINDOW else (0,)
    found = ""
    for start in starts:
        window = text[start : start + WINDOW]
        if sum(map(str.isalpha, window)) < LEAST_LETTERS:
            continue
        scores = dict(_rank(window.lower() if window.isupper() else window))
        best = max(scores.keys() - {NO_LANGUAGE}, key=lambda code: (scores[code], code))
        if best == "en" or scores[best] - scores["en"] < MARGIN:
            return ""
        found = found or best
    return found


def _rank(text: str) -> list[tuple[str, float]]:
    """Log-probability of each language."""
    return cast("list[tuple[str, float]]", langid.rank(text))  # type: ignore[no-untyped-call]
