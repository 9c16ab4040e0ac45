"""Who may include whom: a folder includes only what stands below it, and none goes in a circle."""

import functools
import pathlib
import re
from collections.abc import Iterator

from tree import ROOT, files, read, relative

AREAS = ["access", "people", "catalog", "staff", "schedule", "seating", "money", "plans", "pricing",
         "bookings", "reviews", "notices", "reports", "upkeep"]
LAYERS = ["base", "describe", "storage", *AREAS, "engine", "bindings", "examples"]

# Which public headers belong to which layer. Those of an area begin with its name; these do not.
PUBLIC = {
    "types": "base", "error": "base", "recurrence": "base", "describe": "describe",
    "operation": "describe", "desk": "engine", "reference": "engine", "frontdesk": "engine",
    "roles": "access", "accounts": "access", "api_keys": "access", "tickets": "bookings"}

# Libraries that one folder alone may see.
OWNERS = {
    r"sqlite3\.h|libpq.*": "storage", r"boost/json.*": "describe",
    r"sodium.*|openssl/.*|unicode/.*|date/.*|fmt/.*": "base"}
ALSO = {("base", "boost"), ("engine", "boost")}  # texts in JSON; OpenAPI

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)
BINDINGS = ("c", "command", "python")


def layer_of_public(name: str) -> str:
    stem = name.rsplit(".", 1)[0]
    if stem in PUBLIC:
        return PUBLIC[stem]
    return next((area for area in AREAS if stem == area or stem.startswith(f"{area}_")), "")


def layer_of(file: pathlib.Path) -> str:
    """Empty for tests, which may see everything."""
    top, *rest = relative(file).split("/")
    if top == "include":
        return layer_of_public(rest[-1])
    if top == "src":
        return rest[0]
    return top if top in ("bindings", "examples") else ""


@functools.cache
def includes_of(file: pathlib.Path) -> list[tuple[str, str, pathlib.Path | None]]:
    """(quote or angle, name, our own file that is meant)."""
    found = []
    for kind, name in INCLUDE.findall(read(file) or ""):
        places = [ROOT / "include", ROOT / "src", ROOT / "tests"]
        if kind == '"':
            places.insert(0, file.parent)
        meant = next((place / name for place in places if (place / name).is_file()), None)
        found.append((kind, name, meant))
    return found


def own_sources() -> list[pathlib.Path]:
    return [file for file in files(".h", ".hpp", ".c", ".cpp")
            if relative(file).startswith(("include/", "src/", "bindings/", "examples/", "tests/"))]


def may_include(file: pathlib.Path, meant: pathlib.Path) -> str | None:
    """Why not, or nothing."""
    here, there = layer_of(file), layer_of(meant)
    if not here:
        return None
    for place in (file, meant):
        if layer_of(place) not in LAYERS:
            return f"{relative(place)} has no place in the order of tests/style/order.py"
    if relative(meant).startswith("tests/"):
        return "only tests include tests"
    if LAYERS.index(there) > LAYERS.index(here):
        return f"{here} stands below {there}"
    if here == there == "bindings" and file.parent != meant.parent:
        return "one face does not know another"
    is_user = here == "examples" or relative(file).startswith(
        ("bindings/command/", "bindings/python/"))
    if is_user and relative(meant).startswith("src/"):
        return "it uses only what a user can use: public headers"
    return None


def upward() -> Iterator[str]:
    for file in own_sources():
        for _, name, meant in includes_of(file):
            if meant and (why := may_include(file, meant)):
                yield f"{relative(file)} includes {name}: {why}"
            elif meant is None and (why := foreign(file, name)):
                yield f"{relative(file)} includes <{name}>: {why}"


def foreign(file: pathlib.Path, name: str) -> str | None:
    """Why this file may not include that header of another library, or nothing."""
    here = layer_of(file)
    if not relative(file).startswith("src/"):
        return None
    for pattern, owner in OWNERS.items():
        if re.fullmatch(pattern, name) and here != owner:
            if any(here == layer and name.startswith(start) for layer, start in ALSO):
                return None
            return f"{owner} alone may"
    return None


def private_headers_in_public_ones() -> Iterator[str]:
    """Public headers include each other and the standard library, whose names have no dot."""
    for file in files(".h", ".hpp"):
        if not relative(file).startswith("include/"):
            continue
        for _, name, meant in includes_of(file):
            is_public = meant and relative(meant).startswith("include/")
            is_standard = "." not in name or name in ("stddef.h", "stdint.h")
            if not is_public and not (is_standard and meant is None):
                yield f"{relative(file)} includes {name}: users may not have it"


def circles() -> Iterator[str]:
    done: set[pathlib.Path] = set()
    path: list[pathlib.Path] = []

    def visit(file: pathlib.Path) -> Iterator[str]:
        if file in path:
            names = [relative(step) for step in path[path.index(file):] + [file]]
            yield "a circle of includes: " + " → ".join(names)
        elif file not in done:
            path.append(file)
            for _, _, meant in includes_of(file):
                if meant:
                    yield from visit(meant)
            path.pop()
            done.add(file)

    for file in own_sources():
        yield from visit(file)
