"""No regular expression of the project takes longer than its input is long.

Every one is found by walking the modules, and tried with hostile texts of two lengths. What is
compared are times within one run: linear is four times as long, quadratic sixteen times.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
import regex
from hostile_inputs import hostile_inputs

import bot
import documents
import index

pytestmark = pytest.mark.slow

_Pattern = re.Pattern[str] | regex.Pattern[str]
_REGEX = type(regex.compile(""))
#: Characters of the shorter text, and how many times as long the longer one is.
SHORT, TIMES = 200, 4
#: A longer text may take so many times as long: well over linear, well below quadratic.
MOST = 10.0
#: Seconds below which nothing is measured; a fault shows at this length, or is none.
NOTHING = 0.001
#: Seconds after which a pattern is given up: exponential, most likely.
GIVEN_UP = 2.0
#: How often a time is measured before it counts; the least is what the machine allows.
TRIES = 4
#: Patterns that grow faster and are never given much.
OWED = (
    # Tried on 200 characters around a cut, where what stands before tells where a flag begins.
    "bot.rendering.fitting._CHARACTER",
)


def modules() -> Iterator[ModuleType]:
    """Yield every module of the project."""
    for package in (index, documents, bot):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                module = importlib.import_module(found.name)
                if str(module.__file__).endswith(".py"):  # not what is compiled
                    yield module


def patterns() -> dict[str, _Pattern]:
    """Return every pattern by its name: those that are kept, and those written in a call."""
    found: dict[tuple[str, int], tuple[str, _Pattern]] = {}
    for module in modules():
        for name, value in [*vars(module).items(), *_used_in(module)]:
            for place, pattern in _within(f"{module.__name__}.{name}", value):
                found.setdefault((pattern.pattern, pattern.flags), (place, pattern))
    return dict(found.values())


def _within(place: str, value: Any, depth: int = 3) -> Iterator[tuple[str, _Pattern]]:
    """Yield the patterns in *value*: itself, the members of a collection, a value's fields."""
    if isinstance(value, (re.Pattern, _REGEX)):
        yield place, value
    elif depth and isinstance(value, dict):
        for key, one in value.items():
            yield from _within(f"{place}[{key!r}]", one, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for number, one in enumerate(value):
            yield from _within(f"{place}[{number}]", one, depth - 1)
    elif depth and hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _within(f"{place}.{name}", getattr(value, name, None), depth - 1)


def _used_in(module: ModuleType) -> Iterator[tuple[str, _Pattern]]:
    """Yield the patterns that a function gives to ``re`` or ``regex`` as text."""
    with open(str(module.__file__), encoding="utf-8") as source:  # noqa: PTH123
        tree = ast.parse(source.read())
    for call in ast.walk(tree):
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re" | "regex" as engine), attr=used),
                args=[written, *_],
            ) if used not in ("compile", "escape"):
                engines: dict[str, Any] = {"re": re, "regex": regex}
                try:
                    text = eval(  # noqa: S307  # our own source
                        compile(ast.Expression(written), "pattern", "eval"), vars(module)
                    )
                except NameError:
                    continue  # made of what the function is given; where it is kept it is found
                if isinstance(text, str):
                    yield f"{used} in line {call.lineno}", engines[engine].compile(text)


ALL = patterns()

_Use = Callable[[_Pattern, str], object]


def _fullmatch(pattern: _Pattern, text: str) -> object:
    if isinstance(pattern, re.Pattern):
        return pattern.fullmatch(text)
    return pattern.fullmatch(text, timeout=GIVEN_UP)


def _find_all(pattern: _Pattern, text: str) -> object:
    if isinstance(pattern, re.Pattern):
        return sum(1 for _ in pattern.finditer(text))
    return sum(1 for _ in pattern.finditer(text, timeout=GIVEN_UP))


def _seconds(use: _Use, pattern: _Pattern, text: str) -> float:
    began = time.thread_time()
    try:
        use(pattern, text)
    except TimeoutError:
        return GIVEN_UP
    return time.thread_time() - began


def _growth(use: _Use, pattern: _Pattern, short: str, long: str) -> float:
    """Return how many times as long the *long* text takes; 0 if that is too quick to measure."""
    # An exponential pattern shows with the short text, and would never end with the long one.
    if _seconds(use, pattern, short) > GIVEN_UP / 8:
        return float("inf")
    once = _seconds(use, pattern, long)
    if once < NOTHING:
        return 0.0
    # A quadratic one takes sixteen times as long; what is far from that needs no second look.
    if once <= MOST / 2 * min(_seconds(use, pattern, short) for _ in range(TRIES // 2)):
        return MOST / 2
    most = min(_seconds(use, pattern, long) for _ in range(TRIES))
    if most < NOTHING:
        return 0.0
    return most / min(_seconds(use, pattern, short) for _ in range(TRIES))


def _least_growth(use: _Use, pattern: _Pattern, short: str, long: str) -> float:
    """Return the growth, measured again if it is too much: the machine may have been busy."""
    growth = _growth(use, pattern, short, long)
    for _ in range(TRIES - 1):
        if growth <= MOST:
            break
        growth = min(growth, _growth(use, pattern, short, long))
    return growth


def test_the_patterns_are_found() -> None:
    """In values, in tables, in fields, and where they are used as text."""
    names = " ".join(ALL)
    assert len(ALL) > 100
    for module in ("turns", "dates", "direction", "filing", "reference", "configuration", "terms"):
        assert f".{module}." in names


@pytest.mark.parametrize("use", [_fullmatch, _find_all])
def test_a_pattern_that_grows_faster_is_noticed(use: _Use) -> None:
    """The measure itself: quadratic, and linear."""
    short, long = "a" * 2000 + "!", "a" * 8000 + "!"
    assert _growth(use, re.compile(r"a*a*b"), short, long) > MOST
    assert _growth(use, re.compile(r"[ab]*+c" if use is _fullmatch else "a"), short, long) < MOST


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ALL)
def test_a_pattern_takes_no_longer_than_its_input_is_long(name: str) -> None:
    if name.startswith(OWED):
        pytest.xfail("it is known to grow faster")
    pattern = ALL[name]
    grows = [
        f"{growth:.0f} times for {short[:20]!r}… {use.__name__}"
        for short, long in zip(hostile_inputs(SHORT), hostile_inputs(SHORT * TIMES), strict=True)
        for use in (_fullmatch, _find_all)
        if (growth := _least_growth(use, pattern, short, long)) > MOST
    ]
    assert grows == []
