"""Tells which messages beneath the bot's own wait for an answer, and which are left alone.

In a group people also talk to each other there. What is said to others, or of the quote, gets no
passage: what a citation tells is told from it. ``answering`` answers the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answering.answers import Answers
from bot.answering.asked import Above, Asked
from index import Answer, FollowUp, Hit, is_doubt, read_follow_up, references_in, small_talk

#: A message of the bot's shows at most so many passages at once.
_MOST_CITED = 3
#: A question mark, but not the one within a link.
_QUESTION_MARK = re.compile(r"""[？؟]|\?["'”’»)]*(?:\s|$)""")


@dataclass(frozen=True, slots=True)
class Beneath:
    """A message beneath one of the bot's, and what that shows."""

    wants: FollowUp
    #: The passages that the bot's message cites, as they stand on record or stood there.
    cited: tuple[Hit, ...]

    @property
    def asks_for_citation(self) -> bool:
        """Whether it asks for what the citation of these passages tells."""
        return bool(self.wants.parts and self.cited)


class FollowUps:
    """What people write beneath what the bot wrote."""

    def __init__(self, answers: Answers) -> None:
        """Look up in *answers* what was quoted."""
        self._answers = answers

    def read(self, asked: Asked) -> Beneath | None:
        """Return what is *asked* beneath a message of the bot's; ``None`` if it stands nowhere."""
        if asked.above is None:
            return None
        cited = self._cited(asked.above)
        names = [part for hit in cited for part in (hit.citation.speaker, hit.citation.role)]
        return Beneath(read_follow_up(asked.written, *asked.names, cited=names), cited)

    def is_left_alone(self, asked: Asked, beneath: Beneath) -> bool:
        """Return whether a message *beneath* one of the bot's is none that waits for an answer.

        In private that is only what says something of the quote, such as "wow".
        """
        wants, text = beneath.wants, asked.written
        if beneath.asks_for_citation or self._answers.index.about_bot(text):
            return False
        kind, doubts = small_talk(text, *asked.names), is_doubt(text, *asked.names)
        if not asked.unaddressed:
            talks = wants.idle and not (kind or doubts or _has_question_mark(text))
            return talks and not asked.by_name
        if kind:
            # Beneath a quote it may as well be for whoever asked.
            return bool(beneath.cited)
        if wants.parts or wants.idle or doubts:
            return True
        asks = wants.asks or wants.names or _has_question_mark(text)
        return not asks and not self._answers.index.look_up(text)

    def is_given(self, answer: Answer, asked: Asked, beneath: Beneath) -> bool:
        """Return whether *answer* is given to a message that does not name the bot.

        Where nothing answers, that is said if it asks plainly. What only names a subject is
        answered by what has all of its words; a single one if it is a name, or goes on from what
        was said, as a common word stands in some passage or other.
        """
        wants, text = beneath.wants, asked.written
        asks = wants.asks or _has_question_mark(text)
        if not answer.answered:
            return wants.plainly or (asks and self._answers.has_subject(text))
        hit = answer.hits[0]
        index = self._answers.index
        if asks or index.look_up(text) or index.about_bot(text):
            return True
        if not index.has_all(hit, wants.question):
            return False
        start, stop = hit.highlights[0] if hit.highlights else hit.sentence
        is_name = not hit.paragraph.text[start:stop][0].islower()
        return wants.goes_on or is_name or self._answers.has_subject(wants.question)

    def _cited(self, above: Above) -> tuple[Hit, ...]:
        """Return the passages that the bot's message shows, or the one that was chosen of it."""
        text = above.text
        found: dict[str, Hit] = {}
        index = self._answers.index
        for reference in references_in(text):
            hits = index.look_up(reference)
            if not hits and (amended := index.amended(reference)):
                hits = list(amended.earlier)
            if hits:
                found.setdefault(reference, _meant(hits, text))
        if above.chosen:
            after = text.find(above.chosen) + 1
            found = {
                reference: hit
                for reference, hit in found.items()
                if after and text.find(reference) >= after
            } or found
            return tuple(found.values())[:1]
        return tuple(found.values())[:_MOST_CITED]


def _has_question_mark(text: str) -> bool:
    return _QUESTION_MARK.search(text) is not None


def _meant(hits: list[Hit], text: str) -> Hit:
    """Return which of *hits*, which may share a reference, *text* cites by its title."""
    return next((hit for hit in hits if hit.citation.title in text), hits[0])
