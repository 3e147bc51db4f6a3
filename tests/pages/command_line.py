"""Writes the parts of docs/command-line.md that the code knows better: ``make pages``.

A part begins with ``<!-- parser: ask -->`` or ``<!-- json: ask -->``, ends with ``<!-- end -->``,
and is made here. Of a command it is the description and the options, from the parser; of its JSON
object the keys, from json_keys.yaml, which a test compares with what the command prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import regex
import yaml

from bot.terminal.arguments import parser
from pages.markdown import PROJECT, read

PAGE = PROJECT / "docs" / "command-line.md"
#: Where objects with keys of their own description stand in the object that a command prints.
WITHIN = {
    "ask": {"hits[]": "hit"},
    "explain": {"named[]": "hit", "hits[]": "hit"},
    "check-quotes": {"quotations[].passages[]": "passage", "quotations[].nearest": "passage"},
}
_KEYS = Path(__file__).with_name("json_keys.yaml")
_PART = regex.compile(
    r"(?P<begin><!-- (?P<of>parser|json): ?(?P<name>[\w-]*) -->\n).*?(?P<end><!-- end -->)",
    regex.DOTALL,
)


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command; that of a bare ``onrecord`` is under the empty name."""
    whole = parser()
    found = {"": whole}
    for action in whole._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= action.choices
    return found


def options(name: str) -> list[argparse.Action]:
    """Return what can be typed after the command *name*.

    Left out are --help, and what goes with every command and is told of ``onrecord`` itself.
    """
    common = {"data", "config"} if name else set()
    return [
        action
        for action in commands()[name]._actions
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
        and action.dest not in common
    ]


def written(action: argparse.Action) -> str:
    """Return how an argument or option is typed: ``--limit N``."""
    value = action.metavar or action.dest.upper()
    if action.nargs == "*":
        return f"[{value}…]"
    if not action.option_strings:
        return f"{value}…" if action.nargs == "+" else str(value)
    return action.option_strings[-1] + ("" if action.nargs == 0 else f" {value}")


def parser_part(name: str) -> str:
    """Return the usage, the description and the options of the command *name*."""
    arguments = [written(one) for one in options(name) if not one.option_strings]
    optional = ["[OPTIONS]"] if len(arguments) < len(options(name)) else []
    usage = " ".join(["onrecord", *([name] if name else []), *arguments, *optional])
    lines = [f"`{usage}`", "", " ".join(str(commands()[name].description).split())]
    if described := [
        f"| `{_cell(written(one))}` | {_cell(str(one.help))} |" for one in options(name)
    ]:
        lines += ["", "| argument or option | what it is |", "|---|---|", *described]
    return "\n".join(lines) + "\n"


def json_keys(name: str) -> dict[str, str]:
    """Return what each key of the object that *name* prints holds, by its path."""
    described = yaml.safe_load(_KEYS.read_text(encoding="utf-8"))[name]
    return {key: str(told) for key, told in described.items()}


def json_paths(name: str) -> set[str]:
    """Return the paths of the keys that are described for *name*, those of its hits included."""
    within = WITHIN.get(name, {})
    return {
        *json_keys(name),
        *(f"{at}.{key}" for at, described in within.items() for key in json_keys(described)),
    }


def json_part(name: str) -> str:
    """Return the table of the keys of the object that *name* prints."""
    lines = ["| key | what it holds |", "|---|---|"]
    lines += [f"| `{key}` | {_cell(told)} |" for key, told in json_keys(name).items()]
    return "\n".join(lines) + "\n"


def paths(value: Any, at: str = "") -> Iterator[str]:
    """Yield the path of every key in a JSON value, as json_keys.yaml writes them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            path = f"{at}.{key}" if at else key
            yield path
            yield from paths(inner, path)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{at}[]")


def fill(text: str) -> str:
    """Return the page *text* with every part that is made here as it is now."""
    makers = {"parser": parser_part, "json": json_part}

    def made(match: regex.Match[str]) -> str:
        return match["begin"] + "\n" + makers[match["of"]](match["name"]) + "\n" + match["end"]

    return _PART.sub(made, text)


def parts(text: str) -> set[tuple[str, str]]:
    """Return what the parts of the page *text* are made of: ``("parser", "ask")``."""
    return {(match["of"], match["name"]) for match in _PART.finditer(text)}


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the page."""
    PAGE.write_text(fill(read(PAGE)), encoding="utf-8")
    print(f"{PAGE.relative_to(PROJECT)} is written")


if __name__ == "__main__":
    main()
