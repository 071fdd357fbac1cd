# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random try blocks, and handlers of what their tasks throw.

What a task throws leaves at its join, at the latest at the end of the innermost try block or handler that holds its spawn. Until
then others go on. So what the block writes says nothing once something was thrown: each handler gives it values first.
"""
from ownership import Leaf, READ, Variable, new_cell
from parallel import ParallelLoops
from program import Block, Directive, Text
from tasks import MOST_DEPTH


class Tries(ParallelLoops):
    def __init__(self, random):
        super().__init__(random)
        self.may_print = False  # whether nothing but main calls the function that is being written
        self.printed = False

    def make_try(self):
        a, thrown_before, uses, nodes = self.a, self.throws, len(self.a.uses), []
        entry = list(a.loans)
        if a.loans and (self.throws or self.chance(50)):  # what these tasks throw is not for these handlers
            nodes.append(self.sync())
        known = {cell for variable in a.variables for cell in variable.cells()}
        before, loans, loops = set(a.writable()), list(a.loans), [(loop, list(loop.exits)) for loop in a.loops]
        self.throws = True
        body = self.try_body()
        self.throws = thrown_before
        again, all_written = self.again(known, before, a.uses[uses:])
        if not all_written:
            a.loans = entry
            for loop, exits in loops:
                loop.exits = exits
            return None
        ways = [a.loans]
        nodes.append(Block("try", body))
        for head, code in self.handlers():
            a.loans = list(loans)
            nodes.append(Block(head, self.handler(again, code)))
            ways.append(a.loans)
        a.merge(*ways)
        return nodes

    def try_body(self):
        def write():
            if self.has("tries"):
                body = self.statements(self.random.randrange(1, 5))
                if self.chance(60):  # both may throw
                    body += (self.make_spawn() or []) + (self.make_assignment() or [])
                return body + [self.sync()] * self.chance(30)
            depth, self.depth = self.depth, MOST_DEPTH
            body = []
            for _ in range(self.random.randrange(2, 5)):
                body += (self.make_spawn if self.chance(60) else self.make_assignment)() or []
            self.depth = depth
            return body + [self.sync()]
        return self.block(write, joins=True)

    @staticmethod
    def again(known, before, uses):
        """What a handler gives values, of what could be written before the block; and whether this is all of the known cells
        that the block may have written."""
        leaves = list(dict.fromkeys(leaf for variable, leaf, mode in uses if mode != READ and (variable, leaf) in before))
        written = {cell for _, leaf, mode in uses if mode != READ for cell in leaf.cells} & known
        return leaves, written <= {cell for leaf in leaves for cell in leaf.cells}

    def handlers(self):
        """The heads of handlers that together catch all that is thrown, and how each spells what was thrown."""
        e = self.name("e")
        one = [(f"catch (const fault &{e})", e)]
        if not self.has("tries"):
            return one
        return self.random.choice([one, one, [(f"catch (fault {e})", e)], [("catch (...)", None)],
                                   [(f"catch (const minor_fault &{e})", e), (f"catch (const fault &{e})", e)],
                                   [(f"catch (const minor_fault &{e})", e), ("catch (...)", None)]])

    def handler(self, again, caught):
        a = self.a
        code = f"{caught}.code" if caught else "1ull"
        lines = []
        for n, leaf in enumerate(again):
            value = f"mix({code}, {n + 1})"
            lines.append(Text(f"{leaf.setter.format(value)};" if leaf.setter else f"{leaf.name} = {self.converted(value, leaf.type)};"))
        if not self.has("tries"):
            return lines or [Text(f"(void){code};")]
        if self.may_print and a.kind == "function" and not self.in_lambda and self.chance(60):
            self.printed = True
            lines.append(Text(f"note({code});"))

        def write():
            made = self.statements(self.random.randrange(0, 3))
            if self.throws and self.chance(40):
                made.append(Text(self.random.choice(["throw;", f"throw fault{{mix({code}, 3)}};"])))
            return made
        variables = [Variable(f"{caught}.code", [Leaf(code, (new_cell(),))], "fault", const=True, copied=False)] if caught else []
        return (lines or [Text(f"(void){code};" if caught else ";")]) + self.block(write, variables, joins=True)
