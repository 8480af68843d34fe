"""Wrong trees around nouns: lists cut short, phrases hung on dates; each function knows one, and mends it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.mends import FINITE, NOUNS, Mend, first_word, is_after_comma, is_bare, is_date, prepositions_of
from dragoman.language.tokens import Token

__all__ = [
    "apposition_as_address",
    "apposition_as_member",
    "doer_in_phrase",
    "gerund_as_noun",
    "gerund_between",
    "joined_to_object",
    "late_object",
    "member_after_pair",
    "member_as_apposition",
    "member_as_subject",
    "member_in_turn",
    "member_with_joint",
    "name_as_member",
    "name_as_subject",
    "object_after_preposition",
    "object_as_subject",
    "object_on_adjunct",
    "phrase_on_date",
    "phrase_on_verb",
    "phrase_with_its_like",
    "purpose_twice",
    "second_subject",
    "subject_as_compound",
    "thanked_besides",
]


def object_after_preposition(noun: Token) -> Iterator[Mend]:
    """ "carried out despite X": what stands after a preposition taken for an object."""
    if any(child.dep_ == "case" and child.pos_ == "ADP" for child in noun.lefts):
        yield Mend(noun, noun.head, "obl")


def joined_to_object(noun: Token) -> Iterator[Mend]:
    """ "support the plan to do X, as well as the mediation": joined to the inner clause and not to the plan."""
    joint = next((child for child in noun.lefts if child.dep_ == "cc"), None)
    if joint is None or noun.pos_ not in NOUNS:
        return
    objects = [c for above in noun.ancestors for c in above.children if c.dep_ == "obj" and c.i < joint.i]
    if objects:
        yield Mend(noun, objects[-1], "conj")


def second_subject(noun: Token) -> Iterator[Mend]:
    """ "X and Y stand with Z": Y hung on the verb as a part of it."""
    verb = noun.head
    first = next((child for child in verb.lefts if child.dep_ == "nsubj" and child.i < noun.i), None)
    if verb.pos_ != "VERB" or noun.i > verb.i or first is None or noun.pos_ not in NOUNS:
        return
    joint = next((token for token in noun.doc[first.i + 1 : noun.i] if token.dep_ == "cc"), None)
    if joint is not None:
        yield Mend(noun, first, "conj")
        yield Mend(joint, noun, "cc")
        for child in verb.lefts:
            if joint.i < child.i < noun.i:
                yield Mend(child, noun, child.dep_)


def member_after_pair(noun: Token) -> Iterator[Mend]:
    """ "the war between X and Y, the question of Z": one more of the list, taken for a third between whom it is."""
    first = noun.head
    if "between" not in prepositions_of(first) or first.dep_ != "nmod":
        return
    members = [child for child in first.rights if child.dep_ == "conj"]
    second = next((member for member in members if any(joint.dep_ == "cc" for joint in member.lefts)), noun)
    further = [member for member in members if second.i < member.i and is_after_comma(member)]
    named = second.pos_ == "PROPN" or len(further) > 1  # not "X and its brother, the Republic of Y"
    if named and any(member.i <= noun.i for member in further):
        yield Mend(noun, first.head, "conj")


def member_as_subject(noun: Token) -> Iterator[Mend]:
    """ "President X and Prime Minister Y met": Y taken for a second subject, for the title before it."""
    verb = noun.head
    first = next((child for child in verb.lefts if child.dep_ == "nsubj" and child.i < noun.i), None)
    if first is None or noun.i > verb.i:
        return
    joint, title = noun.left_edge, noun.nbor(-1)
    if joint.dep_ == "cc" and first.i < joint.i:
        yield Mend(noun, first, "conj")
        yield Mend(joint, noun, "cc")
    elif title.dep_ == "conj" and title.pos_ == "PROPN":
        yield Mend(noun, title.head, "conj")
        yield Mend(title, noun, "nmod:desc")
        for child in title.lefts:
            if child.dep_ == "cc":
                yield Mend(child, noun, "cc")


def name_as_subject(name: Token) -> Iterator[Mend]:
    """ "the X leader Anna Berg met Y": a name right behind the noun that it is of, taken for a second subject."""
    before = name.nbor(-1) if name.i else name
    if before.pos_ == "NOUN" and before.dep_ == "nsubj" and before.head == name.head and name.i < name.head.i:
        yield Mend(name, before, "appos")


def doer_in_phrase(noun: Token) -> Iterator[Mend]:
    """ "On Monday rebels attacked X": who does it taken for the phrase of time or place that stands before him."""
    verb = noun.head
    case = next((child for child in noun.lefts if child.dep_ == "case"), None)
    named = next((child for child in noun.lefts if child.dep_ == "compound" and child.pos_ == "PROPN"), None)
    if case is None or named is None or named.i != case.i + 1 or verb.tag_ not in FINITE:
        return
    others = [child for child in verb.children if child.dep_ in {"nsubj", "nsubj:pass", "expl"} and child != noun]
    if noun.tag_ == "NNS" and noun.right_edge.i + 1 == verb.i and not others:
        yield Mend(named, verb, "obl")
        yield Mend(case, named, "case")
        yield Mend(noun, verb, "nsubj")


def gerund_as_noun(gerund: Token) -> Iterator[Mend]:
    """ "fighting broke out": a noun taken for a verb, though nothing is its object."""
    if not any(child.dep_ in {"obj", "xcomp", "ccomp"} for child in gerund.children):
        yield Mend(gerund, gerund.head, "nsubj", "NN")


def gerund_between(gerund: Token) -> Iterator[Mend]:
    """ "months of fighting between X and Y": a noun taken for a verb, though it tells between whom it is."""
    mark = next((child for child in gerund.lefts if child.dep_ == "mark"), None)
    between = [child for child in gerund.rights if "between" in prepositions_of(child)]
    if mark is not None and between and not any(child.dep_ == "obj" for child in gerund.children):
        yield Mend(gerund, gerund.head, "nmod" if gerund.dep_ == "acl" else "obl", "NN")
        yield Mend(mark, gerund, "case")
        for phrase in between:
            yield Mend(phrase, gerund, "nmod")


def subject_as_compound(noun: Token) -> Iterator[Mend]:
    """ "X finances Y": a name before a verb that may be a noun, hung on it as a part of it."""
    verb = noun.head
    relations = {child.dep_ for child in verb.children}
    named = noun.pos_ == "PROPN" and noun.i == verb.i - 1 and verb.pos_ == "VERB" and verb.tag_ in FINITE
    if named and "obj" in relations and not relations & {"nsubj", "nsubj:pass"}:
        yield Mend(noun, verb, "nsubj")


def late_object(noun: Token) -> Iterator[Mend]:
    """ "condemned in the strongest terms X's deeds": an object behind a phrase, taken for an adjunct."""
    verb = noun.head
    if verb.pos_ != "VERB" or noun.i < verb.i or noun.pos_ not in NOUNS or not is_bare(noun):
        return
    relations = {child.dep_ for child in verb.children}
    if relations & {"obj", "nsubj:pass", "aux:pass", "ccomp", "xcomp", "obl:agent"} or verb.dep_ in {"acl", "amod"}:
        return
    if not is_date(noun):
        yield Mend(noun, verb, "obj")


def phrase_on_date(phrase: Token) -> Iterator[Mend]:
    """ "issued on 2 July by X": a phrase hung on the date before it."""
    date, verb = phrase.head, phrase.head.head
    if verb.pos_ == "VERB" and verb.i < date.i < phrase.i and is_date(date) and not is_date(phrase):
        cases = prepositions_of(phrase)
        if cases and "of" not in cases:
            yield Mend(phrase, verb, "obl")


def object_on_adjunct(noun: Token) -> Iterator[Mend]:
    """ "welcomes with gratitude the gifts": the object hung on the noun before it."""
    before, verb = noun.head, noun.head.head
    if before.pos_ != "NOUN" or before.i > noun.i or verb.pos_ != "VERB" or before.dep_ not in {"obl", "nmod"}:
        return
    if not any(child.dep_ == "obj" for child in verb.children):
        yield Mend(noun, verb, "obj")


def object_as_subject(noun: Token) -> Iterator[Mend]:
    """ "X's hopes to join Y are high": the object of the infinitive taken for a second subject."""
    first = next((child for child in noun.head.lefts if child.dep_ == "nsubj" and child.i < noun.i), None)
    if first is None or (at := noun.left_edge.i - 1) <= first.i:
        return
    verb = noun.doc[at]
    lacks_object = not any(child.dep_ == "obj" for child in verb.children)
    if verb.tag_ in {"VB", "VBG"} and verb.dep_ in {"acl", "xcomp", "advcl"} and lacks_object:
        yield Mend(noun, verb, "obj")


def phrase_on_verb(noun: Token) -> Iterator[Mend]:
    """ "support for X, for Y, and for Z": the last phrase hung on the verb, as if it were one more clause."""
    case = next((child for child in noun.lefts if child.dep_ == "case"), None)
    if case is None or noun.pos_ not in NOUNS or noun.head.pos_ != "VERB" or noun.head.i > noun.i:
        return
    for phrase in reversed(noun.doc[noun.head.i + 1 : case.i]):
        if phrase.dep_ in {"nmod", "obl"} and case.lower_ in prepositions_of(phrase):
            yield Mend(noun, phrase.head, phrase.dep_)
            return


def purpose_twice(noun: Token) -> Iterator[Mend]:
    """ "pressed for justice for the victims": the second phrase hung on the verb too, though it follows the first."""
    if noun.head.pos_ != "VERB" or prepositions_of(noun) != ["for"] or is_date(noun):
        return
    for first in noun.head.rights:
        follows = prepositions_of(first) == ["for"] and first.right_edge.i + 1 == first_word(noun).i
        if follows and not is_date(first):
            yield Mend(noun, first, "nmod")


def member_as_apposition(noun: Token) -> Iterator[Mend]:
    """ "the efforts of X, Y and Z": Y hung on the efforts, as another name of theirs."""
    bearer = noun.head
    member = next((c for c in reversed(list(bearer.rights)) if c.dep_ == "nmod" and c.i < noun.i), None)
    joined = any(c.dep_ == "conj" and any(j.dep_ == "cc" for j in c.lefts) for c in noun.rights)
    if member is None or not joined or bearer.pos_ != "NOUN" or {member.pos_, noun.pos_} != {"PROPN"}:
        return
    if is_after_comma(noun) and member.right_edge.i + 2 == first_word(noun).i:
        yield Mend(noun, member, "conj")


def apposition_as_address(noun: Token) -> Iterator[Mend]:
    """ "thanked the mediators X and Y": the names of those before them, taken for those who are spoken to."""
    before = noun.nbor(-1) if noun.i else noun
    if noun.pos_ == "PROPN" and before.pos_ == "NOUN" and before.head == noun.head and before.dep_ in {"obj", "iobj"}:
        yield Mend(noun, before, "appos")


def apposition_as_member(noun: Token) -> Iterator[Mend]:
    """ "X, chair of Y, thanked Z": what X is, taken for one more member of a list that no word joins."""
    named, after = noun.head, noun.right_edge.i + 1
    if noun.pos_ != "NOUN" or named.pos_ != "PROPN" or after >= len(noun.doc):
        return
    others = [child for child in named.rights if child.dep_ == "conj"]
    if len(others) > 1 or any(child.dep_ == "cc" for child in (*noun.lefts, *named.rights)):
        return
    if is_after_comma(noun) and noun.doc[after].text == "," and first_word(noun).i == named.i + 2:
        yield Mend(noun, named, "appos")


def member_in_turn(name: Token) -> Iterator[Mend]:
    """ "took X in May and Y in June": a second object joined to the phrase behind the first, whose like it has."""
    phrase, words = name.head, [name, *(child for child in name.rights if child.dep_ == "flat")]
    after = words[-1].i + 1
    cases, verb = prepositions_of(phrase), phrase.head
    if phrase.dep_ != "obl" or len(cases) != 1 or verb.pos_ != "VERB" or after >= len(name.doc):
        return
    objects = [child for child in verb.rights if child.dep_ == "obj" and child.i < phrase.i]
    joined = any(child.dep_ == "cc" for child in name.lefts)
    like = name.doc[after].lower_ == cases[0] and not prepositions_of(name)
    if joined and like and objects and objects[-1].pos_ == name.pos_:
        yield Mend(name, objects[-1], "conj")
        yield Mend(name.doc[after].head, name, "nmod")


def name_as_member(name: Token) -> Iterator[Mend]:
    """ "the leader of X, Anna Berg, met Y": the name of what is meant, taken for a second of whom it is."""
    first, after = name.head, name.right_edge.i + 1
    bearer = first.head
    if first.pos_ != "PROPN" or first.dep_ != "nmod" or bearer.pos_ != "NOUN" or after >= len(name.doc):
        return
    listed = any(child.dep_ in {"conj", "cc"} for child in (*first.rights, *name.children) if child != name)
    enclosed = is_after_comma(name) and name.doc[after].text == ","
    if enclosed and not listed and bearer.tag_ != "NNS" and "of" in prepositions_of(first):
        yield Mend(name, bearer, "appos")


def member_with_joint(noun: Token) -> Iterator[Mend]:
    """ "X and Y met": Y hung on X as another name of it, though "and" stands between."""
    if noun.left_edge.dep_ == "cc" and noun.head.i < noun.left_edge.i:
        yield Mend(noun, noun.head, "conj")
        yield Mend(noun.left_edge, noun, "cc")


def thanked_besides(name: Token) -> Iterator[Mend]:
    """ "thanked X for its support to Y and Z for its help": Z joined to Y, though it is thanked as X is."""
    after = name.right_edge.i + 1
    joined = is_after_comma(name) or any(child.dep_ == "cc" for child in name.lefts)
    if after >= len(name.doc) or name.doc[after].lower_ != "for" or not joined:
        return
    reason = name.doc[after].head
    own = any(child.dep_ == "nmod:poss" and child.i == after + 1 for child in reason.lefts)
    verb = next((t for t in name.ancestors if t.pos_ == "VERB" and t.tag_ in FINITE), None)
    objects = [c for c in verb.rights if c.dep_ == "obj" and c.i < name.i] if verb is not None else []
    if verb is None or not own or not objects or objects[-1].right_edge.i + 1 >= name.i:
        return
    if name.doc[objects[-1].right_edge.i + 1].lower_ == "for":
        yield Mend(name, verb, "obj")
        yield Mend(reason, verb, "obl")


def phrase_with_its_like(noun: Token) -> Iterator[Mend]:
    """ "condolences to the kin of X, as well as to Y": joined to a phrase with another preposition than its own."""
    cases = prepositions_of(noun)
    if not cases or noun.pos_ not in NOUNS or noun.head.pos_ not in NOUNS or prepositions_of(noun.head) == cases:
        return
    joint = next((child for child in noun.lefts if child.dep_ == "cc"), None)
    for above in noun.head.ancestors:
        if joint is None or above.pos_ not in NOUNS:
            return
        if prepositions_of(above) == cases:
            yield Mend(noun, above, "conj")
            return
