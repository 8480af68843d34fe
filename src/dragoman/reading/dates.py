"""Dates as metadata and first lines write them become ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from dragoman.ontology import LEX, ontology_folder, read_turtle

__all__ = ["find_full_dates", "load_weekdays", "parse_date"]

DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?P<{0}>1[5-9]\d\d|20\d\d)"


def parse_date(value: str) -> str:
    """ISO form of a day, month or year, "" where `value` is none of these or is no day of the calendar.

    >>> [parse_date(value) for value in ("24 July 2025", "July 24, 2025", "Feb 2020", "1999", "31 June 2020", "soon")]
    ['2025-07-24', '2025-07-24', '2020-02', '1999', '', '']
    """
    value = " ".join(value.split())
    if match := _day_pattern().fullmatch(value):
        return _to_iso(match)
    if match := _partial_pattern().fullmatch(value):
        year = match["y4"] or match["y5"]
        month = _to_month(match["m4"]) if match["m4"] else int(match["m5"] or 0)
        if month > 12 or (match["m5"] and month < 1) or int(year) < 1:
            return ""
        return f"{year}-{month:02}" if month else year
    return parse_date(value[:10]) if re.match(r"\d{4}-\d\d-\d\d[T ]\d", value) else ""


def find_full_dates(line: str) -> list[tuple[int, int, str]]:
    """Start, end and ISO form of each day that `line` writes out, in its order."""
    return [(match.start(), match.end(), iso) for match in _day_pattern().finditer(line) if (iso := _to_iso(match))]


def _to_iso(match: re.Match[str]) -> str:
    year, day = (next(filter(None, (match[f"{part}{way}"] for way in "1234"))) for part in "yd")
    month = _to_month(match["m1"] or match["m2"] or match["m3"] or match["m4"])
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def _to_month(word: str) -> int:
    return int(word) if word.isdigit() else _load_months()[word.lower()]


@cache
def load_weekdays() -> Mapping[str, int]:
    """Days of the week, Monday 0, by their names in ``ontology/times.ttl``, in lower case."""
    return _load_numbers("weekday")


@cache
def _load_months() -> Mapping[str, int]:
    """Months, January 1, by their names and short names."""
    return _load_numbers("month")


def _load_numbers(kind: str) -> Mapping[str, int]:
    rows = read_turtle([ontology_folder() / "times.ttl"]).query(
        f"SELECT ?word ?number {{ ?node <{LEX}{kind}> ?number ; <{LEX}spelt> ?word }}"
    )
    return {row["word"].value: int(row["number"].value) for row in rows}  # type: ignore[union-attr]


@cache
def _day_pattern() -> re.Pattern[str]:
    """A day: "24 July 2025", "July 24, 2025", "2025-07-24", "24.7.2025"; with slashes it may be either way round."""
    month = _month_pattern()
    return re.compile(
        r"(?<![\w/-])(?:"
        + f"{DAY.format('d1')}(?: of)? {month.format('m1')},? {YEAR.format('y1')}"
        + f"|{month.format('m2')} {DAY.format('d2')},? {YEAR.format('y2')}"
        + r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)"
        + r"|(?<!\.)(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>(?:19|20)\d\d)"
        + r")(?![\w/-])",
        re.IGNORECASE,
    )


@cache
def _partial_pattern() -> re.Pattern[str]:
    """A month or a year: "July 2025", "2025-07", "2025"."""
    month = _month_pattern().format("m4")
    return re.compile(rf"(?:{month},? )?{YEAR.format('y4')}|(?P<y5>\d{{4}})-(?P<m5>\d\d)", re.IGNORECASE)


def _month_pattern() -> str:
    names = sorted(_load_months(), key=lambda name: (-len(name), name))
    return "(?P<{0}>" + "|".join(map(re.escape, names)) + r")\.?"
