# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The model of an annotated program: a tree of lines, blocks and directives, and its text.

Directives are nodes of their own, so that the same program can be printed with any of them left out.
"""
from dataclasses import dataclass, field


@dataclass
class Text:
    """One line."""
    line: str
    declares: bool = False


@dataclass
class Block:
    """`head { body }`. Without braces if it is `bare`; then the body is one statement."""
    head: str
    body: list
    tail: str = ""
    bare: bool = False
    declares: bool = False


@dataclass
class Directive:
    """`#pragma weave words` in front of a statement, or alone if there is none.

    Directives that have a `group` may be left out only all together: the tasks of a dependence graph."""
    words: str
    statement: object = None
    group: object = None

    @property
    def declares(self):
        return self.statement is not None and self.statement.declares


@dataclass
class Pragma:
    """`#pragma words` in front of a statement or directive."""
    words: str
    statement: object

    @property
    def declares(self):
        return self.statement.declares


@dataclass
class Include:
    """A file that is included here, and may be elsewhere."""
    name: str
    body: list

    @property
    def declares(self):
        return any(node.declares for node in self.body)


@dataclass
class Program:
    """A header, which may hold directives too, the file that includes it, and what is in a shared library."""
    header: list = field(default_factory=list)
    main: list = field(default_factory=list)
    library: list = field(default_factory=list)

    def nodes(self):
        return self.header + self.library + self.main


def children(node):
    if isinstance(node, (Block, Include)):
        return node.body
    return [node.statement] if isinstance(node, (Directive, Pragma)) and node.statement else []


def directives(nodes):
    """All directives below these nodes, outer before inner."""
    for node in nodes:
        if isinstance(node, Directive):
            yield node
        yield from directives(children(node))


def text(nodes, keep=lambda directive: True, sync_after=lambda directive: False, files=None):
    """The text of these nodes with the directives that `keep` wants, and a sync behind each spawn that `sync_after` chooses.
    `files` gets the text of what is included, by name; without it, that stands in its place."""
    lines = []

    def put(node, indent, bare=False):
        pad = "  " * indent
        if isinstance(node, Text):
            lines.append(pad + node.line)
        elif isinstance(node, Block):
            lines.append(pad + node.head + ("" if node.bare else " {" if node.head else "{"))
            for inner in node.body:
                put(inner, indent + 1, node.bare)
            if not node.bare:
                lines.append(pad + "}" + node.tail)
        elif isinstance(node, Pragma):
            lines.append("#pragma " + node.words)
            put(node.statement, indent, bare)
        elif isinstance(node, Include):
            if files is None:
                for inner in node.body:
                    put(inner, indent, bare)
            else:
                lines.append(f'#include "{node.name}"')
                if node.name not in files:
                    files[node.name] = text(node.body, keep, sync_after, files)
        else:
            kept = keep(node)
            if kept:
                lines.append("#pragma weave " + node.words)
            if node.statement:
                closes = not bare and kept and node.words.startswith("spawn") and sync_after(node)
                put(node.statement, indent, bare)
                if closes:
                    lines.append("#pragma weave sync")

    for node in nodes:
        put(node, 0)
    return "\n".join(lines) + "\n"
