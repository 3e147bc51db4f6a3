"""A citation in each style says whose words they are, and fits where it has to."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from reached import reached, reaches
from telegram.constants import InlineKeyboardButtonLimit

from bot.citations.citing import LEAST_ROOM, Style, cite
from bot.i18n.strings import languages, strings_of
from index import Attribution, Citation, Kind, Translation

SAY = strings_of()
SAID, PUBLISHED = datetime.date(2025, 2, 24), datetime.date(2025, 2, 25)
OTHERS = [style for style in Style if style is not Style.PLAIN]
LINK = "https://ports.example.org/a?b=1&c=2"


def cited(**known: Any) -> Citation:
    """Return a minister's own words, as a gazette published them, but for what is *known*."""
    plain: dict[str, Any] = {
        "statement": "harbour",
        "title": "Remarks on the harbour",
        "date": SAID,
        "published": None,
        "kind": Kind.REMARKS,
        "speaker": "Nadia Rahman",
        "role": "Minister of Ports",
        "publisher": "Ports Gazette",
        "url": "",
        "paragraph": 12,
        "paragraphs": 16,
        "reference": "K7Q2-M9XA",
        "attribution": Attribution.DIRECT,
        "language": "en",
        "translation": None,
    }
    return Citation(**plain | known)


DIRECT = cited(url=LINK)
REPORT = cited(
    kind=Kind.REPORT,
    attribution=Attribution.REPORTED,
    title="Harbour “opens in March”",
    published=PUBLISHED,
)
JOINT = cited(
    kind=Kind.JOINT_STATEMENT,
    attribution=Attribution.JOINT,
    speaker="Pakistan, China",
    role="",
    title="Joint statement on railways",
    publisher="",
)
BRIEF = cited(
    kind=Kind.BRIEF,
    attribution=Attribution.BRIEF,
    speaker="On Record",
    role="summary of a news report",
    publisher="On Record",
    title="Brief: the visit",
    published=datetime.date(2026, 11, 22),
)
UNDATED = cited(date=None)
TRANSLATED = cited(kind=Kind.INTERVIEW, translation=Translation.UNOFFICIAL)

