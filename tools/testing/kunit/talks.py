# SPDX-License-Identifier: MIT
"""What somebody types at the serial line, and what has to be shown: the boots of kind `session`.

A talk is a function of a userspace.Talk. Nothing in it waits for a time: each key is the answer to something that was shown.
Prompts and control sequences differ between shells; what is waited for are the programs' own words, at the start of a line.
"""

CTRL_C, CTRL_D, CTRL_U, CTRL_W, CTRL_Z, CTRL_BACKSLASH = "\x03", "\x04", "\x15", "\x17", "\x1a", "\x1c"
LEFT, UP, ESCAPE, BACKSPACE = "\x1b[D", "\x1b[A", "\x1b", "\x7f"
PROMPT = r"# $"


def line_editing(t):
    t.do(f"echo wrongX{BACKSPACE}{BACKSPACE * 5}right\r", r"\nright\n[^\n]*" + PROMPT)
    t.do(f"echo bc{LEFT}{LEFT}a\r", r"\nabc\n[^\n]*" + PROMPT)
    t.do(f"{UP}\r", r"\nabc\n[^\n]*" + PROMPT)
    t.do(f"never typed{CTRL_U}echo instead\r", r"\ninstead\n[^\n]*" + PROMPT)
    t.do("cat /etc/issu\t | wc -l\r", r"\n\d\n[^\n]*" + PROMPT)


def canonical_mode(t):
    """The kernel's own line editing, for a program that doesn't edit by itself."""
    t.do("sh -c 'echo ready; exec cat'\r", r"\nready\n")
    t.do(f"bad words{CTRL_W}{CTRL_U}gooX{BACKSPACE}d\r", r"\ngood\n")
    t.do(CTRL_D, PROMPT)


def interrupt(t):
    for key, status in ((CTRL_C, 130), (CTRL_BACKSLASH, 131)):
        t.do("(echo ready; exec sleep 1000)\r", r"\nready\n")
        t.do(key, PROMPT)
        t.do("echo status $?\r", rf"\nstatus {status}\n[^\n]*" + PROMPT)


def job_control(t):
    # It says when it has been continued, and so that it is in the foreground: then the next key is for it.
    t.do("""sh -c 'trap "echo again" CONT; echo ready; while :; do sleep 1000 & wait; done'\r""", r"\nready\n")
    t.do(CTRL_Z, r"[Ss]topped[^\n]*\n[^\n]*" + PROMPT)
    t.do("jobs\r", r"\n\[1\][^\n]*[Ss]topped[^\n]*\n[^\n]*" + PROMPT)
    t.do("fg\r", r"\nagain\n")
    t.do(CTRL_Z, r"[Ss]topped[^\n]*\n[^\n]*" + PROMPT)
    t.do("bg\r", r"\n[^\n]*again\n")
    t.do("jobs\r", r"\n\[1\][^\n]*[Rr]unning[^\n]*\n[^\n]*" + PROMPT)
    t.do("kill %1; wait %1; echo status $?\r", r"\nstatus 143\n(.*\n)*[^\n]*" + PROMPT)
    # Who reads from the terminal in the background is stopped.
    t.do("cat &\r", PROMPT)
    t.until("jobs\r", r"[Ss]topped", PROMPT)
    t.do("kill -9 %1\r", PROMPT)
    t.until("jobs\r", r"(?s)\A(?!.*[Ss]topped)", PROMPT)


def resize(t):
    # The signal is for the foreground's process group: the program that resizes and the one that traps have to be in it.
    t.do("""sh -c 'trap "echo winch" WINCH; stty rows 40 cols 100; stty size; echo end'\r""", r"\nwinch\n40 100\nend\n[^\n]*" + PROMPT)
    t.do("stty rows 25 cols 80; stty size\r", r"\n25 80\n[^\n]*" + PROMPT)


def vi(t, command_mode=""):
    """@command_mode: what an editor shows that needs time to tell the escape key from the beginning of another key."""
    t.do("vi /tmp/poem\r", r"~")
    t.do("ifirst line\rsecond\rthird", r"third")
    t.do(ESCAPE, command_mode)
    t.do(":2\rdd:1s/first/1st/\rGofourth", r"fourth")
    t.do(ESCAPE, command_mode)
    t.do(":wq\r", PROMPT)
    t.do("cat /tmp/poem | tr '\\n' ,\r", r"\n1st line,third,fourth,")


def busybox_vi(t):
    vi(t, command_mode="- /tmp/poem")


def python_prompt(t):
    t.do("python3 -q\r", r">>> $")
    t.do("6 * 7\r", r"\n42\n>>> $")
    # Many short sleeps: a signal that python notes before it begins one is acted on behind it.
    t.do("import time; print('ready'); [time.sleep(.1) for _ in range(10000)]\r", r"\nready\n")
    t.do(CTRL_C, r"KeyboardInterrupt\n>>> $")
    t.do(CTRL_D, PROMPT)


def full_screen_programs(t):
    t.do("top\r", r"PID.*COMMAND")
    t.do("q", PROMPT)
    t.do("seq 1000 | less\r", r"\n20\n")
    t.do("/777\r", r"\n777\n")
    t.do("q", PROMPT)


TALKS = {
    "busybox": [line_editing, canonical_mode, interrupt, job_control, resize, busybox_vi],
    "debian": [line_editing, canonical_mode, interrupt, job_control, resize, vi, python_prompt, full_screen_programs],
}
