"""Which links Telegram takes, letter by letter, and in what form it keeps them."""

from __future__ import annotations

import pytest
from telegram_standin.links import LinkError, check_link, linked_user


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("gov.pk", "http://gov.pk/"),
        ("HTTPS://Gov.PK/A?b#c", "https://gov.pk/A?b#c"),
        ("http://gov.pk?x", "http://gov.pk/?x"),
        ("https://ports.example:08443/a b\t", "https://ports.example:8443/a%20b"),
        ("https://ports.example/a\tb", "https://ports.example/a%09b"),
        ("https://Häfen.example/ü", "https://häfen.example/ü"),
        ("https://%E4.example", "https://%e4.example/"),
        ("https://amina:pass@ports.example/", "https://amina:pass@ports.example/"),
        ("https://ports.example:65535/", "https://ports.example:65535/"),
        ("example.", "http://example./"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("tg:resolve?domain=x", "tg://resolve?domain=x"),
        ("TG:resolve/?domain=x", "tg://resolve?domain=x"),
        ("ton:transfer/x", "ton://transfer/x"),
        ("tonsite://ports.ton/a", "tonsite://ports.ton/a"),
    ],
)
def test_links_get_their_canonical_form(link: str, canonical: str) -> None:
    assert check_link(link) == canonical


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("", "URL host is empty"),
        ("http:///x", "URL host is empty"),
        (".", "Host is invalid"),
        ("http://localhost", "Wrong HTTP URL"),
        ("ftp://gov.pk", "Unsupported URL protocol"),
        (" https://gov.pk", "Unsupported URL protocol"),
        ("mailto:a", "Wrong port number specified in the URL"),
        ("https://ports.example:0/", "Wrong port number specified in the URL"),
        ("https://ports.example:/", "Wrong port number specified in the URL"),
        ("https://ports.example:65536/", "Wrong port number specified in the URL"),
        ("https://ports.example:443443/", "Wrong port number specified in the URL"),
        ("https://ports.example:port/", "Wrong port number specified in the URL"),
        ("https://ports|ships.example/", "Wrong URL host"),
        ("https://ports.example\\a", "Wrong URL host"),
        ("https://{ports}.example/", "Wrong URL host"),
        ("https://ports.example /", "Wrong URL host"),
        ("https://ports^.example/", "Wrong URL host"),
        ("https://ports`.example/", "Wrong URL host"),
        ("https://%zz.example/", "Wrong percent-encoded symbol in URL host"),
        ("https://ports.example%2", "Wrong percent-encoded symbol in URL host"),
        ("https://[2001:db8::g]/", "Wrong IPv6 address specified in the URL"),
        ("https://[]/", "Wrong IPv6 address specified in the URL"),
        ("https://[2001:db8::1/", "Wrong URL host"),
        ("tg://ports.example?x", "Unallowed characters in URL host"),
        ("tg://resolve:80?domain=x", "Wrong tg URL"),
        ("tg:https://gov.pk", "Wrong tg URL"),
        ("ton://a@b", "Wrong ton URL"),
    ],
)
def test_bad_links_are_refused_with_telegrams_reason(link: str, problem: str) -> None:
    with pytest.raises(LinkError) as refused:
        check_link(link)
    assert str(refused.value) == problem


def test_who_is_before_the_host_is_not_looked_at() -> None:
    """So it is in `parse_url`, whatever the RFC says."""
    assert check_link("https://a|b@gov.pk/") == "https://a|b@gov.pk/"


@pytest.mark.parametrize(
    ("link", "user"),
    [
        ("tg://user?id=7", 7),
        ("TG:USER?id=7", 7),
        ("tg://user/?a=b&id=7#c", 7),
        ("tg://user?id=07", None),
        ("tg://user?id=x", None),
        ("tg://user?id=2000000000000", None),
        ("tg://users?id=7", None),
        ("https://gov.pk/?id=7", None),
    ],
)
def test_a_link_may_lead_to_a_user(link: str, user: int | None) -> None:
    assert linked_user(link) == user
