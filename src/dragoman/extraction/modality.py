"""How surely a claim is stated: asserted, planned, requested, possible or negated, from the words that govern it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dragoman.extraction.infinitives import noun_of_infinitive
from dragoman.extraction.requests import is_task
from dragoman.language.tokens import Token
from dragoman.lexicon import Lexicon
from dragoman.records import Modality

__all__ = ["find_modality"]

CLIMBED = frozenset(
    {"xcomp", "ccomp", "acl", "conj", "obj", "advcl", "obl", "nmod", "csubj", "nsubj", "nsubj:pass", "parataxis"}
)
STEPS = 8
FINITE = frozenset({"VBD", "VBP", "VBZ"})


def find_modality(
    trigger: Token, lexicon: Lexicon, *, climbs: bool = True, made: bool = False, said: bool = True
) -> Modality:
    """The modality of what `trigger` states; where it does not climb, of its own phrase alone.

    :param made: whether it is so once it is decided: "decided to extend the mandate".
    :param said: whether it is so once it is said: "we wish to thank X", not "we wish to join X".

    The words on the way from the trigger to the root are looked at, nearest first; negation wins over all, a request
    over a plan, a plan over a possibility.
    """
    listing = trigger.dep_ == "case" and lexicon.is_in("announcing", trigger.lower_)
    found = _stated_around(trigger, lexicon) if listing else set[Modality]()
    token, below = trigger, None
    denied = True  # whether a negation further up reaches the trigger
    for _ in range(STEPS):
        stated = _stated_at(token, below, lexicon) | _stated_by_noun(token, lexicon)
        if below is not None and lexicon.is_in("hesitating", token.lemma_.lower()):
            stated = _turned(stated)
        if made and below is not None and _is_decided(token, below, lexicon):
            stated -= {Modality.PLANNED}
        found |= stated if denied else stated - {Modality.NEGATED}
        if climbs and _is_due(token, lexicon):
            found.add(Modality.REQUESTED)
        if not climbs or token.head == token or token.dep_ not in CLIMBED or not _governs(token, lexicon):
            break
        denied = denied and (token.dep_ != "conj" or _is_alternative(token, lexicon))
        token, below = token.head, token
        if _is_hortative(token, below, lexicon):
            found.add(Modality.REQUESTED)
        # "I wish to tell you that X joined Y" does not wish for it
        said = said or below.pos_ != "VERB" or below.dep_ not in {"xcomp", "conj"}
        wished = not said and lexicon.is_in("wishing", token.lemma_.lower())
        if (not wished and _is_performative(token, below, lexicon)) or _presupposes(token, below, lexicon):
            break
    for modality in (Modality.NEGATED, Modality.REQUESTED, Modality.PLANNED, Modality.POSSIBLE):
        if modality in found:
            return modality
    return Modality.ASSERTED


def _turned(stated: set[Modality]) -> set[Modality]:
    """What is stated of a deed by one who hesitates, or does not, to do it: "we will not hesitate to do it"."""
    return stated - {Modality.NEGATED} if Modality.NEGATED in stated else stated | {Modality.POSSIBLE}


def _stated_around(preposition: Token, lexicon: Lexicon) -> set[Modality]:
    """Whether the clause before a list of members is planned: "a mission that will grow, including X"."""
    before = reversed(preposition.doc[preposition.sent.start : preposition.i])
    clause = next((t for t in before if t.tag_ in FINITE or any(c.dep_ == "aux" for c in t.lefts)), None)
    return set() if clause is None else _stated_at(clause, None, lexicon) & {Modality.PLANNED}


def _governs(token: Token, lexicon: Lexicon) -> bool:
    """Whether what the head says bears on the token: of complements, and of nouns that it carries or asks for.

    "Stop its attacks" leaves the attacks as they are; "call for the implementation of X" does not.
    """
    head = token.head
    if token.dep_ in {"xcomp", "ccomp", "csubj"}:
        return not lexicon.is_in("ending", head.lemma_.lower())
    if token.dep_ == "conj":  # a verb with a subject or a tense of its own stands by itself
        own = any(child.dep_ in {"nsubj", "nsubj:pass", "aux"} for child in token.children)
        return head.pos_ == token.pos_ and not own and (token.pos_ != "VERB" or _form(head) == _form(token))
    if is_task(token, lexicon):
        return True
    means = token.tag_ == "VBG" and any(c.dep_ == "mark" and lexicon.is_in("means", c.lower_) for c in token.lefts)
    if means and token.dep_ == "advcl" and token.i > head.i:  # "X should help by doing it"
        return True
    if token.tag_ == "VBG" and token.dep_ == "advcl" and any(c.lower_ == "to" for c in token.lefts):
        return True  # "X will contribute to doing it"
    if means and token.dep_ == "acl" and head.dep_ == "obj":  # "X should play a role in doing it"
        return lexicon.is_in("lightVerb", head.head.lemma_)
    if token.dep_ == "advcl":
        looked = token.tag_ == "VBG" and _looks_forward(head, lexicon)
        return looked or (token.tag_ == "VB" and any(child.lower_ == "to" for child in token.children))
    if token.dep_ == "acl":  # "the wish to join X", "plans, a call for joining X"
        marked = token.tag_ == "VBG" and any(c.dep_ == "mark" for c in token.lefts)
        asked = any(lexicon.is_in(words, head.lemma_.lower()) for words in ("planNoun", "requestNoun"))
        return token.tag_ == "VB" or (marked and asked)
    is_so = any(c.dep_ == "case" and lexicon.is_in("factualPreposition", c.lower_) for c in token.lefts)
    if token.pos_ != "NOUN" or token.dep_ not in {"obj", "nsubj:pass", "obl", "nmod"} or is_so:
        return False  # "as a party to X, Y would like to do it"
    lemma = head.lemma_.lower()
    if head.pos_ == "VERB":
        bearing = ("lightVerb", "requesting", "failing", "planning")
        return not _ends(head, token, lexicon) and any(lexicon.is_in(words, lemma) for words in bearing)
    return head.pos_ == "NOUN" and (lexicon.is_in("requestNoun", lemma) or lexicon.is_in("failing", lemma))


def _is_due(verb: Token, lexicon: Lexicon) -> bool:
    """Whether it is time for what a verb says: "it is high time that X did it", "the time has come for X to do it"."""
    head = verb.head
    if verb.dep_ == "advcl" and any(c.dep_ == "nsubj" and lexicon.is_in("due", c.lemma_) for c in head.lefts):
        return verb.tag_ == "VB"
    own = {child.dep_ for child in head.lefts}
    is_said = bool(own & {"cop", "expl"}) and "det" not in own  # not "this is the first time that X did it"
    return is_said and verb.dep_ in {"csubj", "acl", "acl:relcl"} and lexicon.is_in("due", head.lemma_)


def _ends(verb: Token, noun: Token, lexicon: Lexicon) -> bool:
    """Whether a verb puts an end to what a noun names: "stop its war", "bring to an end its war"."""
    phrases = (c for c in verb.rights if c.dep_ in {"obj", "obl"} and c.pos_ == "NOUN" and c is not noun)
    ends = (
        c for c in phrases if any(lexicon.is_in("indefinite", word.lower_) for word in c.lefts)
    )  # not "to that end"
    return any(lexicon.is_in("ending", word.lemma_.lower()) for word in (verb, *ends))


def _stated_by_noun(verb: Token, lexicon: Lexicon) -> set[Modality]:
    """What the noun says that an infinitive completes: "the refusal of X to do it"."""
    noun = noun_of_infinitive(verb, lexicon)
    if noun is None or not lexicon.is_in("failing", noun.lemma_.lower()):
        return set()
    return {Modality.NEGATED}


def _form(verb: Token) -> str:
    """The tag of a verb, the plain form as of an infinitive: after "to halt X and" it may have been read as finite."""
    return "VB" if verb.tag_ == "VBP" else str(verb.tag_)


def _stated_at(token: Token, below: Token | None, lexicon: Lexicon) -> set[Modality]:
    found: set[Modality] = set()
    own = [*token.children]
    if token.tag_ == "VBG" and lexicon.is_in("preventing", token.head.lemma_):  # "prevented X from doing it"
        found |= {Modality.NEGATED} if any(c.dep_ == "mark" and c.lower_ == "from" for c in own) else set()
    if token.dep_ == "acl" and token.tag_ == "VBN":  # "the upcoming meeting, chaired by X"; "no troops sent to X"
        own += [child for noun in _nouns_made(token) for child in noun.children if child.dep_ in {"amod", "det"}]
    words = [child for child in own if child.dep_ in {"aux", "advmod", "aux:pass", "det", "cop", "mark", "amod", "cc"}]
    if _is_compelled(words, lexicon):
        words = []
    if any(child.dep_.startswith("nsubj") and _denies(child, lexicon) for child in token.children):
        found.add(Modality.NEGATED)
    for word in words:
        text = word.lower_
        spared = word.dep_ == "det" and lexicon.is_in("sparing", token.head.lemma_)  # "spare no effort to do it"
        if lexicon.is_in("negating", text) and not spared and not (word.dep_ == "advmod" and _is_only(word)):
            found.add(Modality.NEGATED)
        if word.tag_ == "MD" and not _is_courtesy(token, lexicon):
            asked = any(c.dep_.startswith("nsubj") and c.i > word.i for c in own)  # "should X wish to do it"
            guessed = not lexicon.is_in("planning", text) and any(c.dep_ == "aux" and c.lemma_ == "have" for c in own)
            allowed = (
                asked and lexicon.is_in("courtesyModal", text) and any(lexicon.is_first_person(c.lower_) for c in own)
            )
            if not allowed:  # "may I take this opportunity to thank X"
                found |= {Modality.POSSIBLE} if asked or guessed else _of_modal(text, lexicon)
        elif word.dep_ in {"advmod", "mark"} and lexicon.is_in("possible", text):
            found.add(Modality.POSSIBLE)
        elif word.dep_ == "mark" and token.tag_ in {"VBP", "VBZ"} and lexicon.is_in("deadline", text):
            found.add(Modality.POSSIBLE)  # "until X ends the war"
        elif word.dep_ == "amod" and lexicon.is_in("planAdjective", text):
            found.add(Modality.PLANNED)
    ahead = {"cop", "aux"} if token.tag_ == "VB" else {"aux:pass"} if token.dep_ in {"acl", "advcl"} else set[str]()
    if any(c.lemma_ == "be" and c.dep_ in ahead for c in token.lefts):  # "are to meet", "to be chaired by"
        found |= {Modality.PLANNED} if any(c.lower_ == "to" for c in token.lefts) else set()
    if below is None:
        return found | {Modality.PLANNED} if _is_tried(token, lexicon) else found
    lemma = token.lemma_.lower()
    if is_task(below, lexicon):
        found.add(Modality.REQUESTED)
    if below.dep_ in {"xcomp", "ccomp", "acl", "csubj", "advcl"} or (
        below.pos_ == "NOUN" and token.pos_ in {"VERB", "NOUN"}
    ):
        if lexicon.is_in("failing", lemma) and below.dep_ in {"xcomp", "acl", "obj", "obl", "ccomp"}:
            denied_twice = Modality.NEGATED in found and below.dep_ in {"xcomp", "acl"}  # "did not fail to do it"
            found = found - {Modality.NEGATED} if denied_twice else found | {Modality.NEGATED}
        if (
            token.pos_ in {"VERB", "ADJ"}
            and (
                below.dep_ in {"xcomp", "ccomp", "csubj"}
                or (below.dep_ == "advcl" and _has_addressee(token, below, lexicon))
            )
            and lexicon.is_in("requesting", lemma)
        ):
            modals = (child.lower_ for child in below.children if child.tag_ == "MD")
            if (
                below.tag_ in {"VB"}
                or _is_subjunctive(below)
                or any(not lexicon.is_in("planning", modal) for modal in modals)
            ):
                found.add(Modality.REQUESTED)
        elif lexicon.is_in("obliging", lemma) and below.dep_ == "xcomp" and below.tag_ == "VB":
            found.add(Modality.REQUESTED)  # "X has to do it"
        elif lexicon.is_in("threatening", lemma) and below.dep_ == "xcomp":
            found.add(Modality.POSSIBLE)
        elif _is_planned(token, below, lexicon):
            found.add(Modality.PLANNED)
        elif (
            (
                token.pos_ == "VERB"
                and lexicon.is_in("requesting", lemma)
                and below.pos_ == "NOUN"
                and (below.dep_ == "nsubj:pass" or (below.dep_ in {"obl", "obj"} and below.i > token.i))
                and not lexicon.is_in("softRequest", lemma)
            )
            or (
                token.pos_ == "NOUN"
                and below.dep_ in {"acl", "nmod"}
                and lexicon.is_in("requestNoun", lemma)
                and not any(child.dep_ == "amod" and lexicon.is_in("ongoing", child.lower_) for child in below.children)
            )
            or (
                token.pos_ == "VERB"
                and below.dep_ == "advcl"
                and below.tag_ == "VB"
                and _has_request(token, below, lexicon)
            )
        ):
            found.add(Modality.REQUESTED)
        elif token.pos_ == "NOUN" and below.dep_ == "acl":
            begun = below.tag_ == "VB" and lexicon.is_in("initiating", lemma)  # not "the initiative of doing it"
            found |= {Modality.PLANNED} if begun or lexicon.is_in("planNoun", lemma) else set()
    return found


def _is_planned(token: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether a word says of what completes it that it is planned: "X hopes to do it", "X plans an attack"."""
    lemma = token.lemma_.lower()
    if below.pos_ == "NOUN" and below.dep_ == "obj":
        return lexicon.is_in("preparing", lemma)
    if _looks_forward(token, lexicon):
        return below.dep_ == "advcl" and below.i > token.i
    adjunct = below.pos_ == "NOUN" and below.dep_ == "obl" and below.i > token.i
    return (adjunct or below.dep_ == "xcomp") and lexicon.is_in("planning", lemma)


