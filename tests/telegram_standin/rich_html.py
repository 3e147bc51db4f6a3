"""Parses the HTML of a rich message into blocks; how large they may be is told by rich_blocks.py.

After core.telegram.org/bots/api#rich-message-formatting-options, for there is no source to read:
the refusals say in our words what is wrong. Stricter than it may be in one thing: a link to an
anchor that is not there is refused, as nobody could follow it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram_standin.links import LinkError, check_link
from telegram_standin.refusals import Refusal, bad_request

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
}
_INLINE = frozenset({*_STYLES, "a", "br"})
_LINES = {"p": "paragraph", "aside": "pullquote", "footer": "footer"}
_HEADINGS = {f"h{size}": size for size in range(1, 7)}
#: Of blocks, those that hold a line of text and those that hold other blocks.
_OF_TEXT = frozenset({*_LINES, "pre", *_HEADINGS})
_OF_BLOCKS = frozenset({"blockquote", "details", "ul", "ol", "table"})
# Child -> where alone it may stand.
_BELONGS = {"li": {"ul", "ol"}, "tr": {"table"}, "td": {"tr"}, "th": {"tr"}, "summary": {"details"}}
_KNOWN = _INLINE | _OF_TEXT | _OF_BLOCKS | set(_BELONGS) | {"hr"}
_VOID = frozenset({"hr", "br"})
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>[^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[a-z-]+)(?:=(?:"(?P<value>[^"]*)"|'(?P<other>[^']*)'))?""")


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Element | str] = field(default_factory=list)


def parse_rich_html(source: str) -> list[Any]:
    """Return the blocks of a rich message; raises Refusal."""
    tree = _tree(source)
    names = {node.attributes["name"] for node in _all(tree) if "name" in node.attributes}
    for node in _all(tree):
        target = node.attributes.get("href", "")
        if target.startswith("#") and target[1:] and target[1:] not in names:
            raise _refuse(f"there is no anchor for the link to {target!r}")
    return _blocks(tree)


def _tree(source: str) -> _Element:
    root = _Element("")
    stack = [root]
    place = 0
    for tag in _TAG.finditer(source):
        _add_text(stack[-1], source[place : tag.start()])
        place = tag.end()
        name = tag["name"].lower()
        if name not in _KNOWN:
            raise _refuse(f'unsupported tag "{name}"')
        if tag["end"]:
            if name != stack[-1].name or tag["rest"].strip():
                raise _refuse(f'unexpected end tag "{name}"')
            stack.pop()
            continue
        if (home := _BELONGS.get(name)) and stack[-1].name not in home:
            raise _refuse(f'tag "{name}" must be in {" or ".join(sorted(home))}')
        if name not in _INLINE and stack[-1].name in _OF_TEXT | _INLINE | {"td", "th", "summary"}:
            raise _refuse(f'block "{name}" in "{stack[-1].name}"')
        element = _Element(name, _attributes(name, tag["rest"].removesuffix("/").rstrip()))
        stack[-1].children.append(element)
        if name not in _VOID and not tag["rest"].endswith("/"):
            stack.append(element)
    _add_text(stack[-1], source[place:])
    if len(stack) > 1:
        raise _refuse(f'no end tag for "{stack[-1].name}"')
    return root


def _add_text(element: _Element, source: str) -> None:
    if "<" in source:
        raise _refuse('an unescaped "<"')
    if source:
        element.children.append(html.unescape(source))


