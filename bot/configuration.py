"""Reads the configuration: the token from the environment, the rest from ``onrecord.yaml``.

It is built once, at the start, and handed on as one frozen value. The token is never shown.
"""

from __future__ import annotations

import datetime
import difflib
import os
import tempfile
import time
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from bot.i18n.strings import languages
from index import InvalidField, InvalidYaml, OnRecordError, YamlMapping, read_yaml

if TYPE_CHECKING:
    from documents import Followed

TOKEN_VARIABLE = "TELEGRAM_BOT_TOKEN"  # noqa: S105  # the variable's name, not a token
DEFAULT_DATA = Path("data")
DEFAULT_FILE = Path("onrecord.yaml")
_TOKEN = regex.compile(r"\d+:[\w-]{30,}")
#: What other bots call theirs; another name is shown only if it looks like one.
_OTHER_NAMES = ("BOT_TOKEN", "TELEGRAM_TOKEN", "TG_BOT_TOKEN", "TELEGRAM_API_TOKEN")
_VARIABLE = regex.compile(r"[A-Za-z_]\w{0,28}", regex.ASCII)
#: What may be a token, or the secret half of one, is not repeated; nor is what is not a name.
_SECRET = regex.compile(r"[\w-]{30,}")
_NAME = regex.compile(r"[\w .-]{1,29}")
#: A Telegram ID has at most 52 significant bits (Bot API, Chat).
_NUMBER = regex.compile(r"-?[0-9]{1,16}")
# What Telegram accepts and any proxy passes on unchanged: no user name, no query, no escapes.
_WEBHOOK = regex.compile(
    r"https://[A-Za-z\d](?:[A-Za-z\d.-]*[A-Za-z\d])?(?::(?P<port>\d{1,5}))?"
    r"(?P<path>(?:/(?!\.{1,2}(?:/|$))[\w.~-]+)*/?)",
    regex.ASCII,
)
#: It goes into a header between brackets.
_CONTACT = regex.compile(r"[!-~&&[^()<>\\\"]]{3,200}", regex.ASCII | regex.VERSION1)
_LISTEN = regex.compile(r"(?:\[[\da-fA-F:.]+\]|[\w.-]+):(?P<port>\d{1,5})", regex.ASCII)


class ConfigurationError(OnRecordError):
    """A setting has a value that it cannot have."""

    def __init__(self, where: str, what: str, repair: str) -> None:
        """Carry *where* (a file and key, or a variable), *what* is wrong, and the *repair*."""
        self.where = where
        self.what = what
        self.repair = repair
        super().__init__(f"{where}: {what}. {repair}")


