# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random serial loops."""
from ownership import Leaf, Loop, READ, Variable, WRITE, new_cell
from program import Block, Text
from tasks import Tasks


class Loops(Tasks):
    def repeated(self, write, times, variables=(), jumps=True):
        """The body of a loop that runs `times` times at most. Every round may do what the first one may."""
        a = self.a
        nodes = []
        if self.chance(30):
            nodes.append(self.sync())
        before = list(a.loans)
        synced_first = bool(nodes)
        loop = Loop(len(a.blocks), before, synced_first, jumps)
        a.loops.append(loop)
        a.weight *= times

        def body():
            made = write()
            outer = a.leaving(loop.depth)
            if not synced_first and any(loan not in before for loan in outer):
                made.append(self.sync())
            return made
        nodes += self.block(body, variables)
        a.weight //= times
        a.loops.pop()
        a.merge(before, a.loans, *loop.exits)
        return nodes

    def counter(self, name):
        return Variable(name, [Leaf(name, (new_cell(),), "int")], const=True)

    def make_loop(self):
        times, i = self.random.randrange(1, 6), self.name("i")
        if self.a.weight > 100:
            return None
        body = self.repeated(lambda: self.statements(self.random.randrange(1, 4)), times, [self.counter(i)])
        return [Block(f"for (int {i} = 0; {i} < {times}; ++{i})", body)]

    def make_while(self):
        times, n = self.random.randrange(1, 4), self.name("n")
        if self.a.weight > 100:
            return None
        body = self.repeated(lambda: self.statements(self.random.randrange(1, 4)), times)
        if self.chance(50):
            return [Block("", [Text(f"int {n} = {times};"), Block(f"while (--{n} >= 0)", body)])]
        return [Block("", [Text(f"int {n} = {times};"), Block("do", body, f" while (--{n} > 0);")])]

    def whole_arrays(self, level=WRITE):
        """Arrays of which everything may be written, or read."""
        may = self.a.can_write if level == WRITE else lambda v, leaf: self.a.can_read(leaf)
        return [v for v in self.a.variables if v.kind in ("array", "view") and all(may(v, leaf) for leaf in v.leaves)
                and (level == READ or not v.cells() & self.a.kept)]

    def element(self, array, name, counters):
        """The element that a round has for itself, and whose name has these variables in it."""
        return Variable(name, [Leaf(name, (new_cell(),))], copied=False, home=array.home, index=tuple(counters), base=array)

    def make_array_loop(self):
        """Each round owns one element, so that its tasks need not end before the next."""
        a = self.a
        arrays = self.whole_arrays()
        if not arrays or self.a.weight > 100:
            return None
        array = self.random.choice(arrays)
        counter = self.counter(self.name("i"))
        element = self.element(array, f"{array.name}[{counter.name}]", [counter])
        home = array.home
        levels = {cell: a.access[cell] for cell in array.cells()}
        a.task_written |= array.cells()
        uses = len(a.uses)

        def write():
            a.declare(element)
            element.home = home
            for cell in levels:
                a.access[cell] = 0
            made = self.spawn([(element, element.leaves[0])]) if self.chance(70) else []
            return made + self.statements(self.random.randrange(1, 3))
        # What is lent of the element does not keep the next round from its own.
        body, n = [], len(array.leaves)
        before = list(a.loans)
        loop = Loop(len(a.blocks), before, False, True)
        a.loops.append(loop)
        a.weight *= n
        own = element.leaves[0].cells[0]

        def block():
            made = write()
            if any(set(loan.levels) - {own} for loan in a.leaving(loop.depth) if loan not in before):
                made.append(self.sync())
            return made
        body = self.block(block, [counter])
        a.weight //= n
        a.loops.pop()
        a.access.update(levels)
        a.merge(before, a.loans, *loop.exits)
        for loan in a.loans:
            if own in loan.levels:
                loan.levels.update({cell: loan.levels[own] for cell in levels})
        self.whole_uses(uses, element, array)
        return [Block(f"for (int {counter.name} = 0; {counter.name} < {n}; ++{counter.name})", body)]

    def whole_uses(self, start, element, array):
        """What was done to an element was done to the array."""
        a = self.a
        for _, _, mode in [use for use in a.uses[start:] if use[0] is element]:
            a.uses += [(array, leaf, mode) for leaf in array.leaves]
