# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What becomes of a text with directives, for each kind of input and each mode of the compilers."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

weavec, clangxx, gxx, show, folder = sys.argv[1:]
TEXT = """int work(int n) {
  int x = 0;
#pragma weave spawn
  x = n; const int y = n;
#pragma weave sync
  return x + y - n;
}
"""
MODULE = "export module m;\nexport " + TEXT
FRAGMENT = "// A comment may come first.\nmodule;\n#include <cstddef>\nexport module m;\nexport " + TEXT

shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)
os.chdir(folder)
# Compilers that only show their arguments: what is not woven need not be compiled to be seen.
for name in "clang++", "g++", "clang", "gcc":
    Path(name).symlink_to(show)
for extension in "cpp cc cxx c++ cp C CPP CC c h hpp hh H ii iim i tcc mm mii cu cui hip hipi clcpp".split():
    Path(f"a.{extension}").write_text(TEXT)
Path("plain.cpp").write_text("int plain;\n")
Path("text").write_text(TEXT)
Path("includer.cpp").write_text('#include "a.h"\n')
for extension in "cppm ixx ccm cxxm c++m".split():
    Path(f"m.{extension}").write_text(MODULE)
Path("module.cpp").write_text(MODULE)
Path("fragment.cppm").write_text(FRAGMENT)
failures = 0


