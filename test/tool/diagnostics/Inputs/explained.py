# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares docs/messages.md with diagnostics.def: each message has an entry with its words and an explanation, and no
entry is of a message that does not exist. Of an entry that is missing it prints what is to be added."""

import re
import sys
import textwrap
from pathlib import Path

top = Path(__file__).resolve().parents[4]
MESSAGE = re.compile(r'^(DIAGNOSTIC|WARNING|REMARK|COMMAND_ERROR|COMMAND_WARNING)\((\w+),(.*?)"\)$', re.M | re.S)
ENTRY = re.compile(r"^### (\w+)\n\n((?:> .*\n)+)\n?((?:(?!#).*\n)*)", re.M)


def choices(match):
    return "[" + " | ".join(part for part in match[1].split("|") if part) + "]"


def words(message):
    """What a reader sees: '...' stands for an argument, '[a | b]' for one of several texts."""
    message = re.sub(r"%\d|\{\d\}", "...", message)
    return re.sub(r"%select\{(.*?)\}(?:\d|\.\.\.)", choices, message)


def defined():
    for kind, name, rest in MESSAGE.findall((top / "tool/diagnostics.def").read_text()):
        strings = re.findall(r'"([^"]*)', rest)[0::2]  # what stands between quotes
        group = strings.pop(0) if kind.endswith("WARNING") else None
        yield name, words("".join(strings)) + (f" [-Wweave-{group}]" if group else "")


expected = dict(defined())
assert len(expected) > 50
found = {name: (" ".join(quoted.replace("> ", "", 1).replace("\n> ", " ").split()), text.strip())
         for name, quoted, text in ENTRY.findall((top / "docs/messages.md").read_text() + "\n")}
faults = 0
for name in {**expected, **found}:
    if name not in expected:
        print(f"docs/messages.md explains '{name}', which tool/diagnostics.def does not have")
    elif name not in found or found[name][0] != " ".join(expected[name].split()):
        quote = textwrap.fill(expected[name], 118, initial_indent="> ", subsequent_indent="> ", break_long_words=False, break_on_hyphens=False)
        print(f"docs/messages.md needs this entry, and what it means, why, and the mend:\n\n### {name}\n\n{quote}\n")
    elif len(found[name][1]) < 20:
        print(f"docs/messages.md does not say what '{name}' means")
    else:
        continue
    faults += 1
print(f"{len(expected)} messages")
sys.exit(faults != 0)
