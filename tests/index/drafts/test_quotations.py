"""Each quotation of a draft is found, with the press's own marks, and nothing else is.

Drafts are written with the answer in them: ⟦words⟧, ⦃omissions⦄ and ⟪insertions⟫ of a quotation,
⟨words⟩ of a short one.
"""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.drafts.quotation import PieceKind, Quotation
from index.drafts.quotations import Found, quotations_in

DRAWN = {
    PieceKind.WORDS: ("⟦", "⟧"),
    PieceKind.OMISSION: ("⦃", "⦄"),
    PieceKind.INSERTION: ("⟪", "⟫"),
}
ANSWER = re.compile("[⟦⟧⦃⦄⟪⟫⟨⟩]")
#: Characters of a hostile draft, and seconds for it: ten times what it takes, and a small part of
#: what it would with the square of its length.
HOSTILE_LENGTH, PATIENCE = 40_000, 4.0
STATEMENTS = Path(__file__).parents[4] / "shared" / "statements"


def drawn(draft: str, found: Found) -> str:
    """Return *draft* with the pieces of the quotations that stand in no other drawn in it."""
    signs: list[tuple[int, str]] = []
    outer = [one for one in found.quotations if one.within is None]
    for quotation in outer:
        for piece in quotation.pieces:
            opening, closing = DRAWN[piece.kind]
            signs += [(piece.start, opening), (piece.stop, closing)]
    for quotation in found.short:
        if not any(one.start <= quotation.start < one.stop for one in outer):
            for piece in quotation.pieces:
                signs += [(piece.start, "⟨"), (piece.stop, "⟩")]
    for at, sign in sorted(signs, key=lambda pair: pair[0])[::-1]:
        draft = draft[:at] + sign + draft[at:]
    return draft


def assert_found(expected: str, language: str = "") -> Found:
    """Assert that what is found in the draft *expected* is what is drawn in it; return it."""
    draft = ANSWER.sub("", expected)
    found = quotations_in(draft, language)
    assert drawn(draft, found) == expected
    return found


def paragraphs_of(name: str) -> list[str]:
    """Return the paragraphs of the real statements *name*; skip the test where they are not."""
    path = STATEMENTS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the real statements of {name} are not here")
    return [
        paragraph if isinstance(paragraph, str) else paragraph["text"]
        for line in path.read_text("utf-8").splitlines()
        for paragraph in json.loads(line)["paragraphs"]
    ]


def words_of(draft: str, quotation: Quotation) -> str:
    return draft[quotation.start : quotation.stop]


@pytest.mark.parametrize(
    "expected",
    [
        'The minister said: "⟦The harbour opens in May.⟧"',
        "“⟦The harbour opens in May,⟧” she said",
        "«⟦El puerto abre en mayo⟧», dijo",
        "« ⟦Le port ouvre en mai⟧ », a-t-elle dit de l’« ⟨État⟩ »",
        "»⟦Der Hafen öffnet im Mai⟧«, hieß es",
        "„⟦Der Hafen öffnet im Mai⟧“, sagte sie",
        "„⟦Port otworzy się w maju⟧”, powiedziała",
        "”⟦Hamnen öppnar i maj⟧”, sa hon. ”⟦Det är bra nu⟧” sa han",
        "»⟦Satama avataan toukokuussa kaikille⟧», hän sanoi",
        "发言人说：“⟦港口将于五月开放。⟧”",
        "發言人說：「⟦港口將於五月開放。⟧」",
        "発言者は『⟦港は五月に開く⟧』と言った",
        "他说：＂⟦港口将于五月开放⟧＂。",
        '他说"⟦港口将于五月开放⟧"然后离开',
        "‹⟦Le port ouvre en mai⟧› dit-il",
        "وزیر نے کہا “⟦بندرگاہ مئی میں کھلے گی۔⟧”",
        "وزیر نے کہا ”⟦بندرگاہ مئی میں کھلے گی۔⟧“",
        "وزیر نے کہا ’’⟦بندرگاہ مئی میں کھلے گی⟧‘‘ اور",
        "وزیر نے کہا ‘⟦بندرگاہ مئی میں کھلے گی⟧’ اور",
        "وزیر نے کہا ’⟦بندرگاہ مئی میں کھلے گی⟧‘ اور",
        'Minister نے کہا: "⟦Gwadar port مئی میں کھلے گی⟧"۔',
        "She wrote ``⟦the harbour opens soon⟧'' to us",
    ],
)
def test_the_marks_of_every_press_are_known(expected: str) -> None:
    assert assert_found(expected).unbalanced == ()


