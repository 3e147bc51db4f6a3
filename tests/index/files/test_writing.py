"""Writing: whole or not at all, and what is there already is never lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.files.writing import replace_whole, unwritable, write_new


def test_a_new_file_is_written_and_readable_by_all(tmp_path: Path) -> None:
    write_new(tmp_path / "a.md", b"One.")
    assert (tmp_path / "a.md").read_bytes() == b"One."
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"One.")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.md", b"Two.")
    assert (tmp_path / "a.md").read_bytes() == b"One."
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_a_file_is_replaced_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"One.")
    (tmp_path / "a.md").chmod(0o640)
    replace_whole(tmp_path / "a.md", b"Two.")
    assert (tmp_path / "a.md").read_bytes() == b"Two."
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640


def test_where_nothing_is_to_be_replaced_a_file_is_written(tmp_path: Path) -> None:
    replace_whole(tmp_path / "a.md", b"One.")
    assert (tmp_path / "a.md").read_bytes() == b"One."
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o644


def test_if_the_disk_is_full_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.md").write_bytes(b"One.")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        replace_whole(tmp_path / "a.md", b"Two.")
    assert (tmp_path / "a.md").read_bytes() == b"One."
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


def test_why_it_cannot_be_written_is_told_with_the_repair() -> None:
    told = str(unwritable(Path("a.md"), OSError(13, "Permission denied")))
    assert (
        told == "a.md: it cannot be written (Permission denied). Check its permissions, or --data."
    )
