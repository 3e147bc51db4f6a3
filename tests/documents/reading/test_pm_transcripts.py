"""PM Transcripts: whose words they are, which day, and lines that a scan broke."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from documents.model import Claim, Extract, Field, Source, Unreadable, Why
from documents.reading.pm_transcripts import read_pm_transcripts

BREAK = "<br />\n"
SCANNED = (
    "1. Ministers met at Port Ellin and agreed that the treaty of the bay remains in force until "
    "all three governments have ratified the new one, which they expect to do within the year.",
    "Fisheries of the Bay",
    "2. They welcomed the report of the harbour board on the state of the quays and asked for a "
    "second one, to be made before the ice comes and published without delay in all languages.",
    "3. They agreed to meet again when the report is before them, at a place to be determined by "
    "the chairman, and thanked the town for its hospitality during these three wet days in May.",
)


def xml(
    content: str,
    *,
    title: str = "Radio interview",
    release: str = "Interview",
    day: str = "03/11/1975",
    document: str = "",
) -> str:
    """Return a transcript as the archive writes it."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?><transcripts><transcript>"
        f"<transcript-id>7</transcript-id><title>{title} </title>"
        f"<prime-minister>Quill, Edda</prime-minister><release-date>{day}</release-date>"
        f"<release-type>{release}</release-type><document>{document}</document>"
        f"<content><![CDATA[{content}]]></content></transcript></transcripts>"
    )


def read(text: str) -> Extract:
    """Return the one transcript in *text*."""
    (extract,) = read_pm_transcripts(Source(name="a.xml", content=text.encode()))
    return extract


def claim(extract: Extract, field: Field) -> Claim:
    """Return the only claim of a *field*."""
    (found,) = (one for one in extract.claims if one.field is field)
    return found


def test_a_transcript_names_its_title_day_kind_and_speaker():
    extract = read(xml("<p><strong>HOST:</strong> Good morning.</p><p>PRIME MINISTER: Hello.</p>"))
    certain = {one.field: one.value for one in extract.claims if one.certain}
    assert certain == {
        Field.TITLE: "Radio interview",
        Field.DATE: "1975-11-03",
        Field.KIND: "interview",
        Field.SPEAKER: "Edda Quill; Prime Minister",
    }
    assert [block.text for block in extract.blocks] == [
        "HOST: Good morning.",
        "PRIME MINISTER: Hello.",
    ]


def test_a_day_is_written_day_first_and_no_day_is_guessed():
    assert claim(read(xml("<p>Hello.</p>", day="2/1/1978")), Field.DATE).value == "1978-01-02"
    wrong = read(xml("<p>Hello.</p>", day="31/02/1978"))
    assert not any(one.field is Field.DATE for one in wrong.claims)


@pytest.mark.parametrize(
    ("release", "title", "kind"),
    [
        ("Transcript", "Doorstop, Port Ellin", "press conference"),
        ("Transcript", "Address to the pilots", "remarks"),
        ("Chat Transcript", "Web chat", "interview"),
        ("Media Release", "A new quay", "press release"),
        ("Communique", "Meeting of the bay", "joint statement"),
        ("Media Release", "Joint statement with the Premier", "joint statement"),
        ("Letter", "To the pilots", "letter"),
    ],
)
def test_the_kind_is_what_was_released(release: str, title: str, kind: str):
    assert claim(read(xml("<p>Hello.</p>", release=release, title=title)), Field.KIND).value == kind


@pytest.mark.parametrize(
    ("release", "title", "certain"),
    [
        ("Speech", "At the quay", True),
        ("Press Conference", "Joint press conference with the Premier", True),
        ("Media Release", "A new quay", True),
        ("Communique", "Meeting of the bay", False),
        ("Media Release", "Joint statement with the Premier", False),
        ("Statement", "Statement by the Deputy Prime Minister", False),
        ("Speech", "Speech by the Deputy Prime Minister", False),
    ],
)
def test_who_was_in_office_is_not_who_speaks_in_a_communique(
    release: str, title: str, certain: bool
):
    extract = read(xml("<p>Hello.</p>", release=release, title=title))
    assert claim(extract, Field.SPEAKER).certain is certain


