"""Documents that repeat one another count as one source; others count each."""

from __future__ import annotations

from dataclasses import replace

import pytest

import dragoman
from dragoman.independence import Repeat, with_repeats
from dragoman.ontology import load_ontology
from dragoman.records import Claim, Document, Entity, Evidence, Modality, Span

ONTOLOGY = load_ontology()
ENTITIES = (
    Entity("ana-ruiz", "Person", "Ana Ruiz", ("Ruiz",)),
    Entity("norland", "State", "Norland", ("Kingdom of Norland",)),
    Entity("sudmark", "State", "Sudmark"),
    Entity("news-desk", "CivilSocietyOrganization", "News Desk"),
)
LONG = (
    "The delegates met in the old harbour hall after three days of rain. Most of them had walked from the station, "
    "and nobody expected that the talks would last until the morning. Norland condemned what Sudmark had done to the "
    "fishing boats, and asked that the nets be given back before the season ends."
)
OTHER = (
    "Winter came early to the coast this year, so that ferries were late and the markets half empty. In a short note "
    "Norland condemned Sudmark. Nothing else was said about the boats, whose owners wait for an answer from the court."
)


def document(name: str, text: str = OTHER, *, date: str = "", author: str = "") -> Document:
    return Document(name, text, "0" * 64, date=date, author=author)


def claim(
    quotes: dict[str, str], *, speaker: str = "", predicate: str = "criticizes", subject: str = "norland"
) -> Claim:
    evidence = tuple(Evidence(name, Span(0, len(quote)), quote, "", "") for name, quote in quotes.items())
    return Claim(subject, predicate, "sudmark", Modality.ASSERTED, evidence, "a rule", 0.5, speaker=speaker)


def count(found: Claim, *documents: Document) -> tuple[int, list[Repeat]]:
    """How many sources the claim has, and which documents share one; the same in whatever order they are given."""
    (counted,), repeats = with_repeats([found], ENTITIES, documents, ONTOLOGY)
    (again,), also = with_repeats([found], ENTITIES[::-1], documents[::-1], ONTOLOGY)
    assert (counted, repeats) == (again, also)
    return counted.corroboration, list(repeats)


def test_documents_in_their_own_words_count_each():
    told = claim({"a.txt": "Norland condemned what Sudmark had done", "b.txt": "Norland condemned Sudmark"})
    assert count(told, document("a.txt", LONG), document("b.txt")) == (2, [])


@pytest.mark.parametrize(
    "copy",
    [LONG, LONG.upper().capitalize().lower(), LONG.replace(" ", "\n"), f"{OTHER} {LONG} {OTHER}", LONG[:200]],
    ids=["whole", "case", "lines", "within another", "begun"],
)
def test_a_copy_is_no_second_source(copy):
    told = claim({"a.txt": "Norland", "b.txt": "Norland"})
    assert count(told, document("a.txt", LONG), document("b.txt", copy)) == (1, [Repeat("a.txt", "b.txt", "copy")])


def test_copies_of_few_words_are_told_too():
    told = claim({"a.txt": "Norland", "b.txt": "Norland"})
    short = document("a.txt", "Norland condemned Sudmark."), document("b.txt", "Norland  condemned\nSudmark.")
    assert count(told, *short)[0] == 1


def test_texts_without_a_run_of_words_are_copies_where_they_are_the_same_to_the_end():
    names = " ".join(f"Harbour{number}" for number in range(50))
    told = claim({"a.txt": "Norland condemned Sudmark", "b.txt": "Norland condemned Sudmark"})
    same = count(told, document("a.txt", f"{names} North"), document("b.txt", f"{names}\n North"))
    assert same == (1, [Repeat("a.txt", "b.txt", "copy")])
    other = count(told, document("a.txt", f"{names} North"), document("b.txt", f"{names} South"))
    assert other == (2, [])


def test_the_first_of_many_copies_is_the_one_that_counts_and_pairs_grow_with_the_documents_alone():
    names = [f"{number:03}.txt" for number in range(120)]
    told = claim(dict.fromkeys(names, "Norland"))
    sources, repeats = count(
        told, *(document(name, LONG, date=f"2024-01-{30 - at % 30:02}") for at, name in enumerate(names))
    )
    assert sources == 1
    assert {repeat.first for repeat in repeats} >= {"029.txt"}
    assert len(repeats) < 2 * len(names)


def test_the_same_words_for_the_claim_are_one_source_of_it():
    words = "Norland condemned what had been done to the fishing boats of the old harbour"
    told = claim({"a.txt": words, "b.txt": f"It is said that {words.lower()}."})
    first, second = (
        document("a.txt", f"{words}. {OTHER[:100]}"),
        document("b.txt", f"{LONG} It is said that {words.lower()}."),
    )
    assert count(told, first, second) == (1, [Repeat("a.txt", "b.txt", "quotation")])


def test_words_that_stand_elsewhere_in_the_other_document_are_a_quotation():
    words = "we cannot accept what has been done to the fishing boats and to those who live by them"
    told = claim({"a.txt": "Norland condemned Sudmark", "b.txt": f"Norland condemned Sudmark: “{words}”"})
    first, second = (
        document("a.txt", f"Norland condemned Sudmark. And {words}. {OTHER}"),
        document("b.txt", f"{LONG} Norland condemned Sudmark: “{words}”."),
    )
    assert count(told, first, second) == (1, [Repeat("a.txt", "b.txt", "quotation")])


