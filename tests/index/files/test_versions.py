"""Versions: an amendment keeps every word that was said, and a withdrawal changes one line."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from index.files import versions
from index.files.fields import InvalidField
from index.files.loading import load_record
from index.files.versions import amend, history, withdraw
from index.model.errors import FilingRefused, NoSuchStatement

DAY = datetime.date(2025, 3, 4)
LATER = datetime.date(2025, 4, 1)
QUAY = """\
---
# By hand.
title: On the quay
date: 2025-03-03
speakers: [{name: Nadia Rahman}]
---

The quay
opens in May.{space}

## Ferries

They sail twice a day.
""".replace("{space}", "  ")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "quay.md").write_text(QUAY, "utf-8")
    return tmp_path


def quay(data: Path) -> Path:
    return data / "statements" / "quay.md"


def kept(data: Path, number: int = 1) -> Path:
    return data / "statements" / "earlier" / "quay" / f"{number}.md"


def test_an_amendment_keeps_the_old_version_to_the_letter_with_the_day(data: Path) -> None:
    new = QUAY.replace("twice", "thrice")
    assert amend(data, "quay", new, DAY) == quay(data)
    assert quay(data).read_text("utf-8") == new
    with_day = QUAY.replace("Rahman}]\n", "Rahman}]\namended: 2025-03-04\n")
    assert kept(data).read_text("utf-8") == with_day
    newer = new.replace("May", "June")
    amend(data, "quay", newer, LATER)
    assert quay(data).read_text("utf-8") == newer
    assert kept(data, 2).read_text("utf-8").replace("amended: 2025-04-01\n", "") == new
    found = history(data, "quay")
    assert [(one.number, one.path, one.statement.amended) for one in found] == [
        (1, kept(data), DAY),
        (2, kept(data, 2), LATER),
        (3, quay(data), None),
    ]
    assert [one.statement.id for one in found] == ["quay"] * 3
    record = load_record(data)
    assert record.problems == ()
    assert [one.amended for one in record.earlier] == [DAY, LATER]


@pytest.mark.parametrize("broken", ["write_new", "replace_whole"])
def test_a_crash_loses_neither_version_and_the_second_time_keeps_no_second_copy(
    data: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """The power fails before the old version is kept, or before the new one takes its place."""

    class PowerFailure(BaseException):
        pass

    def fail(*_: object) -> None:
        raise PowerFailure

    new = QUAY.replace("twice", "thrice")
    with monkeypatch.context() as patched:
        patched.setattr(versions, broken, fail)
        with pytest.raises(PowerFailure):
            amend(data, "quay", new, DAY)
    assert quay(data).read_text("utf-8") == QUAY
    assert load_record(data).problems == ()
    amend(data, "quay", new, LATER)
    assert [one.statement.amended for one in history(data, "quay")] == [LATER, None]
    assert quay(data).read_text("utf-8") == new
    assert not kept(data, 2).exists()


def test_a_text_that_comes_back_is_a_version_of_its_own(data: Path) -> None:
    new = QUAY.replace("twice", "thrice")
    for text, day in ((new, DAY), (QUAY, DAY), (new, LATER)):
        amend(data, "quay", text, day)
    assert [one.number for one in history(data, "quay")] == [1, 2, 3, 4]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = QUAY.replace("May", "June")
    write = versions.write_new

    def slowly(path: Path, content: bytes) -> None:
        write(path, content)
        quay(data).write_text(theirs, "utf-8")

    monkeypatch.setattr(versions, "write_new", slowly)
    with pytest.raises(FilingRefused, match="somebody else has just changed it"):
        amend(data, "quay", QUAY.replace("twice", "thrice"), DAY)
    assert quay(data).read_text("utf-8") == theirs


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (QUAY, "the new text is the one it has"),
        ("The quay opens.", "there is no front matter"),
        (QUAY.replace("title: On the quay\n", ""), "title is missing"),
        (QUAY.replace("date:", "amended: 2025-03-04\ndate:"), "a day on which it was replaced"),
    ],
)
def test_what_is_no_new_version_changes_nothing(data: Path, content: str, what: str) -> None:
    with pytest.raises(FilingRefused, match=what):
        amend(data, "quay", content, DAY)
    assert quay(data).read_text("utf-8") == QUAY
    assert not kept(data).exists()


def test_a_current_version_that_cannot_be_read_is_not_amended(data: Path) -> None:
    quay(data).write_text(QUAY.replace("title", "titel"), "utf-8")
    with pytest.raises(FilingRefused, match="not a field of a statement"):
        amend(data, "quay", QUAY, DAY)


LINES = json.dumps(
    {"id": "railway", "title": "Rails", "speakers": ["Omar Siddiq"], "paragraphs": ["Soon."]}
)


def test_a_statement_among_others_has_a_history_but_is_not_changed(data: Path) -> None:
    several = data / "statements" / "more.jsonl"
    several.write_text(LINES, "utf-8")
    (version,) = history(data, "railway")
    assert (version.number, version.path, version.statement.title) == (1, several, "Rails")
    with pytest.raises(FilingRefused, match=r"Move it into a file of its own first, railway\.md"):
        amend(data, "railway", QUAY, DAY)
    with pytest.raises(FilingRefused, match='Add “"withdrawn": "…"” to its line there'):
        withdraw(data, "railway", "Retracted")
    assert several.read_text("utf-8") == LINES


@pytest.mark.parametrize("name", ["quai", "", "../quay", "a b", "."])
def test_an_id_that_is_not_on_record_is_told(data: Path, name: str) -> None:
    for call in (
        lambda: history(data, name),
        lambda: withdraw(data, name, "Retracted"),
        lambda: amend(data, name, QUAY, DAY),
    ):
        with pytest.raises(NoSuchStatement) as told:
            call()
        assert told.value.near == ("quay" if name == "quai" else "")


def test_a_version_that_cannot_be_read_is_told_and_not_passed_over(data: Path) -> None:
    amend(data, "quay", QUAY.replace("twice", "thrice"), DAY)
    kept(data).write_text(QUAY, "utf-8")
    with pytest.raises(FilingRefused, match="needs the day on which it was replaced"):
        history(data, "quay")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_withdrawal_adds_one_line_and_leaves_every_other_byte(
    data: Path, line_end: str, mark: str
) -> None:
    before = (mark + QUAY.replace("\n", line_end)).encode()
    quay(data).write_bytes(before)
    assert withdraw(data, "quay", " Retracted: by the ministry ") == quay(data)
    line = f"withdrawn: 'Retracted: by the ministry'{line_end}".encode()
    after = quay(data).read_bytes()
    assert after.replace(line, b"") == before
    assert after.count(line) == 1
    (statement,) = load_record(data).withdrawn
    assert statement.withdrawn == "Retracted: by the ministry"


def test_what_is_withdrawn_is_not_withdrawn_again(data: Path) -> None:
    withdraw(data, "quay", "Retracted")
    with pytest.raises(FilingRefused, match="it is withdrawn already"):
        withdraw(data, "quay", "Retracted once more")


@pytest.mark.parametrize("why", ["", "One.\nTwo.", "a" * 301, "One\ttwo"])
def test_why_must_be_a_line_that_can_be_shown(data: Path, why: str) -> None:
    with pytest.raises(InvalidField):
        withdraw(data, "quay", why)
    assert quay(data).read_text("utf-8") == QUAY


def test_front_matter_of_an_unusual_form_is_left_to_a_person(data: Path) -> None:
    unusual = "---\n{title: On the quay, speakers: [Nadia Rahman]}\n---\n\nIt opens.\n"
    quay(data).write_text(unusual, "utf-8")
    with pytest.raises(FilingRefused, match="Write “withdrawn: Retracted” into it"):
        withdraw(data, "quay", "Retracted")
    with pytest.raises(FilingRefused, match="Write “amended: 2025-03-04” into it"):
        amend(data, "quay", QUAY, DAY)
    assert quay(data).read_text("utf-8") == unusual


def test_an_amended_statement_that_was_withdrawn_is_current_again(data: Path) -> None:
    """The new version decides; the old one stays as it was."""
    withdraw(data, "quay", "Retracted")
    amend(data, "quay", QUAY.replace("twice", "thrice"), DAY)
    record = load_record(data)
    assert [one.id for one in record.statements] == ["quay"]
    assert [one.withdrawn for one in record.earlier] == ["Retracted"]


def test_a_folder_that_cannot_be_written_is_told(data: Path) -> None:
    (data / "statements" / "earlier").write_text("in the way", "utf-8")
    with pytest.raises(FilingRefused, match="it cannot be written"):
        amend(data, "quay", QUAY.replace("twice", "thrice"), DAY)
    assert quay(data).read_text("utf-8") == QUAY
