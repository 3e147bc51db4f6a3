"""Each language's file is complete, fits, and is in that language; and each user gets the nearest.

A complaint is written for a translator: the file, the entry, what to do.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import BotCommandLimit, BotDescriptionLimit
from telegram_standin.rewriting import rewrite

from bot.i18n.languages import languages, nearest, read_language
from bot.i18n.plurals import plural_rule
from bot.i18n.strings import string_names, strings_for, strings_of

Texts = dict[str, Any]
Check = Callable[[Texts], Iterator[str]]

ORIGINAL = read_language("en")
TRANSLATIONS = languages()[1:]
#: What may read as in English: signs and numbers, and what Chinese quotes in the same marks.
SAME = {
    "ur": {"button_previous", "date", "draft_field", "settings_chosen", "story_summary"},
    "zh": {"button_previous", "settings_chosen", "terminal_prompt", "read_quoted"},
}
#: Bot API: a notice has 200 characters; the button above inline results has no limit that is
#: written down, but a telephone shows some 40. The menu shows a line of a description.
LONGEST = {
    **dict.fromkeys(
        (
            *("question_gone", "paragraph_gone", "paragraph_amended", "statement_gone"),
            *("admins_only", "draft_gone", "check_gone"),
        ),
        200,
    ),
    **dict.fromkeys((name for name in ORIGINAL if name.startswith("inline_")), 40),
    **dict.fromkeys((name for name in ORIGINAL if name.startswith("command_")), 48),
    **dict.fromkeys((name for name in ORIGINAL if name.startswith("settings_button_")), 20),
    **dict.fromkeys(("button_nearest", "button_again"), 30),
    **dict.fromkeys(("button_file_amended", "button_file_apart"), 40),
    "description": BotDescriptionLimit.MAX_DESCRIPTION_LENGTH,
    "short_description": BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH,
    "language_name": 20,
}
#: The rows of buttons, and how many columns a row has on a telephone; a Chinese character is two.
ROWS = [
    ("button_previous", "button_next", "button_context", "button_cite", "button_share"),
    ("button_context", "button_cite", "button_share", "button_back"),
    ("button_before", "button_after", "button_statement", "button_back"),
    ("button_nearest", "button_all"),
    ("button_others_both", "button_all"),
    ("button_earlier", "button_later", "button_back"),
    ("button_newer", "button_older"),
    ("button_file", "button_skip", "button_drop_all"),
    ("draft_title", "draft_speakers", "draft_date"),
    ("draft_kind", "draft_language", "draft_translation"),
    ("draft_published", "draft_publisher", "draft_url", "draft_id"),
    ("button_statement", "button_left_out", "button_differences"),
]
COLUMNS = 40
#: What users type, the same in any language: a command, an operator, a reference.
TYPED = re.compile(
    r"/[a-z]+(?: (?:on|off|clear|apa)\b)?|\b[a-z]+:(?=[a-z0-9<])[\w-]*"
    r"|\b(?:K7Q2-M9XA|2025-02|onrecord add)\b"
)
#: What shows nothing and sets the direction of a text.
MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: What Telegram shows outside messages, and may clean of what shows nothing.
BARE = tuple(
    name
    for name in sorted(ORIGINAL)
    if name.startswith(("button_", "command_", "settings_button_"))
    or name in ("description", "short_description", "inline_nothing", "inline_empty", "cite_plain")
)


def texts(written: Texts) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the text and the English of each entry that has both."""
    for name, english in ORIGINAL.items():
        if isinstance(english, str) and isinstance(written.get(name), str):
            yield name, written[name], english


def plurals(written: Texts) -> Iterator[tuple[str, str, str]]:
    """Yield the same of each form that a noun has beside a number; its name is "days.few"."""
    for name, english in ORIGINAL.items():
        if isinstance(english, dict) and isinstance(written.get(name), dict):
            for form, text in written[name].items():
                yield f"{name}.{form}", text, english.get(form, english["other"])


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def tags(text: str) -> Counter[str]:
    return Counter(re.findall(r"</?[a-z]+>", text))


def columns(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)


