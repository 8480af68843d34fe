from itertools import pairwise
from random import Random

import pytest

from dragoman.reading.formats.ocr import PROGRAM
from dragoman.reading.formats.parsed import Limits, Options, UnreadableError
from dragoman.reading.formats.pdf import _to_character, read
from sample_files import Sheets, meeting_record

OPTIONS = Options()
WORDS = ("the", "council", "heard", "that", "both", "sides", "keep", "their", "truce", "and", "open", "ports")


def prose(seed: int, count: int = 60) -> str:
    """Words in an order of their own, as one sentence."""
    return " ".join(["Today", *Random(seed).choices(WORDS, k=count), f"{seed}."])


def two_columns(pages: int = 3) -> tuple[bytes, list[str]]:
    """A PDF of two columns with heads and feet, and its paragraphs in the order in which they are read."""
    sheets, paragraphs = Sheets(), []
    for page in range(1, pages + 1):
        sheets.line(60, 40, "Review of the Vale", size=9)
        sheets.line(500, 40, f"No. {page + 3}/32", size=9)
        columns = [[prose(page * 10 + column * 3 + at) for at in range(3)] for column in range(2)]
        rows = zip(*columns, strict=True)  # drawn across the columns, as some programs do
        bottoms = [90.0, 90.0]
        for row in rows:
            for column, text in enumerate(row):
                bottoms[column] = sheets.paragraph(60 + 250 * column, bottoms[column], text, width=220, indent=18) + 5
        paragraphs += [text for column in columns for text in column]
        sheets.line(290, 800, f"- {page} -", size=9)
        sheets.end_page()
    return sheets.data(), paragraphs


def test_columns_are_read_one_after_the_other_without_what_runs_along_the_pages():
    data, paragraphs = two_columns()
    parsed = read(data, OPTIONS)
    assert parsed.text == "\n\n".join(paragraphs) + "\n"
    assert "Review of the Vale" in parsed.heads
    assert parsed.notes == ()


def test_each_character_is_known_by_its_page():
    data, paragraphs = two_columns()
    parsed = read(data, OPTIONS)
    assert [place.page for place in parsed.places] == [1, 2, 3]
    for place, first in zip(parsed.places, paragraphs[::6], strict=True):
        assert parsed.text.startswith(first, place.start)


def test_a_heading_over_two_columns_parts_what_is_above_it_from_what_is_below():
    sheets = Sheets()
    texts = [prose(number) for number in range(4)]
    for column in range(2):
        sheets.paragraph(60 + 250 * column, 90, texts[column], width=220)
        sheets.paragraph(60 + 250 * column, 400, texts[2 + column], width=220)
    sheets.line(60, 300, "The second part of the review, which is about the harbour town and its crossing", size=14)
    sheets.end_page()
    text = read(sheets.data(), OPTIONS).text
    places = [text.index(words) for words in (texts[0], texts[1], "The second part", texts[2], texts[3])]
    assert all(before < after for before, after in pairwise(places))


def test_a_paragraph_goes_on_over_a_page_and_a_divided_word_is_joined_as_the_document_has_it():
    sheets = Sheets()
    sheets.paragraph(60, 90, "Their cooperation and the cease-fire hold. " + prose(5), width=450)
    sheets.line(60, 200, "The two ministers said that the coop-", width=450)
    sheets.line(60, 212, "eration of their countries goes on and that the cease-", width=450)
    sheets.line(60, 224, "fire, which both have kept since the spring, is to be", width=450)
    sheets.end_page()
    sheets.line(60, 90, "kept until the conference in the harbour town.")
    sheets.end_page()
    parsed = read(sheets.data(), OPTIONS)
    sentence = (
        "The two ministers said that the cooperation of their countries goes on and that the cease-fire, which both "
        "have kept since the spring, is to be kept until the conference in the harbour town."
    )
    assert sentence in parsed.text
    assert parsed.text[parsed.places[1].start :].startswith("kept until the conference")
    assert parsed.places[1].page == 2


def test_a_mark_of_a_footnote_stands_in_brackets_and_footnotes_come_last():
    sheets = Sheets()
    sheets.line(60, 90, "The council recalled its resolution")
    width = sheets.canvas.stringWidth("The council recalled its resolution", "Times-Roman", 10)
    sheets.line(60 + width, 86, "12", size=6)
    sheets.paragraph(60, 120, prose(3), width=450)
    sheets.line(60, 760, "12 Adopted in the spring.", size=7)
    sheets.end_page()
    sheets.paragraph(60, 90, prose(4), width=450)
    sheets.end_page()
    text = read(sheets.data(), OPTIONS).text
    assert "its resolution[12]" in text
    assert text.endswith("12 Adopted in the spring.\n")


