"""Renders hits as inline results, and as the answer in a chat that the bot is a guest in.

Each is sent by a user, or in a chat that the bot is not in: it has quote, citation and reference,
and no button that would change it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from telegram import InlineQueryResultArticle, InputTextMessageContent

from bot.i18n.strings import Strings
from bot.rendering.fitting import fit
from bot.rendering.html import passage
from bot.rendering.keyboards import sent_keyboard
from bot.rendering.view import Reply, View
from index import Attribution, Citation, Hit, Statement, cited

#: Characters that a list of results shows of a sentence, a title and a name: two lines, and a part
#: of one, on a phone.
_SENTENCE, _TITLE, _NAME = 120, 100, 60


def hit_result(hit: Hit, view: View, note: str = "") -> InlineQueryResultArticle:
    """Return *hit* as a result: the key sentence, who and when; the same hit has the same id.

    The message that is sent has the *note* above the quote.
    """
    strings, citation = view.strings, hit.citation
    about = [
        *filter(None, [strings.withdrawal(citation)]),
        *_attribution(cited(hit), strings),
        strings.day(citation.date),
        strings.short_title(citation.title, _TITLE),
    ]
    return _result(hit, _sentence(hit), about, view, note)


def statement_result(statement: Statement, hit: Hit, view: View) -> InlineQueryResultArticle:
    """Return *statement* as a result under its title; it sends the paragraph of *hit*."""
    strings = view.strings
    about = [*_attribution(cited(hit), strings), strings.day(statement.date), _sentence(hit)]
    return _result(hit, strings.short_title(statement.title, _SENTENCE), about, view)


def text_result(reply: Reply) -> InlineQueryResultArticle:
    """Return a result that sends *reply*, for a guest's answer; it is never listed."""
    return InlineQueryResultArticle(
        id=_identity(reply.html), title="…", input_message_content=_content(reply.html)
    )


def _result(
    hit: Hit, title: str, about: Sequence[str], view: View, note: str = ""
) -> InlineQueryResultArticle:
    citation = hit.citation
    return InlineQueryResultArticle(
        id=_identity(f"{citation.statement}#{citation.paragraph} {citation.reference} {title}"),
        title=title,
        description=" · ".join(about),
        input_message_content=_content(passage(hit, view.strings, note, copies=True)),
        reply_markup=sent_keyboard(cited(hit), view),
    )


def _sentence(hit: Hit) -> str:
    """Return the key sentence, by which a result is recognised; if it is long, its beginning."""
    sentence = hit.key_sentence.text
    if len(sentence) > _SENTENCE:
        sentence = f"{fit(hit, _SENTENCE).quote.text} …"
    # Telegram refuses the whole list for one title without visible characters.
    return sentence if any(map(str.isalnum, sentence)) else hit.citation.title[:_SENTENCE]


def _attribution(citation: Citation, strings: Strings) -> list[str]:
    """Return the speaker, and the attribution label unless the words are the speaker's own."""
    speaker = strings.short_title(citation.speaker, _NAME)
    own = citation.attribution is Attribution.DIRECT and citation.translation is None
    return [speaker] if own else [speaker, strings.attribution_label(citation)]


def _content(html: str) -> InputTextMessageContent:
    return InputTextMessageContent(html)


def _identity(text: str) -> str:
    """Return an id that no other result has: 24 of the 64 characters that Telegram allows."""
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
