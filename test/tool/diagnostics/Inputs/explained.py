#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares docs/messages.md with diagnostics.def: each message has an entry with its words and an explanation, and no
entry is of a message that does not exist.

usage: explained.py [--write]

  --write  changes the page: words follow diagnostics.def, entries without a message go, missing ones come. What a new
           message means, why, and the mend, is then still to be written."""

import re
import sys
import textwrap
from pathlib import Path

top = Path(__file__).resolve().parents[4]
page = top / "docs/messages.md"
MESSAGE = re.compile(r'^(DIAGNOSTIC|WARNING|REMARK|COMMAND_ERROR|COMMAND_WARNING)\((\w+),(.*?)"\)$', re.M | re.S)
ENTRY = re.compile(r"^### (\w+)\n\n((?:> .*\n)*)\n?((?:(?!#).*\n)*)", re.M)


def choices(match):
    return "[" + " | ".join(part for part in match[1].split("|") if part) + "]"


def quote(message):
    """What a reader sees: '...' stands for an argument, '[a | b]' for one of several texts."""
    message = re.sub(r"%\d|\{\d\}", "...", message)
    message = re.sub(r"%select\{(.*?)\}(?:\d|\.\.\.)", choices, message)
    return textwrap.fill(message, 118, initial_indent="> ", subsequent_indent="> ", break_long_words=False,
                         break_on_hyphens=False) + "\n"


def defined():
    for kind, name, rest in MESSAGE.findall((top / "tool/diagnostics.def").read_text()):
        strings = re.findall(r'"([^"]*)', rest)[0::2]  # what stands between quotes
        group = strings.pop(0) if kind.endswith("WARNING") else None
        yield name, quote("".join(strings) + (f" [-Wweave-{group}]" if group else ""))


def write(text, expected):
    before = None
    for name, words in expected.items():
        if not re.search(rf"^### {name}$", text, re.M):
            entry = f"### {name}\n\n{words}\n\n"
            previous = next((each for each in ENTRY.finditer(text) if each[1] == before), None)
            place = previous.end() if previous else len(text)
            text = text[:place] + entry + text[place:]
        before = name
    text = ENTRY.sub(lambda entry: f"### {entry[1]}\n\n{expected[entry[1]]}\n{entry[3]}" if entry[1] in expected else "", text)
    page.write_text(text)


expected = dict(defined())
assert len(expected) > 50
if "--write" in sys.argv:
    write(page.read_text(), expected)
found = {name: (quoted, text.strip()) for name, quoted, text in ENTRY.findall(page.read_text())}
faults = 0
for name in {**expected, **found}:
    if name not in expected:
        print(f"docs/messages.md explains '{name}', which tool/diagnostics.def does not have")
    elif name not in found or found[name][0] != expected[name]:
        print(f"docs/messages.md lacks the words of '{name}'; {Path(__file__).name} --write puts them there")
    elif not found[name][1]:
        print(f"docs/messages.md does not say what '{name}' means, why, and the mend")
    else:
        continue
    faults += 1
print(f"{len(expected)} messages")
sys.exit(faults != 0)