def test_who_has_words_of_another_in_quotation_marks_has_the_rest_from_there_too():
    words = "nobody expected that the talks would last until the morning"
    report = f"{OTHER} A witness recalls: “{words}”."
    told = claim({"a.txt": "Norland condemned", "b.txt": "Norland condemned Sudmark"})
    first, second = document("a.txt", LONG, date="2024-03-05"), document("b.txt", report, date="2024-03-06")
    assert count(told, first, second) == (1, [Repeat("a.txt", "b.txt", "quotation")])
    assert count(told, first, replace(second, date="2024-04-06")) == (2, [])
    assert count(told, first, replace(second, text=report.replace("“", "").replace("”", ""))) == (2, [])


def test_who_quotes_two_does_not_make_them_one():
    words = (
        "nobody expected that the talks would last until the morning",
        "whose owners wait for an answer from the court",
    )
    report = f"It rains. One says: “{words[0]}”. Another says: “{words[1]}”."
    told = claim(dict.fromkeys(("a.txt", "b.txt", "c.txt"), "Norland"))
    documents = (document("a.txt", LONG), document("b.txt", OTHER), document("c.txt", report))
    assert count(told, *(replace(one, date="2024-03-05") for one in documents))[0] == 2


def test_a_long_name_is_no_quotation():
    name = "the Special Representative of the Secretary-General for Children and Armed Conflict in Norland"
    told = claim({"a.txt": f"{name} condemned Sudmark", "b.txt": f"{name} condemned Sudmark"})
    first, second = (
        document("a.txt", f"{LONG} {name} condemned Sudmark"),
        document("b.txt", f"{OTHER} {name} condemned Sudmark"),
    )
    assert count(told, first, second) == (2, [])


@pytest.mark.parametrize(
    ("date", "sources"),
    [
        ("2024-03-05", 1),
        ("2024-03-12", 1),
        ("2024-03-04", 1),
        ("2024-03-13", 2),
        ("2024-03-03", 2),
        ("2024-03", 2),
        ("", 2),
    ],
)
def test_a_report_near_in_time_of_what_the_author_of_a_speech_condemns_is_no_second_source(date, sources):
    speech = document("speech.txt", LONG, date="2024-03-05", author="Ana Ruiz, Foreign Minister, Kingdom of Norland")
    report = document("report.txt", date=date, author="News Desk")
    told = claim({"speech.txt": "Norland condemned", "report.txt": "Norland condemned Sudmark"})
    assert count(told, speech, report)[0] == sources


def test_what_is_not_done_by_saying_has_two_sources():
    speech = document("speech.txt", LONG, date="2024-03-05", author="Ana Ruiz, Norland")
    report = document("report.txt", date="2024-03-05")
    told = claim({"speech.txt": "Norland", "report.txt": "Norland"}, predicate="sanctions")
    assert count(told, speech, report) == (2, [])


def test_two_reports_of_one_speech_are_one_source_of_what_its_author_said():
    speech = document("speech.txt", LONG, date="2024-03-05", author="Ana Ruiz")
    reports = (
        document("one.txt", date="2024-03-05"),
        document("two.txt", "Rain. Ana Ruiz said more.", date="2024-03-06"),
    )
    told = claim(
        {"one.txt": "Ruiz said", "two.txt": "Ana Ruiz said"},
        speaker="ana-ruiz",
        subject="sudmark",
        predicate="violates",
    )
    told = replace(told, object="norland")
    sources, repeats = count(told, speech, *reports)
    assert sources == 1
    assert {frozenset(repeat[:2]) for repeat in repeats} == {
        frozenset({"speech.txt", name}) for name in ("one.txt", "two.txt")
    }
    assert count(told, *reports) == (2, [])


def test_two_speeches_of_one_author_are_two_documents():
    speeches = (
        document("a.txt", LONG, date="2024-03-05", author="Norland"),
        document("b.txt", date="2024-03-06", author="Norland"),
    )
    assert count(claim({"a.txt": "x", "b.txt": "y"}), *speeches) == (2, [])


def test_the_graph_says_which_documents_share_a_source(tmp_path):
    speech = "Norway condemns the shelling of the school in Kharkiv, and calls on Russia to stop it at once."
    (tmp_path / "speech.txt").write_text(speech, encoding="utf-8")
    (tmp_path / "wire.txt").write_text(f"{speech}\n", encoding="utf-8")
    (tmp_path / "metadata.csv").write_text(
        "file,title,date,author\nspeech.txt,Remarks,2024-05-02,Norway\nwire.txt,Wire,2024-05-02,\n", encoding="utf-8"
    )
    built = dragoman.build(tmp_path)
    assert built.claims
    assert {(len(told.documents), told.corroboration) for told in built.claims} == {(2, 1)}
    pairs = built.query("SELECT ?a ?b { ?x dgm:sharesSourceWith [ dcterms:identifier ?b ] . ?x dcterms:identifier ?a }")
    assert {tuple(row.values()) for row in pairs.records()} == {("speech.txt", "wire.txt"), ("wire.txt", "speech.txt")}
    assert [note.reason for note in built.notes if "source" in note.reason] == [
        "shares a source with speech.txt (copy)"
    ]
