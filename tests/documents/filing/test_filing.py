"""Filing: two real texts go on record with every character; nothing is lost or overwritten."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from made_drafts import file, read_draft
from made_statements import statement
from real_texts import JOINT, REMARKS

from documents import (
    Draft,
    Likeness,
    OnRecord,
    complete,
    doubts_of_draft,
    suggested_id,
)
from index import (
    Fields,
    FilingRefused,
    InvalidField,
    Kind,
    Record,
    Speaker,
    Statement,
    load_record,
)

GIVEN = {"title": "On the road", "speakers": ["Ayesha Noor"], "date": "2025-02-24"}
AMBASSADOR = {
    "title": "Remarks to media",
    "speakers": ["Jiang Zaidong; Chinese Ambassador to Pakistan"],
    "date": "2025-02-24",
}
TWO_SIDES = {
    "title": "Joint statement on the state visit",
    "speakers": ["Pakistan and China"],
    "date": "2025-02-06",
    "kind": "joint statement",
}
EMPTY = Record(())


def same_as(draft: Draft, record: Record) -> Statement | None:
    alike = OnRecord(record).alike(draft)
    return alike.statement if alike and alike.likeness is Likeness.SAME else None


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def write(tmp_path: Path):
    """Return a writer of source files."""

    def write(content: str | bytes, name: str = "source.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture(scope="module")
def remarks(shared: Path) -> Path:
    return shared / "statements" / "raw" / REMARKS


@pytest.fixture(scope="module")
def joint(shared: Path) -> Path:
    return shared / "statements" / "raw" / JOINT


def filed(source: Path, given: dict[str, object], data: Path, given_id: str = "") -> Statement:
    """File *source* and return it as the record then has it."""
    path = file(read_draft(source, given, given_id), EMPTY, data)
    record = load_record(data)
    assert record.problems == ()
    (statement,) = (one for one in record.statements if one.id == path.stem)
    return statement


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def raw_paragraphs(source: Path) -> list[str]:
    """Return the paragraphs of a raw text, read in the plainest way."""
    return [one.strip() for one in source.read_bytes().decode().split("\n\n") if one.strip()]


def test_the_ambassadors_remarks_are_filed_with_every_character(remarks: Path, data: Path) -> None:
    """The leading date becomes what is known; every other character stays."""
    statement = filed(remarks, AMBASSADOR, data)
    first, *others = raw_paragraphs(remarks)
    label = "date 2025-02-25 "
    assert first.startswith(label)
    assert [p.text for p in statement.paragraphs] == [first.removeprefix(label), *others]
    assert len(statement.paragraphs) == 16
    assert (statement.date, statement.published) == (date(2025, 2, 24), date(2025, 2, 25))
    assert statement.speakers == (Speaker("Jiang Zaidong", "Chinese Ambassador to Pakistan"),)
    assert statement.kind is Kind.REPORT


def test_the_joint_statement_is_filed_with_every_character(joint: Path, data: Path) -> None:
    statement = filed(joint, TWO_SIDES, data)
    assert [p.text for p in statement.paragraphs] == raw_paragraphs(joint)
    assert len(statement.paragraphs) == 21
    assert (statement.date, statement.published) == (date(2025, 2, 6), None)
    assert statement.kind is Kind.JOINT_STATEMENT


def test_curly_marks_and_the_unbalanced_one_stay(remarks: Path, data: Path) -> None:
    statement = filed(remarks, AMBASSADOR, data)
    texts = [paragraph.text for paragraph in statement.paragraphs]
    raw = remarks.read_bytes().decode()
    for mark in "“”’":
        assert "".join(texts).count(mark) == raw.count(mark) > 0
    assert (texts[5].count("“"), texts[5].count("”")) == (1, 2)


def test_without_a_given_date_the_leading_one_is_the_day(write) -> None:
    draft = read_draft(write("date 2025-02-25 We will open the road."), {"title": "T"})
    assert (draft.fields.date, draft.fields.published) == (date(2025, 2, 25), None)
    assert draft.found_in["date"] == "the head of the text"


@pytest.mark.parametrize("given", [{}, {"kind": "report"}])
def test_at_the_head_of_a_report_it_is_the_day_of_publication(
    remarks: Path, given: dict[str, object]
) -> None:
    """When the words were said is not known, and asked for."""
    draft = read_draft(remarks, {"title": "T", "speakers": ["A"], **given})
    assert (draft.fields.date, draft.fields.published) == (None, date(2025, 2, 25))
    assert draft.found_in["published"].endswith("when it was said is not known")
    said = complete(draft, {"date": "2025-02-24"})
    assert (said.fields.date, said.fields.published) == (date(2025, 2, 24), date(2025, 2, 25))


def test_a_joint_text_is_proposed_by_its_title_or_by_its_speakers(write) -> None:
    source = write("Both sides agreed.")
    by_title = read_draft(source, {"title": "Joint Communiqué", "speakers": ["A"]})
    assert by_title.fields.kind is Kind.JOINT_STATEMENT
    assert by_title.found_in == {"kind": "“joint communique”"}
    assert read_draft(source, {**GIVEN, "speakers": ["A", "B"]}).fields.kind is Kind.JOINT_STATEMENT
    later = complete(read_draft(source, {"speakers": ["A"]}), {"title": "联合声明"})
    assert later.fields.kind is Kind.JOINT_STATEMENT
    turns = write("Lee: Yes.\n\nNoor: No.", "turns.txt")
    spoken = read_draft(turns, {**GIVEN, "speakers": ["Martin Lee", "Ayesha Noor"]})
    assert spoken.fields.kind is Kind.STATEMENT


def test_a_given_kind_decides_and_is_not_doubted(write, data: Path) -> None:
    given = {**GIVEN, "title": "Joint statement", "kind": "statement"}
    draft = read_draft(write("We agree."), given)
    assert draft.fields.kind is Kind.STATEMENT
    assert doubts_of_draft(draft, date(2025, 3, 1)) == []
    file(draft, EMPTY, data)
    assert load_record(data).problems == ()


def test_lines_that_open_turns_are_filed_as_paragraphs(write, data: Path) -> None:
    source = write("Lee: Yes.\nQ: Why?\nJane Doe: I disagree.\nLee: So.")
    given = {**GIVEN, "speakers": ["Martin Lee"], "kind": "interview"}
    draft = read_draft(source, given)
    assert draft.texts == ("Lee: Yes.", "Q: Why?", "Jane Doe: I disagree.", "Lee: So.")
    (doubt,) = doubts_of_draft(draft, date(2025, 3, 1))
    assert doubt.what.startswith("“Jane Doe:” names no listed speaker")


def test_what_check_would_warn_of_is_told_before_filing(write) -> None:
    draft = read_draft(write("We will."), {**GIVEN, "date": "2030-01-01", "kind": "interview"})
    what = [doubt.category for doubt in doubts_of_draft(draft, date(2025, 3, 1))]
    assert what == ["no question found", "a date in the future"]


def test_what_was_inferred_from_the_text_is_reported(remarks: Path, joint: Path) -> None:
    draft = read_draft(remarks, AMBASSADOR)
    assert (draft.fields.published, draft.fields.kind) == (date(2025, 2, 25), Kind.REPORT)
    assert draft.found_in.keys() == {"published", "kind"}
    assert read_draft(joint, TWO_SIDES).found_in == {}


@pytest.mark.parametrize(
    ("text", "first", "day", "published"),
    [
        ("date 2025-02-25 The road.", "The road.", "2025-02-25", None),
        ("\n Date: 2025-02-25 — The road.", "The road.", "2025-02-25", None),
        ("DATE 2025-02-25\n\nThe road.", "The road.", "2025-02-25", None),
        ("date 2025-02-30 The road.", "date 2025-02-30 The road.", None, None),
        ("date 2025-02-255 The road.", "date 2025-02-255 The road.", None, None),
        ("The date 2025-02-25 is set.", "The date 2025-02-25 is set.", None, None),
        ("2025-02-25 The road.", "2025-02-25 The road.", None, None),
    ],
)
def test_a_leading_date_leaves_the_text(write, text, first, day, published) -> None:
    draft = read_draft(write(text), {})
    assert draft.texts[0] == first
    assert draft.fields.date == (day and date.fromisoformat(day))
    assert draft.fields.published == published


@pytest.mark.parametrize(
    ("given", "first", "published"),
    [
        ({"date": "2025-02-24"}, "The road.", date(2025, 2, 25)),
        ({"date": "2025-02-25"}, "The road.", None),
        ({"date": "2025-02-24", "published": "2025-02-25"}, "The road.", date(2025, 2, 25)),
        # A date that no field takes would be lost: it stays.
        ({"date": "2025-02-26"}, "date 2025-02-25 The road.", None),
        (
            {"date": "2025-02-20", "published": "2025-02-21"},
            "date 2025-02-25 The road.",
            date(2025, 2, 21),
        ),
    ],
)
def test_a_leading_date_beside_given_ones_is_never_lost(write, given, first, published) -> None:
    draft = read_draft(write("date 2025-02-25 The road."), given)
    assert (draft.texts[0], draft.fields.published) == (first, published)


def test_the_same_text_is_not_filed_twice(remarks: Path, data: Path) -> None:
    filed(remarks, AMBASSADOR, data)
    record = load_record(data)
    again = read_draft(remarks, AMBASSADOR | {"title": "Another title"}, "another-id")
    assert same_as(again, record) is record.statements[0]
    with pytest.raises(FilingRefused, match="on record already, as 2025-02-24-remarks-to-media"):
        file(again, record, data)
    assert files_in(data) == ["2025-02-24-remarks-to-media.md"]


def test_the_same_text_is_known_in_other_lines_and_without_its_labels(write, data: Path) -> None:
    given = GIVEN | {"kind": "press conference"}
    filed(write("NOOR: The road is open.\n\nQ: Since when?\n"), given, data)
    again = read_draft(write("NOOR: The road\n is open.\n\nQUESTION:  Since when?"), given)
    assert same_as(again, load_record(data)) is not None
    other = read_draft(write("NOOR: The road is shut.\n\nQ: Since when?"), given)
    assert same_as(other, load_record(data)) is None


def test_an_id_that_is_taken_is_refused_and_nothing_is_overwritten(write, data: Path) -> None:
    filed(write("The road is open."), GIVEN, data)
    path = data / "statements" / "2025-02-24-on-the-road.md"
    before = path.read_bytes()
    other = read_draft(write("The port is open."), GIVEN)
    for record in (load_record(data), EMPTY):
        with pytest.raises(FilingRefused, match=r"is taken by another statement\..*--id"):
            file(other, record, data)
    assert path.read_bytes() == before
    assert files_in(data) == [path.name]


def test_an_id_that_is_taken_within_json_lines_is_refused(write, data: Path) -> None:
    record = Record.of([statement("2025-02-24-on-the-road", ["The rail is open."])])
    with pytest.raises(FilingRefused, match="is taken by another statement"):
        file(read_draft(write("The port is open."), GIVEN), record, data)
    assert not data.exists()


def test_a_file_that_comes_up_meanwhile_is_not_overwritten(
    write, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people file at once: the second is refused, and the first one's file stays."""
    link = os.link

    def link_too_late(source: Path, target: Path) -> None:
        Path(target).write_text("the other one's")
        link(source, target)

    monkeypatch.setattr(os, "link", link_too_late)
    with pytest.raises(FilingRefused, match="it is there already"):
        file(read_draft(write("The road is open."), GIVEN), EMPTY, data)
    path = data / "statements" / "2025-02-24-on-the-road.md"
    assert path.read_text() == "the other one's"
    assert files_in(data) == [path.name]


