# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random macros of a program: with names that others like too, and statements that end in one."""

import re
from pathlib import Path

# No macro may have the name of something that the rest of the program uses, and the tool refuses those of words that it writes.
WRITTEN = set(re.findall(r"WORD\((\w+)\)", (Path(__file__).resolve().parents[2] / "tool/rewrite/words.def").read_text()))
COMMON = ("in", "out", "inout", "own", "task", "next", "plus", "detail", "elements", "piece", "strip", "bound", "less", "up", "down",
         "iterations", "reduction", "stretch", "frame", "when", "unfinished", "spawned", "state", "in_place", "direction", "options",
         "run_if", "body", "closure", "loop", "event", "scope", "graph", "operand", "result", "stride", "batch", "worker")
NAMES = tuple(name for name in COMMON if name not in WRITTEN)
# How a macro writes a variable: its parameters and what stands for it, and how it is used.
STATEMENTS = (("(to, what) to = (what)", "{0}({1}, {2});"),
              ("(to, what) to = (what);", "{0}({1}, {2})"),
              ("(to, what) do { to = (what); } while (false)", "{0}({1}, {2});"),
              ("(to, what) { const word made = (what); to = made; }", "{0}({1}, {2})"))


class Macros:
    """The macros of a program, drawn at random."""

    def __init__(self, random):
        names = random.sample(NAMES, 6)
        self.random = random
        self.values, self.functions = names[:2], names[2:4]
        self.statements = [(name, *way) for name, way in zip(names[4:], random.sample(STATEMENTS, 2))]

    def definitions(self):
        return ([f"#define {name} {self.random.randrange(100)}ull" for name in self.values] +
                [f"#define {name}(value) mix(value, {self.random.randrange(100)})" for name in self.functions] +
                [f"#define {name}{text}" for name, text, _ in self.statements])

    def value(self, make):
        """An expression, which may hold one that `make` makes."""
        if self.random.randrange(2):
            return self.random.choice(self.values)
        return f"{self.random.choice(self.functions)}({make()})"

    def statement(self, name, value):
        """A statement that gives a variable of type `word` this value."""
        macro, _, use = self.random.choice(self.statements)
        return use.format(macro, name, value)
