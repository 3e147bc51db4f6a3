"""The same words, nearly the same, another text of the same address, and a new one."""

from __future__ import annotations

import datetime

from made_statements import statement

from documents import Draft, Likeness, OnRecord
from documents.model import Block
from index import Fields, Record, Speaker

WORDS = [
    f"Paragraph {one} tells of the harbour, the quay and pier number {one}." for one in range(20)
]


def draft(texts: list[str], *, given_id: str = "", **known: object) -> Draft:
    fields = Fields(title="T", speakers=(Speaker("Nadia Rahman"),), **known)  # type: ignore[arg-type]
    blocks = tuple(Block(text=text) for text in texts)
    return Draft(name="a", fields=fields, blocks=blocks, found_in={}, given_id=given_id)


def record() -> OnRecord:
    url = "https://example.org/a"
    return OnRecord(Record.of([statement("first", WORDS, url=url), statement("other", ["So."])]))


def likeness(one: Draft) -> tuple[str, Likeness] | None:
    alike = record().alike(one)
    return (alike.statement.id, alike.likeness) if alike else None


def test_the_same_words_are_the_same_whatever_the_white_space() -> None:
    assert likeness(draft([f"  {' '.join(WORDS)} "])) == ("first", Likeness.SAME)


def test_nearly_the_same_words_are_an_amendment() -> None:
    changed = [*WORDS[:10], "The ferry sails at nine.", *WORDS[11:]]
    assert likeness(draft(changed)) == ("first", Likeness.AMENDED)
    assert likeness(draft(WORDS[:10])) is None


def test_other_words_of_the_same_address_or_id_are_an_amendment_of_it() -> None:
    assert likeness(draft(["New."], url="https://example.org/a")) == ("first", Likeness.AMENDED)
    assert likeness(draft(["New."], given_id="other")) == ("other", Likeness.AMENDED)
    translated = draft(["Neu."], url="https://example.org/a", language="de")
    assert likeness(translated) is None


def test_other_words_of_the_same_title_and_day_are_an_amendment() -> None:
    day = datetime.date(2025, 2, 1)
    filed = statement("2025-02-01-t", ["The quay is old."])
    on_record = OnRecord(Record.of([filed, statement("undated-t", ["So."])]))
    alike = on_record.alike(draft(["The quay is new."], date=day))
    assert alike is not None
    assert (alike.statement.id, alike.why) == ("2025-02-01-t", "the same title and day")
    assert on_record.alike(draft(["The quay is new."])) is None
    two = OnRecord(Record.of([statement("2025-02-01-t", ["Old."], url="https://example.org/1")]))
    assert two.alike(draft(["New."], date=day, url="https://example.org/2")) is None


def test_a_short_text_is_like_its_own_amendment_only_by_its_words() -> None:
    assert likeness(draft(["So it is."])) is None


def test_what_is_filed_meanwhile_is_compared_with_too() -> None:
    on_record = record()
    on_record.add(statement("third", ["Later words of the ferry."]))
    on_record.add(statement("other", ["Amended words."]))
    third = on_record.alike(draft(["Later words of the ferry."]))
    assert third is not None
    assert third.statement.id == "third"
    assert on_record.alike(draft(["So."])) is None
