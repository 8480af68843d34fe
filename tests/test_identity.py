"""What documents name joined into what all of them mean."""

from __future__ import annotations

from hashlib import sha256
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.gazetteer import load_gazetteer
from dragoman.identity import Joined, join_readings
from dragoman.lexicon import load_lexicon
from dragoman.namekeys import NameKeys
from dragoman.ontology import load_ontology
from dragoman.personkeys import NO_FORMS
from dragoman.records import Claim, Document, Entity, LocalClaim, LocalEntity, Modality, Reading, Span

ONTOLOGY = load_ontology()
LEXICON = load_lexicon(ONTOLOGY)
GAZETTEER = load_gazetteer(ONTOLOGY)
NAMES = NameKeys(GAZETTEER, LEXICON, ONTOLOGY)
TEXT = "The words of a document, of which any may be a quote."

Local = tuple[str, ...]
"""A class, then names; a known thing has its id before them, as ``=sudan``."""


def reading(name: str, *entities: Local, claims: tuple[LocalClaim, ...] = ()) -> Reading:
    """A reading of a document of that name."""
    found = []
    for number, (cls, *names) in enumerate(entities):
        known = names.pop(0)[1:] if names[0].startswith("=") else ""
        found.append(LocalEntity(cls, tuple(names), known, (Span(number, number + 1),)))
    return Reading(Document(name, TEXT, sha256(name.encode()).hexdigest()), tuple(found), claims)


def claim(subject: int, predicate: str, object_: int, modality: Modality = Modality.ASSERTED, **more) -> LocalClaim:
    """A claim read from the first words."""
    settings = {"span": Span(0, 9), "rule": "a rule", "confidence": 0.5} | more
    return LocalClaim(subject=subject, predicate=predicate, object=object_, modality=modality, **settings)


def join(*readings: Reading) -> Joined:
    """The readings joined with the project's own names and words."""
    return join_readings(readings, gazetteer=GAZETTEER, lexicon=LEXICON, ontology=ONTOLOGY, names=NAMES)


def ids(*readings: Reading) -> list[str]:
    """Ids of the joined entities."""
    return [entity.id for entity in join(*readings).entities]


@pytest.mark.parametrize(
    ("left", "right", "id_"),
    [
        (("State", "=sudan", "Sudan"), ("State", "=sudan", "Republic of the Sudan"), "sudan"),
        (("ArmedConflict", "conflict in Burkina Faso"), ("ArmedConflict", "Burkina Faso conflict"), None),
        (("ArmedConflict", "conflict in Malawi"), ("ArmedConflict", "Malawian conflict"), "conflict-in-malawi"),
        (("Person", "Ana Ruiz"), ("Person", "Ms. Ana B. Ruiz", "Ruiz"), None),
        (("Meeting", "Vale Conference"), ("Meeting", "the Vale conference"), None),
        (("Programme", "Programme for the Vale"), ("Programme", "Program for the Vale"), None),
        (("Population", "Norlanders", "people of Norland"), ("Population", "Norland people"), None),
        (
            ("Resolution", "UN Security Council resolution 9911"),
            ("Resolution", "Resolution 9911 (2031) of the UNSC"),
            None,
        ),
        (
            ("CivilSocietyOrganization", "Vale Relief Watch", "VRW"),
            ("CivilSocietyOrganization", "VRW"),
            "vale-relief-watch",
        ),
        (("ArmedGroup", "Red Column"), ("CivilSocietyOrganization", "Red Column"), "red-column"),
    ],
)
def test_join_makes_one_of_two_that_bear_a_telling_name(left, right, id_):
    (entity,) = join(reading("a.txt", left), reading("b.txt", right)).entities
    assert entity.documents == ("a.txt", "b.txt")
    assert id_ in {None, entity.id}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("Ceasefire", "ceasefire"), ("Ceasefire", "ceasefire")),
        (("Process", "peace process"), ("Process", "peace process")),
        (("Post", "President"), ("Post", "President")),
        (("Person", "Ruiz"), ("Person", "Ana Ruiz")),
        (("Person", "Ruiz"), ("Person", "Ruiz")),
        (("Place", "Vale"), ("Person", "Ana Vale", "Vale")),
        (("Meeting", "meeting in Vale"), ("Meeting", "meeting between Norland and Sudmark")),
        (("Statement", "statement by Malawi"), ("Statement", "statement by Malawi")),
        (("Resolution", "Security Council resolutions"), ("Resolution", "Security Council resolution 9911")),
        (("ArmedConflict", "war against Malawi"), ("ArmedConflict", "Malawi’s war")),
        (("Resolution", "Resolution 9911"), ("Resolution", "Resolution 9912")),
    ],
)
def test_join_leaves_apart_what_a_name_does_not_tell(left, right):
    entities = join(reading("a.txt", left), reading("b.txt", right)).entities
    assert [entity.documents for entity in sorted(entities, key=lambda e: e.documents)] == [("a.txt",), ("b.txt",)]


