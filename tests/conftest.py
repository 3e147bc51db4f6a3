"""Where the texts are that tests read and never copy."""

from __future__ import annotations

from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]


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
