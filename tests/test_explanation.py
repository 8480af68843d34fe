"""Why a claim is in a graph: the claim found by its id, its documents read again, its confidence taken apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from math import prod
from pathlib import Path

import pytest

import dragoman
from dragoman.derivation import Node
from dragoman.explanation import BY_HAND, CONFIRMED, NO_TEXT, NOT_AGAIN, Explainer, find_claim
from dragoman.naming import NamingError
from dragoman.ontology import load_ontology
from dragoman.query import to_store
from dragoman.records import Claim
from dragoman.registry import GRAMMAR
from small_record import COOPERATE, RECORD, quads_of

ROOT = Path(__file__).parents[1]
TEXTS = {
    "accra.txt": "Ghana hosted the Keta Summit on 3 May 2031. It condemned the war in Sudan.\n\n"
    "President Ama Osei of Ghana said that Mali and Togo will cooperate with Chad.",
    "lome.txt": "Togo and Mali condemned the war in Sudan. Their support for the Keta Process is firm.",
}


# -- the claim


@pytest.mark.parametrize(
    "spell", [str, str.upper, "claim:{}".format, (RECORD.base + "claim/{}").format, "<x/{}>".format]
)
def test_a_claim_is_found_by_its_id_in_whatever_form(spell):
    assert find_claim(RECORD, spell(COOPERATE.id)) is COOPERATE


def test_a_claim_is_found_by_the_beginning_that_no_other_has():
    first = next(length for length in range(1, 17) if sole(COOPERATE, length))
    assert find_claim(RECORD, COOPERATE.id[:first]) is COOPERATE


def sole(claim: Claim, length: int) -> bool:
    return sum(other.id.startswith(claim.id[:length]) for other in RECORD.claims) == 1


def test_the_beginning_of_several_ids_names_them_all():
    several = replace(RECORD, claims=tuple(_Numbered(COOPERATE, f"ab{at}") for at in range(2)))
    with pytest.raises(
        NamingError, match=r"'ab' may be ab0 \(Norland cooperatesWith Sudmark\), ab1 .*: give more of the"
    ):
        find_claim(several, "ab")


class _Numbered:
    """A claim with an id of ours."""

    def __init__(self, claim: Claim, id_: str) -> None:
        self.subject, self.predicate, self.object, self.id = claim.subject, claim.predicate, claim.object, id_


def test_an_unknown_claim_is_an_error_with_what_comes_near():
    wrong = COOPERATE.id[:-1] + ("0" if COOPERATE.id[-1] != "0" else "1")
    with pytest.raises(
        NamingError, match=rf"no claim '{wrong}' .* did you mean {COOPERATE.id} \(Norland cooperatesWith S"
    ):
        find_claim(RECORD, wrong)
    for nothing in ("zzzz", "", "Norland"):
        with pytest.raises(NamingError, match="a claim's id is sixteen digits of 0-9 and a-f"):
            find_claim(RECORD, nothing)


# -- without reading again


@pytest.fixture(scope="module")
def ontology():
    return load_ontology()


def explain_in(record, claim, ontology):
    return Explainer(record, to_store(quads_of(record)), ontology).explain(claim)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"rule": "decision"}, BY_HAND),
        ({"readers": ("llm",)}, "the reader llm found this; only what frames read can be followed"),
        ({"readers": ("llm", "other")}, "the reader llm and other found this; only what frames read can be followed"),
    ],
)
def test_what_no_frame_read_is_not_looked_for_and_says_why(change, note, ontology):
    claim = replace(COOPERATE, **change)
    found = explain_in(RECORD, claim, ontology)
    assert [piece.note for piece in found.pieces] == [note, note]
    assert all(piece.derivation is None for piece in found.pieces)
    assert found.note == ""


def test_a_document_whose_text_is_not_kept_says_so(ontology):
    bare = replace(RECORD, documents=tuple(replace(document, text="") for document in RECORD.documents))
    found = explain_in(bare, replace(COOPERATE, readers=(GRAMMAR, "llm")), ontology)
    assert {piece.note for piece in found.pieces} == {NO_TEXT}
    assert str(found).count(NO_TEXT[:40]) == 2


def test_an_explanation_has_the_ends_and_the_speaker(ontology):
    claim = next(claim for claim in RECORD.claims if claim.speaker)
    found = explain_in(RECORD, replace(claim, rule="decision"), ontology)
    assert (found.subject.label, found.object.label) == ("Red Column", "Vale")
    assert found.speaker is not None
    assert found.speaker.label == "Ana Ruiz"
    assert found.iri.startswith(RECORD.base + "claim/")


# -- with reading again


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(sources):
    return dragoman.build(sources)


@pytest.fixture(scope="module")
def example():
    return dragoman.build(ROOT / "graphs" / "un-oic" / "documents")


def all_nodes(node: Node) -> list[Node]:
    return [node, *chain.from_iterable(all_nodes(below) for below in node.below)]


@pytest.mark.slow
def test_each_claim_of_the_example_is_derived_again_from_its_sentence(example):
    assert example.claims
    for claim in example.claims:
        found = example.explain(claim)
        assert len(found.pieces) == len(claim.evidence)
        for piece in found.pieces:
            derivation, text = piece.derivation, piece.document.text
            assert derivation is not None, f"{claim} {piece}"
            assert derivation.quote == piece.evidence.span
            assert derivation.sentence.start <= derivation.quote.start
            assert derivation.quote.end <= derivation.sentence.end
            assert round(prod(step.factor for step in derivation.steps), 3) == derivation.confidence
            shown = [role for root in derivation.path for node in all_nodes(root) for role in node.roles]
            for role, end in (("subject", derivation.subject), ("object", derivation.object)):
                assert shown.count(role) == bool(end.span)
                if end.span:
                    assert " ".join(text[end.span.start : end.span.end].split()) == end.words
            if derivation.frame is None:
                assert derivation.words == ()
                assert "word" not in shown
            else:
                assert (derivation.frame.name, derivation.frame.predicate) == (derivation.rule, claim.predicate)
                assert derivation.words
                assert shown.count("word") == 1
        best = max(piece.derivation.confidence for piece in found.pieces)
        assert claim.confidence == best
        assert claim.rule in {piece.derivation.rule for piece in found.pieces if piece.derivation.confidence == best}


def one(built, **ends):
    (claim,) = built.find_claims(**ends)
    (piece,) = built.explain(claim).pieces
    return piece


@pytest.mark.slow
def test_a_name_at_each_end_has_no_deduction(built):
    piece = one(built, subject="Ghana", property="organizes")
    derivation, text = piece.derivation, TEXTS["accra.txt"]
    assert (derivation.subject.words, derivation.object.words) == ("Ghana", "Keta Summit")
    assert text[derivation.word.start : derivation.word.end] == "hosted"
    assert text[derivation.sentence.start : derivation.sentence.end] == "Ghana hosted the Keta Summit on 3 May 2031."
    assert "host" in derivation.words
    (top,) = derivation.path
    assert (top.word, top.roles, top.relation) == ("hosted", ("word",), "")
    assert [(node.word, node.relation, node.roles) for node in top.below] == [
        ("Ghana", "nsubj", ("subject",)),
        ("Summit", "obj", ("object",)),
    ]
    assert [step.factor for step in derivation.steps] == [derivation.frame.confidence]


@pytest.mark.slow
def test_a_pronoun_costs_what_it_is_told_to_cost(built):
    derivation = one(built, subject="Ghana", property="criticizes").derivation
    assert derivation.subject.words == "It"
    named = derivation.subject.named
    assert TEXTS["accra.txt"][named.start : named.end] == "Ghana"
    assert derivation.object.named is None
    frame, pronoun = derivation.steps
    assert pronoun.because == "the subject is meant by a pronoun"
    assert derivation.confidence == round(frame.factor * pronoun.factor, 3) < frame.factor


@pytest.mark.slow
def test_ends_of_a_symmetric_property_are_those_of_the_claim_whatever_their_order(built):
    for claim in built.find_claims(property="cooperatesWith"):
        (piece,) = built.explain(claim).pieces
        told = piece.derivation.subject.words, piece.derivation.object.words
        assert told == (built.entity(claim.subject).label, built.entity(claim.object).label)


@pytest.mark.slow
def test_what_a_title_states_is_told_without_a_frame(built):
    derivation = one(built, subject="Ama Osei", property="holdsPost").derivation
    assert derivation.frame is None
    assert derivation.rule.startswith("holdsPost")
    assert [step.factor for step in derivation.steps] == [derivation.confidence]
    assert "names and titles" in derivation.steps[0].because


@pytest.mark.slow
def test_members_of_a_coordination_share_a_quote_and_are_told_apart(built):
    words = set()
    for subject in ("Togo", "Mali"):
        piece = next(
            piece
            for claim in built.find_claims(subject=subject, property="criticizes")
            for piece in built.explain(claim).pieces
        )
        words.add(piece.derivation.subject.words)
    assert words == {"Togo", "Mali"}


@pytest.mark.slow
def test_a_claim_that_the_rules_do_not_give_says_so(built):
    claim = built.find_claims(subject="Ghana", property="organizes")[0]
    for other in (replace(claim, date="1999"), replace(claim, predicate="attacks"), replace(claim, speaker="mali")):
        (piece,) = built.explain(other).pieces
        assert (piece.derivation, piece.note) == (None, NOT_AGAIN)
    rounded = built.explain(replace(claim, confidence=round(claim.confidence - 0.004, 3)))
    assert rounded.note == ""
    changed = built.explain(replace(claim, confidence=0.123))
    assert changed.note.endswith("the one that built the graph gave 0.123; build the graph again")


@pytest.mark.slow
def test_a_claim_that_a_person_confirmed_or_added_says_so(sources, tmp_path):
    table = tmp_path / "decisions.csv"
    table.write_text(
        "decision,subject,predicate,object,document,quote,who,when,why\n"
        "right claim,ghana,organizes,keta-summit,accra.txt,,AO,2031-06-01,checked\n"
        "added claim,ghana,supports,chad,accra.txt,Ghana hosted,AO,2031-06-01,said elsewhere\n",
        encoding="utf-8",
    )
    built = dragoman.build(sources, decisions=table)
    confirmed = built.explain(built.find_claims(subject="Ghana", property="organizes")[0])
    assert (confirmed.claim.confidence, confirmed.note) == (1.0, CONFIRMED)
    assert confirmed.pieces[0].derivation.confidence < 1
    (piece,) = built.explain(built.find_claims(subject="Ghana", property="supports")[0]).pieces
    assert (piece.derivation, piece.note) == (None, BY_HAND)


@pytest.mark.slow
def test_a_frame_of_the_users_own_is_told_in_memory_and_from_the_folder(tmp_path):
    words = tmp_path / "mine.ttl"
    words.write_text(
        "@prefix dgm: <https://w3id.org/dragoman/ontology#> .\n@prefix lex: <https://w3id.org/dragoman/lexicon#> .\n"
        'lex:supports-serenade lex:states dgm:supports ; lex:verb "serenade" ; lex:confidence 0.66 .\n',
        encoding="utf-8",
    )
    source = tmp_path / "note.txt"
    source.write_text("Ghana serenaded Mali in Bamako yesterday.", encoding="utf-8")
    fresh = dragoman.build(source, tmp_path / "out", ontology_files=[words])
    for built in (fresh, dragoman.open(tmp_path / "out")):
        derivation = one(built, subject="Ghana", property="supports").derivation
        assert (derivation.rule, derivation.words, derivation.confidence) == ("supports-serenade", ("serenade",), 0.66)
