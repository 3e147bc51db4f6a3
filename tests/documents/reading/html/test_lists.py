import pytest

from documents.reading.html.fragments import read_fragment
from documents.reading.html.lists import numeral


def items(html: str) -> list[str]:
    return [block.text for block in read_fragment(html).blocks]


def test_numbers_are_kept_as_printed() -> None:
    html = (
        "<ol start=15><li>Trade</li><li><p>Supply</p><ol type=a><li>chips<li>ore</ol>"
        "<p>and more</p></li><li>Peace</ol><ul><li>fish</ul>"
    )
    assert items(html) == [
        *("15. Trade", "16. Supply", "a. chips", "b. ore", "and more", "17. Peace", "• fish"),
    ]


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<ol type=i><li>x<li>x<li>x<li>x</ol>", ["i.", "ii.", "iii.", "iv."]),
        ("<ol style='list-style-type: upper-alpha'><li>x<li>x</ol>", ["A.", "B."]),
        ("<ol style='list-style:lower-latin inside'><li>x<li>x</ol>", ["a.", "b."]),
        ("<ol><li>x<li value=7>x<li>x</ol>", ["1.", "7.", "8."]),
        ("<ol reversed><li>x<li>x</ol>", ["2.", "1."]),
        ("<ol style='list-style: none'><li>x<li>x</ol>", ["x", "x"]),
        ("<ol start=99999999999999999999><li>x</ol>", ["1."]),
        ("<ol><li style='list-style-type: \"(7) \"'>x</ol>", ["(7)"]),
    ],
)
def test_a_list_is_numbered_as_a_browser_does(html: str, marks: list[str]) -> None:
    assert [item.split()[0] for item in items(html)] == marks


def test_a_mark_that_the_text_has_itself_is_not_doubled() -> None:
    assert items("<ul><li>• fish</ul><ol><li>1. ports</ol>") == ["• fish", "1. ports"]


def test_an_item_without_words_leaves_no_mark_behind() -> None:
    assert items("<ul><li></li></ul><p>Words</p>") == ["Words"]


def test_letters_and_numerals_run_on() -> None:
    assert [numeral(number, "lower-alpha") for number in (1, 26, 27, 52)] == ["a", "z", "aa", "az"]
    assert [numeral(n, "upper-roman") for n in (4, 9, 1994)] == ["IV", "IX", "MCMXCIV"]
    assert numeral(0, "lower-roman") == "0"
