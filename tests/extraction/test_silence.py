"""What a reading leaves silent: passages, sentences, names and refused frames, counted and placed."""

from __future__ import annotations

from hashlib import sha256

import pytest

from dragoman.extraction.silence import CAPITALS, FEW_WORDS, LONG, LONGEST, NO_END, NO_VERB, find_sign
from dragoman.language.tokens import to_doc
from dragoman.records import Coverage, Document, Gap, Reading, Span

SILENT = "It rained all night, and then it stopped."
TEXT = (
    f"Norland\n\nKenya condemned Chad.\n\n{SILENT}\n\nKenya and Chad are neighbours.\n\nKenya condemned Chad again.\n"
)


def read(reader, text: str, title: str = "") -> Reading:
    """What is read in a text of no date."""
    return reader.read(Document("a.txt", text, sha256(text.encode()).hexdigest(), title=title))


def words(text: str, gaps: tuple[Gap, ...]) -> list[tuple[tuple[str, ...], int, list[str]]]:
    """Gaps with their places as words."""
    return [(gap.of, gap.count, [text[span.start : span.end] for span in gap.spans]) for gap in gaps]


def test_passages_that_state_nothing_are_counted_by_what_they_name(reader):
    coverage = read(reader, TEXT).coverage
    assert (coverage.passages, coverage.sentences) == (4, 4)
    assert words(TEXT, coverage.silent) == [
        (("0",), 1, [SILENT]),
        (("2",), 1, ["Kenya and Chad are neighbours."]),
    ]


def test_claim_that_was_read_before_is_no_silence(reader):
    text = "Kenya condemned Chad.\n\nOnce more, Kenya condemned Chad.\n"
    reading = read(reader, text)
    assert len(reading.claims) == 1
    assert reading.coverage.silent == ()


def test_names_that_mean_nothing_are_counted_with_their_places(reader):
    text = "Kenya spoke with Quor Zhabintra, as Tuldar did. Mr. Okoro saw Tuldar on Monday."
    names = {gap.of[0]: gap.count for gap in read(reader, text).coverage.names}
    assert names.get("Tuldar") == 2
    assert not {"Kenya", "Monday", "Mr.", "Okoro"} & names.keys()


def test_frame_between_things_that_its_property_does_not_join_is_told(reader, ontology):
    text = "Kenya signed the Chad."
    reading = read(reader, text)
    assert reading.claims == ()
    (gap,) = reading.coverage.refused
    frame, predicate, subject, object_ = gap.of
    assert (predicate, subject, object_) == ("signs", "State", "State")
    assert frame.startswith("signs")
    assert not ontology.admits(predicate, subject, object_)
    assert words(text, (gap,))[0][2] == ["Kenya signed the Chad"]


def test_pair_that_another_frame_of_the_word_joins_is_not_refused(reader):
    reading = read(reader, TEXT)
    assert reading.claims
    assert reading.coverage.refused == ()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Kenya condemned the attack.", ""),
        ("Kenya is a member of the African Union.", ""),
        ("The situation in the Sahel and its many neighbours.", NO_VERB),
        ("Kenya condemned the attack and", NO_END),
        ("They said: 3 ( 4 ) / 5 = 6 : 7 , 8 , 9 .", FEW_WORDS),
        ("Kenya said that " + "the rain fell and " * (LONGEST // 4) + "it stopped.", LONG),
    ],
)
def test_signs_of_a_poor_parse(reader, text, sign):
    (sentence,) = [max(to_doc(reader.nlp(text)).sents, key=len)]
    assert find_sign(sentence) == sign


def test_passage_in_capitals_is_one_poor_sentence_and_names_nothing(reader):
    text = "Kenya spoke.\n\nTHE TULDAR COUNCIL HAS CONDEMNED THE ATTACK; IT WILL MEET AGAIN.\n\nChad spoke.\n"
    coverage = read(reader, text).coverage
    assert coverage.names == ()
    assert {gap.of: gap.count for gap in coverage.poor} in ({}, {(CAPITALS,): 1})


def test_coverage_is_the_same_twice(reader):
    assert read(reader, TEXT).coverage == read(reader, TEXT).coverage


def test_text_without_words_leaves_nothing_to_cover(reader):
    assert read(reader, "\n").coverage == Coverage()


@pytest.mark.parametrize(("count", "spans"), [(0, ()), (1, ()), (1, (Span(0, 1), Span(2, 3)))])
def test_gap_has_a_place_and_no_more_than_it_counts(count, spans):
    with pytest.raises(ValueError, match=r"places of \d; need one, and no more"):
        Gap(("x",), count, spans)


def test_reading_refuses_a_gap_outside_its_text():
    document = Document("a.txt", "Short.", "0" * 64)
    with pytest.raises(ValueError, match=r"span 3\.\.9 reaches past a\.txt's 6 characters"):
        Reading(document, (), (), Coverage(names=(Gap(("Long",), 1, (Span(3, 9),)),)))
