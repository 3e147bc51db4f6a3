"""The bot's own statement: what answers questions about the bot, and nothing else.

It is on record like any other: it can be listed, read, and brought by its references. It is known
by its id. Whether a question is about the bot, ``text.about_bot`` decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import numpy as np

from index.model.answer import Hit
from index.model.statement import Statement
from index.postings.bm25 import Numbers
from index.references.catalogue import Catalogue
from index.text.about_bot import asked_of_bot, words_on
from index.text.language import code_of
from index.text.terms import Analyzers


class OwnStatement:
    """What is on record about the bot."""

    def __init__(
        self, statements: Iterable[Statement], catalogue: Catalogue, analyzers: Analyzers
    ) -> None:
        """Take the *statements* that are the bot's own, among those in *catalogue*."""
        # That without a language in its id is what there is for all other languages.
        self._statements = sorted(statements, key=lambda one: one.id)
        self._catalogue, self._analyzers = catalogue, analyzers
        ranges = [catalogue.numbers_of(one.id) for one in self._statements]
        #: The numbers of its paragraphs, ascending.
        self.numbers: Numbers = np.array(sorted(chain.from_iterable(ranges)), dtype=np.intp)

    def answering(self, question: str) -> list[Hit]:
        """Return its paragraphs, the one on what is asked first; none if it asks of anything else.

        Of several statements it is the one in the language of the question, if there is one.
        """
        asked = asked_of_bot(question) if self._statements else None
        if asked is None:
            return []
        in_its_language = (
            one for one in self._statements if code_of(one.language) == asked.language
        )
        statement = next(in_its_language, self._statements[0])
        analyzer = self._analyzers.of(statement.language)
        words = set(analyzer.analyse(words_on(asked.topic, code_of(statement.language))).terms)

        def lacking(hit: Hit) -> int:
            return len(words - set(analyzer.analyse(hit.paragraph.text).terms))

        # The order is kept among those that say as much of it.
        return sorted(self._catalogue.look_up(statement.id), key=lacking)
