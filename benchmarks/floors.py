"""The floors on real questions, in one table that the tests hold and the benchmarks print.

A floor is what was measured, or a hair below it; it may rise and never fall.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that ranking a set may measure, in shares of one; 0 where nothing is asked."""

    name: str
    questions: int
    recall_at_1: float
    recall_at_5: float = 0.0
    mrr_at_10: float = 0.0


FLOORS = (
    Floor("squadshifts_wiki", 7938, 0.840, mrr_at_10=0.887),
    Floor("squad_train_sample", 4370, 0.783, mrr_at_10=0.848),
    Floor("xquad_es", 1190, 0.944),
    Floor("xquad_hi", 1190, 0.928),
    Floor("cmrc_trial_zh", 1002, 0.984),
    Floor("briefings_uk_written", 708, 0.779, 0.920),
    Floor("briefings_cn_mfa", 886, 0.482, 0.700),
    Floor("briefings_us_state", 216, 0.231, 0.444),
    Floor("briefings_au_pm", 82, 0.378, 0.573),
)
#: The set that ``make test`` asks, too: it is small, in English, and asked by people at work.
SMALL = "briefings_uk_written"


@dataclass(frozen=True, slots=True)
class Silence:
    """At most how many questions off a record's subjects are answered, at least how many on them.

    Both in shares of one, of SQuADShifts New-Wiki; what the record is, ``refusal`` tells.
    """

    record: str
    questions: int
    off_topic: float
    on_topic: float


HALF = Silence("half its articles", 900, off_topic=0.07, on_topic=0.82)
SINGLE = Silence("one article each", 1900, off_topic=0.065, on_topic=0.925)


@dataclass(frozen=True, slots=True)
class Asking:
    """The least share of questions answered right, at most answered wrong; see ``asking``.

    *off* is the most that may be answered of questions off the subjects.
    """

    part: str
    right: float
    wrong: float = 1.0
    off: float = 1.0

    def __str__(self) -> str:
        bounds = [f"at least {self.right:.0%} right"]
        if self.wrong < 1:
            bounds.append(f"at most {self.wrong:.0%} wrong")
        if self.off < 1:
            bounds.append(f"at most {self.off:.0%} off")
        return ", ".join(bounds)


ASKING = (
    Asking("phrasings, small record", 1.0, 0.0),
    Asking("phrasings, large record", 1.0, 0.0),
    Asking("speakers", 1.0, 0.0),
    Asking("days", 1.0, 0.0),
    Asking("newest", 1.0, 0.0),
    Asking("long, us_state", 0.11, off=0.01),
    Asking("long, uk_written", 0.63, off=0.01),
    Asking("long, au_pm", 0.12, off=0.03),
)


@dataclass(frozen=True, slots=True)
class Long:
    """At least how many of a set's long questions are answered with the right passage first.

    And at most how many of the other sets' are answered at all, both in shares of one.
    """

    name: str
    questions: int
    answered: float
    others: float


#: Of the questions of ``LONG_TERMS`` terms or more. Each set's are put to the others' records too.
LONG = (
    Long("briefings_uk_written", 673, answered=0.640, others=0.001),
    Long("briefings_us_state", 191, answered=0.115, others=0.005),
    Long("briefings_au_pm", 63, answered=0.111, others=0.01),
    Long("briefings_cn_mfa", 886, answered=0.345, others=0.0),
)
LONG_TERMS = 9


@dataclass(frozen=True, slots=True)
class Quoted:
    """The least that checking quotations may measure; see ``quotations``.

    Shares of one for each grade, and at most how many genuine ones are called altered, spliced or
    absent, and how many altered, spliced or invented ones genuine.
    """

    number: int
    precision: float
    recall: float
    called_false: int
    passed: int
    changes_right: float
    passages_right: float


#: Of 2,000 quotations that are made of real texts.
QUOTATIONS = Quoted(2000, 0.99, 0.99, 0, 0, changes_right=0.99, passages_right=0.99)
#: Of 100 that are made of this project's own texts, for ``make test``.
OWN_QUOTATIONS = Quoted(100, 1.0, 1.0, 0, 0, changes_right=1.0, passages_right=1.0)
