"""The table of decisions, read and applied."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from dragoman.decisions import COLUMNS, Decision, DecisionError, Kind, parse_decisions, read_decisions, to_row
from dragoman.gazetteer import load_gazetteer
from dragoman.identity import Joined, join_readings
from dragoman.lexicon import load_lexicon
from dragoman.namekeys import NameKeys
from dragoman.ontology import load_ontology
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Span
from dragoman.rulings import RULE, Decided, apply_decisions
from dragoman.vocabulary import BASE

ONTOLOGY = load_ontology()
KNOWN = {"gazetteer": load_gazetteer(ONTOLOGY), "lexicon": load_lexicon(ONTOLOGY), "ontology": ONTOLOGY}
NAMES = NameKeys(**KNOWN)
WHO = "who,when,why"
END = "AR,2031-05-02,checked"
TEXT = "Norland condemned the Red Column.\nSudmark backs the Vale   Plan of Norland."


def parse(*rows: str, header: str = "decision,subject,object") -> tuple[Decision, ...]:
    lines = [f"{header},{WHO}", *(f"{row},{END}" for row in rows)]
    return parse_decisions("\n".join(lines), ONTOLOGY, base=BASE, where="d.csv")


CLAIM = "decision,subject,predicate,object,modality,document,quote"


def reading(name: str, *entities: tuple[str, ...], claims: tuple[LocalClaim, ...] = ()) -> Reading:
    found = tuple(LocalEntity(cls, tuple(names), "", (Span(0, 1),)) for cls, *names in entities)
    return Reading(Document(name, TEXT, sha256(name.encode()).hexdigest()), found, claims)


def claim(subject: int, predicate: str, object_: int, modality: Modality = Modality.ASSERTED) -> LocalClaim:
    return LocalClaim(subject, predicate, object_, modality, Span(0, 33), "a rule", 0.5)


READINGS = (
    reading(
        "a.txt",
        ("GovernmentBody", "Ministry of Norland"),
        ("ArmedGroup", "Red Column"),
        ("Person", "Ana Ruiz"),
        claims=(claim(0, "criticizes", 1), claim(2, "supports", 1)),
    ),
    reading("b.txt", ("ArmedGroup", "Red Column"), ("Person", "Ana B. Ruiz"), claims=(claim(1, "supports", 0),)),
    reading("c.txt", ("ArmedGroup", "Rose Column"), ("Person", "Ana Ruiz"), ("Plan", "Vale Plan")),
)
JOINED = join_readings(READINGS, **KNOWN, names=NAMES)


def decide(*decisions: Decision) -> Decided:
    return apply_decisions(decisions, JOINED, READINGS, gazetteer=KNOWN["gazetteer"], ontology=ONTOLOGY)


def ids(joined: Joined) -> list[str]:
    return [entity.id for entity in joined.entities]


def stated(joined: Joined) -> list[tuple[str, ...]]:
    return sorted((c.subject, c.predicate, c.object, c.modality.value, *c.documents) for c in joined.claims)


def test_undecided_is_what_the_decisions_below_are_about():
    assert ids(JOINED) == ["ana-ruiz", "ministry-of-norland", "red-column", "rose-column", "vale-plan"]
    assert stated(JOINED) == [
        ("ana-ruiz", "supports", "red-column", "asserted", "a.txt", "b.txt"),
        ("ministry-of-norland", "criticizes", "red-column", "asserted", "a.txt"),
    ]
    assert decide() == (JOINED, [])


def test_same_makes_one_of_two_with_the_names_and_documents_of_both():
    joined, lapsed = decide(*parse("same,red-column,rose-column"))
    entity = {entity.id: entity for entity in joined.entities}["red-column"]
    assert (entity.names, entity.documents) == (("Rose Column",), ("a.txt", "b.txt", "c.txt"))
    assert "rose-column" not in ids(joined)
    assert lapsed == []
    assert joined.ids["c.txt"][0] == "red-column"


@pytest.mark.parametrize("pair", ["ana-ruiz,ana-b-ruiz", "Ana Ruiz,Ana B. Ruiz", f"{BASE}ana-ruiz,id:ana-b-ruiz"])
def test_not_same_sets_a_name_apart_with_its_claims(pair):
    joined, _ = decide(*parse(f"not same,{pair}"))
    assert ids(joined)[:2] == ["ana-b-ruiz", "ana-ruiz"]
    assert ("ana-b-ruiz", "supports", "red-column", "asserted", "b.txt") in stated(joined)
    assert ("ana-ruiz", "supports", "red-column", "asserted", "a.txt") in stated(joined)


def test_not_same_of_two_that_are_apart_changes_nothing():
    assert decide(*parse("not same,red-column,rose-column")) == (JOINED, [])


def test_rename_keeps_the_id_and_the_old_name():
    joined, _ = decide(*parse("rename,red-column,Red Column of Vale"))
    entity = {entity.id: entity for entity in joined.entities}["red-column"]
    assert (entity.label, entity.names) == ("Red Column of Vale", ("Red Column",))


def test_class_changes_and_claims_that_it_does_not_admit_are_refused():
    joined, _ = decide(*parse("class,red-column,dgm:Place"))
    assert {entity.id: entity.cls for entity in joined.entities}["red-column"] == "Place"
    assert [claim.predicate for claim, _ in joined.refused] == ["criticizes"]


def test_wrong_claim_takes_it_out():
    joined, _ = decide(*parse("wrong claim,ministry-of-norland,criticizes,red-column,,,", header=CLAIM))
    assert [claim.predicate for claim in joined.claims] == ["supports"]


def test_wrong_claim_of_one_document_leaves_the_others():
    joined, _ = decide(*parse("wrong claim,ana-ruiz,supports,red-column,,b.txt,", header=CLAIM))
    assert ("ana-ruiz", "supports", "red-column", "asserted", "a.txt") in stated(joined)


def test_wrong_claim_of_other_words_is_not_meant():
    (note,) = decide(*parse("wrong claim,ana-ruiz,supports,red-column,,b.txt,other words", header=CLAIM)).lapsed
    assert note.reason == (
        "line 2 no longer applies (wrong claim ana-ruiz): no claim says ana-ruiz supports red-column"
    )


def test_right_claim_is_sure():
    joined, _ = decide(*parse("right claim,ana-ruiz,supports,red-column,asserted,,", header=CLAIM))
    assert sorted(claim.confidence for claim in joined.claims) == [0.5, 1.0]


def test_added_claim_stands_with_its_quote_whatever_its_blanks():
    row = "added claim,rose-column,supports,vale-plan,planned,c.txt,backs the Vale Plan"
    joined, _ = decide(*parse(row, header=CLAIM))
    (new,) = [claim for claim in joined.claims if claim.rule == RULE]
    assert (new.subject, new.object, new.modality, new.confidence) == ("rose-column", "vale-plan", "planned", 1.0)
    assert [(piece.exact, piece.document) for piece in new.evidence] == [("backs the Vale   Plan", "c.txt")]


def test_added_claim_may_be_of_a_known_thing_that_no_reading_finds():
    joined, _ = decide(*parse("added claim,sudan,supports,vale-plan,,a.txt,Norland condemned", header=CLAIM))
    sudan = {entity.id: entity for entity in joined.entities}["sudan"]
    assert (sudan.cls, sudan.code, sudan.documents) == ("State", "SDN", ("a.txt",))
    assert {entity.id: entity for entity in joined.entities}["vale-plan"].documents == ("a.txt", "c.txt")


def test_added_claim_may_name_something_new_with_its_class():
    row = "added claim,Free Vale Front (ArmedGroup),supports,vale-plan,,c.txt,backs the Vale Plan"
    joined, _ = decide(*parse(row, header=CLAIM))
    new = {entity.id: entity for entity in joined.entities}["free-vale-front"]
    assert (new.cls, new.label, new.documents) == ("ArmedGroup", "Free Vale Front", ("c.txt",))
    assert ("free-vale-front", "supports", "vale-plan", "asserted", "c.txt") in stated(joined)
    (decision,) = parse(row, header=CLAIM)
    assert to_row(decision)["subject"] == "Free Vale Front (ArmedGroup)"
    again, _ = decide(*parse(row, row.replace("supports", "opposes"), header=CLAIM))
    assert len(again.entities) == len(joined.entities)


def test_added_claim_of_something_unknown_says_how_to_add_it():
    row = "added claim,Free Vale Front,supports,vale-plan,,c.txt,backs the Vale Plan"
    (note,) = decide(*parse(row, header=CLAIM)).lapsed
    assert "nothing in the graph is free-vale-front; to add it, give its name with its class in brackets" in note.reason


def test_what_is_there_already_keeps_its_class():
    row = "added claim,Rose Column (Coalition),supports,vale-plan,,c.txt,backs the Vale Plan"
    joined, _ = decide(*parse(row, header=CLAIM))
    assert [entity.cls for entity in joined.entities if "Rose" in entity.label] == ["ArmedGroup"]


def test_decisions_apply_whatever_the_order_of_their_rows():
    rows = ["rename,rose-column,Rose", "same,red-column,rose-column", "not same,ana-ruiz,ana-b-ruiz"]
    joined, _ = decide(*parse(*rows))
    assert decide(*parse(*reversed(rows))).joined == joined
    assert {entity.label for entity in joined.entities} >= {"Rose", "Ana B. Ruiz"}


def test_decision_that_names_its_documents_may_lapse():
    header = "decision,subject,object,predicate,document,quote"
    rows = ["same,red-column,gone,,z.txt,", "added claim,sudan,vale-plan,supports,z.txt,words"]
    joined, lapsed = decide(*parse(*rows, header=header))
    assert joined == JOINED
    assert [(note.name, note.reason) for note in lapsed] == [
        (
            "decisions.csv",
            "line 2 no longer applies (same red-column): nothing in the graph is gone",
        ),
        ("decisions.csv", "line 3 no longer applies (added claim sudan): z.txt is not among the documents"),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "same,red-column,,red-colum,,,",
            r"^d\.csv:2: nothing in the graph is red-colum; did you mean red-column\?; corr",
        ),
        ("wrong claim,ana-ruiz,criticizes,red-column,,,", r"^d\.csv:2: no claim says ana-ruiz criticizes red-column;"),
        ("added claim,ana-ruiz,supports,vale-plan,,a.txt,never said", r"^d\.csv:2: a\.txt does not hold the quote “ne"),
        ("added claim,vale-plan,criticizes,ana-ruiz,,a.txt,Norland", r"^d\.csv:2: criticizes cannot join vale-plan"),
    ],
)
def test_decision_that_must_apply_and_does_not_is_an_error(row, message):
    with pytest.raises(DecisionError, match=message):
        decide(*parse(row, header=CLAIM))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["sam,a,b"], r"d\.csv:2: no decision 'sam'; did you mean 'same'\?"),
        (["same,a,"], r"d\.csv:2: same needs object; fill it in"),
        (["same,a,a"], r"d\.csv:2: a stands at both ends; name two things"),
        (["class,a,Stat"], r"d\.csv:2: no class 'Stat'; did you mean 'State'\?"),
        (["same,a,https://example.org/b"], r"d\.csv:2: <https://example\.org/b> is no IRI of this graph"),
        (["same,a,b", "not same,b,a"], r"d\.csv:3: b and a are the same by line 2, and not by this; drop one"),
        (["same,a,b", "same,b,c", "not same,a,c"], r"d\.csv:4: a and c are the same by line 2, 3"),
        (["same,a,b", "same,b,c", "same,c,a"], r"d\.csv:4: a becomes c, which becomes a \(line 3, 2\); drop one"),
        (["rename,a,B", "rename,a,C"], r"d\.csv:3: rename 'C', but 'B' on line 2; drop one"),
        (["right claim,a,b"], r"d\.csv:2: right claim needs predicate; fill it in"),
        (['same,a,"b'], r"d\.csv:2: is no table: .*look for a quotation mark"),
        (["same,a,b,c,d"], r"d\.csv:2: has 8 cells for 6 columns"),
    ],
)
def test_faulty_rows_name_file_and_line_and_what_to_do(rows, message):
    with pytest.raises(DecisionError, match=message):
        parse(*rows)


def test_claim_is_not_right_and_wrong():
    rows = ["right claim,a,supports,b,,,", "wrong claim,a,supports,b,,,"]
    with pytest.raises(DecisionError, match=r"d\.csv:3: this wrong claim is the right claim of line 2; drop one"):
        parse(*rows, header=CLAIM)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("subject,object\na,b", r"d\.csv:1: a table of decisions needs each column once, decision and subject among"),
        ("decision,subject,thing\n", r"d\.csv:1: a table of decisions has no column 'thing'; its columns are decision"),
        (
            "decision,subject,object,who,when,why\nsame,a,b,x,yesterday,y",
            r"d\.csv:2: when 'yesterday' is not YYYY-MM-DD",
        ),
        ("decision,subject,object,who,when,why\nsame,a,b,,,\n", r"d\.csv:2: same needs who, when, why; fill them in"),
    ],
)
def test_faulty_tables_name_the_line(text, message):
    with pytest.raises(DecisionError, match=message):
        parse_decisions(text, ONTOLOGY, base=BASE, where="d.csv")


def test_tables_of_every_spreadsheet_are_read(tmp_path: Path):
    plain = f'# ours\ndecision,subject,object,{WHO}\n\nsame,a,"B, C",AR,2031-05-02,\'=why\n'
    expected = parse_decisions(plain, ONTOLOGY, base=BASE)
    assert (expected[0].kind, expected[0].object, expected[0].why) == (Kind.SAME, "b-c", "=why")
    for delimiter, ending, encoding in ((";", "\r\n", "utf-8-sig"), ("\t", "\n", "utf-8")):
        path = tmp_path / "decisions.csv"
        text = plain.replace('"B, C"', "B C").replace(",", delimiter).replace("\n", ending)
        path.write_bytes(text.encode(encoding))
        (found,) = read_decisions(path, ONTOLOGY, base=BASE)
        assert (found.subject, found.object, found.when) == ("a", "b-c", "2031-05-02")
    assert parse_decisions("", ONTOLOGY, base=BASE) == ()
    assert set(COLUMNS) >= {"who", "when", "why", "quote"}


def test_table_that_is_no_text_or_missing_is_told(tmp_path: Path):
    path = tmp_path / "d.csv"
    with pytest.raises(DecisionError, match=r"d\.csv: cannot be read: No such file"):
        read_decisions(path, ONTOLOGY, base=BASE)
    path.write_bytes(b"decision,subject\n\xff\xfe")
    with pytest.raises(DecisionError, match=r"d\.csv:2: is not UTF-8 text; save the table as CSV in UTF-8"):
        read_decisions(path, ONTOLOGY, base=BASE)
