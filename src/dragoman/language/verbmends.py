"""Wrong trees around verbs: one taken for a participle, or hung on a noun; each function knows one, and mends it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dragoman.language.mends import (
    FINITE,
    NOUNS,
    STEPS,
    Mend,
    first_word,
    follows_comma,
    is_after_comma,
    is_date,
    verb_above,
)
from dragoman.language.tables import small_words
from dragoman.language.tokens import Token

__all__ = [
    "clause_after_comma",
    "clause_on_date",
    "infinitive_after_adjunct",
    "infinitive_as_subject",
    "infinitive_of_list",
    "noun_as_verb",
    "noun_with_object",
    "subjects_after_phrase",
    "verb_after_phrase",
    "verb_after_relative",
    "verb_as_object",
    "verb_before_object",
    "verb_in_name",
    "verb_of_clause",
    "verb_of_its_form",
    "verb_of_list",
    "verb_on_adverb",
    "verb_on_noun",
    "verb_on_object",
    "verb_on_subject",
]

SUBORDINATE = frozenset({"acl", "acl:relcl", "advcl", "ccomp"})
"""Relations of the verbs of clauses within others."""


def verb_of_list(verb: Token) -> Iterator[Mend]:
    """ "X, Y, and Z met": the verb hung on X as one more member, with Z alone for its subject."""
    first = verb.head
    own = [child for child in verb.lefts if child.dep_ in {"nsubj", "nsubj:pass"}]
    if verb.pos_ not in {"VERB", "AUX"} or first.pos_ not in NOUNS or len(own) != 1:
        return
    joints = [child for child in verb.lefts if child.dep_ == "cc" and child.i < own[0].i]
    listed = any(child.dep_ == "conj" and child.i < own[0].i for child in first.children)
    if first.dep_ != "ROOT" or not joints or not listed:
        return
    yield Mend(verb, verb, "ROOT")
    yield Mend(first, verb, own[0].dep_)
    yield Mend(own[0], first, "conj")
    yield Mend(joints[0], own[0], "cc")
    for child in first.rights:
        if child.i > verb.i:
            yield Mend(child, verb, "obl" if child.dep_ == "nmod" else child.dep_)


def verb_on_subject(verb: Token) -> Iterator[Mend]:
    """ "X, with the help of Y, invaded Z": the verb hung on its subject as one more member of a list."""
    subject = verb.head
    relations = {child.dep_ for child in verb.children}
    if verb.pos_ != "VERB" or verb.tag_ not in FINITE or subject.dep_ != "ROOT" or subject.pos_ not in NOUNS:
        return
    if relations & {"nsubj", "nsubj:pass", "cc"} or subject.i > verb.i or any(c.dep_ == "cop" for c in subject.lefts):
        return
    yield Mend(verb, verb, "ROOT")
    yield Mend(subject, verb, "nsubj")


def verb_on_object(verb: Token) -> Iterator[Mend]:
    """ "X welcomed the briefing and reaffirmed support": the second verb hung on the object of the first."""
    noun = verb.head
    if verb.pos_ != "VERB" or noun.pos_ not in NOUNS or verb.tag_ not in FINITE | {"VBN"}:
        return
    relations = {child.dep_ for child in verb.children}
    if relations & {"nsubj", "nsubj:pass", "aux", "aux:pass"} or not relations & {"obj", "ccomp", "obl"}:
        return
    if verb.tag_ == "VBN" and "obj" not in relations:
        return
    above = verb_above(noun)
    if above is not None and above.i < noun.i and above.tag_ in FINITE:
        yield Mend(verb, above, "conj", above.tag_ if verb.tag_ == "VBN" else "")


def infinitive_of_list(verb: Token) -> Iterator[Mend]:
    """ "to help X, to respect Y and to end Z": an infinitive behind a comma taken for what the one before completes."""
    to = next((child for child in verb.lefts if child.lower_ == "to"), None)
    last = next((c for c in verb.rights if c.dep_ == "conj" and any(word.lower_ == "to" for word in c.lefts)), None)
    listed = last is not None and any(child.lower_ == "to" for child in verb.head.lefts)
    if to is not None and listed and verb.head.tag_ == "VB" and verb.head.i < to.i and follows_comma(to):
        yield Mend(verb, verb.head, "conj")


def verb_before_object(participle: Token) -> Iterator[Mend]:
    """ "addressed the issue and adopted resolution 5": a verb taken for an adjective of its object.

    The object is one thing and has no article, so that a participle alone would not do before it.
    """
    noun, before = participle.head, participle.doc[participle.i - 1] if participle.i else participle
    second = noun.dep_ == "conj" or any(c.dep_ == "obj" and c.i < before.i for c in noun.head.rights)
    if participle.tag_ not in {"VBN", "VBD"} or noun.i < participle.i or not second or before.dep_ != "cc":
        return
    if noun.tag_ not in {"NN", "NNP"} or any(child.dep_ in {"det", "nmod:poss"} for child in noun.children):
        return
    above = verb_above(noun)
    if above is not None and above.i < participle.i and above.tag_ in FINITE:
        yield Mend(participle, above, "conj", above.tag_)
        yield Mend(noun, participle, "obj")
        yield Mend(before, participle, "cc")


def verb_on_noun(verb: Token) -> Iterator[Mend]:
    """ "the group launched drones": a verb taken for a part of its object, with its subject below it."""
    noun = verb.head
    own = [child for child in verb.lefts if child.dep_ in {"nsubj", "compound", "nmod"} and child.pos_ in NOUNS]
    if verb.tag_ not in FINITE | {"VBN"} or noun.i < verb.i or noun.pos_ not in NOUNS or len(own) != 1:
        return
    if verb.tag_ != "VBZ" and own[0].dep_ != "nsubj":
        return
    yield Mend(verb, verb if noun.head == noun else noun.head, noun.dep_, "VBD" if verb.tag_ == "VBN" else "")
    yield Mend(noun, verb, "obj")
    yield Mend(own[0], verb, "nsubj")
    for child in noun.lefts:
        if child.i < own[0].left_edge.i and child != verb:
            yield Mend(child, verb, child.dep_)


def verb_after_phrase(verb: Token) -> Iterator[Mend]:
    """ "recalled it after X backed Y": the subject of a clause taken for a phrase of the verb before it."""
    first = verb.head
    if first.pos_ != "VERB" or {c.dep_ for c in verb.lefts} & {"nsubj", "nsubj:pass", "cc", "aux:pass", "punct"}:
        return
    opening = first_word(verb)
    phrase = next((c for c in first.rights if c.dep_ == "obl" and c.right_edge.i + 1 == opening.i), None)
    cases = [c for c in phrase.lefts if c.lower_ in small_words("conjunction")] if phrase is not None else []
    if phrase is not None and cases and not is_date(phrase):
        yield Mend(verb, first, "advcl")
        yield Mend(phrase, verb, "nsubj")
        yield Mend(cases[0], verb, "mark")


def verb_after_relative(participle: Token) -> Iterator[Mend]:
    """ "the Council, which unanimously adopted resolution 5": the verb taken for an adjective of its object."""
    noun = participle.head
    pronouns = (child for child in noun.lefts if child.lower_ in small_words("relative"))
    pronoun = next((child for child in pronouns if child.i < participle.i), None)
    if participle.tag_ not in {"VBN", "VBD"} or pronoun is None or pronoun.i == 0 or noun.i < participle.i:
        return
    named = pronoun.nbor(-1)
    if named.text == "," and named.i:
        named = named.nbor(-1)
    while named.head.i < named.i and named.dep_ in {"flat", "compound", "conj"}:
        named = named.head
    if named.pos_ in NOUNS and named not in noun.subtree:
        yield Mend(participle, named, "acl:relcl", "VBD")
        yield Mend(noun, participle, "obj")
        yield Mend(pronoun, participle, "nsubj")


def verb_in_name(participle: Token) -> Iterator[Mend]:
    """ "The Secretary-General appointed Berg": the verb taken for an adjective of its object, all for one name."""
    object_, subject = participle.head, participle.head.head
    if participle.tag_ not in {"VBN", "VBD"} or not subject.i < participle.i < object_.i or subject.pos_ not in NOUNS:
        return
    if object_.dep_ not in {"nmod", "flat", "appos", "compound"} or subject.dep_ not in {"ROOT", "ccomp", "conj"}:
        return
    before = range(participle.left_edge.i, participle.i)
    if any(child.dep_ == "case" for child in object_.children) or any(participle.doc[i].pos_ == "DET" for i in before):
        return
    yield Mend(participle, participle if subject.head == subject else subject.head, subject.dep_, "VBD")
    yield Mend(subject, participle, "nsubj")
    yield Mend(object_, participle, "obj")
    for child in subject.rights:
        if child.i > object_.i:
            yield Mend(child, participle, "obl" if child.dep_ == "nmod" else child.dep_)


def verb_on_adverb(verb: Token) -> Iterator[Mend]:
    """ "has fully and promptly eliminated X": the verb hung on the first adverb, its auxiliary in its place."""
    adverb, auxiliary = verb.head, verb.head.head
    if verb.pos_ != "VERB" or adverb.pos_ != "ADV" or auxiliary.tag_ not in FINITE | {"MD"}:
        return
    if auxiliary.lemma_ not in small_words("auxiliary") and auxiliary.tag_ != "MD":
        return
    yield Mend(verb, verb if auxiliary.head == auxiliary else auxiliary.head, auxiliary.dep_)
    yield Mend(auxiliary, verb, "aux")
    for child in auxiliary.children:
        yield Mend(child, verb, child.dep_)


def verb_of_clause(verb: Token) -> Iterator[Mend]:
    """ "is glad that X adopted Y": the verb of the clause taken for a participle that tells of its subject."""
    subject = verb.head
    that = next((child for child in subject.lefts if child.dep_ == "mark"), None)
    if subject.dep_ not in {"ccomp", "advcl"} or subject.pos_ not in NOUNS or verb.tag_ not in FINITE | {"VBN"}:
        return
    if that is None or verb.i < subject.i or not any(child.dep_ == "obj" for child in verb.rights):
        return
    yield Mend(verb, subject.head, subject.dep_, "VBD" if verb.tag_ == "VBN" else "")
    yield Mend(subject, verb, "nsubj")
    yield Mend(that, verb, "mark")


def clause_on_date(verb: Token) -> Iterator[Mend]:
    """ "the resolution, adopted on 2 March, which condemns X": a relative clause hung on the date."""
    at = verb.head
    if not is_date(at):
        return
    for _ in range(STEPS):
        at = at.head
        if at.pos_ in {"VERB", "AUX"} and not at.dep_.startswith("acl"):
            at = next((child for child in at.children if child.dep_.startswith("nsubj")), at)
            break
        if at.pos_ in NOUNS and not is_date(at):
            break
    if at.pos_ in NOUNS and at.i < verb.i:
        yield Mend(verb, at, verb.dep_)


def noun_as_verb(word: Token) -> Iterator[Mend]:
    """ "applying sanctions and export controls": a noun before a noun taken for a verb that agrees with nothing."""
    verb = word.head
    noun = next((child for child in word.rights if child.dep_ == "obj"), None)
    if word.tag_ != "VBP" or verb.pos_ != "VERB" or verb.tag_ in FINITE | {"VB"} or noun is None or word.i < 2:
        return
    first = next((child for child in verb.rights if child.dep_ == "obj" and child.i < word.i), None)
    if first is None or word.nbor(-1).dep_ != "cc" or noun.tag_ not in {"NN", "NNS"}:
        return
    yield Mend(word, noun, "compound", "NN")
    yield Mend(noun, first, "conj")
    yield Mend(word.nbor(-1), noun, "cc")
    for child in word.rights:
        if child.i > noun.i:
            yield Mend(child, verb, child.dep_)


def verb_as_object(verb: Token) -> Iterator[Mend]:
    """ "a report released Thursday states that ...": the verb taken for the object of the participle before it."""
    participle = verb.head
    subjects = [child for child in participle.lefts if child.dep_ == "nsubj"]
    if verb.tag_ not in FINITE or participle.dep_ != "ROOT" or participle.tag_ not in {"VBD", "VBN"}:
        return
    clauses = [child for child in (*verb.rights, *participle.rights) if child.i > verb.i]
    said = any(c.lower_ == "that" and c.dep_ == "mark" for clause in clauses for c in clause.lefts)
    if len(subjects) != 1 or subjects[0].i != participle.i - 1 or not said:
        return
    yield Mend(verb, verb, "ROOT", verb.tag_)
    yield Mend(subjects[0], verb, "nsubj")
    yield Mend(participle, subjects[0], "acl", "VBN")
    for child in participle.rights:
        if child.i > verb.i:
            yield Mend(child, verb, child.dep_)
    for child in verb.lefts:
        yield Mend(child, participle, "obl:unmarked")
    for clause in verb.rights:
        if clause.dep_ == "acl":
            yield Mend(clause, verb, "ccomp")


def verb_of_its_form(verb: Token) -> Iterator[Mend]:
    """ "calls on X to do Y, and supports Z": a finite verb joined to the infinitive, or to a clause of other tense."""
    first = verb.head
    relations = {child.dep_ for child in verb.children}
    if (
        verb.tag_ not in {"VBD", "VBZ"}
        or first.pos_ != "VERB"
        or relations & {"nsubj", "nsubj:pass", "aux", "aux:pass"}
    ):
        return
    if "cc" not in relations or (verb.tag_ == "VBD" and not relations & {"obj", "ccomp"}):
        return
    subordinate = first.dep_ in SUBORDINATE and first.tag_ in FINITE - {verb.tag_}
    joint = next(child for child in verb.children if child.dep_ == "cc")
    if first.dep_ == "acl:relcl" and first.tag_ == verb.tag_:  # "X, which ended, and thanked Y"
        subordinate = follows_comma(joint) and is_after_comma(first)
    elif first.dep_ == "acl:relcl" and first.tag_ == "VBN":  # "notes what X has done, and thanks Y"
        subordinate = follows_comma(joint)
    above = next((t for t in islice(first.ancestors, STEPS) if _has_form(t, verb.tag_)), None)
    if above is not None and (subordinate or first.tag_ == "VB"):
        yield Mend(verb, above, "conj")


def _has_form(word: Token, tag: str) -> bool:
    """Whether a word is a verb of that tag, or is what somebody is by such a copula: "X is glad"."""
    if word.pos_ == "VERB":
        return word.tag_ == tag
    return any(child.dep_ == "cop" and child.tag_ == tag for child in word.lefts)


def infinitive_after_adjunct(verb: Token) -> Iterator[Mend]:
    """ "requests X, in consultation with Y, to do Z": the infinitive hung on the noun of the phrase in between."""
    noun, opening = verb.head, first_word(verb)
    if verb.tag_ != "VB" or opening.lower_ != "to" or opening.i == 0:
        return
    if noun.pos_ == "VERB":
        yield Mend(verb, noun, "xcomp")
        return
    asking = noun.head
    between = noun.dep_ in {"obl", "nmod"} and asking.pos_ == "VERB" and follows_comma(opening)
    if between and is_after_comma(noun) and asking.i < noun.i:
        yield Mend(verb, asking, "xcomp")


def noun_with_object(noun: Token) -> Iterator[Mend]:
    """ "X, a friend of Y, thanks Z": a verb that is spelt like a noun, with an object."""
    verb = noun.head
    if verb.tag_ not in {"NN", "NNS"} or not verb.lower_.endswith("s") or noun.i < verb.i or noun.pos_ not in NOUNS:
        return
    if noun.dep_ == "vocative" and is_after_comma(noun):
        return
    subject = any(child.dep_ == "nsubj" for child in verb.lefts)
    joined = verb.dep_ == "conj" and verb.head.tag_ == "VBZ" and any(child.dep_ == "cc" for child in verb.lefts)
    if (subject or joined) and not any(child.dep_ in {"case", "cop", "det"} for child in verb.lefts):
        yield Mend(verb, verb if verb.dep_ == "ROOT" else verb.head, verb.dep_, "VBZ")
        yield Mend(noun, verb, "obj")


def infinitive_as_subject(verb: Token) -> Iterator[Mend]:
    """ "requests X to do Y": what X is asked to do taken for a clause that is the subject of the verb before it."""
    asking, opening = verb.head, first_word(verb)
    asked = any(child.dep_ in {"obj", "iobj"} and child.i < opening.i for child in asking.rights)
    if verb.tag_ == "VB" and opening.lower_ == "to" and asking.pos_ == "VERB" and asked:
        yield Mend(verb, asking, "xcomp")


def subjects_after_phrase(first: Token) -> Iterator[Mend]:
    """ "Under the auspices of X, Y and Z signed it": Y and Z taken for further members of the phrase before them."""
    verb = first.head.head
    while verb.dep_ in {"nmod", "obl"} and verb.head != verb:
        verb = verb.head
    others = [child for child in first.head.rights if child.dep_ == "conj" and child.i > first.i]
    if first.head.dep_ not in {"nmod", "obl"} or verb.tag_ not in FINITE or len(others) != 1:
        return
    last = others[0]
    before = last.i == verb.i - 1 and any(child.dep_ == "cc" for child in last.lefts)
    if not before or not is_after_comma(first) or any(c.dep_.startswith("nsubj") for c in verb.children):
        return
    yield Mend(first, verb, "nsubj")
    yield Mend(last, first, "conj")


def clause_after_comma(verb: Token) -> Iterator[Mend]:
    """ "X rejected a plan to send Y, accusing Z": a participle after a comma, hung on the infinitive before it."""
    infinitive, opening = verb.head, first_word(verb)
    if verb.tag_ != "VBG" or infinitive.tag_ != "VB" or infinitive.dep_ != "acl" or opening != verb:
        return
    noun, above = infinitive.head, infinitive.head.head
    if follows_comma(verb) and noun.dep_ == "obj" and above.tag_ in FINITE and above.i < noun.i:
        yield Mend(verb, above, "advcl")
