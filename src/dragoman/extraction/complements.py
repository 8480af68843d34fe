"""What completes a description: "the war IN SUDAN", "talks BETWEEN X AND Y", "a conference TO END THE WAR IN X"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.extraction.mentions import CONFLICTS, Mention, surface
from dragoman.extraction.syntax import SUBJECTS
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import HeadNoun, Lexicon

__all__ = [
    "MODIFIER_PARTS",
    "find_apart",
    "find_clause",
    "find_complement",
    "find_purpose",
    "joins_clause",
    "settles",
    "with_others",
]

MODIFIER_PARTS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "VERB", "ADV"})
MAX_COMPLEMENT = 9
"""Words that a complement may run over before the name that fixes it."""
GROUPS = frozenset({"Population", "ArmedGroup", "GovernmentBody"})
"""Classes of those who fight or talk without a name: "between X and armed separatists"."""
MAX_UNNAMED = 4
MAX_CLAUSE = 16
"""Words of a clause that still tells which one is meant: "the declaration adopted by the leaders of X and Y in May"."""
TELLING = frozenset({"VBN", "VBG", "VB"})


def find_complement(doc: Doc, end: int, head: HeadNoun, at: dict[int, Mention], lexicon: Lexicon) -> int:
    """Where a complement that names something ends, or `end`."""
    reach, here = end, end
    effect = doc[end - 1].dep_ == "nmod" and lexicon.is_in("effectNoun", doc[end - 1].head.lemma_.lower())
    while here < len(doc) and doc[here].lower_ in head.complements and not joins_clause(doc, here, lexicon):
        if effect and lexicon.is_in("effectPreposition", doc[here].lower_):
            break  # "the impact of the war in X on Y"
        target = here + 1
        while target < len(doc) and target - here <= MAX_COMPLEMENT and target not in at:
            token = doc[target]
            if token.pos_ == "NOUN" and head.cls == "Coalition":
                break
            if _names_them(doc, target, at, lexicon):
                target += 1
                continue  # "between the two countries, X and Y"
            if token.pos_ == "ADP" and doc[target - 1].pos_ != "CCONJ" and joins_clause(doc, target, lexicon):
                break  # "a settlement of the conflict on the basis of X"
            if token.is_punct or (
                token.pos_ in {"VERB", "AUX", "PRON", "SCONJ", "CCONJ"}
                and (token.tag_ != "PRP$" or head.cls in {"Population", "Post"})
                and not (lexicon.is_in("insideComplement", token.lower_) or token.dep_ == "amod")
            ):
                break
            target += 1
        mention = at.get(target)
        if mention is None or target - here > MAX_COMPLEMENT:
            break
        end_of_name = mention.end
        holder = at.get(mention.end)
        if mention.cls == "Post" and holder is not None and holder.start == mention.end and holder.cls == "Person":
            end_of_name = holder.end  # "the mediation of Special Envoy Anna Berg"
        if mention.sense == "adjective":  # "talks with the Ukrainian delegation"
            if mention.end >= len(doc) or not lexicon.is_in("metonym", doc[mention.end].lemma_.lower()):
                break
            end_of_name += 1
        elif _is_part_of_conflict(doc, mention, lexicon):
            end_of_name = doc[mention.head].head.i + 1
        elif mention.cls == "Place" and mention.end < len(doc) and _is_place(doc[mention.end], lexicon):
            end_of_name += 1  # "in the Norrvik district"
        elif mention.cls == "ArmedGroup" and _hangs_on_next(doc, mention):
            end_of_name += 1  # "on X leaders"
        preposition = doc[here].lower_
        reach = here = end_of_name
        if lexicon.is_in("beforeMembers", doc[target - 1].lower_) or _names_them(doc, target - 1, at, lexicon):
            named = replace(mention, end=end_of_name)
            reach = here = max(end_of_name, _coordinated(doc, named, at, lexicon, loosely=preposition == "between"))
        if reach < len(doc) and doc[reach].tag_ == "POS":
            return end
    return reach


def _names_them(doc: Doc, comma: int, at: dict[int, Mention], lexicon: Lexicon) -> bool:
    """Whether a comma stands between several without a name and the name of the first: "the two countries, X and Y"."""
    if doc[comma].text != "," or comma + 1 not in at:
        return False
    return doc[comma - 1].tag_ in {"NNS", "NNPS"} and lexicon.is_in("groupNoun", doc[comma - 1].lower_)


def _is_part_of_conflict(doc: Doc, name: Mention, lexicon: Lexicon) -> bool:
    """Whether a name stands before the noun of a conflict: "the settlement of the Gulf crisis"."""
    noun = doc[name.head].head
    head = lexicon.heads.get(noun.lemma_.lower())
    before = noun.i - name.end in {0, 1} and doc[name.head].dep_ == "compound"
    return before and head is not None and head.cls in CONFLICTS


def _hangs_on_next(doc: Doc, name: Mention) -> bool:
    """Whether a name stands before a plural noun that it is a part of."""
    noun = doc[name.head].head
    return doc[name.head].dep_ == "compound" and noun.i == name.end and noun.tag_ == "NNS"


def _is_place(noun: Token, lexicon: Lexicon) -> bool:
    head = lexicon.heads.get(noun.lower_)
    return noun.dep_ != "compound" and head is not None and head.cls == "Place"


def find_clause(doc: Doc, end: int, noun: int, at: dict[int, Mention]) -> int:
    """Where a clause ends that names or dates what a noun means, "the talks held in X", or `end`."""
    clause = next((c for c in doc[noun].rights if c.dep_ == "acl" and c.tag_ in TELLING and c.left_edge.i == end), None)
    if clause is None:
        return end
    last = clause.right_edge.i + 1
    if last - end > MAX_CLAUSE or not any(i in at or doc[i].like_num for i in range(end, last)):
        return end
    return last


def find_apart(doc: Doc, noun: int, at: dict[int, Mention], lexicon: Lexicon) -> str:
    """The complement that stands behind the verb, "between X and Y" of "fighting broke out between X and Y", or ""."""
    verb = doc[noun].head
    if doc[noun].dep_ not in SUBJECTS or any(child.dep_ == "obj" for child in verb.children):
        return ""
    for phrase in (child for child in verb.rights if child.dep_ == "obl"):
        paired = any(lexicon.is_in("pairingPreposition", child.lower_) for child in phrase.lefts)
        first, end = phrase.left_edge.i, phrase.right_edge.i + 1
        if paired and end - first <= MAX_CLAUSE and any(i in at for i in range(first, end)):
            return surface(doc, first, end, lexicon)
    return ""


def with_others(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """The end of "and girls" after "women", where that is all there is."""
    if end + 1 >= len(doc) or doc[end].lower_ != "and" or doc[end + 1].tag_ != "NNS":
        return end
    head = lexicon.heads.get(doc[end + 1].lemma_.lower())
    return end + 2 if head is not None and head.cls == "Population" else end


def settles(doc: Doc, end: int, at: dict[int, Mention], lexicon: Lexicon) -> bool:
    """Whether "of" leads from a noun to a conflict: "resolution of the armed conflict"."""
    if end + 1 >= len(doc) or doc[end].lower_ != "of":
        return False
    for target in range(end + 1, min(end + MAX_COMPLEMENT, len(doc))):
        head = lexicon.heads.get(doc[target].lemma_.lower())
        cls = at[target].cls if target in at else head.cls if head is not None else ""
        if cls in CONFLICTS:
            return True
        if cls or doc[target].pos_ not in MODIFIER_PARTS | {"DET", "PRON"}:
            return False
    return False


def joins_clause(doc: Doc, at: int, lexicon: Lexicon) -> bool:
    """Whether a preposition opens a longer one, which no name or description holds: "on the basis of"."""
    after = at + 1 + (at + 1 < len(doc) and doc[at + 1].lower_ == "the")
    if after + 1 >= len(doc) or not lexicon.is_in("prepositionNoun", doc[after].lower_):
        return False
    return lexicon.is_in("compoundEnd", doc[after + 1].lower_)


def find_purpose(doc: Doc, end: int, noun: int, at: dict[int, Mention]) -> int:
    """Where the purpose of a meeting ends, "to end the war in X", or `end`."""
    if end + 1 >= len(doc) or doc[end].lower_ != "to" or doc[end + 1].dep_ != "acl" or doc[end + 1].head.i != noun:
        return end
    objects = [child.i for child in doc[end + 1].children if child.dep_ == "obj"]
    named = next((at[i] for i in objects if i in at), None)
    return end if named is None or named.start > end + MAX_COMPLEMENT else named.end


def _unnamed(doc: Doc, start: int, at: dict[int, Mention], lexicon: Lexicon) -> int:
    """Where a group without a name ends that begins at `start`: "armed separatists"; 0 where there is none."""
    for end in range(start, min(start + MAX_UNNAMED, len(doc))):
        head = lexicon.heads.get(doc[end].lemma_.lower())
        if head is not None and head.cls in GROUPS and doc[end].tag_ == "NNS":
            return end + 1
        if end in at or doc[end].pos_ not in MODIFIER_PARTS:
            return 0
    return 0


def _coordinated(doc: Doc, first: Mention, at: dict[int, Mention], lexicon: Lexicon, *, loosely: bool) -> int:
    """Go on over ", X and Y" where X and Y are names, of the same kind unless `loosely`."""
    end = first.end
    while end + 1 < len(doc):
        here = end
        if loosely and doc[here].text == "," and any(t.lower_ == "and" for t in doc[first.end : here]):
            break  # "between X and Y, the question of Z and the war in W"
        if doc[here].lower_ in {"and", ","}:
            here += 1
            while here < len(doc) and lexicon.is_in("beforeNext", doc[here].lower_):
                here += 1
        else:
            break
        mention = at.get(here)
        if mention is None and loosely and doc[here - 1].lower_ == "and":
            return max(end, _unnamed(doc, here, at, lexicon))
        if mention is None or mention.start != here or not (loosely or _alike(mention.cls, first.cls)):
            break
        if mention.sense == "adjective":  # "between X and the Y-ish government"
            metonym = mention.end < len(doc) and lexicon.is_in("metonym", doc[mention.end].lemma_.lower())
            return mention.end + 1 if loosely and metonym else end
        if doc[end].text == "," and "and" not in {token.lower_ for token in doc[end : mention.end + 6]}:
            break
        end = mention.end
    return end


def _alike(left: str, right: str) -> bool:
    """Whether two names are of one kind: a place beside states is one more of them."""
    return left == right or {left, right} == {"State", "Place"}
