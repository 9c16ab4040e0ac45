"""The project's own files: what a checkout has, whether or not there is a git beside it."""

import functools
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

# As in .gitignore.
SKIPPED_FOLDERS = {".git", ".venv", "dist", "__pycache__", "node_modules"}
SKIPPED_ENDINGS = (".egg-info", "_cache")
SKIPPED_FILES = (".db", ".db-wal", ".db-shm", ".db-gate", ".db-lock")


def is_skipped(folder: pathlib.Path) -> bool:
    if folder.parent == ROOT and folder.name.startswith("build"):
        return True
    return folder.name in SKIPPED_FOLDERS or folder.name.endswith(SKIPPED_ENDINGS)


@functools.cache
def all_files() -> tuple[pathlib.Path, ...]:
    found = []
    for folder, inner, names in os.walk(ROOT):
        here = pathlib.Path(folder)
        inner[:] = sorted(name for name in inner if not is_skipped(here / name))
        found += [here / name for name in sorted(names) if not name.endswith(SKIPPED_FILES)]
    return tuple(found)


def files(*suffixes: str) -> list[pathlib.Path]:
    return [file for file in all_files() if not suffixes or file.suffix in suffixes]


def relative(file: pathlib.Path) -> str:
    return file.relative_to(ROOT).as_posix()


@functools.cache
def read(file: pathlib.Path) -> str | None:
    """A file's text, or None if it is none."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return ""  # gone since the tree was listed: an editor's own file
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
