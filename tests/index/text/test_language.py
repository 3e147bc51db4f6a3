"""What is known of each language: its file, and the language that a text or a question is in."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
import regex
import Stemmer
import yaml
from hypothesis import given
from hypothesis import strategies as st

import index
from index.text.chat import KINDS, WORDS
from index.text.folding import fold
from index.text.labels import label_words, words_of
from index.text.language import (
    Language,
    codes,
    language_of,
    language_of_text,
    languages_of_question,
)
from index.text.question_phrases import in_one_form

FOLDER = Path(index.__file__).parent / "languages"
LABEL_KEYS = (
    *("question_labels", "questioner_labels", "answer_labels", "honorifics", "name_particles"),
    *("offices", "heading_labels", "label_asides", "joint_titles"),
)
KEYS = {
    *("name", "script", "stemmer", "stop_words", "question_words", "question_phrases"),
    *("shortened_words", "negations", "limiting_words", "unique_letters", "homographs"),
    *("decimal_mark", "suffix_after", "numbered_words", "before_ordinals", "particles"),
    *("date_words", "speaker_phrases", "no_speakers", "name_fillers", "same_speakers", "surnames"),
    *("newest_phrases", "newest_words", "oldest_phrases", "saying_words", "fact_words"),
    "first_question",
    *(f"chat_{kind}" for kind in (*KINDS, *WORDS)),
    *LABEL_KEYS,
}
#: Lists of words, and those that are written in the language's script.
WORD_KEYS = ("stop_words", "question_words", "shortened_words", *(f"chat_{one}" for one in WORDS))
SCRIPT_KEYS = (
    *("stop_words", "question_words", "question_phrases"),
    *(f"chat_{kind}" for kind in (*KINDS, *WORDS)),
)
EVERY = pytest.mark.parametrize("code", codes())


@functools.cache
def written(code: str) -> dict[str, str]:
    return yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8"))


def lines(code: str, key: str) -> list[str]:
    """Return the lines of a list, without its comments."""
    return [line for line in written(code).get(key, "").splitlines() if not line.startswith("#")]


def words(code: str, key: str) -> list[str]:
    return " ".join(lines(code, key)).split()


def examples(phrase: str) -> list[str]:
    """Return what *phrase* stands for: as short and as long as it can be, with each choice."""
    parts = re.findall(r"\[(.+?)\]|\((.+?)\)|([^\s,]+)", phrase)
    filled = phrase.endswith(",") * ","
    forms = []
    for whole in (False, True):
        choices = [
            (either or maybe or word).split("|") if whole or not maybe else [""]
            for either, maybe, word in parts
        ]
        longest = max(map(len, choices))
        for pick in range(longest):
            said = " ".join(choice[pick % len(choice)] for choice in choices)
            forms.append(" ".join(said.replace(" *", " x").replace("*", "x").split()) + filled)
    return forms


def test_there_is_a_file_for_each_language_that_the_statements_are_known_to_be_in() -> None:
    asked_for = "en es fr de it pt nl ru uk ar fa ur ps hi ne bn tr id zh ja ko th el he ta"
    assert set(asked_for.split()) <= set(codes())


@EVERY
def test_a_file_has_the_keys_that_are_read(code: str) -> None:
    found = written(code)
    assert set(found) <= KEYS, f"{code}.yaml: rename or remove {sorted(set(found) - KEYS)}"
    assert {"name", "script"} <= set(found), f"{code}.yaml: add a name and a script"
    wrong = [key for key, value in found.items() if not isinstance(value, str) or not value.strip()]
    assert not wrong, f"{code}.yaml: {wrong} should be text; write a | after the colon of a list"
    assert {"question_words", "question_phrases"} & set(found), f"{code}.yaml: how does it ask?"


@EVERY
def test_a_file_has_no_stray_white_space(code: str) -> None:
    text = (FOLDER / f"{code}.yaml").read_text("utf-8")
    stray = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if line != line.rstrip() or "\t" in line or "  " in line.strip()
    ]
    assert not stray, f"{code}.yaml: take the surplus white space out of lines {stray}"
    assert text.endswith("\n"), f"{code}.yaml: end the last line"
    assert not text.endswith("\n\n"), f"{code}.yaml: take the empty lines off the end"


@EVERY
def test_each_word_stands_once_in_lower_case(code: str) -> None:
    """Two words that fold to one are one: an accent or a point makes no difference."""
    wrong = []
    for key in WORD_KEYS:
        found, at = words(code, key), f"{code}.yaml, {key}"
        twice = [word for word, times in Counter(map(fold, found)).items() if times > 1]
        if both := [word for word in found if fold(word) in twice]:
            wrong.append(f"{at}: keep one of each, as they fold to the same: {both}")
        if capital := [word for word in found if word != word.lower()]:
            wrong.append(f"{at}: write in lower case: {capital}")
        if parted := [word for word in found if not regex.fullmatch(r"\w+", word)]:
            wrong.append(f"{at}: words of letters alone, or they are not met: {parted}")
    assert not wrong, "\n".join(wrong)


@EVERY
def test_words_are_in_the_script_of_the_language(code: str) -> None:
    """A letter of another alphabet that looks the same would never be met."""
    script = written(code)["script"]
    also = r"\p{Hiragana}\p{Katakana}" if code == "ja" else ""
    strange = regex.compile(rf"(?V1)[\p{{L}}--[\p{{Script={script}}}{also}ー]]")
    wrong = [
        f"{code}.yaml, {key}: retype the letters that are not {script} in: {line}"
        for key in SCRIPT_KEYS
        for line in lines(code, key)
        if strange.search(line)
    ]
    assert not wrong, "\n".join(wrong)


@EVERY
def test_each_phrase_stands_once_and_is_found_as_it_is_written(code: str) -> None:
    phrases = lines(code, "question_phrases")
    twice = [phrase for phrase, times in Counter(phrases).items() if times > 1]
    assert not twice, f"{code}.yaml: keep one of {twice}"
    question_phrases = language_of(code).question_phrases
    assert (question_phrases is None) == (not phrases)
    for phrase in phrases:
        for said in examples(phrase):
            question = (
                said if written(code)["script"] not in {"Han", "Thai"} else said.replace(" ", "")
            )
            assert question_phrases
            stop = len(question.removesuffix(","))
            found = all(
                question_phrases.spans(one)[:1] == [(0, stop)]
                for one in (question, question.replace("'", "’"), question.upper())
            )
            assert found, f"{code}.yaml: {phrase!r} does not find {question!r}"


@EVERY
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "names"])
def test_each_phrase_of_chat_stands_once_and_is_found_as_it_is_written(
    code: str, kind: str
) -> None:
    phrases = lines(code, f"chat_{kind}")
    twice = [phrase for phrase, times in Counter(phrases).items() if times > 1]
    assert not twice, f"{code}.yaml, chat_{kind}: keep one of {twice}"
    chat = language_of(code).chat
    found_by = getattr(chat, kind) if chat else None
    assert (found_by is None) == (not phrases)
    for phrase in phrases:
        for said in examples(phrase):
            question = (
                said if written(code)["script"] not in {"Han", "Thai"} else said.replace(" ", "")
            )
            form = in_one_form(question)
            found = found_by and found_by.pattern.fullmatch(form)
            assert found, f"{code}.yaml, chat_{kind}: {phrase!r} does not find {question!r}"
            runs = re.findall(r"[^\W_]+", form)
            edge = fold(runs[-1 if kind in {"endings", "labels"} else 0])
            assert found_by.may_stand_at(edge), f"{question!r} is not looked for"


@EVERY
def test_what_is_read_is_what_is_written(code: str) -> None:
    language = language_of(code)
    assert language.code == code
    assert language.script == written(code)["script"]
    assert language.stop_words == {fold(word) for word in words(code, "stop_words")}
    assert language.question_words == {fold(word) for word in words(code, "question_words")}
    assert all(fold(word) == word for word in language.stop_words | language.question_words)


@EVERY
def test_a_stemmer_is_one_of_snowballs(code: str) -> None:
    stemmer = language_of(code).stemmer
    assert not stemmer or stemmer in Stemmer.algorithms(), f"{code}.yaml: no stemmer {stemmer!r}"


@EVERY
def test_the_phrases_of_labels_have_words_and_stand_once(code: str) -> None:
    for key in LABEL_KEYS:
        phrases = [one.strip() for line in lines(code, key) for one in line.split(",")]
        assert all(map(words_of, phrases)), f"{code}.yaml, {key}: a comma too many"
        twice = [phrase for phrase, times in Counter(phrases).items() if times > 1]
        assert not twice, f"{code}.yaml, {key}: keep one of each: {twice}"


@EVERY
def test_every_language_says_how_it_asks_and_answers_in_a_transcript(code: str) -> None:
    for key in ("question_labels", "questioner_labels", "answer_labels"):
        assert lines(code, key), f"{code}.yaml: add {key}"


def test_who_asks_is_no_office_and_no_heading() -> None:
    """Otherwise a reporter would be doubtful, or an official's own heading."""
    known = label_words("en")
    asking = known.questions | known.questioners
    assert not asking & (known.offices | known.honorifics | known.headings | known.answers)


