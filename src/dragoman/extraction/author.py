"""Who speaks in a document: the person behind "I" and the body, or bodies, behind "we", from the author of its metadata.

"Anna Berg, Minister for Foreign Affairs, Norway" is a person who speaks for Norway; "France, Germany and Italy" are
three issuers; "Troika (US, UK, Norway)" bear a name of their own and speak as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.gazetteer import Gazetteer, KnownThing, split_words
from dragoman.lexicon import Lexicon
from dragoman.ontology import Ontology
from dragoman.records import Document

__all__ = ["Author", "Voice", "find_author"]

PARTS = re.compile(r"\s*(?:,|;|\band\b|&)\s*")
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")


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


def find_author(document: Document, gazetteer: Gazetteer, lexicon: Lexicon, ontology: Ontology) -> Author:
    """Who speaks in `document`, as its metadata tells."""
    words = set(re.findall(r"\w+", document.genre.lower()))
    if not document.author.strip() or words & lexicon.words["newsGenre"] and not words & lexicon.words["speechGenre"]:
        return Author()
    named_as_one = BRACKETS.sub(" ", document.author).strip()
    parts = [part for part in PARTS.split(named_as_one) if part]
    if BRACKETS.search(document.author) and len(parts) == 1:
        return Author(sides=(_voice(named_as_one, gazetteer, lexicon, "Coalition"),))
    persons: list[Voice] = []
    sides: list[Voice] = []
    for part in parts:
        for voice in _read_part(part, gazetteer, lexicon):
            target = persons if voice.cls == "Person" else sides
            if voice not in target:
                target.append(voice)
    if not persons and not sides:
        sides.append(_voice(named_as_one, gazetteer, lexicon, "Coalition"))
    return Author(tuple(persons), tuple(sides) or _sides_of(persons, gazetteer, ontology))


def _read_part(part: str, gazetteer: Gazetteer, lexicon: Lexicon) -> list[Voice]:
    tokens = part.replace("’", "'").split()
    titles = [t for t in tokens if lexicon.is_in("honorific", t.lower())]
    bare = [t for t in tokens if not lexicon.is_in("honorific", t.lower())]
    matches = [m for m in gazetteer.find(split_words(tokens)) if m.sense in {"name", "adjective"}]
    persons = [m for m in matches if m.thing.cls == "Person"]
    if persons:
        return [Voice(persons[0].thing.label, "Person", persons[0].thing)]
    post_end = _post_end(tokens, lexicon)
    if post_end:
        voices = [_represented(m.thing, gazetteer) for m in matches if m.thing.cls != "Post"]
        rest = [t for t in tokens[post_end:] if t[0].isupper()]
        if rest and not any(m.end > post_end for m in matches) and len(rest) == len(tokens[post_end:]):
            voices.append(Voice(" ".join(rest), "Person"))
        return voices
    covering = [m for m in matches if m.start == 0 and m.end == len(tokens)]
    if covering:
        return [_represented(covering[0].thing, gazetteer)]
    if _names_group(part, lexicon):
        return [Voice(part, "Coalition")]
    if matches:
        return [_represented(matches[0].thing, gazetteer)]
    looks_human = titles or (bare and bare[0] in gazetteer.given_names)
    if looks_human or (1 < len(bare) <= 5 and all(t[0].isupper() for t in bare)):
        return [Voice(" ".join(t.capitalize() if t.isupper() and len(t) > 3 else t for t in bare), "Person")] if bare else []
    return []


def _post_end(tokens: list[str], lexicon: Lexicon) -> int:
    """How many words up to the end of the first post among them; 0 if there is none."""
    for end in range(len(tokens), 0, -1):
        for start in range(end):
            head = lexicon.heads.get(" ".join(tokens[start:end]).lower())
            if head is not None and head.cls == "Post":
                return end
    return 0


def _names_group(part: str, lexicon: Lexicon) -> bool:
    lowered = part.lower()
    return any(
        head.cls == "Coalition" and re.search(rf"\b{re.escape(phrase)}\b", lowered) for phrase, head in lexicon.heads.items()
    ) or lowered.startswith("friends of")


def _represented(thing: KnownThing, gazetteer: Gazetteer) -> Voice:
    """The state that a government's house speaks for; any other thing speaks for itself."""
    if thing.cls == "GovernmentBody" and thing.belongs_to in gazetteer.things:
        thing = gazetteer.things[thing.belongs_to]
    return Voice(thing.label, thing.cls, thing)


def _voice(name: str, gazetteer: Gazetteer, lexicon: Lexicon, cls: str) -> Voice:
    tokens = name.split()
    for match in gazetteer.find(split_words(tokens)):
        if match.start == 0 and match.end == len(tokens):
            return Voice(match.thing.label, match.thing.cls, match.thing)
    return Voice(name, cls)


def _sides_of(persons: list[Voice], gazetteer: Gazetteer, ontology: Ontology) -> tuple[Voice, ...]:
    """The states or organizations that known persons speak for."""
    sides = []
    for person in persons:
        home = gazetteer.things.get(person.thing.belongs_to) if person.thing else None
        if home is not None:
            side = _represented(home, gazetteer)
            if side not in sides:
                sides.append(side)
    return tuple(sides)
