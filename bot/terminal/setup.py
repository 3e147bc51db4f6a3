"""Shows what Telegram knows of the bot and what it should know, asks, and sets what differs.

What is compared, and the calls that set it, are in ``services``.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

import regex
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.configuration import Configuration
from bot.i18n.strings import languages
from bot.process.worker_pool import EXIT_UNREACHABLE
from bot.services.bot_changes import (
    Comparison,
    Difference,
    Outcome,
    names_of,
    set_differences,
    why_refused,
)
from bot.services.bot_comparison import PRIVACY_MODE, compare
from bot.terminal.loading import load_index
from bot.terminal.screen import is_terminal
from bot.wire.http_client import TIMEOUTS, AiohttpRequest
from bot.wire.reachability import Reachability
from index import RecordNotFound, without_controls

#: The widest table, in characters, and its width where it is not shown in a terminal.
_WIDEST = 110
#: Marks and isolates of direction, which would put a table out of line.
_MARKS = regex.compile("[\u200e\u200f\u2066-\u2069]")
_NONE = "none"


def set_up(configuration: Configuration, *, unseen: bool) -> int:
    """Show what differs, and set it if the operator wants that, or *unseen*; return the exit code.

    That is 0 if nothing is left to set, 1 if something is, 3 if Telegram cannot be reached.
    """
    examples, reachability = _examples(configuration), Reachability()
    bot = Bot(
        configuration.token,
        base_url=f"{configuration.api}/bot",
        base_file_url=f"{configuration.api}/file/bot",
        request=AiohttpRequest(reachability=reachability, **TIMEOUTS),
        get_updates_request=AiohttpRequest(reachability=reachability, **TIMEOUTS),
    )
    # Asked between the two runs, and not within one: there an interrupt would not end the asking.
    with asyncio.Runner() as runner:
        try:
            try:
                runner.run(bot.initialize())
                comparison = runner.run(compare(bot, configuration, examples))
            except TelegramError as error:
                return _unreachable(error, reachability)
            _show(comparison)
            if not comparison.differences:
                return 0
            if not (unseen or _agreed()):
                return 1
            outcome = runner.run(set_differences(comparison))
        finally:
            runner.run(bot.shutdown())
    _tell(outcome)
    return 1 if outcome.refused else 0


def _examples(configuration: Configuration) -> Sequence[str]:
    """Return questions that the record answers; none without a record."""
    try:
        return load_index(configuration.data, cache=configuration.cache_folder).examples()
    except RecordNotFound:
        return ()


def _unreachable(error: TelegramError, reachability: Reachability) -> int:
    why, repair = why_refused(error), "Try again later"
    if isinstance(error, InvalidToken):
        repair = "Copy it from @BotFather again"
    elif obstacle := reachability.obstacle:
        why, repair = f"Telegram cannot be reached: {obstacle.reason}", obstacle.repair
    _complain(f"onrecord: {why}. {repair}.")
    return EXIT_UNREACHABLE


def _show(comparison: Comparison) -> None:
    """Print a table of what differs, and how much does not."""
    if not comparison.differences:
        print(f"@{comparison.username}: Telegram knows everything as it should be.")
        return
    from rich.console import Console  # noqa: PLC0415  # 80 ms, once there is something to show
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    print(f"@{comparison.username} at Telegram: what is now, and what would be then:\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("setting", "now", "then"):
        table.add_column(title)
    for row in rows_of(comparison.differences):
        table.add_row(*(Text(_shown(cell)) for cell in row))
    width = min(Console().width, _WIDEST) if is_terminal(sys.stdout) else _WIDEST
    console = Console(width=width, emoji=False, highlight=False)
    with console.capture() as written:
        console.print(table)
    # The last column would be filled up with spaces.
    print("\n".join(line.rstrip() for line in written.get().rstrip().splitlines()))
    if comparison.alike:
        print(f"\nAs it should be: {comparison.alike} more.")


def rows_of(differences: Sequence[Difference]) -> list[tuple[str, str, str]]:
    """Return the rows of the table: setting, now, then; what is alike in several languages is one.

    The languages are named beside the setting, unless they are all that there are.
    """
    languages_of: dict[tuple[str, str, str], list[str | None]] = {}
    for one in differences:
        languages_of.setdefault((one.name, one.now, one.then), []).append(one.language)
    rows = []
    for (name, now, then), tags in languages_of.items():
        named = [tag or "others" for tag in tags if tag is not None]
        is_told = 0 < len(named) <= len(languages())
        setting = f"{name} ({', '.join(named)})" if is_told else name
        rows.append((setting, now or _NONE, then or _NONE))
    return rows


def _shown(text: str) -> str:
    return _MARKS.sub("", without_controls(text))


def _agreed() -> bool:
    """Return whether the operator wants all that set; without a terminal nobody can be asked."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        sys.stderr.write(
            "onrecord: nothing was set, as there is no terminal to ask in. "
            "Run “onrecord setup --yes” to set it.\n"
        )
        return False
    # Not input(), which asks on standard error.
    print("\nSet these? [y/N] ", end="", flush=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        print()
    if answer.strip().lower() in ("y", "yes"):
        return True
    print("Nothing was set.")
    return False


def _tell(outcome: Outcome) -> None:
    """Print what was set; and to standard error what was not, why, and what to do by hand."""
    if outcome.done:
        print(f"\nSet: {names_of(outcome.done)}.")
    if any(one.name == PRIVACY_MODE for one in outcome.done):
        print("Groups that the bot is in already keep to the old privacy mode: add it there again.")
    for reason, differences in outcome.reasons.items():
        _complain(f"onrecord: not set: {names_of(differences)}: {reason}.")
    by_hand = [one.difference for one in outcome.refused if one.by_hand]
    if by_hand:
        _complain("Write to @BotFather:")
    for line, names in _commands(by_hand).items():
        _complain(f"  {line}   ({', '.join(names)})")


def _commands(differences: Sequence[Difference]) -> dict[str, list[str]]:
    """Return what to write to @BotFather, each once, and the settings that it is for."""
    found: dict[str, list[str]] = {}
    for one in differences:
        found.setdefault(one.by_hand, []).append(one.name)
    return found


def _complain(line: str) -> None:
    sys.stderr.write(f"{without_controls(line)}\n")
