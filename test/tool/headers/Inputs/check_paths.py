# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Each unit reaches the woven header in another way. It must be woven, and print what its serial projection prints."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

weavec, compiler, library, folder = sys.argv[1:]
HEADER = """%s
inline long twice(long n) {
  long x = 0;
#pragma weave spawn
  x = n; const long y = n;
#pragma weave sync
  return x + y;
}
%s"""
GUARDED = HEADER % ("#ifndef WOVEN_H\n#define WOVEN_H", "#endif\n")
ONCE = HEADER % ("#pragma once", "")
MAIN = """#include <cstdio>
%s
int main() {
#ifdef FIRST
  std::printf("%%d ", FIRST);
#endif
  std::printf("%%ld %%s:%%d\\n", twice(4), __FILE__, __LINE__);
}
"""
failures = 0


def run(*command, **environment):
    done = subprocess.run(
        [str(word) for word in command], env={**os.environ, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    return done.stdout if done.returncode == 0 else f"exit status {done.returncode}: {done.stdout}"


def check(what, files, main, *flags, links=(), hard=()):
    global failures
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.chdir(folder)
    for name, text in {**files, "main.cpp": MAIN % main}.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    for link, target in links:
        Path(link).symlink_to(target)
    for link, target in hard:
        os.link(target, link)
    printed = []
    for mode in "off", "on":
        options = ["-std=c++17", "-g", "-MD", "-Wall", "-Wno-unknown-pragmas", *flags]
        said = run(weavec, compiler, *options, "-c", "main.cpp", WEAVE=mode)
        said += run(compiler, "main.o", library, "-pthread", "-o", "program")
        dependencies = Path("main.d").read_text().split() if Path("main.d").exists() else []
        printed.append(said + run("./program") + "\n".join(sorted(set(dependencies))))
    serial, woven = printed
    # Our own headers are dependencies of the woven program.
    missing = [line for line in serial.splitlines() if line not in woven.splitlines()]
    if missing or ".weave/" in woven or not Path("main.o").exists() or b"5weave" not in Path("main.o").read_bytes():
        failures += 1
        print(f"{what}: missing {missing}")
        print("\n".join(line for line in woven.splitlines() if not line.startswith("/")))


for kind, text in ("guard", GUARDED), ("once", ONCE):
    check(f"symbolic link to a file, {kind}", {"real/w.h": text},
          '#include "real/w.h"\n#include "link.h"', links=[("link.h", "real/w.h")])
    check(f"and the other way round, {kind}", {"real/w.h": text},
          '#include "link.h"\n#include "real/w.h"', links=[("link.h", "real/w.h")])
    check(f"two folders on the search path, {kind}", {"real/w.h": text, "user.h": "#include <w.h>\n"},
          '#include "user.h"\n#include "link/w.h"\n#include "real/w.h"', "-Ireal", "-Ilink", links=[("link", "real")])
    check(f"hard link, {kind}", {"w.h": text}, '#include "w.h"\n#include "same.h"', hard=[("same.h", "w.h")])
    check(f"dots, {kind}", {"a/w.h": text, "b/user.h": '#include "../a/./w.h"\n'},
          '#include "b/user.h"\n#include "b/../a/w.h"')
check("names that differ in case", {"w.h": GUARDED, "W.h": "#define FIRST 7\n"}, '#include "W.h"\n#include "w.h"')
check("a parent of a link is not beside it", {"deep/down/x": "", "deep/w.h": GUARDED, "w.h": "#error wrong\n"},
      '#include "link/../w.h"', links=[("link", "deep/down")])
check("a macro names it", {"sub/w.h": GUARDED}, '#define NAME "sub/w.h"\n#include NAME')
check("a macro makes its name", {"sub/w.h": GUARDED}, "#define NAME(x) <x/w.h>\n#include NAME(sub)", "-I.")
check("a macro of the command line", {"sub/w.h": GUARDED}, "#include NAME // and a comment", '-DNAME="sub/w.h"')
# Forced includes.
check("forced", {"w.h": GUARDED}, "", "-include", "w.h")
check("forced, found on the search path", {"sub/w.h": GUARDED}, "", "-Isub", "-include", "w.h")
check("forced, by another", {"first.h": '#include "w.h"\n', "w.h": GUARDED}, "", "-include", "first.h")
check("forced, by another in a folder", {"sub/first.h": '#include "w.h"\n', "sub/w.h": GUARDED},
      "", "-include", "sub/first.h")
check("behind one that configures",
      {"config.h": "#define FIRST 3\n", "w.h": GUARDED,
       "first.h": '#ifndef FIRST\n#error order\n#endif\n#include "w.h"\n'},
      "", "-include", "config.h", "-include", "first.h", "-imacros", "config.h")
check("in front of one that needs it", {"w.h": GUARDED, "last.h": "inline long four() { return twice(2); }\n"},
      "", "-include", "w.h", "-include", "last.h")
check("for the preprocessor", {"w.h": GUARDED}, "", "-Wp,-include,w.h,-DFIRST=5")
check("for the preprocessor, one by one", {"w.h": GUARDED}, "", "-Xpreprocessor", "-include", "-Xpreprocessor", "w.h")
check("a link", {"real/w.h": GUARDED}, "", "-include", "w.h", links=[("w.h", "real/w.h")])
# The next of the name.
check("include_next finds it", {"a/w.h": "#include_next <w.h>\n", "b/w.h": GUARDED}, "#include <w.h>", "-Ia", "-Ib")
check("it goes on to the next", {"a/w.h": GUARDED + "#include_next <w.h>\n", "b/w.h": "#define FIRST 2\n"},
      "#include <w.h>", "-Ia", "-Ib")
check("and to the system's",
      {"a/w.h": GUARDED + "#include_next <w.h>\n", "sys/w.h": "#include_next <w.h>\n", "last/w.h": "#define FIRST 2\n"},
      "#include <w.h>", "-Ia", "-isystem", "sys", "-isystem", "last")
check("what stands beside", {"sub/user.h": '#include "w.h"\n', "sub/w.h": GUARDED, "w.h": "#error wrong\n"},
      '#include "sub/user.h"')
check("behind the system's", {"a/w.h": GUARDED, "after/other.h": "#define FIRST 1\n"},
      "#include <other.h>\n#include <w.h>", "-Ia", "-idirafter", "after")
check("a prefix", {"pre/sub/w.h": GUARDED}, "#include <w.h>", "-iprefix", "pre/", "-iwithprefixbefore", "sub")
sys.exit(failures > 0)