def test_the_document_itself_is_named_but_not_taken_for_its_address():
    """What is garbage is refused later, and this is what to read instead."""
    url = "https://pm.example/original/7.pdf"
    extract = read(xml("<p>Hello.</p>", document=url))
    told = claim(extract, Field.URL)
    assert (told.value, told.where, told.certain) == (url, "<document>", False)
    assert url in extract.warnings[-1].text


def test_lines_that_a_page_broke_are_joined():
    pages = [
        "<p>\n" + "<br />\n".join(textwrap.wrap(text, 80)) + "<br />\n" for text in SCANNED[:2]
    ]
    rest = "<br />\n".join(line for text in SCANNED[2:] for line in textwrap.wrap(text, 80))
    extract = read(xml(f"{''.join(pages).replace('<p>', '', 1)}{rest} </p>".join(["<p>", ""])))
    assert [block.text for block in extract.blocks] == list(SCANNED)


@pytest.mark.parametrize(("above", "below"), [([], []), (["-2-"], ["/ 3"]), (["2."], ["[3]"])])
def test_a_page_ends_within_a_sentence_and_its_number_is_no_word(
    above: list[str], below: list[str]
):
    numbered = [SCANNED[0], *SCANNED[2:]]
    lines = [line for text in numbered for line in textwrap.wrap(text, 44)]
    middle = len(lines) // 2
    assert not lines[middle - 1].endswith(".")
    pages = (lines[:middle], [*above, *lines[middle:], *below])
    extract = read(xml("".join(f"<p>{BREAK.join(page)} </p>\n" for page in pages)))
    assert [block.text for block in extract.blocks] == numbered
    assert [left.text for left in extract.left_out] == [*above, *below]
    assert {left.why for left in extract.left_out} <= {Why.PAGE_NUMBER}


def test_a_label_behind_a_question_begins_the_answer():
    """Trap: joined to the question, the answer would be the reporter's."""
    lines = [*textwrap.wrap(SCANNED[0], 44), *textwrap.wrap(SCANNED[2], 44)]
    lines += ["Does the crane work at last? PRIME MINISTER:", "On Tuesday it does, at long last."]
    texts = [block.text for block in read(xml(f"<p>{BREAK.join(lines)}</p>")).blocks]
    assert texts[-3:] == [
        "Does the crane work at last?",
        "PRIME MINISTER:",
        "On Tuesday it does, at long last.",
    ]


def test_long_lines_between_breaks_are_paragraphs():
    lines = [line for text in SCANNED for line in ("HOST:", text.lstrip("123. "))] * 2
    texts = [block.text for block in read(xml(f"<p>{BREAK.join(lines)}</p>")).blocks]
    assert texts == lines


def test_a_few_breaks_are_left_to_html():
    extract = read(xml("<p>Port Ellin<br />3 May</p><p>The quay is open.</p>"))
    assert [block.text for block in extract.blocks][-1] == "The quay is open."


def test_several_transcripts_are_several_extracts():
    one = xml("<p>Hello.</p>", title="First")
    both = one.replace(
        "</transcripts>", xml("<p>Bye.</p>", title="Second").split("<transcripts>")[1]
    )
    extracts = read_pm_transcripts(Source(name="a.xml", content=both.encode()))
    assert [extract.part for extract in extracts] == ["First", "Second"]


@pytest.mark.parametrize("text", ["<transcripts>\n</transcripts>", "", xml(" "), xml("<p> </p>")])
def test_a_file_without_a_transcript_has_no_text(text: str):
    with pytest.raises(Unreadable, match="no text"):
        read(text)


def test_where_only_the_document_has_the_text_it_is_named():
    with pytest.raises(Unreadable, match=r"Read https://pm\.example/7\.pdf instead"):
        read(xml("", document="https://pm.example/7.pdf"))


@pytest.mark.parametrize(
    ("number", "least", "most"),
    [(41083, 29, 30), (16741, 348, 351), (4626, 55, 100), (23393, 35, 45), (12205, 30, 40)],
)
def test_real_transcripts_have_their_paragraphs(shared: Path, number: int, least: int, most: int):
    content = (shared / "wild" / f"au_pm_{number}.xml").read_bytes()
    (extract,) = read_pm_transcripts(Source(name="a.xml", content=content))
    assert least <= len(extract.blocks) <= most


def test_a_doorstop_is_a_press_conference_whatever_its_type():
    extract = read(xml("<p>PM: Hello.</p>", title="Doorstop Interview, Port Ellin"))
    assert claim(extract, Field.KIND).value == "press conference"
