# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Transforms a test, compiles the result with each compiler, and writes it to standard output for FileCheck."""

import argparse
import os
import re
import subprocess
import sys

from warnings_of import options as all_warnings
from warnings_of import serial_kinds

parser = argparse.ArgumentParser()
parser.add_argument("--weavec", required=True)
parser.add_argument("--compiler", action="append", required=True)
parser.add_argument("--include", required=True)
parser.add_argument("--output", required=True)
parser.add_argument("--source", required=True)
parser.add_argument("flags", nargs="*")
options = parser.parse_args()
if not any(flag.startswith("-std=") for flag in options.flags):
    options.flags.insert(0, "-std=c++17")

subprocess.run([options.weavec, "--emit", options.source, "-o", options.output, "--"] + options.flags, check=True)

with open(options.source, "rb") as source, open(options.output, "rb") as output:
    before, after = source.read(), output.read()
if before.count(b"\n") != after.count(b"\n"):
    sys.exit("the transformed text has %d lines instead of %d" % (after.count(b"\n"), before.count(b"\n")))

if "-fweave-openmp" in options.flags:
    options.flags.remove("-fweave-openmp")
    options.flags += ["-D__WEAVE_OPENMP__=1", "-D_OPENMP=201511", "-fopenmp-simd", "-Wno-unknown-pragmas"]

for compiler in options.compiler:
    command = [compiler, "-c", "-o", os.devnull, "-O1", "-Wall", "-Wextra", "-Werror", "-I" + options.include]
    command += ["-D__WEAVE__=1", "-include", "weave/woven.h"] + options.flags + [options.output]
    if subprocess.run(command).returncode != 0:
        sys.exit("%s rejects the transformed text" % compiler)
    syntax = ["-fsyntax-only", "-isystem", options.include] + options.flags
    accepted = serial_kinds(compiler, syntax + [options.source])
    command = [compiler, "-Werror", "-D__WEAVE__=1", "-include", "weave/woven.h"] + all_warnings(compiler) + accepted
    if subprocess.run(command + syntax + [options.output]).returncode != 0:
        sys.exit("%s warns of the transformed text, and not of the serial" % compiler)

for line in after.decode().splitlines():
    if not re.match(r"\s*//.*(CHECK|RUN|REQUIRES)", line):
        print(line)