def incomplete(written: Texts) -> Iterator[str]:
    """Yield which entries are missing, surplus, or not text."""
    for name in ORIGINAL:
        if name not in written:
            yield f"{name} is missing: translate {ORIGINAL[name]!r}"
    for name in written:
        if name not in ORIGINAL:
            yield f"{name} is not in en.yaml: delete it, or correct its name"
    for name in ORIGINAL.keys() & written.keys():
        if not isinstance(written[name], type(ORIGINAL[name])):
            yield f"{name} is not read as text: put it in quotation marks"
    months = written.get("months")
    if not (isinstance(months, list) and len(set(map(str, months))) == 12):
        yield "months has to list the twelve months, each in its own word"


def misfilled(written: Texts) -> Iterator[str]:
    """Yield where placeholders, tags or what users type are not as in English."""
    for name, text, english in texts(written):
        try:
            found = placeholders(text)
        except ValueError:
            yield f"{name} has a brace without its partner: write places as {{name}}"
            continue
        for lacking in placeholders(english) - found:
            yield f"{name} lacks {{{lacking}}}: put it where its part of the sentence belongs"
        for surplus in found - placeholders(english):
            yield f"{name} has {{{surplus}}}, which is not filled in there: delete it"
        for lacking in tags(english) - tags(text):
            yield f"{name} lacks a {lacking}: put it where the words it marks are"
        for surplus in tags(text) - tags(english):
            yield f"{name} has a {surplus} too many: delete it"
        for typed in set(TYPED.findall(english)) - set(TYPED.findall(text)):
            yield f"{name} lacks {typed!r}, which users type: leave it as it is in English"


def misformed(written: Texts, language: str) -> Iterator[str]:
    """Yield where a noun beside a number has other forms than CLDR gives the language."""
    rule = plural_rule(language)
    examples: dict[str, list[int]] = {form: [] for form in (*sorted(rule.tags), "other")}
    for number in range(202):
        examples[rule(number)].append(number)
    for name, forms in written.items():
        if not isinstance(forms, dict):
            continue
        for form in examples.keys() - forms.keys():
            said_of = ", ".join(map(str, examples[form][:4])) or "fractions and millions"
            yield f"{name} lacks the form {form!r}, for {said_of}: add it"
        for form in forms.keys() - examples.keys():
            yield f"{name} has a form {form!r}, which the language has not: delete it"
        for form in forms.keys() & examples.keys():
            places = set(placeholders(forms[form]))
            if not places and len(examples[form]) != 1:
                yield f"{name}.{form} is said of several numbers: write {{number}} in it"
            for surplus in places - {"number"}:
                yield f"{name}.{form} has {{{surplus}}}, which is not filled in there: delete it"


def too_long(written: Texts) -> Iterator[str]:
    """Yield which entries have more characters than there is room for."""
    for name, text, _ in texts(written):
        if name in LONGEST and columns(text) > LONGEST[name]:
            yield f"{name} takes {columns(text)} columns, and there are {LONGEST[name]}: shorten it"
    for row in ROWS:
        labels = [written[name].format(number=20, total=20) for name in row if name in written]
        if columns("".join(labels)) > COLUMNS:
            yield f"{', '.join(row)} together do not fit {COLUMNS} columns: shorten them"


def untranslated(written: Texts, same: set[str]) -> Iterator[str]:
    """Yield which entries are still English, except those that may be the *same*."""
    for name, text, english in [*texts(written), *plurals(written)]:
        if text == english and name not in same:
            yield f"{name} is still in English: translate {english!r}"
        if text != english and name in same:
            yield f"{name} is listed as the same as in English, and is not: take it off the list"


def untidy(written: Texts) -> Iterator[str]:
    """Yield where there are invisible characters, or some that Telegram would change."""
    for name, text, _ in [*texts(written), *plurals(written)]:
        if MARKS.search(text):
            yield f"{name} has a mark of direction: delete it, the program sets them"
        if not text.strip() or (text != text.strip() and name not in ("comma", "terminal_prompt")):
            yield f"{name} is empty, or begins or ends with a space: delete the space"
        if unicodedata.normalize("NFC", text) != text:
            yield f"{name} has letters in parts: write it in Unicode's composed form (NFC)"
        if rewrite(text)[0] != text.strip(" \n"):
            yield f"{name} has a character that Telegram changes: a tab, a control character"


