"""Makes statements and questions where the real texts are not beside the project.

Their words are invented and as frequent as words are (Zipf's law), among English small words, and
paragraphs are as long as governments'. So times and memory are near those of a real record of that
size. What is asked is made of a paragraph's own rare words: quality and refusal say nothing here.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import accumulate

from index import Paragraph, Speaker, Statement

#: Paragraphs of a made statement; the whole record is as large as the governments'.
STATEMENTS, PARAGRAPHS = 1_600, 12
#: Different words of the made record; a real one of 19,000 paragraphs has some 40,000.
_WORDS = 40_000
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in ("a", "e", "i", "o", "u")]
_SMALL = (
    *("the", "of", "to", "and", "in", "that", "for", "is", "on", "with", "as", "it", "this"),
    *("are", "be", "by", "we", "at", "from", "have"),
)
#: Of the words of a text, the share that are small.
_SMALL_SHARE = 0.4
_BEGAN = date(2020, 1, 1)


def _vocabulary(chance: random.Random) -> list[str]:
    """Return different made-up words, the shortest first."""
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        length = 2 + min(len(words) // 3_000, 3)
        words["".join(chance.choices(_SYLLABLES, k=length))] = None
    return list(words)


def made_statements(number: int = STATEMENTS) -> list[Statement]:
    """Return made statements, the same on every run."""
    chance = random.Random(2026)  # noqa: S311  # nothing is secret here
    words = _vocabulary(chance)
    frequencies = list(accumulate(1 / rank for rank in range(3, len(words) + 3)))

    def sentence() -> str:
        rare = chance.choices(words, cum_weights=frequencies, k=chance.randint(8, 24))
        said = [chance.choice(_SMALL) if chance.random() < _SMALL_SHARE else one for one in rare]
        return f"{' '.join(said).capitalize()}."

    made = []
    for one in range(number):
        speaker = Speaker(" ".join(map(str.capitalize, chance.choices(words, k=2))), "Minister")
        paragraphs = tuple(
            Paragraph(place, " ".join(sentence() for _ in range(chance.randint(1, 6))), speaker)
            for place in range(1, PARAGRAPHS + 1)
        )
        made.append(
            Statement(
                id=f"made-{one}",
                title=" ".join(chance.choices(words, cum_weights=frequencies, k=5)).capitalize(),
                speakers=(speaker,),
                paragraphs=paragraphs,
                date=_BEGAN + timedelta(days=one),
            )
        )
    return made


def made_questions(number: int) -> list[str]:
    """Return different questions, each of a few words of one paragraph."""
    chance = random.Random(2027)  # noqa: S311
    statements = made_statements(max(1, number // PARAGRAPHS + 1))
    questions = []
    for statement in statements:
        for paragraph in statement.paragraphs:
            said = paragraph.text.lower().replace(".", "").split()
            rare = sorted({word for word in said if word not in _SMALL}, key=len)[-8:]
            asked = chance.sample(rare, min(len(rare), chance.randint(2, 5)))
            questions.append(f"What about the {' '.join(asked)}?")
    return questions[:number]
