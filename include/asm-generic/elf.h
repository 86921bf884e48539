/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_ELF_H
#define _ASM_GENERIC_ELF_H

/*
 * What new programs are told alike on every machine that has a vDSO and saves registers of variable
 * size in signal frames. <asm/elf.h> includes this at its end.
 */

struct linux_binprm;
struct mm_struct;

/* A stack is not executable unless the file asks; without PT_GNU_STACK it isn't either. */
#define elf_read_implies_exec(ex, executable_stack)	((void)(executable_stack), 0)

#define ARCH_HAS_SETUP_ADDITIONAL_PAGES	1
int arch_setup_additional_pages(struct linux_binprm *bprm, int uses_interp);
unsigned long arch_randomize_brk(struct mm_struct *mm);

/* The smallest signal stack: the frame with all registers that the processor has. */
unsigned long get_sigframe_size(void);

#define ARCH_DLINFO							\
do {									\
	if (current->mm->context.vdso)					\
		NEW_AUX_ENT(AT_SYSINFO_EHDR,				\
			    (unsigned long)current->mm->context.vdso);	\
	NEW_AUX_ENT(AT_MINSIGSTKSZ, get_sigframe_size());		\
} while (0)

#endif /* _ASM_GENERIC_ELF_H */
