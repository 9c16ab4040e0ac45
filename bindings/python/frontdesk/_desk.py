"""Opening a file and calling operations."""

from __future__ import annotations

import builtins
import datetime
import json
import os
from types import TracebackType
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterator,
    Mapping,
    Optional,
    Sequence,
    Tuple,
    Type,
    Union,
    overload,
)

from . import _frontdesk
from ._areas import Areas
from ._batch import Batch
from ._errors import UnsupportedError
from ._operations import find

if TYPE_CHECKING:
    from .access import Challenge, SignInResult
    from .events import Event

Request = Union[str, Mapping[str, Any]]

_poll = datetime.timedelta(seconds=1)  # other processes commit without waking this one


class Preview(Areas):
    """A caller whose operations tell the result that they would give, and change nothing."""

    def __init__(self, native: _frontdesk.Caller) -> None:
        super().__init__(native.preview)
        self._native = native

    def run(self, operation: str, /, **fields: Any) -> Any:
        """Previews an operation by its name."""
        return self._run(find(operation, self._native.preview_call), fields)

    @overload
    def call(self, operation: str, request: str) -> str: ...
    @overload
    def call(self, operation: str, request: Mapping[str, Any] = ...) -> Dict[str, Any]: ...

    def call(self, operation: str, request: Request = {}) -> Union[str, Dict[str, Any]]:
        """Previews an operation by its name and JSON, as text or as a dict."""
        return _call(self._native.preview_call, operation, request)


class Caller(Areas):
    """Someone who runs operations: ``caller.people.get_client(client=1)``.

    Callers are cheap, immutable and may be used from many threads at once; other threads run while
    a call works.
    """

    def __init__(self, native: _frontdesk.Caller) -> None:
        super().__init__(native.run)
        self._native = native

    @property
    def preview(self) -> Preview:
        """The same caller, whose operations change nothing:
        ``caller.preview.people.register(...)``.
        """
        return Preview(self._native)

    @property
    def token(self) -> str:
        """The token of whoever signed in, to be kept for :meth:`Desk.caller`; empty for the host
        and for nobody.
        """
        return self._native.token

    def with_options(
        self,
        *,
        idempotency_key: Optional[str] = None,
        origin: Optional[str] = None,
        language: Optional[str] = None,
        correlation: Optional[str] = None,
        deadline: Optional[datetime.timedelta] = None,
        progress: Optional[Callable[[int, int], Optional[bool]]] = None,
    ) -> Caller:
        """The same caller with options that its calls carry; what is None stays as it is.

        idempotency_key: same key and same request give the first result again for 24 hours.
        origin: where the calls come from (an address, a device), for audit and attempt limits.
        language: of messages (`en`, `uk`); the caller's own if empty.
        correlation: ties audit and events to the host's own log.
        deadline: a call that has not begun by then raises CancelledError.
        progress: called by jobs with what is done and, where known, of how much; returning False
            stops the job.
        """
        return Caller(
            self._native.with_options(
                idempotency_key, origin, language, correlation, deadline, progress
            )
        )

    def batch(self) -> Batch:
        """Operations that commit together, see :class:`Batch`."""
        return Batch(self._native)

    def run(self, operation: str, /, **fields: Any) -> Any:
        """Runs an operation by its name: ``caller.run("people.get_client", client=1)``."""
        return self._run(find(operation, self._native.call), fields)

    @overload
    def call(self, operation: str, request: str) -> str: ...
    @overload
    def call(self, operation: str, request: Mapping[str, Any] = ...) -> Dict[str, Any]: ...

    def call(self, operation: str, request: Request = {}) -> Union[str, Dict[str, Any]]:
        """Runs an operation by its name and JSON: as text, or as a dict of what JSON can hold. The
        reply has the same form.
        """
        return _call(self._native.call, operation, request)

    def each_event(
        self, cursor: int = 0, *, topics: Sequence[str] = (), follow: bool = False
    ) -> Iterator[Event]:
        """The events after a cursor that the caller may see, in commit order. The sequence of the
        last one is the next cursor.

        With `follow` it waits for more, also for those of other processes, until the desk is
        closed.
        """
        while True:
            seen = self._native.wakes()
            try:
                feed = self.events.since(cursor=cursor, topics=topics, limit=1000)
            except UnsupportedError:
                if follow and self._native.closed:
                    return
                raise
            yield from feed.items
            cursor = feed.next
            if feed.is_end:
                if not follow:
                    return
                self._native.wait(seen, _poll)


