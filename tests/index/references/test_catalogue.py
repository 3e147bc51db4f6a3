"""What was amended or withdrawn is still found by its name, and never as if it were current."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from made_statements import sharing, statement

from index.model.record import Record
from index.model.statement import Statement
from index.references.reference import references
from index.search import Index

DAY, LATER = datetime.date(2025, 3, 4), datetime.date(2025, 4, 1)
FIRST = ["The quay is long.", "It opens in March.", "Boats stay.", "Nobody swims there."]
SECOND = ["The quay is long.", "It opens in April.", "Boats stay."]
THIRD = ["The quay is long.", "It opens in May.", "Boats stay."]


def version(texts: list[str], amended: datetime.date | None = None, **known: str) -> Statement:
    return replace(statement("quay", texts, **known), amended=amended)


def code(texts: list[str], number: int) -> str:
    return references("quay", texts)[number - 1]


def index_of(*current: Statement, earlier: tuple[Statement, ...] = ()) -> Index:
    return Index(Record.of(current, earlier=earlier))


@pytest.fixture(scope="module")
def amended() -> Index:
    return index_of(version(THIRD), earlier=(version(FIRST, DAY), version(SECOND, LATER)))


def test_an_earlier_paragraph_is_told_as_it_stood_with_the_day(amended: Index) -> None:
    found = amended.amended(code(FIRST, 2))
    assert found is not None
    (hit,) = found.earlier
    assert hit.paragraph.text == "It opens in March."
    assert (hit.citation.amended, hit.citation.reference) == (DAY, code(FIRST, 2))
    assert (hit.citation.paragraph, hit.citation.paragraphs) == (2, 4)
    assert found.statements == (amended.paragraph("quay", 1),)
    (later,) = amended.amended(f"as in ref {code(SECOND, 2)}, he said").earlier
    assert (later.paragraph.text, later.citation.amended) == ("It opens in April.", LATER)


def test_what_still_stands_is_found_in_the_current_text(amended: Index) -> None:
    for number in (1, 3):
        assert amended.amended(code(FIRST, number)) is None
        (hit,) = amended.look_up(code(FIRST, number))
        assert hit == amended.paragraph("quay", number)
        assert hit.citation.amended is None


def test_what_stood_twice_was_replaced_when_it_last_stood() -> None:
    index = index_of(version(THIRD), earlier=(version(FIRST, DAY), version(FIRST, LATER)))
    (hit,) = index.amended(code(FIRST, 2)).earlier
    assert hit.citation.amended == LATER


def test_a_number_that_only_an_earlier_version_has_is_told_as_it_stood(amended: Index) -> None:
    found = amended.amended("quay#4")
    assert found is not None
    assert found.reference == code(FIRST, 4)
    assert [hit.paragraph.text for hit in found.earlier] == ["Nobody swims there."]
    for name in ("quay#2", "quay#5", "quay#0", "quay#x", "quay", "quai#4", "quay#99999999999"):
        assert amended.amended(name) is None, name


def test_earlier_words_are_never_searched(amended: Index) -> None:
    assert amended.searched.paragraphs == 3
    assert amended.ask("May").hits[0].paragraph.text == "It opens in May."
    for question in ("March", "swims", '"opens in April"'):
        answer = amended.ask(question)
        assert {hit.citation.amended for hit in answer.hits} <= {None}
        assert not any("April" in hit.paragraph.text for hit in answer.hits)
    assert amended.ask("swims").hits == ()


@pytest.mark.parametrize("name", [code(FIRST, 2), code(FIRST, 2).lower(), "quay#4"])
def test_who_asks_for_what_was_amended_gets_it_but_no_answer(amended: Index, name: str) -> None:
    answer = amended.ask(name)
    assert not answer.answered
    assert answer.hits == amended.amended(name).earlier
    assert answer.suggestions == ()


def test_a_reference_of_no_kept_version_is_told_to_be_amended_as_before(amended: Index) -> None:
    found = amended.amended(code(["Struck out."], 1))
    assert found is not None
    assert found.earlier == ()
    assert found.statements == (amended.paragraph("quay", 1),)


def test_of_two_statements_that_share_a_reference_the_one_that_had_it_is_told() -> None:
    one, two = sharing(["It opens in May."])
    old = replace(one, amended=DAY, paragraphs=statement(one.id, ["It opens in March."]).paragraphs)
    index = index_of(one, two, earlier=(old,))
    found = index.amended(references(one.id, ["It opens in March."])[0])
    assert [hit.citation.statement for hit in found.statements] == [one.id]


def test_versions_of_no_statement_on_record_are_not_told() -> None:
    index = index_of(statement("other", ["Words."]), earlier=(version(FIRST, DAY),))
    assert index.amended(code(FIRST, 2)) is None
    assert index.look_up(code(FIRST, 2)) == []


WHY = "Retracted by the ministry"


@pytest.fixture(scope="module")
def withdrawn() -> Index:
    quay = version(THIRD, title="On the lighthouse")
    return index_of(
        replace(quay, withdrawn=WHY),
        statement("railway", ["The railway opens in June.", "Trains run hourly."]),
        earlier=(version(FIRST, DAY),),
    )


def test_what_is_withdrawn_is_found_by_name_alone(withdrawn: Index) -> None:
    for name in ("quay", "quay#2", code(THIRD, 2)):
        answer = withdrawn.ask(name)
        assert answer.answered
        assert {hit.citation.withdrawn for hit in answer.hits} == {WHY}
    for question in ("boats", '"Boats stay"', "in:quay boats", "in:lighthouse", "lighthouse"):
        hits = withdrawn.ask(question).hits
        assert "quay" not in {hit.citation.statement for hit in hits}, question


def test_what_is_withdrawn_is_neither_counted_nor_suggested(withdrawn: Index) -> None:
    assert withdrawn.searched.statements == withdrawn.covered.statements == 1
    told = [*withdrawn.examples(), *withdrawn.ask("boats of the moon").suggestions]
    assert not any("boats" in one.lower() or "quay" in one.lower() for one in told)
    assert [one.id for one in withdrawn.record.statements] == ["railway"]


def test_around_what_is_withdrawn_one_can_read_on(withdrawn: Index) -> None:
    (hit,) = withdrawn.look_up(code(THIRD, 2))
    assert withdrawn.paragraph("quay", 1).citation.withdrawn == WHY
    assert hit.copies == ()


def test_earlier_words_of_a_withdrawn_statement_are_withdrawn_too(withdrawn: Index) -> None:
    (hit,) = withdrawn.amended(code(FIRST, 2)).earlier
    assert (hit.citation.withdrawn, hit.citation.amended) == (WHY, DAY)


def test_a_record_of_withdrawn_statements_alone_has_nothing_to_search() -> None:
    index = index_of(replace(version(THIRD), withdrawn=WHY))
    assert index.ask("boats").hits == ()
    assert index.ask("quay#2").answered
