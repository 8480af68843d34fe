"""Things that have no name of their own but are fixed by their description: "the ceasefire between X and Y".

A description is headed by a noun of the lexicon and fixed by a complement ("the war in Sudan") or a modifier ("the
Syrian crisis", "Afghan security forces") that names something. Without either it is bare ("the Agreement", "the peace
process") and coreference decides what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.extraction.complements import (
    MODIFIER_PARTS,
    find_apart,
    find_clause,
    find_complement,
    find_purpose,
    joins_clause,
    settles,
    with_others,
)
from dragoman.extraction.mentions import Kind, Mention, head_of, names_of, surface
from dragoman.language.tokens import Doc
from dragoman.lexicon import HeadNoun, Lexicon

__all__ = ["NEEDS_NAME", "find_descriptions", "many_holders"]

NUMBER = re.compile(r"(?:[A-Z]+[-/])?\d{1,4}(?:/\d{1,4})?[A-Z]?")
"""How resolutions are numbered: 2254, 76/262, ES-11/1."""
OUTSIDE = frozenset({"nsubj", "obj", "obl", "obl:unmarked", "root", "ROOT"})
"""Relations of words that are no part of the noun phrase behind them: "last week rebels ..."."""
MAX_MODIFIERS = 6
TELLING = frozenset({"Agreement", "Plan", "Meeting", "Resolution", "Statement", "Process"})
"""Classes of instruments whose names tell which conflict they are about."""
UNNAMED = frozenset({"Population", "ArmedGroup"})
"""Classes of which a text speaks without a name or an article: "civilians", "separatists"."""
COUNTED = frozenset({"Population", "ArmedGroup", "GovernmentBody"})
"""Classes of those of whom a text says how many they are."""
NEEDS_NAME = frozenset(
    {
        "GovernmentBody",
        "Population",
        "OrganizationBody",
        "Place",
        "Mission",
        "Post",
        "State",
        "Coalition",
        "InternationalOrganization",
        "CivilSocietyOrganization",
    }
)
"""Classes of which a bare description ("forces", "people", "the region") fixes nothing by itself."""

COMPARING = frozenset({"RBR", "RBS"})
"""Tags of the words of comparison before an adjective."""


def find_descriptions(doc: Doc, named: Sequence[Mention], lexicon: Lexicon, passage: int) -> list[Mention]:
    """Descriptions in one passage, outside the names that it holds; left to right, none overlapping."""
    by_length = sorted((m for m in named if m.kind is not Kind.PRONOUN), key=lambda m: m.end - m.start)
    at = {token: mention for mention in by_length for token in range(mention.start, mention.end)}
    found: list[Mention] = []
    covered = -1
    heads = {last - 1: (first, phrase) for first, last, phrase in names_of(lexicon, doc, 0, len(doc))}
    inner = {at for last, (first, _) in heads.items() for at in range(first, last)}  # of "memorandum of understanding"
    for last in sorted(heads.keys() - inner):
        first, phrase = heads[last]
        if doc[last].pos_ not in {"NOUN", "PROPN", "ADJ"} or (last and doc[last - 1].tag_ in COMPARING):
            continue  # "make the Council more representative"
        if first <= covered:
            inside = _conflict_inside(doc, first, last + 1, lexicon.heads[phrase], found[-1], named, lexicon, passage)
            found.extend([inside] if inside is not None else [])
            continue
        outer = at.get(last)
        if outer is not None:
            inside = _conflict_inside(doc, first, last + 1, lexicon.heads[phrase], outer, named, lexicon, passage)
            found.extend([inside] if inside is not None else [])
            continue
        following = heads.get(last + 1, (last, ""))[0]
        if following <= first and last + 1 in heads:
            continue  # "terrorist" of "terrorist organizations"
        if following > last and doc[last].dep_ == "compound" and doc[last].head.i > last:
            continue  # "ceasefire agreement": the later noun heads it
        head = lexicon.heads[phrase]
        if doc[last].is_lower:
            head = lexicon.small_heads.get(phrase, head)
        mention = _describe(doc, first, last + 1, head, at, lexicon, passage)
        if mention is not None:
            if found and _is_one_deed(doc, found[-1], mention, last):
                mention = _as_one(doc, found.pop(), mention, lexicon)
            found.append(mention)
            covered = mention.end - 1
            if mention.cls == "Resolution":
                found.extend(_numbered_after(doc, mention, phrase, lexicon))
                covered = found[-1].end - 1
    return found


def _is_one_deed(doc: Doc, before: Mention, mention: Mention, noun: int) -> bool:
    """Whether two nouns name one war by one complement: "the invasion and occupation of X"."""
    wars = before.cls == mention.cls == "ArmedConflict"
    joined = before.end + 1 == mention.start and doc[before.end].lower_ == "and"
    complete = mention.end > noun + 1 and before.end == before.head + 1
    return wars and joined and complete and doc[noun].tag_ == doc[before.head].tag_ == "NN"


def _as_one(doc: Doc, before: Mention, mention: Mention, lexicon: Lexicon) -> Mention:
    """Both of them as one mention."""
    name = surface(doc, before.start, mention.end, lexicon)
    names = (mention.name, *mention.other_names)
    return replace(mention, start=before.start, head=before.head, name=name, other_names=names)


def _conflict_inside(
    doc: Doc,
    first: int,
    last: int,
    head: HeadNoun,
    outer: Mention,
    named: Sequence[Mention],
    lexicon: Lexicon,
    passage: int,
) -> Mention | None:
    """A conflict that the name of an instrument tells of: "Agreement on the Resolution of the Conflict in X"."""
    if head.cls not in {"ArmedConflict", "Crisis"} or outer.start >= first or outer.cls not in TELLING:
        return None
    within = [m for m in named if m is not outer and outer.start < m.start and m.end <= outer.end]
    mention = _describe(doc, first, last, head, {t: m for m in within for t in range(m.start, m.end)}, lexicon, passage)
    return replace(mention, nested=True) if mention is not None and not mention.bare else None


def _numbered_after(doc: Doc, first: Mention, phrase: str, lexicon: Lexicon) -> list[Mention]:
    """The further numbers of "resolutions 822 (1993), 853 (1993) and 874 (1993)"."""
    found, end = [], first.end
    while end + 1 < len(doc) and doc[end].lower_ in {",", "and"}:
        start = end + 1 + (doc[end + 1].lower_ == "and")
        if start >= len(doc) or not NUMBER.fullmatch(doc[start].text):
            break
        end = _number(doc, start)
        name = f"{phrase} {surface(doc, start, end, lexicon)}"
        found.append(replace(first, start=start, end=end, head=head_of(doc, start, end), name=name, other_names=()))
    return found


def _describe(
    doc: Doc, first: int, last: int, head: HeadNoun, at: dict[int, Mention], lexicon: Lexicon, passage: int
) -> Mention | None:
    if head.cls == "Post" and doc[head_of(doc, first, last)].tag_ in {"NNS", "NNPS"}:
        return many_holders(doc, first, last, lexicon, passage)
    following = at.get(last)
    if following is not None and following.start == last and following.cls == head.cls == "ArmedGroup":
        return None  # "the terrorist group X" is X
    before = first - 1 - (first > 0 and doc[first - 1].lower_ == "the")
    if before >= 0 and doc[before].pos_ == "ADP" and joins_clause(doc, last - 2, lexicon):
        return None  # "within the framework of X"
    start, modifier = _modifiers(doc, first, at, held=head.cls == "GovernmentBody")
    fighters = next((at[i] for i in range(start, first) if i in at and at[i].cls == "ArmedGroup"), None)
    if fighters is not None and lexicon.is_in("fighterNoun", doc[last - 1].lemma_.lower()):
        return None  # "the X guerrilla group" is X
    if head.cls == "Mission" and first - 1 in at and at[first - 1].cls == "Mission":
        return None  # "the X mission" is X
    numbered = head.cls in COUNTED and doc[start].text[0].isdigit()  # "some 1,500 soldiers" are no unknown ones
    determiner = doc[start - 1].lower_ if start and not numbered else ""
    if lexicon.is_in("stopDescription", determiner) or any(
        lexicon.is_in("stopDescription", doc[i].lower_) for i in range(start, first)
    ):
        return None
    end = last
    if head.cls == "Resolution" and end < len(doc) and NUMBER.fullmatch(doc[end].text):
        end, modifier = _number(doc, end), "resolution"
    if head.cls == "Population":
        end = with_others(doc, end, lexicon)
    complement_end = find_complement(doc, end, head, at, lexicon)
    if head.cls == "Place" and (near := at.get(first - 1)) is not None and near.cls in {"Place", "Surname"}:
        complement_end = end  # "the Norrvik district of X"
    if head.cls in {"ArmedGroup", "Plan"} and not head.describes and doc[last - 1].is_lower:
        return None  # "the principles of the Charter" are those of the Charter, "a movement of X" bears no arms
    if head.cls == "Resolution" and end == last and settles(doc, end, at, lexicon):
        return None  # "the resolution of the conflict in X" is a way to end it
    if head.cls == "Meeting" and complement_end == end:
        complement_end = find_purpose(doc, end, last - 1, at)
    if doc[last - 1].tag_ == "JJ" and doc[last - 1].dep_ == "amod":
        return None  # "its military forces"
    if (
        doc[last - 1].dep_ == "compound"
        and doc[last - 1].tag_ != "NNS"
        and doc[last - 1].head.i >= last
        and complement_end == end
    ):
        return None  # "rebel leader"
    if (
        head.cls == "ArmedConflict"
        and complement_end > end
        and (last_named := at.get(complement_end - 1)) is not None
        and last_named.cls == "ThematicIssue"
    ):
        return None  # "the war against terrorism" is no war
    if head.cls in {"Place", "State"} and complement_end > end:
        return None  # "the city of X" is X
    if head.cls == "Place" and (owner := at.get(start)) is not None and owner.cls in {"InternationalOrganization"}:
        return None  # "X territory" is that of its members
    if (
        head.cls == "Place"
        and start > 0
        and doc[start - 1].tag_ in {"POS", "PRP$"}
        and lexicon.is_in("metonym", doc[first].lemma_)
    ):
        return None  # "X's territory" is X
    possessed = start > 0 and (doc[start - 1].tag_ in {"POS", "PRP$"})
    if possessed and doc[last - 1].is_lower and lexicon.is_in("tenureNoun", doc[last - 1].lemma_):
        return None  # "its authority", "our presidency" are no bodies
    if head.cls == "GovernmentBody" and lexicon.is_in("announcing", determiner):
        possessed = True  # "the institutions of X, including its army": "X's institutions, including the army"
    if head.cls == "GovernmentBody" and "of" not in head.complements and last < len(doc) and doc[last].lower_ == "of":
        return None  # "X's presidency of the conference"
    pairs = complement_end == end and not head.complements.isdisjoint(lexicon.words["pairingPreposition"])
    apart = find_apart(doc, last - 1, at, lexicon) if pairs else ""
    fixed = bool(modifier) or complement_end > end or bool(apart)
    if not fixed and not possessed:
        if head.cls in NEEDS_NAME and not head.describes and not lexicon.is_in("definite", determiner):
            return None
        scened = head.cls in {"ArmedConflict", "Crisis"} and doc[first].sent[0].lower_ == "in"
        if (
            not (head.describes and head.cls in UNNAMED)
            and not scened
            and not any(lexicon.is_in(words, determiner) for words in ("definite", "article"))
            and not (head.cls == "ArmedConflict" and determiner == "from")
            and head.cls not in {"Sanctions"}
        ):
            return None
    if (
        not head.describes
        and not fixed
        and head.cls not in NEEDS_NAME | {"ArmedGroup", "Coalition", "Programme", "CivilSocietyOrganization"}
    ):
        return None
    name_start = _name_start(doc, start, first, at, counted=head.cls in COUNTED)
    full = surface(doc, start, max(end, complement_end), lexicon)
    name = surface(doc, name_start, max(end, complement_end), lexicon)
    others = [full] if full != name else []
    if apart:
        name, others = f"{name} {apart}", []
    if not fixed and (told := find_clause(doc, end, last - 1, at)) > end:
        others.append(surface(doc, name_start, told, lexicon))
    if modifier == "resolution":
        others += [surface(doc, first, end, lexicon), surface(doc, start, end, lexicon)]
    if possessed and not fixed and doc[start - 1].tag_ == "POS":
        possessor = at.get(start - 2)
        if possessor is not None:
            full = f"{possessor.name}{doc[start - 1].text} {full}"
            fixed = True
            name = full
    return Mention(
        passage=passage,
        start=start,
        end=max(end, complement_end),
        head=head_of(doc, start, max(end, complement_end), last - 1),
        cls=head.cls,
        name=name.replace("resolutions", "resolution", 1)
        if head.cls == "Resolution" and modifier == "resolution"
        else name,
        kind=Kind.DESCRIPTION,
        bare=not fixed,
        other_names=tuple(others),
        by_itself=head.describes and head.cls in NEEDS_NAME,
    )


def _modifiers(doc: Doc, first: int, at: dict[int, Mention], *, held: bool) -> tuple[int, str]:
    """Where the words before the head begin that belong to it, and the name among them ("" if none).

    :param held: whether a person may be named among them: "the Berg administration".
    """
    start, name = first, ""
    while start > 0 and first - start < MAX_MODIFIERS:
        token = doc[start - 1]
        mention = at.get(start - 1)
        if mention is not None:
            if mention.end != start and doc[mention.end].text not in "-–":
                break
            if any(inner.pos_ == "ADP" for inner in doc[mention.start : mention.end]):
                break  # "the arms embargo on X region"
            if mention.cls == "Post" or (mention.cls in {"Person", "Surname"} and not held):
                break
            if mention.kind is Kind.DESCRIPTION or (mention.sense == "people" and token.tag_ != "JJ"):
                break
            if token.dep_ == "obl" and token.head.i > first:
                break  # "In X rebels attacked Y"
            start, name = mention.start, mention.name
            continue
        if token.text in {"-", "–"} and not token.whitespace_:
            tied = start > 1 and start - 2 not in at and not doc[start - 2].whitespace_  # "face-to-face"
            start -= 1 + tied
            continue
        if _is_hyphenated(doc, start - 1) and token.pos_ == "ADV":  # "this ever-deepening crisis"
            start -= 1
            continue
        if (further := _adjective_before(doc, start, first)) is not None:
            start = further
            continue
        if token.pos_ not in MODIFIER_PARTS or token.tag_ in {"VBD", "VBZ", "VBP", "VB", "MD", "RB", "EX"}:
            break
        if token.tag_ in {"VBG", "VBN"} and (token.dep_ not in {"amod", "compound"} or _follows_name(start - 1, at)):
            break
        if token.dep_ in OUTSIDE or token.head.i > first + 3:
            break
        start -= 1
    return start, name


def _adjective_before(doc: Doc, start: int, first: int) -> int | None:
    """The adjective that "and" or a comma joins to the one at `start`: "X's illegal, unprovoked and brutal war"."""
    before = doc[start].head
    if doc[start].dep_ == "conj" and before.i == start - 2 and doc[start].pos_ == before.pos_ == "NOUN":
        return before.i if before.dep_ == "compound" else None  # "defence and security forces"
    if start == first or doc[start].pos_ != "ADJ":
        return None
    at = start - 1
    while at > 0 and start - at < 3 and (doc[at].text == "," or doc[at].dep_ == "cc"):
        at -= 1
    joined = at < start - 1 and doc[at].tag_ == "JJ" and doc[start].dep_ in {"conj", "amod"}
    return at if joined and doc[at].dep_ in {"conj", "amod"} else None


def _follows_name(verb: int, at: dict[int, Mention]) -> bool:
    """Whether a name stands right before a participle, and makes it a verb: "the Assembly adopted resolution X"."""
    before = at.get(verb - 1)
    return before is not None and before.sense != "adjective"


def _name_start(doc: Doc, start: int, first: int, at: dict[int, Mention], *, counted: bool) -> int:
    """Leave out the adjectives at the front that name nothing ("devastating conflict" -> "conflict").

    :param counted: whether a number there tells how many they are: "1,500 Kenyan soldiers".
    """
    while (
        start < first
        and start not in at
        and (doc[start].pos_ == "ADV" or not _is_hyphenated(doc, start))
        and not (doc[start].text[0].isdigit() and not (counted and doc[start].tag_ == "CD"))
        and (doc[start].pos_ in {"ADJ", "ADV", "VERB", "NUM", "CCONJ"} or doc[start].text in {"-", "–", ","})
    ):
        start += 1
    return start


def many_holders(doc: Doc, first: int, last: int, lexicon: Lexicon, passage: int) -> Mention | None:
    """ "The Presidents", "both Ministers": a group that was named before."""
    determined = first > 0 and lexicon.is_in("groupDeterminer", doc[first - 1].lower_)
    if not determined and not _opens_with(doc, first, last, lexicon):
        return None
    if last < len(doc) and lexicon.is_in("officePreposition", doc[last].lower_):
        return None  # "the Foreign Ministers of X and Y" are named where they stand
    head = head_of(doc, first, last, last - 1)
    return Mention(
        passage, first, last, head, "Coalition", surface(doc, first, last, lexicon), Kind.DESCRIPTION, bare=True
    )


def _opens_with(doc: Doc, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a sentence opens with those who issue it: "Ministers condemned X"."""
    issuers = first == doc[first].sent.start and doc[last - 1].dep_.startswith("nsubj")
    return issuers and lexicon.is_in("issuerNoun", doc.text_of(first, last).lower())


def _is_hyphenated(doc: Doc, at: int) -> bool:
    """Whether a hyphen ties the word to the next: "face-to-face", "high-level"."""
    return at + 1 < len(doc) and doc[at + 1].text in {"-", "–"} and not doc[at].whitespace_


def _number(doc: Doc, at: int) -> int:
    """The end of "598 (1987)"."""
    end = at + 1
    texts = [token.text for token in doc[end : end + 3]]
    if len(texts) == 3 and texts[0] == "(" and texts[2] == ")" and texts[1].isdigit():
        end += 3
    return end
