#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Copies the runtime so that one program can show every mutant of it.

usage: instrument.py SOURCE DESTINATION

In the copy each memory order but relaxed is weave::model::mutant(SITE, ORDER), and each planted fault of
faults.toml stands beside what it replaces, behind weave::model::planted(NAME). DESTINATION/sites.json says
what is at which site.
"""
import json
import pathlib
import re
import sys
import tomllib

# Those of std::atomic are in records that nothing depends on, and that models do not see.
ORDER = re.compile(r"(?<!std::)\bmemory_order_(seq_cst|acq_rel|acquire|release)\b")
MODIFIES = re.compile(r"exchange|fetch_\w+|compare_exchange_\w+")


def weaker(operation, order):
    """One step weaker, in each way there is, and the weakest."""
    if operation == "load":
        steps = {"seq_cst": ["acquire"]}
    elif operation == "store":
        steps = {"seq_cst": ["release"]}
    else:
        steps = {"seq_cst": ["acq_rel"], "acq_rel": ["acquire", "release"]}
    return steps.get(order, []) + ["relaxed"]


def operation_at(text, position):
    """Which kind of operation has its order at this position: load, store or modify."""
    depth = 0
    for at in range(position - 1, -1, -1):
        if text[at] == ")":
            depth += 1
        elif text[at] == "(":
            if depth == 0:
                break
            depth -= 1
    name = re.search(r"(\w+)\s*$", text[:at]).group(1)
    if name.startswith("compare_exchange") and "memory_order" in text[at:position]:
        return "load"  # the order of its failure
    if MODIFIES.fullmatch(name):
        return "modify"
    if name in ("load", "wait"):
        return "load"
    if name == "store":
        return "store"
    raise SystemExit(f"instrument.py: no idea what '{name}' does to memory")


def orders(text):
    """The memory orders outside comments: matches, each with its line number from 0."""
    for found in ORDER.finditer(text):
        if "//" not in text[text.rfind("\n", 0, found.start()) + 1:found.start()]:
            yield found, text.count("\n", 0, found.start())


def mutate_orders(name, original, planted, sites):
    """Returns `planted`, which is `original` with faults that use no order of their own, with a site at each order."""
    lines = original.split("\n")
    numbers = [number for _, number in orders(original)]
    result, done = [], 0
    for (found, _), number in zip(orders(planted), numbers, strict=True):
        operation, order = operation_at(planted, found.start()), found.group(1)
        result += [planted[done:found.start()], f"::weave::model::mutant({len(sites)}, {found.group()})"]
        done = found.end()
        sites.append({"site": len(sites), "file": name, "line": number + 1, "code": lines[number].strip(),
                      "order": order, "weaker": weaker(operation, order)})
    return "".join(result) + planted[done:]


def plant(fault, text):
    if text.count(fault["original"]) != 1:
        print(f"instrument.py: warning: fault {fault['name']} no longer fits {fault['file']}", file=sys.stderr)
        return text
    both = (f"{{ if (::weave::model::planted(\"{fault['name']}\")) {{ {fault['planted']} }} "
            f"else {{ {fault['original']} }} }}")
    return text.replace(fault["original"], both)


def main():
    source, destination = map(pathlib.Path, sys.argv[1:])
    faults = tomllib.loads((pathlib.Path(__file__).parent / "faults.toml").read_text())["fault"]
    sites = []
    for top in ("include/weave", "runtime"):
        for path in sorted((source / top).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            name = str(path.relative_to(source))
            original = text = path.read_text()
            for fault in faults:
                if fault["file"] == name:
                    text = plant(fault, text)
            if path.name not in ("sync.h", "chaos.h"):  # the models have atomics of their own in place of these
                text = mutate_orders(name, original, text, sites)
            copy = destination / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text)
    (destination / "sites.json").write_text(json.dumps(sites, indent=1))


main()
