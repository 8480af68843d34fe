"""New names: capitalised phrases, their class from the noun that heads them, from titles, or from what stands around.

How far a phrase runs is told by :mod:`dragoman.extraction.phrases`. A post that is followed by more capitals is
followed by its holder: "Foreign Minister Anna Berg" gives a post and a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.extraction.descriptions import many_holders
from dragoman.extraction.mentions import (
    Kind,
    Mention,
    head_of,
    names_of,
    surface,
)
from dragoman.extraction.phrases import HYPHENS, TITLE_PARTS, Phrase, PhraseGrower
from dragoman.gazetteer import Gazetteer
from dragoman.language.tables import lemma_tables
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import Lexicon

__all__ = ["find_names"]

MOST_APPOSED = 7
"""Words of an apposition within which its noun stands."""
APPOSED = frozenset(
    {"ArmedGroup", "CivilSocietyOrganization", "InternationalOrganization", "OrganizationBody", "Place"}
)
"""Classes of names that "a company" and the like tell."""


def find_names(
    doc: Doc, known: Sequence[Mention], lexicon: Lexicon, gazetteer: Gazetteer, passage: int
) -> list[Mention]:
    """Names in one passage that are not known beforehand, and the longer names that hold known ones."""
    finder = _NameFinder(doc, known, lexicon, gazetteer, passage)
    return finder.find()


class _NameFinder(PhraseGrower):
    def find(self) -> list[Mention]:
        if self.upper:
            return []
        found: list[Mention] = []
        end = 0
        for at in self._find_capitals():
            if at >= end and self._is_capital(at):
                phrase = self._grow(at)
                found.extend(self._mentions_of(phrase))
                end = phrase.end
        return [mention for mention in self._classed_by_lists(found) if mention.cls]

    def _classed_by_lists(self, found: list[Mention]) -> list[Mention]:
        """Unknown names in an enumeration are places where one of its members is, or where "cities" leads it in."""
        names = {mention.start: mention for mention in found}
        known = {mention.start: mention for mention in self.known_at.values()}
        starts = sorted({*names, *known})
        runs: list[list[Mention]] = []
        for start in starts:
            mention = names.get(start) or known[start]
            if (
                runs
                and {t.lower_ for t in self.doc[runs[-1][-1].end : start]} <= {",", "and"}
                and start > runs[-1][-1].end
            ):
                runs[-1].append(mention)
            elif not runs or start >= runs[-1][-1].end:
                runs.append([mention])
        places: set[int] = set()
        for run in runs:
            before = [t.lemma_.lower() for t in self.doc[max(0, run[0].start - 4) : run[0].start]]
            led_in = any((head := self.lexicon.heads.get(word)) is not None and head.cls == "Place" for word in before)
            if led_in or (len(run) > 1 and any(m.kind is Kind.KNOWN and m.cls == "Place" for m in run)):
                places.update(m.start for m in run)
        return [
            replace(m, cls="Place")
            if m.start in places and m.cls in {"Surname", "Person", "", "Place"} and not self._is_titled(m)
            else m
            for m in found
        ]

    def _is_titled(self, mention: Mention) -> bool:
        first = self.doc[mention.start]
        before = self.doc[mention.start - 1].lower_ if mention.start else ""
        return (first.text in self.gazetteer.given_names and mention.end - mention.start > 1) or self.lexicon.is_in(
            "honorific", before
        )

    # -- what a phrase names

    def _mentions_of(self, phrase: Phrase) -> list[Mention]:
        start, end = phrase.start, phrase.end
        whole = self.known_at.get(start)
        if whole is not None and whole.start == start and whole.end == end:
            return []
        after_honorific = self._after_honorifics(start, end)
        if after_honorific > start and not self._heads_thing(after_honorific, phrase.core_end):
            return self._person_after_title(after_honorific, end)
        heads = [h for h in names_of(self.lexicon, self.doc, start, end) if h[0] <= phrase.core_end]
        heads = [h for h in heads if not self._inside_known(h, start, end)]
        main = self._main_head(heads, phrase)
        if main is None:
            return self._without_head(start, end)
        cls = self.lexicon.heads[main[2]].cls
        if cls == "Post":
            return self._post(phrase, main)
        before = self.doc[start - 1] if start else None
        ours = before is not None and before.tag_ == "PRP$" and cls == "InternationalOrganization"
        if (start, end) == main[:2] or (start == main[0] and ours):  # nothing but the noun: "the Agreement"
            bare = replace(self._named(start, main[1], cls), kind=Kind.DESCRIPTION, bare=True)
            owned = before is not None and self.lexicon.is_in("owningDeterminer", before.lower_)
            return [bare] if owned else []
        if cls == "Coalition" and self.lexicon.is_in("genericGroup", main[2]) and start not in self.known_at:
            return []
        return [self._named(start, end, cls, preferred=main[1] - 1)]

    def _main_head(self, heads: list[tuple[int, int, str]], phrase: Phrase) -> tuple[int, int, str] | None:
        """The last head phrase before the first complement; of a post followed by its holder, the post."""
        within = [h for h in heads if h[1] <= phrase.core_end or h[0] < phrase.core_end]
        for head in reversed(within):
            cls = self.lexicon.heads[head[2]].cls
            rest = self.doc[head[1] : phrase.core_end]
            if (
                cls == "Post"
                or not len(rest)
                or all(not t.is_alpha or t.text.isupper() for t in rest)
                or cls
                in {
                    "Resolution",
                    "Mission",
                    "Agreement",
                    "Crisis",
                }
            ):
                return head
        return None

    def _inside_known(self, head: tuple[int, int, str], start: int, end: int) -> bool:
        """Whether the head phrase is of a known name within the phrase ("Security Council" in "... resolution")."""
        known = self.known_at.get(head[1] - 1)
        return known is not None and known.start <= head[0] and known.cls != "Post" and known.end < end

    def _after_honorifics(self, start: int, end: int) -> int:
        at = start
        while at < end - 1 and (
            self.lexicon.is_in("honorific", self.doc[at].lower_) or (at > start and self.doc[at].text == ".")
        ):
            at += 1
        return at

    def _heads_thing(self, start: int, end: int) -> bool:
        """Whether words name no person, so that "General" before them is no rank: "the General Agreement"."""
        if not self.lexicon.is_in("rankOrAdjective", self.doc[start - 1].lower_):
            return False
        heads = [h for h in names_of(self.lexicon, self.doc, start, end) if h[1] == end]
        return bool(heads) and self.lexicon.heads[heads[-1][2]].cls != "Post"

    def _person_after_title(self, start: int, end: int) -> list[Mention]:
        heads = names_of(self.lexicon, self.doc, start, end)
        if heads and heads[0][0] == start:  # "Mr. President" addresses somebody; "His Majesty King Abdullah" is a post
            return self._post(Phrase(start, end, end), heads[0])
        known = self.known_at.get(start)
        if known is not None and known.cls != "Person" and known.end == end:
            return []
        return [self._named(start, self._person_end(start, end), "Person")]

    def _person_end(self, start: int, end: int) -> int:
        """A person's name ends before "of" and "for"."""
        for at in range(start, end):
            if self.lexicon.is_in("afterPerson", self.doc[at].lower_):
                return max(at, start + 1)
        return end

    def _post(self, phrase: Phrase, head: tuple[int, int, str]) -> list[Mention]:
        start, end = phrase.start, phrase.end
        if self.doc[head_of(self.doc, head[0], head[1])].tag_ in {"NNS", "NNPS"}:
            many = many_holders(self.doc, start, end, self.lexicon, self.passage) if end == head[1] else None
            return [many] if many is not None else []  # "the Foreign Ministers of X and Y" are no post
        post_end = head[1]
        if phrase.core_end > head[1]:
            post_end = head[1]
        elif phrase.core_end < end:
            post_end = self._complement_end(phrase.core_end, end)
        mentions = []
        while start < head[0] and start not in self.known_at and self.lexicon.is_in("once", self.doc[start].lower_):
            start += 1
        mentions.append(self._named(start, post_end, "Post", preferred=head[1] - 1))
        if post_end < end and self.doc[post_end].text[0].isupper():
            person_start = self._after_honorifics(post_end, end)
            known = self.known_at.get(person_start)
            person_end = self._person_end(person_start, end)
            if known is not None and known.end < person_end and self._goes_on(known, person_end):
                mentions.append(self._named(person_start, person_end, "Person"))
            titled = all(self.lexicon.is_in("honorific", t.lower_) for t in self.doc[person_start:person_end])
            if known is None and not titled and not names_of(self.lexicon, self.doc, person_start, person_end):
                mentions.append(self._named(person_start, person_end, "Person"))
        elif post_end < end and self.lexicon.is_in("dutyPreposition", self.doc[post_end].lower_):
            mentions[-1] = self._named(start, end, "Post", preferred=head[1] - 1)
        return mentions

    def _complement_end(self, at: int, end: int) -> int:
        """Where the complements of a post end: after the last known name or, without one, at the end of the phrase."""
        known = [k for t in range(at, end) if (k := self.known_at.get(t)) is not None]
        persons = [k.start for k in known if k.cls == "Person"]
        given = (t for t in range(at + 1, end - 1) if self.doc[t].text in self.gazetteer.given_names)
        persons += [t for t in given if self.known_at.get(t) is None and self._is_name(t, end)]
        if persons and persons[0] > at:
            return persons[0]
        last_known = max((k.end for k in known), default=-1)
        if last_known < 0 or last_known >= end or known[-1].sense == "adjective":  # "Speaker of the Danish Parliament"
            return end
        rest = self.doc[last_known:end]
        if all(token.text[0].isupper() and token.is_alpha for token in rest) and len(rest) <= 4:
            return last_known
        return end

    def _without_head(self, start: int, end: int) -> list[Mention]:
        if told := self._told_after(start, end):
            return [self._named(start, end, told)]
        inner = sorted(
            {k.start: k for t in range(start, end) if (k := self.known_at.get(t)) is not None}.values(),
            key=lambda k: k.start,
        )
        if not inner:
            return [self._named(start, end, self._guess(start, end))]
        pieces, at = [], start
        for known, following in zip([*inner, None], [*inner[1:], None, None], strict=False):
            stop = known.start if known is not None else end
            while at < stop and (
                self.doc[at].text in HYPHENS or self.lexicon.is_in("betweenNames", self.doc[at].lower_)
            ):
                at += 1
            if at + 1 == stop and self._is_namesake(at):
                pieces.append(self._named(at - 1, stop, "Person"))
            elif known is not None and at + 1 == stop and self._is_part(at, known):
                pieces.append(self._named(at, known.end, "Place"))
            elif at < stop:
                cls = self._guess(at, stop)
                if cls:
                    pieces.append(self._named(at, stop, cls))
            at = known.end if known is not None else end
            if known is not None and self._goes_on(known, following.start if following is not None else end):
                at = following.start if following is not None else end
                pieces.append(self._named(known.start, at, "Person"))
        return pieces

    def _is_namesake(self, at: int) -> bool:
        """Whether the name of a place is a given name before a surname: "Milan" of "Milan Horvat"."""
        place, surname = self.known_at.get(at - 1), self.doc[at]
        called = place is not None and place.end - place.start == 1 and place.end == at
        return (
            called
            and self.lexicon.is_in("givenNameOfPlace", self.doc[at - 1].lower_)
            and surname.tag_ == "NNP"
            and surname.is_alpha
            and not surname.text.isupper()
            and surname.lower_ not in lemma_tables().index["noun"]
        )

    def _is_part(self, at: int, known: Mention) -> bool:
        """Whether a word tells a part of a land: "Northern Somalia"."""
        land = known.cls in {"State", "Place"} and known.sense == "name"
        return land and self.lexicon.is_in("partOfLand", self.doc[at].lower_)

    def _told_after(self, start: int, end: int) -> str:
        """The class of which an apposition says a name is: "X Trading, a company based in Y"; "" without one."""
        doc, at = self.doc, end + 1
        if at >= len(doc) or doc[end].text != "," or not self.lexicon.is_in("article", doc[at].lower_):
            return ""
        if all(token in self.known_at for token in range(start, end)):
            return ""
        while at + 1 < min(len(doc), end + MOST_APPOSED) and doc[at + 1].pos_ in TITLE_PARTS:
            at += 1
        heads = names_of(self.lexicon, doc, end + 1, at + 1)
        cls = self.lexicon.heads[heads[-1][2]].cls if heads and heads[-1][1] == at + 1 else ""
        defined = not self.lexicon.is_in("indefinite", doc[end + 1].lower_)
        if cls == "Post":
            closed = not defined or all(t.text == "," or t.pos_ == "ADP" for t in doc[at + 1 : at + 2])
            return "Person" if closed and self._may_hold(start, end) else ""
        return cls if cls in APPOSED and not defined else ""

    def _may_hold(self, start: int, end: int) -> bool:
        """Whether a name before a post may be that of its holder: "Nasir Odum, the minister", not "in Upper Nile"."""
        words = self.doc[start:end]
        placed = start > 0 and self.lexicon.is_in("placePreposition", self.doc[start - 1].lower_)
        return not placed and 1 < len(words) < 5 and all(t.is_alpha and t.text[0].isupper() for t in words)

    def _goes_on(self, known: Mention, end: int) -> bool:
        """Whether a surname after a known person's name makes it another's."""
        return known.cls == "Person" and " " in known.name and self._is_name(known.end, end)

    def _is_name(self, start: int, end: int) -> bool:
        """Whether words can be the name of a person, or its end, whatever stands around."""
        words = self.doc[start:end]
        proper = (t.is_alpha and t.text[0].isupper() and not t.text.isupper() and t.tag_ == "NNP" for t in words)
        return 0 < len(words) < 4 and all(proper) and not names_of(self.lexicon, self.doc, start, end)

    def _guess(self, start: int, end: int) -> str:
        """The class of a name without a head noun, from its words and what stands around; "" where nothing tells."""
        tokens = self.doc[start:end]
        first = tokens[0]
        parts = sum(token.text[0].isupper() for token in tokens)  # of "Hassan bin Said Al-Odum" four
        if first.text in self.gazetteer.given_names and 2 <= parts <= 5 and len(tokens) <= 2 * parts:
            return "Person"
        if len(tokens) == 1 and first.text.isupper() and len(first.text) > 1:
            return "Acronym"
        before = self.doc[start - 1] if start else None
        if 2 <= len(tokens) <= 4 and all(t.is_alpha and not t.text.isupper() for t in tokens):
            head = self.doc[head_of(self.doc, start, end)]
            if head.dep_.startswith("nsubj") and self.lexicon.is_in("saying", head.head.lemma_):
                return "Person"
        if before is not None and self.lexicon.is_in("placePreposition", before.lower_):
            return "" if len(tokens) > 1 and self._opens_clause(start) else "Place"
        if before is not None and before.lower_ == "," and start > 1 and self._is_place_list(start - 2):
            return "Place"
        if 2 <= len(tokens) <= 3 and all(t.is_alpha and not t.text.isupper() and t.tag_ == "NNP" for t in tokens):
            return "" if first.text.endswith("s") or self._is_phrase(list(tokens)) else "Person"
        if len(tokens) == 3 and self._is_joined(start):
            return "Surname"
        if len(tokens) != 1 or first.tag_ != "NNP":
            return ""
        return "Person" if self._is_called(start) else "Surname"

    def _is_called(self, start: int) -> bool:
        """Whether a post right before a name says that it is a person's: "its longtime leader Odum"."""
        if not start or self.doc[start - 1].tag_ != "NN" or self.lexicon.is_in("honorific", self.doc[start].lower_):
            return False
        heads = names_of(self.lexicon, self.doc, max(0, start - self.lexicon.longest_head), start)
        posted = bool(heads) and heads[-1][1] == start and self.lexicon.heads[heads[-1][2]].cls == "Post"
        return posted or self.lexicon.is_in("officeHolder", self.doc[start - 1].lower_)

    def _is_phrase(self, tokens: Sequence[Token]) -> bool:
        """Whether capitalised words are common nouns all ("Lasting Peace"), which the names of persons are not."""
        nouns = lemma_tables().index["noun"]
        verbs = lemma_tables().index["verb"]
        return tokens[-1].lower_ in nouns and (tokens[0].lower_ in nouns or tokens[0].lower_ in verbs)

    def _is_place_list(self, at: int) -> bool:
        known = self.known_at.get(at)
        return known is not None and known.cls == "Place"

    def _named(self, start: int, end: int, cls: str, preferred: int | None = None) -> Mention:
        mention = Mention(
            passage=self.passage,
            start=start,
            end=end,
            head=head_of(self.doc, start, end, preferred),
            cls=cls,
            name=surface(self.doc, start, end, self.lexicon),
            kind=Kind.NAME,
        )
        bracketed = start >= 2 and self.doc[start - 1].text == "(" and end < len(self.doc) and self.doc[end].text == ")"
        return replace(mention, alias_of=start - 1) if bracketed and cls == "Acronym" else mention