#: Worked by hand after the rules that ``bot/citations/styles.py`` names.
WORKED = {
    (Style.AP, "direct"): (
        DIRECT,
        "Nadia Rahman, Minister of Ports, in remarks on Feb. 24, 2025, as published by Ports "
        "Gazette (direct quote; “Remarks on the harbour”; paragraph 12; ref K7Q2-M9XA), " + LINK,
    ),
    (Style.AP, "report"): (
        REPORT,
        "according to a report by Ports Gazette on Nadia Rahman, Minister of Ports, "
        "Feb. 24, 2025, published Feb. 25, 2025 (publisher’s words, not a quote; "
        "“Harbour ‘opens in March’”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.AP, "joint"): (
        JOINT,
        "Pakistan, China, in a joint statement on Feb. 24, 2025 (joint text; “Joint statement on "
        "railways”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.AP, "brief"): (
        BRIEF,
        "summarized by On Record in a brief on Feb. 24, 2025, written Nov. 22, 2026 "
        "(summary, not a quote; “Brief: the visit”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.AP, "undated"): (
        UNDATED,
        "Nadia Rahman, Minister of Ports, in undated remarks, as published by Ports Gazette "
        "(direct quote; “Remarks on the harbour”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.AP, "translated"): (
        TRANSLATED,
        "Nadia Rahman, Minister of Ports, in an interview on Feb. 24, 2025, as published by Ports "
        "Gazette (direct quote, unofficial translation; “Remarks on the harbour”; paragraph 12; "
        "ref K7Q2-M9XA)",
    ),
    (Style.AP, "quoted in a report"): (
        cited(kind=Kind.REPORT, published=PUBLISHED),
        "Nadia Rahman, Minister of Ports, on Feb. 24, 2025, as quoted in a report by Ports "
        "Gazette, published Feb. 25, 2025 (direct quote as the publisher gives it; “Remarks on "
        "the harbour”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.AP, "question"): (
        cited(
            kind=Kind.PRESS_CONFERENCE,
            attribution=Attribution.QUESTION,
            speaker="Question",
            role="",
        ),
        "question asked in a news conference on Feb. 24, 2025, as published by Ports Gazette "
        "(not an official’s words; “Remarks on the harbour”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.AP, "read out"): (
        cited(attribution=Attribution.QUOTED, publisher=""),
        "as quoted by Nadia Rahman, Minister of Ports, in remarks on Feb. 24, 2025 (quoted there, "
        "not the speaker’s own words; “Remarks on the harbour”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.AP, "uncertain"): (
        cited(attribution=Attribution.UNCERTAIN, speaker="KHAN", role="", publisher=""),
        "speaker given as KHAN, not certain, in remarks on Feb. 24, 2025 (speaker not certain; "
        "“Remarks on the harbour”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.CHICAGO, "read out"): (
        cited(attribution=Attribution.QUOTED, role="", publisher=""),
        "“Remarks on the harbour” (words quoted by Nadia Rahman, in remarks, February 24, 2025), "
        "par. 12 (quoted there, not the speaker’s own words; ref K7Q2-M9XA).",
    ),
    (Style.APA, "uncertain"): (
        cited(attribution=Attribution.UNCERTAIN, speaker="KHAN", role="", publisher=""),
        "Remarks on the harbour (para. 12, ref K7Q2-M9XA) [Remarks, speaker given as KHAN; "
        "speaker not certain]. (2025, February 24).",
    ),
    (Style.AP, "release of its publisher"): (
        cited(kind=Kind.PRESS_RELEASE, speaker="Port Office", role="", publisher="Port Office"),
        "Port Office, in a news release on Feb. 24, 2025 (direct quote; “Remarks on the "
        "harbour”; paragraph 12; ref K7Q2-M9XA)",
    ),
    (Style.CHICAGO, "direct"): (
        DIRECT,
        "Nadia Rahman (Minister of Ports), “Remarks on the harbour” (remarks, February 24, 2025), "
        f"Ports Gazette, par. 12 (direct quote; ref K7Q2-M9XA), {LINK}.",
    ),
    (Style.CHICAGO, "report"): (
        REPORT,
        "Ports Gazette, “Harbour ‘opens in March’” (report on Nadia Rahman, Minister of Ports, "
        "February 24, 2025; published February 25, 2025), par. 12 (publisher’s words, not a "
        "quote; ref K7Q2-M9XA).",
    ),
    (Style.CHICAGO, "joint"): (
        JOINT,
        "Pakistan, China, “Joint statement on railways” (joint statement, February 24, 2025), "
        "par. 12 (joint text; ref K7Q2-M9XA).",
    ),
    (Style.CHICAGO, "brief"): (
        BRIEF,
        "On Record, “Brief: the visit” (brief, February 24, 2025; written November 22, 2026), "
        "par. 12 (summary, not a quote; ref K7Q2-M9XA).",
    ),
    (Style.CHICAGO, "undated"): (
        UNDATED,
        "Nadia Rahman (Minister of Ports), “Remarks on the harbour” (remarks, n.d.), "
        "Ports Gazette, par. 12 (direct quote; ref K7Q2-M9XA).",
    ),
    (Style.CHICAGO, "translated"): (
        TRANSLATED,
        "Nadia Rahman (Minister of Ports), “Remarks on the harbour” (interview, "
        "February 24, 2025), Ports Gazette, par. 12 (direct quote, unofficial translation; "
        "ref K7Q2-M9XA).",
    ),
    (Style.CHICAGO, "quoted in a report"): (
        cited(kind=Kind.REPORT),
        "Nadia Rahman (Minister of Ports), quoted in Ports Gazette, “Remarks on the harbour” "
        "(report, February 24, 2025), par. 12 (direct quote as the publisher gives it; "
        "ref K7Q2-M9XA).",
    ),
    (Style.CHICAGO, "quoted nobody knows where"): (
        cited(kind=Kind.REPORT, publisher=""),
        "Nadia Rahman (Minister of Ports), quoted in “Remarks on the harbour” (report, "
        "February 24, 2025), par. 12 (direct quote as the publisher gives it; ref K7Q2-M9XA).",
    ),
    (Style.APA, "direct"): (
        DIRECT,
        "Nadia Rahman (Minister of Ports). (2025, February 24). Remarks on the harbour (para. 12, "
        f"ref K7Q2-M9XA) [Remarks; direct quote]. Ports Gazette. {LINK}",
    ),
    (Style.APA, "report"): (
        REPORT,
        "Ports Gazette. (2025, February 25). Harbour “opens in March” (para. 12, ref K7Q2-M9XA) "
        "[Report on Nadia Rahman, Minister of Ports, February 24, 2025; publisher’s words, not a "
        "quote].",
    ),
    (Style.APA, "report of nobody knows whom"): (
        cited(kind=Kind.REPORT, attribution=Attribution.MIXED, publisher=""),
        "Remarks on the harbour (para. 12, ref K7Q2-M9XA) [Report on Nadia Rahman, Minister of "
        "Ports; publisher’s words except inside quotation marks]. (2025, February 24).",
    ),
    (Style.APA, "joint"): (
        JOINT,
        "Pakistan, China. (2025, February 24). Joint statement on railways (para. 12, "
        "ref K7Q2-M9XA) [Joint statement; joint text].",
    ),
    (Style.APA, "brief"): (
        BRIEF,
        "On Record. (2026, November 22). Brief: the visit (para. 12, ref K7Q2-M9XA) [Brief, "
        "February 24, 2025; summary, not a quote].",
    ),
    (Style.APA, "undated"): (
        UNDATED,
        "Nadia Rahman (Minister of Ports). (n.d.). Remarks on the harbour (para. 12, "
        "ref K7Q2-M9XA) [Remarks; direct quote]. Ports Gazette.",
    ),
    (Style.APA, "translated"): (
        TRANSLATED,
        "Nadia Rahman (Minister of Ports). (2025, February 24). Remarks on the harbour (para. 12, "
        "ref K7Q2-M9XA) [Interview; direct quote, unofficial translation]. Ports Gazette.",
    ),
    (Style.APA, "full stops of its own"): (
        cited(speaker="Quay & Co.", role="", title="Who pays?", published=PUBLISHED),
        "Quay & Co. (2025, February 24). Who pays? (para. 12, ref K7Q2-M9XA) [Remarks, published "
        "February 25, 2025; direct quote]. Ports Gazette.",
    ),
    (Style.BIBTEX, "direct"): (
        DIRECT,
        """@misc{K7Q2-M9XA,
  author = {{Nadia Rahman}},
  title = {{Remarks on the harbour}},
  howpublished = {Ports Gazette},
  year = {2025},
  month = feb,
  note = {Minister of Ports; remarks, 2025-02-24; direct quote; par. 12; ref K7Q2-M9XA},
  url = {https://ports.example.org/a?b=1&c=2},
}""",
    ),
    (Style.BIBTEX, "report"): (
        REPORT,
        """@misc{K7Q2-M9XA,
  author = {{Ports Gazette}},
  title = {{Harbour “opens in March”}},
  year = {2025},
  month = feb,
  note = {Report on Nadia Rahman, Minister of Ports, 2025-02-24, published 2025-02-25; \
publisher’s words, not a quote; par. 12; ref K7Q2-M9XA},
}""",
    ),
    (Style.BIBTEX, "joint"): (
        JOINT,
        """@misc{K7Q2-M9XA,
  author = {{Pakistan, China}},
  title = {{Joint statement on railways}},
  year = {2025},
  month = feb,
  note = {Joint statement, 2025-02-24; joint text; par. 12; ref K7Q2-M9XA},
}""",
    ),
    (Style.BIBTEX, "brief"): (
        BRIEF,
        """@misc{K7Q2-M9XA,
  author = {{On Record}},
  title = {{Brief: the visit}},
  year = {2026},
  month = nov,
  note = {Brief, 2025-02-24, written 2026-11-22; summary, not a quote; par. 12; ref K7Q2-M9XA},
}""",
    ),
    (Style.BIBTEX, "undated"): (
        UNDATED,
        """@misc{K7Q2-M9XA,
  author = {{Nadia Rahman}},
  title = {{Remarks on the harbour}},
  howpublished = {Ports Gazette},
  year = {n.d.},
  note = {Minister of Ports; remarks, n.d.; direct quote; par. 12; ref K7Q2-M9XA},
}""",
    ),
    (Style.BIBTEX, "translated, and full of commands"): (
        cited(title=r"50% \of {it} & #1_a~b^c$", translation=Translation.OFFICIAL),
        r"""@misc{K7Q2-M9XA,
  author = {{Nadia Rahman}},
  title = {{50\% \textbackslash{}of \textbraceleft{}it\textbraceright{} \& \#1\_a\textasciitilde{}b\textasciicircum{}c\$}},
  howpublished = {Ports Gazette},
  year = {2025},
  month = feb,
  note = {Minister of Ports; remarks, 2025-02-24; direct quote, official translation; par. 12; ref K7Q2-M9XA},
}""",  # noqa: E501  # the lines of an entry
    ),
}


