# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What is done to a finished program that leaves its meaning: pragmas of others, and parts of it in files of their own."""
from program import Block, Directive, Include, Pragma, Text, children

FOR_LOOPS = ("GCC unroll 4", "GCC ivdep", "omp simd")
FOR_ANYTHING = ("omp simd", "omp parallel", "acc kernels")  # that no compiler here knows without being told
CONTINUES = ("else", "catch", "while (")  # heads of blocks that belong to what precedes them


class Decoration:
    def __init__(self, random):
        self.random = random
        self.files = 0

    def chance(self, percent):
        return self.random.randrange(100) < percent

    # Pragmas.

    def add_pragmas(self, nodes, bare=False):
        """Puts pragmas in front of some of these statements, and of those in them. `bare`: they have no braces around them."""
        for n, node in enumerate(nodes):
            if isinstance(node, Directive) and node.statement:
                inner = [node.statement]
                self.add_pragmas(inner, bare)
                node.statement = inner[0]
            else:
                self.add_pragmas(children(node), isinstance(node, Block) and node.bare)
            words = self.pragma_before(node, bare)
            if words:
                nodes[n] = Pragma(words, node)

    def pragma_before(self, node, bare):
        statement = node
        while isinstance(statement, Directive):
            statement = statement.statement
        if isinstance(statement, Block) and statement.head.startswith(("for (", "while (")) and not (statement.tail or bare):
            return self.random.choice(FOR_LOOPS) if self.chance(25) else None  # which g++ wants to stand in a block
        is_statement = isinstance(node, Directive) or isinstance(node, Block) and node.head.startswith(("if", "switch", "do"))
        return self.random.choice(FOR_ANYTHING) if is_statement and self.chance(6) else None

    # Files.

    def part_files(self, nodes):
        """Puts some stretches of statements in files of their own, which are included there."""
        for node in nodes:
            self.part_files(children(node))
            if isinstance(node, Block) and not node.bare and not node.head.startswith(("struct", "switch")) and self.chance(20):
                self.part_file(node.body)

    def part_file(self, body):
        ends = [n for n in range(len(body) + 1) if n == len(body) or self.may_begin(body[n])]
        begin, end = sorted(self.random.choice(ends) for _ in range(2))
        if begin < end:
            self.files += 1
            body[begin:end] = [Include(f"part_{self.files}.inc", body[begin:end])]

    @staticmethod
    def may_begin(node):
        """Whether a file may begin or end in front of this."""
        if isinstance(node, Text):
            return not node.line.endswith(":")
        return not isinstance(node, Block) or not node.head.startswith(CONTINUES)
