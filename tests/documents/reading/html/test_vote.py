import pytest
from made_pages import PARAGRAPHS, TEXT, page

from documents.model import Block
from documents.reading.html.tree import Element
from documents.reading.html.vote import Vote, vote
from documents.reading.html.walker import Placed


def placed(text: str) -> Placed:
    return Placed(Block(text=text), Element("p", {}, None))


def test_a_block_is_found_although_the_vote_changed_characters() -> None:
    ballot = Vote("45to50,000soldiersandtheirfamilies", frozenset())
    assert ballot.has(placed("45\u00ad to\u00a050,000 soldiers\u200c and their families"))


def test_a_short_block_is_found_as_a_line_only() -> None:
    ballot = Vote("Thankyouall.Thenmore", frozenset({"Thankyouall."}))
    assert ballot.has(placed("Thank you all."))
    assert not ballot.has(placed("Thank you"))


def test_an_item_is_found_without_its_mark() -> None:
    assert Vote("", frozenset({"fish"})).has(placed("16. fish"))


def test_trafilatura_keeps_the_text_and_not_what_stands_around_it() -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    ballot = vote(page(f"<article><h1>A door</h1>{TEXT}</article>"))
    assert ballot is not None
    assert all(ballot.has(placed(text)) for text in PARAGRAPHS)
    assert not ballot.has(placed("We use cookies to make this site work for you."))
