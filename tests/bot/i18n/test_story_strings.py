"""What was found of a checked story is said shortly in every language, in the words at issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_statements import statement
from made_stories import SEARCHED, cited, difference, passage, quotation, quote, span, story

from bot.i18n.languages import languages
from bot.i18n.story_strings import findings, grade_name, left_alone, summary
from bot.i18n.strings import strings_of
from bot.rendering.html import plain, typed
from index import (
    Change,
    CheckedQuotation,
    CheckedStory,
    Coverage,
    Difference,
    Disagreement,
    Grade,
    Kind,
    Mismatch,
    Passage,
    Quotation,
    Quote,
)

SAY = strings_of("en")
DRAFT = "She said: “The harbour will open in May unless the channel is deep enough,” and left."
WORDS = "The harbour will open in May unless the channel is deep enough,"
STANDS = "The harbour will not open in May unless the channel is deep enough"


def told(checked: CheckedQuotation, draft: str = DRAFT, language: str = "en") -> list[str]:
    """Return the findings of *checked* in *draft*."""
    return findings(checked, story(draft, checked), strings_of(language))


def altered(*differences: object, draft: str = DRAFT, words: str = WORDS) -> CheckedQuotation:
    """Return the quotation of *words*, altered by *differences*."""
    return CheckedQuotation(
        quotation=quotation(draft, words),
        grade=Grade.ALTERED,
        passages=(passage(DRAFT, WORDS, STANDS),) if draft is DRAFT else (),
        differences=differences,  # type: ignore[arg-type]
    )


def graded(*grades: Grade) -> CheckedStory:
    """Return a story with a quotation of each of *grades*."""
    one = Quotation(0, 1, ())
    return story("“", *(CheckedQuotation(quotation=one, grade=grade) for grade in grades))


def test_the_summary_counts_the_verbatim_ones_first_then_the_worst():
    grades = [Grade.ABSENT, Grade.SPLICED, *[Grade.ALTERED] * 2, *[Grade.VERBATIM] * 8]
    assert summary(graded(*grades), SAY) == (
        "12 quotations: 8 verbatim, 2 altered, 1 spliced, 1 not on record"
    )
    assert summary(graded(Grade.CUT), SAY) == "1 quotation: 1 cut short"


def test_a_story_without_quotations_is_said_to_have_none():
    assert summary(graded(), SAY) == "There is no quotation of three words or more in it."


@pytest.mark.parametrize("language", languages())
def test_every_grade_has_a_name_and_a_count_of_its_own(language):
    strings = strings_of(language)
    assert len({grade_name(grade, strings) for grade in Grade}) == len(Grade)
    assert len({summary(graded(grade), strings) for grade in Grade}) == len(Grade)


def test_a_lost_not_is_told_with_the_words_around_it():
    lost = difference(DRAFT, Change.NEGATION, DRAFT.index("open"), "not")
    assert told(altered(lost)) == [
        "A “not” was left out: the record has “will not open”, the story “will open”"
    ]
    assert told(altered(replace(lost, at_omission=True))) == [
        "A “not” was left out at the ellipsis: the record has “will not open”"
    ]


def test_a_not_that_was_put_in_is_told_with_what_the_record_has_there():
    draft = "“Ferries do not sail twice a day, she said”"
    made = statement("ferries", ["Our ferries do sail twice a day."])
    words = draft[1:-1]
    put_in = difference(draft, Change.NEGATION, "not", None)
    where = passage(draft, words, "ferries do sail twice a day", made)
    checked = replace(altered(put_in, draft=draft, words=words), passages=(where,))
    assert told(checked, draft) == [
        "A “not” was put in: the record has “do sail”, the story “do not sail”"
    ]
    assert told(replace(checked, passages=()), draft) == ["Negation put in: “not”"]


def test_a_changed_number_is_told_without_quotation_marks_and_words_with_them():
    draft = "“Dredging has cost 62.5 million rupees, and ferries sail twice a year”"
    changed = [
        difference(draft, Change.NUMBER, "62.5", "26.5"),
        difference(draft, Change.CURRENCY, "rupees", "dollars"),
        difference(draft, Change.WORDS, "year", "day"),
    ]
    assert told(altered(*changed, draft=draft, words=draft[1:-1]), draft) == [
        "Number changed: 26.5 on record, 62.5 in the story",
        "Currency changed: “dollars” on record, “rupees” in the story",
        "Words changed: “day” on record, “year” in the story",
    ]


def test_a_modal_verb_is_told_with_the_words_beside_it():
    draft = "“The harbour may not open in May”"
    changed = difference(draft, Change.MODAL, "may", "will")
    assert told(altered(changed, draft=draft, words=draft[1:-1]), draft) == [
        "Modal verb changed: “harbour will not” on record, “harbour may not” in the story"
    ]


def test_limiting_words_are_told_where_they_were_left_out():
    draft = "“The harbour will not open in May …”"
    left_out = difference(draft, Change.LIMIT, len(draft) - 2, "unless the channel is deep enough")
    checked = altered(left_out, draft=draft, words=draft[1:-3])
    assert told(checked, draft) == ["Limiting words left out: “unless the channel is deep enough”"]
    marked = altered(replace(left_out, at_omission=True), draft=draft, words=draft[1:-3])
    limits = (quote("unless the channel is deep enough."),)
    assert told(replace(marked, limits=limits), draft) == [
        "Limiting words left out at the ellipsis: “unless the channel is deep enough”"
    ]


def test_of_many_changed_words_three_are_told_and_the_rest_counted():
    changed = [difference(DRAFT, Change.WORDS, "deep", "deep")] * 5
    lines = told(altered(*changed))
    assert lines[3:] == ["2 more differences in words"]


def test_a_spliced_quotation_names_the_places_of_its_parts():
    draft = "“The harbour will not open in May, and ferries sail twice a day”"
    parts = (
        passage(draft, "The harbour will not open in May", "The harbour will not open in May"),
        passage(draft, "and ferries sail twice a day", "and ferries sail twice a day"),
    )
    checked = CheckedQuotation(
        quotation=quotation(draft, draft[1:-1]), grade=Grade.SPLICED, passages=parts
    )
    first, second = "paragraph 1 (K7Q2-M9XA)", "paragraph 2 (K7Q2-M9XB)"
    assert told(checked, draft) == [f"Joined from {first}, {second}"]
    apart = replace(parts[1], citation=replace(parts[1].citation, statement="another"))
    assert told(replace(checked, passages=(parts[0], apart)), draft) == [
        f"Joined from different texts: {first}, {second}"
    ]
    assert told(replace(checked, passages=(parts[0], parts[0])), draft) == [
        f"Parts that stand apart in {first}"
    ]


def test_a_cut_quotation_is_told_with_the_words_after_or_before_it():
    draft = "“The harbour will not open in May”"
    words = draft[1:-1]
    checked = CheckedQuotation(
        quotation=quotation(draft, words),
        grade=Grade.CUT,
        passages=(passage(draft, words, words),),
        limits=(quote("unless the channel is deep enough"),),
    )
    assert told(checked, draft) == ["The record goes on: “unless the channel is deep enough”"]
    made = statement("fog", ["Unless there is fog, the ferries sail twice a day."])
    stands = passage(draft, words, "the ferries sail twice a day", made)
    before = replace(checked, passages=(stands,), limits=(quote("Unless there is fog", made),))
    assert told(before, draft) == ["Before it, the record has “Unless there is fog”"]


def test_what_the_story_says_of_a_quotation_is_told_beside_what_the_record_says():
    draft = "The mayor said on Monday: “From the old quay, as they always did”"
    words = "From the old quay, as they always did"
    checked = CheckedQuotation(
        quotation=quotation(draft, words),
        grade=Grade.MISATTRIBUTED,
        passages=(passage(draft, words, words),),
        disagreements=(
            Disagreement(Mismatch.SPEAKER, span(draft, "The mayor"), "Nadia Rahman"),
            Disagreement(Mismatch.DATE, span(draft, "on Monday"), "2025-02-24"),
            Disagreement(Mismatch.STATEMENT, None, "Remarks on ports"),
            Disagreement(Mismatch.PARAPHRASE, None, "Harbour Post"),
            Disagreement(Mismatch.QUESTION, None, "Nadia Rahman"),
        ),
    )
    assert told(checked, draft) == [
        "Said by Nadia Rahman; the story has “The mayor”",
        "Said on 24 Feb 2025; the story has “on Monday”",
        "From another text: Remarks on ports",
        "The publisher's words, not the speaker's own",
        "From a question put to the speaker",
    ]
    published = replace(cited(3), date=None, published=date(2025, 2, 24))
    of_report = replace(checked, passages=(replace(checked.passages[0], citation=published),))
    assert told(of_report, draft)[1] == "Published on 24 Feb 2025; the story has “on Monday”"
    ours = statement("brief", [words], kind=Kind.BRIEF)
    of_brief = replace(checked, passages=(passage(draft, words, words, ours),))
    assert "Our brief's words, not the speaker's own" in told(of_brief, draft)


def test_of_a_quotation_that_is_not_on_record_what_was_searched_and_the_nearest_are_told():
    checked = CheckedQuotation(
        quotation=quotation(DRAFT, WORDS),
        grade=Grade.ABSENT,
        nearest=passage(DRAFT, WORDS, "ferries sail twice a day"),
    )
    searched = "Searched 3 statements, 1 Feb 2025 to 24 Feb 2025"
    assert told(checked) == [
        searched,
        "The nearest: “ferries sail twice a day”, Nadia Rahman, 24 Feb 2025, "
        "paragraph 2 (K7Q2-M9XB)",
    ]
    assert told(replace(checked, nearest=None)) == [searched]


def test_without_anything_on_record_that_is_what_is_told():
    empty = Coverage(statements=0, paragraphs=0, first=None, last=None)
    undated = replace(SEARCHED, first=None, last=None)
    checked = CheckedQuotation(quotation=quotation(DRAFT, WORDS), grade=Grade.ABSENT)
    assert findings(checked, story(DRAFT, checked, searched=empty), SAY) == [
        "There is nothing on record yet."
    ]
    assert findings(checked, story(DRAFT, checked, searched=undated), SAY) == [
        "Searched 3 statements, all undated"
    ]


def test_a_passage_that_is_no_longer_current_is_told_as_such():
    where = passage(DRAFT, WORDS, STANDS)
    gone = replace(cited(1), withdrawn="retracted", amended=SEARCHED.last)
    checked = CheckedQuotation(
        quotation=quotation(DRAFT, WORDS),
        grade=Grade.PUNCTUATED,
        passages=(replace(where, citation=gone),) * 2,
    )
    assert told(checked) == [
        "The same words, with other marks, capitals or spelling",
        "Withdrawn: retracted",
        "Amended on 24 Feb 2025; the current text differs",
    ]


def test_a_verbatim_quotation_needs_no_word():
    checked = CheckedQuotation(
        quotation=quotation(DRAFT, WORDS),
        grade=Grade.VERBATIM,
        passages=(passage(DRAFT, WORDS, STANDS),),
    )
    assert told(checked) == []


def test_what_was_left_alone_is_counted():
    draft = "One.\n\nTwo “three.\nFour” five” and six."
    lone = [draft.index("“"), draft.index("”"), draft.rindex("”")]
    short = Quotation(*span(draft, "five"), ())
    whole = story(
        draft,
        short=(short,) * 3,
        paraphrases=(span(draft, "and six"),) * 4,
        unbalanced=tuple(lone),
        read=12,
    )
    assert left_alone(whole, SAY) == [
        f"Checked only to character 12 of {len(draft)}",
        "A quotation mark without its partner: line 3, line 4",
        "3 quotations of one or two words were not checked",
        "4 paraphrases were not checked",
    ]
    assert left_alone(whole, SAY, as_typed=False)[1].endswith("partner: paragraph 2")
    assert left_alone(story(draft), SAY) == []


def test_of_many_lines_with_a_lone_mark_the_first_are_named():
    draft = "”\n" * 30
    lone = tuple(range(0, len(draft), 2))
    (line,) = left_alone(story(draft, unbalanced=lone), SAY)
    assert line.endswith("line 5, 25 more")


def test_long_words_are_cut_and_line_breaks_are_spaces():
    draft = "“" + "ferry\n" * 100 + "”"
    changed = difference(draft, Change.WORDS, draft[1:-2], "day")
    (line,) = told(altered(changed, draft=draft, words=draft[1:-1]), draft)
    assert "\n" not in line
    assert len(line) < 200


def test_words_of_a_draft_are_shown_as_the_room_shows_them():
    draft = "“Ask @everyone & the <b> twice a year”"
    changed = difference(draft, Change.NAME, "@everyone & the <b>", "twice a day")
    checked = altered(changed, draft=draft, words=draft[1:-1])
    assert findings(checked, story(draft, checked), SAY, typed, plain) == [
        "Name changed: “twice a day” on record, "
        "“<code>@everyone &amp; the &lt;b&gt;</code>” in the story"
    ]


def test_where_words_have_no_spaces_a_few_letters_stand_around():
    made = statement("zh", ["港口五月不会开放，除非航道足够深。"], language="zh")
    draft = "他说：“港口五月会开放。”"
    words = "港口五月会开放。"
    paragraph = made.paragraphs[0]
    at = paragraph.text.index("不")
    where = draft.index("会")
    lost = replace(
        difference(draft, Change.NEGATION, where, None), stands=Quote(paragraph, at, at + 1)
    )
    checked = CheckedQuotation(
        quotation=quotation(draft, words),
        grade=Grade.ALTERED,
        passages=(
            Passage(
                span(draft, words),
                Quote(paragraph, 0, len(paragraph.text)),
                cited(1, made),
            ),
        ),
        differences=(lost,),
    )
    assert told(checked, draft, "zh") == [
        "漏去否定词“不”：记录为“港口五月不会开放”，稿中为“港口五月会开放”"
    ]


def test_of_one_changed_character_those_around_it_are_told():
    made = statement("zh", ["疏浚工程已花费二十六亿元。"], language="zh")
    draft = "“疏浚工程已花费三十六亿元。”"
    paragraph, at = made.paragraphs[0], draft.index("三")
    changed = Difference(Change.NUMBER, (at, at + 1), Quote(paragraph, at - 1, at))
    checked = altered(changed, draft=draft, words=draft[1:-1])
    assert told(checked, draft, "zh") == [
        "数字不同：记录为“程已花费二十六亿元”，稿中为“程已花费三十六亿元”"
    ]


@pytest.mark.parametrize("language", languages())
def test_every_sort_of_change_is_said_in_every_language(language):
    """With words left out, put in and replaced."""
    for change in Change:
        sorts = [
            difference(DRAFT, change, "will", "will"),
            difference(DRAFT, change, DRAFT.index("open"), "not"),
            difference(DRAFT, change, DRAFT.index("open"), "not", at_omission=True),
            difference(DRAFT, change, "unless", None),
        ]
        lines = [told(altered(one), language=language) for one in sorts]
        assert len({line for (line,) in lines}) == len(sorts)
