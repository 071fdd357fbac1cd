# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Weaves all headers of a library as one text, with a single directive behind them."""

import shutil
import subprocess
import sys
from pathlib import Path

weavec, compiler, show, folder, include, umbrella, *patterns = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
folder = Path(folder)
folder.mkdir()
FLAGS = ["-std=c++17", f"-I{include}", f"-I{include}/{umbrella.split('/')[0]}"]
PROBE = b"""
int weave_probe(int);
void weave_behind_them(int n) {
#pragma weave spawn
  weave_probe(n);
  weave_probe(n + 1);
}
"""

# Some headers are for compilers or libraries that are not here.
ABSENT = ("Support", "Qt", "/plugins/", "/arch/", "ForceAlignedAccess", "LAPACKE", "BLAS", "MKL")
headers = sorted({path for pattern in patterns for path in Path(include).glob(pattern) if path.is_file()})
headers = [path for path in headers if not any(name in str(path.relative_to(include)) for name in ABSENT)]
text = b"".join(path.read_bytes() for path in headers)
assert len(headers) > 50 and b"#pragma weave" not in text, headers
source, woven = folder / "all.cpp", folder / "all.woven.cpp"
source.write_bytes(text + PROBE)
subprocess.run([weavec, "--emit", source, "-o", woven, "--", *FLAGS], check=True)
result = woven.read_bytes()
assert result.startswith(text), "the text of the headers changed"
assert b"weave_frame" in result[len(text) :], "the directive behind them was not woven"

# A unit that includes them.
user = folder / "user.cpp"
user.write_text(f"#include <{umbrella}>\n")
command = ["-c", str(user), *FLAGS, "-o", str(folder / "user.o")]
printed = subprocess.run([weavec, show, *command], check=True, stdout=subprocess.PIPE, text=True).stdout
# Where the mere word occurs, the launcher adds what users of the library need.
assert printed.split()[: len(command)] == command and ".weave/" not in printed, printed
user.write_bytes(user.read_bytes() + PROBE)
subprocess.run([weavec, compiler, *command], check=True)
copies = [path for path in folder.glob("user.o.weave/**/*") if path.is_file() and path.name != "overlay.json"]
assert [path.name for path in copies] == ["user.cpp"], copies
