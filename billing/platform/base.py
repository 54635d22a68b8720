"""What every platform can do, and how it says that it cannot."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from billing.models import Transmission

State = Transmission.State


class PlatformError(Exception):
    """It did not work this time: try again later. The message is a French sentence for the office."""


class NotAccepted(PlatformError):
    """The platform will never take this file as it is. The message is a French sentence for the office."""


@dataclass(frozen=True)
class Parcel:
    """What is handed over: the PDF with its XML, and the key by which the same sending twice is known as one."""

    number: str
    key: UUID
    pdf: bytes


@dataclass(frozen=True)
class Answer:
    """What the platform said of a file: where it stands, under which identifier of its own."""

    remote_id: str
    state: str = State.SENT
    message: str = ""


class Platform(Protocol):
    """A way to transmit invoices."""

    name: str
    #: Whether it can be asked what became of a file.
    answers: bool

    def send(self, parcel: Parcel) -> Answer:
        """Hand a file over. The same key again does no harm. Raises PlatformError, NotAccepted."""

    def status(self, remote_id: str) -> Answer | None:
        """What became of a file, or None while nothing is known. Raises PlatformError."""
