"""Writes sources and extracts as JSON and reads them back, for the pipe to the child process.

It goes by the values' own types, so that a field added to them is carried too. What does not have
the type that it should have is refused: the other side may have been taken over by a document.
"""

from __future__ import annotations

import base64
import datetime
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_wire(value: object) -> Any:
    """Return *value* as what JSON can say: a value of ``documents.model``, or a part of one.

    Raises:
        TypeError: it holds something that no value of the model holds.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_wire(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_wire(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} is not carried")


def from_wire(kind: type[Value], written: object) -> Value:
    """Return the value of the type *kind* that :func:`to_wire` has *written*.

    Raises:
        ValueError: it is none.
    """
    read: Value = _read(kind, written)
    return read


def _read(kind: Any, written: Any) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _read_dataclass(kind, written)
    if origin in (Union, UnionType):
        return _read_optional(get_args(kind), written)
    if origin in (tuple, list) and isinstance(written, list):
        return origin(_read(get_args(kind)[0], one) for one in written)
    # bool is an int to Python; here it is not.
    if kind in (str, bool, int) and type(written) is kind:
        return written
    if isinstance(written, str):
        return _read_text(kind, written)
    raise ValueError(f"no {kind}: {type(written).__name__}")


def _read_text(kind: Any, written: str) -> Any:
    if kind is bytes:
        return base64.b64decode(written, validate=True)
    if kind is datetime.date:
        return datetime.date.fromisoformat(written)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(written)
    raise ValueError(f"no {kind}: a text")


def _read_dataclass(kind: Any, written: Any) -> Any:
    types = _types_of(kind)
    if not isinstance(written, dict) or written.keys() != types.keys():
        raise ValueError(f"no {kind.__name__}")
    return kind(**{name: _read(types[name], one) for name, one in written.items()})


def _read_optional(kinds: tuple[Any, ...], written: Any) -> Any:
    """Return what was *written* of a type "… or ``None``", the only union that the model has."""
    if written is None and NoneType in kinds:
        return None
    (kind,) = (one for one in kinds if one is not NoneType)
    return _read(kind, written)


@cache
def _types_of(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
