"""A text that a file holds becomes a document, or several where it is the record of a meeting with many speakers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from dragoman.reading.containers import Part
from dragoman.reading.english import describe_foreign, find_foreign, find_other_language, has_english
from dragoman.reading.head import find_head
from dragoman.reading.metadata import TABLE_NAME, Metadata, find_front_matter, merge
from dragoman.reading.symbols import find_issue
from dragoman.reading.verbatim import Speech, split_speeches
from dragoman.records import Document, Place, Skipped

__all__ = ["PartResult", "ReadResult", "mend_part", "read_part", "to_documents"]

FRONT_MATTER, FIRST_LINES, SPEECH = "front matter", "first lines", "speaker's line"
RECORD_GENRE = "speech (verbatim record)"
NO_TITLE = re.compile(r"^Microsoft \w+ - |\.(?:docx?|pdf|rtf|odt|wpd|indd|qxd|html?|te?xt?)$", re.I)
"""What programs write as a title where people gave none."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read, in order of name; what was not, and why; and what was, but not quite as it stands."""

    documents: list[Document]
    skipped: list[Skipped]
    notes: list[Skipped]


@dataclass(frozen=True, slots=True)
class PartResult:
    """What was read of a part of a file: of which, by name and by the SHA-256 of its bytes."""

    name: str
    sha256: str
    result: ReadResult


def read_part(part: Part, *, is_english: Callable[[Document], bool] = lambda _: False) -> PartResult:
    """A part of a file with its documents, as :func:`to_documents` finds them."""
    return PartResult(part.name, part.sha256, to_documents(part, is_english=is_english))


def to_documents(part: Part, *, is_english: Callable[[Document], bool] = lambda _: False) -> ReadResult:
    """The documents that a part of a file is, or the reason why it is none.

    :param is_english: says of which documents the language is known, and need not be found.
    """
    text = part.parsed.text
    if not any(map(str.isalpha, text)):
        return ReadResult([], [Skipped(part.name, "no words in it")], [])
    metadata, origins, faults = _find_metadata(part)
    document = Document(
        name=part.name,
        text=text,
        sha256=part.sha256,
        title=metadata.title,
        date=metadata.date,
        author=metadata.author,
        genre=metadata.genre,
        symbol=metadata.symbol,
        meeting=metadata.meeting,
        organization=metadata.organization,
        venue=metadata.venue,
        address=metadata.address,
        places=part.parsed.places,
        origins=origins,
    )
    if not is_english(document) and (language := find_other_language(text)) and not has_english(text):
        reason = f"its language is {language!r}, not English; translate it, or leave it out"
        return ReadResult([], [Skipped(part.name, reason)], [])
    notes = [*part.parsed.notes, *faults]
    if foreign := find_foreign(text):
        notes.append(describe_foreign(foreign))
    speeches = split_speeches(
        text, symbol=document.symbol, meeting=document.meeting, organization=document.organization
    )
    documents = _to_speeches(document, speeches, part.inner) if speeches else [document]
    if speeches:
        count = len({speech.speaker for speech in speeches if speech.speaker})
        notes.append(f"a record of {len(documents)} parts and {count} speakers; each part is a document of its own")
    return ReadResult(documents, [], [Skipped(part.name, note) for note in notes])


def _find_metadata(part: Part) -> tuple[Metadata, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What is known of a text, where each piece of it comes from, and what was wrong with some."""
    parsed, text = part.parsed, part.parsed.text
    front = find_front_matter(text)
    head = find_head(text, front.end)
    lines = Metadata(head.title, head.date, head.author, head.genre)
    found, origins = merge(
        [
            (part.origin, part.row),
            (FRONT_MATTER, front.metadata),
            (parsed.origin, parsed.metadata),
            (FIRST_LINES, lines.completed_by(find_issue(text[front.end :], parsed.heads))),
            (parsed.origin, _without_leavings(parsed.hints, text)),
        ]
    )
    return found, origins, front.notes


def _without_leavings(hints: Metadata, text: str) -> Metadata:
    """What a program's own fields tell for certain: a title in words, and an author whom the text names."""
    title = "" if NO_TITLE.search(hints.title) or len(hints.title.split()) < 2 else hints.title
    named = len(hints.author) > 3 and hints.author.casefold() in text.casefold()
    return Metadata(title=title, author=hints.author if named else "")


def mend_part(part: Part, file: str, rows: Mapping[str, Metadata]) -> Part:
    """A part of the `file` with what a table says of it, and of the speeches in it.

    :param rows: by what the names of texts have after the file's.
    """
    name = part.name[len(file) :]
    speeches = {key[len(name) :]: row for key, row in rows.items() if key.startswith(f"{name}#")}
    own = rows.get(name)
    if own is None:
        return replace(part, inner=speeches)
    return replace(part, row=own.completed_by(part.row), origin=TABLE_NAME, inner=speeches)


def _mend(document: Document, row: Metadata) -> Document:
    """A speech with what a table says of it."""
    known = Metadata(*(getattr(document, f.name) for f in fields(Metadata)))
    found, origins = merge([(TABLE_NAME, row), ("", known)])
    kept = dict(document.origins)
    told = tuple((name, origin or kept.get(name, "")) for name, origin in origins)
    return replace(document, **{f.name: getattr(found, f.name) for f in fields(Metadata)}, origins=told)


def _to_speeches(record: Document, speeches: Sequence[Speech], rows: Mapping[str, Metadata]) -> list[Document]:
    """The speeches of a record as documents, in its order; what stands before the first is one too."""
    width = len(str(len(speeches)))
    number_of = f"{_to_ordinal(record.meeting)} meeting" if record.meeting else ""
    meeting = ", ".join(filter(None, (record.organization, number_of))) or record.title
    kept = tuple(pair for pair in record.origins if pair[0] not in {"title", "author", "genre"})
    documents = []
    for number, speech in enumerate(speeches, 1):
        own = replace(
            record,
            name=f"{record.name}#{number:0{width}}",
            text=record.text[speech.start : speech.end],
            places=_cut_places(record.places, speech.start, speech.end),
        )
        if not speech.speaker:
            own = replace(own, title=meeting)
        else:
            title = f"{meeting}: statement by {speech.speaker}"
            found = (("title", SPEECH), ("author", SPEECH), ("genre", SPEECH))
            own = replace(own, title=title, author=speech.author, genre=RECORD_GENRE, origins=(*found, *kept))
        row = rows.get(f"#{number:0{width}}")
        documents.append(_mend(own, row) if row else own)
    return documents


def _to_ordinal(number: str) -> str:
    """The number as words write it.

    >>> [_to_ordinal(number) for number in ("1", "12", "9963")]
    ['1st', '12th', '9963rd']
    """
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f"{number}{'th' if number[-2:-1] == '1' else ending}"


def _cut_places(places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """The places of the characters `start` to `end` of a text, counted from `start`."""
    inner = [replace(place, start=max(0, place.start - start)) for place in places if place.start < end]
    first = sum(1 for place in inner if place.start == 0)
    return tuple(inner[max(0, first - 1) :])
