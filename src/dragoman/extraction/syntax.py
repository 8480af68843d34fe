"""Who does what to whom, read off a Universal Dependencies parse: the logical subject and object of verbs and nouns.

Passives, relative clauses, participles, infinitives under control or raising, coordination and light verbs ("give
support") are looked through, so that a frame of the lexicon needs to say only "subj" and "obj".
https://universaldependencies.org/u/dep/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from dragoman.extraction.infinitives import noun_of_infinitive
from dragoman.extraction.relations import OBLIQUES, WITHIN_PHRASE, preposition_of
from dragoman.extraction.requests import asked_together, called_too, called_upon, is_task
from dragoman.language.tokens import Token
from dragoman.lexicon import Lexicon

__all__ = [
    "OBLIQUES",
    "Syntax",
    "conjuncts",
    "governors",
    "is_passive",
    "leaders_of",
    "preposition_of",
]

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
AGREEING = 3
"""Heads above a name among which that is looked for which a relative clause agrees with."""
BLAMING = frozenset({"criticizes", "opposes"})
"""Properties of those who think ill of a deed."""
DEPTH = 6
"""Steps that a controller may be away: "decided to try to help to end"."""
HARM = "attacks"
"""The property whose nouns name harm, of which he who ends it is not the doer."""


class Syntax:
    """The look-ups, with the words that the lexicon lists for them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def subjects(self, verb: Token, depth: int = 0) -> Sequence[Token]:
        """Who does it: heads of the phrases, without their coordination."""
        if is_passive(verb):
            agents = [child for child in verb.children if child.dep_ == "obl:agent" or _has_case(child, "by")]
            if agents or verb.dep_ != "conj":
                return agents
            return self.subjects(verb.head, depth + 1) if depth < DEPTH and is_passive(verb.head) else []
        return self.grammatical_subjects(verb, depth)

    def grammatical_subjects(self, verb: Token, depth: int = 0) -> Sequence[Token]:
        """The subject in the clause, or the one that the construction around it supplies."""
        own = [child for child in verb.children if child.dep_ in SUBJECTS and child.i < verb.i + 12]
        if own:
            return [*(self.antecedent(child) for child in own), *self._joined_by(verb)]
        if depth >= DEPTH:
            return []
        head, relation = verb.head, verb.dep_
        if relation == "conj" and head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            while head.tag_ == "VBG" and verb.tag_ in {"VBP", "VB", "VBZ"} and head.dep_ in {"advcl", "acl"}:
                head = _verb_above(head)  # "we congratulate X on finding Y and pay tribute to Z"
            return self.grammatical_subjects(head, depth + 1)
        if (
            relation in {"xcomp", "ccomp"}
            and head.pos_ in {"VERB", "AUX"}
            and (relation == "xcomp" or verb.tag_ in {"VB", "VBG"})
        ):
            objects = [child for child in head.children if child.dep_ in {"obj", "iobj"} and child.i < verb.i]
            if objects and not is_passive(head):
                return objects
            return called_upon(head, verb, self.lexicon) or self.grammatical_subjects(head, depth + 1)
        if relation in {"acl", "advcl"} and verb.tag_ in {"VBG", "VBN"} and (thanked := self._thanked(verb)):
            return thanked
        if relation in {"xcomp", "advcl", "ccomp"} and head.pos_ in {"ADJ", "NOUN", "PROPN"}:
            return (
                self.noun_agents(head, depth + 1) if head.pos_ == "NOUN" else self.grammatical_subjects(head, depth + 1)
            )
        if relation == "advcl" and (verb.tag_ in {"VBG", "VB", "VBN"} or verb.pos_ == "ADJ"):
            if verb.tag_ == "VB" and (further := called_too(verb, self.lexicon)):
                return further
            if verb.tag_ == "VB" and (called := called_upon(head, verb, self.lexicon)):
                return called
            if verb.tag_ == "VB" and self.lexicon.is_in("requesting", head.lemma_) and not is_passive(head):
                asked = [c for c in head.children if c.dep_ in {"obj", "iobj"} and c.i < verb.i]
                if asked:
                    return asked
            if doers := self._of_effort(verb, depth):
                return doers
            marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "case"}}
            if "in" in marks and self.lexicon.is_in("joining", head.lemma_):  # "X joined Y in doing it"
                return [*self.grammatical_subjects(head, depth + 1), *self.objects(head, depth + 1)]
            if "from" in marks and self.lexicon.is_in("preventing", head.lemma_):  # "prevented X from doing it"
                return self.objects(head, depth + 1)
            charged = not marks.isdisjoint(self.lexicon.words["chargedWith"]) or is_task(verb, self.lexicon)
            charged = charged and not self.lexicon.is_in("using", head.lemma_)  # "X uses Y for doing it"
            praised = bool(marks & self.lexicon.words["praisedFor"]) and self.lexicon.is_in("sayingVerb", head.lemma_)
            is_charged = charged or praised or (marks == {"as"} and verb.tag_ == "VBG")  # "rejected X as violating Y"
            if is_charged and (done_to := self.objects(head, depth + 1)):
                return [noun for noun in done_to if noun.i < verb.i] or done_to
            return self.grammatical_subjects(head, depth + 1)
        if relation == "acl" and verb.tag_ == "VB" and (called := called_upon(head, verb, self.lexicon)):
            return called
        if relation == "acl" and verb.tag_ == "VB" and self._is_ranked(head):
            return [child for child in head.children if child.dep_ in SUBJECTS] or [head]
        if relation == "acl":
            marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "case"}}
            accused = "of" in marks and verb.tag_ == "VBG" and head.dep_ in {"obj", "nsubj:pass"}
            if accused and (self.lexicon.is_in("requestNoun", head.lemma_) or self.carrier(head) is None):
                return [head]  # "accused X of doing Y", not "X had plans of doing Y"
            if not marks and (verb.tag_ == "VBG" or not is_passive(verb)):  # "X adopted Y", read as "X that is adopted"
                return [head]
            owning = self.lexicon.words["owningPreposition"]
            owners = [
                child
                for child in head.children
                if child.dep_ == "nmod" and preposition_of(child) & owning and child.i < verb.i
            ]
            return owners or self.noun_agents(head, depth + 1)
        if relation == "acl:relcl":
            return (
                [head] if not any(child.dep_ == "obj" and self._is_relative(child) for child in verb.children) else []
            )
        return []

    def _joined_by(self, verb: Token) -> list[Token]:
        """Y of "X, together with Y, did Z", who does it too."""
        if is_passive(verb):
            return []
        beside = (*verb.children, *(c for subject in verb.lefts if subject.dep_ == "nsubj" for c in subject.rights))
        phrases = [c for c in beside if c.dep_ in OBLIQUES]
        words = [below for phrase in phrases for below in phrase.lefts] + [c for c in beside if c.dep_ == "advmod"]
        joint = (word for word in words if self.lexicon.is_in("jointly", word.lower_))
        joined = (phrase for word in joint for phrase in (word.head, *word.children) if phrase.dep_ in OBLIQUES)
        return [phrase for phrase in joined if _has_case(phrase, "with")]

    def _is_ranked(self, noun: Token) -> bool:
        """Whether a noun says which of its kind does what follows: "the first country to sign it"."""
        ranks = (c for c in noun.children if c.dep_ in {"amod", "nummod", "det"} and c.i < noun.i)
        return any(c.like_num or self.lexicon.is_in("rank", c.lower_) for c in ranks)

    def _thanked(self, verb: Token) -> Sequence[Token]:
        """X of "express our gratitude to X for doing it", "grateful to X for doing it"."""
        if not any(child.lower_ in self.lexicon.words["praisedFor"] | {"for"} for child in verb.lefts):
            return []
        nouns = [verb.head, *(c for c in verb.head.children if c.dep_ == "obj")]
        words = {"NOUN": "thanks", "ADJ": "thanking"}  # "our gratitude to X", "grateful to X"
        thanks = (n for n in nouns if n.pos_ in words and self.lexicon.is_in(words[n.pos_], n.lemma_.lower()))
        phrases = (c for noun in thanks for c in (*noun.children, *noun.head.children) if c.dep_ in OBLIQUES)
        return [phrase for phrase in phrases if phrase.i < verb.i and _has_case(phrase, "to")][:1]

    def _of_effort(self, verb: Token, depth: int) -> Sequence[Token]:
        """Who makes the efforts of "supports the efforts of X, Y and Z to end it"."""
        noun = noun_of_infinitive(verb, self.lexicon)
        if noun is None:
            return []
        owners = [c for c in noun.children if c.dep_ == "nmod" and _has_case(c, "of") and c.i < verb.i]
        owners += [c for c in noun.children if c.dep_ == "nmod:poss"]
        return owners or (self.noun_agents(noun, depth + 1) if depth < DEPTH else [])

    def objects(self, verb: Token, depth: int = 0) -> Sequence[Token]:
        """What it is done to."""
        if is_passive(verb):
            own = [child for child in verb.children if child.dep_ in SUBJECTS]
            if own:
                return [self.antecedent(child) for child in own]
            if verb.dep_ in {"acl", "amod"} and verb.head.pos_ in {"NOUN", "PROPN"}:
                return [_exemplified(verb.head)]
            if verb.dep_ == "acl:relcl":
                return [verb.head]
            if verb.dep_ == "conj" and depth < DEPTH and verb.head.pos_ == "VERB":
                return (
                    self.objects(verb.head, depth + 1)
                    if is_passive(verb.head)
                    else self.grammatical_subjects(verb.head)
                )
            if verb.dep_ == "advcl":
                return self._before_comma(verb) or self.grammatical_subjects(verb.head, depth + 1)
            return self.grammatical_subjects(verb, depth + 1) if depth < DEPTH else []
        own = [child for child in verb.children if child.dep_ == "obj"]
        own = own or [child for child in verb.children if child.dep_ == "iobj"]  # "urges X to do it"
        own = own or self._after_terms(verb)
        if own:
            return [self.antecedent(child) for child in own]
        if verb.dep_ == "acl:relcl" and any(
            child.dep_ in SUBJECTS and not self._is_relative(child) for child in verb.children
        ):
            return [verb.head]
        if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not is_passive(verb.head):
            shared = [c for c in verb.head.children if c.dep_ == "obj" and c.i > verb.i]  # "shelters and supports X"
            if shared:
                return shared
        for child in verb.children:  # "endorses and supports the plan"
            if (
                child.dep_ == "conj"
                and child.pos_ == "VERB"
                and child.i > verb.i
                and depth < DEPTH
                and not is_passive(child)
            ):
                shared = [c for c in child.children if c.dep_ == "obj"]
                if shared and child.i - verb.i <= 4:
                    return shared
        return []

    def _after_terms(self, verb: Token) -> list[Token]:
        """X of "condemns in the strongest terms X", which the parser hangs on "terms"."""
        terms = (c for c in verb.children if c.dep_ == "obl" and self.lexicon.is_in("mannerNoun", c.lemma_.lower()))
        hung = (c for term in terms for c in term.children if c.i > term.i and c.dep_ in {"appos", "nmod", "flat"})
        return [c for c in hung if not _cases(c)][:1]

    def noun_agents(self, noun: Token, depth: int = 0) -> Sequence[Token]:
        """Who does what a noun names: possessive, modifier, "by", the subject of the verb that carries it."""
        owners = [child for child in noun.children if child.dep_ == "nmod:poss"]
        if owners:
            return owners
        if leaders := leaders_of(noun) or asked_together(noun, self.lexicon):
            return leaders
        behind = (t for t in noun.subtree if t.i > noun.i and t.dep_ in OBLIQUES and _has_case(t, "by"))
        by = next((t for t in behind if not _is_in_clause(t, noun)), None)
        if by is None and noun.dep_ == "obj" and not is_passive(noun.head):  # "condemn attacks by X", hung on the verb
            beside = (c for c in noun.head.children if c.dep_ in OBLIQUES and c.i > noun.i)
            by = next((c for c in beside if _has_case(c, "by")), None)
        if by is not None:
            return [by]
        if depth < DEPTH and (makers := self.makers(noun, depth + 1)):
            return makers
        if depth >= DEPTH or self._is_ended(noun):
            return []
        carrier = self.carrier(noun)
        if carrier is not None and noun.dep_ == "obl" and self._is_blamed(noun, carrier):
            return [doer for one in self.objects(carrier) for doer in self.noun_agents(one, depth + 1) or [one]]
        if carrier is not None:
            return self.subjects(carrier, depth + 1)
        if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
            return self.noun_agents(noun.head, depth + 1)
        if _has_case(noun, "including"):  # "X affirmed its support, including support for Y"
            clause = next((t for t in noun.ancestors if any(c.dep_ in SUBJECTS for c in t.children)), None)
            return self.subjects(clause, depth + 1) if clause is not None else []
        if noun.dep_ == "nmod" and self._measures(noun.head):  # "our efforts for an engagement with"
            return self.noun_agents(noun.head, depth + 1)
        if (
            noun.dep_ == "obl" and noun.i < noun.head.i and noun.head.pos_ == "VERB"
        ):  # "Following the signing of X, Y ..."
            return self.subjects(noun.head, depth + 1)
        return []

    def _is_blamed(self, noun: Token, verb: Token) -> bool:
        """Whether it is another who does harm: "X rejects the war of Y, in violation of the treaty"."""
        if is_passive(verb) or not self.lexicon.is_in("harmNoun", noun.lemma_):
            return False
        frames = self.lexicon.frames_of("verb", verb.lemma_)
        blames = any(frame.predicate in BLAMING and "author" not in frame.subject for frame in frames)
        return blames or self.lexicon.is_in("sayingVerb", verb.lemma_)

    def makers(self, noun: Token, depth: int = 0) -> list[Token]:
        """X of "commitments made by X" and "help received from X"."""
        given = (c for c in noun.children if c.dep_ == "acl" and self.lexicon.is_in("receiving", c.lemma_))
        if givers := [c for verb in given for c in verb.rights if c.dep_ in OBLIQUES and _has_case(c, "from")]:
            return givers
        made = [c for c in noun.children if c.dep_ == "acl" and is_passive(c) and self._carries(c)]
        return list(self.subjects(made[0], depth)) if made else []

    def _carries(self, verb: Token) -> bool:
        """Whether who does what a verb says does what its object names: "made" of a commitment, not "condemned"."""
        return any(self.lexicon.is_in(words, verb.lemma_.lower()) for words in ("authoring", "lightVerb", "making"))

    def carrier(self, noun: Token) -> Token | None:
        """The light verb that carries a noun ("give support"), or the verb it is an adjunct of ("in support of")."""
        top = noun
        while top.head.pos_ in {"NOUN", "PROPN"} and (top.dep_ == "conj" or self._is_measured(top)):
            top = top.head
        if top.dep_ == "obj" and self.lexicon.is_in("lightVerb", top.head.lemma_):
            return None if self._is_ended(noun) else top.head
        if top.dep_ == "nsubj:pass" and self.lexicon.is_in("lightVerb", top.head.lemma_):
            return top.head
        if top.dep_ == "obl" and top.head.pos_ in {"VERB", "ADJ"} and self._is_in_doing(top):
            return top.head
        nouns = (noun, top) if noun is not top else (top,)  # "the effects of the war that X wages on Y"
        clauses = ((one, c) for one in nouns for c in one.children if c.dep_ == "acl:relcl")
        return next((clause for one, clause in clauses if self._is_carried_by(one, clause)), None)

    def _is_in_doing(self, noun: Token) -> bool:
        """Whether a noun says in what something is done, or with what it is answered: "in support of X"."""
        if _has_case(noun, "to"):  # "X committed to cooperation with Y"
            return self.lexicon.is_in("committing", noun.head.lemma_) and not is_passive(noun.head)
        if _has_case(noun, "for"):  # "X prepares for an attack on Y"
            return self.lexicon.is_in("preparing", noun.head.lemma_)
        return _has_case(noun, "in") or (_has_case(noun, "with") and self.lexicon.is_in("answering", noun.head.lemma_))

    def _is_ended(self, noun: Token) -> bool:
        """Whether a verb puts an end to the harm that a noun names: who ends a war, or violence, need not wage it."""
        top = noun
        while top.dep_ == "conj":
            top = top.head
        if top.dep_ not in {"obj", "nsubj:pass"} or not self.lexicon.is_in("ending", top.head.lemma_):
            return False
        head = self.lexicon.heads.get(noun.lemma_.lower())
        harms = any(frame.predicate == HARM for frame in self.lexicon.frames_of("noun", noun.lemma_.lower()))
        return harms or (head is not None and head.cls == "ArmedConflict")

    def _is_carried_by(self, noun: Token, clause: Token) -> bool:
        """Whether a relative clause says who does what the noun names: "the war that X wages on Y"."""
        if not self.lexicon.is_in("lightVerb", clause.lemma_) or is_passive(clause):
            return False
        own = [child for child in clause.children if child.dep_ in SUBJECTS]
        return bool(own) and not self._is_relative(own[0]) and noun in self.objects(clause)

    def _is_measured(self, noun: Token) -> bool:
        """Whether a noun is what another measures: "a package of sanctions", not "the lifting of sanctions"."""
        return noun.dep_ == "nmod" and _has_case(noun, "of") and self._measures(noun.head)

    def _measures(self, noun: Token) -> bool:
        """Whether who is behind what a noun names is behind what hangs on it, which it does not put an end to."""
        return self.lexicon.is_in("transparent", noun.lemma_) and not self.lexicon.is_in("ending", noun.lemma_)

    def antecedent(self, token: Token) -> Token:
        """What a relative pronoun stands for; any other token itself."""
        if not self._is_relative(token) or token.pos_ not in {"PRON", "DET", "SCONJ"}:
            return token
        at = token
        for _ in range(DEPTH):
            if at.dep_ == "acl:relcl":
                return _agreeing(at.head, at)
            if at.head == at:
                break
            at = at.head
        return token

    def relative_pronoun(self, clause: Token) -> Token | None:
        """The "which" or "who" of a relative clause, given by its verb."""
        return next((token for token in clause.lefts if self._is_relative(token)), None)

    def _is_relative(self, token: Token) -> bool:
        return self.lexicon.is_in("relativePronoun", token.lower_)

    def _before_comma(self, verb: Token) -> list[Token]:
        """The noun before the comma of ", held in Dakar": the parser tends to hang such participles on the verb."""
        at = min((t.i for t in verb.lefts if t.dep_ in {"mark", "aux:pass"}), default=verb.i) - 1
        while at >= 0 and verb.i - at < 3 and verb.doc[at].pos_ == "ADV":
            at -= 1
        if at <= 0 or verb.doc[at].text != ",":
            return []
        noun = verb.doc[at - 1]
        while noun.head.i < noun.i and verb.i - noun.head.i < 25 and noun.dep_ in WITHIN_PHRASE:
            noun = noun.head
        return [noun] if noun.pos_ in {"NOUN", "PROPN", "NUM"} else []