def expect(expected, command, *outputs, input=None, **environment):
    """`expected`: woven, plain (as the compiler shows it), answer (it is content), or words of the message."""
    global failures
    for output in outputs:
        Path(output).unlink(missing_ok=True)
    done = subprocess.run(
        [weavec] + command.split(),
        input=input, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    said = done.stdout + done.stderr
    if expected == "woven":
        right = done.returncode == 0 and not said and outputs
        for output in outputs:
            content = Path(output).read_bytes() if Path(output).exists() else b""
            right = right and (b"woven_module.h" if output.endswith(".pcm") else b"5weave") in content
    elif expected == "plain":
        right = done.returncode == 0 and said.strip() == " ".join(command.split()[1:])
    elif expected == "answer":
        right = done.returncode == 0 and "weave" not in said
    else:
        words = re.escape(expected).replace(r"\.\.\.", ".*")
        right = re.search(words, said) and ("[-Wweave-not-woven]" in said or done.returncode == 1)
    if not right:
        failures += 1
        print(f"not {expected}: {command}\n  {done.returncode}: {said}")


clang, gcc = f"{clangxx} -std=c++20", f"{gxx} -std=c++20"
# Sources, by suffix and by -x.
for extension in "cc", "cxx", "c++", "cp", "C", "CPP":
    expect("woven", f"{gcc} -c a.{extension} -o a.o", "a.o")
expect("woven", f"{clang} -c a.CC -o a.o", "a.o")
expect("woven", f"{clang} -Wno-deprecated -c a.c -o a.o", "a.o")
expect("woven", f"{gcc} -c a.c -o a.o", "a.o")
for spelling in "-x c++", "-xc++", "--language=c++", "--language c++":
    expect("woven", f"{clang} {spelling} -c text -o a.o", "a.o")
expect("woven", f"{clang} -x c -x none -c a.cpp -o a.o", "a.o")
expect("woven", f"{gcc} -x c++ -c a.ii -o a.o", "a.o")
expect("plain", "./g++ -x c -c a.cpp")
expect("plain", "./gcc -c a.c")
# Standard input, and what else can be read only once.
for compiler in clang, gcc:
    expect("woven", f"{compiler} -x c++ -c - -o a.o", "a.o", input=TEXT)
    expect("woven", f"{compiler} -x c++ -c /dev/stdin -o a.o", "a.o", input=TEXT)
    expect("woven", f"{compiler} -I. -x c++ -c - -o a.o", "a.o", input='#include "a.h"\n')
    expect("answer", f"{compiler} -x c++ -c - -o a.o", input='int i;\n')
os.mkfifo("pipe.cpp")
expect("'...' can be read only once, so that it cannot be woven", "./g++ -c pipe.cpp")
# Other results than an object file.
for compiler in clang, gcc:
    expect("woven", f"{compiler} -S a.cpp -o a.s", "a.s")
    expect("woven", f"{compiler} -c a.cpp -fdirectives-only -o a.o", "a.o")
expect("woven", f"{clang} -S -emit-llvm a.cpp -o a.ll", "a.ll")
expect("woven", f"{clang} -c -emit-llvm a.cpp", "a.bc")
expect("'...' holds directives, and its syntax tree is written without them", "./clang++ -emit-ast a.cpp")
MODES = ["-E", "-M", "-MM", "-fsyntax-only", "--analyze", "-###", "-c -M", "-E -fdirectives-only", "-print-file-name=x"]
for mode in MODES:
    expect("plain", f"./clang++ {mode} a.cpp")
    expect("plain", f"./g++ {mode} a.cpp")
expect("this command does more than to compile one source", "./g++ a.cpp")
expect("this command does more than to compile one source", "./g++ plain.cpp a.cpp -c")
expect("this command does more than to compile one source", "./g++ includer.cpp -o program")
expect("this command does more than to compile one source", "./clang++ --driver-mode=cl /c a.cpp")
expect("this command does more than to compile one source", "./clang++ -cc1 -emit-obj a.cpp")
# Headers: they are read again as text. Header units are not.
for header in "a.h", "a.hpp", "a.hh", "a.H", "a.tcc", "-x c++-header a.cpp":
    expect("plain", f"./g++ {header}")
    expect("plain", f"./clang++ {header} -o a.pch")
for header in "-fmodule-header a.h", "-fmodule-header=user a.hpp", "-x c++-user-header a.h", "-x c++-system-header a.h":
    expect("'...' holds directives, and is compiled without them, since it becomes a header unit",
           f"./clang++ {header} -o a.pcm")
    expect("'...' holds directives, and is compiled without them, since it becomes a header unit",
           f"./g++ -fmodules-ts {header}")
# Preprocessed text.
for text in "a.ii", "-x c++-cpp-output text", "-x c++-cpp-output -", "a.i", "-fpreprocessed a.cpp":
    expect("'...' holds directives, and is compiled without them, since it is preprocessed already",
           f"./g++ -c {text}", input=TEXT)
expect("'...' holds directives, and is compiled without them, since it is preprocessed already",
       "./g++ -c -fpreprocessed -fdirectives-only a.cpp")
for text in "a.ii", "a.iim", "-x c++-cpp-output text":
    expect("'...' holds directives, and is compiled without them, since it is preprocessed already",
           f"./clang++ -c {text}")
expect("plain", "./gcc -c a.i")
# More than C++.
for source in "a.mm", "a.mii", "-x objective-c++ text", "-x objective-c++-cpp-output text":
    expect("'...' holds directives, and is compiled without them, since it is more than C++", f"./g++ -c {source}")
for source in "a.cu", "a.cui", "a.hip", "a.hipi", "-x cuda text", "-x hip text", "a.clcpp", "-x clcpp text":
    expect("'...' holds directives, and is compiled without them, since it is more than C++", f"./clang++ -c {source}")
# Modules.
for extension in "cppm", "ccm", "cxxm", "c++m":
    expect("woven", f"{clang} -c m.{extension} -o m.o", "m.o")
expect("woven", f"{clang} --precompile m.cppm -o m.pcm", "m.pcm")
expect("woven", f"{clang} -c m.pcm -o m.o", "m.o")
expect("woven", f"{clang} -c m.cppm -fmodule-output=m.pcm -o m.o", "m.o", "m.pcm")
expect("woven", f"{clang} -c module.cpp -o m.o", "m.o")
expect("woven", f"{clang} -c fragment.cppm -o m.o", "m.o")
expect("is or imports a module", "./g++ -fmodules-ts -c module.cpp")
expect("is or imports a module", "./g++ -fmodules -x c++ -c m.cppm")
expect("woven", f"{gcc} -fmodules-ts -c a.cpp -o a.o", "a.o")
# A launcher before the compiler.
if shutil.which("ccache"):
    expect("woven", f"ccache {clang} -c a.cpp -o a.o", "a.o", CCACHE_DISABLE="1")

sys.exit(failures > 0)
