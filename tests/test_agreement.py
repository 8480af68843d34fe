"""Claims that say the same, and claims that cannot both hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.agreement import with_contradictions
from dragoman.records import Claim, Entity, Evidence, Modality, Span

DATES = {"a.txt": "2024-05-02", "b.txt": "2024-05-02", "c.txt": "2024-05-03", "d.txt": "2024-05", "e.txt": ""}
QUOTE = Evidence("a.txt", Span(0, 5), "words", "", "")
POSTS = (
    Entity("president", "Post", "President of Norland"),
    Entity("deputy", "Post", "Vice-President of Norland"),
    Entity("envoy", "Post", "Envoy to Vale"),
)
DENIED = Modality.NEGATED


def claim(subject: str, predicate: str, object_: str, date: str = "", modality: Modality = Modality.ASSERTED) -> Claim:
    return Claim(subject, predicate, object_, modality, (QUOTE,), "a rule", 0.5, date)


@pytest.mark.parametrize(
    ("left", "right", "against"),
    [
        (claim("norland", "supports", "vale"), claim("norland", "supports", "vale", "", DENIED), True),
        (claim("norland", "supports", "vale", "2024-05"), claim("norland", "supports", "vale", "", DENIED), True),
        (claim("norland", "supports", "vale", "2024-05"), claim("norland", "supports", "vale", "2024", DENIED), True),
        (claim("norland", "supports", "vale", "2023"), claim("norland", "supports", "vale", "2024", DENIED), False),
        (claim("norland", "supports", "vale"), claim("sudmark", "supports", "vale", "", DENIED), False),
        (claim("norland", "signs", "pact", "2024-05-01"), claim("norland", "signs", "pact", "2024-06"), True),
        (claim("norland", "signs", "pact", "2024-05-01"), claim("norland", "signs", "pact", "2024-05"), False),
        (claim("norland", "signs", "pact", "2024-05-01"), claim("norland", "signs", "pact"), False),
        (claim("norland", "signs", "pact", "2024"), claim("norland", "signs", "treaty", "2023"), False),
        (claim("norland", "criticizes", "vale", "2024"), claim("norland", "criticizes", "vale", "2023"), False),
        (claim("ana", "holdsPost", "president", "2024-05"), claim("bo", "holdsPost", "president", "2024-05"), True),
        (claim("ana", "holdsPost", "president", "2024-05"), claim("bo", "holdsPost", "president", "2024-06"), False),
        (claim("ana", "holdsPost", "president", "2024"), claim("bo", "holdsPost", "president", "2024"), False),
        (claim("ana", "holdsPost", "president"), claim("bo", "holdsPost", "president"), False),
        (claim("ana", "holdsPost", "deputy", "2024-05"), claim("bo", "holdsPost", "deputy", "2024-05"), False),
        (claim("ana", "holdsPost", "envoy", "2024-05"), claim("bo", "holdsPost", "envoy", "2024-05"), False),
    ],
)
def test_claims_contradict_where_both_cannot_hold(left, right, against):
    found = with_contradictions([left, right], POSTS)
    assert [bool(told.contradicts) for told in found] == [against, against]
    if against:
        assert [told.contradicts for told in found] == [(right.id,), (left.id,)]


@pytest.mark.parametrize(
    ("left", "right", "against"),
    [
        ("a.txt", "b.txt", True),
        ("a.txt b.txt", "b.txt", False),
        ("a.txt", "c.txt", False),
        ("a.txt", "a.txt", False),
        ("d.txt", "d.txt", False),
        ("e.txt", "e.txt", False),
    ],
)
def test_two_hold_a_post_on_the_day_of_two_documents(left, right, against):
    claims = [
        replace(
            claim(who, "holdsPost", "president"),
            evidence=tuple(replace(QUOTE, document=name) for name in documents.split()),
        )
        for who, documents in (("ana", left), ("bo", right))
    ]
    found = with_contradictions(claims, POSTS, DATES)
    assert [told.contradicts for told in found] == ([(claims[1].id,), (claims[0].id,)] if against else [(), ()])