def test_a_full_disk_leaves_no_piece_of_a_file(
    write, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(FilingRefused, match=r"cannot be written \(No space left on device\)"):
        file(read_draft(write("The road is open."), GIVEN), EMPTY, data)
    assert files_in(data) == []


def test_a_name_too_long_for_the_disk_is_refused_and_the_longest_is_filed(
    write, data: Path
) -> None:
    """An id of 120 characters may be longer than the 255 bytes that most disks take."""
    source = write("The road is open.")
    with pytest.raises(InvalidField):
        read_draft(source, GIVEN, "路" * 120)
    assert filed(source, GIVEN, data, "路" * 80).id == "路" * 80


@pytest.mark.parametrize("taken", [False, True])
def test_without_hard_links_a_file_is_still_whole_and_never_replaced(
    write, data: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    path = data / "statements" / "2025-02-24-on-the-road.md"

    def refuse(source: Path, target: Path) -> None:
        if taken:
            Path(target).write_text("the other one's")
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    draft = read_draft(write("The road is open."), GIVEN)
    if taken:
        with pytest.raises(FilingRefused, match="it is there already"):
            file(draft, EMPTY, data)
        assert path.read_text() == "the other one's"
    else:
        assert file(draft, EMPTY, data) == path
        assert path.read_text().endswith("The road is open.\n")
        assert path.stat().st_mode & 0o777 == 0o644
    assert files_in(data) == [path.name]


@pytest.mark.parametrize("blocked", ["", "statements"])
def test_a_file_where_the_folder_should_be_is_reported_and_left_alone(
    write, data: Path, blocked: str
) -> None:
    obstacle = data / blocked
    obstacle.parent.mkdir(parents=True, exist_ok=True)
    obstacle.write_text("in the way")
    with pytest.raises(FilingRefused, match=r"cannot be written .*--data"):
        file(read_draft(write("The road is open."), GIVEN), EMPTY, data)
    assert obstacle.read_text() == "in the way"


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_reported(write, data: Path) -> None:
    (data / "statements").mkdir(parents=True)
    (data / "statements").chmod(0o500)
    with pytest.raises(FilingRefused, match="cannot be written"):
        file(read_draft(write("The road is open."), GIVEN), EMPTY, data)
    assert files_in(data) == []


def test_a_filed_statement_is_a_plain_file_that_others_may_read(write, data: Path) -> None:
    path = file(read_draft(write("The road is open."), GIVEN), EMPTY, data)
    assert path.stat().st_mode & 0o777 == 0o644
    assert path.stat().st_nlink == 1
    assert path.read_bytes().endswith(b"The road is open.\n")
    assert b"\r" not in path.read_bytes()


@pytest.mark.parametrize(
    ("given", "missing", "option"),
    [
        ({}, ("title", "speakers"), "--title"),
        ({"title": "T"}, ("speakers",), "--speaker"),
        ({"speakers": ["A"]}, ("title",), "--title"),
    ],
)
def test_what_is_missing_is_refused_with_the_option_to_give(
    write, data: Path, given: dict[str, object], missing: tuple[str, ...], option: str
) -> None:
    draft = read_draft(write("The road is open."), given)
    assert draft.missing == missing
    with pytest.raises(FilingRefused, match=rf"is not known\. Give {option}\.$"):
        file(draft, EMPTY, data)
    assert not data.exists()


def test_a_draft_is_completed_by_answers(write, data: Path) -> None:
    draft = read_draft(write("The road is open."), {"date": "2025-02-24"})
    draft = complete(draft, {"title": "On the road", "speakers": "Ayesha Noor; Spokesperson"})
    assert draft.missing == ()
    assert draft.fields.date == date(2025, 2, 24)
    assert draft.fields.speakers == (Speaker("Ayesha Noor", "Spokesperson"),)
    assert file(draft, EMPTY, data).stem == "2025-02-24-on-the-road"


def test_an_answer_that_a_field_cannot_have_is_refused(write) -> None:
    draft = read_draft(write("The road is open."), {})
    with pytest.raises(InvalidField, match="there is no such day"):
        complete(draft, {"date": "2025-02-30"})


def test_a_given_field_with_a_value_it_cannot_have_is_refused(write) -> None:
    with pytest.raises(InvalidField, match="Did you mean “report”"):
        read_draft(write("The road is open."), {"kind": "reprt"})


def test_tabs_are_repaired_and_reported(write, data: Path) -> None:
    """What Telegram would change is changed openly, and nothing besides."""
    source = write("The road\tis\u202e open – “so”.\n\nCafe\u0301.")
    draft = read_draft(source, GIVEN)
    assert draft.texts == ("The road is open – “so”.", "Café.")
    assert [warned.text for warned in draft.warnings] == [
        "a tab was removed or replaced",
        "the character U+202E (right-to-left override) was removed or replaced",
    ]
    statement = filed(source, GIVEN, data)
    assert tuple(paragraph.text for paragraph in statement.paragraphs) == draft.texts


def test_line_ends_and_the_mark_of_other_systems_are_no_changes(write) -> None:
    draft = read_draft(write(b"\xef\xbb\xbfThe road\r\nis open.\r\n\r\nYes.\r\n"), GIVEN)
    assert (draft.texts, draft.warnings) == (("The road is open.", "Yes."), ())


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it is empty: there is no text in it"),
        (b" \n\t\n\x1c\n", "there is no text in it"),
        (b"date 2025-02-25\n", "there is no text in it"),
    ],
)
def test_what_is_no_text_is_refused(write, content: bytes, what: str) -> None:
    source = write(content)
    with pytest.raises(FilingRefused) as caught:
        read_draft(source, GIVEN)
    assert (caught.value.subject, caught.value.what) == (str(source), what)
    assert caught.value.repair


