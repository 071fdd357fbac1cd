# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random spawns and syncs, and graphs of tasks that depend on each other."""
from clauses import Clauses
from ownership import Handle, Leaf, READ, Variable, WRITE, new_cell
from program import Block, Directive, Text

MOST_DEPTH = 4  # of statements in statements


class Tasks(Clauses):
    def make_sync(self):
        if self.a.named() and self.chance(60):
            loan = self.random.choice(self.a.named())
            self.a.loans.remove(loan)
            return [Directive(f"sync({loan.handle.name})", None, loan.handle)]
        return [self.sync()] if self.a.loans or self.chance(20) else None

    def sync(self):
        self.a.sync()
        return Directive("sync")

    def make_spawn(self):
        if self.chance(20):
            return self.output()
        mine = [(v, leaf) for v, leaf in self.a.writable() if not v.cells() & self.a.kept]
        if not mine:
            return None
        return self.spawn(self.apart(self.random.sample(mine, min(len(mine), self.random.randrange(1, 4)))))

    def handle(self):
        return Handle(self.name("h"), self.a.blocks[-1] if self.a.blocks else None)

    @staticmethod
    def apart(chosen):
        """Of these leaves, those that are not under two names of variables."""
        return [(v, leaf) for n, (v, leaf) in enumerate(chosen)
                if not any(other is not v and other.cells() & v.cells() for other, _ in chosen[:n])]

    def output(self, value=None):
        """A variable that a task initialises."""
        variable = Variable(self.name("x"), [Leaf(None, (new_cell(),), self.random.choice(["word", "unsigned"]))],
                            copied=not self.templated, home=self.a.blocks[-1] if self.a.blocks else None)
        leaf = variable.leaves[0]
        leaf.name = variable.name
        task = self.a.start_task([(variable, leaf)])
        returns, self.returns = self.returns, None
        outer, self.a = self.a, task
        line = Text(f"{leaf.name} = {(value or self.risky)()};")
        self.a, self.returns = outer, returns
        words = "spawn" + self.plain_clauses()
        self.a.declare(variable)
        task.use(variable, leaf, WRITE)
        self.a.lend(task)
        if self.chance(30):
            return [Directive(words, Text(f"{leaf.type} {line.line}", declares=True))]
        return [Text(f"{leaf.type} {variable.name};", declares=True), Directive(words, line)]

    def make_overtaken(self):
        """A task with a copy of a variable, which changes at once."""
        a, nodes = self.a, []
        if self.has("inherited") and self.chance(50):
            nodes = self.declare_inherited()
            found = [(v, leaf) for v, leaf in a.writable() if v is a.variables[-1]]
        else:
            found = [(v, leaf) for v, leaf in a.writable() if v.copied and v.base is None]
        if not found:
            return None
        v, leaf = self.random.choice(found)

        def value():
            self.a.use(v, leaf, READ)
            return f"mix({leaf.name if leaf.type == 'word' else f'word({leaf.name})'}, {self.expression(1)})"
        nodes += self.output(value)
        return nodes + [Text(self.assignment(v, leaf))] * a.can_write(v, leaf)

    def spawn(self, writes, ordered=(), words="spawn", group=None):
        """A task that writes one of these leaves at least."""
        outer = self.a
        task = outer.start_task(writes, ordered)
        returns, self.returns = self.returns, None
        self.a = task
        node = self.task_statement(writes)
        self.a, self.returns = outer, returns
        clauses, copied = self.capture_clauses(task) if not ordered else ("", ())
        words += clauses + self.plain_clauses()
        handle = None if group or self.chance(70) else self.handle()
        outer.lend(task, ordered, copied, handle)
        if not handle:
            return [Directive(words, node, group)]
        return [Text(f"weave::handle {handle.name};", declares=True), Directive(f"{words} handle({handle.name})", node, handle)]

    def task_statement(self, writes):
        write = lambda: Text(self.assignment(*self.random.choice(writes)))
        more = self.depth < MOST_DEPTH

        def several():
            made = [write()]
            if more:
                self.depth += 1
                made += self.statements(self.random.randrange(1, 4))
                self.depth -= 1
            if self.chance(50):
                found = [(v, leaf) for v, leaf in writes if self.a.can_write(v, leaf)]
                made += [Text(self.assignment(*found[0]))] if found else []
            return made
        kind = self.random.randrange(12)
        if kind < 5 or self.a.weight > 100:
            return write()
        if kind < 9:
            return Block("", self.block(several))
        if kind == 9:
            return Block(f"if ({self.condition()})", self.block(several))
        if kind == 10:
            counter, n = self.counter(self.name("i")), self.random.randrange(1, 4)
            body = self.repeated(several, n, [counter])
            return Block(f"for (int {counter.name} = 0; {counter.name} < {n}; ++{counter.name})", body)
        return Block(f"switch ({self.expression(1)} % 2)", [Text("case 0:"), write(), Text("break;"), Text("default:"), write()])

    # Dependence graphs.

    def make_graph(self):
        a = self.a
        found = [(v, leaf) for v, leaf in a.writable() if not leaf.setter and a.can_order(v, leaf, WRITE) and v.base is None]
        if len(found) < 2:
            return None
        leaves = self.apart(self.random.sample(found, min(len(found), 4)))
        group = a
        depth, self.depth = self.depth, max(self.depth, MOST_DEPTH - 1)

        def tasks():
            nodes = []
            for _ in range(self.random.randrange(2, 6)):
                made = self.graph_task(leaves, group)
                nodes += made or []
            return nodes
        counter = None
        if self.chance(40):
            counter, n = self.counter(self.name("i")), self.random.randrange(2, 5)
            a.weight *= n
            nodes = self.block(tasks, [counter])
            a.weight //= n
            nodes = [Block(f"for (int {counter.name} = 0; {counter.name} < {n}; ++{counter.name})", nodes)]
            # What the tasks of one round read beside their operands, those of the next do not write.
        else:
            nodes = tasks()
        self.depth = depth
        return nodes

    def graph_task(self, leaves, group):
        a = self.a
        chosen, ordered, taken = self.random.sample(leaves, self.random.randrange(1, len(leaves) + 1)), [], set()
        for n, (variable, leaf) in enumerate(chosen):
            mode = WRITE if n == 0 or self.chance(30) else READ
            if not a.can_order(variable, leaf, mode) or set(leaf.cells) & taken:
                continue
            taken |= set(leaf.cells)
            ordered.append((variable, leaf, mode))
        writes = [(v, leaf) for v, leaf, mode in ordered if mode == WRITE]
        if not writes:
            return None
        words = {READ: "in", WRITE: "inout"}
        clause = "; ".join(f"{words[mode]}: {leaf.name}" for _, leaf, mode in ordered)
        return self.spawn(writes, ordered, f"spawn depends_on({clause})", group)

    def make_wavefront(self):
        """An array whose elements depend on their neighbours."""
        a = self.a
        arrays = [v for v in self.whole_arrays() if not v.cells() & a.kept]
        if not arrays:
            return None
        array = self.random.choice(arrays)
        counter = self.counter(self.name("i"))
        i, n = counter.name, len(array.leaves)
        at = lambda index: array.leaves[0].name.replace("[0]", f"[{index}]")
        cells = array.cells()
        a.declare(counter)
        task = a.start_task([])
        for cell in cells:
            task.access[cell] = 0
        outer, self.a = a, task
        a.weight *= n
        value = self.expression()
        a.weight //= n
        self.a = outer
        for leaf in array.leaves:
            task.use(array, leaf, WRITE)
        a.variables.remove(counter)
        a.lend(task, [(array, leaf, WRITE) for leaf in array.leaves])
        return [Block(f"for (int {i} = 1; {i} < {n}; ++{i})", [
            Directive(f"spawn depends_on(in: {at(i + ' - 1')}; inout: {at(i)})",
                      Text(f"{at(i)} = mix({at(i)}, {at(i + ' - 1')}) + {value};"), a)])]