def _call(
    native: Callable[[str, str], str], operation: str, request: Request
) -> Union[str, Dict[str, Any]]:
    if isinstance(request, str):
        return native(operation, request)
    reply: Dict[str, Any] = json.loads(native(operation, json.dumps(dict(request))))
    return reply


class Desk(Caller):
    """An open file, and the embedding program as a caller who may do everything:
    ``desk.people.register(...)``.

    Thread-safe. Use it in a `with` block, or close it; what is still open when the program ends is
    closed then.
    """

    def __init__(self, native: _frontdesk.Desk) -> None:
        super().__init__(native.host())
        self._desk = native

    def host(self) -> Caller:
        """The embedding program: may do everything, as the desk itself."""
        return Caller(self._desk.host())

    def anonymous(self) -> Caller:
        """Nobody in particular: what is open to everyone."""
        return Caller(self._desk.anonymous())

    def caller(self, token: str) -> Caller:
        """Whoever the token was given to: a sign-in session, an access token or an API key.

        The token is checked at each call, so this never fails; a bad one makes every call raise
        UnauthenticatedError.
        """
        return Caller(self._desk.caller(token))

    def sign_in(
        self, login: str, password: str, *, device: str = "", origin: str = ""
    ) -> Union[Caller, Challenge]:
        """Signs in. Where a second factor is due, the result is its challenge, to be answered with
        :meth:`answer`.
        """
        nobody = self.anonymous().with_options(origin=origin)
        return self._entered(
            nobody.access.sign_in(login=login, password=password, device=device), origin
        )

    def answer(self, challenge: Challenge, code: str, *, origin: str = "") -> Caller:
        """Completes a sign-in with the code for its challenge."""
        nobody = self.anonymous().with_options(origin=origin)
        entered = self._entered(
            nobody.access.answer_challenge(challenge=challenge.token, code=code), origin
        )
        assert isinstance(entered, Caller)
        return entered

    def _entered(self, result: SignInResult, origin: str) -> Union[Caller, Challenge]:
        if result.challenge is not None:
            return result.challenge
        return self.caller(result.token).with_options(origin=origin)

    def on_events(self, callback: Optional[Callable[[], object]]) -> None:
        """Has the callback called after each commit with events, on the thread that commits; None
        removes it.

        It is a wake-up: read what happened with :meth:`Caller.each_event`, best on another thread.
        """
        self._desk.on_events(callback)

    def statistics(self) -> Dict[str, int]:
        """Figures since the file was opened: commits, operations_committed, checkpoints,
        wal_frames.
        """
        return self._desk.statistics()

    @property
    def closed(self) -> bool:
        return self._desk.closed

    def close(self) -> None:
        """Waits for the calls that run and closes the file. Later calls raise UnsupportedError
        (`desk_closed`).
        """
        self._desk.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()


def open(
    path: Union[str, os.PathLike[str]],
    *,
    read_only: bool = False,
    create: bool = True,
    keys: Sequence[Tuple[str, Union[str, bytes]]] = (),
    clock: Optional[Callable[[], datetime.datetime]] = None,
    random: Optional[Callable[[int], bytes]] = None,
    log: Optional[Callable[[str, str], object]] = None,
    busy_timeout: datetime.timedelta = datetime.timedelta(seconds=10),
    group_limit: int = 64,
    wal_bytes_max: int = 8 * 1024 * 1024,
    readers_max: int = 8,
) -> Desk:
    """Opens or creates a file.

    read_only: nothing is written, and the folder may be read-only, too.
    create: whether a missing file is made.
    keys: the host's secrets for codes, seals and stored secrets, as (id, secret of at least 32
        bytes). The first seals; the others still open what they sealed. Keep them outside of the
        file.
    clock: where time comes from, an aware datetime; the system's if None.
    random: gives as many random bytes as it is asked for; the system's if None. For tests.
    log: called with level (debug, info, warning, error) and line for what is worth it, on the
        thread that works.
    busy_timeout: how long a call waits for other processes before it raises BusyError.
    group_limit: how many waiting writes share one commit.
    wal_bytes_max: size at which the write-ahead log is truncated.
    readers_max: how many reads run at once.
    """
    return Desk(
        _frontdesk.open(
            os.fsencode(path),
            read_only,
            create,
            builtins.list(keys),
            clock,
            random,
            log,
            group_limit,
            busy_timeout,
            wal_bytes_max,
            readers_max,
        )
    )
