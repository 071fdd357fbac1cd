# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random loops, serial and parallel."""
from ownership import Activation, Leaf, Loop, READ, Variable, WRITE, new_cell
from program import Block, Directive, Text
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
        return [v for v in self.a.variables if v.kind == "array" and all(may(v, leaf) for leaf in v.leaves)
                and (level == READ or not v.cells() & self.a.kept)]

    def element(self, array, counter):
        """The element that a round has for itself."""
        name = array.leaves[0].name.replace("[0]", f"[{counter.name}]")
        return Variable(name, [Leaf(name, (new_cell(),))], copied=False, home=array.home, index=counter, base=array)

    def make_array_loop(self):
        """Each round owns one element, so that its tasks need not end before the next."""
        a = self.a
        arrays = self.whole_arrays()
        if not arrays or self.a.weight > 100:
            return None
        array = self.random.choice(arrays)
        counter = self.counter(self.name("i"))
        element = self.element(array, counter)
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

    # Parallel loops.

    def header(self, counter, n, times):
        """A loop header of a random form that runs over 0..n-1, a multiple of `times` if it strides."""
        i = counter.name
        return self.random.choice([
            f"for (int {i} = 0; {i} < {n}; ++{i})",
            f"for (unsigned {i} = 0; {i} != {n}; {i}++)",
            f"for (long {i} = {n} - 1; {i} >= 0; --{i})",
            f"for (unsigned char {i} = 0; {i} <= {n - 1}; {i} += 1)",
            f"for (auto {i} = 0ull; {n} > {i}; ++{i})",
            f"for (short {i} = {n - 1}; {i} > -1; {i} -= 1)"])

    def parallel_body(self, element, write, counter, n):
        """The activation of a parallel loop: it owns its element and reads what it can."""
        outer = self.a
        body = Activation("loop", outer, outer.weight * n)
        body.variables = list(outer.variables)
        for variable, leaf in outer.readable():
            for cell in leaf.cells:
                body.access[cell] = READ
        if element:
            for cell in element.base.cells():
                body.access[cell] = 0
        returns, self.returns = self.returns, None
        self.a = body

        def inner():
            if element:
                body.declare(element)
            return write()
        body.loops.append(Loop(0, [], True, True))
        nodes = self.block(inner, [counter])
        self.a, self.returns = outer, returns
        for variable, leaf, mode in body.uses:
            if variable is element:
                outer.uses += [(element.base, each, mode) for each in element.base.leaves]
            elif variable.owner is not body:
                outer.uses.append((variable, leaf, mode))
        return nodes

    def make_parallel_fill(self):
        arrays = self.whole_arrays()
        if not arrays or self.a.weight > 100:
            return None
        array = self.random.choice(arrays)
        counter = self.counter(self.name("i"))
        element, n = self.element(array, counter), len(array.leaves)
        body = self.parallel_body(
            element, lambda: [Text(self.assignment(element, element.leaves[0]))] + self.statements(self.random.randrange(0, 3)),
            counter, n)
        for cell in array.cells():
            self.a.task_written.add(cell)
        return [Directive("parallel_for", Block(self.header(counter, n, n), body))]

    def make_reduction(self):
        a = self.a
        found = [(v, leaf) for v, leaf in a.writable()
                 if v.kind == "scalar" and v.lvalue and not leaf.setter and v.base is None and leaf.name == v.name]
        if not found or a.weight > 100:
            return None
        chosen = self.random.sample(found, min(len(found), self.random.randrange(1, 3)))
        chosen = self.apart(chosen)
        counter, n = self.counter(self.name("i")), self.random.choice([1, 3, 8, 40])
        operators = [self.random.choice("+*^&|") for _ in chosen]
        levels = {cell: self.a.access[cell] for _, leaf in chosen for cell in leaf.cells}
        for cell in levels:
            self.a.access[cell] = 0  # the body only adds to them

        def write():
            made = []
            for (_, leaf), operator in zip(chosen, operators):
                made += [Text(f"{leaf.name} {operator}= {self.expression(1)};")]
            if self.chance(30):
                made = self.statements(self.random.randrange(1, 3)) + made
            return made
        body = self.parallel_body(None, write, counter, n)
        self.a.access.update(levels)
        for variable, leaf in chosen:
            self.a.use(variable, leaf, WRITE)
        clauses = " ".join(f"reduction({operator}: {leaf.name})" for (_, leaf), operator in zip(chosen, operators))
        return [Directive(f"parallel_for {clauses}", Block(self.header(counter, n, 1), body))]
