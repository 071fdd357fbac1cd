# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A whole random program from a seed: functions of every kind, and a main that prints what each returns."""
import pathlib
import random

import features
from decoration import Decoration
from macros import Macros
from ownership import Activation, Leaf, READ, Variable, new_cell
from program import Block, Directive, Include, Program, Text
from statements import Statements

ROUNDS = 6
COST = 400  # of a function, in calls of work()
PRELUDE = pathlib.Path(__file__).with_name("prelude.h")


class Generator(Statements):
    def program(self, functions, chosen):
        self.features = chosen
        result = Program()
        result.header.append(Text(PRELUDE.read_text().split("\n", 2)[2]))
        if self.has("macros"):
            self.macros = Macros(self.random)
            result.header += map(Text, self.macros.definitions())
        in_header = self.chance(30)
        calls = []
        for n in range(functions):
            if self.has("library") and n < functions // 3:  # first, since it calls nothing of the others
                calls.append(self.library_function(f"exported_{n}", result))
                continue
            make = self.random.choices(
                [self.make_function, self.make_throwing, self.make_member, self.make_template, self.make_pack,
                 self.make_tree, self.make_slices, self.make_outputs, self.make_same, self.make_twice],
                [8, 8 if self.has("tries") else 3, 3, 3, 2, 2, 2, 3, 5 * self.has("aliases"), 5 * self.has("includes")])[0]
            nodes, call = make(f"{make.__name__[5:]}_{n}")
            (result.header if in_header and self.chance(50) and not result.main else result.main).extend(nodes)
            calls.append((f"{make.__name__[5:]}_{n}", call))
        result.main.append(self.make_main(calls))
        decoration = Decoration(self.random)
        if self.has("pragmas"):
            decoration.add_pragmas(result.nodes())
        if self.has("includes"):
            decoration.part_files(result.nodes())
        return result

    def library_function(self, name, result):
        nodes, call = self.make_function(name, static=False)
        result.library += nodes
        result.header.append(Text(nodes[0].head + ";"))
        return name, call

    def make_main(self, calls):
        body = [Text("word sum = 0;")]
        for name, call in calls:
            inner = [Text("word r = 0;"),
                     Block("try", [Text(f"r = {call};")]),
                     Block("catch (const fault &f)", [Text("r = mix(f.code, 1);")]),
                     Text("sum = mix(sum, r);")]
            body += [Block(f"for (word n = 0; n < {ROUNDS}; ++n)", inner), Text(f'std::printf("{name} %llx\\n", sum);')]
        body.append(Text("return static_cast<int>(sum % 61);"))
        return Block("int main()", body)

    # Functions.

    def begin(self, throws=False, templated=False, type_parameter=False):
        self.a = Activation("function")
        self.a.aliasing = bool(self.has("aliases") or self.has("addresses"))
        self.cost, self.budget, self.depth = 0, COST, 0
        self.throws, self.templated, self.type_parameter, self.in_lambda = throws, templated, type_parameter, False
        self.may_print, self.printed, self.constants, self.captures_all = False, False, {}, True
        self.returns = lambda: f"return {self.expression()};"

    def parameter(self, letter="p", type="word", **more):
        v = Variable(self.name(letter), [], **more)
        v.leaves = [Leaf(v.name, (new_cell(),), type)]
        self.a.declare(v)
        return v

    def body(self):
        """Statements, and a return of something that depends on all that can be read."""
        nodes = self.declare_constants()
        nodes += self.statements(self.random.randrange(3, 9))
        if self.chance(60):
            nodes.append(self.sync())
        found = self.a.readable()
        for variable, leaf in found:
            self.a.use(variable, leaf, READ)
        value = "0ull"
        for _, leaf in found[-14:]:
            value = f"mix({value}, {leaf.name})"
        nodes.append(Text(f"return {value};"))
        return nodes

    def declare_constants(self):
        """Constants that loops and clauses name, with values that they can use."""
        if not self.has("constants"):
            return []
        values = [n for n in (1, 2, 3, 4, 7, 8, 9, 12, 40) if self.chance(60)]
        self.constants = {n: self.name("n") for n in values}
        return [Text(f"{self.random.choice(['const', 'const', 'constexpr'])} int {name} = {n};", declares=True)
                for n, name in self.constants.items()]

    def arguments(self, count):
        return ", ".join(self.random.choice(["n", f"n + {self.random.randrange(100)}", f"{self.random.randrange(100)} * n"])
                         for _ in range(count))

    def make_function(self, name, throws=False, static=True):
        self.begin(throws)
        self.may_print = True
        count = self.random.randrange(1, 4)
        parameters = ", ".join(f"word {self.parameter().name}" for _ in range(count))
        heads = [f"static word {name}({parameters})", f"inline word {name}({parameters})",
                 f"static auto {name}({parameters}) -> word", f"[[maybe_unused]] static word {name}({parameters})"]
        nodes = [Block(self.random.choice(heads) if static else f"word {name}({parameters})", self.body())]
        if not self.printed:
            self.functions.append((name, count, self.cost + 1, throws))
        return nodes, f"{name}({self.arguments(count)})"

    def make_throwing(self, name):
        return self.make_function(name, throws=True)

    def make_twice(self, name):
        """A function in a file that is included twice, with another name each time; perhaps under two branches of a condition."""
        known = len(self.functions)
        nodes, _ = self.make_function("NAME_OF_FUNCTION")
        function, = self.functions[known:] or [None]
        del self.functions[known:]
        file, result = Include(f"{name}.inc", nodes), []
        for n in (1, 2):
            include = [file] if self.chance(60) else [Text("#ifdef NAME_OF_NOTHING"), file, Text("#else"), file, Text("#endif")]
            result += [Text(f"#define NAME_OF_FUNCTION {name}_{n}"), *include, Text("#undef NAME_OF_FUNCTION")]
        count = nodes[0].head.count("word p")
        if function:
            self.functions.append((f"{name}_{self.random.randrange(1, 3)}", *function[1:]))
        return result, f"mix({name}_1({self.arguments(count)}), {name}_2({self.arguments(count)}))"

    def make_same(self, name):
        """A function of which two parameters refer to one object, at times."""
        self.begin()
        p = self.parameter()
        one = Variable(self.name("s"), [], "same", const=True, copied=False)
        two = Variable(self.name("s"), [], "same", copied=False)
        cells = (new_cell(),), (new_cell(),)
        for variable in one, two:
            variable.leaves = [Leaf(f"{variable.name}.a", cells[0]), Leaf(f"{variable.name}.b", cells[1], "unsigned")]
            self.a.declare(variable)
        x, y = Variable(self.name("o"), [], "same", const=True, copied=False), Variable(self.name("o"), [], "same", copied=False)
        cell = (new_cell(),)
        for variable in x, y:
            variable.leaves = [Leaf(variable.name, cell)]
            self.a.declare(variable)
        nodes = [Block(f"static word {name}(word {p.name}, const duo &{one.name}, duo &{two.name}, const word &{x.name}, word &{y.name})",
                       self.body()),
                 Block(f"static word {name}_call(word n)",
                       [Text("duo s = {n, 1}, other = {2, 3};"), Text("word o = 3 * n, more = n;"),
                        Text(f"const word same = {name}(n, s, s, o, o);"),
                        Text(f"return mix(same, {name}(n, s, other, o, more)) + total(s.a, s.b, other.a, o, more);")])]
        self.functions.append((f"{name}_call", 1, 2 * self.cost + 1, False))
        return nodes, f"{name}_call(n)"

    def make_outputs(self, name):
        """A function that returns through references, a pointer and a struct."""
        self.begin()
        self.a.aliasing = True  # two of its parameters may be one object, for all that the text tells
        p, q = self.parameter(), self.parameter("o")
        s = Variable(self.name("s"), [], "struct", copied=True)
        s.leaves = [Leaf(f"{s.name}.a", (new_cell(),)), Leaf(f"{s.name}.b", (new_cell(),), "unsigned")]
        self.a.declare(s)
        pointer = Variable(self.name("g"), [], "pointer", copied=False, lvalue=False)
        pointer.leaves = [Leaf(f"*{pointer.name}", (new_cell(),))]
        self.a.declare(pointer)
        w = Variable(self.name("w"), [], "struct", const=True, copied=False)
        w.leaves = [Leaf(f"{w.name}.a", (new_cell(),)), Leaf(f"{w.name}.c[1]", (new_cell(),))]
        self.a.declare(w, READ)
        self.returns = lambda: "return;"
        body = self.statements(self.random.randrange(3, 8))
        nodes = [Block(f"static void {name}(word {p.name}, word &{q.name}, duo &{s.name}, word *{pointer.name}, const wide &{w.name})", body),
                 Block(f"static word {name}_call(word n)",
                       [Text("word o = n, g = 3 * n;"), Text("duo s = {n, 1};"), Text("const wide w = {n, 2, {3, n}};"),
                        Text(f"{name}({self.arguments(1)}, o, s, &g, w);"),
                        Text("return total(mix(o, s.a), mix(g, s.b), 0);")])]
        self.functions.append((f"{name}_call", 1, self.cost + 1, False))
        return nodes, f"{name}_call(n)"

    def make_member(self, name):
        """A class with tasks in a member function, and perhaps in its constructor."""
        self.begin()
        members = []
        for letter in ("m", "m"):
            v = Variable(self.name(letter), [], "member", copied=False)
            text = v.name if self.chance(70) else f"this->{v.name}"
            v.leaves = [Leaf(text, (new_cell(),))]
            members.append(self.a.declare(v))
        array = Variable(self.name("m"), [], "array", copied=False)
        array.leaves = [Leaf(f"{array.name}[{n}]", (new_cell(),)) for n in range(4)]
        array.kind = "member"
        self.a.declare(array)
        p = self.parameter()
        run = Block(f"word run(word {p.name})", self.body())
        cost = self.cost
        constructor = Text(f"explicit {name}(word n) : {members[0].name}(n), {members[1].name}(n + 1), {array.name}{{n, n, 3, 4}} {{}}")
        nodes = [Block(f"struct {name}", [constructor, run, Text(f"word {members[0].name}, {members[1].name}, {array.name}[4];")], ";"),
                 Block(f"static word {name}_call(word n)",
                       [Text(f"{name} object(n);"), Text("const word r = object.run(mix(n, 1));"),
                        Text(f"return mix(r, object.{members[1].name});")])]
        self.functions.append((f"{name}_call", 1, cost + 1, False))
        return nodes, f"{name}_call(n)"

    def make_template(self, name):
        """A function template, which the compiler sees before it knows the types."""
        self.begin(templated=True, type_parameter=True)
        p, q = self.parameter("p", "T", copied=False), self.parameter()
        k = Variable("K", [Leaf("K", (new_cell(),), "int")], "constant", const=True)
        self.a.declare(k, READ)
        nodes = [Text("template <class T, int K>"), Block(f"static word {name}(T {p.name}, word {q.name})", self.body())]
        one, two = (self.random.choice(["word", "unsigned", "unsigned short"]) for _ in range(2))
        nodes.append(Block(f"static word {name}_call(word n)", [
            Text(f"return mix({name}<{one}, 2>(static_cast<{one}>(n), n), {name}<{two}, 5>(static_cast<{two}>(n + 1), 9));")]))
        self.functions.append((f"{name}_call", 1, 2 * self.cost + 1, False))
        return nodes, f"{name}_call(n)"

    def make_pack(self, name):
        """A parameter pack, read and written in tasks."""
        self.begin(templated=True)
        pack = Variable(self.name("p"), [], "pack", copied=False, lvalue=False)
        text = self.random.choice([f"total({pack.name}...)", f"(word({pack.name}) + ... + 1ull)"])
        pack.leaves = [Leaf(text, (new_cell(),), setter=f"(({pack.name} += {{}}), ...)")]
        self.a.declare(pack)
        nodes = [Text("template <class... T>"), Block(f"static word {name}(T... {pack.name})", self.body()),
                 Block(f"static word {name}_call(word n)", [Text(f"return mix({name}(n, 2u, n + 3), {name}(7u));")])]
        self.functions.append((f"{name}_call", 1, 2 * self.cost + 1, False))
        return nodes, f"{name}_call(n)"

    # Recursion.

    def make_tree(self, name):
        """A recursion that spawns some of its calls, at most MOST deep."""
        self.begin()
        self.budget = 10
        depth, p = self.parameter("d", "int", const=True), self.parameter()
        nodes = [Block(f"if ({depth.name} <= 0)", [Text(f"return {self.expression()};")], bare=True)]
        nodes += self.statements(self.random.randrange(0, 2))
        for _ in range(self.random.randrange(2, 4)):
            if self.chance(70):
                nodes += self.output(lambda: f"{name}({depth.name} - 1, {self.expression(1)})")
            else:
                x = self.new("x")
                x.leaves = [Leaf(x.name, (new_cell(),))]
                nodes.append(Text(f"const word {x.name} = {name}({depth.name} - 1, {self.expression(1)});"))
                x.const = True
                self.a.declare(x, READ)
        nodes.append(self.sync())
        nodes += self.statements(self.random.randrange(0, 2))
        if self.chance(50):
            nodes.append(self.sync())
        value = "0ull"
        for _, leaf in self.a.readable():
            value = f"mix({value}, {leaf.name})"
        nodes.append(Text(f"return {value};"))
        return [Block(f"static word {name}(int {depth.name}, word {p.name})", nodes)], f"{name}(5, n)"

    def make_slices(self, name):
        """Divide and conquer over a slice of an array."""
        self.begin()
        r = self.random
        p, n, s = self.name("p"), self.name("n"), self.name("s")
        leaf, parts = r.randrange(3, 6), r.randrange(2, 4)
        fill = Block(f"for (int i = 0; i < {n}; ++i)", [Text(f"{p}[i] = mix({p}[i], {s} + i);")], bare=True)
        nodes = [Block(f"if ({n} <= {leaf})", [fill, Text("return;")])]
        nodes.append(Text(f"const int step = {n} / {parts};" if self.chance(50) else f"int step = {n} / {parts};"))
        loop = self.chance(40)
        if loop:
            nodes.append(Block(f"for (int i = 0; i < {parts - 1}; ++i)", [
                Directive("spawn", Text(f"{name}({p} + i * step, step, {s} + i);"))], bare=self.chance(50)))
        else:
            for k in range(parts - 1):
                nodes.append(Directive("spawn", Text(f"{name}({p} + {k} * step, step, {s} * {k + 2});")))
        rest = Text(f"{name}({p} + {parts - 1} * step, {n} - {parts - 1} * step, mix({s}, 3));")
        nodes.append(Directive("spawn", rest) if self.chance(40) else rest)
        if self.chance(60):
            nodes += [Directive("sync"), Block(f"for (int i = 1; i < {n}; ++i)", [Text(f"{p}[i] ^= {p}[i - 1];")], bare=True)]
        size = r.choice([7, 32, 60])
        body = [Text(f"word v[{size}] = {{n, 1, 2}};"), Text(f"{name}(v, {size}, n);"), Text("word sum = 0;"),
                Directive("parallel_for reduction(^: sum)", Block(f"for (int i = 0; i < {size}; ++i)", [Text("sum ^= mix(v[i], i);")])),
                Text("return sum;")]
        return [Block(f"static void {name}(word *{p}, int {n}, word {s})", nodes), Block(f"static word {name}_call(word n)", body)], f"{name}_call(n)"


def generate(seed, functions, chosen=None):
    """The program of a seed, with features that the seed draws, or with these. The same seed gives the same program."""
    chance = random.Random(seed)
    drawn = features.draw(chance)
    return Generator(chance).program(functions, drawn if chosen is None else chosen)
