# SPDX-License-Identifier: MIT
"""One guest: its command line, its console, and a look inside when it hangs.

The console comes through a pipe and is read by a thread, so that the wait for the
next line can end at a time limit. A second channel is QEMU's machine protocol (QMP):
by it a guest whose CPUs spin with interrupts off can still be asked for the registers
and the stack of each CPU.
"""
import dataclasses
import hashlib
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from symbols import Symbols

PIPE_SIZE = 1 << 20             # bytes; what Linux lets anybody have

OLDEST_QEMU = (7, 0)
BINARY = {"x86_64": "qemu-system-x86_64", "arm64": "qemu-system-aarch64"}
# A line in which our kernel complains of something.
REPORT = re.compile(r"^\[ *\d+\.\d+\].*(BUG:|WARNING:|Oops|Kernel panic|INFO: possible|INFO: task|inconsistent)")


class Trouble(Exception):
    """Something about this host that the user has to mend; the text says how."""


def check_qemu(arch):
    """Raises Trouble if QEMU is missing or too old."""
    binary = BINARY[arch]
    if not shutil.which(binary):
        raise Trouble(f"{binary} is not installed: run `make packages`")
    try:
        text = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False, timeout=30).stdout
    except subprocess.TimeoutExpired:
        raise Trouble(f"{binary} --version doesn't answer; is it QEMU?") from None
    m = re.search(r"version (\d+)\.(\d+)", text)
    if not m or (int(m[1]), int(m[2])) < OLDEST_QEMU:
        raise Trouble(f"{binary} is {m.group(0) if m else 'of unknown version'}; "
                      f"{OLDEST_QEMU[0]}.{OLDEST_QEMU[1]} or newer is needed (Debian 12 has 7.2)")


@dataclasses.dataclass
class Machine:
    """What to boot and on what; every field has the ordinary value."""
    arch: str
    out: pathlib.Path
    smp: int = 4
    mem: str = "256M"
    cpu: str = ""
    machine: str = ""
    loader: str = "kernel"       # kernel, iso-bios, iso-uefi; arm64: raw, into memory without a device tree
    append: str = ""
    accel: str = "tcg,thread=multi"
    icount: bool = False         # the guest's clock counts instructions: deterministic, CPUs take turns
    initrd: str = ""
    kernel: str = ""             # another image than ours, for comparison
    line: str = ""               # x86_64: the Unix socket that its second serial port is
    extra: tuple = ()

    def command(self):
        words = [BINARY[self.arch]]
        if self.arch == "x86_64":
            words += ["-M", self.machine or "q35", "-cpu", self.cpu or "max",
                      "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"]
        else:
            words += ["-M", self.machine or "virt,gic-version=3", "-cpu", self.cpu or "max,pauth-impdef=on"]
        words += ["-accel", "tcg", "-icount", "shift=0,sleep=off"] if self.icount else ["-accel", self.accel]
        words += ["-smp", str(self.smp), "-m", self.mem,
                  "-display", "none", "-vga", "none", "-nic", "none", "-no-reboot"]
        if self.arch == "arm64":
            words = [w for i, w in enumerate(words) if w != "-vga" and words[i - 1] != "-vga"]
        words += self._loader()
        if self.initrd:
            words += ["-initrd", self.initrd]
        return words + list(self.extra)

    def _loader(self):
        append = f"console={'ttyS0' if self.arch == 'x86_64' else 'ttyAMA0'} {self.append}".strip()
        if self.loader == "kernel":
            image = self.kernel or self.out / ("lectern.elf" if self.arch == "x86_64" else "Image")
            return ["-kernel", str(image), "-append", append]
        if self.loader == "raw":
            start = 0x40200000
            return ["-device", f"loader,file={self.out / 'Image'},addr={start:#x},force-raw=on", "-device", f"loader,addr={start:#x},cpu-num=0"]
        words = ["-cdrom", str(self.iso(append)), "-boot", "d"]
        if self.loader == "iso-uefi":
            words += ["-bios", "/usr/share/ovmf/OVMF.fd"]
        return words

    def iso(self, append):
        """An ISO whose only menu entry boots with this command line."""
        name = hashlib.sha1(append.encode()).hexdigest()[:12]
        path = self.out / f"test-{name}.iso"
        image = self.out / "lectern.elf"
        if not path.exists() or path.stat().st_mtime < image.stat().st_mtime:
            done = subprocess.run(["iso/make-iso.sh", str(image), str(path), append],
                                  capture_output=True, text=True, check=False)
            if done.returncode:
                raise Trouble(f"no ISO could be made: {done.stderr.strip() or done.stdout.strip()}")
        return path