def test_the_title_of_the_first_page_stays_where_later_pages_repeat_it():
    sheets = Sheets()
    for page in range(3):
        sheets.line(60, 60, "Communique of the Vale Conference", size=9 if page else 18)
        sheets.paragraph(60, 130, prose(page), width=450)
        sheets.end_page()
    assert read(sheets.data(), OPTIONS).text.count("Communique of the Vale Conference") == 1


def test_info_is_a_hint():
    sheets = Sheets({"title": "Communique of the Vale Conference", "author": "Ana Ruiz"})
    sheets.paragraph(60, 90, prose(1), width=450)
    parsed = read(sheets.data(), OPTIONS)
    assert (parsed.hints.title, parsed.hints.author) == ("Communique of the Vale Conference", "Ana Ruiz")


def test_an_encrypted_file_is_refused():
    sheets = Sheets(password="secret")
    sheets.line(60, 90, "Nobody may read this.")
    with pytest.raises(UnreadableError, match="encrypted: save it without a password"):
        read(sheets.data(), OPTIONS)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4 " + b"\0" * 999, two_columns()[0][:200]])
def test_a_damaged_file_is_refused(data):
    with pytest.raises(UnreadableError, match=r"damaged, cut short or no PDF: open and save it anew|no pages"):
        read(data, OPTIONS)