@pytest.mark.parametrize(("style", "case"), WORKED)
def test_a_citation_reads_as_its_manual_would_have_it(style, case):
    citation, written = WORKED[style, case]
    assert cite(citation, style, SAY) == written


def test_the_plain_style_is_what_stands_beneath_a_quote():
    assert cite(DIRECT, Style.PLAIN, SAY) == (
        "Nadia Rahman, Minister of Ports · direct quote · Remarks on the harbour, 24 Feb 2025 · "
        f"Ports Gazette · paragraph 12 of 16 · {LINK} · ref K7Q2-M9XA"
    )


def test_only_the_plain_style_is_in_the_language_of_the_conversation():
    other = dataclasses.replace(SAY, attribution_direct="directe rede", reference="verw.")
    assert "directe rede" in cite(DIRECT, Style.PLAIN, other)
    for style in OTHERS:
        assert cite(DIRECT, style, other) == cite(DIRECT, style, SAY)


AP_MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec."


@pytest.mark.parametrize(("month", "written"), list(enumerate(AP_MONTHS.split(), 1)))
def test_ap_never_abbreviates_march_to_july(month, written):
    line = cite(cited(date=datetime.date(2025, month, 9)), Style.AP, SAY)
    assert f"in remarks on {written} 9, 2025," in line


