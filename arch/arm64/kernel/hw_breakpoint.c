// SPDX-License-Identifier: MIT
/*
 * Hardware breakpoints and watchpoints of a tracer, on one thread.
 *
 * The processor has some comparators of each kind (six and four, say):
 *
 *	DBGBVRn, DBGBCRn	an instruction's address, and whether it counts
 *	DBGWVRn, DBGWCRn	a doubleword's address; which of its bytes; loads, stores or both
 *
 * A tracer writes them as the sets NT_ARM_HW_BREAK and NT_ARM_HW_WATCH (struct user_hwdebug_state):
 * how many there are, then an address and a control word for each. They are kept in struct hw_debug
 * while the thread is stopped or off the CPU, and all of them loaded when it gets one; while
 * MDSCR_EL1.MDE is off what the comparators hold is nothing to anybody (debug-monitors.c), so
 * nobody clears them.
 *
 * The control word, as the tracer writes and reads it:
 *
 *	bit 0		on
 *	bits 1-2	level: whatever is written, user mode is what it means
 *	bits 3-4	0: execution, 1: loads, 2: stores, 3: both
 *	bits 5-12	which bytes from the address on: a run of 1 to 8
 *
 * A word with bit 0 clear is taken whatever else it says. One that is on must watch user memory,
 * and its address and bytes must be what the comparator can do; otherwise nothing of the whole
 * write is done.
 */

#include <asm/hw_breakpoint.h>

#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/elf.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/cpufeature.h>
#include <asm/debug-monitors.h>
#include <asm/processor.h>
#include <asm/sysreg.h>

enum hw_kind { HW_BREAK, HW_WATCH, HW_KINDS };
enum hw_access { HW_EXECUTE, HW_LOAD, HW_STORE, HW_LOAD_STORE };

#define CTRL_ON		BIT(0)
#define CTRL_EL0	(2 << 1)
#define CTRL_ACCESS(c)	(((c) >> 3) & 3)
#define CTRL_BYTES(c)	(((c) >> 5) & 0xff)

/**
 * struct hw_slot - a comparator, as its tracer wants it
 * @addr: the first byte
 * @bytes: a run of ones from bit 0 on: how many bytes
 * @access: enum hw_access
 * @on: is it in use?
 * @written: has the tracer ever written it? If not it reads as zero
 */
struct hw_slot {
	u64 addr;
	u8 bytes;
	u8 access;
	bool on;
	bool written;
};

/* All of a thread's. Written while it is stopped, by its tracer, or by itself. */
struct hw_debug {
	struct hw_slot slot[HW_KINDS][HW_DEBUG_MAX];
};

static enum hw_kind kind_of(const struct user_regset *regset)
{
	return regset->core_note_type == NT_ARM_HW_BREAK ? HW_BREAK : HW_WATCH;
}

/* How many comparators there are. */
static unsigned int nr_slots(enum hw_kind kind)
{
	int shift = kind == HW_BREAK ? ID_AA64DFR0_BRPS_SHIFT : ID_AA64DFR0_WRPS_SHIFT;

	return cpuid_feature_extract_unsigned_field(read_sysreg(SYS_ID_AA64DFR0_EL1), shift) + 1;
}

/* ---- the processor's registers ---- */

/* A watchpoint's address is a doubleword's, with bytes chosen in it; a breakpoint's a word's. */
static u64 value_of(const struct hw_slot *slot)
{
	return slot->addr & (slot->access == HW_EXECUTE ? ~3ULL : ~7ULL);
}

static unsigned int bytes_in_doubleword(const struct hw_slot *slot)
{
	if (slot->access == HW_EXECUTE)
		return slot->bytes;
	return (slot->bytes << (slot->addr & 7)) & 0xff;
}

static u32 control_of(const struct hw_slot *slot)
{
	return bytes_in_doubleword(slot) << 5 | slot->access << 3 | CTRL_EL0 |
	       (slot->on ? CTRL_ON : 0);
}

