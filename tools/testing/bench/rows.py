#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What kernel operations cost, in guest instructions: `make bench-lib`, `make bench-rcu`, ...

usage: rows.py [--arch ARCH] [--out FOLDER] [--mem SIZE] GLOB

Boots each machine with bench=GLOB (see include/linux/bench.h) under -icount
shift=0,sleep=off with one CPU, where a nanosecond of guest time is an instruction,
and prints the rows of both. x86_64 runs as -M pc -cpu max,-erms: with ERMS, QEMU
executes and counts rep movsb byte by byte, which no real machine does.
"""
import argparse
import pathlib
import subprocess
import sys

ARCHES = ("x86_64", "arm64")


def command(arch, out, glob, mem):
    folder = out / arch
    append = f'bench="{glob}" bench_shutdown=poweroff'
    if arch == "x86_64":
        words = ["qemu-system-x86_64", "-M", "pc", "-cpu", "max,-erms", "-kernel", str(folder / "lectern.elf"), "-append",
                 f"console=ttyS0 {append}", "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"]
    else:
        words = ["qemu-system-aarch64", "-M", "virt", "-cpu", "max,pauth-impdef=on", "-kernel", str(folder / "Image"), "-append",
                 f"console=ttyAMA0 {append}"]
    return words + ["-accel", "tcg", "-icount", "shift=0,sleep=off", "-smp", "1", "-m", mem, "-display", "none", "-nic", "none",
                    "-no-reboot", "-seed", "1", "-rtc", "base=2024-01-01,clock=vm", "-serial", "stdio"]


def rows_of(text):
    """[(name, fast, portable, note)] of a console's text, or None if the run was cut short."""
    rows, done = [], False
    for line in text.splitlines():
        _, found, rest = line.partition("bench: ")
        if not found:
            continue
        cells = [cell.strip() for cell in rest.split(" | ")]
        if rest.startswith("done, "):
            done = True
        elif len(cells) >= 4:
            rows.append((cells[1], cells[2], cells[3], " | ".join(cells[4:]).strip()))
    return rows if done else None


def ratio(fast, portable):
    try:
        return f"{float(fast) / float(portable):.2f}"
    except (ValueError, ZeroDivisionError):
        return ""


def measure(arch, out, glob, mem):
    try:
        done = subprocess.run(command(arch, out, glob, mem), stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              timeout=900, check=False)
        text = done.stdout
    except subprocess.TimeoutExpired as expired:
        text = (expired.stdout or b"").decode(errors="replace")
    rows = rows_of(text)
    if not rows:
        sys.exit(f"bench: {arch}: the guest did not finish, or no row matches {glob}:\n{text[-3000:]}")
    return rows


def print_table(arch, rows):
    wide = max(len(row[0]) for row in rows)
    print(f"\n{arch}: guest instructions for one operation")
    print(f"  {'operation':{wide}} | {'this kernel':>12} | {'portable C':>12} | ratio")
    notes = {}
    for name, fast, portable, note in rows:
        mark = f" [{notes.setdefault(note, len(notes) + 1)}]" if note else ""
        print(f"  {name:{wide}} | {fast:>12} | {portable:>12} | {ratio(fast, portable):>5}{mark}")
    for note, number in notes.items():
        print(f"  [{number}] {note}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("glob")
    ap.add_argument("--arch", choices=ARCHES)
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build"))
    ap.add_argument("--mem", default="512M")
    args = ap.parse_args()
    for arch in [args.arch] if args.arch else ARCHES:
        print_table(arch, measure(arch, args.out, args.glob, args.mem))


if __name__ == "__main__":
    main()