@pytest.mark.parametrize("style", OTHERS)
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        *((kind, words) for kind in Kind for words in (Attribution.REPORTED, Attribution.MIXED)),
        (Kind.BRIEF, Attribution.BRIEF),
        (Kind.PRESS_CONFERENCE, Attribution.QUESTION),
        (Kind.INTERVIEW, Attribution.QUESTION),
        *((kind, Attribution.QUOTED) for kind in Kind),
        *((kind, Attribution.UNCERTAIN) for kind in Kind),
    ],
)
@pytest.mark.parametrize("publisher", ["Ports Gazette", ""])
def test_anothers_words_are_never_attributed_to_the_speaker(style, kind, words, publisher):
    """The speaker is neither the author nor the first; and it is said that this is no quote."""
    line = cite(cited(kind=kind, attribution=words, publisher=publisher), style, SAY)
    assert not line.startswith("Nadia Rahman")
    assert "author = {{Nadia" not in line
    begin = {
        Attribution.BRIEF: "summarized by Ports" if publisher else "summarized in",
        Attribution.QUESTION: "question asked in",
        Attribution.QUOTED: "as quoted by Nadia Rahman",
        Attribution.UNCERTAIN: "speaker given as Nadia Rahman",
    }.get(words, "according to ")
    assert style is not Style.AP or line.startswith(begin)
    labels = ("not a quote", "except inside quotation marks", "not an official’s words")
    labels += ("not the speaker’s own words", "speaker not certain")
    assert sum(label in line for label in labels) == 1
    # A question is filed under its asker, or only under the first speaker: neither is named.
    assert ("Nadia" in line) is (words is not Attribution.QUESTION)


@pytest.mark.parametrize("style", Style)
def test_every_attribution_has_its_own_label(style):
    def plain(words: Attribution) -> str:
        return cite(cited(attribution=words, kind=Kind.REPORT), style, SAY)

    assert len({plain(words) for words in Attribution}) == len(Attribution)


@pytest.mark.parametrize("style", Style)
def test_nothing_is_shortened_where_there_is_no_need(style):
    long = "Under-Secretary for Harbours " * 5
    citation = cited(speaker=long, title=f"{long}!", publisher=f"{long}?", url=LINK)
    line = cite(citation, style, SAY)
    assert "…" not in line
    assert LINK in line


@pytest.mark.parametrize("style", Style)
def test_the_link_goes_before_a_name_is_shortened(style):
    """Who said it comes before where it can be clicked."""
    for length, linked in ((36, True), (200, False)):
        citation = cited(url="https://ports.example.org/".ljust(length, "a"), publisher="")
        line = cite(citation, style, SAY, LEAST_ROOM)
        assert "…" not in line
        assert (citation.url in line) is linked
        assert linked or "https" not in line


@pytest.mark.parametrize("style", OTHERS)
def test_names_are_shortened_alike_and_no_more_than_needed(style):
    citation = cited(title="t" * 300, speaker="s" * 300, role="r" * 300, publisher="p" * 300)
    line = cite(citation, style, SAY, LEAST_ROOM)
    lengths = {len(found) for found in re.findall(r"(?:t{2,}|s{2,}|r{2,}|p{2,})…", line)}
    assert len(lengths) == 1
    assert lengths.pop() > 15
    assert LEAST_ROOM - 4 * 10 <= len(line) <= LEAST_ROOM


