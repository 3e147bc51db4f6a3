"""Faults that meet calls by chance, and the same ones in every run."""

from __future__ import annotations

import contextlib

import pytest
from telegram import Bot
from telegram.error import TelegramError
from telegram_standin import Drop, Flood, ServerError, TelegramStandIn

# The library warns that retry_after will become a timedelta.
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")


async def outcomes(seed: int, share: float = 0.3, *, between: bool = False) -> list[str]:
    """Return how sixty calls of sendMessage went."""
    async with (
        TelegramStandIn() as telegram,
        Bot(telegram.token, base_url=telegram.base_url) as bot,
    ):
        private = telegram.private_chat(telegram.user("Amina"))
        telegram.fail_randomly(
            {"sendMessage": [Flood(1), ServerError(502), Drop()], "getMe": [ServerError(500)]},
            share=share,
            seed=seed,
        )
        for number in range(60):
            with contextlib.suppress(TelegramError):
                if between:
                    await bot.get_me()
            with contextlib.suppress(TelegramError):
                await bot.send_message(private.id, str(number))
        return [call.outcome for call in telegram.calls_of("sendMessage")]


async def test_chance_is_the_same_for_the_same_seed() -> None:
    """Whatever other methods are called between."""
    first = await outcomes(7)
    assert await outcomes(7, between=True) == first
    assert await outcomes(8) != first
    failed = [outcome for outcome in first if outcome != "ok"]
    assert 9 <= len(failed) <= 27
    assert set(failed) == {
        "429 Too Many Requests: retry after 1",
        "502 Bad Gateway",
        "dropped before it was processed",
    }


async def test_a_share_of_one_is_every_call_and_of_none_is_none() -> None:
    assert "ok" not in await outcomes(7, share=1)
    assert set(await outcomes(7, share=0)) == {"ok"}


async def test_healing_ends_chance_and_what_was_ordered(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    private = telegram.private_chat(telegram.user("Amina"))
    telegram.fail_randomly({"sendMessage": [ServerError(500)]}, share=1, seed=7)
    telegram.fail("sendMessage", ServerError(503), times=9)
    with pytest.raises(TelegramError, match="Service Unavailable"):
        await bot.send_message(private.id, "x")
    telegram.heal()
    await bot.send_message(private.id, "x")


def test_what_cannot_be_drawn_from_is_refused() -> None:
    telegram = TelegramStandIn()
    with pytest.raises(ValueError, match="no method 'sendMesage'"):
        telegram.fail_randomly({"sendMesage": [Drop()]}, share=0.5, seed=7)
    for faults, share in (([Drop()], 1.5), ([], 0.5)):
        with pytest.raises(ValueError, match="a share from 0 to 1 is needed"):
            telegram.fail_randomly({"delivery": faults}, share=share, seed=7)
