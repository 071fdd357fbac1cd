#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Stands for a weavec that weaves wrongly, which the fuzzer has to find. WEAVE_PLANT says how:

copy       the first variable that a task should have by reference is copied
alias      the last of several that a task should have by reference is copied
reference  the first variable that a task should have copied is taken by reference
sync       a sync waits for nothing
operands   a task depends on nothing
exception  of several exceptions any leaves
bound      the bound of a loop is rounded down

WEAVE_PLANT_TOOL is the real weavec, WEAVE_PLANT_INCLUDE the folder of its headers.
"""
import os
import pathlib
import re
import subprocess
import sys

CAPTURES = r"\.spawn\(\[([^\]]*)\] \{"
# What is looked for, and what takes its place.
PLANTS = {
    "copy": (CAPTURES, lambda found: changeable(re.sub(r"&(\w+)", r"\1", found[0], count=1))),
    "alias": (CAPTURES, lambda found: changeable(re.sub(r"(&.*)&(\w+)", r"\1\2", found[0]))),
    "reference": (CAPTURES, lambda found: re.sub(r"(\[|, )(?!this)(\w+)(?=[,\]])", r"\1&\2", found[0], count=1)),
    "sync": (r"weave_(frame|task)_\d+\.(sync|join)\(\);", ";"),
    "operands": (r"(\.spawn_after\(\{)[^{}]*\}", r"\1}"),
    "exception": (r"WEAVE_TRY|WEAVE_CATCH\(\w+\)", ""),
    "bound": (r"(bound::less\w*, [^>]*>\([^,()]*, )([^,()]*)(, )", r"\1long(\2)\3"),
}


def changeable(closure):
    return closure.replace("] {", "]() mutable {")


def main():
    tool, arguments = os.environ["WEAVE_PLANT_TOOL"], sys.argv[1:]
    if arguments[0] == "--emit":
        sys.exit(subprocess.run([tool, *arguments], check=False).returncode)
    source = arguments[arguments.index("-c") + 1]
    woven = pathlib.Path(source).with_suffix(".planted.cpp")
    subprocess.run([tool, "--emit", source, "-o", woven, "--", "-std=c++17"], check=True)
    woven.write_text(re.sub(*PLANTS[os.environ["WEAVE_PLANT"]], woven.read_text()))
    command = [str(woven) if word == source else word for word in arguments]
    sys.exit(subprocess.run([*command, "-w", "-I" + os.environ["WEAVE_PLANT_INCLUDE"], "-D__WEAVE__=1",
                             "-include", "weave/woven.h"], check=False).returncode)


main()
