"""What is listed to be decided, and the page that lists it."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.decisions import parse_decisions
from dragoman.gazetteer import load_gazetteer
from dragoman.lexicon import load_lexicon
from dragoman.namekeys import NameKeys
from dragoman.ontology import load_ontology
from dragoman.record import Record, RecordError
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span
from dragoman.review import format_review, write_review
from dragoman.review.items import Item, find_items
from dragoman.vocabulary import BASE
from small_record import write_output

ONTOLOGY = load_ontology()
NAMES = NameKeys(load_gazetteer(ONTOLOGY), load_lexicon(ONTOLOGY), ONTOLOGY)
TEXTS = {
    "a.txt": "Ana Ruiz spoke first. Norland backs the Vale Peace Agreement <b>now</b>.",
    "b.txt": "Later, Ana B. Ruiz answered. The Vale Agreement holds, says Ruiz.",
}
DOCUMENTS = tuple(
    Document(name, text, sha256(text.encode()).hexdigest(), date="2031-05") for name, text in TEXTS.items()
)
ENTITIES = (
    Entity("ana-ruiz", "Person", "Ana Ruiz", ("Ana B. Ruiz",), documents=("a.txt", "b.txt")),
    Entity("norland", "GovernmentBody", "Norland", documents=("a.txt",)),
    Entity("ruiz--b", "Person", "Ruiz", documents=("b.txt",)),
    Entity("vale-agreement", "Agreement", "Vale Agreement", documents=("b.txt",)),
    Entity("vale-peace-agreement", "Agreement", "Vale Peace Agreement", documents=("a.txt",)),
)
QUOTE = Evidence.of(DOCUMENTS[0], Span(22, 58))
CLAIMS = (
    Claim("norland", "supports", "vale-peace-agreement", Modality.ASSERTED, (QUOTE,), "a rule", 0.3),
    Claim("norland", "supports", "ana-ruiz", Modality.ASSERTED, (QUOTE,), "a rule", 0.9),
)
RECORD = Record(DOCUMENTS, ENTITIES, CLAIMS)


def titles(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.kind, item.title) for item in items]


def decisions(*rows: str) -> str:
    return "\n".join(["decision,subject,predicate,object,who,when,why", *(f"{row},AR,2031-05-02,so" for row in rows)])


def test_what_is_doubtful_is_listed_with_its_quotes():
    items = find_items(RECORD, (), NAMES)
    assert titles(items) == [
        ("proposed", "Ana Ruiz · Ruiz"),
        ("proposed", "Vale Agreement · Vale Peace Agreement"),
        ("joined", "Ana Ruiz · Ana B. Ruiz"),
        ("claims", "Norland supports Vale Peace Agreement"),
    ]
    (left, right), (told,) = items[1].parts, items[3].parts
    assert [quote["exact"] for part in (left, right) for quote in part["quotes"]] == [
        "Vale Agreement",
        "Vale Peace Agreement",
    ]
    assert told["quotes"][0]["before"] == "Ana Ruiz spoke first. "
    assert told["quotes"][0]["exact"] == QUOTE.exact


def test_each_answer_is_rows_that_the_build_reads():
    for item in find_items(RECORD, (), NAMES):
        for _, rows in item.answers:
            for row in rows:
                columns = [*row, "who", "when", "why"]
                cells = [*row.values(), "AR", "2031-05-02", "so"]
                text = f"{','.join(columns)}\n" + ",".join(f'"{cell}"' for cell in cells)
                (decision,) = parse_decisions(text, ONTOLOGY, base=BASE)
                assert decision.documents


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("not same,vale-peace-agreement,,vale-agreement", "Vale Agreement · Vale Peace Agreement"),
        ("same,ana-ruiz,,ruiz--b", "Ana Ruiz · Ruiz"),
        ("same,ana-ruiz,,ana-b-ruiz", "Ana Ruiz · Ana B. Ruiz"),
        ("right claim,norland,supports,vale-peace-agreement", "Norland supports Vale Peace Agreement"),
    ],
)
def test_what_is_decided_is_not_listed_again(row, title):
    decided = parse_decisions(decisions(row), ONTOLOGY, base=BASE)
    before, after = (find_items(RECORD, some, NAMES) for some in ((), decided))
    assert {told for _, told in titles(before)} - {told for _, told in titles(after)} == {title}


def test_two_things_of_one_name_are_listed():
    twins = Record(
        DOCUMENTS,
        (
            Entity("vale-watch", "ArmedGroup", "Vale Watch", documents=("a.txt",)),
            Entity("vale-watch-2", "ArmedGroup", "the Vale Watch", ("Vale Watch",), documents=("b.txt",)),
        ),
    )
    kinds = [item.kind for item in find_items(twins, (), NAMES)]
    assert "ambiguous" in kinds


def test_page_holds_what_documents_say_as_data_alone():
    page, counts = format_review(RECORD, parse_decisions(decisions("rename,norland,,N"), ONTOLOGY, base=BASE), NAMES)
    assert page == format_review(RECORD, parse_decisions(decisions("rename,norland,,N"), ONTOLOGY, base=BASE), NAMES)[0]
    assert counts == {"May be one": 2, "Joined by their names": 1, "Doubtful claims": 1}
    assert "<b>now</b>" not in page
    assert "default-src 'none'" in page
    data = json.loads(re.search(r'id="data">(.*?)</script>', page)[1])
    assert data["kept"][0]["decision"] == "rename"
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)


def test_review_of_no_build_is_an_error(tmp_path: Path):
    with pytest.raises(RecordError, match="no such folder"):
        write_review(tmp_path / "none", tmp_path / "review.html")


def test_command_writes_a_page_and_nothing_else(tmp_path: Path):
    out = write_output(tmp_path / "out")
    told = CliRunner().invoke(main, ["review", str(out)])
    assert (told.exit_code, "review.html: " in told.stdout) == (0, True)
    for name, words in (("page.txt", "give a name that ends in .html"), ("gone/page.html", "no such folder")):
        told = CliRunner().invoke(main, ["review", str(out), "-o", str(tmp_path / name)])
        assert (told.exit_code, words in told.stderr, told.stdout) == (2, True, "")