class TokenNotSet(ConfigurationError):
    """There is no token where one is needed."""

    def __init__(self, environment: Mapping[str, str], and_what: str = "") -> None:
        """Look for it in *environment* under another name; *and_what* else is missing is said."""
        repair = "Set it to the token that @BotFather gave you."
        if other := misnamed_token(environment):
            repair = f"{other} is set, but that is not its name: call it {TOKEN_VARIABLE}."
        elif TOKEN_VARIABLE in environment:
            repair = f"It is there, but empty: s{repair[1:]}"
        super().__init__(TOKEN_VARIABLE, "it is not set", repair)
        self.args = (f"{TOKEN_VARIABLE} is not set{and_what}. {repair}",)


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings of the bot."""

    #: The bot's token; empty if there is none. Never shown.
    token: str = field(default="", repr=False)
    #: The folder that holds statements/.
    data: Path = DEFAULT_DATA
    #: The SQLite file for settings of chats, and what was quoted there within a day.
    state: Path = Path("onrecord.db")
    #: The folder that the index of a large record is kept in; ``None`` for that of *state*.
    cache: Path | None = None
    #: The language of groups that have chosen none, and of users whose own the bot does not speak.
    language: str = "en"
    #: Where "yesterday" and "last week" are counted.
    time_zone: datetime.tzinfo = datetime.UTC
    #: The Telegram IDs of the operators, who may use /add, /status, /reload and /misses.
    admins: frozenset[int] = frozenset()
    #: The Telegram IDs of the groups and channels that the bot answers in; empty for all.
    chats: frozenset[int] = frozenset()
    #: The Telegram IDs of the users that it answers in private and inline; empty for all.
    people: frozenset[int] = frozenset()
    #: Questions a minute that a user may ask, and that a group may; 0 for no limit.
    person_limit: int = 20
    chat_limit: int = 30
    #: Messages a second that the bot sends at most, Telegram's free limit; 0 for no limit.
    messages_per_second: int = 30
    #: How many passages one can page through in a reply.
    passages: int = 5
    #: How many updates are handled at once.
    concurrency: int = 16
    #: The age in minutes up to which a question in a group is still answered.
    group_patience: int = 5
    #: Seconds that Telegram may be out of reach before the bot exits.
    silence: int = 180
    #: The file whose modification time tells a health check when Telegram was last reached.
    health_file: Path = Path(tempfile.gettempdir()) / "onrecord.health"
    #: The public address that Telegram delivers to, served behind a proxy; empty to poll instead.
    webhook: str = ""
    #: HOST:PORT to listen on for deliveries and /healthz; empty for 127.0.0.1:8080 with a webhook,
    #: and for no port without.
    listen: str = ""
    #: How many processes share a webhook.
    workers: int = 1
    #: The Bot API server; another than Telegram's own if you run one.
    api: str = "https://api.telegram.org"
    #: Whether changes in the folder of data are taken in at once, and not only when told to.
    watch: bool = True
    #: The feeds and pages that are looked at again and again for new statements.
    sources: tuple[Followed, ...] = ()
    #: Whether the bot itself looks at them, and not only ``onrecord fetch``.
    fetch: bool = True
    #: How whoever runs this can be reached, for the sites that are asked; may be empty.
    contact: str = ""
    #: Whether the bot at its start sets what Telegram knows of it: switches, menus, profile.
    setup: bool = False
    #: The lowest level that is logged.
    log: str = "info"

    @property
    def cache_folder(self) -> Path:
        """The folder that the index is kept in."""
        return self.state.parent if self.cache is None else self.cache

    def today(self) -> datetime.date:
        """Return the day that it is in the time zone."""
        return datetime.datetime.fromtimestamp(time.time(), self.time_zone).date()


def load_configuration(
    file: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Configuration:
    """Return the configuration in *file* (``onrecord.yaml``, if that is there) and *environment*.

    The token is not checked here: most commands do not need it, and must not fail over it.

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
        ConfigurationError: it does not, or is empty; the message does not contain the token.
    """
    if not token:
        raise TokenNotSet(os.environ)
    if not _TOKEN.fullmatch(token):
        raise ConfigurationError(
            TOKEN_VARIABLE,
            "this is not a bot token",
            "Copy it from @BotFather whole: digits, a colon, 35 letters and digits.",
        )


def misnamed_token(environment: Mapping[str, str]) -> str:
    """Return the variable of *environment* that holds a token in place of ours, or nothing."""
    named = [name for name in _OTHER_NAMES if environment.get(name, "").strip()]
    named += sorted(
        name
        for name, value in environment.items()
        if _TOKEN.fullmatch(value.strip()) and _VARIABLE.fullmatch(name)
    )
    return next((name for name in named if name != TOKEN_VARIABLE), "")


class _Wrong(ValueError):
    """A value cannot be read; its argument says what is allowed."""


class _WrongPart(ValueError):
    """A member of a list, or a part of one, cannot be read."""

    def __init__(self, number: int, name: str, what: str, repair: str) -> None:
        """Carry the *number* of the member from 0, its part's *name*, *what*, and the *repair*."""
        self.number, self.name, self.what, self.repair = number, name, what, repair
        super().__init__(what)

    def line_in(self, members: Sequence[Any]) -> int:
        """Return the line of the part among *members* of a list of YAML, or of its member."""
        member = members[self.number]
        names = member.members[::2] if isinstance(member, YamlMapping) else []
        lines = (name.line for name in names if name.plain() == self.name)
        return int(next(lines, member.line))


def _whole_number(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, str) and value.isascii() and value.isdigit():
            number = int(value[:12])
            if least <= number <= most:
                return number
        raise _Wrong(f"Give a whole number from {least} to {most}")

    return read


def _numbers(value: object) -> frozenset[int]:
    numbers = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and _NUMBER.fullmatch(one) for one in numbers):
        raise _Wrong("Give Telegram IDs, such as [123456, -1001234567]")
    return frozenset(map(int, numbers))


def _language(value: object) -> str:
    if value not in languages():
        raise _Wrong(f"Give one of: {', '.join(languages())}")
    return str(value)


