#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles and runs the code examples of a Markdown page.

A comment in front of a fenced block says what is done with it:

  <!-- program: NAME.cpp -->  a whole program. It is compiled by plain compilers and woven, and must print the `prints`
                              block that follows it: serially, and at several numbers of workers.
  <!-- prints -->             what the program or the command before it prints.
  <!-- file: NAME -->         a file that later commands need.
  <!-- run -->               shell commands, run in a folder that holds all programs and files so far.
  <!-- excerpt: PATH -->      a part of a file of this repository.
  <!-- woven: PATH -->        a part of what the tool makes of a file of this repository.
  <!-- not run: WHY -->       left alone.

A block in one of the languages below without such a comment is an error: no example goes untested by accident.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = {"cpp", "sh", "cmake"}
BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]*?) -->\n\n?)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
WORKERS = ("1", "2", "4")


class Failure(Exception):
    pass


class Page:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.printed = None
        self.done = 0
        self.environment = dict(os.environ)
        self.environment["PATH"] = f"{options.bin}:{os.environ['PATH']}"
        self.environment["CMAKE_PREFIX_PATH"] = str(folder / "installed")

    def command(self, *words, **more_environment):
        """Runs a command in the page's folder and returns what it prints."""
        result = subprocess.run(
            words,
            cwd=self.folder,
            env={**self.environment, **more_environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        if result.returncode != 0:
            line = " ".join(map(str, words))
            raise Failure(f"'{line}' has exit status {result.returncode}:\n{result.stdout}{result.stderr}")
        return result.stdout

    def program(self, name, text):
        source = self.folder / name
        source.write_text(text)
        flags = ["-std=c++17", "-O2", "-Wall", "-Wextra", "-Werror"]
        outputs = {}
        for compiler in self.options.compiler:
            include = f"-I{self.options.source / 'include'}"
            self.command(compiler, *flags, include, "-Wno-unknown-pragmas", name, "-o", "serial")
            outputs[f"as compiled by {compiler}"] = self.command("./serial")
            self.command(self.options.bin / "weave++", *flags, name, "-o", "woven", WEAVE_CXX=compiler)
            for workers in WORKERS:
                outputs[f"woven, {compiler}, {workers} workers"] = self.command("./woven", WEAVE_NUM_THREADS=workers)
        self.printed = outputs

    def prints(self, text):
        if not self.printed:
            raise Failure("nothing was run that could have printed this")
        for how, output in self.printed.items():
            if output != text:
                raise Failure(f"the page says\n{text}but, {how}, it prints\n{output}")
        self.printed = None

    def file(self, name, text):
        (self.folder / name).write_text(text)

    def run(self, text):
        self.printed = {"run": self.command("bash", "-e", "-c", text)}

    def excerpt(self, path, text):
        if text not in (self.options.source / path).read_text():
            raise Failure(f"this is no part of {path}")

    def woven(self, path, text):
        source = self.options.source / path
        self.command(self.options.bin / "weavec", "--emit", source, "-o", "woven.cpp", "--", "-std=c++17")
        emitted = (self.folder / "woven.cpp").read_text()
        if text not in emitted:
            raise Failure(f"the tool does not write this; it makes of {path}\n{emitted}")

    def block(self, mark, language, text):
        kind, _, argument = (mark or "").partition(": ")
        if kind in ("program", "file", "excerpt", "woven"):
            getattr(self, kind)(argument, text)
        elif kind in ("prints", "run"):
            getattr(self, kind)(text)
        elif kind == "not run" and argument:
            return
        elif language in LANGUAGES:
            raise Failure("no comment says how this example is tested")
        else:
            return
        self.done += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=Path)
    parser.add_argument("--source", type=Path, required=True, help="the top folder of the repository")
    parser.add_argument("--build", type=Path, required=True, help="the build folder")
    parser.add_argument("--bin", type=Path, required=True, help="the folder of weavec and weave++")
    parser.add_argument("--compiler", action="append", required=True, help="a compiler to test with; may be repeated")
    options = parser.parse_args()
    for name in ("source", "build", "bin"):
        setattr(options, name, getattr(options, name).resolve())
    text = options.page.read_text()

    with tempfile.TemporaryDirectory() as folder:
        page = Page(options, Path(folder))
        try:
            page.command("cmake", "--install", options.build, "--prefix", page.folder / "installed")
        except Failure as failure:
            sys.exit(str(failure))
        failures = 0
        for match in BLOCK.finditer(text):
            try:
                page.block(match["mark"], match["language"], match["text"])
            except Failure as failure:
                failures += 1
                line = text.count("\n", 0, match.start("text")) + 1
                print(f"{options.page}:{line}: {failure}", file=sys.stderr)
    if page.done == 0:
        sys.exit(f"{options.page}: no examples found")
    print(f"{options.page}: {page.done} examples checked, {failures} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
