"""Parses mended where the tree itself tells that it is wrong: verbs taken for participles, lists cut before their end.

A parser that decides word by word now and then leaves a clause without its verb, or hangs a clause on a date. Each rule
(:mod:`dragoman.language.verbmends`, :mod:`dragoman.language.nounmends`) knows one such tree, which no sentence has,
and gives the attachments that make it right.
Relations are those of https://universaldependencies.org/u/dep/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from spacy.attrs import DEP, HEAD, SENT_START
from spacy.tokens import Doc as Parsed

from dragoman.language import nounmends, verbmends
from dragoman.language.mends import Mend
from dragoman.language.tokens import Doc, Token, to_doc

__all__ = ["mend"]


def mend(parsed: Parsed) -> Doc:
    """The tokens of a parse that is mended in place; words and sentences stay as they are."""
    doc = to_doc(parsed)
    mended: dict[int, Mend] = {}
    for token in doc:
        for rule in RULES.get(token.dep_, ()):
            mends = list(rule(token))
            if mends and not any(m.token.i in mended for m in mends):
                mended |= {m.token.i: m for m in mends}
    return to_doc(parsed) if mended and _apply(parsed, mended) else doc


def _apply(parsed: Parsed, mended: dict[int, Mend]) -> bool:
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
        if new.tag == "VBZ" and parsed[at].lemma_ == parsed[at].lower_:
            parsed[at].lemma_ = parsed[at].lower_.removesuffix("s")  # "thanks", a word of its own as a noun
    return True


RULES: dict[str, tuple[Callable[[Token], Iterator[Mend]], ...]] = {
    "conj": (
        verbmends.verb_around_speech,
        verbmends.verb_of_list,
        verbmends.verb_on_subject,
        verbmends.verb_on_object,
        verbmends.verb_on_adverb,
        nounmends.phrase_on_verb,
        verbmends.noun_as_verb,
        nounmends.apposition_as_member,
        nounmends.phrase_with_its_like,
        verbmends.verb_of_its_form,
        verbmends.verb_of_attribution,
    ),
    "iobj": (verbmends.noun_with_object,),
    "vocative": (verbmends.noun_with_object, nounmends.apposition_as_address),
    "advcl": (verbmends.clause_after_comma,),
    "amod": (
        verbmends.verb_before_object,
        verbmends.verb_on_noun,
        verbmends.verb_after_relative,
        verbmends.verb_in_name,
    ),
    "nsubj": (nounmends.object_as_subject, verbmends.subject_of_said),
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
    "acl": (verbmends.verb_of_clause, verbmends.infinitive_after_adjunct),
    "xcomp": (verbmends.infinitive_of_list,),
    "obl": (nounmends.joined_to_object, nounmends.late_object, nounmends.purpose_twice),
    "acl:relcl": (verbmends.clause_on_date,),
}
"""What is looked for at a word, by its relation."""
