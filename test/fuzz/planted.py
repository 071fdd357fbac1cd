#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Stands for a weavec that captures wrongly, which the fuzzer has to find. WEAVE_PLANT says how:

copy       the first variable that a task should have by reference is copied
reference  the first variable that a task should have copied is taken by reference

WEAVE_PLANT_TOOL is the real weavec, WEAVE_PLANT_INCLUDE the folder of its headers.
"""
import os
import pathlib
import re
import subprocess
import sys

CAPTURES = re.compile(r"\.spawn\(\[([^\]]*)\] \{")


def copy(found):
    return re.sub(r"&(\w+)", r"\1", found[0], count=1).replace("] {", "]() mutable {")


def reference(found):
    return re.sub(r"(\[|, )(?!this)(\w+)(?=[,\]])", r"\1&\2", found[0], count=1)


def main():
    tool, arguments = os.environ["WEAVE_PLANT_TOOL"], sys.argv[1:]
    if arguments[0] == "--emit":
        sys.exit(subprocess.run([tool, *arguments], check=False).returncode)
    source = arguments[arguments.index("-c") + 1]
    woven = pathlib.Path(source).with_suffix(".planted.cpp")
    subprocess.run([tool, "--emit", source, "-o", woven, "--", "-std=c++17"], check=True)
    plant = {"copy": copy, "reference": reference}[os.environ["WEAVE_PLANT"]]
    woven.write_text(CAPTURES.sub(plant, woven.read_text()))
    command = [str(woven) if word == source else word for word in arguments]
    sys.exit(subprocess.run([*command, "-w", "-I" + os.environ["WEAVE_PLANT_INCLUDE"], "-D__WEAVE__=1",
                             "-include", "weave/woven.h"], check=False).returncode)


main()
