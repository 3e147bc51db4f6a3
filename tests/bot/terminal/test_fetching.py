"""``onrecord fetch`` says what it brings, and ``onrecord add`` takes it from there."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_site import Site, fetch_here, says, serving

from bot.configuration import Configuration
from bot.terminal.command_line import run
from bot.terminal.fetching import fetch_all
from documents import Followed, read_followed
from index import FilingRefused, load_record

pytestmark = pytest.mark.usefixtures("reads_here")

PAGE = (
    "<!doctype html><html lang='en'><head><title>{title}</title></head><body><main>"
    "<h1>{title}</h1><p>Ferries will sail to the islands twice a day from the first of May.</p>"
    "<p>The old quay stays with the fishing boats.</p></main></body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        one.answers["/page"] = says(200, PAGE.format(title="Remarks on ferries"))
        yield one


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "statements").mkdir()
    return tmp_path


def feed(*entries: tuple[str, str, str]) -> str:
    """Return a feed with entries of these addresses, titles and words."""
    written = "".join(
        f"<entry><title>{title}</title><link href='{url}'/><id>{url}</id>"
        f"<content type='html'>&lt;p&gt;{words}&lt;/p&gt;</content></entry>"
        for url, title, words in entries
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Ports</title>{written}</feed>"


def fetched(data: Path, *sources: Followed, names: tuple[str, ...] = (), due: bool = False) -> int:
    configuration = Configuration(data=data, sources=sources)
    return fetch_all(configuration, names, due=due, fetch=fetch_here)


def test_what_waits_is_printed_with_the_command_that_reviews_it(site, data, capsys):
    assert fetched(data, Followed(url=site.url("/page"))) == 0
    said = capsys.readouterr()
    (line,) = said.out.splitlines()
    assert line.startswith(f"to review: {data}/incoming/")
    assert line.endswith(f": {site.url('/page')} (the speaker is missing)")
    assert said.err == (
        f"onrecord: 1 statement waits for review: onrecord --data {data} add {data}/incoming\n"
    )
    assert fetched(data, Followed(url=site.url("/page"))) == 0
    assert capsys.readouterr().out == ""


def test_what_a_trusted_source_brings_is_filed_and_printed(site, data, capsys):
    source = {"url": site.url("/page"), "trust": "true", "speaker": "Nadia Rahman"}
    assert fetched(data, read_followed(source)) == 0
    said = capsys.readouterr()
    (statement,) = load_record(data).statements
    assert said.out == f"{statement.id} {data}/statements/{statement.id}.md\n"
    assert said.err == ""


def test_a_failure_is_one_line_and_an_exit_code(site, data, capsys):
    source = Followed(url=site.url("/nothing"))
    assert fetched(data, source) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"onrecord: {source.url}: there is nothing at this address (404). Check the link.\n"
    )
    assert fetched(data, source) == 1
    assert "failed once" in capsys.readouterr().err
    # Its time has not come, and that is no failure.
    assert fetched(data, source, due=True) == 0
    assert capsys.readouterr().err == ""
    assert fetched(data, source, names=(source.url,)) == 1
    assert site.paths == ["/nothing", "/nothing"]


def test_only_sources_that_are_listed_can_be_named(site, data, capsys):
    assert fetched(data, Followed(url=site.url("/page")), names=("https://x.org/",)) == 2
    assert capsys.readouterr().err == (
        "onrecord: https://x.org/: it is not listed under “sources”.\n"
    )
    assert fetched(data) == 2
    assert "no sources are listed" in capsys.readouterr().err


def test_the_command_reads_the_sources_from_the_settings(data, tmp_path, capsys):
    """The real guard is in it: this machine is no public site."""
    settings = tmp_path / "onrecord.yaml"
    settings.write_text(f"data: {data}\nsources:\n  - url: http://127.0.0.1:8765/feed\n")
    assert run(["fetch", "--config", str(settings)]) == 1
    assert "no public site" in capsys.readouterr().err
    settings.write_text(f"data: {data}\nsources:\n  - url: http://127.0.0.1\n    every: 1s\n")
    assert run(["fetch", "--config", str(settings)]) == 2
    assert f"{settings}:4: sources: every: " in capsys.readouterr().err


def added(data: Path, *more: str) -> int:
    return run(["add", str(data / "incoming"), "--data", str(data), *more])


def waiting(data: Path) -> list[str]:
    return sorted(one.name for one in (data / "incoming").iterdir() if one.name[0] != ".")


@pytest.mark.usefixtures("reads_in_child")
def test_what_is_filed_from_incoming_keeps_its_address_and_waits_no_more(site, data, capsys):
    fetched(data, Followed(url=site.url("/page")))
    # Not certain, so it stays.
    assert added(data, "--yes") == 1
    assert len(waiting(data)) == 2
    assert added(data, "--yes", "--speaker", "Nadia Rahman") == 0
    (statement,) = load_record(data).statements
    assert statement.source is not None
    assert statement.source.url == site.url("/page")
    assert statement.source.fetched is not None
    assert waiting(data) == []
    assert fetched(data, Followed(url=site.url("/page"))) == 0
    assert waiting(data) == []
    capsys.readouterr()


def test_what_is_on_record_by_now_waits_no_more(site, data, capsys):
    fetched(data, Followed(url=site.url("/page")))
    page = data / "page.html"
    page.write_text(PAGE.format(title="Remarks on ferries"))
    assert run(["add", str(page), "--data", str(data), "--speaker", "N. Rahman", "--yes"]) == 0
    assert added(data, "--yes") == 1
    assert "on record already" in capsys.readouterr().err
    assert waiting(data) == []


class _Typed:
    """Standard input of somebody at a terminal, who types *lines*."""

    def __init__(self, *lines: str) -> None:
        self._lines = iter(lines)

    def isatty(self) -> bool:
        """Return that it is one."""
        return True

    def fileno(self) -> int:
        """Return that of standard error."""
        return 2

    def readline(self) -> str:
        """Return the next line."""
        return next(self._lines, "")


def test_what_the_editor_skips_does_not_come_again(site, data, capsys, monkeypatch):
    source = Followed(url=site.url("/page"))
    fetched(data, source)
    monkeypatch.setattr(sys, "stdin", _Typed("Nadia Rahman\n", "\n", "q\n"))
    assert added(data) == 1
    # Who stops has decided nothing.
    assert len(waiting(data)) == 2
    monkeypatch.setattr(sys, "stdin", _Typed("Nadia Rahman\n", "\n", "n\n"))
    assert added(data) == 1
    assert "it was not approved" in capsys.readouterr().err
    assert waiting(data) == []
    assert load_record(data).statements == ()
    assert fetched(data, source) == 0
    assert waiting(data) == []


def test_what_waits_stays_until_its_new_version_is_kept(site, data):
    source = Followed(url=site.url("/page"))
    first = PAGE.format(title="Remarks on ferries")
    site.answers["/page"] = says(200, first, Content_Type="text/html")
    assert fetched(data, source) == 0
    (waits,) = (data / "incoming").glob("*.html")
    amended = first.replace("twice", "three times")
    site.answers["/page"] = says(200, amended, Content_Type="text/html")
    digest = hashlib.sha256(amended.encode()).hexdigest()
    name = waits.name.replace(waits.name.split(".")[-2], digest[:12])
    # As on a full disk, its note cannot be written.
    in_the_way = data / "incoming" / f"{name}.source.yaml"
    in_the_way.mkdir()
    with pytest.raises(FilingRefused):
        fetched(data, source)
    assert waits.is_file()
    in_the_way.rmdir()
    assert fetched(data, source) == 0
    assert [one.name for one in (data / "incoming").glob("*.html")] == [name]


def test_a_name_with_line_breaks_is_told_in_one_line(site, data, capsys):
    """A feed can call its entries what it likes, and each line of the output is a document."""
    entry = ("https://a.example/1", "Remarks\nforged statements/forged.md", "The old quay stays.")
    site.answers["/feed"] = says(200, feed(entry))
    assert fetched(data, Followed(url=site.url("/feed"))) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "Remarks forged statements/forged.md" in line


def test_what_another_site_says_of_an_address_does_not_keep_its_own_words_away(site, data, capsys):
    """A digest may list a statement first, cut short; once that is refused, the true one comes."""
    first = ("https://ports.example/1", "On ferries", "Ferries will sail to the islands in May.")
    site.answers["/digest"] = says(200, feed((first[0], "In brief", "Ferries, says the ministry.")))
    site.answers["/ministry"] = says(200, feed(first))
    digest = Followed(url=site.url("/digest", "digest.example"))
    source = {"url": site.url("/ministry"), "trust": "true", "speaker": "Nadia Rahman"}
    ministry = read_followed(source)
    assert fetched(data, digest, ministry) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("to review: ")
    for waits in (data / "incoming").glob("[!.]*"):
        waits.unlink()
    second = ("https://ports.example/2", "On tugs", "Tugs are free of charge from June.")
    site.answers["/ministry"] = says(200, feed(first, second))
    assert fetched(data, digest, ministry) == 0
    assert {one.title for one in load_record(data).statements} == {"On ferries", "On tugs"}
    assert fetched(data, digest, ministry) == 0
    assert len(load_record(data).statements) == 2
