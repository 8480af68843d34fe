"""What several readers found in one document, as one reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.pooling import pool_readings, read_beside
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Skipped, Span
from dragoman.registry import PreparedReader, ReaderError

TEXT = "Norland condemned the Red Column. The Kingdom of Norland met Sudmark."
DOCUMENT = Document("a.txt", TEXT, "0" * 64)
NORLAND, COLUMN = LocalEntity("State", ("Norland",), "", (Span(0, 7),)), LocalEntity("ArmedGroup", ("Red Column",))
CLAIM = LocalClaim(0, "criticizes", 1, Modality.ASSERTED, Span(0, 32), "verb:condemn", 0.8, "2024-03")
FIRST = Reading(DOCUMENT, (NORLAND, COLUMN), (CLAIM,))


def pooled(ontology, *claims, entities=(COLUMN, NORLAND), **changes):
    """The first reading together with one of these claims by another reader."""
    second = Reading(DOCUMENT, tuple(entities), tuple(replace(claim, **changes) for claim in claims))
    return pool_readings([("grammar", FIRST), ("other", second)], ontology)


def test_a_claim_that_both_find_is_one_and_says_so(ontology):
    found = pooled(ontology, CLAIM, subject=1, object=0, span=Span(8, 20), rule="other", confidence=0.9, date="")
    assert found.entities == (NORLAND, COLUMN)
    assert found.claims == (replace(CLAIM, confidence=0.9, readers=("grammar", "other")),)


@pytest.mark.parametrize(
    "changes",
    [{"modality": Modality.NEGATED}, {"predicate": "attacks"}, {"span": Span(34, 40)}, {"subject": 0, "object": 1}],
)
def test_a_claim_that_differs_stands_beside_the_first(ontology, changes):
    found = pooled(ontology, CLAIM, **{"subject": 1, "object": 0, **changes})
    assert sorted(claim.readers for claim in found.claims) == [("grammar",), ("other",)]


def test_symmetric_claims_are_one_whichever_end_comes_first(ontology):
    met = replace(CLAIM, predicate="engagesWith", object=1)
    sudmark = LocalEntity("State", ("Sudmark",))
    first = Reading(DOCUMENT, (NORLAND, sudmark), (met,))
    second = Reading(DOCUMENT, (sudmark, NORLAND), (met,))
    assert len(pool_readings([("a", first), ("b", second)], ontology).claims) == 1


def test_two_claims_of_one_reader_stay_two(ontology):
    twice = Reading(DOCUMENT, (NORLAND, COLUMN), (CLAIM, replace(CLAIM, span=Span(0, 20))))
    assert [claim.readers for claim in pool_readings([("other", twice)], ontology).claims] == [("other",)] * 2


def test_entities_are_one_by_name_or_known_id_and_bring_their_names(ontology):
    known = replace(NORLAND, names=("Kingdom of Norland",), known_id="norland", spans=(Span(38, 56),))
    fuller = LocalEntity("State", ("the Norland", "Kingdom of Norland"), "norland", (Span(38, 56),))
    found = pooled(ontology, entities=(fuller,))
    assert found.entities[0] == LocalEntity(
        "State", ("Norland", "the Norland", "Kingdom of Norland"), "norland", (Span(0, 7), Span(38, 56))
    )
    by_id = pool_readings([("a", Reading(DOCUMENT, (known,), ())), ("b", Reading(DOCUMENT, (fuller,), ()))], ontology)
    assert len(by_id.entities) == 1


def test_names_of_another_kind_of_thing_or_borne_by_another_join_nothing(ontology):
    found = pooled(ontology, entities=(LocalEntity("Population", ("Norland",)),))
    assert len(found.entities) == 3
    mixed = pooled(ontology, entities=(LocalEntity("State", ("Norland", "Red Column", "NL")),))
    assert [entity.names for entity in mixed.entities] == [("Norland", "NL"), ("Red Column",)]


def test_two_things_of_one_name_stay_two_in_the_reading_that_has_them(ontology):
    one, other = (LocalEntity("Ceasefire", ("ceasefire",), "", (Span(start, start + 5),)) for start in (0, 20))
    first = Reading(DOCUMENT, (one, other, NORLAND), (replace(CLAIM, subject=2, object=1, predicate="supports"),))
    assert pool_readings([("grammar", first)], ontology).entities == first.entities
    second = replace(first, entities=(replace(other, names=("the ceasefire", "truce")), NORLAND), claims=())
    found = pool_readings([("grammar", first), ("other", second)], ontology)
    assert [entity.names for entity in found.entities] == [("ceasefire",), ("ceasefire", "truce"), ("Norland",)]


def test_a_claim_whose_ends_become_one_is_left_out(ontology):
    twins = (LocalEntity("State", ("Norland",)), LocalEntity("State", ("the Norland",)))
    assert pooled(ontology, replace(CLAIM, predicate="supports"), entities=twins).claims[0].readers == ("grammar",)


class Other(PreparedReader):
    """A reader that tells what it is asked to do."""

    def __init__(self, **changes):
        self.told, self.changes = [], changes

    def prepare(self, documents):
        self.told.append([document.name for document in documents])

    def read(self, document):
        self.told.append(document.name)
        return replace(Reading(document, (NORLAND, COLUMN), (CLAIM,)), **self.changes)

    def notes(self):
        return [Skipped("a.txt", "something was left out")]

    def keep(self, folder):
        self.told.append(folder)


def test_a_reader_sees_all_documents_before_it_reads_the_first(ontology):
    other, moved = Other(), replace(FIRST, document=replace(DOCUMENT, name="b.txt"))
    found, notes = read_beside([FIRST, moved], {"other": other}, ontology, first_name="grammar")
    assert other.told == [["a.txt", "b.txt"], "a.txt", "b.txt"]
    assert [reading.claims[0].readers for reading in found] == [("grammar", "other")] * 2
    assert notes == other.notes()


def test_without_a_first_reader_its_name_is_nowhere(ontology):
    empty = Reading(DOCUMENT, (), ())
    found, _ = read_beside([empty], {"other": Other()}, ontology)
    assert found[0].claims == (replace(CLAIM, readers=("other",)),)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"entities": (replace(NORLAND, cls="Dragon"), COLUMN)}, "'Dragon' is no class"),
        ({"claims": (replace(CLAIM, predicate="eats"),)}, "'eats' is no property"),
        ({"document": replace(DOCUMENT, name="c.txt")}, "of another document"),
    ],
)
def test_a_reading_that_no_graph_can_hold_is_told_with_the_reader_and_the_document(ontology, changes, message):
    with pytest.raises(ReaderError, match=rf"^reader 'other': a\.txt: .*{message}"):
        read_beside([FIRST], {"other": Other(**changes)}, ontology, first_name="grammar")
