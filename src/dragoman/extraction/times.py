"""Dates that a text gives, resolved against the date of its document, at the precision that the words have.

"9 July" in a document of 2025-07-24 is 2025-07-09; "last month" is 2025-06; "in 2015" is 2015. What the words leave
open ("on 9 October", "on Friday") has a reading for what has been and one for what is to come; "five days later" and
"the following year" go on from the date before them; of a range, what its ends share is the date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

__all__ = ["TimeExpression", "find_days", "find_known_days", "find_times", "times_within"]

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
NUMBERS = {
    word: number
    for number, word in enumerate(("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
} | {"one": 1, "eleven": 11, "twelve": 12}
TODAY = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "last night": -1,
}
"""Words for days, by their distance from the document's own."""
NEIGHBOURS = {"eve of": -1, "day before": -1, "day after": 1}
"""Words before a day that mean the one beside it."""
BOUNDS = frozenset({"after", "before", "by", "following", "since", "till", "until"})
"""Words before a date that make it a bound: what they date lies on one side of it."""
UNKNOWN = "?"
"""The reading of what cannot be told: of a past December, in a document of which the year alone is known."""
UNDATED = "1900"
"""A year as of a document of which none is known: what is read as of that year has none of its own."""
LAST_QUARTER = 10
"""The month from which on a past month may be that of the year before, where a document's year alone is known."""
ANCHOR_REACH = 300
"""Characters within which "five days later" finds the date that it goes on from."""

