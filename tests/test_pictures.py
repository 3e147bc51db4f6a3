"""The pictures of the pages show what the bot sends, and stay small."""

from __future__ import annotations

import pytest
from pages.markdown import PROJECT, links, pages, read
from pages.pictures import FOLDER, PICTURES, THEMES, draw
from pages.telegram_look import Bubble, Button, Screen, page

MOST_BYTES = 120_000


@pytest.mark.parametrize("name", PICTURES)
async def test_a_pictured_reply_is_what_the_bot_sends(name: str) -> None:
    """If not, `make pictures` takes it again."""
    assert read(FOLDER / f"{name}.html") == await draw(PICTURES[name])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_there_in_light_and_dark_and_small(name: str, theme: str) -> None:
    picture = FOLDER / f"{name}-{theme}.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < MOST_BYTES


def test_every_picture_is_shown_on_a_page() -> None:
    shown = {
        (path.parent / target).resolve()
        for path in pages()
        for target in links(read(path))
        if target.endswith(".png")
    }
    assert shown == set(FOLDER.glob("*.png"))
    assert FOLDER.is_relative_to(PROJECT)


def test_a_page_shows_any_number_of_chats() -> None:
    """What is said in them is escaped by who writes it; names and labels are escaped here."""
    bubbles = (
        Bubble("a &lt; b", "9:00", own=True),
        Bubble("<b>c</b>", "9:01", answers=("A&B", "a < b"), buttons=((Button("1 > 2"),),)),
    )
    html = page("Two", [Screen("On Record", "bot", bubbles), Screen("Other", "bot", bubbles)])
    assert html.count('<section class="screen">') == 2
    assert html.count('class="message') == 4
    assert "<b>A&amp;B</b><span>a &lt; b</span>" in html
    assert "<span>1 &gt; 2</span>" in html
