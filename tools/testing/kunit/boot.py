#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Boots the image with its console on this terminal: `make run` and `make debug`.

usage: boot.py --arch ARCH --out FOLDER [--smp N] [--mem M] [--accel A] [--append TEXT] [--initrd FILE] [--debug PORT]

The machine gets 256 MiB, and more if the initrd needs it: it lies in memory twice while it is unpacked.
Leave QEMU with Ctrl-A X.
"""
import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import qemu


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--arch", required=True)
    ap.add_argument("--out", type=pathlib.Path, required=True)
    ap.add_argument("--smp", type=int, default=4)
    ap.add_argument("--mem")
    ap.add_argument("--accel", default="tcg,thread=multi")
    ap.add_argument("--append", default="")
    ap.add_argument("--initrd", default="")
    ap.add_argument("--debug", metavar="PORT", help="halt at reset, with the gdb stub on this port")
    args = ap.parse_args()
    if args.initrd and not os.path.isfile(args.initrd):
        sys.exit(f"make run: there is no {args.initrd}; ROOTFS= is busybox, debian, none, or the name of a cpio archive")
    extra = ["-serial", "mon:stdio"]
    if args.debug:
        extra += ["-gdb", f"tcp:127.0.0.1:{args.debug}", "-S"]
        print("Halted, waiting for gdb: run `make gdb` in another terminal. Ctrl-A X ends QEMU.", flush=True)
    else:
        print("Ctrl-A X ends QEMU, whatever the machine does; Ctrl-A H shows what else there is.", flush=True)
    machine = qemu.Machine(arch=args.arch, out=args.out / args.arch, smp=args.smp,
                           mem=args.mem or f"{qemu.enough_memory(args.initrd)}M", accel=args.accel,
                           append=args.append, initrd=args.initrd, extra=tuple(extra))
    if args.accel.startswith("kvm"):
        machine.cpu = "host"
    try:
        qemu.check_qemu(args.arch)
        command = machine.command()
        os.execvp(command[0], command)
    except qemu.Trouble as trouble:
        sys.exit(f"make run: {trouble}")


if __name__ == "__main__":
    main()
