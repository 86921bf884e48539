# SPDX-License-Identifier: MIT
"""Boots with a user space of Debian's programs: what the kinds `programs`, `stress` and `session` do.

    programs  the cases of tools/testing/programs/ for boot.rootfs run in the guest; each has to print, and end with, what it does on Debian's
              own kernel: tools/testing/programs/expected/ keeps that. With boot.kernel = "debian" the guest is that kernel.
    stress    stress-ng's stressors, group after group (tools/testing/stress/); no failure, and afterwards as much memory and as few
              processes as before
    session   somebody types at the serial line: the steps of talks.py, each an answer to what the guest has shown

Both need Debian's packages (tools/rootfs/): without network and without what was downloaded before, the boots count as skipped.
"""
import collections
import dataclasses
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import qemu

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "tools/rootfs"))
import packages
from tree import Tree

PROGRAMS = ROOT / "tools/testing/programs"
STRESS = ROOT / "tools/testing/stress"
EXPECTED = PROGRAMS / "expected"
TITLE = re.compile(r"^#: (.*)$", re.M)
_making = collections.defaultdict(threading.Lock)      # (arch, what): boots run beside each other
CROSS = {"x86_64": "x86_64-linux-gnu-", "arm64": "aarch64-linux-gnu-"}


class Unavailable(Exception):
    """Debian's packages can't be had: a boot that needs them is skipped."""


# --- What is booted ------------------------------------------------------------------------------


