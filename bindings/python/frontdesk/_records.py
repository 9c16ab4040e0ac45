"""Records and enumerations: what operations take and give. Their classes are made from the field
tables of the library.
"""

from __future__ import annotations

import enum
import sys
import types
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Dict,
    Generic,
    Iterator,
    Mapping,
    Optional,
    Tuple,
    TypeVar,
)

from . import _frontdesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import ParamSpec, Self

    Filters = ParamSpec("Filters")

Item = TypeVar("Item")


class Record:
    """Base of all records: immutable values with an attribute for each field.

    Two records are equal if they are of one class with equal fields. What is secret or personal is
    not shown by repr(), so that it does not get into logs by accident. A record can be made by
    hand, too, where an operation takes one.
    """

    __slots__ = ()
    #: Names of the fields, in order (as in a namedtuple).
    _fields: ClassVar[Tuple[str, ...]] = ()
    _hidden: ClassVar[Mapping[str, str]] = {}

    if not TYPE_CHECKING:

        def __new__(cls, **fields):
            return _frontdesk.make_record(cls, fields)

    def to_dict(self) -> Dict[str, Any]:
        """The fields by name, with nested records as dicts and lists; other values stay as they
        are.
        """
        return {name: _plain(getattr(self, name)) for name in self._fields}

    def _values(self) -> Tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._fields)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        shown = (f"{name}={self._shown(name)}" for name in self._fields)
        return f"{type(self).__name__}({', '.join(shown)})"

    def _shown(self, name: str) -> str:
        value = getattr(self, name)
        if name in self._hidden and value not in (None, "", ()):
            return f"<{self._hidden[name]}>"
        return repr(value)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self

    def __reduce__(self) -> Any:
        return _frontdesk.restore_record, (type(self), self._values())


class Page(Record, Generic[Item]):
    """One page of a list. :func:`frontdesk.each` goes through all pages."""

    __slots__ = {
        "items": "The records, in order.",
        "next": "Cursor of the next page; None on the last.",
    }
    _fields = ("items", "next")
    items: Tuple[Item, ...]
    next: Optional[str]

    if not TYPE_CHECKING:

        def __new__(cls, **fields):
            raise TypeError("pages are made by frontdesk only")


class TextEnum(str, enum.Enum):
    """Base of all enumerations. Members are texts: ``Sex.FEMALE == "female"``."""

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, form: str) -> str:
        return format(str(self.value), form)


def each(
    list_operation: Callable[Filters, Page[Item]],
    /,
    *args: Filters.args,
    **filters: Filters.kwargs,
) -> Iterator[Item]:
    """Everything that a list operation finds, page after page:
    ``frontdesk.each(desk.people.clients, city="Kyiv")``.
    """
    page = list_operation(*args, **filters)
    yield from page.items
    while page.next is not None:
        filters["cursor"] = page.next
        page = list_operation(*args, **filters)
        yield from page.items


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


# --- making the classes ---


def module_of(area: str) -> types.ModuleType:
    """The module that an area's classes live in: `frontdesk.people`."""
    name = f"{__package__}.{area}"
    module = sys.modules.get(name)
    if module is None:
        module = sys.modules[name] = types.ModuleType(
            name, f"Records and operations of the area {area}."
        )
        setattr(sys.modules[__package__], area, module)
    return module


def home_of(kind: _frontdesk.Type) -> Tuple[str, str]:
    """Area and class name of a type: `people::Client` is `Client` of `people`."""
    if kind.name.startswith("Page<"):
        return "", "Page"
    area, _, name = kind.name.rpartition("::")
    return area.replace("::", "_"), name


def define(kind: Optional[_frontdesk.Type]) -> None:
    """Makes the classes of a type and of everything in it, once."""
    while kind is not None and kind.element is not None:
        kind = kind.element
    if kind is None or kind.python_class is not None:
        return
    if kind.kind == "enumeration":
        _frontdesk.bind_class(kind, _make_enumeration(kind))
    elif kind.kind == "record" and kind.fields:
        _frontdesk.bind_class(kind, _make_record_class(kind))
        for field in kind.fields:
            define(field.type)


def _place(area: str, name: str, made: type) -> type:
    setattr(module_of(area), name, made)
    return made


def _make_enumeration(kind: _frontdesk.Type) -> type:
    area, name = home_of(kind)
    members = [(member.upper(), member) for member, _ in kind.values]
    make: Any = TextEnum  # called like this, it makes a class
    made: type = make(name, members, module=module_of(area).__name__, qualname=name)
    lines = [f"{member.upper()}: {doc}" for member, doc in kind.values]
    made.__doc__ = "One of:\n\n" + "\n".join(lines)
    return _place(area, name, made)


def _make_record_class(kind: _frontdesk.Type) -> type:
    area, name = home_of(kind)
    if name == "Page":
        return Page
    hidden = {
        field.python_name: "secret" if field.secret else "personal"
        for field in kind.fields
        if field.secret or field.personal
    }
    slots = {field.python_name: field.doc for field in kind.fields}
    lines = [f"{field}: {doc}" for field, doc in slots.items()]
    made = type(
        name,
        (Record,),
        {
            "__slots__": slots,
            "__module__": module_of(area).__name__,
            "__doc__": "Fields:\n\n" + "\n".join(lines),
            "_fields": tuple(slots),
            "_hidden": hidden,
        },
    )
    return _place(area, name, made)
