#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Checks that hold the headers together.

usage: check_headers.py OUT COMPILER FLAGS...

1. Every header of include/ and arch/*/include compiles alone.
2. uapi headers include only uapi headers.
3. No file of the generic folders asks which machine it is on.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

GENERIC = ("kernel", "mm", "lib", "block", "drivers", "security", "fs", "include")
# Table-driven fragments that are meant to be included several times or by one file only.
NOT_ALONE = re.compile(r"(^|/)(asm-offsets|autoconf|xor_)|/atomic/atomic-|linux/rwlock.h$|linux/rwlock_types.h$|spinlock_(api|types)_|byteorder/generic.h$|asm/assembler.h$|asm/layout.h$|linux/lsm_hook_defs.h$|linux/srcutree.h$")
MACHINE = re.compile(r"^\s*#\s*(if|ifdef|ifndef|elif).*(CONFIG_X86|CONFIG_ARM64|__x86_64__|__aarch64__)", re.M)


def compile_alone(header, name, command):
    unit = f"#include <{name}>\n"
    done = subprocess.run([*command, "-fsyntax-only", "-x", "c", "-"], input=unit, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"{header}: doesn't compile alone:\n{done.stderr[:600]}"


def main():
    arch = os.environ["ARCH"]
    command = sys.argv[2:]
    jobs, problems = [], []
    for root in ("include", f"arch/{arch}/include"):
        for header in sorted(pathlib.Path(root).rglob("*.h")):
            name = header.relative_to(root).as_posix()
            if name.startswith("asm-generic/") or NOT_ALONE.search(name):
                continue
            jobs.append((header, name.removeprefix("uapi/") if name.startswith("uapi/asm/") else name))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems += [p for p in pool.map(lambda j: compile_alone(*j, command), jobs) if p]
    for header in pathlib.Path("include/uapi").rglob("*.h"):
        for included in re.findall(r"#\s*include\s+<([^>]+)>", header.read_text()):
            if not (pathlib.Path("include/uapi") / included).exists() and not included.startswith(("asm", "generated/")):
                problems.append(f"{header}: includes <{included}>, which is not uapi")
    for folder in GENERIC:
        for path in pathlib.Path(folder).rglob("*.[ch]"):
            if "uapi" not in path.parts and MACHINE.search(path.read_text(errors="replace")):
                problems.append(f"{path}: asks which machine it is on; that belongs behind <asm/...>")
    for problem in problems:
        print(problem)
    print(f"{arch}: {len(jobs)} headers, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