@pytest.mark.parametrize("style", OTHERS)
def test_a_short_name_stays_whole_beside_a_long_one(style):
    line = cite(cited(title="harbour " * 100), style, SAY, LEAST_ROOM)
    assert "Nadia Rahman" in line
    assert "Ports Gazette" in line
    assert "…" in line


def test_what_a_reader_sees_as_one_character_is_not_cut():
    """Of a family of four, of a letter with its mark, no part is left."""
    for character in ("👩‍👩‍👧‍👦", "q\u0303\u0323", "को"):
        for style in OTHERS:
            line = cite(cited(title=character * 200), style, SAY, LEAST_ROOM)
            kept = line[line.index(character) : line.index("…")]
            assert kept == character * (len(kept) // len(character))


@pytest.mark.parametrize("style", OTHERS)
def test_with_every_name_at_its_longest_the_least_room_is_enough(style):
    """Of all kinds and sorts of words, dated or not, in a very long statement."""
    for kind, words, date in itertools.product(Kind, Attribution, [None, SAID.replace(month=9)]):
        citation = cited(
            **dict.fromkeys(("title", "speaker", "role", "publisher"), "{Harbour} " * 50),
            **{"kind": kind, "attribution": words, "translation": Translation.UNOFFICIAL},
            **{"published": PUBLISHED.replace(month=9), "date": date, "paragraph": 9_999_999},
        )
        line = cite(citation, style, SAY, LEAST_ROOM)
        assert len(line) <= LEAST_ROOM
        assert re.search(r"par(?:agraph|\.|a\.) 9999999\b", line)
        assert "ref K7Q2-M9XA" in line
        assert "unofficial translation" in line


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("words", Attribution)
@pytest.mark.parametrize("name", ["Harbour ", "بندرگاہ ", "港口"])
def test_the_plain_style_too_keeps_all_but_names_in_the_least_room(language, words, name):
    """In any language of the bot, with names in any other."""
    say = strings_of(language)
    citation = cited(
        **dict.fromkeys(("title", "speaker", "role"), name * 100),
        **{"publisher": name * 101, "kind": Kind.REPORT, "attribution": words, "url": LINK},
        **{"translation": Translation.UNOFFICIAL, "published": PUBLISHED.replace(month=9)},
        **{"paragraph": 1234, "paragraphs": 5678},
    )
    line = cite(citation, Style.PLAIN, say, LEAST_ROOM)
    assert len(line) <= LEAST_ROOM
    assert say.attribution_label(citation) in line
    assert say.day(citation.date) in line
    assert say.day(citation.published) in line
    assert say.paragraph.format(number=1234, total=5678) in line
    assert "K7Q2-M9XA" in line


def test_telegrams_button_that_copies_has_the_least_room():
    """Citations are written in the terminal too, which imports nothing of Telegram's."""
    assert InlineKeyboardButtonLimit.MAX_COPY_TEXT == LEAST_ROOM


def test_the_plain_style_is_one_line_with_the_link_before_the_reference():
    assert cite(DIRECT, Style.PLAIN, SAY) == (
        "Nadia Rahman, Minister of Ports · direct quote · Remarks on the harbour, 24 Feb 2025 · "
        f"Ports Gazette · paragraph 12 of 16 · {LINK} · ref K7Q2-M9XA"
    )


def test_less_room_than_any_citation_needs_is_refused():
    with pytest.raises(ValueError, match="255"):
        cite(DIRECT, Style.AP, SAY, LEAST_ROOM - 1)


# Names of any sort: commands, breaks of the line, quotation marks, scripts, marks, emoji.
ODD = st.sampled_from(
    [
        *("{", "}", "\\", "%", "&", "$", "~", "^", "#", "_", '"', "“", "”", "@misc{", "\\end{x}"),
        *("\n", "\r\n", "\t", "\x1b[31m", "\u2028", "\u2029", "\x85", "\x00", "\ud800"),
        *("\u202e", "\u2066", "\u2067", "\u2068", "\u2069"),
        *(
            "سلام",
            "港口",
            "👩🏽‍🚀",
            "e\u0323",
            "\u200f",
            " ",
            "Nadia Rahman",
            "…",
            ".",
            "ref ",
            "K7Q2",
        ),
    ]
)
NAME = st.one_of(
    st.just(""),
    st.lists(st.one_of(ODD, st.text(max_size=6)), max_size=12).map("".join),
    st.builds(lambda one, times: one * times, ODD, st.integers(1, 400)),
)
DATE = st.one_of(st.none(), st.dates(min_value=datetime.date(1, 1, 1)))
CITATIONS = st.builds(
    cited,
    title=NAME,
    speaker=NAME,
    role=NAME,
    publisher=NAME,
    url=st.one_of(st.just(""), st.just(LINK), NAME.map(lambda name: f"https://a.example/{name}")),
    date=DATE,
    published=DATE,
    kind=st.sampled_from(Kind),
    attribution=st.sampled_from(Attribution),
    translation=st.sampled_from([None, *Translation]),
    paragraph=st.integers(1, 9_999_999),
)
REACHING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BREAKS = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]")


