"""When a claim holds: which of the dates in its sentence is its own, by what they hang on in the parse.

A date says when the verb happened that it hangs on, or what the noun names before it: of "On Monday X condemned the
attack by Y on 5 May", Monday dates the condemnation and 5 May the attack. What is signed, held or launched in one
clause shares its date; what is praised, blamed, asked for or reported does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from dragoman.extraction.mentions import Mention, MentionIndex
from dragoman.extraction.reference import Filler
from dragoman.extraction.syntax import SUBJECTS, Syntax, conjuncts, is_passive, preposition_of
from dragoman.extraction.times import TimeExpression
from dragoman.language.tokens import Doc, Token
from dragoman.lexicon import Frame, Lexicon
from dragoman.records import Modality

__all__ = ["STANCES", "Dating", "clause_of"]

STANCES = frozenset({"callsOn", "criticizes", "endorses", "opposes", "supports", "threatens"})
"""What one says of another: a date after that other tells when it was, not when it was spoken of."""
LASTING = frozenset({"basedOn", "concerns", "holdsPost", "memberOf", "partOf", "represents"})
"""What nouns state without a time of its own."""
HELD_OFFICE = frozenset({"chairs", *LASTING})
"""The same, and what those who lead are called: "the Chairman of the Council said on 5 May"."""
ABOUT = frozenset({"addresses", *LASTING})
"""What a name says of itself on every day."""
TAKING_PART = frozenset({"chairs", "engagesWith", "organizes", "participatesIn"})
"""What is so on the days of a meeting."""
HELD_AT = frozenset({"locatedIn", *TAKING_PART})
"""The same, and where it is."""
MADE_ONCE = frozenset({"adopts", "establishes", "signs"})
"""What happened on one day, be it told of all the time since another."""
AIMED = frozenset({"Plan", "Programme"})
"""Classes of what bears the year by which it is to be done: "the 2030 Agenda"."""
HAPPENING = frozenset({"ArmedConflict", "Crisis", "Meeting", "Process"})
"""Classes of what happens: its year is that of what is done in it."""
HELD = frozenset({"Meeting", "Process"})
"""Classes of what takes place on days that the sentence tells."""
NEAREST = 2
"""Nouns up from a date within which it is told of them: "the meeting in Rome on 5 May"."""
CLAUSES = frozenset({"acl:relcl", "advcl", "ccomp", "csubj", "parataxis"})
"""Relations of what heads a clause, whatever part of speech it is taken for."""
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X"})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A date in the parse: its first token and the one after its last, the nouns it hangs on, the innermost first.

    `verb` is that of its clause, or the noun that is its predicate; `behind` is the phrase that stands between the two.
    """

    time: TimeExpression
    start: int
    end: int
    nouns: tuple[Token, ...]
    verb: Token
    behind: Token | None


