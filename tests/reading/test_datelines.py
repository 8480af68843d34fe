import pytest

from dragoman.reading.layout import find_passages
from dragoman.records import Document, Span

REST = "The two neighbours of the lake opened their harbours to each other after three years."
DATELINES = (
    "ARVIK, May 3, 2024 - ",
    "ARVIK, Norland, 3 May (LNA) – ",
    "ARVIK – ",
    "ARVIK/LOWER QUAY (3 May 2024) — ",
    "Arvik, 3 May 2024 -- ",
    "Old Arvik, Norland, Sept. 3 (LNA) - ",
    "Arvik (LNA) — ",
)
NONE = (
    "Arvik – ",  # may be what the sentence is about
    "Arvik, a harbour town – ",
    "The pact of Arvik, signed on 3 May 2024, ",
    "ARVIK-LOWER QUAY ",
    "Arvik, 3 May 2024: ",
)


def passages(text):
    return find_passages(Document("a.txt", text, "0" * 64))


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_no_part_of_the_sentence_after_it(dateline):
    text = f"Harbours open\n\n{dateline}{REST}\n\nThe Council of the lake was told of it a day before."
    found = passages(text)
    assert [passage.text for passage in found[1:3]] == [dateline.strip(), REST]
    assert [str(passage.kind) for passage in found[1:3]] == ["heading", "body"]
    start = text.index(REST)
    assert found[2].span(0, len(REST)) == Span(start, start + len(REST))


@pytest.mark.parametrize("opening", NONE)
def test_other_openings_stay_with_their_sentence(opening):
    assert [passage.text for passage in passages(f"{opening}{REST}")] == [opening + REST]


def test_a_heading_with_a_dash_is_one_passage():
    assert [passage.text for passage in passages(f"LAKE - Harbours and Tolls\n\n{REST}")][1:] == [REST]
