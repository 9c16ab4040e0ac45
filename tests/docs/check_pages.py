"""Checks that docs/ says what the code says.

Usage: check_pages.py COMMAND     COMMAND is the `frontdesk` program

    docs/reference      is what the registry writes now
    docs/errors.md      lists the codes that there are, with the numbers and names of C and Python
    docs/README.md      leads to every page
    links               lead to a file, and to a heading in it

tests/docs/run_snippets.py runs the code in the pages; docs/permissions.md has its test in
tests/matrix.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
RENEW = "build/bindings/command/frontdesk reference docs/reference"


def reference(command: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([command, "reference", folder], check=True)
        fresh = {page.name: page.read_text() for page in pathlib.Path(folder).iterdir()}
    kept = {page.name: page.read_text() for page in (DOCS / "reference").glob("*")}
    for name in sorted(kept.keys() - fresh.keys()):
        yield f"docs/reference/{name}: there is no such area (any more); remove the page"
    stale = sorted(name for name in fresh if fresh[name] != kept.get(name))
    if stale:
        yield f"docs/reference: {', '.join(stale)} not up to date; renew with: {RENEW}"


def codes() -> Iterator[str]:
    """The table of docs/errors.md beside the lists in error.hpp, frontdesk.h and _errors.py."""
    cpp_header = (ROOT / "include/frontdesk/error.hpp").read_text()
    enum = re.search(r"enum class Code \{(.*?)\};", cpp_header, re.S)
    c_header = (ROOT / "include/frontdesk/frontdesk.h").read_text()
    python = (ROOT / "bindings/python/frontdesk/_errors.py").read_text()
    expected = []
    for code in re.findall(r"^  (\w+),", enum[1] if enum else "", re.M):
        number = re.search(rf"FRONTDESK_{code.upper()} = (\d+)", c_header)
        name = "".join(part.capitalize() for part in code.split("_")) + "Error"
        if not re.search(rf"\bclass {name}\b", python):
            yield f"bindings/python/frontdesk/_errors.py: no {name}"
        expected.append((code, number[1] if number else "none", name))
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| `(\w+)` \|", (DOCS / "errors.md").read_text(), re.M)
    for row in expected:
        if row not in rows:
            yield f"docs/errors.md: lacks a row for {' | '.join(row)}"
    for row in rows:
        if row not in expected:
            yield f"docs/errors.md: {' | '.join(row)} is not in the code"


def index() -> Iterator[str]:
    text = (DOCS / "README.md").read_text()
    for page in sorted(DOCS.glob("*.md")):
        if page.name != "README.md" and f"]({page.name})" not in text:
            yield f"docs/README.md does not lead to {page.name}"


def anchors(page: pathlib.Path) -> set[str]:
    """What GitHub makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def links() -> Iterator[str]:
    pages = [ROOT / "README.md", *sorted(DOCS.glob("**/*.md"))]
    known = {page: anchors(page) for page in pages}
    for page in pages:
        text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
        for target in sorted(set(re.findall(r"\]\(([^)\s]+)\)", text))):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, heading = target.partition("#")
            meant = (page.parent / path).resolve() if path else page
            if not meant.exists():
                yield f"{page.relative_to(ROOT)}: {target} leads nowhere"
            elif heading and heading not in known.get(meant, set()):
                yield f"{page.relative_to(ROOT)}: {target}: no such heading"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    findings = [*reference(arguments[0]), *codes(), *index(), *links()]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
