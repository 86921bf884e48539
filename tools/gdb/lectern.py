# SPDX-License-Identifier: MIT
"""Helpers for gdb on Lectern: `make debug` in one terminal, `make gdb` in another.

    lx-ps            all tasks: address, pid, state, CPU, name
    lx-dmesg         the log buffer
    lx-regs [pid]    the pt_regs at the top of a task's stack, by name
    lx-bt pid        backtrace of a task that isn't running
    lx-current       the task on each CPU

The names are those of Linux's own gdb scripts, as far as they do the same.
"""
import gdb

STATES = {0: "R", 1: "S", 2: "D", 4: "T", 8: "t", 0x10: "X", 0x20: "Z", 0x40: "P", 0x80: "I"}


def offset_of(struct, member):
    """Bytes from the start of a struct to a member, a.b included."""
    pointer = gdb.Value(0).cast(gdb.lookup_type(struct).pointer())
    for part in member.split("."):
        pointer = pointer[part] if pointer.type.code == gdb.TYPE_CODE_STRUCT else pointer.dereference()[part]
    return int(pointer.address)


def container_of(address, struct, member):
    return gdb.Value(int(address) - offset_of(struct, member)).cast(gdb.lookup_type(struct).pointer())


def list_entries(head, struct, member):
    """The structs that a struct list_head links."""
    node = head["next"]
    while int(node) != int(head.address):
        yield container_of(node, struct, member)
        node = node["next"]


def tasks():
    """init_task, every thread-group leader, every thread."""
    init = gdb.parse_and_eval("&init_task")
    yield init
    for leader in list_entries(init["tasks"], "struct task_struct", "tasks"):
        yield leader
        try:
            for thread in list_entries(leader["thread_group"], "struct task_struct", "thread_group"):
                yield thread
        except gdb.error:
            pass


def state_of(task):
    state = int(task["__state"])
    for bit, letter in STATES.items():
        if (bit and state & bit) or (not bit and not state):
            return letter
    return "?"


def find_task(pid):
    for task in tasks():
        if int(task["pid"]) == pid:
            return task
    raise gdb.GdbError(f"there is no task {pid}")


class Command(gdb.Command):
    """A command whose help is its class's docstring."""

    def __init__(self, name):
        super().__init__(name, gdb.COMMAND_DATA)


class Ps(Command):
    """lx-ps: all tasks."""

    def invoke(self, argument, from_tty):
        print(f"{'TASK':18} {'PID':>5} S CPU NAME")
        for task in tasks():
            cpu = int(task["thread_info"]["cpu"])
            print(f"{int(task):#018x} {int(task['pid']):5} {state_of(task)} {cpu:3} {task['comm'].string()}")


class Regs(Command):
    """lx-regs [PID]: the registers with which a task entered the kernel from user mode, or
    those at the top of its stack."""

    def invoke(self, argument, from_tty):
        task = find_task(int(argument)) if argument else current_task()
        size = int(gdb.parse_and_eval("sizeof(union thread_union)"))
        top = int(task["stack"]) + size
        kind = gdb.lookup_type("struct pt_regs")
        regs = gdb.Value(top - kind.sizeof).cast(kind.pointer()).dereference()
        self.show(regs, "")

    def show(self, value, prefix):
        for field in value.type.fields():
            member = value[field]
            name = f"{prefix}{field.name or ''}"
            code = member.type.strip_typedefs().code
            if code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION):
                self.show(member, prefix if not field.name else f"{name}.")
            elif code == gdb.TYPE_CODE_ARRAY:
                low, high = member.type.range()
                for i in range(low, high + 1):
                    print(f"{name}[{i}]".ljust(16), f"{int(member[i]) & (2**64 - 1):#018x}")
            else:
                print(name.ljust(16), f"{int(member) & (2**64 - 1):#018x}")


def current_task():
    """The task of the CPU that gdb looks at."""
    thread = gdb.selected_thread()
    cpu = thread.num - 1 if thread else 0
    return gdb.parse_and_eval(f"((struct rq *)((unsigned long)&runqueues + __per_cpu_offset[{cpu}]))->curr")


class Current(Command):
    """lx-current: the task on each CPU."""

    def invoke(self, argument, from_tty):
        online = int(gdb.parse_and_eval("__cpu_online_mask.bits[0]"))
        for cpu in range(online.bit_length()):
            if not online >> cpu & 1:
                continue
            task = gdb.parse_and_eval(f"((struct rq *)((unsigned long)&runqueues + __per_cpu_offset[{cpu}]))->curr")
            print(f"CPU {cpu}: {int(task['pid'])} {task['comm'].string()}")


class Backtrace(Command):
    """lx-bt PID: the frames of a task that isn't running."""

    def invoke(self, argument, from_tty):
        task = find_task(int(argument))
        word = gdb.lookup_type("unsigned long")
        frame, pc = saved_frame(task)
        for number in range(64):
            print(f"#{number:<2} {pc:#018x} {symbol(pc)}")
            if not frame:
                break
            pair = gdb.Value(frame).cast(word.pointer())
            try:
                caller, pc = int(pair[0]), int(pair[1])
            except gdb.MemoryError:
                break
            if caller <= frame or not pc:
                break
            frame = caller


def saved_frame(task):
    """(frame pointer, pc) that the switch saved."""
    thread = task["thread"]
    names = {f.name for f in thread.type.fields()}
    if "cpu_context" in names:
        context = thread["cpu_context"]
        return int(context["fp"]), int(context["pc"])
    word = gdb.lookup_type("unsigned long")
    frame = thread["sp"].cast(gdb.lookup_type("struct inactive_task_frame").pointer())
    return int(frame["bp"].cast(word)), int(frame["ret_addr"].cast(word))


def symbol(pc):
    text = gdb.execute(f"info symbol {pc:#x}", to_string=True).strip()
    return text.split(" in section")[0]


class Dmesg(Command):
    """lx-dmesg: the log buffer."""

    def invoke(self, argument, from_tty):
        for line in log_lines():
            print(line)


def log_lines():
    """The records of the printk ring, oldest first; see kernel/printk/ for their form."""
    ring = gdb.parse_and_eval("*prb")
    count_bits = int(ring["desc_ring"]["count_bits"])
    mask = (1 << count_bits) - 1
    infos, descs = ring["desc_ring"]["infos"], ring["desc_ring"]["descs"]
    text_bits = int(ring["text_data_ring"]["size_bits"])
    data = ring["text_data_ring"]["data"]
    head = int(ring["desc_ring"]["head_id"]["counter"])
    tail = int(ring["desc_ring"]["tail_id"]["counter"])
    inferior = gdb.selected_inferior()
    for ident in range(tail, head + 1):
        info, desc = infos[ident & mask], descs[ident & mask]
        length = int(info["text_len"])
        begin = int(desc["text_blk_lpos"]["begin"]) & ((1 << text_bits) - 1)
        if not length or begin & 1:
            continue
        base = int(data) + begin + gdb.lookup_type("unsigned long").sizeof
        raw = bytes(inferior.read_memory(base, length)).decode(errors="replace")
        stamp = int(info["ts_nsec"])
        yield f"[{stamp // 10**9:5d}.{stamp % 10**9 // 1000:06d}] {raw}"


for name, command in (("lx-ps", Ps), ("lx-regs", Regs), ("lx-current", Current), ("lx-bt", Backtrace), ("lx-dmesg", Dmesg)):
    command(name)
print("Lectern helpers: lx-ps lx-current lx-regs lx-bt lx-dmesg")
