#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Times a build from an empty folder, and again after one file was touched: `make bench-build`.

usage: build_time.py [--arch ARCH]

Without ccache. Wall-clock: the goals, 60 and 5 seconds, are for two idle cores.
"""
import argparse
import os
import shutil
import subprocess
import tempfile
import time

GOALS = (("from an empty folder", None, 60), ("after a change of kernel/main.c", "kernel/main.c", 5), ("with nothing to do", None, 5))


def build(arch, out):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k not in ("MFLAGS", "O", "ARCH")} | {"CCACHE_DISABLE": "1"}
    began = time.monotonic()
    subprocess.run(["make", f"-j{os.cpu_count()}", f"ARCH={arch}", f"O={out}", "image"], check=True, env=environment, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arch", choices=("x86_64", "arm64"))
    args = ap.parse_args()
    for arch in [args.arch] if args.arch else ["x86_64", "arm64"]:
        out = tempfile.mkdtemp(prefix="lectern-build-")
        try:
            for what, touched, goal in GOALS:
                if touched:
                    os.utime(touched)
                seconds = build(arch, out)
                print(f"{arch:7} {seconds:6.1f} s {what}; goal {goal}: {'over' if seconds >= goal else 'ok'}", flush=True)
        finally:
            shutil.rmtree(out, ignore_errors=True)


if __name__ == "__main__":
    main()
