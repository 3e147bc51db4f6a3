import json

import pytest
from made_pages import TEXT, page, read

from documents.model import Claim, Field

ARTICLE = f"<article><h1>A door</h1>{TEXT}</article>"


def claimed(html: str, field: Field, **told: str) -> list[tuple[str, str, bool]]:
    claims = read(html, **told).claims
    return [(one.value, one.where, one.certain) for one in claims if one.field is field]


def linked(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


GRAPH = linked(
    **{
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "BreadcrumbList"},
            {
                "@type": ["NewsArticle", "Thing"],
                "headline": "A door",
                "datePublished": "2025-07-09T18:05:00+02:00",
                "dateModified": "2025-07-10T08:00:00+02:00",
                "author": {"@type": "Person", "name": "Web Team"},
                "publisher": {"@id": "#ministry"},
                "mainEntityOfPage": {"@id": "https://mfa.vald.example/door"},
                "inLanguage": "en-GB",
            },
            {"@type": "GovernmentOrganization", "@id": "#ministry", "name": "Ministry of Doors"},
        ],
    }
)


def test_json_ld_tells_title_days_publisher_and_address() -> None:
    claims = read(page(ARTICLE, head=GRAPH)).claims
    for field, value, where in (
        (Field.TITLE, "A door", "JSON-LD headline"),
        (Field.PUBLISHED, "2025-07-09", "JSON-LD datePublished"),
        (Field.MODIFIED, "2025-07-10", "JSON-LD dateModified"),
        (Field.PUBLISHER, "Ministry of Doors", "JSON-LD publisher"),
        (Field.URL, "https://mfa.vald.example/door", "JSON-LD mainEntityOfPage"),
        (Field.LANGUAGE, "en-GB", "JSON-LD inLanguage"),
    ):
        assert Claim(field=field, value=value, where=where, certain=True) in claims


@pytest.mark.parametrize(
    "name", ["Web Team", "admin", "press@vald.example", "Communications Office"]
)
def test_who_keeps_the_site_is_no_speaker(name: str) -> None:
    author = {"@type": "Person", "name": name}
    head = linked(**{"@type": "Article", "headline": "A door", "author": author})
    assert claimed(page(ARTICLE, head=head), Field.SPEAKER) == []


def test_an_author_is_certain_only_if_the_title_names_him() -> None:
    author = {"@type": "Person", "name": "Ilse Maratov", "jobTitle": "Foreign Minister"}
    speaker = "Ilse Maratov; Foreign Minister"
    for title, certain in (("Remarks by Ilse Maratov", True), ("A door", False)):
        head = linked(**{"@type": "Article", "headline": title, "author": [author]})
        assert claimed(page(ARTICLE, head=head), Field.SPEAKER) == [
            (speaker, "JSON-LD author", certain)
        ]


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "null", '{"@type": 7, "headline": ["x"]}'])
def test_broken_json_ld_claims_nothing(text: str) -> None:
    head = f'<script type="application/ld+json">{text}</script>'
    assert all("JSON-LD" not in claim.where for claim in read(page(ARTICLE, head=head)).claims)


@pytest.mark.parametrize(
    ("meta", "field", "value"),
    [
        ('property="og:title" content="A door"', Field.TITLE, "A door"),
        (
            'property="article:published_time" content="2025-02-14T16:20:00+05:00"',
            Field.PUBLISHED,
            "2025-02-14",
        ),
        ('property="article:modified_time" content="2025-02-15"', Field.MODIFIED, "2025-02-15"),
        ('name="dcterms.issued" content="2025-02-14"', Field.PUBLISHED, "2025-02-14"),
        ('name="DC.publisher" content="Ministry"', Field.PUBLISHER, "Ministry"),
        ('property="og:site_name" content="Ministry"', Field.PUBLISHER, "Ministry"),
    ],
)
def test_meta_elements_are_claims(meta: str, field: Field, value: str) -> None:
    found = claimed(page(ARTICLE, head=f"<meta {meta}>"), field)
    assert any((one[0], one[2]) == (value, True) for one in found)


@pytest.mark.parametrize(
    "meta", ['name="date" content="2025-02-14"', 'name="author" content="Jo Reike"']
)
def test_what_a_typist_may_have_left_is_not_certain(meta: str) -> None:
    claims = read(page(ARTICLE, head=f"<meta {meta}>")).claims
    assert [claim.certain for claim in claims if claim.where.startswith("<meta>")] == [False]


def test_a_time_element_beside_the_text_is_certain() -> None:
    html = page(f'<h1>A door</h1><p><time datetime="2025-07-09">9 July</time></p>{TEXT}')
    assert claimed(html, Field.PUBLISHED) == [("2025-07-09", "<time>", True)]


def test_a_time_element_in_a_sentence_or_elsewhere_is_none() -> None:
    sentence = (
        f"<p><time datetime='2025-08-01'>1 August</time> is when it closes. {'So it is. ' * 12}</p>"
    )
    aside = "<aside><time datetime='2025-09-01'>1 September</time></aside>"
    assert claimed(page(f"<h1>A door</h1>{sentence}{TEXT}", around=aside), Field.PUBLISHED) == []


def test_several_time_elements_leave_the_day_open() -> None:
    times = "".join(f'<p><time datetime="2025-07-0{day}">{day} July</time></p>' for day in (8, 9))
    found = claimed(page(f"<h1>A door</h1>{times}{TEXT}"), Field.PUBLISHED)
    assert [certain for _, _, certain in found] == [False, False]


def test_a_relative_address_is_made_whole_by_the_address_of_the_page() -> None:
    html = page(ARTICLE, head='<link rel="canonical" href="/en/door">')
    where = "<link rel=canonical>"
    assert claimed(html, Field.URL, url="https://mfa.vald.example/?id=7") == [
        ("https://mfa.vald.example/en/door", where, True)
    ]
    assert claimed(html, Field.URL) == []


def test_the_front_page_is_no_certain_address() -> None:
    html = page(ARTICLE, head='<link rel="canonical" href="https://mfa.vald.example/">')
    assert claimed(html, Field.URL)[0][2] is False


def test_the_only_heading_is_the_title() -> None:
    assert claimed(page(ARTICLE), Field.TITLE) == [("A door", "<h1>", True)]


def test_a_heading_that_is_the_sites_name_does_not_outdo_the_data() -> None:
    head = '<meta property="og:title" content="A door"><title>A door | Ministry</title>'
    titles = claimed(page(f"<h1>Ministry of Foreign Affairs</h1>{TEXT}", head=head), Field.TITLE)
    assert [value for value, _, certain in titles if certain] == ["A door"]


def test_the_title_of_the_window_alone_is_offered_without_the_site() -> None:
    head = '<meta property="og:site_name" content="Ministry"><title>A door – Ministry</title>'
    assert claimed(page(TEXT, head=head), Field.TITLE) == [("A door", "<title>", False)]


def test_a_byline_with_an_office_is_the_speaker() -> None:
    byline = '<p class="article-meta__author">Ilse Maratov, Foreign Minister</p>'
    found = claimed(page(f"<h1>A door</h1>{byline}{TEXT}"), Field.SPEAKER)
    assert found == [("Ilse Maratov; Foreign Minister", "byline", True)]


@pytest.mark.parametrize(
    "name", ["By Jo Reike, Chief Reporter", "Web Team, Office of the Minister"]
)
def test_a_reporter_is_no_speaker(name: str) -> None:
    byline = f'<p class="byline">{name}</p>'
    assert claimed(page(f"<h1>A door</h1>{byline}{TEXT}"), Field.SPEAKER) == []
