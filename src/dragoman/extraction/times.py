"""Dates that a text gives, resolved against the date of its document, at the precision that the words have.

"9 July" in a document of 2025-07-24 is 2025-07-09; "last month" is 2025-06; "in 2015" is 2015.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["TimeExpression", "find_times"]

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
MONTH = rf"(?P<month>(?:{'|'.join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True))}))\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
SPOKEN_YEAR = rf"(?:,?\s+(?:{YEAR}|(?:of\s+)?(?P<step>last|this|next)\s+year))"
WITH_MONTH = (
    rf"\b{DAY}\s*(?:[-–]|to|and)\s*\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?(?:\s+{YEAR})?(?P<range>)",
    rf"\b{MONTH}\s+{DAY}(?:st|nd|rd|th)?\s*(?:[-–]|to|and)\s*\d{{1,2}}\b(?:st|nd|rd|th)?(?:,?\s+{YEAR})?(?P<range>)",
    rf"\b{DAY}\s+(?:of\s+)?{MONTH}{SPOKEN_YEAR}?",
    rf"\b(?<!-){MONTH}\s+(?:the\s+)?{DAY}\b(?:st|nd|rd|th)?{SPOKEN_YEAR}?",
    rf"\b{MONTH},?(?:\s+of)?\s+{YEAR}",
    rf"\b{MONTH}\s+(?:of\s+)?(?P<step>last|this|next)\s+year",
    rf"\b(?:in|since|last|this|late|early|of)\s+{MONTH}(?!\s*\d)",
)
RELATIVE = (
    r"(?P<relative>\b(?:today|yesterday|tomorrow|tonight)\b)",
    r"(?P<relative>\b(?:last|this|next)\s+(?:week|month|year)\b)",
    r"(?P<relative>\b(?:earlier|later)\s+(?:this|last)\s+(?:week|month|year)\b)",
    r"(?P<relative>\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a)\s+(?:day|week|month|year)s?\s+ago\b)",
    rf"(?P<relative>\b(?:on\s+|last\s+)?(?:{'|'.join(WEEKDAYS)})\b)",
)
WITH_YEAR = (
    rf"(?:\b(?:in|since|of|the|by|from|during|until)\s+|\(){YEAR}\b",
    rf"(?<![/\d]){YEAR}(?=\s+(?-i:[A-Z]))",
    rf"\b(?:an?|the|this|its|their|our)\s+{YEAR}(?=\s+[a-z])",
)
PATTERNS = tuple(
    (clues, re.compile(pattern, re.IGNORECASE))
    for clues, patterns in (
        (frozenset(MONTHS), WITH_MONTH),
        (frozenset({*WEEKDAYS, "today", "yesterday", "tomorrow", "tonight", "week", "month", "year", "ago"}), RELATIVE),
        (frozenset({"19", "20"}), WITH_YEAR),
    )
    for pattern in patterns
)
"""What dates look like, in the order in which they are looked for, each with its clues: one of them must be there."""
CLUE = re.compile(r"[a-z]+|(?:19|20)(?=\d\d)")
"""A word, or what begins like a year."""
NUMBERS = {
    word: number
    for number, word in enumerate(("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Characters `start` up to `end` of a text that give the ISO 8601 date `iso`."""

    start: int
    end: int
    iso: str


def find_times(text: str, reference: str) -> list[TimeExpression]:
    """The dates in `text`, left to right, none overlapping.

    :param reference: the date of the document (YYYY, YYYY-MM or YYYY-MM-DD), or "" where it is not known: then only
        dates with a year of their own are found.

    >>> [time.iso for time in find_times("held in Dakar on 9 July and, last month, in Rome", "2025-07-24")]
    ['2025-07-09', '2025-06']
    """
    found: list[TimeExpression] = []
    taken = bytearray(len(text))
    there = frozenset(CLUE.findall(text.lower()))
    for pattern in (pattern for clues, pattern in PATTERNS if not clues.isdisjoint(there)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]) and (iso := _resolve(match, reference)):
                found.append(TimeExpression(start, end, iso))
                taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda time: time.start)


