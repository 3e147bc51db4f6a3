"""Sources are asked politely; what is new of them is filed or kept, and comes once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from web_site import Site, fetch_here, says, serving

from documents import (
    Became,
    Fetching,
    Followed,
    IncomingReader,
    Outcome,
    Refused,
    due_sources,
    fetch_as,
    fetch_sources,
    fetch_status,
    open_paths,
    read_followed,
)
from documents.fetching.incoming import documents_in
from documents.fetching.run import MOST_LINKS
from documents.fetching.sources import user_agent
from documents.fetching.state import DamagedState, FetchingUnderWay, held, load_state
from documents.importing import drafts_from
from documents.model import Extract, Source
from documents.reading import reading
from index import Record, load_record

NOON = 1_795_953_600.0  # 2026-11-29 12:00 UTC
HOUR = 3600.0
FERRIES = "Ferries will sail to the islands twice a day from the first of May."
QUAY = "The old quay stays with the fishing boats, as it has been for a hundred years."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


@dataclass
class Desk:
    """One operator's folder, with a clock that only waiting moves."""

    data: Path
    now: float = NOON
    waited: list[float] = field(default_factory=list)
    fetch: Any = fetch_here

    def pause(self, seconds: float) -> None:
        """Let so many *seconds* pass."""
        self.waited.append(seconds)
        self.now += seconds

    @property
    def fetching(self) -> Fetching:
        """How this desk fetches."""
        return Fetching(
            data=self.data,
            reader=reading,
            record=self.record,
            fetch=self.fetch,
            clock=lambda: self.now,
            pause=self.pause,
        )

    def record(self) -> Record:
        """Return what is on record."""
        return load_record(self.data)

    def run(self, *followed: Followed, named: tuple[str, ...] = ()) -> list[Outcome]:
        """Fetch once."""
        return list(fetch_sources(followed, self.fetching, named=named))

    @property
    def incoming(self) -> Path:
        """The folder of what waits."""
        return self.data / "incoming"

    def waiting(self) -> list[str]:
        """Return the addresses of what waits."""
        return [one.url for _, known in documents_in(self.incoming) for one in known.waiting]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "statements").mkdir()
    return Desk(tmp_path)


def entry(link: str, title: str, text: str = "", author: str = "Nadia Rahman, Minister") -> str:
    """Return an entry of a feed; without a text it has only a summary."""
    content = f"<content type='html'>&lt;p&gt;{text}&lt;/p&gt;</content>" if text else ""
    return (
        f"<entry><title>{title}</title><link href='{link}'/><id>{link}</id>"
        f"<author><name>{author}</name></author>"
        f"<published>2026-11-27T10:00:00Z</published><summary>In short.</summary>{content}</entry>"
    )


def feed(*entries: str) -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>Ministry of Ports</title>{''.join(entries)}</feed>"
    )


def page(title: str, *texts: str) -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>"
        f"<meta property='og:title' content='{title}'></head>"
        f"<body><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    )


def became(outcomes: list[Outcome]) -> list[Became]:
    return [one.became for one in outcomes]


def trusted(url: str, **parts: str) -> Followed:
    return read_followed({"url": url, "trust": "true", **parts})


def test_what_is_new_in_a_feed_waits_with_its_provenance(site: Site, desk: Desk) -> None:
    one, two = site.url("/one"), site.url("/two")
    site.answers["/feed"] = says(
        200, feed(entry(one, "On ferries", FERRIES), entry(two, "On the quay", QUAY))
    )
    outcomes = desk.run(Followed(url=site.url("/feed")))
    assert became(outcomes) == [Became.WAITS] * 2
    assert sorted(desk.waiting()) == sorted([one, two])
    ((path, known),) = documents_in(desk.incoming)
    assert {outcome.path for outcome in outcomes} == {path}
    assert path.read_text() == feed(
        entry(one, "On ferries", FERRIES), entry(two, "On the quay", QUAY)
    )
    assert known.url == site.url("/feed")
    assert known.fetched is not None


def test_a_trusted_source_is_filed_at_once(site: Site, desk: Desk) -> None:
    one = site.url("/one")
    site.answers["/feed"] = says(200, feed(entry(one, "Remarks on ferries", FERRIES)))
    (outcome,) = desk.run(trusted(site.url("/feed"), speaker="Nadia Rahman; Minister of Ports"))
    assert outcome.became is Became.FILED
    (statement,) = desk.record().statements
    assert statement.id == outcome.id
    assert statement.speakers[0].role == "Minister of Ports"
    assert statement.url == one
    assert statement.source is not None
    assert statement.source.url == site.url("/feed")
    assert desk.waiting() == []


