"""Checks what every file of the project promises of its form.

Usage: check.py [CHECK...]    all checks, or those named

    formatting    clang-format changes nothing (scripts/format --check)
    headers       each header compiles alone: what it needs, it includes
    includes      no include upward, none in a circle (order.py has the order)
    sizes         no file above 500 lines, no line of code above 100 columns
    tables        a public header's field tables cost only those who walk them (describe.hpp)
    contents      no binary, no secret, no path of somebody's machine
    texts         every error has its sentence, in every language

A check is a function that yields one sentence a finding. clang-tidy is a stage of its own
(scripts/lint), since it takes far longer than all of these.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import order
from tree import ROOT, files, read, relative

LINES_MAX = 500
COLUMNS_MAX = 100

# Written by a program, or data that somebody else has put in order.
GENERATED = re.compile(
    r"^(docs/reference/|docs/permissions\.md$|examples/data/|tests/[a-z]+/corpus/"
    r"|src/base/texts/|src/base/common_passwords\.inc$|tests/c/exports\.txt$)")
CODE = {".cpp", ".hpp", ".c", ".h", ".py", ".cmake"}


def formatting() -> Iterator[str]:
    result = subprocess.run(
        [ROOT / "scripts/format", "--check"], capture_output=True, text=True, cwd=ROOT)
    if result.returncode == 0:
        return
    places = set(re.findall(r"^(\S+?):\d+:\d+: error", result.stderr, re.M))
    for place in sorted(places) or [result.stderr.strip()]:
        yield f"{place}: scripts/format would change it"


# ---- headers -------------------------------------------------------------------------------------

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
CPP = ["g++", "-std=c++20", "-O0", *WARNINGS]
C = ["gcc", "-std=c99", "-O0", "-pedantic-errors", *WARNINGS]


def compile_alone(job: tuple[list[str], str, pathlib.Path]) -> str | None:
    """The compiler's words about a source that includes nothing but the header, twice."""
    command, include, source = job
    text = f"#include {include}\n#include {include}\n"
    if not source.exists() or source.read_text() != text:
        source.write_text(text)
    cache = [shutil.which("ccache")] if shutil.which("ccache") else []
    environment = {**os.environ, "CCACHE_BASEDIR": str(ROOT), "CCACHE_NOHASHDIR": "1"}
    result = subprocess.run(
        [*cache, *command, "-c", source.name, "-o", f"{source.stem}.o"], cwd=source.parent,
        env=environment, capture_output=True, text=True)
    return None if result.returncode == 0 else f"{include} alone: {result.stderr.strip()}"


def headers() -> Iterator[str]:
    # In the build folder, so that the compiler cache knows the second run.
    folder = ROOT / "build/style"
    folder.mkdir(parents=True, exist_ok=True)
    public = [f"-I{ROOT}/include"]
    private = [*public, f"-I{ROOT}/src", f"-I{ROOT}/tests"]
    jobs = []
    for header in files(".h", ".hpp"):
        name = relative(header)
        source = folder / re.sub(r"\W", "_", name)
        if name.endswith(".h"):
            include = f"<{name.removeprefix('include/')}>"
            jobs.append((C + public, include, source.with_suffix(".c")))
            jobs.append((CPP + public, include, source.with_suffix(".cpp")))
        elif name.startswith("include/"):
            include = f"<{name.removeprefix('include/')}>"
            jobs.append((CPP + public, include, source.with_suffix(".cpp")))
        elif name.startswith("src/"):
            include = f'"{name.removeprefix("src/")}"'
            jobs.append((CPP + private, include, source.with_suffix(".cpp")))
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from filter(None, pool.map(compile_alone, jobs))


def includes() -> Iterator[str]:
    yield from order.upward()
    yield from order.private_headers_in_public_ones()
    yield from order.circles()


def tables() -> Iterator[str]:
    eager = re.compile(
        r"^(?!\s*template <class Self = \w+>$).*\n\s*static Fields fields\(\) \{$", re.M)
    for file in files(".hpp"):
        if not relative(file).startswith("include/") or file.name == "describe.hpp":
            continue
        text = read(file) or ""
        for match in eager.finditer(text):
            line = text.count("\n", 0, match.end()) + 1
            yield (f"{relative(file)}:{line}: without `template <class Self = ...>` all who include"
                   " the header make the table")