def _resolve(match: re.Match[str], reference: str) -> str:
    groups = match.groupdict()
    if groups.get("relative"):
        return _relative(groups["relative"].lower(), reference)
    year = groups.get("year") or ""
    if groups.get("step"):
        year = _relative_year(f"{groups['step'].lower()} year", reference[:4])
    if not groups.get("month"):
        return year
    month = MONTHS[groups["month"].lower()]
    day = 0 if "range" in groups and groups["range"] is not None else int(groups.get("day") or 0)
    if match.group(0).lower().startswith("may") and groups["month"] == "may" and not day and not year:
        return ""
    if not year:
        last = match.group(0).lower().startswith("last")
        year = _last_year(month, reference) if last else _nearest_year(month, day, reference)
        if not year:
            return ""
    if day and day > calendar.monthrange(int(year), month)[1]:
        return ""
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _nearest_year(month: int, day: int, reference: str) -> str:
    """The year that puts a month nearest to the document's own date; the document's year where it gives no more."""
    if not reference:
        return ""
    if len(reference) == 4:
        return reference
    own_year, own_month = int(reference[:4]), int(reference[5:7])
    if month - own_month > 6:
        return str(own_year - 1)
    return str(own_year + 1) if own_month - month > 9 else str(own_year)


def _last_year(month: int, reference: str) -> str:
    """The year of "last December": before the document's own month; the document's year where it gives no more."""
    if len(reference) < 7:
        return reference
    return str(int(reference[:4]) - (month >= int(reference[5:7])))


def _relative(words: str, reference: str) -> str:
    if len(reference) < 7:
        return _relative_year(words, reference)
    exact = len(reference) == 10
    own = date.fromisoformat(reference if exact else f"{reference}-01")
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
    if words in days:
        return (own + timedelta(days[words])).isoformat() if exact else ""
    weekday = words.split()[-1]
    if weekday in WEEKDAYS:
        back = (own.weekday() - WEEKDAYS[weekday]) % 7
        return (own - timedelta(back)).isoformat() if exact else ""
    parts = words.split()
    if parts[-1] == "ago":
        return _ago(parts, own, exact)
    step = {"last": -1, "this": 0, "next": 1}[parts[-2]]
    if parts[-1] == "year":
        return str(own.year + step)
    if parts[-1] == "month":
        month = own.year * 12 + own.month - 1 + step
        return f"{month // 12}-{month % 12 + 1:02}"
    if not exact:
        return ""
    monday = own - timedelta(own.weekday()) + timedelta(7 * step)
    sunday = monday + timedelta(6)
    return f"{monday:%Y-%m}" if monday.month == sunday.month else ""


def _relative_year(words: str, reference: str) -> str:
    if not reference or not words.endswith("year"):
        return ""
    step = {"last": -1, "this": 0, "next": 1}.get(words.split()[-2], 0)
    return str(int(reference) + step)


def _ago(parts: list[str], own: date, exact: bool) -> str:
    count = NUMBERS.get(parts[0]) or (int(parts[0]) if parts[0].isdigit() else 0)
    unit = parts[1].rstrip("s")
    if unit == "year":
        return str(own.year - count) if count < own.year else ""
    if unit == "month":
        month = own.year * 12 + own.month - 1 - count
        return f"{month // 12}-{month % 12 + 1:02}" if month > 0 else ""
    if not exact:
        return ""
    there = own - timedelta(count * (7 if unit == "week" else 1))
    return there.isoformat() if unit == "day" else f"{there:%Y-%m}"


def times_within(times: list[TimeExpression], start: int, end: int) -> Iterator[TimeExpression]:
    """Those that lie within characters `start` up to `end`."""
    return (time for time in times if start <= time.start and time.end <= end)
