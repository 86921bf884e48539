/* SPDX-License-Identifier: MIT */
/* Macros for .S files only. */
#ifndef _ASM_ASSEMBLER_H
#define _ASM_ASSEMBLER_H

#ifndef __ASSEMBLY__
#error "Only for assembly"
#endif

#include <linux/linkage.h>
#include <asm/asm-extable.h>
#include <asm/page-def.h>

/* Address of a symbol within 4 GiB, wherever the image runs. */
.macro adr_l dst:req, sym:req
	adrp	\dst, \sym
	add	\dst, \dst, :lo12:\sym
.endm

.macro ldr_l dst:req, sym:req, tmp=
	.ifb	\tmp
	adrp	\dst, \sym
	ldr	\dst, [\dst, :lo12:\sym]
	.else
	adrp	\tmp, \sym
	ldr	\dst, [\tmp, :lo12:\sym]
	.endif
.endm

.macro str_l src:req, sym:req, tmp:req
	adrp	\tmp, \sym
	str	\src, [\tmp, :lo12:\sym]
.endm

/* A 64-bit constant, such as a link-time address, independent of where we run. */
.macro mov_q reg:req, val:req
	movz	\reg, :abs_g3:\val
	movk	\reg, :abs_g2_nc:\val
	movk	\reg, :abs_g1_nc:\val
	movk	\reg, :abs_g0_nc:\val
.endm

/* Address of this CPU's copy of a per-CPU variable. */
.macro adr_this_cpu dst:req, sym:req, tmp:req
	adr_l	\dst, \sym
	mrs	\tmp, tpidr_el1
	add	\dst, \dst, \tmp
.endm

.macro ldr_this_cpu dst:req, sym:req, tmp:req
	adr_l	\dst, \sym
	mrs	\tmp, tpidr_el1
	ldr	\dst, [\dst, \tmp]
.endm

.macro get_current_task rd:req
	mrs	\rd, sp_el0
.endm

/* Smallest data cache line of the machine, in bytes. */
.macro dcache_line_size reg:req, tmp:req
	mrs	\tmp, ctr_el0
	ubfx	\tmp, \tmp, #16, #4
	mov	\reg, #4
	lsl	\reg, \reg, \tmp
.endm

.macro icache_line_size reg:req, tmp:req
	mrs	\tmp, ctr_el0
	and	\tmp, \tmp, #15
	mov	\reg, #4
	lsl	\reg, \reg, \tmp
.endm

#endif /* _ASM_ASSEMBLER_H */
