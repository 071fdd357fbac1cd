# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the files with a RUN line with the tests that lit discovers: LIT SUITE."""

import re
import subprocess
import sys
from pathlib import Path

lit, suite = sys.argv[1:]
tests = Path(__file__).resolve().parents[2]
shown = subprocess.run([lit, "--show-tests", suite], check=True, capture_output=True, text=True).stdout
discovered = {tests / name for name in re.findall(r"^\s*Weave :: (.*)$", shown, re.M)}
runnable = {
    path
    for path in tests.rglob("*")
    if path.is_file()
    and "Inputs" not in path.parts
    and path.suffix not in {".py", ".cfg", ".in"}
    and re.search(r"^\W*RUN:", path.read_text(errors="replace"), re.M)
}
hidden = sorted(runnable - discovered)
for path in hidden:
    print(f"{path.relative_to(tests)} has a RUN line, but lit does not discover it")
print(f"{len(discovered)} tests")
sys.exit(bool(hidden) or len(discovered) < 50)