def _time_zone(value: object) -> datetime.tzinfo:
    name = value if isinstance(value, str) else ""
    if name == "UTC":
        return datetime.UTC
    # What is no name may be refused as a path, a folder or a file of another sort.
    with suppress(zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo(name)
    known = {one.lower(): one for one in sorted(zoneinfo.available_timezones())}
    near = difflib.get_close_matches(name.replace(" ", "_").lower(), known, n=1)
    meant = f"Did you mean {known[near[0]]}? " if near else ""
    raise _Wrong(f"{meant}Give a name of the tz database, such as Asia/Karachi or UTC")


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("Give the path of a file or folder")
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise _Wrong("The home folder in this path does not exist") from None


def _api(value: object) -> str:
    if not isinstance(value, str) or not regex.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise _Wrong("Give an address such as https://api.telegram.org")
    return value.rstrip("/")


def _webhook(value: object) -> str:
    match = _WEBHOOK.fullmatch(value) if isinstance(value, str) else None
    if not match or not 0 < int(match["port"] or 443) < 65536:
        raise _Wrong(
            "Give an address such as https://bot.example.org/onrecord: https, a host, perhaps a "
            "port, and a path of letters, digits, “-”, “_”, “.” and “~”"
        )
    if match["path"] == "/healthz":
        raise _Wrong("Choose another path: /healthz is the health check")
    return match[0]


def _listen(value: object) -> str:
    match = _LISTEN.fullmatch(value) if isinstance(value, str) else None
    if not match or not 0 < int(match["port"]) < 65536:
        raise _Wrong("Give HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080")
    return match[0]


def _true_or_false(value: object) -> bool:
    if value not in ("true", "false"):
        raise _Wrong("Give one of: true, false")
    return value == "true"


def _sources(value: object) -> tuple[Followed, ...]:
    from documents import read_followed  # noqa: PLC0415  # 0.1 s, and most commands have none

    if not isinstance(value, list):
        raise _Wrong("Give a list, such as [{url: https://example.org/feed.xml, every: 1h}]")
    followed: dict[str, Followed] = {}
    for number, one in enumerate(value):
        try:
            source = read_followed(one)
        except InvalidField as error:
            what = f"{error.field}: {error.what}" if _NAME.fullmatch(error.field) else error.what
            if error.fragment and not _SECRET.search(error.fragment):
                what += f": {error.fragment}"
            raise _WrongPart(number, error.field, what, error.repair) from None
        if source.url in followed:
            repair = "Keep one of them."
            raise _WrongPart(number, "url", "url: this source is listed already", repair)
        followed[source.url] = source
    return tuple(followed.values())


def _contact(value: object) -> str:
    if not isinstance(value, str) or not _CONTACT.fullmatch(value):
        raise _Wrong("Give an e-mail address or a link, such as desk@example.org")
    return value


def _level(value: object) -> str:
    levels = ("debug", "info", "warning", "error")
    if value not in levels:
        raise _Wrong(f"Give one of: {', '.join(levels)}")
    return str(value)


#: How each setting in the file is read; what is not here is not a setting.
READERS: Mapping[str, Callable[[object], object]] = {
    "data": _path,
    "state": _path,
    "cache": _path,
    "language": _language,
    "time_zone": _time_zone,
    "admins": _numbers,
    "chats": _numbers,
    "people": _numbers,
    "person_limit": _whole_number(0, 1000),
    "chat_limit": _whole_number(0, 1000),
    "messages_per_second": _whole_number(0, 1000),
    "passages": _whole_number(1, 20),
    "concurrency": _whole_number(1, 64),
    "group_patience": _whole_number(1, 1440),
    "silence": _whole_number(45, 3600),
    "health_file": _path,
    "webhook": _webhook,
    "listen": _listen,
    "workers": _whole_number(1, 64),
    "api": _api,
    "watch": _true_or_false,
    "sources": _sources,
    "fetch": _true_or_false,
    "contact": _contact,
    "setup": _true_or_false,
    "log": _level,
}


def _read_file(path: Path) -> dict[str, object]:
    """Return the settings in the file as written, each known and with a value it can have."""
    try:
        root = read_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(
            f"{path}", f"it cannot be read ({reason})", "Check the name."
        ) from None
    except (UnicodeDecodeError, InvalidYaml) as error:
        # The reason and the line's words are not repeated: a token may stand there.
        line = error.line if isinstance(error, InvalidYaml) else None
        place = f"{path}:{line}" if line else f"{path}"
        repair = "Write plain “setting: value” lines."
        raise ConfigurationError(place, "this is not YAML", repair) from None
    if root is None:
        return {}
    if not isinstance(root, YamlMapping):
        raise ConfigurationError(f"{path}", "it has no settings", "Write “setting: value” lines.")
    entries, wrong = root.entries("setting")
    settings: dict[str, object] = {}
    for key, entry in entries.items():
        place = f"{path}:{entry.line}"
        if key not in READERS:
            near = difflib.get_close_matches(key, list(READERS), n=1)
            known = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(READERS)}."
            if key == "token":
                known = f"The token belongs into the environment, as {TOKEN_VARIABLE}."
            what = f"there is no setting “{key}”" if _NAME.fullmatch(key) else "this is no setting"
            raise ConfigurationError(place, what, known)
        try:
            settings[key] = entry.value.plain()
            READERS[key](settings[key])
        except InvalidYaml as error:
            raise ConfigurationError(place, f"{key}: {error.what}", error.repair) from None
        except _WrongPart as error:
            place = f"{path}:{error.line_in(getattr(entry.value, 'members', ()))}"
            raise ConfigurationError(place, f"{key}: {error.what}", error.repair) from None
        except _Wrong as error:
            # An operator who pastes the token into the wrong place must not find it in a log too.
            value = settings[key]
            shown = f"“{value}”" if isinstance(value, str) and not _SECRET.search(value) else "this"
            raise ConfigurationError(place, f"{key}: {shown} is not allowed", f"{error}.") from None
    if wrong:
        raise ConfigurationError(f"{path}:{wrong[0].line}", wrong[0].what, wrong[0].repair)
    return settings


def setting_names() -> set[str]:
    """Return the names of all settings that the file may have."""
    return {one.name for one in fields(Configuration)} - {"token"}
