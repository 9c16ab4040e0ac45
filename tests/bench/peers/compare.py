"""Prints how long the peers take beside frontdesk. Usage: compare.py build/bench.json NAME=FILE…,
each file with lines of a benchmark's name, tab, nanoseconds. Adds the figures to the JSON too."""

import json
import sys


def ours(benchmarks: list[dict]) -> dict[str, float]:
    """Nanoseconds by name: for one occurrence, or for a window twenty years ahead."""
    found = {}
    for one in benchmarks:
        name = one["name"].removesuffix("/20")
        if "ns_each" in one:
            found[name] = one["ns_each"]
        elif name.startswith("recurrence window"):
            found[name] = one["cpu_time"]
    return found


def main() -> None:
    result = json.load(open(sys.argv[1]))
    figures = ours(result["benchmarks"])
    for argument in sys.argv[2:]:
        peer, path = argument.split("=", 1)
        for line in open(path):
            name, nanoseconds = line.rstrip("\n").split("\t")
            if name not in figures:
                continue
            ratio = float(nanoseconds) / figures[name]
            print(f"{name}: {figures[name]:.1f} ns, {peer} {nanoseconds} ns = {ratio:,.0f} ×")
            result["benchmarks"].append(
                {"name": f"{name}, {peer}", "ns": float(nanoseconds), "ratio": ratio}
            )
    json.dump(result, open(sys.argv[1], "w"))


main()
