#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Builds the images, boots them, reads the results: `make test` and `make test-full`.

usage: run.py [--tier test|full] [--arch ARCH] [--glob GLOB] [--smp N] [--build NAME] [--jobs N] [--only TEXT] [--kind KIND [--kernel debian|IMAGE [--record]]] [--hours H]

Without --glob the table of matrix.py is run. With it (make test T='list*'), each
machine runs only the suites that match. The last line is
`N passed, N failed` and, if there were any, `, N skipped`; the exit status is 0 only
if nothing failed. Logs are kept in build/logs/.
"""
import argparse
import collections
import concurrent.futures
import contextlib
import dataclasses
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "host")]
import abi
import checks
import commands
import debuggers
import hosts
import ktap
import matrix
import qemu
import sessions
import talks
import texts
import tracing
import userspace
import verdicts

PROMPT = "lectern> "
OUT = pathlib.Path(os.environ.get("O") or "build")
LOGS = OUT / "logs"
_print_lock = threading.Lock()


def say(text):
    with _print_lock:
        print(text, flush=True)


def out_folder(build):
    return OUT if build == "plain" else OUT / build


class Results:
    """Counts, and the failures to repeat at the end."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []
        self._lock = threading.Lock()

    def add(self, status, name, why="", log=()):
        with self._lock:
            setattr(self, status, getattr(self, status) + 1)
            if status == "failed":
                self.failures.append((name, why, list(log)))

    def summary(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


# --- Building -----------------------------------------------------------------------


def build_options(build):
    return [f"{k}={v}" for k, v in matrix.BUILDS[build].items()]


def make_environment():
    """Without what the make that runs us would hand down."""
    return {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS", "CROSS_COMPILE")}


def build_image(build, arch, results):
    """Builds one image. False if that failed."""
    began = time.monotonic()
    command = ["make", f"-j{os.cpu_count()}", f"ARCH={arch}", f"O={out_folder(build)}", *build_options(build), "image"]
    with checks.lock_of(out_folder(build), arch):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=make_environment())
    seconds = time.monotonic() - began
    if done.returncode:
        say(f"  BUILD   {build} {arch}: failed\n{(done.stderr or done.stdout)[-4000:]}")
        results.add("failed", f"build {build} {arch}", "the image doesn't build")
        return False
    say(f"  BUILD   {build} {arch}: {seconds:.0f} s")
    return True


def build_selftests(arch):
    """The initramfs of user-space tests for a machine; the same for each build of the kernel."""
    folder = OUT / arch / "selftests"
    with checks.lock_of(folder, arch):
        done = subprocess.run(["make", f"-j{os.cpu_count()}", "-C", "tools/testing/selftests", f"ARCH={arch}", f"O={folder.resolve()}"],
                              capture_output=True, text=True, check=False, env=make_environment())
    if done.returncode:
        raise qemu.Trouble(f"the selftests don't build: {done.stderr[-2000:]}")
    return folder / "selftests.cpio"


# --- One boot -------------------------------------------------------------------------


def machine_for(boot, append):
    return qemu.Machine(arch=boot.arch, out=out_folder(boot.build) / boot.arch, smp=boot.smp, mem=boot.mem, cpu=boot.cpu,
                        icount=boot.timing, initrd=boot.initrd, kernel=boot.kernel, machine=boot.machine, loader=boot.loader, append=f"{append} {boot.append}".strip())


def log_path(boot, suffix=""):
    name = re.sub(r"[^a-zA-Z0-9]+", "-", f"{boot.arch}-{boot.name}{suffix}").strip("-").lower()
    return LOGS / f"{name}.log"


def give_up(boot, guest, results, why):
    """A guest that hung or died: the end of its log, and each CPU's registers and stack."""
    autopsy = guest.autopsy() if guest.process.poll() is None else "(QEMU has ended)"
    tail = guest.lines[-40:] + [guest._partial.decode(errors="replace")]
    results.add("failed", boot.label, why, [*tail, *autopsy.splitlines(), f"log: {guest.log_path}"])


def patience_with(boot):
    group = "debug" if boot.build == "debug" or "KASAN" in matrix.BUILDS[boot.build] else "plain"
    if boot.kind == "fails":
        return qemu.Patience(boot.silence or matrix.SILENCE[group], matrix.LIMIT[group], r"planted: |---\[ end Kernel panic")
    return qemu.Patience(matrix.SILENCE[group], matrix.LIMIT[group])


class Listing:
    """What kunit.action=list names, asked once for each image."""

    def __init__(self):
        self._lock = threading.Lock()
        self._known = {}          # (build, arch, glob): a future of the names, None if the guest failed

    def names(self, boot, results):
        """The suite.case names that @boot has to run; None if no guest told them."""
        key = boot.build, boot.arch, boot.glob
        with self._lock:
            mine = key not in self._known
            future = self._known.setdefault(key, concurrent.futures.Future())
        if mine:
            try:
                future.set_result(list_cases(boot, results))
            except BaseException as error:
                future.set_exception(error)
                raise
        listed = future.result()
        return None if listed is None else [name for name in listed if is_timing(name) == boot.timing]


def is_timing(case):
    return case.split(".")[0].endswith("_timing")


def list_cases(boot, results):
    """Boots a guest for the names. None if it failed."""
    boot = matrix.Boot(f"list of {boot.glob}", boot.arch, build=boot.build, mem=boot.mem, glob=boot.glob)
    guest = qemu.Guest(machine_for(boot, f"kunit.action=list kunit.filter_glob={boot.glob} kunit_shutdown=poweroff"),
                       log_path(boot, boot.build))
    try:
        for _ in guest.read_lines(patience_with(boot)):
            pass
    except TimeoutError as error:
        give_up(boot, guest, results, f"listing the cases: {error}")
        return None
    finally:
        guest.close()
    names = ktap.parse_list(guest.lines)
    if not names:
        results.add("failed", boot.label, "no case matches, or the guest died before it could list them", guest.lines[-40:])
        return None
    twice = sorted(name for name, times in collections.Counter(names).items() if times > 1)
    if twice:
        results.add("failed", boot.label, "listed twice: " + ", ".join(twice[:10]))
    return names


_listing = Listing()


# What a torture scenario has done: worth telling even when all is well.
TORTURE = re.compile(r"rcutorture: (\w+: \d+ reads, .*)")


def run_suites(boot, results):
    listed = _listing.names(boot, results)
    if not listed:
        return

    def suite_done(name, cases):
        bad = sum(c.status == "failed" for c in cases)
        say(f"  {'FAILED ' if bad else 'ok     '} {boot.label}: {name} ({len(cases)} cases{f', {bad} failed' if bad else ''})")

    parser = ktap.Parser(suite_done)
    guest = qemu.Guest(machine_for(boot, f"kunit.filter_glob={boot.glob} kunit.filter=timing={str(boot.timing).lower()} "
                                         "kunit_shutdown=poweroff hung_task_timeout_secs=600"), log_path(boot))
    hung = None
    try:
        for line in guest.read_lines(patience_with(boot)):
            parser.feed(line)
            counts = TORTURE.search(line)
            if counts:
                say(f"          {boot.label}: {counts[1]}")
        guest.wait(20)
    except TimeoutError as error:
        hung = str(error)
        give_up(boot, guest, results, f"in {parser.running()}: {error}")
    finally:
        guest.close()
    for case in parser.cases:
        results.add(case.status, f"{boot.label}: {case.full_name}", case.why, case.log)
    for error in parser.finish() if not hung else []:
        results.add("failed", f"{boot.label}: KTAP", error)
    if parser.strays:
        results.add("failed", f"{boot.label}: stray reports", f"{parser.strays} reports of detectors outside any case; log: {guest.log_path}")
    if not parser.done and not hung:
        results.add("failed", boot.label, f"the guest ended in {parser.running()} before its tests did",
                    guest.lines[-40:] + [f"log: {guest.log_path}"])
    missed = sorted(set(listed) - {c.full_name for c in parser.cases})
    if missed and parser.done:
        results.add("failed", boot.label, "listed but not run: " + ", ".join(missed[:10]))


def reach_prompt(boot, results, then):
    """Boots to the monitor prompt, says @then, and reads to the end. The guest, or None."""
    guest = qemu.Guest(machine_for(boot, ""), log_path(boot))
    try:
        patience = patience_with(boot)
        for _ in guest.read_lines(patience, PROMPT):
            pass
        if guest.process.poll() is not None and guest.wait(1) is not None:
            results.add("failed", boot.label, "the guest ended before its prompt", guest.lines[-40:])
            return None
        guest.send(then + "\r")
        for _ in guest.read_lines(patience):
            pass
        guest.wait(20)
        return guest
    except TimeoutError as error:
        give_up(boot, guest, results, str(error))
        return None
    except BrokenPipeError:
        results.add("failed", boot.label, "the guest ended before its prompt", guest.lines[-40:])
        return None
    finally:
        guest.close()


# On the way to the prompt no stack is printed at all; programs may bring the out-of-memory killer, which prints one.
TROUBLE = re.compile(rf"{qemu.REPORT.pattern}|^\[ *\d+\.\d+\].*Call [tT]race")


def boot_to_prompt(boot, results):
    guest = reach_prompt(boot, results, "cpus\rpoweroff")
    if not guest:
        return
    bad = [line for line in guest.lines if TROUBLE.search(line)]
    online = [line for line in guest.lines if re.search(rf"\b{boot.smp} of {boot.smp} CPUs? online", line)]
    if bad:
        results.add("failed", boot.label, bad[0], guest.lines[-60:])
    elif not online:
        results.add("failed", boot.label, f"the monitor didn't tell of {boot.smp} CPUs online", guest.lines[-40:])
    else:
        results.add("passed", boot.label)
        say(f"  ok      {boot.label}: boots to the prompt")


def boot_and_die(boot, results):
    guest = reach_prompt(boot, results, "panic")
    if not guest:
        return
    text = "\n".join(guest.lines)
    if not re.search(boot.pattern, text):
        results.add("failed", boot.label, f"no line matches {boot.pattern!r}", guest.lines[-40:])
    elif not re.search(r"\b\w+\+0x[0-9a-f]+/0x[0-9a-f]+", text):
        results.add("failed", boot.label, "the trace has no symbols", guest.lines[-40:])
    else:
        results.add("passed", boot.label)
        say(f"  ok      {boot.label}: panics as it should")


def unmatched(boot, text):
    """The patterns of @boot that nothing in @text matches."""
    return [p for p in matrix.patterns(boot) if not re.search(p, text, re.MULTILINE)]


def boot_and_catch(boot, results):
    """A planted bug: all patterns have to come, and then, where the boot says so, the prompt or the guest's end."""
    words = ""
    if boot.selftests:
        boot, words = dataclasses.replace(boot, initrd=str(build_selftests(boot.arch))), f"selftests={boot.selftests} loglevel=5"
    guest = qemu.Guest(machine_for(boot, words), log_path(boot))
    try:
        patience = patience_with(boot)
        missing = matrix.patterns(boot)
        for line in guest.read_lines(patience):
            missing = [p for p in missing if not re.search(p, line)]
            if not missing:
                break
        if missing:
            results.add("failed", boot.label, f"not caught: no line matches {missing[0]!r}", guest.lines[-40:] + [f"log: {guest.log_path}"])
            return
        if boot.then == "prompt":
            # It may have come before the last pattern, and have been printed over.
            for _ in () if any(PROMPT in line for line in guest.lines) else guest.read_lines(patience, PROMPT):
                pass
            guest.send("poweroff\r")
        if boot.then:
            for _ in guest.read_lines(patience):
                pass
        results.add("passed", boot.label)
        say(f"  ok      {boot.label}: seen")
    except (TimeoutError, BrokenPipeError) as error:
        give_up(boot, guest, results, f"{error}; expected {matrix.patterns(boot)!r}" + (f", then the {boot.then}" if boot.then else ""))
    finally:
        guest.close()


class Tap:
    """What tools/testing/selftests/init.c prints: programs, and the TAP of each."""

    PROGRAM = re.compile(r"^# selftest (\S+?)(?:: status 0x([0-9a-f]+))?$")
    RESULT = re.compile(r"^(ok|not ok) (\d+) (\S+)(.*)$")
    PLAN = re.compile(r"^1\.\.(\d+)$")
    DONE = re.compile(r"^# selftests: (\d+) programs, (\d+) with failures")

    def __init__(self, boot, results):
        self.boot, self.results = boot, results
        self.program, self.planned, self.seen, self.log, self.programs, self.done = "", 0, 0, [], 0, False

    def feed(self, line):
        line = line.rstrip("\r\n")
        program, result, plan = self.PROGRAM.match(line), self.RESULT.match(line), self.PLAN.match(line)
        if program and program[2] is None:
            self.program, self.planned, self.seen, self.log = program[1], 0, 0, []
        elif program:
            self.end_of_program(int(program[2], 16))
        elif plan:
            self.planned = int(plan[1])
        elif result:
            self.seen += 1
            status = "skipped" if "# SKIP" in result[4] else "passed" if result[1] == "ok" else "failed"
            self.results.add(status, f"{self.boot.label}: {self.program}.{result[3]}", "", self.log[-20:])
            self.log = []
        elif self.DONE.match(line):
            self.done = True
        else:
            self.log.append(line)

    def end_of_program(self, status):
        self.programs += 1
        if not self.planned or self.seen != self.planned:
            self.results.add("failed", f"{self.boot.label}: {self.program}",
                             f"{self.seen} of {self.planned} tests told; status 0x{status:x}", self.log[-40:])
        say(f"  {'ok     ' if not status else 'FAILED '} {self.boot.label}: {self.program} ({self.seen} tests)")


# An emulated timer that a busy host holds up would be called broken.
WORDS_FOR_LINUX = "quiet panic=-1 no_timer_check"


def hear_out(boot, words, results, feed, running):
    """Boots with @words and hands each line to @feed until the guest ends; running() says what it is at. None if it hung."""
    guest = qemu.Guest(machine_for(boot, words), log_path(boot))
    try:
        for line in guest.read_lines(patience_with(boot)):
            feed(line)
        guest.wait(20)
    except TimeoutError as error:
        give_up(boot, guest, results, f"{running()}: {error}")
        return None
    finally:
        guest.close()
    if not boot.kernel:
        hear_complaints(boot, guest, results)
    return guest


def hear_complaints(boot, guest, results):
    """What our kernel complains of is a failure, whatever became of the tests."""
    bad = [line for line in guest.lines if qemu.REPORT.search(line)]
    if bad:
        results.add("failed", f"{boot.label}: the kernel complained", bad[0], guest.lines[-60:])


def run_selftests(boot, results):
    """User-space tests: the kernel's first process runs them all and powers off."""
    boot = dataclasses.replace(boot, initrd=str(build_selftests(boot.arch)), kernel=userspace.kernel_of(boot))
    tap = Tap(boot, results)
    guest = hear_out(boot, f"selftests={boot.glob} {WORDS_FOR_LINUX if boot.kernel else 'loglevel=5'}", results, tap.feed,
                     lambda: f"in {tap.program or 'no program'}")
    if guest and not (tap.done and tap.programs):
        results.add("failed", boot.label, f"the guest ended in {tap.program or 'no program'} before its tests did", guest.lines[-40:])


def run_programs(boot, results):
    """Commands of the Debian tree: what they print and how they end is held against what Debian's kernel made of them."""
    boot = userspace.with_initrd(boot, userspace.programs_archive(boot.rootfs, boot.arch, OUT.resolve()),
                                 kernel=userspace.kernel_of(boot))
    cases, known = userspace.Cases(), userspace.expectations()

    def feed(line):
        name = cases.feed(line)
        if name and not boot.record:
            status, *why = userspace.judge(name, cases.texts[name], known)
            results.add(status, f"{boot.label}: {name}", *why)
            if status == "failed":
                say(f"  FAILED  {boot.label}: {name}")

    words = f"LECTERN_RUN=/lectern-programs/run programs={boot.glob} " + (WORDS_FOR_LINUX if boot.kernel else "panic=-1 loglevel=5")
    guest = hear_out(boot, words, results, feed, lambda: f"after {len(cases.texts)} programs")
    if not guest:
        return
    if not cases.ended or not cases.texts:
        results.add("failed", boot.label, "the guest ended before its programs did", guest.lines[-40:])
    elif boot.record:
        userspace.record(cases.texts)
        say(f"  KEPT    {boot.label}: what {len(cases.texts)} programs print")
    else:
        unknown = sum(name not in known for name in cases.texts)
        say(f"  ok      {boot.label}: {len(cases.texts)} programs" + (f", {unknown} of them skipped: what Linux prints isn't kept" if unknown else ""))


def run_stress(boot, results):
    """stress-ng: no group of stressors may fail, and afterwards nothing may be missing."""
    boot = userspace.with_initrd(boot, userspace.stress_archive(boot.arch, OUT.resolve()))
    cases, states = userspace.Cases(), {}

    def feed(line):
        name, state = cases.feed(line), userspace.STATE.match(line)
        if name:
            status, *why = userspace.judge_stress(cases.texts[name])
            results.add(status, f"{boot.label}: {name}", *why)
            say(f"  {'ok     ' if status == 'passed' else 'FAILED '} {boot.label}: {name}")
        if state:
            states[state[1]] = tuple(int(figure) for figure in state.groups()[1:])

    guest = hear_out(boot, f"LECTERN_RUN=/lectern-stress/run stress={boot.glob} panic=-1 loglevel=5", results, feed,
                     lambda: f"after {len(cases.texts)} groups")
    if not guest:
        return
    if not cases.ended or not cases.texts:
        results.add("failed", boot.label, "the guest ended before its stressors did", guest.lines[-40:])
        return
    found = userspace.leaks(states)
    results.add("failed" if found else "passed", f"{boot.label}: nothing is left behind", "; ".join(found))


def run_session(boot, results):
    """Somebody at the serial line: each talk of talks.py is one test; after one that failed the shell's state is unknown."""
    boot = userspace.with_initrd(boot, userspace.make_rootfs(boot.rootfs, boot.arch, OUT.resolve()))
    guest = qemu.Guest(machine_for(boot, "loglevel=4"), log_path(boot))
    talk, name = userspace.Talk(guest, patience_with(boot)), "a prompt"
    try:
        talk.see(talks.PROMPT)
        for function in talks.TALKS[boot.rootfs]:
            name = function.__name__
            function(talk)
            results.add("passed", f"{boot.label}: {name}")
            say(f"  ok      {boot.label}: {name}")
        name = "poweroff"
        talk.type("poweroff\r")
        for _ in guest.read_lines(patience_with(boot)):
            pass
        results.add("passed", f"{boot.label}: {name}")
        hear_complaints(boot, guest, results)
    except TimeoutError as error:
        give_up(boot, guest, results, f"{name}: {error}; shown since the last key: {talk.shown[-400:]!r}")
    except (EOFError, BrokenPipeError):
        results.add("failed", boot.label, f"the guest ended in {name}", guest.lines[-40:])
    finally:
        guest.close()
    bad = [line for line in guest.lines if qemu.REPORT.search(line)]
    if bad:
        results.add("failed", f"{boot.label}: the kernel complained", bad[0], guest.lines[-60:])


def boot_and_fail(boot, results):
    """Tests this runner: run as suites, the guest has to be found dead or hung, with the evidence that the patterns name."""
    private = Results()
    run_suites(boot, private)
    evidence = "\n".join(text for name, why, log in private.failures for text in (name, why, *log))
    missing = unmatched(boot, evidence)
    if not private.failed:
        results.add("failed", boot.label, "the runner found nothing wrong with a guest that is")
    elif missing:
        results.add("failed", boot.label, f"the runner's report lacks {missing[0]!r}", evidence.splitlines()[-120:])
    else:
        results.add("passed", boot.label)
        say(f"  ok      {boot.label}: found")


KINDS = {"suites": run_suites, "selftests": run_selftests, "programs": run_programs, "stress": run_stress,
         "session": run_session, "prompt": boot_to_prompt, "dies": boot_and_die, "caught": boot_and_catch, "fails": boot_and_fail}


def lacks_tool(item):
    """The program that the build of a boot or check needs and this host lacks, or ""."""
    tool = matrix.NEEDS.get(item.build, "")
    return tool if tool and not shutil.which(tool) else ""


def run_boot(boot, results):
    if boot.loader.startswith("iso") and not qemu.can_make_isos():
        results.add("skipped", boot.label)
        say(f"  skipped {boot.label}: this host has no GRUB for x86")
        return
    began = time.monotonic()
    try:
        KINDS[boot.kind](boot, results)
    except (qemu.Trouble, OSError, subprocess.SubprocessError) as trouble:
        results.add("failed", boot.label, f"{type(trouble).__name__}: {trouble}")
    except userspace.Unavailable as why:
        results.add("skipped", boot.label)
        say(f"  skipped {boot.label}: {why}")
        return
    say(f"  BOOT    {boot.label}: {time.monotonic() - began:.0f} s")


# --- Checks on the host -----------------------------------------------------------------------


def run_check(check, results):
    """One of tools/testing/host/."""
    if check.missing:
        results.add("skipped", check.label)
        say(f"  skipped {check.label}: needs {check.needs}")
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lectern-") as folder:
        folder = pathlib.Path(folder)
        context = checks.Context(arch=check.arch, out=out_folder(check.build) if check.arch else folder, folder=folder)
        try:
            check.function(context)
        except userspace.Unavailable as why:
            results.add("skipped", check.label)
            say(f"  skipped {check.label}: {why}")
            return
        except (AssertionError, TimeoutError, OSError, KeyError, subprocess.SubprocessError, qemu.Trouble) as error:
            results.add("failed", check.label, type(error).__name__, str(error).splitlines())
            return
    results.add("passed", check.label)
    say(f"  ok      {check.label}: {time.monotonic() - began:.0f} s")


# --- All ------------------------------------------------------------------------------------


def wanted(args, item):
    """Is a boot or a check among what the command line asks for?"""
    tiers = {"test", "full" if args.tier == "full" else "brief", "asked" if args.kind else "test"}
    return (item.tier in tiers and (not args.arch or item.arch == args.arch) and
            (not args.build or item.build == args.build) and (not args.only or re.search(args.only, item.label)))


def chosen_boots(args):
    if args.kind:
        picked = [b for b in matrix.boots() if b.kind == args.kind and wanted(args, b) and bool(b.kernel) == bool(args.kernel)]
        return [dataclasses.replace(b, name=b.name.replace("Debian's kernel", os.path.basename(args.kernel)) if b.kernel != args.kernel else b.name,
                                    kernel=args.kernel, glob=args.glob or b.glob, smp=args.smp or b.smp, record=args.record) for b in picked]
    if args.glob:
        arches = [args.arch] if args.arch else ["x86_64", "arm64"]
        build, smp = args.build or "plain", args.smp or 4
        return [matrix.Boot(f"{'timing' if timing else build}, {smp} CPUs", arch, build=build, smp=smp, glob=args.glob,
                            timing=timing, mem="512M" if args.build else "256M", append=args.append)
                for arch in arches for timing in (False, True) if not timing or build == "plain"]
    return [b for b in matrix.boots() if wanted(args, b) and (not args.smp or b.smp == args.smp)]


def chosen_checks(args):
    return [] if args.glob or args.smp or args.kind else [c for c in checks.CHECKS if wanted(args, c)]


def guests_at_a_time():
    """Most suites keep one CPU busy; what needs several at the same time is marked `alone` and comes last. JOBS= says otherwise."""
    return os.cpu_count() or 2


def try_to_build_selftests(arch):
    """Now, so that no guest has to wait for it; if it fails, each boot that needs them will say why."""
    began = time.monotonic()
    with contextlib.suppress(qemu.Trouble):
        build_selftests(arch)
        say(f"  BUILD   selftests {arch}: {time.monotonic() - began:.0f} s")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--tier", choices=("test", "full"), default="test")
    ap.add_argument("--arch", choices=("x86_64", "arm64"))
    ap.add_argument("--glob")
    ap.add_argument("--kind", default="", help="only boots of this kind; --glob picks among what they run")
    ap.add_argument("--kernel", default="", help="with --kind: boots of this kernel, \"debian\" or an image, instead of ours")
    ap.add_argument("--record", action="store_true", help="with --kind programs: keep what they print as what is expected")
    ap.add_argument("--smp", type=int)
    ap.add_argument("--build", choices=list(matrix.BUILDS))
    ap.add_argument("--only", help="boots and checks whose name this regular expression matches")
    ap.add_argument("--append", default="", help="with --glob: more words for the kernel's command line")
    ap.add_argument("--jobs", type=int, default=guests_at_a_time(), help="guests at a time")
    ap.add_argument("--hours", type=float, default=0, help="run the boots again and again, in a new order each time, for so long")
    args = ap.parse_args()

    # Ended from outside, the guests must end too.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(qemu.kill_all()))
    boots, host_checks = chosen_boots(args), chosen_checks(args)
    if not boots and not host_checks:
        sys.exit("run.py: nothing matches")
    try:
        for arch in dict.fromkeys(item.arch for item in boots + host_checks if item.arch):
            qemu.check_qemu(arch)
    except qemu.Trouble as trouble:
        sys.exit(f"make test: {trouble}")
    results = Results()
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool, concurrent.futures.ThreadPoolExecutor(1) as aside:
        def submit(function, item):
            return (aside if item.sleeps else pool).submit(function, item, results)

        waiting = [submit(run_check, c) for c in host_checks if not c.arch]
        # Guests come after all builds: one whose CPUs have to wait for each other (patched code, exclusive stores) crawls beside a compiler.
        built = []
        for build, arch in dict.fromkeys((item.build, item.arch) for item in boots + host_checks if item.arch):
            mine = [item for item in boots + host_checks if (item.build, item.arch) == (build, arch)]
            if lacks_tool(mine[0]):
                for item in mine:
                    results.add("skipped", item.label)
                say(f"  skipped {build} {arch}: needs {lacks_tool(mine[0])}")
            elif all(isinstance(item, matrix.Boot) and item.kernel for item in mine) or build_image(build, arch, results):
                built.append((build, arch))
        for arch in dict.fromkeys(b.arch for b in boots if b.kind == "selftests" or b.selftests):
            try_to_build_selftests(arch)
        alone = []
        for build, arch in built:
            waiting += [submit(run_boot, b) for b in boots if (b.build, b.arch) == (build, arch) and not b.alone]
            alone += [b for b in boots if (b.build, b.arch) == (build, arch) and b.alone]
            waiting += [submit(run_check, c) for c in host_checks if (c.build, c.arch) == (build, arch)]
        for future in waiting:
            future.result()
        for boot in alone:
            run_boot(boot, results)
        rounds = 1
        while time.monotonic() - began < args.hours * 3600 and not results.failed:
            rounds += 1
            say(f"  ROUND   {rounds}: {results.summary()}")
            for future in [pool.submit(run_boot, b, results) for b in random.sample(boots, len(boots))]:
                future.result()

    for name, why, log in results.failures:
        print(f"\nFAILED  {name}: {why}")
        for line in log[-120:]:
            print(f"        {line}")
    print(f"\n{time.monotonic() - began:.0f} s; logs in {LOGS}/")
    print(results.summary())
    # Who asked for another kernel and didn't get it has compared nothing.
    return 1 if results.failed or (args.kernel and not results.passed) else 0


if __name__ == "__main__":
    sys.exit(main())
