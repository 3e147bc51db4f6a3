"""Takes pictures of the bot's replies, and of a checked story: ``make pictures``, ``make look``.

The bot itself runs on the bundled statements, or on others, and answers in the stand-in of
Telegram. Its replies are drawn as a phone shows them and photographed with headless Chromium, light
and dark. The pictures of the pages are kept in docs/pictures; to take more, list them in
``PICTURES``, or in ``STORIES`` what is no chat. Those of ``make look``, to judge them, go into a
folder that is not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

import regex
from telegram_standin import Message, TelegramStandIn

from pages.pictured_story import pictured_story
from pages.small_png import shrink
from pages.telegram_look import A_ROW, GAP, WIDTH, Bubble, Button, Screen, page

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "docs" / "pictures"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a user does in one chat; the reply to each step is pictured."""

    #: Questions and commands; ``[Context]`` presses that button of the last reply, which changes.
    steps: tuple[str, ...]
    #: Of the user's Telegram, and so of the bot.
    language: str = "en"
    in_group: bool = False


#: Each picture of the pages by its name, with the chats on it, side by side.
PICTURES: Mapping[str, tuple[Scene, ...]] = {
    "reply": (Scene(("Is there a new airport at Gwadar?",)),),
}
#: Each picture of a page that is no chat, with what makes the page; its width in CSS pixels,
#: and how many pixels of the picture each of these has: more would make it too large to keep.
STORIES: Mapping[str, Callable[[], str]] = {"story": pictured_story}
STORY_WIDTH, STORY_SCALE = 1000, 1.3
#: What ``make look`` pictures, unless it is told what to ask: one of each sort of reply.
LOOK = (
    Scene(("Is there a new airport at Gwadar?",)),
    Scene(("Is there a new airport at Gwadar?", "[1 of]")),
    Scene(("Is there a new airport at Gwadar?", "[Context]")),
    Scene(("Is there a new airport at Gwadar?", "[Cite]")),
    Scene(("what did jiang say about security in february 2025",)),
    Scene(("latest on gwadar port",)),
    Scene(("Who won the cricket match in Lahore?",)),
    Scene(("Who won the cricket match in Lahore?", "[nearest]")),
    Scene(("/ask Is there a new airport at Gwadar?",), in_group=True),
    Scene(("/ask Who won the cricket match in Lahore?",), in_group=True),
    Scene(("Is there a new airport at Gwadar?",), language="ur"),
    Scene(("Is there a new airport at Gwadar?",), language="zh"),
    Scene(("/sources",)),
)
#: What a picture is called in light and in dark, and Blink's number for the preference.
THEMES = {"light": 1, "dark": 0}
#: The clock on the pictured phone: it must not change from one picture to the next.
TIME = "12:41"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NO_BROWSER = (
    "make pictures: there is no Chromium here. Install it (on Debian: apt-get install chromium "
    "fonts-roboto), then run this again."
)
#: Seconds that the bot may take to start, and the browser for one picture.
_PATIENCE = 60.0


async def draw(scenes: Iterable[Scene], data: Path = PROJECT / "data") -> str:
    """Return an HTML page of *scenes*, with the replies that the bot gives from *data* now."""
    async with TelegramStandIn(name="On Record") as telegram, _bot(telegram, data):
        screens = [await _played(scene, telegram) for scene in scenes]
    return page("A reply of On Record in Telegram", screens)


async def _played(scene: Scene, telegram: TelegramStandIn) -> Screen:
    amina = telegram.user("Amina", language_code=scene.language)
    chat = telegram.private_chat(amina)
    if scene.in_group:
        chat = telegram.group("Newsroom")
    bubbles: list[Bubble] = []
    reply: Message | None = None
    for step in scene.steps:
        if reply and step.startswith("["):
            telegram.press(amina, reply, step[1:-1])
            reply = await telegram.edited(reply, timeout=_PATIENCE)
            bubbles[-1] = _bubble(reply)
        else:
            asked = telegram.say(chat, amina, step)
            bubbles.append(Bubble(escape(asked.text), TIME, own=True))
            reply = await telegram.reply(chat, timeout=_PATIENCE)
            bubbles.append(_bubble(reply))
    title, subtitle = ("Newsroom", "12 members") if scene.in_group else ("On Record", "bot")
    return Screen(title, subtitle, tuple(bubbles))


def _bubble(reply: Message) -> Bubble:
    rows = reply.keyboard.rows if reply.keyboard else ()
    buttons = tuple(tuple(Button(one.label, one.action) for one in row) for row in rows)
    asked = reply.reply_to
    answers = (str(asked.sender), asked.text) if asked else None
    return Bubble(reply.html, TIME, answers=answers, buttons=buttons)


