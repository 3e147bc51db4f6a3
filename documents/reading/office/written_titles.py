"""Tells which words of a word processor's document are its title, and how sure that is.

A typist's file properties are often the title of another document, and count only where the page
says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from documents.days import dateline_of
from documents.model import Block, BlockKind, Claim, Field

#: In so many of its first blocks a document says what it is; longer ones are no titles.
_FIRST_BLOCKS, _LONGEST = 5, 200
_SENTENCE_END = regex.compile(r"[.!?,;:。！？，；：۔؟،…]\W{0,3}$")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")
_YEAR = regex.compile(r"\d{4}")
#: What stands over the title, and is none: "PRESS RELEASE".
_BANNER = regex.compile(
    r"(?i)(?:press|media|news) (?:release|statement)s?|(?:for )?immediate release"
    r"|communiqué(?: de presse)?|pressemitteilung|comunicado(?: de prensa)?"
    r"|пресс-релиз|check against delivery|بيان صحفي|新闻稿"
)
#: Of the words of a title in the properties, how many stand on the page too.
_SHARE = 0.5


def title_claims(
    blocks: Sequence[Block], titles: Sequence[Block], in_properties: str
) -> Iterator[Claim]:
    """Yield what may be the title of *blocks*, the surest first.

    *titles* are those of the blocks that are set in a title's style.
    """
    titles = [block for block in titles if not _is_banner(block)]
    if titles:
        lines = _adjacent(blocks, titles)
        yield Claim(field=Field.TITLE, value=" ".join(lines), where="title style", certain=True)
        return
    if (heading := _first_heading(blocks)) is not None:
        yield heading
    if in_properties.strip():
        yield from _of_properties(" ".join(in_properties.split()), blocks)
    for block in _short_lines(blocks):
        yield Claim(field=Field.TITLE, value=block.text, where="first lines")


def _adjacent(blocks: Sequence[Block], titles: Sequence[Block]) -> list[str]:
    """Return the first of *titles* and those that directly follow it: a title of several lines."""
    known = {id(block) for block in titles}
    lines: list[str] = []
    for block in blocks:
        if id(block) in known:
            lines.append(block.text)
        elif lines:
            break
    return lines or [titles[0].text]


def _first_heading(blocks: Sequence[Block]) -> Claim | None:
    """Return the heading at the beginning of *blocks*; short lines may stand before it.

    It is certain if at most a banner and a day come before it, and it is no heading among others of
    its level that are as short as it: "Introduction".
    """
    is_first = True
    for block in blocks[:_FIRST_BLOCKS]:
        if block.kind is BlockKind.HEADING and not _is_banner(block):
            others = [b for b in blocks if b.kind is BlockKind.HEADING and b is not block]
            alone = all(other.level > block.level for other in others)
            certain = is_first and (alone or len(block.text.split()) > 2)
            return Claim(
                field=Field.TITLE, value=block.text, where="first heading", certain=certain
            )
        if not _is_short(block):
            break
        is_first &= _is_banner(block) or _YEAR.search(block.text) is not None
    return None


def _of_properties(title: str, blocks: Sequence[Block]) -> Iterator[Claim]:
    words = _WORD.findall(title.casefold())
    page = [_WORD.findall(block.text.casefold()) for block in blocks[:_FIRST_BLOCKS]]
    joined = f" {' '.join(word for line in page for word in line)} "
    if len(words) > 1 and f" {' '.join(words)} " in joined:
        yield Claim(field=Field.TITLE, value=title, where="file properties, page", certain=True)
    elif words and sum(f" {word} " in joined for word in words) >= _SHARE * len(words):
        yield Claim(field=Field.TITLE, value=title, where="file properties")


def _short_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks[:_FIRST_BLOCKS]:
        if block.kind is not BlockKind.PARAGRAPH or len(block.text) > _LONGEST:
            return
        if _is_short(block) and not _is_banner(block) and not dateline_of(block.text):
            yield block


def _is_short(block: Block) -> bool:
    return len(block.text) <= _LONGEST and not _SENTENCE_END.search(block.text)


def _is_banner(block: Block) -> bool:
    return _BANNER.fullmatch(block.text.strip(" -–—:*")) is not None