@pytest.mark.parametrize(("name", "what"), [("nowhere.txt", "this file does not exist")])
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(FilingRefused, match=what):
        read_draft(tmp_path / name, GIVEN)


def test_a_pipe_or_a_device_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(FilingRefused, match="not a file"):
            read_draft(path, GIVEN)


def test_a_statement_file_is_refused_with_where_it_belongs(write) -> None:
    text = "---\ntitle: T\nspeakers: [A]\n---\n\nText.\n"
    with pytest.raises(FilingRefused, match=r"it is a statement file already.*onrecord check"):
        read_draft(write(text, "a.md"), GIVEN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("سڑک کھل گئی ہے۔", "ur"),
        ("جاده باز است و گزارش شد.", "fa"),
        ("الطريق مفتوح.", "ar"),
        ("公路已经开放。", "zh"),
        ("道路が開通しました。", "ja"),
        ("Дорога открыта.", "ru"),
        ("Дорогу відкрито, її видно.", "uk"),
        ("सड़क खुल गई है।", "hi"),
        ("Ο δρόμος άνοιξε.", "el"),
        ("도로가 열렸다.", "ko"),
    ],
)
def test_the_language_is_guessed_from_the_letters_and_reported(write, text, language) -> None:
    draft = read_draft(write(text), GIVEN)
    assert draft.fields.language == language
    assert draft.found_in == {"language": "its letters"}
    given = read_draft(write(text), GIVEN | {"language": "pa"})
    assert (given.fields.language, given.found_in) == ("pa", {})


