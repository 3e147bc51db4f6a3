"""What is known of a statement: each field read, and each mistake with its repair."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.fields import (
    READERS,
    Fields,
    InvalidField,
    read_date,
    read_fields,
    read_id,
    read_source,
    read_speaker,
)
from index.model.statement import Kind, Origin, Paragraph, Speaker, Translation

WHOLE = {
    "title": " Remarks at the port ",
    "date": "2025-02-06",
    "published": "2025-02-07",
    "kind": "press conference",
    "speakers": [{"name": "Ayesha Noor", "role": "Spokesperson"}, "Martin Lee; Minister", "Ana"],
    "publisher": "Port Authority",
    "url": "https://example.org/a?b=1#c",
    "language": "pt-BR",
    "translation": "official",
    "source": {"url": "https://example.org/a", "file": "a.pdf", "fetched": "2025-02-08"},
    "withdrawn": " Retracted by the ministry ",
    "amended": "2025-03-04",
    "footnotes": ["Trial of May 2024.", "See the annex."],
}
SHA = "0123456789abcdef" * 4


def wrong_in(**stated: object) -> list[InvalidField]:
    """Return what is wrong with a statement that is whole but for what is *stated*."""
    return read_fields({"title": "A title", "speakers": ["Ayesha Noor"], **stated})[1]


def test_every_field_is_read() -> None:
    fields, wrong = read_fields(WHOLE)
    assert wrong == []
    assert set(WHOLE) == set(READERS)
    assert fields == Fields(
        title="Remarks at the port",
        date=datetime.date(2025, 2, 6),
        published=datetime.date(2025, 2, 7),
        kind=Kind.PRESS_CONFERENCE,
        speakers=(
            Speaker("Ayesha Noor", "Spokesperson"),
            Speaker("Martin Lee", "Minister"),
            Speaker("Ana"),
        ),
        publisher="Port Authority",
        url="https://example.org/a?b=1#c",
        language="pt-BR",
        translation=Translation.OFFICIAL,
        source=Origin(url="https://example.org/a", file="a.pdf", fetched=datetime.date(2025, 2, 8)),
        withdrawn="Retracted by the ministry",
        amended=datetime.date(2025, 3, 4),
        footnotes=("Trial of May 2024.", "See the annex."),
    )


@pytest.mark.parametrize(
    ("source", "what", "repair"),
    [
        ("a.pdf", "does not say what it is", "{url: …, file: …, fetched: 2025-02-07, sha256: …}"),
        ({}, "source is empty", "{url:"),
        ({"file": None}, "source is empty", "{url:"),
        ({"link": "a"}, "not a part of a source", "The parts are: url, file, fetched, sha256."),
        ({"fetch": "2025-02-07"}, "not a part of a source", "Did you mean “fetched”?"),
        ({"fetched": "7.2.2025"}, "this is not a date", "year-month-day"),
        ({"url": "a.html"}, "this is not the address of a page", "the whole address"),
        ({"url": "https://[/"}, "this is not the address of a page", "the whole address"),
        ({"url": "https://me:word@example.org/"}, "a name before the host", "without it"),
        ({"sha256": SHA[1:]}, "this is not a SHA-256", "64 digits"),
        ({"file": "a\tb"}, "Telegram would change a tab", "Remove it."),
    ],
)
def test_a_source_that_cannot_be_read_is_told_with_its_repair(
    source: object, what: str, repair: str
) -> None:
    (wrong,) = wrong_in(source=source)
    assert (wrong.field, what in wrong.what, repair in wrong.repair) == ("source", True, True)


def test_a_source_may_be_on_any_host_and_its_digits_in_capitals() -> None:
    """Nobody follows its link."""
    read = read_source({"url": "http://localhost:8000/a?b", "sha256": SHA.upper()})
    assert read == Origin(url="http://localhost:8000/a?b", sha256=SHA)


@pytest.mark.parametrize(
    ("why", "what"),
    [
        ("", "withdrawn is empty"),
        ("One.\nTwo.", "more than one line"),
        ("a" * 301, "longer than 300"),
    ],
)
def test_why_a_statement_is_withdrawn_is_a_line(why: str, what: str) -> None:
    (wrong,) = wrong_in(withdrawn=why)
    assert what in wrong.what


def test_fields_and_paragraphs_make_a_statement() -> None:
    fields, _ = read_fields(WHOLE)
    statement = fields.statement("an-id", [Paragraph(1, "Yes.", Speaker("Ana"))])
    assert (statement.id, statement.title, statement.url) == ("an-id", fields.title, fields.url)
    assert statement.translation is Translation.OFFICIAL


def test_what_is_not_stated_keeps_its_default() -> None:
    fields, wrong = read_fields({"title": "T", "speakers": ["A"], "date": None, "kind": None})
    assert wrong == []
    assert fields == Fields(title="T", speakers=(Speaker("A"),))


def test_each_missing_and_each_wrong_field_gives_one_error_of_its_own() -> None:
    fields, wrong = read_fields({"date": "soon", "kind": "novel", "colour": "blue"})
    assert [error.field for error in wrong] == ["date", "kind", "colour", "title", "speakers"]
    assert all(error.repair for error in wrong)
    assert fields == Fields()


def test_a_required_field_that_is_wrong_is_not_reported_as_missing_too() -> None:
    _, wrong = read_fields({"title": " ", "speakers": []})
    assert [(error.field, error.what) for error in wrong] == [
        ("title", "title is empty"),
        ("speakers", "there is no speaker"),
    ]


@pytest.mark.parametrize(
    ("field", "meant"),
    [("Title", "title"), ("speaker", "speakers"), ("pubished", "published"), ("link", "")],
)
def test_an_unknown_field_is_reported_with_what_was_meant(field: str, meant: str) -> None:
    (error,) = wrong_in(**{field: "x"})
    assert error.what == "this is not a field of a statement"
    assert error.fragment == f"“{field}”"
    expected = f"Did you mean “{meant}”?" if meant else f"The fields are: {', '.join(READERS)}."
    assert error.repair == expected


@pytest.mark.parametrize(
    ("kind", "repair"),
    [
        ("Report", "Did you mean “report”?"),
        ("remark", "Did you mean “remarks”?"),
        ("press conferences", "Did you mean “press conference”?"),
        ("novel", f"Choose one of: {', '.join(Kind)}."),
    ],
)
def test_an_unknown_kind_is_reported_with_what_was_meant(kind: str, repair: str) -> None:
    (error,) = wrong_in(kind=kind)
    assert (error.field, error.what, error.repair) == ("kind", "there is no such kind", repair)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("kind", "novel", "“novel”"),
        ("date", "soon", "“soon”"),
        ("date", "2025-02-30", "“2025-02-30”"),
        ("url", "example", "“example”"),
        ("title", "a\nb", "“a\\x{a}b”"),
        ("title", "the\troad", "“the\\x{9}road”"),
        ("speakers", [{"role": "Minister"}], "“role: Minister”"),
        ("speakers", [{"name": "A", "age": 4}], "“name: A, age: 4”"),
        ("title", ["a"], "“['a']”"),
        ("title", "", ""),
    ],
)
def test_a_mistake_shows_what_was_written(field: str, value: object, shown: str) -> None:
    (error,) = wrong_in(**{field: value})
    assert (error.field, error.fragment) == (field, shown)


@pytest.mark.parametrize("number", [2, 500])
def test_a_mistake_in_many_speakers_is_told_of_the_speakers(number: int) -> None:
    (error,) = wrong_in(speakers=[*["A"] * (number - 1), ""])
    assert error.field == "speakers"


def test_an_unknown_sort_of_translation_is_told() -> None:
    (error,) = wrong_in(translation="oficial")
    assert error.repair == "Did you mean “official”?"


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("2025-02-30", "there is no such day"),
        ("2025-13-01", "there is no such day"),
        ("0000-01-01", "there is no such day"),
        ("6 February 2025", "this is not a date"),
        ("2025-2-6", "this is not a date"),
        ("20250206", "this is not a date"),
        ("2025-02-06T10:00", "this is not a date"),
        ("", "this is not a date"),
        (2025, "this is not a date"),
        ([], "this is not a date"),
    ],
)
def test_what_is_no_date_is_reported(written: object, what: str) -> None:
    for field in ("date", "published"):
        (error,) = wrong_in(**{field: written})
        assert (error.field, error.what) == (field, what)


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: datetime.date) -> None:
    """A round trip."""
    assert read_date(f" {day.isoformat()} ") == day


@pytest.mark.parametrize(
    ("value", "speaker"),
    [
        ("Ayesha Noor", Speaker("Ayesha Noor")),
        (" Ayesha Noor ; Spokesperson; acting ", Speaker("Ayesha Noor", "Spokesperson; acting")),
        ({"name": "Ayesha Noor", "role": None}, Speaker("Ayesha Noor")),
        ({"name": "Noor; Lee"}, Speaker("Noor; Lee")),
    ],
)
def test_a_speaker_is_a_name_and_perhaps_a_role(value: object, speaker: Speaker) -> None:
    assert read_speaker(value) == speaker


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("", "a speaker needs a name"),
        ("; Spokesperson", "a speaker needs a name"),
        (" ; Spokesperson", "speakers is empty"),
        ({"role": "Spokesperson"}, "a speaker needs a name"),
        (None, "a speaker needs a name"),
        (["Ayesha Noor"], "a speaker needs a name"),
        ({"name": ["Ayesha"]}, "this should be plain text"),
        ({"name": "Ayesha", "age": 40}, "a speaker has a name and a role, not “age”"),
        ({"name": "Ayesha\nNoor"}, "speakers is more than one line"),
        ({"name": "Ayesha\tNoor"}, "Telegram would change a tab here"),
        ({"name": "Ayesha \ud800"}, "Telegram would change the control character U+D800 here"),
    ],
)
def test_what_is_no_speaker_is_reported(value: object, what: str) -> None:
    with pytest.raises(InvalidField) as caught:
        read_speaker(value)
    assert (caught.value.field, caught.value.what) == ("speakers", what)


@pytest.mark.parametrize("written", ["Ayesha Noor", {"name": "Ayesha Noor"}])
def test_one_speaker_need_not_be_a_list(written: object) -> None:
    assert read_fields({"title": "T", "speakers": written})[0].speakers == (Speaker("Ayesha Noor"),)


@pytest.mark.parametrize(
    "url",
    [
        *("example.org", "ftp://example.org", "https://localhost/x", "https://", "http://[::1"),
        *("https://exa mple.org", 'https://example.org/"', "javascript:alert(1)", "https://."),
        *("https://example.org/<b>", f"https://example.org/{'a' * 2048}", "mailto:a@b.org"),
    ],
)
def test_what_telegram_would_not_link_is_reported(url: str) -> None:
    (error,) = wrong_in(url=url)
    assert error.field == "url"
    assert error.fragment


@pytest.mark.parametrize("language", ["english!", "e", "engl", "en_US", "en-", "中文"])
def test_what_is_no_language_tag_is_reported(language: str) -> None:
    (error,) = wrong_in(language=language)
    assert (error.field, error.fragment) == ("language", f"“{language}”")


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("x" * 1001, "title is longer than 1000 characters"),
        ("One\ntwo", "title is more than one line"),
        ("One\ttwo", "Telegram would change a tab here"),
        (["One"], "this should be plain text"),
        ({"one": "two"}, "this should be plain text"),
    ],
)
def test_a_title_is_one_clean_line(title: object, what: str) -> None:
    (error,) = wrong_in(title=title)
    assert (error.field, error.what) == ("title", what)


def test_a_whole_number_is_plain_text_too() -> None:
    """JSON makes it of a year that an operator wrote without marks."""
    assert read_fields({"title": 2025, "speakers": "A"})[0].title == "2025"


@pytest.mark.parametrize("value", [26.5, True, False])
@pytest.mark.parametrize("field", ["title", "publisher", "language", "url"])
def test_truths_and_fractions_are_no_text(value: object, field: str) -> None:
    """A number has lost what was written: "1.10" has become 1.1."""
    (error,) = wrong_in(**{field: value})
    assert (error.field, error.what) == (field, "this should be plain text")


@pytest.mark.parametrize(
    "value", ["2025-02-24-remarks", "a", "A.b_c-9", "公路", "हिन्दी", "x" * 120]
)
def test_an_id_is_letters_digits_dots_dashes_and_underscores(value: str) -> None:
    assert read_id(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *("", "../../x", "..", ".hidden", "a/b", "a\\b", "-a", "_a", "a b", "a\n", "a\x00", "~a"),
        *("x" * 121, None, 5, ["a"], "a:b", "C:", "\u0301a"),
    ],
)
def test_what_could_be_taken_for_a_path_is_no_id(value: object) -> None:
    with pytest.raises(InvalidField) as caught:
        read_id(value)
    assert caught.value.field == "id"
    assert caught.value.repair


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(sorted(READERS)), st.text(max_size=8)),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["name", "role", "x"]), inner, max_size=3)
            ),
            max_leaves=6,
        ),
        max_size=6,
    )
)
def test_any_fields_are_read_or_reported(raw: dict[str, object]) -> None:
    fields, wrong = read_fields(raw)
    assert isinstance(fields, Fields)
    told = {error.field for error in wrong}
    assert set(raw) - set(READERS) <= told
    assert {"title", "speakers"} <= told | {name for name in raw if getattr(fields, name, None)}
    assert all(error.what and error.repair and str(error) for error in wrong)


def test_an_id_fits_the_disk() -> None:
    """File systems count bytes, 255 of them, where an id counts characters."""
    assert read_id("路" * 80) == "路" * 80
    with pytest.raises(InvalidField):
        read_id("路" * 81)


@pytest.mark.parametrize(
    "unseen",
    [
        *(
            "\u200b",
            "\u2800",
            "\u2800\u2800 \u2800",
            "\u200b\u2060\u00ad",
            "\u3164",
            "\u115f\u1160",
        ),
        *(
            "\uffa0",
            "\u034f",
            "\u180e",
            "\u2066\u2069",
            "\ufe0f",
            "\U000e0041",
            "\x7f\x9b",
        ),
    ],
)
@pytest.mark.parametrize("field", ["title", "publisher", "speakers"])
def test_what_cannot_be_seen_is_no_name(field: str, unseen: str) -> None:
    """A citation would name nobody."""
    for value in (unseen, [{"name": unseen}]) if field == "speakers" else (unseen,):
        (error,) = wrong_in(**{field: value})
        assert error.field == field
        assert error.what in (f"nothing of {field} can be seen", f"{field} is empty") or (
            "Telegram would change" in error.what
        )


@pytest.mark.parametrize("name", ["-", "…", "深水港", "گوادر", "நன்றி", "A\u200bB", "🚢", "№ 7"])
def test_what_can_be_seen_is_one(name: str) -> None:
    assert wrong_in(title=name, publisher=name, speakers=[name]) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example\\@good.example/",
        "https://good.example\\.evil.example/",
        "https://good.example@evil.example/",
        "https://good.example:443@evil.example/",
        "https://user:password@good.example/",
        "https://@evil.example/",
        "https://good.example%2f@evil.example/",
        "https://good.example%00.evil.example/",
        "https://good.example\u2044.evil.example/",
        "https://good.example\u202e/elpmaxe.live",
        "https://good\u200b.example/",
        "https://good.example\x7f/",
        "https://[::ffff:1.2.3.4]/",
        "https://good.example:99999/",
        "https://good.example:port/",
        "https://.example/",
        "https://good..example/",
        "https://exa mple.org/",
        "javascript://good.example/%0aalert(1)",
    ],
)
def test_an_address_that_two_programs_may_read_in_two_ways_is_refused(url: str) -> None:
    """A reader presses the link on the word of whoever filed the statement."""
    (error,) = wrong_in(url=url)
    assert error.field == "url"


@pytest.mark.parametrize(
    "url",
    [
        "https://medium.example/@author/a-text",
        "https://example.org:8443/a?to=b@example.org#c@d",
        "http://example.org.",
        "https://bücher.example/straße",
        "https://xn--bcher-kva.example/",
        "https://192.0.2.1/a",
        "https://a_b.example.org/(x)",
    ],
)
def test_ordinary_addresses_stay_as_they_are(url: str) -> None:
    assert read_fields({**WHOLE, "url": url})[0].url == url