def test_what_is_not_certain_waits_although_its_source_is_trusted(site: Site, desk: Desk) -> None:
    site.answers["/feed"] = says(
        200, feed(entry(site.url("/1"), "On ferries", FERRIES, "Web Team"))
    )
    (outcome,) = desk.run(trusted(site.url("/feed")))
    assert outcome.became is Became.WAITS
    assert outcome.what == "the speaker is missing"


def test_old_entries_are_passed_over_and_new_ones_come_once(site: Site, desk: Desk) -> None:
    source = trusted(site.url("/feed"), speaker="Nadia Rahman")
    old = entry(site.url("/old"), "Remarks on ferries", FERRIES)
    site.answers["/feed"] = says(200, feed(old))
    assert became(desk.run(source)) == [Became.FILED]
    desk.now += HOUR
    assert desk.run(source) == []
    new = entry(site.url("/new"), "Remarks on the quay", QUAY)
    site.answers["/feed"] = says(200, feed(new, old))
    desk.now += HOUR
    assert [one.name for one in desk.run(source)] == [f"{site.url('/feed')}: Remarks on the quay"]
    # Also where nothing is remembered of the source: they are on record.
    (desk.incoming / ".state.json").unlink()
    assert desk.run(source) == []


def test_an_entry_with_other_words_than_before_amends(site: Site, desk: Desk) -> None:
    source = trusted(site.url("/feed"), speaker="Nadia Rahman")
    site.answers["/feed"] = says(200, feed(entry(site.url("/a"), "Remarks", f"{FERRIES} {QUAY}")))
    (filed,) = desk.run(source)
    changed = f"{FERRIES} {QUAY}".replace("twice", "thrice")
    site.answers["/feed"] = says(200, feed(entry(site.url("/a"), "Remarks", changed)))
    desk.now += HOUR
    (outcome,) = desk.run(source)
    assert outcome.became is Became.WAITS
    assert outcome.what == f"it amends {filed.id}, by the same address"


def test_an_unchanged_source_is_asked_whether_it_has_changed(site: Site, desk: Desk) -> None:
    site.answers["/page"] = says(
        200,
        page("Remarks on ferries", FERRIES),
        ETag='"v1"',
        Last_Modified="Wed, 01 Jan 2025 00:00:00 GMT",
    )
    source = trusted(site.url("/page"), speaker="Nadia Rahman")
    assert became(desk.run(source)) == [Became.FILED]
    desk.now += HOUR
    assert desk.run(source) == []
    first, second = (headers for _, headers in site.asked)
    assert not first.keys() & {"if-none-match", "if-modified-since"}
    assert second["if-none-match"] == '"v1"'
    assert second["if-modified-since"] == "Wed, 01 Jan 2025 00:00:00 GMT"
    assert not fetch_status([source], desk.data).failing


def test_a_page_that_changes_comes_again(site: Site, desk: Desk) -> None:
    source = Followed(url=site.url("/page"))
    site.answers["/page"] = says(200, page("Remarks", FERRIES))
    assert became(desk.run(source)) == [Became.WAITS]
    desk.now += HOUR
    site.answers["/page"] = says(200, page("Remarks", FERRIES, QUAY))
    assert became(desk.run(source)) == [Became.WAITS]
    # The older version of it waits no more.
    assert desk.waiting() == [site.url("/page")]


def test_a_summary_leads_to_its_page_which_is_fetched_once(site: Site, desk: Desk) -> None:
    link = site.url("/full")
    site.answers["/feed"] = says(200, feed(entry(link, "Remarks on ferries")))
    site.answers["/full"] = says(200, page("Remarks on ferries", FERRIES, QUAY))
    source = trusted(site.url("/feed"))
    (outcome,) = desk.run(source)
    assert outcome.became is Became.FILED
    (statement,) = desk.record().statements
    assert [p.text for p in statement.paragraphs] == [FERRIES, QUAY]
    # The page tells neither; the feed does.
    assert (str(statement.date), statement.url) == ("2026-11-27", link)
    assert statement.speakers[0].name == "Nadia Rahman"
    assert statement.source is not None
    assert statement.source.url == link
    desk.now += HOUR
    assert desk.run(source) == []
    assert site.paths == ["/feed", "/full", "/feed"]


