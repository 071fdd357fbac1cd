#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plants breaches of rules in a small tree, one at a time: scripts/lint must find each, by its rule, and nothing else.

usage: planted.py LINT
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

LINT = pathlib.Path(sys.argv[1]).resolve()

GOOD = {
    "CONTRIBUTING.md": "# House\n\n`scripts/lib/`\n `x.h` `y.h` `offers` `good` `run.sh` `docs/` `runtime/channels/`"
                       " `runtime/protocol/` `include/weave/detail/`\n",
    "docs/page.md": "# A page\n\nSee [the house](../CONTRIBUTING.md#house).\n\n| " + "wide " * 30 + "|\n",
    "include/weave/x.h": "#include \"detail/config.h\"\nnamespace weave {\n/// Says x.\nint x();\n} // namespace weave\n",
    "include/weave/detail/config.h": "// A comment.\n",
    "runtime/channels/offers.h": "#include \"weave/x.h\"\n/// Offers.\n///\n/// Ordering: relaxed.\n"
                                 "#include <atomic>\nstruct offers {\n  std::atomic<int> slot;\n};\n",
    "runtime/protocol/limits.h": "constexpr int slots = 1;\n",
    "runtime/good.cpp": "#include \"channels/offers.h\"\nint good() { return 0; }\n",
    "scripts/run.sh": "#!/usr/bin/env bash\necho \"$1\"\n",
    "scripts/lib/layers.toml": (LINT.parent / "lib/layers.toml").read_text(),
}

# Rule, file, what is put behind its text, words of the message.
BREACHES = [
    ("layers", "runtime/channels/offers.h", "#include \"protocol/batches.h\"\n", "'channels' may not include 'protocol'"),
    ("layers", "include/weave/x.h", "#include \"../../runtime/protocol/batches.h\"\n", "'interface' may not include"),
    ("layers", "tool/analysis/y.h", "#include \"rewrite/z.h\"\n", "'analysis' may not include 'rewrite'"),
    ("layers", "include/y.h", "", "belongs to no room"),
    ("atomics", "runtime/good.cpp", "atomic<int> counter;\n", "atomics do not belong here"),
    ("atomics", "runtime/channels/y.h", "struct bare {\n  atomic<int> word{0};\n};\n", "says its 'Ordering:'"),
    ("width", "docs/page.md", "\n" + "long " * 30 + "\n", "150 characters"),
    ("width", "runtime/good.cpp", "// " + "long " * 30 + "\n", "characters in a comment"),
    ("scripts", "scripts/run.sh", "cd $1\n", "SC2086"),
    ("docstrings", "include/weave/y.h", "namespace weave {\nint unsaid();\n} // namespace weave\n", "'unsaid' is public"),
    ("docstrings", "include/weave/y.h", "namespace weave {\nclass unsaid {};\n} // namespace weave\n", "'unsaid' is public"),
    ("links", "docs/page.md", "[gone](nowhere.md)\n", "'nowhere.md' does not exist"),
    ("links", "docs/page.md", "[gone](../CONTRIBUTING.md#garden)\n", "has no heading 'garden'"),
    ("tour", "runtime/unnamed.cpp", "int unnamed;\n", "does not say what it is for"),
    ("layout", "runtime/good.cpp", "int   spaced( int a){return a;}\n", "code should be clang-formatted"),
    ("tidy", "runtime/good.cpp", "int same(int a) { return a == 1 || a == 1; }\n", "misc-redundant-expression"),
]
NEEDED = ("tool/rewrite/z.h", "runtime/protocol/batches.h")


def git(root, *words):
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", root, *identity, *words], check=True, capture_output=True)


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def lint(root, *rules):
    done = subprocess.run([sys.executable, LINT, "--root", root, *rules], capture_output=True, text=True)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        sys.exit(f"scripts/lint {' '.join(rules)} fails itself:\n{done.stderr}")
    return done.stdout


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        for name, text in GOOD.items():
            write(root, name, text)
        write(root, ".gitignore", "build/\n")
        command = {"directory": str(root), "file": "runtime/good.cpp", "command": "g++ -c runtime/good.cpp -Iruntime -Iinclude"}
        write(root, "build/compile_commands.json", json.dumps([command]))
        git(root, "init", "-b", "main")
        git(root, "add", "-A")
        git(root, "commit", "-m", "Good")
        if found := lint(root):
            print(f"scripts/lint finds something where there is nothing:\n{found}")
            failures += 1
        for rule, name, breach, words in BREACHES:
            for needed in NEEDED if rule == "layers" else ():
                write(root, needed, "")
            write(root, name, GOOD.get(name, "") + breach)
            found = lint(root, rule).splitlines()
            elsewhere = [line for line in found if not re.match(rf"{re.escape(name)}:\d+: {rule}: ", line)]
            if elsewhere or not any(words in line for line in found):
                print(f"{rule}: planted in {name}: {breach!r}; found {found}")
                failures += 1
            git(root, "checkout", "-q", "--", ".")
            git(root, "clean", "-q", "-fd")
    print(f"{len(BREACHES)} breaches, {failures} of them missed")
    return failures != 0


sys.exit(main())
