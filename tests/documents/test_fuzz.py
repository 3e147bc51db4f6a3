"""No damage to a document does more than refuse it: no traceback, no crash, no hang.

Every shared file is cut short at ten places, and has bytes changed at ten; what comes of it is
read by the real child process.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.model import Source, Unreadable
from documents.opening.archives import is_archive, open_archive
from documents.opening.child import LimitedReader
from documents.opening.limits import Limits

pytestmark = pytest.mark.slow

_SHARED = Path(__file__).resolve().parents[3] / "shared"
_FILES = sorted(
    path
    for folder in ("wild", "made")
    for path in (_SHARED / folder).glob("*")
    if path.name not in ("MANIFEST.csv", "expected.ndjson")
)
#: Of each kind of damage.
_PLACES = 10
#: Bytes changed at once: one in a field of a header, and many over the whole file.
_FLIPS = (1, 1, 1, 2, 4, 8, 16, 64, 256, 1024)


def damaged(content: bytes, seed: str) -> Iterator[bytes]:
    """Yield *content* cut short at places spread over it, then with changed bytes."""
    for place in range(_PLACES):
        yield content[: len(content) * place // _PLACES]
    chance = random.Random(seed)  # noqa: S311  # to repeat what was found
    for flips in _FLIPS:
        changed = bytearray(content)
        for _ in range(flips if content else 0):
            # Half of them where formats keep what they need first.
            within = min(len(content), 512) if chance.random() < 0.5 else len(content)
            changed[chance.randrange(within)] = chance.randrange(256)
        yield bytes(changed)


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedReader]:
    with LimitedReader() as started:
        yield started


@pytest.mark.skipif(not _FILES, reason="the shared texts are not beside the project")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a_damaged_document_is_read_or_refused(path: Path, reader: LimitedReader) -> None:
    wrong = []
    for number, content in enumerate(damaged(path.read_bytes(), path.name)):
        for source in opened(path.name, content):
            try:
                extracts = reader.read(source)
            except Unreadable as refused:
                # A reader that threw something else, crashed or hung.
                if "our fault" in refused.what or "reading it" in refused.what:
                    wrong.append(f"{number}: {refused.what}")
            else:
                assert extracts
    assert wrong == []


def opened(name: str, content: bytes) -> Iterator[Source]:
    if not is_archive(content):
        yield Source(name=name, content=content)
        return
    for member in open_archive(name, content, Limits()):
        if isinstance(member, Source):
            yield member