@asynccontextmanager
async def _bot(telegram: TelegramStandIn, data: Path) -> AsyncIterator[None]:
    """Run the bot on the statements in *data*, as an operator runs it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "onrecord.yaml"
        api = telegram.base_url.removesuffix("/bot")
        await asyncio.to_thread(
            settings.write_text,
            f"data: {data}\nstate: {folder}/state.db\n"
            f"health_file: {folder}/health\napi: {api}\nlog: error\n",
            encoding="utf-8",
        )
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--config", str(settings)),
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(PROJECT),
                "LC_ALL": "C.UTF-8",
                "TZ": "UTC",
                "TELEGRAM_BOT_TOKEN": telegram.token,
            },
            stdin=asyncio.subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


def find_browser() -> str | None:
    """Return the Chromium of this machine, if there is one."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def width_needed(browser: str, html: str, width: int) -> int:
    """Return how wide *html* is in CSS pixels, laid out by *browser* on a screen of that *width*.

    No window is as narrow as a phone: so the page itself is made it.
    """
    narrow = f"<style>html {{ width: {width}px }}</style></head>"
    told = "<script>document.title = document.body.scrollWidth</script></body>"
    # The pages' policy forbids scripts and other styles.
    page = html.replace("http-equiv=", "name=").replace("</head>", narrow)
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as measured:
        measured.write(page.replace("</body>", told))
        measured.flush()
        shown = _run(browser, "--window-size=500,900", "--dump-dom", Path(measured.name).as_uri())
    told_width = regex.search(r"<title>(\d+)</title>", shown)
    assert told_width, "Chromium did not show the page"
    return int(told_width[1])


def photograph(browser: str, html: Path, picture: Path, preference: int) -> None:
    """Write *html*, as *browser* shows it to who prefers light (1) or dark (0), to *picture*."""
    screens = html.read_text(encoding="utf-8").count('<section class="screen">')
    across = min(screens, A_ROW)
    width = WIDTH * across + GAP * (across - 1) if screens else STORY_WIDTH
    scale = 2 if screens else STORY_SCALE
    # A window as high as the page leaves nothing to scroll and no blank strip beneath.
    height = _height(browser, html, width)
    _run(
        browser,
        f"--blink-settings=preferredColorScheme={preference}",
        f"--window-size={width},{height}",
        f"--force-device-scale-factor={scale}",
        f"--screenshot={picture}",
        html.as_uri(),
    )


def _height(browser: str, html: Path, width: int) -> int:
    """Return the height of the page in CSS pixels."""
    told = "<script>document.title = document.body.getBoundingClientRect().height</script>"
    # A page whose policy forbids scripts would not tell.
    page = html.read_text(encoding="utf-8").replace("http-equiv=", "name=")
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as measured:
        measured.write(page.replace("</body>", f"{told}</body>"))
        measured.flush()
        address = Path(measured.name).as_uri()
        shown = _run(browser, f"--window-size={width},900", "--dump-dom", address)
    height = regex.search(r"<title>([\d.]+)</title>", shown)
    if not height:
        raise SystemExit("make pictures: Chromium did not show the page.")
    return -int(-float(height[1]) // 1)


def _run(browser: str, *options: str) -> str:
    with tempfile.TemporaryDirectory() as profile:
        quiet = [
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--disable-lcd-text", "--hide-scrollbars", f"--user-data-dir={profile}"),
        ]
        return subprocess.run(  # the browser found, on a file of ours
            [browser, *quiet, *options],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=_PATIENCE,
        ).stdout


def main() -> None:
    """Write every picture of the pages and what it was taken of, or those that are asked for."""
    asked = _arguments().parse_args()
    browser = find_browser()
    if browser is None:
        raise SystemExit(_NO_BROWSER)
    if asked.into is None:
        for name, scenes in PICTURES.items():
            _keep(browser, FOLDER / name, asyncio.run(draw(scenes)))
        for name, make in STORIES.items():
            _keep(browser, FOLDER / name, make())
        return
    typed = tuple(
        Scene(tuple(one.split(" | ")), asked.language, asked.in_group) for one in asked.scene
    )
    asked.into.mkdir(parents=True, exist_ok=True)
    html = asyncio.run(draw(typed or LOOK, asked.data.absolute()))
    _keep(browser, asked.into / "look", html)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make look", description=__doc__)
    parser.add_argument("--into", type=Path, help="the folder for the page and its two pictures")
    parser.add_argument("--data", type=Path, default=PROJECT / "data", help="what is asked")
    parser.add_argument("--language", default="en", help="of the user's Telegram")
    parser.add_argument("--in-group", action="store_true", help="ask in a group")
    parser.add_argument(
        "scene", nargs="*", help='what is asked and pressed: "a question | [Context]"'
    )
    return parser


def _keep(browser: str, place: Path, page: str) -> None:
    """Write *page* and its pictures, under the name *place*."""
    html = place.with_suffix(".html")
    html.write_text(page, encoding="utf-8")
    for theme, preference in THEMES.items():
        picture = place.with_name(f"{place.name}-{theme}.png")
        photograph(browser, html, picture, preference)
        picture.write_bytes(shrink(picture.read_bytes()))
        print(f"{picture}: {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
