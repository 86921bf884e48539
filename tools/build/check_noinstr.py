#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Checks that nothing in an image's noinstr code calls a sanitizer.

usage: check_noinstr.py OBJDUMP IMAGE

Noinstr code is what lies between __noinstr_text_start and _end, and between
__entry_text_start and _end. Worth running over an image built with KASAN or KCSAN. UBSAN's
handlers may be called: that happens once something is wrong already, and then to hear of it
is worth more than to be sure of the context.
"""
import re
import subprocess
import sys

FORBIDDEN = re.compile(r"<(__(?:asan|tsan|kcsan|sanitizer|kasan)_\w*|__stack_chk_fail)[+>@]")
LABEL = re.compile(r"^([0-9a-f]+) <([^>]+)>:$")


def bounds(image):
    found = {}
    for line in subprocess.run(["nm", image], capture_output=True, text=True, check=True).stdout.splitlines():
        parts = line.split()
        if len(parts) == 3 and re.match(r"__(noinstr|entry)_text_(start|end)$", parts[2]):
            found[parts[2]] = int(parts[0], 16)
    return [(found[f"__{k}_text_start"], found[f"__{k}_text_end"]) for k in ("noinstr", "entry")]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    objdump, image = sys.argv[1:]
    problems = functions = 0
    for start, end in bounds(image):
        if start == end:
            continue
        listing = subprocess.run([objdump, "-d", "--no-show-raw-insn", f"--start-address={start:#x}", f"--stop-address={end:#x}", image],
                                 capture_output=True, text=True, check=True).stdout
        function = "?"
        for line in listing.splitlines():
            label = LABEL.match(line)
            if label:
                function, functions = label[2], functions + 1
                continue
            bad = FORBIDDEN.search(line)
            if bad:
                print(f"{function}: calls {bad[1]}")
                problems += 1
    print(f"{image}: {functions} noinstr functions, {problems} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
