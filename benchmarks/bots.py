"""Runs one of the bots that are measured, until its standard input ends: a process of its own.

``python -m benchmarks.bots KIND SETTINGS`` is begun by ``bot_process``, which sends it requests, a
line each on standard input, and reads the answers, a JSON value each on standard output. Ours is
run by ``run_bot``, as ``onrecord`` runs it; the others are what a newcomer writes.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import json
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardMarkup, ReplyParameters, Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

# ruff: noqa: PLC0415 – an echo bot is to hold in memory only what an echo bot needs.

#: As many updates at once as our own bot works on, so that the comparison is of equals.
AT_ONCE = 16
#: Every tenth search is timed; a round asks a multiple of ten, so that all count alike.
_EVERY = 10
#: Seconds that a bot which is told to stop may take; ours goes on answering what waits for twenty.
_STOP_SECONDS = 40.0

Settings = dict[str, Any]
Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Any]


def main() -> None:
    """Run the bot named on the command line."""
    kind, settings = sys.argv[1], json.loads(sys.argv[2])
    runs = {"echo": _run_echo, "light echo": _run_light_echo, "reciter": _run_reciter}
    runs.get(kind, _run_ours)(settings)


def spent(_: object = None) -> dict[str, float]:
    """Return the CPU seconds this process took so far, and its memory in MB: now, and at most."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    pages = Path("/proc/self/statm")
    now = peak
    if pages.exists():  # elsewhere than on Linux only the peak is known
        now = int(pages.read_text("ascii").split()[1]) * resource.getpagesize() / 2**20
    return {"cpu": time.process_time(), "memory": now, "peak": peak}


def _serve(**requests: Callable[[Any], object]) -> None:
    """Answer requests in a thread of its own; end the process when there are no more."""

    def listen() -> None:
        for line in sys.stdin:
            name, argument = json.loads(line)
            print(json.dumps(requests[name](argument)), flush=True)
        os.kill(os.getpid(), signal.SIGTERM)
        # The parent may be gone, and would not end a bot that hangs.
        time.sleep(_STOP_SECONDS)
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def _run_echo(settings: Settings) -> None:
    """Run the bare echo bot, with the library's own defaults."""
    builder = Application.builder().token(settings["token"]).base_url(f"{settings['api']}/bot")
    application = builder.concurrent_updates(AT_ONCE).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    _serve(spent=spent)
    application.run_polling()


def _run_light_echo(settings: Settings) -> None:
    """Run the echo bot with our transport in place of the library's."""
    _serve(spent=spent)
    _run_over_our_transport(settings, _echo)


def _run_reciter(settings: Settings) -> None:
    """Run a bot that gives replies as long as ours, with their buttons, and makes none itself."""
    replies: dict[str, tuple[str, InlineKeyboardMarkup | None]] = {}

    def learn(taught: dict[str, tuple[str, Any]]) -> int:
        replies.clear()
        for question, (html, rows) in taught.items():
            replies[question] = (html, InlineKeyboardMarkup.de_json(rows) if rows else None)
        return len(replies)

    async def recite(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            html, keyboard = replies.get(update.message.text, ("…", None))
            beneath = ReplyParameters(update.message.message_id)
            await update.message.reply_text(
                html, parse_mode="HTML", reply_markup=keyboard, reply_parameters=beneath
            )

    _serve(spent=spent, learn=learn)
    _run_over_our_transport(settings, recite)


def _run_over_our_transport(settings: Settings, handler: Handler) -> None:
    from bot.wire.http_client import AiohttpRequest

    builder = Application.builder().token(settings["token"]).base_url(f"{settings['api']}/bot")
    builder = builder.request(AiohttpRequest(connection_pool_size=2 * AT_ONCE))
    builder = builder.get_updates_request(AiohttpRequest(connection_pool_size=2))
    application = builder.concurrent_updates(AT_ONCE).build()
    application.add_handler(MessageHandler(filters.TEXT, handler))
    application.run_polling()


def _run_ours(settings: Settings) -> None:
    """Run our bot on the record in the folder ``data`` of the settings, the bundled one or not."""
    from bot.configuration import Configuration
    from bot.process.logs import set_up_logging
    from bot.process.running import run_bot
    from bot.terminal.loading import load_index
    from index import Answer, Index

    data, folder = Path(settings.pop("data")), Path(settings.pop("folder"))
    configuration = Configuration(
        data=data,
        concurrency=AT_ONCE,
        state=folder / "state.db",
        health_file=folder / "health",
        **settings,
    )
    loaded: list[Index] = []
    searching, asked = 0.0, 0

    def load(*known: Any) -> Index:
        index = load_index(data, *known)
        ask = index.ask

        def timed(*arguments: Any, **options: Any) -> Answer:
            nonlocal searching, asked
            asked += 1
            # Asking for the time of a thread is itself a tenth of what is measured.
            if asked % _EVERY:
                return ask(*arguments, **options)
            began = time.thread_time()
            try:
                return ask(*arguments, **options)
            finally:
                searching += (time.thread_time() - began) * _EVERY

        index.ask = timed  # type: ignore[method-assign,assignment]
        loaded[:] = [index]
        return index

    set_up_logging("error", configuration.token)
    _serve(
        spent=lambda _: {**spent(), "searching": searching},
        parts=lambda questions: _parts(loaded[0], questions, configuration.passages),
        found=lambda queries: [_found(loaded[0], query) for query in queries],
    )
    run_bot(configuration, load)


def _parts(index: Any, questions: list[str], passages: int) -> dict[str, float]:
    """Return the CPU milliseconds a question that searching and rendering take by themselves."""
    from bot.i18n.strings import strings_for
    from bot.rendering.replies import render_answer
    from bot.rendering.view import View

    view = View(strings_for("en", "en"), "OnRecordBot", can_share=True)
    began = time.thread_time()
    answers = [index.ask(question, passages) for question in questions]
    searched = time.thread_time()
    for answer in answers:
        render_answer(answer, view)
    rendered = time.thread_time()
    each = 1000 / len(questions)
    return {"searching": (searched - began) * each, "rendering": (rendered - searched) * each}


def _found(index: Any, query: str) -> int:
    """Return how many passages answer *query*."""
    answer = index.ask(query, 1000)
    return len(answer.hits) if answer.answered else 0


if __name__ == "__main__":
    main()
