"""What is wrong in JSON is taken out of it, and nothing else."""

from __future__ import annotations

import pytest

from bot.wire.json_shapes import LARGEST, Object, flag, list_of, make_readable, number, size, text

PERSON = Object({"id": number, "name": text}, {"is_bot": flag, "age": size})


@pytest.mark.parametrize(
    ("shape", "right", "wrong"),
    [
        (number, [0, -1, LARGEST - 1], [True, 1.0, "1", None, [], LARGEST, -LARGEST, 10**40]),
        (size, [0, 2**31 - 1], [-1, 2**31, False, 0.5, "0", {}]),
        (text, ["", "a", "\ufffd"], [None, 5, b"a", ["a"], {"text": "a"}]),
        (flag, [True, False], [0, 1, None, "true", []]),
    ],
)
def test_a_value_is_of_its_kind_or_not(shape, right, wrong):
    assert all(map(shape, right))
    assert not any(map(shape, wrong))


def test_what_an_object_may_have_is_taken_away_if_it_is_wrong_and_what_is_unknown_stays():
    given = {"id": 5, "name": "A", "is_bot": "no", "age": 7, "field_of_tomorrow": [{}]}
    assert PERSON(given)
    assert given == {"id": 5, "name": "A", "age": 7, "field_of_tomorrow": [{}]}


@pytest.mark.parametrize(
    "given", [{"id": 5}, {"id": "5", "name": "A"}, {"name": "A"}, {}, [], None, "A", 5]
)
def test_without_what_it_needs_it_is_no_object(given):
    assert not PERSON(given)


def test_a_list_loses_what_is_wrong_in_it():
    people = [{"id": 5, "name": "A"}, {"id": 6}, None, [], {"id": 7, "name": "B", "age": -1}]
    assert list_of(PERSON)(people)
    assert people == [{"id": 5, "name": "A"}, {"id": 7, "name": "B"}]
    assert not list_of(PERSON)({"0": {"id": 5, "name": "A"}})


def test_an_entity_stands_in_its_text():
    """Telegram counts UTF-16 code units: the ship has two."""
    marked = Object({"text": text}, {"marks": list_of(Object({}))}, marked=[("text", "marks")])
    marks = [{"offset": at, "length": length} for at, length in [(0, 4), (2, 3), (4, 1), (0, 0)]]
    given = {"text": "🚢ab", "marks": marks}
    assert marked(given)
    assert given["marks"] == [{"offset": 0, "length": 4}]


def test_a_shape_may_be_in_itself():
    letter = Object({"id": number})
    letter.may_have({"about": letter})
    given = {"id": 1, "about": {"id": 2, "about": {"id": "3"}}}
    assert letter(given)
    assert given == {"id": 1, "about": {"id": 2}}


def test_halves_of_characters_are_mended_wherever_they_stand():
    given = {"text": "a\ud800b", "more": ["\udfff", {"text": "🚢 ok", "number": 5}]}
    make_readable(given, 10)
    assert given == {"text": "a\ufffdb", "more": ["\ufffd", {"text": "🚢 ok", "number": 5}]}


def test_what_is_too_deep_is_cut_off():
    given = {"a": {"b": {"c": {"d": 1}}, "e": 1}}
    make_readable(given, 1)
    assert given == {"a": {"b": None, "e": 1}}


@pytest.mark.parametrize("given", [None, 5, "a", True])
def test_what_holds_nothing_is_left_as_it_is(given):
    make_readable(given, 1)
