# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a program may have beside what every program has.

Each program has a few of these, drawn at random: so that one fault does not hide the next, and what two of them do together
is seen as well as what each does alone.
"""

FEATURES = {
    "addresses": "tasks that keep the address of what they only read",
    "aliases": "one object under several names: pointers, references, lambdas, views, parameters",
    "bounds": "bounds of loops that are no integers, or of another type than the variable",
    "constants": "constants as bounds, strides and clauses, also in lambdas that do not capture them",
    "headers": "loop headers with i = i + 1, or with a variable that is declared before the loop",
    "includes": "parts of functions and whole functions in files of their own, also included twice",
    "inherited": "members of base classes, also of those that know the derived class",
    "library": "functions in a shared library",
    "macros": "macros of the user: with common names, and statements that end in one",
    "pragmas": "other pragmas before statements and directives",
    "tries": "try blocks around anything, handlers that spawn, print, and throw again",
}


def draw(random):
    """Those of one program."""
    return {name for name in FEATURES if random.randrange(100) < 25}
