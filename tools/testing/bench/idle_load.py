#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Measures how much of a host's core a guest with four idle CPUs uses: `make bench-idle`.

usage: idle_load.py [--arch ARCH] [--out FOLDER]
"""
import argparse
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "kunit"), str(HERE.parent / "host")]
import checks
import sessions


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arch", choices=checks.BOTH)
    ap.add_argument("--out", type=pathlib.Path, default=pathlib.Path("build"))
    args = ap.parse_args()
    over = False
    for arch in [args.arch] if args.arch else checks.BOTH:
        with tempfile.TemporaryDirectory() as folder:
            share = sessions.idle_load(checks.Context(arch=arch, out=args.out, folder=pathlib.Path(folder)))
        over |= share >= sessions.IDLE_GOAL
        print(f"{arch:7} {share:6.2%} of a host's core for an idle guest with four CPUs; goal {sessions.IDLE_GOAL:.0%}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
