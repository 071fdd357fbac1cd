#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the tables of docs/openmp.md with tool/pragma/openmp.def.

usage: table.py [--write]

  --write  changes the page: its tables follow openmp.def."""

import re
import sys
from pathlib import Path

top = Path(__file__).resolve().parents[4]
page = top / "docs/openmp.md"
ROW = re.compile(r'^OPENMP_(DIRECTIVE|CLAUSE)\((.*)\)$', re.M)
TABLE = re.compile(r"<!-- (\w+) -->\n(.*?)<!-- end -->\n", re.S)


def quoted(text):
    return re.sub(r"'([^']*)'", r"`\1`", text.replace("|", "\\|"))


def tables():
    made = {
        "directives": "| directive | since | here |\n| --- | --- | --- |\n",
        "clauses": "| clause | since | on | here |\n| --- | --- | --- | --- |\n",
        "unsupported": "| not supported | since | write |\n| --- | --- | --- |\n",
    }
    for kind, row in ROW.findall((top / "tool/pragma/openmp.def").read_text()):
        strings = re.findall(r'"([^"]*)"', row)
        name, since, text = f"`{strings[0]}`", strings[1], quoted(strings[-1])
        on = ", ".join(f"`{each.strip()}`" for each in strings[2].split(",")) if kind == "CLAUSE" else ""
        if "Unsupported" in row:
            made["unsupported"] += f"| {name}{' on ' + on if on else ''} | {since} | {text} |\n"
        elif on:
            made["clauses"] += f"| {name} | {since} | {on} | {text} |\n"
        else:
            made["directives"] += f"| {name} | {since} | {text} |\n"
    return made


if __name__ == "__main__":
    expected = tables()
    assert all(table.count("\n") > 10 for table in expected.values())
    text = page.read_text()
    if "--write" in sys.argv:
        text = TABLE.sub(lambda old: f"<!-- {old[1]} -->\n{expected[old[1]]}<!-- end -->\n", text)
        page.write_text(text)
    found = dict(TABLE.findall(text))
    wrong = [name for name in expected if found.get(name) != expected[name]]
    for name in wrong:
        print(f"the table '{name}' of docs/openmp.md is not that of openmp.def; {Path(__file__).name} --write puts it there")
    print(f"{sum(table.count(chr(10)) - 2 for table in expected.values())} rows")
    sys.exit(bool(wrong))
