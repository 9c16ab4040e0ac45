#!/usr/bin/env python3
"""Writes a C++ file that names every described struct and every operation of the public headers,
for described_test.cpp.

Usage: list_structs.py OUTPUT HEADER...
"""
import pathlib
import re
import sys

output, headers = sys.argv[1], sys.argv[2:]
described, operations, events = [], [], []
for header in headers:
    scopes = []  # (name, depth, kind)
    depth = 0
    is_template = False
    for line in pathlib.Path(header).read_text(encoding="utf-8").splitlines():
        code = line.split("//")[0]
        opened = re.match(r"\s*(?:inline )?(namespace|struct) (\w+)[^;]*\{", code)
        if opened and "template" not in code:
            scopes.append((opened.group(2), depth, opened.group(1), is_template))
        is_template = code.strip().startswith("template")
        path = "::".join(name for name, _, _, _ in scopes if name != "v1")
        generic = any(template for _, _, _, template in scopes)
        if not generic and scopes and scopes[-1][2] == "struct":
            if "static Fields fields()" in code:
                described.append(path)
            if "static const Operation operation;" in code:
                operations.append(path)
            if "static const storage::EventKind kind;" in code:
                events.append(path)
        depth += code.count("{") - code.count("}")
        while scopes and depth <= scopes[-1][1]:
            scopes.pop()

with open(output, "w", encoding="utf-8") as out:
    out.write("// generated from the public headers by list_structs.py\n")
    for macro, names in (("DESCRIBED", described), ("OPERATION", operations), ("EVENT", events)):
        out.writelines(f"{macro}({name})\n" for name in names)