def inconsistent(written: Texts) -> Iterator[str]:
    """Yield where the help names a button otherwise than it is called."""
    help_text = written.get("help", "")
    for name in ("context", "before", "after", "statement", "cite", "share", "all"):
        label = re.sub(r"[^\w ]", "", written.get(f"button_{name}", "")).strip()
        if f"<i>{label}</i>" not in help_text:
            yield f"help lacks <i>{label}</i>, as button_{name} is called"
    onward = written.get("button_next", "").format(number=1, total=5).strip(" ‹›")
    if f"<i>{onward}</i>" not in help_text:
        yield "help lacks what button_next shows of passage 1 of 5, in <i>"
    if written.get("reference") == written.get("button_cite"):
        yield "reference and button_cite are two things: give them two words"


CHECKS: list[Check] = [incomplete, misfilled, too_long, untidy, inconsistent]


def complaints(language: str, found: Iterator[str]) -> str:
    return "\n".join(f"bot/i18n/locales/{language}.yaml: {one}" for one in found)


def test_there_are_english_urdu_and_chinese_english_first():
    assert languages()[0] == "en"
    assert {"en", "ur", "zh"} <= set(languages())


def test_the_entries_of_the_program_are_those_of_the_english_file():
    """One that is added to string_table.py is said in en.yaml, then in each language."""
    assert set(ORIGINAL) == string_names()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("check", CHECKS)
def test_a_language_is_complete_and_fits(language, check):
    """The message lists what to do, line by line."""
    found = complaints(language, check(read_language(language)))
    assert not found, f"\n{found}"


@pytest.mark.parametrize("language", languages())
def test_a_language_has_exactly_the_forms_that_cldr_gives_it(language):
    found = complaints(language, misformed(read_language(language), language))
    assert not found, f"\n{found}"


@pytest.mark.parametrize(
    ("language", "forms", "message"),
    [
        ("ru", {"one": "{number} день", "other": "{number} дня"}, "form 'few', for 2, 3, 4, 22"),
        ("zh", {"one": "1 天", "other": "{number} 天"}, "has a form 'one', which the language"),
        ("ru", {"one": "1 день"}, "days.one is said of several numbers: write {number} in it"),
        ("en", {"one": "1 day", "other": "days"}, "days.other is said of several numbers"),
        ("en", {"one": "1 day", "other": "{many} days"}, "days.other has {many}"),
    ],
)
def test_a_translator_is_told_which_form_is_wrong(language, forms, message):
    assert any(message in one for one in misformed({"days": forms}, language))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_leaves_nothing_in_english(language):
    found = complaints(language, untranslated(read_language(language), SAME.get(language, set())))
    assert not found, f"\n{found}"


@pytest.mark.parametrize("language", languages())
def test_a_language_has_a_name_of_its_own(language):
    """Users choose it by that name."""
    others = [strings_of(one).language_name for one in languages() if one != language]
    assert strings_of(language).language_name not in others
    assert strings_of(language).language == language


