"""The page of a checked story: all of the draft, nothing of it as markup, and no way out."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from made_statements import statement
from made_stories import difference, passage, quotation, quote, span, story

from bot.i18n.strings import languages, strings_of
from bot.rendering.story_marks import marked_paragraphs, paragraphs_of
from bot.rendering.story_page import BEGINNING, story_page
from index import (
    Change,
    CheckedQuotation,
    CheckedStory,
    Citation,
    Grade,
    Passage,
    Piece,
    PieceKind,
    Quotation,
    Quote,
    Speaker,
)

SAY = strings_of()
#: Elements without an end tag.
_VOID = {"meta", "br"}


@dataclass
class Element:
    """An element of a page, with what is in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, that of its children included; a line break is one."""
        if self.tag == "br":
            return "\n"
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Return what is in it with this *tag* and these *attributes*, as one word of them."""
        found = []
        for one in self.inside:
            if isinstance(one, str):
                continue
            has = all(
                value in one.attributes.get(name.rstrip("_"), "").split()
                for name, value in attributes.items()
            )
            if has and tag in ("", one.tag):
                found.append(one)
            found += one.all(tag, **attributes)
        return found


class _Reader(HTMLParser):
    """Reads a page, and fails where an end tag is not that of the element that is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), attrs
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def page_of(html: str) -> Element:
    """Return the page that *html* is; raise AssertionError if its tags are not balanced."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def own(element: Element | str) -> str:
    """Return the draft's own words in an *element* of the page."""
    if isinstance(element, str):
        return element
    classes = set(element.attributes.get("class", "").split())
    if {"unseen", "label"} & classes:
        return ""
    if "control" in classes:
        return chr(int(element.text.removeprefix("U+"), 16))
    return "\n" if element.tag == "br" else "".join(map(own, element.inside))


DRAFT = (
    "# A day at the port\n\n"
    "She said that “the harbour will open in May” and that “ferries sail twice a week”.\n\n"
    "“The moon is made of cheese,” she added. “Where will the new ferries sail from?”"
)


@pytest.fixture
def checked() -> CheckedStory:
    """Return a story with a dropped "not", another word, and words that nobody said."""
    opens, sails = "the harbour will open in May", "ferries sail twice a week"
    asked = "Where will the new ferries sail from?"
    left_out = DRAFT.index("open in May")
    return story(
        DRAFT,
        CheckedQuotation(
            quotation=quotation(DRAFT, opens),
            grade=Grade.ALTERED,
            passages=(passage(DRAFT, opens, "The harbour will not open in May"),),
            differences=(difference(DRAFT, Change.NEGATION, left_out, "not"),),
            limits=(quote("unless the channel is deep enough"),),
        ),
        CheckedQuotation(
            quotation=quotation(DRAFT, sails),
            grade=Grade.ALTERED,
            passages=(passage(DRAFT, sails, "ferries sail twice a day"),),
            differences=(difference(DRAFT, Change.WORDS, "week", "day"),),
        ),
        CheckedQuotation(
            quotation=quotation(DRAFT, "The moon is made of cheese,"), grade=Grade.ABSENT
        ),
        CheckedQuotation(
            quotation=quotation(DRAFT, asked),
            grade=Grade.VERBATIM,
            passages=(passage(DRAFT, asked, asked),),
        ),
    )


def test_the_words_that_differ_are_marked_and_told_to_who_cannot_see_it(checked):
    page = page_of(story_page(checked, "port.md", SAY))
    assert [one.text for one in page.all("del")] == [
        "[not in the story: not]",
        "[not in the story: day]",
    ]
    assert [one.text for one in page.all("ins")] == ["[not on record: week]"]


def test_each_quotation_leads_to_its_note_and_back_and_so_does_the_overview(checked):
    page = page_of(story_page(checked, "port.md", SAY))
    (nav,) = page.all("nav")
    assert [one.attributes["href"] for one in nav.all("a")] == ["#n1", "#n2", "#n3", "#n4"]
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    targets = {one.attributes["href"].lstrip("#") for one in page.all("a")}
    assert targets <= set(ids)
    assert {f"q{number}" for number in range(1, 5)} <= targets


def test_a_grade_is_told_by_words_and_by_its_own_line_not_by_colour_alone(checked):
    html = story_page(checked, "port.md", SAY)
    page = page_of(html)
    (main,) = page.all("main")
    labels = [one for one in main.all("a", class_="label") if one.attributes["href"][1] == "n"]
    assert [one.text for one in labels] == ["1 altered", "2 altered", "3 not on record", "4"]
    assert labels[3].attributes["aria-label"] == "Quotation 4: verbatim"
    lines = regex.findall(r"^\.quotation\.\w+ \{ (.*?) \}", page.all("style")[0].text, regex.M)
    assert len(lines) == len(Grade) == len(set(lines))


