"""Whatever a language model answers, what is taken of it is in the text and fits the ontology."""

from __future__ import annotations

import time
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.llm.answers import Answer, MalformedError, Named, Said, parse_answer
from dragoman.llm.checking import MOST_CLAIMS, MOST_ENTITIES, check_answer
from dragoman.llm.pieces import cut
from dragoman.ontology import load_ontology
from dragoman.reading.layout import find_passages
from dragoman.records import Document

ONTOLOGY = load_ontology()
TEXT = (
    "Norland’s army left Vale in 2023. **Norland** condemned the Red\n"
    "Column; the Norlanders, 🕊, met Ŋord in Vale.\n\nEnd of ٢٠٢٤."
)
DOCUMENT = Document("a.txt", TEXT, "0" * 64, date="2024-02")
(PIECE,) = cut(find_passages(DOCUMENT), 10_000)

words = st.sampled_from(
    ["Norland", "Red Column", "Vale", "Ŋord", "🕊", "Nor", "", " ", "Norland condemned the Red Column"]
)
names = words | st.text(max_size=5)
ids = st.sampled_from(["a", "b", "c", ""])
entities = st.builds(
    Named,
    ids,
    st.sampled_from(["State", "ArmedGroup", "Place", "Dragon", "Actor"]),
    st.lists(names, max_size=3).map(tuple),
)
quotes = st.builds(lambda a, b: PIECE.text[a:b], st.integers(0, 110), st.integers(0, 110)) | words
claims = st.builds(
    Said,
    subject=ids,
    property=st.sampled_from(["criticizes", "attacks", "locatedIn", "eats", ""]),
    object=ids,
    modality=st.sampled_from(["asserted", "planned", "negated", "certain"]),
    quote=quotes,
    date=st.sampled_from(["", None, "2023", "2023-13", "2024-02-29", "1999", "²²²²", "٢٠٢٤", "20231231"])
    | st.text(max_size=4),
    speaker=ids | st.none(),
)


@settings(max_examples=400)
@given(st.builds(Answer, st.lists(entities, max_size=4).map(tuple), st.lists(claims, max_size=4).map(tuple)))
def test_what_is_taken_is_in_the_text_and_fits_the_ontology(answer):
    left_out: Counter[str] = Counter()
    reading = check_answer(answer, DOCUMENT, PIECE, ONTOLOGY, left_out)
    given_names = {name for entity in answer.entities for name in entity.names}
    for entity in reading.entities:
        assert entity.cls in ONTOLOGY.classes
        assert all(name in given_names and name in PIECE.text for name in entity.names)
        assert entity.spans
    for claim in reading.claims:
        ends = reading.entities[claim.subject], reading.entities[claim.object]
        assert ONTOLOGY.admits(claim.predicate, *(end.cls for end in ends))
        quote = TEXT[claim.span.start : claim.span.end]
        assert any(TEXT[span.start : span.end] in quote for end in ends for span in end.spans)
        assert claim.date[:4] in {"", "2023", "2024", "2025"}
    assert len(reading.claims) <= len(answer.claims)
    assert sum(left_out.values()) >= len(set(answer.claims)) - len(reading.claims)


@given(st.text() | st.text(alphabet='{}[]":,\\u0 entitiesclaims', max_size=80))
def test_any_words_are_an_answer_or_none(content):
    try:
        answer = parse_answer(content)
    except MalformedError:
        return
    assert isinstance(answer, Answer)


def test_names_count_as_words_wherever_they_stand():
    answer = Answer((Named("a", "State", ("Norland",)), Named("b", "Place", ("Vale",))), ())
    norland, vale = check_answer(answer, DOCUMENT, PIECE, ONTOLOGY, Counter()).entities
    assert [TEXT[span.start : span.end] for span in norland.spans] == ["Norland", "Norland"]
    assert len(vale.spans) == 2


def test_an_answer_of_any_size_is_checked_in_bounds():
    many = tuple(Named(str(n), "State", ("Norland", "Vale", *map(str, range(50)))) for n in range(50_000))
    claim = Said("1", "criticizes", "2", "asserted", "Norland", "", "")
    answer, left_out = Answer(many, (claim,) * 50_000), Counter()
    start = time.perf_counter()
    reading = check_answer(answer, DOCUMENT, PIECE, ONTOLOGY, left_out)
    assert time.perf_counter() - start < 5
    assert len(reading.entities) == MOST_ENTITIES
    beyond = left_out["an entity or claim beyond all that such a text can hold"]
    assert beyond == 100_000 - MOST_ENTITIES - MOST_CLAIMS