def test_join_keeps_two_things_of_one_acronym_apart():
    readings = (
        reading("a.txt", ("ArmedGroup", "Vale Defence Force", "VDF")),
        reading("b.txt", ("ArmedGroup", "Valley Democratic Front", "VDF")),
        reading("c.txt", ("ArmedGroup", "VDF")),
    )
    assert [entity.documents for entity in join(*readings).entities] == [("a.txt",), ("b.txt",), ("c.txt",)]


def test_join_takes_a_name_of_a_known_thing_for_it():
    found = join(reading("a.txt", ("State", "Sudan")), reading("b.txt", ("State", "=sudan", "Sudan")))
    (sudan,) = found.entities
    assert (sudan.id, sudan.label, sudan.code) == ("sudan", "Sudan", "SDN")
    assert sudan.same_as
    assert "Republic of the Sudan" in sudan.names
    assert "Sudanese" not in sudan.names


def test_entity_of_one_document_has_the_document_in_its_id():
    found = ids(reading("wh/2024 talks.txt", ("Ceasefire", "ceasefire"), ("Ceasefire", "ceasefire")))
    assert found == ["ceasefire--wh-2024-talks", "ceasefire--wh-2024-talks-2"]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Łódź Ghetto Uprising", "lodz-ghetto-uprising"),
        ("Norland’s Vale Plan", "norlands-vale-plan"),
        ("Δέλτα", "%CE%B4%CE%B5%CE%BB%CF%84%CE%B1"),
    ],
)
def test_entity_id_is_readable_ascii(name, id_):
    assert ids(reading("a.txt", ("Plan", name))) in ([id_], [f"{id_}--a"])


def test_entity_id_of_a_known_thing_is_never_given_to_another():
    assert ids(reading("a.txt", ("Ceasefire", "Sudan Vale"), ("Plan", "Sudan"))) != ["sudan"]
    assert "sudan" not in ids(reading("a.txt", ("Plan", "Sudan")))


def test_entities_that_differ_in_kind_alone_get_different_ids():
    found = ids(reading("a.txt", ("Place", "Ulvan"), ("Person", "Ulvan Ulvan"), ("Plan", "Ulvan")))
    assert len(set(found)) == 3
    assert "ulvan" in found


def test_entity_takes_the_most_frequent_class_and_best_name():
    (entity,) = join(
        reading("a.txt", ("ArmedGroup", "Red Column of Vale")),
        reading("b.txt", ("ArmedGroup", "Red Column of Vale", "RCV")),
        reading("c.txt", ("GovernmentBody", "RCV", "the Red Column of Vale")),
    ).entities
    assert (entity.cls, entity.label, entity.id) == ("ArmedGroup", "Red Column of Vale", "red-column-of-vale")
    assert set(entity.names) == {"RCV", "the Red Column of Vale"}


READINGS = (
    reading(
        "a.txt",
        ("State", "=sudan", "Sudan"),
        ("Ceasefire", "ceasefire"),
        ("ArmedGroup", "Red Column", "RC"),
        claims=(claim(0, "criticizes", 2), claim(0, "calls", 2), claim(0, "supports", 1))[:1],
    ),
    reading(
        "b.txt", ("ArmedGroup", "Red Column"), ("State", "=sudan", "the Sudan"), claims=(claim(1, "criticizes", 0),)
    ),
    reading("c/d.txt", ("CivilSocietyOrganization", "RC"), ("Ceasefire", "ceasefire"), ("Person", "Ana Ruiz")),
    reading("e.txt", ("Person", "Ruiz"), ("Place", "Red Column")),
)


