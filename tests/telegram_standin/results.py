"""Reads the results a bot offers inline or gives as a guest: articles that send a text.

Offering and sending them is done elsewhere. What is wrong is told in the words of
`get_inline_query_results` in Client.cpp of tdlib/telegram-bot-api, and in the codes of Telegram
behind it: core.telegram.org/method/messages.setInlineBotResults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from telegram_standin.composing import MAX_TEXT, is_empty, parse_text, read_link_preview
from telegram_standin.entities import Entity
from telegram_standin.keyboards import Keyboard, read_keyboard
from telegram_standin.links import LinkError, check_link
from telegram_standin.parameters import Parameters
from telegram_standin.people import User
from telegram_standin.refusals import Refusal, bad_request, beyond_the_standin
from telegram_standin.rewriting import clean

#: core.telegram.org/bots/api#answerinlinequery and #inlinequeryresultarticle; ids in bytes.
MAX_RESULTS = 50
MAX_RESULT_ID = 64

_WHERE = "Can't parse inline query result:"
_BEYOND = frozenset(
    [
        "audio",
        "contact",
        "document",
        "game",
        "gif",
        "location",
        "mpeg4_gif",
        "photo",
        "sticker",
        "venue",
        "video",
        "voice",
    ]
)
_ARTICLE_FIELDS = frozenset(
    [
        "type",
        "id",
        "title",
        "input_message_content",
        "reply_markup",
        "url",
        "description",
        "thumbnail_url",
        "thumbnail_width",
        "thumbnail_height",
    ]
)
_TEXT_FIELDS = frozenset(["message_text", "parse_mode", "entities", "link_preview_options"])
# One field of each other kind of content, by which the server knows it.
_OTHER_CONTENTS = ("latitude", "phone_number", "payload", "rich_message")


@dataclass(frozen=True, slots=True)
class InlineResult:
    """An article: what the list shows of it, and the message it becomes when it is sent."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Entity, ...]
    #: The text as the bot handed it over, markup included.
    html: str
    keyboard: Keyboard | None = None
    link_preview_options: dict[str, Any] | None = None
    url: str = ""
    thumbnail_url: str = ""

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the keyboard below the message, row by row; empty without one."""
        return self.keyboard.labels if self.keyboard else []

    def marked(self, kind: str) -> list[str]:
        """Return what each entity of a kind covers: `result.marked("blockquote")`."""
        return [entity.text_of(self.text) for entity in self.entities if entity.type == kind]

    @property
    def content(self) -> dict[str, Any]:
        """What a message sent through it has besides its text."""
        return {
            "entities": self.entities,
            "html": self.html,
            "keyboard": self.keyboard,
            "link_preview_options": self.link_preview_options,
        }


def read_results(given: Any, users: Mapping[int, User]) -> tuple[InlineResult, ...]:
    """Return the results of an inline answer, in their order; raises Refusal."""
    if given is None:
        return ()
    if not isinstance(given, list):
        raise bad_request("Expected an Array of inline query results")
    if len(given) > MAX_RESULTS:
        raise bad_request("Too many inline query results specified")
    results = tuple(read_result(one, users) for one in given)
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def read_result(given: Any, users: Mapping[int, User]) -> InlineResult:
    """Return one result; raises Refusal."""
    with _saying_where():
        if not isinstance(given, dict):
            raise bad_request("Inline query result must be an object")
        fields = Parameters(given)
        kind, identifier = _required(fields, "type").lower(), _required(fields, "id")
        if kind in _BEYOND:
            raise beyond_the_standin(f"inline results of type {kind}")
        if kind != "article":
            raise bad_request(f'{_WHERE} type "{kind}" is unsupported for the inline query result')
        _refuse_unknown(fields, _ARTICLE_FIELDS)
        content = _content(fields)
        source = content.text("message_text")
        text, entities = parse_text(
            source, content.text("parse_mode"), content.json("entities"), users
        )
        for size in ("thumbnail_width", "thumbnail_height"):
            fields.integer(size)
        result = InlineResult(
            identifier,
            clean(_required(fields, "title")),
            clean(fields.text("description")),
            text,
            entities,
            source,
            read_keyboard(fields.get("reply_markup")),
            read_link_preview(content),
            _link(fields, "url"),
            _link(fields, "thumbnail_url"),
        )
    _check_as_telegram_does(result)
    return result


def _check_as_telegram_does(result: InlineResult) -> None:
    if not 1 <= len(result.id.encode()) <= MAX_RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not result.title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if is_empty(result.text):
        raise bad_request("MESSAGE_EMPTY")
    if len(result.text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")


def _content(article: Parameters) -> Parameters:
    given = article.get("input_message_content")
    if given is None:
        # An article once named its text itself, and the server still looks for that.
        raise bad_request('Can\'t find field "message_text"')
    if not isinstance(given, dict):
        raise bad_request('Field "input_message_content" must be of type Object')
    content = Parameters(given)
    if other := next((name for name in _OTHER_CONTENTS if name in given), None):
        raise beyond_the_standin(f"inline results that send no text but {other!r}")
    _refuse_unknown(content, _TEXT_FIELDS)
    if not content.text("message_text"):
        raise bad_request("Input message content is not specified")
    return content


def _required(fields: Parameters, name: str) -> str:
    if fields.get(name) is None:
        raise bad_request(f'Can\'t find field "{name}"')
    return fields.text(name)


def _link(fields: Parameters, name: str) -> str:
    link = fields.text(name)
    try:
        return clean(check_link(link)) if link else ""
    except LinkError as problem:
        raise bad_request("WEBDOCUMENT_URL_INVALID") from problem


def _refuse_unknown(fields: Parameters, known: frozenset[str]) -> None:
    if unknown := sorted(set(fields) - known):
        raise bad_request(f"Unknown field {', '.join(map(repr, unknown))}")


@contextmanager
def _saying_where() -> Iterator[None]:
    """Let a refusal say that it is about a result, unless it is a code of Telegram's or ours."""
    try:
        yield
    except Refusal as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        if reason.isupper() or reason.startswith(("the stand-in", _WHERE.lower())):
            raise
        raise bad_request(f"{_WHERE} {reason[0].upper()}{reason[1:]}") from refusal