def _looks_forward(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb looks forward to what follows: "look forward to hosting X"."""
    return lexicon.is_in("awaiting", verb.lemma_) and any(c.lower_ == "forward" for c in verb.rights)


def _is_compelled(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the words before a verb say that nothing else can be done: "we cannot but do it"."""
    pairs = pairwise(words)
    return any(a.i + 1 == b.i and lexicon.is_in("negating", a.lower_) and b.lower_ == "but" for a, b in pairs)


def _is_tried(verb: Token, lexicon: Lexicon) -> bool:
    """Whether somebody but tries to conclude something: "efforts to reach an agreement", "X tries to sign it"."""
    if verb.tag_ != "VB" or not lexicon.is_in("concluding", verb.lemma_.lower()):
        return False
    tried = any(lexicon.is_in(words, verb.head.lemma_.lower()) for words in ("effortNoun", "trying"))
    return tried and verb.dep_ in {"acl", "advcl", "xcomp"}


def _is_subjunctive(verb: Token) -> bool:
    """Whether a verb of a clause has no ending: "requests that the Council consider X", "demands that X and Y do"."""
    subjects = [child for child in verb.lefts if child.dep_.startswith("nsubj")]
    return len(subjects) == 1 and verb.tag_ == "VBP" and any(child.lower_ == "that" for child in verb.lefts)


def _nouns_made(participle: Token) -> list[Token]:
    """The noun of "a meeting chaired by X"; of "a meeting to end the war, chaired by X", the meeting too."""
    noun, purpose = participle.head, participle.head.head
    return [noun, purpose.head] if purpose.dep_ == "acl" and purpose.tag_ == "VB" else [noun]


def _has_addressee(verb: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether somebody is asked: "call on X to do it"."""
    return any(
        child.dep_ in {"obl", "obj"} and verb.i < child.i < below.i and _asks(child, verb, lexicon)
        for child in verb.children
    )


def _has_request(verb: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether an object says that somebody is asked: "reiterate the call on X to do it"."""
    objects = (child for child in verb.rights if child.dep_ == "obj" and child.i < below.i)
    return any(lexicon.is_in("requestNoun", noun.lemma_) for noun in objects)


def _asks(phrase: Token, verb: Token, lexicon: Lexicon) -> bool:
    cases = {child.lower_ for child in phrase.children if child.dep_ == "case"}
    return bool(cases & lexicon.words["calledPreposition"]) if cases else verb.lower_ != phrase.lower_


def _is_alternative(token: Token, lexicon: Lexicon) -> bool:
    """Whether "or" or "nor" joins a word to the one before: then a negation holds for both."""
    return any(child.dep_ == "cc" and lexicon.is_in("alternative", child.lower_) for child in token.children)


def _is_courtesy(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a speaker says what he must say, or would like: "we must express our gratitude", "I should like to"."""
    if not any(lexicon.is_in(words, verb.lemma_.lower()) for words in ("sayingVerb", "wishing")):
        return False
    if any(child.dep_ == "aux:pass" for child in verb.children):  # "X must be commended", by whoever says so
        return not any(child.dep_ == "obl:agent" for child in verb.children)
    return any(child.dep_ == "nsubj" and lexicon.is_first_person(child.lower_) for child in verb.children)


def _is_performative(token: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether words of courtesy carry what is done by saying it: "I wish to thank X", "let me commend Y"."""
    if below.dep_ not in {"xcomp", "ccomp"} or not lexicon.is_in("performative", token.lemma_.lower()):
        return False
    if lexicon.is_in("sayingVerb", below.lemma_.lower()):
        return True  # "X wishes to reaffirm its support" says so of itself
    ends = [c for c in [*token.children, *below.children] if c.dep_.startswith("nsubj") or c.dep_ in {"obj", "iobj"}]
    ends += [owner for end in ends if end.dep_ == "nsubj" for owner in end.lefts]  # "my delegation wishes to thank X"
    return any(lexicon.is_first_person(end.lower_) for end in ends)


def _is_decided(token: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether a verb says that it was decided to do what the verb below says."""
    decided = below.dep_ == "xcomp" and lexicon.is_in("deciding", token.lemma_.lower())
    return decided and not any(child.tag_ == "MD" for child in token.lefts)


def _is_hortative(token: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether a speaker asks his hearers and himself to do something: "let us do it", but not "let us commend X"."""
    if not lexicon.is_in("hortative", token.lemma_.lower()) or lexicon.is_in("sayingVerb", below.lemma_.lower()):
        return False
    if any(c.dep_ == "obj" and lexicon.is_in("stanceNoun", c.lemma_) for c in below.rights):
        return False  # "let us give X our support"
    objects = (c for word in (token, below) for c in word.children if c.dep_ in {"obj", "iobj", "nsubj"})
    return any(lexicon.is_in("firstPlural", c.lower_) and token.i < c.i < below.i for c in objects)


def _presupposes(token: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether what a clause says is so, whatever is said of it: "we cannot forget that X attacked Y"."""
    return below.dep_ == "ccomp" and below.tag_ != "VB" and lexicon.is_in("factive", token.lemma_.lower())


def _denies(subject: Token, lexicon: Lexicon) -> bool:
    """Whether a subject says that nobody does it: "no State", "neither side"."""
    return any(
        child.dep_ in {"det", "cc:preconj"} and lexicon.is_in("negating", child.lower_) for child in subject.children
    )


def _of_modal(text: str, lexicon: Lexicon) -> set[Modality]:
    if lexicon.is_in("requesting", text):
        return {Modality.REQUESTED}
    if lexicon.is_in("planning", text):
        return {Modality.PLANNED}
    return {Modality.POSSIBLE} if lexicon.is_in("possible", text) else set()


def _is_only(word: Token) -> bool:
    """ "not only X but also Y" denies nothing."""
    following = word.doc[word.i + 1 : word.i + 2]
    return bool(len(following)) and following[0].lower_ == "only"
