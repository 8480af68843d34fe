"""Texts that nobody would write and archives hold all the same: no fault, true quotes, time in proportion."""

from collections.abc import Callable
from itertools import cycle, islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.extraction.reader import GrammarReader
from dragoman.records import Document, Evidence, Reading
from timing import times_as_long

STATES = ("Norway", "Mali", "Kenya", "Sudan", "Chad", "France", "Italy", "Spain", "Brazil", "Peru", "Chile", "Japan")
COMMON = ("we", "of", "the", "lake", "and", "its", "harbours", "hold", "that", "a", "lasting", "calm", "needs", "what")
SIZE = 10_000
INVISIBLE = "\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u00ad\ufeff"


def coined(number: int) -> str:
    """A name that is in no list, another for each number."""
    name = ""
    number += 700
    while number:
        number, syllable = divmod(number, 65)
        name += "bdfgklmnrstvz"[syllable % 13] + "aeiou"[syllable // 13]
    return name.capitalize()


def several(form: Callable[[int], str]) -> Callable[[int], str]:
    """A text of `size` characters: `form` for 0, 1, 2 ..."""

    def text(size: int) -> str:
        pieces, length = [], 0
        for number in range(size):
            pieces.append(form(number))
            length += len(pieces[-1])
            if length >= size:
                break
        return "".join(pieces)[:size]

    return text


def state(number: int) -> str:
    return STATES[number % len(STATES)]


HARD: dict[str, Callable[[int], str]] = {
    "one sentence": several(lambda n: f"{COMMON[n * 7 % len(COMMON)]} "),
    "capitals": several(
        lambda n: f"{state(n)} condemned {state(n + 1)} and the peace agreement of {state(n + 2)}. ".upper()
    ),
    "capitalised": several(lambda n: f"{coined(n)} "),
    "no punctuation": several(lambda n: f"{state(n)} condemned {state(n + 1)} and supported {state(n + 3)} "),
    "a table": several(lambda n: f"| {state(n)} | {n} | {coined(n)} |\n"),
    "one word a line": several(lambda n: f"{state(n)}\n"),
    "right to left": several(lambda n: "النرويج تدين مالي \u202b" if n % 3 else "Norway condemns Mali\u202c. "),
    "zero width": several(lambda n: f"{state(n)[:2]}\u200b{state(n)[2:]} con\u200ddemned {state(n + 1)}\u200b. "),
    "an enumeration": several(lambda n: f"{state(n)}, "),
    "ands": several(lambda n: f"{coined(n)} and "),
    "two enumerations": several(lambda n: ", ".join(STATES) + " condemned " * (n % 2)),
    "ofs": several(lambda n: "Ministry of "),
    "participles": several(lambda n: "held, "),
    "dates": several(lambda n: f"Norway condemned Mali in {1950 + n % 70}, "),
    "quotes": several(lambda n: f"“{state(n)} condemns {state(n + 1)},” he said, "),
    "brackets": several(lambda n: f"({state(n)} "),
    "possessives": several(lambda n: f"{state(n)}'s "),
    "one word": several(lambda n: "abcdefghij"),
    "marks": several(lambda n: ".,;:!?()[]{}\"'-–*_#>|\\/"[n * 5 % 23] * (1 + n % 3)),
    "persons": several(
        lambda n: f"Anna {coined(n)} met {coined(7 * n)}. They welcomed the agreement and the ceasefire.\n"
    ),
    "bodies": several(lambda n: f"The {coined(n)} Council met the {coined(3 * n)} Commission in the Conference.\n"),
    "posts": several(lambda n: f"President {coined(n)} of {state(n)} and the Minister met. "),
    "acronyms": several(lambda n: f"The {coined(n)} Council ({coined(n).upper()}) and {coined(n).upper()} met. "),
    "bare nouns": several(lambda n: "the agreement and the conflict and the forces and the mission and "),
}


SPEECH = several(
    lambda n: (
        f"{state(n)} welcomed the agreement between {state(n + 3)} and {state(n + 2)}. Its President, Anna "
        f"{coined(n)}, condemned the attack on the {coined(n % 400)} Council, and called on both sides to end the "
        f"conflict in {state(n)}.\n"
    )
)


def read(reader: GrammarReader, text: str) -> Reading:
    author = "Anna Berg, Minister for Foreign Affairs, Norway"
    return reader.read(Document("a.txt", text, "0" * 64, date="2015-09-28", author=author, genre="speech"))


def check_spans(reading: Reading) -> None:
    """Every span lies in the text, and neither begins nor ends with a blank."""
    text = reading.document.text
    spans = [claim.span for claim in reading.claims] + [s for entity in reading.entities for s in entity.spans]
    for span in spans:
        words = text[span.start : span.end]
        assert 0 <= span.start < span.end <= len(text)
        assert words
        assert words == words.strip()
    for claim in reading.claims:
        assert Evidence.of(reading.document, claim.span).exact == text[claim.span.start : claim.span.end]
        assert max(claim.subject, claim.object, claim.speaker or 0) < len(reading.entities)


@pytest.mark.parametrize("kind", HARD)
def test_reader_reads_hard_texts_in_time_that_grows_with_their_length(reader, kind):
    check_spans(read(reader, HARD[kind](SIZE)))
    small, large = HARD[kind](SIZE), HARD[kind](2 * SIZE)
    assert times_as_long(lambda: read(reader, small), lambda: read(reader, large), wanted=3, floor=0.05) < 3


def test_reader_reads_a_sentence_of_three_thousand_words(reader):
    words = " ".join(islice(cycle(COMMON), 3000))
    reading = read(reader, f"Norway condemned Mali, {words}, and Chad supported Kenya.")
    check_spans(reading)
    assert [reading.document.text[c.span.start : c.span.end] for c in reading.claims][:1] == ["Norway condemned Mali"]


def test_reader_reads_two_megabytes_as_fast_as_a_speech(reader):
    small, large = SPEECH(125_000), SPEECH(2_000_000)
    wanted = 1.5 * len(large) / len(small)
    times = times_as_long(
        lambda: read(reader, small), lambda: check_spans(read(reader, large)), wanted=wanted, floor=0.05
    )
    assert times < wanted


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff",
        "مرحبا. ",
        "🕊️ ",
        "e\u0301tat. ",
        "\u202bالنص\u202c. ",
        "| 1 | 2 |\n\n",
        "We met them. " * 800,
        "x" * 9000 + ". ",
        "lake and harbour " * 600 + ". ",
    ],
)
@pytest.mark.parametrize(
    "words", ["Norway condemned Mali", "Nor\u200bway con\u00addemned\u200e Mali", "Norway\u00a0condemned  \u202bMali"]
)
def test_reader_quotes_to_the_character_after_anything(reader, before, words):
    reading = read(reader, f"{before}{words}.")
    quotes = [reading.document.text[c.span.start : c.span.end] for c in reading.claims if c.predicate == "criticizes"]
    assert words in quotes


WORDS = (*STATES[:4], "condemned", "supports", "the agreement", "and", "of", "President", "Council", "we", "its", "UN")
MARKS = (
    "(",
    ")",
    "“",
    "”",
    ", ",
    ". ",
    ": ",
    "\n",
    "\n\n",
    "- ",
    "| ",
    "# ",
    "**",
    "é",
    "🕊",
    "النص",
    "2254",
    "in 2015",
)
PIECES = st.sampled_from([*WORDS, *MARKS, *INVISIBLE])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_reader_reads_any_text(reader, text):
    check_spans(read(reader, text))
