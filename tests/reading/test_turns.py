"""Turns of transcripts: who speaks from there on, as a passage of its own."""

from itertools import pairwise

import pytest

from dragoman.reading.layout import find_passages
from dragoman.reading.passages import PassageKind
from dragoman.records import Document

TRANSCRIPT = """SECRETARY BERG: Good afternoon. We met in Lomé.

We agreed.

QUESTION: Who met? And where?

SECRETARY BERG: The five of us.
"""


def turns_of(text: str) -> list[tuple[str, str]]:
    """Who speaks, and the first words that follow."""
    passages = find_passages(Document("a.txt", text, "0" * 64))
    return [(one.text, after.text) for one, after in pairwise(passages) if one.kind is PassageKind.TURN]


def test_who_speaks_is_a_passage_of_its_own_and_leads_back_to_the_text():
    assert turns_of(TRANSCRIPT) == [
        ("Secretary Berg", "Good afternoon. We met in Lomé."),
        ("Question", "Who met? And where?"),
        ("Secretary Berg", "The five of us."),
    ]
    first, said, *_ = find_passages(Document("a.txt", TRANSCRIPT, "0" * 64))
    for passage, words in ((first, "SECRETARY BERG"), (said, "Good afternoon. We met in Lomé.")):
        span = passage.span(0, len(passage.text))
        assert TRANSCRIPT[span.start : span.end] == words


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q    Who met?\n\nMR. ODUM: We did.\n\nQ    Where?\n\nMR. ODUM: In Lomé.", ["Q", "Mr. Odum"] * 2),
        (
            "Mr. Odum (Norway): We met.\n\nMs. Berg: Where?\n\nMr. Odum (Norway): Here.\n\nMs. Berg: I see.",
            ["Mr. Odum (Norway)", "Ms. Berg"] * 2,
        ),
        (
            "THE PRESIDENT: (As interpreted.) We met.\n\nPRIME MINISTER O’DUM: Here.\n\nTHE PRESIDENT: Yes.",
            ["The President", "Prime Minister O’Dum", "The President"],
        ),
        (
            "Mr. Odum (Norway): We met.\n\nMs. Berg (Chad): Here.\n\nMr. Abdi (Kenya): Yes.",
            ["Mr. Odum (Norway)", "Ms. Berg (Chad)", "Mr. Abdi (Kenya)"],
        ),
        ("TO: Anna Berg\n\nFROM: Jan Odum\n\nDATE: 5 May 2025\n\nSUBJECT: The talks in Lomé", []),
        ("The Council:\n\nNote: It met.\n\nNote: It left.\n\nIt decided as follows: nothing.", []),
        ("QUESTION: Who met?", []),
    ],
    ids=["Q", "names", "titles", "brackets", "memorandum", "notes", "one"],
)
def test_transcripts_are_told_from_other_texts(text, speakers):
    assert [who for who, _ in turns_of(text)] == speakers
