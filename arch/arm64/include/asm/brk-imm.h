/* SPDX-License-Identifier: MIT */
/*
 * The 16-bit operand of a kernel BRK instruction says what it means. Debuggers' and user programs'
 * own is 0.
 */
#ifndef _ASM_BRK_IMM_H
#define _ASM_BRK_IMM_H

#define FAULT_BRK_IMM		0x100	/* must never run: what poisoned code is made of */
#define BUG_BRK_IMM		0x800	/* BUG() and WARN(), described by __bug_table */
#define KASAN_BRK_IMM		0x900
#define UBSAN_BRK_IMM		0x5500
#define UBSAN_BRK_MASK		0x00ff
#define ARM64_TEST_BRK_IMM	0x7e57	/* for arch/arm64/tests */
#define ARM64_TEST_NMI_BRK_IMM	0x7e58	/* likewise; taken like an NMI */

#endif /* _ASM_BRK_IMM_H */