/* Their numbers are part of the instructions that write them. */
static void write_comparator(enum hw_kind kind, unsigned int n, u64 value, u32 control)
{
#define SLOT(i)							\
	case i:							\
		if (kind == HW_BREAK) {				\
			write_sysreg(value, dbgbvr##i##_el1);	\
			write_sysreg(control, dbgbcr##i##_el1);	\
		} else {					\
			write_sysreg(value, dbgwvr##i##_el1);	\
			write_sysreg(control, dbgwcr##i##_el1);	\
		}						\
		break;

	switch (n) {
	SLOT(0)
	SLOT(1)
	SLOT(2)
	SLOT(3)
	SLOT(4)
	SLOT(5)
	SLOT(6)
	SLOT(7)
	SLOT(8)
	SLOT(9)
	SLOT(10)
	SLOT(11)
	SLOT(12)
	SLOT(13)
	SLOT(14)
	SLOT(15)
	}
#undef SLOT
}

/**
 * hw_breakpoint_load - put a task's into the processor
 * @next: has TIF_HW_DEBUG set
 *
 * Context: preemption off. The caller switches MDSCR_EL1.MDE on.
 */
void hw_breakpoint_load(struct task_struct *next)
{
	const struct hw_debug *hw = next->thread.hw_debug;
	unsigned int kind, n;

	for (kind = 0; kind < HW_KINDS; kind++) {
		for (n = 0; n < nr_slots(kind); n++) {
			const struct hw_slot *slot = &hw->slot[kind][n];

			write_comparator(kind, n, value_of(slot), slot->on ? control_of(slot) : 0);
		}
	}
}

/* ---- what a tracer reads ---- */

int hw_debug_active(struct task_struct *target, const struct user_regset *regset)
{
	(void)target;
	return nr_slots(kind_of(regset)) ? regset->n : 0;
}

int hw_debug_get(struct task_struct *target, const struct user_regset *regset, struct membuf to)
{
	u64 dfr0 = read_sysreg(SYS_ID_AA64DFR0_EL1);
	const struct hw_debug *hw = target->thread.hw_debug;
	struct user_hwdebug_state state = { };
	enum hw_kind kind = kind_of(regset);
	unsigned int n;

	state.dbg_info = cpuid_feature_extract_unsigned_field(dfr0, ID_AA64DFR0_DEBUGVER_SHIFT)
			 << 8 | nr_slots(kind);
	for (n = 0; hw && n < HW_DEBUG_MAX; n++) {
		if (!hw->slot[kind][n].written)
			continue;
		state.dbg_regs[n].addr = hw->slot[kind][n].addr;
		state.dbg_regs[n].ctrl = control_of(&hw->slot[kind][n]);
	}
	return membuf_write(&to, &state, sizeof(state));
}

/* ---- what it writes ---- */

static bool is_user_range(u64 addr, unsigned int len)
{
	return addr < TASK_SIZE_MAX && len <= TASK_SIZE_MAX - addr;
}

/* May this be loaded? What a breakpoint compares is always a whole instruction. */
static bool slot_is_valid(enum hw_kind kind, struct hw_slot *slot)
{
	if (!is_user_range(slot->addr, hweight8(slot->bytes)))
		return false;
	if (kind == HW_WATCH)
		return slot->access != HW_EXECUTE;
	slot->bytes = 0xf;
	return slot->access == HW_EXECUTE;
}

/* Split a control word. Bytes that don't begin with the address move it. */
static int take_control(enum hw_kind kind, struct hw_slot *slot, u32 control)
{
	unsigned int bytes = CTRL_BYTES(control), first;

	slot->on = control & CTRL_ON;
	if (!slot->on)
		return 0;
	if (!bytes)
		return -EINVAL;
	first = __ffs(bytes);
	bytes >>= first;
	if (bytes & (bytes + 1))
		return -EINVAL;
	slot->addr += first;
	slot->bytes = bytes;
	slot->access = CTRL_ACCESS(control);
	return slot_is_valid(kind, slot) ? 0 : -EINVAL;
}

/* A slot's new address, and control if the write goes so far. */
static int take_slot(enum hw_kind kind, struct hw_slot *slot, u64 addr, const u32 *control)
{
	if (!slot->written) {
		*slot = (struct hw_slot){
			.written = true,
			.bytes = 0xf,
			.access = kind == HW_BREAK ? HW_EXECUTE : HW_LOAD_STORE,
		};
	}
	slot->addr = addr;
	/* Even while it is off. */
	if (!is_user_range(slot->addr, hweight8(slot->bytes)))
		return -EINVAL;
	if (control)
		return take_control(kind, slot, *control);
	return slot->on && !slot_is_valid(kind, slot) ? -EINVAL : 0;
}

/* @new becomes the thread's. Return: 0 or -ENOMEM. */
static int commit(struct task_struct *target, enum hw_kind kind, const struct hw_slot *new)
{
	struct hw_debug *hw = target->thread.hw_debug;
	bool any_on = false;
	unsigned int n;

	if (!hw) {
		hw = kzalloc(sizeof(*hw), GFP_KERNEL_ACCOUNT);
		if (!hw)
			return -ENOMEM;
		target->thread.hw_debug = hw;
	}
	memcpy(hw->slot[kind], new, sizeof(hw->slot[kind]));
	for (n = 0; n < HW_DEBUG_MAX; n++)
		any_on |= hw->slot[HW_BREAK][n].on || hw->slot[HW_WATCH][n].on;
	update_tsk_thread_flag(target, TIF_HW_DEBUG, any_on);
	return 0;
}

int hw_debug_set(struct task_struct *target, const struct user_regset *regset, unsigned int pos,
		 unsigned int count, const void *kbuf, const void __user *ubuf)
{
	const size_t head = offsetof(struct user_hwdebug_state, dbg_regs);
	const struct hw_debug *hw = target->thread.hw_debug;
	unsigned int start = pos, end = pos + count, n, at;
	struct hw_slot new[HW_DEBUG_MAX] = { };
	enum hw_kind kind = kind_of(regset);
	struct user_hwdebug_state state = { };
	int ret;

	if (hw)
		memcpy(new, hw->slot[kind], sizeof(new));
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &state, 0, sizeof(state));
	if (ret)
		return ret;
	for (n = 0, at = head; n < HW_DEBUG_MAX && at < end; n++, at += 16) {
		if (at < start)
			continue;
		/* Half an address is none. */
		if (end - at < sizeof(u64))
			return -EINVAL;
		if (n >= nr_slots(kind))
			return -ENOSPC;
		ret = take_slot(kind, &new[n], state.dbg_regs[n].addr,
				end - at > sizeof(u64) ? &state.dbg_regs[n].ctrl : NULL);
		if (ret)
			return ret;
	}
	return commit(target, kind, new);
}

static_assert(sizeof(((struct user_hwdebug_state *)0)->dbg_regs[0]) == 16);

/* ---- the end ---- */

/**
 * hw_breakpoint_release - free what a task has
 * @task: nobody's any more
 */
void hw_breakpoint_release(struct task_struct *task)
{
	kfree(task->thread.hw_debug);
	task->thread.hw_debug = NULL;
}

/**
 * flush_ptrace_hw_breakpoint - none any more: exec
 * @task: current
 */
void flush_ptrace_hw_breakpoint(struct task_struct *task)
{
	if (!task->thread.hw_debug)
		return;
	clear_tsk_thread_flag(task, TIF_HW_DEBUG);
	debug_update_current();
	hw_breakpoint_release(task);
}
