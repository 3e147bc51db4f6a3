"""A link leads to public sites, and to no other machine, however it is written."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.model import Unreadable
from documents.opening.addresses import (
    Target,
    checked_addresses,
    is_public,
    resolve,
    target_of,
)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "2a00:1450::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "5f00::1",
        "4000::1",
        "localhost",
        "",
    ],
)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.216.34",
        "2606:4700::1111",
        "2a00:1450:4001:81b::200e",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2002:101:101::1",
    ],
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_a_private_address_is_known_in_each_of_its_disguises(address: object) -> None:
    octets = [int(part) for part in str(address).split(".")]
    high, low = octets[0] << 8 | octets[1], octets[2] << 8 | octets[3]
    for disguise in ("::ffff:{}", "::{}", "64:ff9b::{}"):
        assert not is_public(disguise.format(address))
    assert not is_public(f"2002:{high:x}:{low:x}::1")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://a.example", ("http", "a.example", 80, "/", "a.example")),
        ("HTTPS://A.Example:443/b?c=d#e", ("https", "a.example", 443, "/b?c=d", "a.example")),
        ("http://a.example:8080/", ("http", "a.example", 8080, "/", "a.example:8080")),
        ("https://a.example./é x".replace(" ", "%20"), ("https", "a.example", 443)),
        ("https://münchen.example/", ("https", "xn--mnchen-3ya.example", 443)),
        ("http://[2606:4700::1111]:8080/", ("http", "2606:4700::1111", 8080, "/")),
    ],
)
def test_a_link_is_taken_apart(url: str, target: tuple[str | int, ...]) -> None:
    found = target_of(url)
    parts = (found.scheme, found.host, found.port, found.path, found.authority)
    assert parts[: len(target)] == target
    assert found.path.isascii()


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("ftp://a.example/", "ftp:"),
        ("file:///etc/passwd", "file:"),
        ("gopher://a.example/", "gopher:"),
        ("a.example", "are not followed"),
        ("http://user@a.example/", "user's name"),
        ("http://a.example:80@127.0.0.1/", "user's name"),
        ("http://evil.example\\@a.example/", "a character"),
        ("http://a.example/\r\nHost: b", "a character"),
        ("http://a.example/a b", "a character"),
        ("http:///path", "no site"),
        ("http://a.example:22/", "port 22"),
        ("http://a.example:25/", "port 25"),
        ("http://a.example:99999/", "no link"),
        ("http://[::1/", "no link"),
        (f"http://{'é' * 300}.example/", "no link"),
    ],
)
def test_a_link_that_hides_where_it_leads_is_refused(url: str, what: str) -> None:
    with pytest.raises(Unreadable, match=what):
        target_of(url)


def a_target(host: str = "a.example") -> Target:
    return Target(scheme="http", host=host, port=80, path="/")


def test_every_address_of_a_name_is_checked() -> None:
    def both(_: str) -> Sequence[str]:
        return ["1.1.1.1", "10.0.0.1"]

    with pytest.raises(Unreadable, match="no public site"):
        checked_addresses(a_target(), both, is_public, 5)
    assert checked_addresses(a_target(), lambda _: ["1.1.1.1"], is_public, 5) == ["1.1.1.1"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0", "::1", "localhost"]
)
def test_this_machine_is_refused_by_each_of_its_names(host: str) -> None:
    """With the system's own resolver, which reads more forms of an address than one would think."""
    with pytest.raises(Unreadable, match=r"no public site|no site is known"):
        checked_addresses(a_target(host), resolve, is_public, 5)


def test_a_name_that_nobody_knows_is_told() -> None:
    def unknown(_: str) -> Sequence[str]:
        raise OSError("no such name")

    with pytest.raises(Unreadable, match=r"no site is known as a\.example"):
        checked_addresses(a_target(), unknown, is_public, 5)


def test_a_resolver_that_does_not_answer_is_not_waited_for() -> None:
    def slow(_: str) -> Sequence[str]:
        time.sleep(5)
        return ["1.1.1.1"]

    with pytest.raises(TimeoutError):
        checked_addresses(a_target(), slow, is_public, 0.05)
