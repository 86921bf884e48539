# SPDX-License-Identifier: MIT
"""Helpers for gdb on Lectern: `make debug` in one terminal, `make gdb` in another.

    lx-ps            all tasks: address, pid, state, CPU, name
    lx-dmesg [n]     the log buffer, or its last n records
    lx-regs [pid]    the pt_regs at the top of a task's stack, by name
    lx-bt [pid]      backtrace of a task
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
    """The boot CPU's idle task and every other task but the idle ones. A process is one thread so far."""
    init = gdb.parse_and_eval("&init_task")
    yield init
    yield from list_entries(init["tasks"], "struct task_struct", "tasks")


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
        size = int(gdb.parse_and_eval("sizeof(init_stack)"))
        top = int(task["stack"]) + size
        kind = gdb.lookup_type("struct pt_regs")
        regs = gdb.Value(top - kind.sizeof).cast(kind.pointer()).dereference()
        self.show(regs, "")

    def show(self, value, prefix):
        for field in value.type.fields():
            if field.name == "user_regs":
                continue  # arm64: the same registers once more, as user space sees them
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


def task_on(cpu):
    """The task that runs on a CPU."""
    return gdb.parse_and_eval(f"((struct rq *)((unsigned long)&runqueues + __per_cpu_offset[{cpu}]))->curr")


def current_task():
    """The task of the CPU that gdb looks at."""
    thread = gdb.selected_thread()
    return task_on(thread.num - 1 if thread else 0)


def online_cpus():
    mask = gdb.parse_and_eval("__cpu_online_mask.bits")
    low, high = mask.type.range()
    return [word * 64 + bit for word in range(low, high + 1) for bit in range(64) if int(mask[word]) >> bit & 1]


class Current(Command):
    """lx-current: the task on each CPU."""

    def invoke(self, argument, from_tty):
        for cpu in online_cpus():
            task = task_on(cpu)
            print(f"CPU {cpu}: {int(task['pid'])} {task['comm'].string()}")


class Backtrace(Command):
    """lx-bt [PID]: the frames of a task; without PID, of the CPU that gdb looks at."""

    def invoke(self, argument, from_tty):
        task = find_task(int(argument)) if argument else current_task()
        for cpu in online_cpus():
            if int(task_on(cpu)) == int(task):
                print(f"runs on CPU {cpu}")
                gdb.execute(f"thread apply {cpu + 1} -q -- bt")
                return
        self.show(*saved_frame(task))

    def show(self, frame, pc):
        word = gdb.lookup_type("unsigned long")
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
    """lx-dmesg [N]: the log buffer, or its last N records."""

    def invoke(self, argument, from_tty):
        for line in log_lines(int(argument) if argument else None):
            print(line)


# The words of kernel/printk/ringbuffer.c: a position is (record, unit), a state (record, length, stage).
POSITION_UNIT_BITS = 24
STATE_RECORD_SHIFT, STATE_LENGTH_SHIFT, STATE_LENGTH_MASK, STATE_STAGE_MASK, COMMITTED = 24, 2, 0xffff, 3, 2
TEXT_UNIT = 16


def log_lines(last=None):
    """The records of the log, oldest first, or the @last ones."""
    ring = gdb.parse_and_eval("*prb")
    first = counter(ring["tail"]) >> POSITION_UNIT_BITS
    end = counter(ring["head"]) >> POSITION_UNIT_BITS
    text, memory = int(ring["text"]), gdb.selected_inferior()
    for record in range(max(first, end - last) if last else first, end):
        desc = ring["descs"][record % int(ring["desc_count"])]
        state = counter(desc["state"])
        if state >> STATE_RECORD_SHIFT != record or state & STATE_STAGE_MASK != COMMITTED:
            continue
        length = state >> STATE_LENGTH_SHIFT & STATE_LENGTH_MASK
        stamp = int(desc["ts_nsec"])
        raw = b""
        if length:
            raw = bytes(memory.read_memory(text + int(desc["text_unit"]) * TEXT_UNIT, length))
        for line in raw.decode(errors="replace").rstrip("\n").split("\n"):
            yield f"[{stamp // 10**9:5d}.{stamp % 10**9 // 1000:06d}] {line}"


def counter(atomic):
    """The unsigned value of an atomic64_t."""
    return int(atomic["counter"]) & (2**64 - 1)


for name, command in (("lx-ps", Ps), ("lx-regs", Regs), ("lx-current", Current), ("lx-bt", Backtrace), ("lx-dmesg", Dmesg)):
    command(name)
print("Lectern helpers: lx-ps lx-current lx-regs lx-bt lx-dmesg")
