# SPDX-License-Identifier: MIT
"""Guests whose nanoseconds are instructions: what all benchmarks with an /init share."""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ARCHES = ("x86_64", "arm64")
# How each machine is measured. With ERMS, QEMU counts rep movsb byte by byte, as no real machine does.
MACHINE = {"x86_64": ("qemu-system-x86_64", "-M", "pc", "-cpu", "max,-erms"),
           "arm64": ("qemu-system-aarch64", "-M", "virt", "-cpu", "max,pauth-impdef=on")}
CONSOLE = {"x86_64": "console=ttyS0", "arm64": "console=ttyAMA0"}
OUR_IMAGE = {"x86_64": "lectern.elf", "arm64": "Image"}


def command(arch, kernel, initrd=None, append="", mem="256M"):
    """QEMU's words. The seed and the clock are fixed, so that a run repeats to the digit."""
    words = [*MACHINE[arch], "-kernel", str(kernel), "-append", f"{CONSOLE[arch]} quiet {append}".strip()]
    if initrd:
        words += ["-initrd", str(initrd)]
    return words + ["-accel", "tcg", "-icount", "shift=0,sleep=off", "-smp", "1", "-m", mem, "-display", "none", "-monitor", "none", "-nic", "none",
                    "-no-reboot", "-seed", "1", "-rtc", "base=2024-01-01,clock=vm", "-serial", "stdio"]


def console_of(words, seconds):
    """What the guest wrote till it powered off, or till the limit, which is there for hung guests only."""
    try:
        return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=seconds, check=False).stdout
    except subprocess.TimeoutExpired as expired:
        return (expired.stdout or b"").decode(errors="replace")


def our_image(arch, out):
    return out / arch / OUR_IMAGE[arch]


def initramfs(arch, out):
    """The archive with the benchmark as /init, built if need be, and the program itself."""
    folder = (out / arch / "bench").resolve()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k not in ("MFLAGS", "O", "ARCH")}
    done = subprocess.run(["make", "-s", "-C", str(HERE / "user"), f"ARCH={arch}", f"O={folder}"], env=environment, check=False)
    if done.returncode:
        sys.exit("bench: the benchmark does not build")
    return folder / "bench.cpio", folder / "root" / "init"