@pytest.mark.parametrize(
    "expected",
    [
        "'⟦We won't sign what we can't keep,⟧' she said.",
        "‘⟦It’s the ministers’ view,⟧’ he said, ‘⟦and the ’90s are gone.⟧’ The dogs’ dinner.",
        "'⟦The drivers' union knows that; so do the carriers.⟧' The workers' concerns stand.",
        "the workers' concerns were '⟨entirely reasonable⟩' and it's '⟦no longer fit for use⟧'",
        "The agency (IEA)‘s view and “⟨Reform⟩”’s other view.",
        "Mr Harris' spokesman played rock 'n' roll in the '80s, and rock ’n’ roll later.",
        "He's 'fraid of the dogs' dinner and the boys' club.",
        "‘⟦We trust the ministers⟧’ and she of ‘⟨dogs⟩’.",
        "'⟦Back in the '90s we were goin' home by rock 'n' roll,⟧' he said",
        "l'« ⟨État⟩ » et aujourd'hui c'est l’heure",
        "O‘zbekiston va Xi'an, п’ять хвилин, Hawai‘i",
    ],
)
def test_an_apostrophe_is_no_mark(expected: str) -> None:
    assert assert_found(expected).unbalanced == ()


@pytest.mark.parametrize(
    "expected",
    [
        'A 6\'2" guard and a 5\' 10" one with a 3" nail',
        '"⟦It is 5" wide or so,⟧" he said of the 6" nail.',
        'המנכ"ל של צה"ל אמר',
        'See https://example.org/a,b and <a href="one two three">“⟦this is the link⟧”</a>',
        'Run `echo "one two three"` now',
        '```\nprint("one two three four")\n```\n"⟦This is a quotation,⟧" she said',
        'name = "one two three four"\nprint("one two three");\n"title": "one two three",',
        '>>> say("one two three")',
        'The """"""""" line',
    ],
)
def test_what_is_no_quotation_mark_is_none(expected: str) -> None:
    assert_found(expected)


@pytest.mark.parametrize(
    "expected",
    [
        '"⟦We will⟧ ⦃[…]⦄ ⟦open⟧ ⦃(...)⦄ ⟦the⟧ ⦃...⦄ ⟦port⟧ ⦃…⦄ ⟦in⟧ ⦃. . .⦄ ⟦May⟧"',
        '"⟦We opened it.⟧ ⦃...⦄ ⟦We closed it.⟧⦃...⦄ ⟦We left.⟧"',
        "“⟦我们将开放⟧⦃……⦄⟦港口⟧”",
        '"⦃…⦄⟦and we will go⟧⦃...⦄"',
        '"⟦We will open⟧ [⟪the port⟫] ⟦in May⟧ [⟪sic⟫]"',
        '"⟦[W]e agree[d] to [re]open it⟧"',
        '"⟦We agree⟧[⟪1⟫] ⟦to it⟧"',
        "“⟦我们将在春天⟧[⟪港口⟫]⟦开放⟧”",
        '"⟦We will⟧ [⟪open the port⟫] ⟦soon⟧"',
        '"⟦We will⟧ [⟦open the port⟧](https://example.org/a) ⟦soon⟧"',
        '"⟦*We will* open **the port**⟧"',
    ],
)
def test_a_quotation_is_cut_into_words_omissions_and_insertions(expected: str) -> None:
    assert_found(expected)


