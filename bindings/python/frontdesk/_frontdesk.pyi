"""The compiled half of the package."""

import datetime
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

class Type:
    """What a field holds."""

    @property
    def kind(self) -> str:
        """boolean, integer, text, bytes, enumeration, id, money, instant, local_time, date,
        duration, optional, update, list, map or record.
        """

    @property
    def name(self) -> str:
        """Of a record or enumeration with its area (`people::Client`); what an id identifies
        (`client`).
        """

    @property
    def element(self) -> Optional[Type]:
        """Of optional, update, list and map."""

    @property
    def fields(self) -> List[Field]:
        """Of a record."""

    @property
    def values(self) -> List[Tuple[str, str]]:
        """Name and meaning of each value of an enumeration."""

    @property
    def python_class(self) -> Optional[Any]:
        """The class of a record or enumeration."""

class Field:
    """One field of a request or record."""

    @property
    def name(self) -> str:
        """As JSON and errors call it."""

    @property
    def python_name(self) -> str:
        """As Python calls it: `from_` for `from`."""

    @property
    def doc(self) -> str: ...
    @property
    def type(self) -> Type: ...
    @property
    def required(self) -> bool: ...
    @property
    def secret(self) -> bool:
        """A password, code or token: never in audit, feed, logs or repr()."""

    @property
    def personal(self) -> bool:
        """Tells of a person: never in audit, feed or repr()."""

    @property
    def permission(self) -> str:
        """Who may see it; empty: whoever sees the record."""

    @property
    def lowest(self) -> Optional[int]:
        """Of the number, or of the length of text or list."""

    @property
    def highest(self) -> Optional[int]: ...

class Refusal:
    """One way an operation is refused."""

    @property
    def code(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def when(self) -> str: ...

class Operation:
    """What an operation tells of itself."""

    @property
    def number(self) -> int:
        """Stable."""

    @property
    def name(self) -> str:
        """`people.register`"""

    @property
    def kind(self) -> str:
        """read, write or job."""

    @property
    def doc(self) -> str: ...
    @property
    def audience(self) -> str:
        """everyone, signed_in, permission or host."""

    @property
    def permission(self) -> str: ...
    @property
    def subject(self) -> str:
        """What the subject field names: none, client, centre or account."""

    @property
    def subject_field(self) -> str: ...
    @property
    def refusals(self) -> List[Refusal]:
        """In order of precedence."""

    @property
    def example(self) -> str:
        """A request in JSON."""

    @property
    def fields(self) -> List[Field]: ...
    @property
    def result(self) -> Type: ...

class Caller:
    def run(self, operation: Operation, fields: Dict[str, Any]) -> Any: ...
    def preview(self, operation: Operation, fields: Dict[str, Any]) -> Any: ...
    def call(self, name: str, json: str) -> str: ...
    def preview_call(self, name: str, json: str) -> str: ...
    def batch(self, json: str) -> str: ...
    def with_options(
        self,
        idempotency_key: Optional[str],
        origin: Optional[str],
        language: Optional[str],
        correlation: Optional[str],
        deadline: Optional[datetime.timedelta],
        progress: Optional[Callable[[int, int], Optional[bool]]],
    ) -> Caller: ...
    def wakes(self) -> int: ...
    def wait(self, seen: int, time: datetime.timedelta) -> int: ...
    @property
    def closed(self) -> bool: ...
    @property
    def token(self) -> str: ...

class Desk:
    def host(self) -> Caller: ...
    def anonymous(self) -> Caller: ...
    def caller(self, token: str) -> Caller: ...
    def close(self) -> None: ...
    @property
    def closed(self) -> bool: ...
    def on_events(self, callback: Optional[Callable[[], object]]) -> None: ...
    def statistics(self) -> Dict[str, int]: ...

def open(
    path: bytes,
    read_only: bool,
    create: bool,
    keys: List[Tuple[str, Union[str, bytes]]],
    clock: Optional[Callable[[], datetime.datetime]],
    random: Optional[Callable[[int], bytes]],
    log: Optional[Callable[[str, str], object]],
    group_limit: int,
    busy_timeout: datetime.timedelta,
    wal_bytes_max: int,
    readers_max: int,
) -> Desk: ...
def start(
    unset: object,
    nearest: Callable[[str, List[str]], Optional[str]],
    money: type,
    make_error: Callable[[str, str, str, str, Dict[str, Any], bool], Exception],
    is_keyword: Callable[[str], bool],
) -> None: ...
def close_all() -> None: ...
def version() -> str: ...
def verify_ticket(public_key: str, ticket: str) -> Any: ...
def operations() -> List[Operation]: ...
def find_operation(name: str) -> Optional[Operation]: ...
def openapi() -> str: ...
def bind_class(type: Type, python_class: type) -> None: ...
def spelling(name: str) -> str: ...
def make_record(python_class: type, fields: Dict[str, Any]) -> Any: ...
def restore_record(python_class: type, values: Sequence[Any]) -> Any: ...
def default_request(operation: Operation) -> Dict[str, Any]: ...
def probe() -> Type: ...
