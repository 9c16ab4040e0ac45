"""Exceptions: one class for each code, so that a caller can catch by what is to be done."""

from __future__ import annotations

from typing import Any, Callable, Dict, Tuple, Type


class Error(Exception):
    """Whatever an operation is refused for or fails with. Catch it, or one of the classes below
    it.
    """

    #: What the caller should do about it: ``invalid``, ``not_found`` and so on. One for each class.
    code: str = "internal"
    #: A stable word for programs, such as ``email_taken``.
    reason: str
    #: A sentence for people, in the language of the call.
    message: str
    #: Path of the field at fault, such as ``children[1].birth_date``; empty where no one field is.
    field: str
    #: Facts as data: integers, texts, and lists of them.
    details: Dict[str, Any]
    #: True where the same request may succeed if it is simply sent again.
    retryable: bool

    def __init__(
        self,
        reason: str,
        message: str = "",
        field: str = "",
        details: Dict[str, Any] = {},
        retryable: bool = False,
    ) -> None:
        super().__init__(reason, message, field, details, retryable)
        self.reason = reason
        self.message = message or reason.replace("_", " ")
        self.field = field
        self.details = dict(details)
        self.retryable = retryable

    def __str__(self) -> str:
        place = f" at {self.field}" if self.field else ""
        return f"{self.message} [{self.reason}{place}]"


class InvalidError(Error):
    """The request is wrong in itself: correct it."""

    code = "invalid"


class UnauthenticatedError(Error):
    """Sign in (again)."""

    code = "unauthenticated"


class DeniedError(Error):
    """This caller may not do this."""

    code = "denied"


class NotFoundError(Error):
    """No such record, or none this caller may know of."""

    code = "not_found"


class ConflictError(Error):
    """The state of things does not allow it: read again, decide anew."""

    code = "conflict"


class SoldOutError(Error):
    """No place is left."""

    code = "sold_out"


class ExpiredError(Error):
    """A token, code, hold or cursor is past its time: get a new one."""

    code = "expired"


class RateLimitedError(Error):
    """Too many attempts: wait for as long as the details say."""

    code = "rate_limited"


class BusyError(Error):
    """The file was in use for longer than the deadline: try again."""

    code = "busy"


class ReadOnlyError(Error):
    """The file is open for reading only."""

    code = "read_only"


class StorageError(Error):
    """The disk or the file failed."""

    code = "storage"


class OutcomeUnknownError(Error):
    """The commit failed and may have taken effect or not: look before you repeat."""

    code = "outcome_unknown"


class NoMemoryError(Error):
    """Memory ran out; nothing was changed."""

    code = "no_memory"


class CancelledError(Error):
    """The deadline passed before the operation began, or the host cancelled it."""

    code = "cancelled"


class UnsupportedError(Error):
    """Not possible in this form or place."""

    code = "unsupported"


class InternalError(Error):
    """A defect in frontdesk, or a failed callback of the host (then the cause); nothing was
    changed.
    """

    code = "internal"


_by_code: Dict[str, Type[Error]] = {kind.code: kind for kind in Error.__subclasses__()}


def make(
    code: str, reason: str, message: str, field: str, details: Dict[str, Any], retryable: bool
) -> Error:
    """Called by the compiled half."""
    return _by_code.get(code, Error)(reason, message, field, details, retryable)