def test_a_quotation_within_another_is_one_of_its_own() -> None:
    draft = "“I heard ‘we will not go’ and „das ist so nicht gut“ today,” he said."
    found = assert_found(
        "“⟦I heard⟧ ‘⟦we will not go⟧’ ⟦and⟧ „⟦das ist so nicht gut⟧“ ⟦today,⟧” he said."
    )
    assert [words_of(draft, one) for one in found.quotations] == [
        "“I heard ‘we will not go’ and „das ist so nicht gut“ today,”",
        "‘we will not go’",
        "„das ist so nicht gut“",
    ]
    assert [one.within for one in found.quotations] == [None, 0, 0]


def test_straight_marks_within_straight_marks_are_told_by_their_neighbours() -> None:
    found = assert_found(
        '"⟦I am⟧ "⟦here and there⟧" ⟦now,⟧" he said. "\'⟦We must go,⟧\' ⟦he said⟧"'
    )
    assert [one.within for one in found.quotations] == [None, 0, None, 2]


def test_a_british_quotation_holds_an_american_one() -> None:
    found = assert_found("'⟦The rule is clear:⟧ \"⟦No ship sails empty.⟧\" ⟦That won't change.⟧'")
    assert [one.within for one in found.quotations] == [None, 0]


@pytest.mark.parametrize(
    "expected",
    [
        "“⟦The first.⟧\n\n“⟦The second.⟧\n\n“⟦The third,⟧” he said.\n\n“⟦One of hers,⟧” she.",
        '"⟦The first.⟧\n\n"⟦The second one,⟧" he said.',
        "'⟦The first one.⟧\n\n'⟦The second one,⟧' he said of the fishermen's quay.",
        "«⟦El primero.⟧\n\n»⟦El segundo aquí.⟧», dijo",
        "“⟦The first.⟧\r\n“⟦The second one.⟧”",
        "“⟦One⟧ ‘⟦two three.⟧\n\n“‘⟦Four five⟧’ ⟦six.⟧”",
        "“⟦A line that is\nwrapped in the\nmiddle of it⟧” he said",
        "“⟦Each port differs, as we have said.⟧\n\n“⟦The second is ours,⟧” he said.",
        "“⟦It will open, I told them.⟧\n\n“⟦The second will not,⟧” he said.",
    ],
)
def test_a_quotation_goes_on_where_the_next_paragraph_reopens_it(expected: str) -> None:
    assert assert_found(expected).unbalanced == ()


@pytest.mark.parametrize(
    ("expected", "unbalanced"),
    [
        ("“We act now, she said on Monday.\n\n“⟦This is whole,⟧” he said.", [0]),
        ('"We act now, she said.\n\n"⟦This is whole,⟧" he said.', [0]),
        ("“We act, she said. “⟦We go on now,⟧” he said.\n\n“⟦This is whole⟧”", [0]),
        ("We act,” she said.\n\n“⟦This is whole⟧”", [7]),
        ("“⟦We act «now and then⟧” ok\n\n“⟦This is whole⟧”", [8]),
        ("「我们现在就走。他说。\n\n「⟦我们现在就走⟧」", [0]),
    ],
)
def test_a_mark_without_a_partner_takes_nothing_with_it(
    expected: str, unbalanced: list[int]
) -> None:
    draft = ANSWER.sub("", expected)
    found = quotations_in(draft)
    assert found.unbalanced == tuple(unbalanced)
    assert drawn(draft, found) == expected


@pytest.mark.parametrize(
    "expected",
    ["The mayor: “⟦We will act. We go on.⟧\n\nHe left.", "“⟦We will act at once.⟧\n\nShe left."],
)
def test_a_quotation_is_read_to_its_paragraphs_end_only_where_nothing_else_can_be_meant(
    expected: str,
) -> None:
    assert len(assert_found(expected).unbalanced) == 1


