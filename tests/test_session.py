"""What a person asks of a build in Python: names in any spelling, claims by their ends, answers that show as text."""

from __future__ import annotations

import pytest

from dragoman.naming import NamingError
from dragoman.query import run_query, to_store
from dragoman.questions import QuestionError
from dragoman.session import Asking, Claims
from question_record import RECORD
from small_record import quads_of, trap_record


class Built(Asking):
    """A build, as far as asking goes."""

    def __init__(self, record) -> None:
        self.record, self._store = record, to_store(quads_of(record))


BUILT = Built(RECORD)


@pytest.mark.parametrize("name", ["RU", "river union", "river-union", "The River Union", RECORD.base + "river-union"])
def test_an_entity_is_found_by_each_of_its_names(name):
    assert BUILT.entity(name).id == "river-union"


def test_a_name_that_means_nothing_or_much_is_told():
    with pytest.raises(NamingError, match=r"no entity 'Norlend' .* did you mean Norland"):
        BUILT.entity("Norlend")
    with pytest.raises(NamingError, match=r"may mean Lake Charter .* Lake Summit"):
        BUILT.entity("lake")
    with pytest.raises(NamingError, match="no modality 'assert'"):
        BUILT.find_claims(modality="assert")


def test_claims_are_found_by_their_ends():
    found = BUILT.find_claims(subject="Norland", property="criticizes")
    assert sorted(claim.modality for claim in found) == ["asserted", "negated"]
    assert BUILT.find_claims(subject="Norland", property="criticizes", modality="negated") == tuple(
        claim for claim in found if claim.modality == "negated"
    )
    assert [claim.object for claim in BUILT.find_claims(speaker="Bo Tan")] == ["truce"]
    assert BUILT.find_claims() == RECORD.claims
    assert BUILT.find_claims(object="secretary", subject="Norland") == ()


def test_an_answer_goes_row_by_row_and_is_true_where_something_is_found():
    states = BUILT.ask("entities", class_="State")
    assert list(states) == states.records()
    assert "Norland" in [row["label"] for row in states]
    assert states
    assert not run_query(BUILT._store, "SELECT ?x { ?x dgm:signs id:nobody }")
    assert run_query(BUILT._store, "ASK { id:norland a dgm:State }")
    assert not run_query(BUILT._store, "ASK { id:norland a dgm:Person }")


def test_an_answer_that_found_nothing_shows_why():
    answer = run_query(BUILT._store, "SELECT ?x { ?x a dgm:Sate }")
    assert repr(answer) == "<0 rows of x; no class dgm:Sate; did you mean dgm:State?>"
    assert "<p>0 rows; no class dgm:Sate" in answer._repr_html_()


def test_a_question_is_asked_by_name():
    answer = BUILT.ask("who-mediates", conflict="war in vale")
    assert answer.records() == [
        {
            "who": "River Union",
            "what": "war in Vale",
            "how": "asserted",
            "date": "2023-05-01",
            "quote": "The River Union mediates in the war in Vale",
            "document": "First report",
        }
    ]
    with pytest.raises(QuestionError, match="no question 'who-mediate'; did you mean who-mediates"):
        BUILT.ask("who-mediate")
    with pytest.raises(QuestionError, match="no parameter conflikt; did you mean conflict"):
        BUILT.ask("who-mediates", conflikt="x")


def test_records_hold_python_s_numbers_and_truths():
    query = "SELECT ?n ?d ?t ?i ?u { VALUES (?n ?d ?t ?i ?u) { (1 2.5 true id:norland UNDEF) } }"
    assert run_query(BUILT._store, query).records() == [
        {"n": 1, "d": 2.5, "t": True, "i": f"{RECORD.base}norland", "u": None}
    ]
    assert run_query(BUILT._store, "ASK { ?x a dgm:State }").records() == [{"answer": True}]


def test_a_frame_has_a_column_for_each_variable():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = run_query(BUILT._store, "SELECT ?x ?y { ?x a dgm:Nothing ; dgm:degree ?y }").frame()
    assert (list(frame.columns), len(frame)) == (["x", "y"], 0)
    degrees = run_query(BUILT._store, "SELECT ?degree { ?x dgm:degree ?degree } ORDER BY ?degree").frame()
    assert pandas.api.types.is_float_dtype(degrees["degree"])


def test_a_notebook_shows_hostile_words_as_text():
    built = Built(trap_record())
    shown = [
        built._repr_html_(),
        built.find_claims()._repr_html_(),
        run_query(built._store, "SELECT * { ?s ?p ?o }")._repr_html_(),
        run_query(built._store, "ASK {}")._repr_html_(),
    ]
    assert all("<script" not in page for page in shown)
    assert "&lt;script&gt;" in shown[1] + shown[2]
    assert shown[3] == "<p>true</p>"
    assert "<b>1</b> claims" in shown[0]


def test_a_notebook_shows_a_hundred_claims():
    many = Claims(RECORD.claims * 9)
    assert many._repr_html_().count("<tr>") == 101
    assert f"{len(many) - 100} more" in many._repr_html_()


def test_a_prompt_shows_how_much_there_is_and_not_all_of_it():
    shown = [
        repr(BUILT),
        repr(BUILT.find_claims(subject="Ana Ruiz")),
        repr(run_query(BUILT._store, "SELECT ?x { VALUES ?x { 1 } }")),
        repr(run_query(BUILT._store, "ASK {}")),
    ]
    assert shown[0].startswith(f"<graph of {len(RECORD.documents)} documents, ")
    assert shown[1:] == ["<1 claim>", "<1 row of x>", "<true>"]
