"""The faults a test can script for the next calls of a method; the server carries them out."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from http import HTTPStatus

from telegram_standin.refusals import Refusal


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
class Drop:
    """The socket breaks: before the call is processed, or after, so that the answer is lost."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The call is processed at once, its answer comes `seconds` later."""

    seconds: float


Answered = Flood | ServerError | Unauthorized | NotFound | Refuse
Fault = Answered | Drop | Slow


class FaultPlan:
    """The faults still to come, method by method, in the order they were scripted."""

    def __init__(self) -> None:
        self._planned: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, times: int) -> None:
        """Let the next `times` calls of the method meet the fault, after those planned before."""
        self._planned[method].extend([fault] * times)

    def next(self, method: str) -> Fault | None:
        """Return the fault for the call now arriving, used up by this."""
        planned = self._planned.get(method)
        return planned.popleft() if planned else None
