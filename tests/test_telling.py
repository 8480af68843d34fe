"""An explanation as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dragoman.derivation import Derivation, End, Node, Step
from dragoman.explanation import Explanation, Piece
from dragoman.lexicon import Frame
from dragoman.records import Document, Modality, Span
from dragoman.telling import format_explanation, to_json
from small_record import COOPERATE, ENTITIES, FIRST, MAY_ATTACK, SECOND

BY_ID = {entity.id: entity for entity in ENTITIES}
FRAME = Frame(
    name="cooperatesWith-work",
    predicate="cooperatesWith",
    part="verb",
    subject=("subj",),
    object=("with", "each"),
    object_classes=frozenset({"State", "Actor"}),
    needs=frozenset({"together"}),
    through=True,
    modality=Modality.PLANNED,
    confidence=0.9,
)


def place(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


DERIVATION = Derivation(
    rule="cooperatesWith-work",
    confidence=0.72,
    quote=COOPERATE.evidence[0].span,
    sentence=place(FIRST, "Norland and Sudmark cooperate."),
    subject=End("Norland", Span(34, 41)),
    object=End("Sudmark", place(FIRST, "Sudmark")),
    steps=(Step(0.9, "the frame is right so often"), Step(0.8, "the subject is meant by a pronoun")),
    path=(
        Node(
            "cooperate",
            "VBP",
            "",
            ("word",),
            (Node("Norland", "NNP", "nsubj", ("subject",), (Node("Sudmark", "NNP", "conj", ("object",)),)),),
        ),
    ),
    frame=FRAME,
    words=("cooperate", "work"),
    word=place(FIRST, "cooperate"),
)


def explain(claim=COOPERATE, *pieces: Piece, note: str = "") -> Explanation:
    return Explanation(
        claim=claim,
        iri=f"https://example.org/claim/{claim.id}",
        subject=BY_ID[claim.subject],
        object=BY_ID[claim.object],
        speaker=BY_ID.get(claim.speaker),
        pieces=pieces,
        note=note,
    )


DERIVED = Piece(FIRST, COOPERATE.evidence[0], DERIVATION)
NOTED = Piece(SECOND, COOPERATE.evidence[1], note="a person added this claim; no frame read it")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_text_has_the_claim_the_sentence_the_frame_the_path_and_the_factors():
    told = format_explanation(explain(COOPERATE, DERIVED, note="the surest counts"))
    assert told == (
        f"Norland cooperatesWith Sudmark (asserted)\n"
        f"https://example.org/claim/{COOPERATE.id}\n"
        "confidence 0.95, by verb:cooperate: the surest counts; 1 piece of evidence in 2 documents\n"
        "\n"
        '1. remarks/first.txt, Remarks on "Vale", 2024-03-05, by Ana Ruiz, characters 34-63\n'
        "   [subject: Norland] and [object: Sudmark] [word: cooperate].\n"
        "   subject     “Norland” means Norland (State)\n"
        "   object      “Sudmark” means Sudmark (State)\n"
        "   frame       cooperatesWith-work states cooperatesWith, by the verb cooperate or work\n"
        "               subject at subj\n"
        "               object at with or each, of class Actor or State\n"
        "               only beside together\n"
        "               what is said of a deed is said of its doer\n"
        "               planned by itself\n"
        "   path        cooperate (VBP)  ← word\n"
        "               └─ Norland (NNP, nsubj)  ← subject\n"
        "                  └─ Sudmark (NNP, conj)  ← object\n"
        "   confidence  0.72 = 0.9 × 0.8\n"
        "               0.9   the frame is right so often\n"
        "               0.8   the subject is meant by a pronoun\n"
    )


def test_text_of_what_was_not_derived_shows_the_quote_in_its_context_and_why():
    told = format_explanation(explain(COOPERATE, NOTED))
    assert "   … [Norland and Sudmark cooperate] closely." in told
    assert "   a person added this claim; no frame read it\n" in told
    assert "path" not in told


def test_text_names_date_and_speaker():
    first = format_explanation(explain(MAY_ATTACK)).splitlines()[0]
    assert first == "Red Column attacks Vale (possible, 2024-03, according to Ana Ruiz)"


def test_marks_of_names_within_names_are_nested():
    text = "The Vale Council of Norland met."
    document = replace(FIRST, text=text)
    whole, part = place(document, "Vale Council of Norland"), place(document, "Norland")
    derivation = replace(
        DERIVATION,
        sentence=Span(0, len(text)),
        subject=End("Vale Council of Norland", whole),
        object=End("Norland", part),
        word=place(document, "Vale"),
    )
    told = format_explanation(explain(COOPERATE, replace(DERIVED, document=document, derivation=derivation)))
    assert "   The [subject: [word: Vale] Council of [object: Norland]] met.\n" in told


def test_an_end_without_a_word_and_a_claim_without_a_frame_are_told():
    derivation = replace(
        DERIVATION,
        subject=End(),
        frame=None,
        words=(),
        word=None,
        rule="holdsPost-apposition",
        steps=(Step(0.9, "so"),),
    )
    told = format_explanation(explain(COOPERATE, replace(DERIVED, derivation=derivation)))
    assert "   subject     no word means Norland (State)\n" in told
    assert "   rule        holdsPost-apposition, of what names and titles state by themselves\n" in told
    assert "   confidence  0.72\n" in told
    assert "[subject" not in told


def test_branches_of_a_tree_are_drawn_to_the_last():
    tree = Node(
        "a", "VB", "", (), (Node("b", "NN", "nsubj", (), (Node("c", "NN", "conj"),)), Node("d\ne", "NN", "obj"))
    )
    told = format_explanation(explain(COOPERATE, replace(DERIVED, derivation=replace(DERIVATION, path=(tree,)))))
    assert (
        "   path        a (VB)\n"
        "               ├─ b (NN, nsubj)\n"
        "               │  └─ c (NN, conj)\n"
        "               └─ d e (NN, obj)\n"
    ) in told


def test_what_a_pronoun_means_is_told_with_where_it_was_named():
    derivation = replace(DERIVATION, subject=replace(DERIVATION.subject, named=Span(0, 7)))
    told = format_explanation(explain(COOPERATE, replace(DERIVED, derivation=derivation)))
    assert "“Norland” means Norland (State), named before in “Norland condemned the Red Column. Norland and …”" in flat(
        told
    )
    found = to_json(explain(COOPERATE, replace(DERIVED, derivation=derivation)))["evidence"][0]["derivation"]
    assert found["subject"]["named"] == {"text": "Norland", "start": 0, "end": 7}


def test_the_page_of_the_original_is_told():
    piece = replace(DERIVED, evidence=replace(DERIVED.evidence, page=12, element="paragraph 3"))
    assert "by Ana Ruiz, page 12, paragraph 3, characters 34-63" in flat(format_explanation(explain(COOPERATE, piece)))
    found = to_json(explain(COOPERATE, piece, DERIVED))["evidence"]
    assert [(one["page"], one["element"]) for one in found] == [(12, "paragraph 3"), (None, None)]


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\u2028", "\t"])
def test_a_sentence_is_told_in_one_line_whatever_its_breaks(breaks):
    text = f"Norland and{breaks}Sudmark cooperate."
    derivation = replace(DERIVATION, sentence=Span(0, len(text)), subject=End(), object=End(), word=None)
    document = replace(FIRST, text=text)
    told = format_explanation(explain(COOPERATE, replace(DERIVED, document=document, derivation=derivation)))
    assert "   Norland and Sudmark cooperate.\n" in told


def test_json_holds_all_of_it_with_offsets():
    found = to_json(explain(COOPERATE, DERIVED, NOTED))
    assert json.loads(json.dumps(found)) == found
    assert list(found)[:4] == ["claim", "subject", "property", "object"]
    assert found["subject"] == {"id": "norland", "label": "Norland", "class": "State"}
    assert found["attributedTo"] is None
    first, second = found["evidence"]
    assert (second["note"], second["derivation"]) == (NOTED.note, None)
    derivation = first["derivation"]
    ends = [derivation[end]["words"] for end in ("subject", "object")]
    for told in (derivation["sentence"], derivation["word"], *ends):
        assert FIRST.text[told["start"] : told["end"]] == told["text"]
    assert derivation["frame"]["objectClass"] == ["Actor", "State"]
    assert derivation["frame"]["modality"] == "planned"
    assert derivation["path"][0]["below"][0]["below"][0]["roles"] == ["object"]
    assert [step["factor"] for step in derivation["factors"]] == [0.9, 0.8]


def test_json_has_null_for_what_there_is_not():
    bare = replace(DERIVATION, subject=End(), frame=None, word=None)
    found = to_json(explain(COOPERATE, replace(DERIVED, derivation=bare)))["evidence"][0]["derivation"]
    assert (found["frame"], found["word"]) == (None, None)
    assert found["subject"] == {"words": None, "named": None}


def test_an_explanation_prints_as_its_text():
    explanation = explain(COOPERATE, DERIVED)
    assert str(explanation) == format_explanation(explanation)
    marked = explain(COOPERATE, replace(NOTED, note="<b>"))
    assert marked._repr_html_().startswith("<pre>Norland cooperatesWith Sudmark")
    assert "&lt;b&gt;" in marked._repr_html_()
