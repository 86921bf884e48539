# SPDX-License-Identifier: MIT
"""The host's gdb on what runs in a guest: a core dump that was made there, and a program behind gdbserver on the serial line."""
import base64
import contextlib
import gzip
import re
import shutil
import socket
import threading

from checks import BOTH, check

import matrix
import qemu
import userspace

MAPPED = "/lectern-programs/debuggee-threads-static"


@contextlib.contextmanager
def guest_that_runs(ctx, program):
    """A guest with the debuggers' tree, whose first process is @program of tools/testing/programs/bin."""
    archive = userspace.programs_archive("debugger", ctx.arch, ctx.out.resolve())
    machine = qemu.Machine(arch=ctx.arch, out=ctx.out / ctx.arch, smp=2, mem=f"{max(qemu.enough_memory(archive), 1024)}M", initrd=str(archive),
                           append=f"LECTERN_RUN=/lectern-programs/{program} loglevel=1")
    guest = qemu.Guest(machine, ctx.out / f"logs/{ctx.arch}-{program}.log")
    try:
        yield guest
    finally:
        guest.close()


def patience():
    return qemu.Patience(matrix.SILENCE["plain"], matrix.LIMIT["plain"])


def helper(ctx, name):
    return str(ctx.out / ctx.arch / "programs/debugger" / name)


def gdb(ctx, program, *commands):
    words = [word for command in ("set width 0", "set height 0", "set sysroot /nowhere", *commands) for word in ("-ex", command)]
    return ctx.run("gdb-multiarch", "-nx", "-batch", helper(ctx, program), *words).stdout


def must_show(shown, *patterns):
    for pattern in patterns:
        assert re.search(pattern, shown, re.M), f"nothing shows {pattern!r}:\n{shown[-4000:]}"


# --- A core dump -----------------------------------------------------------------------------------


def core_of_guest(ctx):
    """The core of a crashed program with threads, as a file of the host."""
    with guest_that_runs(ctx, "dump") as guest:
        for _ in guest.read_lines(patience()):
            pass
        lines = guest.lines
    size = next((int(m[1]) for m in (re.match(r"core: (\d+)", line) for line in lines) if m), 0)
    assert size and "core ends" in lines, "no core came:\n" + "\n".join(lines[-20:])
    data = gzip.decompress(base64.b64decode("".join(line[2:] for line in lines if line.startswith("| "))))
    assert len(data) == size, f"{len(data)} bytes came of {size}"
    core = ctx.folder / "core"
    core.write_bytes(data)
    return str(core)


@check("a guest's core dump in the host's gdb and eu-readelf", BOTH, needs="gdb-multiarch", tier="full")
def core_dump(ctx):
    core = core_of_guest(ctx)
    program = "debuggee-threads-static"
    shown = gdb(ctx, program, f"core-file {core}", "print $_siginfo.si_signo", "print $_siginfo._sifields._sigfault.si_addr", "bt",
                "info threads", "thread apply all -q bt", "info symbol $pc", "print results", "info proc mappings", "info auxv")
    must_show(shown, r"Program terminated with signal SIGSEGV", r"^\$1 = 11$", r"^\$2 = \(void \*\) 0x10$",
              # The thread that crashed comes first, and its frames are those of the program.
              r"^#0 .*\bleave \(n=1\)", r"^#1 .* in work \(arg=0x1\)", r"^leave( \+ \d+)? in section \.text", r"^\$3 = \{0, 0, 0\}$",
              rf" {re.escape(MAPPED)}$", r"AT_ENTRY .*0x[0-9a-f]+", r"AT_EXECFN .*debuggee-threads-static")
    assert len(re.findall(r"^[* ] +\d+ .*\(LWP \d+\)|^[* ] +\d+ +(?:LWP|Thread)", shown, re.M)) == 4, shown[-4000:]
    # Registers of vector units are there for each thread.
    note = "NT_X86_XSTATE|X86_XSTATE" if ctx.arch == "x86_64" else "NT_ARM_TLS|ARM_TLS"
    for tool in ("readelf", "eu-readelf"):
        if shutil.which(tool):
            notes = ctx.run(tool, "-n", core).stdout
            assert len(re.findall(r"PRSTATUS", notes)) == 4 and len(re.findall(note, notes)) == 4, f"{tool}:\n{notes[-4000:]}"
            # Debian 12's readelf can't print the table of files.
            must_show(notes, r"PRPSINFO", r"SIGINFO", r"AUXV", r"FILE" if tool == "readelf" else re.escape(MAPPED))


# --- gdbserver -----------------------------------------------------------------------------------------


class Bridge:
    """A Unix socket that is a guest's serial line: for one gdb."""

    def __init__(self, guest, path):
        self._guest = guest
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen(1)
        self._gdb = None
        threading.Thread(target=self._from_gdb, daemon=True).start()

    def _from_gdb(self):
        self._gdb, _ = self._server.accept()
        threading.Thread(target=self._from_guest, daemon=True).start()
        with contextlib.suppress(OSError, ValueError):
            while data := self._gdb.recv(4096):
                self._guest.send_bytes(data)

    def _from_guest(self):
        with contextlib.suppress(OSError, EOFError, TimeoutError):
            while True:
                self._gdb.sendall(self._guest.read_bytes(patience()))


@check("gdbserver on a guest's serial line", BOTH, needs="gdb-multiarch", tier="full")
def gdbserver(ctx):
    with guest_that_runs(ctx, "serve") as guest:
        seen = ""
        while "Remote debugging using" not in seen:
            seen += guest.read_some(patience())
        line = ctx.folder / "line"
        Bridge(guest, line)
        shown = gdb(ctx, "debuggee-static", "set remotetimeout 120", f"target remote {line}", "break change_memory", "continue", "bt",
                    "watch counter", "continue", "print counter", "print square(9)", "set var counter = 100", "delete", "stepi", "info threads",
                    "tbreak 105", "continue", "finish", "continue")
    must_show(shown, r"^Breakpoint 1, change_memory \(\)", r"^#1 .* in main \(argc=2", r"^(Hardware w|W)atchpoint 2: counter", r"^New value = 1$",
              r"^\$1 = 1$", r"^\$2 = 81$", r"^\* 1 .*change_memory", r"exited normally")
