#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Make the table of system calls that calls.c goes through from kernel/syscalls/syscalls.tbl.

    table.py SYSCALLS_TBL x86_64|arm64 OUTPUT_H

One row a call: { "name", number, arguments, { { CLASS, TAG } ... } }. The class of an argument says
what is plausible there (a descriptor, a path, a length ...); it follows from the argument's type and
name, and for words whose meaning is the call's own (ioctl's commands) from SPECIAL. TAG is the type
of the structure that a pointer leads to.
"""
import re
import sys

COLUMN = {"x86_64": 1, "arm64": 2}

# (call, argument) -> class, where type and name don't tell.
SPECIAL = {
    ("fcntl", "cmd"): "FCNTL_CMD",
    ("fcntl", "arg"): "WORD_OR_PTR",
    ("ioctl", "cmd"): "IOCTL_CMD",
    ("ioctl", "arg"): "WORD_OR_PTR",
    ("prctl", "option"): "PRCTL_OPTION",
    ("arch_prctl", "option"): "ARCH_PRCTL",
    ("arch_prctl", "arg2"): "WORD_OR_PTR",
    ("mount", "type"): "FS_TYPE",
    ("fsopen", "fs_name"): "FS_TYPE",
    ("mknod", "dev"): "DEVICE",
    ("mknodat", "dev"): "DEVICE",
    ("add_key", "type"): "STRING",
    ("memfd_create", "uname"): "STRING",
    ("mount", "flags"): "MOUNT_FLAGS",
    ("clone", "newsp"): "STACK",
    ("syslog", "type"): "SMALL",
    ("futex", "op"): "FUTEX_OP",
    ("lseek", "whence"): "SMALL",
    ("mmap", "flags"): "MMAP_FLAGS",
    ("mmap", "prot"): "SMALL",
    ("mprotect", "prot"): "SMALL",
    ("mq_open", "name"): "MQUEUE_NAME",
    ("mq_open", "oflag"): "OPEN_FLAGS",
    ("mq_unlink", "name"): "MQUEUE_NAME",
    ("semctl", "semnum"): "SMALL",
    ("semctl", "arg"): "WORD_OR_PTR",
    ("semget", "nsems"): "SMALL",
    ("semop", "nsops"): "SMALL",
    ("semtimedop", "nsops"): "SMALL",
}
# What names System V objects and message queues, in whichever call.
IPC = {"key_t key": "IPC_KEY", "int semid": "SEM_ID", "int msqid": "MSG_ID", "int shmid": "SHM_ID",
       "int semflg": "IPC_FLAGS", "int msgflg": "IPC_FLAGS", "int shmflg": "IPC_FLAGS", "mqd_t mqdes": "MQUEUE",
       "long msgtyp": "SMALL", "unsigned int msg_prio": "SMALL"}
IPC_CONTROL = {"semctl", "msgctl", "shmctl"}

DESCRIPTORS = {"fd", "oldfd", "newfd", "epfd", "ufd", "fildes", "fd_in", "fd_out", "out_fd", "in_fd", "fdin", "fdout",
               "pidfd", "fs_fd", "kernel_fd", "initrd_fd", "ruleset_fd", "group_fd", "fanotify_fd", "max_fd", "aux"}
FOLDERS = {"dfd", "olddfd", "newdfd", "from_dfd", "to_dfd", "mountdirfd"}
PATHS = {"filename", "pathname", "path", "oldname", "newname", "special", "specialfile", "dev_name", "dir_name",
         "from_pathname", "to_pathname", "new_root", "put_old"}
# Of these calls "name" is a path too, elsewhere it isn't.
NAMES_THAT_ARE_PATHS = {"acct", "umount2", "name_to_handle_at"}
LENGTHS = {"count", "len", "size", "bufsiz", "nbytes", "vlen", "nfds", "maxevents", "nr", "liovcnt", "riovcnt",
           "gidsetsize", "addrlen", "addr_len", "optlen", "len_in", "old_len", "new_len", "msgsz", "msg_len", "plen",
           "nr_segs", "nr_pages", "nr_segments", "maxnode", "n", "length", "nr_events", "min_nr", "nr_futexes", "bytecount",
           "cmdline_len", "nr_args", "to_submit", "entries", "argsz", "rseq_len", "nr_mnt_ids", "bufsize", "sizemask"}
PIDS = {"pid", "upid", "tgid", "pid1", "pid2", "pgid", "who"}
IDS = {"uid", "gid", "ruid", "euid", "suid", "rgid", "egid", "sgid", "user", "group"}
ADDRESSES = {"addr", "start", "brk", "new_addr", "entry"}


def class_of(call, decl):
    """The (class, tag) of an argument declared as @decl in @call."""
    name = re.search(r"(\w+)$", decl)[1]
    kind = decl[:-len(name)].strip()
    if (call, name) in SPECIAL:
        return SPECIAL[call, name], None
    if decl in IPC:
        return IPC[decl], None
    if call in IPC_CONTROL and name == "cmd":
        return "IPC_CMD", None
    if name == "shmaddr":
        return "ADDRESS", None
    if "__user" in kind:
        struct = re.search(r"(?:struct|union) (\w+) __user \*$", kind)
        if struct:
            return "STRUCT", struct[1]
        if re.search(r"__user \*(?:const )?(?:__user )?\*?$", kind) and kind.count("*") == 2:
            return "VECTOR", None
        if "const char __user" in kind or kind == "char __user *":
            if name in PATHS or (name == "name" and call in NAMES_THAT_ARE_PATHS):
                return "PATH", None
            if name in ("name", "key", "description", "uname"):
                return "STRING", None
        if name == "iov" or name == "vec" and "char" not in kind:
            return "STRUCT", "iovec"
        typedef = kind.replace("const ", "").split()[0]
        if typedef in ("sigset_t", "fd_set"):
            return "STRUCT", typedef
        return "BUFFER", None
    if name in FOLDERS:
        return "FOLDER", None
    if name in DESCRIPTORS:
        return "FD", None
    if name == "sigsetsize":
        return "SIGSET_SIZE", None
    if name == "usize":
        return "STRUCT_SIZE", None
    if name in PIDS:
        return "PID", None
    if name == "sig":
        return "SIGNAL", None
    if name in IDS:
        return "ID", None
    if name in LENGTHS:
        return "LENGTH", None
    if name in ADDRESSES:
        return "ADDRESS", None
    if kind in ("loff_t", "off_t") or name in ("offset", "pos_l", "pos_h", "off"):
        return "OFFSET", None
    if "timeout" in name or name == "seconds":
        return "TIMEOUT", None
    if kind in ("clockid_t", "timer_t") or name in ("which", "resource", "policy", "behavior", "advice", "how", "whence", "op"):
        return "SMALL", None
    return "WORD", None


def rows(path, arch):
    for line in open(path, encoding="ascii"):
        words = line.split(None, 3)
        if not words or words[0].startswith("#") or words[COLUMN[arch]] == "-":
            continue
        name, args = words[0], words[3].strip()
        if args == "none":              # Linux has given it up: what would be its arguments is anything
            decls = ["unsigned long a%d" % i for i in range(6)]
        else:
            decls = [] if args == "void" else args.split(", ")
        yield name, int(words[COLUMN[arch]]), [class_of(name, d) for d in decls]


def main(argv):
    if len(argv) != 4 or argv[2] not in COLUMN:
        print(__doc__, file=sys.stderr)
        return 2
    calls = list(rows(argv[1], argv[2]))
    # Of both machines: structs.h fills them all.
    tags = sorted({tag for arch in COLUMN for _, _, args in rows(argv[1], arch) for _, tag in args if tag})
    out = ["/* Made by table.py from kernel/syscalls/syscalls.tbl. */",
           "enum tag { TAG_NONE, " + ", ".join("TAG_" + t for t in tags) + ", NR_TAGS };",
           "static const struct call calls[] = {"]
    for name, nr, args in calls:
        text = ", ".join("{ ARG_%s, %s }" % (c, "TAG_" + t if t else "0") for c, t in args)
        out.append('\t{ "%s", %d, %d, { %s } },' % (name, nr, len(args), text or "{ 0, 0 }"))
    out.append("};")
    with open(argv[3], "w", encoding="ascii") as f:
        f.write("\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
