"""``onrecord add`` in a script: what is certain is filed, and of the rest it says why not.

The real readers read, in this process: the child process has tests of its own.
"""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from made_drafts import read_draft

from bot.terminal import reviewing
from bot.terminal.adding import Adding, add_documents
from bot.terminal.arguments import parser
from documents import Claim, Doubt, Field, OnRecord
from index import Record, load_record

TODAY = datetime.date(2026, 11, 29)
PAGE = """<!doctype html><html lang="en"><head><title>x</title>
<meta property="article:published_time" content="2025-02-14T10:00:00Z"></head>
<body><nav><a href="/">Home</a></nav>
<main><h1>Press briefing by Spokesperson Amira Valko</h1>
<p><strong>Ms. Valko:</strong> The consulate reopens.</p><p><strong>Q:</strong> When?</p>
<p><strong>Ms. Valko:</strong> In March, and {more}.</p></main></body></html>"""


@pytest.fixture(autouse=True)
def _in_this_process(reads_here: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def add(*names: str, **known: object) -> int:
    options = {"given": {}, "given_id": "", "data": Path("data"), "today": TODAY, "unseen": True}
    return add_documents(names, Adding(**(options | known)))  # type: ignore[arg-type]


def filed() -> list[str]:
    return [one.id for one in load_record(Path("data")).statements]


def test_a_page_that_tells_all_is_filed_and_its_sources_are_said(capsys) -> None:
    Path("page.html").write_text(PAGE.format(more="soon"))
    assert add("page.html") == 0
    out, err = capsys.readouterr()
    assert out == (
        "2025-02-14-press-briefing-by-spokesperson-amira-valko "
        "data/statements/2025-02-14-press-briefing-by-spokesperson-amira-valko.md\n"
    )
    assert "title: Press briefing by Spokesperson Amira Valko (<h1>)" in err
    assert "speakers: Amira Valko; Spokesperson (title)" in err
    (statement,) = load_record(Path("data")).statements
    assert [(p.text, p.quotable) for p in statement.paragraphs] == [
        ("The consulate reopens.", True),
        ("When?", False),
        ("In March, and soon.", True),
    ]
    assert statement.source is not None
    assert statement.source.file == "page.html"
    assert len(statement.source.sha256) == 64


def test_what_is_missing_is_named_with_the_command_that_would_file_it(capsys) -> None:
    Path("2025-03-01_The-harbour-opens-soon.txt").write_text("The harbour opens.\n\nSoon.\n")
    assert add("2025-03-01_The-harbour-opens-soon.txt") == 1
    err = capsys.readouterr().err
    assert "the title and the speaker are missing" in err
    command = "onrecord add 2025-03-01_The-harbour-opens-soon.txt --title 'The harbour opens soon' "
    assert f'{command}--speaker "…" --yes' in err
    assert filed_files() == []


def filed_files() -> list[Path]:
    return sorted(Path("data").rglob("*.md"))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("EMBARGOED until 6 p.m.\n\nThe harbour opens.\n", Doubt.EMBARGO),
        ("The Communiqu6 of the Governm3nt was expr~ssed and re4d.\n", Doubt.OCR),
    ],
)
def test_a_doubt_keeps_a_document_from_being_filed_unseen_until_it_is_accepted(
    capsys, text: str, doubt: Doubt
) -> None:
    Path("a.txt").write_text(text)
    given = {"title": "On the harbour", "speakers": ["Nadia Rahman"]}
    assert add("a.txt", given=given) == 1
    assert f"--accept {doubt} --yes" in capsys.readouterr().err
    assert filed_files() == []
    assert add("a.txt", given=given, accepted=frozenset({doubt})) == 0
    assert len(filed_files()) == 1


@pytest.mark.parametrize("doubt", sorted(Doubt))
def test_each_doubt_that_a_document_can_raise_can_be_accepted(doubt: Doubt) -> None:
    """Or the command that is named for such a document would be refused."""
    options = parser().parse_args(["add", "a.txt", "--accept", str(doubt), "--yes"])
    assert options.accept == [doubt]


