// SPDX-License-Identifier: MIT
/*
 * Acting on a row of the exception table: see <asm/extable_fixup_types.h>.
 */

#include <asm/extable.h>

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/extable.h>
#include <linux/kernel.h>

#include <asm/fpu/internal.h>
#include <asm/ptrace.h>
#include <asm/trapnr.h>

static unsigned long ex_fixup_addr(const struct exception_table_entry *e)
{
	return (unsigned long)&e->fixup + e->fixup;
}

/* The register that instructions number @nr in their encoding. */
static unsigned long *pt_regs_nr(struct pt_regs *regs, unsigned int nr)
{
	static const u8 offset_of[16] = {
		offsetof(struct pt_regs, ax), offsetof(struct pt_regs, cx),
		offsetof(struct pt_regs, dx), offsetof(struct pt_regs, bx),
		offsetof(struct pt_regs, sp), offsetof(struct pt_regs, bp),
		offsetof(struct pt_regs, si), offsetof(struct pt_regs, di),
		offsetof(struct pt_regs, r8), offsetof(struct pt_regs, r9),
		offsetof(struct pt_regs, r10), offsetof(struct pt_regs, r11),
		offsetof(struct pt_regs, r12), offsetof(struct pt_regs, r13),
		offsetof(struct pt_regs, r14), offsetof(struct pt_regs, r15),
	};

	return (void *)regs + offset_of[nr & 15];
}

static void ex_set_reg(const struct exception_table_entry *e, struct pt_regs *regs, long value)
{
	*pt_regs_nr(regs, (e->data & EX_DATA_REG_MASK) >> EX_DATA_REG_SHIFT) = value;
}

/*
 * An access to user memory may page-fault. Other traps there are bugs, but for
 * a non-canonical address, which a probe of a doubtful pointer may hit.
 */
static bool uaccess_trap(int trapnr)
{
	return trapnr == X86_TRAP_PF || trapnr == X86_TRAP_GP || trapnr == X86_TRAP_SS;
}

/**
 * fixup_exception - continue behind a fault that was foreseen
 * @regs: the frame; changed on success
 * @trapnr: X86_TRAP_*
 * @error_code: the processor's
 * @fault_addr: for page faults
 *
 * Context: any. Return: 1 if there was a row that covers this trap, else 0.
 */
int fixup_exception(struct pt_regs *regs, int trapnr, unsigned long error_code,
		    unsigned long fault_addr)
{
	const struct exception_table_entry *e = search_exception_tables(regs->ip);

	(void)error_code;
	(void)fault_addr;
	if (!e)
		return 0;

	switch (e->data & EX_DATA_TYPE_MASK) {
	case EX_TYPE_DEFAULT:
		break;
	case EX_TYPE_UACCESS:
	case EX_TYPE_UCOPY:
		if (!uaccess_trap(trapnr))
			return 0;
		break;
	case EX_TYPE_EFAULT_REG:
		if (!uaccess_trap(trapnr))
			return 0;
		ex_set_reg(e, regs, -EFAULT);
		break;
	case EX_TYPE_MSR_SAFE:
		ex_set_reg(e, regs, -EIO);
		break;
	case EX_TYPE_FPU_RESTORE:
		fpu_reset_from_exception_fixup();
		break;
	default:
		return 0;
	}
	regs->ip = ex_fixup_addr(e);
	return 1;
}

/* nasm's copy, asm/linkage.inc, has these in digits. */
static_assert(EX_TYPE_DEFAULT == 1 && EX_TYPE_UACCESS == 2 && EX_TYPE_UCOPY == 7);
