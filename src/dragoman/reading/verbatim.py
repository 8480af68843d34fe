"""The verbatim record of a meeting becomes its speeches, each with who gave it and for whom.

In such a record a speech begins with its speaker's name and a colon: "Ms. Berg (Norland):", "The President (spoke in
French):". Who leads the meeting is named on its first page. Forms of address are data, in ``ontology/records.ttl``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from dragoman.reading.symbols import RECORD, load_words

__all__ = ["Speech", "split_speeches"]

LEAST_SPEECHES, LEAST_SPEAKERS = 3, 2
LONGEST_NAME = 80
LONGEST_POST = 160
PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Speech:
    """Characters `start` to `end` of a record, the speaker as the record calls them, and as an author is written.

    `speaker` is "" for what stands before the first speech.
    """

    start: int
    end: int
    speaker: str = ""
    author: str = ""


def split_speeches(text: str, *, symbol: str, meeting: str, organization: str) -> list[Speech]:
    """The speeches of a record in text order, its first page before them; none where a text is no such record.

    :param symbol: of the document, by which a record is known, as it is by the number of a `meeting`.
    """
    if not (RECORD.search(symbol) or meeting):
        return []
    begins = list(_speaker_pattern().finditer(text))
    names = {_to_name(match) for match in begins}
    if len(begins) < LEAST_SPEECHES or len(names) < LEAST_SPEAKERS:
        return []
    front = text[: begins[0].start()]
    chair = _find_chair(front)
    speeches = [Speech(0, begins[0].start())] if front.strip() else []
    ends = [*(match.start() for match in begins[1:]), len(text)]
    for match, end in zip(begins, ends, strict=True):
        if match["chair"]:
            name, side = chair.get("name", ""), chair.get("side", "")
            author = ", ".join(filter(None, (name or match["chair"], match["chair"] if name else "", organization)))
            speech = Speech(match.end(), end, f"The {match['chair']}", author)
            speeches.extend(_split_capacities(text, speech, ", ".join(filter(None, (name, side)))))
        elif match["officer"]:
            author = f"{match['officer']}, United Nations"
            speeches.append(Speech(match.end(), end, f"The {match['officer']}", author))
        else:
            name, side = _to_name(match), _to_side(match)
            author = f"{name}, {side}" if side else _introduce(name, text[: match.start()])
            speeches.append(Speech(match.end(), end, f"{name} ({side})" if side else name, author))
    return [trimmed for speech in speeches if (trimmed := _trim(text, speech))]


@cache
def _speaker_pattern() -> re.Pattern[str]:
    """How a speech begins: the speaker at the start of a paragraph, and a colon."""
    chairs, officers, titles = (_any_of(load_words(name)) for name in ("chair", "officer", "courtesy"))
    brackets = rf"(?P<brackets>(?:\s\([^()\n]{{2,{LONGEST_NAME}}}\)){{0,3}})"
    person = rf"(?P<person>(?:{titles})\s[A-Z’'\u00c0-\u024f][^():;,\n]{{0,{LONGEST_NAME}}}?)"
    begins = r"(?:^|(?<=\n))(?:\d{1,3}\.\s+)?"  # of a paragraph, which older records number
    speaker = rf"(?:The (?:(?P<chair>{chairs})|(?P<officer>{officers}))|{person}){brackets}"
    return re.compile(rf"{begins}{speaker}\s?:[^\S\n]+(?=\S)")


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\.", r"\.?") for word in words)


def _to_name(match: re.Match[str]) -> str:
    return " ".join((match["person"] or match["chair"] or match["officer"]).split())


def _to_side(match: re.Match[str]) -> str:
    """The country or organization in brackets; a remark on the language begins with a small letter."""
    sides = re.findall(r"\(([^()]+)\)", match["brackets"])
    return next((" ".join(side.split()) for side in sides if not side[0].islower()), "")


def _find_chair(front: str) -> dict[str, str]:
    """Name and country of who leads the meeting, by the first page: "President: Ms. Berg . . . (Norland)"."""
    chairs, titles = _any_of(load_words("chair")), _any_of(load_words("courtesy"))
    found = re.search(
        rf"(?:{chairs}):\s+(?P<name>(?:{titles})\s[^().:\n]{{1,{LONGEST_NAME}}}?)(?:\s*\.(?:\s*\.)+\s*|\s+)"
        rf"\(?(?P<side>[A-Z][^().:\n]{{2,{LONGEST_NAME}}})\)?",
        front,
    )
    return {key: " ".join(value.split()) for key, value in found.groupdict().items()} if found else {}


def _introduce(name: str, before: str) -> str:
    """A speaker of no country with the post that the record gave when it named them: "Ms. Ana Ruiz, Special Envoy"."""
    title, _, surname = name.partition(" ")
    given = rf"(?:[A-Z][\w’'-]+ ){{0,3}}{re.escape(surname)}"
    pattern = rf"{re.escape(title)}\s+(?P<name>{given}),\s+(?:the\s+)?(?P<post>[A-Z][^,.;:\n]{{3,{LONGEST_POST}}})"
    found = re.search(pattern, before)
    return f"{title} {found['name']}, {' '.join(found['post'].split())}" if found else name


def _split_capacities(text: str, speech: Speech, own: str) -> list[Speech]:
    """A speech of who leads the meeting, with what they say for their own country as one of its own."""
    parts, current = [], speech
    for paragraph in PARAGRAPH.finditer(text, speech.start, speech.end):
        words = paragraph.group().casefold()
        if current.author == speech.author and own and any(phrase in words for phrase in load_words("own-capacity")):
            after = Speech(paragraph.end(), speech.end, speech.speaker, own)
        elif current.author == own and any(words.startswith(phrase) for phrase in load_words("resumes")):
            after = Speech(paragraph.start(), speech.end, speech.speaker, speech.author)
        else:
            continue
        parts.append(replace(current, end=after.start))
        current = after
    return [*parts, current]


def _trim(text: str, speech: Speech) -> Speech | None:
    """A speech without outer blanks; None where nothing is left."""
    piece = text[speech.start : speech.end]
    start = speech.start + len(piece) - len(piece.lstrip())
    end = speech.start + len(piece.rstrip())
    return replace(speech, start=start, end=end) if start < end else None
