"""Mentions: the stretches of a parsed passage that name an entity, or point at one.

Names known beforehand come from the gazetteer; new ones are capitalised phrases (:mod:`dragoman.extraction.names`);
things without a name but fixed by their description ("the ceasefire between X and Y") come from
:mod:`dragoman.extraction.descriptions`; pronouns are kept for coreference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from string import ascii_lowercase
from typing import cast

from dragoman.gazetteer import Gazetteer, KnownThing, Match, fold, split_words
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import Lexicon, parts_of

__all__ = ["CONFLICTS", "Kind", "Mention", "MentionIndex", "find_known", "find_pronouns", "head_of", "surface"]

HEAD_PHRASES = "dragoman_head_phrases"
"""Where a parse keeps the head phrases found in it."""
IN_CAPITALS = "dragoman_in_capitals"
"""Where a parse keeps whether it is one of a passage in capitals."""
SMALL = ascii_lowercase.encode()
CONFLICTS = frozenset({"ArmedConflict", "Crisis", "Dispute"})
PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
TITLED = frozenset({"Agreement", "Plan", "Resolution", "Statement"})
"""Classes whose names tell what they are on."""
SUBJECT = 4
"""Words after "on" by which it is told what a declaration is on."""


class Kind(StrEnum):
    """How a mention refers: by a known or new name, by description, or as a pronoun."""

    KNOWN = "known"
    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `start` up to `end` of a passage; `head` is the token that stands for it in the parse.

    `sense` is that of a known name (name, adjective, people, capital); `nested` says that it lies inside a longer
    name; a `bare` description has no complement or modifier that fixes it ("the Agreement").
    """

    passage: int
    start: int
    end: int
    head: int
    cls: str
    name: str
    kind: Kind
    thing: KnownThing | None = None
    sense: str = "name"
    nested: bool = False
    bare: bool = False
    alias_of: int = -1  # start token of the name before it, for an acronym in brackets
    other_names: tuple[str, ...] = ()
    by_itself: bool = False  # a bare description that means something all the same: "civilians"

    def __hash__(self) -> int:
        return hash((self.passage, self.start, self.end, self.cls))

    def covers(self, token: int) -> bool:
        """Whether the token lies inside."""
        return self.start <= token < self.end


class MentionIndex:
    """The mentions of one passage, found by token: the outermost first."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._at: dict[int, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: (-(m.end - m.start), m.start)):
            for token in range(mention.start, mention.end):
                self._at.setdefault(token, []).append(mention)
        self._doc, self._lexicon = doc, lexicon
        self._lists = self._find_lists()

    def listed_after(self, mention: Mention) -> list[Mention]:
        """The members that follow `mention` in an enumeration: "X, Y and Z"; empty where it opens none."""
        members = self._lists.get(mention, [])
        return members[members.index(mention) + 1 :] if members else []

    def list_of(self, mention: Mention) -> list[Mention]:
        """All members of the enumeration that `mention` stands in; itself where it stands in none."""
        return self._lists.get(mention, [mention])

    def numbered_after(self, mention: Mention) -> list[Mention]:
        """The members that follow `mention` in an enumeration and are but numbers: "resolutions 5 and 6"."""
        return [m for m in self.listed_after(mention) if self._is_number(m)]

    def _find_lists(self) -> dict[Mention, list[Mention]]:
        """Enumerations of three or more names, by each of their members."""
        flat = [m for m in self.mentions if not m.nested and m.kind is not Kind.PRONOUN and not self._is_alias(m)]
        lists: dict[Mention, list[Mention]] = {}
        run: list[Mention] = []
        closed = False
        for mention in [*flat, None]:
            if mention is not None and run and not closed:
                between = self._between(run[-1], mention)
                if between == "," or self._lexicon.is_in("listLink", between.removeprefix(", ")):
                    run.append(mention)
                    closed = between != ","
                    continue
            if closed and (len(run) > 2 or self._is_numbered(run)):
                lists |= dict.fromkeys(run, run)
            run, closed = ([mention], False) if mention is not None else ([], False)
        return lists

    def _is_numbered(self, run: Sequence[Mention]) -> bool:
        """Whether the last of two is but a number, the noun left out: "resolutions 5 (1990) and 6 (1990)"."""
        return len(run) == 2 and self._is_number(run[1]) and run[0].cls == run[1].cls

    def _is_number(self, mention: Mention) -> bool:
        words = self._doc[mention.start : mention.end]
        return words[0].text[0].isdigit() and not any(word.is_alpha for word in words)

    def _is_alias(self, mention: Mention) -> bool:
        """Whether a mention is but the bracketed short form of the name before it."""
        around = self._doc[max(mention.start - 1, 0) : mention.end + 1]
        return mention.alias_of >= 0 or (around[0].text == "(" and around[-1].text == ")")

    def _between(self, left: Mention, right: Mention) -> str:
        """The words between two mentions, articles and a bracketed acronym left out."""
        tokens = list(self._doc[left.end : right.start])
        if len(tokens) > 8:
            return "…"
        words, depth = [], 0
        for token in tokens:
            depth += token.text == "("
            if not depth and not self._lexicon.is_in("idleBetween", token.lower_):
                words.append(token.lower_)
            depth -= token.text == ")" and depth > 0
        return " ".join(words)

    def at(self, token: int) -> list[Mention]:
        """Mentions that cover `token`, the longest first."""
        return self._at.get(token, [])

    def __contains__(self, token: int) -> bool:
        return token in self._at

    def headed_by(self, token: int) -> Mention | None:
        """The longest mention whose head is `token`."""
        return next((mention for mention in self.at(token) if mention.head == token), None)

    def inside(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie within tokens `start` up to `end`, in text order."""
        return [m for m in self.mentions if start <= m.start and m.end <= end]


