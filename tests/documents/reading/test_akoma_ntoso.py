"""Akoma Ntoso: each section of a debate, with speakers and offices as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.model import BlockKind, Extract, Field, Source, Unreadable
from documents.reading.akoma_ntoso import read_akoma_ntoso

META = (
    '<meta><identification><FRBRWork><FRBRdate date="2025-11-04" name="sitting"/>'
    '<FRBRauthor href="#house"/></FRBRWork><FRBRExpression>'
    '<FRBRdate date="2025-11-05" name="publication"/><FRBRlanguage language="gle"/>'
    "</FRBRExpression></identification><references>"
    '<TLCOrganization eId="house" showAs="House of Delegates"/>'
    '<TLCPerson eId="priel" showAs="Edda Priel"/><TLCPerson eId="quill" showAs="Alan Quill"/>'
    '<TLCPerson eId="chair" showAs="The Speaker"/><TLCRole eId="ports" showAs="Minister of Ports"/>'
    '</references><notes><note eId="n1"><p>See the report.</p></note></notes></meta>'
)


def read(body: str, *, kind: str = "debate", inside: str = "debateBody") -> list[Extract]:
    """Return what is read from the elements of *body*."""
    text = (
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        f"<{kind}>{META}<preface><p><docTitle>Debates of Tuesday</docTitle></p></preface>"
        f"<{inside}>{body}</{inside}></{kind}></akomaNtoso>"
    )
    return read_akoma_ntoso(Source(name="a.xml", content=text.encode()))


def section(heading: str, body: str) -> str:
    """Return a section of a debate."""
    return f"<debateSection><heading>{heading}</heading>{body}</debateSection>"


def values(extract: Extract, field: Field) -> list[str]:
    """Return what is claimed for certain of *field*."""
    return [claim.value for claim in extract.claims if claim.field is field and claim.certain]


def texts(extract: Extract) -> list[str]:
    """Return the texts of the blocks."""
    return [block.text for block in extract.blocks]


def test_the_made_debate_is_read_whole(shared: Path):
    content = (shared / "made" / "debate.akn.xml").read_bytes()
    (extract,) = read_akoma_ntoso(Source(name="a.xml", content=content))
    assert {c.field: c.value for c in extract.claims if c.field is not Field.SPEAKER} == {
        Field.TITLE: "Observers in the Selm valley",
        Field.KIND: "remarks",
        Field.DATE: "2025-11-04",
        Field.PUBLISHED: "2025-11-05",
        Field.PUBLISHER: "House of Delegates",
        Field.LANGUAGE: "en",
    }
    assert values(extract, Field.SPEAKER) == [
        "Ilse Maratov; Minister for Foreign Affairs",
        "Deputy Hana Quill",
    ]
    assert [(b.text[:8], b.turn.name, b.turn.asks) for b in extract.blocks if b.turn] == [
        ("asked ho", "Deputy Hana Quill", True),
        ("Thirty-o", "Ilse Maratov", False),
        ("Nine cam", "Ilse Maratov", False),
        ("I thank ", "Deputy Hana Quill", True),
        ("It will,", "Ilse Maratov", False),
    ]
    assert texts(extract)[3] == "I thank the Minister. Will the mandate be extended?"
    assert [left.text for left in extract.left_out] == ["(Applause)", "3.10 p.m."]


def test_each_section_is_an_extract_and_a_section_within_it_another():
    inner = section("Masts", '<speech by="#quill"><p>No mast.</p></speech>')
    outer = section("Quays", f'<speech by="#priel" as="#ports"><p>It opens.</p></speech>{inner}')
    last = section("Ice", '<speech by="#chair"><p>Order.</p></speech>')
    extracts = read(outer + last)
    assert [extract.part for extract in extracts] == ["Quays", "Masts", "Ice"]
    assert [texts(extract) for extract in extracts] == [["It opens."], ["No mast."], ["Order."]]
    assert values(extracts[0], Field.LANGUAGE) == ["ga"]


def test_a_label_is_no_word_and_names_who_is_not_in_the_references():
    body = '<speech by="#nobody"><from>Mr. Maratov:</from><p>No.</p></speech>'
    (extract,) = read(section("Quays", body))
    assert texts(extract) == ["No."]
    assert extract.blocks[0].turn is not None
    assert extract.blocks[0].turn.name == "Mr. Maratov"
    assert values(extract, Field.SPEAKER) == [], "a label names nobody for certain"


def test_what_stands_between_speeches_is_left_out():
    body = (
        '<p>Question put.</p><speech by="#quill"><p>No.</p></speech><narrative>It rose.</narrative>'
    )
    (extract,) = read(section("Quays", body))
    assert texts(extract) == ["No."]
    assert sorted(left.text for left in extract.left_out) == ["It rose.", "Question put."]


def test_lists_tables_quotations_and_notes_are_kept_apart():
    body = (
        '<speech by="#priel"><p>See<noteRef href="#n1"/> this:</p><blockList eId="l">'
        "<item><num>(a)</num><p>one</p></item><item><num>(b)</num>two</item></blockList>"
        "<table><tr><th>Quay</th><td>4</td></tr></table>"
        "<embeddedStructure><p>Quoted.</p></embeddedStructure>"
        "<p>Done<authorialNote><p>Really.</p></authorialNote>.</p></speech>"
    )
    (extract,) = read(section("Quays", body))
    assert [(block.kind, block.text) for block in extract.blocks] == [
        (BlockKind.PARAGRAPH, "See this:"),
        (BlockKind.NOTE, "See the report."),
        (BlockKind.ITEM, "(a) one"),
        (BlockKind.ITEM, "(b) two"),
        (BlockKind.ROW, "Quay | 4"),
        (BlockKind.QUOTE, "Quoted."),
        (BlockKind.PARAGRAPH, "Done."),
        (BlockKind.NOTE, "Really."),
    ]


def test_a_document_that_is_no_debate_is_one_text():
    (extract,) = read("<p>The board regrets it.</p>", kind="statement", inside="mainBody")
    assert texts(extract) == ["The board regrets it."]
    assert extract.blocks[0].turn is None
    assert values(extract, Field.TITLE) == ["Debates of Tuesday"]
    assert values(extract, Field.KIND) == []


@pytest.mark.parametrize("body", ["", section("Quays", ""), section("Quays", "<scene>x</scene>")])
def test_a_debate_without_words_is_refused(body: str):
    with pytest.raises(Unreadable, match="no text"):
        read(body)