@reaches(10)
@given(CITATIONS, st.sampled_from(Style), st.integers(LEAST_ROOM, 600))
@settings(max_examples=150, deadline=None)
def test_whatever_is_filed_a_citation_fits_on_one_line_and_is_found_again(citation, style, longest):
    """Never a part of a link either: a broken one is worse than none."""
    line = cite(citation, style, SAY, longest)
    assert 0 < len(line) <= longest
    assert not BREAKS.search(line)
    assert style is Style.PLAIN or not REACHING & set(line)
    assert "ref K7Q2-M9XA" in line
    assert re.search(rf"(?:paragraph|par\.|para\.) {citation.paragraph}\b", line)
    for day in {citation.date, citation.published} - {None}:
        assert str(day.year) in line
    if citation.url and citation.url in line:
        reached()
    if "https" in line and style is not Style.BIBTEX:
        assert citation.url in line or "https" in citation.title + citation.speaker


@given(CITATIONS, st.sampled_from(OTHERS))
@settings(max_examples=100, deadline=None)
def test_unbounded_too_only_an_entry_of_bibtex_has_several_lines(citation, style):
    text = cite(citation, style, SAY)
    assert not BREAKS.search(text.replace("\n", "") if style is Style.BIBTEX else text)
    assert "…" not in text or "…" in "".join(
        (citation.title, citation.speaker, citation.role, citation.publisher, citation.url)
    )


def read_entry(text: str) -> dict[str, str]:
    """Return the fields of the one entry in *text*, read as BibTeX does: by counting braces."""
    match = re.match(r"@misc\{([^\s,{}]+),", text)
    assert match
    fields, at = {"key": match[1]}, match.end()
    while field := re.compile(r"\s*([a-z]+)\s*=\s*").match(text, at):
        at = field.end()
        if text[at] == "{":
            depth, begin = 0, at
            while depth or at == begin:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[field[1]] = text[begin + 1 : at - 1]
        else:
            macro = re.compile("[a-z]+").match(text, at)
            assert macro
            fields[field[1]], at = macro[0], macro.end()
        if text[at] == ",":
            at += 1
    assert text[at:].strip() == "}", "what is left closes the entry"
    return fields


def typeset(text: str) -> str:
    """Return *text* as TeX would set it, with nothing left that it would obey."""
    spelled = {
        "textbackslash": "\\",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciitilde": "~",
        "textasciicircum": "^",
    }
    pieces = re.split(r"\\([a-z]+)\{\}|\\([$&#_%])", text)
    for plain in pieces[::3]:
        assert not set(plain) & set("\\{}$&#_%~^")
    commands = zip(pieces[1::3], pieces[2::3], strict=True)
    signs = [spelled[command] if command else sign for command, sign in commands]
    return "".join(itertools.chain(*zip(pieces[::3], [*signs, ""], strict=True)))


@given(CITATIONS, st.sampled_from([None, LEAST_ROOM]))
@settings(max_examples=100, deadline=None)
def test_a_bibtex_entry_is_read_back_with_the_names_as_filed(citation, longest):
    fields = read_entry(cite(citation, Style.BIBTEX, SAY, longest))
    assert fields["key"] == "K7Q2-M9XA"
    assert (
        not set(fields)
        - {*("key", "author", "title", "howpublished"), *("year", "month")}
        - {*("note", "url")}
    )
    typeset(fields["note"])
    written = typeset(fields["title"].removeprefix("{").removesuffix("}"))
    filed = regex.sub(r"[\u202a-\u202e\u2066-\u2069]", "", citation.title)
    filed = regex.sub(r"[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+", " ", filed).strip()
    assert written == filed or (longest and filed.startswith(written.removesuffix("…").rstrip()))
