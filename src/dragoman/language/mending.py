"""Parses mended where the tree itself tells that it is wrong: verbs taken for participles, lists cut before their end.

A parser that decides word by word now and then leaves a clause without its verb, or hangs a clause on a date. Each
function here knows one such tree, which no sentence has, and gives the attachments that make it right.
Relations are those of https://universaldependencies.org/u/dep/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.attrs import DEP, HEAD, SENT_START
from spacy.tokens import Doc as Parsed

from dragoman.language.tokens import Doc, Token, to_doc

__all__ = ["mend"]

NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
DATED = frozenset({"nmod:unmarked", "obl:unmarked", "nummod"})
"""Relations of dates and amounts, which no relative clause tells more of."""
RELATIVES = frozenset({"which", "who", "that"})
STEPS = 8
"""Heads that are looked at above a word."""


@dataclass(frozen=True, slots=True)
class _Mend:
    """A word's new head and relation, and its new tag where that was wrong too."""

    token: Token
    head: Token
    relation: str
    tag: str = ""


def mend(parsed: Parsed) -> Doc:
    """The tokens of a parse that is mended in place; words, lemmas and sentences stay as they are."""
    doc = to_doc(parsed)
    mended: dict[int, _Mend] = {}
    for token in doc:
        for rule in RULES.get(token.dep_, ()):
            mends = list(rule(token))
            if mends and not any(m.token.i in mended for m in mends):
                mended |= {m.token.i: m for m in mends}
    return to_doc(parsed) if mended and _apply(parsed, mended) else doc


def _apply(parsed: Parsed, mended: dict[int, _Mend]) -> bool:
    """Mend the parse, unless that would tie words in a circle or part a sentence."""
    before: Any = parsed.to_array([HEAD, DEP])
    after = before.copy()
    for at, new in mended.items():
        after[at, 0] = (new.head.i - at) % 2**64  # heads are kept as signed distances in unsigned numbers
        after[at, 1] = parsed.vocab.strings.add(new.relation)
    starts: Any = parsed.to_array(SENT_START)
    parsed.from_array([HEAD, DEP], after)
    is_circle = any(parsed[at] in parsed[at].ancestors for at in mended)
    if is_circle or (parsed.to_array(SENT_START) != starts).any():
        parsed.from_array([HEAD, DEP], before)
        return False
    for at, new in mended.items():
        if new.tag:
            parsed[at].tag_, parsed[at].pos_ = new.tag, "VERB" if new.tag.startswith("V") else "NOUN"
    return True


def _verb_of_list(verb: Token) -> Iterator[_Mend]:
    """ "X, Y, and Z met": the verb hung on X as one more member, with Z alone for its subject."""
    first = verb.head
    own = [child for child in verb.lefts if child.dep_ in {"nsubj", "nsubj:pass"}]
    if verb.pos_ not in {"VERB", "AUX"} or first.pos_ not in NOUNS or len(own) != 1:
        return
    joints = [child for child in verb.lefts if child.dep_ == "cc" and child.i < own[0].i]
    listed = any(child.dep_ == "conj" and child.i < own[0].i for child in first.children)
    if first.dep_ != "ROOT" or not joints or not listed:
        return
    yield _Mend(verb, verb, "ROOT")
    yield _Mend(first, verb, own[0].dep_)
    yield _Mend(own[0], first, "conj")
    yield _Mend(joints[0], own[0], "cc")
    for child in first.rights:
        if child.i > verb.i:
            yield _Mend(child, verb, "obl" if child.dep_ == "nmod" else child.dep_)


def _verb_on_subject(verb: Token) -> Iterator[_Mend]:
    """ "X, with the help of Y, invaded Z": the verb hung on its subject as one more member of a list."""
    subject = verb.head
    relations = {child.dep_ for child in verb.children}
    if verb.pos_ != "VERB" or verb.tag_ not in FINITE or subject.dep_ != "ROOT" or subject.pos_ not in NOUNS:
        return
    if relations & {"nsubj", "nsubj:pass", "cc"} or subject.i > verb.i or any(c.dep_ == "cop" for c in subject.lefts):
        return
    yield _Mend(verb, verb, "ROOT")
    yield _Mend(subject, verb, "nsubj")


