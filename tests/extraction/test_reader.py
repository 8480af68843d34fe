import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sentences import find_claim, read, stated

from dragoman.records import Modality

TEXT = (
    "Kenya hosted the Nairobi Summit on 9 July. It condemned the war in Sudan last month.\n\n"
    "President Samuel Okoro of Ghana said that Rwanda will sign the Lima Convention."
)


def test_reader_quotes_the_words_that_state_a_claim(reader):
    reading = read(reader, TEXT)
    hosted = find_claim(reading, "Kenya - organizes - Nairobi Summit")
    assert TEXT[hosted.span.start : hosted.span.end] == "Kenya hosted the Nairobi Summit"
    for claim in reading.claims:
        assert TEXT[claim.span.start : claim.span.end].strip()


def test_reader_dates_claims(reader):
    reading = read(reader, TEXT)
    assert find_claim(reading, "Kenya - organizes - Nairobi Summit").date == "2025-07-09"
    assert find_claim(reading, "Kenya - criticizes - war in Sudan").date == "2025-06"


def test_reader_says_who_said_it(reader):
    reading = read(reader, TEXT)
    claim = find_claim(reading, "Rwanda - signs - Lima Convention (planned)")
    assert reading.entities[claim.speaker].names[0] == "Samuel Okoro"


def test_reader_links_to_known_things(reader):
    known = {entity.names[0]: entity.known_id for entity in read(reader, TEXT).entities}
    assert (known["Kenya"], known["Rwanda"], known["Lima Convention"]) == ("kenya", "rwanda", "")


def test_reader_states_each_claim_once(reader):
    reading = read(reader, "Kenya thanked Chad. Kenya thanked Chad again. Kenya did not thank Chad.")
    assert stated(reading) == ["Kenya - supports - Chad", "Kenya - supports - Chad (negated)"]


def test_reader_reads_the_same_twice(reader):
    assert read(reader, TEXT) == read(reader, TEXT)


def test_reader_gives_what_the_ontology_admits(reader, ontology, lexicon):
    reading = read(reader, TEXT)
    assert reading.claims
    for claim in reading.claims:
        left, right = (reading.entities[at].cls for at in (claim.subject, claim.object))
        assert ontology.admits(claim.predicate, left, right)
        assert claim.subject != claim.object
        assert 0 < claim.confidence <= 1


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "***", "Kenya", "1 2 3", "we", "\u200b", "“”"])
def test_reader_claims_nothing_where_nothing_is_said(reader, text):
    assert read(reader, text).claims == ()


WORDS = (
    "Kenya",
    "the UN",
    "condemned",
    "thanked",
    "war in",
    "Sudan",
    "and",
    "by",
    "of",
    "it",
    "we",
    "they",
    "said",
    "must",
)
MARKS = (
    ",",
    ".",
    "\n\n",
    "“",
    "”",
    "(",
    ")",
    "not",
    "on 9 July",
    "resolution",
    "2254",
    "Anna Berg",
    "President",
    "é",
    "🕊",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.lists(st.one_of(st.sampled_from(WORDS + MARKS), st.text(max_size=5)), max_size=25).map(" ".join))
def test_reader_stays_within_any_text(reader, text):
    reading = read(reader, text, author="Anna Berg, Minister for Foreign Affairs, Norway")
    for claim in reading.claims:
        assert claim.span.end <= len(text)
        assert isinstance(claim.modality, Modality)
        assert max(claim.subject, claim.object, claim.speaker or 0) < len(reading.entities)
    for entity in reading.entities:
        assert entity.cls in reader.ontology.classes
        assert all(span.end <= len(text) for span in entity.spans)
