"""Tells pages without a document: a robot check, a login, an error, what a script would fill."""

from __future__ import annotations

import regex

from documents.model import Unreadable
from documents.reading.html.tree import Element, Page

#: Letters; a document that mentions such a check is longer, or does not say so in its title.
_CHECK_IS_SHORTER, _LOGIN_IS_SHORTER, _ERROR_IS_SHORTER, _EMPTY = 1500, 1200, 600, 200
#: Letters; what the words of a check may stand in without its being named one.
_CHECK_SAYS = 700
#: What the checks of Cloudflare, Akamai, Imperva, DataDome, PerimeterX, AWS and others say.
_CHECK_WORDS = regex.compile(
    r"just a moment|attention required|checking (?:your browser|if the site connection)"
    r"|verify(?:ing)? (?:that )?you(?: are|['’]re) (?:a |not a |)(?:human|robot)"
    r"|are you (?:a )?(?:human|robot)"
    r"|(?:not|n['’]t) a robot|enable javascript and cookies|security check|captcha"
    r"|needs to review the security|ddos protection by|pardon our interruption"
    r"|please enable js and disable any ad blocker|incapsula incident|unusual traffic"
    r"|press (?:&|and) hold|browser check|request unsuccessful"
    r"|you have been blocked|access (?:to this page has been |)denied"
    r"|you don['’]t have permission to access",
    regex.IGNORECASE,
)
#: Their titles, which stand over longer explanations.
_CHECK_TITLES = regex.compile(
    r"\W{0,3}(?:just a moment|attention required|access denied|ddos.guard|pardon our interruption"
    r"|(?:robot|bot|security|human|browser) (?:check|verification)|one moment,? please"
    r"|are you (?:a )?(?:human|robot)|client challenge|verify(?:ing)? you)",
    regex.IGNORECASE,
)
_CHECK_CODE = regex.compile(
    r"cf-chl|cdn-cgi/challenge-platform|_cf_chl_opt|g-recaptcha|h-captcha|px-captcha|cf-turnstile"
    r"|captcha-delivery\.com|_Incapsula_Resource|awswaf\.com|geo\.captcha|ak-challenge",
    regex.IGNORECASE,
)
_SCRIPT_WORDS = regex.compile(
    r"(?:enable|requires?|need(?:s|ed)? to enable|turn on|activate|without) javascript"
    r"|javascript (?:is |must be |has to be )?(?:required|disabled|enabled|turned off|not enabled)"
    r"|activer javascript|javascript aktivieren|habilit\w+ javascript|включите javascript",
    regex.IGNORECASE,
)
_ERROR_WORDS = regex.compile(
    r"^\W{0,3}(?:error |http )?(?:40[34]|410|50[0234])\b|\berror (?:40[34]|410|50[0234])\b"
    r"|page (?:was |is |could |can ?)?not (?:be )?found|page not available"
    r"|seite nicht gefunden|page (?:non|introuvable)|página no encontrada|страница не найдена"
    r"|service unavailable|bad gateway|internal server error",
    regex.IGNORECASE,
)
_SAVE = "Open the page in a browser, save it there, and add the saved file"


def refuse_no_document(html: str, page: Page) -> None:
    """Refuse *page*, parsed from *html*, if it shows something instead of a document.

    Raises:
        Unreadable: it does.
    """
    body, named = page.body, page.title
    letters = body.letters
    if letters < _CHECK_IS_SHORTER and _CHECK_TITLES.match(named):
        raise _robot_check()
    if letters < _CHECK_IS_SHORTER and not _is_article(body):
        _refuse_check(html, body)
        if letters < _LOGIN_IS_SHORTER and _asks_for_password(body):
            raise Unreadable("the site shows a page to log in instead of the document", _SAVE)
        if letters < _ERROR_IS_SHORTER and _ERROR_WORDS.search(named):
            raise Unreadable(
                "the site shows an error instead of the page",
                "Check the address, or open the page in a browser and save it there",
            )
        if letters < _EMPTY and _SCRIPT_WORDS.search(html):
            raise Unreadable("a script would load its text, and scripts are not run", _SAVE)


def _refuse_check(html: str, body: Element) -> None:
    """Refuse the page if it asks whether a person reads it."""
    says_so = body.letters < _CHECK_SAYS and _CHECK_WORDS.search(body.text())
    if says_so or (body.letters < _EMPTY and _CHECK_CODE.search(html)):
        raise _robot_check()


def _robot_check() -> Unreadable:
    return Unreadable("the site shows a robot check instead of the page", _SAVE)


def nothing_in_it() -> Unreadable:
    """Return the refusal of a page without text."""
    return Unreadable("there is no text in it", _SAVE)


def _asks_for_password(body: Element) -> bool:
    return any(one.tag == "input" and one.get("type") == "password" for one in body.within())


def _is_article(body: Element) -> bool:
    """Return whether *body* holds at least three paragraphs of some length, as no check does."""
    long = (one for one in body.within() if one.tag == "p" and one.letters - one.linked > 60)
    return sum(1 for _ in long) >= 3
