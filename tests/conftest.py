"""Where the texts are that tests read and never copy, and how examples are invented."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from warm_start import warm_start

from index import Index, index_file
from index.kept_index import KeptIndex, keep

PROJECT = Path(__file__).parents[1]

# What is started in the background of a script ignores Ctrl-C, and so would all that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Speed is measured by benchmarks, not timed here. On the way to landing the same examples are tried
# each time; at a desk new ones are invented.
settings.register_profile(
    "onrecord",
    deadline=None,
    derandomize="CI" in os.environ,
    # A busy machine invents slowly, too.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("onrecord")


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of other people's texts, beside the project's; skip where it is absent."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared texts are not beside the project")
    return folder


@pytest.fixture(scope="session")
def warm_onrecord() -> Iterator[Path]:
    """Return a program that does what ``onrecord`` does, in a tenth of the time to start."""
    with warm_start() as program:
        yield program


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kept", action="store_true", help="have every index kept in a file, and read from there"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have every index that is built kept in a file and read from there, if that is asked for.

    So all that is expected of an index is expected of a kept one.
    """
    if config.getoption("--kept"):
        build = Index.__init__

        def build_and_keep(self: Index, *given: Any, **named: Any) -> None:
            build(self, *given, **named)
            with TemporaryDirectory() as folder:
                path = Path(folder) / "index"
                keep(self, path, {}, Path("data"))
                self._take(KeptIndex(path).index(Path("data")).parts)

        Index.__init__ = build_and_keep  # type: ignore[method-assign]


@pytest.fixture
def small_records_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the index of any record kept, and its files count as settled as soon as written."""
    monkeypatch.setattr(index_file, "LEAST", 1)
    monkeypatch.setattr(index_file, "_is_settled", lambda *_: True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share files among processes without counting what is done."""
    if config.getoption("dist") != "loadfile":
        return None
    from by_file import ByFile  # noqa: PLC0415  # only where pytest-xdist is in use

    return ByFile(config, log)


#: Seconds that a test may take which is not run at every change.
_LONG = 600
#: The folder of which every test is slow.
_ALL_SLOW = "telegram_standin_tests"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave files unread of which every test is slow, where slow ones are left out."""
    if collection_path.suffix != ".py" or "not slow" not in config.getoption("markexpr"):
        return None
    if collection_path.parent.name == _ALL_SLOW:
        return True
    text = collection_path.read_text(encoding="utf-8")
    return "\npytestmark = pytest.mark.slow\n" in text or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what ``make slow`` runs for its folder, and give what takes long its time."""
    for item in items:
        if item.path.parent.name == _ALL_SLOW:
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("slow") or item.get_closest_marker("quality"):
            item.add_marker(pytest.mark.timeout(_LONG))


def pytest_collection_finish() -> None:
    """Have what was collected passed over: it stays until the end, and is large."""
    _freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """And at the end of each file what its tests have left in caches: it stays, too."""
    if nextitem is None or nextitem.path != item.path:
        _freeze()


def _freeze() -> None:
    """Have what is left now passed over whenever Python looks for garbage, which is often.

    Otherwise each search looks through all tests anew, and through the words of all languages.
    """
    gc.collect()
    gc.freeze()
