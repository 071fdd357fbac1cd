# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds a program serial and woven with each compiler, runs it at 1, 2 and 4 workers, and wants the same output everywhere.
The woven text gets no warning of a kind that the serial text does not."""

import argparse
import os
import shlex
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tool/Inputs"))
import warnings_of  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--weavec", required=True)
parser.add_argument("--compiler", action="append", required=True)
parser.add_argument("--library", required=True)
parser.add_argument("--include", required=True)
parser.add_argument("--sanitizer", default="")
parser.add_argument("--output", required=True)
parser.add_argument("--source", required=True)
parser.add_argument("flags", nargs="*")
options = parser.parse_args()

own = [flag for flag in options.flags if "weave" in flag]  # which compilers do not know
plain = [flag for flag in options.flags if flag not in own]
common = ["-std=c++17", "-O1", "-g"] + shlex.split(options.sanitizer)


def run(command, **keywords):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, **keywords)
    if done.returncode != 0:
        sys.stdout.buffer.write(done.stdout)
        sys.stderr.buffer.write(done.stderr)
        sys.exit("exit status %d: %s" % (done.returncode, shlex.join(command)))
    return done


def build(compiler, program, launcher, extra):
    """Returns what the compiler said."""
    compile = [compiler, "-c", options.source, "-o", program + ".o", "-isystem", options.include] + common + extra
    said = run(launcher + compile).stderr.decode()
    run([compiler, program + ".o", "-o", program, options.library, "-pthread"] + shlex.split(options.sanitizer))
    return said


expected = None
for number, compiler in enumerate(options.compiler):
    program = "%s.%d" % (options.output, number)
    # Of instrumented code compilers say other things, and vectorise less.
    warnings = ["-Wno-pass-failed"] if options.sanitizer else warnings_of.options(compiler)
    said = build(compiler, program + ".serial", [], warnings + ["-Wno-unknown-pragmas"] + plain)
    build(compiler, program + ".woven", [options.weavec], warnings + ["-Werror"] + warnings_of.accepted(said) + plain + own)
    serial = run([program + ".serial"]).stdout
    if expected is None:
        expected = serial
    if serial != expected:
        sys.exit("the serial program differs between compilers: is it deterministic?")
    for workers in "1", "2", "4":
        woven = run([program + ".woven"], env={**os.environ, "WEAVE_NUM_THREADS": workers}).stdout
        if woven != expected:
            sys.exit("%s, %s workers: expected\n%s\nbut got\n%s" % (compiler, workers, expected.decode(), woven.decode()))
if not expected:
    sys.exit("the program prints nothing: nothing was compared")
