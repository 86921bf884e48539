# SPDX-License-Identifier: MIT
"""The host's gdb on what runs in a guest: a core dump that was made there, which binutils and elfutils open too, and a program behind
gdbserver on a serial line; before that, in the same guest, short sessions of its own gdb and strace."""
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
def guest_that_runs(ctx, program, words="", line=False, kernel=""):
    """A guest with the debuggers' tree, whose first process is @program of tools/testing/programs/bin or beside it.

    @line: a second serial line, /dev/ttyS1 there and the socket `line` of the check's folder here.
    @kernel: another one than ours.
    """
    archive = userspace.programs_archive("debugger", ctx.arch, ctx.out.resolve())
    append = ["LECTERN_RUN=/lectern-programs/" + program, words, "wire=ttyS1" if line else "", "quiet no_timer_check" if kernel else "loglevel=1"]
    machine = qemu.Machine(arch=ctx.arch, out=ctx.out / ctx.arch, smp=2, mem=f"{max(qemu.enough_memory(archive), 1024)}M", initrd=str(archive),
                           kernel=str(kernel), append=" ".join(filter(None, append)), line=str(ctx.folder / "line") if line else "")
    guest = qemu.Guest(machine, ctx.out / f"logs/{ctx.arch}-{program}{'-debian' if kernel else ''}.log")
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
                "info threads", "thread apply all -q bt", "info symbol $pc", "print results", "info proc mappings", "info auxv", r'printf "pc %#lx\n", $pc')
    must_show(shown, r"Program terminated with signal SIGSEGV", r"^\$1 = 11$", r"^\$2 = \(void \*\) 0x10$",
              # The thread that crashed comes first, and its frames are those of the program.
              r"^#0 .*\bleave \(n=1\)", r"^#1 .* in work \(arg=0x1\)", r"^leave( \+ \d+)? in section \.text", r"^\$3 = \{0, 0, 0\}$",
              rf" {re.escape(MAPPED)}$", r"AT_ENTRY .*0x[0-9a-f]+", r"AT_EXECFN .*debuggee-threads-static")
    assert len(re.findall(r"^[* ] +\d+ .*\(LWP \d+\)|^[* ] +\d+ +(?:LWP|Thread)", shown, re.M)) == 4, shown[-4000:]
    by_tools(ctx, core, helper(ctx, program), int(re.search(r"^pc (0x[0-9a-f]+)$", shown, re.M)[1], 16))


# Notes that each thread has, beside its PRSTATUS: readelf's names without their NT_, and numbers for an older one.
THREAD_NOTES = {"x86_64": ("X86_XSTATE",), "arm64": ("ARM_TLS", "ARM_HW_BREAK", "ARM_HW_WATCH", r"ARM_SVE|00405\b|: 1029\b", r"ARM_PAC_MASK|00406\b|: 1030\b")}


def by_tools(ctx, core, program, pc):
    """What binutils and elfutils, those of them that are here, find in @core of the guest, whose crashed thread stood at @pc."""
    for tool in filter(shutil.which, ("readelf", "eu-readelf")):
        notes = ctx.run(tool, "-n", core).stdout
        for note in ("PRSTATUS", *THREAD_NOTES[ctx.arch]):
            assert len(re.findall(note, notes)) == 4, f"{tool}: not four notes {note}:\n{notes[-6000:]}"
        # Debian 12's readelf can't print the table of files.
        must_show(notes, r"PRPSINFO", r"SIGINFO", r"AUXV", r"FILE" if tool == "readelf" else re.escape(MAPPED))
        if tool == "eu-readelf":
            first = re.search(r"\b(?:rip|pc): +(0x[0-9a-f]+)", notes)
            assert first and int(first[1], 16) == pc, f"eu-readelf: the first thread is not at {pc:#x}:\n{notes[:3000]}"
    if shutil.which("eu-stack"):
        stacks = ctx.run("eu-stack", f"--core={core}", f"--executable={program}").stdout
        assert len(re.findall(r"^TID \d+:", stacks, re.M)) == 4, stacks
        must_show(stacks, r"^#0 .* leave\b", r"^#1 .* work\b")


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


def serve(ctx, guest):
    """The host's gdb on the program that tools/testing/programs/bin/serve has in the guest: what it shows.

    x86_64's guest has a second serial line for it. Of QEMU's arm64 machine the kernel has one only: the console's.
    """
    seen = ""
    try:
        while "Remote debugging using" not in seen:
            seen += guest.read_some(patience())
    except EOFError:
        raise AssertionError(f"the guest ended before gdbserver was there:\n{seen[-2000:]}") from None
    line = guest.machine.line
    if not line:
        line = ctx.folder / "line"
        Bridge(guest, line)
    return gdb(ctx, "debuggee-static", "set remotetimeout 120", f"target remote {line}", "break change_memory", "continue", "bt",
               "watch counter", "continue", "print counter", "print square(9)", "set var counter = 100", "delete", "stepi", "info threads",
               "tbreak 105", "continue", "finish", "continue")


SERVED = (r"^Breakpoint 1, change_memory \(\)", r"^#1 .* in main \(argc=2", r"^(Hardware w|W)atchpoint 2: counter", r"^New value = 1$",
          r"^\$1 = 1$", r"^\$2 = 81$", r"^\* 1 .*change_memory", r"exited normally")


@check("short sessions of gdb, strace and gdbserver", BOTH, needs="gdb-multiarch")
def short_sessions(ctx):
    """One guest: the cases of short.sh, held against Debian's kernel, then gdbserver."""
    cases, known = userspace.Cases(), userspace.expectations()
    with guest_that_runs(ctx, "run", "programs=short/* then=/lectern-programs/serve", line=ctx.arch == "x86_64") as guest:
        for line in guest.read_lines(patience()):
            cases.feed(line)
            if cases.ended:
                break
        assert cases.texts and cases.ended, "the guest ended before its cases did:\n" + "\n".join(guest.lines[-40:])
        for name, text in cases.texts.items():
            status, why, log = userspace.judge(name, text, known)
            assert status == "passed", f"{name}: {why}\n" + "\n".join(log)
        must_show(serve(ctx, guest), *SERVED)


def without_numbers(shown):
    """Without what depends on the kernel's choice: process numbers, addresses of the stack, and columns as wide as they are."""
    for pattern, instead in ((r"/\S*/line\b", "LINE"), (r"\b(Thread|process|LWP) [\d.]+", r"\1 N"), ("0x[0-9a-f]+", "ADDR"), (" +", " ")):
        shown = re.sub(pattern, instead, shown)
    return shown


@check("gdbserver on a guest's serial line, as on Debian's kernel", BOTH, needs="gdb-multiarch", tier="full")
def gdbserver(ctx):
    shown = []
    for kernel in ("", userspace.debian_kernel(ctx.arch)):
        with guest_that_runs(ctx, "serve", line=ctx.arch == "x86_64", kernel=kernel) as guest:
            shown.append(without_numbers(serve(ctx, guest)))
        (ctx.folder / "line").unlink(missing_ok=True)
    here, there = shown
    must_show(here, *SERVED)
    assert here == there, "\n".join(userspace.difference(there, here))
