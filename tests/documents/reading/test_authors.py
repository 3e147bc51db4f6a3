"""Authors of a feed: an office before or behind the name, and nobody who only posts."""

from __future__ import annotations

import pytest

from documents.reading.authors import plain_author, speaker_of_author


@pytest.mark.parametrize(
    ("author", "speaker"),
    [
        ("Edda Priel", "Edda Priel"),
        ("Edda Priel, Minister of Ports", "Edda Priel; Minister of Ports"),
        (
            "Edda Priel, Minister of Ports, Fish and Ice",
            "Edda Priel; Minister of Ports, Fish and Ice",
        ),
        ("Harbour Master Edda Priel", "Edda Priel; Harbour Master"),
        ("Deputy Prime Minister Alan van der Quill", "Alan van der Quill; Deputy Prime Minister"),
        ("Administrator Ilse Maratov", "Ilse Maratov; Administrator"),
        ("Attorney General Alan J. Quill", "Alan J. Quill; Attorney General"),
        ("Office of the Secretary Press Room", "Office of the Secretary Press Room"),
        ("Office of the Spokesperson", "Office of the Spokesperson"),
        ("Ministry of Ports", "Ministry of Ports"),
        ("press@port.example (Edda Priel)", "Edda Priel"),
        ("耿爽", "耿爽"),
    ],
)
def test_the_office_is_told_from_the_name(author: str, speaker: str):
    claim = speaker_of_author(author)
    assert claim is not None
    assert (claim.value, claim.certain) == (speaker, True)


def test_a_name_as_a_catalogue_has_it_is_not_certain():
    claim = speaker_of_author("Priel, Edda")
    assert claim is not None
    assert (claim.value, claim.certain) == ("Edda Priel", False)


@pytest.mark.parametrize(
    "author",
    [
        "",
        "Web Team",
        "The web team",
        "Webmaster",
        "admin",
        "Communications Unit",
        "kmiller",
        "k.mill2",
        "noreply@port.example",
        "Administrator",
        "Staff writer",
        "Site Editor",
        "Editor, Ministry of Ports",
    ],
)
def test_who_posts_is_nobody(author: str):
    assert plain_author(author) == ""
    assert speaker_of_author(author) is None


@pytest.mark.parametrize(
    "author", ["Ministry web team", "Ministry of Ports Digital Team", "Web Editor"]
)
def test_those_who_keep_a_ministrys_site_do_not_speak(author: str):
    assert speaker_of_author(author) is None
