"""Runs clang-tidy over the files of a build folder and remembers which were clean.

Usage: lint.py BUILD_FOLDER [--analyze] [--sample N] [FILE OR FOLDER...]

A clean verdict is kept in $XDG_CACHE_HOME/frontdesk-lint under a key of the file, its compiler
flags, the checks and clang-tidy's version, with a digest of every file that was included. It holds
as long as all of those are what they were. Findings are never kept: they are shown each time.

Each file is checked once: a header by itself, and as a header of the system, which clang-tidy
passes over, where others include it. That halves the time, and a finding is told once.

Most of the time then goes into clang-analyzer-*, which follows every path through a function.
--analyze adds it; scripts/test does so with --long only, and else looks at a sample of files, which
is another one whenever a file has changed.
"""

import argparse
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
TIDY = ROOT / ".venv/bin/clang-tidy"
CACHE = pathlib.Path(
    os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "frontdesk-lint"
DAYS_KEPT = 30
INCLUDED = re.compile(r"^\.+ (.+)$")  # how -H tells of an included file
OWN_HEADERS = ("include", "src", "tests")
NOISE = re.compile(r"^(\d+ (warnings?|errors?).*(generated|treated)|Suppressed \d|Use -header)")


@functools.cache
def digest(path: str) -> str:
    """Of a file's bytes; empty where there is none."""
    try:
        return hashlib.blake2b(pathlib.Path(path).read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def portable(text: str) -> str:
    """The same in every checkout."""
    return text.replace(str(ROOT), "<root>")


class Linter:
    def __init__(self, build: pathlib.Path, analyze: bool) -> None:
        self.build = build
        without_analyzer = ["--checks=-clang-analyzer-*"]
        self.checks = [] if analyze else without_analyzer
        # What was clean with the analyzer is clean without it.
        self.known_by = [[]] if analyze else [without_analyzer, []]
        version = subprocess.run([TIDY, "--version"], check=True, capture_output=True, text=True)
        self.setting = [version.stdout, digest(str(ROOT / ".clang-tidy"))]

    def verdict(self, source: str, flags: str, checks: list[str]) -> pathlib.Path:
        """Where the file's verdict by these checks is kept."""
        setting = "\n".join([*self.setting, *checks])
        parts = [setting, portable(flags), portable(source), digest(source)]
        for folder in pathlib.Path(source).relative_to(ROOT).parents:
            # The root's own is part of the setting.
            if folder.name and (checks := digest(str(ROOT / folder / ".clang-tidy"))):
                parts.append(checks)
        return CACHE / hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

    def is_known_clean(self, verdict: pathlib.Path) -> bool:
        try:
            included = json.loads(verdict.read_text())
        except (OSError, ValueError):
            return False
        if any(digest(path.replace("<root>", str(ROOT))) != was for path, was in included.items()):
            return False
        verdict.touch()  # in use: not to be thrown away yet
        return True

    def check(self, source: str, flags: list[str]) -> str | None:
        """Findings, empty where there are none; None where that was known already."""
        known = [self.verdict(source, shlex.join(flags), checks) for checks in self.known_by]
        if any(self.is_known_clean(verdict) for verdict in known):
            return None
        tidy = [TIDY, "--quiet", "--warnings-as-errors=*", *self.checks, source, "--", *flags, "-H"]
        started = time.time()
        result = subprocess.run(
            tidy, cwd=self.build, capture_output=True, text=True, errors="replace")
        lines = (result.stdout + result.stderr).splitlines()
        included = {match[1] for line in lines if (match := INCLUDED.match(line))}
        if result.returncode == 0:
            self.keep(known[0], [source, *included], started)
            return ""
        told = (line for line in lines if not INCLUDED.match(line) and not NOISE.match(line))
        return "\n".join(told)

    def keep(self, verdict: pathlib.Path, files: list[str], started: float) -> None:
        paths = sorted(os.path.normpath(os.path.join(self.build, path)) for path in files)
        if any(os.stat(path).st_mtime > started for path in paths):
            return  # edited meanwhile: nobody knows what was looked at
        temporary = verdict.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps({portable(path): digest(path) for path in paths}))
        temporary.rename(verdict)


def throw_old_away() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    for verdict in CACHE.iterdir():
        if time.time() - verdict.stat().st_mtime > DAYS_KEPT * 24 * 3600:
            verdict.unlink(missing_ok=True)


def flags_of(entry: dict[str, str]) -> list[str]:
    """Those of a compilation, without the compiler, its input and its output."""
    words = shlex.split(entry["command"])[1:]
    flags = words[: words.index("-o")]
    own = [f"-isystem{ROOT / folder}" for folder in OWN_HEADERS]
    flags += [*own, "-Wno-deprecated-declarations"]  # libstdc++ 12's own, in stable_sort
    if ROOT / "tests" in pathlib.Path(entry["file"]).parents:
        flags.append("-Wno-c2y-extensions")  # Catch's __COUNTER__
    return flags


def nearest(header: pathlib.Path, flags: dict[pathlib.Path, list[str]]) -> list[str]:
    """How to compile a header: as a source of the same folder, or else of the library."""
    sources = sorted(file for file in flags if file.suffix == ".cpp")
    same = [file for file in sources if file.parent == header.parent]
    library = [file for file in sources if ROOT / "src" in file.parents]
    alone = ["-Wno-pragma-once-outside-header", "-Wno-unused-const-variable"]
    return ["-xc++", *alone, *flags[(same or library)[0]]]


def wanted(build: pathlib.Path, places: list[str]) -> dict[str, list[str]]:
    """Our own C++ files below these places, with the flags to compile each."""
    flags: dict[pathlib.Path, list[str]] = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"])
        if file.suffix == ".cpp" and ROOT in file.parents and ROOT / "build" not in file.parents:
            flags[file] = flags_of(entry)
    for folder in {ROOT / "include", *(file.parent for file in flags)}:
        for header in folder.glob("**/*.hpp"):
            flags.setdefault(header, nearest(header, flags))
    below = [pathlib.Path(place).resolve() for place in places] or [ROOT]
    return {str(file): flags[file] for file in sorted(flags)
            if any(place == file or place in file.parents for place in below)}


def sample(flags: dict[str, list[str]], count: int) -> dict[str, list[str]]:
    """So many of the files, chosen by the contents of all: again the same while nothing changes."""
    tree = "".join(digest(file) for file in flags)

    def rank(file: str) -> bytes:
        return hashlib.blake2b((tree + portable(file)).encode(), digest_size=16).digest()

    return {file: flags[file] for file in sorted(flags, key=rank)[:count]}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--analyze", action="store_true")
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("places", nargs="*")
    options = parser.parse_args()
    build = options.build.resolve()
    flags = wanted(build, options.places)
    if not flags:
        raise SystemExit(f"nothing of that is compiled in {build}")
    if options.sample is not None:
        flags = sample(flags, options.sample)
    throw_old_away()
    linter = Linter(build, options.analyze)
    looked_at = unclean = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for findings in pool.map(linter.check, flags.keys(), flags.values()):
            looked_at += findings is not None
            if findings:
                unclean += 1
                print(portable(findings).replace("<root>/", ""), flush=True)
    print(f"{len(flags)} files, {looked_at} of them looked at, {unclean} with findings")
    return 1 if unclean else 0


if __name__ == "__main__":
    sys.exit(main())
