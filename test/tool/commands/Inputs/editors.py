# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tries the files of docs/editors: snippets become programs that the tool takes, and tasks find its messages."""

import json
import re
import subprocess
import sys
from pathlib import Path

editors, weavec, folder = Path(sys.argv[1]) / "docs/editors", sys.argv[2], Path(sys.argv[3])
FRAME = """int first(int x = 0) {{ return x; }}
int second() {{ return 0; }}
int main() {{
  int n = 1, sum = 0, a = 0, b = 0;
  {}
  return n + sum + a + b;
}}
"""


def check(name, text):
    (folder / name).write_text(text)
    return subprocess.run([weavec, "--check", name, "--", "-std=c++17"], cwd=folder, capture_output=True, text=True)


def expand(body):
    """What an editor inserts if one takes all proposals."""
    proposed = dict(re.findall(r"\$\{(\d):([^}]*)\}", body))
    return re.sub(r"\$(?:\{(\d)[^}]*\}|(\d))", lambda found: proposed.get(found[1] or found[2], ""), body)


snippets = json.loads((editors / "vscode/weave.code-snippets").read_text()).values()
for snippet in snippets:
    checked = check(f"{snippet['prefix']}.cpp", FRAME.format(expand("\n".join(snippet["body"]))))
    assert checked.returncode == 0 and "error" not in checked.stderr, f"{snippet['prefix']}: {checked.stderr}"

listed = {}
for line in (editors / "vim/weave.snippets").read_text().splitlines():
    if line.startswith("snippet "):
        body = listed.setdefault(line.split()[1], [])
    elif line.startswith("\t"):
        body.append(line[1:])
assert listed == {snippet["prefix"]: snippet["body"] for snippet in snippets}, "the snippets of vim are others"

fault = check("fault.cpp", "int main() {\n#pragma weave spwan\n}\n").stderr
for task in json.loads((editors / "vscode/tasks.json").read_text())["tasks"]:
    for matcher in [task["problemMatcher"]] if isinstance(task["problemMatcher"], dict) else []:
        pattern = matcher["pattern"]
        found = re.search(pattern["regexp"], fault, re.M)
        assert found and found[pattern["line"]] == "2" and found[pattern["severity"]] == "error", f"{task['label']}: {fault}"
