"""Shows a draft to an editor, asks for what it does not tell, and has it changed or approved."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.terminal.import_report import counted_left_out, doubt_lines, offers, value_of
from bot.terminal.screen import is_terminal
from documents import Alike, Draft, OnRecord, complete, differences, refuse_same
from index import FilingRefused, Heading, InvalidField, Kind, without_controls

_QUESTIONS = {
    "title": "Title",
    "speakers": "Whose words? (name; role)",
    "date": "When was it said? (2025-02-24; empty if unknown)",
}
#: The fields that a review can change, and what may be entered; a dash empties an optional one.
_HINTS = {
    "id": "letters, digits, dashes",
    "title": "one line",
    "date": "2025-02-24, or - for none",
    "published": "2025-02-25, or - for none",
    "kind": ", ".join(Kind),
    "speakers": "name; role | name; role",
    "publisher": "a name, or - for none",
    "url": "an address, or - for none",
    "language": "en, ur, zh, …",
    "translation": "official, unofficial, or - for none",
}
_LONGEST_END, _LONGEST_LEFT_OUT = 70, 100


class NotApproved(FilingRefused):
    """The editor does not want a draft on record."""


class Stopped(Exception):
    """The editor stops; what is filed stays."""


@dataclass(slots=True)
class Progress:
    """What became of the documents so far."""

    filed: int = 0
    refused: int = 0

    @property
    def seen(self) -> int:
        """How many there were."""
        return self.filed + self.refused

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.filed} filed, {self.refused} not filed"


class Review:
    """The review of one draft after another, with the same keys."""

    def __init__(self, today: datetime.date, on_record: OnRecord, progress: Progress) -> None:
        """Review as of *today*, beside what is *on_record*; *progress* stands above each draft."""
        self._today = today
        self._on_record = on_record
        self._progress = progress

    def of(self, draft: Draft, alike: Alike | None) -> tuple[Draft, Alike | None]:
        """Return *draft* once it is approved, and the statement whose new text it becomes.

        Raises:
            NotApproved: it was not approved.
            FilingRefused: it is on record already, or there is no terminal to show it in.
            Stopped: the editor stops.
            EOFError: the editor's input ends.
        """
        if not is_terminal(sys.stdin):
            raise FilingRefused(
                draft.name,
                "there is no terminal to review it in",
                "Give --yes to file it without a review.",
            )
        draft = self._with_missing(draft)
        shown: Draft | None = None
        while True:
            if draft is not shown:
                alike = self._compared(draft, alike)
                self._show(draft, alike)
                shown = draft
            keys = "[y]es, [n]o, [t]ext, [l]eft out, [q]uit"
            if alike:
                keys = "[y]es, as its new text, [s]eparately, [d]ifferences, [n]o, [t]ext, [q]uit"
            answer = _prompt(f"File it? {keys}, or a field to change (id, title, speakers, …): ")
            answer = answer.strip().lower()
            answer = "speakers" if answer == "speaker" else answer
            match answer:
                case "y" | "yes":
                    return draft, alike
                case "s" | "separately" if alike:
                    return draft, None
                case "n" | "no":
                    repair = "Nothing was written."
                    raise NotApproved(draft.name, "it was not approved", repair)
                case "q" | "quit":
                    raise Stopped
                case "":
                    shown = None
                case _ if answer in _HINTS:
                    hint = f"{answer} ({_HINTS[answer]})"
                    draft = self._ask(draft, answer, hint, needed=False)
                case _:
                    _say(_more(answer, draft, alike))

    def _compared(self, draft: Draft, alike: Alike | None) -> Alike | None:
        """Return what *draft* is like now that its fields may have changed."""
        if draft.missing:
            return alike
        return refuse_same(draft, self._on_record)

    def _with_missing(self, draft: Draft) -> Draft:
        """Return *draft* with what it does not tell, as the editor answers."""
        for field in draft.missing:
            draft = self._ask(draft, field, _QUESTIONS[field])
        if draft.fields.date is None:
            draft = self._ask(draft, "date", _QUESTIONS["date"], needed=False)
        return draft

    def _ask(self, draft: Draft, field: str, prompt: str, *, needed: bool = True) -> Draft:
        places = offers(draft, field)
        offered = list(places)
        for number, (value, where) in enumerate(places.items(), 1):
            _say([f"  {number}  {value} ({where})"])
        prompt = f"{prompt}, or a number above: " if offered else f"{prompt}: "
        while True:
            answer = _prompt(prompt).strip()
            if answer.isdecimal() and 1 <= int(answer) <= len(offered):
                answer = offered[int(answer) - 1]
            if not answer and not needed:
                return draft
            try:
                if field == "id" and answer:
                    return dataclasses.replace(draft, given_id=answer)
                if answer == "-" and field not in ("title", "speakers"):
                    return complete(draft, {field: None})
                if answer:
                    given: object = answer.split("|") if field == "speakers" else answer
                    return complete(draft, {field: given})
            except InvalidField as error:
                _say([f"{error.what[:1].upper()}{error.what[1:]}. {error.repair}"])

    def _show(self, draft: Draft, alike: Alike | None) -> None:
        texts = draft.texts
        values = value_of(draft.fields)
        rows = [("id", draft.id, "")]
        rows += [(name, value, draft.found_in.get(name, "")) for name, value in values.items()]
        rows[3:3] = [] if values["date"] else [("date", "undated", "")]
        rows += [
            ("paragraphs", str(len(texts)), ""),
            ("begins", _cut(texts[0]), ""),
            ("ends", _cut(texts[-1], at_end=True), ""),
        ]
        counted = f" · {self._progress}" if self._progress.seen else ""
        lines = [f"\n{draft.name}{counted}"]
        for name, value, where in rows:
            if value:
                lines.append(f"  {name:<12}{value}{f'  ← {where}' if where else ''}")
        if alike:
            lines.append(f"  amends {alike.statement.id}, by {alike.why}: [d] shows what differs")
        lines += [f"  note: {one.text}" for one in draft.warnings if not one.doubt]
        lines += [f"  LOOK: {one.text}" for one in draft.warnings if one.doubt]
        lines += [f"  {line}" for line in doubt_lines(draft, self._today)]
        if draft.left_out:
            lines.append(f"  left out: {counted_left_out(draft)}")
        _say(lines)


def _more(answer: str, draft: Draft, alike: Alike | None) -> Iterable[str]:
    """Return what the editor wants to see of *draft*, a line each."""
    match answer:
        case "t" | "text":
            return _whole_text(draft)
        case "l" | "left" | "left out":
            return _left_out(draft)
        case "d" | "differences" if alike:
            return differences(alike, draft)
    return [f"There is no field “{answer}”. The fields are {', '.join(_HINTS)}."]


def _cut(text: str, *, at_end: bool = False) -> str:
    """Return the first words of *text*, or the last."""
    if len(text) <= _LONGEST_END:
        return text
    if at_end:
        return f"… {text[-_LONGEST_END:].partition(' ')[2] or text[-_LONGEST_END:]}"
    return f"{text[:_LONGEST_END].rpartition(' ')[0] or text[:_LONGEST_END]} …"


def _whole_text(draft: Draft) -> Iterator[str]:
    number = 0
    for one in draft.written:
        if isinstance(one, Heading):
            yield f"\n## {one.text}"
        else:
            number += 1
            yield f"\n{number:>4}  {one}"


def _left_out(draft: Draft) -> Iterator[str]:
    if not draft.left_out:
        yield "Nothing was left out."
    for one in draft.left_out:
        yield f"  {one.why}: {one.text[:_LONGEST_LEFT_OUT]}"


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stderr.write(f"{without_controls(line)}\n")


def _prompt(text: str) -> str:
    sys.stderr.write(text)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line