def test_so_many_links_are_fetched_in_a_run_and_the_others_in_the_next(
    site: Site, desk: Desk
) -> None:
    links = [site.url(f"/{number}") for number in range(MOST_LINKS + 3)]
    site.answers["/feed"] = says(200, feed(*(entry(one, one) for one in links)), ETag='"1"')
    for number in range(len(links)):
        text = f"Berth {number} is closed, and so is the road to it. {number * 7} boats lie there."
        site.answers[f"/{number}"] = says(200, page(f"Notice {number}", text))
    source = Followed(url=site.url("/feed"))
    assert len(desk.run(source)) == MOST_LINKS
    desk.now += HOUR
    # The feed itself has not changed.
    assert len(desk.run(source)) == 3
    assert sorted(desk.waiting()) == sorted(links)


def test_a_link_that_fails_is_tried_again_a_few_times(site: Site, desk: Desk) -> None:
    site.answers["/feed"] = says(200, feed(entry(site.url("/gone"), "Remarks")), ETag='"1"')
    source = Followed(url=site.url("/feed"))
    said = []
    for _ in range(6):
        said += [one.what for one in desk.run(source)]
        desk.now += 5 * HOUR
    assert len(said) == 4
    assert "(404)" in said[0]
    assert said[-1].endswith("; it is not tried again")
    assert site.paths.count("/gone") == 4


def test_requests_to_one_host_are_apart_and_to_others_are_not(site: Site, desk: Desk) -> None:
    for path in ("/a", "/b"):
        site.answers[path] = says(200, page(f"Remarks {path}", FERRIES))
    desk.run(Followed(url=site.url("/a")), Followed(url=site.url("/b")))
    assert desk.waited == [5.0]
    desk.run(Followed(url=site.url("/a")), Followed(url=site.url("/b", "other.example")))
    assert desk.waited == [5.0]


def test_a_source_that_fails_is_left_alone_for_longer_and_longer(site: Site, desk: Desk) -> None:
    source = Followed(url=site.url("/feed"), every=600)
    waits = []
    for _ in range(9):
        (failed,) = desk.run(source)
        assert failed.became is Became.FAILED
        assert "(404)" in failed.what
        (postponed,) = desk.run(source)
        assert postponed.became is Became.POSTPONED
        began = desk.now
        while not due_sources([source], desk.data, desk.now):
            desk.now += 60
        waits.append(round((desk.now - began) / 60))
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    ((url, why),) = fetch_status([source], desk.data).failing
    assert url == source.url
    assert "(404)" in why
    site.answers["/feed"] = says(200, feed(entry(site.url("/1"), "Remarks", FERRIES)))
    assert became(desk.run(source)) == [Became.WAITS]
    assert fetch_status([source], desk.data).failing == ()


def test_who_names_a_source_does_not_wait_for_it(site: Site, desk: Desk) -> None:
    source = Followed(url=site.url("/feed"))
    desk.run(source)
    assert became(desk.run(source)) == [Became.POSTPONED]
    site.answers["/feed"] = says(200, feed(entry(site.url("/1"), "Remarks", FERRIES)))
    assert became(desk.run(source, named=(source.url,))) == [Became.WAITS]


@pytest.mark.parametrize("as_moment", [False, True])
@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_patience_is_left_alone(
    site: Site, desk: Desk, status: int, as_moment: bool
) -> None:
    desk.now = time.time()
    asked = formatdate(time.time() + 7200, usegmt=True) if as_moment else "7200"
    site.answers["/feed"] = says(status, Retry_After=asked)
    site.answers["/other"] = says(200, page("Remarks", FERRIES))
    feed_source, other = Followed(url=site.url("/feed")), Followed(url=site.url("/other"))
    outcomes = desk.run(feed_source, other)
    assert became(outcomes) == [Became.FAILED, Became.POSTPONED]
    # Not even for whoever names it.
    assert became(desk.run(other, named=(other.url,))) == [Became.POSTPONED]
    desk.now += 7000
    assert due_sources([feed_source, other], desk.data, desk.now) == []
    desk.now += 300
    assert due_sources([feed_source, other], desk.data, desk.now) == [feed_source, other]
    assert site.paths == ["/feed"]


