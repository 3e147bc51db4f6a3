"""The bot asks its sources beside the answering, and never waits for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web_site import Site, fetch_here, says, serving

from bot.answering.answers import Answers
from bot.configuration import Configuration
from bot.services.fetching import SourceFetching
from documents import read_followed
from index import Index, Record, load_record

pytestmark = pytest.mark.usefixtures("reads_here")

PAGE = (
    "<!doctype html><html><head><title>Remarks on ferries</title></head><body><main>"
    "<h1>Remarks on ferries</h1><p>Ferries will sail to the islands twice a day.</p>"
    "<p>The old quay stays with the fishing boats.</p></main></body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        one.answers["/page"] = says(200, PAGE)
        yield one


def fetching(data: Path, url: str, fetch: Any = fetch_here, **more: Any) -> SourceFetching:
    source = read_followed({"url": url, "trust": "true", "speaker": "Nadia Rahman"})
    configuration = Configuration(data=data, sources=(source,), **more)
    return SourceFetching(configuration, Answers(Index(Record(())), passages=5), fetch)


@pytest.mark.usefixtures("reads_in_child")
async def test_a_source_that_is_due_is_asked_and_told_of(site, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    one = fetching(tmp_path, site.url("/page"))
    before = await one.status()
    assert (before.last, before.waiting, before.failing) == (0, 0, ())
    await one.look()
    (statement,) = load_record(tmp_path).statements
    assert f"filed {statement.id}" in caplog.text
    assert (await one.status()).last > 0
    await one.look()
    assert site.paths == ["/page"]
    await one.close()


async def test_the_loop_goes_on_while_a_source_is_slow(site, tmp_path):
    begun, may_end = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow(url: str, **given: str) -> Any:
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(may_end.wait(), loop).result(5)
        return fetch_here(url, **given)

    one = fetching(tmp_path, site.url("/page"), slow)
    looking = asyncio.create_task(one.look())
    await asyncio.wait_for(begun.wait(), 5)
    assert not looking.done()
    may_end.set()
    await looking
    assert one.fault == ""
    assert len(load_record(tmp_path).statements) == 1
    await one.close()


async def test_a_folder_that_cannot_be_written_to_is_told_once(site, tmp_path, caplog):
    (tmp_path / "incoming").write_text("a file is in the way")
    one = fetching(tmp_path, site.url("/page"))
    await one.look()
    await one.look()
    assert "cannot be" in one.fault
    assert caplog.text.count("the sources cannot be fetched") == 1
    assert site.asked == []
    await one.close()


async def test_whatever_happens_the_bot_goes_on(site, tmp_path):
    """A fault of ours is a failure of its source."""

    def broken(url: str, **_: str) -> Any:
        raise RuntimeError(url)

    one = fetching(tmp_path, site.url("/page"), broken)
    await one.look()
    ((url, why),) = (await one.status()).failing
    assert (url, why) == (site.url("/page"), "it cannot be taken in (our fault: RuntimeError)")
    one.followed = (None,)
    await one.look()
    assert one.fault == "AttributeError"
    await one.close()


async def test_nothing_is_asked_once_it_is_closed(site, tmp_path):
    one = fetching(tmp_path, site.url("/page"))
    await one.close()
    await one.look()
    assert site.asked == []


async def test_it_is_not_kept_up_if_it_is_not_wanted(site, tmp_path):
    asked, loop = asyncio.Event(), asyncio.get_running_loop()

    def noted(url: str, **given: str) -> Any:
        loop.call_soon_threadsafe(asked.set)
        return fetch_here(url, **given)

    one = fetching(tmp_path, site.url("/page"), noted)
    two = SourceFetching(
        Configuration(data=tmp_path, sources=(read_followed(site.url("/page")),), fetch=False),
        Answers(Index(Record(())), passages=5),
        fetch_here,
    )
    await asyncio.wait_for(two.keep(), 1)
    assert site.asked == []
    keeping = asyncio.create_task(one.keep())
    await asyncio.wait_for(asked.wait(), 5)
    keeping.cancel()
    await one.close()
    await two.close()


async def test_a_name_with_line_breaks_is_one_line_of_the_log(site, tmp_path, caplog):
    """Or a feed could write lines of its own into it."""
    caplog.set_level(logging.INFO)
    site.answers["/feed"] = says(
        200,
        "<rss version='2.0'><channel><title>Ports</title><item><title>Remarks\nERROR forged"
        "</title><description>Ferries sail.</description></item></channel></rss>",
    )
    source = read_followed(site.url("/feed"))
    configuration = Configuration(data=tmp_path, sources=(source,))
    one = SourceFetching(configuration, Answers(Index(Record(())), passages=5), fetch_here)
    await one.look()
    assert "Remarks ERROR forged" in caplog.text
    await one.close()