def test_join_does_not_hang_on_the_order_of_documents():
    expected = join(*READINGS)
    assert all(join(*order) == expected for order in permutations(READINGS))


NAMES_AT_WILL = st.one_of(
    st.tuples(st.just("Person"), st.sampled_from(["Ana Ruiz", "Ana B. Ruiz", "Ana C. Ruiz", "A. B. Ruiz", "Ruiz"])),
    st.tuples(st.just("Person"), st.sampled_from(["Ana Berta Ruiz", "RUIZ Ana", "Ruiz, Ana", "Anna Ruiz"])),
    st.tuples(st.just("ArmedGroup"), st.sampled_from(["Red Column", "RC", "Vale Column", "the Red Column"])),
    st.tuples(st.just("ArmedGroup"), st.just("Red Column"), st.just("RC")),
    st.tuples(st.just("ArmedGroup"), st.just("Rose Circle"), st.just("RC")),
    st.tuples(st.just("State"), st.sampled_from(["Sudan", "Republic of the Sudan", "Congo"])),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(NAMES_AT_WILL, max_size=4), min_size=1, max_size=6), st.randoms())
def test_join_does_not_hang_on_the_order_of_any_documents(documents, chance):
    readings = [reading(f"{number}.txt", *entities) for number, entities in enumerate(documents)]
    known = {"gazetteer": GAZETTEER, "lexicon": LEXICON, "ontology": ONTOLOGY, "names": NAMES}
    expected = join_readings(readings, **known)
    chance.shuffle(readings)
    assert join_readings(readings, **known) == expected


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (["George W. Alder", "George Alder"], [[0, 1]]),
        (["George W. Alder", "George H. W. Alder", "George Alder"], [[0], [1], [2]]),
        (["John F. Alder", "John Francis Alder", "John Alder"], [[0, 1, 2]]),
        (["J. F. Alder", "John Francis Alder"], [[0, 1]]),
        (["J. F. Alder", "John Francis Alder", "Jane Freda Alder"], [[0], [1], [2]]),
        (["J. Alder", "John Alder"], [[0], [1]]),
        (["Marta ALDER", "ALDER Marta", "Alder, Marta", "Ms. Marta Alder"], [[0, 1, 2, 3]]),
        (["Marta Alder", "Alder Marta"], [[0], [1]]),
        (["Vale Alder", "Vale Alder Jr."], [[0], [1]]),
    ],
)
def test_people_are_one_where_a_name_seeks_one_bearer(names, together):
    joined = join(*(reading(f"{number}.txt", ("Person", name)) for number, name in enumerate(names)))
    documents = sorted(tuple(int(name[0]) for name in entity.documents) for entity in joined.entities)
    assert documents == sorted(map(tuple, together))


def test_ids_do_not_change_when_a_document_is_added():
    before = set(ids(*READINGS[:3]))
    assert before <= set(ids(*READINGS))


def test_join_refuses_two_readings_of_one_name():
    with pytest.raises(ValueError, match=r"two readings of 'a\.txt'; read each once"):
        join(READINGS[0], READINGS[0])


def test_claims_of_two_documents_that_say_the_same_become_one():
    (found,) = join(
        reading("a.txt", ("State", "=sudan", "Sudan"), ("State", "=chad", "Chad"), claims=(claim(0, "criticizes", 1),)),
        reading(
            "b.txt",
            ("State", "=chad", "Chad"),
            ("State", "=sudan", "Sudan"),
            claims=(claim(1, "criticizes", 0, confidence=0.9, rule="surer", span=Span(4, 9)),),
        ),
    ).claims
    assert (found.documents, found.rule, found.confidence) == (("a.txt", "b.txt"), "surer", 0.9)
    assert [piece.exact for piece in found.evidence] == [TEXT[:9], TEXT[4:9]]