def enough_memory(initrd):
    """MiB for a machine that unpacks this initrd into its memory and then works with it."""
    size = os.path.getsize(initrd) >> 20 if initrd else 0
    return 256 if size < 16 else -(-(2 * size + 512) // 256) * 256


class Patience:
    """How long to wait for a guest's next words.

    Emulated machines on a busy host are slow, so the limits are wide. But after last words, as the
    end of a panic, nothing more comes, however slow the host is.
    """
    SHORT = 8

    def __init__(self, silence, whole, last_words=r"---\[ end Kernel panic"):
        self._silence, self._deadline = silence, time.monotonic() + whole
        self._last_words = re.compile(last_words)

    def heard(self, line):
        if self._last_words.search(line):
            self._silence = min(self._silence, self.SHORT)

    def left(self):
        return min(self._silence, self._deadline - time.monotonic())

    def verdict(self):
        return "the time limit is over" if time.monotonic() >= self._deadline else f"silent for {self._silence} s"


def can_make_isos():
    """Debian has GRUB's x86 modules only for x86 hosts; elsewhere there is no ISO."""
    return os.path.isdir("/usr/lib/grub/i386-pc") or os.uname().machine == "x86_64"


_running = set()


def kill_all():
    """Ends every guest of this process. Returns an exit status."""
    for process in list(_running):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    return 1


# Words of the kernel about a CPU or a task that doesn't go on; some of them planted by a test.
SUSPECT = re.compile(r"hard LOCKUP on cpu|soft lockup|the test was not over in time|detected stalls on|blocked for more than")
MOST_LOOKS = 6


class Guest:
    """A running QEMU."""

    def __init__(self, machine, log_path):
        check_qemu(machine.arch)
        self.machine = machine
        self.log_path = pathlib.Path(log_path)
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.mkdtemp(prefix="lectern-")
        self._qmp_path = os.path.join(self._folder, "qmp")
        second = ["-serial", f"unix:{machine.line},server=on,wait=off"] if machine.line else []
        command = machine.command() + ["-serial", "stdio", *second, "-qmp", f"unix:{self._qmp_path},server=on,wait=off"]
        # QEMU's serial ports drop what doesn't fit into the pipe after a few tries: room for a reader that has to wait for a processor.
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pipesize=PIPE_SIZE,
                                        stderr=subprocess.STDOUT, start_new_session=True)
        _running.add(self.process)
        self.command = command
        self.lines = []
        self._queue = queue.Queue()
        self._partial = b""
        self._looks = MOST_LOOKS
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        with open(self.log_path, "wb") as log:
            while True:
                data = os.read(self.process.stdout.fileno(), 65536)
                if not data:
                    break
                log.write(data)
                log.flush()
                self._queue.put(data)
        self._queue.put(None)

    def read_lines(self, patience, stop_text=None):
        """Yields lines until the end of the guest, or until @stop_text stands on the last, unfinished one.

        Raises TimeoutError once @patience is over.
        """
        while not (stop_text and stop_text in self._partial.decode(errors="replace")):
            try:
                data = self._queue.get(timeout=max(patience.left(), 0.01))
            except queue.Empty:
                raise TimeoutError(patience.verdict()) from None
            if data is None:
                if self._partial:
                    line, self._partial = self._partial.decode(errors="replace"), b""
                    self.lines.append(line)
                    yield line
                return
            self._partial += data
            *whole, self._partial = self._partial.split(b"\n")
            for raw in whole:
                line = raw.decode(errors="replace").rstrip("\r")
                self.lines.append(line)
                patience.heard(line)
                if self._looks and SUSPECT.search(line):
                    self._look_inside(line)
                yield line

    def read_bytes(self, patience):
        """The next piece, as it came. Raises TimeoutError, EOFError."""
        try:
            data = self._queue.get(timeout=max(patience.left(), 0.01))
        except queue.Empty:
            raise TimeoutError(patience.verdict()) from None
        if data is None:
            raise EOFError("the guest ended")
        return data

    def read_some(self, patience):
        """The next piece of text, be it a line or less. Raises TimeoutError, EOFError."""
        data = self.read_bytes(patience)
        *whole, self._partial = (self._partial + data).split(b"\n")
        self.lines += [raw.decode(errors="replace").rstrip("\r") for raw in whole]
        return data.decode(errors="replace")

    def send(self, text):
        self.send_bytes(text.encode())

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def wait(self, seconds):
        """QEMU's exit status, or None if it still runs after @seconds."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        _running.discard(self.process)
        for name in ("stdin", "stdout"):
            try:
                getattr(self.process, name).close()
            except OSError:
                pass
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- Looking inside -------------------------------------------------------------

    def autopsy(self):
        """Text: the registers and the stack of every CPU, with names. Stops the guest."""
        if self.machine.kernel:
            return "(another kernel, whose names aren't known)"
        return self._ask(lambda monitor: self._cpus(monitor) + self._log_buffer(monitor))

    def _ask(self, question):
        """The lines that @question gets of the monitor of the stopped guest, as a text."""
        try:
            with Monitor(self._qmp_path) as monitor:
                monitor.run("stop")
                return "\n".join(question(monitor))
        except (OSError, ValueError, KeyError, EOFError, subprocess.TimeoutExpired) as error:
            return f"(QEMU doesn't answer: {error})"

    def _look_inside(self, line):
        """The kernel suspects a CPU: what does QEMU know of it? Beside the log, as LOG.cpus; the guest goes on."""
        self._looks -= 1
        if self.machine.kernel:
            return

        def look(monitor):
            try:
                return self._cpus(monitor)
            finally:
                monitor.run("cont")

        with open(self.log_path.with_suffix(".cpus"), "w" if self._looks == MOST_LOOKS - 1 else "a", encoding="utf-8") as file:
            file.write(f"{line}\n{self._ask(look)}\n\n")

    def _cpus(self, monitor):
        symbols = Symbols(self.machine.out / "lectern.elf")
        out = []
        for cpu in monitor.run("query-cpus-fast"):
            index = cpu["cpu-index"]
            registers = monitor.human("info registers", index)
            out.append(f"CPU {index}:")
            out += [f"    {line}" for line in registers.splitlines()[:12] if line and not line.startswith("CPU#")]
            out += self._stack(monitor, symbols, registers, index)
            if self.machine.arch == "x86_64":
                out += [f"    {text}" for text in monitor.human("info lapic", index).splitlines()]
        return out

    def _stack(self, monitor, symbols, registers, cpu):
        """Frame pointers: [fp] is the caller's, [fp + 8] where it goes on."""
        if self.machine.arch == "x86_64":
            pc, fp = re.search(r"RIP=([0-9a-f]+)", registers), re.search(r"RBP=([0-9a-f]+)", registers)
        else:
            pc, fp = re.search(r"PC=([0-9a-f]+)", registers), re.search(r"X29=([0-9a-f]+)", registers)
        if not pc or not fp:
            return ["    (no registers)"]
        pc, fp = int(pc[1], 16), int(fp[1], 16)
        frames, seen = [pc], set()
        while fp and fp not in seen and len(frames) < 40:
            seen.add(fp)
            words = re.findall(r"0x([0-9a-f]{16})", monitor.human(f"x /2gx {fp:#x}", cpu))
            if len(words) != 2 or not int(words[1], 16):
                break
            fp = int(words[0], 16)
            frames.append(int(words[1], 16) - 1)
        return ["    at " + symbols.describe(pc)] + ["       " + symbols.describe(frame) for frame in frames[1:]]

    def _log_buffer(self, monitor):
        """The end of the kernel's log from its memory: a guest may have died before its console came up."""
        gdb = shutil.which("gdb-multiarch")
        if not gdb:
            return []
        stub = os.path.join(self._folder, "gdb")
        monitor.run("human-monitor-command", **{"command-line": f"gdbserver unix:{stub},server=on,wait=off"})
        helpers = pathlib.Path(__file__).resolve().parents[2] / "gdb/lectern.py"
        done = subprocess.run([gdb, "-batch", "-nx", "-ex", "set pagination off", "-ex", f"target remote {stub}", "-x", str(helpers),
                               "-ex", "lx-dmesg 20", str(self.machine.out / "lectern.elf")],
                              capture_output=True, text=True, check=False, timeout=60)
        records = [line for line in done.stdout.splitlines() if re.match(r"\[ *\d", line)]
        return ["the kernel's log ends with:"] + [f"    {line}" for line in records]


class Monitor:
    """QMP: one JSON object a line in either direction."""

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(10)
        self._socket.connect(path)
        self._file = self._socket.makefile("rw")
        self._file.readline()
        self.run("qmp_capabilities")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()
        self._socket.close()

    def run(self, command, **arguments):
        self._file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._file.flush()
        while True:
            line = self._file.readline()
            if not line:
                raise EOFError("the monitor is gone")
            answer = json.loads(line)
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise ValueError(answer["error"]["desc"])

    def human(self, line, cpu):
        return self.run("human-monitor-command", **{"command-line": line, "cpu-index": cpu})
