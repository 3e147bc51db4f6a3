"""Where the texts are that tests read and never copy, and how examples are invented."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).parents[1]

# Speed is measured by benchmarks, not timed here. On the way to landing the same examples are tried
# each time; at a desk new ones are invented.
settings.register_profile("onrecord", deadline=None, derandomize="CI" in os.environ)
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


#: Modules and folders that take long for what they say of the bot itself.
_SLOW = {
    "telegram_standin_tests",
    "test_entrance",
    "test_languages_real",
    "test_process",
    "test_process_webhook",
    "test_webhook_registration",
    "test_state_file",
    "test_workers",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what ``make slow`` runs and ``make test`` does not."""
    for item in items:
        if _SLOW & {item.path.stem, item.path.parent.name}:
            item.add_marker(pytest.mark.slow)
