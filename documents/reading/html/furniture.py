"""Tells what of a page stands around its text: navigation, sharing, notices, captions.

It goes by tags, roles and class names. That an element holds most of the page's text, or what was
voted to be its text, comes before its name: the caller says so.
"""

from __future__ import annotations

from collections.abc import Container

import regex

from documents.model import Why
from documents.reading.html.hidden import hidden
from documents.reading.html.tree import Element, names
from documents.reading.html.walker import Judge

_BY_TAG = {
    "nav": Why.NAVIGATION,
    "footer": Why.FOOTER,
    "aside": Why.OUTSIDE,
    "form": Why.NAVIGATION,
    "fieldset": Why.NAVIGATION,
    "dialog": Why.ADVERTISING,
    "figcaption": Why.CAPTION,
    "menu": Why.NAVIGATION,
    "search": Why.NAVIGATION,
}
_BY_ROLE = {
    "navigation": Why.NAVIGATION,
    "menu": Why.NAVIGATION,
    "menubar": Why.NAVIGATION,
    "search": Why.NAVIGATION,
    "toolbar": Why.NAVIGATION,
    "tablist": Why.NAVIGATION,
    "contentinfo": Why.FOOTER,
    "complementary": Why.OUTSIDE,
    "dialog": Why.ADVERTISING,
    "alertdialog": Why.ADVERTISING,
    "banner": Why.HEADER,
}
#: Words in the names of classes and ids; "post-tags", "shareBar" and "cookie_notice" are split.
_BY_WORD = {
    **dict.fromkeys(
        names(
            "nav navbar navigation menu menus submenu breadcrumb breadcrumbs crumbs sidebar rail "
            "pagination pager prevnext skiplink skip toc share sharing shares sharedaddy social "
            "socials addtoany addthis sharethis tools toolbar print related recommended recommend "
            "readmore morenews teaser teasers tags tag taglist tagcloud keywords topics "
            "categories widget widgets newsletter subscribe subscription signup comments "
            "partager partage compartir compartilhar teilen condividi imprimer imprimir drucken "
            "respond reply replies commentlist disqus trending popular latest login search toplinks"
        ),
        Why.NAVIGATION,
    ),
    **dict.fromkeys(
        names(
            "cookie cookies consent gdpr advert adverts advertisement advertising ad ads adsense "
            "sponsor sponsored promo popup modal overlay banner paywall donate"
        ),
        Why.ADVERTISING,
    ),
    **dict.fromkeys(names("footer colophon copyright impressum"), Why.FOOTER),
    **dict.fromkeys(names("caption figcaption credit credits"), Why.CAPTION),
    **dict.fromkeys(names("byline meta postmeta entrymeta timestamp readtime"), Why.OUTSIDE),
}
#: Names that hold such a word and are content: a table's caption, a legal advertisement.
_CONTENT = names("article content body text main entry story post page")
_NAME = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PAIRS: dict[tuple[str, ...], Why] = {
    ("read", "more"): Why.NAVIGATION,
    ("more", "news"): Why.NAVIGATION,
    ("see", "also"): Why.NAVIGATION,
    ("also", "read"): Why.NAVIGATION,
    ("back", "top"): Why.NAVIGATION,
    ("skip", "link"): Why.NAVIGATION,
    ("language", "switcher"): Why.NAVIGATION,
    ("author", "bio"): Why.OUTSIDE,
    ("about", "author"): Why.OUTSIDE,
}
#: Letters over which a link-free element called "meta" or "tools" is a text nevertheless.
_LONGEST_BY_WEAK_NAME = 600
_WEAK = names("meta tag tags tools print skip ad banner body credit search toc topics overlay")


def judge_of(root: Element, core: Container[Element] = frozenset()) -> Judge:
    """Return what judges the elements of the page *root*; what is in *core* stays."""
    most = root.letters / 2

    def judge(element: Element) -> Why | None:
        if element in core or element.letters > most:
            return None
        return hidden(element) or furniture(element)

    return judge


def furniture(element: Element) -> Why | None:
    """Return why *element* is no text of the page, by its tag, role or names."""
    tag, attributes = element.tag, element.attributes
    if tag == "header":
        # The head of an article holds its title.
        return None if _inside(element, "article", "main") else Why.HEADER
    if tag == "footer" and _inside(element, "blockquote"):
        return None
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    if not attributes:
        return None
    role = _BY_ROLE.get(attributes.get("role", "").lower())
    named = attributes.get("class", "") + " " + attributes.get("id", "")
    return role or (_by_names(named, element) if len(named) > 1 else None)


def _by_names(named: str, element: Element) -> Why | None:
    """Return why *element* is no text, by its class names and id, *named*."""
    if element.tag in ("html", "body", "main", "article", "h1"):
        return None
    for name in named.split():
        words = [word.lower() for word in _NAME.findall(name[:80])]
        # What a name begins or ends with tells what it is: "sticky-sidebar-parent" has one in it.
        for at in dict.fromkeys((0, len(words) - 1)) if words else ():
            word = words[at]
            why = _BY_WORD.get(word) or _PAIRS.get(
                tuple(words[at : at + 2] if at == 0 else words[-2:])
            )
            # "has-sidebar", "no-banner", "with-tags" say what is beside it.
            if why is None or (at and words[at - 1] in ("has", "no", "with", "without", "not")):
                continue
            if len(words) > 1 and at < len(words) - 1 and words[-1] in _CONTENT:
                continue
            if word in _WEAK and element.letters - element.linked > _LONGEST_BY_WEAK_NAME:
                continue
            return why
    return None


def _inside(element: Element, *tags: str) -> bool:
    return any(one.tag in tags for one in element.around())
