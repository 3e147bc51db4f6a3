"""Draws chats as Telegram for Android shows them, as one HTML page.

Sizes are Telegram's own at its default text size: 16 for text, 14 within a quotation, 12 for the
time. The page holds any number of chats side by side, and is light or dark as the reader prefers.
What is said in the chats is brought by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

#: The width of a phone, in CSS pixels.
WIDTH = 390
#: The space between two phones, and how many stand side by side in a picture.
GAP, A_ROW = 24, 4

_STYLE = Path(__file__).with_name("telegram_look.css")
#: The icon that Telegram puts into the corner of a button, by what the button does.
_ICONS = {
    "url": "M4 8 8 4M4.5 4H8v3.5",
    "switch_inline_query": "M4 8 8 4M4.5 4H8v3.5",
    "copy_text": "M3 3h4v5H3zM5 3V1.5h4v5H7",
}
_CHECKS = (
    '<svg class="checks" viewBox="0 0 18 11" aria-hidden="true">'
    '<path d="m1 6 3.5 3.5L11 1.5M8 8.5l1 1L16 1.5"/></svg>'
)
_BACK = (
    '<svg class="back" viewBox="0 0 24 24" aria-hidden="true">'
    '<path d="M20 12H5m7-7-7 7 7 7"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Button:
    """One button beneath a message."""

    label: str
    #: What it does, as the Bot API names it: ``callback_data``, ``copy_text``.
    does: str = "callback_data"


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message."""

    #: In the HTML that the Bot API takes.
    html: str
    #: Hours and minutes, as shown beside it.
    time: str
    #: Whether the owner of the phone wrote it.
    own: bool = False
    #: Who wrote the message that this one answers, and what it says; empty if it answers none.
    answers: tuple[str, str] | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """One chat on one phone."""

    title: str
    subtitle: str
    bubbles: tuple[Bubble, ...]


def page(title: str, screens: Sequence[Screen]) -> str:
    """Return an HTML page that shows the *screens* side by side."""
    shown = "\n".join(map(_screen, screens))
    style = _STYLE.read_text(encoding="utf-8").strip()
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}\n</style>\n</head>\n"
        f"<body>\n{shown}\n</body>\n</html>\n"
    )


def _screen(screen: Screen) -> str:
    initials = "".join(word[0] for word in screen.title.split()[:2])
    bubbles = "\n".join(map(_bubble, screen.bubbles))
    return (
        f'<section class="screen">\n<header>{_BACK}<span class="avatar">{escape(initials)}</span>'
        f"<div><b>{escape(screen.title)}</b><small>{escape(screen.subtitle)}</small></div></header>"
        f'\n<div class="chat">\n{bubbles}\n</div>\n</section>'
    )


def _bubble(bubble: Bubble) -> str:
    side = "own" if bubble.own else "other"
    text = bubble.html.replace("</blockquote>\n", "</blockquote>")
    checks = _CHECKS if bubble.own else ""
    time = f'<span class="time">{escape(bubble.time)}{checks}</span>'
    return (
        f'<div class="message {side}">\n<div class="bubble">{"".join(_answered(bubble))}'
        f'<div class="text">{text}{time}</div></div>\n{"".join(_keyboard(bubble))}</div>'
    )


def _answered(bubble: Bubble) -> Iterator[str]:
    if bubble.answers:
        name, words = bubble.answers
        yield f'<div class="answered"><b>{escape(name)}</b><span>{escape(words)}</span></div>'


def _keyboard(bubble: Bubble) -> Iterator[str]:
    for row in bubble.buttons:
        buttons = "".join(f"<span>{escape(one.label)}{_icon(one)}</span>" for one in row)
        yield f'<div class="buttons">{buttons}</div>\n'


def _icon(button: Button) -> str:
    drawn = _ICONS.get(button.does)
    return f'<svg viewBox="0 0 10 10" aria-hidden="true"><path d="{drawn}"/></svg>' if drawn else ""
