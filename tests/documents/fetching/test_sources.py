"""What a source may be, and what is said of one that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from documents import Followed, read_followed
from documents.fetching.claiming import with_claims
from documents.fetching.sources import user_agent
from documents.model import Claim, Extract, Field
from index import InvalidField

URL = "https://example.org/feed.xml"


def test_an_address_alone_is_a_source_that_is_asked_every_hour() -> None:
    assert read_followed(URL) == read_followed({"url": URL}) == Followed(url=URL, every=3600)


@pytest.mark.parametrize(
    ("written", "seconds"), [("10m", 600), ("90m", 5400), ("6h", 21_600), ("30d", 2_592_000)]
)
def test_how_often_is_written_in_minutes_hours_or_days(written: str, seconds: int) -> None:
    assert read_followed({"url": URL, "every": written}).every == seconds


@pytest.mark.parametrize(
    "every", ["9m", "31d", "1", "h", "1 h", "1w", "-1h", "٣h", ["1h"], "99999h"]
)
def test_other_ways_and_times_are_refused(every: object) -> None:
    with pytest.raises(InvalidField, match="10m to 30d") as refused:
        read_followed({"url": URL, "every": every})
    assert refused.value.field == "every"


@pytest.mark.parametrize(
    ("raw", "field", "repair"),
    [
        ({}, "url", "Write {url:"),
        ([], "url", "Write {url:"),
        (None, "url", "Write {url:"),
        ("feed.xml", "url", "whole address"),
        ("ftp://example.org/", "url", "whole address"),
        ("https://me:secret@example.org/", "url", "whole address"),
        ({"url": URL, "trust": "yes"}, "trust", "Give one of them"),
        ({"url": URL, "trusted": "true"}, "trusted", "Did you mean “trust”?"),
        ({"url": URL, "colour": "red"}, "colour", "There are: url, every, trust"),
        ({"url": URL, "kind": "remark"}, "kind", "“remarks”"),
        ({"url": URL, "language": "english!"}, "language", "Write en"),
        ({"url": URL, "speaker": "; Minister"}, "speaker", "Write “name; role”"),
        ({"url": URL, "speaker": []}, "speaker", "Write “name; role”"),
        ({"url": URL, "publisher": ["a"]}, "publisher", "one line"),
    ],
)
def test_what_is_wrong_with_a_source_is_told(raw: Any, field: str, repair: str) -> None:
    with pytest.raises(InvalidField) as refused:
        read_followed(raw)
    assert refused.value.field == field
    assert repair in refused.value.repair


def test_several_speakers_are_several_claims() -> None:
    source = read_followed({"url": URL, "speaker": ["Nadia Rahman; Minister", "Ayesha Noor"]})
    assert [one.value for one in source.claims] == ["Nadia Rahman; Minister", "Ayesha Noor"]


def test_the_sites_are_told_who_asks() -> None:
    assert user_agent().startswith("OnRecord")
    assert user_agent("https://desk.example/bot").endswith("; https://desk.example/bot)")


def claim(field: Field, value: str, *, certain: bool = True) -> Claim:
    return Claim(field=field, value=value, where="here", certain=certain)


def test_the_settings_come_before_the_document_and_that_before_the_feed() -> None:
    own = (
        claim(Field.SPEAKER, "Web Team"),
        claim(Field.TITLE, "On ferries"),
        claim(Field.PUBLISHER, "Ports Gazette", certain=False),
    )
    settings = (claim(Field.SPEAKER, "Nadia Rahman"),)
    feed = (
        claim(Field.TITLE, "Ferries"),
        claim(Field.SPEAKER, "Desk"),
        claim(Field.PUBLISHER, "Ministry of Ports"),
        claim(Field.DATE, "2026-11-27"),
    )
    told = with_claims(Extract(claims=own), settings, feed)
    assert told.claims == (*settings, *own[1:], *feed[2:])


def test_a_page_that_tells_its_day_needs_no_other_from_the_feed() -> None:
    own = (claim(Field.PUBLISHED, "2026-11-27"),)
    feed = (claim(Field.DATE, "2026-11-28"), claim(Field.PUBLISHED, "2026-11-28"))
    assert with_claims(Extract(claims=own), (), feed).claims == own
