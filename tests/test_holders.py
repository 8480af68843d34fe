"""A surname beside an office is whoever held it in the document's year; where that is not one person, nobody's."""

from __future__ import annotations

from functools import cache

import pytest

import dragoman
from dragoman.gazetteer import load_gazetteer
from dragoman.holders import Holders, find_holders
from dragoman.lexicon import load_lexicon
from dragoman.ontology import load_ontology
from dragoman.personkeys import PersonKeys
from dragoman.records import Document, LocalClaim, LocalEntity, Modality, Reading, Span
from dragoman.spelling import load_spelling


@cache
def holders() -> Holders:
    ontology = load_ontology()
    spelling = load_spelling()
    return Holders(load_gazetteer(ontology), PersonKeys(load_lexicon(ontology), spelling), spelling)


def read(date: str, person: str, post: str, *, known: str = "", modality: Modality = Modality.ASSERTED) -> Reading:
    """A document of which the reader says that the person holds the post."""
    return Reading(
        Document("a.txt", "x", "0" * 64, date=date),
        (LocalEntity("Person", (person,), known_id=known), LocalEntity("Post", (post,))),
        (LocalClaim(0, "holdsPost", 1, modality, Span(0, 1), "a rule", 0.9),),
    )


@pytest.mark.parametrize(
    ("date", "person", "post", "holder"),
    [
        ("1990-09-01", "Bush", "President", "george-h-w-bush"),
        ("2008", "Bush", "US President", "george-w-bush"),
        ("2008-05", "Bush", "President of the United States", "george-w-bush"),
        ("2008", "George Bush", "President", "george-w-bush"),
        ("1985", "Bush", "Vice President", "george-h-w-bush"),
        ("1985", "Bush", "President", ""),
        ("1996", "Bush", "President", ""),
        ("", "Bush", "President", ""),
        ("2008", "Bush", "President of France", ""),
        ("2008", "Laura Bush", "President", ""),
        ("2008", "Bush", "former President", ""),
        ("2008", "Bush", "Deputy President", ""),
        ("2004", "Annan", "Secretary-General", "kofi-annan"),
        ("2008", "Annan", "Secretary-General", ""),
        ("2008", "Ban", "UN Secretary-General", "ban-ki-moon"),
        ("2015", "Xi", "Chinese President", "xi-jinping"),
        ("2003", "Kabila", "Congolese President", ""),
        ("2003", "Kabila", "President of the Democratic Republic of the Congo", "joseph-kabila"),
        ("1999", "Kabila", "President", "laurent-desire-kabila"),
        ("2017", "Sall", "President of the Security Council", ""),
        ("2021", "Zelensky", "President", "volodymyr-zelenskyy"),
    ],
)
def test_the_holder_is_found_by_office_and_year(date, person, post, holder):
    assert [thing.id for thing in find_holders([read(date, person, post)], holders()).values()] == [holder] * bool(
        holder
    )


def test_what_is_not_asserted_or_known_already_is_left():
    assert not find_holders([read("2008", "Bush", "President", modality=Modality.PLANNED)], holders())
    assert not find_holders([read("2008", "Bush", "President", known="jeb-bush")], holders())


def test_two_presidents_of_one_surname_are_two_nodes_in_one_corpus(tmp_path):
    words = "President Bush condemned the attack on the embassy in Beirut. President Bush met the Emir of Kuwait."
    for name, date in {"early": "1990-10-02", "late": "2006-10-02"}.items():
        (tmp_path / f"{name}.md").write_text(f"---\ndate: {date}\n---\n{words}\n", encoding="utf-8")
    built = dragoman.build(tmp_path)
    persons = {entity.id: entity.documents for entity in built.entities if entity.cls == "Person"}
    assert persons == {"george-h-w-bush": ("early.md",), "george-w-bush": ("late.md",)}