def test_it_has_landmarks_headings_and_languages(checked):
    page = page_of(story_page(checked, "port.md", SAY))
    (html,) = page.all("html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("en", "ltr")
    for landmark in ("header", "nav", "main", "footer", "h1"):
        assert len(page.all(landmark)) == 1, landmark
    assert len(page.all("h3")) == 4
    assert {one.attributes["dir"] for one in page.all("blockquote")} == {"auto"}
    titles = {one.attributes["id"] for one in page.all("h3")}
    for note in page.all("article"):
        assert note.attributes["aria-labelledby"] in titles


def test_the_policy_lets_in_nothing_but_the_pages_own_style(checked):
    page = page_of(story_page(checked, "port.md", SAY))
    (policy,) = (one for one in page.all("meta") if "http-equiv" in one.attributes)
    (style,) = page.all("style")
    named = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy.attributes["content"].split("; ")[:2] == [
        "default-src 'none'",
        f"style-src 'sha256-{named}'",
    ]
    assert page.all("script") == page.all("img") == page.all("link") == []
    assert not any(name.startswith("on") for one in page.all() for name in one.attributes)
    assert "url(" not in style.text
    assert "@import" not in style.text


HOSTILE = [
    "<script>alert(1)</script>",
    "</p></main><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; \"'",
    "<!-- ]]> --!> <![CDATA[",
    "</style><style>*{color:red}",
    "{} %s {0} {hash}",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_draft_a_name_or_the_record_says_is_never_markup(words):
    draft = f"“{words} opens” {words}"
    made = statement(
        "a",
        [f"{words} opens. And {words}"],
        title=words,
        publisher=words,
        speakers=(Speaker(words, words),),
        url='https://a.example.org/?"><script>',
    )
    found = Quote(made.paragraphs[0], 0, len(words) + 6)
    cited = Citation.of(made, made.paragraphs[0], "K7Q2-M9XA")
    stop = draft.index("”")
    one = CheckedQuotation(
        quotation=Quotation(0, stop + 1, (Piece(PieceKind.WORDS, 1, stop),)),
        grade=Grade.CUT,
        passages=(Passage((1, stop), found, cited),),
        limits=(Quote(made.paragraphs[0], found.stop, len(found.paragraph.text)),),
    )
    plain = page_of(story_page(story("x", one), "x", SAY))
    page = page_of(story_page(story(draft, one), words, SAY))
    (main,) = page.all("main")
    assert [own(row.all("p")[0]) for row in main.all("div", class_="row")] == [draft]
    assert page.all("h1")[0].text == words
    kinds = {one.tag for one in plain.all()}
    assert {one.tag for one in page.all()} <= kinds
    assert {one.attributes["href"] for one in page.all("a")} == {"#n1", "#q1", made.url}


def test_only_web_addresses_become_links(checked):
    made = [
        statement("a", ["The harbour opens in May."], url=url)
        for url in ("https://ports.example.org/?a=1&b=2", "javascript:alert(1)", "data:text/html,x")
    ]
    links = []
    for one in made:
        draft = "“The harbour opens in May.”"
        cited = Citation.of(one, one.paragraphs[0], "K7Q2-M9XA")
        found = Passage((1, 26), Quote(one.paragraphs[0], 0, 25), cited)
        graded = CheckedQuotation(
            quotation=quotation(draft, "The harbour opens in May."),
            grade=Grade.PUNCTUATED,
            passages=(found,),
        )
        page = page_of(story_page(story(draft, graded), "x", SAY))
        links += [one.attributes for one in page.all("a") if one.attributes["href"][0] != "#"]
    assert [one["href"] for one in links] == ["https://ports.example.org/?a=1&b=2"]
    assert links[0]["rel"] == "noreferrer noopener"


def test_what_would_turn_the_text_around_is_shown():
    draft = "“the harbour \u202eopens in May”\u2066 and so on"
    one = CheckedQuotation(
        quotation=Quotation(0, draft.index("”") + 1, (Piece(PieceKind.WORDS, 1, 20),)),
        grade=Grade.ABSENT,
    )
    html = story_page(story(draft, one), "x", SAY).partition("<main")[2]
    assert not regex.search("[\u202a-\u202e\u2066-\u2069]", html.partition("</main>")[0])
    assert html.count("U+202E") == html.count("U+2066") == 1


def test_control_characters_have_their_place_and_no_effect():
    html = story_page(story("a\x00b\x1b[31mc\x9bd", unbalanced=()), "x\x07", SAY)
    assert "a\ufffdb\ufffd[31mc\ufffdd" in html
    assert "x\ufffd" in html


_TEXTS = st.text(
    st.sampled_from("ab “”\"'<>&\n\n\r\t…[]۔。\u202e\u200f")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\x1c\x1d\x1e\x1f"),
    max_size=60,
)


@given(_TEXTS, st.data())
def test_nothing_of_any_draft_is_lost_or_becomes_markup(draft, data):
    """Its words stand in the page in order, whatever is marked and however the marks lie."""
    spans = st.tuples(st.integers(0, len(draft)), st.integers(0, len(draft))).map(sorted)
    marks = [tuple(one) for one in data.draw(st.lists(spans, max_size=4))]
    quotations = tuple(
        CheckedQuotation(
            quotation=Quotation(*one, ()),
            grade=Grade.ABSENT,
            differences=tuple(
                difference(draft, Change.WORDS, one[0], "not") for _ in range(one[0] % 2)
            ),
        )
        for one in marks[:2]
        if one[0] < one[1]
    )
    made = story(
        draft,
        *quotations,
        paraphrases=tuple(marks[2:]),
        unbalanced=tuple({m[0] for m in marks if m[0] < len(draft)}),
    )
    shown = "".join(own(page_of(one.html)) for one in marked_paragraphs(made, SAY))
    words = regex.sub(r"\s+", "", draft)
    kept = regex.sub(r"[\x00-\x1f\x7f-\x9f]", "\ufffd", words)
    assert regex.sub(r"\s+", "", shown) == kept
    page_of(story_page(made, draft, SAY))


def test_a_mark_without_a_partner_is_in_a_line_as_typed_or_in_a_paragraph_of_a_document():
    draft = "One.\nTwo.\n\nThe “harbour."
    made = story(draft, unbalanced=(draft.index("“"),))
    named = []
    for as_typed in (True, False):
        (alone,) = page_of(story_page(made, "x", SAY, as_typed=as_typed)).all("p", class_="alone")
        named.append(alone.text.rpartition(":")[2].strip(" ."))
    assert named == ["line 4", "paragraph 2"]


def test_paragraphs_are_parted_by_blank_lines_and_long_lines():
    long = "word " * 30
    draft = f"\n\none\ntwo\n \t\nthree\n{long}\n{long}\nfour\n"
    assert [draft[slice(*one)] for one in paragraphs_of(draft)] == [
        *("one\ntwo", "three", long.strip(), long.strip(), "four"),
    ]
    assert list(paragraphs_of("")) == list(paragraphs_of(" \n\n ")) == []


def test_a_line_break_that_was_meant_stays_and_one_at_a_full_line_does_not():
    full = "a line that a program broke where it was full, as"
    (one,) = marked_paragraphs(story(f"Port\nHarbour\n{full}\n{full}"), SAY)
    assert one.html == f"Port<br>Harbour<br>{full}\n{full}"


def test_a_quotation_of_several_paragraphs_is_marked_in_each_and_noted_beside_the_first():
    draft = "“The harbour opens.\n\n“Ferries sail,” she said."
    stop = draft.index("”") + 1
    one = CheckedQuotation(quotation=Quotation(0, stop, ()), grade=Grade.ABSENT)
    first, second = marked_paragraphs(story(draft, one), SAY)
    assert (first.quotations, second.quotations) == ((1,), ())
    assert 'class="quotation absent"' in first.html
    assert 'class="quotation absent"' in second.html
    assert "#n1" not in first.html
    assert "#n1" in second.html


def test_an_inner_quotation_is_marked_by_its_own_grade():
    draft = "“She said ‘the harbour opens’ twice”"
    inner = span(draft, "‘the harbour opens’")
    outer = CheckedQuotation(quotation=Quotation(0, len(draft), ()), grade=Grade.ABSENT)
    within = CheckedQuotation(quotation=Quotation(*inner, (), within=0), grade=Grade.ALTERED)
    (one,) = marked_paragraphs(story(draft, outer, within), SAY)
    page = page_of(one.html)
    assert [mark.text for mark in page.all("span", class_="altered")] == ["‘the harbour opens’"]
    assert "".join(mark.text for mark in page.all("span", class_="absent")) == "“She said  twice”"


@pytest.mark.parametrize("language", languages())
def test_it_can_be_made_in_each_language(checked, language):
    page = page_of(story_page(checked, "port.md", strings_of(language)))
    (html,) = page.all("html")
    assert html.attributes["dir"] == ("rtl" if language == "ur" else "ltr")
    (main,) = page.all("main")
    assert main.attributes["lang"] == "en"


def test_a_draft_in_a_right_to_left_script_says_so():
    draft = "وزیر نے کہا کہ بندرگاہ مئی میں کھلے گی"
    (main,) = page_of(story_page(story(draft), "x", SAY)).all("main")
    assert main.attributes["lang"] == "ur"
    assert main.all("p")[0].attributes["dir"] == "auto"


@pytest.mark.parametrize("text", ["", " \n", "No quotation stands in it."])
def test_a_story_without_quotations_is_a_page_without_an_overview(text):
    html = story_page(story(text), "x", SAY)
    assert html.startswith(BEGINNING)
    assert page_of(html).all("nav") == []


def test_every_colour_of_words_can_be_read_on_its_ground():
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3), in light, in dark and in print."""
    style = page_of(story_page(story(""), "x", SAY)).all("style")[0].text
    colours: dict[str, str] = {}
    grounds = 0
    for block in regex.findall(r":root \{(.*?)\}", style, regex.DOTALL):
        colours |= dict(regex.findall(r"--(\w+): (#\w+)", block))
        names = ["text", "dim", "link", *(grade.name.lower() for grade in Grade)]
        pairs = [(name, ground) for name in names for ground in ("page", "tint")]
        pairs += [("text", ground) for ground in ("del", "ins", "mark")]
        for name, ground in pairs:
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        grounds += 1
    assert grounds == 3


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, definitions of contrast and luminance)."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
