# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a program must do: the same woven as serial, by every compiler, at every number of workers."""
import os
import pathlib
import random
import re
import subprocess
from dataclasses import dataclass

import program

# How each woven program is run: by the runtime at several numbers of workers, and by the scheduler of late.cpp.
RUNS = ([("runtime", "WEAVE_NUM_THREADS", workers) for workers in ("1", "2", "4")] +
        [("late", "WEAVE_LATE_SEED", seed) for seed in ("1", "2", "3", "4")])
SECONDS = 60  # after which a program hangs
WARNINGS = ["-Wall", "-Wextra"] + [f"-Wno-{name}" for name in
                                   ("parentheses", "unused-variable", "unused-but-set-variable", "unused-parameter", "self-assign",
                                    "unused-lambda-capture", "unused-function")]


class Fault(Exception):
    """What is wrong, in a word that stays the same while the program is reduced, and the details."""

    def __init__(self, kind, details=""):
        super().__init__(kind, details)
        self.kind, self.details = kind, details


@dataclass
class Tools:
    weavec: str
    include: str
    libraries: dict  # "runtime" and "late"
    compilers: tuple


@dataclass(frozen=True)
class Build:
    compiler: str
    level: str

    def __str__(self):
        return f"{pathlib.Path(self.compiler).name} {self.level}"


def run(command, **keywords):
    try:
        return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS,
                              text=True, errors="replace", check=False, **keywords)
    except subprocess.TimeoutExpired:
        raise Fault("hangs", " ".join(str(word) for word in command)) from None


def general(message):
    """A message without names, which change from program to program."""
    return re.sub(r"[‘'][^’']*[’']", "'...'", message)


def first_error(text):
    found = re.search(r"error: (.*)", text)
    return general(found[1] if found else text.strip().split("\n")[-1])


def first_warning(text):
    """The first warning that a program without races should not get; None if there is none."""
    found = re.search(r"warning: (.*(?<!\])|.*\[-W(?!weave-(?!race)).*)$", text, re.MULTILINE)
    return general(found[1]) if found else None


class Oracle:
    def __init__(self, tools, directory):
        self.tools = tools
        self.directory = pathlib.Path(directory)

    def check_source(self, source, builds):
        """Compares one file, serial and woven. Raises Fault."""
        self.check_text(source)
        self.compare(source, builds, self.serial(source, builds))

    def check_program(self, made, builds, seed):
        """Compares a generated program, and variants of it with fewer directives, which mean the same."""
        chance = random.Random(seed)
        source = self.write(made, "program")
        self.check_text(source)
        expected = self.serial(source, builds)
        self.compare(source, builds, expected)

        lost, synced = chance.choice([(0, 50), (40, 0), (30, 30)])  # in percent
        dropped, groups = set(), {}
        for directive in program.directives(made.header + made.main):
            is_dropped = not directive.words.startswith("sync") and chance.randrange(100) < lost
            if directive.group is not None:
                is_dropped = groups.setdefault(id(directive.group), is_dropped)
            if is_dropped:
                dropped.add(id(directive))
        variant = self.write(made, "variant", keep=lambda d: id(d) not in dropped,
                             sync_after=lambda d: chance.randrange(100) < synced)
        self.compare(variant, [chance.choice(builds)], expected)

        plain = self.write(made, "plain", keep=lambda d: False)
        if self.emit(plain) != plain.read_text():
            raise Fault("a file without directives is changed")

    def write(self, made, name, **how):
        """Writes a program and returns its main file."""
        source = self.directory / f"{name}.cpp"
        header = program.text(made.header, **how)
        (self.directory / f"{name}.h").write_text(f"#pragma once\n{header}")
        source.write_text(f'#include "{name}.h"\n\n{program.text(made.main, **how)}')
        return source

    def emit(self, source):
        output = self.directory / "emitted.cpp"
        done = run([self.tools.weavec, "--emit", source, "-o", output, "--", "-std=c++17"])
        if done.returncode != 0:
            raise Fault("refused: " + first_error(done.stderr), done.stderr)
        return output.read_text()

    def check_text(self, source):
        if self.emit(source).count("\n") != source.read_text().count("\n"):
            raise Fault("the number of lines is changed")

    def compile(self, build, source, object, woven):
        command = [build.compiler, "-std=c++17", build.level, *WARNINGS, "-Wno-unknown-pragmas", "-isystem", self.tools.include,
                   "-c", source, "-o", object]
        return run([self.tools.weavec] + command if woven else command)

    def link(self, build, object, name, libraries=()):
        executable = self.directory / name
        done = run([build.compiler, object, "-o", executable, *libraries, "-pthread"])
        if done.returncode != 0:
            raise Fault("does not link", done.stderr)
        return executable

    def serial(self, source, builds):
        """What the serial projection prints and returns, and whether compilers have nothing to say about it."""
        result, clean = None, set()
        for build in builds:
            object = self.directory / "serial.o"
            done = self.compile(build, source, object, woven=False)
            if done.returncode != 0:
                raise Fault("invalid program: " + first_error(done.stderr), done.stderr)
            if not first_warning(done.stderr):
                clean.add(build)
            ran = run([self.link(build, object, "serial")])
            if ran.returncode < 0:
                raise Fault("invalid program: crashes", f"status {ran.returncode}")
            if result is not None and result != (ran.stdout, ran.returncode):
                raise Fault("invalid program: compilers differ")
            result = ran.stdout, ran.returncode
        return result, clean

    def compare(self, source, builds, serial):
        expected, clean = serial
        for build in builds:
            object = self.directory / "woven.o"
            done = self.compile(build, source, object, woven=True)
            if done.returncode != 0:
                raise Fault("rejected: " + first_error(done.stderr), f"{build}\n{done.stderr}")
            if build in clean and (warning := first_warning(done.stderr)):
                raise Fault("warning: " + warning, f"{build}\n{done.stderr}")
            executables = {name: self.link(build, object, name, [library]) for name, library in self.tools.libraries.items()}
            for library, variable, value in RUNS:
                try:
                    ran = run([executables[library]], env={**os.environ, variable: value})
                except Fault as fault:
                    raise Fault(fault.kind, f"{build}, {variable}={value}") from None
                if (ran.stdout, ran.returncode) != expected:
                    kind = "crashes" if ran.returncode < 0 else "differs"
                    raise Fault(kind, f"{build}, {variable}={value}: status {ran.returncode}, not {expected[1]}\n"
                                      f"{ran.stderr}{difference(expected[0], ran.stdout)}")


def difference(expected, got):
    """The first line that differs."""
    for line, other in zip(expected.split("\n"), got.split("\n")):
        if line != other:
            return f"expected: {line}\ngot:      {other}"
    return "the output ends early"