def find_known(doc: Doc, gazetteer: Gazetteer, lexicon: Lexicon, passage: int) -> list[Mention]:
    """Mentions of known things, as the gazetteer finds them."""
    words = split_words([token.text for token in doc])
    found: list[Mention] = []
    for match in gazetteer.find(words):
        if not _is_plausible(doc, match) or _is_prefixed(doc, match, lexicon):
            continue
        inside = list(gazetteer.find_inside(words, match)) if match.end - match.start > 1 else []
        inside = [m for m in inside if not _is_half(doc, m, inside)]
        if _goes_on(doc, match, lexicon):
            found.extend(_known(doc, m, lexicon, passage) for m in inside)
            continue
        match = _with_head(doc, match)
        found.append(_known(doc, match, lexicon, passage))
        found.extend(_known(doc, m, lexicon, passage, nested=True) for m in inside)
    return found


def _is_half(doc: Doc, match: Match, inside: Sequence[Match]) -> bool:
    """Whether an adjective is but half of one: "American" of "Ibero-American Summit", not of "Chad-American talks"."""
    if match.sense != "adjective" or match.start < 2 or doc[match.start - 1].text not in {"-", "–"}:
        return False
    return not any(other.end == match.start - 1 for other in inside)


def _is_prefixed(doc: Doc, match: Match, lexicon: Lexicon) -> bool:
    """Whether a prefix makes an adjective another: "American" of "Pan-American"."""
    if match.sense != "adjective" or match.start < 2 or doc[match.start - 1].text not in {"-", "–"}:
        return False
    return lexicon.is_in("adjectivePrefix", doc[match.start - 2].lower_)


def _goes_on(doc: Doc, match: Match, lexicon: Lexicon) -> bool:
    """Whether words after a name make it another's: "the X occupation of Y" is not the known one.

    Nor is "the X Declaration on Y", where the known one is on Z.
    """
    if match.end + 1 >= len(doc) or doc[match.end].pos_ != "ADP":
        return False
    if match.thing.cls in CONFLICTS:
        return doc[match.end].lower_ == "of" and not doc[match.end + 1].like_num
    if match.thing.cls not in TITLED:
        return False
    led = f"{fold(doc.text_of(match.start, match.end + 1))} "
    longer = [name.removeprefix(led) for name in map(fold, match.thing.all_names) if name.startswith(led)]
    told = {word for rest in longer for word in rest.split()}
    after = doc[match.end + 1 : match.end + 1 + SUBJECT]
    days = lexicon.numbers["month"].keys() | lexicon.numbers["weekday"].keys()
    if not told or any(token.like_num or token.lower_ in days for token in after):
        return False
    of_name = any(token.dep_ == "nmod" and match.start <= token.head.i < match.end for token in after)
    words = [token.text for token in after if token.pos_ in {"ADJ", "NOUN", "PROPN"}]
    return of_name and any(word[0].isupper() for word in words) and told.isdisjoint(map(fold, words))


def _with_head(doc: Doc, match: Match) -> Match:
    """A match with its head noun in lower case: "Lake Chad Basin mission", where the name has "Mission"."""
    if match.end >= len(doc) or not doc[match.end].is_lower or doc[match.end].pos_ != "NOUN":
        return match
    longer = fold(f"{doc.text_of(match.start, match.end)} {doc[match.end].text}")
    names = (match.thing.label, *match.thing.names)
    return replace(match, end=match.end + 1) if any(fold(name).startswith(longer) for name in names) else match


def find_pronouns(doc: Doc, passage: int) -> list[Mention]:
    """Personal and possessive pronouns."""
    return [
        Mention(passage, token.i, token.i + 1, token.i, "", token.lower_, Kind.PRONOUN)
        for token in doc
        if token.tag_ in PRONOUN_TAGS
    ]


