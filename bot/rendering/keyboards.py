"""Lays out the buttons below a message; what each does is packed by ``callback_data``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.citations.citing import LABELS, Style, cite
from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.view import View
from index import Answer, Citation, Hit

#: Characters that a button can copy (Bot API, CopyTextButton).
LONGEST_COPY = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)


def button(label: str, data: CallbackData) -> InlineKeyboardButton:
    """Return a button that sends *data* when it is pressed."""
    return InlineKeyboardButton(label, callback_data=data.packed())


def keyboard(rows: Sequence[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    """Return a keyboard of the *rows* that have buttons; ``None`` if none has."""
    filled = [list(row) for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def questions(texts: Sequence[str]) -> list[list[InlineKeyboardButton]]:
    """Return a row for each question in *texts*, with a button that asks it."""
    asking = [CallbackData(Action.PASSAGE, question=one) for one in texts]
    # Of a longer one the button would ask what the message that it stands under replies to.
    return [[button(one.question, one)] for one in asking if one.packed().endswith(one.question)]


def passage_keyboard(
    hit: Hit,
    view: View,
    current: CallbackData,
    total: int,
    more: Sequence[InlineKeyboardButton] = (),
) -> InlineKeyboardMarkup | None:
    """Return the buttons of a passage of an answer, *current* of *total*: one row, and any *more*.

    The paragraphs around it and its statement are behind one of them.
    """
    context = []
    if hit.citation.paragraphs > 1:
        around = current.forward(Action.CONTEXT, hit.citation.reference)
        context.append(button(view.strings.button_context, around))
    turning = passage_buttons(current, total, view.strings)
    row = [*turning, *context, *_use(hit, view), *back(current, view.strings)]
    return keyboard([row, more])


def context_keyboard(
    hit: Hit, view: View, before: Hit | None, after: Hit | None, current: CallbackData
) -> InlineKeyboardMarkup | None:
    """Return the buttons of a paragraph in its statement, *current*: to move about in it, and back.

    At the beginning or the end of the statement there is none *before* or *after*.
    Where nothing was shown before, there is a second row with what can be done with the quote.
    """
    moving = []
    labels = (view.strings.button_before, view.strings.button_after)
    for label, beside in zip(labels, (before, after), strict=True):
        if beside:
            moving.append(button(label, replace(current, reference=beside.citation.reference)))
    if hit.citation.paragraphs > 1:
        whole = current.forward(Action.STATEMENT, hit.citation.reference)
        moving.append(button(view.strings.button_statement, whole))
    if current.history:
        return keyboard([[*moving, *back(current, view.strings)]])
    return keyboard([moving, _use(hit, view)])


def _use(hit: Hit, view: View) -> list[InlineKeyboardButton]:
    """Return the buttons for what can be done with the quote of *hit*."""
    reference = hit.citation.reference
    cite_it = CallbackData(Action.CITE, reference=reference)
    return [button(view.strings.button_cite, cite_it), *share(view, reference)]


def lift(answer: Answer, view: View, current: CallbackData) -> list[InlineKeyboardButton]:
    """Return the button that asks without whom, when and in which order was read from the wording.

    *current* is what is shown of *answer*, which may have nothing of that sort.
    """
    understood, strings = answer.understood, view.strings
    if not understood.by_wording:
        return []
    narrowed = understood.speakers or understood.first or understood.last
    label = strings.button_all if narrowed else strings.button_best
    return [button(label, replace(current, number=0, history=(), lifted=True))]


def to_copies(hit: Hit, view: View, current: CallbackData) -> list[InlineKeyboardButton]:
    """Return the button that lists where the text of *hit*, which is shown, also stands."""
    if not hit.copies:
        return []
    label = view.strings.copies(len(hit.copies))
    return [button(label, current.forward(Action.COPIES, ""))]


def no_answer_in(history: Sequence[Action], strings: Strings) -> str:
    """Return the note above what was opened from a passage that does not answer; else empty."""
    if Action.OTHERS in history:
        return strings.others_both
    return strings.only_nearest() if Action.NEAREST in history else ""


def back(current: CallbackData, strings: Strings) -> list[InlineKeyboardButton]:
    """Return the button back from *current*, if anything was shown before."""
    return [button(strings.button_back, current.back())] if current.history else []


def passage_buttons(
    current: CallbackData, total: int, strings: Strings
) -> list[InlineKeyboardButton]:
    """Return the buttons to the passages before and after *current*, of *total*.

    There are none if it was picked from several passages: they have their own buttons.
    """
    if total < 2 or current.history:
        return []
    place = current.number % total
    buttons = []
    if place:
        previous = replace(current, number=place - 1)
        buttons.append(button(strings.button_previous, previous))
    following = replace(current, number=(place + 1) % total)
    buttons.append(button(strings.button_next.format(number=place + 1, total=total), following))
    return buttons


def share(view: View, reference: str) -> list[InlineKeyboardButton]:
    """Return the button that sends the paragraph of *reference* to another chat, if that works."""
    if not view.can_share:
        return []
    return [InlineKeyboardButton(view.strings.button_share, switch_inline_query=reference)]


def sent_keyboard(citation: Citation, view: View) -> InlineKeyboardMarkup | None:
    """Return the buttons of a quote that a user sent: none of them changes the message.

    Otherwise a reader could put other words under the name of the user who sent it.
    """
    copied = CopyTextButton(cite(citation, Style.PLAIN, view.strings, LONGEST_COPY))
    row = [InlineKeyboardButton(view.strings.button_cite, copy_text=copied)]
    if view.username:
        opened = view.link(citation.reference)
        row.append(InlineKeyboardButton(view.strings.button_context, url=opened))
    return keyboard([[*row, *share(view, citation.reference)]])


def toggle_citations(
    shown: InlineKeyboardMarkup | None,
    citation: Citation,
    strings: Strings,
    room: int,
    more: Sequence[InlineKeyboardButton] = (),
) -> InlineKeyboardMarkup | None:
    """Return the keyboard *shown* with a row of citation styles, or without it if it has one.

    A button copies the citation, or writes it below the message if it is too long to copy. Where
    there is no *room* for that, in characters, the button copies a shortened one. Beneath that row
    are any *more* buttons, which come and go with it: those of ``Action.TRIM``.
    """
    rows = list(shown.inline_keyboard) if shown else []
    kept = [row for row in rows if not any(map(_is_of_citation, row))]
    if len(kept) < len(rows):
        return keyboard(kept)
    labels = {Style.PLAIN: strings.cite_plain, **LABELS}
    styles = [_style_button(style, labels[style], citation, strings, room) for style in Style]
    return keyboard([*rows, styles, more])


def style_of(data: CallbackData) -> Style | None:
    """Return the style that a button with this *data* writes, if there is such a style."""
    styles = list(Style)
    return styles[data.number] if data.number < len(styles) else None


def _style_button(
    style: Style, label: str, citation: Citation, strings: Strings, room: int
) -> InlineKeyboardButton:
    on_one_line = cite(citation, style, strings, sys.maxsize)
    if len(on_one_line) <= LONGEST_COPY or len(cite(citation, style, strings)) > room:
        copied = cite(citation, style, strings, LONGEST_COPY)
        return InlineKeyboardButton(label, copy_text=CopyTextButton(copied))
    number = list(Style).index(style)
    data = CallbackData(Action.CITATION, number=number, reference=citation.reference)
    return button(f"{label} …", data)


def _is_of_citation(one: InlineKeyboardButton) -> bool:
    beneath = (f"{Action.CITATION}|", Action.TRIM)
    return bool(one.copy_text) or str(one.callback_data).startswith(beneath)
