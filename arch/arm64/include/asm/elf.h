/* SPDX-License-Identifier: MIT */
/* ELF files of this machine, and what a new program is told. */
#ifndef _ASM_ELF_H
#define _ASM_ELF_H

#include <linux/types.h>
#include <uapi/asm/auxvec.h>
#include <uapi/asm/hwcap.h>
#include <uapi/linux/elf-em.h>
#include <asm/ptrace.h>

#define ELF_CLASS		ELFCLASS64
#define ELF_DATA		ELFDATA2LSB
#define ELF_ARCH		EM_AARCH64
#define elf_check_arch(x)	((x)->e_machine == EM_AARCH64)

#define ELF_EXEC_PAGESIZE	4096
/* Where a position-independent program goes without an interpreter's advice: two thirds up. */
#define ELF_ET_DYN_BASE		(2 * (TASK_SIZE / 3))

#define ELF_PLATFORM		("aarch64")
extern unsigned long elf_hwcap, elf_hwcap2;
#define ELF_HWCAP		(elf_hwcap)
#define ELF_HWCAP2		(elf_hwcap2)

typedef unsigned long elf_greg_t;
#define ELF_NGREG (sizeof(struct user_pt_regs) / sizeof(elf_greg_t))

/* x0 is called at exit if it isn't zero; start_thread() has cleared all. */
#define ELF_PLAT_INIT(regs, load_addr)	((regs)->regs[0] = 0)

#define SET_PERSONALITY(ex)	(current->personality &= ~READ_IMPLIES_EXEC)

#include <asm-generic/elf.h>

#endif /* _ASM_ELF_H */
