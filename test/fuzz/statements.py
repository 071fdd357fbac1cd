# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random blocks of statements, within what ownership allows."""
from ownership import Scope
from program import Block, Directive, Text
from tasks import MOST_DEPTH
from tries import Tries


class Statements(Tries):
    """Each `make_...` returns a list of nodes, or None if such a statement is not possible here."""

    def __init__(self, random):
        super().__init__(random)
        self.depth = 0
        self.returns = None  # how to spell a return from the function that is being written, if it may return here
        self.type_parameter = False
        self.in_lambda = False

    # Blocks.

    def statements(self, count):
        """About `count` statements."""
        nodes = []
        while count > 0:
            made = self.statement()
            if made:
                nodes += made
                count -= 1
        return nodes

    def statement(self):
        chosen = self.random.choices(
            [self.make_declaration, self.make_assignment, self.make_spawn, self.make_sync, self.make_if, self.make_loop,
             self.make_while, self.make_switch, self.make_block, self.make_goto, self.make_try, self.make_array_loop,
             self.make_parallel_fill, self.make_reduction, self.make_staged, self.make_graph, self.make_lambda, self.make_jump,
             self.make_wavefront, self.make_scope, self.make_load_balance, self.make_escape,
             self.make_overtaken, self.make_borrowed],
            [20, 18, 30, 8, 7, 4, 2, 3, 4, 2, 16 if self.has("tries") else 4, 6, 6, 5, 2, 3, 12 if self.has("constants") else 5, 5, 2, 3, 1,
             10 * self.has("addresses"), 10 if self.has("inherited") else 3, 8 * self.has("aliases")])[0]
        nested = chosen not in (self.make_declaration, self.make_assignment, self.make_sync, self.make_jump, self.make_load_balance)
        if nested and self.depth >= MOST_DEPTH:
            return self.make_assignment()
        self.depth += nested
        made = chosen()
        self.depth -= nested
        return made

    def block(self, write, variables=(), joins=False):
        """The nodes that `write` makes, in a block of their own, which declares these variables."""
        a = self.a
        saved, scope = list(a.variables), Scope(joins)
        a.blocks.append(scope)
        for variable in variables:
            variable.home = scope
            a.declare(variable)
        nodes = write()
        a.blocks.pop()
        a.variables = saved
        a.loans = [loan for loan in a.loans if loan.block is not scope]
        return nodes

    def make_block(self):
        return [Block("", self.block(lambda: self.statements(self.random.randrange(2, 5))))]

    def make_if(self):
        a = self.a
        condition, before = self.condition(), list(a.loans)
        then = self.block(lambda: self.statements(self.random.randrange(1, 4)))
        after, a.loans = a.loans, before
        nodes = [Block(f"if ({condition})", then)]
        if self.chance(50):
            nodes.append(Block("else", self.block(lambda: self.statements(self.random.randrange(1, 4)))))
        a.merge(after, a.loans)
        # An arm that is one statement needs no braces, unless they would keep an else apart.
        for node in nodes:
            if len(node.body) == 1 and isinstance(node.body[0], (Text, Directive)) and self.chance(60):
                only = node.body[0]
                inner = only.statement if isinstance(only, Directive) else only
                node.bare = inner is not None and not inner.declares and (
                    isinstance(inner, Text) or not inner.head or inner.head.startswith(("for", "switch")))
        return nodes

    def make_switch(self):
        a = self.a
        head, before, exits = f"switch ({self.expression(1)} % 4)", list(a.loans), []
        body = []
        loops, a.loops = a.loops, []
        for label in ["case 0:", "case 1:", "default:"]:
            a.merge(before, a.loans)
            nodes = self.block(lambda: self.statements(self.random.randrange(1, 3)))
            direct = not any(node.declares for node in nodes)
            body += [Text(label)] + (nodes + [Text(";")] if direct else [Block("", nodes)])
            if label != "default:":
                if self.chance(70):
                    body.append(Text("break;"))
                    exits.append(a.loans)
                    a.loans = before
                else:
                    body.append(Text("[[fallthrough]];"))
        a.merge(*exits, a.loans)
        a.loops = loops
        return [Block(head, body)]

    def make_goto(self):
        """A block that a jump forward may skip, or that a jump backward may repeat."""
        a = self.a
        label = self.name("l")
        if self.chance(50):
            head = f"if ({self.condition()})"
            before = list(a.loans)
            inner = self.block(lambda: self.statements(self.random.randrange(1, 4)))
            a.merge(before, a.loans)
            last = self.make_assignment() if a.writable() else [Text(";")]
            return [Block("", [Block(head, [Text(f"goto {label};")], bare=True), Block("", inner), Text(f"{label}:")] + last)]
        counter = self.name("n")
        inner = self.repeated(lambda: self.statements(self.random.randrange(1, 4)), 3, jumps=False)
        return [Block("", [Text(f"int {counter} = 0;"), Text(f"{label}:"), Block("", inner),
                           Block(f"if (++{counter} < 3)", [Text(f"goto {label};")], bare=True)])]

    # Plain statements.

    def make_assignment(self):
        found = self.a.writable()
        if not found:
            return self.make_declaration()
        return [Text(self.assignment(*self.random.choice(found)))]

    def make_jump(self):
        a = self.a
        loop = a.loops[-1] if a.loops else None
        if loop and loop.jumps and self.chance(50):
            leaving = a.leaving(loop.depth)
            if a.kind == "loop" and len(a.loops) == 1:
                return [Block(f"if ({self.condition()})", [Text("continue;")], bare=True)]
            if self.chance(50):
                line = Block(f"if ({self.condition()})", [Text("break;")], bare=True)
                loop.exits.append(a.leaving(loop.depth))
                return [line]
            if loop.may_continue or all(loan in loop.entry for loan in leaving):
                line = Block(f"if ({self.condition()})", [Text("continue;")], bare=True)
                loop.exits.append(a.leaving(loop.depth))
                return [line]
        if self.returns and a.kind == "function":
            return [Block(f"if ({self.condition()})", [Text(self.returns())], bare=True)]
        return None
