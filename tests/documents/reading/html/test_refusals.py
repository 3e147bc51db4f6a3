import pytest
from made_pages import PARAGRAPHS, TEXT, page, read, texts

from documents.model import Unreadable


def shown(title: str, body: str) -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


CHECKS = [
    shown("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript>"),
    shown("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"),
    shown("www.vald.example", "<p>Verify you are human by completing the action below.</p>"),
    shown("Access Denied", "<h1>Access Denied</h1>You don't have permission to access this page."),
    shown("", '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script><p>Wait</p>'),
    shown("News", "<p>Please complete the CAPTCHA to go on.</p>"),
    shown("Pardon Our Interruption", "<p>Something about your browser made us think of a bot.</p>"),
]


@pytest.mark.parametrize("html", CHECKS)
def test_a_robot_check_is_refused_as_one(html: str) -> None:
    with pytest.raises(Unreadable, match="robot check") as refusal:
        read(html)
    assert "save it there" in refusal.value.repair


def test_a_text_about_such_a_check_is_read() -> None:
    text = TEXT.replace("Monday", "Monday; a captcha asks whether you are a human or a robot")
    assert len(texts(page(f"<article><h1>On captchas</h1>{text}</article>"))) == len(PARAGRAPHS)


def test_a_short_statement_on_a_resolution_is_read() -> None:
    """“502” in a title is an error of a server only where it says so."""
    assert texts(shown("Resolution 502", "<p>It is observed.</p>")) == ["It is observed."]


def test_a_login_is_refused() -> None:
    form = "<form><p>Please sign in to read on.</p><input type=password></form>"
    with pytest.raises(Unreadable, match="page to log in"):
        read(shown("Sign in", form))


@pytest.mark.parametrize("title", ["404 Not Found", "Page not found - Ministry", "Error 503"])
def test_an_error_page_is_refused(title: str) -> None:
    with pytest.raises(Unreadable, match="shows an error"):
        read(shown(title, "<p>The page that you look for is not here.</p>"))


def test_a_page_that_a_script_would_fill_is_refused() -> None:
    body = "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"
    with pytest.raises(Unreadable, match="a script would load its text"):
        read(shown("Ministry", body))
