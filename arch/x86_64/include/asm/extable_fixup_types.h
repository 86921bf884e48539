/* SPDX-License-Identifier: MIT */
/*
 * What the third word of an exception-table row says:
 *
 *   bits 7-0    type, one of EX_TYPE_*
 *   bits 11-8   number of the register that the type acts on
 *   bits 31-16  immediate operand, signed
 *
 * Plain numbers only: nasm's copy in extable.inc is held against these by
 * static assertions in arch/x86_64/mm/extable.c.
 */
#ifndef _ASM_X86_EXTABLE_FIXUP_TYPES_H
#define _ASM_X86_EXTABLE_FIXUP_TYPES_H

#define EX_DATA_TYPE_MASK	0x000000ff
#define EX_DATA_REG_SHIFT	8
#define EX_DATA_REG_MASK	0x00000f00
#define EX_DATA_IMM_SHIFT	16

/* No row matches: the fault is a bug. */
#define EX_TYPE_NONE		0
/* Go on at the fix-up address, registers as they are. */
#define EX_TYPE_DEFAULT		1
/* The same, for an access to user memory: other faults than #PF are a bug. */
#define EX_TYPE_UACCESS		2
/* User access: put -EFAULT into the register and go on. */
#define EX_TYPE_EFAULT_REG	3
/* MSR access refused: put -EIO into the register and go on. */
#define EX_TYPE_MSR_SAFE	5
/* FXRSTOR/XRSTOR of a bad image: start afresh with the initial state. */
#define EX_TYPE_FPU_RESTORE	6
/* A copy by string instruction: leave rcx, already the rest, and go on. */
#define EX_TYPE_UCOPY		7

#endif /* _ASM_X86_EXTABLE_FIXUP_TYPES_H */
