"""Knows each language: its script, stemmer and stop words, and the words that only ask.

This is written in ``index/languages/<code>.yaml``, one file per language, read when the language
is first needed. A list in it is a block of lines, of which those that begin with ``#`` are
comments:

    name                the language's name in English
    script              its Unicode script; Han for Japanese too, as most nouns are written in it
    stemmer             its Snowball algorithm, if there is one
    stop_words          words that are not indexed
    question_words      words that make a sentence a question, or ask what was said. They say
                        nothing about the subject, and are dropped from a question unless it has no
                        others. In statements they are ordinary words
    question_phrases    phrases that do the same, one per line, in the notation of
                        ``question_phrases``; in a script without spaces, question words too
    chat_openings       phrases that make conversation around a subject, in the same notation:
    chat_frames         "hey", "a quote on", "for me", "pls". Where each kind may stand, and what
    chat_endings        ``chat_names`` are, ``chat`` explains
    chat_labels
    chat_names
    chat_words          words that do the same, and those that connect them with the subject
    chat_links
    chat_postpositions
    shortened_words     words that take a full stop within a sentence, such as titles, if the
                        library that splits sentences does not know them; without the full stop
    numbered_words      words that take one only before a number or a small letter: para. 12
    before_ordinals     words before an ordinal, if that is a number with a full stop and the noun
                        after it begins with a capital: der 2. Weltkrieg
    negations           words that deny; one that begins with ``*`` is an ending
    limiting_words      words that limit what is said beside them, one phrase per line after where
                        it counts, in the notation of ``limiting_words``: ``rest, next: unless``
    date_words          the words for dates, as ``wording.when`` reads them: a name, a colon, words
    speaker_phrases     phrases with WHO for a speaker, as ``wording.who`` reads them
    first_question      asks what WHO said of WHAT, for a newcomer
    no_speakers         words that are no speaker there: they, anyone
    name_fillers        words before and after a name that are no part of it: the, ever
    saying_words        words that ask what was said: said, statement
    fact_words          words that ask for a fact: when, how many
    surnames            characters with which unknown names begin, in a script without spaces
    same_speakers       other words for those who speak: ``pm = prime minister``, ``kremlin =
                        russia``; ``side =`` adds nothing to the country that it stands beside
    newest_phrases      phrases that ask for the newest, in the notation of ``question_phrases``
    oldest_phrases      phrases that ask for the oldest
    newest_words        words that ask for the newest at the beginning or the end of a question
    homographs          other words that are something else in capitals: us, the US
    particles           endings that stick to words of a script whose words are split into syllables
    decimal_mark        a comma, if decimals are written with one: 5,5
    suffix_after        an apostrophe, if suffixes follow one: Bursa'da
    unique_letters      letters that no other language of the script has, as in a character class

``labels`` reads these, phrases with commas between them. Case and accents make no difference:

    question_labels     what a transcript writes before a question: Q, QUESTION
    questioner_labels   words for those who ask; the name of an outlet may stand beside them
    answer_labels       what it writes before an answer: A, ANSWER
    honorifics          what stands before or after a name in a label: Sir, KC
    name_particles      small words within names: de, bin, of
    offices             offices and other words for those who speak: minister, unidentified
    heading_labels      words that stand before a colon and name nobody: note, part, first, friends
    label_asides        how somebody speaks, beside the name in a label: through interpreter
    joint_titles        what a text of several parties is called in its title: joint statement

Words and phrases are written as usual, and folded when read. A language without a file is indexed
without stemming or stop words. Splitting texts is left to ``terms``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from functools import cache, lru_cache
from pathlib import Path

import regex

from index.text.bundled import lines_of, read_bundled
from index.text.chat import KINDS, WORDS, Chat, chat
from index.text.folding import fold
from index.text.negations import Negations, negations
from index.text.question_phrases import QuestionPhrases, question_phrases

_FOLDER = Path(__file__).parent.parent / "languages"
#: The languages of each script: first those recognised by letters of their own, each before those
#: that share its letters; last the commonest.
_WRITTEN_IN = {
    "Latin": ("en",),
    "Arabic": ("ps", "ur", "fa", "ar"),
    "Armenian": ("hy",),
    "Bengali": ("bn",),
    "Cyrillic": ("uk", "sr", "ru"),
    "Devanagari": ("hi",),
    "Greek": ("el",),
    "Han": ("ja", "zh"),
    "Hangul": ("ko",),
    "Hebrew": ("he",),
    "Tamil": ("ta",),
    "Thai": ("th",),
}
#: Kana is counted as Han: both are Japanese.
_ADDED = {"Han": r"\p{Hiragana}\p{Katakana}"}
#: Codes of languages that the index does not distinguish from others.
_SAME_AS = {"nb": "no", "nn": "no", "prs": "fa", "cmn": "zh", "iw": "he", "in": "id"}
_WORD = regex.compile(r"[\w'’]+")
_DECIMAL_COMMA = regex.compile(r"(?<!\d,)\d,\d{1,2}(?![\d,])")
_COMMA_OF_PAIR = regex.compile(r"(?<=[(\[]\d{1,9}),(?=\d{1,9}[)\]])")


@dataclass(frozen=True, slots=True)
class Language:
    """A language, as far as the index knows it."""

    #: Its ISO 639 code, the first part of a BCP 47 tag.
    code: str
    _: KW_ONLY
    #: The name of its Snowball algorithm; empty if there is none.
    stemmer: str = ""
    #: Folded words that are not indexed.
    stop_words: frozenset[str] = frozenset()
    #: Folded words that are dropped from a question, unless it has no others.
    question_words: frozenset[str] = frozenset()
    #: Finds the phrases of a question that only ask.
    question_phrases: QuestionPhrases | None = None
    #: Finds what makes conversation around the subject of a question.
    chat: Chat | None = None
    #: The Unicode name of its script.
    script: str = "Latin"
    #: Folded words whose full stop does not end a sentence, unless the library knows them.
    shortened_words: frozenset[str] = frozenset()
    #: Folded words whose full stop ends no sentence before a number or a small letter.
    numbered_words: frozenset[str] = frozenset()
    #: Folded words after which a number with a full stop is an ordinal.
    before_ordinals: frozenset[str] = frozenset()
    #: The words that deny.
    negations: Negations | None = None
    #: Where words count that limit what is said beside them, and the phrases, a line for each.
    limiting_words: tuple[str, ...] = ()
    #: The words for dates, a line for each month, day of the week and period.
    date_words: tuple[str, ...] = ()
    #: The phrases that ask of a speaker, and those that ask for the newest and the oldest.
    speaker_phrases: tuple[str, ...] = ()
    newest_lines: tuple[str, ...] = ()
    oldest_lines: tuple[str, ...] = ()
    newest_phrases: QuestionPhrases | None = None
    oldest_phrases: QuestionPhrases | None = None
    #: Folded words that ask for the newest at the beginning or the end of a question.
    newest_words: frozenset[str] = frozenset()
    #: Folded words that are no speaker where one is asked of: they, anyone.
    no_speakers: frozenset[str] = frozenset()
    #: Folded words before and after a name that are no part of it: the, ever.
    name_fillers: frozenset[str] = frozenset()
    #: Folded words that ask what was said: said, statement; and those that ask for a fact: when.
    saying_words: frozenset[str] = frozenset()
    fact_words: frozenset[str] = frozenset()
    #: Characters with which a name begins that the record does not know.
    surnames: frozenset[str] = frozenset()
    #: Other words for those who speak: pm = prime minister.
    same_speakers: tuple[tuple[str, str], ...] = ()
    #: Asks what WHO said of WHAT, as a first question; empty if it is not known how.
    first_question: str = ""
    #: Folded words that are neither of these, and something else in capitals.
    homographs: frozenset[str] = frozenset()
    #: Endings that stick to words.
    particles: tuple[str, ...] = ()
    #: Whether decimals are written with a comma, and so thousands with a dot.
    decimal_comma: bool = False
    #: Whether the suffixes of a name follow an apostrophe.
    suffix_after_apostrophe: bool = False
    #: Finds a letter that no other language of the script has.
    unique_letters: regex.Pattern[str] | None = None


@lru_cache(maxsize=256)
def language_of(tag: str) -> Language:
    """Return the language that the BCP 47 *tag* names.

    >>> language_of("pt-BR").stemmer
    'portuguese'
    """
    code = code_of(tag)
    return _read(code) if code in _files() else Language(code)


def code_of(tag: str) -> str:
    """Return the code of the language that the BCP 47 *tag* names, whether it has a file or not."""
    code = tag.split("-", 1)[0].lower()
    return _SAME_AS.get(code, code)


def path_of(code: str) -> Path:
    """Return the file of the language *code*, one of :func:`codes`."""
    return _files()[code]


@cache
def small_words_of(code: str) -> frozenset[str]:
    """Return the stop words and question words of the language *code*, folded.

    They are quickly read, without what else ``language_of`` compiles.
    """
    if code not in _files():
        return frozenset()
    written = read_bundled(_files()[code])
    return _words(written.get("stop_words", "")) | _words(written.get("question_words", ""))


def language_of_text(text: str) -> str:
    """Return the code of the language that the letters of *text* suggest; English for Latin ones.

    Languages that share a script are distinguished by the letters that only one of them has.
    """
    return _by_letters(text, script_of(text)).code


def languages_of_question(question: str, languages: Iterable[str]) -> list[Language]:
    """Return the languages to read *question* in: those of *languages* in its script, best first.

    *languages* are tags in order of preference, such as those of a record, commonest first. Of
    several in the script, the best is the one of whose stop words and question words the question
    has most; of equals, the one that its letters or a decimal comma suggest, then the first. If
    none of *languages* has the script, the letters alone decide, on one. Those of other scripts in
    the question come last, as for the Latin name in "AUKUS是什么？".
    """
    known = _known(tuple(languages))
    letters = _letters_of(question)
    if len(letters) < 2:
        return _in_script(question, next(iter(letters), "Latin"), known)
    read = {script: _in_script(question, script, known) for script in letters}
    asked = {script: _asking(question, some[0]) for script, some in read.items()}
    # A name of another script may have most letters, and a Chinese word has fewer than any other.
    script = max(read, key=lambda one: (asked[one], one == "Han", letters[one]))
    others = [one for one in known if one.script in letters and one.script != script]
    return read[script] + others


@lru_cache(maxsize=16)
def _known(tags: tuple[str, ...]) -> list[Language]:
    """Return the different languages of *tags*, in order."""
    return list({language.code: language for language in map(language_of, tags)}.values())


def _in_script(question: str, script: str, languages: Iterable[Language]) -> list[Language]:
    """Return those of *languages* that are written in *script*, best first for *question*.

    If there is none, the letters of the question decide.
    """
    known = [language for language in languages if language.script == script]
    if len(known) == 1:
        return known
    if not known:
        return [_by_letters(question, script)]
    words = [fold(word) for word in _WORD.findall(question)]
    comma = bool(_DECIMAL_COMMA.search(with_pairs_apart(question)))

    def order(one: Language) -> tuple[int, bool, bool]:
        unlikely = comma and not one.decimal_comma
        return -_common(words, one), not _has_letter_of(question, one), unlikely

    return sorted(known, key=order)


def _asking(question: str, language: Language) -> int:
    """Return how many words and phrases of *question* are those of *language* that ask."""
    phrases = language.question_phrases.spans(question) if language.question_phrases else []
    return len(phrases) + _common([fold(word) for word in _WORD.findall(question)], language)


def with_pairs_apart(question: str) -> str:
    """Return *question* with two numbers in brackets, as of coordinates, told from a decimal.

    Every character stays where it is.

    >>> with_pairs_apart("at (0,0), up 5,5 %")
    'at (0;0), up 5,5 %'
    """
    return _COMMA_OF_PAIR.sub(";", question) if "," in question else question


def language_of_script(script: str) -> str:
    """Return the code of the commonest language that is written in *script*."""
    return _WRITTEN_IN[script][-1]


def codes() -> list[str]:
    """Return the codes of the languages that have a file, sorted."""
    return sorted(_files())


def _common(words: list[str], language: Language) -> int:
    """Return how many of *words* are stop words or question words of *language*."""
    stop, asking = language.stop_words, language.question_words
    return sum(word in stop or word in asking for word in words)


def script_of(text: str) -> str:
    """Return the script of most letters in *text*; Latin if there are none."""
    if text.isascii():
        return "Latin"
    letters = _letters_of(text)
    return max(letters, key=letters.__getitem__) if letters else "Latin"


def _letters_of(text: str) -> dict[str, int]:
    """Return how many letters of each script *text* has, in the order of ``_WRITTEN_IN``."""
    if text.isascii():
        return {"Latin": len(text)}
    letters = dict.fromkeys(_WRITTEN_IN, 0)
    for run in _runs().finditer(text):
        letters[str(run.lastgroup)] += run.end() - run.start()
    return {script: count for script, count in letters.items() if count}


def _by_letters(text: str, script: str) -> Language:
    """Return the language of *script* that the letters of *text* suggest."""
    *others, commonest = map(language_of, _WRITTEN_IN[script])
    return next((language for language in others if _has_letter_of(text, language)), commonest)


def _has_letter_of(text: str, language: Language) -> bool:
    """Return whether *text* has a letter that only *language* has in its script."""
    return bool(language.unique_letters and language.unique_letters.search(text))


@cache
def _runs() -> regex.Pattern[str]:
    """Return the pattern of a run of letters of one script, with a group named after the script."""
    runs = (
        rf"(?P<{script}>[\p{{Script={script}}}{_ADDED.get(script, '')}]+)" for script in _WRITTEN_IN
    )
    return regex.compile("|".join(runs))


@cache
def _files() -> dict[str, Path]:
    return {path.stem: path for path in _FOLDER.glob("*.yaml")}


@cache
def _read(code: str) -> Language:
    """Return the language whose file is named *code*."""
    written = read_bundled(_files()[code])
    letters = written.get("unique_letters")
    stop_words = _words(written.get("stop_words", ""))
    question_words = _words(written.get("question_words", ""))
    return Language(
        code,
        stemmer=written.get("stemmer", ""),
        stop_words=stop_words,
        question_words=question_words,
        question_phrases=question_phrases(
            lines_of(written.get("question_phrases", "")), written["script"]
        ),
        chat=chat(
            {kind: lines_of(written.get(f"chat_{kind}", "")) for kind in KINDS},
            {kind: _words(written.get(f"chat_{kind}", "")) for kind in WORDS},
            written["script"],
            question_words=question_words,
            stop_words=stop_words,
        ),
        script=written["script"],
        shortened_words=_words(written.get("shortened_words", "")),
        numbered_words=_words(written.get("numbered_words", "")),
        before_ordinals=_words(written.get("before_ordinals", "")),
        negations=negations(written.get("negations", "").split()),
        limiting_words=tuple(lines_of(written.get("limiting_words", ""))),
        date_words=tuple(lines_of(written.get("date_words", ""))),
        speaker_phrases=tuple(lines_of(written.get("speaker_phrases", ""))),
        newest_lines=tuple(lines_of(written.get("newest_phrases", ""))),
        oldest_lines=tuple(lines_of(written.get("oldest_phrases", ""))),
        newest_phrases=question_phrases(
            lines_of(written.get("newest_phrases", "")), written["script"]
        ),
        oldest_phrases=question_phrases(
            lines_of(written.get("oldest_phrases", "")), written["script"]
        ),
        newest_words=_words(written.get("newest_words", "")),
        no_speakers=_words(written.get("no_speakers", "")),
        name_fillers=_words(written.get("name_fillers", "")),
        saying_words=_words(written.get("saying_words", "")),
        fact_words=_words(written.get("fact_words", "")),
        surnames=_words(written.get("surnames", "")),
        same_speakers=tuple(
            (short.strip(), full.strip())
            for short, _, full in (
                line.partition("=") for line in lines_of(written.get("same_speakers", ""))
            )
        ),
        first_question=written.get("first_question", ""),
        homographs=_words(written.get("homographs", "")),
        particles=tuple(" ".join(lines_of(written.get("particles", ""))).split()),
        decimal_comma=written.get("decimal_mark") == ",",
        suffix_after_apostrophe=written.get("suffix_after") == "'",
        unique_letters=regex.compile(f"[{letters}]") if letters else None,
    )


def _words(block: str) -> frozenset[str]:
    return frozenset(fold(word) for line in lines_of(block) for word in line.split())
