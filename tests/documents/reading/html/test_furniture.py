import pytest

from documents.model import Why
from documents.reading.html.furniture import furniture, judge_of
from documents.reading.html.tree import Element, Page, parse


def element(html: str) -> Element:
    body = Page(parse(html)).body
    return next(one for one in body.within() if "x" in one.get("id"))


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<nav id=x>", Why.NAVIGATION),
        ("<header id=x>", Why.HEADER),
        ("<article><header id=x>", None),
        ("<footer id=x>", Why.FOOTER),
        ("<blockquote><footer id=x>", None),
        ("<div id=x role=navigation>", Why.NAVIGATION),
        ("<div id=x class='post-tags'>", Why.NAVIGATION),
        ("<div id=x class='shareBar'>", Why.NAVIGATION),
        ("<div id=x class='cookie_notice'>", Why.ADVERTISING),
        ("<p id=x class='wp-caption-text'>", None),
        ("<p id=x class='wp-caption'>", Why.CAPTION),
        ("<div id=x class='has-sidebar'>", None),
        ("<div id=x class='sticky-sidebar-parent'>", None),
        ("<div id=x class='news-content'>", None),
        ("<div id=x class='read-more'>", Why.NAVIGATION),
        ("<p id=x class='partager'>", Why.NAVIGATION),
        ("<main id=x class='sidebar'>", None),
        ("<div id=x class='stages'>", None),
    ],
)
def test_elements_are_told_by_tags_roles_and_names(html: str, why: Why | None) -> None:
    assert furniture(element(html)) is why


def test_what_holds_most_of_the_page_stays() -> None:
    body = Page(parse("<div class=widget>most of the page</div><nav>rest</nav>")).body
    judge = judge_of(body)
    widget, nav = (one for one in body.children if isinstance(one, Element))
    assert (judge(widget), judge(nav)) == (None, Why.NAVIGATION)


def test_what_was_voted_to_be_text_stays() -> None:
    body = Page(parse("<nav>text</nav><div>much more than that</div>")).body
    nav = body.first("nav")
    assert nav is not None
    assert judge_of(body, {nav})(nav) is None
