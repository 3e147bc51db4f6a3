"""Finds who is named beside a verb: "the Chinese foreign ministry spokesman Lin Wei" before "said".

For languages that begin names with a capital. A subject is taken only if it is whole: what a
preposition governs, or what "and" joins to another, is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from index.drafts.attributing_words import AttributionWords
from index.drafts.tokens import Token
from index.model.answer import Span

#: No name has more tokens; so many unknown small words may stand in an office: "shadow rail".
_MOST, _MOST_UNKNOWN = 14, 3
#: Between commas, so many tokens at most stand between a name and its verb.
_MOST_ASIDE = 30
_SMALL = ("none", "unclear", "pronouns", "who")
_DAYS = ("months", "weekdays", "days")


class Sort(Enum):
    """What a subject is."""

    NAME = "name"
    ROLE = "role"
    PRONOUN = "pronoun"
    #: A text: the joint statement said.
    TEXT = "text"
    #: Somebody that is not told, or several: they, Lin and Rahman.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is named beside a verb."""

    #: The numbers of its first token, and of the one after its last.
    first: int
    stop: int
    sort: Sort
    #: The slice of the draft.
    span: Span
    #: The words of its name in lower case, without offices; of an office, its words.
    names: tuple[str, ...]
    #: The offices that it has beside the name, or in apposition to it.
    roles: frozenset[str] = frozenset()
    #: The number of the first token of all that belongs to it, also of "Lin, the envoy,".
    begins: int = -1


