"""Pieces to answers: each asked about once, several at a time, again where that may help, within bounds.

A request that fails for a while (no answer, 408, 429, 5xx, nonsense) is made again after a wait, which a server can set
by ``Retry-After``. An answer that reached its limit is asked for again in two halves. When nothing has helped, the
piece goes without, and is told; when several pieces in a row have failed by the server, the rest is not asked about.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

import msgspec

from dragoman.llm.answers import Answer, Journal, MalformedError, hash_asked, parse_answer
from dragoman.llm.budget import Budget
from dragoman.llm.client import AskError, Client, Completion, Fault
from dragoman.llm.pieces import Piece, halve
from dragoman.llm.prompt import format_piece
from dragoman.llm.settings import Settings
from dragoman.records import Document
from dragoman.registry import ReaderError

__all__ = ["Asker", "Question", "Questioning"]

WAITS = (1.0, 3.0, 9.0, 27.0)
"""Seconds before each further try; the last one before all after it."""
LONGEST_WAIT = 60.0
"""Seconds that a server may ask to be left alone; where it asks for more, it is asked no more."""
GIVE_UP = 3
"""Pieces in a row without an answer from the server after which it is asked about no other."""
STOPPED = "it was not asked about"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a piece of a document; `key` stands for all that the answer hangs on."""

    document: Document
    piece: Piece
    text: str
    key: str


@dataclass(frozen=True)
class Questioning:
    """How every piece is asked about: the settings, what the model is told first, and the form of an answer."""

    settings: Settings
    instructions: str
    schema: Mapping[str, Any]

    def to_question(self, document: Document, piece: Piece) -> Question:
        """The question about `piece`."""
        text, settings = format_piece(document, piece), self.settings
        asked = {
            "model": settings.model,
            "instructions": self.instructions,
            "schema": self.schema if settings.form == "json_schema" else settings.form,
            "text": text,
            "temperature": settings.temperature,
            "answer": settings.answer,
        }
        return Question(document, piece, text, hash_asked(asked))

    def halves(self, question: Question) -> list[Question]:
        """The questions about the two halves of a piece; none where it cannot be halved."""
        return [self.to_question(question.document, half) for half in halve(question.piece)]

    def length(self, question: Question) -> int:
        """Characters that are sent, roughly."""
        return len(self.instructions) + len(question.text) + (len(str(self.schema)) if self.schema else 0)


class Asker:
    """Asks about pieces; answers go into the journal, and why there is none into `failures`, by key."""

    def __init__(self, questioning: Questioning, client: Client, journal: Journal) -> None:
        self.questioning, self.client, self.journal = questioning, client, journal
        self.settings = questioning.settings
        self.budget = Budget(self.settings)
        self.failures: dict[str, str] = {}
        self._stopped = Event()
        self._lock = Lock()
        self._left_alone_until = 0.0
        self._failed_in_a_row = 0
        self._failure = ""
        self._answered = False

    def ask(self, questions: Sequence[Question], done: Callable[[int], None]) -> None:
        """Ask about all of these, telling `done` how many have been.

        :raises ReaderError: if the server cannot be used at all: it refuses, or gives no piece an answer.
        """
        to_do, results = deque(questions), SimpleQueue[BaseException | None]()

        def work() -> None:
            while True:
                try:
                    question = to_do.popleft()
                except IndexError:
                    return
                try:
                    self._ask_about(question)
                except BaseException as error:
                    results.put(error)
                    return
                results.put(None)

        for number in range(min(self.settings.parallel, len(questions))):  # daemons: who stops a build waits for none
            Thread(target=work, name=f"llm-{number}", daemon=True).start()
        try:
            for number in range(1, len(questions) + 1):
                if (error := results.get()) is not None:
                    raise error
                done(number)
        finally:
            self._stopped.set()
        if self._failure and not self._answered:
            raise ReaderError(f"{self.client.place}: {self._failure}")

    def _ask_about(self, question: Question) -> None:
        """Find an answer to `question`, or to those about its halves, or note why there is none."""
        try:
            answer = self._answer(question)
        except AskError as error:
            if error.fault is Fault.SERVER:
                raise ReaderError(f"{self.client.place}: {error.message}") from error
            self.failures[question.key] = error.reason
            return
        self.journal.add(question.key, answer)
        if answer.cut:
            for half in self.questioning.halves(question):
                if self.journal.get(half.key) is None:
                    self._ask_about(half)

    def _answer(self, question: Question) -> Answer:
        """The answer to `question`, after some tries.

        :raises AskError: if there is none.
        """
        failure = AskError(STOPPED, Fault.PIECE)
        for attempt in range(self.settings.tries):
            if attempt and not failure.wait:
                self._stopped.wait(WAITS[min(attempt, len(WAITS)) - 1])
            try:
                answer = self._try(question)
            except AskError as error:
                failure = error
                if error.fault not in {Fault.PASSING, Fault.ANSWER} or error.wait > LONGEST_WAIT:
                    break
                self._leave_alone(error.wait)
            else:
                self._failed_in_a_row = 0
                return answer
        self._note(failure)
        raise failure

    def _try(self, question: Question) -> Answer:
        """The answer to one request.

        :raises AskError: if it cannot be used, or no request may be made.
        """
        self._stopped.wait(max(0.0, self._left_alone_until - time.monotonic()))
        length = self.questioning.length(question)
        if self._stopped.is_set():
            raise AskError(f"{STOPPED}, as the server failed too often", Fault.PIECE)
        if not self.budget.set_aside(length):
            raise AskError(f"{STOPPED}, as the limit on cost was reached", Fault.PIECE)
        completion: Completion | None = None
        billed = True
        try:
            completion = self.client.ask(self.questioning.instructions, question.text, self.questioning.schema)
        except AskError as error:
            billed = error.billed
            raise
        finally:
            self.budget.settle(length, completion, billed=billed)
        self._answered = True
        if completion.is_cut:
            if not self.questioning.halves(question):
                raise AskError("the answer was longer than the limit, DRAGOMAN_LLM_ANSWER", Fault.PIECE)
            return Answer((), (), cut=True)
        return self._parse(completion.content)

    def _parse(self, content: str) -> Answer:
        try:
            answer = parse_answer(content)
        except MalformedError as cause:
            raise AskError(f"the answer was of no use: {cause}", Fault.ANSWER) from cause
        key = self.settings.key
        if key and key.reveal() in msgspec.json.encode(answer).decode():
            raise AskError("the answer held the key", Fault.PIECE)
        return answer

    def _leave_alone(self, seconds: float) -> None:
        """Let no request be made for so long, of whichever piece."""
        with self._lock:
            self._left_alone_until = max(self._left_alone_until, time.monotonic() + seconds)

    def _note(self, failure: AskError) -> None:
        """Count a piece that got no answer; where the server is at fault too often, nothing more is asked."""
        with self._lock:
            if failure.fault is Fault.PASSING:
                self._failed_in_a_row += 1
                if failure.wait > LONGEST_WAIT:
                    self._failure = f"{failure.message}; it asks to be left alone for {failure.wait:,.0f} seconds"
                else:
                    self._failure = f"{failure.message}, {self.settings.tries} times; see that the server runs"
                if self._failed_in_a_row >= GIVE_UP or failure.wait > LONGEST_WAIT:
                    self._stopped.set()
            elif failure.message != failure.reason:
                self._failure = self._failure or failure.message
