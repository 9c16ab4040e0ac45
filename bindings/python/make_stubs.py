"""Writes the stubs of what the package makes at run time: the areas with their records and
operations, and ids.

Usage: make_stubs.py COMPILED_MODULE FOLDER
"""

import importlib.util
import keyword
import pathlib
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
# The package's own functions: parameters and result.
FUNCTIONS = {
    "operations": ("", "list[Operation]"),
    "openapi": ("", "str"),
    "verify_ticket": ("public_key: str, ticket: str", "bookings.VerifiedTicket"),
}
HEADER = '"""{doc} Generated from the registry by make_stubs.py."""\n\n'


def load(compiled):
    """The package from the sources beside this file, with the module as it was built."""
    sys.path.insert(0, str(HERE))
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("frontdesk._frontdesk", compiled)
    module = importlib.util.module_from_spec(spec)
    sys.modules["frontdesk._frontdesk"] = module
    spec.loader.exec_module(module)
    import frontdesk

    return frontdesk


def docstring(text, indent):
    lines = textwrap.indent(
        text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'), " " * indent
    ).strip()
    end = "\n" + " " * indent if "\n" in text else ""
    return f'{" " * indent}"""{lines}{end}"""\n'


def argument(name, annotation, is_required):
    return f"        {name}: {annotation}{'' if is_required else ' = ...'},\n"


def write_enumeration(kind, types):
    name = types.class_name(kind).rpartition(".")[2]
    text = f"class {name}(_TextEnum):\n"
    for member, doc in kind.values:
        text += f"    {member.upper()} = {member!r}\n" + docstring(doc, 4)
    return text + "\n"


def write_record(kind, types):
    name = types.class_name(kind).rpartition(".")[2]
    text = f"class {name}(_Record):\n"
    for field in kind.fields:
        text += (
            f"    @property\n    def {field.python_name}(self) -> {types.told_field(field)}:\n"
            + docstring(field.doc, 8)
        )
    arguments = "".join(
        argument(field.python_name, types.given_field(field), field.required)
        for field in kind.fields
    )
    return (
        text + f"    def __init__(\n        self,\n        *,\n{arguments}    ) -> None: ...\n\n"
    )


def write_operations(operations, types, functions):
    text = "class Operations(_Operations):\n"
    for operation in operations:
        name = operation.name.split(".", 1)[1]
        name += "_" if keyword.iskeyword(name) else ""
        parameters = functions.parameters(operation)
        arguments = "".join(
            argument(field, annotation, default is functions.inspect.Parameter.empty)
            for field, annotation, default in parameters
        )
        signature = f"\n        self,\n        *,\n{arguments}    " if parameters else "self"
        text += f"    def {name}({signature}) -> {types.told(operation.result)}:\n"
        text += docstring(functions.documentation(operation), 8)
    return text


def write_package(frontdesk, modules):
    text = HEADER.format(doc="An embeddable booking core.")
    for module in modules:
        text += f"from . import {module} as {module}\n"
    for name in sorted(frontdesk.__all__):
        made = getattr(frontdesk, name)
        home = {"UNSET": "frontdesk._names"}.get(name, getattr(made, "__module__", None))
        if name != "__version__" and name not in FUNCTIONS:
            text += f"from .{home.rpartition('.')[2]} import {name} as {name}\n"
    text += "\n__version__: str\n\n"
    for function, (parameters, result) in FUNCTIONS.items():
        text += f"def {function}({parameters}) -> {result}:\n" + docstring(
            getattr(frontdesk, function).__doc__, 4
        )
    return text


def main(compiled, folder):
    frontdesk = load(compiled)
    from frontdesk import _operations as functions
    from frontdesk import _types as types

    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.pyi"):
        old.unlink()
    by_area = {area: [] for area in functions.areas()}
    for operation in frontdesk.operations():
        by_area[operation.name.split(".", 1)[0]].append(operation)
    kinds = {area: [] for area in by_area}
    ids = []
    for kind in types.every_type():
        if kind.kind == "id":
            ids.append(types.id_name(kind))
        elif kind.fields or kind.kind == "enumeration":
            area = types.home_of(kind)[0]
            if area:
                kinds.setdefault(area, []).append(kind)
    modules = sorted({*kinds, "ids"})

    imports = types.IMPORTS.format(
        modules=", ".join(f"{module} as _{module}" for module in modules)
    )
    for area in kinds:
        text = HEADER.format(doc=f"Records and operations of the area {area}.") + imports
        text += "from frontdesk._operations import Operations as _Operations\n\n"
        for kind in sorted(kinds[area], key=lambda kind: kind.name):
            write = write_enumeration if kind.kind == "enumeration" else write_record
            text += write(kind, types)
        if area in by_area:
            text += write_operations(by_area[area], types, functions)
        (out / f"{area}.pyi").write_text(text, encoding="utf-8")
    text = HEADER.format(doc="The numbers of records; all are int.") + "import typing as _t\n\n"
    text += "".join(f'{name} = _t.NewType("{name}", int)\n' for name in sorted(ids))
    (out / "ids.pyi").write_text(text, encoding="utf-8")
    text = HEADER.format(doc="Whoever runs operations has an attribute for each area.")
    text += "".join(f"from . import {area}\n" for area in by_area)
    text += "from ._operations import Areas as _Areas, Operations as Operations\n\n"
    text += "class Areas(_Areas):\n"
    text += "".join(
        f"    @property\n    def {area}(self) -> {area}.Operations: ...\n" for area in by_area
    )
    (out / "_areas.pyi").write_text(text, encoding="utf-8")
    (out / "__init__.pyi").write_text(write_package(frontdesk, modules), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
