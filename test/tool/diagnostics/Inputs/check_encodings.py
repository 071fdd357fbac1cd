# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Weaves one source in several encodings: what is woven must differ from the UNIX text in just what the encoding says."""

import shutil
import subprocess
import sys
from pathlib import Path

weavec, clangxx, gxx, include, folder = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
folder = Path(folder)
folder.mkdir()

TEXT = b"""int work(int, const char *);
int both(int n) {
  int x; // gr\xfc\xdfe
#pragma weave spawn
  x = work(n, "\xe9t\xe9");
  int y = work(n, "\\n");
#pragma weave sync
  return x + y;
}
"""


def weave(name, text):
    source, woven = folder / f"{name}.cpp", folder / f"{name}.woven.cpp"
    source.write_bytes(text)
    subprocess.run([weavec, "--emit", source, "-o", woven, "--", "-std=c++17"], check=True)
    for compiler in clangxx, gxx:
        subprocess.run([weavec, compiler, "-std=c++17", "-c", source, "-o", folder / f"{name}.o"], check=True)
    return woven.read_bytes()


plain = weave("plain", TEXT)
assert b"weave::detail" in plain and plain.count(b"\n") == TEXT.count(b"\n")
assert b"gr\xfc\xdfe" in plain and b'"\xe9t\xe9"' in plain
assert weave("crlf", TEXT.replace(b"\n", b"\r\n")) == plain.replace(b"\n", b"\r\n"), "CRLF"
assert weave("mark", b"\xef\xbb\xbf" + TEXT) == b"\xef\xbb\xbf" + plain, "byte order mark"
assert weave("open", TEXT.rstrip(b"\n")) == plain.rstrip(b"\n"), "no newline at the end"