def make_rootfs(kind, arch, out):
    """The archive of tools/rootfs/, made if it is missing or old."""
    with _making[arch, kind]:
        done = subprocess.run(["make", "--no-print-directory", f"ARCH={arch}", f"O={out}", f"ROOTFS={kind}", "rootfs"], cwd=ROOT,
                              capture_output=True, text=True, check=False,
                              env={k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS")})
    if "can't be had" in done.stderr:
        raise Unavailable(done.stderr.strip().splitlines()[0])
    if done.returncode:
        raise qemu.Trouble(f"make rootfs: {done.stderr[-2000:]}")
    return out / arch / f"rootfs/{kind}.cpio"


def debian_kernel(arch):
    """Debian's kernel, which ours is compared with."""
    try:
        return packages.kernel_image(arch)
    except packages.Offline as why:
        raise Unavailable(str(why)) from None


def kernel_of(boot):
    """The image that @boot takes instead of ours, if it does."""
    return str(debian_kernel(boot.arch)) if boot.kernel == "debian" else boot.kernel


def compiler(arch):
    return "gcc" if os.uname().machine.replace("aarch64", "arm64") == arch else CROSS[arch] + "gcc"


# The C programs of the cases: (name, source, flags, mode), by what tree they are for.
DEBUG = ["-g", "-O0", f"-ffile-prefix-map={PROGRAMS}/bin=/lectern-programs"]
HELPERS = {
    "debian": [("hello-static", "hello", ["-static"], 0o755), ("hello-dynamic", "hello", ["-no-pie"], 0o755),
               ("hello-pie", "hello", ["-pie", "-fPIE"], 0o755), ("threads", "threads", ["-pthread"], 0o755),
               ("whoami-plain", "whoami", [], 0o755), ("whoami-suid", "whoami", [], 0o4755)],
    "debugger": [("debuggee-static", "debuggee", ["-static", *DEBUG], 0o755), ("debuggee-pie", "debuggee", ["-pie", "-fPIE", *DEBUG], 0o755),
                 ("debuggee-threads", "debuggee-threads", ["-pthread", "-no-pie", *DEBUG], 0o755),
                 ("debuggee-threads-static", "debuggee-threads", ["-pthread", "-static", *DEBUG], 0o755)],
}


def build_helpers(arch, kind, folder):
    """The C programs of the cases: [(name, mode)]."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source, flags, _ in HELPERS[kind]:
        subprocess.run([compiler(arch), "-O1", "-Wall", *flags, "-o", str(folder / name), str(PROGRAMS / f"bin/{source}.c"), "-lm"], check=True)
    return [(name, mode) for name, _, _, mode in HELPERS[kind]]


def case_files(kind=""):
    """The files of cases for a tree, or all of them."""
    folders = {"debian": PROGRAMS / "cases", "debugger": PROGRAMS / "cases/debugger"}
    return sorted(file for name, folder in folders.items() if kind in ("", name) for file in folder.glob("*.sh"))


def cases_of(text):
    """[(name, script)] of a file of cases: the name is the title in lower case, with dashes."""
    parts = TITLE.split(text)[1:]
    return [(re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-"), script.lstrip("\n")) for title, script in zip(parts[::2], parts[1::2])]


def programs_archive(kind, arch, out):
    """A tree of Debian's packages and, in a second archive behind it, the cases and what runs them."""
    base = make_rootfs(kind, arch, out)
    tree = Tree()
    top = "lectern-programs"
    tree.nodes = {p: n for p, n in tree.nodes.items() if not p}
    for area in case_files(kind):
        for name, script in cases_of(area.read_text()):
            tree.write(f"{top}/cases/{area.stem}/{name}", script)
    for path in (PROGRAMS / "run", *(f for f in sorted((PROGRAMS / "bin").iterdir()) if not f.suffix)):
        tree.write(f"{top}/{path.name}", path.read_bytes(), 0o755)
    # gdb shows the lines that it stops at.
    for path in sorted((PROGRAMS / "bin").glob("*.c")):
        tree.write(f"{top}/{path.name}", path.read_bytes())
    helpers = out / arch / "programs" / kind
    with _making[arch, helpers]:
        for name, mode in build_helpers(arch, kind, helpers):
            tree.write(f"{top}/{name}", (helpers / name).read_bytes(), mode)
    return behind(base, tree, helpers / "initrd.cpio")


def stress_archive(arch, out):
    """Debian's tree, and behind it what runs the stressors."""
    base = make_rootfs("debian", arch, out)
    tree = Tree()
    tree.nodes = {p: n for p, n in tree.nodes.items() if not p}
    tree.write("lectern-stress/run", (STRESS / "run").read_bytes(), 0o755)
    tree.write("lectern-stress/groups", (STRESS / "groups").read_bytes())
    return behind(base, tree, out / arch / "stress/initrd.cpio")


def behind(base, tree, archive):
    """Writes @archive: the archive @base, and what @tree holds in a second one behind it."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    # Another boot may be reading the old one.
    with tempfile.NamedTemporaryFile(dir=archive.parent, delete=False) as whole:
        with open(base, "rb") as f:
            shutil.copyfileobj(f, whole, 1 << 20)
        tree.cpio(whole)
    os.replace(whole.name, archive)
    return archive


def with_initrd(boot, initrd, **more):
    return dataclasses.replace(boot, initrd=str(initrd), mem=f"{max(qemu.enough_memory(initrd), 1024)}M", **more)


# --- programs: reading what the guest says ---------------------------------------------------------


class Cases:
    """The text of tools/testing/{programs,stress}/run, and of an expectation: a name, lines, a status."""

    def __init__(self):
        self.texts = {}             # name: its lines and its status, as they are written
        self.ended = False          # did it come to its last line?
        self._name, self._lines = "", []

    def feed(self, line):
        """The name of the case that this line ends, or ""."""
        line = line.rstrip("\r\n")
        if line.startswith("#: "):
            self._name, self._lines = line[3:], []
        elif self._name and line.startswith("| "):
            # bash's words on a child that was killed have its number in them.
            self._lines.append(re.sub(r"(: line \d+:) +\d+ ", r"\1 PID ", line))
        elif self._name and line.startswith("= "):
            name, self._name = self._name, ""
            self.texts[name] = "\n".join([*self._lines, line])
            return name
        elif re.match(r"# (programs|stress): \d+$", line):
            self.ended = True
        return ""


def expectations():
    """{area/name: text} of all that is kept."""
    cases = Cases()
    for path in sorted(EXPECTED.glob("*.txt")):
        for line in path.read_text().splitlines():
            cases.feed(line)
    return cases.texts


def record(texts):
    """Keeps @texts as what is expected, a file an area; cases that didn't run keep theirs."""
    whole = {**expectations(), **texts}
    listed = {f"{area.stem}/{name}" for area in case_files() for name, _ in cases_of(area.read_text())}
    EXPECTED.mkdir(exist_ok=True)
    for area in sorted({name.split("/")[0] for name in whole}):
        names = [n for n in whole if n.startswith(area + "/") and n in listed]
        (EXPECTED / f"{area}.txt").write_text("".join(f"#: {n}\n{whole[n]}\n" for n in sorted(names)))


def difference(wanted, got):
    """Lines for a failure's log."""
    return list(difflib.unified_diff(wanted.splitlines(), got.splitlines(), "Linux", "here", lineterm="", n=2))


def judge(name, got, known):
    """How a case went: (status, why, lines for the log). Without an expectation it is nobody's to judge: skipped."""
    if name not in known:
        return "skipped", "what Linux prints isn't kept: make programs KERNEL=debian RECORD=y", []
    if got != known[name]:
        return "failed", "prints something else than on Linux", difference(known[name], got)
    return "passed", "", []


# --- stress: how a group went, and what it left behind ---------------------------------------------

STATE = re.compile(r"^# (before|after): free (\d+) slab (\d+) tasks (\d+)$")
# KiB that may be missing: what the groups behind the first one were the first to use, as lists of free pages and half empty slabs.
MISSING, SLAB_GROWTH = 12 << 10, 6 << 10


def judge_stress(text):
    """How a group went, from its text: (status, why, lines for the log)."""
    lines = text.splitlines()
    if any(re.search(r"skipp|not implemented|unrecognized|unknown", line) for line in lines):
        return "failed", "a stressor of the group was not run", lines
    if lines[-1] != "= 0" or any(" fail: " in line for line in lines):
        return "failed", "stress-ng found something", lines
    return "passed", "", []


def leaks(states):
    """What is missing after the last group, in words: [] if all is as it was. @states: {when: (free, slab, tasks)}."""
    if set(states) != {"before", "after"}:
        return ["the guest didn't tell what was in use"]
    (free, slab, tasks), (free_after, slab_after, tasks_after) = states["before"], states["after"]
    found = []
    if free - free_after > MISSING:
        found.append(f"{free - free_after} KiB less are free than before")
    if slab_after - slab > SLAB_GROWTH:
        found.append(f"slabs take {slab_after - slab} KiB more than before")
    if tasks_after != tasks:
        found.append(f"{tasks_after} processes are there, and {tasks} before")
    return found


# --- session: somebody types -------------------------------------------------------------------------


class Talk:
    """A conversation with a guest's serial line: type, and wait for what has to be shown."""

    def __init__(self, guest, patience):
        self.guest, self._patience, self._raw = guest, patience, ""

    @property
    def shown(self):
        """What a person would read since the last type(): without control sequences."""
        return re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z@]|[()][A-Z0-9]|[=>])|[\r\x07\x0f]", "", self._raw)

    def type(self, text):
        self._raw = ""
        self.guest.send(text)

    def see(self, pattern):
        """Reads until @pattern matches what was shown since the last type(). Raises TimeoutError, EOFError."""
        while not re.search(pattern, self.shown):
            self._raw += self.guest.read_some(self._patience)

    def do(self, text, pattern):
        self.type(text)
        self.see(pattern)

    def until(self, text, pattern, prompt):
        """Types @text at the prompt again and again, until the answer has @pattern."""
        self.do(text, prompt)
        while not re.search(pattern, self.shown):
            self.do(text, prompt)
