"""Knows the listed speakers of a statement, and which of them a label names.

A listed name with what customarily goes with it names its speaker: honorifics, the office, a party
or a constituency in parentheses, an interpreter. So does a role that only one of them has. In doubt
a label names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

import regex

from index.files.labels import Label
from index.model.statement import Speaker
from index.text.labels import LabelWords, words_of

#: Parts of a name between dashes or commas: "Maurer – holding up a paper –".
_DASH = regex.compile(r"(?<!\s)\s++[–—-]+(?:\s+|$)|(?<!\s)\s*+[–—]+\s*")
_COMMA = regex.compile(r"(?<!\s)\s*+[,，、،]\s*")
#: Scripts that set no spaces between words.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]{2,}")
_ARTICLES = frozenset({"the"})
_MOST_MIDDLE_NAMES = 2
#: Characters of a title that may stand for a role in a script without spaces.
_LONGEST_TITLE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """The words of a listed speaker's name and role."""

    name: str
    role: str
    name_words: frozenset[str]
    role_words: frozenset[str]
    initials: frozenset[str]
    #: The first letters of the role: pm.
    short_role: str
    #: The first and the last word of the name, without titles.
    ends: tuple[str, str]

    @classmethod
    def of(cls, speaker: Speaker, titles: Set[str], particles: Set[str]) -> _Listed:
        name, role = words_of(speaker.name), words_of(speaker.role)
        core = [word for word in name if word not in titles] or name or [""]
        return cls(
            name=" ".join(name),
            role=" ".join(word for word in role if word not in _ARTICLES),
            name_words=frozenset(name),
            role_words=frozenset(role),
            short_role="".join(word[0] for word in role if word not in particles),
            initials=frozenset(word[0] for word in name),
            ends=(core[0], core[-1]),
        )

    def fits(self, core: Sequence[str]) -> bool:
        """Return whether the *core* of a label, without titles, is a form of this name.

        "Carl J. Maurer" and "Carl Friedrich Maurer" are Carl Maurer; "J. Maurer" and "Carl Maurer
        Jr" are not.
        """
        strange = [
            word
            for word in core
            if word not in self.name_words
            and word not in self.role_words
            and word not in self.initials
        ]
        if self.name_words.isdisjoint(core) or (core[0] in strange and len(core[0]) == 1):
            return False
        whole = len(core) > 1 and (core[0], core[-1]) == self.ends
        return not strange or (whole and len(strange) <= _MOST_MIDDLE_NAMES)