class Dating:
    """The dates of one passage; `cls` gives the class of an entity."""

    def __init__(
        self,
        doc: Doc,
        index: MentionIndex,
        times: Sequence[TimeExpression],
        *,
        lexicon: Lexicon,
        cls: Callable[[int], str],
    ) -> None:
        self.doc, self.index, self.lexicon, self.cls = doc, index, lexicon, cls
        self.syntax = Syntax(lexicon)
        self._placed: dict[int, list[_Placed]] = {}  # by the first token of their sentence
        for placed in self._place(times):
            self._placed.setdefault(doc[placed.start].sent.start, []).append(placed)

    def date_of(self, frame: Frame, token: Token, ends: Sequence[Filler], modality: Modality) -> str:
        """The date of what a frame states at `token`; "" where the sentence gives none.

        It is that of the nearest, as closely as any tells it: "On 9 July, X convened this year's conference".
        """
        found: list[tuple[int, int, str]] = []
        for placed in self._placed.get(token.sent.start, ()) if self._placed else ():
            if frame.predicate in STANCES and "author" in frame.subject:  # "X attacked Y" blames X on no day of its own
                break
            opening = _opens_with(placed, clause_of(token))
            if not self._may_date(placed, frame, modality, opening=opening):
                continue
            nearness = self._nearness(placed, frame, token, ends)
            if nearness is None:
                continue
            ahead = modality in {Modality.PLANNED, Modality.REQUESTED} or self._is_ahead(placed.verb)
            iso = placed.time.told(past=not ahead and self._is_past(placed.verb), ahead=ahead)
            if placed.time.bound == "since" and frame.predicate in MADE_ONCE and not opening:
                iso = placed.time.until_now
            if iso:
                found.append((nearness, abs(placed.start - token.i), iso))
        *_, nearest = min(found, key=itemgetter(0, 1), default=(0, 0, ""))
        same = (one for one in found if one[2].startswith(nearest))
        return max(same, key=lambda one: len(one[2]), default=(0, 0, ""))[2]

    def dates_of(self, mention: Mention) -> Iterator[str]:
        """The dates on which a thing was held or made, as its name or the words beside it say."""
        head = self.doc[mention.head]
        for placed in self._placed.get(head.sent.start, ()) if self._placed else ():
            aimed = mention.cls in AIMED and mention.covers(placed.end - 1) and not self._is_bracketed(placed)
            if placed.time.bound or aimed:
                continue
            verb = placed.verb
            told = self._belongs_to_name(placed, mention) or head in self._hung_on(placed) or self._makes(placed, head)
            if told or (mention.cls == "Meeting" and self._meets(placed, head)):
                yield from filter(None, [placed.time.told(past=self._is_past(verb), ahead=self._is_ahead(verb))])

    def date_before(self, meeting: Mention) -> str:
        """The day or month of what the sentence before says, where one goes on with a meeting of those named there.

        "The meeting" goes on with what was said, as the subject of a past verb or with "at" beside it.
        """
        noun = self.doc[meeting.head]
        first, verb = noun.sent.start, noun.head
        at = noun.dep_ == "obl" and preposition_of(noun) & self.lexicon.words["meetingPreposition"]
        leads = (at or noun.dep_ in SUBJECTS) and verb.dep_ in {"ROOT", "conj"}
        if not first or not leads or not self._is_past(verb):
            return ""
        before = self.doc[first - 1].sent
        named = {token.lower_ for token in self.doc[meeting.start : meeting.end] if token.pos_ == "PROPN"}
        placed = self._placed.get(before.start, ()) if named <= {token.lower_ for token in before} else ()
        dates = {p.time.told(past=True) for p in placed if self._is_past(p.verb) and not p.time.bound}
        return next(iter(dates)) if len(dates) == 1 and len(min(dates)) > len("2025") else ""

    def _meets(self, placed: _Placed, meeting: Token) -> bool:
        """Whether what happened on a date did so at a meeting, or was done by it: "in May, at the summit, X met Y"."""
        verb = placed.verb
        at = meeting.dep_ == "obl" and preposition_of(meeting) & self.lexicon.words["meetingPreposition"]
        there = meeting.dep_ in {"nsubj", "obl:agent"} or bool(at)
        return there and meeting.head == verb and not placed.nouns and placed.behind is None and self._is_past(verb)

    def _belongs_to_name(self, placed: _Placed, mention: Mention) -> bool:
        """Whether a date is in a name or in brackets after it, and in no shorter name in it."""
        if not mention.start <= placed.start or not placed.end <= mention.end + 1:
            return False
        here = self.index.headed_by(placed.nouns[0].i) if placed.nouns else None
        inner = [*self.index.at(placed.start), *([here] if here is not None else [])]
        inner = [m for m in inner if m != mention and m.head not in _span(placed)]
        return all(m.start <= mention.start and mention.end <= m.end for m in inner)

    def _is_bracketed(self, placed: _Placed) -> bool:
        """Whether a date stands in brackets: "resolution 5 (1990)"."""
        return self.doc[placed.start].text == "(" or self.doc[placed.start - 1].text == "("

    def _hung_on(self, placed: _Placed) -> tuple[Token, ...]:
        """The noun that a date is told of; of a place, what is there too: "the meeting in Rome on 5 May"."""
        nouns = placed.nouns[:NEAREST]
        here = self.index.headed_by(nouns[0].i) if nouns else None
        return nouns if here is not None and here.cls in {"Place", "State"} else nouns[:1]

    def _makes(self, placed: _Placed, noun: Token) -> bool:
        """Whether the verb of a date says that something was made or held: "the agreement reached today"."""
        verb = placed.verb
        if placed.nouns:  # "the signing on 5 May of the agreement", hung on the day
            frames = self.lexicon.frames_of("noun", placed.nouns[0].lemma_.lower())
            hung = noun.head == placed.nouns[0] or noun.head.i in _span(placed)
            return hung and "of" in preposition_of(noun) and any(frame.predicate in MADE_ONCE for frame in frames)
        if not self.lexicon.is_in("making", verb.lemma_.lower()):
            return False
        if verb.head == noun and verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"}:
            return True
        return is_passive(verb) and noun in self.syntax.objects(verb)

    # -- where the dates stand

    def _place(self, times: Sequence[TimeExpression]) -> Iterator[_Placed]:
        for time in times:
            span = self.doc.around(time.start, time.end)
            if span is None:
                continue
            at, nouns = span.root, list[Token]()
            adjective = len(time.iso) == len("2025") and span[0].pos_ == "DET"  # "the 1993 agreement"
            if not adjective and (verb := self._verb_before(span.start)) is not None:
                at = verb
            while not _heads_clause(at):
                at = at.head
                if at.pos_ in NOMINAL and at.dep_ not in CLAUSES:
                    nouns.append(at)
            if at.pos_ in NOMINAL and at.head == at and any(child.dep_ == "cop" for child in at.children):
                nouns = nouns[:-1]
            behind = self._noun_before(span.root, at) if not nouns else self._noun_after(nouns[0], span.start)
            yield _Placed(time, span.start, span.end, tuple(nouns), at, behind)

    def _verb_before(self, start: int) -> Token | None:
        """The verb right after which a date stands, whatever the parse made of it: "released Thursday"."""
        before = start - 1
        if before > 0 and self.doc[before].dep_ == "case":
            before -= 1
        if before < 0 or self.doc[before].pos_ != "VERB" or self.doc[before].sent != self.doc[start].sent:
            return None
        return self.doc[before]

    def _noun_before(self, date: Token, verb: Token) -> Token | None:
        """The phrase of a verb after which "on" a day stands, where a common noun heads it, or it names a meeting.

        A day without a preposition is the verb's: "X condemned the attack yesterday".
        """
        if not any(child.dep_ == "case" for child in date.children):
            return None
        for token in reversed(self.doc[verb.i : max(verb.i, date.left_edge.i - 1)]):
            if token.text == "," or token.pos_ == "VERB":
                break
            if self.lexicon.is_in("sequencing", token.lower_) and token.dep_ == "case":
                return token.head
        phrases = (c for c in verb.children if c.dep_ in {"obj", "obl"} and verb.i < c.i < date.i)
        last = max(phrases, key=lambda phrase: phrase.i, default=None)
        if last is None or last.pos_ == "NOUN":
            return last
        named = self.index.headed_by(last.i)
        return last if named is not None and named.cls == "Meeting" else None

    def _noun_after(self, noun: Token, start: int) -> Token | None:
        """What a noun came before or after, where a date hung on it follows: "the developments after the talks"."""
        after = (c for c in noun.rights if c.dep_ == "nmod" and c.i < start)
        return next((c for c in after if preposition_of(c) & self.lexicon.words["sequencing"]), None)

    # -- whether a date is a claim's own

    def _nearness(self, placed: _Placed, frame: Frame, token: Token, ends: Sequence[Filler]) -> int | None:
        """How near a date is to what it may date, the least the nearest; None where it dates something else."""
        stance = frame.predicate in STANCES
        if named := self._name_around(placed):
            bracketed = self._is_bracketed(placed)
            own = [f for f in ends if f.mention is not None and f.mention in named]
            aimed = not bracketed and any(self.cls(f.entity) in AIMED for f in own)
            held = frame.predicate in HELD_AT and any(self.cls(f.entity) in HELD and _hangs(placed, f) for f in own)
            backdrop = not own and not stance and any(m.cls in HAPPENING and self._is_scene(m, placed) for m in named)
            if not backdrop and (bracketed or aimed or not frame.year_of_name):
                return 0 if (frame.year_of_name or held) and own and not aimed else None
        if frame.part in {"noun", "link", "suffix"} or (token.pos_ == "NOUN" and frame.part != "verb"):
            return self._nearness_to_noun(placed, frame, token, ends)
        verb = clause_of(token)
        if _opens_with(placed, verb):
            return 0
        if placed.verb == verb:
            if stance and (placed.nouns or placed.behind is not None) and placed.start > verb.i:
                return None
            if not placed.nouns:
                return None if self._is_apart(placed) else 0
            beside = placed.time.bound == "since" and any(noun.left_edge.text == "," for noun in placed.nouns)
            if beside or self._is_apart(placed) or not any(self._goes_along(n, verb) for n in placed.nouns[:NEAREST]):
                return None  # nor does "the first visit since May" date the visit
            if any(_hangs(placed, f) for f in ends):
                return -1 if frame.predicate in HELD_AT or placed.nouns[0].dep_ == "conj" else 1
            return 2
        if frame.predicate in HELD_AT and self._dates_end(placed, ends):
            return 3
        return 4 if self._reaches(placed, verb) else None

    def _nearness_to_noun(self, placed: _Placed, frame: Frame, token: Token, ends: Sequence[Filler]) -> int | None:
        itself = frame.part == "link" or "self" in (*frame.subject, *frame.object)
        stance = frame.predicate in STANCES
        if (itself and frame.predicate in ABOUT) or (stance and frame.part != "noun"):
            return None
        noun = token
        if frame.part != "noun":
            mention = next((f.mention for f in ends if f.mention is not None), None)
            if mention is None:
                return None
            noun = self.doc[mention.head]
        own = noun in placed.nouns[: 1 if stance else NEAREST] and not self._is_apart(placed)
        if own or self._is_said_of(placed, noun):
            return 0
        if placed.behind is not None and any(self._heads(phrase, noun) for phrase in conjuncts(placed.behind)):
            return 1
        if frame.predicate in HELD_OFFICE or (frame.predicate == "partyTo" and noun.dep_ != "obj"):
            return None
        held = frame.predicate == "partyTo" or any(self.cls(end.entity) in HELD for end in ends)
        if itself and not (held and self._holds(clause_of(noun))):
            return None
        return self._nearness_in_clause(placed, noun)

    def _nearness_in_clause(self, placed: _Placed, noun: Token) -> int | None:
        """Whether a noun shares the date of its verb: what is launched, given or held does, what is judged does not."""
        top = noun
        while top.head != top and not _heads_clause(top.head):
            if top.dep_ != "conj" and not (
                top.dep_ == "nmod" and self.lexicon.is_in("transparent", top.head.lemma_.lower())
            ):
                return None
            top = top.head
        verb = top.head
        if self._judges(verb) or self._is_apart(placed) or not self._goes_along(top, verb):
            return None
        if _opens_with(placed, verb):
            return 2
        if placed.verb == verb:
            beside = [noun for noun in placed.nouns[:NEAREST] if noun.dep_ == "obl" and noun != top]
            return 2 if not placed.nouns or any(self._goes_along(noun, verb) for noun in beside) else None
        return 3 if self._reaches(placed, verb) else None

    def _heads(self, phrase: Token, noun: Token) -> bool:
        """Whether a phrase is a noun, or measures it or is held in it: "the round of talks"."""
        while noun != phrase and noun.dep_ == "nmod" and "of" in preposition_of(noun):
            noun = noun.head
            mention = self.index.headed_by(noun.i)
            held = mention is not None and mention.cls in HELD
            if not held and not self.lexicon.is_in("transparent", noun.lemma_.lower()):
                return False
        return noun == phrase

    def _holds(self, verb: Token) -> bool:
        """Whether a verb says that something was held or made, or who took part."""
        lemma = verb.lemma_.lower()
        if any(self.lexicon.is_in(words, lemma) for words in ("making", "occurring")):
            return not self._is_ahead(verb)
        return any(frame.predicate in TAKING_PART for frame in self.lexicon.frames_of("verb", lemma))

    def _judges(self, verb: Token) -> bool:
        """Whether a verb says or judges something: what it is about has another time."""
        lemma = verb.lemma_.lower()
        if any(self.lexicon.is_in(words, lemma) for words in ("saying", "sayingVerb", "requesting")):
            return True
        frames = self.lexicon.frames_of("verb", lemma)
        return any(frame.predicate in STANCES and "obj" in frame.object and not frame.needs for frame in frames)

    def _is_said_of(self, placed: _Placed, noun: Token) -> bool:
        """Whether a date stands in the participle or relative clause of a noun: "attacks that began on 5 May"."""
        verb = placed.verb
        if self._judges(verb) and not self.lexicon.is_in("making", verb.lemma_.lower()):
            return False
        if verb.head == noun and verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD", "VBG"}:
            return True
        if verb.dep_ == "advcl" and verb.tag_ == "VBN":  # "X hosted the summit, held on 5 May", hung on the verb
            return any(noun == thing or noun.is_ancestor(thing) for thing in self.syntax.objects(verb))
        roles = {*SUBJECTS, "obj"} if self.lexicon.is_in("making", verb.lemma_.lower()) else SUBJECTS
        if verb.dep_ != "acl:relcl" or not any(c.dep_ in roles and c.tag_ in {"WDT", "WP"} for c in verb.children):
            return False
        if verb.head == noun:
            return True
        return self.lexicon.is_in("occurring", verb.lemma_.lower()) and noun.is_ancestor(verb.head)

    def _dates_end(self, placed: _Placed, ends: Sequence[Filler]) -> bool:
        """Whether a date is told of a meeting that the claim joins: "X hosted the summit, held on 5 May"."""
        heads = (self.doc[f.mention.head] for f in ends if f.mention is not None and self.cls(f.entity) in HELD)
        return any(self._is_said_of(placed, head) or head in placed.nouns[:NEAREST] for head in heads)

    def _name_around(self, placed: _Placed) -> list[Mention]:
        """The names that a date is part of, or that follow on it: "the 2030 Agenda"."""
        here = self.index.headed_by(placed.nouns[0].i) if placed.nouns else None
        around = dict.fromkeys((*self.index.at(placed.start), *self.index.at(placed.end - 1)))
        named = [m for m in around if placed.end <= m.end + 1 and m.head not in _span(placed)]
        return named if here is None or here in named or here.start != placed.end else [*named, here]

    def _is_scene(self, mention: Mention, placed: _Placed) -> bool:
        """Whether what a verb says happened in what a dated name names: "X seized Y in the 2001 coup"."""
        head = self.doc[mention.head]
        return head.head == placed.verb and head.dep_ == "obl" and self._goes_along(head, placed.verb)

    # -- what the words say of the time

    def _may_date(self, placed: _Placed, frame: Frame, modality: Modality, *, opening: bool) -> bool:
        """Whether one side of a stretch of time is the date: of what is due, the deadline; of what lasts, its begin.

        Either is, where the clause follows on it: "by 2013, when X signed Y".
        """
        bound, to_come = "" if opening else placed.time.bound, modality in {Modality.PLANNED, Modality.REQUESTED}
        if self.lexicon.is_in("deadline", bound):
            return to_come and frame.predicate not in LASTING
        itself = frame.part == "link" or "self" in (*frame.subject, *frame.object)
        past = frame.predicate in STANCES or self._is_past(placed.verb)
        if placed.time.later and past and not placed.time.past and modality is Modality.ASSERTED and not itself:
            return False  # neither what has been nor what one says is of a day to come
        perfect = (self.lexicon.is_in("perfectAuxiliary", c.lower_) for c in placed.verb.lefts if c.tag_ != "VBD")
        if placed.time.any_day and (modality is Modality.REQUESTED or any(perfect)):  # "today we must": these days
            return False
        if bound == "just":
            return self._is_past(placed.verb)
        if bound == "in":
            return to_come
        return not self.lexicon.is_in("bareBound", bound)

    def _is_apart(self, placed: _Placed) -> bool:
        """Whether a date is that of what came before or after: "X met Y after the talks on 5 May"."""
        return placed.behind is not None and bool(preposition_of(placed.behind) & self.lexicon.words["sequencing"])

    def _goes_along(self, noun: Token, verb: Token) -> bool:
        """Whether what a noun names is of the time of its verb: its subject or object, or "with the support of X"."""
        along = self.lexicon.words["alongPreposition"]
        return noun.head == verb and (noun.dep_ != "obl" or bool(preposition_of(noun) & along))

    def _reaches(self, placed: _Placed, verb: Token) -> bool:
        """Whether the date of another clause holds for that of `verb`: of the one above it, or of a "when" below."""
        above = placed.verb
        if above.dep_ == "advcl" and above.head == verb and not placed.nouns:
            starting = above.tag_ == "VBG" and self.lexicon.is_in("starting", above.lemma_.lower())
            return starting or any(self.lexicon.is_in("sameTime", child.lower_) for child in above.lefts)
        while verb.dep_ == "conj" and verb.head != above and not any(c.dep_ in SUBJECTS for c in verb.lefts):
            verb = verb.head  # "On 5 May, X left when it lost Y and gave up Z"
        if verb.head != above or placed.nouns or self._is_apart(placed):
            return False
        if verb.dep_ == "conj":  # of another subject, what the whole begins with: "On 5 May, X met Y and Z left"
            first = next((c for c in above.lefts if c.dep_ in SUBJECTS), above)
            other = any(child.dep_ in SUBJECTS for child in verb.lefts)
            return placed.start < (first.left_edge.i if other else above.i)
        if verb.dep_ == "advcl":
            marks = {child.lower_ for child in verb.lefts if child.dep_ in {"mark", "case", "advmod"}}
            at_once = bool(marks & self.lexicon.words["sameTime"])
            return at_once or (verb.tag_ == "VBG" and not marks) or (verb.tag_ == "VB" and marks == {"to"})
        return verb.dep_ == "xcomp"

    def _is_past(self, verb: Token) -> bool:
        """Whether a clause tells what has been."""
        words = [verb, *(child for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"})]
        if any(word.tag_ == "VBD" or self.lexicon.is_in("perfectAuxiliary", word.lower_) for word in words):
            return True
        return verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and len(words) == 1

    def _is_ahead(self, verb: Token) -> bool:
        """Whether a clause tells what is to come."""
        return any(c.dep_.startswith("aux") and self.lexicon.is_in("futureAuxiliary", c.lower_) for c in verb.children)


def clause_of(token: Token) -> Token:
    """The verb of the clause that a token stands in."""
    while not _heads_clause(token):
        token = token.head
    return token


def _heads_clause(token: Token) -> bool:
    return token.head == token or token.pos_ in {"VERB", "AUX"} or token.dep_ in CLAUSES


def _hangs(placed: _Placed, end: Filler) -> bool:
    """Whether a date hangs on what an end of a claim names."""
    return end.mention is not None and placed.nouns[:1] == (placed.verb.doc[end.mention.head],)


def _span(placed: _Placed) -> range:
    return range(placed.start, placed.end)


def _opens_with(placed: _Placed, verb: Token) -> bool:
    """Whether a clause follows on a date: "on 5 May, when X attacked Y"."""
    when = next((child.i for child in verb.lefts if child.lower_ == "when"), 0)
    return when > 0 and placed.end in {when, when - 1 if verb.doc[when - 1].is_punct else when}