def _verb_on_object(verb: Token) -> Iterator[_Mend]:
    """ "X welcomed the briefing and reaffirmed support": the second verb hung on the object of the first."""
    noun = verb.head
    if verb.pos_ != "VERB" or noun.pos_ not in NOUNS or verb.tag_ not in FINITE | {"VBN"}:
        return
    relations = {child.dep_ for child in verb.children}
    if relations & {"nsubj", "nsubj:pass", "aux", "aux:pass"} or not relations & {"obj", "ccomp", "obl"}:
        return
    if verb.tag_ == "VBN" and "obj" not in relations:
        return
    above = _verb_above(noun)
    if above is not None and above.i < noun.i and above.tag_ in FINITE:
        yield _Mend(verb, above, "conj", above.tag_ if verb.tag_ == "VBN" else "")


def _object_after_preposition(noun: Token) -> Iterator[_Mend]:
    """ "carried out despite X": what stands after a preposition taken for an object."""
    if any(child.dep_ == "case" and child.pos_ == "ADP" for child in noun.lefts):
        yield _Mend(noun, noun.head, "obl")


def _verb_before_object(participle: Token) -> Iterator[_Mend]:
    """ "addressed the issue and adopted resolution 5": a verb taken for an adjective of its object.

    The object is one thing and has no article, so that a participle alone would not do before it.
    """
    noun, before = participle.head, participle.doc[participle.i - 1] if participle.i else participle
    second = noun.dep_ == "conj" or any(c.dep_ == "obj" and c.i < before.i for c in noun.head.rights)
    if participle.tag_ not in {"VBN", "VBD"} or noun.i < participle.i or not second or before.dep_ != "cc":
        return
    if noun.tag_ not in {"NN", "NNP"} or any(child.dep_ in {"det", "nmod:poss"} for child in noun.children):
        return
    above = _verb_above(noun)
    if above is not None and above.i < participle.i and above.tag_ in FINITE:
        yield _Mend(participle, above, "conj", above.tag_)
        yield _Mend(noun, participle, "obj")
        yield _Mend(before, participle, "cc")


def _verb_on_noun(verb: Token) -> Iterator[_Mend]:
    """ "the group launched drones": a verb taken for a part of its object, with its subject below it."""
    noun = verb.head
    own = [child for child in verb.lefts if child.dep_ in {"nsubj", "compound", "nmod"} and child.pos_ in NOUNS]
    if verb.tag_ not in FINITE | {"VBN"} or noun.i < verb.i or noun.pos_ not in NOUNS or len(own) != 1:
        return
    if verb.tag_ != "VBZ" and own[0].dep_ != "nsubj":
        return
    yield _Mend(verb, verb if noun.head == noun else noun.head, noun.dep_, "VBD" if verb.tag_ == "VBN" else "")
    yield _Mend(noun, verb, "obj")
    yield _Mend(own[0], verb, "nsubj")
    for child in noun.lefts:
        if child.i < own[0].left_edge.i and child != verb:
            yield _Mend(child, verb, child.dep_)


def _joined_to_object(noun: Token) -> Iterator[_Mend]:
    """ "support the plan to do X, as well as the mediation": joined to the inner clause and not to the plan."""
    joint = next((child for child in noun.children if child.dep_ == "cc" and child.i < noun.i), None)
    if joint is None or noun.pos_ not in NOUNS:
        return
    objects = [c for above in noun.ancestors for c in above.children if c.dep_ == "obj" and c.i < joint.i]
    if objects:
        yield _Mend(noun, objects[-1], "conj")


def _second_subject(noun: Token) -> Iterator[_Mend]:
    """ "X and Y stand with Z": Y hung on the verb as a part of it."""
    verb = noun.head
    first = next((child for child in verb.lefts if child.dep_ == "nsubj" and child.i < noun.i), None)
    if verb.pos_ != "VERB" or noun.i > verb.i or first is None or noun.pos_ not in NOUNS:
        return
    joint = next((token for token in noun.doc[first.i + 1 : noun.i] if token.dep_ == "cc"), None)
    if joint is not None:
        yield _Mend(noun, first, "conj")
        yield _Mend(joint, noun, "cc")
        for child in verb.lefts:
            if joint.i < child.i < noun.i:
                yield _Mend(child, noun, child.dep_)


