# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles a unit whose headers hold directives, plain and woven, with every mix of relative and absolute paths. The programs must
print the same (their file names among it), and the dependency files must name the same files, our own headers aside."""

import os
import re
import shutil
import subprocess
import sys

weavec, compiler, library, inputs, work = sys.argv[1:]
shutil.rmtree(work, ignore_errors=True)
shutil.copytree(inputs, work)
os.chdir(work)


def build(name, launcher, source, directory):
    os.makedirs(name)
    object = name + "/main.o"
    subprocess.run(
        launcher + [compiler, "-std=c++17", "-Wall", "-Wextra", "-Werror", "-Wno-unknown-pragmas", "-g", "-I" + directory]
        + ["-MD", "-MP", "-c", source, "-o", object],
        check=True,
    )
    subprocess.run([compiler, object, "-o", name + "/main", library, "-pthread"], check=True)
    printed = subprocess.run([name + "/main"], check=True, stdout=subprocess.PIPE).stdout.decode()
    with open(name + "/main.d") as file:
        words = set(re.sub(r"\\\n", " ", file.read()).split())
    return printed, {word.replace(name, "", 1) for word in words if not re.match("/usr/|.*/include/weave/", word)}


number = 0
for source in "source/main.cpp", os.path.abspath("source/main.cpp"):
    for directory in "include", os.path.abspath("include"):
        number += 1
        plain = build("plain%d" % number, [], source, directory)
        woven = build("woven%d" % number, [weavec], source, directory)
        if plain != woven:
            sys.exit("%s -I%s: expected\n%s\n%s\nbut got\n%s\n%s" % ((source, directory) + plain + woven))
        with open("woven%d/main.o" % number, "rb") as object:
            if b"weave_frame" not in object.read() and not os.path.exists("woven%d/main.o.weave" % number):
                sys.exit("nothing was woven")