def leaders_of(noun: Token) -> list[Token]:
    """X of "X-led efforts to do it"."""
    led = (c for c in noun.children if c.dep_ == "amod" and c.tag_ == "VBN" and c.i > 1 and c.nbor(-1).text == "-")
    return [participle.nbor(-2) for participle in led][:1]


def _verb_above(verb: Token) -> Token:
    """The verb that governs a clause, whatever nouns stand between."""
    above = verb.head
    while above.pos_ not in {"VERB", "AUX"} and above.head != above:
        above = above.head
    return above


def _agreeing(noun: Token, verb: Token) -> Token:
    """The noun that a relative clause is on, a plural above for a plural verb: "sanctions against X, which harm"."""
    if verb.tag_ != "VBP" or noun.tag_ != "NNP" or any(child.dep_ == "conj" for child in noun.children):
        return noun
    above = (head for head, _ in zip(governors(noun), range(AGREEING), strict=False) if head.tag_ in {"NNS", "NNPS"})
    return next(above, noun)


def _exemplified(noun: Token) -> Token:
    """ "X" of "X and other groups": what is said of the others is said of X too."""
    if noun.dep_ == "conj" and any(child.dep_ == "amod" and child.lower_ == "other" for child in noun.children):
        return noun.head
    return noun


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, its auxiliary there or left out."""
    for _ in range(2 * DEPTH):
        relations = {child.dep_ for child in verb.children}
        if relations & {"aux:pass", "nsubj:pass"} or ("obl:agent" in relations and "obj" not in relations):
            return True
        if verb.tag_ != "VBN" or relations & {"aux", "nsubj", "obj"}:
            return False
        if verb.dep_ != "conj" or verb.head.tag_ != "VBN":
            return verb.dep_ in {"acl", "advcl", "amod", "acl:relcl"}
        verb = verb.head
    return False


def conjuncts(token: Token) -> list[Token]:
    """The token and those coordinated with it, in text order."""
    found, cases = [token], _cases(token)
    for at in found:  # grows while it is read; a tree, so that no token comes twice
        found.extend(child for child in at.children if child.dep_ == "conj" and _cases(child) in ([], cases))
    return sorted(found, key=lambda t: t.i)


def governors(token: Token) -> Iterator[Token]:
    """The heads above a token, up to the root."""
    while token.head != token:
        token = token.head
        yield token


def _cases(token: Token) -> list[str]:
    """The prepositions of a phrase; a coordinated one has none ("by X and Y") or the same ("by X and by Y")."""
    return [child.lower_ for child in token.children if child.dep_ == "case"]


def _is_in_clause(token: Token, noun: Token) -> bool:
    """Whether a verb stands between a token and the noun that it is below."""
    above = takewhile(lambda head: head != noun, token.ancestors)
    return any(head.pos_ == "VERB" for head in above)


def _has_case(token: Token, word: str) -> bool:
    return any(child.dep_ in {"case", "mark"} and child.lower_ == word for child in token.children)
