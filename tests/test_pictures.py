"""The pictures of the pages show what the bot sends, and stay small."""

from __future__ import annotations

import pytest
from made_statements import statement
from pages.markdown import PROJECT, links, pages, read
from pages.pictures import (
    FOLDER,
    PICTURES,
    STORIES,
    THEMES,
    draw,
    find_browser,
    width_needed,
)
from pages.telegram_look import Bubble, Button, Screen, page

from bot.i18n.strings import strings_of
from bot.rendering.story_page import story_page
from index import Index, Record

MOST_BYTES = 120_000


@pytest.mark.parametrize("name", PICTURES)
async def test_a_pictured_reply_is_what_the_bot_sends(name: str) -> None:
    """If not, `make pictures` takes it again."""
    assert read(FOLDER / f"{name}.html") == await draw(PICTURES[name])


@pytest.mark.parametrize("name", STORIES)
def test_a_pictured_story_is_what_the_command_writes(name: str) -> None:
    """If not, `make pictures` takes it again."""
    assert read(FOLDER / f"{name}.html") == STORIES[name]()


@pytest.mark.slow
def test_a_story_fits_on_a_phone() -> None:
    """Whatever long words are in it; where there is Chromium."""
    browser = find_browser()
    if browser is None:
        pytest.skip("there is no Chromium here")
    long = f"“{'harbour' * 60} https://example.org/{'a' * 300} opens” "
    checked = Index(Record.of([statement("a", [long])])).check_story(long * 2)
    page = story_page(checked, long, strings_of())
    assert width_needed(browser, page, 360) == 360
    wide = page.replace("</main>", "<p style='width: 900px'>wide</p></main>")
    assert width_needed(browser, wide, 360) > 900


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [*PICTURES, *STORIES])
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
