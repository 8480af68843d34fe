"""Known names in running text; the small names are made up, the others ship."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.gazetteer import fold, load_gazetteer, split_words
from dragoman.ontology import OntologyError

PREFIXES = """
@prefix dgm: <https://w3id.org/dragoman/ontology#> .
@prefix id: <https://w3id.org/dragoman/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
NAMES = """
id:norland a dgm:State ; skos:prefLabel "Norland" ; skos:altLabel "Republic of Norland" ;
    dgm:acronym "NLD" ; dgm:adjective "Norlandic" ; dgm:people "Norlanders" ; dgm:capital "Norhaven" .
id:lake-council a dgm:OrganizationBody ; skos:prefLabel "United Nations Lake Council" ;
    dcterms:isPartOf id:united-nations .
id:lake-programme a dgm:Programme ; skos:prefLabel "Lake Organisation Programme" .
id:tide a dgm:ThematicIssue ; skos:prefLabel "rising tide" .
id:shore-a a dgm:Place ; skos:prefLabel "Twinshore" .
id:shore-b a dgm:Place ; skos:prefLabel "Twinshore" .
"""


@pytest.fixture(scope="module")
def small(ontology, tmp_path_factory):
    path = tmp_path_factory.mktemp("names") / "small.ttl"
    path.write_text(PREFIXES + NAMES)
    return load_gazetteer(ontology, path)


def found(gazetteer, text):
    return [(match.thing.id, match.sense) for match in gazetteer.find(split_words(text.split()))]


@pytest.mark.parametrize(
    ("text", "id_", "sense"),
    [
        ("Norland voted", "norland", "name"),
        ("the Republic of Norland voted", "norland", "name"),
        ("NORLAND VOTED", "norland", "name"),
        ("Nórland voted", "norland", "name"),
        ("the NLD voted", "norland", "name"),
        ("the N.L.D. voted", "norland", "name"),
        ("Norlandic votes", "norland", "adjective"),
        ("the Norlanders voted", "norland", "people"),
        ("Norhaven voted", "norland", "capital"),
        ("the United Nations Lake Council voted", "lake-council", "name"),
        ("the UN Lake Council voted", "lake-council", "name"),
        ("the U.N. Lake Council voted", "lake-council", "name"),
        ("the Lake Organization Program began", "lake-programme", "name"),
        ("a rising tide", "tide", "name"),
        ("Rising tide and wind", "tide", "name"),
    ],
)
def test_find_knows_a_name_in_any_spelling(small, text, id_, sense):
    assert found(small, text) == [(id_, sense)]


@pytest.mark.parametrize("text", ["norland voted", "the nld voted", "the Nld voted", "Norlandia voted", "Lake Council"])
def test_find_asks_for_capitals_and_whole_words(small, text):
    assert found(small, text) == []


def test_find_takes_the_longest_name_and_find_inside_those_within(small):
    words = split_words(["the", "UN", "Lake", "Council", "and", "the", "UN"])
    longest, after = small.find(words)
    assert ((longest.start, longest.end), after.thing.id) == ((1, 4), "united-nations")
    assert [match.thing.id for match in small.find_inside(words, longest)] == ["united-nations"]


def test_find_gives_no_id_to_a_name_that_two_things_of_a_class_bear(small):
    assert found(small, "Twinshore lies there") == [("", "name")]


def test_find_keeps_apart_what_capitals_tell_apart(gazetteer):
    assert [id_ for id_, _ in found(gazetteer, "Turkey and Türkiye")] == ["turkiye", "turkiye"]
    assert found(gazetteer, "they ate turkey") == []


def test_capitals_stand_for_their_states(small):
    assert small.capitals[fold("Norhaven")] == "norland"


def test_all_names_begin_with_the_label(small):
    assert small.things["norland"].all_names == ("Norland", "Republic of Norland", "NLD")
    assert small.things["lake-council"].belongs_to == "united-nations"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Côte", "cote"),
        ("organised", "organized"),
        ("programmes", "programs"),
        ("Centre", "center"),
        ("Labour", "labor"),
    ],
)
def test_fold_makes_spellings_equal(first, second):
    assert fold(first) == fold(second)


@pytest.mark.parametrize(
    ("token", "keys"),
    [("U.S.", ["us"]), ("Al-Shabaab", ["al", "shabaab"]), ("&", ["and"]), ("’", []), ("(2015)", ["(", "2015", ")"])],
)
def test_split_words_leaves_silent_marks_out(token, keys):
    assert [word.key for word in split_words([token])] == keys


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('id:x a dgm:Wizard ; skos:prefLabel "X" .', r"id/x has the classes \['Wizard'\]"),
        ('id:x skos:prefLabel "X" .', r"id/x has the classes \[\]"),
        ('id:x a dgm:State, dgm:Place ; skos:prefLabel "X" .', "an entry has one of the ontology's"),
        ("id:x a dgm:State", "small.ttl"),
    ],
)
def test_load_gazetteer_says_which_entry_is_wrong(ontology, tmp_path, entry, message):
    path = tmp_path / "small.ttl"
    path.write_text(PREFIXES + entry)
    with pytest.raises(OntologyError, match=message):
        load_gazetteer(ontology, path)


PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["United", "Nations", "UN", "Security", "Council", "of", "the", "Republic", "U.S.", "-", "’s", "Twinshore"]
    ),
)


@settings(max_examples=200, deadline=None)
@given(tokens=st.lists(PIECES, max_size=12))
def test_find_stays_within_any_text(gazetteer, tokens):
    words = split_words(tokens)
    assert all(0 <= word.token < len(tokens) and word.text in tokens[word.token].replace(".", "") for word in words)
    reach = 0
    for match in gazetteer.find(words):
        assert reach <= match.start < match.end <= len(tokens)
        reach = match.end
        for inner in gazetteer.find_inside(words, match):
            assert match.start <= inner.start < inner.end <= match.end


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20))
def test_fold_of_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
