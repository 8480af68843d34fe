"""Dates as metadata and first lines write them become ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD)."""

from __future__ import annotations

import calendar
import re
from datetime import date

__all__ = ["DATE", "find_full_dates", "parse_date"]

MONTHS = {calendar.month_name[number].lower(): number for number in range(1, 13)}
SHORT_MONTHS = {calendar.month_abbr[number].lower(): number for number in range(1, 13)}
MONTH = "(?P<{0}>" + "|".join(sorted({*MONTHS, *SHORT_MONTHS, "sept"}, key=len, reverse=True)) + r")\.?"
DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?P<{0}>1[5-9]\d\d|20\d\d)"

DATE = re.compile(
    r"(?<![\w/-])(?:"
    + f"{DAY.format('d1')}(?: of)? {MONTH.format('m1')},? {YEAR.format('y1')}"
    + f"|{MONTH.format('m2')} {DAY.format('d2')},? {YEAR.format('y2')}"
    + r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    + r")(?![\w/-])",
    re.IGNORECASE,
)
"""A day: "24 July 2025", "July 24, 2025", "2025-07-24"."""
PARTIAL = re.compile(rf"(?:{MONTH.format('m4')},? )?{YEAR.format('y4')}|(?P<y5>\d{{4}})-(?P<m5>\d\d)", re.IGNORECASE)


def parse_date(value: str) -> str:
    """ISO form of a day, month or year, "" where `value` is none of these or is no day of the calendar.

    >>> [parse_date(value) for value in ("24 July 2025", "July 24, 2025", "Feb 2020", "1999", "31 June 2020", "soon")]
    ['2025-07-24', '2025-07-24', '2020-02', '1999', '', '']
    """
    value = " ".join(value.split())
    if match := DATE.fullmatch(value):
        return _to_iso(match)
    if match := PARTIAL.fullmatch(value):
        year = match["y4"] or match["y5"]
        month = _to_month(match["m4"]) if match["m4"] else int(match["m5"] or 0)
        if month > 12 or (match["m5"] and month < 1) or int(year) < 1:
            return ""
        return f"{year}-{month:02}" if month else year
    return parse_date(value[:10]) if re.match(r"\d{4}-\d\d-\d\d[T ]\d", value) else ""


def find_full_dates(line: str) -> list[tuple[int, int, str]]:
    """Start, end and ISO form of each day that `line` writes out, in its order."""
    return [(match.start(), match.end(), iso) for match in DATE.finditer(line) if (iso := _to_iso(match))]


def _to_iso(match: re.Match[str]) -> str:
    year, day = (next(filter(None, (match[f"{part}{way}"] for way in "123"))) for part in "yd")
    month = _to_month(match["m1"] or match["m2"] or match["m3"])
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def _to_month(word: str) -> int:
    return int(word) if word.isdigit() else MONTHS.get(word.lower()) or SHORT_MONTHS[word[:3].lower()]
