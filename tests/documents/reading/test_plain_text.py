"""Plain text: its paragraphs, and what its first lines claim."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from documents.model import BlockKind, Extract, Field, Source, Unreadable
from documents.reading.plain_text import read_plain_text


def read(text: str | bytes) -> Extract:
    """Return what is read from *text*."""
    content = text if isinstance(text, bytes) else text.encode()
    (extract,) = read_plain_text(Source(name="a.txt", content=content))
    return extract


def texts(extract: Extract) -> list[str]:
    """Return the texts of the blocks."""
    return [block.text for block in extract.blocks]


def claimed(extract: Extract) -> dict[Field, str]:
    """Return what is claimed, none of it certain."""
    assert not any(claim.certain for claim in extract.claims)
    return {claim.field: claim.value for claim in extract.claims}


@pytest.mark.parametrize(
    "blank", ["", "  ", "\t\u3000", "\u00a0", "\ufeff", "\f", "* * *", "-----"]
)
def test_a_line_without_words_parts_paragraphs(blank: str):
    assert texts(read(f"The quay is open.\n{blank}\nThe crane works.")) == [
        "The quay is open.",
        "The crane works.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_lines_end_as_any_machine_ends_them(end: str):
    assert len(texts(read(f"The quay is open.{end}{end}The crane works."))) == 2


def test_indents_and_spaces_around_a_line_are_left():
    assert texts(read("\u3000\u3000码头重新开放。 \n\t\u3000港务局表示感谢。\u3000")) == [
        "码头重新开放。",
        "港务局表示感谢。",
    ]


def test_spaces_within_a_line_stay_as_they_are():
    assert texts(read("about\u00a010 km,  he said"))[0] == "about\u00a010 km,  he said"


def test_all_blocks_are_paragraphs():
    """A heading in a text is doubtful: "Subsidies" may be one, or a sentence."""
    extract = read("Subsidies\n\nThey end in May.\n\nFares\n\nThey stay.")
    assert {block.kind for block in extract.blocks} == {BlockKind.PARAGRAPH}
    assert len(extract.blocks) == 4


def test_a_day_at_the_beginning_stays_in_the_text():
    assert texts(read("date 2025-02-25 The quay is open."))[0].startswith("date 2025-02-25")


def test_the_first_line_alone_is_claimed_as_the_title_and_stays():
    extract = read("Statement by the Harbour Board\n\nThe crane is out of service.")
    assert claimed(extract) == {Field.TITLE: "Statement by the Harbour Board"}
    assert texts(extract)[0] == "Statement by the Harbour Board"


@pytest.mark.parametrize(
    "text",
    [
        "The quay is open.\n\nThe crane works.",
        "Dear colleagues,\n\nThe crane works.",
        "SPEAKER: Good morning\n\nThe crane works.",
        "The quay\nThe crane works\n\nBoth are in order",
        f"{'A very long first line ' * 8}\n\nThe crane works.",
        "Statement",
    ],
)
def test_another_first_line_is_no_title(text: str):
    assert Field.TITLE not in claimed(read(text))


def test_an_e_mail_that_was_saved_as_text_claims_its_headers():
    extract = read(
        "Subject: Re: The west quay\nFrom: Harbour Board <press@port.example>\n"
        "Date: Mon, 3 Nov 2025 09:00:00 +0100\n\nThe quay is open.\n"
    )
    assert claimed(extract) == {
        Field.TITLE: "The west quay",
        Field.PUBLISHED: "2025-11-03",
        Field.PUBLISHER: "Harbour Board",
    }
    assert texts(extract) == ["The quay is open."]


def test_one_line_like_a_header_is_a_sentence():
    assert texts(read("Date: to be agreed\n\nThe quay is open."))[0] == "Date: to be agreed"


def test_words_that_keep_their_hyphens_are_told():
    lines = "The harbour boards agreed to a new ice-\nbreaking plan for the bay of Port Ellin."
    (warned,) = read(lines).warnings
    assert "“ice-breaking”" in warned.text
    assert warned.doubt is None


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", "\ufeff\u3000\n".encode(), b"-----\n***\n"])
def test_a_text_without_words_is_refused(content: bytes):
    with pytest.raises(Unreadable, match="no text"):
        read(content)


def test_no_text_is_refused():
    with pytest.raises(Unreadable):
        read(b"\x00\x01\x02\x03" * 100)


def test_a_made_text_in_an_archive_is_read(shared: Path):
    with zipfile.ZipFile(shared / "made" / "tricks.zip") as archive:
        extract = read(archive.read("statements/crane.txt"))
    assert claimed(extract) == {Field.TITLE: "Statement by the Harbour Board"}
    assert len(extract.blocks) == 4


@pytest.mark.parametrize(
    ("name", "count"),
    [("ur_test_hlth88.txt", 7), ("ur_test_bus100.txt", 9), ("cn_mfa_1774733.txt", 67)],
)
def test_one_line_is_a_paragraph_in_real_texts(shared: Path, name: str, count: int):
    assert len(read((shared / "wild" / name).read_bytes()).blocks) == count


def test_a_first_line_is_offered_as_the_title_where_each_line_is_a_paragraph():
    lines = [
        "外交部发言人主持例行记者会",
        "记者：港口今天开放，中方对此有何评论？" * 3,
        "答：我们表示欢迎。" * 8,
    ]
    assert claimed(read("\n".join(lines)))[Field.TITLE] == lines[0]
    broken = "Remarks at the opening\nof the quay, which was\nclosed in the winter\nby the ice."
    assert Field.TITLE not in claimed(read(broken))
