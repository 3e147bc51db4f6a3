import pytest

from documents.reading.front_matter import claims_of_front_matter, split_front_matter


def told(front: str) -> list[tuple[str, str, bool]]:
    return [(str(one.field), one.value, one.certain) for one in claims_of_front_matter(front)]


@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_is_split_from_the_text(end: str) -> None:
    assert split_front_matter(f"---\ntitle: x\n{end}\nText") == ("title: x", "Text")


@pytest.mark.parametrize("text", ["Text", "---\nnot closed", "", "Text\n---\na: b\n---"])
def test_a_text_without_front_matter_is_whole(text: str) -> None:
    assert split_front_matter(text) == ("", text)


def test_several_speakers_are_several_claims_and_an_author_is_not_certain() -> None:
    assert told("speakers: [Ilse Maratov, Jo Reike]\nauthor: Pat Ost") == [
        ("speaker", "Ilse Maratov", True),
        ("speaker", "Jo Reike", True),
        ("speaker", "Pat Ost", False),
    ]


@pytest.mark.parametrize("line", ["date: soon", "url: door.html", "tags: [fish]", "colour: red"])
def test_what_is_no_day_no_address_and_no_kind_claims_nothing(line: str) -> None:
    assert told(line) == []


def test_what_is_not_quite_yaml_is_read_line_by_line() -> None:
    assert told("title: Remarks: a door\ndate: 2025-07-09") == [
        ("title", "Remarks: a door", True),
        ("date", "2025-07-09", True),
    ]
