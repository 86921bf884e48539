# SPDX-License-Identifier: MIT
"""The commands of `make help`, one by one."""
import json
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import time

from checks import BOTH, check

COMMANDS = pathlib.Path("tools/build/commands.mk")
# Targets that are parts of others, or said in other words.
UNLISTED = {"all", "image", "optional-packages", "FORCE", "help"}


@check("make help knows every command")
def help_is_complete(ctx):
    text = ctx.must_make("help")
    phony = set()
    for makefile in ("Makefile", COMMANDS):
        joined = pathlib.Path(makefile).read_text().replace("\\\n", " ")
        for line in re.findall(r"^\.PHONY:(.*)$", joined, re.M):
            phony |= set(line.split())
    missing = sorted(t for t in phony - UNLISTED if not re.search(rf"make (\S+, make )*{re.escape(t)}\b", text))
    assert not missing, f"not in make help: {missing}"
    for variable in ("ARCH=", "SMP=", "MEM=", "APPEND=", "ACCEL=", "T=", "O=", "V=1", "C=1", "W=1", "LLVM=1", "CROSS_COMPILE="):
        assert variable in text, f"make help doesn't say {variable}"


@check("make menuconfig opens in a terminal and can be left")
def menuconfig_in_a_terminal(ctx):
    ctx.arch = "x86_64"
    pid, terminal = pty.fork()
    if not pid:
        os.environ.update(ctx.environment(TERM="xterm", LINES="40", COLUMNS="100"))
        os.execvp("make", ["make", f"O={ctx.folder}", "ARCH=x86_64", "menuconfig"])
    # What to type once something is shown.
    steps = [(b"Tests and debug instruments", b"q"), (b"Save configuration?", b"n")]
    shown, deadline = b"", time.monotonic() + 120
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 5)[0]:
            continue
        try:
            shown += os.read(terminal, 65536)
        except OSError:
            break
        if steps and steps[0][0] in shown:
            os.write(terminal, steps.pop(0)[1])
    if os.waitpid(pid, os.WNOHANG) == (0, 0):
        os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    assert not steps, f"never shown: {steps[0][0]!r}; at the end {shown[-800:]!r}"
    assert not (ctx.folder / "x86_64/.config").exists(), "n saved the configuration"


@check("what menuconfig saves is built, and an option that isn't there is refused")
def options_reach_the_build(ctx):
    ctx.out, ctx.arch = ctx.folder, "x86_64"
    conf, saved = (ctx.folder / "x86_64" / name for name in ("include/config/auto.conf", ".config"))
    ctx.must_make("lib/sort.o")
    assert "CONFIG_UBSAN=y" not in conf.read_text()
    saved.write_text(saved.read_text().replace("# CONFIG_UBSAN is not set", "CONFIG_UBSAN=y"))
    text = ctx.must_make("lib/sort.o")
    assert "CONFIG_UBSAN=y" in conf.read_text() and "CC" in text, text
    assert "CC" not in ctx.must_make("lib/sort.o"), "it is built again without a change"
    done = ctx.make("KASN=y", "lib/sort.o")
    assert done.returncode and "no option KASN; is it KASAN?" in done.stdout, done.stdout


@check("make tags finds functions of C and assembly", needs="ctags")
def tags_have_functions(ctx):
    tags = ctx.folder / "tags"
    ctx.must_make("tags", f"TAGS={tags}")
    text = tags.read_text()
    for name in ("start_kernel", "list_add_tail", "TASK_UNINTERRUPTIBLE"):
        assert re.search(rf"^{name}\t", text, re.M), f"{name} isn't in tags"


