/* SPDX-License-Identifier: MIT */
/* A compare-and-exchange on a word of user memory. */
#ifndef _ASM_FUTEX_H
#define _ASM_FUTEX_H

#include <linux/errno.h>
#include <linux/types.h>
#include <asm/asm-extable.h>
#include <asm/cpufeature.h>
#include <asm/uaccess.h>

/**
 * futex_set_pan - let the kernel touch user memory (false), or not (true)
 *
 * There are no unprivileged forms of the exclusive loads and stores. So this is the one place that
 * lifts PAN, where the CPU has it: "msr pan, #imm".
 */
static __always_inline void futex_set_pan(bool on)
{
	if (!cpus_have_cap(ARM64_HAS_PAN))
		return;
	if (on)
		asm volatile(".inst 0xd500419f" ::: "memory");
	else
		asm volatile(".inst 0xd500409f" ::: "memory");
}

/* Times that the exclusive store may fail before the caller gets to breathe. */
#define FUTEX_MAX_LOOPS	128

/**
 * futex_atomic_cmpxchg_inatomic - exchange a word of a program's, if it is what is expected
 * @uval: filled with what it was
 * @uaddr: the word, aligned, in user space
 * @oldval: what is expected
 * @newval: what it becomes then
 *
 * Context: page faults are off.
 * Return: 0, also if it was another value; -EFAULT; -EAGAIN if others write it all the time.
 */
static inline int futex_atomic_cmpxchg_inatomic(u32 *uval, u32 __user *uaddr, u32 oldval,
						u32 newval)
{
	u32 __user *ptr = uaccess_mask_ptr(uaddr);
	unsigned int loops = FUTEX_MAX_LOOPS, failed;
	u32 val = 0;
	int ret = 0;

	futex_set_pan(false);
	asm volatile goto(
	"1:	ldxr	%w[val], %[mem]\n"
	"	cmp	%w[val], %w[old]\n"
	"	b.ne	3f\n"
	"2:	stlxr	%w[failed], %w[new], %[mem]\n"
	"	cbz	%w[failed], 3f\n"
	"	sub	%w[loops], %w[loops], #1\n"
	"	cbnz	%w[loops], 1b\n"
	"3:	dmb	ish\n"
	__ASM_EXTABLE("1b", "%l[fault]", __stringify(EX_TYPE_UACCESS))
	__ASM_EXTABLE("2b", "%l[fault]", __stringify(EX_TYPE_UACCESS))
	: [val] "=&r" (val), [failed] "=&r" (failed), [loops] "+&r" (loops),
	  [mem] "+Q" (*(u32 __force *)ptr)
	: [old] "r" (oldval), [new] "r" (newval)
	: "cc", "memory"
	: fault);
	asm volatile("");
	futex_set_pan(true);
	if (unlikely(!loops))
		ret = -EAGAIN;
	*uval = val;
	return ret;
fault:
	futex_set_pan(true);
	*uval = 0;
	return -EFAULT;
}

#endif /* _ASM_FUTEX_H */
