#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Counts guest instructions from reset to the first KTAP line: `make bench-boot`.

usage: boot_insns.py [--arch ARCH] [--out FOLDER]

QEMU runs with -icount shift=0,sleep=off, one CPU, and the plugin of insn_count.c, which
stops at kunit_run_all_tests(): the line is printed there. x86_64 runs as
-M pc -cpu max,-erms, since a rep string instruction counts once for each byte with ERMS. The
figures of Linux beside ours are those of its small build, at /init (80 million on x86_64
without its calibration loops, 38 on arm64; Debian's cloud kernel: 1,560 and 857).
"""
import argparse
import pathlib
import re
import subprocess
import sys

GOAL = {"x86_64": 60, "arm64": 30}
LINUX = {"x86_64": 80, "arm64": 38}
STOP_AT = "kunit_run_all_tests"


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


def count(arch, out):
    """(all, of these in the lower half) from reset to STOP_AT."""
    folder = out / arch
    entry = address_of(folder / "lectern.elf", STOP_AT)
    if arch == "x86_64":
        command = ["qemu-system-x86_64", "-M", "pc", "-cpu", "max,-erms", "-kernel", str(folder / "lectern.elf"), "-append", "console=ttyS0"]
    else:
        command = ["qemu-system-aarch64", "-M", "virt", "-cpu", "max,pauth-impdef=on", "-kernel", str(folder / "Image"), "-append", "console=ttyAMA0"]
    command += ["-accel", "tcg", "-icount", "shift=0,sleep=off", "-smp", "1", "-m", "256M", "-display", "none", "-nic", "none", "-no-reboot",
                "-seed", "1", "-rtc", "base=2024-01-01,clock=vm", "-serial", "stdio", "-plugin", f"{build_plugin(out)},entry={entry:#x}"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False)
    m = re.search(r"instructions (\d+) lower (\d+)", done.stdout)
    if not m:
        sys.exit(f"bench-boot: {arch} never came to {STOP_AT}:\n{done.stdout[-1500:]}{done.stderr}")
    return int(m[1]), int(m[2])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arch", choices=("x86_64", "arm64"))
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build"))
    args = ap.parse_args()
    over = False
    for arch in [args.arch] if args.arch else ["x86_64", "arm64"]:
        total, lower = count(arch, args.out)
        over |= total >= GOAL[arch] * 1_000_000
        print(f"{arch:7} {total / 1e6:7.1f} million guest instructions to the first KTAP line, {lower / 1e6:.1f} of them in firmware and loader;"
              f" goal {GOAL[arch]}, smallest useful Linux {LINUX[arch]} to /init: {'over' if total >= GOAL[arch] * 1_000_000 else 'ok'}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
