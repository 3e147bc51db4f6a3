"""Tells a speaker from who only typed or posted a text, by what a feed names as its author.

An office may stand before the name or behind it. Whether he really speaks is decided by an editor.
"""

from __future__ import annotations

import regex

from documents.model import Claim, Field

_NOBODY = regex.compile(
    r"(?:the )?(?:(?:[\p{L}’'-]{1,30}+ (?:of )?){0,4}(?:web|site|website|digital|online|content"
    r"|communications?|comms|media|social media|it|editorial|news)"
    r" ?(?:team|desk|staff|editors?|department|unit|services?)|web ?masters?"
    r"|editors?|admin(?:istrators?)?|root|staff(?: writers?)?|guest|anonymous|unknown"
    r"|wordpress|drupal|no-?reply|test)"
    r"(?:\s{0,9}+[,(|/@–-].*+)?",
    regex.IGNORECASE | regex.DOTALL,
)
_ADDRESS = regex.compile(r"\S{1,100}@\S{1,200}")
#: "kmiller", "k.miller2", "press_user": what somebody signs in with.
_ACCOUNT = regex.compile(r"[a-z][a-z0-9]*+(?:[._-][a-z0-9]++)*+")
#: An office that stands before a name ends in one of these.
_OFFICES = (
    "master minister secretary president chancellor ambassador commissioner spokesperson"
    " spokesman spokeswoman director governor mayor chairman chairwoman chairperson chair"
    " commander general admiral secretary-general director-general attorney-general representative"
    " envoy coordinator administrator judge justice speaker premier taoiseach"
)
_NAME = r"\p{Lu}[\p{L}\p{M}'’.-]*+"
_OFFICE_FIRST = regex.compile(
    rf"(?!(?i:the |(?:office|ministry|department|embassy|mission|bureau|board|council)\b))"
    rf"(?P<role>(?:\p{{L}}[\p{{L}}\p{{M}}'’-]*+ ){{0,6}}?(?i:{'|'.join(_OFFICES.split())}))"
    rf" (?P<name>{_NAME}(?: (?:{_NAME}|al|bin|de|da|der|van|von|el|la)){{1,4}})"
)


def plain_author(author: str) -> str:
    """Return *author* on one line without an e-mail address; empty if it names nobody.

    >>> plain_author("press@port.example (Edda Priel)")
    'Edda Priel'
    >>> plain_author("Web Team")
    ''
    """
    name = " ".join(_ADDRESS.sub("", author).split()).strip(" <>,;")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return "" if _NOBODY.fullmatch(name) or _ACCOUNT.fullmatch(name) else name


def speaker_of_author(author: str) -> Claim | None:
    """Return the speaker that *author* names, "name; role"; ``None`` if it names nobody.

    >>> speaker_of_author("Antony J. Blinken, Secretary of State").value
    'Antony J. Blinken; Secretary of State'
    """
    name = plain_author(author).replace(";", ",")
    if not name:
        return None
    certain = True
    before, comma, behind = (part.strip() for part in name.partition(","))
    if comma and behind and " " not in before and len(behind.split()) < 3:
        # "Priel, Edda" is a name as a catalogue has it; whether it is, the editor sees.
        name, certain = f"{behind} {before}", False
    elif comma and behind:
        name = f"{before}; {behind}"
    elif match := _OFFICE_FIRST.fullmatch(name):
        name = f"{match['name']}; {match['role']}"
    return Claim(field=Field.SPEAKER, value=name, where="author", certain=certain)
