#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Counts guest instructions from reset to the first one of /init: `make bench-boot`.

usage: boot_insns.py [--arch ARCH] [--out FOLDER]

QEMU runs with -icount shift=0,sleep=off, one CPU, and the plugin of insn_count.c, which
stops at the entry of the benchmark that is /init (user/), and at kunit_run_all_tests() for
the first KTAP line. The figures of Linux beside ours are those of its small build (80 million on
x86_64 without its calibration loops, 38 on arm64; Debian's cloud kernel: 1,560 and 857).

A second boot lets /init ask sysinfo(2) for the memory that is in use: what the machine has
less what is free, without the kernel's image and struct pages, which are not in the sum; small
Linux uses 4,988 and 3,368 KiB.
"""
import argparse
import pathlib
import re
import subprocess
import sys

import guest

GOAL = {"x86_64": 60, "arm64": 30}
LINUX = {"x86_64": 80, "arm64": 38}
FIRST_TEST = "kunit_run_all_tests"
MEMORY_GOAL_KIB = 8192


def build_plugin(out):
    plugin = out / "insn_count.so"
    source = pathlib.Path(__file__).with_name("insn_count.c")
    if not plugin.exists() or plugin.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["gcc", "-O2", "-Wall", "-shared", "-fPIC", "-fvisibility=hidden", "-o", str(plugin), str(source)], check=True)
    return plugin.resolve()


def address_of(image, symbol):
    for line in subprocess.run(["nm", str(image)], capture_output=True, text=True, check=True).stdout.splitlines():
        if line.split()[-1] == symbol:
            return int(line.split()[0], 16)
    return sys.exit(f"bench-boot: {image} has no {symbol}")


def count(arch, out, entry, initrd=None):
    """(all, of these in the lower half) from reset to the instruction at @entry."""
    words = guest.command(arch, guest.our_image(arch, out), initrd)
    text = guest.console_of(words + ["-plugin", f"{build_plugin(out)},entry={entry:#x}"], 900)
    m = re.search(r"instructions (\d+) lower (\d+)", text)
    if not m:
        sys.exit(f"bench-boot: {arch} never came to {entry:#x}:\n{text[-1500:]}")
    return int(m[1]), int(m[2])


def memory_at_init(arch, out, initrd, mem):
    """(whole, free) in KiB."""
    text = guest.console_of(guest.command(arch, guest.our_image(arch, out), initrd, "bench_only=none", mem), 900)
    m = re.search(r"# memory_kib (\d+) (\d+)", text)
    if not m:
        sys.exit(f"bench-boot: {arch} with {mem} never came to /init:\n{text[-1500:]}")
    return int(m[1]), int(m[2])


def verdict(value, goal):
    return "ok" if value < goal else "over"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arch", choices=guest.ARCHES)
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build"))
    args = ap.parse_args()
    over = False
    for arch in [args.arch] if args.arch else guest.ARCHES:
        initrd, init = guest.initramfs(arch, args.out)
        for what, entry, archive in (("the first KTAP line", address_of(args.out / arch / "lectern.elf", FIRST_TEST), None),
                                     ("/init", address_of(init, "_start"), initrd)):
            total, lower = count(arch, args.out, entry, archive)
            result = verdict(total, GOAL[arch] * 1_000_000)
            over |= result != "ok"
            print(f"{arch:7} {total / 1e6:7.1f} million guest instructions to {what}, {lower / 1e6:.1f} of them in firmware and loader;"
                  f" goal {GOAL[arch]}, smallest useful Linux {LINUX[arch]} to /init: {result}")
        for mem in ("48M", "128M"):
            whole, free = memory_at_init(arch, args.out, initrd, mem)
            result = verdict(whole - free, MEMORY_GOAL_KIB)
            over |= result != "ok"
            print(f"{arch:7} {whole - free:7,} KiB in use at /init of {whole:,} with -m {mem}"
                  f" ({int(mem[:-1]) * 1024 - free:,} with the kernel itself); goal {MEMORY_GOAL_KIB:,}: {result}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
