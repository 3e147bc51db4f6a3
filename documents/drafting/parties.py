"""Finds whose statement a title says that it is: the parties of a joint one, or a body.

Offices and their holders are found in ``speakers``.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

_NOUN = (
    r"(?i:\b(?:statement|declaration|communiqu[eé]|announcement|release|déclaration|declaración"
    r"|comunicado|declaração|dichiarazione|comunicato|erklärung))"
)
_JOINT = r"(?:\s(?i:conjoint|conjointe|commun|commune|conjunto|conjunta|congiunta|congiunto))?"
_ARTICLE = r"(?:(?:the|la|le|les|el|los|o|a)\s|l['’])?"
_WORD = r"\p{Lu}[\p{L}\p{M}.’'-]{1,40}+"
_WITHIN = r"(?:of\sthe|of|de\sla|de|du|des|del|da|do)"
_PARTY = rf"{_WORD}(?:\s(?:{_WITHIN}\s)?{_WORD}){{0,6}}+"
_END = (
    r"(?=$|\s(?i:on|at|in|regarding|concerning|following|about|sur|sobre|à|en|über)\b|\s?[,:;(–—])"
)
_AND = r"(?:and|et|y|e|und)"
#: "Joint Statement between the Republic of Valdoria and the Kingdom of Karsia", "… by Valdoria,
#: Karsia and Ostland on the Selm Valley". "… on the ceasefire between" others is none.
_PARTIES = regex.compile(
    rf"{_NOUN}{_JOINT}\s(?:between|entre|of|by|from|de|du|del|des)\s{_ARTICLE}(?P<one>{_PARTY})"
    rf"(?:,\s{_ARTICLE}(?P<one>{_PARTY})){{0,12}}+,?\s{_AND}\s(?:de\s|du\s|del\s)?{_ARTICLE}(?P<one>{_PARTY}){_END}"
)
#: A party that is people has somebody's name in it, or none.
_PEOPLE = regex.compile(
    r"(?i)\b(?:ministers?|presidents?|leaders?|heads?|secretar(?:y|ies)|chiefs?|ministres?|ministros?"
    r"|présidents?|presidentes?|chanceliers?|chancellors?|kings?|senators?|sides|parties|members)\b"
)
_BODY_WORD = (
    r"(?:Agency|Alliance|Assembly|Association|Authority|Bank|Board|Cabinet|Coalition|Commission"
    r"|Committee|Community|Conference|Congress|Council|Court|Delegation|Department|Embassy"
    r"|Federation|Government|Group|Ministry|Mission|Office|Organi[sz]ation|Panel|Parliament|Party"
    r"|Presidency|Secretariat|Senate|Union|University)"
)
#: "Statement by the Harbour Board", "Statement by Nadia Rahman on the fee".
_BY = regex.compile(
    rf"^(?:Statement|Remarks|Declaration|Letter|Message|Address|Speech)\s(?P<by>by|of|from)\s(?:the\s)?"
    rf"(?P<body>{_WORD}(?:\s(?:of\sthe|of|for\sthe|for)\s{_WORD}"
    rf"|\s(?!(?:At|On|In|Following|Regarding|To|About|Ahead|After|Before|As|With)\s){_WORD}){{1,8}}+)"
    rf"{_END}"
)
_HAS_BODY = regex.compile(rf"\b{_BODY_WORD}\b")


def parties_in(title: str) -> Sequence[str]:
    """Return the states or bodies between, by or of which *title* says that the statement is.

    >>> parties_in("Joint Statement by Valdoria, Karsia and Ostland on the Selm Valley")
    ['Valdoria', 'Karsia', 'Ostland']
    >>> parties_in("Joint Statement on the ceasefire between Valdoria and Karsia")
    []
    """
    match = _PARTIES.search(title)
    parties = match.captures("one") if match else []
    people = any(_PEOPLE.search(one) for one in parties)
    return [] if people or any(one.isupper() and len(one) > 4 for one in parties) else parties


def body_in(title: str) -> str:
    """Return the body or person whose statement *title* says that it is; empty if it says none.

    "Statement of Regret" is nobody's: "of" and "from" stand before a body alone.
    """
    match = _BY.match(title)
    if match is None or not (match["by"] == "by" or _HAS_BODY.search(match["body"])):
        return ""
    return match["body"]
