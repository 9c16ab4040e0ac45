"""Compiles and runs the code in README.md and docs/*.md, so that no example in them can go stale.

Usage: run_snippets.py BUILD_FOLDER VIRTUAL_ENVIRONMENT [PAGE...]

Every fenced block marked cpp, c, python or sh is a complete program, and it has to end with status
0. C and C++ are linked with the library as installed from BUILD_FOLDER; Python and shell find the
package of VIRTUAL_ENVIRONMENT and the installed `frontdesk` command. Each block runs in a new empty
folder. Words after the language change that:
    ```sh ignore        is not run
    ```sh continues     runs in the folder of the runnable block before it on the page
"""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
LANGUAGES = {"cpp", "c", "python", "sh"}
TIMEOUT_SECONDS = 120
FENCE = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,}) *(?P<info>[^`\n]*)\n(?P<body>.*?)^ *(?P=fence)[`~]* *$",
    re.M | re.S)


@dataclasses.dataclass
class Snippet:
    place: str  # page:line
    language: str
    text: str
    continues: bool


def extract(page: pathlib.Path) -> list[Snippet]:
    """The runnable blocks of a page, in order."""
    markdown = page.read_text(encoding="utf-8")
    snippets = []
    for match in FENCE.finditer(markdown):
        language, *words = match["info"].split() or [""]
        unknown = set(words) - {"ignore", "continues"}
        line = markdown.count("\n", 0, match.start()) + 1
        place = f"{page.relative_to(ROOT)}:{line}"
        if language not in LANGUAGES:
            continue
        if unknown:
            raise SystemExit(f"{place}: unknown after the language: {' '.join(sorted(unknown))}")
        if "ignore" not in words:
            text = textwrap.dedent(match["body"])
            snippets.append(Snippet(place, language, text, "continues" in words))
    return snippets


def install(build: pathlib.Path) -> dict[str, str]:
    """Installs the build as a user would; returns the environment to work with it."""
    prefix = build / "installed"
    shutil.rmtree(prefix, ignore_errors=True)
    command = ["cmake", "--install", str(build), "--prefix", str(prefix)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    found = next(prefix.glob("**/frontdesk.pc"))
    environment = dict(os.environ)
    environment["PKG_CONFIG_PATH"] = str(found.parent)
    environment["LD_LIBRARY_PATH"] = str(found.parent.parent)
    environment["PATH"] = f"{prefix / 'bin'}:{environment['PATH']}"
    return environment


class Runner:
    def __init__(self, build: pathlib.Path, virtual_environment: pathlib.Path) -> None:
        self.environment = install(build)
        self.environment["PATH"] = f"{virtual_environment / 'bin'}:{self.environment['PATH']}"
        output = self.run(["pkg-config", "--cflags", "--libs", "frontdesk"], ROOT)
        self.flags = shlex.split(output)

    def run(self, command: list[str], folder: pathlib.Path) -> str:
        """What the command printed; raises CalledProcessError or TimeoutExpired."""
        result = subprocess.run(
            command, cwd=folder, env=self.environment, check=True, text=True, errors="replace",
            timeout=TIMEOUT_SECONDS, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return result.stdout

    def run_snippet(self, snippet: Snippet, folder: pathlib.Path, sources: pathlib.Path) -> None:
        """Sources and programs lie outside the folder they run in, which is empty."""
        source = sources / f"snippet.{snippet.language}"
        source.write_text(snippet.text, encoding="utf-8")
        program = sources / "snippet"
        warnings = ["-Wall", "-Wextra", "-Werror"]
        if snippet.language == "cpp":
            modern = ["-std=c++20", *warnings]
            self.run(["g++", *modern, str(source), "-o", str(program), *self.flags], sources)
            self.run([str(program)], folder)
        elif snippet.language == "c":
            strict = ["-std=c99", "-pedantic-errors", *warnings]
            self.run(["gcc", *strict, str(source), "-o", str(program), *self.flags], sources)
            self.run([str(program)], folder)
        elif snippet.language == "python":
            self.run(["python", str(source)], folder)
        else:
            self.run(["bash", "-euo", "pipefail", str(source)], folder)

    def run_chain(self, chain: list[Snippet]) -> list[str]:
        """Runs blocks that share a folder; returns the failures, one at most."""
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as sources:
            for snippet in chain:
                try:
                    self.run_snippet(snippet, pathlib.Path(folder), pathlib.Path(sources))
                except subprocess.CalledProcessError as error:
                    return [f"{snippet.place}: status {error.returncode}\n{error.stdout}"]
                except subprocess.TimeoutExpired as error:
                    return [f"{snippet.place}: not done after {error.timeout:.0f} s"]
        return []


def main(arguments: list[str]) -> int:
    if len(arguments) < 2:
        raise SystemExit(__doc__)
    build, virtual_environment = (pathlib.Path(argument).resolve() for argument in arguments[:2])
    pages = [pathlib.Path(page).resolve() for page in arguments[2:]]
    chains: list[list[Snippet]] = []
    for page in pages or [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]:
        first = len(chains)
        for snippet in extract(page):
            if snippet.continues and len(chains) > first:
                chains[-1].append(snippet)
            else:
                chains.append([snippet])
    runner = Runner(build, virtual_environment)
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        failures = [failure for result in pool.map(runner.run_chain, chains) for failure in result]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{sum(map(len, chains))} snippets, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
