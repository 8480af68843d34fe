"""Dates that a text gives, resolved against the date of its document, at the precision that the words have.

"9 July" in a document of 2025-07-24 is 2025-07-09; "last month" is 2025-06; "in 2015" is 2015. What the words leave
open ("on 9 October", "on Friday") has a reading for what has been and one for what is to come; "five days later",
"a month earlier" and "the following year" are counted from the date before them; of a range, what its ends share is
the date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.extraction.timewords import ANCHORED, CLUE, TimeWords
from dragoman.lexicon import Lexicon

__all__ = ["TimeExpression", "TimeFinder", "is_dateline", "last_before", "times_within"]

UNKNOWN = "?"
"""The reading of what cannot be told: of a past December, in a document of which the year alone is known."""
UNDATED = "1900"
"""A year as of a document of which none is known: what is read as of that year has none of its own."""
LAST_QUARTER = 10
"""The month from which on a past month may be that of the year before, where a document's year alone is known."""
ANCHOR_REACH = 300
"""Characters within which "five days later" finds the date that it goes on from."""
NEIGHBOURHOOD = 24
"""Characters before a day within which "the eve of" or "the day after" stands."""
ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LONGEST_DAY = 40
"""Characters before a year within which a day is looked for: "Wednesday, the 30th of September, "."""
EACH = re.compile(r"\W*respectively\b", re.IGNORECASE)

