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
        [("late", "WEAVE_LATE", order) for order in ("spawn", "join", "reversed", "1", "2")])
SECONDS = 60  # after which a program hangs
SECONDS_TO_BUILD = 600  # on a busy machine
# All that the compilers warn of. What they say of the serial text they may say of the woven text.
WARNINGS = {
    "g++": ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wold-style-cast", "-Wuseless-cast"],
    # Not: which dialects before C++17 lack what is used; how classes are laid out; which pointers may be outside of
    # arrays; what a capture hides that is another name of the same; copies that are not elided in templates.
    "clang++": ["-Weverything", "-Wno-c++98-compat", "-Wno-c++98-compat-pedantic", "-Wno-pre-c++14-compat", "-Wno-pre-c++17-compat",
                "-Wno-padded", "-Wno-unsafe-buffer-usage", "-Wno-shadow-uncaptured-local", "-Wno-nrvo"],
}
LIBRARY = "library.cpp"  # the file, beside a program, of what is in a shared library


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
    silent: bool  # whether warnings of the compilers are no faults


@dataclass(frozen=True)
class Build:
    compiler: str
    level: str

    def warnings(self):
        return WARNINGS["clang++" if "clang" in pathlib.Path(self.compiler).name else "g++"]

    def __str__(self):
        return f"{pathlib.Path(self.compiler).name} {self.level}"


def run(command, seconds=SECONDS_TO_BUILD, **keywords):
    try:
        return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=seconds,
                              text=True, errors="replace", check=False, **keywords)
    except subprocess.TimeoutExpired:
        raise Fault("hangs", " ".join(str(word) for word in command)) from None


def general(message):
    """A message without names, which change from program to program."""
    return re.sub(r"[‘'][^’']*[’']", "'...'", message)


def first_error(text):
    found = re.search(r"error: (.*)", text)
    return general(found[1] if found else text.strip().split("\n")[-1])


def errors(text):
    """What a compiler says from its first error on."""
    found = re.search(r"^.*error: ", text, re.MULTILINE)
    return text[found.start():] if found else text


# What woven text must get: g++ ignores a pragma of a loop in a template, whose condition calls something.
TEMPLATES = "ignoring loop annotation"


def warnings(text):
    """The warnings that a program without races should not get, by place: file, line, and option or message."""
    found = {}
    for file, line, message in re.findall(r"^(?:.*/)?([^/\n]+):(\d+):\d+: warning: (.*)$", text, re.MULTILINE):
        option = re.search(r"\[-W([^\]]*)\]$", message)
        if message == TEMPLATES:
            continue
        if not option or not option[1].startswith("weave-") or option[1] == "weave-race":
            found.setdefault((file, line, option[1] if option else general(message)), general(message))
    return found


