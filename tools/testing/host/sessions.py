# SPDX-License-Identifier: MIT
"""Guests that people look into: gdb, the load of an idle one, how long a boot is."""
import os
import re
import signal
import socket
import subprocess
import sys
import time

from checks import BOTH, check, lock_of

import qemu

IDLE_GOAL = 0.03        # of a core of the host
# What has to be seen in the helpers' output, and the command that shows it.
GDB_SHOWS = [
    ("lx-ps", r"^0x[0-9a-f]{16} +1 [RSD] +\d init$"),
    ("lx-ps", r"^0x[0-9a-f]{16} +2 [RSD] +\d kthreadd$"),
    ("lx-current", r"^CPU [01]: 1 init$"),
    ("lx-current", r"^CPU [01]: 0 swapper/\d$"),
    ("lx-dmesg", r"^\[ +\d+\.\d{6}\] Lectern version "),
    ("lx-dmesg", r"^\[ +\d+\.\d{6}\] Brought up 2 CPUs"),
    ("lx-bt 2", r"^#0 +0x[0-9a-f]{16} "),
    ("lx-bt 2", r"^#\d +0x[0-9a-f]{16} kthreadd \+ \d+"),
    ("lx-bt 1", r"^#0 +monitor \(\) at kernel/monitor.c:\d+"),
]
REGISTERS = {"x86_64": ("ip", "sp", "orig_ax"), "arm64": ("pc", "sp", "pstate", "regs[30]")}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(pipe, text):
    seen = ""
    while text not in seen:
        line = pipe.readline()
        assert line, f"it ended before it said {text!r}:\n{seen}"
        seen += line


@check("make debug and make gdb with the helpers", BOTH, needs="gdb-multiarch")
def gdb_session(ctx):
    port = free_port()
    with lock_of(ctx.out, ctx.arch):
        guest = subprocess.Popen(["make", f"ARCH={ctx.arch}", f"O={ctx.out}", "debug", "ROOTFS=none", "SMP=2", f"GDB_PORT={port}"], text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=ctx.environment(),
                                 start_new_session=True)
        wait_for(guest.stdout, "Halted, waiting for gdb")
    try:
        script = ctx.folder / "script.gdb"
        script.write_text("break monitor\ncontinue\n" + "".join(f"echo \\n== {c}\\n\n{c}\n" for c in dict.fromkeys(
            [c for c, _ in GDB_SHOWS] + ["lx-regs"])) + "kill\n")
        shown = ctx.must_make("gdb", f"GDB_PORT={port}", f"GDB_FLAGS=-batch -x {script}", timeout=300)
    finally:
        os.killpg(guest.pid, signal.SIGKILL)
        guest.wait()
    parts = dict(re.findall(r"^== (.*)\n((?:(?!== ).*\n)*)", shown, re.M))
    for command, pattern in GDB_SHOWS:
        assert re.search(pattern, parts.get(command, ""), re.M), f"{command} doesn't show {pattern!r}:\n{shown[-4000:]}"
    for name in REGISTERS[ctx.arch]:
        assert re.search(rf"^{re.escape(name)} +0x[0-9a-f]{{16}}$", parts["lx-regs"], re.M), f"lx-regs lacks {name}:\n{parts['lx-regs']}"


def cpu_seconds(pid):
    """User and system time that a process has used."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle_load(ctx, seconds=4, windows=4):
    """The least share of a host's core that a guest with four CPUs at its prompt used in a few windows."""
    machine = qemu.Machine(arch=ctx.arch, out=ctx.out / ctx.arch)
    guest = qemu.Guest(machine, ctx.folder / "idle.log")
    try:
        for _ in guest.read_lines(qemu.Patience(240, 900), "lectern> "):
            pass
        shares = []
        for _ in range(windows):
            before, began = cpu_seconds(guest.process.pid), time.monotonic()
            time.sleep(seconds)
            shares.append((cpu_seconds(guest.process.pid) - before) / (time.monotonic() - began))
        return min(shares)
    finally:
        guest.close()


@check("an idle guest uses under 3 % of a host's core", BOTH)
def idle_guest_sleeps(ctx):
    share = idle_load(ctx)
    assert share < IDLE_GOAL, f"{share:.1%}"


@check("instructions from reset to the first KTAP line", BOTH)
def boot_is_short(ctx):
    done = ctx.run(sys.executable, "tools/testing/bench/boot_insns.py", "--arch", ctx.arch, "--out", str(ctx.out))
    assert done.returncode == 0, done.stdout
