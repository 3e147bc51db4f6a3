"""What waits is kept whole with its note, found again, and removed when nothing of it waits."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.fetching.incoming import (
    Provenance,
    Waiting,
    _as_yaml,
    beside,
    documents_in,
    keep_waiting,
    provenance_of,
    put,
)
from documents.fetching.state import Pending, SourceState, State, load_state, save_state
from documents.model import Claim, Field, Source
from index import FilingRefused

DAY = datetime.date(2026, 11, 29)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def fetched(content: bytes, url: str = "https://a-b.example.org/feed") -> Source:
    return Source(name=url, content=content, url=url, fetched=DAY, content_type="text/html")


def test_the_bytes_are_kept_as_they_came(tmp_path: Path) -> None:
    content = b"\xff\x00 \r\n<p>"
    path = put(tmp_path, fetched(content), [Waiting(part="A: b", url="https://x.org", why="no")])
    assert path.read_bytes() == content
    assert path.name.startswith("2026-11-29-a.b.example.org.")
    assert path.suffix == ".html"
    known = provenance_of(path)
    assert known is not None
    assert (known.url, known.fetched) == ("https://a-b.example.org/feed", DAY)
    assert known.waiting == (Waiting(part="A: b", url="https://x.org", why="no"),)


def test_what_a_run_had_put_that_broke_off_is_put_once(tmp_path: Path) -> None:
    put(tmp_path, fetched(b"x"), [Waiting(part="a"), Waiting(part="b")])
    put(tmp_path, fetched(b"x"), [Waiting(part="b"), Waiting(part="c")])
    ((_, known),) = documents_in(tmp_path)
    assert [one.part for one in known.waiting] == ["a", "b", "c"]


def test_the_last_statement_takes_its_document_with_it(tmp_path: Path) -> None:
    path = put(tmp_path, fetched(b"x"), [Waiting(part="a"), Waiting(part="b")])
    known = provenance_of(path)
    assert known
    keep_waiting(path, known, known.waiting[1:])
    assert [one.part for _, left in documents_in(tmp_path) for one in left.waiting] == ["b"]
    keep_waiting(path, known, ())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "url", "- a", "url: [", "fetched: 2026-11-29", "url: x\nfetched: soon", "a: &b *b"]
)
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.html"
    path.touch()
    beside(path).write_text(text)
    assert provenance_of(path) is None
    assert list(documents_in(tmp_path)) == []


def test_a_folder_that_cannot_be_written_to_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(FilingRefused, match="cannot be written"):
        put(tmp_path / "nowhere", fetched(b"x"), [Waiting()])
    with pytest.raises(FilingRefused, match="cannot be written"):
        save_state(tmp_path / "nowhere", State())


@settings(max_examples=40)
@given(part=TEXTS, url=TEXTS, why=TEXTS, value=TEXTS)
def test_any_text_survives_being_noted(
    tmp_path_factory: pytest.TempPathFactory, part: str, url: str, why: str, value: str
) -> None:
    """Titles of feeds have colons, quotation marks, and what YAML takes for no value."""
    path = tmp_path_factory.getbasetemp() / "noted"
    claim = Claim(field=Field.TITLE, value=value, where="<title>", certain=True)
    waiting = (Waiting(part=part, url=url, why=why),)
    known = Provenance(url="https://x.org", fetched=DAY, feed=(claim,), waiting=waiting)
    beside(path).write_bytes(_as_yaml(known))
    assert provenance_of(path) == known


@settings(max_examples=40)
@given(part=TEXTS, digest=TEXTS, when=st.floats(0, 1e10))
def test_what_is_known_survives_being_kept(
    tmp_path_factory: pytest.TempPathFactory, part: str, digest: str, when: float
) -> None:
    folder = tmp_path_factory.getbasetemp()
    pending = {"https://x.org": Pending(part=part, claims=[("title", part, digest)], again=when)}
    one = SourceState(etag=digest, asked=when, seen={part: (digest, when)}, pending=pending)
    state = State({"https://a.org": one}, {"a.org": when})
    save_state(folder, state)
    assert load_state(folder) == state