def _noun_as_verb(word: Token) -> Iterator[_Mend]:
    """ "applying sanctions and export controls": a noun before a noun taken for a verb that agrees with nothing."""
    verb = word.head
    noun = next((child for child in word.rights if child.dep_ == "obj"), None)
    if word.tag_ != "VBP" or verb.pos_ != "VERB" or verb.tag_ in FINITE | {"VB"} or noun is None or word.i < 2:
        return
    first = next((child for child in verb.rights if child.dep_ == "obj" and child.i < word.i), None)
    if first is None or word.nbor(-1).dep_ != "cc" or noun.tag_ not in {"NN", "NNS"}:
        return
    yield _Mend(word, noun, "compound", "NN")
    yield _Mend(noun, first, "conj")
    yield _Mend(word.nbor(-1), noun, "cc")
    for child in word.rights:
        if child.i > noun.i:
            yield _Mend(child, verb, child.dep_)


def _late_object(noun: Token) -> Iterator[_Mend]:
    """ "condemned in the strongest terms X's deeds": an object behind a phrase, taken for an adjunct."""
    verb = noun.head
    if verb.pos_ != "VERB" or noun.i < verb.i or noun.pos_ not in NOUNS or not _is_bare(noun):
        return
    relations = {child.dep_ for child in verb.children}
    if relations & {"obj", "nsubj:pass", "aux:pass", "ccomp", "xcomp", "obl:agent"} or verb.dep_ in {"acl", "amod"}:
        return
    if not _is_date(noun):
        yield _Mend(noun, verb, "obj")


def _verb_after_relative(participle: Token) -> Iterator[_Mend]:
    """ "the Council, which unanimously adopted resolution 5": the verb taken for an adjective of its object."""
    noun = participle.head
    pronoun = next((child for child in noun.lefts if child.lower_ in RELATIVES and child.i < participle.i), None)
    if participle.tag_ not in {"VBN", "VBD"} or pronoun is None or pronoun.i == 0 or noun.i < participle.i:
        return
    named = pronoun.nbor(-1)
    if named.text == "," and named.i:
        named = named.nbor(-1)
    while named.head.i < named.i and named.dep_ in {"flat", "compound", "conj"}:
        named = named.head
    if named.pos_ in NOUNS and named not in noun.subtree:
        yield _Mend(participle, named, "acl:relcl", "VBD")
        yield _Mend(noun, participle, "obj")
        yield _Mend(pronoun, participle, "nsubj")


def _phrase_on_date(phrase: Token) -> Iterator[_Mend]:
    """ "issued on 2 July by X": a phrase hung on the date before it."""
    date, verb = phrase.head, phrase.head.head
    if verb.pos_ == "VERB" and verb.i < date.i < phrase.i and _is_date(date) and not _is_date(phrase):
        cases = _cases(phrase)
        if cases and "of" not in cases:
            yield _Mend(phrase, verb, "obl")


def _object_on_adjunct(noun: Token) -> Iterator[_Mend]:
    """ "welcomes with gratitude the gifts": the object hung on the noun before it."""
    before, verb = noun.head, noun.head.head
    if before.pos_ != "NOUN" or before.i > noun.i or verb.pos_ != "VERB" or before.dep_ not in {"obl", "nmod"}:
        return
    if not any(child.dep_ == "obj" for child in verb.children):
        yield _Mend(noun, verb, "obj")


def _verb_in_name(participle: Token) -> Iterator[_Mend]:
    """ "The Secretary-General appointed Berg": the verb taken for an adjective of its object, all for one name."""
    object_, subject = participle.head, participle.head.head
    if participle.tag_ not in {"VBN", "VBD"} or not subject.i < participle.i < object_.i or subject.pos_ not in NOUNS:
        return
    if object_.dep_ not in {"nmod", "flat", "appos", "compound"} or subject.dep_ not in {"ROOT", "ccomp", "conj"}:
        return
    before = range(participle.left_edge.i, participle.i)
    if any(child.dep_ == "case" for child in object_.children) or any(participle.doc[i].pos_ == "DET" for i in before):
        return
    yield _Mend(participle, participle if subject.head == subject else subject.head, subject.dep_, "VBD")
    yield _Mend(subject, participle, "nsubj")
    yield _Mend(object_, participle, "obj")
    for child in subject.rights:
        if child.i > object_.i:
            yield _Mend(child, participle, "obl" if child.dep_ == "nmod" else child.dep_)


def _object_as_subject(noun: Token) -> Iterator[_Mend]:
    """ "X's hopes to join Y are high": the object of the infinitive taken for a second subject."""
    first = next((child for child in noun.head.lefts if child.dep_ == "nsubj" and child.i < noun.i), None)
    if first is None or (at := noun.left_edge.i - 1) <= first.i:
        return
    verb = noun.doc[at]
    lacks_object = not any(child.dep_ == "obj" for child in verb.children)
    if verb.tag_ in {"VB", "VBG"} and verb.dep_ in {"acl", "xcomp", "advcl"} and lacks_object:
        yield _Mend(noun, verb, "obj")


