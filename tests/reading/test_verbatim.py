"""Records of meetings, their symbols, and who speaks in them."""

import pytest

from dragoman.reading.containers import Part
from dragoman.reading.formats.parsed import Parsed
from dragoman.reading.parts import to_documents
from dragoman.reading.symbols import find_issue, find_symbol
from dragoman.reading.verbatim import split_speeches
from dragoman.records import Place

FRONT = """United Nations
S/PV.9999
Security Council

9999th meeting
Tuesday, 4 May 2032, 10 a.m.
New York

President: Mr. Okafor . . . . . . . . (Westmark)

"""
BODY = """The President: I invite Ms. Ana Moreau, Special Envoy of the Secretary-General for the Vale, to take part.

Ms. Moreau: The truce in the Vale has held.

Ms. Berg (Norland): Norland welcomes the agreement. It has two aims: peace and bread.

Mr. Ruiz (Sudmark) (spoke in Spanish): My country stands by it.

The President: I shall now make a statement in my capacity as the representative of Westmark.

Westmark supports the agreement too.

I now resume my functions as President of the Council.
"""
KNOWN = {"symbol": "S/PV.9999", "meeting": "9999", "organization": "Security Council"}


def test_each_speech_has_its_speaker():
    speeches = split_speeches(FRONT + BODY, **KNOWN)
    assert [(speech.speaker, speech.author) for speech in speeches] == [
        ("", ""),
        ("The President", "Mr. Okafor, President, Security Council"),
        ("Ms. Moreau", "Ms. Ana Moreau, Special Envoy of the Secretary-General for the Vale"),
        ("Ms. Berg (Norland)", "Ms. Berg, Norland"),
        ("Mr. Ruiz (Sudmark)", "Mr. Ruiz, Sudmark"),
        ("The President", "Mr. Okafor, President, Security Council"),
        ("The President", "Mr. Okafor, Westmark"),
        ("The President", "Mr. Okafor, President, Security Council"),
    ]
    texts = [(FRONT + BODY)[speech.start : speech.end] for speech in speeches]
    assert texts[3] == "Norland welcomes the agreement. It has two aims: peace and bread."
    assert texts[6] == "Westmark supports the agreement too."


@pytest.mark.parametrize(
    "known", [{"symbol": "S/2032/12", "meeting": ""}, {"symbol": "", "meeting": ""}], ids=["letter", "no symbol"]
)
def test_what_is_no_record_is_not_split(known):
    assert split_speeches(BODY, organization="", **known) == []


def test_a_record_of_one_speaker_is_not_split():
    text = FRONT + "Ms. Berg (Norland): One.\n\nMs. Berg (Norland): Two.\n\nMs. Berg (Norland): Three.\n"
    assert split_speeches(text, **KNOWN) == []


def test_the_numbers_of_paragraphs_in_older_records_are_no_part_of_names():
    text = FRONT + BODY.replace("Ms. Berg", "12. Ms. BERG").replace("Mr. Ruiz", "13. Mr. RUIZ")
    authors = [speech.author for speech in split_speeches(text, **KNOWN)]
    assert authors[3:5] == ["Ms. BERG, Norland", "Mr. RUIZ, Sudmark"]


def test_the_documents_of_a_record_keep_their_pages_and_say_where_all_is_from():
    text = FRONT + BODY
    second = text.index("Norland welcomes") + 8
    places = (Place(0, 1), Place(text.index("The President: I invite"), 2), Place(second, 3))
    result = to_documents(Part("pv.pdf", "0" * 64, Parsed(text, places)))
    assert [document.name for document in result.documents] == [f"pv.pdf#{number}" for number in range(1, 9)]
    berg = result.documents[3]
    assert [(place.start, place.page) for place in berg.places] == [(0, 2), (8, 3)]
    assert (berg.title, berg.date) == (
        "Security Council, 9999th meeting: statement by Ms. Berg (Norland)",
        "2032-05-04",
    )
    assert (berg.symbol, berg.meeting, berg.venue) == ("S/PV.9999", "9999", "New York")
    assert dict(berg.origins)["author"] == "speaker's line"
    assert dict(berg.origins)["symbol"] == "first lines"
    assert result.notes[0].reason == "a record of 8 parts and 4 speakers; each part is a document of its own"


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("S/PV.9962", "S/PV.9962"),
        ("United Nations S/2025/123", "S/2025/123"),
        ("A/RES/77/1", "A/RES/77/1"),
        ("S/RES/1325 (2000)", "S/RES/1325 (2000)"),
        ("A/78/PV.12", "A/78/PV.12"),
        ("E/CN.4/2003/12/Add.1", "E/CN.4/2003/12/Add.1"),
        ("A/HRC/RES/50/1", "A/HRC/RES/50/1"),
        ("SC/16140", "SC/16140"),
        ("and/or", ""),
        ("TCP/IP", ""),
        ("(A/40/1, para. 1)", ""),
        ("24/7", ""),
    ],
)
def test_symbols_are_known_by_their_organ(line, symbol):
    assert find_symbol(line) == symbol


def test_a_symbol_in_prose_or_far_below_is_not_the_document_s():
    assert (
        find_issue("The Council met again on the matter, which it had taken up before (see A/68/PV.80).").symbol == ""
    )
    assert find_issue("Text.\n" * 900 + "S/PV.1\n").symbol == ""


def test_the_heads_of_pages_tell_the_symbol_that_the_text_lacks():
    found = find_issue("Security Council\nTuesday, 4 May 2032, 10 a.m.\nGeneva\n", ["3/12", "S/PV.12"])
    assert (found.symbol, found.meeting, found.organization) == ("S/PV.12", "12", "Security Council")
    assert (found.date, found.venue) == ("2032-05-04", "Geneva")


def test_what_a_letter_is_dated_by_is_no_city():
    found = find_issue("S/2032/9\n4 May 2032\nLETTER DATED 3 MAY 2032\nFROM THE ENVOY OF ARLAND\n")
    assert (found.date, found.venue) == ("2032-05-04", "")


@pytest.mark.parametrize("day", ["Tuesday", "TUESDAY"])
def test_a_day_of_the_week_is_no_city_and_kinds_of_meetings_are_known(day):
    found = find_issue(f"S/PV.1\n9963rd (Opening) plenary meeting\n{day}, 4 May 2032, 10 a.m.\n")
    assert (found.meeting, found.date, found.venue) == ("9963", "2032-05-04", "")
