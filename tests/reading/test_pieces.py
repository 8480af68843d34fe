import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.layout import find_passages
from dragoman.reading.passages import Passage, PassageKind
from dragoman.reading.pieces import LONGEST, cut_long
from dragoman.records import Document, Span


def plain(text, kind=PassageKind.BODY, lead=None):
    return Passage(text, ((0, 0),), kind, lead)


def pieces(text, longest):
    return [passage.text for passage in cut_long([plain(text)], longest)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Both met.", ["Both met."]),
        ("Arland left, twice. Borland stayed, mostly", ["Arland left, twice.", "Borland stayed, mostly"]),
        ("Arland thanked Gen. Ruiz, and then left it", ["Arland thanked Gen. Ruiz,", "and then left it"]),
        ("Arland came back with both its neighbours", ["Arland came back with both its", "neighbours"]),
        ("x" * 70, ["x" * 32, "x" * 32, "x" * 6]),
        ("Arland thanked Borland, 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9", ["Arland thanked Borland,"]),
    ],
)
def test_cut_long_cuts_after_a_sentence_then_a_clause_then_a_word(text, found):
    assert pieces(text, 32) == found


def test_cut_long_keeps_kind_and_lead_and_counts_on():
    lead, item = plain("both agreed on this, and on more:"), plain("to stay, to go", PassageKind.ITEM, 0)
    found = cut_long([lead, item, plain("to talk", PassageKind.ITEM, 1)], 24)
    assert [(passage.text, passage.kind, passage.lead) for passage in found] == [
        ("both agreed on this,", "body", None),
        ("and on more:", "body", None),
        ("to stay, to go", "item", 1),
        ("to talk", "item", 2),
    ]


def test_cut_long_leads_back_over_marks_and_line_ends():
    text = "The *Lake*   Council  met in the\u200b harbour, the *Envoy* spoke and all  agreed"
    whole = find_passages(Document("a.txt", text, "0" * 64))
    first, second = cut_long(whole, len("The Lake Council met in the harbour, the"))
    assert (first.text, second.text) == ("The Lake Council met in the harbour,", "the Envoy spoke and all agreed")
    assert second.span(0, 3) == Span(text.index("the *Envoy"), text.index("the *Envoy") + 3)
    assert second.span(20, 30) == Span(text.index("all  agreed"), len(text))


TEXTS = st.sampled_from(["word", "Name", " ", "\n", ". ", ", ", "*", "\u200b", "é", "12"])


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=60).map("".join))
def test_cut_long_loses_no_letter_and_moves_none(text):
    whole = find_passages(Document("a.txt", text, "0" * 64))
    cut = cut_long(whole, 16)
    assert all(0 < len(passage.text) <= 16 for passage in cut)
    assert "".join(filter(str.isalpha, "".join(p.text for p in cut))) == "".join(
        filter(str.isalpha, "".join(p.text for p in whole))
    )
    for passage in cut:
        for at, character in enumerate(passage.text):
            place = passage.span(at, at + 1)
            assert text[place.start : place.end] == character or character == " "


def test_find_passages_gives_none_that_is_too_long_to_parse():
    found = find_passages(Document("a.txt", "the delegates of both shores spoke of the lake " * 2000, "0" * 64))
    assert len(found) > 20
    assert max(len(passage.text) for passage in found) <= LONGEST