def test_a_link_at_a_host_that_asks_for_patience_waits(site: Site, desk: Desk) -> None:
    links = [site.url(f"/{number}") for number in range(3)]
    site.answers["/feed"] = says(200, feed(*(entry(one, one) for one in links)))
    site.answers["/0"] = says(429, Retry_After="600")
    assert became(desk.run(Followed(url=site.url("/feed")))) == [Became.FAILED]
    assert site.paths == ["/feed", "/0"]


def test_a_slow_site_is_a_failure_in_time(site: Site, desk: Desk) -> None:
    site.answers["/slow"] = lambda handler: time.sleep(1)
    began = time.monotonic()
    (outcome,) = desk.run(Followed(url=site.url("/slow")))
    assert outcome.became is Became.FAILED
    assert time.monotonic() - began < 1


def test_a_private_address_is_refused(site: Site, desk: Desk) -> None:
    desk.fetch = fetch_as("")
    (outcome,) = desk.run(Followed(url=site.url("/feed", "127.0.0.1")))
    assert outcome.became is Became.FAILED
    assert "no public site" in outcome.what
    assert site.asked == []


def test_who_asks_is_told(site: Site, desk: Desk) -> None:
    desk.fetch = lambda url, **given: fetch_here(
        url, **given, user_agent=user_agent("desk@example.org")
    )
    desk.run(Followed(url=site.url("/feed")))
    ((_, headers),) = site.asked
    assert headers["user-agent"].startswith("OnRecord")
    assert "desk@example.org" in headers["user-agent"]


def test_a_page_that_cannot_be_read_is_a_failure_and_asked_for_again(
    site: Site, desk: Desk
) -> None:
    site.answers["/page"] = says(200, "%PDF-1.4 no more", ETag='"1"')
    source = Followed(url=site.url("/page"))
    assert became(desk.run(source)) == [Became.FAILED]
    desk.now += HOUR
    assert became(desk.run(source)) == [Became.FAILED]


def test_a_source_is_due_when_its_time_has_passed(site: Site, desk: Desk) -> None:
    site.answers["/page"] = says(200, page("Remarks", FERRIES))
    source = Followed(url=site.url("/page"), every=1800)
    assert due_sources([source], desk.data, desk.now) == [source]
    desk.run(source)
    assert due_sources([source], desk.data, desk.now + 1500) == []
    # A timer that comes some seconds early is in time.
    assert due_sources([source], desk.data, desk.now + 1795) == [source]


def test_a_fault_of_ours_is_a_failure_of_one_source(site: Site, desk: Desk) -> None:
    site.answers["/feed"] = says(200, feed(entry(site.url("/full"), "Remarks on ferries")))
    site.answers["/full"] = says(200, page("Remarks", FERRIES))
    site.answers["/bad"] = says(200, page("Bad", FERRIES))

    class Breaking:
        def read(self, source: Source) -> list[Extract]:
            if source.url.endswith(("/full", "/bad")):
                raise ZeroDivisionError
            return reading.read(source)

    sources = [Followed(url=site.url(path)) for path in ("/bad", "/feed")]
    fetching = replace(desk.fetching, reader=Breaking())
    outcomes = list(fetch_sources(sources, fetching))
    assert [one.name for one in outcomes] == [site.url("/bad"), site.url("/full")]
    assert all("our fault: ZeroDivisionError" in one.what for one in outcomes)


def test_a_clock_that_was_far_ahead_keeps_nothing_waiting(site: Site, desk: Desk) -> None:
    """A machine without a battery wakes up in another year, and asks before it knows better."""
    sources = [Followed(url=site.url("/none")), Followed(url=site.url("/later", "other.example"))]
    site.answers["/later"] = says(429, Retry_After="600")
    desk.now += 9 * 365 * 24 * HOUR
    assert became(desk.run(*sources)) == [Became.FAILED] * 2
    desk.now = NOON
    assert due_sources(sources, desk.data, desk.now) == sources
    assert became(desk.run(*sources)) == [Became.FAILED] * 2


def test_a_feed_without_end_is_not_remembered_without_end(site: Site, desk: Desk) -> None:
    links = [f"https://ports.example.org/{number}" for number in range(1100)]
    site.answers["/feed"] = says(200, feed(*(entry(one, one) for one in links)))
    source = Followed(url=site.url("/feed"))
    stopped = replace(desk.fetching, is_stopped=lambda: bool(site.asked))
    assert list(fetch_sources([source], stopped)) == []
    known = load_state(desk.incoming).of(source.url)
    assert len(known.pending) == len(known.seen) == 1000


