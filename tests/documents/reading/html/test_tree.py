import pytest

from documents.model import Unreadable
from documents.reading.html.tree import DEEPEST, Page, parse


def test_letters_are_counted_without_white_space_and_scripts() -> None:
    body = Page(parse("<p>ab <b>c</b></p><a>de</a><script>xyz</script>")).body
    assert (body.letters, body.linked) == (5, 2)


def test_a_page_nested_as_deep_as_is_allowed_is_read() -> None:
    # The html and the body element are two more levels.
    levels = DEEPEST - 2
    body = Page(parse("<div>" * levels + "words" + "</div>" * levels)).body
    assert body.text() == "words"


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<b>", "<table><tr><td>", "<span>"])
def test_deep_nesting_is_refused_at_once(tags: str) -> None:
    """The parser would take minutes for 200,000 levels of ``<div>``."""
    with pytest.raises(Unreadable, match="nested more than 500 levels"):
        parse(tags * 200_000 + "words")


def test_many_elements_that_close_one_another_are_not_deep() -> None:
    body = Page(parse("<ul>" + "<li>x" * 6000 + "</ul>" + "<p>y" * 6000)).body
    assert body.letters == 12_000


def test_every_character_is_kept() -> None:
    """Spaces that do not break, joiners, soft hyphens and marks of direction are the author's."""
    text = "45\u00ad\u2011 to\u00a050 \u062c\u0627\u0626\u06d2\u200c\u06af\u06cc \u200f(\u202f)"
    assert Page(parse(f"<p>{text}</p>")).body.raw() == text


def test_half_a_character_does_not_stop_the_reading() -> None:
    assert "a" in Page(parse("<p>a\ud800b")).body.text()


def test_what_stands_in_noscript_is_no_part_of_the_page() -> None:
    page = Page(parse("<html><head><noscript><img></noscript><title>T</title></head><body>x"))
    assert (page.title, page.body.text()) == ("T", "x")