class Cast:
    """The listed speakers of a statement, by the words of their names and roles; built once."""

    def __init__(self, speakers: Sequence[Speaker], words: LabelWords) -> None:
        """List the *speakers*; *words* are those of labels in the statement's language."""
        self._speakers = speakers
        self._words = words
        self._titles = words.title_words - words.particles
        self._listed = [_Listed.of(one, self._titles, words.particles) for one in speakers]
        #: Names and roles without spaces, for scripts that set none.
        self._unspaced_ones = [
            ("".join(one.name.split()), "".join(one.role.split())) for one in speakers
        ]
        self._by_unspaced_name: dict[str, list[int]] = {}
        for index, (name, _) in enumerate(self._unspaced_ones):
            self._by_unspaced_name.setdefault(name, []).append(index)
        self._unspaced_roles = {role for _, role in self._unspaced_ones}
        self._role_ends = {
            role[-size:]
            for role in self._unspaced_roles
            for size in range(1, min(len(role), _LONGEST_TITLE) + 1)
        }
        #: The indices of the speakers by whole names and roles, and by the words of names.
        self._by_name: dict[str, list[int]] = {}
        self._by_role: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_ends: dict[tuple[str, str], list[int]] = {}
        self._familiar: set[str] = set()
        for index, one in enumerate(self._listed):
            self._by_name.setdefault(one.name, []).append(index)
            self._by_role.setdefault(one.role, []).append(index)
            self._by_ends.setdefault(one.ends, []).append(index)
            self._familiar |= one.name_words | one.role_words | one.initials
            for word in one.name_words:
                self._by_word.setdefault(word, []).append(index)

    def with_whole_name(self, label: Label) -> Speaker | None:
        """Return the only speaker whose whole name is *label*."""
        return self._only(self._by_name.get(" ".join(words_of(label.name)), ()))

    def with_name(self, label: Label) -> Speaker | None:
        """Return the only speaker whom *label* names: "Sir Carl Maurer KC MP", "Maurer (Lab)"."""
        head, asides = self._parted(label.name)
        if all(map(self._is_aside, asides)) and (found := self._named(head)):
            return found
        if not self._is_title(head):
            return None
        # "The Secretary of State (Jane Doe)"
        inside = (self._named(one) for one in label.parentheses)
        return next(filter(None, inside), None)

    def begins_with_name(self, label: Label) -> bool:
        """Return whether *label* names a speaker and says more, which may be a sentence."""
        head, asides = self._parted(label.name)
        return bool(asides) and self._named(head) is not None

    def with_role(self, label: Label) -> Speaker | None:
        """Return the only speaker whose role *label* is: "THE AMBASSADOR"."""
        head, asides = self._parted(label.name)
        others = [*asides, *label.parentheses]
        written = [word for word in words_of(head) if word not in _ARTICLES]
        # "The Prime Minister (Jane Doe)" is Jane Doe, whoever is listed with that role.
        if not written or not all(self._is_aside(one) or one[:1].islower() for one in others):
            return None
        return self._only(self._with_role(head, written))

    def _with_role(self, head: str, written: list[str]) -> list[int]:
        """Return the indices of the speakers whose role *head* is, of the words *written*."""
        if exact := self._by_role.get(" ".join(written)):
            return exact
        offices = self._words.offices
        if len(written) == 1 and head.isupper() and written[0] in offices:
            # "PM:" is the Prime Minister.
            short = [i for i, one in enumerate(self._listed) if one.short_role == written[0]]
            if short:
                return short
        known = head in self._role_ends or any(
            head[start:] in self._unspaced_roles for start in range(len(head))
        )
        if known and _UNSPACED.fullmatch(head):
            return [
                i
                for i, (_, role) in enumerate(self._unspaced_ones)
                if role and (role.endswith(head) or head.endswith(role))
            ]
        if not offices.intersection(written):
            return []
        particles = self._words.particles
        return [
            i
            for i, one in enumerate(self._listed)
            if all(word in one.role_words or word in particles for word in written)
        ]

    def _named(self, written: str) -> Speaker | None:
        """Return the only speaker whose name *written* is, or a part of it, with honorifics."""
        if _UNSPACED.fullmatch(written.replace(" ", "")) and (found := self._unspaced(written)):
            return found
        words = words_of(written)
        core = [w for w in words if w not in self._titles and w not in self._words.particles]
        core = core or [w for w in words if w not in self._words.particles]
        known = [self._by_word[w] for w in core if w in self._by_word and len(w) > 1]
        # Few are looked at even if a hundred share a name: those with the rarest word of it or, if
        # a word is strange, those with its first and last.
        candidates = min(known, key=len, default=[])
        if candidates and not self._familiar.issuperset(core):
            candidates = self._by_ends.get((core[0], core[-1]), [])
        exact = [index for index in candidates if self._listed[index].name == " ".join(words)]
        return self._only(exact) or self._only(
            index for index in candidates if self._listed[index].fits(core)
        )

    def _unspaced(self, written: str) -> Speaker | None:
        """Return the speaker in a script without spaces: 毛宁, 毛宁发言人, 外交部发言人毛宁."""
        head = "".join(written.split())
        found: list[int] = []
        for stop in range(1, len(head) + 1):
            # The name stands at the beginning, or at the end.
            for name, rest in ((head[:stop], head[stop:]), (head[-stop:], head[:-stop])):
                for index in self._by_unspaced_name.get(name, ()):
                    role = self._unspaced_ones[index][1]
                    if index not in found and (not rest or self._ends_in_title(rest, role)):
                        found.append(index)
        if not found and not self._role_ends.isdisjoint((head[1:], head[2:])):
            found = [
                index
                for index, (name, role) in enumerate(self._unspaced_ones)
                if _is_family_name_with_title(head, name, role)
            ]
        return self._only(found)

    def _ends_in_title(self, rest: str, role: str) -> bool:
        return rest in role or any(rest[start:] in self._titles for start in range(len(rest)))

    def _parted(self, name: str) -> tuple[str, list[str]]:
        """Return the first part of *name*, and the others, which dashes and commas set apart."""
        head, *asides = _DASH.split(name)
        first, *others = _COMMA.split(head)
        head, aside = self._without_aside(first)
        return head, [*aside, *others, *asides]

    def _without_aside(self, name: str) -> tuple[str, list[str]]:
        """Return *name* without a customary aside at its end: "Maurer through interpreter"."""
        parts = name.split()
        for size in range(min(5, len(parts) - 1), 0, -1):
            ending = " ".join(parts[-size:])
            if " ".join(words_of(ending)) in self._words.asides:
                return " ".join(parts[:-size]), [ending]
        return name, []

    def _is_aside(self, written: str) -> bool:
        """Return whether *written* customarily stands beside a name: an aside, a title."""
        words = words_of(written)
        if not words or " ".join(words) in self._words.asides:
            return True
        first = next((w for w in words if w not in self._words.particles), "")
        titled = first in self._titles and not written[0].islower()
        return titled or " ".join(words) in self._by_role

    def _is_title(self, head: str) -> bool:
        """Return whether *head* holds an office, or nothing: "The Secretary of State"."""
        return not head or bool(self._words.offices.intersection(words_of(head)))

    def _only(self, found: Iterable[int]) -> Speaker | None:
        """Return the speaker that was *found* if it is one."""
        indices = list(found)
        return self._speakers[indices[0]] if len(indices) == 1 else None


def _is_family_name_with_title(head: str, name: str, role: str) -> bool:
    """Return whether *head* is 王部长, with 王毅 listed as 外交部长."""
    return any(
        name.startswith(head[:size]) and len(head) > size + 1 and role.endswith(head[size:])
        for size in (1, 2)
    )
