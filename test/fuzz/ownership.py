# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Who may touch which variable at each point of a program: why a generated program has no race.

A *cell* is a piece of memory that is read or written as one. An activation (of a function, a task, the body of a loop) may write
some cells and read others. A spawn lends cells to its task: what the task writes is out of bounds until the join, what it reads is
read-only. What a task only reads, and the language promises to copy, is not lent: the generator changes it on purpose
while the task runs.

Several variables may name one cell: references, pointers, lambdas, views. An activation that is `aliasing` counts on no
copies: what its tasks read is lent, under whatever name, so that a task may read under one name what it writes under another.
There a copy must not be told from the variable.
"""
import itertools
from dataclasses import dataclass, field

READ, WRITE, ORDERED = 1, 2, 3  # how much of a cell is lent; ORDERED: to tasks that depends_on puts in order
_cells = itertools.count()


def new_cell():
    return next(_cells)


@dataclass(eq=False)
class Leaf:
    """A scalar of a variable: the text that names it, and the cells that this stands for."""
    name: str
    cells: tuple
    type: str = "word"
    setter: str = ""  # how to write it if `name` is no lvalue


@dataclass(eq=False)
class Variable:
    name: str
    leaves: list
    kind: str = "scalar"
    const: bool = False
    copied: bool = True  # into a task that only reads it
    home: object = None  # the block that declares what it names
    place: object = None  # the block that declares it, if it is an object that refers to others
    owner: object = None  # the activation that declares it
    index: tuple = ()  # the variables that the names of the leaves mention too
    base: object = None  # the array of which this is an element
    lvalue: bool = True
    binding: bool = False
    borrows: bool = False  # whether a task that has a copy of it still borrows what it refers to

    def cells(self):
        return {cell for leaf in self.leaves for cell in leaf.cells}


@dataclass(eq=False)
class Loan:
    levels: dict  # of cells
    block: object = None  # at whose end the task is joined, if before that of the activation
    handle: object = None


@dataclass(eq=False)
class Scope:
    """A block that is open."""
    joins: bool = False  # whether the tasks that are spawned in it end with it: a try block or a handler


@dataclass(eq=False)
class Handle:
    """A weave::handle that is bound to one task, in the same block."""
    name: str
    block: object


@dataclass(eq=False)
class Loop:
    depth: int  # number of open blocks outside its body
    entry: list
    may_continue: bool
    jumps: bool
    exits: list = field(default_factory=list)


class Activation:
    """The body of a function, task or parallel loop while it is written."""

    def __init__(self, kind, outer=None, weight=1):
        self.kind = kind
        self.outer = outer
        self.weight = weight  # how often it runs at most
        self.variables = []
        self.access = {}
        self.loans = []
        self.uses = []  # (variable, leaf, mode): mode is READ, WRITE, or 0 for a name that a clause hands out
        self.kept = set()  # cells whose variables tasks have copied: no task may write them
        self.task_written = set()
        self.blocks = []
        self.loops = []
        self.aliasing = outer is not None and outer.aliasing

    def declare(self, variable, level=WRITE):
        variable.owner = self
        for cell in variable.cells():
            self.access.setdefault(cell, level)
        self.variables = [v for v in self.variables if v.name != variable.name] + [variable]
        return variable

    def lent(self, cell):
        return max((loan.levels.get(cell, 0) for loan in self.loans), default=0)

    def can_read(self, leaf):
        return all(self.access.get(cell, 0) >= READ and self.lent(cell) < WRITE for cell in leaf.cells)

    def can_write(self, variable, leaf):
        return (not variable.const and all(self.access.get(cell, 0) >= WRITE and not self.lent(cell) for cell in leaf.cells))

    def readable(self):
        return [(v, leaf) for v in self.variables for leaf in v.leaves if self.can_read(leaf)]

    def writable(self):
        return [(v, leaf) for v in self.variables for leaf in v.leaves if self.can_write(v, leaf)]

    def use(self, variable, leaf, mode):
        self.uses.append((variable, leaf, mode))
        self.uses += [(each, each.leaves[0], READ) for each in variable.index]

    def sync(self):
        self.loans = []

    def named(self):
        """The loans whose tasks can be waited for alone here."""
        return [loan for loan in self.loans if loan.handle and (loan.handle.block is None or loan.handle.block in self.blocks)]

    def has_copied(self, variable):
        """Whether a task here or further out has a copy of it, as none may that another task shares."""
        return bool(self.kept & variable.cells()) or (self.outer is not None and self.outer.has_copied(variable))

    def merge(self, *states):
        """What is lent where several ways come together."""
        self.loans = list(dict.fromkeys(loan for state in states for loan in state))

    def leaving(self, depth):
        """What is still lent behind all blocks but the first `depth`."""
        return [loan for loan in self.loans if loan.block not in self.blocks[depth:]]

    def can_order(self, variable, leaf, mode):
        """Whether a task may name this leaf in depends_on."""
        return (not (mode == WRITE and (variable.const or self.kept & variable.cells()))
                and all(self.access.get(cell, 0) >= mode for cell in leaf.cells)
                and all(loan.levels.get(cell, ORDERED) == ORDERED for loan in self.loans for cell in leaf.cells))

    def start_task(self, writes, ordered=()):
        """An activation for a task, which may write and read what it is given and read what else nobody writes."""
        task = Activation("task", self, self.weight)
        # Unless it is aliasing, what it writes has one name there: a copy would not see what is written under another.
        written = {cell for _, leaf, *_ in [*writes, *ordered] for cell in leaf.cells}
        named = {variable for variable, *_ in [*writes, *ordered]}
        task.variables = [v for v in self.variables if self.aliasing or v in named or not v.cells() & written]
        for variable, leaf in self.readable():
            for cell in leaf.cells:
                task.access[cell] = READ
        for variable, leaf in writes:
            for cell in leaf.cells:
                task.access[cell] = WRITE
        for variable, leaf, mode in ordered:
            for cell in leaf.cells:
                task.access[cell] = mode
        return task

    def lend(self, task, ordered=(), copied=(), handle=None):
        """Ends the writing of a task: lends it what it uses. `ordered`: the leaves that its depends_on names. `copied`: the
        variables that clauses copy into it."""
        levels = {}
        homes = [n for n, scope in enumerate(self.blocks) if scope.joins]
        operands = {variable for variable, _, _ in ordered}
        uses = [use for use in task.uses if use[0].owner is not task]
        for variable in dict.fromkeys(v for v, _, _ in uses):
            own = [(leaf, mode) for v, leaf, mode in uses if v is variable]
            written = any(mode != READ for _, mode in own)
            if variable in copied:
                continue
            if (not written and variable.copied and not self.aliasing and variable not in operands
                    and not variable.cells() & self.task_written):
                self.kept |= variable.cells()
                continue
            if (written or variable.borrows) and variable.home in self.blocks:
                homes.append(self.blocks.index(variable.home))
            for leaf, mode in own:
                for cell in leaf.cells:
                    levels[cell] = max(levels.get(cell, 0), WRITE if mode == WRITE else READ)
                    if mode == WRITE:
                        self.task_written.add(cell)
        for variable, leaf, _ in ordered:
            for cell in leaf.cells:
                levels[cell] = ORDERED
                self.task_written.add(cell)
        uses += [(variable, leaf, mode) for variable, leaf, mode in ordered if variable.owner is not task]
        if levels:
            self.loans.append(Loan(levels, self.blocks[max(homes)] if homes else None, handle))
        self.uses += uses