def head_of(doc: Doc, start: int, end: int, preferred: int | None = None) -> int:
    """The token of a span that hangs on one outside it: `preferred` if it does, else the leftmost noun, else any.

    A word hung on another name, "Anna" of "Secretary of State Anna Berg", comes after those that are not.
    """
    tops = [t for t in doc[start:end] if t.head.i < start or t.head.i >= end or t.head.i == t.i]
    if preferred is not None and any(top.i == preferred for top in tops):
        return preferred
    nouns = [top for top in tops if top.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}]
    nouns = [top for top in nouns if top.dep_ != "flat"] or nouns
    return (nouns or tops or [doc[end - 1]])[0].i


def surface(doc: Doc, start: int, end: int, lexicon: Lexicon) -> str:
    """The words of a span as written, a leading article left out."""
    while start < end - 1 and lexicon.is_in("article", doc[start].lower_):
        start += 1
    return " ".join(doc.text_of(start, end).split())


def mark_nested(mentions: Sequence[Mention]) -> list[Mention]:
    """The same mentions, each marked as nested where a longer one covers it."""
    ordered = sorted(mentions, key=lambda m: (m.start, -m.end))
    marked = []
    reach = -1
    for mention in ordered:
        marked.append(replace(mention, nested=True) if mention.end <= reach else mention)
        reach = max(reach, mention.end)
    return marked


def lemma_of(token: Token) -> str:
    """The lemma in lower case; of a capitalised word that the lemmatizer left alone, the word without a plural s."""
    return str(token.lemma_.lower())


def is_sentence_start(token: Token) -> bool:
    """Whether nothing but quotes and brackets comes before the token in its sentence."""
    return all(before.is_punct or before.is_space for before in token.doc[token.sent.start : token.i])


def _known(doc: Doc, match: Match, lexicon: Lexicon, passage: int, *, nested: bool = False) -> Mention:
    population = match.sense == "people"
    return Mention(
        passage=passage,
        start=match.start,
        end=match.end,
        head=head_of(doc, match.start, match.end),
        cls="Population" if population else match.thing.cls,
        name=surface(doc, match.start, match.end, lexicon),
        kind=Kind.NAME if population or not match.thing.id else Kind.KNOWN,
        thing=match.thing if match.thing.id else None,
        sense=match.sense,
        nested=nested,
    )


def _is_plausible(doc: Doc, match: Match) -> bool:
    """A one-letter or pronoun-like match is no name; a lower-case theme inside a capitalised name is none either."""
    return len(doc.text_of(match.start, match.end)) > 1


def is_upper_passage(doc: Doc) -> bool:
    """Whether the passage is set in capitals throughout, so that capitals say nothing."""
    if IN_CAPITALS not in doc.user_data:
        doc.user_data[IN_CAPITALS] = _is_in_capitals(doc.text)
    return bool(doc.user_data[IN_CAPITALS])


def _is_in_capitals(text: str) -> bool:
    encoded = text.encode(errors="replace")
    if len(encoded.translate(None, SMALL)) < len(encoded) // 2:  # told at once of most texts: half are small letters
        return False
    letters = sum(map(str.isalpha, text))
    return letters > 3 and sum(map(str.isupper, text)) > 0.8 * letters


def names_of(lexicon: Lexicon, doc: Doc, start: int, end: int) -> list[tuple[int, int, str]]:
    """Head phrases within tokens `start` up to `end`, as (start, end, phrase): the longest at each end."""
    ending = _head_phrases(lexicon, doc)
    found = []
    for last in range(start, end):
        for first, phrase in ending.get(last, ()):
            if first >= start:
                found.append((first, last + 1, phrase))
                break
    return found


def _head_phrases(lexicon: Lexicon, doc: Doc) -> dict[int, list[tuple[int, str]]]:
    """Of each last token, the first token and the phrase of each head phrase that ends there, the longest first."""
    held = doc.user_data.get(HEAD_PHRASES)
    if held is not None and held[0] is lexicon:
        return cast("dict[int, list[tuple[int, str]]]", held[1])
    ending: dict[int, list[tuple[int, str]]] = {}
    for token in doc:
        for phrase, words in lexicon.heads_at(token.lower_, token.lemma_):
            first = _find_opening(doc, token.i, words)
            if first >= 0:
                ending.setdefault(token.i, []).append((first, phrase))
    for phrases in ending.values():
        phrases.sort(key=lambda pair: pair[0])
    doc.user_data[HEAD_PHRASES] = (lexicon, ending)
    return ending


def _find_opening(doc: Doc, last: int, words: Sequence[str]) -> int:
    """The token with which a phrase opens that ends with token `last`, hyphens set aside; -1 where none does."""
    at, before = last, parts_of(doc[last].lower_)[:-1]
    for word in reversed(words[:-1]):
        while not before and at:
            at -= 1
            before = parts_of(doc[at].lower_)
        if before[-1:] != (word,):
            return -1
        before = before[:-1]
    return -1 if before else at
