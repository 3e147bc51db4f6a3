"""Finds the verbs of saying in a sentence, each with its subject: "Rahman said", "in Lin's words".

Which of them attributes which quotation is left to ``clauses``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.drafts.nouns import Nouns
from index.drafts.subject import Sort, Subject, span_of
from index.drafts.subjects import Subjects

#: Nouns that are written like a verb end with this, in English.
_MAY_BE_NOUN = "s"
#: Marks that may stand between a quotation and the verb after it.
MARKS = frozenset(",-–—")


@dataclass(frozen=True, slots=True)
class Says:
    """A verb of saying, or what stands for one, with its subject."""

    #: The numbers of its first token, and of the one after its last.
    first: int
    stop: int
    subject: Subject
    #: Whether the subject follows: said Rahman, according to Rahman.
    inverted: bool = False
    #: Whether its hearer may follow: told.
    told: bool = False
    #: Whether its subject is that of the verb before it: "he said, adding".
    inherits: bool = False
    #: Whether it is no verb but a colon: "Lin: …".
    is_label: bool = False


class Verbs:
    """Reads the verbs of saying of one sentence."""

    def __init__(self, nouns: Nouns, subjects: Subjects) -> None:
        """Read the sentence of which these are the *nouns* and *subjects*."""
        self._tokens, self._words = nouns.tokens, nouns.words
        self._subjects = subjects
        self._verbs = self._words["verbs", "participles", "told", "quoted"]
        self._joining = self._words["joining", "ands"]

    def found(self) -> Iterator[Says]:
        """Yield the verbs of saying in the sentence, in order."""
        last: Subject | None = None
        for at, token in enumerate(self._tokens):
            if not token.is_word:
                continue
            found = None
            if token.form in self._verbs:
                found = self._verb(at, last)
            elif self._is_phrase("according", at):
                stop = at + len(self._words.phrases["according"])
                subject = self._subjects.after(stop)
                if subject is not None:
                    found = Says(at, stop, subject, inverted=True)
            elif token.form in self._words["words"]:
                found = self._own_words(at)
            if found is None:
                continue
            if not found.inherits:
                last = found.subject
            yield found

    def _verb(self, at: int, last: Subject | None) -> Says | None:
        """Return what the verb *at*, after one of which *last* is the subject, attributes.

        ``None`` if it may be no verb.
        """
        tokens, words = self._tokens, self._words
        token = tokens[at]
        before = tokens[at - 1] if at else None
        if token.form in words["quoted"]:
            return self._quoted(at)
        passive = before is not None and before.form in words["passive"]
        if passive or any(one.form in words["denying"] for one in tokens[max(0, at - 3) : at]):
            return self._unclear(at)
        follows = before is not None and (
            before.quotation is not None
            or (before.form in MARKS and at > 1 and tokens[at - 2].quotation is not None)
        )
        joined = before is not None and before.form in self._joining
        if token.form in words["participles"]:
            leads = follows or joined or (before is not None and before.form == ",")
            return self._inheriting(at, last) if leads else None
        found = self._with_subject(at, follows=follows)
        if found is None and (joined or follows):
            found = self._inheriting(at, last)
        if found is None and not (token.form.endswith(_MAY_BE_NOUN) or token.is_capital):
            found = self._unclear(at)
        return found

    def _with_subject(self, at: int, *, follows: bool) -> Says | None:
        """Return the verb *at* with its subject; *follows* is whether a quotation is before it."""
        tokens, words = self._tokens, self._words
        token = tokens[at]
        told = token.form in words["told"]
        spanish = words.code == "es"
        subject = self._subjects.before(at) if spanish and not follows else None
        if subject is None and (follows or at == 0 or spanish):
            after = self._subjects.after(at + 1)
            if after is not None and token.form not in words["with_hearer"]:
                return Says(at, at + 1, after, inverted=True)
            if spanish and (follows or at == 0):
                silent = Subject.of(tokens, at, at + 1, Sort.PRONOUN)
                return Says(at, at + 1, silent, told=told)
        subject = subject or self._subjects.before(at)
        if subject is None:
            return None
        lead = subject.begins - 1
        if lead >= 0 and tokens[lead].form in words["unreal"]:
            return self._unclear(at)
        return Says(at, at + 1, subject, told=told)

    def _inheriting(self, at: int, last: Subject | None) -> Says:
        """Return the verb *at* with *last*, the subject of the verb before it, if there is one."""
        tokens = self._tokens
        if last is None:
            # It begins nowhere, so that no quotation before this verb is taken for what it says.
            last = Subject(at, at + 1, Sort.UNCLEAR, span_of(tokens, at, at + 1), ())
        return Says(at, at + 1, last, told=tokens[at].form in self._words["told"], inherits=True)

    def _unclear(self, at: int) -> Says:
        return Says(at, at + 1, Subject.of(self._tokens, at, at + 1, Sort.UNCLEAR))

    def _quoted(self, at: int) -> Says | None:
        """Return what "was quoted as saying" and "quoted Rahman as saying" attribute."""
        tokens = self._tokens
        if at and tokens[at - 1].form in self._words["passive"]:
            subject = self._subjects.before(at - 1)
            return Says(at - 1, at + 1, subject) if subject else self._unclear(at)
        if self._is_phrase("as_saying", at + 1):
            subject = self._subjects.before(at)
            return Says(at, at + 3, subject) if subject else None
        subject = self._subjects.after(at + 1)
        if subject is not None and self._is_phrase("as_saying", subject.stop):
            return Says(at, subject.stop + 2, subject, inverted=True)
        return self._unclear(at)

    def _own_words(self, at: int) -> Says | None:
        """Return whose "words" the token *at* tells of: "in the words of Rahman"."""
        tokens, words = self._tokens, self._words
        if at + 1 < len(tokens) and tokens[at + 1].form in words["inside"]:
            subject = self._subjects.after(at + 2)
            return Says(at, at + 2, subject, inverted=True) if subject else None
        subject = self._subjects.possessing(at - 1) if at else None
        return Says(at, at + 1, subject) if subject else None

    def _is_phrase(self, key: str, at: int) -> bool:
        phrase = self._words.phrases.get(key, ())
        forms = tuple(one.form for one in self._tokens[at : at + len(phrase)])
        return bool(phrase) and forms == phrase