@pytest.mark.parametrize(
    ("check", "name", "text", "message"),
    [
        (incomplete, "start", None, "start is missing: translate"),
        (incomplete, "strat", "Hello", "strat is not in en.yaml: delete it"),
        (incomplete, "undated", False, "undated is not read as text: put it in quotation marks"),
        (incomplete, "months", ["Jan"] * 12, "months has to list the twelve months"),
        (misfilled, "searched", "{statements}, {period}", "searched lacks {paragraphs}"),
        (misfilled, "thanks", "{name}!", "thanks has {name}, which is not filled in there"),
        (misfilled, "thanks", "{name", "thanks has a brace without its partner"),
        (misfilled, "start", "<i>{example}", "start lacks a </i>"),
        (misfilled, "thanks", "<b>Thanks</b>", "thanks has a <b> too many"),
        (misfilled, "unknown_command", "See /hilfe.", "unknown_command lacks '/help'"),
        (misfilled, "misses_off", "/misses an", "misses_off lacks '/misses on'"),
        (too_long, "admins_only", "x" * 201, "admins_only takes 201 columns, and there are 200"),
        (too_long, "short_description", "字" * 61, "short_description takes 122 columns"),
        (too_long, "button_after", "the paragraph after this one", "do not fit 40 columns"),
        (untidy, "thanks", "\u200fThanks", "thanks has a mark of direction: delete it"),
        (untidy, "thanks", "Thanks ", "thanks is empty, or begins or ends with a space"),
        (untidy, "thanks", "  ", "thanks is empty"),
        (untidy, "thanks", "Tha\u0300nks", "thanks has letters in parts"),
        (untidy, "thanks", "Tha\tnks", "thanks has a character that Telegram changes"),
        (inconsistent, "button_share", "Send on", "help lacks <i>Send on</i>, as button_share"),
        (inconsistent, "button_next", "{number}/{total} ›", "help lacks what button_next shows"),
        (inconsistent, "reference", "Cite", "are two things: give them two words"),
    ],
)
def test_a_translator_is_told_what_to_correct(check, name, text, message):
    """Each of the checks above can fail, and says in which entry and what to do."""
    broken = {**ORIGINAL, name: text}
    if text is None:
        del broken[name]
    assert any(message in one for one in check(broken)), list(check(broken))
    assert not list(check(ORIGINAL))


def test_what_was_forgotten_in_english_is_found():
    written = [*texts(ORIGINAL), *plurals(ORIGINAL)]
    assert len(list(untranslated(ORIGINAL, set()))) == len(written)
    french = {**ORIGINAL, "terminal_prompt": "? !"}
    assert list(untranslated(french, {name for name, _, _ in written})) == [
        "terminal_prompt is listed as the same as in English, and is not: take it off the list"
    ]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", BARE)
def test_labels_and_the_menu_hold_no_marks_that_telegram_may_drop(language, name):
    """What Telegram hands back otherwise than it was set would be set again at each start."""
    assert not MARKS.search(getattr(strings_of(language), name))


@pytest.mark.parametrize("language", languages())
def test_the_menu_keeps_telegrams_own_limit(language):
    for name in (name for name in ORIGINAL if name.startswith("command_")):
        assert len(getattr(strings_of(language), name)) <= BotCommandLimit.MAX_DESCRIPTION


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *(("en", "en"), ("en-GB", "en"), ("EN_us", "en")),
        *(("ur", "ur"), ("ur-PK", "ur"), ("UR-Arab-PK", "ur")),
        *(("zh", "zh"), ("zh-hans", "zh"), ("zh-TW", "zh"), ("zh-Hant-HK", "zh"), ("zh_CN", "zh")),
        *((None, "en"), ("", "en"), ("fr", "en"), ("hi", "en"), ("zhx", "en"), ("u", "en")),
        *(("-ur", "en"), ("ur/../zh", "en"), ("../locales/ur", "en"), ("ur\n", "en")),
        *(("ur\x00", "en"), ("*", "en"), ("у-р", "en"), ("zh" * 5000, "en"), ("zh-" * 5000, "en")),
    ],
)
def test_a_tag_gets_the_nearest_language(tag, language):
    """Telegram's tags come from users' devices: short, long, old, and made up."""
    assert strings_for(tag) is strings_of(language)


def test_where_no_language_is_near_it_is_the_operators():
    assert strings_for("fr", "ur") is strings_of("ur")
    assert strings_for(None, "zh-hans") is strings_of("zh")
    assert strings_for("en", "ur") is strings_of("en")
    assert strings_for("fr", "fr") is strings_of("en")


@given(st.one_of(st.none(), st.text(), st.from_regex(r"[a-z]{2}-[A-Za-z]{2,4}")), st.text())
def test_whatever_the_tag_a_language_is_found(tag, default):
    assert nearest(tag, default) in languages()


def test_the_file_of_a_language_is_read_once():
    assert strings_of("ur") is strings_of("ur")
    assert strings_for("ur-PK") is strings_of("ur")
