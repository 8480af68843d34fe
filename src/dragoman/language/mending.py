"""Parses mended where the tree itself tells that it is wrong: verbs taken for participles, lists cut before their end.

A parser that decides word by word now and then leaves a clause without its verb, or hangs a clause on a date. Each rule
(:mod:`~dragoman.language.verbmends`, :mod:`~dragoman.language.speechmends`, :mod:`~dragoman.language.nounmends`) knows
one such tree, which no sentence has, and gives the attachments that make it right.
Relations are those of https://universaldependencies.org/u/dep/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Doc as Parsed

from dragoman.language import nounmends, speechmends, verbmends
from dragoman.language.mends import FINITE, NOUNS, Mend
from dragoman.language.tokens import Doc, Token, to_doc

__all__ = ["mend"]


def mend(parsed: Parsed) -> Doc:
    """The tokens of a parse, mended; words and sentences stay as they are, and so does `parsed`."""
    doc = to_doc(parsed)
    mended: dict[int, Mend] = {}
    for token in doc:
        for rule, asked in ASKED.get(token.dep_, ()):
            if asked and token.tag_ not in asked and token.pos_ not in asked:
                continue
            mends = list(rule(token))
            if mends and not any(m.token.i in mended for m in mends):
                mended |= {m.token.i: m for m in mends}
    if mended and _keeps_sentences(doc, mended):
        for at, new in mended.items():
            _apply(doc, doc[at], new)
    return doc


def _keeps_sentences(doc: Doc, mended: Mapping[int, Mend]) -> bool:
    """Whether each sentence is one tree after mends: no words tied in a circle, none on a word of another sentence."""

    def head_of(token: Token) -> Token:
        return mended[token.i].head if token.i in mended else token.head

    sentences = {doc[at].sent.start: doc[at].sent for at in mended}.values()
    if any(sum(head_of(token) is token for token in sentence) != 1 for sentence in sentences):
        return False
    for at in mended:
        token, sentence = doc[at], doc[at].sent
        for _ in sentence:
            above = head_of(token)
            if above is token:
                break
            if above.sent is not sentence:
                return False
            token = above
        else:
            return False  # as many steps as it has words met no root
    return True


def _apply(doc: Doc, token: Token, new: Mend) -> None:
    doc.hang(token, new.head, new.relation)
    if new.tag:
        token.tag_, token.pos_ = new.tag, "VERB" if new.tag.startswith("V") else "NOUN"
    if new.tag == "VBZ" and token.lemma_ == token.lower_:
        token.lemma_ = token.lower_.removesuffix("s")  # "thanks", a word of its own as a noun
    if new.tag == "NN":
        token.lemma_ = token.lower_


Rule = Callable[[Token], Iterator[Mend]]
RULES: dict[str, tuple[Rule, ...]] = {
    "conj": (
        speechmends.verb_around_speech,
        verbmends.verb_of_list,
        verbmends.verb_on_subject,
        verbmends.verb_on_object,
        verbmends.verb_on_adverb,
        nounmends.phrase_on_verb,
        verbmends.noun_as_verb,
        nounmends.apposition_as_member,
        nounmends.name_as_member,
        nounmends.thanked_besides,
        nounmends.member_in_turn,
        nounmends.member_after_pair,
        nounmends.phrase_with_its_like,
        verbmends.verb_after_phrase,
        verbmends.verb_of_its_form,
        speechmends.verb_of_attribution,
        verbmends.subjects_after_phrase,
    ),
    "iobj": (verbmends.noun_with_object,),
    "vocative": (verbmends.noun_with_object, nounmends.apposition_as_address),
    "advcl": (verbmends.clause_after_comma, speechmends.clause_of_said, nounmends.gerund_between),
    "amod": (
        verbmends.verb_before_object,
        verbmends.verb_on_noun,
        verbmends.verb_after_relative,
        verbmends.verb_in_name,
    ),
    "nsubj": (
        nounmends.doer_in_phrase,
        nounmends.object_as_subject,
        speechmends.subject_of_said,
        nounmends.member_as_subject,
        nounmends.name_as_subject,
        nounmends.gerund_as_noun,
    ),
    "flat": (nounmends.member_with_joint,),
    "parataxis": (nounmends.late_object,),
    "compound": (verbmends.verb_on_noun, nounmends.second_subject, nounmends.subject_as_compound),
    "obj": (
        verbmends.noun_with_object,
        verbmends.verb_as_object,
        nounmends.object_on_adjunct,
        nounmends.object_after_preposition,
    ),
    "nmod": (nounmends.phrase_on_date,),
    "appos": (nounmends.member_as_apposition, nounmends.member_with_joint),
    "acl": (
        verbmends.verb_of_clause,
        verbmends.infinitive_after_adjunct,
        nounmends.gerund_between,
        speechmends.clause_in_report,
    ),
    "xcomp": (verbmends.infinitive_of_list,),
    "ccomp": (speechmends.subject_said_before, speechmends.clause_around_said),
    "csubj": (verbmends.infinitive_as_subject,),
    "obl": (
        nounmends.joined_to_object,
        nounmends.late_object,
        nounmends.purpose_twice,
        nounmends.doer_in_phrase,
    ),
    "acl:relcl": (verbmends.clause_on_date, speechmends.clause_in_report),
}
"""What is looked for at a word, by its relation."""

FINITE_OR_PARTICIPLE = FINITE | {"VBN"}
PAST = frozenset({"VBN", "VBD"})
OF_WORDS: dict[Rule, frozenset[str]] = {
    speechmends.verb_around_speech: frozenset({"VERB"}),
    verbmends.verb_of_list: frozenset({"VERB", "AUX"}),
    verbmends.verb_on_subject: FINITE,
    verbmends.verb_on_object: FINITE_OR_PARTICIPLE,
    verbmends.verb_on_adverb: frozenset({"VERB"}),
    verbmends.noun_as_verb: frozenset({"VBP"}),
    verbmends.verb_after_phrase: FINITE,
    speechmends.clause_around_said: FINITE,
    verbmends.verb_of_its_form: frozenset({"VBD", "VBZ"}),
    speechmends.verb_of_attribution: FINITE_OR_PARTICIPLE,
    verbmends.verb_before_object: PAST,
    verbmends.verb_after_relative: PAST,
    verbmends.verb_in_name: PAST,
    verbmends.verb_on_noun: FINITE_OR_PARTICIPLE,
    verbmends.verb_of_clause: FINITE_OR_PARTICIPLE,
    verbmends.verb_as_object: FINITE,
    verbmends.infinitive_after_adjunct: frozenset({"VB"}),
    nounmends.member_as_subject: frozenset({"PROPN"}),
    nounmends.member_in_turn: frozenset({"PROPN"}),
    nounmends.thanked_besides: frozenset({"PROPN"}),
    nounmends.name_as_member: frozenset({"PROPN"}),
    nounmends.name_as_subject: frozenset({"PROPN"}),
    nounmends.gerund_as_noun: frozenset({"VBG"}),
    nounmends.gerund_between: frozenset({"VBG"}),
    nounmends.phrase_on_verb: NOUNS,
    nounmends.phrase_with_its_like: NOUNS,
    nounmends.apposition_as_member: frozenset({"NOUN"}),
}
"""Tags, or parts of speech, of the words that a rule can mend; most words need not be asked about at all."""
ASKED = {
    relation: tuple((rule, OF_WORDS.get(rule, frozenset[str]())) for rule in rules) for relation, rules in RULES.items()
}