Groups = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Characters `start` up to `end` of a text that give the ISO 8601 date `iso`, the nearest that the words allow.

    `past` and `ahead` are the readings for what has been and for what is to come, where the words leave that open, or
    :data:`UNKNOWN`; `bound` is the word that makes the date one side of a stretch of time ("since", "until"), that of
    what is to come alone ("in two weeks"), or of what has been alone ("just"); `until_now` is what a date since which
    something lasts shares with that of the document; `later` says that the date is after that of the document, and
    `within` that another is counted from it: "the day after the attack of 5 May"; `any_day` that it is a day
    of what has been or is to come alone: "today" in a document of which the year alone is known.
    """

    start: int
    end: int
    iso: str
    past: str = ""
    ahead: str = ""
    bound: str = ""
    until_now: str = ""
    later: bool = False
    within: bool = False
    any_day: bool = False

    def told(self, *, past: bool = False, ahead: bool = False) -> str:
        """The date of something told as past, as still to come, or neither; "" where the words do not say."""
        reading = (self.past if past else self.ahead if ahead else "") or self.iso
        return "" if reading == UNKNOWN or (self.any_day and not past and not ahead) else reading


class TimeFinder:
    """Finds dates by the words of time in the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.words = TimeWords(lexicon)

    def find(
        self, text: str, reference: str, days: Mapping[str, str] | None = None, before: TimeExpression | None = None
    ) -> list[TimeExpression]:
        """The dates in `text`, left to right, none overlapping.

        :param reference: the date of the document (YYYY, YYYY-MM or YYYY-MM-DD), or "" where it is not known: then
            only dates with a year of their own are found.
        :param days: the years that the document elsewhere gives to days of the year (:meth:`find_days`).
        :param before: the date before `text`, its characters counted back from there (:func:`last_before`).
        """
        found: list[TimeExpression] = []
        anchored: list[re.Match[str]] = []
        taken = bytearray(len(text))
        there = frozenset(CLUE.findall(text.lower()))
        for pattern in (pattern for clues, pattern in self.words.patterns if not clues.isdisjoint(there)):
            for match in pattern.finditer(text):
                start, end = match.span()
                if any(taken[start:end]):
                    continue
                groups = match.groupdict()
                goes_on = any(groups.get(name) for name in ANCHORED)
                time = None if goes_on else self._resolve(match, reference, days or {})
                if goes_on:
                    anchored.append(match)
                elif time is not None:
                    found.extend(self._shifted(time, text))
                if time is not None or goes_on or groups.get("none"):
                    taken[start:end] = b"\1" * (end - start)
        return self._anchor(self._joined(sorted(found, key=lambda time: time.start), text), anchored, before)

    def find_days(self, text: str) -> dict[str, str]:
        """The years of days (MM-DD) to which a text gives one year: "on 7 October 2023"; a day told of two has none."""
        years: dict[str, str] = {}
        for year in ANY_YEAR.finditer(text):
            before = text[max(0, year.start() - LONGEST_DAY) : year.start()]
            for match in filter(None, (pattern.search(before) for pattern in self.words.days_before)):
                day = f"{self.words.months[match['month'].lower()]:02}-{int(match['day']):02}"
                years[day] = year[0] if years.setdefault(day, year[0]) == year[0] else ""
        return {day: year for day, year in years.items() if year}

    def find_known_days(self, things: Iterable[Sequence[str]]) -> dict[str, str]:
        """The years of the days (MM-DD) by which things are known without a year, each thing given by all its names.

        Of a thing called "9 May riots" and "riots of 9 May 2019", 05-09 has 2019.
        """
        known: dict[str, str] = {}
        for names in things:
            days = self.find_days("\n".join(names))
            bare = (time.iso[5:] for n in names if days for time in self.find(n, UNDATED) if time.iso[:4] == UNDATED)
            known |= {day: days[day] for day in bare if day in days}
        return known

    # -- one expression

    def _resolve(self, match: re.Match[str], reference: str, days: Mapping[str, str]) -> TimeExpression | None:
        iso, past, ahead = self._readings(match, reference, days)
        if not iso:
            return None
        later = bool(reference) and iso[: len(reference)] > reference[: len(iso)]
        return TimeExpression(
            *match.span(),
            *(iso, past, ahead, self._bound(match), _common(past or iso, reference)),
            later=later,
            any_day=len(reference) == len("2025") and self._days_on(match.groupdict().get("today")) >= 0,
        )

    def _days_on(self, today: str | None) -> int:
        """The days from that of the document to "today", "yesterday"; -1 for what is no such word."""
        return self.words.today[" ".join(today.lower().split())] if today else -1

    def _bound(self, match: re.Match[str]) -> str:
        """The word that makes a date a bound: its first, or the one before it."""
        groups, text, (start, end) = match.groupdict(), match.string, match.span()
        if groups.get("just") or groups.get("ahead"):
            return str(groups.get("just") or groups.get("ahead")).lower()
        around = text[max(0, start - 12) : start].split()[-1:] + text[start:end].split()[:1]
        bounds = (word.lower() for word in reversed(around))
        return next((word for word in bounds if word in self.words.deadlines | self.words.sequencing), "")

    def _readings(self, match: re.Match[str], reference: str, days: Mapping[str, str]) -> tuple[str, str, str]:
        """The date as of the nearest, as of what has been, as of what is to come; "" where the first says it."""
        groups: Groups = match.groupdict()
        if groups.get("none"):
            return "", "", ""
        if not groups.get("month"):
            year = groups.get("year")
            return (year, "", "") if year else self._counted(groups, reference)
        written = str(groups["month"])
        month = self.words.months[written.lower()]
        day = 0 if groups.get("range") is not None else int(groups.get("day") or 0)
        step, other = groups.get("step"), groups.get("other")
        year = self._year_on(step, reference) if step else groups.get("year") or ""
        if written in self.words.months_or_verbs and not day and not year:
            return "", "", ""
        if year:
            return _date(year, month, day, other), "", ""
        nearby = self.words.steps.get((groups.get("nearby") or "").lower())
        if nearby is not None:
            return _date(_year_nearby(nearby, month, reference), month, day), "", ""
        years = _open_years(month, day, reference)
        known = days.get(f"{month:02}-{day:02}", "")
        if known and f"{known}-{month:02}-{day:02}"[: len(reference)] <= reference:
            years = (known, known, years[2])
        iso, past, ahead = (_date(own, month, day, other) if own != UNKNOWN else own for own in years)
        return (iso, past, ahead) if iso else ("", "", "")

    def _year_on(self, step: str, reference: str) -> str:
        """ "Last year", "next year"."""
        return str(int(reference[:4]) + self.words.steps[step.lower()]) if reference else ""

    # -- dates that count from the document's own

    def _counted(self, groups: Groups, reference: str) -> tuple[str, str, str]:
        """The readings of words that count from the date of the document."""
        exact, year = len(reference) == len("2025-07-24"), reference if len(reference) == len("2025") else ""
        if groups.get("just"):
            return reference, "", ""
        if groups.get("season"):
            return reference[:4], "", ""
        if weekday := groups.get("weekday"):
            return self._weekday(groups, weekday, date.fromisoformat(reference)) if exact else (year, "", "")
        if today := groups.get("today"):
            return str(date.fromisoformat(reference) + timedelta(self._days_on(today))) if exact else year, "", ""
        count = self.words.number((groups.get("count") or "").lower())
        if anniversary := groups.get("anniversary"):
            return self._years_ago(count, anniversary.lower(), reference), "", ""
        unit = (groups.get("unit") or "").lower()
        if groups.get("ago"):
            near = self._is_near(count, unit)
            return self._ago(count, unit, reference) or (year if near else ""), "", ""
        if groups.get("ahead"):
            near = self._is_near(count, unit)
            return self._later(reference, count, unit) or (year if near else ""), "", ""
        return self._in_step(self.words.steps[str(groups["step"]).lower()], unit, reference) or year, "", ""

    def _is_near(self, count: int, unit: str) -> bool:
        """Whether so long ago is most likely in the year of a document of which no more is known."""
        return self.words.months_long.get(unit, 0) * count < 3 and self.words.days_long.get(unit, 0) * count < 90

    def _weekday(self, groups: Groups, weekday: str, own: date) -> tuple[str, str, str]:
        """The last such day up to the document's own, or the next; "last" and "next" leave no choice."""
        back = (own.weekday() - self.words.weekdays[weekday.lower()]) % 7
        before, after = str(own - timedelta(back)), str(own + timedelta(-back % 7))
        step = self.words.steps[(groups["step"] or "").lower()] if groups.get("step") else 0
        if step < 0:
            return str(own - timedelta(back or 7)), "", ""
        if step > 0 or groups.get("coming"):
            return str(own + timedelta((-back % 7) or 7)), "", ""
        return before, before, after

    def _ago(self, count: int, unit: str, reference: str) -> str:
        months = self.words.months_long.get(unit, 0)
        if months and not months % 12:
            return _year_before(count * months // 12, reference)
        if months:
            return _month_on(reference, -count * months)
        days = count * self.words.days_long[unit]
        if len(reference) != len("2025-07-24") or days >= date.fromisoformat(reference).toordinal():
            return ""
        there = date.fromisoformat(reference) - timedelta(days)
        return there.isoformat() if self.words.days_long[unit] < 2 else f"{there:%Y-%m}"

    def _years_ago(self, count: int, anniversary: str, reference: str) -> str:
        """ "One year ago today", as exact as the document's own date; of "this week" and "this month", the month."""
        year, last = _year_before(count, reference), anniversary.split()[-1]
        to_the_day = " ".join(anniversary.split()) in self.words.today or self.words.days_long.get(last) == 1
        rest = reference[4:] if to_the_day else reference[4:7]
        return f"{year}{rest}" if year and not (rest == "-02-29" and int(year) % 4) else ""

    def _in_step(self, step: int, unit: str, reference: str) -> str:
        """ "Last year", "this month", "next week": a week is told by its month, where it lies in one."""
        months = self.words.months_long.get(unit, 0)
        if months and not months % 12:
            return str(int(reference[:4]) + step * months // 12) if reference else ""
        if months:
            return _month_on(reference, step * months)
        if len(reference) != len("2025-07-24"):
            return ""
        own = date.fromisoformat(reference)
        monday = own + timedelta(self.words.days_long[unit] * step - own.weekday())
        return f"{monday:%Y-%m}" if monday.month == (monday + timedelta(6)).month else ""

    # -- dates by what stands around them

    def _shifted(self, time: TimeExpression, text: str) -> list[TimeExpression]:
        """The day beside the one that is named, "on the eve of 13 April"; both, in "the day after the 7 May attack"."""
        begin = max(0, time.start - NEIGHBOURHOOD)
        before = self.words.neighbour.search(text[begin : time.start])
        if before is None or len(time.iso) != len("2025-07-24"):
            return [time]
        step = timedelta(self.words.beside[" ".join(before[1].lower().split())])
        readings = (time.iso, time.past, time.ahead)
        iso, past, ahead = (str(date.fromisoformat(own) + step) if own[:1].isdigit() else own for own in readings)
        beside = replace(time, iso=iso, past=past, ahead=ahead, bound="")
        if not before["the"] or not re.match(r"\s+[a-z]", text[time.end : time.end + 8]):
            return [beside]
        return [replace(beside, start=begin + before.start(1), end=begin + before.end(1)), replace(time, within=True)]

    def _joined(self, times: list[TimeExpression], text: str) -> list[TimeExpression]:
        """The same, dates joined to a range or a pair made one, of what they share; none where they share nothing."""
        joined: list[TimeExpression] = []
        for time in times:
            last = joined[-1] if joined else None
            apart = last is None or not self.words.between.fullmatch(text, last.end, time.start)
            if last is None or apart or EACH.match(text, time.end):
                joined.append(time)
                continue
            iso = last.iso if last.iso[:4] == time.iso[:4] or not last.past else time.iso[:4] + last.iso[4:]
            joined[-1] = TimeExpression(last.start, time.end, _common(iso, time.iso), bound=last.bound)
        return [time for time in joined if time.iso]

    def _anchor(
        self, times: list[TimeExpression], anchored: list[re.Match[str]], last: TimeExpression | None
    ) -> list[TimeExpression]:
        """The dates and those that go on from them: from the last one before, if it is near and exact enough."""
        found: list[TimeExpression] = []
        items: list[TimeExpression | re.Match[str]] = [*times, *anchored]
        for item in sorted(items, key=_start):
            before = last.told(past=True) if last is not None and _start(item) - last.end < ANCHOR_REACH else ""
            if isinstance(item, TimeExpression):
                found.append(_in_year_of(before, item))
            elif before:
                iso = self._going_on(before, item.groupdict())
                found += [TimeExpression(*item.span(), iso)] if iso else []
            if found and _may_go_on(found[-1]):
                last = found[-1]
        return found

    def _going_on(self, iso: str, groups: Groups) -> str:
        """The date of "five days later" or "the same year", counted from another."""
        count = self.words.number((groups.get("count") or "").lower()) or int(not groups.get("same"))
        return self._later(iso, -count if groups.get("earlier") else count, str(groups["unit"]).lower())

    def _later(self, iso: str, count: int, unit: str) -> str:
        """The date so many units after another; "" where that other is not exact enough."""
        months = self.words.months_long.get(unit, 0)
        if months and not months % 12:
            year = int(iso[:4]) + count * months // 12 if iso else 0
            return str(year) if 1000 <= year <= date.max.year else ""
        if months:
            return _month_on(iso, count * months)
        days = self.words.days_long[unit]
        if len(iso) != len("2025-07-24") or abs(count) > 366:
            return ""
        there = date.fromisoformat(iso) + timedelta(count * days)
        return there.isoformat() if days < 2 else f"{there:%Y-%m}"


def times_within(times: list[TimeExpression], start: int, end: int) -> Iterator[TimeExpression]:
    """Those that lie within characters `start` up to `end`."""
    return (time for time in times if start <= time.start and time.end <= end)


def last_before(times: Sequence[TimeExpression], length: int) -> TimeExpression | None:
    """The last date of a text of `length` characters from which the next text may count, its place counted back."""
    last = next(filter(_may_go_on, reversed(times)), None)
    return None if last is None else replace(last, start=last.start - length, end=last.end - length)


def is_dateline(times: Sequence[TimeExpression], text: str, told: str) -> bool:
    """Whether a text is the date of its document, in full and no more: "Thursday, March 20, 2008"."""
    whole = len(times) == 1 and not re.sub(r"\W", "", text[: times[0].start] + text[times[0].end :])
    return whole and len(told) == len("2025-07-24") and times[0].iso == told


def _may_go_on(time: TimeExpression) -> bool:
    """Whether "five days later" may be counted from a date."""
    return not time.bound and not time.within


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


def _year_nearby(step: int, month: int, reference: str) -> str:
    """The year of "last December", "this March": counted from the document's own month, where that is known."""
    if len(reference) < len("2025-07") or not step:
        return reference[:4] if step < 1 else ""
    own = int(reference[5:7])
    return str(int(reference[:4]) - (month >= own) if step < 0 else int(reference[:4]) + (month <= own))


def _year_before(count: int, reference: str) -> str:
    """The year so many years ago; a round number of decades is but about right."""
    own = int(reference[:4] or 0)
    return str(own - count) if own - count >= 1000 and (count < 20 or count % 10) else ""


def _month_on(iso: str, step: int) -> str:
    """The month so many months after that of a date; "" where the date is no more than a year."""
    if len(iso) < len("2025-07"):
        return ""
    month = int(iso[:4]) * 12 + int(iso[5:7]) - 1 + step
    return f"{month // 12}-{month % 12 + 1:02}" if 12 * 1000 <= month < 12 * (date.max.year + 1) else ""


def _in_year_of(before: str, time: TimeExpression) -> TimeExpression:
    """A date of which the year cannot be told, in that of the date before it: "on 30 October 1973 and 2 November"."""
    if time.past != UNKNOWN or len(before) < len("2025-07") or before[4:] > time.iso[4:]:
        return time
    return replace(time, past=before[:4] + time.iso[4:])


def _common(left: str, right: str) -> str:
    """What two dates share: a day, a month, a year, or nothing."""
    return next((left[:length] for length in (10, 7, 4) if left[:length] == right[:length]), "")


def _start(item: TimeExpression | re.Match[str]) -> int:
    return item.start if isinstance(item, TimeExpression) else item.start()
