"""Reads the configuration: the token from the environment, the rest from ``onrecord.yaml``.

It is built once, at the edge, and passed on as one frozen value. The token is never shown.
"""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import regex
import yaml

from index import OnRecordError

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105  # the variable's name, not a token
DEFAULT_FILE = Path("onrecord.yaml")
_TOKEN = regex.compile(r"\d+:[\w-]{30,}")
_NULL = "tag:yaml.org,2002:null"


class ConfigurationError(OnRecordError):
    """A setting has a value that it cannot have."""

    def __init__(self, where: str, what: str, repair: str) -> None:
        """Carry *where* (a file and key, or a variable), *what* is wrong, and the *repair*."""
        self.where = where
        self.what = what
        self.repair = repair
        super().__init__(f"{where}: {what}. {repair}")


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings of the bot."""

    #: The bot's token; empty if there is none. Never shown.
    token: str = field(default="", repr=False)
    #: The folder that holds statements/.
    data: Path = Path("data")
    #: How many passages a reply leads through.
    passages: int = 5
    #: How many updates are worked on at once.
    concurrency: int = 16
    #: How old, in minutes, a question in a group may be and still be answered.
    group_patience: int = 10
    #: For how many seconds Telegram may be out of reach before the bot gives up and exits.
    silence: int = 180
    #: The file whose time tells a health check when Telegram was last reached.
    health_file: Path = Path(tempfile.gettempdir()) / "onrecord.health"
    #: The Bot API server; another than Telegram's own is for those who run one.
    api: str = "https://api.telegram.org"
    #: The least important messages that are logged.
    log: str = "info"


def load_configuration(
    file: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Configuration:
    """Return the configuration in *file* (``onrecord.yaml``, if that is there) and *environment*.

    The token is taken as it is: most commands have no use for it, and must not fail over it.

    Raises:
        ConfigurationError: the file is missing or not YAML, or a setting is unknown or wrong.
    """
    settings: dict[str, object] = {}
    path = file or DEFAULT_FILE
    if file is not None or path.is_file():
        settings = {key: READERS[key](value) for key, value in _read_file(path).items()}
    token = environment.get(TOKEN_VARIABLE, "").strip()
    return Configuration(token=token, **settings)  # type: ignore[arg-type]  # READERS made them


def check_token(token: str) -> None:
    """Do nothing if *token* has the form of a bot token.

    Raises:
        ConfigurationError: it has not; the token itself is not in the message.
    """
    if not _TOKEN.fullmatch(token):
        raise ConfigurationError(
            TOKEN_VARIABLE,
            "this is not a bot token",
            "Copy it from @BotFather whole: digits, a colon, 35 letters and digits.",
        )


class _Wrong(ValueError):
    """A value cannot be read; its argument says what is allowed."""


def _whole_number(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, str) and value.isascii() and value.isdigit():
            number = int(value[:12])
            if least <= number <= most:
                return number
        raise _Wrong(f"Give a whole number from {least} to {most}")

    return read


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("Give the path of a file or folder")
    return Path(value).expanduser()


def _api(value: object) -> str:
    if not isinstance(value, str) or not regex.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise _Wrong("Give an address such as https://api.telegram.org")
    return value.rstrip("/")


def _level(value: object) -> str:
    levels = ("debug", "info", "warning", "error")
    if value not in levels:
        raise _Wrong(f"Give one of: {', '.join(levels)}")
    return str(value)


#: How each setting in the file is read; what is not here is not a setting.
READERS: Mapping[str, Callable[[object], object]] = {
    "data": _path,
    "passages": _whole_number(1, 20),
    "concurrency": _whole_number(1, 64),
    "group_patience": _whole_number(1, 1440),
    "silence": _whole_number(45, 3600),
    "health_file": _path,
    "api": _api,
    "log": _level,
}


def _read_file(path: Path) -> dict[str, object]:
    """Return the settings in the file as written, each known and with a value it can have."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(
            f"{path}", f"it cannot be read ({reason})", "Check the name."
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else f"{path}"
        repair = "Write plain “setting: value” lines."
        raise ConfigurationError(place, "this is not YAML", repair) from None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise ConfigurationError(f"{path}", "it has no settings", "Write “setting: value” lines.")
    settings: dict[str, object] = {}
    for key_node, value_node in root.value:
        place = f"{path}:{key_node.start_mark.line + 1}"
        if not isinstance(key_node, yaml.ScalarNode):
            raise ConfigurationError(place, "this is not a setting", "Write “setting: value”.")
        key = str(key_node.value)
        if key in settings:
            raise ConfigurationError(place, f"{key} is given twice", "Keep one of them.")
        if key not in READERS:
            near = difflib.get_close_matches(key, list(READERS), n=1)
            known = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(READERS)}."
            if key == "token":
                known = f"The token belongs into the environment, as {TOKEN_VARIABLE}."
            raise ConfigurationError(place, f"there is no setting “{key}”", known)
        stated = isinstance(value_node, yaml.ScalarNode) and value_node.tag != _NULL
        value = value_node.value if stated else None
        try:
            READERS[key](value)
        except _Wrong as wrong:
            # Whoever pastes the token into the wrong place must not find it in a log as well.
            shown = "this" if value is None or _TOKEN.search(value) else f"“{value}”"
            raise ConfigurationError(place, f"{key}: {shown} is not allowed", f"{wrong}.") from None
        settings[key] = value
    return settings


def setting_names() -> set[str]:
    """Return the names of all settings that the file may have."""
    return {one.name for one in fields(Configuration)} - {"token"}
