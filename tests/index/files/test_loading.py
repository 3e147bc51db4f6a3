"""Loading: good files are read whatever lies beside them, and every problem is reported."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from real_texts import statement_files

from index.files import loading
from index.files.loading import MAX_BYTES, load_record, read_text
from index.model.errors import RecordNotFound
from index.model.record import Coverage, Record

GOOD = """\
---
title: {title}
date: {day}
speakers: [Ayesha Noor]
---

{title} is open.
"""


@pytest.fixture
def statements(tmp_path: Path) -> Path:
    folder = tmp_path / "statements"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, title: str = "The road", day: str = "2025-02-06") -> None:
    (folder / name).write_text(GOOD.format(title=title, day=day), "utf-8")


def loaded(folder: Path) -> Record:
    return load_record(folder.parent)


def ids(record: Record) -> list[str]:
    return [statement.id for statement in record.statements]


def test_without_a_folder_there_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordNotFound, match="--data") as caught:
        load_record(tmp_path)
    assert caught.value.folder == tmp_path / "statements"
    assert "(No such file or directory)" in str(caught.value)


def test_a_file_where_the_folder_should_be_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "statements").write_text("")
    with pytest.raises(RecordNotFound, match=r"\(Not a directory\)"):
        load_record(tmp_path)


def test_the_folder_is_named_without_control_characters(tmp_path: Path) -> None:
    with pytest.raises(RecordNotFound) as caught:
        load_record(tmp_path / "a\x1b[31m\nb")
    assert "a\\x{1b}[31m\\x{a}b" in str(caught.value)


def test_an_empty_folder_is_an_empty_record(statements: Path) -> None:
    record = loaded(statements)
    assert record == Record((), ())
    assert record.coverage() == Coverage(statements=0, paragraphs=0, first=None, last=None)


def test_statements_come_newest_first_undated_last_then_by_id(statements: Path) -> None:
    put(statements, "b-old.md", day="1999-12-31")
    put(statements, "a-undated.md", day="~")
    put(statements, "c-new.md", day="2025-02-06")
    put(statements, "a-new.md", day="2025-02-06")
    record = loaded(statements)
    assert ids(record) == ["a-new", "c-new", "b-old", "a-undated"]
    assert record.coverage() == Coverage(
        statements=4, paragraphs=4, first=date(1999, 12, 31), last=date(2025, 2, 6)
    )


def test_a_statement_without_a_date_is_on_record_with_a_warning(statements: Path) -> None:
    put(statements, "a.md", day="~")
    (problem,) = loaded(statements).problems
    assert problem.warning
    assert (problem.path, problem.what) == (
        statements / "a.md",
        "a has no date, so it is cited as “undated”",
    )
    assert "date: 2025-02-06" in problem.repair


def test_an_id_in_two_files_is_reported_and_the_first_one_holds(statements: Path) -> None:
    put(statements, "port.md", title="The road")
    line = {
        "id": "port",
        "title": "T",
        "speakers": ["A"],
        "paragraphs": ["Yes."],
        "date": "2025-01-01",
    }
    (statements / "all.jsonl").write_text(json.dumps(line) + "\n" + json.dumps(line), "utf-8")
    record = loaded(statements)
    assert [(s.id, s.title) for s in record.statements] == [("port", "T")]
    assert [(p.path.name, p.warning, p.what) for p in record.problems] == [
        ("all.jsonl", False, "the id port is taken by all.jsonl"),
        ("port.md", False, "the id port is taken by all.jsonl"),
    ]
    assert all("Rename" in problem.repair for problem in record.problems)


def test_bad_files_never_take_the_good_ones_down(statements: Path) -> None:
    """Each is reported by name; the good one is on record."""
    put(statements, "good.md")
    bad = {
        "binary.md": bytes(range(256)),
        "bomb.jsonl": b"[" * 100_000,
        "empty.md": b"",
        "half.jsonl": b'{"id": "x"',
        "latin.md": GOOD.format(title="caf\u00e9", day="2025-02-06").encode("latin-1"),
        "nothing-visible.md": GOOD.format(title="T", day="2025-02-06")[:-12].encode() + b"\x1c\n",
        "null.md": b"\x00" * 100,
        "surrogate.jsonl": rb'{"id": "x", "title": "\ud800", "speakers": "A", "paragraphs": ["x"]}',
        "utf16.md": GOOD.format(title="T", day="2025-02-06").encode("utf-16"),
    }
    for name, content in bad.items():
        (statements / name).write_bytes(content)
    record = loaded(statements)
    assert ids(record) == ["good"]
    assert {problem.path.name for problem in record.problems} == set(bad)
    assert all(problem.repair and not problem.warning for problem in record.problems)
    assert all(str(problem).isprintable() for problem in record.problems)


def test_an_unreadable_file_is_reported(statements: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Permissions do not stop an administrator, so the disk is made to refuse instead."""
    put(statements, "good.md")
    put(statements, "secret.md")
    read_bytes = Path.read_bytes

    def refuse_secrets(path: Path) -> bytes:
        if path.name == "secret.md":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_secrets)
    record = loaded(statements)
    assert ids(record) == ["good"]
    (problem,) = record.problems
    assert problem.path == statements / "secret.md"
    assert problem.what == "it cannot be read (Permission denied)"
    assert "permissions" in problem.repair