def test_the_tuned_lists_have_the_words_they_were_measured_with() -> None:
    sizes = {
        code: (len(language_of(code).stop_words), len(language_of(code).question_words))
        for code in ("en", "es", "hi", "zh")
    }
    assert sizes == {"en": (33, 136), "es": (24, 56), "hi": (0, 37), "zh": (0, 0)}


@pytest.mark.parametrize(
    ("tag", "code", "stemmer"),
    [
        ("pt-BR", "pt", "portuguese"),
        ("EN-gb", "en", "english"),
        ("zh-Hans", "zh", ""),
        ("nb", "no", "norwegian"),
    ],
)
def test_a_tag_is_read_to_its_first_part(tag: str, code: str, stemmer: str) -> None:
    assert (language_of(tag).code, language_of(tag).stemmer) == (code, stemmer)


@pytest.mark.parametrize("tag", ["", "xx", "../en", "languages/en", "en.yaml", "\0", "e" * 10_000])
def test_a_language_without_a_file_is_known_by_its_code_alone(tag: str) -> None:
    assert language_of(tag) == Language(tag)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The port is open.", "en"),
        ("El puerto está abierto.", "en"),
        ("", "en"),
        ("2025 …", "en"),
        ("سڑک کھل گئی ہے", "ur"),
        ("بندرگاہ چین", "fa"),
        ("سړک خلاص شو", "ps"),
        ("فتح الطريق", "ar"),
        ("Дорога открыта", "ru"),
        ("Дорогу відкрито, її", "uk"),
        ("सड़क खुली", "hi"),
        ("公路已经开放", "zh"),
        ("道路は開通した", "ja"),
        ("도로가 열렸다", "ko"),
        ("ถนนเปิดแล้ว", "th"),
        ("Ο δρόμος άνοιξε", "el"),
        ("הכביש נפתח", "he"),
        ("সড়ক খোলা", "bn"),
        ("சாலை திறந்தது", "ta"),
        ("CPEC 框架下的公路已经开放", "zh"),
        ("The port of 瓜达尔", "en"),
    ],
)
def test_the_letters_of_a_text_tell_its_language(text: str, code: str) -> None:
    assert language_of_text(text) == code


