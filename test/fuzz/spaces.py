# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random headers of parallel loops: what they run over."""
from dataclasses import dataclass, field

from loops import Loops
from ownership import Leaf, Variable, new_cell
from program import Block, Text


@dataclass
class Space:
    """What a loop runs over: the loops in each other, their variables, and the number of the round in terms of these."""
    heads: list
    counters: list
    index: str
    clause: str = ""
    outside: object = None  # its variable, if that is declared before the loop

    def loops(self, body):
        for head in reversed(self.heads[1:]):
            body = [Block(head, body)]
        return Block(self.heads[0], body)

    def before(self):
        return [Text(f"{self.outside.leaves[0].type} {self.outside.name};", declares=True)] if self.outside else []


class Spaces(Loops):
    def __init__(self, random):
        super().__init__(random)
        self.constants = {}  # the names of those that the function declares, by value
        self.captures_all = True  # whether every lambda around captures by default, as clauses want it that name such a constant

    def number(self, n):
        """This number, or a constant that is one."""
        return self.constants[n] if n in self.constants and self.chance(70) else str(n)

    def line(self, n):
        """A loop of `n` rounds over integers."""
        counter = self.counter(self.name("i"))
        i, count = counter.name, self.number(n)
        odd = [self.odd_bound] * self.has("bounds") + [self.odd_header] * self.has("headers")
        if odd and self.chance(60):
            return self.random.choice(odd)(counter, n)
        if self.chance(75):
            return Space([self.random.choice([
                f"for (int {i} = 0; {i} < {count}; ++{i})",
                f"for (unsigned {i} = 0; {i} != {count}; {i}++)",
                f"for (long {i} = {count} - 1; {i} >= 0; --{i})",
                f"for (unsigned char {i} = 0; {i} <= {n - 1}; {i} += 1)",
                f"for (auto {i} = 0ull; {count} > {i}; ++{i})",
                f"for (short {i} = {n - 1}; {i} > -1; {i} -= 1)"])], [counter], i)
        step = self.random.choice([2, 3, 7])
        by = self.number(step)
        return Space([self.random.choice([
            f"for (int {i} = 0; {i} < {count} * {step}; {i} += {by})",
            f"for (unsigned {i} = 0; {i} <= {n * step - 1}u; {i} += {step}u)",
            f"for (long {i} = {n * step} - 1; {i} >= 0; {i} -= {by})"])], [counter], f"{i} / {step}")

    def odd_bound(self, counter, n):
        """A loop of `n` rounds whose bound is no integer, or one of another type."""
        i, step = counter.name, self.random.choice([2, 3, 7])
        kind = self.random.randrange(7)
        if kind < 1:
            return Space([self.random.choice([
                f"for (int {i} = 0; {i} < {n * step - 1}.5; {i} += {step})",
                f"for (long {i} = {n * step - 1}; {i} > half(1) - 1; {i} -= {step})"])], [counter], f"{i} / {step}")
        if kind < 5:
            return Space([self.random.choice([
                f"for (int {i} = 0; {i} < {n - 1}.5; ++{i})",
                f"for (int {i} = 0; {i} < half({2 * n - 1}); {i}++)",
                f"for (long {i} = 0; {i} <= {n - 1}.25f; {i} += 1)",
                f"for (short {i} = 0; half({2 * n - 1}) > {i}; ++{i})",
                f"for (int {i} = {n - 1}; {i} > -0.5; --{i})",
                f"for (long {i} = {n - 1}; {i} >= -half(1); {i}--)"])], [counter], i)
        return Space([self.random.choice([
            f"for (int {i} = 0; {i} < {n}u; ++{i})",
            f"for (unsigned {i} = 0; {i} < {n}l; {i}++)",
            f"for (unsigned char {i} = 0; {i} != {n}ull; ++{i})",
            f"for (short {i} = 0; {i} <= static_cast<signed char>({n - 1}); ++{i})",
            f"for (long {i} = {n - 1}u; {i} >= static_cast<short>(0); --{i})"])], [counter], i)

    def odd_header(self, counter, n):
        """A loop of `n` rounds that counts by assignments, or with a variable that is declared before it."""
        i, step = counter.name, self.random.choice([1, 2, 3, 7])
        if self.chance(50):
            return Space([self.random.choice([
                f"for (int {i} = 0; {i} < {n * step}; {i} = {i} + {step})",
                f"for (unsigned {i} = 0; {i} < {n * step}; {i} = {step} + {i})",
                f"for (long {i} = {n * step - 1}; {i} >= 0; {i} = {i} - {step})"])], [counter], f"{i} / {step}")
        outside = Variable(i, [Leaf(i, (new_cell(),), self.random.choice(["int", "long"]))], const=True, copied=False,
                           home=self.a.blocks[-1] if self.a.blocks else None)
        return Space([self.random.choice([
            f"for ({i} = 0; {i} < {n}; ++{i})",
            f"for ({i} = {n - 1}; {i} >= 0; --{i})",
            f"for ({i} = 0; {i} <= {n - 1}; {i} += 1)"])], [counter], i, outside=outside)

    def space(self, n):
        """One loop of `n` rounds, or two in each other."""
        if self.chance(80):
            return self.line(n)
        columns = self.random.choice([d for d in range(1, n + 1) if n % d == 0])
        outer, inner = (self.counter(self.name("i")) for _ in range(2))
        i, j = outer.name, inner.name
        width = f"{columns - 1}.5" if self.has("bounds") and self.chance(30) else self.number(columns)
        return Space([f"for (int {i} = 0; {i} < {n // columns}; ++{i})", f"for (int {j} = 0; {j} < {width}; ++{j})"],
                     [outer, inner], f"{i} * {columns} + {j}", " collapse(2)")

    def elements(self, array):
        """A loop over an array, and the element that each round has for itself."""
        n, kind = len(array.leaves), self.random.randrange(10)
        if kind < 6:
            space = self.space(n)
            return space, self.element(array, f"{array.name}[{space.index}]", space.counters)
        if kind < 8:
            e = self.name("e")
            return Space([f"for ({self.random.choice(['word', 'auto'])} &{e} : {array.name})"], [], ""), self.element(array, e, [])
        p = Variable(self.name("p"), [], const=True)
        p.leaves = [Leaf(p.name, (new_cell(),))]
        ways = [("word *", f"std::begin({array.name})", f"std::end({array.name})")]
        if array.kind == "array":
            ways.append(("word *", array.name, f"{array.name} + {n}"))
        type, begin, end = self.random.choice(ways)
        if self.has("inherited") and self.chance(60):
            type, begin, end = "walker ", f"walker({begin})", f"walker({end})"
        head = f"for ({self.random.choice([type, 'auto '])}{p.name} = {begin}; {p.name} {self.random.choice(['!=', '<'])} {end}; ++{p.name})"
        return Space([head], [], ""), self.element(array, f"*{p.name}", [p])
