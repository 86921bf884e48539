#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What system calls cost here and on Linux, in guest instructions: `make bench-user`.

usage: user_bench.py [--arch ARCH] [--out FOLDER] [--linux debian|none|IMAGE] [--only ROW,ROW]

The same static program (user/) is /init on this kernel and on Debian's 6.12 with mitigations=off,
under -icount with one CPU, where a nanosecond of guest time is an instruction. The third column is
kept in linux-small.tsv: a 6.12 built as small as it goes, SMP, mitigations compiled out. Exit
status 1: a row takes more than on Debian's kernel, or fewer than two in three beat the small one.
"""
import argparse
import pathlib
import re
import sys

import guest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "rootfs"))
import packages

LIMIT = 1800		# seconds of the host for a guest that should need one or two minutes
ABOVE_NOISE = 1.0


def figures(text):
    """{row: number or word} of a console's text; None if the program did not come to its end."""
    rows = {}
    for name, value in re.findall(r"^(\w+)\t(\S+)", text.replace("\r", ""), re.M):
        try:
            rows[name] = float(value)
        except ValueError:
            rows[name] = value
    return rows if "# bench end" in text else None


def run(arch, kernel, initrd, append, only):
    words = guest.command(arch, kernel, initrd, f"{append} {'bench_only=' + only if only else ''}")
    text = guest.console_of(words, LIMIT)
    rows = figures(text)
    if rows is None:
        print(f"bench: {arch}: {kernel} did not come to the end:\n{text[-1500:]}", file=sys.stderr)
    return rows or figures(text + "# bench end") or {}


def debian_kernel(arch):
    """Debian's kernel image, fetched once; None if it can't be had."""
    try:
        return packages.kernel_image(arch)
    except packages.Offline as why:
        print(f"bench: {why}", file=sys.stderr)
        return None


def small_linux(arch):
    """{row: number} of linux-small.tsv."""
    rows = {}
    for line in (guest.HERE / "linux-small.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, x86_64, arm64 = line.split("\t")
            rows[name] = float(x86_64 if arch == "x86_64" else arm64)
    return rows


def cell(value):
    return "" if value is None else f"{value:,.0f}" if isinstance(value, float) and value >= 1000 else str(value)


def ratio(ours, theirs):
    return f"{ours / theirs:.2f}" if isinstance(ours, float) and isinstance(theirs, float) and theirs else ""


def print_cost_of_rseq(columns):
    """A context switch with a registered area against one without: goal 3 %."""
    for name in ("sched_yield_2", "pipe_pingpong"):
        costs = [f"{who} {100 * (rows[name + '_rseq'] / rows[name] - 1):.1f} %" for who, rows in columns
                 if isinstance(rows.get(name), float) and isinstance(rows.get(name + "_rseq"), float)]
        if costs:
            print(f"  {name} costs more with rseq registered: {', '.join(costs)}")


def print_table(arch, ours, debian, small):
    """Return: the rows that are worse than Debian's, and how many of how many beat the small kernel."""
    print(f"\n{arch}: guest instructions for one operation, loop included")
    print(f"  {'operation':20} | {'Lectern':>10} | {'Debian':>10} | ratio | {'small':>10} | ratio")
    worse, beaten, compared = [], 0, 0
    for name, value in ours.items():
        theirs, least = debian.get(name), small.get(name)
        print(f"  {name:20} | {cell(value):>10} | {cell(theirs):>10} | {ratio(value, theirs):>5} | {cell(least):>10} | {ratio(value, least):>5}")
        if name == "empty_loop" or not isinstance(value, float):
            continue
        if isinstance(theirs, float) and value > theirs + ABOVE_NOISE:
            worse.append(name)
        if least is not None:
            compared += 1
            beaten += value < least
    return worse, beaten, compared


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arch", choices=guest.ARCHES)
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build"))
    ap.add_argument("--linux", default="debian")
    ap.add_argument("--only")
    args = ap.parse_args()
    bad = False
    for arch in [args.arch] if args.arch else guest.ARCHES:
        initrd, _ = guest.initramfs(arch, args.out)
        kernel = {"debian": lambda a=arch: debian_kernel(a), "none": lambda: None}.get(args.linux, lambda: args.linux)()
        ours = run(arch, guest.our_image(arch, args.out), initrd, "", args.only)
        debian = run(arch, kernel, initrd, "mitigations=off", args.only) if kernel else {}
        worse, beaten, compared = print_table(arch, ours, debian, small_linux(arch))
        print_cost_of_rseq((("Lectern", ours), ("Debian", debian), ("small", small_linux(arch))))
        print(f"  {beaten} of {compared} rows below the small kernel; not below Debian's: {', '.join(worse) or 'none' if debian else 'not measured'}")
        bad |= bool(worse) or not ours or 3 * beaten < 2 * compared
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
