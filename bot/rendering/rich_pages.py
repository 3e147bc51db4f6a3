"""Renders a whole statement for a chat with the rich layout: one message, and how it is without.

What the rich message holds is told in ``rich_statement``, the classic pages in ``pages``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.keyboards import button, keyboard, no_answer_in
from bot.rendering.pages import page_buttons, render_statement
from bot.rendering.rich_statement import render_rich_statement
from bot.rendering.view import Reply, RichMessage, View
from index import Hit


def render_rich(hits: Sequence[Hit], view: View, data: CallbackData) -> Reply:
    """Return the part that *data* asks for, of a statement whose paragraphs are all in *hits*.

    A button beneath leads to the classic pages: in some apps a rich message is blank.
    """
    strings = view.strings
    note = no_answer_in(data.history, strings)
    made = render_rich_statement(hits, view, data.page, data.reference, note)
    in_pages = replace(data, action=Action.PLAIN_STATEMENT, page=0)
    rows = [
        page_buttons(data, made.part, made.parts, strings),
        [button(strings.button_pages, in_pages)],
    ]
    rich = RichMessage(made.html, keyboard(rows), is_rtl=made.is_rtl)
    return replace(render_statement(hits, view, data), rich=rich)
