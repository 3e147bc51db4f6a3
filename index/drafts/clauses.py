"""Finds which words of a sentence attribute each of its quotations, and to whom.

What is found is what the sentence itself says. A pronoun, and a quotation that stands alone, are
left to ``attributions``, which knows the sentences before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.drafts.attributing_words import AttributingWords
from index.drafts.nouns import Nouns
from index.drafts.subject import Sort, Subject
from index.drafts.subjects import Subjects
from index.drafts.tokens import Token, last_of
from index.drafts.verbs import MARKS, Says, Verbs

_BREAKS = frozenset(";:–—")
_COLONS = frozenset(":：")
#: Words after a verb that tell when, where or how, and not what.
_NOT_SAID = ("prepositions", "adverbs", "days", "weekdays", "before_days", "joining", "inside")


class Clauses:
    """The attributions within one sentence."""

    def __init__(self, tokens: Sequence[Token], words: AttributingWords, draft: str) -> None:
        """Read the sentence of *tokens*, a part of *draft*."""
        self.tokens = tokens
        self.nouns = Nouns(tokens, words)
        self.subjects = Subjects(self.nouns)
        self._words = words
        self._draft = draft
        self._joining = words["joining", "ands"]
        self.says = list(Verbs(self.nouns, self.subjects).found())

    def of(self, at: int) -> Says | None:
        """Return what attributes the quotation that is the token *at*; ``None`` if nothing does."""
        after, before = self._after(at), self._before(at)
        if after and before:
            own = any(one.quotation is not None for one in self.tokens[: before.first])
            joined = any(one.form in self._joining for one in self.tokens[before.stop : at])
            # "He had promised it: “…”, Lin said": he may be Lin.
            other = before.subject.sort is not Sort.PRONOUN
            if other and before.subject.names != after.subject.names and not (own and joined):
                unclear = replace(after.subject, sort=Sort.UNCLEAR)
                return replace(after, subject=unclear)
        return after or before

    def _after(self, at: int) -> Says | None:
        """Return what follows the quotation *at* and attributes it."""
        tokens = self.tokens
        begin = at + 1
        comma = begin < len(tokens) and tokens[begin].form in MARKS
        begin += comma
        last = last_of(self._draft, tokens[at])
        for one in self.says:
            if one.first < begin:
                continue
            head = one.first if one.inverted else one.subject.begins
            if head != begin and not self._only_adverbs(begin, head):
                return None
            if one.inverted or comma or last == ",":
                return one
            return one if self._ends(one) else None
        return None

    def _only_adverbs(self, begin: int, stop: int) -> bool:
        adverbs = self._words["adverbs"]
        return begin < stop and all(one.form in adverbs for one in self.tokens[begin:stop])

    def _ends(self, one: Says) -> bool:
        """Return whether nothing follows the verb *one* that it may say."""
        tokens, words = self.tokens, self._words
        if one.stop >= len(tokens):
            return True
        following = tokens[one.stop]
        if following.quotation is not None or not following.is_word or one.told:
            return True
        return following.form in words[_NOT_SAID]

    def _before(self, at: int) -> Says | None:
        """Return what leads to the quotation *at* and attributes it."""
        tokens, words = self.tokens, self._words
        if at == 0:
            return None
        lead = at - 1
        while lead > 0 and tokens[lead].form in words["determiners"]:
            lead -= 1
        if tokens[lead].form in words["names_only"]:
            return None
        ahead = [one for one in self.says if one.first < at and one.subject.stop <= at]
        if not ahead:
            return self._labelled(at)
        one = ahead[-1]
        if len(ahead) > 1:
            other = ahead[-2].subject
            same = other.names == one.subject.names and one.subject.names
            if not same and other is not one.subject and not self._parts(one):
                return replace(one, subject=replace(one.subject, sort=Sort.UNCLEAR))
        if self._closed(one, at) or self._may_be_anothers(one, at):
            return None
        return one

    def _may_be_anothers(self, one: Says, at: int) -> bool:
        """Return whether *one* may speak of somebody else's words: he rejected her claim that."""
        tokens, words = self.tokens, self._words
        if tokens[one.first].form in words["doubting"]:
            return one.stop < at - 1 or tokens[one.first].form not in words["verbs"]
        if any(token.form in words["echoing"] for token in tokens[: one.first]):
            return True
        begin = max(one.stop, one.subject.stop)
        for number in range(begin, at):
            if tokens[number].form in words["telling"] and number > begin:
                owner = tokens[number - 1]
                if owner.is_possessive or owner.form in words["determiners"] - {"a", "an"}:
                    return True
        return False

    def _closed(self, one: Says, at: int) -> bool:
        """Return whether *one* told what it says already, before the quotation *at*.

        "…," Rahman said in a speech to the “Friends of Tea”: the second is none of his words.
        """
        tokens = self.tokens
        lead = self._head(one) - 1
        while lead >= 0 and tokens[lead].form in MARKS:
            lead -= 1
        if lead < 0 or tokens[lead].quotation is None:
            return False
        between = tokens[max(one.stop, one.subject.stop) : at]
        if not between:
            return False
        # It goes on: "A," he said, "B"; "A," he said: "B".
        goes_on = {",", ":", "-", "–", "—"} | self._joining
        return between[-1].form not in goes_on

    def _head(self, one: Says) -> int:
        """Return the first token of *one* or of its subject before it."""
        return one.first if one.inverted or one.inherits else one.subject.begins

    def _parts(self, one: Says) -> bool:
        """Return whether *one* begins a clause of its own: "and Lin said"."""
        tokens = self.tokens
        begin = self._head(one)
        if one.subject.sort is Sort.PRONOUN:
            return True
        if tokens[one.first - 1].form in self._words["who"]:
            return True
        before = tokens[begin - 1] if begin else None
        if before is None:
            return True
        if before.form in self._joining | self._words["relative"]:
            return True
        return before.form in _BREAKS or before.quotation is not None

    def _labelled(self, at: int) -> Says | None:
        """Return who stands before a colon, alone, at the beginning of the sentence: "Lin: …"."""
        if at < 2 or self.tokens[at - 1].form not in _COLONS:
            return None
        subject = self.subjects.alone(0, at - 1)
        first = self.tokens[0]
        if subject is None and at - 1 == 1 and first.form in self._words["names"]:
            # A surname alone, as in captions: "Lin: …".
            span = (first.start, first.stop)
            subject = Subject(0, 1, Sort.NAME, span, (first.form,), begins=0)
        if subject is None or subject.sort is Sort.TEXT:
            return None
        return Says(at - 1, at, subject, is_label=True)