def test_only_one_process_fetches_at_a_time(site: Site, desk: Desk) -> None:
    with held(desk.incoming), pytest.raises(FetchingUnderWay, match="under way"):
        desk.run(Followed(url=site.url("/page")))
    assert site.asked == []


def test_a_damaged_state_is_told_of(desk: Desk) -> None:
    desk.incoming.mkdir()
    for text in ("{", "[]", '{"sources": {"a": 1}, "hosts": {}}', "[" * 100_000):
        (desk.incoming / ".state.json").write_text(text)
        with pytest.raises(DamagedState, match="Remove it"):
            load_state(desk.incoming)


def test_a_run_that_is_stopped_goes_on_later(site: Site, desk: Desk) -> None:
    for path in ("/a", "/b"):
        site.answers[path] = says(200, page(f"Remarks {path}", FERRIES))
    sources = [Followed(url=site.url(path)) for path in ("/a", "/b")]
    stopped = replace(desk.fetching, is_stopped=lambda: len(site.asked) == 1)
    assert len(list(fetch_sources(sources, stopped))) == 1
    assert due_sources(sources, desk.data, desk.now) == sources[1:]


# The review.


def review(desk: Desk) -> tuple[IncomingReader, list[Any]]:
    """Return the reader and the drafts of ``onrecord add data/incoming``."""
    reader = IncomingReader(reading)
    opened = reader.opened(open_paths([str(desk.incoming)]))
    return reader, list(drafts_from(opened, reader, {}))


def test_what_waits_is_reviewed_with_where_it_came_from(site: Site, desk: Desk) -> None:
    link = site.url("/full")
    site.answers["/feed"] = says(200, feed(entry(link, "Remarks on ferries")))
    site.answers["/full"] = says(200, page("Remarks on ferries", FERRIES, QUAY))
    desk.run(read_followed({"url": site.url("/feed"), "publisher": "Ports Gazette"}))
    reader, (draft,) = review(desk)
    fields = draft.fields
    assert fields.source.url == link
    assert fields.source.fetched is not None
    assert fields.source.file == ""
    assert (fields.url, str(fields.date), fields.publisher) == (link, "2026-11-27", "Ports Gazette")
    assert draft.found_in["publisher"] == "the setting “sources”"
    reader.settle(draft.name)
    assert desk.waiting() == []
    assert [one.name for one in desk.incoming.iterdir() if not one.name.startswith(".")] == []


def test_what_was_settled_does_not_come_again_and_the_rest_stays(site: Site, desk: Desk) -> None:
    entries = [
        entry(site.url("/1"), "On ferries", FERRIES),
        entry(site.url("/2"), "On the quay", QUAY),
    ]
    site.answers["/feed"] = says(200, feed(*entries))
    source = Followed(url=site.url("/feed"))
    desk.run(source)
    reader, drafts = review(desk)
    assert {one.fields.title for one in drafts} == {"On ferries", "On the quay"}
    reader.settle(next(one.name for one in drafts if one.fields.title == "On ferries"))
    _, left = review(desk)
    assert [one.fields.title for one in left] == ["On the quay"]
    desk.now += HOUR
    site.answers["/feed"] = says(
        200, feed(*entries, entry(site.url("/3"), "On tugs", "Tugs are free."))
    )
    assert [one.name.rpartition(": ")[2] for one in desk.run(source)] == ["On tugs"]


def test_a_document_without_a_note_is_read_as_any_other(desk: Desk, tmp_path: Path) -> None:
    desk.incoming.mkdir()
    (desk.incoming / "a.html").write_text(page("Remarks", FERRIES))
    (desk.incoming / "b.html").write_text(page("Remarks", QUAY))
    (desk.incoming / "b.html.source.yaml").write_text("url: [")
    _, drafts = review(desk)
    assert len(drafts) == 2
    assert not any(isinstance(one, Refused) for one in drafts)


def test_the_reader_leaves_all_else_alone() -> None:
    """A name that looks like a file that waits is none, if it was fetched now."""

    class Nothing:
        def read(self, source: Source) -> list[Extract]:
            return [Extract(part=source.name)]

    source = Source(name="https://example.org/", content=b"", url="https://example.org/")
    reader = IncomingReader(Nothing())
    assert list(reader.opened([source])) == [source]
    assert reader.read(source) == [Extract(part="https://example.org/")]
    reader.settle("no such draft")
