"""Decides what is answered: one of the ``outcomes``, for what was asked.

Searching is left to the index, by way of ``answers``; how an outcome looks and where it is
sent, to others. What was shown in a chat before is not known here.
"""

from __future__ import annotations

from bot.answering.answers import Answers
from bot.answering.asked import Asked
from bot.answering.follow_ups import Beneath, FollowUps
from bot.answering.outcomes import (
    CannotRead,
    Chatted,
    CitationTold,
    Found,
    HowToAsk,
    HowToDoubt,
    NotFound,
    Outcome,
)
from index import Answer, SmallTalk, small_talk


class Answering:
    """Answers what is asked, from the record as it is now."""

    def __init__(self, answers: Answers) -> None:
        """Search in *answers*."""
        self._answers = answers
        self._follow_ups = FollowUps(answers)

    def is_left_alone(self, asked: Asked) -> bool:
        """Return whether it waits for no answer: talk beneath one of the bot's messages."""
        beneath = self._follow_ups.read(asked)
        return beneath is not None and self._follow_ups.is_left_alone(asked, beneath)

    async def outcome(
        self, asked: Asked, passages: int = 1, *, was_answered: bool = False
    ) -> Outcome | None:
        """Return what is answered, with so many *passages* if there are as many.

        ``None`` if nothing is: the words were most likely meant for others. What *was_answered*
        once is answered again, whatever it was edited into.
        """
        beneath = self._follow_ups.read(asked)
        if beneath and beneath.asks_for_citation:
            return CitationTold(beneath.cited, tuple(beneath.wants.parts))
        if said := await self._without_search(asked):
            return said
        unaddressed = beneath if asked.unaddressed else None
        answer = await self._ask(asked, passages, unaddressed)
        is_new = unaddressed if not was_answered else None
        if is_new and not self._follow_ups.is_given(answer, asked, is_new):
            return None
        return Found(answer) if answer.answered else self._without_answer(asked, answer)

    def _without_answer(self, asked: Asked, answer: Answer) -> Outcome:
        """Return what is said where nothing answers; never a verdict on what was not asked."""
        amended = self._answers.index.amended(answer.question)
        if asked.doubts:
            # Nothing was claimed.
            return HowToDoubt()
        if asked.beneath_unreadable and not amended:
            # "did anybody say this?" beneath a picture, and what it shows may be on record.
            return CannotRead(words_alone=True)
        return NotFound(answer, amended)

    def must_be_shown(self, answer: Answer) -> bool:
        """Return whether to say that *answer* was given before would be false, or no help.

        Words that are not on record cannot have been quoted; who asks for help is helped.
        """
        about_bot = self._answers.index.about_bot(answer.question)
        return bool(answer.interpretation.absent or about_bot)

    async def _without_search(self, asked: Asked) -> Outcome | None:
        """Return what is answered to what asks nothing: no words, a greeting, thanks."""
        if asked.unreadable or self._asks_of_picture(asked):
            return CannotRead()
        if not asked.question:
            if asked.doubts:
                return HowToDoubt()
            return HowToAsk(await self._answers.subject(), asked.alone)
        if kind := small_talk(asked.question, *asked.names):
            examples = await self._answers.examples() if kind is SmallTalk.GREETING else ()
            return Chatted(kind, self._answers.index.searched, examples)
        return None

    def _asks_of_picture(self, asked: Asked) -> bool:
        """Return whether it has no subject but what it is written beneath, which cannot be read.

        "did the minister say this?" is not answered by whatever else the minister said.
        """
        if not asked.beneath_unreadable:
            return False
        query = self._answers.index.query(asked.question)
        # An operator such as from: asks of the record.
        return not query.terms and not query.interpretation.narrowed

    async def _ask(self, asked: Asked, passages: int, unaddressed: Beneath | None) -> Answer:
        """Return the answer to what is *asked*; of a follow-up perhaps without "and", "please"."""
        answer = await self._answers.ask(asked.question, passages)
        if not answer.answered and unaddressed and unaddressed.wants.question != asked.question:
            # As typed it comes first: its small words tell in which language it is.
            shorter = await self._answers.ask(unaddressed.wants.question, passages)
            return shorter if shorter.answered else answer
        return answer
