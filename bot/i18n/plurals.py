"""Says a number with its noun in the form that the language uses for it: CLDR's plural rules.

Which numbers take which form is Babel's knowledge. The forms themselves are in ``locales/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.plural import PluralRule

#: The form that every language has, and the one that 1 takes wherever a language has it (CLDR's
#: name for it is misleading: in Russian 21 takes it too).
OTHER, ONE = "other", "one"


class Plural:
    """A text in each form that its language has for numbers: call it with the number."""

    __slots__ = ("_forms", "_language")

    def __init__(self, forms: Mapping[str, str], language: str) -> None:
        """Take *forms* by CLDR's names, "one", "few", "other"; *language* is a tag."""
        self._forms = dict(forms)
        self._language = language

    def __call__(self, number: int) -> str:
        """Return "1 statement", "12 statements"."""
        return self._forms[self._form(number)].format(number=number)

    def _form(self, number: int) -> str:
        if len(self._forms) == 1:
            return OTHER
        # The rules take 28 ms to import, which an answer on the command line need not wait for.
        if number == 1 and ONE in self._forms:
            return ONE
        return plural_rule(self._language)(number)


@cache
def plural_rule(language: str) -> PluralRule:
    """Return CLDR's plural rule of *language*, a tag such as "ru" or "pt-br".

    Raises:
        ValueError: CLDR does not know the language.
    """
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  # see Plural

    try:
        return Locale.parse(language.replace("-", "_")).plural_form
    except UnknownLocaleError as error:
        raise ValueError(f"CLDR has no plural rules for {language!r}") from error
