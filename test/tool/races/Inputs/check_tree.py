# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks every annotated source of the repository, and the programs in its documentation, for races.

A source that races on purpose says so in a comment, `RACES: why`, and must get a warning. Tests that compare messages
with expected-... comments are left out: they name the races that they expect.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--weavec", required=True)
parser.add_argument("--scratch", type=Path, required=True)
options = parser.parse_args()

top = Path(__file__).resolve().parents[4]
options.scratch.mkdir(parents=True, exist_ok=True)

sources = [path for folder in ("test", "examples", "bench") for path in sorted((top / folder).rglob("*.cpp"))]
for page in [top / "README.md", *sorted((top / "docs").glob("*.md"))]:
    for name, text in re.findall(r"^<!-- program: (\S+) -->\n\n?```cpp\n(.*?)^```$", page.read_text(), re.M | re.S):
        sources.append(options.scratch / name)
        sources[-1].write_text(text)

failures = checked = 0
for source in sources:
    text = source.read_text(errors="replace")
    if not re.search(r"^\s*#pragma weave", text, re.M) or re.search(r"RUN:.*(%verify|not %weavec)", text):
        continue
    if re.search(r"^(export )?(import|module)\b", text, re.M):
        continue  # what it imports would have to be built first
    expected = "RACES: " in text
    flags = ["-std=c++20", f"-I{top / 'examples'}", f"-I{top / 'bench'}", f"-I{source.parent / 'Inputs'}"]
    flags += re.findall(r"^// FLAGS: (.*)$", text, re.M)
    command = [options.weavec, "--check", "-Werror=weave-race", "-Werror=weave-race-maybe", str(source), "--"] + flags
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace")
    checked += 1
    found = "-Wweave-race" in done.stderr
    if found != expected or (done.returncode != 0) != found:
        failures += 1
        print(f"{source}: {'expected a race' if expected else 'expected no message'}, got\n{done.stderr}")
print(f"{checked} sources checked, {failures} failures")
sys.exit(failures > 0 or checked < 40)
