"""Finds the speaker a question names: the ambassador, in "What did the ambassador say of Gwadar?".

Only common English constructions are read. ``paragraph_filter`` decides whether the record has such
a speaker.
"""

from __future__ import annotations

import re

#: A longer text, in characters, is not a name or a role.
_LONGEST = 60
#: At most this many verbs of saying are tried; a question has one or two.
_MOST = 4
_SAID = re.compile(
    r"\b(?:say|says|said|saying|tell|told|think|mention|mentioned|comment|commented|respond"
    r"|responded|announce|announced|promise|promised|warn|warned|describe|described|claim|claimed"
    r"|suggest|suggested)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording to\b", re.IGNORECASE)
#: The last before the verb counts: "what *did* the ambassador say".
_AUXILIARY = re.compile(r"\b(?:did|does|do|has|have|had)\b", re.IGNORECASE)
#: Words before and after a name that are not part of it.
_BEFORE = re.compile(r"\s+(?:(?:the|an?|mr|mrs|ms)\b\.?\s+)?", re.IGNORECASE)
_AFTER = re.compile(r"(?<!\s)(?:\s++(?:ever|yet|already|also|just)\b)?+\s*+\Z", re.IGNORECASE)
_ENDS = re.compile(r"[,;:?!\n]|\.(?:\s|$)")
#: Words that no name begins with, at the beginning of a question.
_NO_NAME = re.compile(
    r"(?:what|who|whom|when|where|why|how|which|it|is|are|was|were|did|does|do|and|that)\b", re.I
)


def asked_about(question: str) -> tuple[int, int] | None:
    """Return the (start, stop) of the speaker's name or role that *question* asks about.

    >>> question = "What did the ambassador say about Gwadar?"
    >>> question[slice(*asked_about(question))]
    'ambassador'
    """
    for number, verb in enumerate(_SAID.finditer(question)):
        if number == _MOST:
            break
        # A window keeps the time linear, however long the question.
        begin = max(0, verb.start() - _LONGEST - 12)
        before = question[begin : verb.start()]
        if asks := list(_AUXILIARY.finditer(before)):
            if span := _name(question, begin + asks[-1].end(), verb.start()):
                return span
            continue
        begins = begin == 0 and number == 0 and not _NO_NAME.match(before.lstrip())
        if begins and (span := _name(question, 0, verb.start())):
            return span
    if source := _ACCORDING.search(question):
        end = _ENDS.search(question, source.end(), source.end() + _LONGEST + 12)
        stop = end.start() if end else len(question)
        return _name(question, source.end(), stop)
    return None


def _name(question: str, start: int, stop: int) -> tuple[int, int] | None:
    """Return the slice of the name between *start* and *stop*, if there is one."""
    if lead := _BEFORE.match(f" {question[start:stop]}"):
        start = max(start, start + lead.end() - 1)
    tail = _AFTER.search(question, start, stop)
    stop = tail.start() if tail else stop
    if not 2 <= stop - start <= _LONGEST or _ENDS.search(question, start, stop):
        return None
    return start, stop
