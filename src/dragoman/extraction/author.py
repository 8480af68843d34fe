"""Who speaks in a document: the person behind "I" and the body, or bodies, behind "we".

"Anna Berg, Minister for Foreign Affairs, Norway" is a person who speaks for Norway; "France, Germany and Italy" are
three issuers; "Troika (US, UK, Norway)" bear a name of their own and speak as one. Where the author is but the house
that published the text, the title tells ("Joint Statement of X and Y", "Remarks by Z").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from dragoman.gazetteer import Gazetteer, KnownThing, Match, fold, split_words
from dragoman.lexicon import Lexicon
from dragoman.records import Document

__all__ = ["Author", "Voice", "find_author"]

TOKEN = re.compile(r"[^\s,;:()]+|[,;:()]")
SEPARATORS = frozenset(",;")
BRACKETS = re.compile(r"\s*\([^()]*\)\s*")
SPEAKERS = frozenset({"State", "InternationalOrganization", "OrganizationBody", "Coalition", "ArmedGroup"})
"""Classes of what a document can speak for."""
SILENT = frozenset({"Programme", "Process", "Plan", "Agreement", "Ceasefire", "Resolution", "Sanctions", "Meeting"})
"""Classes of what speaks for nobody, though an abbreviation may look like it: "DDR"."""
LONGEST_POST = 4
"""Words of a title before a surname among which a post ends."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks: a known thing, or a name and its class."""

    name: str
    cls: str
    thing: KnownThing | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who "I" is and who "we" are; both empty for a reporter, who speaks for nobody."""

    persons: tuple[Voice, ...] = ()
    sides: tuple[Voice, ...] = ()
    is_publisher: bool = False  # no more than the house that put the text out


def find_author(document: Document, gazetteer: Gazetteer, lexicon: Lexicon) -> Author:
    """Who speaks in `document`, as its metadata tells."""
    words = set(re.findall(r"\w+", document.genre.lower()))
    if words & lexicon.words["newsGenre"] and not words & lexicon.words["speechGenre"]:
        return Author()
    finder = _Finder(gazetteer, lexicon)
    stated, publisher = finder.read_author(document.author)
    if stated.persons or (stated.sides and not publisher):
        return stated
    titled = finder.read_title(document.title, year=int(document.date[:4] or 0))
    if not titled.persons and not titled.sides:
        return replace(stated, is_publisher=publisher)
    return titled if titled.sides else replace(titled, sides=stated.sides)


class _Finder:
    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.gazetteer, self.lexicon = gazetteer, lexicon

    def read_author(self, author: str) -> tuple[Author, bool]:
        """The voices of an author line, and whether it names no more than a publisher."""
        bracketed = BRACKETS.search(author) is not None
        line = BRACKETS.sub(" ", author).strip()
        parts = self._parts(line)
        if not parts:
            return Author(), True
        if bracketed and len(parts) == 1:
            return Author(sides=(self._voice(line, "Coalition"),)), False
        persons: list[Voice] = []
        sides: list[Voice] = []
        of_posts: list[Voice] = []
        for at, part in enumerate(parts):
            found, through_post = self._read_part(part, opens=at == 0 and len(parts) > 1)
            for voice in found:
                target = persons if voice.cls == "Person" else of_posts if through_post else sides
                if voice not in target:
                    target.append(voice)
        if not persons and not sides and not of_posts:
            sides.append(self._voice(line, "Coalition"))
        publisher = not persons and len(parts) == 1 and self._is_house(parts[0])
        return Author(tuple(persons), tuple(sides or of_posts) or self._sides_of(persons)), publisher

    def read_title(self, title: str, *, year: int = 0) -> Author:
        """ "Joint Statement of the Leaders of X and Y", "G7 Leaders' Statement", "Remarks by President Z".

        :param year: of the document, by which a leader is known whom the title tells by surname alone; 0 if unknown.
        """
        tokens = TOKEN.findall(title.replace("–", "-").replace("-", " - ").replace("’", "'").replace("'s", " 's"))
        matches = [m for m in self.gazetteer.find(split_words(tokens)) if m.sense in {"name", "adjective"}]
        lowered = [token.lower() for token in tokens]
        coalitions = [m for m in matches if m.thing.cls == "Coalition"]
        if coalitions and any(self.lexicon.is_in("statementNoun", word.removesuffix("s")) for word in lowered):
            return Author(sides=(self._of_match(coalitions[0]),))
        themes = (at for at, token in enumerate(tokens) if self.lexicon.is_in("themePreposition", token.lower()))
        theme = next(themes, len(tokens))
        if "joint" in lowered and len(led := self._sides_of(self._leaders(tokens[:theme], year))) > 1:
            return Author(sides=led)
        if "by" in lowered:
            start = lowered.index("by") + 1
            persons = [m for m in matches if m.thing.cls == "Person" and m.start >= start]
            if persons:
                voice = Voice(persons[0].thing.label, "Person", persons[0].thing)
                return Author((voice,), self._sides_of([voice]))
            named = list(takewhile(self._is_of_name, tokens[start:]))
            voices = [v for v in self._read_part(named)[0] if v.cls == "Person"] if named else []
            if voices:  # "Remarks by President Berg": whom the house speaks for
                return Author(tuple(voices))
        sides = [m for m in matches if m.thing.cls in {"State", "InternationalOrganization"} and m.start < theme]
        hyphened = any(tokens[a.end] in {"-", "–"} and b.start == a.end + 1 for a, b in pairwise(sides))
        if ("joint" in lowered or hyphened) and len(sides) > 1:
            return Author(sides=tuple(dict.fromkeys(self._of_match(m) for m in sides)))
        return Author()

    def _leaders(self, tokens: Sequence[str], year: int) -> list[Voice]:
        """The known persons that a title names, in full or by post and surname: "President X and Prime Minister Y"."""
        known = {m.start: m.thing for m in self.gazetteer.find(split_words(tokens)) if m.thing.cls == "Person"}
        found = []
        for at, token in enumerate(tokens):
            thing = known.get(at)
            before = tokens[max(0, at - LONGEST_POST) : at]
            if thing is None and before and self._post_end(before) == len(before) and token[0].isupper():
                thing = self.gazetteer.holder_then([fold(token)], year)
            if thing is not None:
                found.append(Voice(thing.label, "Person", thing))
        return found

    def _is_of_name(self, token: str) -> bool:
        """Whether a word of a title in capitals may be of a name: "Remarks by President Berg Announcing ..."."""
        lowered = token.lower()
        small = self.lexicon.is_in("linker", lowered) or self.lexicon.is_in("notName", lowered)
        return token[0].isupper() and not small and not lowered.endswith("ing")

    def _parts(self, line: str) -> list[list[str]]:
        """The author line cut at commas and "and", but for those inside a known name."""
        tokens = TOKEN.findall(line.replace("’", "'"))
        inside = {at for m in self.gazetteer.find(split_words(tokens)) for at in range(m.start, m.end)}
        parts: list[list[str]] = [[]]
        for at, token in enumerate(tokens):
            if (token in SEPARATORS or self.lexicon.is_in("nameLink", token)) and at not in inside:
                parts.append([])
            elif token not in {"(", ")"}:
                parts[-1].append(token)
        return self._turned([part for part in parts if part])

    def _turned(self, parts: Sequence[list[str]]) -> list[list[str]]:
        """The parts, names in the order of catalogues put right: "Korea, Republic of"."""
        turned: list[list[str]] = []
        for part in parts:
            inverted = turned and len(part) > 1 and self.lexicon.is_in("linker", part[-1].lower())
            turned.append([*part, *turned.pop()] if inverted else part)
        return turned

    def _read_part(self, tokens: Sequence[str], *, opens: bool = False) -> tuple[list[Voice], bool]:
        """The voices of one part, and whether they are what a post in it serves.

        :param opens: whether it is the first of several, where a person is named: "Turkmen, Turkey".
        """
        bare = [t for t in tokens if not self.lexicon.is_in("honorific", t.lower())]
        senses = {"name"} if opens and len(bare) == 1 else {"name", "adjective"}
        matches = [m for m in self._find(tokens) if m.sense in senses]
        persons = [m for m in matches if m.thing.cls == "Person"]
        if persons:
            return [Voice(persons[0].thing.label, "Person", persons[0].thing)], False
        post_end = self._post_end(tokens)
        if post_end:
            voices = [self._of_match(inner) for m in matches for inner in self._served(tokens, m)]
            rest = [t for t in tokens[post_end:] if t[0].isupper()]
            if rest and len(rest) == len(tokens[post_end:]) and not any(m.end > post_end for m in matches):
                voices.append(Voice(" ".join(rest), "Person"))
            return voices, True
        if any(m.start == 0 and m.end == len(tokens) for m in matches):
            return [self._of_match(matches[0])], False
        if self._names_group(" ".join(tokens)):
            return [Voice(" ".join(tokens), "Coalition")], False
        titled = len(bare) == 1 < len(tokens) and tokens[0].endswith(".")  # "Mr. NAS" is no National Salvation Front
        if matches and not titled:
            return [self._of_match(matches[0])], False
        human = len(bare) < len(tokens) or (bare and bare[0] in self.gazetteer.given_names) or opens
        if bare and (human or (1 < len(bare) <= 5 and all(t[0].isupper() for t in bare))):
            return [Voice(" ".join(t.capitalize() if t.isupper() and len(t) > 3 else t for t in bare), "Person")], False
        return [], False

    def _find(self, tokens: Sequence[str]) -> list[Match]:
        """Known names among the words of a part, whatever letters of theirs are capitals: "Marshall islands"."""
        found = [m for m in self.gazetteer.find(split_words(tokens)) if m.thing.cls not in SILENT]
        if not found:
            capital = [t if self.lexicon.is_in("linker", t.lower()) else f"{t[0].upper()}{t[1:]}" for t in tokens]
            found = [m for m in self.gazetteer.find(split_words(capital)) if m.thing.cls not in SILENT]
        return found

    def _served(self, tokens: Sequence[str], match: Match) -> list[Match]:
        """What a known post serves, or the thing itself where it is no post."""
        if match.thing.cls != "Post":
            return [match]
        words = split_words(tokens)
        return [inner for inner in self.gazetteer.find_inside(words, match) if inner.thing.cls in SPEAKERS][:1]

    def _post_end(self, tokens: Sequence[str]) -> int:
        """How many words up to the end of the last post among them; 0 if there is none."""
        for end in range(len(tokens), 0, -1):
            for start in range(end):
                head = self.lexicon.heads.get(" ".join(tokens[start:end]).lower())
                if head is not None and head.cls == "Post":
                    return end
        return 0

    def _names_group(self, part: str) -> bool:
        words = part.lower().split()
        phrases = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
        heads = (self.lexicon.heads.get(phrase) for phrase in phrases)
        return any(head is not None and head.cls == "Coalition" for head in heads)

    def _is_house(self, part: Sequence[str]) -> bool:
        matches = list(self.gazetteer.find(split_words(part)))
        return bool(matches) and matches[0].thing.cls in {"GovernmentBody", "State", "OrganizationBody"}

    def _of_match(self, match: Match) -> Voice:
        """The state that a government's house speaks for; any other thing speaks for itself."""
        thing = match.thing
        if thing.cls == "GovernmentBody" and thing.belongs_to in self.gazetteer.things:
            thing = self.gazetteer.things[thing.belongs_to]
        return Voice(thing.label, thing.cls, thing if thing.id else None)

    def _voice(self, name: str, cls: str) -> Voice:
        tokens = name.split()
        for match in self.gazetteer.find(split_words(tokens)):
            if match.start == 0 and match.end == len(tokens):
                return self._of_match(match)
        return Voice(name, cls)

    def _sides_of(self, persons: Sequence[Voice]) -> tuple[Voice, ...]:
        """The states or organizations that known persons speak for."""
        homes = (self.gazetteer.things.get(p.thing.belongs_to) for p in persons if p.thing is not None)
        return tuple(dict.fromkeys(Voice(home.label, home.cls, home) for home in homes if home is not None))