# ---- sizes and contents --------------------------------------------------------------------------


def sizes() -> Iterator[str]:
    for file in files():
        name = relative(file)
        if GENERATED.match(name) or (text := read(file)) is None:
            continue
        lines = text.splitlines()
        if len(lines) > LINES_MAX:
            yield f"{name}: {len(lines)} lines; above {LINES_MAX} it wants to be two files"
        if file.suffix in CODE or name.startswith("scripts/"):
            for number, line in enumerate(lines, 1):
                if len(line) > COLUMNS_MAX:
                    yield f"{name}:{number}: {len(line)} columns, {COLUMNS_MAX} at most"


# Put together from parts, so that this file does not find itself.
UNWANTED = {
    "a path of somebody's machine": re.compile("|".join([
        r"/ho" r"me/\w", r"/Us" r"ers/\w", r"/ro" r"ot/\w", r"/wo" r"rk/\w",
        r"[A-Z]:\\Us" r"ers"])),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIV" r"ATE KEY-----"),
    "an access token": re.compile(
        r"\b(gh[pousr]_\w{36}|github_pat_\w{40}|AKIA[0-9A-Z]{16}|xox[abpr]-\w{10}|glpat-\w{20})"),
}


def contents() -> Iterator[str]:
    for file in files():
        name = relative(file)
        if re.match(r"tests/[a-z]+/corpus/", name):
            continue  # seeds of the fuzzers: any bytes
        text = read(file)
        if text is None:
            yield f"{name}: not a text; what a build makes does not belong in the tree"
            continue
        for what, pattern in UNWANTED.items():
            if match := pattern.search(text):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{name}:{line}: {what}: {match[0]}"
        if text and not text.endswith("\n") and "awkward" not in name:
            yield f"{name}: its last line does not end"


# ---- texts ---------------------------------------------------------------------------------------

REASON = re.compile(r'\bCode::[a-z_]+,\s*"([a-z][a-z0-9_]*)"')


def texts() -> Iterator[str]:
    folder = ROOT / "src/base/texts"
    languages = {file.stem: json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))}
    english = languages.pop("en")
    for language, translated in languages.items():
        for key in sorted(english.keys() ^ translated.keys()):
            lacking = language if key in english else "en"
            yield f"src/base/texts/{lacking}.json: {key} is missing"
    for language, sentences in {"en": english, **languages}.items():
        if list(sentences) != sorted(sentences):
            yield f"src/base/texts/{language}.json: keys are not in order"
    sources = [file for file in files(".cpp", ".hpp")
               if relative(file).startswith(("src/", "bindings/"))]
    used: dict[str, str] = {}
    for file in sources:
        for match in REASON.finditer(read(file) or ""):
            used.setdefault(match[1], relative(file))
    for reason, place in sorted(used.items()):
        if f"error.{reason}" not in english:
            yield f"{place}: the reason {reason} has no text in src/base/texts/en.json"
    everything = "\n".join(read(file) or "" for file in sources)
    for key in sorted(english):
        area, _, reason = key.partition(".")
        if area == "error" and f'"{reason}"' not in everything:
            yield f"src/base/texts/en.json: nothing refuses with {reason} any more"


CHECKS: list[Callable[[], Iterator[str]]] = [
    formatting, headers, includes, tables, sizes, contents, texts]


def main(arguments: list[str]) -> int:
    unknown = set(arguments) - {check.__name__ for check in CHECKS}
    if unknown:
        raise SystemExit(__doc__)
    count = 0
    for check in CHECKS:
        if arguments and check.__name__ not in arguments:
            continue
        started = time.monotonic()
        findings = list(check())
        count += len(findings)
        for finding in findings:
            print(finding)
        print(f"{check.__name__}: {len(findings) or 'no'} findings, "
              f"{time.monotonic() - started:.1f} s", flush=True)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
