"""Names in one spelling, by the rules of ``ontology/identity.ttl``."""

import pytest

from dragoman.spelling import load_spelling


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("United Nations", []),
        ("United Nations Charter", ["UN Charter"]),
        ("Charter of the United Nations", ["Charter of the UN"]),
        ("UN Women", ["United Nations Women"]),
        ("UNICEF", []),
    ],
)
def test_a_known_name_has_the_variants_that_texts_write(name, variants):
    assert list(load_spelling().variants(name)) == [name, *variants]


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("organisation", "organization"),
        ("programmes", "programs"),
        ("defence", "defense"),
        ("harbour", "harbor"),
        ("our", "our"),
    ],
)
def test_words_of_known_names_have_one_spelling(word, known):
    assert load_spelling().respell_known(word) == known


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("the h e mr berg", "berg"),
        ("the", "the"),
        ("h e", "h e"),
        ("the organisation s programs", "organization s programme"),
        ("u n programme", "un programme"),
        ("the united nations", "un"),
    ],
)
def test_names_of_a_graph_and_of_a_reference_are_compared_without_what_may_be_left_out(name, compared):
    assert load_spelling().respell_compared(name) == compared