@pytest.mark.parametrize(
    "draft",
    [
        "“We will act. He left the room.\n\nShe left.",
        "“We will act, she said.\n\nShe left.",
        "“We will act, a minister I know said.\n\nShe left.",
    ],
)
def test_words_of_the_story_are_not_taken_for_a_quotation(draft: str) -> None:
    found = quotations_in(draft)
    assert (found.quotations, found.unbalanced) == ((), (0,))


def test_a_quotation_ends_after_twenty_paragraphs() -> None:
    """So that one missing mark cannot join a whole text of reopened paragraphs."""
    found = quotations_in("“Words are here.\n\n" * 60 + "“The end is here.”")
    assert all(one.stop - one.start < 20 * 20 for one in found.quotations)


@pytest.mark.parametrize(
    "expected",
    [
        "He said:\n\n> ⟦We will open the port⟧\n> ⟦in May.⟧\n>\n> ⟦And close it.⟧\n\nThen.",
        "> ⟦We will open the port.⟧\n> — Jane Doe, minister",
        "> “⟦We will open the port.⟧”",
        "> The minister said: “⟦We will open the port.⟧”",
        "> ⟨Thank you⟩",
        "“We act\n> ⟦We will open the port.⟧",
    ],
)
def test_a_block_quote_is_a_quotation(expected: str) -> None:
    assert_found(expected)


def test_a_block_quote_may_hold_a_quotation() -> None:
    found = assert_found("> ⟦They told us⟧ “⟦never to come back⟧” ⟦and we came.⟧", "de")
    assert [one.within for one in found.quotations] == [None, 0]


@pytest.mark.parametrize(
    ("draft", "is_short"),
    [
        ('the "so-called plan" here', True),
        ('the "very bad plan" here', False),
        ("所谓“双赢的”计划", True),
        ("所谓“合作双赢”计划", True),
        ("“5G网络” and so", True),
        ("“过去30年最快” and so", False),
        ("इसे ‘ऐतिहासिक कदम’ बताया", True),
        ("จะ “เปิดท่าเรือ” แล้ว", False),
    ],
)
def test_fewer_than_three_words_are_short(draft: str, is_short: bool) -> None:
    found = quotations_in(draft)
    assert (len(found.short), len(found.quotations)) == (is_short, not is_short)


def test_a_title_in_chinese_is_no_quotation() -> None:
    assert quotations_in("《人民日报海外版》报道").quotations == ()


def test_an_empty_quotation_is_none() -> None:
    found = quotations_in('"" “” «  » "…" ""')
    assert (found.quotations, found.short) == ((), ())


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("en", "She said that the port would open."),
        ("en", "He told reporters in Geneva on Friday that the port is open."),
        ("en", "He added the port would open."),
        ("en", "According to the minister, the port opens in May."),
        ("en", "The port will open in May, the deputy minister said."),
        ("en", "The port is “so-called open”, she said."),
        ("zh", "外交部发言人表示，港口将于五月开放。"),
        ("zh", "他强调中方愿同各方合作。"),
        ("ur", "وزیر نے کہا کہ بندرگاہ کھل جائے گی۔"),
        ("ur", "ان کا کہنا تھا کہ بندرگاہ کھل جائے گی۔"),
        ("es", "El ministro dijo este martes que el puerto abrirá."),
        ("es", "Según el ministerio, el puerto abrirá."),
        ("fr", "Elle a affirmé qu’aucun emploi ne serait supprimé."),
        ("fr", "Selon le ministre, le port ouvrira."),
        ("ar", "وأضاف الوزير أن الميناء سيفتح."),
        ("ru", "Министр отметил, что порт откроется."),
        ("ru", "По словам министра, порт откроется."),
        ("de", "Der Sprecher sagte, dass der Hafen öffnet."),
        ("de", "Er sagte, der Hafen werde öffnen."),
        ("hi", "मंत्री ने कहा कि बंदरगाह खुलेगा।"),
    ],
)
def test_indirect_speech_is_counted(language: str, draft: str) -> None:
    for known in (language, ""):
        assert quotations_in(f"{draft}\n\nThanks.", known).paraphrases == ((0, len(draft)),)