def test_a_file_beyond_all_measure_is_not_read(statements: Path) -> None:
    with (statements / "huge.md").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (problem,) = loaded(statements).problems
    assert (problem.what, problem.repair) == ("this is over 256 MB", "Split it.")


def test_stray_files_and_folders_are_reported_as_warnings(statements: Path) -> None:
    put(statements, "good.md")
    put(statements, "upper.MD")
    (statements / "notes.txt").write_text("x")
    (statements / "older").mkdir()
    (statements / "folder.md").mkdir()
    (statements / "gone.md").symlink_to(statements / "nowhere.md")
    record = loaded(statements)
    assert ids(record) == ["good"]
    assert [problem.path.name for problem in record.problems] == [
        *("folder.md", "gone.md", "notes.txt", "older", "upper.MD")
    ]
    assert all(problem.warning for problem in record.problems)


def test_a_file_that_goes_while_the_folder_is_listed_is_passed_over(
    statements: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor saves by renaming, and the others are still on record."""
    put(statements, "a.md")
    put(statements, "gone.md", "Another road")
    put(statements, "z.md", "A third road")
    listed = [*statements.iterdir()]
    (statements / "gone.md").unlink()
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter(listed))
    record = loaded(statements)
    assert ids(record) == ["a", "z"]
    assert record.problems == ()


def test_a_statement_of_too_many_paragraphs_to_name_is_left_out(
    statements: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are 2^20 codes for them."""
    monkeypatch.setattr(loading, "MAX_PARAGRAPHS", 3)
    put(statements, "good.md")
    (statements / "flood.md").write_text(GOOD.format(title="A", day="2025-02-06") + "\nB.\n" * 3)
    record = loaded(statements)
    assert ids(record) == ["good"]
    (problem,) = record.problems
    assert str(problem).endswith(
        "flood has 4 paragraphs, over 3. Split it into several statements."
    )


def test_a_name_that_is_not_utf8_is_told_so_that_it_can_be_shown(statements: Path) -> None:
    """The system's bytes come as half characters, which nothing can print."""
    try:
        (statements / os.fsdecode(b"caf\xe9.md")).write_text("x")
        (statements / os.fsdecode(b"\x1b[31mred.md")).write_text("x")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    problems = [str(problem) for problem in loaded(statements).problems]
    assert any("caf\\x{dce9}.md" in problem for problem in problems)
    assert any("\\x{1b}[31mred.md" in problem for problem in problems)
    assert all(problem.isprintable() for problem in problems)


@pytest.mark.parametrize(
    "name", [".hidden.md", ".DS_Store", "~$draft.md", "draft.md~", ".a.md.part"]
)
def test_hidden_files_and_editors_copies_are_passed_over(statements: Path, name: str) -> None:
    put(statements, "good.md")
    (statements / name).write_text("not a statement")
    record = loaded(statements)
    assert ids(record) == ["good"]
    assert record.problems == ()


def test_progress_is_reported_in_bytes_to_the_end(statements: Path) -> None:
    put(statements, "a.md")
    put(statements, "b.md", title="A longer title")
    told: list[tuple[int, int]] = []
    load_record(statements.parent, lambda done, total: told.append((done, total)))
    sizes = [(statements / name).stat().st_size for name in ("a.md", "b.md")]
    assert told == [(sizes[0], sum(sizes)), (sum(sizes), sum(sizes))]


def test_synonyms_stand_beside_the_statements(statements: Path) -> None:
    put(statements, "good.md")
    (statements.parent / "synonyms.yaml").write_text("- [ML-1, Main Line-1]\r\n", "utf-8-sig")
    record = loaded(statements)
    assert record.synonyms == (("ML-1", "Main Line-1"),)
    assert (ids(record), record.problems) == (["good"], ())


def test_without_synonyms_there_is_no_problem(statements: Path) -> None:
    record = loaded(statements)
    assert (record.synonyms, record.problems) == ((), ())


@pytest.mark.parametrize(("content", "line"), [(b"\n- [ML-1]\n", 2), (b"- [caf\xe9, bar]", 1)])
def test_bad_synonyms_take_no_statement_down(statements: Path, content: bytes, line: int) -> None:
    put(statements, "good.md")
    (statements.parent / "synonyms.yaml").write_bytes(content)
    record = loaded(statements)
    assert (ids(record), record.synonyms) == (["good"], ())
    (problem,) = record.problems
    assert (problem.path, problem.line) == (statements.parent / "synonyms.yaml", line)
    assert problem.repair
    assert not problem.warning


def test_a_folder_in_place_of_the_synonyms_is_reported(statements: Path) -> None:
    (statements.parent / "synonyms.yaml").mkdir()
    (problem,) = loaded(statements).problems
    assert problem.what == "this is a folder"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfOne.", "One."),
        (b"One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("سڑک 公路 😀".encode(), "سڑک 公路 😀"),
        (b"", ""),
    ],
)
def test_a_text_is_read_with_plain_line_ends_and_no_mark(
    tmp_path: Path, content: bytes, text: str
) -> None:
    (tmp_path / "a.md").write_bytes(content)
    assert read_text(tmp_path / "a.md") == (text, None)


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    text, problem = read_text(tmp_path / "nowhere.md")
    assert text == ""
    assert problem is not None
    assert problem.what == "there is no such file"