def test_of_latin_letters_no_language_is_guessed(write) -> None:
    draft = read_draft(write("The road is open, as 公路 is."), GIVEN)
    assert (draft.fields.language, draft.found_in) == ("en", {})


@pytest.mark.parametrize(
    "given_id", ["../../x", "..", "/etc/x", "a/b", ".x", "a b", "a\n", "x" * 121]
)
def test_an_id_that_leads_elsewhere_is_refused(write, given_id: str) -> None:
    source = write("The road is open.")
    with pytest.raises(InvalidField):
        read_draft(source, GIVEN, given_id)
    with pytest.raises(InvalidField):
        Draft(name="a.txt", fields=Fields(), blocks=(), found_in={}, given_id=given_id)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Remarks, to média", "2025-02-24-remarks-to-media"),
        ("公路通车", "2025-02-24-公路通车"),
        ("سڑک کھل گئی", "2025-02-24-سڑک-کھل-گئی"),
        ("!!!", "2025-02-24-statement"),
        ("../../x", "2025-02-24-x"),
        ("a" * 70, "2025-02-24-" + "a" * 60),
        ("word " * 30, "2025-02-24-" + "-".join(["word"] * 12)),
    ],
)
def test_an_id_is_made_of_date_and_title(write, data: Path, title: str, expected: str) -> None:
    """Whatever the title's script, the id is one that can be filed under."""
    source = write("The road is open.")
    assert suggested_id(Fields(title=title, date=date(2025, 2, 24))) == expected
    statement = filed(source, GIVEN | {"title": title}, data)
    assert statement.id == unicodedata.normalize("NFC", expected)


