"""GOV.UK's Content API: the days, the speaker without honours, and every change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from documents.model import BlockKind, Extract, Field, Source, Unreadable, Why
from documents.reading.content_api import plain_name, read_content_api


def page(**changes: Any) -> dict[str, Any]:
    """Return a page with *changes*; those of "details" are merged."""
    details = {"body": "<p>The mast is open.</p>", **changes.pop("details", {})}
    return {"title": "On masts", "base_path": "/government/speeches/masts", **changes} | {
        "details": details
    }


def read(content: object) -> Extract:
    """Return what is read from *content* as JSON."""
    (extract,) = read_content_api(Source(name="a.json", content=json.dumps(content).encode()))
    return extract


def values(extract: Extract, field: Field) -> list[str]:
    """Return what is claimed of *field*."""
    return [claim.value for claim in extract.claims if claim.field is field]


def said(extract: Extract) -> list[str]:
    """Return the warnings."""
    return [warned.text for warned in extract.warnings]


def test_the_made_speech_is_read_whole(shared: Path):
    content = (shared / "made" / "content-api.json").read_bytes()
    (extract,) = read_content_api(Source(name="a.json", content=content))
    assert {claim.field: claim.value for claim in extract.claims if claim.certain} == {
        Field.TITLE: "Minister’s speech on coastal radar",
        Field.DATE: "2025-09-15",
        Field.PUBLISHED: "2025-09-16",
        Field.MODIFIED: "2025-09-18",
        Field.KIND: "remarks",
        Field.SPEAKER: "Noor Halvorsen",
        Field.PUBLISHER: "Department for the Coast",
        Field.URL: "https://www.gov.uk/government/speeches/minister-on-coastal-radar",
        Field.LANGUAGE: "en",
    }
    assert [(block.kind, block.text[:12]) for block in extract.blocks] == [
        (BlockKind.PARAGRAPH, "I want to ta"),
        (BlockKind.HEADING, "Why it matte"),
        (BlockKind.PARAGRAPH, "It sees boat"),
        (BlockKind.NOTE, "Trial of May"),
        (BlockKind.ITEM, "• range: 60 "),
        (BlockKind.ITEM, "• crew: none"),
    ]
    assert [(left.text, left.why) for left in extract.left_out] == [
        ("Read the consultation.", Why.ADVERTISING)
    ]
    assert "change: Corrected the range of the radar from 50 to 60 nautical miles." in said(extract)
    assert "Transcript of the speech, exactly as it was delivered" in said(extract)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Rt Hon Noor Halvorsen MP", "Noor Halvorsen"),
        ("The Right Honourable Noor Halvorsen KC MP", "Noor Halvorsen"),
        ("Rt. Hon. Sir Alan Quill KCB, CBE", "Sir Alan Quill"),
        ("The Rt Hon the Lord Quill PC", "Lord Quill"),
        ("His Excellency Alan Quill", "Alan Quill"),
        ("Honor Hone", "Honor Hone"),
        ("Harbour Board", "Harbour Board"),
    ],
)
def test_honours_are_no_part_of_a_name(title: str, name: str):
    assert plain_name(title) == name


def test_the_first_note_of_a_history_is_no_change():
    first = {"public_timestamp": "2025-09-16T12:00:00Z", "note": "First published."}
    extract = read(page(details={"change_history": [first]}))
    assert said(extract) == []
    assert values(extract, Field.MODIFIED) == []


def test_every_later_change_is_told_the_latest_first():
    notes = [
        {"public_timestamp": "2025-09-16T12:00:00Z", "note": "First published."},
        {"public_timestamp": "2025-10-01T12:00:00Z", "note": "Added a date."},
        {"public_timestamp": "2025-09-20T12:00:00Z", "note": "Added a map."},
    ]
    extract = read(page(details={"change_history": notes}))
    assert said(extract) == ["change: Added a date.", "change: Added a map."]
    assert values(extract, Field.MODIFIED) == ["2025-10-01"]


def test_an_update_without_a_note_is_told():
    extract = read(
        page(first_published_at="2025-09-16T12:00:00Z", public_updated_at="2025-09-20T12:00:00Z")
    )
    assert values(extract, Field.MODIFIED) == ["2025-09-20"]
    assert "updated 2025-09-20" in said(extract)[0]


def test_a_withdrawn_page_says_so():
    notice = {"explanation": "<p>It was <b>wrong</b>.</p>", "withdrawn_at": "2026-01-02T00:00:00Z"}
    assert said(read(page(withdrawn_notice=notice))) == ["withdrawn 2026-01-02: It was wrong."]
    assert said(read(page(withdrawn_notice={}))) == []


def test_attachments_are_named_and_alone_they_are_no_text():
    attached = {"attachments": [{"url": "/government/uploads/report.pdf", "title": "Report"}]}
    assert (
        "https://www.gov.uk/government/uploads/report.pdf" in said(read(page(details=attached)))[0]
    )
    with pytest.raises(Unreadable, match=r"Add https://www\.gov\.uk/.*report\.pdf instead"):
        read(page(details={"body": "", **attached}))


def test_people_whom_news_is_about_are_not_certainly_its_speakers():
    extract = read(page(document_type="news_story", links={"people": [{"title": "Edda Priel MP"}]}))
    (told,) = (claim for claim in extract.claims if claim.field is Field.SPEAKER)
    assert (told.value, told.certain) == ("Edda Priel", False)


def test_a_speaker_without_a_page_is_one():
    extract = read(page(details={"speaker_without_profile": "Edda Priel"}))
    assert values(extract, Field.SPEAKER) == ["Edda Priel"]


def test_midnight_in_british_summer_is_told():
    """The interface gives midnight in London as 11 p.m. of the day before."""
    extract = read(page(details={"delivered_on": "2012-05-10T23:00:00.000Z"}))
    assert values(extract, Field.DATE) == ["2012-05-10"]
    assert "the day after" in said(extract)[0]


def test_the_parts_of_a_guide_are_read_under_their_titles():
    parts = [{"title": "Masts", "body": "<p>One.</p>"}, {"title": "Hills", "body": "<p>Two.</p>"}]
    extract = read(page(details={"body": None, "parts": parts}))
    assert [block.text for block in extract.blocks] == ["Masts", "One.", "Hills", "Two."]


def test_a_body_in_several_types_is_read_as_html():
    body = [
        {"content_type": "text/govspeak", "content": "*One.*"},
        {"content_type": "text/html", "content": "<p><em>One.</em></p>"},
    ]
    assert [block.text for block in read(page(details={"body": body})).blocks] == ["One."]


def test_a_box_that_nothing_closes_is_left_out_to_the_end():
    body = '<p>One.</p><div class="call-to-action"><div>Sign up</div>'
    assert [block.text for block in read(page(details={"body": body})).blocks] == ["One."]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'{"details": 1}', b'{"details": {}}', b"[" * 100_000]
)
def test_what_is_no_page_is_refused(content: bytes):
    with pytest.raises(Unreadable):
        read_content_api(Source(name="a.json", content=content))


@pytest.mark.parametrize("wrong", [1, "text", [1, None], {"a": 1}, None, True])
def test_fields_of_another_type_are_passed_over(wrong: object):
    keys = ("title", "base_path", "locale", "first_published_at", "document_type", "links")
    changes: dict[str, Any] = dict.fromkeys(keys, wrong)
    inside = ("change_history", "attachments", "delivered_on", "parts", "speech_type_explanation")
    extract = read(page(**changes, withdrawn_notice=wrong, details=dict.fromkeys(inside, wrong)))
    assert extract.blocks[0].text == "The mast is open."
