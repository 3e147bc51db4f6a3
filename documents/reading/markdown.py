"""Reads Markdown that others wrote or converted: CommonMark with tables, and its front matter.

It is rendered as HTML, whose reader gives the blocks, so that a list is the same in both. Our own
statement files are Markdown too; ``index`` reads those.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from documents.model import Block, BlockKind, Claim, Extract, Field, Source, Unreadable
from documents.reading.decoding import decode
from documents.reading.front_matter import claims_of_front_matter, split_front_matter
from documents.reading.html.fragments import read_fragment
from documents.reading.html.tree import names

#: CommonMark knows no limit; what is nested more deeply than markdown-it reads would be lost.
_DEEPEST = 100
#: Characters; a longer "heading" is a paragraph before a rule ("---") without a blank line.
_LONGEST_UNDERLINED = 200
#: What is markup between < and >; "<inaudible>" is a word of a transcript.
_HTML = names(
    "a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup dd "
    "del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img "
    "ins kbd li main mark nav ol p pre q s samp script section small span strike strong style sub "
    "summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_TAG = regex.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)")


def read_markdown_document(source: Source) -> list[Extract]:
    """Return the text of the Markdown in *source*, and what its front matter claims.

    Raises:
        Unreadable: there is no text in it, or it cannot be decoded.
    """
    front, text = split_front_matter(decode(source))
    fragment = read_fragment(_html(text))
    if not fragment.blocks:
        raise Unreadable("there is no text in it", "Add the document that it was made from")
    claims = claims_of_front_matter(front)
    if not any(claim.field is Field.TITLE for claim in claims):
        claims += _title(fragment.blocks)
    return [
        Extract(
            blocks=fragment.blocks,
            claims=tuple(claims),
            left_out=fragment.left_out,
            warnings=fragment.warnings,
        )
    ]


def _html(text: str) -> str:
    """Return the Markdown *text* as HTML, with the numbers of its lists as they are written."""
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    # Four spaces before a line are an indent in what is converted from word processors, no code.
    markdown.enable(["table", "strikethrough"]).disable("code")
    # A line of no-break spaces is not blank to CommonMark, and would join two paragraphs.
    lines = [line if line.strip() else "" for line in text.split("\n")]
    tokens = markdown.parse("\n".join(lines))
    _keep_numbers(tokens)
    _keep_paragraphs(tokens)
    for token in tokens:
        for one in (token, *(token.children or ())):
            if one.type in ("html_inline", "html_block") and not _is_html(one.content):
                one.type = "text"
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _keep_numbers(tokens: Sequence[Token]) -> None:
    """Give each item its number as written: "66." after "64." is not 65.

    Where all of a list have the same number, as in "1. 1. 1.", the writer left the counting to us.
    """
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open":
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = lists.pop()
            numbers = [item.info for item in items]
            if token.type == "ordered_list_close" and (len(items) == 1 or len(set(numbers)) > 1):
                for item in items:
                    item.attrSet("style", f"list-style-type: '{item.info}{item.markup} '")


def _keep_paragraphs(tokens: Sequence[Token]) -> None:
    """Make paragraphs of headings that only a rule under a paragraph made."""
    for opening, inside, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        underlined = opening.type == "heading_open" and opening.markup in ("-", "=")
        if underlined and len(inside.content) > _LONGEST_UNDERLINED:
            opening.tag = closing.tag = "p"


def _is_html(content: str) -> bool:
    """Return whether the markup *content* is HTML: a comment, or a tag that there is."""
    tag = _TAG.match(content.lstrip())
    return tag is None or tag[1].lower() in _HTML


def _title(blocks: Sequence[Block]) -> list[Claim]:
    """Return the heading of the first level at the beginning of *blocks* as a claim."""
    first = blocks[0]
    if first.kind is not BlockKind.HEADING or first.level != 1:
        return []
    return [Claim(field=Field.TITLE, value=first.text, where="first heading", certain=True)]
