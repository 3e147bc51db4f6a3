"""publicwhip XML: statements, answers and debates, with speakers as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.model import Doubt, Extract, Field, Source, Unreadable
from documents.reading.publicwhip import read_publicwhip

ID = "uk.org.publicwhip"


def read(inside: str, *, name: str = "a.xml", latest: str = "yes") -> list[Extract]:
    """Return what is read from the elements *inside*."""
    doctype = '<!DOCTYPE publicwhip [<!ENTITY mdash "&#8212;">]>'
    head = f'<?xml version="1.0" encoding="ISO-8859-1"?>{doctype}'
    text = f'{head}<publicwhip scrapeversion="a" latest="{latest}">{inside}</publicwhip>'
    return read_publicwhip(Source(name=name, content=text.encode("latin-1")))


def heading(title: str, number: str, *, what: str = "debate", kind: str = "minor") -> str:
    """Return a heading."""
    return (
        f'<{kind}-heading id="{ID}/{what}/{number}" nospeaker="true">\n\t{title}\n</{kind}-heading>'
    )


def speech(words: str, speaker: str = "", *, tag: str = "speech", **attributes: str) -> str:
    """Return what *speaker* says, or nobody."""
    told = {"speakername": speaker, "speakerid": f"{ID}/member/1"} if speaker else {}
    if not speaker:
        told = {"nospeaker": "true"}
    told |= {key.replace("_", "-"): value for key, value in attributes.items()}
    written = " ".join(f'{key}="{value}"' for key, value in told.items())
    return f"<{tag} {written}>{words}</{tag}>"


def values(extract: Extract, field: Field, *, certain: bool = True) -> list[str]:
    """Return what is claimed of *field*."""
    return [c.value for c in extract.claims if c.field is field and c.certain is certain]


def turns(extract: Extract) -> list[tuple[str, bool]]:
    """Return who says each block, and whether he asks."""
    return [(b.turn.name, b.turn.asks) if b.turn else ("", False) for b in extract.blocks]


def test_a_written_statement_is_one_extract():
    head = heading("Quays", "2025-11-03a.1.0", what="wms")
    words = (
        "<p>Ice came to Umeå&mdash;<phrase class='date'>3 <I>Nov</I>ember</phrase>.</p><p>Two.</p>"
    )
    url = "https://hansard.parliament.uk/Lords/1"
    (extract,) = read(head + speech(words, "Lord Quill", url=url))
    assert extract.part == "Quays"
    assert [block.text for block in extract.blocks] == ["Ice came to Umeå—3 November.", "Two."]
    assert {c.field: c.value for c in extract.claims} == {
        Field.TITLE: "Quays",
        Field.DATE: "2025-11-03",
        Field.KIND: "statement",
        Field.SPEAKER: "Lord Quill",
        Field.PUBLISHER: "House of Lords",
        Field.URL: url,
    }


def test_the_words_of_another_minister_are_told():
    """Trap: a Lord hands in what a minister of the other House says."""
    words = (
        "<p>My right honourable friend the Minister of State, Department of Ports (Edda Priel) has "
        "today made the following Written Ministerial Statement.</p><p>The quay is open.</p>"
    )
    head = heading("Quays", "2025-11-03a.1.0", what="wms")
    (extract,) = read(head + speech(words, "Lord Quill"))
    assert values(extract, Field.SPEAKER) == ["Lord Quill"]
    assert values(extract, Field.SPEAKER, certain=False) == [
        "Edda Priel; Minister of State, Department of Ports"
    ]
    (warned,) = extract.warnings
    assert warned.text.startswith("the words are another minister's: “My right honourable friend")
    assert warned.doubt is None


def test_a_statement_of_his_own_is_not_told_as_anothers():
    head = heading("Quays", "2025-11-03a.1.0", what="wms")
    (extract,) = read(head + speech("<p>My friend has a quay. I made this statement.</p>", "Quill"))
    assert extract.warnings == ()


def test_a_written_answer_asks_and_replies():
    inside = heading("Quays", "2025-11-03a.1.0", what="wrans")
    inside += speech('<p qnum="1">To ask when it opens.</p>', "Lord Quill", tag="ques")
    inside += speech("<p>On Monday.</p>", "Baroness Priel", tag="reply")
    (extract,) = read(inside)
    assert turns(extract) == [("Lord Quill", True), ("Baroness Priel", False)]
    assert values(extract, Field.SPEAKER) == ["Baroness Priel", "Lord Quill"]


@pytest.mark.parametrize(
    "marked", [{"oral_qnum": "1"}, {"type": "Start Question"}, {"type": "Question"}]
)
def test_a_question_time_has_questions_and_answers(marked: dict[str, str]):
    office = "The Minister of Ports"
    inside = heading("ORAL ANSWERS", "2025-11-03a.1.0", kind="oral")
    inside += heading("PORTS", "2025-11-03a.1.1", kind="major")
    inside += speech("<p>The Minister was asked&mdash;</p>")
    inside += heading("Quays", "2025-11-03a.1.2")
    inside += speech("<p>When does it open?</p>", "Alan Quill", **marked)
    inside += speech("<p>On Monday.</p>", "Edda Priel", speakeroffice=office)
    inside += speech("<p>And the west quay?</p>", "Ilse Maratov")
    inside += speech("<p>Order.</p>", "Mr. Speaker")
    inside += speech("<p>On Tuesday.</p>", "Edda Priel")
    ports, quays = read(inside)
    assert ports.refused is not None
    assert [left.text for left in ports.left_out] == ["The Minister was asked—"]
    assert turns(quays) == [
        ("Alan Quill", True),
        ("Edda Priel", False),
        ("Ilse Maratov", True),
        ("Mr. Speaker", False),
        ("Edda Priel", False),
    ]
    assert values(quays, Field.SPEAKER)[0] == f"Edda Priel; {office}"


def test_a_question_of_the_lords_is_told_by_its_heading():
    inside = heading(
        "Quays\n &mdash; \n<i>Question</i>", "2025-11-03a.1", what="lords", kind="major"
    )
    inside += speech("<p>To ask when it opens.</p>", "Lord Quill")
    inside += speech("<p>On Monday.</p>", "Baroness Priel")
    (extract,) = read(inside)
    assert values(extract, Field.TITLE) == ["Quays — Question"]
    assert turns(extract) == [("Lord Quill", True), ("Baroness Priel", False)]
    assert values(extract, Field.PUBLISHER) == ["House of Lords"]


def test_what_the_clerk_writes_is_no_members_word():
    inside = heading("Ports Bill", "2025-11-03a.1.0")
    inside += speech(
        '<p>I beg to move.</p><p class="italic">Question put.</p>'
        '<p class="italic">I said this in italics.</p>',
        "Alan Quill",
    )
    inside += speech('<p class="italic">The House divided.</p>')
    inside += '<division divnumber="12"><divisioncount ayes="3" noes="2"/></division>'
    (extract,) = read(inside)
    assert [block.text for block in extract.blocks] == ["I beg to move.", "I said this in italics."]
    assert [left.text for left in extract.left_out] == [
        "Question put.",
        "The House divided.",
        "Division 12: ayes 3, noes 2",
    ]


def test_words_of_members_without_a_name_are_no_statement():
    object_ = speech("<p>Object.</p>", "Hon. Members").replace(f"{ID}/member/1", "unknown")
    debate = heading("Masts", "2025-11-03a.2.0") + speech("<p>No.</p>", "Edda Priel")
    first, second = read(heading("Quays", "2025-11-03a.1.0") + object_ + debate)
    assert (first.blocks, first.refused is None) == ((), False)
    assert second.refused is None


def test_a_table_is_rows():
    table = "<table><tbody><tr><td>Quay</td><td>4 <sup>m</sup></td></tr></tbody></table>"
    (extract,) = read(heading("Quays", "2025-11-03a.1.0") + speech(table, "Edda Priel"))
    assert [block.text for block in extract.blocks] == ["Quay | 4 m"]


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("The First Minister (Edda Priel)", "Edda Priel; The First Minister"),
        ("Edda Priel (Port Ellin) (Ind)", "Edda Priel"),
        ("Edda Priel", "Edda Priel"),
    ],
)
def test_a_scottish_name_has_an_office_or_a_seat(told: str, speaker: str):
    (extract,) = read(heading("Quays", "2025-11-03.1", what="spor") + speech("<p>No.</p>", told))
    assert values(extract, Field.SPEAKER) == [speaker]


def test_the_day_of_a_committee_is_not_that_of_the_bill():
    number = "standing2025-10-20_PORTS_05-0_2025-11-03a.1.0"
    (extract,) = read(heading("Clause 1", number, what="standing") + speech("<p>No.</p>", "Quill"))
    assert values(extract, Field.DATE) == ["2025-11-03"]


def test_without_ids_the_day_is_in_the_files_name():
    (extract,) = read(speech("<p>No.</p>", "Edda Priel"), name="debates2025-11-03a.xml")
    assert values(extract, Field.DATE) == ["2025-11-03"]


def test_an_older_version_is_doubtful():
    inside = heading("Quays", "2025-11-03a.1.0") + speech("<p>No.</p>", "Edda Priel")
    (extract,) = read(inside, latest="no")
    assert [warned.doubt for warned in extract.warnings] == [Doubt.AMENDED]


def test_two_parts_of_one_title_can_be_told_apart():
    one = heading("Quays", "2025-11-03a.1.0") + speech("<p>No.</p>", "Edda Priel")
    parts = [extract.part for extract in read(one + one.replace("a.1.0", "a.7.0"))]
    assert parts == ["Quays (2025-11-03a.1.0)", "Quays (2025-11-03a.7.0)"]


@pytest.mark.parametrize("inside", ["", "<gidredirect/>", heading("Quays", "2025-11-03a.1.0")])
def test_a_file_without_words_is_refused(inside: str):
    with pytest.raises(Unreadable, match="no text"):
        read(inside)


def test_a_real_file_has_seven_statements(shared: Path):
    content = (shared / "wild" / "uk_lordswms2009-10-26a.xml").read_bytes()
    extracts = read_publicwhip(Source(name="a.xml", content=content))
    assert [len(extract.blocks) for extract in extracts] == [8, 4, 5, 2, 6, 3, 11]
    assert all(len(extract.warnings) == 1 for extract in extracts)
    words = " ".join(block.text for extract in extracts for block in extract.blocks)
    assert "took place in Umeå in Sweden on 14 to 16 October" in words
    assert "Communities—Work in Progress" in words


def test_a_statement_that_is_repeated_in_the_lords_is_told():
    words = "My Lords, I will repeat a Statement made by my right honourable friend in the Commons."
    what = "lords"
    parts = heading("Ports", "2011-02-03a.1.0", what=what)
    parts += speech(f"<p>{words}</p>", "Lord Quill", id=f"{ID}/lords/2011-02-03a.1.1")
    (extract,) = read(parts)
    assert [one.text for one in extract.warnings if "another minister's" in one.text]
