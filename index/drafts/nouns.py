"""Reads the names and offices of a sentence: where each begins and ends, and what it names.

A small word that is not known belongs to an office only between others of it: "shadow rail
minister". Which of them is a subject is left to ``subjects``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.drafts.attributing_words import AttributingWords
from index.drafts.subject import Sort, Subject, span_of
from index.drafts.tokens import Token, without_possessive

#: No name has more tokens; so many unknown small words may stand in an office: "shadow rail".
_MOST, MOST_UNKNOWN = 14, 3
#: Small words that name nobody, and words for days.
SMALL = ("none", "unclear", "pronouns", "who")
DAYS = ("months", "weekdays", "days")
_OF_OFFICES = ("roles", "institutions", "modifiers", "honorifics", "documents")
#: Words that have a capital anywhere.
_NEVER_NAMES = frozenset(("i", "he", "she", "they", "we", "you", "it"))


class Nouns:
    """The names and offices of one sentence, in a script with capitals."""

    def __init__(self, tokens: Sequence[Token], words: AttributingWords) -> None:
        """Keep the *tokens* of the sentence and the *words* of its language."""
        self.tokens = tokens
        self.words = words
        self._small = words[SMALL]
        self._days = words[DAYS]
        self._minor = words[(*SMALL, "prepositions", *DAYS)]
        self._unfit = words[
            ("verbs", "participles", "hearers", "adverbs", "joining", "passive", "denying", "ands")
        ]
        #: Where words stand that are not the first of a sentence or of what commas enclose.
        self._within = {
            token.start for last, token in pairwise(tokens) if last.is_word and not last.is_capital
        }

    def is_within(self, token: Token) -> bool:
        """Return whether *token* stands where only a name has a capital: after a small word."""
        return token.start in self._within

    def first_before(self, at: int) -> int | None:
        """Return the first token of the name or office that ends at *at*; ``None`` if none."""
        tokens, words = self.tokens, self.words
        begin = at + 1
        named = False
        #: Small words of an office that are not known: "the shadow rail minister"; it is whole
        #: only from its article on.
        unknown, sure = 0, begin
        while begin > 0 and at + 1 - begin < _MOST:
            token = tokens[begin - 1]
            if token.form in words["determiners"] and not self.is_name(token):
                outer = tokens[begin - 2].form if begin > 1 else ""
                head = tokens[begin - 3] if begin > 2 else None
                if outer in words["inside"] and head is not None and self._may_govern(head):
                    begin -= 2
                    unknown, sure = 0, begin
                    continue
                return begin - 1
            if self.is_name(token):
                if unknown and not token.is_possessive:
                    break
                # "the Guild's regional director" is whole from the guild on.
                unknown = 0
                named = True
            elif token.form in words["inside", "particles"]:
                head = tokens[begin - 2] if begin > 1 else None
                if unknown or head is None or begin > at or not self._may_govern(head):
                    break
            elif not self.is_office(token):
                if named or unknown == MOST_UNKNOWN or not self._may_be_field(token):
                    break
                unknown += 1
                begin -= 1
                continue
            begin -= 1
            if not unknown:
                sure = begin
        if named or sure > at:
            return sure
        if unknown and sure <= at:
            return sure if tokens[sure - 1].form in self._small else None
        leads = sure == 0 or not tokens[sure - 1].is_word
        return sure if leads or tokens[sure - 1].form in self._small else None

    def _may_be_field(self, token: Token) -> bool:
        """Return whether the small word *token* may stand within an office: rail, shadow."""
        if not token.is_word or token.is_capital or self.is_small(token):
            return False
        return token.form not in self._unfit

    def stop_after(self, at: int) -> int:
        """Return where the name or office ends that begins at *at*; *at* if there is none."""
        tokens, words = self.tokens, self.words
        stop = at
        unknown = 0
        while stop < len(tokens) and stop - at < _MOST:
            token = tokens[stop]
            following = tokens[stop + 1] if stop + 1 < len(tokens) else None
            if token.form in self._days and not (stop > at and token.form == "may"):
                break
            if token.form in words["determiners"] and stop > at:
                if tokens[stop - 1].form not in words["inside"]:
                    break
            elif self.is_name(token) or self.is_office(token):
                unknown = 0
            elif token.form in words["inside", "particles"] and stop > at:
                head = tokens[stop - 1]
                names = following is not None and (
                    self.is_name(following)
                    or self.is_office(following)
                    or following.form in words["determiners", "particles"]
                )
                if not names or not self._may_govern(head):
                    break
            elif token.form in words["determiners"]:
                pass
            elif self._leads_to_office(stop) and unknown < MOST_UNKNOWN:
                unknown += 1
            else:
                break
            stop += 1
        while stop > at and (tokens[stop - 1].form in words["inside", "determiners", "particles"]):
            stop -= 1
        return stop

    def _leads_to_office(self, at: int) -> bool:
        """Return whether the small word at *at* stands before an office: shadow rail minister."""
        for token in self.tokens[at : at + 1 + MOST_UNKNOWN]:
            if self.is_office(token):
                return True
            if not self._may_be_field(token):
                return False
        return False

    def _may_govern(self, head: Token) -> bool:
        """Return whether "of", "for" or "to" after *head* may stand within a name."""
        words = self.words
        if head.form in words["particles"] - words["determiners"]:
            return True
        return self.is_office(head) or (
            self.is_name(head) and head.form not in words["prepositions"]
        )

    def is_office(self, token: Token) -> bool:
        """Return whether *token* may be a word of an office, an institution or a title."""
        words, form = self.words, token.form
        if form in words[_OF_OFFICES]:
            return True
        return token.is_possessive and without_possessive(form) in words["roles", "institutions"]

    def is_name(self, token: Token) -> bool:
        """Return whether *token* may be a word of a name."""
        if not token.is_capital or token.quotation is not None:
            return False
        if token.form in self._small or token.form in self.words["determiners"]:
            # "the president of the All Goods Alliance": within a sentence, it is a name's.
            return self.is_within(token) and token.form not in _NEVER_NAMES
        return not (token.form in self._days and token.form != "may")

    def is_small(self, token: Token) -> bool:
        """Return whether *token* is a small word that no name has, or one of a day."""
        return token.form in self._minor

    def judged(self, first: int, stop: int) -> Subject | None:
        """Return what the tokens from *first* to *stop* name; ``None`` if nobody."""
        words = self.words
        tokens = self.tokens[first:stop]
        if not tokens:
            return None
        forms = [token.form for token in tokens]
        roles = frozenset(forms) & (words["roles", "institutions"])
        names = tuple(
            without_possessive(token.form)
            for token in tokens
            if self.is_name(token) and not self.is_office(token)
        )
        if tokens[-1].is_possessive:
            return None
        governs = next((n for n, one in enumerate(forms) if one in words["inside"]), len(forms))
        head = forms[governs - 1]
        if head in words["documents"] and (governs < len(forms) or not names):
            return Subject.of(self.tokens, first, stop, Sort.TEXT)
        if names and not _only_place(tokens[:governs], words):
            return Subject(
                first,
                stop,
                Sort.NAME,
                span_of(self.tokens, first, stop),
                names,
                roles,
                begins=first,
            )
        if roles:
            key = tuple(one for one in forms if one not in words["determiners"])
            return Subject(
                first, stop, Sort.ROLE, span_of(self.tokens, first, stop), key, roles, first
            )
        return None


def _only_place(governing: Sequence[Token], words: AttributingWords) -> bool:
    """Return whether names tell a place, of an office: ambassador to Pakistan.

    *governing* are the tokens up to "of", "for" or "to", if it has one.
    """
    offices, forms = words["roles", "institutions"], [one.form for one in governing]
    others = words["roles", "institutions", "modifiers", "determiners", "honorifics"]
    if not any(one.is_capital and one.form not in others for one in governing):
        # "the minister for Foreign Affairs Penny Wong" is rare; it is taken for an office.
        return any(one in offices for one in forms)
    # "the Gwadar port authority", "Rahman's spokesman": what ends with an office is one.
    return forms[-1] in offices and len(forms) > 1
