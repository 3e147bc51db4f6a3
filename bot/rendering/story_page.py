"""Writes a checked story as one page for the desk: the draft marked, the passages beside it.

The page needs no network and no script, and its policy allows neither. ``story_marks`` writes the
draft, ``story_notes`` what stands beside it, and story_page.css says how it all looks.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from bot.i18n.direction import LEFT_TO_RIGHT
from bot.i18n.story_strings import grade_title, left_alone, summary
from bot.i18n.strings import Strings
from bot.rendering.story_marks import CLASSES, marked_paragraphs
from bot.rendering.story_notes import note
from index import CheckedStory, Grade, language_of_text, without_controls

#: What every page begins with; a file that does not is not written over.
BEGINNING = "<!doctype html>\n<!-- A story checked by On Record. -->\n"
#: Nothing but the page's own style, which is named by its hash.
_POLICY = "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
#: A quotation is named in the summary by so many characters of it.
_FIRST_WORDS = 60
#: So many characters of a text tell its language.
_OF_LANGUAGE = 10_000


def story_page(story: CheckedStory, name: str, strings: Strings, *, as_typed: bool = True) -> str:
    """Return the page of *story*, which is called *name*, as HTML.

    It is *as_typed*, or else the paragraphs of a document.
    """
    style = _style()
    policy = _POLICY.format(hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode())
    told, named = escape(summary(story, strings)), escape(without_controls(name))
    alone = (
        f'<p class="alone">{escape(line)}</p>\n'
        for line in left_alone(story, strings, as_typed=as_typed)
    )
    direction = "ltr" if strings.direction is LEFT_TO_RIGHT else "rtl"
    return (
        f'{BEGINNING}<html lang="{strings.language}" dir="{direction}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{named}: {told}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n<p>Quotations checked against the record</p>\n<h1><bdi>{named}</bdi></h1>\n"
        f'<p class="told">{told}</p>\n{"".join(alone)}</header>\n'
        f"{_overview(story, strings)}"
        f'<main lang="{_language_of(story.draft)}" aria-label="The story">\n'
        f"{''.join(_rows(story, strings))}</main>\n"
        f"<footer>\n<p>{escape(strings.what_was_searched(story.searched))}</p>\n</footer>\n"
        "</body>\n</html>\n"
    )


def _overview(story: CheckedStory, strings: Strings) -> str:
    """Return links to all quotations by their grades, the worst first; the verbatim ones folded."""
    if not story.quotations:
        return ""
    listed = dict.fromkeys(Grade, "")
    for number, checked in enumerate(story.quotations, 1):
        start, stop = checked.quotation.start, checked.quotation.stop
        words = " ".join(story.draft[start : min(stop, start + _FIRST_WORDS)].split())
        more = "…" if stop - start > _FIRST_WORDS else ""
        listed[checked.grade] += (
            f'<li value="{number}"><a href="#n{number}"><bdi>'
            f"{escape(without_controls(words))}{more}</bdi></a></li>\n"
        )
    groups = []
    for grade, quotations in listed.items():
        if quotations:
            name = escape(grade_title(grade, strings))
            title = f'<span class="quotation {CLASSES[grade]}">{name}</span> {story.count(grade)}'
            opened = "" if grade is Grade.VERBATIM else " open"
            groups.append(
                f"<details{opened}><summary><h2>{title}</h2></summary>\n"
                f"<ol>\n{quotations}</ol></details>\n"
            )
    return f'<nav aria-label="Quotations by grade">\n{"".join(groups)}</nav>\n'


def _rows(story: CheckedStory, strings: Strings) -> Iterator[str]:
    """Yield each paragraph of the draft with the notes on its quotations."""
    yield '<h2 class="unseen">The story</h2>\n'
    for paragraph in marked_paragraphs(story, strings):
        language = _language_of(story.draft[slice(*paragraph.span)])
        yield f'<div class="row">\n<p lang="{language}" dir="auto">{paragraph.html}</p>\n'
        if paragraph.quotations:
            yield f'<aside lang="{strings.language}">\n'
            for number in paragraph.quotations:
                checked = story.quotations[number - 1]
                yield f"{note(number, checked, story, strings)}\n"
            yield "</aside>\n"
        yield "</div>\n"


def _language_of(text: str) -> str:
    return language_of_text(text[:_OF_LANGUAGE])


@cache
def _style() -> str:
    return Path(__file__).with_name("story_page.css").read_text(encoding="utf-8")
