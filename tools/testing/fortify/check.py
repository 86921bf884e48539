#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Overflows that the compiler can see must not compile: `make check-fortify`.

usage: check.py CC FLAGS...

Each case below is the body of a function. It is compiled with the kernel's own flags, and the compiler has
to refuse it with the text beside it; with LEN one less (in strcpy's case more) the same
body has to compile, so that a case can't pass for a wrong reason.
"""
import subprocess
import sys
import tempfile
import pathlib

# name, body with LEN standing for a length that is just too much, the too large LEN, what the compiler says
WRITE = "detected write beyond size of object (1st parameter)"
READ = "detected read beyond size of object (1st parameter)"
READ2 = "detected read beyond size of object (2nd parameter)"
FIELD = "detected write beyond size of field (1st parameter)"
CLANG_ITSELF = "will always overflow"
CASES = [
    ("memcpy, destination", "char d[8]; use(d); memcpy(d, big, LEN); use(d);", 9, WRITE),
    ("memcpy, source", "char s[8]; use(s); memcpy(big, s, LEN);", 9, READ2),
    ("memcpy, member", "struct pair p; use(&p); memcpy(p.one, big, LEN); use(&p);", 9, FIELD),
    ("memmove, destination", "char d[8]; use(d); memmove(d, big, LEN); use(d);", 9, WRITE),
    ("memmove, source", "char s[8]; use(s); memmove(big, s, LEN);", 9, READ2),
    ("memset", "char d[8]; memset(d, 0, LEN); use(d);", 9, WRITE),
    ("memset, member", "struct pair p; memset(p.one, 0, LEN); use(&p);", 9, FIELD),
    ("memcmp, first", "char s[8]; use(s); return memcmp(s, big, LEN);", 9, READ),
    ("memcmp, second", "char s[8]; use(s); return memcmp(big, s, LEN);", 9, READ2),
    ("memchr", "char s[8]; use(s); return !!memchr(s, 'x', LEN);", 9, READ),
    ("memchr_inv", "char s[8]; use(s); return !!memchr_inv(s, 'x', LEN);", 9, READ),
    ("memscan", "char s[8]; use(s); return !!memscan(s, 'x', LEN);", 9, READ),
    # clang learns the length of a literal too late; at run time it is caught there as well
    ("strcpy", "char d[LEN]; strcpy(d, \"seven c\"); use(d);", 7, WRITE),
    ("strncpy", "char d[8]; strncpy(d, text, LEN); use(d);", 9, WRITE),
    ("strscpy", "char d[8]; strscpy(d, text, LEN); use(d);", 9, WRITE),
    ("strlcat", "char d[8]; use(d); strlcat(d, text, LEN); use(d);", 9, WRITE),
    ("kmemdup", "char s[8]; use(s); use(kmemdup(s, LEN, GFP_KERNEL));", 9, READ),
]

SOURCE = """
#include <linux/slab.h>
#include <linux/string.h>
struct pair { char one[8]; char two[8]; };
extern char big[64], *text;
void use(void *p);
int body(void);
int body(void)
{
	%s
	return 0;
}
"""


def compiles(command, body, folder):
    source = folder / "case.c"
    source.write_text(SOURCE % body)
    done = subprocess.run([*command, "-Werror", "-Wno-stringop-truncation", "-c", "-o", str(folder / "case.o"), str(source)], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def main():
    command = sys.argv[1:]
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for title, body, length, says in CASES:
            if title == "strcpy" and "clang" in command[0]:
                continue
            # in strcpy's case LEN is the room, which is too small
            right = length + 1 if title == "strcpy" else length - 1
            good, text = compiles(command, body.replace("LEN", str(right)), folder)
            if not good:
                print(f"check-fortify: {title}: does not compile though it should:\n{text}")
                failed += 1
            good, text = compiles(command, body.replace("LEN", str(length)), folder)
            if good or not any(words in text for words in (says, CLANG_ITSELF)):
                print(f"check-fortify: {title}: " + ("compiles, though it overflows" if good else f"refused for another reason:\n{text}"))
                failed += 1
    print(f"check-fortify: {len(CASES)} overflows refused, each with its legal twin" if not failed else f"check-fortify: {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
