import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.layout import PassageKind, find_passages
from dragoman.records import Document, Span
from timing import times_as_long

WRAPPED = """\
The mediators travelled to the harbour town on Monday to hear
what the two neighbours had to say about the crossing and the
fishing grounds. They found both sides tired of the quarrel and
ready to talk.
Later that week a second meeting brought the ministers of both
States to one table, where a plan was agreed.
"""


def passages(text):
    return find_passages(Document("a.txt", text, "0" * 64))


def texts(text):
    return [passage.text for passage in passages(text)]


def kinds(text):
    return [(str(passage.kind), passage.text) for passage in passages(text)]


def test_find_passages_takes_each_line_of_an_unwrapped_text():
    text = (
        "Remarks by the Special Envoy to the Lake Council on\nthe Crossing\nArvik, 3 May 2024\nMadam Chair,\n"
        "I thank you for this meeting, which comes at a difficult time for the people on both shores of the lake.\n"
        "The Council has heard me before. I shall be brief, as the members have a long list of speakers today.\n"
    )
    assert kinds(text) == [
        ("title", "Remarks by the Special Envoy to the Lake Council on the Crossing"),
        ("heading", "Arvik, 3 May 2024"),
        ("heading", "Madam Chair,"),
        ("body", text.split("\n")[4]),
        ("body", text.split("\n")[5]),
    ]


def test_find_passages_joins_wrapped_lines_and_parts_paragraphs_at_short_ones():
    first, second = texts(WRAPPED)
    assert first == " ".join(WRAPPED.split("\n")[:4])
    assert second.startswith("Later that week a second meeting brought the ministers of both States")


def test_find_passages_goes_on_behind_the_title_of_a_name():
    text = WRAPPED.replace("what the two neighbours", "what Mr.\nKarim Haddad and the other neighbours")
    assert "to hear what Mr. Karim Haddad and" in texts(text)[0]


def test_find_passages_goes_on_over_the_end_of_a_page():
    text = (
        WRAPPED.replace("fishing grounds", "\n12\n\nLake Council 3rd meeting\nfishing grounds")
        + "\nLake Council 3rd meeting\n"
    )
    assert texts(text)[0] == texts(WRAPPED)[0]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a coopera-\ntion plan.", "a cooperation plan."),
        ("The cooperation was a coopera-\ntion of equals.", "The cooperation was a cooperation of equals."),
        ("The cease-fire held; the cease-\nfire was new.", "The cease-fire held; the cease-fire was new."),
        ("Peace came. The peace-\nkeepers left.", "Peace came. The peace-keepers left."),
        ("the Secretary-\nGeneral spoke.", "the Secretary-General spoke."),
        ("the co\u00ad\noperation of both.", "the cooperation of both."),
        ("The twenty-fifth and the twenty- fifth.", "The twenty-fifth and the twenty-fifth."),
        ("the pre- and post-war years.", "the pre- and post-war years."),
    ],
)
def test_find_passages_joins_divided_words(text, clean):
    assert texts(text) == [clean]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("both   sides\t met\u00a0here.", "both sides met here."),
        ("the \u202aLake\u202c Coun\u00adcil\u200b met.", "the Lake Council met."),
        ("**Both** sides _met_ with [the *Envoy*](https://example.org/a_(b)).", "Both sides met with the Envoy."),
        ('Both met [the Envoy](https://example.org "who") <https://example.org>.', "Both met the Envoy ."),
        ("![map](map.png) Both sides met[^1] again [12] here.", "Both sides met again here."),
        ("a snake_case name, 5 * 3, a\\*b", "a snake_case name, 5 * 3, a*b"),
        ("Madam Chair,** both met.", "Madam Chair, both met."),
        ("first<br/>second <b>third</b>.", "first second third."),
        ("> Both sides\n> met.", "Both sides met."),
        ("12. Both sides met.", "Both sides met."),
        ("(a) both sides met;", "both sides met;"),
        ("33: Both sides met.", "Both sides met."),
        ("2.1 Both sides met.", "Both sides met."),
        ("• Both sides met.", "Both sides met."),
        ("1.5 million people fled.", "1.5 million people fled."),
        ("A. Ruiz met both sides.", "A. Ruiz met both sides."),
        ("2024 was a hard year.", "2024 was a hard year."),
    ],
)
def test_find_passages_leaves_marks_out_and_words_in(text, clean):
    assert texts(text) == [clean]


def test_find_passages_reads_markdown():
    text = (
        "---\ntitle: Hidden\n---\n# The Crossing\n\nBoth sides met.\n\n## Next steps ##\nThe plan\n--------\n"
        "It begins in May.\n\n***\n\n| State | Since |\n| --- | --- |\n| Arland | 1969 |\n\n[1]: https://example.org\n"
    )
    assert kinds(text) == [
        ("title", "The Crossing"),
        ("body", "Both sides met."),
        ("heading", "Next steps"),
        ("heading", "The plan"),
        ("body", "It begins in May."),
        ("item", "State"),
        ("item", "Since"),
        ("item", "Arland"),
    ]


def test_find_passages_gives_items_their_lead_in():
    text = (
        "The Ministers agreed on this today:\n- to open the crossing\n- to send both:\n"
        "  * doctors\n  * teachers\n- to meet again\nThey left.\n"
    )
    found = passages(text)
    assert [(passage.text, passage.lead) for passage in found] == [
        ("The Ministers agreed on this today:", None),
        ("to open the crossing", 0),
        ("to send both:", 0),
        ("doctors", 2),
        ("teachers", 2),
        ("to meet again", 0),
        ("They left.", None),
    ]
    assert found[1].kind is PassageKind.ITEM


