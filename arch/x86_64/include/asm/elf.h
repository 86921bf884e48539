/* SPDX-License-Identifier: MIT */
/* ELF files of this machine, and what a new program is told. */
#ifndef _ASM_X86_ELF_H
#define _ASM_X86_ELF_H

#include <linux/types.h>
#include <asm/cpufeature.h>
#include <asm/ptrace.h>
#include <uapi/asm/auxvec.h>
#include <uapi/asm/hwcap2.h>
#include <uapi/linux/elf-em.h>

struct pt_regs;

#define ELF_CLASS		ELFCLASS64
#define ELF_DATA		ELFDATA2LSB
#define ELF_ARCH		EM_X86_64
#define elf_check_arch(x)	((x)->e_machine == EM_X86_64)

#define ELF_EXEC_PAGESIZE	4096
/* Where a position-independent program goes without an interpreter's advice: two thirds up. */
#define ELF_ET_DYN_BASE		(PAGE_ALIGN_DOWN(TASK_SIZE / 3 * 2))

#define ELF_PLATFORM		("x86_64")
#define ELF_HWCAP		(boot_cpu_data.x86_capability[0])
#define ELF_HWCAP2		(boot_cpu_has(X86_FEATURE_FSGSBASE) ? HWCAP2_FSGSBASE : 0)

/* All general registers, in ptrace's order. */
typedef unsigned long elf_greg_t;
#define ELF_NGREG (sizeof(struct user_regs_struct) / sizeof(elf_greg_t))

/*
 * The ABI leaves all registers but rsp undefined; a zero rdx says that there is nothing to call at
 * exit.
 */
#define ELF_PLAT_INIT(regs, load_addr)	elf_common_init(regs)
void elf_common_init(struct pt_regs *regs);

#define SET_PERSONALITY(ex)	set_personality_64bit()
void set_personality_64bit(void);

#include <asm-generic/elf.h>

#endif /* _ASM_X86_ELF_H */
