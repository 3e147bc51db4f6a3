"""Lays out the buttons beneath a message; what each means is packed by ``buttons``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.citations.citing import Style, cite
from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, Button
from bot.rendering.view import View
from index import Citation, Hit

#: Characters that a button can copy (Bot API, CopyTextButton).
LONGEST_COPY = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)
#: What people call the styles; the plain one has a name in each language.
_STYLES = {Style.AP: "AP", Style.CHICAGO: "Chicago", Style.APA: "APA", Style.BIBTEX: "BibTeX"}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The references of the paragraphs around one; empty where the statement begins or ends."""

    before: str = ""
    after: str = ""


def button(label: str, meaning: Button) -> InlineKeyboardButton:
    """Return a button that is pressed."""
    return InlineKeyboardButton(label, callback_data=meaning.packed())


def keyboard(rows: Sequence[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    """Return the *rows* that have buttons; ``None`` if none has."""
    filled = [list(row) for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None


def questions(asked: Sequence[str]) -> list[list[InlineKeyboardButton]]:
    """Return a row for each question, whose button asks it."""
    return [[button(one, Button(Action.PASSAGE, question=one))] for one in asked]


def paragraph_keyboard(
    hit: Hit,
    view: View,
    neighbours: Neighbours | None,
    here: Button,
    onward: Sequence[InlineKeyboardButton] = (),
) -> InlineKeyboardMarkup | None:
    """Return the buttons of the paragraph that *here* shows: around it; and what to do with it.

    *Onward* lead the buttons in the first row after those around it, else the way back.
    """
    around = []
    if neighbours and neighbours.before:
        around.append(button(view.strings.button_before, _beside(here, neighbours.before)))
    if neighbours and neighbours.after:
        around.append(button(view.strings.button_after, _beside(here, neighbours.after)))
    reference = hit.citation.reference
    doing = []
    if hit.citation.paragraphs > 1:
        whole = here.onward(Action.STATEMENT, reference)
        doing.append(button(view.strings.button_statement, whole))
    doing.append(button(view.strings.button_cite, Button(Action.CITE, reference=reference)))
    doing += share(view, reference)
    return keyboard([[*around, *(onward or back(here, view.strings))], doing])


def back(here: Button, strings: Strings) -> list[InlineKeyboardButton]:
    """Return the button that leads back from *here*, if anything was shown before."""
    return [button(strings.button_back, here.back())] if here.trail else []


def from_passage_to_passage(
    here: Button, total: int, strings: Strings
) -> list[InlineKeyboardButton]:
    """Return the buttons to the passages before and after the one *here* shows, of *total*.

    There are none where it was picked from several: those lead on themselves.
    """
    if total < 2 or here.trail:
        return []
    place = here.number % total
    onward = []
    if place:
        onward.append(
            button(strings.button_previous.format(number=place), replace(here, number=place - 1))
        )
    following = replace(here, number=(place + 1) % total)
    onward.append(button(strings.button_next.format(number=place + 1, total=total), following))
    return onward


def share(view: View, reference: str) -> list[InlineKeyboardButton]:
    """Return the button that sends the paragraph of *reference* to another chat, if that works."""
    if not view.shares:
        return []
    return [InlineKeyboardButton(view.strings.button_share, switch_inline_query=reference)]


def sent_keyboard(citation: Citation, view: View) -> InlineKeyboardMarkup | None:
    """Return the buttons of a quote that a person sent: none of them changes the message.

    Whoever reads it could else put other words beneath the name of the person who sent it.
    """
    copied = CopyTextButton(cite(citation, Style.PLAIN, view.strings, LONGEST_COPY))
    row = [InlineKeyboardButton(view.strings.button_cite, copy_text=copied)]
    if view.username:
        opened = view.link(citation.reference)
        row.append(InlineKeyboardButton(view.strings.button_context, url=opened))
    return keyboard([[*row, *share(view, citation.reference)]])


def with_citations(
    shown: InlineKeyboardMarkup | None, citation: Citation, strings: Strings, room: int
) -> InlineKeyboardMarkup | None:
    """Return the keyboard *shown* with the citation's styles beneath; without, if it has them.

    A style is copied by its button, or, if it is longer than a button copies, written out; where
    there is no *room* for that, in characters, the button copies what fits.
    """
    rows = list(shown.inline_keyboard) if shown else []
    kept = [row for row in rows if not any(map(_is_of_citation, row))]
    if len(kept) < len(rows):
        return keyboard(kept)
    labels = {Style.PLAIN: strings.cite_plain, **_STYLES}
    styles = [_styled(style, labels[style], citation, strings, room) for style in Style]
    return keyboard([*rows, styles])


def style_of(meaning: Button) -> Style | None:
    """Return the style that a button with this *meaning* writes out, if there is such a style."""
    styles = list(Style)
    return styles[meaning.number] if meaning.number < len(styles) else None


def _styled(
    style: Style, label: str, citation: Citation, strings: Strings, room: int
) -> InlineKeyboardButton:
    on_one_line = cite(citation, style, strings, sys.maxsize)
    if len(on_one_line) <= LONGEST_COPY or len(cite(citation, style, strings)) > room:
        copied = cite(citation, style, strings, LONGEST_COPY)
        return InlineKeyboardButton(label, copy_text=CopyTextButton(copied))
    number = list(Style).index(style)
    return button(f"{label} …", Button(Action.CITATION, number, citation.reference))


def _is_of_citation(one: InlineKeyboardButton) -> bool:
    written = f"{Action.CITATION}|"
    return bool(one.copy_text) or str(one.callback_data).startswith(written)


def _beside(here: Button, reference: str) -> Button:
    """Return the button that goes from *here* to the paragraph of *reference* beside it."""
    if here.action in (Action.PARAGRAPH, Action.CONTEXT):
        return replace(here, reference=reference)
    return here.onward(Action.PARAGRAPH, reference)
