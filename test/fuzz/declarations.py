# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random declarations of variables, and lambdas."""
from expressions import Expressions
from ownership import Activation, Leaf, READ, Variable, WRITE, new_cell
from program import Block, Text


class Declarations(Expressions):
    def make_declaration(self):
        made = self.random.choice(
            [self.declare_scalar] * 6 + [self.declare_constant] * 2 + [self.declare_reference] * 2 +
            [self.declare_struct, self.declare_struct, self.declare_token, self.declare_array, self.declare_array,
             self.declare_bindings] + [self.declare_inherited] * 3 * self.has("inherited") +
            [self.declare_alias] * 8 * self.has("aliases"))()
        for node in made or []:
            node.declares = True
        return made

    def new(self, letter, kind="scalar", **more):
        a = self.a
        more.setdefault("home", a.blocks[-1] if a.blocks else None)
        return Variable(self.name(letter), [], kind, **more)

    def declare_scalar(self):
        v = self.new("x", copied=not self.templated)
        type = self.random.choice(["word", "word", "unsigned", "unsigned short"])
        v.leaves = [Leaf(v.name, (new_cell(),), "T" if self.type_parameter and self.chance(30) else type)]
        line = f"{v.leaves[0].type} {v.name} = {self.initial(v.leaves[0].type)};"
        self.a.declare(v)
        return [Text(line)]

    def initial(self, type):
        return self.converted(self.expression(), type)

    @staticmethod
    def converted(value, type):
        return value if type == "word" else f"{type}({value})" if " " not in type else f"static_cast<{type}>({value})"

    def declare_constant(self):
        v = self.new("k", "constant", const=True)
        v.leaves = [Leaf(v.name, (new_cell(),))]
        if self.chance(40):
            line = f"{self.random.choice(['constexpr', 'const'])} word {v.name} = {self.random.randrange(100)};"
            v.leaves[0].name = f"total({v.name})"
        else:
            line = f"const word {v.name} = {self.expression()};"
        self.a.declare(v, READ)
        return [Text(line)]

    def declare_reference(self):
        a = self.a
        if self.chance(30):
            found = [(v, leaf) for v, leaf in a.writable() if not leaf.setter and leaf.type == "word" and v.base is None
                     and (v.kind != "alias" or self.inner(v.home, v.place) is None)]
            if len(found) < 2:
                return None
            one, two = self.random.sample(found, 2)
            if set(one[1].cells) & set(two[1].cells):
                return None
            r = self.new("r", home=None, copied=not self.templated)
            r.home = self.inner(one[0].home, two[0].home)
            r.leaves = [Leaf(r.name, one[1].cells + two[1].cells)]
            line = f"word &{r.name} = pick({self.condition()}, {one[1].name}, {two[1].name});"
            for v, leaf in (one, two):
                a.use(v, leaf, WRITE)
            a.declare(r)
            return [Text(line)]
        found = [(v, leaf) for v, leaf in a.readable() if not leaf.setter and v.base is None and not v.binding
                 and v.kind != "address" and (v.kind != "alias" or self.inner(v.home, v.place) is None)]
        if not found:
            return None
        v, leaf = self.random.choice(found)
        constant = v.const or not a.can_write(v, leaf) or self.chance(30)
        r = self.new("r", home=v.home, const=constant, copied=not self.templated)
        r.leaves = [Leaf(r.name, leaf.cells, leaf.type)]
        a.use(v, leaf, READ if constant else WRITE)
        a.declare(r)
        type = self.random.choice(["auto", leaf.type])
        return [Text(f"{'const ' if constant else ''}{type} &{r.name} = {leaf.name};")]

    def inner(self, *homes):
        known = [home for home in homes if home in self.a.blocks]
        return max(known, key=self.a.blocks.index) if known else None

    def declare_struct(self):
        small = self.chance(60)
        v = self.new("s", "struct", copied=small)
        v.leaves = [Leaf(f"{v.name}.a", (new_cell(),)), Leaf(f"{v.name}.b", (new_cell(),), "unsigned")]
        if not small:
            v.leaves += [Leaf(f"{v.name}.c[{n}]", (new_cell(),)) for n in range(3)]
        rest = "" if small else ", {1, 2, 3}"
        line = f"{'duo' if small else 'wide'} {v.name} = {{{self.expression()}, unsigned({self.expression(1)}){rest}}};"
        self.a.declare(v)
        return [Text(line)]

    def declare_token(self):
        v = self.new("t", "object", copied=False, lvalue=False)
        v.leaves = [Leaf(f"{v.name}.get()", (new_cell(),), setter=v.name + ".set({})")]
        line = f"token {v.name}{{{self.expression()}}};"
        self.a.declare(v)
        return [Text(line)]

    def declare_inherited(self):
        """An object whose members are those of its bases. Small, so that a task that only reads it has a copy."""
        v = self.new("d", "object", lvalue=False)
        get, set = self.random.choice([("{}.get()", "{}.set({{}})"), ("{}.read()", "{}.value = {{}}"), ("{}.value", "{}.value = {{}}"),
                                       ("{}(1)", "{}.set({{}})"), ("word({})", "static_cast<base &>({}).set({{}})"),
                                       ("{}.base::get()", "{}.set({{}})")])
        v.leaves = [Leaf(get.format(v.name), (new_cell(),), setter=set.format(v.name))]
        line = f"derived {v.name}{{{{{self.expression()}}}, {{}}}};"
        self.a.declare(v)
        return [Text(line, declares=True)]

    def declare_array(self):
        n = self.random.choice([2, 4, 8, 9, 12])
        v = self.new("v", "array", copied=n <= 8)
        v.leaves = [Leaf(f"{v.name}[{i}]", (new_cell(),)) for i in range(n)]
        line = f"word {v.name}[{n}] = {{{self.expression()}, {self.expression(1)}}};"
        self.a.declare(v)
        return [Text(line)]

    def declare_bindings(self):
        a = self.a
        one, two = self.name("b"), self.name("b")
        structs = [v for v in a.variables if v.kind == "struct" and v.copied and all(a.can_write(v, leaf) for leaf in v.leaves)]
        if structs and self.chance(60):
            s = self.random.choice(structs)
            made = [Variable(name, [Leaf(name, leaf.cells, leaf.type)], home=s.home, binding=True)
                    for name, leaf in zip((one, two), s.leaves)]
            line = f"auto &[{one}, {two}] = {s.name};"
            for leaf in s.leaves:
                a.use(s, leaf, WRITE)
        else:
            home = a.blocks[-1] if a.blocks else None
            made = [Variable(name, [Leaf(name, (new_cell(),), type)], home=home, binding=True)
                    for name, type in ((one, "word"), (two, "unsigned"))]
            line = f"auto [{one}, {two}] = duo{{{self.expression()}, unsigned({self.expression(1)})}};"
        for variable in made:
            a.declare(variable)
        return [Text(line)]

    # Lambdas.

    def make_lambda(self):
        """A lambda that is called at once, or twice."""
        outer = self.a
        body = Activation("function", outer, outer.weight)
        captures = []
        by_default = self.chance(70 if self.has("constants") else 25)
        for variable in outer.variables:
            if variable.binding or variable.base or variable.kind in ("pack", "address"):
                continue
            if variable.kind == "member":
                body.variables.append(variable)
                continue
            if by_default or (self.chance(50) and variable.kind != "constant"):
                if not by_default and self.chance(40) and variable.kind in ("scalar", "struct") and variable.lvalue:
                    if not all(outer.can_read(leaf) for leaf in variable.leaves):
                        continue
                    copy = Variable(variable.name, [Leaf(leaf.name, (new_cell(),), leaf.type) for leaf in variable.leaves],
                                    variable.kind, const=True, copied=variable.copied)
                    for leaf in variable.leaves:
                        outer.use(variable, leaf, READ)
                    captures.append(variable.name)
                    body.declare(copy, READ)
                elif variable.name.isidentifier():
                    captures.append("&" + variable.name)
                    body.variables.append(variable)
        for variable, leaf in outer.readable():
            for cell in leaf.cells:
                body.access.setdefault(cell, READ)
        for variable, leaf in outer.writable():
            for cell in leaf.cells:
                if cell not in outer.kept:
                    body.access[cell] = max(WRITE, body.access.get(cell, 0))
        parameter = Variable(self.name("p"), [])
        parameter.leaves = [Leaf(parameter.name, (new_cell(),))]
        init = Variable(self.name("q"), [], const=True)
        init.leaves = [Leaf(init.name, (new_cell(),))]
        captures.append(f"{init.name} = {self.expression(1)}")
        arguments = [self.expression(1) for _ in range(2)]
        saved = self.returns, self.in_lambda, self.captures_all, self.a, outer.weight
        self.a, self.in_lambda, self.captures_all = body, True, self.captures_all and by_default
        body.weight = outer.weight * 2
        body.declare(init, READ)
        body.declare(parameter)
        self.returns = lambda: f"return {self.expression()};"
        nodes = self.statements(self.random.randrange(1, 5))
        if self.has("constants") and self.chance(50):
            nodes += self.make_reduction() or []
        nodes.append(Text(self.returns()))
        self.returns, self.in_lambda, self.captures_all, self.a, outer.weight = saved
        outer.uses += [use for use in body.uses if use[0].owner is not body]
        used = {v.name for v, _, _ in body.uses} | {init.name}
        captures = (["&", captures[-1]] if by_default else
                    ["this"] * any(v.kind == "member" for v, _, _ in body.uses) + [c for c in captures if c.lstrip("&").split(" ")[0] in used])
        name, result = self.name("f"), self.new("x")
        result.leaves = [Leaf(result.name, (new_cell(),))]
        head = f"const auto {name} = [{', '.join(captures)}](word {parameter.name}) -> word"
        outer.declare(result)
        call = f"word {result.name} = {name}({arguments[0]})" + (f" + {name}({arguments[1]});" if self.chance(50) else ";")
        return [Block(head, nodes, ";", declares=True), Text(call, declares=True)]