@pytest.mark.parametrize(
    ("question", "languages", "code"),
    [
        ("Where is the port?", ["en"], "en"),
        ("Where is the port?", ["zh", "en-GB"], "en"),
        ("港口在哪里？", ["en", "zh"], "zh"),
        # In a script that no statement is in.
        ("Где порт?", ["en"], "ru"),
        ("بندرگاہ کہاں ہے؟ ٹرین", ["en"], "ur"),
        ("Where is the port?", ["ur"], "en"),
        ("Where is the port?", [], "en"),
        ("港口在哪里？", [], "zh"),
        ("港はどこですか", [], "ja"),
        # Several languages in the question's script: the one whose small words it has.
        ("¿Qué dijo el ministro sobre el puerto?", ["en", "es"], "es"),
        ("Que dijo el ministro sobre el puerto", ["en", "es"], "es"),
        ("What did the minister say about the port?", ["es", "en"], "en"),
        ("Que dit le ministre du port ?", ["en", "es", "fr"], "fr"),
        ("Was sagte der Minister?", ["en", "de"], "de"),
        ("سفیر درباره بندر چه گفت؟", ["ar", "ur", "fa"], "fa"),
        ("سفیر نے بندرگاہ کے بارے میں کیا کہا؟", ["ar", "fa", "ur"], "ur"),
        ("ماذا قال السفير عن الميناء؟", ["fa", "ur", "ar"], "ar"),
        ("Що сказав міністр про порт?", ["ru", "uk"], "uk"),
        # A name of another script may have most of the letters.
        ("Federation of Teachers是什么？", ["en", "zh"], "zh"),
        ("Federation of Teachers 的立场", ["en", "zh"], "en"),
        ("Karakoram 的立场", ["en", "zh"], "zh"),
        ("What did 王毅 say of Gwadar?", ["zh", "en"], "en"),
        ("WHO呢", ["en", "zh"], "zh"),
        ("Karakoram Alliance کیا ہے؟", ["en", "ur"], "ur"),
        ("Karakoram Alliance क्या है?", ["en"], "hi"),
        # No small word: by letters, or else the record's commonest.
        ("港は?", ["zh", "ja"], "ja"),
        ("港口", ["ja", "zh"], "ja"),
        ("Gwadar", ["en", "es"], "en"),
        ("Gwadar", ["es", "en"], "es"),
        ("Gwadar", ["es-MX", "es", "en"], "es"),
    ],
)
def test_a_question_is_read_in_a_language_of_the_record(
    question: str, languages: list[str], code: str
) -> None:
    assert languages_of_question(question, languages)[0].code == code


