"""Takes out of a text what is set around it for the press and the web: "###", "Read more".

What a reader is told, such as "Check against delivery" or a dateline, stays.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from documents.model import Block, BlockKind, LeftOut, Why

#: In so many blocks above a text and below it, marks stand.
_NEAR_ENDS = 8
#: "###", "* * *": a line that has no word parts a text, or ends it.
_RULE = regex.compile(r"[\s\\*#_=~•·]{0,4}(?:[*#_=~]\s?){1,40}+")
_MARK = regex.compile(
    r"(?i)[\s*#_–—-]{0,9}(?:(?:not\s)?for\simmediate\s(?:release|use)|for\srelease|immediate\srelease"
    r"|pour\s(?:diffusion|publication)\simmédiate|para\s(?:su\s)?(?:publicación|difusión)\sinmediata"
    r"|zur\ssofortigen\sveröffentlichung|-?30-?|ends|end\sof\s(?:text|transcript|statement)|fin)"
    r"[\s*#_–—.:-]{0,9}"
)
#: What a page or a feed lets its reader do.
_LINK = regex.compile(
    r"(?i)(?:read\s(?:more|full\s\p{L}{1,20})|continue\sreading|read\sthe\sfull\s\p{L}{1,20}|share(?:\sthis(?:\s\p{L}{1,20})?)?"
    r"|tweet|print(?:\sthis\spage)?|back\sto\stop|lire\sla\ssuite|leer\smás|weiterlesen|ler\smais|partager|compartir"
    r"|imprimir|читать\sдалее|اقرأ\sالمزيد)[\s.…»>→:]{0,4}|the\spost\s.{1,300}\sappeared\sfirst\son\s.{1,100}"
)
_IMMEDIATE = regex.compile(r"(?i)immediate|immédiate|inmediata|sofortigen|for\srelease")
#: Whom the press may ask, and how: not whom a citizen may.
_CONTACT = regex.compile(
    r"(?i)(?:(?:press|media|news)\s)?(?:contacts?|enquiries|inquiries|queries)(?:\s(?:press|médias?|media))?\s?:"
    r"|(?:contact\s(?:presse|médias?)|pressekontakt|contacto\s(?:de\s)?prensa)\b"
)
_REACHED = regex.compile(r"@|(?:\d[\s()./-]{0,2}){6}")
_LONGEST_CONTACT = 250


def without_working_marks(blocks: Sequence[Block]) -> tuple[list[Block], list[LeftOut]]:
    """Return *blocks* without marks and contacts, and those."""
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    for number, block in enumerate(blocks):
        near = number < _NEAR_ENDS or number >= len(blocks) - _NEAR_ENDS
        if block.kind in (BlockKind.NOTE, BlockKind.ROW) or not _is_mark(block.text, near=near):
            kept.append(block)
        else:
            why = Why.NAVIGATION if _LINK.fullmatch(block.text) else Why.TEMPLATE
            left_out.append(LeftOut(text=block.text, why=why))
    return (kept, left_out) if kept else (list(blocks), [])


def is_press_release_mark(text: str) -> bool:
    """Return whether *text* is a mark of a press release: "FOR IMMEDIATE RELEASE"."""
    return _MARK.fullmatch(text) is not None and _IMMEDIATE.search(text) is not None


def _is_mark(text: str, *, near: bool) -> bool:
    if _RULE.fullmatch(text):
        return True
    if not near:
        return False
    contact = len(text) <= _LONGEST_CONTACT and _CONTACT.match(text) and _REACHED.search(text)
    return bool(_MARK.fullmatch(text) or _LINK.fullmatch(text) or contact)
