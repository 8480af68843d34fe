"""Capitalised phrases: how far a new name runs.

A phrase grows over capitalised words and, where its head noun takes a complement, over "of", "for", "on" ...:
"Special Envoy of the Secretary-General on Myanmar". What it names is told by :mod:`dragoman.extraction.names`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.extraction.mentions import Mention, is_sentence_start, is_upper_passage, names_of
from dragoman.gazetteer import Gazetteer
from dragoman.language.tables import lemma_tables
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import HeadNoun, Lexicon

__all__ = ["HYPHENS", "TITLE_PARTS", "Phrase", "PhraseGrower"]

HYPHENS = frozenset("-–‑")
WITH_PLACES = frozenset({"Mission", "Meeting", "Post", "ArmedConflict", "Crisis"})
"""Classes whose names take "in" and "to": "Mission in X"."""
TITLE_PARTS = frozenset({"ADJ", "NOUN", "PROPN"})
MAX_LINK = 5
"""Lower-case words that a name may run over at once: "on the question of" is four."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A capitalised phrase: tokens `start` up to `end`; `core_end` is where its first complement begins."""

    start: int
    end: int
    core_end: int


class PhraseGrower:
    """Grows capitalised phrases in one passage, around the names known beforehand."""

    def __init__(
        self, doc: Doc, known: Sequence[Mention], lexicon: Lexicon, gazetteer: Gazetteer, passage: int
    ) -> None:
        self.doc, self.lexicon, self.gazetteer, self.passage = doc, lexicon, gazetteer, passage
        outer = [mention for mention in known if not mention.nested]
        self.known_at = {token: mention for mention in outer for token in range(mention.start, mention.end)}
        self.upper = is_upper_passage(doc)

    def _find_capitals(self) -> list[int]:
        """The tokens that may be capitals, by their first letter or by what is known of them."""
        particles = self.lexicon.words["joinedParticle"]
        written = (t.i for t in self.doc if t.text[0].isupper() or t.lower_ in particles)
        return sorted({*self.known_at, *written})

    def _is_capital(self, at: int) -> bool:
        token: Token = self.doc[at]
        known = self.known_at.get(at)
        if known is not None and known.sense != "people":
            return known.start == at or token.text[0].isupper()
        if not token.text[0].isupper():
            tied = token.is_lower and at + 1 < len(self.doc) and self.doc[at + 1].text in HYPHENS
            return tied and self._is_joined(at)
        if not token.is_alpha and not any(c.isalpha() for c in token.text):
            return False
        if self.lexicon.is_in("notName", token.lower_) and not token.text.isupper():
            return False
        if len(token.text) == 1 and token.text in "AI":
            return False
        if is_sentence_start(token) and self._opens_clause(at):
            return False
        if is_sentence_start(token) and token.tag_ not in {"NNP", "NNPS"}:
            following = at + 1 < len(self.doc) and self.doc[at + 1].text[0].isupper() and at + 1 not in self.known_at
            return following and (token.pos_ in TITLE_PARTS or self._opens_title(at))
        return True

    def _opens_title(self, at: int) -> bool:
        """Whether a preposition in capitals begins a title: "Under Secretary"."""
        return any(first == at for first, _, _ in names_of(self.lexicon, self.doc, at, at + 2))

    def _is_joined(self, at: int) -> bool:
        """Whether a particle is tied to a name: "al-Burhan"."""
        tied = self.lexicon.is_in("joinedParticle", self.doc[at].lower_) and self._is_hyphenated(at + 1)
        return tied and self.doc[at + 2].text[0].isupper() and not self.doc[at + 2].text.isupper()

    def _opens_clause(self, at: int) -> bool:
        """Whether a capitalised participle begins a clause, not a name: "Recalling General Assembly resolution 5"."""
        word = self.doc[at].lower_
        stems = (word[:-3], f"{word[:-3]}e") if word.endswith("ing") else ()
        if not any(stem in lemma_tables().index["verb"] for stem in stems):
            return False
        return not any(first == at for first, _, _ in names_of(self.lexicon, self.doc, at, min(at + 3, len(self.doc))))

    def _grow(self, start: int) -> Phrase:
        end, core_end = self._over(start), -1
        while end < len(self.doc):
            person = self.known_at.get(end)
            if start in self.known_at and person is not None and person.cls == "Person":
                break  # a known post and its known holder are two names
            post = self.known_at.get(end - 1)
            if post is not None and post.cls == "Post" and start < post.start and self._is_capital(end):
                break  # "U.S. Special Envoy for X Anna Berg"
            if self._is_capital(end):
                end = self._over(end)
            elif self._is_hyphenated(end):
                end += 2
            elif (over := self._head_over(start, end)) > 0:
                end = over
            elif (over := self._portfolio_end(start, end, core_end)) > 0:
                end, core_end = over, core_end if core_end >= 0 else end
            elif self._is_number(start, end):
                end = self._after_number(end)
            else:
                target = self._link_target(start, end, core_end)
                if target < 0:
                    break
                if core_end < 0 and not self.lexicon.is_in("nameLink", self.doc[end].lower_):
                    core_end = end
                end = self._over(target)
        return Phrase(start, end, core_end if core_end >= 0 else end)

    def _head_over(self, start: int, at: int) -> int:
        """The end of a head phrase that runs over lower-case words at `at` ("Heads of State and Government"), or 0."""
        if not self.lexicon.is_in("linker", self.doc[at].lower_):
            return 0
        for end in range(min(len(self.doc), at + self.lexicon.longest_head), at + 1, -1):
            if self._is_capital(end - 1) and any(
                first < at
                for first, last, _ in names_of(self.lexicon, self.doc, max(start, at - 3), end)
                if last == end
            ):
                return end
        return 0

    def _portfolio_end(self, start: int, at: int, core_end: int) -> int:
        """The end of what else a post is for: "Minister for Foreign Affairs, Trade and Industry"; 0 without more."""
        doc = self.doc
        if doc[at].text != "," or not self._is_charged(start, at, core_end) or not self._is_of_title(at - 1):
            return 0
        while at + 1 < len(doc) and doc[at].text == "," and not self.lexicon.is_in("nameLink", doc[at + 1].lower_):
            at = self._title_end(at + 1)
        at += at + 1 < len(doc) and doc[at].text == ","
        joined = at and at + 1 < len(doc) and self.lexicon.is_in("nameLink", doc[at].lower_)
        return self._title_end(at + 1) if joined else 0

    def _is_charged(self, start: int, at: int, core_end: int) -> bool:
        """Whether a post tells what it is for, up to `at`."""
        heads = names_of(self.lexicon, self.doc, start, core_end if core_end >= 0 else at)
        last = heads[-1] if heads else (0, 0, "")
        told = core_end >= 0 or not self.lexicon.words["officePreposition"].isdisjoint(last[2].split())
        return told and last[1] == (core_end if core_end >= 0 else at) and self.lexicon.heads[last[2]].cls == "Post"

    def _title_end(self, at: int) -> int:
        """The end of common nouns in capitals, with the adjectives before them; 0 where none stand."""
        end = at
        while end < len(self.doc) and self.doc[end].text[0].isupper() and self.doc[end].pos_ in TITLE_PARTS:
            end += 1
        return end if end > at and self._is_of_title(end - 1) else 0

    def _over(self, at: int) -> int:
        known = self.known_at.get(at)
        return known.end if known is not None else at + 1

    def _is_hyphenated(self, at: int) -> bool:
        doc = self.doc
        return (
            at + 1 < len(doc)
            and doc[at].text in HYPHENS
            and not doc[at - 1].whitespace_
            and not doc[at].whitespace_
            and doc[at + 1].is_alpha
        )

    def _is_number(self, start: int, at: int) -> bool:
        """A number that is part of a name: "Resolution 2254", "resolution 598 (1987)"."""
        token = self.doc[at]
        heads = names_of(self.lexicon, self.doc, start, at)
        numbered = (
            bool(heads)
            and heads[-1][1] == at
            and self.lexicon.heads[heads[-1][2]].cls in {"Resolution", "Plan", "Agreement"}
        )
        return numbered and (token.like_num or any(c.isdigit() for c in token.text)) and token.text[0].isalnum()

    def _after_number(self, at: int) -> int:
        end = at + 1
        texts = [token.text for token in self.doc[end : end + 3]]
        if len(texts) == 3 and texts[0] == "(" and texts[2] == ")" and texts[1].isdigit() and len(texts[1]) == 4:
            end += 3
        return end

    def _link_target(self, start: int, at: int, core_end: int) -> int:
        """The capitalised token that the words from `at` on link to the phrase, or -1."""
        doc, lexicon = self.doc, self.lexicon
        first = doc[at].lower_
        if not lexicon.is_in("linker", first):
            return -1
        target = at + 1
        while target < len(doc) and target - at < MAX_LINK and not self._is_capital(target):
            word = doc[target].lower_
            if not (lexicon.is_in("linker", word) or self._is_conflict_noun(word)):
                return -1
            target += 1
        if target >= len(doc) or target - at >= MAX_LINK or not self._is_capital(target):
            return -1
        if lexicon.is_in("particle", first) and all(lexicon.is_in("particle", t.lower_) for t in doc[at:target]):
            return target
        head = self._head(start, at)
        if lexicon.is_in("nameLink", first):
            return target if self._joins_and(start, at, target, core_end, head) else -1
        whole = self.known_at.get(start)
        if whole is not None and whole.end == at:
            return -1
        if first == "of" and core_end >= 0 and self._is_of_title(at - 1):
            return target
        if head is None or first not in head.complements:
            return -1
        if (
            first == "of"
            and head.cls == "Coalition"
            and (known := self.known_at.get(target)) is not None
            and known.cls == "State"
        ):
            return -1  # "the Foreign Ministers of X, Y and Z" have members
        if self.lexicon.is_in("relatingPreposition", first) and head.cls not in WITH_PLACES:
            return -1
        if first == "in" and head.cls == "Post" and whole is not None and whole.cls == "State":
            return -1  # "the X Minister in Geneva" is not minister there
        return target

    def _is_of_title(self, at: int) -> bool:
        """Whether a word is a common noun in capitals, as those of titles are: "Convention on the Prohibition of X"."""
        token = self.doc[at]
        if at in self.known_at or token.pos_ not in {"NOUN", "PROPN"} or not token.text[0].isupper():
            return False
        return token.lower_ in lemma_tables().index["noun"] or token.lemma_.lower() in lemma_tables().index["noun"]

    def _is_conflict_noun(self, word: str) -> bool:
        head = self.lexicon.heads.get(word)
        return head is not None and head.cls in {"Dispute", "Crisis", "ArmedConflict", "ThematicIssue"}

    def _joins_and(self, start: int, at: int, target: int, core_end: int, head: HeadNoun | None) -> bool:
        if self._names_two_wholes(start, at, target, core_end):
            return True
        articled = core_end >= 0 and all(self.lexicon.is_in("article", t.lower_) for t in self.doc[at + 1 : target])
        if (target != at + 1 and not articled) or target in self.known_at or (at - 1 in self.known_at and core_end < 0):
            return False
        if core_end >= 0:  # "Department of Political and Peacebuilding Affairs"
            return not self._has_head(target) and not self._leads(target)
        return head is None and at - start <= 3 and self._has_head(target)  # "Recovery and Reconstruction Plan"

    def _leads(self, at: int) -> bool:
        """Whether a word says who leads what follows: "Special Envoy for X and Head of Y" are two."""
        frames = self.lexicon.frames_of("noun", self.doc[at].lower_)
        followed = at + 1 < len(self.doc) and self.doc[at + 1].lower_ == "of"
        return followed and any(frame.predicate == "chairs" for frame in frames)

    def _names_two_wholes(self, start: int, at: int, target: int, core_end: int) -> bool:
        """Whether a post serves two organizations: "Joint Envoy of the United Nations and the African Union"."""
        whole, further = self.known_at.get(at - 1), self.known_at.get(target)
        if core_end < 0 or whole is None or further is None or further.start != target:
            return False
        head = self._head(start, core_end)
        classes = {whole.cls, further.cls}
        return head is not None and head.cls == "Post" and classes == {"InternationalOrganization"}

    def _has_head(self, start: int) -> bool:
        known = self.known_at.get(start)
        if known is not None and known.start == start and known.cls in {"Plan", "Agreement"}:
            return True
        end = start
        while end < len(self.doc) and self._is_capital(end):
            end += 1
        return any(last == end for _first, last, _phrase in names_of(self.lexicon, self.doc, start, end))

    def _head(self, start: int, end: int) -> HeadNoun | None:
        heads = names_of(self.lexicon, self.doc, start, end)
        return self.lexicon.heads[heads[-1][2]] if heads and heads[-1][1] == end else None
