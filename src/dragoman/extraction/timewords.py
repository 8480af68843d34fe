"""What dates look like: patterns made of the words of time in the lexicon (``ontology/times.ttl``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.lexicon import Lexicon

__all__ = ["ANCHORED", "CLUE", "TimeWords"]

ANCHORED = ("later", "earlier", "following", "same")
"""Groups of the patterns of what is counted from a date before it."""
YEAR = r"(?P<year>(?:19|20)\d\d)"
CENTURIES = frozenset({"19", "20"})
CLUE = re.compile(r"[a-z]+|(?:19|20)(?=\d\d)")
"""A word, or what begins like a year."""


class TimeWords:
    """The words of time and the patterns of dates that they make.

    `patterns` are in the order in which they are looked for, each with its clues: one of them must be there. No later
    one takes what an earlier one has taken, be it that no date comes of it. `days_before` are those of a day that a
    year follows; `between` is what joins two dates to a range, `neighbour` what
    stands before the day beside the one that is meant.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        numbers = lexicon.numbers
        self.months, self.weekdays, self.counts = (numbers[kind] for kind in ("month", "weekday", "count"))
        self.today, self.beside, self.steps = (numbers[kind] for kind in ("fromToday", "beside", "step"))
        self.days_long, self.months_long = numbers["daysLong"], numbers["monthsLong"]
        self.deadlines, self.sequencing = lexicon.words["deadline"], lexicon.words["sequencing"]
        self.months_or_verbs = lexicon.words["monthOrVerb"]
        self._lexicon = lexicon
        self._month = rf"(?P<month>{any_of(self.months)})\b\.?"
        nth = f"{any_of(lexicon.words['ordinalEnding'])}?"
        self._day = rf"(?P<day>\d{{1,2}}){nth}"
        self._to = rf"(?:[-–]|\b{any_of(lexicon.words['rangeLink'])}\b)"
        self._to_day = rf"\s*{self._to}\s*\d{{1,2}}{nth}\b"
        self._step = f"(?P<step>{any_of(self.steps)})"
        self._years = any_of(unit for unit, months in self.months_long.items() if not months % 12)
        on_weekday = rf"(?:{any_of(self.weekdays)}\s*,?\s+(?:the\s+)?)?"
        self._day_first = rf"{on_weekday}{self._day}\s+(?:of\s+)?{self._month}"
        self._month_first = rf"{on_weekday}{self._month}\s+(?:the\s+)?{self._day}\b"
        self.days_before = tuple(_compiled(rf"\b{form},?\s+\Z") for form in (self._day_first, self._month_first))
        second = any_of(lexicon.words["secondDatePreposition"])
        self.between = _compiled(rf"\s*,?\s*{self._to}\s*(?:{second}\s+)?(?:the\s+)?")
        self.neighbour = _compiled(rf"\b({any_of(self.beside)})(?P<the>\s+the)?\s*\Z")
        months = frozenset(self.months)
        sought = (
            *((CENTURIES, pattern) for pattern in self._of_years()),
            *((months, pattern) for pattern in self._with_month()),
            *((_last_words(phrases), pattern) for phrases, pattern in self._counted()),
            *((CENTURIES, pattern) for pattern in self._with_year()),
        )
        self.patterns = tuple((clues, _compiled(pattern)) for clues, pattern in sought)

    def number(self, word: str) -> int:
        """The number that a word or digits tell; 0 for any other word."""
        return self.counts.get(word) or (int(word) if word.isdecimal() else 0)

    def _of_years(self) -> Iterable[str]:
        years = rf"\b(?:19|20)\d\d\s*(?:[-–/]\s*(?:(?:19|20)\d\d|\d\d)|{self._to}\s*(?:19|20)\d\d)\b"
        yield f"(?P<none>{years})"

    def _with_month(self) -> Iterable[str]:
        month = self._month
        of_year = rf"(?:,?\s+(?:{YEAR}|(?:of\s+)?{self._step}\s+{self._years}))?"
        before = any_of(self._lexicon.words["monthPreposition"])
        yield rf"\b{self._day}{self._to_day}\s+(?:of\s+)?{month},?(?:\s+{YEAR})?(?P<range>)"
        yield rf"\b{month}\s+{self._day}{self._to_day}(?:,?\s+{YEAR})?(?P<range>)"
        yield rf"\b{self._day_first}{of_year}"
        yield rf"\b(?<!-){self._month_first}{of_year}"
        other = rf"(?P<other>{any_of(self.months)})\b(?:,?\s+{YEAR})?"
        yield rf"\b{before}\s+{month}\s*{self._to}\s*{other}(?!\s*\d)"
        yield rf"\b{month},?(?:\s+of)?\s+{YEAR}"
        yield rf"\b{month}\s+(?:of\s+)?{self._step}\s+{self._years}"
        yield rf"\b(?:{before}|(?P<nearby>{any_of(self.steps)})(?:\s+past)?)\s+{month}(?!\s*\d)"
        yield rf"\b{any_of(self._lexicon.words['partOfTime'])}(?:-|\s+)(?:in\s+)?{month}(?!\s*\d)"

    def _counted(self) -> Iterable[tuple[Iterable[str], str]]:
        """Dates counted from that of the document; those with one of :data:`ANCHORED`, from one before in the text.

        With each, the words or phrases of which it has one.
        """
        count = rf"(?P<count>\d+|{any_of(self.counts)})"
        units = {*self.days_long, *self.months_long}
        unit = f"(?P<unit>{any_of(units)})"
        day = any_of(word for word, days in self.days_long.items() if days == 1)
        below_year = [*self.days_long, *(word for word, months in self.months_long.items() if months < 12)]
        above_day = [*self.months_long, *(word for word, days in self.days_long.items() if days > 1)]
        exactly = "".join(f"(?<!{re.escape(word)} )" for word in sorted(self._lexicon.words["roughly"]))
        today = any_of(word for word, days in self.today.items() if not days)
        ago = rf"\b{count}\s+{self._years}\s+ago\s+(?P<anniversary>{today}|this\s+{any_of(below_year)}(?<!s))\b"
        yield ["ago"], ago
        yield self.today, rf"\b(?P<today>{any_of(self.today)})\b"
        yield above_day, rf"\b{self._step}\s+(?P<unit>{any_of(above_day)})(?<!s)\b"
        now = any_of(word for word, step in self.steps.items() if not step)
        seasons = self._lexicon.words["season"]
        yield seasons, rf"\b{now}\s+(?:past\s+|coming\s+)?(?P<season>{any_of(seasons)})\b"
        yield ["ago"], rf"{exactly}\b{count}\s+{unit}\s+(?P<ago>ago)\b"
        yield below_year, rf"\b(?P<ahead>in)\s+{count}\s+(?P<unit>{any_of(below_year)})(?<=s)\b"
        speaking = any_of(self._lexicon.words["speaking"])
        yield ["just"], rf"\b{speaking}(?:\s+have|['’]ve)?\s+(?P<just>just)\b"
        which = rf"(?:on\s+|{self._step}\s+(?:(?P<coming>coming)\s+|past\s+)?)?"
        yield self.weekdays, rf"\b{which}(?P<weekday>{any_of(self.weekdays)})\b"
        moments = any_of(word for word, days in self.days_long.items() if not days)
        beside = r"(?:(?P<later>later)|(?P<earlier>earlier))\b(?!\s+than\b)"
        yield ["later", "earlier"], rf"{exactly}\b{count}\s+{unit}\s+{beside}"
        yield ["later"], rf"\b(?P<unit>{moments})(?<=s)\s+(?P<later>later)\b"
        previous = self._lexicon.words["previous"]
        yield previous, rf"\bthe\s+(?P<earlier>{any_of(previous)})\s+{unit}(?<!s)\b"
        coming = [word for word, step in self.steps.items() if step > 0]
        following = rf"(?P<following>the\s+(?:following|{any_of(coming)}(?=\s+{day}\b)))"
        yield ["following", *coming], rf"\b{following}\s+{unit}(?<!s)\b"
        yield units, rf"\b(?P<same>{any_of(self._lexicon.words['sameDate'])})\s+{unit}(?<!s)\b"

    def _with_year(self) -> Iterable[str]:
        words = self._lexicon.words
        yield rf"\b{any_of(words['partOfTime'])}(?:-|\s+)(?:{any_of(words['afterPartOfTime'])}\s+)?{YEAR}\b"
        yield rf"(?:\b(?:{any_of(words['yearPreposition'])}|the)\s+|\(){YEAR}\b"
        yield rf"(?<![/\d]){YEAR}(?=\s+(?-i:[A-Z]))"
        yield rf"\b{any_of(words['article'] | words['owningDeterminer'])}\s+{YEAR}(?=\s+[a-z])"


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of `words`, the longest first; the spaces in them are of any length."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered) + ")"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _last_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase.split()[-1] for phrase in phrases)
