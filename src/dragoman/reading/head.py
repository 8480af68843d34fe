"""What the first lines of a text say of it: title, date, author and genre.

The head is what stands above the first paragraph: a title on one or more lines, the place and date, a byline. Above it
the United Nations print a masthead, which :mod:`dragoman.reading.symbols` reads. Small words are data, in
``ontology/heads.ttl``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice

from dragoman.reading.dates import find_full_dates, parse_date
from dragoman.reading.genres import load_genres
from dragoman.reading.lines import Line, ends_clause, ends_sentence, load_words, split_lines
from dragoman.reading.passages import clean_passage
from dragoman.reading.symbols import count_masthead
from dragoman.records import Span

__all__ = ["Head", "find_author", "find_genre", "find_head", "load_genres"]

MOST_LINES = 24
"""Lines, blank ones too, that are looked at."""
MOST_CHARACTERS = 6000
LONGEST_TITLE_LINE = 160
LONGEST_TITLE = 450
MOST_TITLE_LINES = 6
LONGEST_DATE_LINE = 90
MOST_PLACE_WORDS = 4
DATELINE = re.compile(r"[A-Z][^\n.!?]{1,60}[-–—]{1,2}\s")
"""Place and date before a dash, at the start of a news report: "GENEVA, 3 May 2024 — "."""
MONTH_LINE = re.compile(r"(?:[A-Z][\w'’.]+(?: [A-Z][\w'’.]+){0,2}, )?(?P<month>[A-Z][a-z]{2,8}\.?,? \d{4})")
"""A month, after a place or nothing: "Helsinki, June 2025"."""
HEADING_MARK = re.compile(r"#{1,6}\s+")
ITEM_MARK = re.compile(r"(?:[-–—•▪*+]|\(?(?:\d{1,3}|[a-z])[.):])\s")
SENTENCES = re.compile(r"[a-z]{3}[.!?] [A-Z]")
"""A sentence's end within a line: then it is no title."""
ISSUED = re.compile(r"[A-Z][a-z]+ed\s")
"""How a line begins that tells who issued the text, and when: "Adopted by the Council at its 7th meeting, on ..."."""
BYLINE = re.compile(r"[Bb]y\s+(?=[A-Z])|BY\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say, "" for what they do not; `title_span` is where the title stands."""

    title: str = ""
    date: str = ""
    author: str = ""
    genre: str = ""
    title_span: Span | None = None


def find_head(text: str, start: int = 0) -> Head:
    """Title, date, author and genre from the first lines of `text` after `start`."""
    lines = list(islice(split_lines(text, start, min(len(text), start + MOST_CHARACTERS)), MOST_LINES))
    blocks = _split_blocks(lines[count_masthead([text[line.start : line.end] for line in lines]) :])
    title_span, rest = _find_title(text, blocks)
    passage = clean_passage(text, [(title_span.start, title_span.end)], frozenset) if title_span else None
    title = passage.text if passage else ""
    genre = find_genre(title)
    return Head(
        title=title,
        date=_find_date(text, rest) or _only_date(title),
        author=find_author(title) or _find_byline(text, rest),
        genre=genre,
        title_span=title_span if title else None,
    )


def find_genre(title: str) -> str:
    """The kind of document that the first such word in a title names, "" for none.

    >>> find_genre("Joint Statement of the Ministers on Lake Chad")
    'joint statement'
    """
    match = _genre_pattern().search(title)
    return load_genres()[match.group("genre").lower()] if match and match.group("genre")[0].isupper() else ""


def find_author(title: str) -> str:
    """Whose text it is by its title, "" where the title does not say.

    >>> find_author("Remarks by the Special Envoy Ana Ruiz to the Council on peace")
    'Special Envoy Ana Ruiz'
    """
    match = _genre_pattern().search(title)
    if match is None or not match.group("by"):
        return ""
    words = title[match.end() :].split()
    lower = title.isupper()
    ending = load_words("occasion")
    kept: list[str] = []
    for word in words:
        plain = word.strip(",;:()")
        is_lower = plain.islower() or (lower and len(plain) <= 3 and plain.lower() in ending)
        if is_lower and (len(plain) > 3 or plain.lower() in ending) and not _goes_on(plain):
            break
        kept.append(word)
        if word[-1:] in ":;" or plain in {"–", "—", "-"}:
            break
    while kept and kept[-1].strip(",;:()–—-").islower():
        kept.pop()
    if kept and kept[0].lower() == "the":
        kept = kept[1:]
    author = " ".join(kept).strip(" ,;:–—-")
    return author if author[:1].isupper() else ""


@cache
def _genre_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(load_genres(), key=lambda name: (-len(name), name)))
    by = "|".join(map(re.escape, load_words("author")))
    done = r"(?:,? \w+ed(?: \d{1,2} [a-z]{3,9} \d{4})?)?"  # "delivered", or a letter's "dated 3 May 2024"
    return re.compile(rf"\b(?P<genre>{names})\b(?P<by>{done} (?:{by})\s+(?=\S))?", re.IGNORECASE)


