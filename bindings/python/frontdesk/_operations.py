"""Operations as functions, grouped by area. They are made from the registry when an area is first
used.
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Tuple, Type

from . import _frontdesk
from ._names import UNSET, nearest
from ._records import define, module_of
from ._types import evaluate, given_field, make_ids, told

#: Runs an operation with its fields by name.
Run = Callable[[_frontdesk.Operation, Dict[str, Any]], Any]


class Operations:
    """The operations of one area for one caller."""

    __slots__ = ("_run",)
    _run: Run

    def __init__(self, run: Run) -> None:
        self._run = run


class Areas:
    """Whoever runs operations has an attribute for each area, and there a function for each
    operation.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    if not TYPE_CHECKING:  # a type checker knows the areas from a stub

        def __getattr__(self, name):
            if name.startswith("_") or name not in _areas:
                near = nearest(name, [*_areas, *dir(type(self))])
                hint = f"; did you mean {near!r}?" if near else ""
                raise AttributeError(
                    f"{type(self).__name__!r} object has no attribute {name!r}{hint}"
                )
            operations = operations_class(name)(self._run)
            self.__dict__[name] = operations
            return operations

    def __dir__(self) -> List[str]:
        return sorted({*super().__dir__(), *_areas})


_areas: Dict[str, List[_frontdesk.Operation]] = {}


def make_areas() -> None:
    """Makes the modules of all areas with their classes, and of ids."""
    for operation in _frontdesk.operations():
        area, _ = operation.name.split(".", 1)
        _areas.setdefault(area, []).append(operation)
        for field in operation.fields:
            define(field.type)
        define(operation.result)
    make_ids()
    for area in _areas:
        # `import frontdesk.people` and help(frontdesk.people) find these.
        setattr(module_of(area), "__getattr__", functools.partial(_area_attribute, area))


def _area_attribute(area: str, name: str) -> Any:
    if name == "Operations":
        return operations_class(area)
    raise AttributeError(f"module 'frontdesk.{area}' has no attribute {name!r}")


def areas() -> List[str]:
    """The names of all areas."""
    return list(_areas)


def find(name: str, call: Callable[[str, str], str]) -> _frontdesk.Operation:
    """The operation of that name; where there is none, the Error that `call` gives for it."""
    operation = _frontdesk.find_operation(name)
    if operation is None:
        call(name, "{}")
        raise AssertionError(name)
    return operation


@functools.lru_cache(maxsize=None)
def operations_class(area: str) -> Type[Operations]:
    module = module_of(area).__name__
    functions: Dict[str, Any] = {
        "__slots__": (),
        "__module__": module,
        "__doc__": f"Operations of the area {area}.",
    }
    for operation in _areas[area]:
        function = _make_function(operation)
        function.__module__ = module
        function.__qualname__ = f"Operations.{function.__name__}"
        functions[function.__name__] = function
    return type("Operations", (Operations,), functions)


def _make_function(operation: _frontdesk.Operation) -> Any:
    def function(self: Operations, **fields: Any) -> Any:
        return self._run(operation, fields)

    function.__name__ = _frontdesk.spelling(operation.name.split(".", 1)[1])
    function.__doc__ = documentation(operation)
    function.__signature__ = _signature(operation)  # type: ignore[attr-defined]
    function.operation = operation  # type: ignore[attr-defined]
    return function


def parameters(operation: _frontdesk.Operation) -> List[Tuple[str, str, Any]]:
    """Name, annotation as text and default of each field."""
    defaults = _frontdesk.default_request(operation)
    listed = []
    for field in operation.fields:
        name = field.python_name
        default = inspect.Parameter.empty if field.required else defaults.get(name, UNSET)
        listed.append((name, given_field(field), default))
    return listed


def _signature(operation: _frontdesk.Operation) -> inspect.Signature:
    keyword = inspect.Parameter.KEYWORD_ONLY
    listed = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for name, annotation, default in parameters(operation):
        listed.append(
            inspect.Parameter(name, keyword, default=default, annotation=evaluate(annotation))
        )
    return inspect.Signature(listed, return_annotation=evaluate(told(operation.result)))


def documentation(operation: _frontdesk.Operation) -> str:
    """The docstring: what help() and the stubs show."""
    who = {
        "everyone": "everyone, signed in or not",
        "signed_in": "anyone who is signed in",
        "permission": f"who holds {operation.permission}",
        "host": "the embedding program only",
    }[operation.audience]
    lines = [operation.doc, "", f"Operation {operation.number} ({operation.kind}), for {who}."]
    if operation.fields:
        lines += ["", "Fields:"]
        lines += [f"    {field.python_name}: {field.doc}" for field in operation.fields]
    if operation.refusals:
        lines += ["", "Refused, in this order:"]
        lines += [
            f"    {refusal.code}/{refusal.reason}: {refusal.when}"
            for refusal in operation.refusals
        ]
    return "\n".join(lines)
