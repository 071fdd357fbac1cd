# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random clauses of a spawn, and the directives beside it that change only when a task runs."""
from aliases import Aliases
from ownership import READ
from program import Block, Directive

NAMEABLE = ("scalar", "struct", "array", "object")


class Clauses(Aliases):
    def condition_clause(self):
        """An `if` clause. Its condition is no part of the serial program, so it may not throw."""
        throws, self.throws = self.throws, False
        clause = f" if({self.condition()})"
        self.throws = throws
        return clause

    def plain_clauses(self):
        """Clauses that leave the captures as they are."""
        clauses = self.condition_clause() if self.chance(12) else ""
        return clauses + (f' label("{self.name("task ")}")' if self.chance(5) else "")

    def capture_clauses(self, task, named=()):
        """Clauses that say how this task, or loop, gets its variables but those that are `named` by others. Returns them, and
        the variables that they copy."""
        modes = {}
        for variable, _, mode in task.uses:
            if variable.owner is not task and variable not in named:
                modes.setdefault(variable, set()).add(mode)
        bases = {variable.base for variable in modes}
        written = {cell for _, leaf, mode in task.uses if mode != READ for cell in leaf.cells}
        nameable = {v for v in modes if v.kind in NAMEABLE and v.name.isidentifier() and not (v.binding or v.index or v in bases)}
        none = self.chance(10) and nameable and nameable == set(modes)
        clauses, copied = "", set()
        for variable in modes:  # in the order in which the task uses them
            if variable not in nameable or not (none or self.chance(12)):
                continue
            if modes[variable] == {READ} and not variable.cells() & written and (variable.const or self.a.has_copied(variable) or self.chance(60)):
                copied.add(variable)
                # A move counts as a change, for which a task further out would have to borrow the variable.
                move = variable.owner is self.a and task.kind == "task" and variable.kind == "scalar" and not variable.const and self.chance(20)
                clauses += f" {'move' if move else 'firstprivate'}({variable.name})"
            elif none or not variable.const:
                for leaf in variable.leaves:
                    task.use(variable, leaf, 0)
                clauses += f" shared({variable.name})"
        return clauses + " default(none)" * bool(none), copied

    def make_load_balance(self):
        return [Directive("load_balance")]

    def make_scope(self):
        """A block that waits at its end for what it spawned."""
        before = list(self.a.loans)
        nodes = self.block(lambda: self.statements(self.random.randrange(2, 5)))
        self.a.loans = [loan for loan in self.a.loans if loan in before]
        return [Directive("sync_scope", Block("", nodes))]
