"""Puts a quotation into a sentence of a story: who said it and when, as newspapers write it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import regex

from benchmarks.quotation_texts import AGENCY, ENCYCLOPEDIA
from benchmarks.quotation_words import MONTHS
from index import Statement
from index.model.statement import Speaker

#: Pairs of marks with how often each is used, by language.
MARKS = {
    "en": (("“", "”", 60), ('"', '"', 25), ("‘", "’", 10), ("«", "»", 3), ("„", "“", 2)),
    "zh": (("“", "”", 65), ("「", "」", 20), ("『", "』", 5), ('"', '"', 5)),
    "es": (("«", "»", 60), ("“", "”", 30), ('"', '"', 10)),
    "ur": (("“", "”", 50), ('"', '"', 30), ("‘", "’", 10), ("«", "»", 10)),
}
#: WHO, WHEN (" on 3 March 2021" or nothing) and the quotation; Q, has a comma for its full stop.
_FRAMES = {
    "en": (
        "WHO said{WHEN}: Q",
        "Q, WHO said{WHEN}.",
        "Q, said WHO{WHEN}.",
        "Q, WHO told reporters{WHEN}.",
        "Q, WHO said in a statement{WHEN}.",
        "In remarks released{WHEN}, WHO said: Q",
        "According to WHO, Q",
        "WHO added{WHEN}: Q",
        "Q, WHO stressed{WHEN}.",
    ),
    "zh": (
        "WHO{WHEN}表示：Q",
        "WHO{WHEN}说：Q",
        "WHO{WHEN}指出，Q",
        "Q，WHO{WHEN}说。",
        "据WHO{WHEN}介绍，Q",
    ),
    "es": ("WHO afirma: Q", "Q, según WHO.", "Según WHO, Q", "Q, señala WHO."),
    "ur": ("WHO نے کہا: Q", "WHO کے مطابق Q", "WHO نے کہا کہ Q"),
}
_NOBODY = {
    "en": (
        "He said: Q",
        "Q, she said.",
        "Q, officials said.",
        "The text reads: Q",
        "It went on: Q",
    ),
    "zh": ("他表示：Q", "她说：Q", "文中写道：Q"),
    "es": ("El texto dice: Q", "Q, añade."),
    "ur": ("انہوں نے کہا: Q", "متن میں لکھا ہے: Q"),
}
_KNOWN = {
    "The White House": ("the White House",),
    "Office of the Spokesperson": ("the Office of the Spokesperson", "the State Department"),
    "U.S. Department of State": ("the U.S. Department of State", "the State Department"),
    ENCYCLOPEDIA.name: ("la Enciclopedia Universal",),
    AGENCY.name: (AGENCY.name,),
    "Secretary Blinken": ("Secretary Blinken", "Secretary of State Antony Blinken", "Blinken"),
}
#: Labels that name nobody.
_NAMELESS = regex.compile(
    r"(?i)\b(?:official|moderator|operator|announcer|journalist|question|interpreter|speaker"
    r"|staff|participant|reporter|unattributed|host|compere|presenter|minister for|premier"
    r"|president of|minister of)\b"
    r"|^(?:prime minister|president|q)$|ministry"
)
_PRIME_MINISTERS = frozenset(
    ("John Howard", "Julia Gillard", "Kevin Rudd", "Malcolm Turnbull", "Tony Abbott")
)


@dataclass(frozen=True, slots=True)
class Story:
    """A draft of one sentence, with where its quotation stands."""

    draft: str
    #: Offsets of the quotation, its marks included, end exclusive.
    start: int
    stop: int


def names_of(speaker: Speaker, language: str) -> tuple[str, ...]:
    """Return how a story may name *speaker*, the fullest first; nothing if a label names nobody."""
    name = speaker.name
    if name in _KNOWN:
        return _KNOWN[name]
    if language == "zh":
        plain = regex.fullmatch(r"\p{Han}{2,4}", name) and not regex.search("问|记者", name)
        return (f"中国外交部发言人{name}", f"外交部发言人{name}", name) if plain else ()
    return () if _NAMELESS.search(name) or len(name) < 5 else _western_names(name)


def _western_names(name: str) -> tuple[str, ...]:
    if name.count(",") > 1:
        return ()
    if "," in name:
        person, office = (part.strip() for part in name.split(",", 1))
        return (f"{person}, the {office},", f"{office} {person}", person, person.split()[-1])
    words = name.split()
    if name.isupper():
        if len(words) == 1:
            return ()
        title = " ".join(word.capitalize() for word in words).replace("-general", "-General")
        return (title, words[-1].capitalize())
    if name in _PRIME_MINISTERS:
        return (name, f"Prime Minister {name}", f"the Prime Minister, {name},", words[-1])
    return (name, name, words[-1]) if len(words) == 2 else (name,)


def day_of(day: date, language: str, chance: Random) -> str:
    """Return *day* as a story writes it, with its preposition."""
    if language == "zh":
        month = f"{day.year}年{day.month}月"
        return chance.choice((f"{month}{day.day}日", f"在{month}"))
    month = MONTHS["en"][day.month - 1]
    return chance.choice(
        (
            f" on {day.day} {month} {day.year}",
            f" on {month} {day.day}, {day.year}",
            f" in {month} {day.year}",
            f" in {day.year}",
        )
    )


def marked(text: str, marks: tuple[str, str]) -> str:
    """Return *text* between *marks*; each paragraph but the first is opened anew."""
    opening, closing = marks
    return opening + text.replace("\n\n", f"\n\n{opening}") + closing


def marks_for(text: str, language: str, chance: Random) -> tuple[str, str]:
    """Return a pair of marks that a story in *language* puts round *text*."""
    known = [(a, b, n) for a, b, n in MARKS[language] if a not in text and b not in text]
    known = known or [MARKS[language][0]]
    weights = [n for _, _, n in known]
    opening, closing, _ = chance.choices(known, weights)[0]
    return opening, closing


def story(
    text: str,
    said: tuple[str, str],
    language: str,
    chance: Random,
    *,
    whole: bool = True,
    last_mark: bool = False,
) -> Story:
    """Return a story that quotes *text*; *said* is by whom and when, each may be empty.

    What is not *whole* has no full stop of its own; with *last_mark* the story keeps its last mark.
    """
    who, when = said
    frames = _FRAMES[language] if who else _NOBODY[language]
    # Only a quotation at the end keeps its last mark.
    frames = tuple(one for one in frames if one.endswith("Q") or not last_mark)
    # What a story knows of the day, it says.
    frames = tuple(one for one in frames if not when or "{WHEN}" in one)
    frame = chance.choice([one for one in frames if when or "released{WHEN}" not in one])
    marks = marks_for(text, language, chance)
    stop = "。" if language == "zh" else "۔" if language == "ur" else "."
    if frame.endswith(("Q",)):
        body, after = text, "" if whole else stop
        if whole and not last_mark and language in ("es", "ur") and chance.random() < 0.5:
            body, after = text.rstrip(".۔"), stop
        frame = frame[:-1]
        before = frame.replace("WHO", who).replace("{WHEN}", when)
        before = before[0].upper() + before[1:].replace(",,", ",").replace(",:", ":")
        quoted = marked(body, marks)
        return Story(before + quoted + after, len(before), len(before) + len(quoted))
    # The quotation comes first: its full stop becomes a comma, within the marks or after them.
    comma = "，" if language == "zh" else ","
    body = text
    rest = frame[2:].replace("WHO", who).replace("{WHEN}", when).replace(",.", ".")
    if text.endswith((".", "。", "۔")):
        body = text[:-1]
        inside = language == "en" and marks[0] != "‘"
        quoted = marked(body + comma if inside else body, marks)
        after = "" if inside else comma
    elif text.endswith(("?", "!", "？", "！")):
        quoted, after = marked(body, marks), ""
    else:
        inside = language == "en" and chance.random() < 0.5
        quoted = marked(body + comma if inside else body, marks)
        after = "" if inside else comma
    return Story(quoted + after + rest, 0, len(quoted))


def attributed(
    statement: Statement, speaker: Speaker, language: str, chance: Random
) -> tuple[str, str]:
    """Return whom a story names and the day it gives, both of them right or left out."""
    names = names_of(speaker, language)
    if not names or chance.random() < 0.15:
        return "", ""
    dated = statement.date and language in ("en", "zh") and chance.random() < 0.4
    when = day_of(statement.date, language, chance) if dated and statement.date else ""
    return chance.choice(names), when
