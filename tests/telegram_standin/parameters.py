"""Reads the parameters of one API call into typed values; what they mean is for the methods."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from telegram_standin.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that travelled with a call."""

    name: str
    content: bytes = field(repr=False)
    kind: str


class Parameters(Mapping[str, Any]):
    """The parameters of a call, however they travelled.

    Form fields arrive as strings, a JSON body as any JSON; each reader takes both. Unlike the
    real server, which takes an unreadable number for zero, every reader refuses nonsense.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return repr(self._values)

    def refuse_unknown(self, method: str, known: Collection[str]) -> None:
        """Raise Refusal naming the parameters the method does not take."""
        unknown = sorted(set(self) - set(known))
        if unknown:
            names = ", ".join(repr(name) for name in unknown)
            raise bad_request(f"Method {method} has no parameter {names}")

    def without(self, names: Collection[str]) -> Parameters:
        """Return the parameters but these."""
        return Parameters({name: value for name, value in self.items() if name not in names})

    def text(self, name: str, default: str = "") -> str:
        """Return a string."""
        value = self.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise bad_request(f'Field "{name}" must be of type String')
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad_request("Strings must be encoded in UTF-8") from None
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number."""
        value = self.get(name, default)
        try:
            if isinstance(value, bool | float):
                raise ValueError
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'Field "{name}" must be a valid Number') from None

    def upload(self, name: str) -> Upload:
        """Return a file."""
        value = self.get(name)
        if not isinstance(value, Upload):
            raise bad_request(f"there is no {name} in the request")
        if not value.content:
            raise bad_request("file must be non-empty")
        return value

    def flag(self, name: str) -> bool:
        """Return a truth value, False if absent."""
        value = str(self.get(name, "false")).lower()
        if value not in ("true", "false", "1", "0", "yes", "no"):
            raise bad_request(f'Field "{name}" must be of type Boolean')
        return value in ("true", "1", "yes")

    def json(self, name: str) -> Any:
        """Return a JSON value, decoded if it travelled as text; None if absent."""
        value = self.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"Can't parse {name.replace('_', ' ')} JSON object") from None

    def fields(self, name: str, known: Collection[str]) -> dict[str, Any]:
        """Return a JSON object with known fields only, empty if absent."""
        value = self.json(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f'Field "{name}" must be of type Object')
        unknown = sorted(set(value) - set(known))
        if unknown:
            raise bad_request(f'Field "{name}" has no field {", ".join(map(repr, unknown))}')
        return value


async def read_parameters(request: web.Request) -> Parameters:
    """Return the parameters of a request's address and body: form, multipart or JSON."""
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            raise bad_request("Can't parse JSON body") from None
        if not isinstance(body, dict):
            raise bad_request("JSON body must be an Object")
        values.update(body)
        return Parameters(values)
    try:
        form = await request.post()
    except ValueError:
        raise bad_request("Can't parse form body") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            # Who takes no such parameter refuses it.
            values[name] = Upload(value.filename, value.file.read(), value.content_type)
            continue
        values[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return Parameters(values)
