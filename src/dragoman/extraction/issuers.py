"""Who "we" are by the text itself: "We, the Leaders of X and Y, ..."; "Representatives of X, Y and Z met ..."."""

from __future__ import annotations

from collections.abc import Sequence, Set

from dragoman.extraction.mentions import Mention, MentionIndex
from dragoman.gazetteer import fold
from dragoman.language.tokens import Doc, Token

__all__ = ["ISSUERS", "find_enumerated_issuers", "find_served", "find_stated_issuers"]

ISSUERS = frozenset({"State", "InternationalOrganization", "OrganizationBody", "Coalition"})
"""Classes of what can issue a document."""
OPENING = 6
"""Passages, and words of a passage, in which a text says who speaks."""
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
NAMING = frozenset({"ADJ", "NOUN", "NUM", "PROPN"})
"""Parts of speech with which a noun phrase begins after its article."""


def find_stated_issuers(passages: Sequence[tuple[Doc, MentionIndex]]) -> list[Mention]:
    """Those whom the opening of a text names after "we", a group before its members; empty where it does not."""
    for doc, index in passages[:OPENING]:
        for token in doc[:-1]:
            if token.lower_ != "we" or not _opens_apposition(doc, token.i + 1):
                continue
            verb = next((t.i for t in doc[token.i + 1 :] if _ends_apposition(t) and t.i not in index), len(doc))
            named = [m for m in index.inside(token.i + 1, verb) if m.cls in ISSUERS and not _is_of_people(m, index)]
            groups = [m for m in named if m.cls == "Coalition" and not m.bare]
            whole = [m for m in _known(named) if m.cls == "InternationalOrganization"]
            if len(whole) == 1 and len(_known(named)) == 1 and groups and groups[0].thing is None:
                return whole  # "We, the Heads of State and Government of the X Member States"
            if issuers := groups[:1] or _known(named):
                return issuers
    return []


def _opens_apposition(doc: Doc, at: int) -> bool:
    """Whether the words at a token say who "we" before it are; those of "we, in turn, thank X" do not."""
    if doc[at].text == ",":
        at += 1
    elif doc[at].lower_ != "the":
        return False
    at += at < len(doc) and doc[at].lower_ == "the"
    return at < len(doc) and doc[at].pos_ in NAMING


def _ends_apposition(token: Token) -> bool:
    """Whether a verb goes on with what "we" do or did: "we, the nations of the world, gathered in X, thank Y"."""
    return token.tag_ in FINITE or (token.tag_ == "VBN" and token.dep_ != "amod")


def _is_of_people(mention: Mention, index: MentionIndex) -> bool:
    """Whether a name tells but whose people are meant: "We the peoples of X" are not X."""
    return any(outer.cls == "Population" for outer in index.at(mention.start))


def find_enumerated_issuers(passages: Sequence[tuple[Doc, MentionIndex]]) -> list[Mention]:
    """Those whom a text that a house published enumerates in its first words."""
    for _doc, index in passages[: OPENING // 2]:
        first = next((m for m in index.mentions if m.cls in ISSUERS and m.thing is not None and not m.nested), None)
        if first is not None and first.start < OPENING and len(members := _known(index.list_of(first))) > 2:
            return members
    return []


def find_served(passages: Sequence[tuple[Doc, MentionIndex]], names: Set[str]) -> list[Mention]:
    """Whom an author serves by the post that stands with one of his folded names: "By X, Foreign Minister of Y"."""
    for doc, index in passages[:OPENING]:
        for person in index.mentions:
            if person.cls != "Person" or fold(person.name) not in names or person.end + 1 >= len(doc):
                continue
            after = person.end + (doc[person.end].text == ",")
            posts = [m for m in index.at(after) if m.cls == "Post" and m.start == after]
            posts += [m for m in index.at(person.start - 1) if m.cls == "Post" and m.end == person.start]
            for post in posts:
                if served := [
                    m for m in index.inside(post.start, post.end) if m.cls in ISSUERS and m.thing is not None
                ]:
                    return served[:1]
    return []


def _known(mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention of each known thing."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.thing is not None:
            first.setdefault(mention.thing.id, mention)
    return list(first.values())