def test_an_amendment_is_not_filed_unseen_and_keeps_the_old_text(capsys) -> None:
    Path("page.html").write_text(PAGE.format(more="soon"))
    assert add("page.html") == 0
    Path("page.html").write_text(PAGE.format(more="not before"))
    assert add("page.html") == 1
    assert "--accept amended" in capsys.readouterr().err
    assert add("page.html", accepted=frozenset({Doubt.AMENDED})) == 0
    record = load_record(Path("data"))
    assert [one.paragraphs[-1].text for one in record.statements] == ["In March, and not before."]
    assert [one.paragraphs[-1].text for one in record.earlier] == ["In March, and soon."]
    assert record.earlier[0].amended == TODAY


def test_a_folder_and_an_archive_are_gone_through_and_counted(capsys) -> None:
    folder = Path("inbox")
    folder.mkdir()
    (folder / "one.html").write_text(PAGE.format(more="soon"))
    (folder / "two.html").write_text(PAGE.format(more="soon"))
    (folder / "empty.txt").write_text("")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("../evil.txt", "Words.")
        packed.writestr(
            "good.txt", "Statement by the Harbour Board\n\n3 June 2025\n\nThe crane is back.\n"
        )
    (folder / "pack.zip").write_bytes(archive.getvalue())
    assert add("inbox") == 1
    out, err = capsys.readouterr()
    assert sorted(line.split()[0] for line in out.splitlines()) == [
        "2025-02-14-press-briefing-by-spokesperson-amira-valko",
        "2025-06-03-statement-by-the-harbour-board",
    ]
    assert "two.html: this text is on record already" in err
    assert "empty.txt: it is empty" in err
    assert "../evil.txt: its name leads out of the archive" in err
    assert err.endswith("onrecord: 2 filed, 3 not filed\n")


def test_for_programs_each_document_is_an_object(capsys) -> None:
    Path("page.html").write_text(PAGE.format(more="soon"))
    Path("empty.txt").write_text("")
    assert add("page.html", "empty.txt", json=True) == 1
    out, err = capsys.readouterr()
    assert err == ""
    page, empty = (json.loads(line) for line in out.splitlines())
    assert (page["outcome"], page["id"]) == ("filed", filed()[0])
    assert page["fields"]["speakers"] == [{"name": "Amira Valko", "role": "Spokesperson"}]
    assert page["found_in"]["title"] == "<h1>"
    assert (empty["outcome"], empty["name"]) == ("refused", "empty.txt")
    assert empty["repair"]


class _Typed(io.StringIO):
    """What an editor types, at a terminal."""

    def isatty(self) -> bool:
        return True


def review(monkeypatch: pytest.MonkeyPatch, typed: str, *names: str) -> int:
    monkeypatch.setattr("sys.stdin", _Typed(typed))
    monkeypatch.setenv("TERM", "xterm")
    return add(*names, unseen=False)


def test_an_editor_sees_the_text_what_was_left_out_and_changes_a_field(monkeypatch, capsys) -> None:
    Path("page.html").write_text(PAGE.format(more="soon"))
    assert review(monkeypatch, "t\nl\nkind\ninterview\ny\n", "page.html") == 0
    err = capsys.readouterr().err
    assert "\n   2  Q: When?\n" in err
    assert "navigation: Home" in err
    assert err.count("  kind        press conference  ← “press briefing”") == 1
    assert err.count("  kind        interview\n") == 1
    assert str(load_record(Path("data")).statements[0].kind) == "interview"


def test_what_is_offered_is_taken_by_its_number(monkeypatch, capsys) -> None:
    Path("The-harbour-opens-soon.txt").write_text("The harbour opens.\n\nSoon.\n")
    assert review(monkeypatch, "1\nNadia Rahman\n\ny\n", "The-harbour-opens-soon.txt") == 0
    assert "  1  The harbour opens soon (name of the file)" in capsys.readouterr().err
    assert filed() == ["undated-the-harbour-opens-soon"]


def test_an_offered_value_is_shown_with_its_own_place(monkeypatch, capsys) -> None:
    """Although another field may have the same value from elsewhere."""
    Path("page.html").write_text(PAGE.format(more="soon"))
    draft = read_draft(Path("page.html"), {})
    offered = (
        Claim(field=Field.PUBLISHED, value="2025-02-15", where="its head"),
        Claim(field=Field.DATE, value="2025-02-15", where="a sentence"),
    )
    monkeypatch.setattr("sys.stdin", _Typed("date\n1\ny\n"))
    monkeypatch.setenv("TERM", "xterm")
    review = reviewing.Review(TODAY, OnRecord(Record(())), reviewing.Progress())
    approved, _ = review.of(replace(draft, offered=offered), None)
    assert "  1  2025-02-15 (a sentence)" in capsys.readouterr().err
    assert approved.fields.date == datetime.date(2025, 2, 15)


