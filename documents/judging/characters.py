"""Makes the characters of a document those that can be quoted, and says what was changed.

Letters in pieces are composed (NFC), soft hyphens and other marks that nobody sees are removed, and
what Telegram would rewrite is put as it would show it. No-break spaces, joiners within words and
single direction marks stay.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import regex

from documents.model import Block, Extract, Warned
from index import repaired

#: Beside a mark, such as a hyphen that does not break, nobody sees these either.
_UNSEEN = {
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u2060": "a word joiner",
    "\ufeff": "a byte order mark",
}
_UNSEEN_CHARACTER = regex.compile(f"[{''.join(_UNSEEN)}]")


def with_quotable_characters(extract: Extract) -> Extract:
    """Return *extract* with its blocks' characters made quotable, and a warning of each change."""
    changes: Counter[str] = Counter()
    blocks = [made for block in extract.blocks if (made := _quotable(block, changes))]
    warnings = [
        Warned(text=f"{what} was removed or replaced{f', {count} times' if count > 1 else ''}")
        for what, count in changes.items()
    ]
    return replace(extract, blocks=tuple(blocks), warnings=(*extract.warnings, *warnings))


def _quotable(block: Block, changes: Counter[str]) -> Block | None:
    if block.lines:
        lines = tuple(filter(None, (_repaired(line, changes) for line in block.lines)))
        text = " ".join(lines)
    else:
        lines, text = (), _repaired(block.text, changes)
    if not text:
        return None
    bold = block.bold if text.startswith(block.bold) else ""
    return replace(block, text=text, lines=lines, bold=bold)


def _repaired(before: str, changes: Counter[str]) -> str:
    text, rewritten = repaired(before)
    changes.update(one.what for one in rewritten)
    changes.update(_UNSEEN[character] for character in _UNSEEN_CHARACTER.findall(text))
    return _UNSEEN_CHARACTER.sub("", text).strip()