@pytest.mark.parametrize(
    "draft",
    [
        "He told the truth. She added a spoon of salt. He says hello.",
        "The minister declined to say whether it opens.",
        "They announced the plan.",
        "“We will open the port,” she said, and added that it was late.",
        "外交部发言人办公室的名称。",
        "对此表示遗憾。",
        "El puerto, que abrió ayer, es grande.",
        "> She said that it was late and that it was cold.",
    ],
)
def test_what_is_no_indirect_speech_is_not_counted(draft: str) -> None:
    assert quotations_in(draft).paraphrases == ()


MARKS = "\"'“”„‘’‚«»‹›「」『』＂`"
HOSTILE = st.text(
    st.one_of(
        st.sampled_from(MARKS),
        st.sampled_from("  \n\n\r>[]().…*_-:;,5s\u2029\u202e\u2066\x00\ud800a中בक"),
        st.characters(),
    ),
    max_size=120,
)


@given(HOSTILE, st.sampled_from(["", "en", "zh", "ur", "xx", "-"]))
@example("“a\n\n“b c d", "en")
@example(">“a b\n>“c d”", "en")
@example("[a “b] c”", "")
def test_any_text_is_read(draft: str, language: str) -> None:
    """Pieces are within their quotation, ordered and disjoint; nothing raises."""
    found = quotations_in(draft, language)
    for some in (found.quotations, found.short):
        assert list(some) == sorted(some, key=lambda one: (one.start, -one.stop))
        for quotation in some:
            at = quotation.start
            assert quotation.pieces
            for piece in quotation.pieces:
                assert at <= piece.start < piece.stop <= quotation.stop
                words = draft[piece.start : piece.stop]
                assert piece.kind is PieceKind.INSERTION or words == words.strip()
                at = piece.stop
            if quotation.within is not None:
                outer = some[quotation.within]
                assert outer.start <= quotation.start < quotation.stop <= outer.stop
    assert list(found.unbalanced) == sorted(set(found.unbalanced))
    assert list(found.paraphrases) == sorted(found.paraphrases)
    assert all(0 <= start < stop <= len(draft) for start, stop in found.paraphrases)


@given(HOSTILE)
def test_a_blank_line_ends_what_nothing_reopens(draft: str) -> None:
    """What follows is found as if it stood alone."""
    after = "Then: “we go home now”, he said."
    whole = f"{draft}\n\n.\n\n{after}"
    found = quotations_in(whole)
    at = len(whole) - len(after)
    if "```" not in draft and "~~~" not in draft:
        assert [one.start - at for one in found.quotations if one.stop > at] == [6]


@pytest.mark.parametrize(
    "piece",
    [
        *('"', '" ', '"a" ', "“a ", "“”", "'a ", "s' a '", "“a ‘b’ ", '5" '),
        *("[", "... ", "“a\n\n"),
        *("> a\n", "> a b c\n\n“a b c”\n\n", "```\n", "<a", "said ", "said, ", "表示，"),
    ],
)
def test_a_hostile_paste_takes_no_longer_than_it_is_long(piece: str) -> None:
    began = time.process_time()
    quotations_in(piece * (HOSTILE_LENGTH // len(piece)))
    assert time.process_time() - began < PATIENCE


def test_real_paragraphs_have_a_partner_for_nearly_every_mark() -> None:
    """Of those of governments in English, with apostrophes of every sort, 99 in 100."""
    texts = [
        text
        for name in ("uk_written", "us_state", "us_wh")
        for text in paragraphs_of(name)
        if any(mark in text for mark in MARKS)
    ][::4]
    odd = [text for text in texts if quotations_in(text, "en").unbalanced]
    assert len(odd) < len(texts) / 100
