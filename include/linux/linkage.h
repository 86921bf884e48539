/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LINKAGE_H
#define _LINUX_LINKAGE_H

/*
 * How assembly and C see each other's symbols. On arm64 the SYM_* macros give
 * every symbol of a .S file its type and size; nasm has FUNC/ENDFUNC for that
 * (arch/x86_64/include/asm/linkage.inc).
 */
#include <linux/compiler_types.h>
#include <linux/stringify.h>
#include <linux/export.h>

#ifdef __cplusplus
#define asmlinkage extern "C"
#else
#define asmlinkage
#endif

#define __page_aligned_data	__section(".data..page_aligned") __aligned(PAGE_SIZE)
#define __page_aligned_bss	__section(".bss..page_aligned") __aligned(PAGE_SIZE)

#ifdef __ASSEMBLY__
#define SYM_L_GLOBAL(name)	.globl name
#define SYM_L_WEAK(name)	.weak name
#define SYM_L_LOCAL(name)
#define __SYM_START(name, linkage)	linkage(name) ASM_NL .balign 4 ASM_NL name:
#ifndef ASM_NL
#define ASM_NL	;
#endif
#define SYM_FUNC_START(name)		__SYM_START(name, SYM_L_GLOBAL)
#define SYM_FUNC_START_LOCAL(name)	__SYM_START(name, SYM_L_LOCAL)
#define SYM_FUNC_START_WEAK(name)	__SYM_START(name, SYM_L_WEAK)
#define SYM_CODE_START(name)		__SYM_START(name, SYM_L_GLOBAL)
#define SYM_CODE_START_LOCAL(name)	__SYM_START(name, SYM_L_LOCAL)
#define SYM_END(name)			.type name, %function ASM_NL .size name, . - name
#define SYM_FUNC_END(name)		SYM_END(name)
#define SYM_CODE_END(name)		SYM_END(name)
#define SYM_FUNC_ALIAS(alias, name) \
	.globl alias ASM_NL .set alias, name ASM_NL .type alias, %function
#define SYM_FUNC_ALIAS_WEAK(alias, name) \
	.weak alias ASM_NL .set alias, name ASM_NL .type alias, %function
#define SYM_INNER_LABEL(name, linkage)	linkage(name) ASM_NL name:
#define SYM_DATA_START(name)		.globl name ASM_NL name:
#define SYM_DATA_END(name)		.type name, %object ASM_NL .size name, . - name
#endif

#endif /* _LINUX_LINKAGE_H */