class Subjects:
    """Reads the subjects of one sentence."""

    def __init__(self, tokens: Sequence[Token], words: AttributionWords) -> None:
        """Keep the *tokens* of the sentence and the *words* of its language."""
        self._tokens = tokens
        self._words = words
        self._small = words[_SMALL]
        self._days = words[_DAYS]
        self._verbs = words["verbs", "participles"]
        self._minor = words[(*_SMALL, "prepositions", *_DAYS)]
        self._unfit = words[
            ("verbs", "participles", "hearers", "adverbs", "joining", "passive", "denying", "ands")
        ]
        #: Where words stand that are not the first of a sentence or of what commas enclose.
        self._within = {
            token.start for last, token in pairwise(tokens) if last.is_word and not last.is_capital
        }

    def before(self, end: int) -> Subject | None:
        """Return the subject that ends before the token *end*, or before what commas enclose."""
        at = self._over_adverbs(end - 1)
        if at < 0:
            return None
        token = self._tokens[at]
        if token.form and token.form in ")]":
            at = self._opening(at, "([") - 1
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
            return self._made(at, at + 1, sort)
        stop = self._stop_after(at)
        found = self._judged(at, stop) if stop > at else None
        if found is None or stop + 1 >= len(tokens):
            return found
        if tokens[stop].form in words["ands"]:
            following = tokens[stop + 1]
            joined = following.is_capital or following.form in words["determiners"]
            return self._made(at, stop, Sort.UNCLEAR) if joined else found
        return self._with_apposition(found, stop) if tokens[stop].form == "," else found

    def _with_apposition(self, found: Subject, comma: int) -> Subject:
        """Return *found* with what follows its *comma*: "said the minister, Nadia Rahman."."""
        tokens = self._tokens
        end = self._stop_after(comma + 1)
        other = self._judged(comma + 1, end) if end > comma + 1 else None
        if other is None:
            return found
        ends = end >= len(tokens) or not tokens[end].is_word or self._is_small(tokens[end])
        if found.sort is Sort.ROLE and other.sort is Sort.NAME and ends:
            return self._joined(other, found, begins=found.first)
        if found.sort is Sort.NAME and other.sort is Sort.ROLE:
            return self._joined(found, other, begins=found.first)
        return found

    def possessing(self, at: int) -> Subject | None:
        """Return whose "'s" the token *at* ends with: Rahman's."""
        token = self._tokens[at]
        bare = token.form.removesuffix("'s").removesuffix("’s")
        if bare == token.form or not self._is_name(token):
            return None
        first = self._first_before(at)
        if first is None or bare in self._words["roles", "institutions"]:
            return None
        names = (*(one.form for one in self._tokens[first:at] if not self._is_office(one)), bare)
        span = (self._tokens[first].start, token.stop - 2)
        return Subject(first, at + 1, Sort.NAME, span, names, begins=first)

    def alone(self, first: int, stop: int) -> Subject | None:
        """Return the subject that the tokens from *first* to *stop* are, all of them."""
        end = self._stop_after(first)
        found = self._judged(first, end) if end > first else None
        if found and end < stop and self._tokens[end].form in ",(" and found.sort is Sort.NAME:
            # "Lin Wei, envoy": but not "Ranking Member, Senator Susan Collins".
            rest = (self._judged(at + 1, self._stop_after(at + 1)) for at in range(end, stop))
            return (
                None if any(one and one.sort is Sort.NAME and one.roles for one in rest) else found
            )
        return found if end == stop else None

    def opening(self) -> Subject | None:
        """Return the person with whom the sentence begins, if an office or title shows one."""
        stop = self._stop_after(0)
        found = self._judged(0, stop) if stop else None
        if found is None:
            return None
        tokens, words = self._tokens, self._words
        if found.sort is Sort.ROLE and stop + 1 < len(tokens) and tokens[stop].form == ",":
            end = self._stop_after(stop + 1)
            name = self._judged(stop + 1, end) if end > stop + 1 else None
            if name and name.sort is Sort.NAME and end < len(tokens) and tokens[end].form == ",":
                return self._joined(name, found, begins=0)
            return None
        titled = found.roles & words["roles"] or any(
            one.form in words["honorifics"] for one in tokens[:stop]
        )
        follows = stop < len(tokens) and tokens[stop].is_word and not tokens[stop].is_capital
        joined = follows and tokens[stop].form in words["ands", "prepositions"]
        return found if found.sort is Sort.NAME and titled and follows and not joined else None

    def people(self) -> list[tuple[int, int, frozenset[str]]]:
        """Return whom the sentence may name: offsets, and the words in lower case.

        Places after "in", days and institutions are left out.
        """
        found = []
        at = 0
        tokens, words = self._tokens, self._words
        persons = words["roles", "relatives"]
        while at < len(tokens):
            if not self._is_name(tokens[at]) and tokens[at].form not in persons:
                at += 1
                continue
            stop = at + 1
            while stop < len(tokens) and (
                self._is_name(tokens[stop]) or tokens[stop].form in persons
            ):
                stop += 1
            if self._is_common(at, stop):
                at = stop
                continue
            forms = frozenset(one.form for one in tokens[at:stop])
            before = tokens[at - 1].form if at else ""
            # "in Gwal", "the Commons"
            led = before in _PLACES or before in words["determiners"]
            place = led and forms.isdisjoint(persons)
            if not place and forms.isdisjoint(words["institutions"]):
                found.append((tokens[at].start, tokens[stop - 1].stop, forms))
            at = stop
        return found

    def _is_common(self, at: int, stop: int) -> bool:
        """Return whether one word names nobody: "Reacting to", or several: ministers."""
        if stop > at + 1:
            return False
        token, words = self._tokens[at], self._words
        if token.form in words["roles", "relatives"]:
            return token.form.endswith("s") and token.form[:-1] in words["roles"]
        if token.start in self._within or at + 1 >= len(self._tokens):
            return False
        following = self._tokens[at + 1]
        led = following.form in words["prepositions", "inside", "determiners"]
        return at == 0 and led and token.form.endswith(("ing", "ed"))

    def _over_adverbs(self, at: int) -> int:
        """Return the token before the adverbs, auxiliary verbs and days that end at *at*."""
        tokens, words = self._tokens, self._words
        while at >= 0:
            form = tokens[at].form
            if form in words["adverbs"]:
                at -= 1
            elif self._is_day(at) and self._day_begins(at) >= 0:
                at = self._day_begins(at) - 1
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
            and at - begin < 6
            and (self._is_day(begin) or self._tokens[begin].form in self._words["before_days"])
        ):
            named |= self._tokens[begin].form in self._days
            begin -= 1
        return begin + 1 if named else -1

    def _opening(self, at: int, marks: str) -> int:
        begin = at
        while begin > 0 and at - begin < _MOST_ASIDE and self._tokens[begin].form not in marks:
            begin -= 1
        return begin

    def _before_aside(self, comma: int) -> Subject | None:
        """Return whom what ends with the *comma* follows: "Lin, who had come by road,"."""
        tokens, words = self._tokens, self._words
        marks = "-–—" if tokens[comma].form in "-–—" else ","
        opening = self._opening(comma - 1, marks)
        opens = opening > 0 and tokens[opening].form in ",-–—" and opening + 1 < comma
        if not opens or any(one.quotation is not None for one in tokens[opening:comma]):
            return None
        inside = tokens[opening + 1]
        outer = self._plain_before(opening - 1)
        stop = self._stop_after(opening + 1)
        inner = self._judged(opening + 1, stop) if stop == comma else None
        if inner is not None:
            return self._in_apposition(outer, inner, opening)
        led = inside.form in words["asides", "roles", "modifiers"]
        if outer is None or outer.sort not in (Sort.NAME, Sort.ROLE) or not led:
            return None
        if outer.sort is Sort.ROLE or inside.form in words["who"]:
            return outer
        roles = frozenset(one.form for one in tokens[opening:comma]) & words["roles"]
        return self._joined(outer, None, begins=outer.first, roles=roles)

    def _in_apposition(self, outer: Subject | None, inner: Subject, opening: int) -> Subject | None:
        """Return the name among *outer* and *inner*, if the other is its office."""
        if outer is None:
            # "A driver at the toll plaza, Sher Khan, said"
            described = inner.sort is Sort.NAME and self._is_described(opening)
            return self._joined(inner, None, begins=inner.first) if described else None
        if outer.sort is Sort.ROLE and inner.sort is Sort.NAME:
            return self._joined(inner, outer, begins=outer.first)
        if outer.sort is Sort.NAME and inner.sort is Sort.ROLE:
            return self._joined(outer, inner, begins=outer.first)
        return None

    def _is_described(self, comma: int) -> bool:
        """Return whether what ends at *comma* describes one person: "a driver at the plaza"."""
        tokens, words = self._tokens, self._words
        begin = comma
        while begin > 0 and tokens[begin - 1].is_word:
            begin -= 1
        if begin == comma or tokens[comma - 1].is_capital:
            return False
        head = tokens[begin : begin + _MOST_UNKNOWN + 2]
        return head[0].form in words["determiners"] and any(
            one.form in words["roles"] for one in head
        )

    def _plain_before(self, at: int, *, governed: bool = False) -> Subject | None:
        """Return the subject whose last token is *at*, after a preposition only if *governed*."""
        tokens, words = self._tokens, self._words
        form = tokens[at].form if at >= 0 else ""
        if form in words["pronouns", "unclear"]:
            sort = Sort.PRONOUN if form in words["pronouns"] else Sort.UNCLEAR
            return self._made(at, at + 1, sort)
        if form in words["who"]:
            # "Lin, who said": the name is before.
            back = at - 1 - (at > 0 and tokens[at - 1].form == ",")
            return self._plain_before(back, governed=True)
        first = self._first_before(at) if at >= 0 else None
        found = self._judged(first, at + 1) if first is not None and first <= at else None
        return self._unless_governed(found, governed=governed) if found else None

    def _unless_governed(self, found: Subject, *, governed: bool) -> Subject | None:
        """Return *found*, if nothing before it makes of it a part of something else."""
        tokens, words = self._tokens, self._words
        first, at = found.first, found.stop - 1
        before = tokens[first - 1] if first else None
        if before is not None and before.form in words["ands"]:
            earlier = tokens[first - 2] if first > 1 else None
            if earlier is not None and (
                self._is_name(earlier)
                or earlier.form in words["roles", "institutions"] | self._small
            ):
                return self._made(first, at + 1, Sort.UNCLEAR)
        led = before is not None and before.form in words["prepositions", "inside"]
        if led and before is not None and not governed:
            outer = self._plain_before(first - 2) if before.form in _PLACES else None
            if outer and outer.sort is Sort.ROLE and outer.stop == first - 1:
                # "a senior official in Upper Sarwan"
                span = (outer.span[0], found.span[1])
                return Subject(
                    outer.first, at + 1, Sort.ROLE, span, outer.names, outer.roles, outer.first
                )
            return None
        return found

    def _first_before(self, at: int) -> int | None:
        """Return the first token of the name or office that ends at *at*; ``None`` if none."""
        tokens, words = self._tokens, self._words
        begin = at + 1
        named = False
        #: Small words of an office that are not known: "the shadow rail minister"; it is whole
        #: only from its article on.
        unknown, sure = 0, begin
        while begin > 0 and at + 1 - begin < _MOST:
            token = tokens[begin - 1]
            if token.form in words["determiners"] and not self._is_name(token):
                outer = tokens[begin - 2].form if begin > 1 else ""
                head = tokens[begin - 3] if begin > 2 else None
                if outer in words["inside"] and head is not None and self._may_govern(head):
                    begin -= 2
                    unknown, sure = 0, begin
                    continue
                return begin - 1
            if self._is_name(token):
                if unknown and not token.form.endswith(("'s", "’s")):
                    break
                # "the Guild's regional director" is whole from the guild on.
                unknown = 0
                named = True
            elif token.form in words["inside", "particles"]:
                head = tokens[begin - 2] if begin > 1 else None
                if unknown or head is None or begin > at or not self._may_govern(head):
                    break
            elif not self._is_office(token):
                if named or unknown == _MOST_UNKNOWN or not self._may_be_field(token):
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
        if not token.is_word or token.is_capital or self._is_small(token):
            return False
        return token.form not in self._unfit

    def _stop_after(self, at: int) -> int:
        """Return where the name or office ends that begins at *at*; *at* if there is none."""
        tokens, words = self._tokens, self._words
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
            elif self._is_name(token) or self._is_office(token):
                unknown = 0
            elif token.form in words["inside", "particles"] and stop > at:
                head = tokens[stop - 1]
                names = following is not None and (
                    self._is_name(following)
                    or self._is_office(following)
                    or following.form in words["determiners", "particles"]
                )
                if not names or not self._may_govern(head):
                    break
            elif token.form in words["determiners"]:
                pass
            elif self._leads_to_office(stop) and unknown < _MOST_UNKNOWN:
                unknown += 1
            else:
                break
            stop += 1
        while stop > at and (tokens[stop - 1].form in words["inside", "determiners", "particles"]):
            stop -= 1
        return stop

    def _leads_to_office(self, at: int) -> bool:
        """Return whether the small word at *at* stands before an office: shadow rail minister."""
        for token in self._tokens[at : at + 1 + _MOST_UNKNOWN]:
            if self._is_office(token):
                return True
            if not self._may_be_field(token):
                return False
        return False

    def _may_govern(self, head: Token) -> bool:
        """Return whether "of", "for" or "to" after *head* may stand within a name."""
        words = self._words
        if head.form in words["particles"] - words["determiners"]:
            return True
        return self._is_office(head) or (
            self._is_name(head) and head.form not in words["prepositions"]
        )

    def _is_office(self, token: Token) -> bool:
        words = self._words
        form = token.form
        if form in words["roles"] or form in words["institutions"] or form in words["modifiers"]:
            return True
        if form in words["honorifics"] or form in words["documents"]:
            return True
        bare = form.removesuffix("'s").removesuffix("’s")
        return bare != form and (bare in words["roles"] or bare in words["institutions"])

    def _is_name(self, token: Token) -> bool:
        """Return whether *token* may be a word of a name."""
        if not token.is_capital or token.quotation is not None:
            return False
        if token.form in self._small or token.form in self._words["determiners"]:
            # "the president of the All Goods Alliance": within a sentence, it is a name's.
            return token.start in self._within and token.form not in _NEVER_NAMES
        return not (token.form in self._days and token.form != "may")

    def _is_small(self, token: Token) -> bool:
        return token.form in self._minor

    def _judged(self, first: int, stop: int) -> Subject | None:
        """Return what the tokens from *first* to *stop* name; ``None`` if nobody."""
        words = self._words
        tokens = self._tokens[first:stop]
        if not tokens:
            return None
        forms = [token.form for token in tokens]
        roles = frozenset(forms) & (words["roles", "institutions"])
        names = tuple(
            token.form.removesuffix("'s").removesuffix("’s")
            for token in tokens
            if self._is_name(token) and not self._is_office(token)
        )
        if forms[-1].endswith(("'s", "’s")):
            return None
        governs = next((n for n, one in enumerate(forms) if one in words["inside"]), len(forms))
        head = forms[governs - 1]
        if head in words["documents"] and (governs < len(forms) or not names):
            return self._made(first, stop, Sort.TEXT)
        if names and not _only_place(tokens, forms, words):
            return Subject(
                first, stop, Sort.NAME, self._span(first, stop), names, roles, begins=first
            )
        if roles:
            key = tuple(one for one in forms if one not in words["determiners"])
            return Subject(first, stop, Sort.ROLE, self._span(first, stop), key, roles, first)
        return None

    def _span(self, first: int, stop: int) -> Span:
        return self._tokens[first].start, self._tokens[stop - 1].stop

    def _made(self, first: int, stop: int, sort: Sort) -> Subject:
        return Subject(first, stop, sort, self._span(first, stop), (), begins=first)

    def _joined(
        self,
        name: Subject,
        office: Subject | None,
        *,
        begins: int,
        roles: frozenset[str] = frozenset(),
    ) -> Subject:
        roles = name.roles | roles | (office.roles if office else frozenset())
        return Subject(name.first, name.stop, name.sort, name.span, name.names, roles, begins)


#: Words that have a capital anywhere.
_NEVER_NAMES = frozenset(("i", "he", "she", "they", "we", "you", "it"))
#: Before a place: names after these are no people, as far as a pronoun is concerned.
_PLACES = frozenset(("in", "at", "near", "en", "across", "outside"))


def _only_place(tokens: Sequence[Token], forms: Sequence[str], words: AttributionWords) -> bool:
    """Return whether the names of *tokens* tell a place, of an office: ambassador to Pakistan."""
    offices = words["roles", "institutions"]
    governs = next((n for n, one in enumerate(forms) if one in words["inside"]), len(forms))
    before = [
        token
        for token in tokens[:governs]
        if token.is_capital
        and token.form not in offices | words["modifiers", "determiners"]
        and token.form not in words["honorifics"]
    ]
    if not before:
        # "the minister for Foreign Affairs Penny Wong" is rare; it is taken for an office.
        return any(one in offices for one in forms[:governs])
    # "the Gwadar port authority", "Rahman's spokesman": what ends with an office is one.
    last = forms[governs - 1]
    return last in offices and len(forms[:governs]) > 1