def test_an_amendment_is_shown_and_with_another_id_is_a_statement_of_its_own(
    monkeypatch, capsys
) -> None:
    Path("page.html").write_text(PAGE.format(more="soon"))
    add("page.html")
    Path("page.html").write_text(PAGE.format(more="not before"))
    assert review(monkeypatch, "d\nid\nanother\ny\n", "page.html") == 0
    err = capsys.readouterr().err
    assert "- In March, and soon.\n+ In March, and not before.\n" in err
    assert sorted(filed()) == ["2025-02-14-press-briefing-by-spokesperson-amira-valko", "another"]


def test_an_editor_who_stops_goes_on_with_the_same_command(monkeypatch, capsys) -> None:
    Path("a.html").write_text(PAGE.format(more="soon"))
    Path("b.html").write_text(PAGE.replace("Press briefing by", "Remarks by").format(more="later"))
    assert review(monkeypatch, "y\nq\n", "a.html", "b.html") == 1
    assert "The same command goes on" in capsys.readouterr().err
    assert len(filed()) == 1
    assert review(monkeypatch, "y\n", "a.html", "b.html") == 1
    assert "a.html: this text is on record already" in capsys.readouterr().err
    assert len(filed()) == 2


def test_the_ends_of_long_paragraphs_are_cut_between_words() -> None:
    text = (
        "The harbour opens in May and the old quay stays with the fishing boats for another year."
    )
    assert reviewing._cut(text).endswith(" …")
    assert text.startswith(reviewing._cut(text)[:-2])
    end = reviewing._cut(text, at_end=True)
    assert end.startswith("… ")
    assert text.endswith(end[2:])


def test_a_name_that_is_too_long_for_a_file_is_one_line_and_the_rest_is_read(capsys) -> None:
    """So are the names of members of an archive, which are never made into files."""
    with zipfile.ZipFile("notes.zip", "w") as archive:
        archive.writestr("بيان" * 40 + ".html", PAGE.format(more="later"))
    Path("page.html").write_text(PAGE.format(more="soon"))
    assert add("a" * 300, "notes.zip", "page.html", accepted=frozenset({Doubt.AMENDED})) == 1
    err = capsys.readouterr().err
    assert "it cannot be read (File name too long)" in err
    assert err.endswith("onrecord: 2 filed, 1 not filed\n")


def test_a_note_beside_a_file_of_the_editors_own_is_not_believed(capsys) -> None:
    """Only in incoming/ is it the program's; elsewhere nothing is removed, and nobody speaks."""
    Path("kit").mkdir()
    Path("kit/page.html").write_text("<h1>On the quay</h1><p>The quay stays open in May.</p>")
    Path("kit/page.html.source.yaml").write_text(
        "url: https://example.org/quay\nwaiting:\n- {part: ''}\n"
        "settings:\n- {field: speaker, value: Li Wen, where: the setting}\n"
    )
    given = {"title": "On the quay", "speakers": ["Nadia Rahman"]}
    assert add("kit/page.html") == 1
    assert "and the speaker are missing" in capsys.readouterr().err
    assert add("kit/page.html", given=given) == 0
    assert Path("kit/page.html").is_file()


class _Removing(_Typed):
    """Types, while somebody else removes the statement that is amended."""

    def readline(self, *_: object) -> str:
        for amended in Path("data/statements").glob("*-press-briefing-*"):
            amended.unlink()
        return super().readline()


def test_a_statement_that_is_removed_while_it_is_amended_stops_nothing(monkeypatch, capsys) -> None:
    Path("page.html").write_text(PAGE.format(more="soon"))
    assert add("page.html") == 0
    Path("amended.html").write_text(PAGE.format(more="sooner"))
    Path("other.html").write_text(PAGE.replace("Press briefing", "Remarks").format(more="May"))
    monkeypatch.setattr("sys.stdin", _Removing("y\ny\n"))
    monkeypatch.setenv("TERM", "xterm")
    capsys.readouterr()
    assert add("amended.html", "other.html", unseen=False) == 1
    said = capsys.readouterr().err
    assert "onrecord: amended.html: there is no statement “2025-02-14-press-briefing-by-" in said
    assert said.endswith("onrecord: 1 filed, 1 not filed\n")
