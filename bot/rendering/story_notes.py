"""Writes as HTML what is known of each quotation of a story: what is wrong, and what stands.

Words of the record are slices of its paragraphs, escaped; what is wrong is said by
``story_strings``. Where a note stands on the page is left to ``story_page``.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.i18n.story_strings import findings, grade_title
from bot.i18n.strings import Strings
from bot.rendering.story_differences import split_at, words_on_record
from bot.rendering.story_marks import CLASSES, differing, shown
from index import (
    CheckedQuotation,
    CheckedStory,
    Citation,
    Grade,
    Passage,
    Quote,
    is_linked,
    without_controls,
)

#: So many characters of a paragraph are shown before and behind the words that matter.
_AROUND = 600


def note(number: int, checked: CheckedQuotation, story: CheckedStory, strings: Strings) -> str:
    """Return the note on the quotation *number*, counted from 1; of a verbatim one it is folded."""
    grade = checked.grade
    name = escape(grade_title(grade, strings))
    title = (
        f'<h3 id="h{number}"><a class="label {CLASSES[grade]}" href="#q{number}" '
        f'aria-label="Quotation {number}, back to the text">{number}</a> {name}</h3>'
    )
    begun = f'<article class="note {CLASSES[grade]}" id="n{number}" aria-labelledby="h{number}">'
    if grade is Grade.VERBATIM:
        references = ", ".join(dict.fromkeys(one.citation.reference for one in checked.passages))
        stands = "".join(_stands(one, checked, strings) for one in checked.passages)
        said = "".join(_by_whom(one.citation, strings) for one in checked.passages[:1])
        return (
            f"{begun}<details><summary>{title} {said} <bdi>{escape(references)}</bdi></summary>"
            f"{stands}</details></article>"
        )
    found = "".join(f"<li>{escape(one)}</li>" for one in findings(checked, story, strings))
    stands = "".join(_stands(one, checked, strings) for one in checked.passages)
    if checked.nearest:
        stands += _stands(checked.nearest, checked, strings, label="Nearest on record")
    return f"{begun}{title}<ul>{found}</ul>{stands}</article>"


def _by_whom(citation: Citation, strings: Strings) -> str:
    name = escape(without_controls(strings.short_title(citation.speaker)))
    return f"<bdi>{name}</bdi>, {escape(strings.day(citation.date))} ·"


def _stands(
    passage: Passage, checked: CheckedQuotation, strings: Strings, *, label: str = "On record"
) -> str:
    """Return what stands on record, the words marked that the story does not have, and where."""
    stands, spans = words_on_record(passage, checked)
    language = _language(passage.citation)
    words = "".join(
        differing("del", shown(part)) if differs else shown(part)
        for part, differs in split_at(stands.paragraph.text, (stands.start, stands.stop), spans)
    )
    limits = [one for one in checked.limits if one.paragraph == stands.paragraph]
    beside = f'<p class="words"><b>{label}</b> <span {language}>{words}</span></p>'
    if limits and not spans:
        # Their paragraph shows them, with what limits them.
        beside = ""
    return f"{beside}{_citation(passage.citation, strings)}{_paragraph(passage, limits)}"


def _paragraph(passage: Passage, limits: Sequence[Quote]) -> str:
    """Return the words around a passage: its paragraph, with what limits it marked.

    It is open where that is what is wrong, and left out where there are no other words.
    """
    quote = passage.quote
    text = quote.paragraph.text
    if (quote.start, quote.stop) == (0, len(text)):
        return ""
    first = min([quote.start, *(one.start for one in limits)])
    last = max([quote.stop, *(one.stop for one in limits)])
    start, stop = max(0, first - _AROUND), min(len(text), last + _AROUND)
    marks = [("u", (quote.start, quote.stop)), *(("strong", (o.start, o.stop)) for o in limits)]
    parts, place = [], start
    for tag, (begin, end) in sorted(marks, key=lambda one: one[1]):
        if begin >= place:
            parts.append(f"{shown(text[place:begin])}<{tag}>{shown(text[begin:end])}</{tag}>")
            place = end
    inside = f"{'… ' if start else ''}{''.join(parts)}{shown(text[place:stop])}"
    more = " …" if stop < len(text) else ""
    opened = " open" if limits else ""
    return (
        f'<details class="around"{opened}><summary>The paragraph</summary>'
        f"<blockquote {_language(passage.citation)}>{inside}{more}</blockquote></details>"
    )


def _citation(citation: Citation, strings: Strings) -> str:
    title, *place = strings.where_undated(citation)
    title = escape(title)
    if is_linked(citation.url):
        title = f'<a href="{escape(citation.url)}" rel="noreferrer noopener">{title}</a>'
    where = " · ".join([title, *map(escape, place)])
    return (
        f'<p class="cited"><cite>{escape(strings.who_and_when(citation))}</cite><br>'
        f'{where} · <bdi class="reference">{escape(citation.reference)}</bdi></p>'
    )


def _language(citation: Citation) -> str:
    """Return the attributes that say in which language the words of a statement are."""
    return f'lang="{escape(citation.language)}" dir="auto"'
