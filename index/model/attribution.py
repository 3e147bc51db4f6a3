"""Tells whose words a quote is: the speaker's own, an outlet's report, a joint text, a brief.

Words that a speaker reads out are somebody else's, and of some words the text does not tell who
speaks: neither are ever called the speaker's own.

A report mixes the two: the words between quotation marks are the speaker's, the rest are the
outlet's. A reporter must never be led to quote the outlet's words as the speaker's, so in doubt the
words are the outlet's.
"""

from __future__ import annotations

from enum import StrEnum

from index.model.statement import Kind, Paragraph, Statement

_PAIRS = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』"}
_OPENING = frozenset(_PAIRS) | {'"'}


class Attribution(StrEnum):
    """Whose words a paragraph consists of."""

    #: The speaker's own.
    DIRECT = "direct"
    #: A publisher's account of what was said.
    REPORTED = "reported"
    #: A publisher's account with the speaker's own words between quotation marks.
    MIXED = "mixed"
    #: Agreed by several parties.
    JOINT = "joint"
    #: A summary written by the operators of the record.
    BRIEF = "brief"
    #: A question put to a speaker, not an official's words.
    QUESTION = "question"
    #: Somebody else's, which the speaker reads out.
    QUOTED = "quoted"
    #: Of somebody whom the text does not name for certain.
    UNCERTAIN = "uncertain"


def attribution_of(statement: Statement, paragraph: Paragraph) -> Attribution:
    """Return whose words *paragraph* of *statement* are."""
    if not paragraph.quotable:
        return Attribution.QUESTION
    if statement.kind is Kind.BRIEF:
        return Attribution.BRIEF
    if not paragraph.certain:
        return Attribution.UNCERTAIN
    if _is_account(statement, paragraph):
        return _of_account(paragraph.text)
    if paragraph.quoted:
        return Attribution.QUOTED
    joint = statement.kind is Kind.JOINT_STATEMENT
    return Attribution.JOINT if joint else Attribution.DIRECT


def _of_account(text: str) -> Attribution:
    """Return whose words *text* is, somebody's account of what was said."""
    inside = quoted_spans(text)
    if not inside:
        return Attribution.MIXED if any(mark in text for mark in _OPENING) else Attribution.REPORTED
    bounds = [0, *(bound for span in inside for bound in span), len(text)]
    outside = "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
    # Straight marks inside curly ones: a writer who mixes them may close one with the other.
    doubtful = any('"' in text[start + 1 : stop - 1] for start, stop in inside)
    return Attribution.MIXED if doubtful or any(map(str.isalnum, outside)) else Attribution.DIRECT


def _is_account(statement: Statement, paragraph: Paragraph) -> bool:
    """Return whether the paragraph is somebody else's account of what the speaker said.

    A press release is its publisher's text: it reports the words of the people it names.
    """
    if statement.kind is Kind.PRESS_RELEASE:
        return paragraph.speaker.name != statement.publisher
    return statement.kind is Kind.REPORT


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, stop) of each quotation in *text*, marks included, end exclusive.

    A mark without its partner quotes nothing: the text does not show where such a quotation begins
    or ends.

    >>> quoted_spans("He said, “We will.” Then it ended.”")
    [(9, 19)]
    """
    spans: list[tuple[int, int]] = []
    closing, opened = "", 0
    for offset, character in enumerate(text):
        if closing:
            if character == closing:
                spans.append((opened, offset + 1))
                closing = ""
        elif character in _PAIRS:
            closing, opened = _PAIRS[character], offset
        elif character == '"':
            closing, opened = '"', offset
    return spans
