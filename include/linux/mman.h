/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MMAN_H
#define _LINUX_MMAN_H

/*
 * From what mmap(2) and mprotect(2) take to VM_* flags, and the account of promised memory.
 */

#include <linux/atomic.h>
#include <linux/mm.h>
#include <uapi/linux/mman.h>

extern int sysctl_overcommit_memory;
extern int sysctl_overcommit_ratio;
extern atomic_long_t vm_committed_as;		/* pages promised to writable private memory */

/** vm_acct_memory - promise so many pages */
static inline void vm_acct_memory(long pages)
{
	atomic_long_add(pages, &vm_committed_as);
}

/** vm_unacct_memory - take the promise of so many pages back */
static inline void vm_unacct_memory(long pages)
{
	vm_acct_memory(-pages);
}

unsigned long vm_commit_limit(void);
unsigned long vm_memory_committed(void);
int __vm_enough_memory(struct mm_struct *mm, long pages, int cap_sys_admin);
int security_vm_enough_memory_mm(struct mm_struct *mm, long pages);

#ifndef arch_calc_vm_prot_bits
#define arch_calc_vm_prot_bits(prot, pkey)	0
#endif
#ifndef arch_validate_prot

/** arch_validate_prot - does the machine know this PROT_* and no more? */
static inline bool arch_validate_prot(unsigned long prot, unsigned long addr)
{
	(void)addr;
	return (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC | PROT_SEM)) == 0;
}
#endif

/* One bit of @x moved to another place; both are constants. */
#define _calc_vm_trans(x, bit1, bit2)					\
	((bit1) <= (bit2) ? ((x) & (bit1)) * ((bit2) / (bit1))		\
			  : ((x) & (bit1)) / ((bit1) / (bit2)))

/** calc_vm_prot_bits - VM_* for PROT_* */
static inline vm_flags_t calc_vm_prot_bits(unsigned long prot, unsigned long pkey)
{
	(void)pkey;
	return _calc_vm_trans(prot, PROT_READ, VM_READ) |
	       _calc_vm_trans(prot, PROT_WRITE, VM_WRITE) |
	       _calc_vm_trans(prot, PROT_EXEC, VM_EXEC) |
	       arch_calc_vm_prot_bits(prot, pkey);
}

/** calc_vm_flag_bits - VM_* for MAP_* */
static inline vm_flags_t calc_vm_flag_bits(unsigned long flags)
{
	return _calc_vm_trans(flags, MAP_GROWSDOWN, VM_GROWSDOWN) |
	       _calc_vm_trans(flags, MAP_LOCKED, VM_LOCKED);
}

#endif /* _LINUX_MMAN_H */
