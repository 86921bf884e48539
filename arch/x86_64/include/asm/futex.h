/* SPDX-License-Identifier: MIT */
/* A compare-and-exchange on a word of user memory. */
#ifndef _ASM_X86_FUTEX_H
#define _ASM_X86_FUTEX_H

#include <linux/errno.h>
#include <linux/types.h>
#include <asm/asm.h>
#include <asm/extable.h>
#include <asm/smap.h>

/**
 * futex_atomic_cmpxchg_inatomic - exchange a word of a program's, if it is what is expected
 * @uval: filled with what it was
 * @uaddr: the word, aligned, in user space
 * @oldval: what is expected
 * @newval: what it becomes then
 *
 * Context: page faults are off. Return: 0, also if it was another value; -EFAULT.
 */
static inline int futex_atomic_cmpxchg_inatomic(u32 *uval, u32 __user *uaddr, u32 oldval,
						u32 newval)
{
	int ret = 0;

	stac();
	asm volatile("1: lock cmpxchgl %[new], %[mem]\n2:\n"
		     _ASM_EXTABLE_TYPE_REG(1b, 2b, EX_TYPE_EFAULT_REG, %k[err])
		     : [err] "+r" (ret), [old] "+a" (oldval), [mem] "+m" (*(u32 __force *)uaddr)
		     : [new] "r" (newval)
		     : "memory");
	clac();
	*uval = oldval;
	return ret;
}

#endif /* _ASM_X86_FUTEX_H */
