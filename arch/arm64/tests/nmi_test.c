// SPDX-License-Identifier: MIT
/*
 * <linux/nmi_test.h>: a brk with an operand of its own, which is entered like an NMI
 * (el1_brk64_anywhere()).
 */

#include <linux/nmi_test.h>

#include <linux/types.h>

#include <asm/brk-imm.h>
#include <asm/esr.h>
#include <asm/insn.h>
#include <asm/traps.h>

static struct {
	void (*fn)(void *arg);
	void *arg;
} order;

static bool carry_out(struct pt_regs *regs, unsigned long esr)
{
	if ((esr & ESR_ELx_BRK64_COMMENT) != ARM64_TEST_NMI_BRK_IMM)
		return false;
	order.fn(order.arg);
	arm64_skip_faulting_instruction(regs, AARCH64_INSN_SIZE);
	return true;
}

void arch_call_in_nmi(void (*fn)(void *arg), void *arg)
{
	order.fn = fn;
	order.arg = arg;
	arm64_test_brk_hook = carry_out;
	asm volatile("brk %0" : : "i" (ARM64_TEST_NMI_BRK_IMM) : "memory");
	arm64_test_brk_hook = NULL;
}
