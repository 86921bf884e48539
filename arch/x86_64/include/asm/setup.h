/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_SETUP_H
#define _ASM_X86_SETUP_H

#include <linux/init.h>
#include <linux/linkage.h>
#include <linux/types.h>

#define COMMAND_LINE_SIZE	2048

/* What the loader passed in eax and ebx, kept by the boot code. */
extern u32 boot_loader_magic;
extern u32 boot_loader_info;

void __init setup_arch(char **cmdline_p);

void __init init_mem_mapping(void);
void __init early_fixmap_init(void);
void __init early_percpu_init(void);
asmlinkage void __init __noreturn x86_64_start_kernel(void);

#endif /* _ASM_X86_SETUP_H */