def _clause_on_date(verb: Token) -> Iterator[_Mend]:
    """ "the resolution, adopted on 2 March, which condemns X": a relative clause hung on the date."""
    at = verb.head
    if not _is_date(at):
        return
    for _ in range(STEPS):
        at = at.head
        if at.pos_ in {"VERB", "AUX"} and not at.dep_.startswith("acl"):
            at = next((child for child in at.children if child.dep_.startswith("nsubj")), at)
            break
        if at.pos_ in NOUNS and not _is_date(at):
            break
    if at.pos_ in NOUNS and at.i < verb.i:
        yield _Mend(verb, at, verb.dep_)


def _verb_on_adverb(verb: Token) -> Iterator[_Mend]:
    """ "has fully and promptly eliminated X": the verb hung on the first adverb, its auxiliary in its place."""
    adverb, auxiliary = verb.head, verb.head.head
    if verb.pos_ != "VERB" or adverb.pos_ != "ADV" or auxiliary.tag_ not in FINITE | {"MD"}:
        return
    if auxiliary.lemma_ not in {"have", "be"} and auxiliary.tag_ != "MD":
        return
    yield _Mend(verb, verb if auxiliary.head == auxiliary else auxiliary.head, auxiliary.dep_)
    yield _Mend(auxiliary, verb, "aux")
    for child in auxiliary.children:
        yield _Mend(child, verb, child.dep_)


def _verb_around_speech(verb: Token) -> Iterator[_Mend]:
    """ "X, she added, opposes Y": the clause hung on the words of who says it, they on X."""
    said, subject = verb.head, verb.head.head
    relations = {child.dep_ for child in verb.lefts}
    if said.dep_ != "acl:relcl" or subject.pos_ not in NOUNS or verb.pos_ != "VERB" or relations & {"nsubj", "cc"}:
        return
    between = said.left_edge.i > 0 and said.left_edge.nbor(-1).text == "," and said.nbor(1).text == ","
    own = [child for child in said.lefts if child.dep_ == "nsubj" and child.lower_ not in RELATIVES]
    if between and own and verb.tag_ in FINITE | {"MD"}:
        yield _Mend(verb, verb if subject.head == subject else subject.head, subject.dep_)
        yield _Mend(subject, verb, "nsubj")
        yield _Mend(said, verb, "parataxis")


def _phrase_on_verb(noun: Token) -> Iterator[_Mend]:
    """ "support for X, for Y, and for Z": the last phrase hung on the verb, as if it were one more clause."""
    case = next((child for child in noun.lefts if child.dep_ == "case"), None)
    if case is None or noun.pos_ not in NOUNS or noun.head.pos_ != "VERB" or noun.head.i > noun.i:
        return
    for phrase in reversed(noun.doc[noun.head.i + 1 : case.i]):
        if phrase.dep_ in {"nmod", "obl"} and case.lower_ in _cases(phrase):
            yield _Mend(noun, phrase.head, phrase.dep_)
            return


def _purpose_twice(noun: Token) -> Iterator[_Mend]:
    """ "pressed for justice for the victims": the second phrase hung on the verb too, though it follows the first."""
    ends = {_first_word(noun).i - 1} if _cases(noun) == ["for"] and noun.head.pos_ == "VERB" else set()
    for first in noun.head.rights:
        if first.right_edge.i in ends and _cases(first) == ["for"] and not _is_date(first) and not _is_date(noun):
            yield _Mend(noun, first, "nmod")


def _member_as_apposition(noun: Token) -> Iterator[_Mend]:
    """ "the efforts of X, Y and Z": Y hung on the efforts, as another name of theirs."""
    bearer = noun.head
    member = next((c for c in reversed(list(bearer.rights)) if c.dep_ == "nmod" and c.i < noun.i), None)
    joined = any(c.dep_ == "conj" and any(j.dep_ == "cc" for j in c.lefts) for c in noun.rights)
    if member is None or not joined or bearer.pos_ != "NOUN" or {member.pos_, noun.pos_} != {"PROPN"}:
        return
    if _is_after_comma(noun) and member.right_edge.i + 2 == _first_word(noun).i:
        yield _Mend(noun, member, "conj")


