"""An address is taken apart as Telegram does, so that no filed link is dropped without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import is_linked
from index.files.addresses import Address, read_address
from index.files.fields import InvalidField, read_fields

#: tdlib/td refuses each: `parse_url`, tdutils/td/utils/HttpUrl.cpp.
REFUSED = [
    *(
        f"https://example.org:{port}/a"
        for port in ("99999", "443443", "65536", "0", "00", "", "no")
    ),
    *(
        f"https://example.org:{port}/a"
        for port in ("-1", "+443", "４４３", "4_4", "443:443", "9" * 999)
    ),
    *(f"https://exa{one}mple.org/a" for one in "|\\{}^`[]"),
    *("https://exa%zzmple.org/a", "https://exa%0gmple.org/a", "https://example.org%2/"),
    *("https://u|ser@example.org/a", "https://u%zz@example.org/", "https://user@:443/"),
    *("https://:443/a", "https:///a", "https://", "https://.", "https://exam ple.org/"),
    *("https://[2001:db8::zz]/", "https://[::1/a", "https://[]/", "https://[v1.a]/"),
    *("https://[fe80::1%25eth0]/", "https://[2001:db8::1]x/", "https://x[2001:db8::1]/"),
    *("ftp://example.org/", "tg://user?id=4", "example.org/a", "https:example.org", ""),
]
TAKEN = [
    *(f"https://example.org{port}/a" for port in ("", ":443", ":00443", ":1", ":65535")),
    *("https://[2001:db8::1]/", "https://[2001:DB8::1]:8080/a", "http://[::ffff:192.0.2.1]"),
    *("https://example.org./a", "HTTPS://Example.ORG", "https://example.org?a", "http://a_b.org#c"),
    *("https://مثال.example/ا", "https://例子.example/声明", "https://192.0.2.1/a"),
    *("https://example.org/%zz?a={b}|c^`#\\", "https://exa%6Dple.org/", "https://me:a@a.example/"),
]


def wrong_with(**stated: object) -> list[InvalidField]:
    return read_fields({"title": "A title", "speakers": ["Ayesha Noor"], **stated})[1]


@pytest.mark.parametrize("url", REFUSED)
def test_what_telegram_refuses_is_no_link_and_a_mistake(url: str) -> None:
    """Of the statement's address, and of the one that its text was taken from."""
    assert read_address(url) is None
    assert not is_linked(url)
    for stated in {"url": url}, {"source": {"url": url}}:
        (wrong,) = wrong_with(**stated)
        empty = not url or url.isspace()
        assert empty or wrong.what == "this is not the address of a page that Telegram will link"


@pytest.mark.parametrize("url", TAKEN)
def test_what_telegram_takes_is_a_link(url: str) -> None:
    assert read_address(url)
    assert is_linked(url)


@pytest.mark.parametrize("url", ["https://[2001:db8::1]/", "https://example.org:8443/a", TAKEN[0]])
def test_a_statement_may_have_any_address_that_is_linked(url: str) -> None:
    assert wrong_with(url=url, source={"url": url}) == []


def test_a_name_before_the_host_is_told_apart() -> None:
    assert read_address("https://good.example:80@evil.example/") == Address(
        "evil.example", named=True
    )
    assert read_address("https://@evil.example/") == Address("evil.example", named=True)
    (wrong,) = wrong_with(url="https://good.example@evil.example/")
    assert wrong.what == "there is a name before the host (…@)"


def test_a_host_without_a_dot_is_read_and_not_linked() -> None:
    assert read_address("http://localhost:8000/a") == Address("localhost", named=False)
    assert not is_linked("http://localhost:8000/a")


@given(st.text(st.sampled_from("htps:/?#@[].0123456789abe%|{}^` \\é例\n"), max_size=60))
def test_any_text_is_judged_and_none_raises(rest: str) -> None:
    for url in (rest, f"https://{rest}", f"https://example.org{rest}"):
        address = read_address(url)
        assert not is_linked(url) or address
