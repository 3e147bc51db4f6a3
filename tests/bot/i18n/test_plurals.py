"""A number is said with its noun in the right form, in languages that have one form or six."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel.core import Locale
from babel.localedata import locale_identifiers

from bot.i18n import languages as languages_module
from bot.i18n.languages import languages, read_language
from bot.i18n.plurals import Plural, plural_rule
from bot.i18n.strings import load_all_languages, strings_for, strings_of

RUSSIAN = {
    "one": "{number} заявление",
    "few": "{number} заявления",
    "many": "{number} заявлений",
    "other": "{number} заявления",
}
ARABIC = {
    "zero": "لا بيانات",
    "one": "بيان واحد",
    "two": "بيانان",
    "few": "{number} بيانات",
    "many": "{number} بيانًا",
    "other": "{number} بيان",
}


DAYS = {"one": "{number} jour", "other": "{number} jours"}


@pytest.mark.parametrize(
    ("language", "forms", "number", "said"),
    [
        *[("ru", RUSSIAN, 1, "1 заявление"), ("ru", RUSSIAN, 21, "21 заявление")],
        *[("ru", RUSSIAN, 3, "3 заявления"), ("ru", RUSSIAN, 103, "103 заявления")],
        *[("ru", RUSSIAN, 0, "0 заявлений"), ("ru", RUSSIAN, 11, "11 заявлений")],
        *[("ar", ARABIC, 0, "لا بيانات"), ("ar", ARABIC, 1, "بيان واحد")],
        *[("ar", ARABIC, 2, "بيانان"), ("ar", ARABIC, 3, "3 بيانات")],
        *[("ar", ARABIC, 11, "11 بيانًا"), ("ar", ARABIC, 100, "100 بيان")],
        *[("fr", DAYS, 0, "0 jour"), ("fr", DAYS, 1, "1 jour"), ("fr", DAYS, 2, "2 jours")],
        ("pt-br", {"one": "{number} dia", "other": "{number} dias"}, 2, "2 dias"),
        ("zh", {"other": "{number} 天"}, 1, "1 天"),
    ],
)
def test_each_number_takes_its_form(language, forms, number, said):
    assert Plural(forms, language)(number) == said


def test_one_takes_the_form_one_in_every_language_that_has_it():
    """So 1 is said without asking the rules."""
    rules = [Locale.parse(tag).plural_form for tag in locale_identifiers() if "_" not in tag]
    assert len(rules) > 200
    assert all(rule(1) == "one" for rule in rules if "one" in rule.tags)


def test_a_language_that_cldr_does_not_know_is_refused():
    with pytest.raises(ValueError, match="no plural rules for 'tlh'"):
        plural_rule("tlh")


def test_the_rules_are_imported_for_the_first_number_that_needs_them():
    """An answer on the command line must not wait for them."""
    program = (
        "import sys; from bot.i18n.strings import strings_of; en = strings_of();"
        "assert en.statements(1) == '1 statement'; assert 'babel' not in sys.modules;"
        "assert strings_of('zh').statements(5); assert 'babel' not in sys.modules;"
        "assert en.statements(2) == '2 statements'; assert 'babel' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[3])


@pytest.fixture
def russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file of Russian beside those there are, English but for its name and a noun."""
    shutil.copytree(languages_module._FOLDER, tmp_path, dirs_exist_ok=True)
    entries = read_language("en") | {"language_name": "Русский", "statements": RUSSIAN}
    entries["nothing_short"] = "Ответа нет ({statements}, {period})."
    (tmp_path / "ru.yaml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    monkeypatch.setattr(languages_module, "_FOLDER", tmp_path)
    languages.cache_clear()
    yield
    languages.cache_clear()


@pytest.mark.usefixtures("russian")
def test_a_language_is_added_with_one_file():
    """It is then offered, spoken to users of that language, and counts as that language does."""
    assert "ru" in languages()
    strings = strings_for("ru-RU")
    assert strings is strings_of("ru")
    assert strings.language_name == "Русский"
    assert [strings.statements(number) for number in (1, 3, 11)] == [
        "1 заявление",
        "3 заявления",
        "11 заявлений",
    ]
    load_all_languages()
