"""Shows a paragraph that is being trimmed: its sentences, buttons to keep them, and the quote.

Which sentences are kept stands in the buttons themselves, so that they work after a restart. What
may be left out, ``index`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from telegram import CopyTextButton, InlineKeyboardButton

from bot.i18n.strings import Strings
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.fitting import between_words
from bot.rendering.html import LONGEST_MESSAGE, bold, plain, visible_length
from bot.rendering.keyboards import LONGEST_COPY, back, button, keyboard
from bot.rendering.trimmed_quote import limited_after, must_stay, written
from bot.rendering.view import Reply, View
from index import Hit, Quote, Trimmed

#: So many sentences can be kept or left out: Telegram takes a hundred buttons, and few paragraphs
#: have more than twenty sentences.
MOST_SENTENCES = 80
#: Which sentences are kept, as a button has it: a bit for each, in hexadecimal.
_MASK = re.compile(f"[0-9a-f]{{1,{MOST_SENTENCES // 4}}}")
#: Buttons in a row, and the mark of those whose sentence is kept.
_IN_A_ROW, _KEPT = 6, "✓"
#: Characters of a sentence in the list: enough to tell it from the others.
_LONGEST_LISTED, _SHORTEST_LISTED = 120, 12


def trim_button(reference: str, view: View) -> InlineKeyboardButton:
    """Return the button that begins to trim the paragraph of *reference*."""
    history = (Action.CONTEXT,)
    data = CallbackData(Action.TRIM, reference=reference, history=history)
    return button(view.strings.button_trim, data)


def kept_by(button: CallbackData) -> list[int]:
    """Return the numbers, from 0, of the sentences that *button* keeps; callback data may lie."""
    if not _MASK.fullmatch(button.question):
        return []
    mask = int(button.question, 16)
    return [number for number in range(MOST_SENTENCES) if mask >> number & 1]


def render_trimmed(
    hit: Hit,
    trimmed: Trimmed,
    view: View,
    current: CallbackData,
    after: Quote | None = None,
    *,
    wrong: str = "",
) -> Reply:
    """Return the sentences of *hit*'s paragraph, each with a button, and what is kept of them.

    *after* are words of the next paragraph that limit the last sentence; *wrong* says what of the
    numbers that were typed is wrong, and then nothing is kept.
    """
    strings, reference = view.strings, hit.citation.reference
    if len(trimmed.sentences) == 1:
        rows = [back(replace(current, question=""), strings)]
        return Reply(plain(strings.trim_one_sentence), keyboard(rows), shown_reference=reference)
    copied = written(hit, trimmed, strings)
    told, copying = _told(trimmed, copied, strings, after)
    told = told or plain(wrong)
    room = LONGEST_MESSAGE - visible_length(told)
    html = "\n".join([plain(strings.trim_how), *_listed(trimmed, room, strings)])
    rows = [*_toggles(trimmed, current), [*copying, *back(replace(current, question=""), strings)]]
    html = f"{html}\n\n{told}" if told else html
    return Reply(html, keyboard(rows), shown_reference=reference)


def _told(
    trimmed: Trimmed, copied: str, strings: Strings, after: Quote | None
) -> tuple[str, list[InlineKeyboardButton]]:
    """Return what is told of the kept sentences, as HTML, and the button that copies them."""
    if refused := must_stay(trimmed, strings):
        return plain(refused), []
    if not copied:
        return "", []
    limited = plain(limited_after(after, trimmed, strings))
    if len(copied) <= LONGEST_COPY:
        label, text = strings.button_copy, CopyTextButton(copied)
        words = f"<blockquote>{plain(copied)}</blockquote>"
        return "\n".join(filter(None, [words, limited])), [
            InlineKeyboardButton(label, copy_text=text)
        ]
    # Telegram copies what is tapped in such a block.
    words = f"<pre>{plain(copied)}</pre>\n{plain(strings.trim_tap)}"
    told = "\n".join(filter(None, [words, limited]))
    if visible_length(told) > LONGEST_MESSAGE - _LONGEST_LISTED:
        return plain(strings.trim_too_long), []
    return told, []


def _listed(trimmed: Trimmed, room: int, strings: Strings) -> list[str]:
    """Return a line for each sentence, as HTML; none if there is no *room*, in characters."""
    sentences = trimmed.sentences[:MOST_SENTENCES]
    longest = min(_LONGEST_LISTED, room // len(sentences) - 12)
    if longest < _SHORTEST_LISTED:
        return []
    text, lines = trimmed.paragraph.text, []
    for number, (start, stop) in enumerate(sentences):
        end = stop
        if stop - start > longest:
            end = between_words(text, start + longest, start + 1)
        words = plain(text[start:end]) + (" …" if end < stop else "")
        label = _label(number, trimmed.kept)
        line = f"{bold(label)} {strings.isolated(words)}"
        lines.append(strings.directed(line))
    return lines


def _toggles(trimmed: Trimmed, current: CallbackData) -> list[list[InlineKeyboardButton]]:
    """Return a button for each sentence, that keeps it or leaves it out, in rows."""
    mask = sum(1 << number for number in trimmed.kept)
    buttons = []
    for number in range(min(len(trimmed.sentences), MOST_SENTENCES)):
        data = replace(current, question=f"{mask ^ 1 << number:x}")
        buttons.append(button(_label(number, trimmed.kept), data))
    return [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]


def _label(number: int, kept: Collection[int]) -> str:
    return f"{_KEPT} {number + 1}" if number in kept else f"{number + 1}"
