# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random expressions, of type `word`, from what an activation may read."""
from ownership import READ


class Expressions:
    """What the generators of statements and functions share. `self.a` is the activation that is being written."""

    def __init__(self, random):
        self.random = random
        self.a = None
        self.cost = 0  # of the function that is being written, in calls of work()
        self.budget = 0
        self.throws = False  # whether the function that is being written may throw
        self.templated = False  # whether it is a template
        self.names = 0
        self.features = set()
        self.macros = None  # those of the program, if it has any
        self.functions = []  # those that an expression may call: (name, number of parameters, cost, throws)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def has(self, feature):
        """Whether the program has this, as a number."""
        return int(feature in self.features)

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    def spend(self, cost):
        """Whether the function that is being written may do this much more here."""
        cost *= self.a.weight
        if cost > self.budget - self.cost:
            return False
        self.cost += cost
        return True

    def read(self):
        """A variable's value, or a number."""
        found = self.a.readable()
        if not found or self.chance(10):
            return f"{self.random.randrange(1, 100)}ull"
        variable, leaf = self.random.choice(found[-12:] if self.chance(60) else found)
        self.a.use(variable, leaf, READ)
        return leaf.name if leaf.type == "word" else f"word({leaf.name})"

    def expression(self, depth=2):
        if self.macros and depth and self.chance(15):
            return self.macros.value(lambda: self.expression(depth - 1))
        kind = self.random.randrange(10)
        if depth == 0 or kind < 2:
            return self.read()
        if kind < 5:
            operator = self.random.choice(["+", "-", "^", "*", "&", "|"])
            return f"({self.expression(depth - 1)} {operator} {self.expression(depth - 1)})"
        if kind < 7:
            return f"mix({self.expression(depth - 1)}, {self.read()})"
        if kind < 8 and self.functions:
            return self.call(depth - 1)
        if kind < 9:
            return f"total({self.read()}, {self.read()}, {self.read()})"
        return f"work({self.expression(depth - 1)})" if self.spend(1) else self.read()

    def call(self, depth):
        name, parameters, cost, throws = self.random.choice(self.functions)
        if (throws and not self.throws) or not self.spend(cost):
            return self.read()
        return f"{name}({', '.join(self.expression(depth) for _ in range(parameters))})"

    def risky(self):
        """An expression that throws now and then, if the function may."""
        return f"risky({self.expression(1)})" if self.throws and self.chance(60) else self.expression()

    def condition(self):
        return f"{self.expression(1)} % {self.random.randrange(2, 5)} == {self.random.randrange(2)}"

    def assignment(self, variable, leaf):
        """A statement that writes a leaf."""
        self.a.use(variable, leaf, 2)
        if leaf.setter:
            return f"{leaf.setter.format(self.risky())};"
        if self.macros and leaf.type == "word" and self.chance(30):
            return self.macros.statement(leaf.name, self.risky())
        kind = self.random.randrange(8)
        if kind < 4:
            return f"{leaf.name} = {self.risky()};"
        if kind < 6:
            return f"{leaf.name} {self.random.choice('+-^*')}= {self.risky()};"
        if kind < 7 and leaf.type == "word" and not self.templated:  # where the tool may not know what it calls
            return f"put({leaf.name}, {self.risky()});"
        return f"++{leaf.name};"
