# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A signal ends the tool, by that signal, and with it the compiler and all temporary folders."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

tools, folder = sys.argv[1:]
os.chdir(folder)
# A driver that starts a compiler, as they do; the compiler says who it is and goes on for ever.
Path("slow++").write_text('#!/bin/sh\nsh -c "echo \\$\\$ > pid; sleep 1000; true"\ntrue\n')
os.chmod("slow++", 0o755)
PIPED = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def wait_for(condition, what):
    for _ in range(1200):
        if condition():
            return
        time.sleep(0.05)
    sys.exit(f"never: {what}")


def is_running(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")")[1].split()[0] != "Z"
    except OSError:
        return False


def has_started():
    return Path("pid").exists() and Path("pid").read_text().endswith("\n")


# Whoever runs this may ignore them.
for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP:
    signal.signal(number, signal.SIG_DFL)
for command in [f"{tools}/weave++", "main.cpp"], [f"{tools}/weavec", "./slow++", "-c", "part.cpp", "-o", "/dev/null"]:
    for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP:
        Path("pid").unlink(missing_ok=True)
        environment = {**os.environ, "TMPDIR": f"{folder}/tmp", "WEAVE_CXX": "./slow++"}
        tool = subprocess.Popen(command, env=environment, **PIPED)
        wait_for(has_started, f"{command} starts the compiler")
        compiler = int(Path("pid").read_text())
        assert os.listdir("tmp"), f"{command} has a temporary folder"
        tool.send_signal(number)
        status = tool.wait()
        assert status == -number, f"{command} ends by {number}, not {status}"
        assert not os.listdir("tmp"), f"{command} leaves no folder behind"
        wait_for(lambda: not is_running(compiler), f"{command} ends the compiler")
