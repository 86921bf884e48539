// SPDX-License-Identifier: MIT
/*
 * Going on after a fault in the kernel that was foreseen.
 *
 * The table says by type what kind of fault an instruction may take. A load of user memory that
 * faults on a kernel address is still only an error for its caller: ldtr made the access with EL0's
 * rights and nothing was read.
 */
#include <linux/extable.h>
#include <linux/ptrace.h>

#include <asm/extable.h>

static unsigned long get_ex_fixup(const struct exception_table_entry *ex)
{
	return (unsigned long)&ex->fixup + ex->fixup;
}

/**
 * fixup_exception - resume at the fix-up of the faulting instruction
 * @regs: where; its pc is changed
 *
 * Return: false if the table has no such instruction.
 */
bool fixup_exception(struct pt_regs *regs)
{
	const struct exception_table_entry *ex = search_exception_tables(instruction_pointer(regs));

	if (!ex)
		return false;
	switch (ex->type) {
	case EX_TYPE_FIXUP:
	case EX_TYPE_UACCESS:
	case EX_TYPE_KACCESS:
		regs->pc = get_ex_fixup(ex);
		return true;
	default:
		return false;
	}
}

/**
 * insn_may_access_user - was this an access to user memory that the table knows?
 * @addr: of the instruction
 */
bool insn_may_access_user(unsigned long addr)
{
	const struct exception_table_entry *ex = search_exception_tables(addr);

	return ex && ex->type == EX_TYPE_UACCESS;
}
