"""Renders answers as Telegram messages: one message each, never too long.

Decides what a message says and which buttons it has. Nothing is searched here: the answer is an
argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import (
    LONGEST_MESSAGE,
    link,
    neighbour,
    passage,
    plain,
    typed,
    visible_length,
)
from bot.rendering.keyboards import (
    Neighbours,
    button,
    keyboard,
    paragraph_keyboard,
    passage_buttons,
    questions,
)
from bot.rendering.view import Reply, View
from index import Amended, Answer, Coverage, Hit, SmallTalk

#: How many passages are shown at once in a chat that is set to several.
SEVERAL = 3
#: Room for a paragraph beside the one that is shown, in characters.
_BESIDE = 900
#: Characters between it and the rest: line breaks, a dot, the marks of a cut.
_BETWEEN = 20
#: Characters of a title on a button: one line on a phone.
_LABEL = 40


def render_answer(
    answer: Answer,
    view: View,
    number: int = 0,
    neighbours: Neighbours | None = None,
    history: tuple[Action, ...] = (),
) -> Reply:
    """Return the reply with passage *number* (from 0) of *answer*, or that nothing answers.

    The *history* is what was shown before it.
    """
    if not answer.answered:
        return render_nothing(answer, view)
    current = CallbackData(Action.PASSAGE, number=number, question=answer.question, history=history)
    return _render_passage(answer, view, current, neighbours)


def render_nearest(
    answer: Answer, view: View, number: int = 0, neighbours: Neighbours | None = None
) -> Reply:
    """Return the reply with one of the nearest passages, under a note that it is only that."""
    current = CallbackData(Action.NEAREST, number=number, question=answer.question)
    return _render_passage(answer, view, current, neighbours, view.strings.only_nearest())


def render_several(answer: Answer, view: View, number: int = 0) -> Reply:
    """Return the reply with up to three passages of *answer*, passage *number* among them.

    Each has its citation, and a button that shows it by itself.
    """
    if not answer.answered:
        return render_nothing(answer, view)
    total = len(answer.hits)
    first = number - number % SEVERAL if number < total else 0
    shown = answer.hits[first : first + SEVERAL]
    note = "" if first else view.strings.how_read(answer, typed)
    room = (LONGEST_MESSAGE - visible_length(note)) // len(shown)
    parts = [passage(hit, view.strings, room=room) for hit in shown]
    if note:
        parts[0] = f"{note}\n{parts[0]}"
    current = CallbackData(Action.SEVERAL, number=first, question=answer.question)
    singly = [
        button(str(one + 1), replace(current.forward(Action.PASSAGE, ""), number=one))
        for one in range(first, first + len(shown))
    ]
    following = first + len(shown)
    if total > SEVERAL:
        start = following if following < total else 0
        last = min(start + SEVERAL, total)
        label = view.strings.button_several.format(first=start + 1, last=last, total=total)
        singly.append(button(label, replace(current, number=start)))
    return Reply(
        "\n\n".join(parts), keyboard([singly]), shown_reference=shown[0].citation.reference
    )


def render_nothing(answer: Answer, view: View, amended: Amended | None = None) -> Reply:
    """Return that nothing answers, what was searched, and suggestions to ask.

    A reference whose paragraph was *amended* leads to the statements that may have had it.
    """
    strings = view.strings
    if amended:
        return render_amended(amended, view)
    rows = questions(answer.suggestions)
    if answer.hits:
        rows.append(
            [button(strings.button_nearest, CallbackData(Action.NEAREST, question=answer.question))]
        )
    html = strings.sentences(strings.how_read(answer, typed), strings.nothing(answer, typed))
    return Reply(html, keyboard(rows))


def render_nothing_short(answer: Answer, view: View) -> Reply:
    """Return in one line, for a group, that nothing answers."""
    strings = view.strings
    nearest = CallbackData(Action.NEAREST, question=answer.question)
    row = [button(strings.button_nearest, nearest)] if answer.hits else []
    nothing = strings.nothing_in_short(answer, typed)
    html = strings.sentences(strings.how_read(answer, typed), nothing)
    return Reply(html, keyboard([row]))


def render_amended(amended: Amended, view: View) -> Reply:
    """Return that the paragraph of a reference was *amended*, with a button to its statement.

    Where several statements may have had it, each has a button with its title.
    """
    strings, reference, shown = view.strings, amended.reference, amended.statements[:SEVERAL]
    titles = strings.comma.join(strings.short_title(hit.citation.title) for hit in shown)
    text = strings.reference_amended.format(reference=reference, title=titles)
    notice = CallbackData(Action.PASSAGE, question=reference)
    rows = []
    for hit in shown:
        label = (
            strings.short_title(hit.citation.title, _LABEL)
            if len(shown) > 1
            else strings.button_statement
        )
        whole = notice.forward(Action.STATEMENT, hit.citation.reference)
        rows.append([button(label, replace(whole, page=1))])
    return Reply(plain(text), keyboard(rows))


def render_small_talk(
    kind: SmallTalk, searched: Coverage, examples: Sequence[str], view: View
) -> Reply:
    """Return the reply to a greeting or to thanks, with *examples* of questions as buttons."""
    return Reply(
        plain(view.strings.small_talk_reply(kind, searched)), keyboard(questions(examples))
    )


def render_paragraph(hit: Hit, view: View, neighbours: Neighbours, data: CallbackData) -> Reply:
    """Return the reply with the paragraph that *data* asks for, and a button back."""
    buttons = paragraph_keyboard(hit, view, neighbours, data)
    # A paragraph beside a passage that is only the nearest does not answer either.
    note = view.strings.only_nearest() if Action.NEAREST in data.history else ""
    return Reply(passage(hit, view.strings, note), buttons, shown_reference=hit.citation.reference)


def render_context(hit: Hit, before: Hit | None, after: Hit | None, view: View) -> Reply:
    """Return a paragraph that was asked for by reference or id, with the ones around it."""
    strings, room = view.strings, LONGEST_MESSAGE
    preceding, following = [], []
    if before:
        label = strings.paragraph_before.format(number=before.citation.paragraph)
        preceding.append(neighbour(before, label, strings, beside=hit, room=_BESIDE))
        room -= _BESIDE + len(label) + len(strings.who(before.citation)) + _BETWEEN
    if after:
        label = strings.paragraph_after.format(number=after.citation.paragraph)
        following.append(neighbour(after, label, strings, beside=hit, room=_BESIDE))
        room -= _BESIDE + len(label) + len(strings.who(after.citation)) + _BETWEEN
    html = "\n\n".join([*preceding, passage(hit, strings, room=room), *following])
    reference = hit.citation.reference
    current = CallbackData(Action.CONTEXT, reference=reference)
    buttons = paragraph_keyboard(hit, view, neighbours_of(before, after), current)
    return Reply(html, buttons, shown_reference=reference)


def render_already_quoted(
    answer: Answer, view: View, address: str, *, several: bool = False
) -> Reply:
    """Return that the passage was quoted in this chat already, at *address* if it has one.

    A button shows it again, with others if the chat is set to *several* passages.
    """
    strings = view.strings
    citation = answer.hits[0].citation
    place = plain(" · ".join(strings.where(citation)))
    where = f"{link(address, place) if address else place} · {strings.reference} "
    where += strings.isolated(f"<code>{citation.reference}</code>")
    action = Action.SEVERAL if several else Action.PASSAGE
    again = CallbackData(action, question=answer.question)
    buttons = keyboard([[button(strings.button_again, again)]])
    said = strings.quoted_already.format(where=where)
    return Reply(strings.sentences(strings.how_read(answer, typed), said), buttons)


def neighbours_of(before: Hit | None, after: Hit | None) -> Neighbours:
    """Return the references of the paragraphs *before* and *after* one."""
    return Neighbours(
        before=before.citation.reference if before else "",
        after=after.citation.reference if after else "",
    )


def _render_passage(
    answer: Answer,
    view: View,
    current: CallbackData,
    neighbours: Neighbours | None,
    heading: str = "",
) -> Reply:
    """Return the passage that *current* asks for, with buttons to the others of the answer.

    The *heading* stands above every passage; the note on how the question was read, above the
    first.
    """
    total = len(answer.hits)
    current = replace(current, number=current.number % total)
    hit = answer.hits[current.number]
    notes = [heading, "" if current.number else view.strings.how_read(answer, typed)]
    html = passage(hit, view.strings, view.strings.sentences(*notes))
    passages = passage_buttons(current, total, view.strings)
    buttons = paragraph_keyboard(hit, view, neighbours, current, passages)
    return Reply(html, buttons, shown_reference=hit.citation.reference)