def test_claims_that_differ_in_date_or_speaker_stay_apart():
    entities = (("State", "=sudan", "Sudan"), ("State", "=chad", "Chad"), ("Person", "Ana Ruiz"))
    said = (claim(0, "criticizes", 1), claim(0, "criticizes", 1, date="2024"), claim(0, "criticizes", 1, speaker=2))
    found = join(reading("a.txt", *entities, claims=said)).claims
    assert sorted((c.date, c.speaker) for c in found) == [("", ""), ("", "ana-ruiz"), ("2024", "")]


def test_claim_of_a_symmetric_property_is_the_same_both_ways():
    pair = (("State", "=sudan", "Sudan"), ("State", "=chad", "Chad"))
    said = (claim(0, "cooperatesWith", 1), claim(1, "cooperatesWith", 0))
    assert len(join(reading("a.txt", *pair, claims=said)).claims) == 1


def test_claim_about_a_thing_and_itself_is_dropped():
    pair = (("State", "=sudan", "Sudan"), ("State", "Sudan"))
    assert join(reading("a.txt", *pair, claims=(claim(0, "criticizes", 1),))).claims == []


def test_claims_asserted_and_denied_contradict_each_other():
    pair = (("State", "=sudan", "Sudan"), ("State", "=chad", "Chad"))
    found = join(
        reading("a.txt", *pair, claims=(claim(0, "criticizes", 1, date="2024-02-29"),)),
        reading("b.txt", *pair, claims=(claim(0, "criticizes", 1, Modality.NEGATED),)),
        reading("c.txt", *pair, claims=(claim(0, "criticizes", 1, Modality.POSSIBLE),)),
    ).claims
    by_modality: dict[Modality, Claim] = {c.modality: c for c in found}
    assert by_modality[Modality.ASSERTED].contradicts == (by_modality[Modality.NEGATED].id,)
    assert by_modality[Modality.NEGATED].contradicts == (by_modality[Modality.ASSERTED].id,)
    assert by_modality[Modality.POSSIBLE].contradicts == ()


def test_claim_that_the_joined_classes_do_not_admit_is_told():
    found = join(
        reading("a.txt", ("Person", "Ana Ruiz"), ("Post", "Envoy to Vale"), claims=(claim(0, "holdsPost", 1),)),
        reading("b.txt", ("State", "=sudan", "Sudan"), ("Post", "Envoy to Vale"), claims=(claim(0, "holdsPost", 1),)),
    )
    assert [c.subject for c in found.claims] == ["ana-ruiz"]
    ((refused, reason),) = found.refused
    assert refused.subject == "sudan"
    assert reason == "holdsPost cannot join sudan (State) to envoy-to-vale (Post)"


@pytest.mark.parametrize("name", ["the Conference", "Prime Minister", "Security Council resolutions", "peace talks"])
def test_name_of_common_words_has_no_key(name):
    cls = {"the Conference": "Meeting", "Prime Minister": "Post", "peace talks": "Process"}.get(name, "Resolution")
    assert NAMES.forms(name, cls) == NO_FORMS


def test_join_of_nothing_is_nothing():
    assert join() == ([], [], [], {}, ())
    assert isinstance(join().entities, list)


def test_entities_have_ids_that_records_accept():
    odd = ("…", "中" * 500, "a/b\\c", "\u202e", "x" * 5000, "%zz")
    found = join(reading("a.txt", *(("Plan", name) for name in odd))).entities
    assert all(isinstance(entity, Entity) and len(entity.id) < 200 for entity in found)
    assert len({entity.id for entity in found}) == len(odd)


@pytest.mark.parametrize(
    ("names", "nodes"),
    [
        (("resolution 9911", "Security Council resolution 9911 (2061)"), 1),
        (("Resolution 9911", "S/RES/9911 (2061)", "resolution 9911"), 1),
        (("resolution 9911", "Security Council resolution 9912"), 2),
        (("resolution 9911", "Security Council resolution 9911", "General Assembly resolution 9911 (XV)"), 3),
        (("resolution 9911", "resolution 9911"), 1),
    ],
)
def test_a_resolution_without_its_organ_is_the_only_one_of_its_number(names, nodes):
    readings = [reading(f"{at}.txt", ("Resolution", name)) for at, name in enumerate(names)]
    assert len(ids(*readings)) == len(ids(*reversed(readings))) == nodes
