// SPDX-License-Identifier: MIT
/*
 * Hardware breakpoints and watchpoints of a tracer, on one thread.
 *
 *	DR0-DR3		an address each
 *	DR6		which of them hit, and whether it was a step
 *	DR7		for each: enabled (bits 0-7), on what (2 bits) and how long (2 bits)
 *
 * The tracer writes them as members of struct user while the thread is stopped; they are kept in
 * its thread_struct and loaded when it gets a CPU. Only DR7 of the CPU matters to others: it is
 * cleared when a thread with breakpoints leaves. So a switch between threads that have none looks
 * at two words, and that is all.
 *
 * A breakpoint on an address of the kernel's is refused. One on user memory that the kernel touches
 * for the program (read(2) into a watched buffer) hits in the kernel: that is passed over, as the
 * program's own instructions are what is watched.
 */

#include <asm/debugreg.h>

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/string.h>

#include <asm/processor.h>

#define DR7_ENABLE_SHIFT(n)	((n) * 2)
#define DR7_CONTROL_SHIFT(n)	(16 + (n) * 4)
/* Bits that aren't there, and GD (13), which would make each look at the registers trap. */
#define DR7_IGNORED		0xffffffff0000fc00UL

/* Where DR0 to DR3 are kept: no perf events are. */
static unsigned long *addresses_of(struct thread_struct *thread)
{
	return (unsigned long *)thread->ptrace_bps;
}

static_assert(sizeof(((struct thread_struct *)0)->ptrace_bps) == HBP_NUM * sizeof(unsigned long));

enum dr7_type { DR7_EXECUTE, DR7_WRITE, DR7_IO, DR7_READ_WRITE };

static bool is_enabled(unsigned long dr7, int n)
{
	return (dr7 >> DR7_ENABLE_SHIFT(n)) & 3;
}

/* The two bits of a length: 1, 2, 8 and 4 bytes. */
static unsigned int length_of(unsigned long dr7, int n)
{
	static const u8 bytes[] = { 1, 2, 8, 4 };

	return bytes[(dr7 >> (DR7_CONTROL_SHIFT(n) + 2)) & 3];
}

/* May this be loaded? */
static bool is_valid(unsigned long addr, unsigned long dr7, int n)
{
	unsigned int len = length_of(dr7, n);

	if (!is_enabled(dr7, n))
		return true;
	switch ((enum dr7_type)((dr7 >> DR7_CONTROL_SHIFT(n)) & 3)) {
	case DR7_EXECUTE:
		return len == 1;
	case DR7_WRITE:
	case DR7_READ_WRITE:
		/* The processor would take the aligned address below. */
		return !(addr & (len - 1));
	case DR7_IO:
		break;
	}
	return false;
}

static int set_dr7(struct task_struct *child, unsigned long val)
{
	struct thread_struct *thread = &child->thread;
	int n;

	for (n = 0; n < HBP_NUM; n++) {
		if (!is_valid(addresses_of(thread)[n], val & ~DR7_IGNORED, n))
			return -EINVAL;
	}
	thread->ptrace_dr7 = val & ~DR7_IGNORED;
	return 0;
}

static int set_address(struct task_struct *child, int n, unsigned long addr)
{
	if (addr >= TASK_SIZE_MAX || !is_valid(addr, child->thread.ptrace_dr7, n))
		return -EINVAL;
	addresses_of(&child->thread)[n] = addr;
	return 0;
}

/**
 * ptrace_get_debugreg - what a tracer reads
 * @child: stopped
 * @n: 0 to 7
 */
unsigned long ptrace_get_debugreg(struct task_struct *child, int n)
{
	if (n < HBP_NUM)
		return addresses_of(&child->thread)[n];
	if (n == 6)
		return child->thread.virtual_dr6 ^ DR6_RESERVED;
	return n == 7 ? child->thread.ptrace_dr7 : 0;
}

/**
 * ptrace_set_debugreg - what a tracer writes
 * @child: stopped
 * @n: 0 to 7
 * @val: the value
 *
 * Return: 0; -EIO for a register that isn't there, -EINVAL for a value that can't be had.
 */
int ptrace_set_debugreg(struct task_struct *child, int n, unsigned long val)
{
	if (n < HBP_NUM)
		return set_address(child, n, val);
	if (n == 6) {
		child->thread.virtual_dr6 = val ^ DR6_RESERVED;
		return 0;
	}
	return n == 7 ? set_dr7(child, val) : -EIO;
}

/**
 * switch_debugregs - the CPU goes to another thread, and one of the two has breakpoints
 * @next: the other
 *
 * Context: the scheduler, interrupts off.
 */
void switch_debugregs(struct task_struct *next)
{
	struct thread_struct *thread = &next->thread;
	unsigned long *addr = addresses_of(thread);

	set_debugreg(0, 7);
	if (!thread->ptrace_dr7)
		return;
	set_debugreg(addr[0], 0);
	set_debugreg(addr[1], 1);
	set_debugreg(addr[2], 2);
	set_debugreg(addr[3], 3);
	set_debugreg(thread->ptrace_dr7, 7);
}

/**
 * hit_debugregs - the debug exception of a thread: what is it to its tracer?
 * @dr6: what the processor said, with 1 for each reason
 *
 * A register that isn't enabled may report too.
 *
 * Return: the reasons that count: DR_STEP and DR_TRAP_BITS.
 */
unsigned long hit_debugregs(unsigned long dr6)
{
	unsigned long dr7 = current->thread.ptrace_dr7, hits = dr6 & DR_STEP;
	int n;

	for (n = 0; n < HBP_NUM; n++) {
		if ((dr6 & (DR_TRAP0 << n)) && is_enabled(dr7, n))
			hits |= DR_TRAP0 << n;
	}
	return hits;
}

/**
 * hit_is_execution - is one of these hits an instruction's address?
 * @hits: DR_TRAP* bits, of breakpoints of current
 *
 * The trap of such a one comes before the instruction.
 */
bool hit_is_execution(unsigned long hits)
{
	unsigned long dr7 = current->thread.ptrace_dr7;
	int n;

	for (n = 0; n < HBP_NUM; n++) {
		if ((hits & (DR_TRAP0 << n)) && !((dr7 >> DR7_CONTROL_SHIFT(n)) & 3))
			return true;
	}
	return false;
}

/**
 * flush_debugregs - none any more: exec, or a new task
 * @task: current, or a copy of it that doesn't run yet
 */
void flush_debugregs(struct task_struct *task)
{
	struct thread_struct *thread = &task->thread;
	bool loaded = task == current && thread->ptrace_dr7;

	memset(thread->ptrace_bps, 0, sizeof(thread->ptrace_bps));
	thread->ptrace_dr7 = 0;
	thread->virtual_dr6 = 0;
	if (loaded)
		set_debugreg(0, 7);
}
