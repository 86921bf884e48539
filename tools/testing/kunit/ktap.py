# SPDX-License-Identifier: MIT
"""Reads KTAP version 1 from a console, line by line, as the guest prints it.

Feed it every line of the console; it takes what is KTAP and leaves the rest, which is
kept as the log of the case that was running. KTAP's own word on nesting is the
indent, four spaces a level: level 0 is suites, level 1 cases, level 2 parameters.
"""
import dataclasses
import re

STAMP = re.compile(r"^(<\d+>)?\[\s*\d+\.\d+\]( )?")
RESULT = re.compile(r"^(?P<indent> *)(?P<ok>ok|not ok) (?P<number>\d+)(?: -)? ?(?P<name>[^#]*?)(?: # (?P<directive>.*))?$")
PLAN = re.compile(r"^(?P<indent> *)1\.\.(?P<count>\d+)$")
SUBTEST = re.compile(r"^(?P<indent> *)# Subtest: (?P<name>.*)$")
DONE = re.compile(r"^kunit: done, (\d+) suites, (\d+) failed, (\d+) stray reports")


def strip_stamp(line):
    """The line without the console's carriage return and printk's time stamp."""
    return STAMP.sub("", line.rstrip("\r\n"), count=1)


@dataclasses.dataclass
class Case:
    suite: str
    name: str
    status: str          # "passed", "failed" or "skipped"
    why: str = ""
    log: list = dataclasses.field(default_factory=list)

    @property
    def full_name(self):
        return f"{self.suite}.{self.name}"


class Parser:
    """Collects results; .done is set once the guest says that it is finished."""

    def __init__(self, on_suite=None):
        self.cases = []
        self.suites = []          # (name, status)
        self.errors = []          # breaches of KTAP, each a line of text
        self.done = False
        self.strays = 0
        self.planned = None
        self._suite = None
        self._suite_plan = None
        self._suite_seen = 0
        self._log = []
        self._on_suite = on_suite

    def feed(self, raw):
        line = strip_stamp(raw)
        done = DONE.match(line)
        if done:
            self.done = True
            self.strays = int(done.group(3))
            return
        if self._subtest(line) or self._plan(line) or self._result(line):
            return
        if self._suite is not None:
            self._log.append(line)

    def running(self):
        """What was running when the console fell silent."""
        return self._suite or "no suite"

    def _subtest(self, line):
        m = SUBTEST.match(line)
        if not m:
            return False
        if len(m["indent"]) == 4:
            self._suite, self._suite_plan, self._suite_seen, self._log = m["name"], None, 0, []
        return True

    def _plan(self, line):
        m = PLAN.match(line)
        if not m:
            return False
        if not m["indent"]:
            self.planned = int(m["count"])
        elif len(m["indent"]) == 4:
            self._suite_plan = int(m["count"])
        return True

    def _result(self, line):
        m = RESULT.match(line)
        if not m:
            return False
        directive = m["directive"] or ""
        status = "passed" if m["ok"] == "ok" else "failed"
        if directive.upper().startswith("SKIP") and status == "passed":
            status = "skipped"
        level, name = len(m["indent"]) // 4, m["name"].strip()
        if level == 0:
            self._end_suite(name, status)
        elif level == 1 and self._suite is not None:
            self._suite_seen += 1
            if int(m["number"]) != self._suite_seen:
                self.errors.append(f"{self._suite}: result {m['number']} came as number {self._suite_seen}")
            self.cases.append(Case(self._suite, name, status, directive, self._log))
            self._log = []
        return True

    def _end_suite(self, name, status):
        if self._suite != name:
            self.errors.append(f"suite {name} ended, but {self._suite} was running")
        elif self._suite_plan is not None and self._suite_plan != self._suite_seen:
            self.errors.append(f"suite {name} planned {self._suite_plan} cases and ran {self._suite_seen}")
        mine = [c for c in self.cases if c.suite == name]
        if status == "failed" and not any(c.status == "failed" for c in mine):
            self.cases.append(Case(name, "(suite)", "failed", "suite init, or not in balance", self._log))
        self.suites.append((name, status))
        if self._on_suite:
            self._on_suite(name, mine)
        self._suite = None

    def finish(self):
        """Checks of the whole, once nothing more comes."""
        if self.planned is not None and self.planned != len(self.suites):
            self.errors.append(f"{self.planned} suites planned, {len(self.suites)} ended")
        return self.errors


def parse_list(lines):
    """The suite.case names that kunit.action=list printed."""
    names, inside = [], False
    for raw in lines:
        line = strip_stamp(raw)
        if line.startswith("KTAP version"):
            inside = True
        elif line.startswith("kunit: done"):
            break
        elif inside and re.match(r"^[\w.-]+\.[\w-]+$", line):
            names.append(line)
    return names
