# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random variables that name other variables, tasks that borrow through them, and tasks that keep addresses."""
from declarations import Declarations
from ownership import Leaf, READ, Variable, WRITE, new_cell
from program import Block, Directive, Text


class Aliases(Declarations):
    def named(self, found):
        """Those of these leaves that another variable can name. Not the counters of loops, which may not change: a tool
        cannot tell what std::as_const gets from what is changed."""
        return [(v, leaf) for v, leaf in found if v.base is None and not v.binding and v.kind not in ("pack", "constant", "address")
                and (not leaf.setter or v.kind == "object") and not (v.const and leaf.type == "int")]

    def declare_alias(self):
        a = self.a
        arrays = [v for v in self.whole_arrays() if v.name.isidentifier() and v.kind == "array"]
        if arrays and self.chance(25):
            return self.declare_view(self.random.choice(arrays))
        found = self.named(a.readable())
        if not found:
            return None
        return self.alias_of(*self.random.choice(found[-8:]))

    def alias_of(self, v, leaf):
        """The declaration of another name for this."""
        a = self.a
        constant = bool(v.const or leaf.setter or not a.can_write(v, leaf) or self.chance(25))
        home = self.inner(v.home, v.place)
        ways = [self.lambda_of] * 2
        if not leaf.setter and (v.kind != "alias" or home is None):
            ways += [self.link_to] * 2
        if not leaf.setter and home is None:  # the text need not tell what these refer to, so they are for what outlives them
            ways += [self.function_of, self.pointer_to, self.pointer_to, self.wrapped]
        alias = self.new("w", "alias", const=constant, copied=False, home=home, place=self.here())
        name, line = self.random.choice(ways)(alias, v, leaf)
        alias.leaves = [Leaf(name, leaf.cells, leaf.type)]
        a.use(v, leaf, READ if constant else WRITE)
        a.declare(alias)
        return [Text(line, declares=True)]

    def captures(self, v):
        return f"[&{v.name}]" if v.name.isidentifier() and v.kind not in ("member", "alias") and self.chance(40) else "[&]"

    def lambda_of(self, alias, v, leaf):
        alias.borrows = True
        result = "" if leaf.setter else f"() -> {'const ' if alias.const else ''}auto &"
        return f"{alias.name}()", f"const auto {alias.name} = {self.captures(v)}{result} {{ return {leaf.name}; }};"

    def function_of(self, alias, v, leaf):
        alias.home = self.here()
        type = f"{'const ' if alias.const else ''}{leaf.type} &"
        line = f"const std::function<{type}()> {alias.name} = {self.captures(v)}() -> {type} {{ return {leaf.name}; }};"
        return f"{alias.name}()", line

    def pointer_to(self, alias, v, leaf):
        what, itself = "const " * alias.const, self.random.choice(["", "const "])
        return f"*{alias.name}", f"{what}auto *{itself}{alias.name} = &{leaf.name};"

    def wrapped(self, alias, v, leaf):
        return f"{alias.name}.get()", f"const auto {alias.name} = std::{'c' * alias.const}ref({leaf.name});"

    def link_to(self, alias, v, leaf):
        alias.borrows = True
        if leaf.type == "word" and self.chance(40):  # a class of the function's own
            const = "const " if alias.const else ""
            return f"{alias.name}.at", f"const struct {{ {const}word &at; }} {alias.name}{{{leaf.name}}};"
        what = f"std::as_const({leaf.name})" if alias.const else leaf.name
        return f"{alias.name}.at", f"const link {alias.name}{{{what}}};"

    def declare_view(self, array):
        """All of an array, in an object that holds its address."""
        n = len(array.leaves)
        v = self.new("w", "view", copied=False, home=array.home, place=self.here(), borrows=True)
        v.leaves = [Leaf(f"{v.name}[{i}]", leaf.cells) for i, leaf in enumerate(array.leaves)]
        for leaf in array.leaves:
            self.a.use(array, leaf, WRITE)
        self.a.declare(v)
        return [Text(f"const view {v.name}{{{array.name}, {n}}};")]

    def make_borrowed(self):
        """A block whose task reads a variable of the block through another one, and need not end before the text does."""
        a = self.a
        found = [(v, leaf) for v, leaf in self.named(a.writable()) if not leaf.setter]
        if not found:
            return None
        target, written = self.random.choice(found)

        def write():
            nodes = self.random.choice([self.declare_token, self.declare_token, self.declare_array])()
            v = a.variables[-1]
            nodes += self.declare_view(v) if v.kind == "array" else self.alias_of(v, v.leaves[0])
            alias = a.variables[-1]
            task = a.start_task([(target, written)])
            self.a = task
            leaf = self.random.choice(alias.leaves)
            task.use(alias, leaf, READ)
            task.use(target, written, WRITE)
            value = self.converted(f"mix({leaf.name}, {self.expression(1)})", written.type)
            self.a = a
            a.lend(task)
            return nodes + [Directive("spawn", Text(f"{written.name} = {value};"))]
        return [Block("", self.block(write))]

    def here(self):
        return self.a.blocks[-1] if self.a.blocks else None

    # Addresses.

    def make_escape(self):
        """A task that keeps the address of one of two variables that it only reads."""
        a = self.a
        found = [(v, leaf) for v, leaf in self.named(a.readable())
                 if leaf.type == "word" and not leaf.setter and v.kind != "alias"]
        if len(found) < 2:
            return None
        (v, one), (w, two) = self.random.sample(found, 2)
        if set(one.cells) & set(two.cells):
            return None
        kept = self.new("q", "address", copied=False, const=True, lvalue=False)
        kept.leaves = [Leaf(f"told({kept.name}, &{one.name}, &{two.name})", (new_cell(), *one.cells, *two.cells))]
        own = Leaf(kept.name, kept.leaves[0].cells[:1])
        task = a.start_task([(kept, own)])
        outer, self.a = self.a, task
        lines = self.keeping(kept.name, v, one, two)
        self.a = outer
        a.declare(kept)
        for variable, leaf, mode in ((v, one, READ), (w, two, READ), (kept, own, WRITE)):
            task.use(variable, leaf, mode)
        declaration = Text(f"const word *{kept.name} = nullptr;", declares=True)
        if a.can_order(v, one, READ) and self.chance(20):
            a.lend(task, [(v, one, READ), (kept, own, WRITE)])
            return [declaration, Directive(f"spawn depends_on(in: {one.name}; out: {kept.name})", lines, a)]
        a.lend(task)
        return [declaration, Directive("spawn", lines)]

    def keeping(self, kept, v, one, two):
        """The statement that keeps the address of one or the other."""
        a, b = one.name, two.name
        ways = [f"{kept} = &{a};", f"{kept} = &std::max({a}, {b});",
                f"{kept} = &pick({self.condition()}, std::as_const({a}), std::as_const({b}));", f"keep({kept}, {a});", f"{kept} = std::addressof(std::as_const({b}));",
                f"{{ const auto f = [&]() -> const word & {{ return {a}; }}; {kept} = &f(); }}",
                f"{{ const word &r = std::min({a}, {b}); {kept} = &r; }}"]
        if v.kind == "struct" and v.copied and a == f"{v.name}.a":
            ways += [f"{kept} = {v.name}.at();"] * 4
        return Text(self.random.choice(ways))