def test_the_real_statements_are_read_without_an_error(shared: Path, tmp_path: Path) -> None:
    """Some 1,600 of them; only warnings, such as a missing date."""
    (tmp_path / "statements").mkdir()
    for file in statement_files(shared):
        (tmp_path / "statements" / file.name).symlink_to(file)
    record = load_record(tmp_path)
    assert len(record.statements) > 1500
    assert [problem for problem in record.problems if not problem.warning] == []


def amended_road(folder: Path, number: str, text: str, *front: str) -> Path:
    """Put an earlier version of the statement ``road`` into its folder."""
    path = folder / "earlier" / "road" / number
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "\n".join(["---", "title: The road", "speakers: [Ayesha Noor]", *front, "---"])
    path.write_text(f"{head}\n\n{text}\n", "utf-8")
    return path


def test_earlier_versions_are_read_in_order_and_are_not_statements(statements: Path) -> None:
    put(statements, "road.md")
    for number, month in ((10, "12"), (2, "04"), (1, "03")):
        amended_road(statements, f"{number}.md", f"Version {number}.", f"amended: 2025-{month}-04")
    record = loaded(statements)
    assert record.problems == ()
    assert ids(record) == ["road"]
    assert [(one.id, one.paragraphs[0].text) for one in record.earlier] == [
        ("road", "Version 1."),
        ("road", "Version 2."),
        ("road", "Version 10."),
    ]
    assert record.coverage().paragraphs == 1


def test_mistakes_in_earlier_versions_are_told_and_doubts_are_not(statements: Path) -> None:
    """Their words can no longer be changed."""
    put(statements, "road.md")
    amended_road(statements, "1.md", "<!-- a comment -->", "amended: 2025-03-04")
    amended_road(statements, "2.md", "The road.")
    amended_road(statements, "3.md", "The road.", "amended: soon")
    told = [(one.path.name, one.what, one.warning) for one in loaded(statements).problems]
    assert told == [
        ("2.md", "an earlier version needs the day on which it was replaced", False),
        ("3.md", "this is not a date", False),
    ]


def test_what_is_no_earlier_version_is_warned_of(statements: Path) -> None:
    put(statements, "road.md")
    amended_road(statements, "1.md", "The road.", "amended: 2025-03-04")
    amended_road(statements, "first.md", "The road.", "amended: 2025-03-04")
    (statements / "earlier" / "notes.txt").write_text("x")
    (statements / "earlier" / "river").mkdir()
    record = loaded(statements)
    assert [(one.path.name, one.warning) for one in record.problems] == [
        ("notes.txt", True),
        ("river", True),
        ("first.md", True),
    ]
    assert len(record.earlier) == 1


def test_a_file_called_as_the_folder_of_earlier_versions_is_reported(statements: Path) -> None:
    (statements / "earlier").write_text("x")
    (problem,) = loaded(statements).problems
    assert problem.path.name == "earlier"


def test_a_current_statement_has_not_been_replaced(statements: Path) -> None:
    content = GOOD.format(title="The road", day="2025-02-06").replace(
        "date:", "amended: 2025-03-04\ndate:"
    )
    (statements / "road.md").write_text(content, "utf-8")
    record = loaded(statements)
    assert [one.amended for one in record.statements] == [None]
    (problem,) = record.problems
    assert (problem.warning, problem.category) == (True, "amended")


def test_withdrawn_statements_are_kept_apart(statements: Path) -> None:
    """Their words may stand elsewhere too, and nobody is warned of that."""
    put(statements, "road.md")
    content = GOOD.format(title="The road", day="2025-02-06").replace(
        "date:", "withdrawn: Retracted\ndate:"
    )
    (statements / "again.md").write_text(content, "utf-8")
    record = load_record(statements.parent, today=date(2025, 3, 1))
    assert record.problems == ()
    assert ids(record) == ["road"]
    assert [one.id for one in record.withdrawn] == ["again"]
    assert [one.id for one in record.filed] == ["road", "again"]
    assert record.coverage().statements == 1