def test_a_file_that_is_cut_short_is_read_with_a_note_or_refused():
    data, _ = two_columns()
    try:
        notes = read(data[: len(data) * 2 // 3], OPTIONS).notes
    except UnreadableError as error:
        notes = (str(error),)
    assert any("cut short" in note or "need" in note for note in notes)


def test_pictures_without_text_need_ocr(monkeypatch):
    sheets = Sheets()
    sheets.picture()
    data = sheets.data()
    with pytest.raises(UnreadableError, match="pages of pictures without text; it needs OCR: build with --ocr"):
        read(data, OPTIONS)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(UnreadableError, match=f"{PROGRAM} is not installed"):
        read(data, Options(ocr=True))


def test_pictures_are_read_by_the_program_for_it_where_asked(monkeypatch, tmp_path):
    sheets = Sheets()
    sheets.paragraph(60, 90, prose(2), width=450)
    (tmp_path / "read.pdf").write_bytes(sheets.data())
    program = tmp_path / PROGRAM
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{tmp_path}/read.pdf" "$last"\n')
    program.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda _: str(program))
    pictures = Sheets()
    pictures.picture()
    data = pictures.data()
    parsed = read(data, Options(ocr=True))
    assert parsed.text.startswith("Today ")
    assert parsed.notes == ("pictures of text, read by ocrmypdf; words may be wrong",)
    program.write_text("#!/bin/sh\necho no language data >&2\nexit 3\n")
    with pytest.raises(UnreadableError, match="ocrmypdf failed: no language data"):
        read(data, Options(ocr=True))
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    with pytest.raises(UnreadableError, match="took more than 1 s"):
        read(data, Options(Limits(seconds=1), ocr=True))


def test_some_pages_of_pictures_are_told():
    sheets = Sheets()
    sheets.paragraph(60, 90, prose(1), width=450)
    sheets.end_page()
    sheets.picture()
    (note,) = read(sheets.data(), OPTIONS).notes
    assert note == "no text on 1 of 2 pages (2): blank, or pictures that need OCR"


def test_pages_beyond_the_limit_are_refused():
    data, _ = two_columns(4)
    with pytest.raises(UnreadableError, match="4 pages, more than the limit of 3; raise --limit pages="):
        read(data, Options(Limits(pages=3)))


def test_five_hundred_pages_are_read():
    sheets = Sheets()
    for page in range(500):
        sheets.line(60, 90, f"On day {page + 1} the parties met again.")
        sheets.line(290, 800, str(page + 1))
        sheets.end_page()
    parsed = read(sheets.data(), OPTIONS)
    assert len(parsed.places) == 500
    assert parsed.text.count("the parties met again.") == 500


def test_the_record_of_a_meeting_names_its_symbol_in_its_heads():
    assert "S/PV.9999" in read(meeting_record(), OPTIONS).heads


class Ragged(Sheets):
    """Sheets whose lines are not set to a width."""

    def line(self, *place: float | str, **how: float | str) -> None:
        super().line(*place, **{**how, "width": 0})


@pytest.mark.parametrize("interleaved", [False, True], ids=["column by column", "across"])
@pytest.mark.parametrize(
    ("sheets", "columns", "width", "gutter", "indent", "gap"),
    [
        (Sheets, 1, 460, 0, 18, 0),
        (Sheets, 2, 220, 20, 15, 0),
        (Sheets, 2, 225, 12, 0, 6),
        (Sheets, 3, 145, 15, 0, 6),
        (Ragged, 1, 460, 0, 0, 6),
        (Ragged, 2, 225, 12, 0, 6),
        (Ragged, 3, 145, 15, 0, 6),
    ],
)
def test_paragraphs_of_one_two_and_three_columns(sheets, columns, width, gutter, indent, gap, interleaved):
    pages, expected = sheets(), []
    for page in range(2):
        texts = [[prose(page * 97 + at * 5 + row, 30 + 9 * row) for row in range(5)] for at in range(columns)]
        bottoms = [90.0] * columns
        places = [(row, at) for row in range(5) for at in range(columns)]
        for row, at in places if interleaved else sorted(places, key=lambda place: place[1]):
            x = 60 + at * (width + gutter)
            bottoms[at] = pages.paragraph(x, bottoms[at], texts[at][row], width=width, indent=indent) + gap
        expected += [text for column in texts for text in column]
        pages.line(290, 800, str(page + 1))
        pages.end_page()
    assert read(pages.data(), OPTIONS).text == "\n\n".join(expected) + "\n"


def test_a_letterhead_wider_than_its_letter_does_not_part_its_lines():
    sheets = Sheets()
    sheets.line(60, 50, "Vale Union", size=12)
    sheets.line(500, 50, "VU/2031/7", size=12)
    for row, words in enumerate(("Distr.: General", "3 May 2031", "Original: English")):
        sheets.line(400, 90 + 14 * row, words, size=9)
    sheets.line(90, 190, "Letter dated 2 May 2031 from the acting Permanent", size=13)
    sheets.line(90, 207, "Representative of Norland to the Vale Union, addressed to the", size=13)
    sheets.line(90, 224, "President of the Vale Council", size=13)
    sheets.line(110, 260, "Norland stands by the efforts of the Union and those of the")
    sheets.line(90, 273, "Intergovernmentalists, who have kept the peace in all of the years up to")
    sheets.line(90, 286, "Thursday last.")
    sheets.end_page()
    paragraphs = read(sheets.data(), OPTIONS).text.strip().split("\n\n")
    assert paragraphs[1:4] == ["Distr.: General", "3 May 2031", "Original: English"]
    assert paragraphs[4:] == [
        "Letter dated 2 May 2031 from the acting Permanent Representative of Norland to the Vale Union, addressed to "
        "the President of the Vale Council",
        "Norland stands by the efforts of the Union and those of the Intergovernmentalists, who have kept the peace in "
        "all of the years up to Thursday last.",
    ]


def test_rows_of_a_table_and_items_stay_whole():
    sheets = Sheets()
    sheets.paragraph(60, 90, prose(1), width=460)
    for number in range(12):
        for column, cell in enumerate((f"Norland {number}", f"{number}000 dollars", str(2000 + number))):
            sheets.line(60 + 160 * column, 200 + 14 * number, cell)
    for number in range(6):
        sheets.line(60, 500 + 13 * number, f"{number + 1}.")
        sheets.line(90, 500 + 13 * number, "Decides to remain seized of the matter until the end of the year.")
    sheets.end_page()
    paragraphs = read(sheets.data(), OPTIONS).text.strip().split("\n\n")
    assert paragraphs[1:13] == [f"Norland {number} {number}000 dollars {2000 + number}" for number in range(12)]
    assert paragraphs[13] == "1. Decides to remain seized of the matter until the end of the year."
    assert len(paragraphs) == 19


@pytest.mark.parametrize(
    ("code", "text"), [(0x02, "-"), (0xFB01, "fi"), (0xFB04, "ffl"), (0xF0B7, "•"), (0xD800, "\ufffd"), (0xE9, "é")]
)
def test_ligatures_hyphens_and_bullets(code, text):
    assert _to_character(code) == text
