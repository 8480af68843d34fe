"""Two things that share a name are two nodes, and each document's name is the one it means: whole builds."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman


def build(folder: Path, *texts: str) -> dict[str, tuple[str, ...]]:
    """For each thing that the texts name, the documents that do: "0.txt", "1.txt" …"""
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(f"{text}\n", encoding="utf-8")
    return {entity.id: entity.documents for entity in dragoman.build(folder).entities}


def test_the_congo_is_told_by_what_lies_in_it(tmp_path):
    found = build(
        tmp_path,
        "The Congo and Angola signed a border agreement in Brazzaville. The Congo condemned the raid.",
        "The Congo asked for more troops. M23 attacked Goma. The Congo condemned the rebels.",
        "The Democratic Republic of the Congo condemned Rwanda. The Congo called on Rwanda to withdraw.",
        "The Congo supports Gabon.",
    )
    assert found["republic-of-the-congo"] == ("0.txt", "3.txt")
    assert found["democratic-republic-of-the-congo"] == ("1.txt", "2.txt")


def test_where_both_congos_are_named_the_name_stays_with_the_one_it_is_of(tmp_path):
    found = build(
        tmp_path, "The Democratic Republic of the Congo condemned the Congo. Brazzaville condemned the attack on Goma."
    )
    assert found["republic-of-the-congo"] == found["democratic-republic-of-the-congo"] == ("0.txt",)


def test_georgia_is_a_state_or_one_of_the_united_states(tmp_path):
    found = build(
        tmp_path,
        "Georgia condemned Russia's occupation of Abkhazia. Tbilisi called on Moscow to withdraw.",
        "The United States supports farmers in Georgia. The delegation of Japan visited Atlanta.",
        "The United States supports Georgia. The Secretary of State met the ministers in Washington.",
    )
    assert found["georgia"] == ("0.txt", "2.txt")
    assert found["georgia-united-states"] == ("1.txt",)


def test_the_secretary_general_is_that_of_whom_the_document_is_by(tmp_path):
    found = build(
        tmp_path,
        "Statement by the Secretary-General of the League of Arab States\nCairo, 3 May 2024\n\n"
        "The Secretary-General condemned the attack on Beirut by Israel. He called on France to act.",
        "The Secretary-General met with the Secretary-General of the League of Arab States in Cairo. The "
        "Secretary-General condemned the attack on Beirut by Israel.",
        "The Secretary-General condemned the attack on Beirut by Israel.",
    )
    assert found["secretary-general-of-the-league-of-arab-states"] == ("0.txt", "1.txt")
    assert found["secretary-general-of-the-united-nations"] == ("1.txt", "2.txt")


def test_the_secretary_general_is_that_of_whom_its_holder_speaks_for(tmp_path):
    found = build(
        tmp_path,
        "Secretary-General Hissein Brahim Taha condemned the attack on Mali. The Secretary-General called on Mali.",
        "Secretary-General António Guterres condemned the attack on Mali. Hissein Brahim Taha supports Mali.",
    )
    assert found["secretary-general-of-the-organization-of-islamic-cooperation"] == ("0.txt",)
    assert found["secretary-general-of-the-united-nations"] == ("1.txt",)


def test_four_guineas_are_four(tmp_path):
    found = build(
        tmp_path,
        "Guinea and Sierra Leone cooperate. Guinea-Bissau condemned the coup.",
        "Equatorial Guinea supports Gabon. Papua New Guinea criticized Indonesia. Guinea supports Mali.",
    )
    assert found["guinea"] == ("0.txt", "1.txt")
    assert found["guinea-bissau"] == ("0.txt",)
    assert found["equatorial-guinea"] == found["papua-new-guinea"] == ("1.txt",)


def test_two_koreas_are_two_in_all_their_names(tmp_path):
    found = build(
        tmp_path,
        "North Korea launched a missile. South Korea condemned North Korea.",
        "The Republic of Korea called on the Democratic People's Republic of Korea to return to talks.",
        "The DPRK rejected the offer of the ROK.",
    )
    assert found["north-korea"] == found["south-korea"] == ("0.txt", "1.txt", "2.txt")
    assert not [id_ for id_ in found if id_.startswith("korea")]


def test_sudan_is_not_south_sudan(tmp_path):
    found = build(
        tmp_path,
        "Sudan and South Sudan signed an agreement. The Sudan condemned Ethiopia.",
        "The Republic of South Sudan supports Kenya.",
        "The Republic of the Sudan supports Egypt.",
    )
    assert found["sudan"] == ("0.txt", "2.txt")
    assert found["south-sudan"] == ("0.txt", "1.txt")


@pytest.mark.parametrize(
    ("text", "council"),
    [
        (
            "The Security Council condemned the attack on Mali. The Council called on Mali to act.",
            "united-nations-security-council",
        ),
        (
            "The Human Rights Council condemned Belarus. The Council called on Belarus to free Ana Ruiz.",
            "human-rights-council",
        ),
        ("The European Council endorsed the plan. The Council called on Serbia to act.", "european-council"),
    ],
)
def test_the_council_is_the_one_named_before(tmp_path, text, council):
    found = build(tmp_path, text)
    assert [id_ for id_ in found if "council" in id_] == [council]


def test_a_council_that_no_document_names_before_stays_its_documents_own(tmp_path):
    found = build(tmp_path, "The Council condemned Mali.", "The Council condemned Chad.")
    assert not {"united-nations-security-council", "european-council", "human-rights-council"} & set(found)
    councils = {id_: documents for id_, documents in found.items() if "council" in id_}
    assert all(len(documents) == 1 for documents in councils.values())


def test_tripoli_beside_lebanon_is_the_one_there(tmp_path):
    found = build(
        tmp_path,
        "Lebanon condemned the bombing in Tripoli. The Lebanese army attacked the militants in Tripoli.",
        "The militias attacked Tripoli. Libya condemned the attack on Tripoli.",
        "Libya and Lebanon condemned the attack on Tripoli.",
    )
    assert found["tripoli-lebanon"] == ("0.txt",)
    assert found["tripoli"] == ("1.txt", "2.txt")