MONTH_NAMES = "|".join(sorted((re.escape(m) for m in MONTHS), key=len, reverse=True))
MONTH = rf"(?P<month>(?:{MONTH_NAMES}))\b\.?"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
ON_WEEKDAY = rf"(?:{WEEKDAY}\s*,?\s+(?:the\s+)?)?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
TODAY_WORDS = "|".join(TODAY).replace(" ", r"\s+")
COUNT = rf"(?:\d+|{'|'.join(NUMBERS)})"
SPOKEN_YEAR = rf"(?:,?\s+(?:{YEAR}|(?:of\s+)?(?P<step>last|this|next)\s+year))"
DAY_FIRST = rf"{ON_WEEKDAY}{DAY}\s+(?:of\s+)?{MONTH}"
MONTH_FIRST = rf"{ON_WEEKDAY}{MONTH}\s+(?:the\s+)?{DAY}\b(?:st|nd|rd|th)?"
TO = r"(?:[-–]|\b(?:to|and|or|through|until)\b)"
EXACTLY = r"(?<!than )(?<!over )(?<!least )(?<!about )(?<!some )(?<!around )"
OF_YEARS = (rf"(?P<none>\b(?:19|20)\d\d\s*(?:[-–/]\s*(?:(?:19|20)\d\d|\d\d)|{TO}\s*(?:19|20)\d\d)\b)",)
WITH_MONTH = (
    rf"\b{DAY}\s*(?:[-–]|to|and)\s*\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?(?:\s+{YEAR})?(?P<range>)",
    rf"\b{MONTH}\s+{DAY}(?:st|nd|rd|th)?\s*(?:[-–]|to|and)\s*\d{{1,2}}\b(?:st|nd|rd|th)?(?:,?\s+{YEAR})?(?P<range>)",
    rf"\b{DAY_FIRST}{SPOKEN_YEAR}?",
    rf"\b(?<!-){MONTH_FIRST}{SPOKEN_YEAR}?",
    rf"\b(?:in|of|during|from|between|since)\s+{MONTH}\s*{TO}\s*(?P<other>{MONTH_NAMES})\b(?:,?\s+{YEAR})?(?!\s*\d)",
    rf"\b{MONTH},?(?:\s+of)?\s+{YEAR}",
    rf"\b{MONTH}\s+(?:of\s+)?(?P<step>last|this|next)\s+year",
    rf"\b(?:in|since|last|this(?:\s+past)?|of|during|from)\s+{MONTH}(?!\s*\d)",
    rf"\b(?:mid|early|late)(?:-|\s+)(?:in\s+)?{MONTH}(?!\s*\d)",
)
RELATIVE = (
    rf"(?P<relative>\b{COUNT}\s+years?\s+ago\s+(?:today|this\s+(?:day|week|month))\b)",
    rf"(?P<relative>\b(?:{TODAY_WORDS})\b)",
    r"(?P<relative>\b(?:last|this|next)\s+(?:week|month|year)\b)",
    r"(?P<relative>\b(?:earlier|later)\s+(?:this|last)\s+(?:week|month|year)\b)",
    rf"(?P<relative>{EXACTLY}\b{COUNT}\s+(?:day|week|month|year)s?\s+ago\b)",
    rf"(?P<relative>\bin\s+{COUNT}\s+(?:days|weeks|months)\b)",
    r"\b(?:I|we)(?:\s+have|['’]ve)?\s+(?P<relative>just)\b",
    rf"(?P<relative>\b(?:on\s+|last\s+|next\s+|this\s+(?:coming\s+|past\s+)?)?{WEEKDAY}\b)",
    rf"(?P<anchored>{EXACTLY}\b{COUNT}\s+(?:day|week|month|year)s?\s+later\b)",
    r"(?P<anchored>\bthe\s+(?:following\s+(?:day|month|year)|next\s+day)\b)",
    r"(?P<anchored>\b(?:on\s+that|that\s+same|the\s+same)\s+(?:day|month|year)\b)",
)
WITH_YEAR = (
    rf"\b(?:early|late|mid|end|spring|summer|autumn|fall|winter)(?:-|\s+)(?:of\s+|in\s+)?{YEAR}\b",
    rf"(?:\b(?:in|since|of|the|by|from|during|until|after|before)\s+|\(){YEAR}\b",
    rf"(?<![/\d]){YEAR}(?=\s+(?-i:[A-Z]))",
    rf"\b(?:an?|the|this|its|their|our)\s+{YEAR}(?=\s+[a-z])",
)
CENTURIES = frozenset({"19", "20"})
UNITS = frozenset({"day", "days", "weeks", "months", "week", "month", "year", "ago", "later", "just"})
PATTERNS = tuple(
    (clues, re.compile(pattern, re.IGNORECASE))
    for clues, patterns in (
        (CENTURIES, OF_YEARS),
        (frozenset(MONTHS), WITH_MONTH),
        (frozenset({*WEEKDAYS, *UNITS, *(word.split()[-1] for word in TODAY)}), RELATIVE),
        (CENTURIES, WITH_YEAR),
    )
    for pattern in patterns
)
"""What dates look like, in the order in which they are looked for, each with its clues: one of them must be there.

No later one takes what an earlier one has taken, be it that no date comes of it.
"""
CLUE = re.compile(r"[a-z]+|(?:19|20)(?=\d\d)")
"""A word, or what begins like a year."""
ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DAYS_BEFORE = tuple(re.compile(rf"\b{form},?\s+\Z", re.IGNORECASE) for form in (DAY_FIRST, MONTH_FIRST))
LONGEST_DAY = 40
"""Characters before a year within which a day is looked for: "Wednesday, the 30th of September, "."""
BETWEEN = re.compile(rf"\s*,?\s*{TO}\s*(?:(?:from|in|on)\s+)?(?:the\s+)?", re.IGNORECASE)
EACH = re.compile(r"\W*respectively\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Characters `start` up to `end` of a text that give the ISO 8601 date `iso`, the nearest that the words allow.

    `past` and `ahead` are the readings for what has been and for what is to come, where the words leave that open, or
    :data:`UNKNOWN`; `bound` is the word that makes the date one side of a stretch of time ("since", "until"), that of
    what is to come alone ("in two weeks"), or of what has been alone ("just"); `later` says that the date is after that
    of the document.
    """

    start: int
    end: int
    iso: str
    past: str = ""
    ahead: str = ""
    bound: str = ""
    later: bool = False

    def told(self, *, past: bool = False, ahead: bool = False) -> str:
        """The date of something told as past, as still to come, or neither; "" where the words do not say."""
        reading = (self.past if past else self.ahead if ahead else "") or self.iso
        return "" if reading == UNKNOWN else reading


def find_times(text: str, reference: str, days: Mapping[str, str] | None = None) -> list[TimeExpression]:
    """The dates in `text`, left to right, none overlapping.

    :param reference: the date of the document (YYYY, YYYY-MM or YYYY-MM-DD), or "" where it is not known: then only
        dates with a year of their own are found.
    :param days: the years that the document elsewhere gives to days of the year (:func:`find_days`).

    >>> [time.iso for time in find_times("held in Dakar on 9 July and, last month, in Rome", "2025-07-24")]
    ['2025-07-09', '2025-06']
    """
    found: list[TimeExpression] = []
    anchored: list[re.Match[str]] = []
    taken = bytearray(len(text))
    there = frozenset(CLUE.findall(text.lower()))
    for pattern in (pattern for clues, pattern in PATTERNS if not clues.isdisjoint(there)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            groups = match.groupdict()
            time = None if groups.get("anchored") else _resolve(match, reference, days or {})
            if groups.get("anchored"):
                anchored.append(match)
            elif time is not None:
                found.append(_shifted(replace(time, bound=_bound(text, start, end)), text))
            if time is not None or groups.get("none") or groups.get("anchored"):
                taken[start:end] = b"\1" * (end - start)
    return _anchor(_joined(sorted(found, key=lambda time: time.start), text), anchored)


def find_days(text: str) -> dict[str, str]:
    """The years of days (MM-DD) to which a text gives one year: "on 7 October 2023"; a day told of two has none."""
    years: dict[str, str] = {}
    for year in ANY_YEAR.finditer(text):
        before = text[max(0, year.start() - LONGEST_DAY) : year.start()]
        for match in filter(None, (pattern.search(before) for pattern in DAYS_BEFORE)):
            day = f"{MONTHS[match['month'].lower()]:02}-{int(match['day']):02}"
            years[day] = year[0] if years.setdefault(day, year[0]) == year[0] else ""
    return {day: year for day, year in years.items() if year}


def find_known_days(things: Iterable[Sequence[str]]) -> dict[str, str]:
    """The years of the days (MM-DD) by which things are known without a year, each thing given by all its names.

    >>> find_known_days([["9 May riots", "riots of 9 May 2019"], ["riots of 3 June 2020"]])
    {'05-09': '2019'}
    """
    known: dict[str, str] = {}
    for names in things:
        days = find_days("\n".join(names))
        bare = (time.iso[5:] for name in names if days for time in find_times(name, UNDATED) if time.iso[:4] == UNDATED)
        known |= {day: days[day] for day in bare if day in days}
    return known


def times_within(times: list[TimeExpression], start: int, end: int) -> Iterator[TimeExpression]:
    """Those that lie within characters `start` up to `end`."""
    return (time for time in times if start <= time.start and time.end <= end)


# -- one expression


def _resolve(match: re.Match[str], reference: str, days: Mapping[str, str]) -> TimeExpression | None:
    iso, past, ahead = _readings(match, reference, days)
    later = bool(reference) and iso[: len(reference)] > reference[: len(iso)]
    return TimeExpression(*match.span(), iso, past, ahead, later=later) if iso else None


def _readings(match: re.Match[str], reference: str, days: Mapping[str, str]) -> tuple[str, str, str]:
    groups = match.groupdict()
    if groups.get("none"):
        return "", "", ""
    if groups.get("relative"):
        return _relative(groups["relative"].lower(), reference)
    year = groups.get("year") or ""
    if groups.get("step"):
        year = _relative_year(f"{groups['step'].lower()} year", reference[:4])
    if not groups.get("month"):
        return year, "", ""
    month = MONTHS[groups["month"].lower()]
    day = 0 if groups.get("range") is not None else int(groups.get("day") or 0)
    if groups["month"] in {"may", "march"} and not day and not year:
        return "", "", ""
    if year:
        return _date(year, month, day, groups.get("other")), "", ""
    words = match.group(0).lower()
    if words.startswith("last"):
        return _date(_last_year(month, reference), month, day), "", ""
    years = _open_years(month, day, reference)
    known = days.get(f"{month:02}-{day:02}", "")
    if known and f"{known}-{month:02}-{day:02}"[: len(reference)] <= reference:
        years = (known, known, years[2])
    iso, past, ahead = (_date(own, month, day, groups.get("other")) if own != UNKNOWN else own for own in years)
    if words.startswith("this"):
        return _date(reference[:4], month, day), "", ""
    return (iso, past, ahead) if iso else ("", "", "")


def _date(year: str, month: int, day: int, other: str | None = None) -> str:
    """A date as ISO 8601; "" where there is no such day. A month joined to another leaves the year alone."""
    if not year or other:
        return year
    if not day:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}" if day <= calendar.monthrange(int(year), month)[1] else ""


def _open_years(month: int, day: int, reference: str) -> tuple[str, str, str]:
    """The years of a day or month without one: the nearest, the last that has been, the next to come."""
    if len(reference) < len("2025-07"):
        return reference, UNKNOWN if reference and month >= LAST_QUARTER else "", ""
    own = int(reference[:4])
    told = f"-{month:02}" + (f"-{day:02}" if day else "")
    here = reference[4 : 4 + len(told)]
    nearest = own - 1 if month - int(reference[5:7]) > 6 else own + (int(reference[5:7]) - month > 9)
    return str(nearest), str(own - (told > here)), str(own + (told < here))


def _last_year(month: int, reference: str) -> str:
    """The year of "last December": before the document's own month; the document's year where it gives no more."""
    if len(reference) < len("2025-07"):
        return reference
    return str(int(reference[:4]) - (month >= int(reference[5:7])))


def _relative(words: str, reference: str) -> tuple[str, str, str]:
    """The readings of words that count from the document's own date."""
    parts = words.split()
    if words == "just":
        return reference, "", ""
    if "ago" in parts[:-1]:
        return _years_ago(parts, reference), "", ""
    if len(reference) < len("2025-07"):
        return _relative_year(words, reference), "", ""
    exact = len(reference) == len("2025-07-24")
    own = date.fromisoformat(reference if exact else f"{reference}-01")
    if (distance := TODAY.get(" ".join(parts))) is not None:
        return (own + timedelta(distance)).isoformat() if exact else "", "", ""
    if parts[-1] in WEEKDAYS:
        return _weekday(parts, own) if exact else ("", "", "")
    if parts[-1] == "ago":
        return _ago(parts, own, exact), "", ""
    if parts[0] == "in":
        count, unit = _number(parts[1]), parts[2].rstrip("s")
        return _later(reference, count, unit), "", ""
    step = {"last": -1, "this": 0, "next": 1}[parts[-2]]
    if parts[-1] == "week":
        monday = own - timedelta(own.weekday()) + timedelta(7 * step)
        same = exact and monday.month == (monday + timedelta(6)).month
        return f"{monday:%Y-%m}" if same else "", "", ""
    return (str(own.year + step) if parts[-1] == "year" else _month_on(own, step)), "", ""


def _relative_year(words: str, reference: str) -> str:
    parts = words.split()
    if not reference:
        return ""
    if parts[-1] == "ago" and parts[-2].startswith("year"):
        return _year_before(parts, int(reference))
    if parts[-1] != "year":
        return ""
    step = {"last": -1, "this": 0, "next": 1}.get(parts[-2], 0)
    return str(int(reference) + step)


def _weekday(parts: list[str], own: date) -> tuple[str, str, str]:
    """The last such day up to the document's own, or the next; "last" and "next" leave no choice."""
    back = (own.weekday() - WEEKDAYS[parts[-1]]) % 7
    before, after = own - timedelta(back), own + timedelta(-back % 7)
    if parts[0] == "last":
        return (own - timedelta(back or 7)).isoformat(), "", ""
    if parts[0] == "next" or "coming" in parts:
        return (own + timedelta((-back % 7) or 7)).isoformat(), "", ""
    return before.isoformat(), before.isoformat(), after.isoformat()


def _ago(parts: list[str], own: date, exact: bool) -> str:
    count, unit = _number(parts[0]), parts[1].rstrip("s")
    if unit == "year":
        return _year_before(parts, own.year)
    if unit == "month":
        return _month_on(own, -count)
    if not exact or count >= own.toordinal() / 7:
        return ""
    there = own - timedelta(count * (7 if unit == "week" else 1))
    return there.isoformat() if unit == "day" else f"{there:%Y-%m}"


def _years_ago(parts: list[str], reference: str) -> str:
    """ "One year ago today", as exact as the document's own date; of "this week" and "this month", the month."""
    year = _year_before(parts, int(reference[:4])) if reference else ""
    rest = reference[4:] if parts[-1] in {"today", "day"} else reference[4:7]
    return f"{year}{rest}" if year and not (rest == "-02-29" and int(year) % 4) else ""


def _year_before(parts: list[str], own: int) -> str:
    """The year so many years ago; a round number of decades is but about right."""
    count = _number(parts[0])
    return str(own - count) if own - count >= 1000 and (count < 20 or count % 10) else ""


def _month_on(own: date, step: int) -> str:
    month = own.year * 12 + own.month - 1 + step
    return f"{month // 12}-{month % 12 + 1:02}" if month >= 12 * 1000 else ""


def _number(word: str) -> int:
    return NUMBERS.get(word) or (int(word) if word.isdecimal() else 0)


# -- expressions by what stands around them


def _bound(text: str, start: int, end: int) -> str:
    """The word that makes a date a bound: its first, or the one before it."""
    inside = text[start:end].lower().split()
    if inside[-1] == "just" or (inside[0] == "in" and len(inside) == len(("in", "two", "weeks"))):
        return inside[-1] if inside[-1] == "just" else "in"
    words = text[max(0, start - 12) : start].split()[-1:] + text[start:end].split()[:1]
    return next((word.lower() for word in reversed(words) if word.lower() in BOUNDS), "")


def _shifted(time: TimeExpression, text: str) -> TimeExpression:
    """The day beside the one that is named: "on the eve of 13 April", "the day after the 7 October attack"."""
    before = re.sub(r"\s+the\s*$|\s+$", "", text[max(0, time.start - 24) : time.start].lower())
    step = next((step for words, step in NEIGHBOURS.items() if before.endswith(words)), 0)
    around = text[max(0, time.start - 8) : time.start], text[time.end : time.end + 8]
    adjective = re.search(r"\sthe\s*$", around[0]) and re.match(r"\s+[a-z]", around[1])
    if not step or adjective or len(time.iso) != len("2025-07-24"):
        return time  # "the day after the 7 May attack": the attack is of that day
    readings = (time.iso, time.past, time.ahead)
    iso, past, ahead = (
        str(date.fromisoformat(own) + timedelta(step)) if own[:1].isdigit() else own for own in readings
    )
    return replace(time, iso=iso, past=past, ahead=ahead, bound="")


def _joined(times: list[TimeExpression], text: str) -> list[TimeExpression]:
    """The same, dates joined to a range or a pair made one, of what they share; none where they share nothing."""
    joined: list[TimeExpression] = []
    for time in times:
        last = joined[-1] if joined else None
        if last is None or not BETWEEN.fullmatch(text, last.end, time.start) or EACH.match(text, time.end):
            joined.append(time)
            continue
        iso = last.iso if last.iso[:4] == time.iso[:4] or not last.past else time.iso[:4] + last.iso[4:]
        joined[-1] = TimeExpression(last.start, time.end, _common(iso, time.iso), bound=last.bound)
    return [time for time in joined if time.iso]


def _common(left: str, right: str) -> str:
    """What two dates share: a day, a month, a year, or nothing."""
    return next((left[:length] for length in (10, 7, 4) if left[:length] == right[:length]), "")


def _anchor(times: list[TimeExpression], anchored: list[re.Match[str]]) -> list[TimeExpression]:
    """The dates and those that go on from them: from the last one before, if it is near and exact enough."""
    found: list[TimeExpression] = []
    last: TimeExpression | None = None
    items: list[TimeExpression | re.Match[str]] = [*times, *anchored]
    for item in sorted(items, key=_start):
        if isinstance(item, TimeExpression):
            found.append(item)
        elif last is not None and item.start() - last.end < ANCHOR_REACH:
            before = last.told(past=True)
            iso = _going_on(before, item.group(0).lower().split()) if before else ""
            found += [TimeExpression(*item.span(), iso)] if iso else []
        if found and not found[-1].bound:
            last = found[-1]
    return found


def _start(item: TimeExpression | re.Match[str]) -> int:
    return item.start if isinstance(item, TimeExpression) else item.start()


def _going_on(iso: str, words: list[str]) -> str:
    """The date of "five days later" or "the same year", counted from another."""
    count = 0 if words[-2] in {"that", "same"} else _number(words[0]) or 1
    return _later(iso, count, (words[-2] if words[-1] == "later" else words[-1]).rstrip("s"))


def _later(iso: str, count: int, unit: str) -> str:
    """The date so many units after another; "" where that other is not exact enough."""
    if unit == "year":
        return f"{int(iso[:4]) + count:04}" if int(iso[:4]) + count <= date.max.year else ""
    if unit == "month":
        return _month_on(date.fromisoformat(f"{iso[:7]}-01"), count) if len(iso) >= len("2025-07") else ""
    if len(iso) != len("2025-07-24") or count > 366:
        return ""
    there = date.fromisoformat(iso) + timedelta(count * (7 if unit == "week" else 1))
    return there.isoformat() if unit == "day" else f"{there:%Y-%m}"
