"""Finds what Telegram marks in a text by itself: commands, mentions, tags, links, addresses.

The patterns follow `find_entities` of tdlib/td in outline; nothing is looked for in code. Telegram
knows every top-level domain; a link without `https://` is recognised here only under the few
that are listed below.
"""

from __future__ import annotations

import re

from telegram_standin.entities import Entity, utf16_length

_BARE_DOMAINS = (
    "com org net int edu gov info io me tv co app dev news biz eu pk in bd lk np uk us ca au nz"
    " de fr it es nl be ch at se no fi dk pl cz ua ru tr ir iq sa ae eg za ng ke jp cn kr br mx"
)
_ENDS = r"""[^\s<>"'.,:;!?()\[\]{}«»“”‘’…]"""
_PATTERNS = (
    (
        "url",
        re.compile(
            rf"(?<![\w@.])(?:(?:https?|tg|ton)://[^\s<>\"“”«»]*{_ENDS}"
            rf"|(?:[\w-]+\.)+(?:{'|'.join(_BARE_DOMAINS.split())})\b(?![@\w-])"
            rf"(?:[/?#](?:[^\s<>\"“”«»]*{_ENDS})?)?)",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}(?!\w)")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])"),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d])\w{1,256}(?!\w)")),
    ("phone_number", re.compile(r"(?<!\w)\+\d[\d -]{6,16}\d(?!\w)")),
    ("bank_card_number", re.compile(r"(?<!\w)\d{13,19}(?!\w)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{3,8}(?!\w)")),
)


def find_entities(text: str) -> tuple[Entity, ...]:
    """Return the entities of a plain text, sorted, none overlapping another."""
    found = sorted(
        (
            Entity(kind, utf16_length(text[: match.start()]), utf16_length(match[0]))
            for kind, pattern in _PATTERNS
            for match in pattern.finditer(text)
        ),
        key=lambda entity: entity.order,
    )
    kept: list[Entity] = []
    for entity in found:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return tuple(kept)


#: What a tap on these opens, calls or tells somebody; the sender need not have meant it.
LIVE = frozenset(kind for kind, _ in _PATTERNS)
