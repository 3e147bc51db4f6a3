"""Renders answers as Telegram messages: one message each, never too long.

It decides what a message says and offers. It searches nothing: whoever calls it brings the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.rendering.callback_data import Action, Button
from bot.rendering.html import LONGEST_MESSAGE, link, neighbour, passage, plain
from bot.rendering.keyboards import (
    Neighbours,
    button,
    from_passage_to_passage,
    keyboard,
    paragraph_keyboard,
    questions,
)
from bot.rendering.view import Reply, View
from index import Amended, Answer, Coverage, Hit, SmallTalk

#: How many passages are shown at once where several are wanted.
SEVERAL = 3
#: Room for a paragraph beside the one that is shown, in characters.
_BESIDE = 900
#: What stands between it and the rest: line breaks, a dot, the marks of a cut.
_BETWEEN = 20
#: A title on a button, in characters: one line on a telephone.
_LABEL = 40


def render_answer(
    answer: Answer,
    view: View,
    number: int = 0,
    neighbours: Neighbours | None = None,
    trail: tuple[Action, ...] = (),
) -> Reply:
    """Return the reply that gives passage *number* (from 0) of *answer*, or says there is none.

    The *trail* is what was shown before it.
    """
    if not answer.answered:
        return render_nothing(answer, view)
    here = Button(Action.PASSAGE, number, question=answer.question, trail=trail)
    return _render_passage(answer, view, here, neighbours)


def render_nearest(
    answer: Answer, view: View, number: int = 0, neighbours: Neighbours | None = None
) -> Reply:
    """Return the reply that shows what comes nearest, said to be only that."""
    here = Button(Action.NEAREST, number, question=answer.question)
    return _render_passage(answer, view, here, neighbours, view.strings.only_nearest())


def render_several(answer: Answer, view: View, number: int = 0) -> Reply:
    """Return the reply that gives up to three passages of *answer*, number *number* among them.

    Each has its citation, and a button that shows it by itself.
    """
    if not answer.answered:
        return render_nothing(answer, view)
    total = len(answer.hits)
    first = number - number % SEVERAL if number < total else 0
    shown = answer.hits[first : first + SEVERAL]
    note = "" if first else view.strings.how_read(answer)
    room = (LONGEST_MESSAGE - len(note)) // len(shown)
    parts = [passage(hit, view.strings, room=room) for hit in shown]
    if note:
        parts[0] = f"{plain(note)}\n{parts[0]}"
    here = Button(Action.SEVERAL, first, question=answer.question)
    singly = [
        button(str(one + 1), replace(here.onward(Action.PASSAGE, ""), number=one))
        for one in range(first, first + len(shown))
    ]
    following = first + len(shown)
    if total > SEVERAL:
        start = following if following < total else 0
        last = min(start + SEVERAL, total)
        label = view.strings.button_several.format(first=start + 1, last=last, total=total)
        singly.append(button(label, replace(here, number=start)))
    return Reply("\n\n".join(parts), keyboard([singly]), shown[0].citation.reference)


def render_nothing(answer: Answer, view: View, amended: Amended | None = None) -> Reply:
    """Return that nothing answers, what was searched, and what could be asked.

    A reference whose paragraph was *amended* leads to the statements that it can have stood in.
    """
    strings = view.strings
    if amended:
        return render_amended(amended, view)
    rows = questions(answer.suggestions)
    if answer.hits:
        rows.append(
            [button(strings.button_nearest, Button(Action.NEAREST, question=answer.question))]
        )
    text = strings.sentences(strings.how_read(answer), strings.nothing(answer))
    return Reply(plain(text), keyboard(rows))


def render_nothing_shortly(answer: Answer, view: View) -> Reply:
    """Return on one line that nothing answers: what a group wants to hear of it."""
    strings = view.strings
    nearest = Button(Action.NEAREST, question=answer.question)
    row = [button(strings.button_nearest, nearest)] if answer.hits else []
    text = strings.sentences(strings.how_read(answer), strings.nothing_in_short(answer))
    return Reply(plain(text), keyboard([row]))


def render_amended(amended: Amended, view: View) -> Reply:
    """Return that the paragraph of a reference was *amended*, and the way to its statement.

    Where it can have stood in several, there is a button for each, by its title.
    """
    strings, reference, shown = view.strings, amended.reference, amended.statements[:SEVERAL]
    titles = strings.comma.join(strings.short_title(hit.citation.title) for hit in shown)
    text = strings.reference_amended.format(reference=reference, title=titles)
    notice = Button(Action.PASSAGE, question=reference)
    rows = []
    for hit in shown:
        label = (
            strings.short_title(hit.citation.title, _LABEL)
            if len(shown) > 1
            else strings.button_statement
        )
        whole = notice.onward(Action.STATEMENT, hit.citation.reference)
        rows.append([button(label, replace(whole, page=1))])
    return Reply(plain(text), keyboard(rows))


def render_small_talk(
    kind: SmallTalk, searched: Coverage, examples: Sequence[str], view: View
) -> Reply:
    """Return the reply to a greeting or to thanks, with *examples* of questions as buttons."""
    return Reply(
        plain(view.strings.small_talk_reply(kind, searched)), keyboard(questions(examples))
    )


def render_paragraph(hit: Hit, view: View, neighbours: Neighbours, here: Button) -> Reply:
    """Return the reply that gives the paragraph *here* leads to, with the way back.

    Beside what only came nearest to a question it does not answer it any more than that did.
    """
    buttons = paragraph_keyboard(hit, view, neighbours, here)
    note = view.strings.only_nearest() if Action.NEAREST in here.trail else ""
    return Reply(passage(hit, view.strings, note), buttons, hit.citation.reference)


def render_context(hit: Hit, before: Hit | None, after: Hit | None, view: View) -> Reply:
    """Return a paragraph that was asked for by name, with the ones before and after it."""
    strings, room = view.strings, LONGEST_MESSAGE
    preceding, following = [], []
    if before:
        label = strings.paragraph_before.format(number=before.citation.paragraph)
        preceding.append(neighbour(before, hit, label, strings, _BESIDE))
        room -= _BESIDE + len(label) + len(strings.who(before.citation)) + _BETWEEN
    if after:
        label = strings.paragraph_after.format(number=after.citation.paragraph)
        following.append(neighbour(after, hit, label, strings, _BESIDE))
        room -= _BESIDE + len(label) + len(strings.who(after.citation)) + _BETWEEN
    html = "\n\n".join([*preceding, passage(hit, strings, room=room), *following])
    reference = hit.citation.reference
    here = Button(Action.CONTEXT, reference=reference)
    buttons = paragraph_keyboard(hit, view, neighbours_of(before, after), here)
    return Reply(html, buttons, reference)


def render_already(answer: Answer, view: View, address: str, *, several: bool = False) -> Reply:
    """Return that the passage was quoted in this chat already, at *address* if it has one.

    A button shows it again, among *several* if so many are shown at once.
    """
    strings = view.strings
    citation = answer.hits[0].citation
    place = plain(" · ".join(strings.where(citation)))
    where = f"{link(address, place) if address else place} · {strings.reference} "
    where += strings.isolated(f"<code>{citation.reference}</code>")
    again = Button(Action.SEVERAL if several else Action.PASSAGE, question=answer.question)
    buttons = keyboard([[button(strings.button_again, again)]])
    said = strings.quoted_already.format(where=where)
    return Reply(strings.sentences(plain(strings.how_read(answer)), said), buttons)


def neighbours_of(before: Hit | None, after: Hit | None) -> Neighbours:
    """Return the references of the paragraphs *before* and *after* one."""
    return Neighbours(
        before.citation.reference if before else "", after.citation.reference if after else ""
    )


def _render_passage(
    answer: Answer,
    view: View,
    here: Button,
    neighbours: Neighbours | None,
    heading: str = "",
) -> Reply:
    """Return the passage that *here* shows, with buttons to the ones around it in the answer.

    The *heading* stands above every passage, how the question was read above the first only.
    """
    total = len(answer.hits)
    here = replace(here, number=here.number % total)
    hit = answer.hits[here.number]
    notes = [heading, "" if here.number else view.strings.how_read(answer)]
    html = passage(hit, view.strings, view.strings.sentences(*notes))
    onward = from_passage_to_passage(here, total, view.strings)
    buttons = paragraph_keyboard(hit, view, neighbours, here, onward)
    return Reply(html, buttons, hit.citation.reference)
