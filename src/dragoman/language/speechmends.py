"""Wrong trees around verbs of saying: who says it, and what is said; each function knows one, and mends it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.mends import FINITE, NOUNS, Mend, first_word, follows_comma, is_after_comma
from dragoman.language.tables import small_words
from dragoman.language.tokens import Token

__all__ = [
    "clause_around_said",
    "clause_in_report",
    "clause_of_said",
    "subject_of_said",
    "subject_said_before",
    "verb_around_speech",
    "verb_of_attribution",
]


def subject_said_before(verb: Token) -> Iterator[Mend]:
    """ "X, which Y says is backed by Z": the subject of what is said, taken for an object of the saying."""
    says, relations = verb.head, {child.dep_ for child in verb.children}
    if says.dep_ != "acl:relcl" or relations & {"nsubj", "nsubj:pass", "mark", "expl"} or verb.tag_ in {"VB", "VBG"}:
        return
    opening = next((c for c in says.lefts if c.dep_ == "obj" and c.lower_ in small_words("relative")), None)
    if opening is not None and any(child.dep_ == "nsubj" and child.i > opening.i for child in says.lefts):
        yield Mend(opening, verb, "nsubj:pass" if "aux:pass" in relations else "nsubj")


def clause_around_said(verb: Token) -> Iterator[Mend]:
    """ "X, Y said, supports Z": Y taken for another name of X, and both for the subject of the saying."""
    says = verb.head
    if {child.dep_ for child in verb.lefts} & {"nsubj", "nsubj:pass", "mark", "expl"}:
        return
    subject = next((child for child in says.lefts if child.dep_ == "nsubj"), None)
    if subject is None or says.dep_ != "ROOT" or not is_after_comma(verb):
        return
    sayer = next((c for c in subject.rights if c.dep_ == "appos" and c.right_edge.i + 1 == says.i), None)
    if sayer is not None:
        yield Mend(verb, verb, "ROOT")
        yield Mend(subject, verb, "nsubj")
        yield Mend(says, verb, "parataxis")
        yield Mend(sayer, says, "nsubj")


def verb_around_speech(verb: Token) -> Iterator[Mend]:
    """ "X, she added, opposes Y": the clause hung on the words of who says it, they on X."""
    said, subject = verb.head, verb.head.head
    relations = {child.dep_ for child in verb.lefts}
    if said.dep_ != "acl:relcl" or subject.pos_ not in NOUNS or verb.pos_ != "VERB" or relations & {"nsubj", "cc"}:
        return
    between = follows_comma(said.left_edge) and said.i < verb.i and said.nbor(1).text == ","
    own = [child for child in said.lefts if child.dep_ == "nsubj" and child.lower_ not in small_words("relative")]
    if between and own and verb.tag_ in FINITE | {"MD"}:
        yield Mend(verb, verb if subject.head == subject else subject.head, subject.dep_)
        yield Mend(subject, verb, "nsubj")
        yield Mend(said, verb, "parataxis")


def subject_of_said(noun: Token) -> Iterator[Mend]:
    """ "X, she said, opposes Y": who does what is said hung on the verb of saying, beside its own subject."""
    said = noun.head
    if noun.i > said.i or noun.nbor(1).text != "," or not any(c.dep_ == "nsubj" and c.i > noun.i for c in said.lefts):
        return
    for clause in said.rights:
        if clause.dep_ == "ccomp" and not any(child.dep_.startswith("nsubj") for child in clause.children):
            yield Mend(noun, clause, "nsubj")
            return


def verb_of_attribution(verb: Token) -> Iterator[Mend]:
    """ "X attacked Y, Z said": who says it, after a comma, taken for one more clause of the sentence."""
    relations = {child.dep_ for child in verb.children}
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    finite = verb.tag_ in FINITE or (verb.tag_ == "VBN" and "aux" in relations)  # "experts have concluded"
    if subject is None or not finite or relations & {"cc", "obj", "ccomp", "xcomp", "mark", "aux:pass"}:
        return
    opening = first_word(subject)
    last = all(token.is_punct for token in verb.doc[verb.right_edge.i + 1 : verb.sent.end])
    if last and follows_comma(opening) and verb.head.i < opening.i:
        yield Mend(verb, verb.head, "parataxis")


def clause_of_said(verb: Token) -> Iterator[Mend]:
    """ "X attacked Y, Z said": what is said taken for a circumstance of who says it after a comma."""
    said = verb.head
    relations = {child.dep_ for child in verb.lefts}
    sayer = next((child for child in said.lefts if child.dep_ == "nsubj" and child.i > verb.i), None)
    if sayer is None or verb.tag_ not in FINITE or "nsubj" not in relations or relations & {"mark", "advmod"}:
        return
    if any(child.dep_ in {"obj", "ccomp", "xcomp"} for child in said.rights):
        return
    if is_after_comma(sayer):
        yield Mend(verb, said, "ccomp")


def clause_in_report(verb: Token) -> Iterator[Mend]:
    """ "X said in a report that Y attacked Z": what is said hung on that in which it is said."""
    noun, said = verb.head, verb.head.head
    that = next((child for child in verb.lefts if child.lower_ == "that" and child.dep_ in {"mark", "obj"}), None)
    if that is None or noun.dep_ != "obl" or said.lemma_ not in small_words("saying"):
        return
    whole = that.dep_ == "mark" or any(child.dep_ == "obj" for child in verb.rights)
    if whole and said.i < noun.i and not any(child.dep_ in {"obj", "ccomp"} for child in said.rights):
        yield Mend(verb, said, "ccomp")
        yield Mend(that, verb, "mark", "IN")
