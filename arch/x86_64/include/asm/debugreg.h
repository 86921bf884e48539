/* SPDX-License-Identifier: MIT */
/* The debug registers: four addresses, a status, a control word. */
#ifndef _ASM_X86_DEBUGREG_H
#define _ASM_X86_DEBUGREG_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

/* DR6: the low bits report, most of the others read as one. */
#define DR6_RESERVED		0xffff0ff0UL
#define DR_TRAP0		0x1
#define DR_TRAP_BITS		0xf
#define DR_STEP			0x4000
#define DR_SWITCH		0x8000
/* DR7 with nothing enabled. */
#define DR_CONTROL_RESERVED	0x400UL
#define DR_LOCAL_GLOBAL_MASK	0xffUL

#define __GET_DR(n) case n: asm volatile("mov %%db" #n ", %0" : "=r" (val)); break;
#define __SET_DR(n) case n: asm volatile("mov %0, %%db" #n : : "r" (val)); break;

/** get_debugreg_n - debug register 0 to 3, 6 or 7; 0 for others */
static __always_inline unsigned long get_debugreg_n(int regno)
{
	unsigned long val = 0;

	switch (regno) {
	__GET_DR(0) __GET_DR(1) __GET_DR(2) __GET_DR(3) __GET_DR(6) __GET_DR(7)
	}
	return val;
}
#define get_debugreg(var, regno)	((var) = get_debugreg_n(regno))

/** set_debugreg - write debug register 0 to 3, 6 or 7 */
static __always_inline void set_debugreg(unsigned long val, int regno)
{
	switch (regno) {
	__SET_DR(0) __SET_DR(1) __SET_DR(2) __SET_DR(3) __SET_DR(6) __SET_DR(7)
	}
}

/** local_db_save - disarm all breakpoints for a while; the result goes to local_db_restore() */
static __always_inline unsigned long local_db_save(void)
{
	unsigned long dr7;

	get_debugreg(dr7, 7);
	dr7 &= ~DR_CONTROL_RESERVED;
	if (dr7)
		set_debugreg(0, 7);
	barrier();
	return dr7;
}

/** local_db_restore - arm them again */
static __always_inline void local_db_restore(unsigned long dr7)
{
	barrier();
	if (dr7)
		set_debugreg(dr7, 7);
}

/* kernel/debugreg.c */
unsigned long ptrace_get_debugreg(struct task_struct *child, int n);
int ptrace_set_debugreg(struct task_struct *child, int n, unsigned long val);
void switch_debugregs(struct task_struct *next);
unsigned long hit_debugregs(unsigned long dr6);
bool hit_is_execution(unsigned long hits);
void flush_debugregs(struct task_struct *task);

#endif /* _ASM_X86_DEBUGREG_H */
