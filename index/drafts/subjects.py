"""Finds who is named beside a verb: "the Chinese foreign ministry spokesman Lin Wei" before "said".

For languages that begin names with a capital. A subject is taken only if it is whole: what a
preposition governs, or what "and" joins to another, is none. Where a name ends, ``nouns`` tells.
"""

from __future__ import annotations

from index.drafts.mentions import PLACE_WORDS
from index.drafts.nouns import DAYS, MOST_UNKNOWN, SMALL, Nouns
from index.drafts.subject import Sort, Subject
from index.drafts.tokens import without_possessive

#: Between commas, so many tokens at most stand between a name and its verb.
_MOST_ASIDE = 30
#: A day has no more tokens: "on Monday, 3 March 2025".
_MOST_OF_DAY = 6


class Subjects:
    """Reads the subjects of one sentence."""

    def __init__(self, nouns: Nouns) -> None:
        """Read them from the *nouns* of the sentence."""
        self._nouns = nouns
        self._tokens, self._words = nouns.tokens, nouns.words
        self._small = self._words[SMALL]
        self._days = self._words[DAYS]

    def before(self, end: int) -> Subject | None:
        """Return the subject that ends before the token *end*, or before what commas enclose."""
        at = self._over_adverbs(end - 1)
        if at < 0:
            return None
        token = self._tokens[at]
        if token.form and token.form in ")]":
            at = self._mark_before(at, "([") - 1
        elif token.form and token.form in ",–—-":
            return self._before_aside(at)
        return self._plain_before(at)

    def after(self, begin: int) -> Subject | None:
        """Return the subject that begins at the token *begin*, as in "said the ambassador"."""
        tokens, words = self._tokens, self._words
        at = begin
        skipped = words["adverbs", "weekdays"]
        while at < len(tokens) and (
            tokens[at].form in skipped
            or (at + 1 < len(tokens) and tokens[at + 1].form in words["weekdays"])
        ):
            at += 1
        form = tokens[at].form if at < len(tokens) else ""
        if form in words["pronouns"] or form in words["unclear"] - words["determiners"]:
            sort = Sort.PRONOUN if form in words["pronouns"] else Sort.UNCLEAR
            return Subject.of(tokens, at, at + 1, sort)
        stop = self._nouns.stop_after(at)
        found = self._nouns.judged(at, stop) if stop > at else None
        if found is None or stop + 1 >= len(tokens):
            return found
        if tokens[stop].form in words["ands"]:
            following = tokens[stop + 1]
            joined = following.is_capital or following.form in words["determiners"]
            return Subject.of(tokens, at, stop, Sort.UNCLEAR) if joined else found
        return self._with_apposition(found, stop) if tokens[stop].form == "," else found

    def _with_apposition(self, found: Subject, comma: int) -> Subject:
        """Return *found* with what follows its *comma*: "said the minister, Nadia Rahman."."""
        tokens = self._tokens
        end = self._nouns.stop_after(comma + 1)
        other = self._nouns.judged(comma + 1, end) if end > comma + 1 else None
        if other is None:
            return found
        ends = end >= len(tokens) or not tokens[end].is_word or self._nouns.is_small(tokens[end])
        if found.sort is Sort.ROLE and other.sort is Sort.NAME and ends:
            return other.with_office(found, begins=found.first)
        if found.sort is Sort.NAME and other.sort is Sort.ROLE:
            return found.with_office(other, begins=found.first)
        return found

    def possessing(self, at: int) -> Subject | None:
        """Return whose "'s" the token *at* ends with: Rahman's."""
        token = self._tokens[at]
        bare = without_possessive(token.form)
        if not token.is_possessive or not self._nouns.is_name(token):
            return None
        first = self._nouns.first_before(at)
        if first is None or bare in self._words["roles", "institutions"]:
            return None
        names = (
            *(one.form for one in self._tokens[first:at] if not self._nouns.is_office(one)),
            bare,
        )
        span = (self._tokens[first].start, token.stop - 2)
        return Subject(first, at + 1, Sort.NAME, span, names, begins=first)

    def alone(self, first: int, stop: int) -> Subject | None:
        """Return the subject that the tokens from *first* to *stop* are, all of them."""
        end = self._nouns.stop_after(first)
        found = self._nouns.judged(first, end) if end > first else None
        if found and end < stop and self._tokens[end].form in ",(" and found.sort is Sort.NAME:
            # "Lin Wei, envoy": but not "Ranking Member, Senator Susan Collins".
            rest = (
                self._nouns.judged(at + 1, self._nouns.stop_after(at + 1))
                for at in range(end, stop)
            )
            return (
                None if any(one and one.sort is Sort.NAME and one.roles for one in rest) else found
            )
        return found if end == stop else None

    def opening(self) -> Subject | None:
        """Return the person with whom the sentence begins, if an office or title shows one."""
        stop = self._nouns.stop_after(0)
        found = self._nouns.judged(0, stop) if stop else None
        if found is None:
            return None
        tokens, words = self._tokens, self._words
        if found.sort is Sort.ROLE and stop + 1 < len(tokens) and tokens[stop].form == ",":
            end = self._nouns.stop_after(stop + 1)
            name = self._nouns.judged(stop + 1, end) if end > stop + 1 else None
            if name and name.sort is Sort.NAME and end < len(tokens) and tokens[end].form == ",":
                return name.with_office(found, begins=0)
            return None
        titled = found.roles & words["roles"] or any(
            one.form in words["honorifics"] for one in tokens[:stop]
        )
        follows = stop < len(tokens) and tokens[stop].is_word and not tokens[stop].is_capital
        joined = follows and tokens[stop].form in words["ands", "prepositions"]
        return found if found.sort is Sort.NAME and titled and follows and not joined else None

    def _over_adverbs(self, at: int) -> int:
        """Return the token before the adverbs, auxiliary verbs and days that end at *at*."""
        tokens, words = self._tokens, self._words
        while at >= 0:
            form = tokens[at].form
            if form in words["adverbs"]:
                at -= 1
            elif self._is_day(at) and (begin := self._day_begins(at)) >= 0:
                at = begin - 1
            else:
                break
        return at

    def _is_day(self, at: int) -> bool:
        token = self._tokens[at]
        return token.form in self._days or (token.form.isdecimal() and len(token.form) <= 4)

    def _day_begins(self, at: int) -> int:
        """Return the token with which a day begins that ends at *at*; -1 if there is none."""
        begin = at
        named = False
        while (
            begin >= 0
            and at - begin < _MOST_OF_DAY
            and (self._is_day(begin) or self._tokens[begin].form in self._words["before_days"])
        ):
            named |= self._tokens[begin].form in self._days
            begin -= 1
        return begin + 1 if named else -1

    def _mark_before(self, at: int, marks: str) -> int:
        begin = at
        while begin > 0 and at - begin < _MOST_ASIDE and self._tokens[begin].form not in marks:
            begin -= 1
        return begin

    def _before_aside(self, comma: int) -> Subject | None:
        """Return whom what ends with the *comma* follows: "Lin, who had come by road,"."""
        tokens, words = self._tokens, self._words
        marks = "-–—" if tokens[comma].form in "-–—" else ","
        opening = self._mark_before(comma - 1, marks)
        opens = opening > 0 and tokens[opening].form in ",-–—" and opening + 1 < comma
        if not opens or any(one.quotation is not None for one in tokens[opening:comma]):
            return None
        inside = tokens[opening + 1]
        outer = self._plain_before(opening - 1)
        stop = self._nouns.stop_after(opening + 1)
        inner = self._nouns.judged(opening + 1, stop) if stop == comma else None
        if inner is not None:
            return self._in_apposition(outer, inner, opening)
        led = inside.form in words["asides", "roles", "modifiers"]
        if outer is None or outer.sort not in (Sort.NAME, Sort.ROLE) or not led:
            return None
        if outer.sort is Sort.ROLE or inside.form in words["who"]:
            return outer
        roles = frozenset(one.form for one in tokens[opening:comma]) & words["roles"]
        return outer.with_office(None, begins=outer.first, roles=roles)

    def _in_apposition(self, outer: Subject | None, inner: Subject, opening: int) -> Subject | None:
        """Return the name among *outer* and *inner*, if the other is its office."""
        if outer is None:
            # "A driver at the toll plaza, Sher Khan, said"
            described = inner.sort is Sort.NAME and self._is_described(opening)
            return inner if described else None
        if outer.sort is Sort.ROLE and inner.sort is Sort.NAME:
            return inner.with_office(outer, begins=outer.first)
        if outer.sort is Sort.NAME and inner.sort is Sort.ROLE:
            return outer.with_office(inner, begins=outer.first)
        return None

    def _is_described(self, comma: int) -> bool:
        """Return whether what ends at *comma* describes one person: "a driver at the plaza"."""
        tokens, words = self._tokens, self._words
        begin = comma
        while begin > 0 and tokens[begin - 1].is_word:
            begin -= 1
        if begin == comma or tokens[comma - 1].is_capital:
            return False
        head = tokens[begin : begin + MOST_UNKNOWN + 2]
        return head[0].form in words["determiners"] and any(
            one.form in words["roles"] for one in head
        )

    def _plain_before(self, at: int, *, governed: bool = False) -> Subject | None:
        """Return the subject whose last token is *at*, after a preposition only if *governed*."""
        tokens, words = self._tokens, self._words
        form = tokens[at].form if at >= 0 else ""
        if form in words["pronouns", "unclear"]:
            sort = Sort.PRONOUN if form in words["pronouns"] else Sort.UNCLEAR
            return Subject.of(tokens, at, at + 1, sort)
        if form in words["who"]:
            # "Lin, who said": the name is before.
            back = at - 1 - (at > 0 and tokens[at - 1].form == ",")
            return self._plain_before(back, governed=True)
        first = self._nouns.first_before(at) if at >= 0 else None
        found = self._nouns.judged(first, at + 1) if first is not None and first <= at else None
        return self._unless_governed(found, governed=governed) if found else None

    def _unless_governed(self, found: Subject, *, governed: bool) -> Subject | None:
        """Return *found*, if nothing before it makes of it a part of something else."""
        tokens, words = self._tokens, self._words
        first, at = found.first, found.stop - 1
        before = tokens[first - 1] if first else None
        if before is not None and before.form in words["ands"]:
            earlier = tokens[first - 2] if first > 1 else None
            if earlier is not None and (
                self._nouns.is_name(earlier)
                or earlier.form in words["roles", "institutions"] | self._small
            ):
                return Subject.of(tokens, first, at + 1, Sort.UNCLEAR)
        led = before is not None and before.form in words["prepositions", "inside"]
        # "Under Secretary Holt" has an office, and is under nobody.
        led = led and not (before and before.text == "Under" and tokens[first].form == "secretary")
        if led and before is not None and not governed:
            outer = self._plain_before(first - 2) if before.form in PLACE_WORDS else None
            if outer and outer.sort is Sort.ROLE and outer.stop == first - 1:
                # "a senior official in Upper Sarwan"
                span = (outer.span[0], found.span[1])
                return Subject(
                    outer.first, at + 1, Sort.ROLE, span, outer.names, outer.roles, outer.first
                )
            return None
        return found
