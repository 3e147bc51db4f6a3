"""Takes the pictures of the bot's replies: ``make pictures``.

The bot itself runs on the bundled statements and answers in the stand-in of Telegram. Its replies
are drawn as a phone shows them, kept as docs/pictures/reply.html, and photographed with headless
Chromium, light and dark. To picture more replies, list them in ``PICTURES``.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path

import regex
from telegram_standin import Message, TelegramStandIn

from pages.small_png import shrink
from pages.telegram_look import A_ROW, GAP, WIDTH, Bubble, Button, Screen, page

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "docs" / "pictures"
#: Each picture by its name, with a list of screens, and on each the questions asked in private.
PICTURES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "reply": (("Is there a new airport at Gwadar?",),),
}
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


async def draw(name: str) -> str:
    """Return the HTML page of the picture *name*, with the replies that the bot gives now."""
    screens = []
    for questions in PICTURES[name]:
        async with TelegramStandIn(name="On Record") as telegram, _bot(telegram):
            amina = telegram.user("Amina", language_code="en")
            private = telegram.private_chat(amina)
            bubbles: list[Bubble] = []
            for question in questions:
                asked = telegram.say(private, amina, question)
                bubbles.append(Bubble(escape(asked.text), TIME, own=True))
                bubbles.append(_bubble(await telegram.reply(private, timeout=_PATIENCE)))
            screens.append(Screen("On Record", "bot", tuple(bubbles)))
    return page("A reply of On Record in Telegram", screens)


def _bubble(reply: Message) -> Bubble:
    rows = reply.keyboard.rows if reply.keyboard else ()
    buttons = tuple(tuple(Button(one.label, one.action) for one in row) for row in rows)
    asked = reply.reply_to
    answers = (str(asked.sender), asked.text) if asked else None
    return Bubble(reply.html, TIME, answers=answers, buttons=buttons)


@asynccontextmanager
async def _bot(telegram: TelegramStandIn) -> AsyncIterator[None]:
    """Run the bot on the bundled statements, as an operator runs it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "onrecord.yaml"
        api = telegram.base_url.removesuffix("/bot")
        await asyncio.to_thread(
            settings.write_text,
            f"data: {PROJECT / 'data'}\nstate: {folder}/state.db\n"
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


def photograph(browser: str, html: Path, picture: Path, preference: int) -> None:
    """Write *html*, as *browser* shows it to who prefers light (1) or dark (0), to *picture*."""
    screens = html.read_text(encoding="utf-8").count('<section class="screen">')
    across = min(screens, A_ROW)
    width = WIDTH * across + GAP * (across - 1)
    # A window as high as the page leaves nothing to scroll and no blank strip beneath.
    height = _height(browser, html, width)
    _run(
        browser,
        f"--blink-settings=preferredColorScheme={preference}",
        f"--window-size={width},{height}",
        "--force-device-scale-factor=2",
        f"--screenshot={picture}",
        html.as_uri(),
    )


def _height(browser: str, html: Path, width: int) -> int:
    """Return the height of the page in CSS pixels."""
    told = "<script>document.title = document.body.getBoundingClientRect().height</script>"
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as measured:
        measured.write(html.read_text(encoding="utf-8").replace("</body>", f"{told}</body>"))
        measured.flush()
        address = Path(measured.name).as_uri()
        page = _run(browser, f"--window-size={width},900", "--dump-dom", address)
    height = regex.search(r"<title>([\d.]+)</title>", page)
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
    """Write every picture, and the page that it was taken of."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise SystemExit(_NO_BROWSER)
    for name in PICTURES:
        html = FOLDER / f"{name}.html"
        html.write_text(asyncio.run(draw(name)), encoding="utf-8")
        for theme, preference in THEMES.items():
            picture = FOLDER / f"{name}-{theme}.png"
            photograph(browser, html, picture, preference)
            picture.write_bytes(shrink(picture.read_bytes()))
            print(f"{picture.relative_to(PROJECT)}: {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