def _attributes(name: str, source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    place = 0
    while place < len(source):
        match = _ATTRIBUTE.match(source, place)
        if match is None:
            raise _refuse(f'unreadable attributes of "{name}"')
        found[match["name"]] = html.unescape(match["value"] or match["other"] or "")
        place = match.end()
    return found


def _all(element: _Element) -> Iterator[_Element]:
    for child in element.children:
        if isinstance(child, _Element):
            yield child
            yield from _all(child)


def _blocks(parent: _Element) -> list[Any]:
    """Return the children as blocks; text that stands among blocks is a paragraph."""
    blocks: list[Any] = []
    line: list[_Element | str] = []
    for child in [*parent.children, _Element("end")]:
        if isinstance(child, str) or child.name in _INLINE:
            line.append(child)
            continue
        if text := _text(line):
            alone = isinstance(text, dict) and text["type"] == "anchor"
            blocks.append(text if alone else {"type": "paragraph", "text": text})
        line = []
        if child.name not in ("end", "summary"):
            blocks.append(_block(child))
    return blocks


def _block(element: _Element) -> dict[str, Any]:
    name = element.name
    if name in _HEADINGS:
        return {"type": "heading", "size": _HEADINGS[name], "text": _text(element.children)}
    if name in _LINES:
        return {"type": _LINES[name], "text": _text(element.children)}
    return _MADE_OF[name](element)


def _blockquote(element: _Element) -> dict[str, Any]:
    kind = "expandable_blockquote" if "expandable" in element.attributes else "blockquote"
    return {"type": kind, "blocks": _blocks(element)}


def _divider(element: _Element) -> dict[str, Any]:
    return {"type": "divider"}


def _table(element: _Element) -> dict[str, Any]:
    rows = [_only(row, "td", "th") for row in _only(element, "tr")]
    return {"type": "table", "cells": [[_cell(cell) for cell in row] for row in rows]}


def _list(element: _Element) -> dict[str, Any]:
    items = enumerate(_only(element, "li"), 1)
    return {"type": "list", "items": [_item(element.name, *numbered) for numbered in items]}


def _details(element: _Element) -> dict[str, Any]:
    summaries = [one for one in element.children if getattr(one, "name", "") == "summary"]
    first = next((one for one in element.children if not _is_blank(one)), None)
    if len(summaries) != 1 or first is not summaries[0]:
        raise _refuse('"details" must begin with its one "summary"')
    assert isinstance(first, _Element)
    opened = {"is_open": True} if "open" in element.attributes else {}
    summary = _text(first.children)
    return {"type": "details", "summary": summary, "blocks": _blocks(element), **opened}


def _preformatted(element: _Element) -> dict[str, Any]:
    inner = element.children[0] if len(element.children) == 1 else None
    if isinstance(inner, _Element) and inner.name == "code":
        language = inner.attributes.get("class", "").removeprefix("language-")
        text = _text(inner.children)
        return {"type": "pre", "text": text, **({"language": language} if language else {})}
    return {"type": "pre", "text": _text(element.children)}


def _item(kind: str, number: int, item: _Element) -> dict[str, Any]:
    label = {"label": f"{number}.", "value": number} if kind == "ol" else {"label": "•"}
    return {**label, "blocks": _blocks(item)}


def _cell(element: _Element) -> dict[str, Any]:
    spans = {
        name: int(value)
        for name, value in element.attributes.items()
        if name in ("colspan", "rowspan") and value.isdecimal()
    }
    header = {"is_header": True} if element.name == "th" else {}
    return {"text": _text(element.children), **header, **spans}


def _only(parent: _Element, *names: str) -> list[_Element]:
    for child in parent.children:
        if not _is_blank(child) and getattr(child, "name", "") not in names:
            raise _refuse(f'only {" and ".join(names)} may stand in "{parent.name}"')
    return [child for child in parent.children if isinstance(child, _Element)]


def _is_blank(child: _Element | str) -> bool:
    return isinstance(child, str) and not child.strip()


def _text(children: list[_Element | str]) -> Any:
    """Return a line as RichText, without the white space around it."""
    pieces = [_span(child) if isinstance(child, _Element) else child for child in children]
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    kept = [piece for piece in pieces if piece != ""]
    return kept[0] if len(kept) == 1 else kept or ""


def _span(element: _Element) -> Any:
    if element.name == "br":
        return "\n"
    inner = [_span(one) if isinstance(one, _Element) else one for one in element.children]
    text: Any = inner[0] if len(inner) == 1 else inner
    if element.name != "a":
        return {"type": _STYLES[element.name], "text": text}
    if "name" in element.attributes:
        return {"type": "anchor", "name": element.attributes["name"]}
    target = element.attributes.get("href", "")
    if target.startswith("#"):
        return {"type": "anchor_link", "text": text, "anchor_name": target[1:]}
    try:
        return {"type": "url", "text": text, "url": check_link(target)}
    except LinkError:
        # As in a classic message, what is no link is lost without a word.
        return text


_MADE_OF: Mapping[str, Callable[[_Element], dict[str, Any]]] = {
    "blockquote": _blockquote,
    "details": _details,
    "hr": _divider,
    "ol": _list,
    "pre": _preformatted,
    "table": _table,
    "ul": _list,
}


def _refuse(reason: str) -> Refusal:
    return bad_request(f"Can't parse rich message: {reason}")