def test_the_languages_of_other_scripts_in_a_question_come_last() -> None:
    """They make terms of its names: "talks" is found by "talk"."""
    found = languages_of_question("Geneva talks是什么", ["en", "ur", "fr", "ja"])
    assert [language.code for language in found] == ["ja", "en", "fr"]


@given(st.text(max_size=40), st.lists(st.sampled_from([*codes(), "xx", "en-GB", ""]), max_size=4))
def test_any_question_of_any_record_is_read_in_some_language(
    question: str, languages: list[str]
) -> None:
    language = languages_of_question(question, languages)[0]
    same_script = [tag for tag in languages if language_of(tag).script == language.script]
    assert not same_script or language in map(language_of, same_script)


def test_a_language_is_read_once() -> None:
    assert language_of("en") is language_of("en-GB")


@EVERY
def test_a_hostile_question_is_read_in_time(code: str) -> None:
    """4,096 characters, Telegram's longest message, made of what its own phrases begin with.

    And many times as long: a pattern whose time grew with the square would not end in a minute.
    """
    question_phrases = language_of(code).question_phrases
    phrases = [said for one in lines(code, "question_phrases") for said in examples(one)]
    begun = [" ".join(said.split()[:-1]) or said for said in phrases]
    marks = [" ", "'", "’-", "\u0301", "\u200c", "a ", "1,", "?! "]
    for text in [*marks, *itertools.islice(begun, 0, None, 5), " ".join(begun), "، ".join(phrases)]:
        question = (f"{text} " * 4096)[:4096]
        assert len(languages_of_question(question, [code, "en", "ur"])[0].code) == 2
        if question_phrases:
            question_phrases.spans(question)
    if question_phrases:
        question_phrases.spans((" ".join([*marks, *begun]) * 100_000)[:100_000])