def _goes_on(word: str) -> bool:
    return "-" in word or not word.isalpha()


def _split_blocks(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.length:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _find_title(text: str, blocks: list[list[Line]]) -> tuple[Span | None, list[Line]]:
    """The span of the title, and the lines of the head that are not of it."""
    flat = [line for block in blocks for line in block]
    if len(flat) < 2:
        return None, flat
    before: list[Line] = []
    title: list[Line] = []
    for block in blocks:
        if not title:
            lead = _leading_title(text, block, is_last=block is blocks[-1])
            if not lead and not before and _is_date_line(text, block[0]):
                before.append(block[0])
                lead = _leading_title(text, block[1:], is_last=block is blocks[-1])
            title.extend(lead)
            if not title and not (len(block) == 1 and before):
                break
        elif _opens_name(text, title[-1]) and len(title) + len(block) <= MOST_TITLE_LINES:
            title.extend(_leading_title(text, block, is_last=block is blocks[-1]) or [])
        else:
            break
    if not title or _is_cut(text, title[-1], flat):
        return None, flat
    span = Span(title[0].start, title[-1].end)
    return span, [line for line in flat if line.start > span.end or line.end < span.start]


def _is_cut(text: str, last: Line, lines: list[Line]) -> bool:
    """Whether a title would end within a phrase or address: then it is the first line of something else."""
    below = next(
        (line for line in lines if line.start > last.start and text[line.start : line.end].strip("-–0123456789 ")), None
    )
    goes_on = below is not None and text[below.start].islower()
    return goes_on or text[last.end - 1] in ",–—-[(" or _opens_name(text, last)


def _leading_title(text: str, block: list[Line], *, is_last: bool) -> list[Line]:
    """The lines at a block's start that make a title: short, none a sentence, followed by something of another kind."""
    lead: list[Line] = []
    for index, line in enumerate(block):
        words = text[line.start : line.end]
        if (match := HEADING_MARK.match(words)) and not lead:
            return [line._replace(start=line.start + match.end())]
        if _is_date_line(text, line) or BYLINE.match(words) or ITEM_MARK.match(words):
            break
        if lead and (
            _is_issue_line(text, *block[index : index + 2]) or _is_place_line(text, *block[index : index + 2])
        ):
            break
        if line.length > LONGEST_TITLE_LINE:
            return lead if not ends_sentence(words) or len(lead) else []
        if ends_sentence(words) or (ends_clause(words) and not lead and index + 1 == len(block)):
            # a paragraph's last line: nothing above it was a title, unless each line is a part of its own
            return lead if len(lead) == 1 and _stands_alone(text, lead[0], line) else []
        if words.endswith(",") and _is_salutation(text, block, index):
            break
        if SENTENCES.search(words):
            return []
        lead.append(line)
        if len(lead) > MOST_TITLE_LINES:
            return []
    if not lead or lead[-1].end - lead[0].start > LONGEST_TITLE:
        return []
    whole_block = len(lead) == len(block)
    return [] if whole_block and is_last else lead if any(map(str.isalpha, text[lead[0].start : lead[-1].end])) else []


def _stands_alone(text: str, line: Line, below: Line) -> bool:
    """Whether a line is a title above a one-line paragraph, not the first of two wrapped lines."""
    return below.length > 1.5 * line.length and text[below.start].isupper() and text[line.end - 1] != ","


def _is_salutation(text: str, block: list[Line], index: int) -> bool:
    """Whether a short line with a comma addresses someone: what follows begins anew, with a capital."""
    if index + 1 >= len(block):
        return True
    words = text[block[index].start : block[index].end]
    return len(words) < 60 and text[block[index + 1].start].isupper() and block[index + 1].length > 1.5 * len(words)


def _opens_name(text: str, line: Line) -> bool:
    """Whether a title's line ends in the midst of it: "Statement by"."""
    last = text[line.start : line.end].split()[-1]
    return len(last) <= 4 and last.lower() in load_words("unfinished")


def _is_date_line(text: str, line: Line) -> bool:
    """Whether a line is a date with at most a place, a weekday and punctuation around it."""
    words = text[line.start : line.end]
    if line.length > LONGEST_DATE_LINE or ((title := _genre_pattern().search(words)) and title["by"]):
        return False
    dates = find_full_dates(words)
    if not dates and (match := MONTH_LINE.fullmatch(words)):
        return bool(parse_date(match["month"]))
    if len(dates) != 1:
        return False
    around = (words[: dates[0][0]] + " " + words[dates[0][1] :]).split()
    named = [word.strip("*_()[],;:.|–—-#") for word in around]
    return len(around) <= 7 and all(not word or not word[0].islower() or len(word) <= 2 for word in named)


def _is_issue_line(text: str, line: Line, below: Line | None = None) -> bool:
    """Whether a line tells when the text was adopted, issued or delivered: its end is the date, or `below` is."""
    words = text[line.start : line.end].rstrip(".")
    if line.length > LONGEST_DATE_LINE or not ISSUED.match(words):
        return False
    dates = find_full_dates(words)
    ends_in_date = len(dates) == 1 and dates[0][1] == len(words)
    return ends_in_date or (below is not None and _opens_name(text, line) and _is_date_line(text, below))


def _find_date(text: str, lines: list[Line]) -> str:
    for line in lines:
        words = text[line.start : line.end]
        if _is_date_line(text, line):
            return _last_date(words)
        if _is_issue_line(text, line):
            return find_full_dates(words)[0][2]
        if (match := DATELINE.match(words)) and (dates := find_full_dates(match.group())):
            return dates[0][2]
        if line.length > LONGEST_TITLE_LINE:
            break
    return ""


def _is_place_line(text: str, line: Line, below: Line | None = None) -> bool:
    """Whether a line is a place that ends as a sentence does, above its date: "Washington, D.C."."""
    words = text[line.start : line.end].split()
    is_name = len(words) <= MOST_PLACE_WORDS and all(word[0].isupper() for word in words)
    return is_name and words[-1].endswith(".") and below is not None and _is_date_line(text, below)


def _last_date(words: str) -> str:
    """The date that a line is: a day, or else a month."""
    dates = find_full_dates(words)
    match = MONTH_LINE.fullmatch(words)
    return dates[0][2] if dates else parse_date(match["month"]) if match else ""


def _find_byline(text: str, lines: list[Line]) -> str:
    for line in lines:
        words = text[line.start : line.end]
        if ends_sentence(words) or line.length > LONGEST_DATE_LINE:
            break
        if match := BYLINE.match(words):
            return words[match.end() :].strip(" *_,|")
    return ""


def _only_date(title: str) -> str:
    dates = find_full_dates(title)
    return dates[0][2] if len(dates) == 1 else ""