def test_an_id_made_of_a_long_title_fits_the_disk(write, data: Path) -> None:
    """Some scripts take four bytes a letter."""
    title = "𞤀" * 100
    made = suggested_id(Fields(title=title, date=date(2025, 2, 24)))
    assert made == "2025-02-24-" + "𞤀" * 50
    assert filed(write("The road is open."), GIVEN | {"title": title}, data).id == made


def test_an_undated_statement_says_so_in_its_id() -> None:
    assert suggested_id(Fields(title="Remarks")) == "undated-remarks"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She said yes.\n\nHe added that it was so.", Kind.REPORT),
        ("Noor said yes.\n\nAccording to the joint statement, it is so.", Kind.REPORT),
        ("She said yes.\n\nHe added this." + "\n\nSo it is." * 18, Kind.REPORT),
        # In less than a tenth of the paragraphs, or once, it is but a mention.
        ("She said yes.\n\nHe added this." + "\n\nSo it is." * 19, Kind.STATEMENT),
        ("She said yes. He added that it was so.", Kind.REPORT),
        ("Noor said yes.", Kind.STATEMENT),
        ("We open the road. We thank everyone.", Kind.STATEMENT),
    ],
)
def test_reported_speech_makes_a_report(write, text: str, kind: Kind) -> None:
    assert read_draft(write(text), GIVEN).fields.kind is kind
    assert read_draft(write(text), GIVEN | {"kind": "letter"}).fields.kind is Kind.LETTER


