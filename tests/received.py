"""What Telegram makes of a reply or an offer: read by the stand-in, which refuses the same."""

from __future__ import annotations

import json

from telegram import InlineQueryResultArticle
from telegram_standin import InlineResult
from telegram_standin.composing import MAX_SOURCE_BYTES, MAX_TEXT, parse_text
from telegram_standin.entities import QUOTES, Entity
from telegram_standin.keyboards import Keyboard, read_keyboard
from telegram_standin.results import read_result
from telegram_standin.rewriting import MAX_ENTITIES

from bot.rendering.view import Reply
from index import Statement

_OURS = QUOTES | {"bold", "code", "text_link"}


class Received:
    """A reply as Telegram would keep it; making one fails if Telegram would refuse it."""

    def __init__(self, reply: Reply) -> None:
        assert len(reply.html.encode()) <= MAX_SOURCE_BYTES
        self.text, self.entities = parse_text(reply.html, "HTML", None, {})
        assert 0 < len(self.text) <= MAX_TEXT
        ours = sum(one.type in _OURS for one in self.entities)
        #: Telegram keeps a hundred marks; a text of nothing but names can use up ours too.
        self.crowded = ours < len(self.entities) == MAX_ENTITIES
        assert self.crowded or ours < MAX_ENTITIES
        markup = reply.keyboard.to_dict() if reply.keyboard else None
        self.keyboard: Keyboard | None = read_keyboard(markup)

    def entity(self, *kinds: str) -> Entity:
        """Return the only entity of these kinds."""
        (found,) = [entity for entity in self.entities if entity.type in kinds]
        return found

    def marked(self, *kinds: str) -> list[str]:
        """Return what each entity of these kinds covers, in order."""
        return [one.text_of(self.text) for one in self.entities if one.type in kinds]

    @property
    def quotes(self) -> list[str]:
        """Every quote, with the marks of its cuts."""
        return self.marked(*QUOTES)

    @property
    def quote(self) -> str:
        """The only quote, with the marks of its cuts; where it is folded beneath, all of it."""
        shown, *folded = self.quotes
        assert len(folded) <= 1
        return folded[0] if folded else shown

    @property
    def lines(self) -> list[str]:
        """The two lines beneath the only quote, or its key sentence: who and when, and where."""
        shown, *folded = self.quotes
        beneath = self.text.partition(shown + "\n")[2]
        return "".join(beneath.rsplit(f"\n{folded[0]}", 1) if folded else [beneath]).split("\n")

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return self.keyboard.labels if self.keyboard else []

    @property
    def copied(self) -> list[str]:
        """What each button copies that copies something."""
        buttons = self.keyboard or ()
        return [one.value["text"] for one in buttons if one.action == "copy_text"]


def offered(article: InlineQueryResultArticle) -> InlineResult:
    """Return what is offered as Telegram reads it; raises Refusal if it would refuse it."""
    given = json.loads(article.to_json())
    # As the library does of its Defaults, on the way out.
    given["input_message_content"].setdefault("parse_mode", "HTML")
    return read_result(given, {})


def assert_verbatim(quote: str, paragraph: str) -> None:
    """Hold a quote to its paragraph: all of it, or a slice of it between the marks of its cuts."""
    if quote != paragraph:
        assert quote.startswith("[…] ") or quote.endswith(" […]")
        words = quote.removeprefix("[…] ").removesuffix(" […]")
        assert words
        assert words in paragraph


def assert_quoted(quote: str, statement: Statement) -> None:
    """Hold a quote to some paragraph of *statement*."""
    texts = [paragraph.text for paragraph in statement.paragraphs]
    if quote not in texts:
        words = quote.removeprefix("[…] ").removesuffix(" […]")
        assert words
        assert any(words in text for text in texts)
