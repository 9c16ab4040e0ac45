"""Builds small programs with frontdesk in each of the ways that its users have.

Usage: run.py BUILD_FOLDER

    find_package      from a static and from a shared installed library
    pkg-config        the same with plain compiler calls, in C and C++
    add_subdirectory  with the sources, as a shared library

Each program opens a file and runs operations. Besides: what gets installed, what the shared library
exports, and that users inherit neither warnings nor settings nor anything but the library.

The static library is BUILD_FOLDER's. The shared one is what add_subdirectory builds in
build-packaging: there, because from a folder just below the sources and without precompiled headers
every file is compiled by the same command as for the Python package, and comes out of the compiler
cache.
"""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/packaging"
WORK = ROOT / "build-packaging"
VERSION = re.findall(
    r"^project\(frontdesk VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(), re.M)[0]
MAJOR = VERSION.split(".")[0]


class Failure(Exception):
    pass


def run(*command: str | pathlib.Path, folder: pathlib.Path = ROOT, **variables: str) -> str:
    """What the command printed; raises Failure if it fails."""
    result = subprocess.run(
        [str(word) for word in command], cwd=folder, env={**os.environ, **variables}, text=True,
        errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    if result.returncode != 0:
        words = shlex.join(map(str, command))
        raise Failure(f"{words}: status {result.returncode}\n{result.stdout}")
    return result.stdout


def expect(what: str, expected: set[str], found: set[str]) -> None:
    if expected != found:
        raise Failure(f"{what}: missing {sorted(expected - found)}, unexpected "
                      f"{sorted(found - expected)}")


def try_program(program: pathlib.Path, **variables: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        said = run(program, folder=pathlib.Path(folder), **variables)
    if said != f"frontdesk {VERSION}\n":
        raise Failure(f"{program.name} said {said!r}")


def configure(source: pathlib.Path, build: pathlib.Path, *options: str) -> None:
    run("cmake", "-S", source, "-B", build, "-G", "Ninja", "-DCMAKE_C_COMPILER=gcc",
        "-DCMAKE_CXX_COMPILER=g++", *options)


def install(build: pathlib.Path, prefix: pathlib.Path) -> pathlib.Path:
    shutil.rmtree(prefix, ignore_errors=True)
    run("cmake", "--install", build, "--prefix", prefix)
    return prefix


def build_with_sources() -> None:
    """The add_subdirectory program, and with it the shared library."""
    launcher = ""
    if cache := shutil.which("ccache"):
        # As in cmake/options.cmake, which leaves a user's settings alone.
        launcher = (f"env;CCACHE_BASEDIR={ROOT};CCACHE_NOHASHDIR=1;"
                    f"CCACHE_SLOPPINESS=pch_defines,time_macros;{cache}")
    configure(
        HERE / "add_subdirectory", WORK, f"-DFRONTDESK_SOURCE={ROOT}", "-DBUILD_SHARED_LIBS=ON",
        "-DFRONTDESK_INSTALL=ON", "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
        "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O2 -g1 -DNDEBUG",
        "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON", f"-DCMAKE_CXX_COMPILER_LAUNCHER={launcher}")
    run("ninja", "-C", WORK, "-j", str(os.cpu_count()))
    try_program(WORK / "program_cpp")
    try_program(WORK / "program_c")


def build_with_sources_static() -> None:
    """Configured only: the checks are in its CMakeLists.txt, the objects would be the same."""
    with tempfile.TemporaryDirectory() as folder:
        configure(HERE / "add_subdirectory", pathlib.Path(folder), f"-DFRONTDESK_SOURCE={ROOT}")


def check_tree(prefix: pathlib.Path, libraries: set[str], programs: set[str]) -> None:
    """Exactly these files are installed."""
    headers = {header.relative_to(ROOT).as_posix() for header in ROOT.glob("include/frontdesk/*")}
    package = {f"lib/cmake/frontdesk/frontdesk-{part}.cmake" for part in
               ("config", "config-version", "targets", "targets-relwithdebinfo")}
    found = {file.relative_to(prefix).as_posix() for file in prefix.glob("**/*")
             if not file.is_dir()}
    expect(f"installed in {prefix.name}", headers | package | {"lib/pkgconfig/frontdesk.pc"} |
           {f"lib/{library}" for library in libraries} | programs, found)


def build_with_find_package(prefix: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build = pathlib.Path(folder)
        configure(HERE / "find_package", build, f"-DCMAKE_PREFIX_PATH={prefix}")
        run("ninja", "-C", build)
        try_program(build / "program_cpp")
        try_program(build / "program_c")


def build_with_pkg_config(prefix: pathlib.Path) -> None:
    # Moved elsewhere the library still has to be found: frontdesk.pc speaks of its own place.
    with tempfile.TemporaryDirectory() as folder:
        moved = pathlib.Path(folder) / "moved"
        shutil.copytree(prefix, moved, symlinks=True)
        library = moved / "lib"
        paths = {"PKG_CONFIG_PATH": str(library / "pkgconfig"), "LD_LIBRARY_PATH": str(library)}
        flags = shlex.split(run("pkg-config", "--cflags", "--libs", "frontdesk", **paths))
        unwanted = [flag for flag in flags if not re.match(r"-[ILlp]", flag)]
        if unwanted:
            raise Failure(f"frontdesk.pc hands on {unwanted}")
        program = pathlib.Path(folder) / "program"
        for compiler, standard, source in (("gcc", "c99", "main.c"), ("g++", "c++20", "main.cpp")):
            run(compiler, f"-std={standard}", "-pedantic-errors", HERE / "program" / source, "-o",
                program, *flags)
            try_program(program, **paths)


def check_exports(library: pathlib.Path) -> None:
    """C: exactly those of tests/c/exports.txt. C++: only the versioned namespace."""
    mangled = run("nm", "--dynamic", "--defined-only", "--extern-only", "--format=just-symbols",
                  library).split()
    listed = set((ROOT / "tests/c/exports.txt").read_text().split())
    expect("exported C functions", listed, {name for name in mangled if not name.startswith("_Z")})
    plain = run("c++filt", *(name for name in mangled if name.startswith("_Z"))).splitlines()
    ours = re.compile(r"^((typeinfo|typeinfo name|vtable|guard variable) for )?"
                      r"([^(]*\b)?frontdesk::v1::")
    strange = [name for name in plain if not ours.match(name)]
    if strange:
        raise Failure(f"{library.name} exports {len(strange)} names of others: {strange[:5]}")
    if not any(name.startswith("frontdesk::v1::Desk::open") for name in plain):
        raise Failure(f"{library.name} does not export its C++ functions")


def check_shared(prefix: pathlib.Path) -> None:
    library = prefix / "lib" / f"libfrontdesk.so.{VERSION}"
    dynamic = run("readelf", "--dynamic", "--wide", library)
    name = re.search(r"soname: \[(.*)\]", dynamic)
    if name is None or name[1] != f"libfrontdesk.so.{MAJOR}":
        raise Failure(f"{library.name} calls itself {name and name[1]}")
    if re.search(r"R(UN)?PATH", dynamic):
        raise Failure(f"{library.name} has a path of the build in it:\n{dynamic}")
    check_exports(library)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    static_build = pathlib.Path(arguments[0]).resolve()
    shared, static = WORK / "shared", WORK / "static"
    shared_names = {"libfrontdesk.so", f"libfrontdesk.so.{MAJOR}", f"libfrontdesk.so.{VERSION}"}
    steps = [
        ("add_subdirectory, shared", build_with_sources),
        ("add_subdirectory, static", build_with_sources_static),
        ("installed, shared", lambda: check_tree(install(WORK, shared), shared_names, set())),
        ("installed, static", lambda: check_tree(
            install(static_build, static), {"libfrontdesk.a"}, {"bin/frontdesk"})),
        ("exports", lambda: check_shared(shared)),
        ("find_package, shared", lambda: build_with_find_package(shared)),
        ("find_package, static", lambda: build_with_find_package(static)),
        ("pkg-config, shared", lambda: build_with_pkg_config(shared)),
        ("pkg-config, static", lambda: build_with_pkg_config(static)),
    ]
    for name, step in steps:
        started = time.monotonic()
        try:
            step()
        except Failure as failure:
            print(f"{name}: FAILED\n{failure}")
            return 1
        print(f"{name}: {time.monotonic() - started:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