@check("make compile_commands.json holds commands that compile", BOTH)
def compile_commands_compile(ctx):
    ctx.out = ctx.folder
    ctx.must_make("compile_commands.json")
    entries = json.loads((ctx.out / ctx.arch / "compile_commands.json").read_text())
    sources = {e["file"] for e in entries}
    assert len(entries) > 200 and {"kernel/main.c", "mm/page_alloc.c"} <= sources, f"{len(entries)} entries"
    for entry in (e for e in entries if e["file"] in ("kernel/main.c", "lib/vsprintf.c", "mm/page_alloc.c")):
        words = [w for w in entry["arguments"] if w not in ("-c",)]
        at = words.index("-o")
        done = subprocess.run([*words[:at], *words[at + 2:], "-fsyntax-only"], cwd=entry["directory"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{entry['file']}:\n{done.stderr[:1500]}"


@check("make path/file.o, .i and .s, with V=1", BOTH)
def single_files(ctx):
    ctx.out = ctx.folder
    text = ctx.must_make("lib/sort.o", "V=1")
    assert f"-o {ctx.out}/{ctx.arch}/lib/sort.o" in text, text[-500:]
    for suffix, wanted in ((".i", "sort_r"), (".s", ".glob")):
        ctx.must_make("lib/sort" + suffix)
        assert wanted in (ctx.out / ctx.arch / f"lib/sort{suffix}").read_text()


@check("decode-trace puts file and line into a log", BOTH)
def traces_are_decoded(ctx):
    image = str(ctx.out / ctx.arch / "lectern.elf")
    listing = ctx.run("nm", "-S", image).stdout
    address, size = re.search(r"^(\w+) (\w+) T panic$", listing, re.M).groups()
    size = int(size, 16)
    log = f"[    1.0] RIP: 0010:panic+0x0/{size:#x}\n[    1.0]  panic+{size:#x}/{size:#x}\n[    1.0]  nobody+0x1/0x2\n[    1.0] pc : panic+0x0/{size:#x}\n"
    (ctx.folder / "log").write_text(log)
    done = ctx.run("sh", "-c", f"tools/decode-trace {image} < {ctx.folder}/log")
    first, last, unknown, again = done.stdout.splitlines()
    source = pathlib.Path("kernel/panic.c").read_text().splitlines()
    begin = int(re.search(r"\(kernel/panic\.c:(\d+)\)$", first)[1])
    end = int(re.search(r"\(kernel/panic\.c:(\d+)\)$", last)[1])
    assert any(line.startswith("void panic(") for line in source[begin - 2:begin]) and begin < end < begin + 12, done.stdout
    assert unknown.endswith("nobody+0x1/0x2") and again.endswith(f"panic.c:{begin})"), done.stdout


@check("make iso is quiet, and any command line gets through", ("x86_64",), needs="grub-mkrescue")
def iso_is_made(ctx):
    ctx.must_make("image")
    text = ctx.must_make("iso", "APPEND=loglevel=7 odd=a|b&c")
    assert text.splitlines()[-1] == f"{ctx.out}/x86_64/lectern.iso" and "xorriso" not in text, text
    iso = (ctx.out / "x86_64/lectern.iso").read_bytes()
    assert b"multiboot2 /boot/lectern.elf loglevel=7 odd=a|b&c\n" in iso, "the menu lacks the command line"


@check("a kernel with W=1 has no warning", BOTH, tier="full")
def extra_warnings(ctx):
    ctx.out = ctx.folder
    text = ctx.must_make(f"-j{os.cpu_count()}", "W=1", "image", timeout=3000)
    assert "warning:" not in text, text[text.index("warning:") - 300:][:1500]


@check("sparse finds nothing in the whole tree", BOTH, needs="sparse")
def sparse_is_quiet(ctx):
    ctx.must_make("check-sparse", timeout=3000)


@check("every header compiles alone", BOTH, tier="full")
def headers_alone(ctx):
    ctx.must_make("check-headers", timeout=3000)


@check("noinstr code calls no checker", BOTH, build="debug")
def noinstr_is_clean(ctx):
    done = ctx.run("/usr/bin/python3", "tools/build/check_noinstr.py", objdump_for(ctx), str(ctx.out / ctx.arch / "lectern.elf"))
    assert done.returncode == 0, done.stdout[-2000:]


def objdump_for(ctx):
    prefix = {"x86_64": "x86_64-linux-gnu-", "arm64": "aarch64-linux-gnu-"}[ctx.arch]
    return "objdump" if os.uname().machine.replace("aarch64", "arm64") == ctx.arch else f"{prefix}objdump"


@check("the table parsers survive broken input")
def parsers_are_fuzzed(ctx):
    ctx.must_make("fuzz", "RUNS=20000")


@check("models and C name the same steps; mutants of the small models fail")
def models_hold(ctx):
    ctx.must_make("models", "QUICK=1")


@check("overflows that the compiler can see don't compile", BOTH)
def fortify_refuses(ctx):
    ctx.out = ctx.folder
    ctx.must_make("check-fortify")
