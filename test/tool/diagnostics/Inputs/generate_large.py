# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes large sources into a folder."""

import sys
from pathlib import Path

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
DECLARED = "long work(long);\n"


def write(name, *parts):
    (folder / f"{name}.cpp").write_text(DECLARED + "".join(parts))


def function(number):
    return f"""long f{number}(long n) {{
  if (n < 2)
    return n;
  long x, y;
#pragma weave spawn
  x = work(n - 1);
  y = f{max(number - 1, 0)}(n - 2);
#pragma weave sync
  return x + y;
}}
"""


write("lines", *map(function, range(5000)))
write(
    "directives",
    "void many(long n) {\n  long r[2000];\n",
    *(f"#pragma weave spawn\n  r[{i}] = work(n + {i});\n" for i in range(2000)),
    "  work(n);\n#pragma weave sync\n  for (long each : r)\n    work(each);\n}\n",
)
write(
    "nested",
    "long deep(long n) {\n  long r = 0;\n",
    "#pragma weave spawn\n  {\n" * 200,
    "  r = work(n);\n",
    "  }\n  work(n);\n" * 200,
    "#pragma weave sync\n  return r;\n}\n",
)
write(
    "loops",
    "void deep(long n) {\n",
    *(f"  for (long i{i} = 0; i{i} < n; ++i{i}) {{\n" for i in range(200)),
    "#pragma weave spawn\n  work(n);\n",
    "  }\n" * 200,
    "#pragma weave sync\n}\n",
)
sum_of_all = " + ".join(["n"] * 20000)
write(
    "terms",
    "long many(long n) {\n  long x;\n#pragma weave spawn\n",
    f"  x = work({sum_of_all});\n  const long y = {sum_of_all};\n#pragma weave sync\n  return x + y;\n}}\n",
)