def _apposition_as_member(noun: Token) -> Iterator[_Mend]:
    """ "X, chair of Y, thanked Z": what X is, taken for one more member of a list that no word joins."""
    named, after = noun.head, noun.right_edge.i + 1
    if noun.pos_ != "NOUN" or named.pos_ != "PROPN" or after >= len(noun.doc):
        return
    others = [child for child in named.rights if child.dep_ == "conj"]
    if len(others) > 1 or any(child.dep_ == "cc" for child in (*noun.lefts, *named.rights)):
        return
    if _is_after_comma(noun) and noun.doc[after].text == "," and _first_word(noun).i == named.i + 2:
        yield _Mend(noun, named, "appos")


def _subject_of_said(noun: Token) -> Iterator[_Mend]:
    """ "X, she said, opposes Y": who does what is said hung on the verb of saying, beside its own subject."""
    said = noun.head
    if noun.i > said.i or noun.nbor(1).text != "," or not any(c.dep_ == "nsubj" and c.i > noun.i for c in said.lefts):
        return
    for clause in said.rights:
        if clause.dep_ == "ccomp" and not any(child.dep_.startswith("nsubj") for child in clause.children):
            yield _Mend(noun, clause, "nsubj")
            return


def _member_with_joint(noun: Token) -> Iterator[_Mend]:
    """ "X and Y met": Y hung on X as another name of it, though "and" stands between."""
    if noun.left_edge.dep_ == "cc" and noun.head.i < noun.left_edge.i:
        yield _Mend(noun, noun.head, "conj")
        yield _Mend(noun.left_edge, noun, "cc")


def _verb_of_clause(verb: Token) -> Iterator[_Mend]:
    """ "is glad that X adopted Y": the verb of the clause taken for a participle that tells of its subject."""
    subject = verb.head
    that = next((child for child in subject.lefts if child.dep_ == "mark"), None)
    if subject.dep_ not in {"ccomp", "advcl"} or subject.pos_ not in NOUNS or verb.tag_ not in FINITE | {"VBN"}:
        return
    if that is None or verb.i < subject.i or not any(child.dep_ == "obj" for child in verb.rights):
        return
    yield _Mend(verb, subject.head, subject.dep_, "VBD" if verb.tag_ == "VBN" else "")
    yield _Mend(subject, verb, "nsubj")
    yield _Mend(that, verb, "mark")


def _first_word(noun: Token) -> Token:
    """Where the words of a phrase begin, behind the comma that hangs on it."""
    return next(token for token in noun.subtree if not token.is_punct)


def _cases(noun: Token) -> list[str]:
    return [child.lower_ for child in noun.lefts if child.dep_ == "case"]


def _is_after_comma(noun: Token) -> bool:
    first = _first_word(noun)
    return first.i > 0 and first.nbor(-1).text == ","


def _is_bare(noun: Token) -> bool:
    """Whether a noun has neither preposition nor clause of its own."""
    return not any(child.dep_ in {"case", "mark", "cop", "nsubj"} for child in noun.children)


def _is_date(token: Token) -> bool:
    return token.pos_ == "NUM" or token.dep_ in DATED or any(child.dep_ == "nmod:unmarked" for child in token.children)


def _verb_above(token: Token) -> Token | None:
    """The verb in whose clause a noun stands."""
    for _ in range(STEPS):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ == "VERB":
            return token
    return None


RULES: dict[str, tuple[Callable[[Token], Iterator[_Mend]], ...]] = {
    "conj": (
        _verb_around_speech,
        _verb_of_list,
        _verb_on_subject,
        _verb_on_object,
        _verb_on_adverb,
        _phrase_on_verb,
        _noun_as_verb,
        _apposition_as_member,
    ),
    "amod": (_verb_before_object, _verb_on_noun, _verb_after_relative, _verb_in_name),
    "nsubj": (_object_as_subject, _subject_of_said),
    "parataxis": (_late_object,),
    "compound": (_verb_on_noun, _second_subject),
    "obj": (_object_on_adjunct, _object_after_preposition),
    "nmod": (_phrase_on_date,),
    "appos": (_member_as_apposition, _member_with_joint),
    "acl": (_verb_of_clause,),
    "obl": (_joined_to_object, _late_object, _purpose_twice),
    "acl:relcl": (_clause_on_date,),
}
"""What is looked for at a word, by its relation."""