def test_find_passages_gives_the_clauses_of_a_resolution_their_organ():
    text = (
        "The Lake Council,\n\nRecalling its decisions,\n\nNoting the report;\n\n1. Condemns the raid;\n\n"
        "2. Calls upon both:\n\n(a) to withdraw;\n\n(b) to talk;\n\n3. Decides to meet again.\n\n"
        "The meeting rose at six.\n"
    )
    assert [passage.lead for passage in passages(text)] == [None, 0, 0, 0, 0, 4, 4, 0, None]


def test_find_passages_does_not_take_a_short_clause_of_a_resolution_for_a_lead_in():
    text = "The Lake Council,\n\nGrateful to Arland,\n\nDeeply concerned at the raid,\n\n1. Condemns the raid.\n"
    assert [passage.lead for passage in passages(text)] == [None, 0, 0, 0]


def test_find_passages_does_not_take_an_address_for_a_lead_in():
    assert [p.lead for p in passages("Madam Chair,\n\nI thank you for the floor.\n\nThe lake is calm.\n")] == [None] * 3


def test_find_passages_gives_numbered_paragraphs_no_lead():
    text = "1. The Envoy said this to us:\n2. We agree with all of it.\n3. We thank her.\n"
    assert [passage.lead for passage in passages(text)] == [None, None, None]


def test_find_passages_of_one_line_is_body():
    assert kinds("Arland condemns the raid") == [("body", "Arland condemns the raid")]


def test_passage_span_rejects_what_is_not_within():
    passage = passages("Both sides met.")[0]
    assert passage.span(5, 10) == Span(5, 10)
    for start, end in [(3, 3), (4, 2), (-1, 3), (0, 16)]:
        with pytest.raises(ValueError, match="is not within the passage's 15 characters"):
            passage.span(start, end)


def test_passage_span_crosses_line_ends_and_marks():
    text = "On Monday at noon the nine members of the old *Lake\n   Council* met in the coopera-\ntion hall."
    passage = passages(text)[0]
    start = passage.text.index("Lake Council")
    span = passage.span(start, start + len("Lake Council"))
    assert text[span.start : span.end] == "Lake\n   Council"
    start = passage.text.index("cooperation")
    span = passage.span(start, start + len("cooperation"))
    assert text[span.start : span.end] == "coopera-\ntion"


WORDS = [
    "The Council",
    "met",
    "and agreed.",
    "coopera-\n",
    "tion",
    "é",
    "💬",
    "A/RES/1",
    "\n12\n",
    "Madam Chair,",
    "2024",
]
MARKS = ["*", "_", "# ", "- ", "1. ", "(a) ", "> ", ":", ";", "| a | b |", "[x](y)", "[1]", "\\*", "---\n", "<br>"]
BLANKS = [" ", "  ", "\n", "\n\n", "\n  ", "\t", "\u00ad", "\u200b"]
PIECES = st.sampled_from([*WORDS, *MARKS, *BLANKS])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200), st.data())
def test_passages_lead_back_to_the_text(text, data):
    text = text.replace("\r", "")
    last = 0
    for index, passage in enumerate(passages(text)):
        whole = passage.span(0, len(passage.text))
        assert last <= whole.start < whole.end <= len(text)
        last = whole.end
        assert passage.lead is None or passage.lead < index
        for at, character in enumerate(passage.text):  # each character stands where it is said to
            place = passage.span(at, at + 1)
            there = text[place.start : place.end]
            assert there == character or (character == " " and (there.isspace() or there == "<"))
        start = data.draw(st.integers(0, len(passage.text) - 1))
        end = data.draw(st.integers(start + 1, len(passage.text)))
        span = passage.span(start, end)
        letters = iter(text[span.start : span.end])
        assert all(letter in letters for letter in passage.text[start:end] if not letter.isspace())  # in order


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("abc ABCé!,", min_size=1, max_size=90), max_size=30).map("\n".join))
def test_passages_hold_every_letter_of_a_plain_text(text):
    found = "".join(passage.text for passage in passages(text))
    assert [c for c in found if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    "unit", ["word ", "[a](", "*", "a-\n", "\n", "> ", "<a ", "- \n", "a:\n- b\n", "| a ", "co- op ", "\\", " \t"]
)
def test_find_passages_takes_time_in_proportion_to_the_text(unit):
    small, large = (unit * (size // len(unit)) for size in (20_000, 160_000))
    assert times_as_long(lambda: passages(small), lambda: passages(large), wanted=24, floor=0.005) < 24


def test_articles_are_items_of_the_line_that_leads_them_in():
    text = (
        "The States of the lake\n\nHave agreed as follows:\n\nArticle 1. To open the harbours to all.\n\n"
        "Article 2. To ask the Council for its advice on Article 4 of the Pact.\n"
    )
    found = passages(text)
    assert [(str(p.kind), p.text) for p in found if p.lead is not None] == [
        ("item", "To open the harbours to all."),
        ("item", "To ask the Council for its advice on Article 4 of the Pact."),
    ]
    assert {found[p.lead].text for p in found if p.lead is not None} == {"Have agreed as follows:"}
