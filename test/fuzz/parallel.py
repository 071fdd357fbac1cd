# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random parallel loops: what each round owns, and what they reduce."""
from ownership import Activation, Leaf, Loop, READ, Variable, WRITE, new_cell
from program import Block, Directive, Text
from spaces import Spaces

# The operator of a reduction, how the body of the loop adds `{1}` to the variable `{0}`, and another clause that this needs.
REDUCTIONS = [(operator, "{0} " + operator + "= {1};", "") for operator in "+*^&|"] + [
    ("min", "{0} = {1} < {0} ? {1} : {0};", ""),
    ("max", "if ({0} < {1}) {0} = {1};", ""),
    ("&&", "{0} = {0} && ({1}) % 8 != 0;", ""),
    ("||", "{0} = {0} || ({1}) % 8 == 0;", "")]
REDUCTIONS_OF_WORDS = REDUCTIONS + [
    ("smaller", "{0} = smaller({0}, {1});", " identity(~0ull)"),
    ("compose", "{0} = compose({0}, {1});", " identity(1ull << 32)")]


class ParallelLoops(Spaces):
    def parallel_body(self, space, element, write, rounds, secret=(), own=()):
        """The body of a parallel loop, and what belongs to it. A round owns its element, and the cells that are its `own`;
        it reads what it can but what is `secret`."""
        outer = self.a
        body = Activation("loop", outer, outer.weight * rounds)
        body.variables = list(outer.variables)
        for _, leaf in outer.readable():
            for cell in leaf.cells:
                body.access[cell] = READ
        body.access.update({cell: 0 for cell in secret})
        body.access.update({cell: WRITE for cell in own})
        returns, self.returns = self.returns, None
        self.a = body

        def inner():
            if element:
                for each in element.index:
                    body.declare(each, 0)
                body.declare(element)
            return write()
        body.loops.append(Loop(0, [], True, True))
        nodes = self.block(inner, space.counters)
        self.a, self.returns = outer, returns
        for _, _, mode in [use for use in body.uses if use[0] is element]:
            body.uses += [(element.base, leaf, mode) for leaf in element.base.leaves]
        return nodes, body

    def parallel_for(self, space, nodes, body, clauses="", named=()):
        """The loop with these clauses and some more. Ends the writing of its body. `named`: the variables of these clauses."""
        more, copied = self.capture_clauses(body, named)
        words = f"parallel_for{space.clause}{clauses}{more}{self.plain_clauses()}"
        if self.chance(15):
            least = self.random.randrange(1, 5)
            words += f" grainsize({self.number(least) if self.captures_all else least})"
        before = space.before()
        if not named and not space.outside and self.chance(30):
            words += " nowait"
            handle = None
            if self.chance(30):
                handle = self.handle()
                before.append(Text(f"weave::handle {handle.name};", declares=True))
                words += f" handle({handle.name})"
            self.a.lend(body, (), copied, handle)
        else:
            self.a.uses += [use for use in body.uses if use[0].owner is not body]
        if space.outside:  # has its serial value behind the loop
            self.a.declare(space.outside, READ)
        return before + [Directive(words, space.loops(nodes))]

    def make_parallel_fill(self):
        arrays = self.whole_arrays()
        if not arrays or self.a.weight > 100:
            return None
        array = self.random.choice(arrays)
        space, element = self.elements(array)
        private = [v for v, leaf in self.reducible(1) if leaf.type == "word" and not v.binding and
                   not any(other is not v and other.cells() & v.cells() for other in self.a.variables)] if self.chance(15) else []

        def write():
            made = [Text(f"{v.name} = {self.expression(1)};") for v in private]
            made.append(Text(self.assignment(element, element.leaves[0])))
            return made + self.statements(self.random.randrange(0, 3))
        own = {cell for v in private for cell in v.cells()}
        nodes, body = self.parallel_body(space, element, write, len(array.leaves), array.cells(), own)
        for v in private:
            body.use(v, v.leaves[0], WRITE)
        self.a.task_written |= array.cells()
        made = self.parallel_for(space, nodes, body, "".join(f" private({v.name})" for v in private), private)
        # The serial program leaves in it what the last round has written.
        return made + [Text(f"{v.name} = {self.expression(1)};") for v in private]

    def reducible(self, count):
        """Variables that a loop may reduce."""
        found = [(v, leaf) for v, leaf in self.a.writable()
                 if v.kind == "scalar" and v.lvalue and not leaf.setter and v.base is None and leaf.name == v.name]
        return self.apart(self.random.sample(found, min(len(found), count))) if self.a.weight <= 100 else []

    def make_reduction(self):
        chosen = self.reducible(self.random.randrange(1, 3))
        if not chosen:
            return None
        ways = [self.random.choice(REDUCTIONS_OF_WORDS if leaf.type == "word" else REDUCTIONS) for _, leaf in chosen]
        arrays = self.whole_arrays(READ)
        if arrays and self.chance(40):
            array = self.random.choice(arrays)
            rounds, (space, element) = len(array.leaves), self.elements(array)
            element.const = True
        else:
            rounds, element = self.random.choice([1, 3, 8, 40]), None
            space = self.space(rounds)
        secret = {cell for _, leaf in chosen for cell in leaf.cells}  # the body only adds to them

        def write():
            made = self.statements(self.random.randrange(1, 3)) if self.chance(30) else []
            if element:
                self.a.use(element, element.leaves[0], READ)
            for (_, leaf), (_, line, _) in zip(chosen, ways):
                value = self.expression(1)
                if element and self.chance(60):
                    value = f"mix({element.name}, {value})"
                name = self.name("x")
                made += [Text(f"const auto {name} = static_cast<{leaf.type}>({value});", declares=True), Text(line.format(leaf.name, name))]
            return made
        nodes, body = self.parallel_body(space, element, write, rounds, secret)
        for variable, leaf in chosen:
            body.use(variable, leaf, WRITE)
        clauses = "".join(f" reduction({operator}: {leaf.name}){identity}" for (_, leaf), (operator, _, identity) in zip(chosen, ways))
        if self.chance(20):
            clauses += " reproducible"
        return self.parallel_for(space, nodes, body, clauses, [variable for variable, _ in chosen])

    def make_staged(self):
        """A loop whose pieces add up on their own, and then to a variable that they share."""
        chosen = [(v, leaf) for v, leaf in self.reducible(1) if leaf.type == "word"]
        if not chosen:
            return None
        (variable, leaf), = chosen
        rounds, mine = self.random.choice([1, 3, 8, 40]), self.name("x")
        space = self.line(rounds)
        nodes, body = self.parallel_body(space, None, lambda: [Text(f"{mine} += {self.expression()};")], rounds, leaf.cells)
        self.a.uses += [use for use in body.uses if use[0].owner is not body]
        self.a.use(variable, leaf, WRITE)
        return space.before() + [Directive("parallel_for staged", Block("", [
            Text(f"word {mine} = 0;"), space.loops(nodes), Text(f"add({leaf.name}, {mine});")]))]
