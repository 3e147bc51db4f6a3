"""The faults a test can script for calls and deliveries; the server and deliverer suffer them."""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from telegram_standin.refusals import Refusal, upgraded


@dataclass(frozen=True, slots=True)
class Flood:
    """429: the bot sent too much and must wait `retry_after` seconds."""

    retry_after: int

    def refusal(self) -> Refusal:
        """Return the answer."""
        return Refusal(
            429,
            f"Too Many Requests: retry after {self.retry_after}",
            {"retry_after": self.retry_after},
        )


@dataclass(frozen=True, slots=True)
class ServerError:
    """A 5xx; a 502 comes from the proxy in front of Telegram, so its body is HTML, not JSON."""

    status: int = 500

    def __post_init__(self) -> None:
        if self.status not in (500, 502, 503, 504):
            raise ValueError(f"{self.status} is no server error; 500, 502, 503 and 504 are")

    def refusal(self) -> Refusal:
        """Return the answer."""
        return Refusal(self.status, HTTPStatus(self.status).phrase)


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """401: as if the token had been revoked."""

    def refusal(self) -> Refusal:
        """Return the answer."""
        return Refusal(401, "Unauthorized")


@dataclass(frozen=True, slots=True)
class NotFound:
    """404: as if the token or the method did not exist."""

    def refusal(self) -> Refusal:
        """Return the answer."""
        return Refusal(404, "Not Found")


@dataclass(frozen=True, slots=True)
class Refuse:
    """Any other refusal: `Refuse(400, "Bad Request: chat not found")`."""

    status: int
    description: str

    def refusal(self) -> Refusal:
        """Return the answer."""
        return Refusal(self.status, self.description)


@dataclass(frozen=True, slots=True)
class Moved:
    """400: the group is a supergroup now, `to` is its id; as if the bot had not been told yet."""

    to: int

    def refusal(self) -> Refusal:
        """Return the answer."""
        return upgraded(self.to)


@dataclass(frozen=True, slots=True)
class Drop:
    """The socket breaks: before the call is processed, or after, so that the answer is lost."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The call is processed at once, its answer comes `seconds` later."""

    seconds: float


Answered = Flood | ServerError | Unauthorized | NotFound | Refuse | Moved
Fault = Answered | Drop | Slow


#: Stands for a method's name where the webhook's deliveries are meant.
DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class _Lottery:
    draws: random.Random
    share: float
    faults: tuple[Fault, ...]


class FaultPlan:
    """The faults still to come, method by method: those scripted in order, then those by chance."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._lotteries: dict[str, _Lottery] = {}

    def add(self, method: str, fault: Fault, times: int) -> None:
        """Let the next `times` calls of the method meet the fault, after those planned before."""
        self._planned[method].extend([fault] * times)

    def draw(self, faults: Mapping[str, Sequence[Fault]], share: float, seed: int) -> None:
        """Let each call of the methods named meet one of its faults with this probability.

        The draws of a method are its own, so that its nth call meets the same in every run with
        the same seed, whatever is called between. Raises ValueError for what cannot be drawn from.
        """
        if not 0 <= share <= 1 or not all(faults.values()):
            raise ValueError("a share from 0 to 1 is needed, and a fault for each method")
        for method, chosen in faults.items():
            draws = random.Random(f"{seed} {method}")  # noqa: S311  # nothing is secret here
            self._lotteries[method] = _Lottery(draws, share, tuple(chosen))

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._planned.clear()
        self._lotteries.clear()

    def next(self, method: str) -> Fault | None:
        """Return the fault for the call now arriving, used up by this."""
        planned = self._planned.get(method)
        if planned:
            return planned.popleft()
        lottery = self._lotteries.get(method)
        if lottery is None or lottery.draws.random() >= lottery.share:
            return None
        return lottery.draws.choice(lottery.faults)
