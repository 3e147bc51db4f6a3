"""Finds speakers whose names are written in Chinese characters, with no space beside a role.

"王毅外长", "外长王毅" and "外长" are all the speaker 王毅, whose role is 外交部长: a role is often
written with fewer of its characters, the last of which tell most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from index.text.hanzi import simplified

_HAN = regex.compile(r"\p{Han}+")
#: The last characters that a short form of a role has too: 大使 of 驻巴基斯坦大使.
_LAST = 2


class UnspacedNames:
    """The speakers of a record who are named in Chinese characters; built once."""

    def __init__(self, speakers: Sequence[tuple[str, str]]) -> None:
        """Keep those of *speakers*, each a name and a role, told by their numbers from 0."""
        self._names: dict[str, list[int]] = {}
        self._roles: dict[int, str] = {}
        self._by_last: dict[str, list[int]] = {}
        for number, (name, role) in enumerate(speakers):
            if _HAN.fullmatch(name):
                self._names.setdefault(simplified(name), []).append(number)
            if _HAN.fullmatch(role):
                self._roles[number] = simplified(role)
                self._by_last.setdefault(simplified(role)[-_LAST:], []).append(number)

    def find(self, written: str) -> list[int]:
        """Return the numbers of the speakers whom *written* names, by name, role or both."""
        if not (self._names or self._roles) or not _HAN.fullmatch(written):
            return []
        plain = simplified(written)
        return self._names.get(plain) or [*self._with_role(plain)] or [*self._in_role(plain)]

    def _with_role(self, written: str) -> Iterator[int]:
        for at in range(1, len(written)):
            for name, role in ((written[:at], written[at:]), (written[at:], written[:at])):
                for number in self._names.get(name, ()):
                    if _shortens(role, self._roles.get(number, "")):
                        yield number

    def _in_role(self, written: str) -> Iterator[int]:
        if len(written) >= _LAST:
            for number in self._by_last.get(written[-_LAST:], ()):
                if _shortens(written, self._roles[number]):
                    yield number


def _shortens(short: str, role: str) -> bool:
    """Return whether *short* is characters of *role* in their order, the last of them its last."""
    characters = iter(role)
    return role.endswith(short[-1]) and all(one in characters for one in short)
