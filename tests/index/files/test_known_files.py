"""Files that have not changed are not read again, and what is read is the same as read anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index import known_files, load_record, take_snapshot

LINE = '{{"id": "{id}", "title": "T", "speakers": ["A B"], "paragraphs": ["{words}"]}}'
PAGE = "---\ntitle: T\nspeakers:\n  - A B\n---\n{words}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder of statements."""
    made = tmp_path / "statements"
    made.mkdir()
    return made


@pytest.mark.parametrize("seed", range(10))
def test_a_record_is_the_same_whatever_was_known_before(folder, seed):
    """Lines move, files come and go; the problems, warnings of no date, keep up with them."""
    chance = random.Random(seed)  # noqa: S311
    known = known_files()
    for turn in range(6):
        lines = [
            LINE.format(id=f"line-{n}", words=f"Words {n} {turn * (n % 3)}.") for n in range(9)
        ]
        chance.shuffle(lines)
        (folder / "many.jsonl").write_text("\n\n".join(lines[: chance.randint(1, 9)]))
        for n in range(4):
            path = folder / f"page-{n}.md"
            if chance.random() < 0.3:
                path.unlink(missing_ok=True)
            elif chance.random() < 0.6:
                path.write_text(PAGE.format(words=f"Page {n} of turn {turn}."))
        again, anew = load_record(folder.parent, known=known), load_record(folder.parent)
        assert again.statements == anew.statements
        assert set(map(str, again.problems)) == set(map(str, anew.problems))


def test_an_unchanged_file_is_not_read_again(folder):
    (folder / "a.md").write_text(PAGE.format(words="Words."))
    known = known_files()
    first = load_record(folder.parent, known=known).statements[0]
    (folder / "b.md").write_text(PAGE.format(words="Others."))
    assert any(one is first for one in load_record(folder.parent, known=known).statements)


def test_mistakes_in_the_synonyms_leave_those_before(folder):
    (folder / "a.md").write_text(PAGE.format(words="Words."))
    synonyms = folder.parent / "synonyms.yaml"
    synonyms.write_text("- [ferries, boats]\n")
    known = known_files()
    before = load_record(folder.parent, known=known).synonyms
    synonyms.write_bytes(b"- [\xff, boats]\n")
    broken = load_record(folder.parent, known=known)
    assert broken.synonyms == before != ()
    assert any(one.path == synonyms for one in broken.problems)
    synonyms.unlink()
    assert load_record(folder.parent, known=known).synonyms == ()


@pytest.mark.parametrize("name", [".a.md.Xy12", ".a.md", "~a.md", "a.md~", "a.txt", "4913"])
def test_what_is_no_statement_file_changes_no_snapshot(folder, name):
    """Temporary names of rsync and editors among them."""
    before = take_snapshot(folder.parent)
    (folder / name).write_text("words")
    assert take_snapshot(folder.parent) == before


def test_a_snapshot_tells_that_there_is_no_folder(tmp_path):
    assert take_snapshot(tmp_path).missing == "No such file or directory"
