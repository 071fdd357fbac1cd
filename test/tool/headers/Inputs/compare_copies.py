# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Weaves two units that instantiate the templates of one header differently. The header must come out the same, byte for byte: the
program would else have two definitions of what both instantiate. The program must do what its serial projection does."""

import subprocess
import sys
from pathlib import Path

weavec, compiler, library, inputs, work = sys.argv[1:]
work = Path(work)
work.mkdir(exist_ok=True)
units = "numbers", "objects"


def build(name, launcher):
    objects = [work / f"{name}-{unit}.o" for unit in units]
    for unit, object in zip(units, objects):
        subprocess.run(launcher + [compiler, "-std=c++17", "-Wall", "-Wextra", "-Werror", "-Wno-unknown-pragmas", "-c", f"{inputs}/{unit}.cpp",
                                   "-o", object], check=True)
    subprocess.run([compiler, *objects, "-o", work / name, library, "-pthread"], check=True)
    return subprocess.run([work / name], check=True, stdout=subprocess.PIPE).stdout, objects


expected, _ = build("serial", [])
printed, objects = build("woven", [weavec])
assert printed == expected, (printed, expected)

copies = [next(Path(f"{object}.weave").glob("**/tasks.h")).read_bytes() for object in objects]
directives = (Path(inputs) / "tasks.h").read_bytes().count(b"#pragma weave")
assert copies[0] == copies[1], "the units have different texts of the header"
assert b"#pragma weave" not in copies[0] and copies[0].count(b"weave_") > directives, "the header was not woven"