def test_the_words_that_made_it_a_report_are_told(write) -> None:
    draft = read_draft(write("She said yes.\n\nHe added that it was so."), GIVEN)
    assert "“She said”" in draft.found_in["kind"]


def test_a_text_is_known_again_before_anybody_says_who_speaks(write, data: Path) -> None:
    """A person is told so at once, not after all that is asked about it."""
    filed(write("The road is open."), GIVEN, data)
    draft = read_draft(write("The  road\nis open."), {})
    assert draft.fields.speakers == ()
    twin = same_as(draft, load_record(data))
    assert twin is not None
    assert same_as(read_draft(write("The road is shut."), {}), load_record(data)) is None


def test_both_real_reports_are_known_for_what_they_are(remarks: Path, joint: Path) -> None:
    """An outlet's account must not be cited as the ambassador's or the governments' own words."""
    for source in (remarks, joint):
        assert read_draft(source, GIVEN).fields.kind is Kind.REPORT


@pytest.mark.parametrize(
    "name",
    [
        "wh_2022-07-05-press-briefing-by-press-secretary-karine-jean-pierre-2.md",
        "wh_2023-06-22-joint-statement-from-the-united-states-and-india.md",
    ],
)
def test_a_long_text_is_no_report_for_a_few_mentions(
    shared: Path, tmp_path: Path, name: str
) -> None:
    """Their own words would be called the publisher's, and their turns not read."""
    body = (shared / "wild" / name).read_text(encoding="utf-8").split("---", 2)[2]
    (tmp_path / "body.txt").write_text(body, encoding="utf-8")
    assert read_draft(tmp_path / "body.txt", GIVEN).fields.kind is not Kind.REPORT


def test_a_date_that_left_the_text_is_kept_when_another_is_given(write) -> None:
    draft = read_draft(write("date 2025-02-25 The road is open."), {"title": "On the road"})
    changed = complete(draft, {"date": "2025-02-24"})
    assert (changed.fields.date, changed.fields.published) == (
        date(2025, 2, 24),
        date(2025, 2, 25),
    )
    assert changed.found_in == {}


@pytest.mark.parametrize("given_first", [True, False])
def test_a_given_publication_date_outlives_a_date_that_left_the_text(write, given_first) -> None:
    """Whether it is given before the day or with it."""
    published = {"published": "2025-03-01"}
    given = {"title": "On the road"} | (published if given_first else {})
    draft = read_draft(write("date 2025-02-25 The road is open."), given)
    answers = {"date": "2025-02-24"} | ({} if given_first else published)
    changed = complete(draft, answers)
    assert (changed.fields.date, changed.fields.published) == (
        date(2025, 2, 24),
        date(2025, 3, 1),
    )


def test_a_date_that_left_the_text_is_no_publication_date_if_it_is_the_day(write) -> None:
    draft = read_draft(write("date 2025-02-25 The road is open."), {"title": "On the road"})
    for answers in ({"date": "2025-02-25"}, {"title": "The road"}):
        assert complete(draft, answers).fields.published is None
