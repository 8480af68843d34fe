"""What the first lines of a document of the United Nations say: its symbol, the meeting's number, the organ, the city.

Source: https://research.un.org/en/docs/symbols. Organs are data, in ``ontology/records.ttl``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from dragoman.ontology import SKOS, ontology_folder, read_labels, read_turtle
from dragoman.reading.dates import find_full_dates, load_weekdays
from dragoman.reading.genres import load_genres
from dragoman.reading.metadata import Metadata

__all__ = ["RECORD", "count_masthead", "find_issue", "load_organs", "load_words"]

HEAD = 3000
"""Characters of a text that are looked at."""
LONGEST_LINE = 120
"""Characters of a line that can be one of a document's head."""
MOST_AROUND = 60
"""Characters that stand in such a line beside the symbol, unless it begins with it."""
SYMBOL = re.compile(r"(?<![\w/.])[A-Z]{1,5}(?:/[A-Za-z0-9][A-Za-z0-9.-]*)+(?<=[\w])(?: ?\((?:19|20)\d\d\))?(?![\w/])")
RECORD = re.compile(r"/(?:PV|SR)\.(\d{1,5})")
"""In the symbol of a verbatim or summary record, with the number of its meeting."""
TIME = re.compile(r"\b\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\.?|hours)|\bnoon\b", re.I)
WORD = re.compile(r"[^\W\d_]{3}")
CITY = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2}")


def find_issue(text: str, heads: Iterable[str] = ()) -> Metadata:
    """Symbol, meeting, organ, day and city, as far as the first lines of `text` tell them.

    :param heads: the running heads of its pages, which repeat the symbol.

    >>> find_issue("S/PV.1 \\nSecurity Council \\n1st meeting \\nTuesday, 4 May 2032, 10 a.m. \\nGeneva").symbol
    'S/PV.1'
    """
    lines = [line.strip(" *_#|\t") for line in text[:HEAD].split("\n")]
    short = [line for line in lines if 0 < len(line) <= LONGEST_LINE and not line.endswith((".", ";", ","))]
    symbol = next((found for line in (*short, *heads) if (found := find_symbol(line))), "")
    if not symbol:
        return Metadata()
    numbers = (match[1] for line in short if (match := _meeting_pattern().search(line)))
    by_symbol = RECORD.search(symbol)
    meeting = next(numbers, by_symbol[1] if by_symbol else "")
    date, city = _find_day(lines)
    return Metadata(date=date, symbol=symbol, meeting=meeting, organization=_find_organ(symbol), venue=city)


def count_masthead(lines: Sequence[str]) -> int:
    """How many of the first lines are a document's masthead: symbol, organ, distribution, session, day, job number.

    >>> count_masthead(["United Nations  S/2032/9", "Security Council", "Distr.: General", "4 May 2032", "", "Letter"])
    5
    """
    symbols, count = 0, 0
    for line in lines:
        words = line.strip(" *_#|\t")
        symbol = find_symbol(words) if len(words) <= LONGEST_LINE else ""
        if words and not symbol and not _is_of_masthead(words):
            break
        symbols += bool(symbol)
        count += 1
    return count if symbols else 0


def _is_of_masthead(words: str) -> bool:
    if len(words) > MOST_AROUND:
        return False
    day = find_full_dates(words)
    is_day = len(day) == 1 and 2 * (day[0][1] - day[0][0]) > len(words)
    return is_day or not WORD.search(words) or _masthead_pattern().fullmatch(words) is not None


def find_symbol(line: str) -> str:
    """The symbol in a line that holds little else, "" where there is none of an organ that is known."""
    for match in SYMBOL.finditer(line) if not line.startswith("(") else ():  # not a reference: "(A/40/1, para. 1)"
        symbol = match.group()
        alone = len(line) - len(symbol) <= MOST_AROUND or match.start() == 0
        if alone and any(map(str.isdecimal, symbol)) and _find_organ(symbol):
            return symbol
    return ""


def _find_organ(symbol: str) -> str:
    """The name of the organ whose symbol this is, by the longest beginning that is known."""
    parts = symbol.split("/")
    organs = load_organs()
    starts = ("/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return next((organs[start] for start in starts if start in organs), "")


def _find_day(lines: list[str]) -> tuple[str, str]:
    """The day of issue or meeting, and the city on its line or right below it."""
    day = ""
    for at, line in enumerate(lines):
        dates = find_full_dates(line) if len(line) <= LONGEST_LINE else []
        if len(dates) != 1:
            continue
        day = day or dates[0][2]
        around = TIME.sub(" ", f"{line[: dates[0][0]]},{line[dates[0][1] :]}").split(",")
        below = next((words for words in lines[at + 1 : at + 4] if words), "")
        for part in (*around, below):
            words = part.strip(" .:;()–—-")
            if CITY.fullmatch(words) and _may_be_city(words):
                return day, words
    return day, ""


def _may_be_city(words: str) -> bool:
    """Whether words are no day of the week, no organ and no "LETTER DATED"."""
    first = words.split()[0].lower()
    return first not in load_weekdays() and first not in load_genres() and words not in load_organs().values()


@cache
def load_organs() -> Mapping[str, str]:
    """The name of each organ by the beginning of its symbols, from ``ontology/records.ttl``."""
    rows = read_turtle([ontology_folder() / "records.ttl"]).query(
        f"SELECT ?start ?name {{ ?organ <{SKOS}notation> ?start ; <{SKOS}prefLabel> ?name }}"
    )
    return {row["start"].value: row["name"].value for row in rows}  # type: ignore[union-attr]


@cache
def load_words(name: str) -> tuple[str, ...]:
    """The labels that ``ontology/records.ttl`` gives the concept `name`, the longest first."""
    return read_labels("records.ttl", f"https://w3id.org/dragoman/record/{name}")


@cache
def _masthead_pattern() -> re.Pattern[str]:
    """An organ and what stands beside it, or that alone: "Security Council  Distr.: General", "Fiftieth session"."""
    organs = "|".join(map(re.escape, sorted({*load_organs().values()})))
    begins, ends = ("|".join(map(re.escape, load_words(name))) for name in ("masthead", "period"))
    return re.compile(rf"(?:{organs})?\s*(?:(?:{begins})s?\b.*)?|[\w -]+ (?:{ends})", re.I)


@cache
def _meeting_pattern() -> re.Pattern[str]:
    """The number of a meeting: "9963rd meeting", "12th plenary meeting"."""
    kinds = "".join(f"{re.escape(kind)} |" for kind in load_words("sitting"))
    return re.compile(rf"\b(\d{{1,5}})(?:st|nd|rd|th) (?:\([A-Z][\w -]{{2,20}}\) )?(?:{kinds})meeting\b", re.I)