class Oracle:
    def __init__(self, tools, directory):
        self.tools = tools
        self.directory = pathlib.Path(directory)
        self.warned = []  # warnings that there should not be, and where: the least of faults, so the last to be raised

    def check_source(self, source, builds):
        """Compares one file, serial and woven, and the library beside it if there is one. Raises Fault."""
        self.check_text(source)
        self.compare(source, builds, *self.serial(source, builds))
        self.check_warnings()

    def check_program(self, made, builds, seed):
        """Compares a generated program, and variants of it with fewer directives, which mean the same."""
        chance = random.Random(seed)
        source = self.write(made, "program")
        self.check_text(source)
        expected, warned = self.serial(source, builds)
        self.compare(source, builds, expected, warned)

        lost, synced = chance.choice([(0, 50), (40, 0), (30, 30)])  # in percent
        dropped, groups = set(), {}
        for directive in program.directives(made.nodes()):
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
        self.check_warnings()

    def check_warnings(self):
        if self.warned:
            raise Fault(self.warned[0][0], "\n".join(f"{where}: {kind}" for kind, where in dict.fromkeys(self.warned)))

    def write(self, made, name, **how):
        """Writes a program into a folder of its own, and returns its main file."""
        folder = self.directory / name
        folder.mkdir()
        included = "#include \"functions.h\"\n\n"
        files = {}
        files |= {"functions.h": "#pragma once\n" + program.text(made.header, files=files, **how),
                  "main.cpp": included + program.text(made.main, files=files, **how)}
        if made.library:
            files[LIBRARY] = included + program.text(made.library, files=files, **how)
        for file, text in files.items():
            (folder / file).write_text(text)
        return folder / "main.cpp"

    def emit(self, source):
        output = self.directory / "emitted.cpp"
        done = run([self.tools.weavec, "--emit", source, "-o", output, "--", "-std=c++17"])
        if done.returncode != 0:
            raise Fault("refused: " + first_error(done.stderr), errors(done.stderr))
        return output.read_text()

    def check_text(self, source):
        if self.emit(source).count("\n") != source.read_text().count("\n"):
            raise Fault("the number of lines is changed")

    def compile(self, build, source, woven):
        """Compiles a program and its library. Returns the objects and the messages, and whether all went well."""
        objects, messages = [], ""
        for each in [source, source.with_name(LIBRARY)]:
            if not each.exists():
                continue
            objects.append(self.directory / f"{each.stem}.{'woven' if woven else 'serial'}.o")
            command = [build.compiler, "-std=c++17", build.level, *build.warnings(), "-Wno-unknown-pragmas", "-isystem", self.tools.include,
                       *["-fPIC"] * (each.name == LIBRARY), "-c", each, "-o", objects[-1]]
            # Without OpenMP its pragmas do nothing, of which the tool warns.
            done = run([self.tools.weavec, *command, "-Wno-weave-openmp"] if woven else command)
            messages += done.stderr
            if done.returncode != 0:
                return [], messages, False
        return objects, messages, True

    def link(self, build, objects, name, libraries=(), shared=False):
        """Links a program. Where its library is `shared`, that has the runtime of the program, as weave++ links it."""
        executable = self.directory / name
        if shared and len(objects) > 1:
            made, folder = self.directory / f"lib{name}.so", self.tools.libraries[name].parent
            self.must_link([build.compiler, "-shared", *objects[1:], "-o", made, folder / "libweave-shared.so", f"-Wl,-rpath,{folder}", "-pthread"])
            objects = [objects[0], made, f"-Wl,--dynamic-list={folder / 'libweave.exports'}"]
        self.must_link([build.compiler, *objects, "-o", executable, *libraries, "-pthread"])
        return executable

    @staticmethod
    def must_link(command):
        done = run(command)
        if done.returncode != 0:
            raise Fault("does not link", done.stderr)

    def serial(self, source, builds):
        """What the serial projection prints and returns, and what compilers have to say about it."""
        result, warned = None, {}
        for build in builds:
            objects, messages, done = self.compile(build, source, woven=False)
            if not done:
                raise Fault("invalid program: " + first_error(messages), errors(messages))
            warned[build] = warnings(messages)
            ran = run([self.link(build, objects, "serial")], SECONDS)
            if ran.returncode < 0:
                raise Fault("invalid program: crashes", f"status {ran.returncode}")
            if result is not None and result != (ran.stdout, ran.returncode):
                raise Fault("invalid program: compilers differ")
            result = ran.stdout, ran.returncode
        return result, warned

    def compare(self, source, builds, expected, warned=None):
        """Compares the woven program with what the serial one did, and with what compilers `warned` of there, if that is known."""
        for build in builds:
            objects, messages, done = self.compile(build, source, woven=True)
            if not done:
                raise Fault("rejected: " + first_error(messages), f"{build}\n{errors(messages)}")
            new = {place for place in warnings(messages) if place[2] == "weave-race" or
                   (warned and place not in warned[build] and not self.tools.silent)}
            self.warned += [(f"warning: {message}", f"{build}, {place[0]}:{place[1]}")
                            for place, message in warnings(messages).items() if place in new]
            executables = {name: self.link(build, objects, name, [library], name == "runtime")
                           for name, library in self.tools.libraries.items()}
            for library, variable, value in RUNS:
                try:
                    ran = run([executables[library]], SECONDS, env={**os.environ, variable: value})
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
