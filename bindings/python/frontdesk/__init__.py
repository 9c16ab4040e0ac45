"""frontdesk: an embeddable booking core.

    import frontdesk

    with frontdesk.open("studio.db") as desk:
        olena = desk.people.create_client(first_name="Olena", phone="+380671234567")
        for client in frontdesk.each(desk.people.clients, city="Kyiv"):
            print(client.first_name)

Every operation is a function of its area: ``people.create_client`` is
``desk.people.create_client``. A desk runs operations as the embedding program;
``desk.sign_in(...)`` and ``desk.caller(token)`` give callers who run them as somebody. Results are
immutable records; what is refused is an exception below :class:`frontdesk.Error`.
``help(desk.people.register)`` tells of an operation, ``frontdesk.operations()`` of all of them.
Each area is a module too, with its records: ``frontdesk.people.Client``.
"""

import atexit as _atexit
import keyword as _keyword
from typing import Any as _Any

from . import _errors, _frontdesk
from ._batch import Batch, Reference, Step
from ._desk import Caller, Desk, Preview, open
from ._errors import (
    BusyError,
    CancelledError,
    ConflictError,
    DeniedError,
    Error,
    ExpiredError,
    InternalError,
    InvalidError,
    NoMemoryError,
    NotFoundError,
    OutcomeUnknownError,
    RateLimitedError,
    ReadOnlyError,
    SoldOutError,
    StorageError,
    UnauthenticatedError,
    UnsupportedError,
)
from ._frontdesk import Field, Operation, Refusal, Type
from ._money import Money
from ._names import UNSET, Unset
from ._names import nearest as _nearest
from ._operations import make_areas as _make_areas
from ._records import Page, Record, TextEnum, each

__version__: str = _frontdesk.version()

__all__ = [
    "UNSET",
    "Batch",
    "BusyError",
    "CancelledError",
    "Caller",
    "ConflictError",
    "DeniedError",
    "Desk",
    "Error",
    "ExpiredError",
    "Field",
    "InternalError",
    "InvalidError",
    "Money",
    "NoMemoryError",
    "NotFoundError",
    "Operation",
    "OutcomeUnknownError",
    "Page",
    "Preview",
    "RateLimitedError",
    "ReadOnlyError",
    "Record",
    "Reference",
    "Refusal",
    "SoldOutError",
    "Step",
    "StorageError",
    "TextEnum",
    "Type",
    "UnauthenticatedError",
    "Unset",
    "UnsupportedError",
    "__version__",
    "each",
    "open",
    "openapi",
    "operations",
    "verify_ticket",
]


def operations() -> "list[Operation]":
    """Every operation, by number: what it is called, takes, gives, needs and refuses."""
    return _frontdesk.operations()


def openapi() -> str:
    """The OpenAPI 3.1 document of all operations, as JSON."""
    return _frontdesk.openapi()


def verify_ticket(public_key: str, ticket: str) -> _Any:
    """What a ticket's text says, proven by the public key that `bookings.ticket_key` gave: a
    `bookings.VerifiedTicket`. Needs no desk. Raises InvalidError with the reason
    ticket_key_malformed, ticket_malformed, ticket_key_other or ticket_signature_invalid.
    """
    return _frontdesk.verify_ticket(public_key, ticket)


_frontdesk.start(UNSET, _nearest, Money, _errors.make, _keyword.iskeyword)
_make_areas()
_atexit.register(_frontdesk.close_all)
