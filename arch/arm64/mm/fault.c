// SPDX-License-Identifier: MIT
/*
 * Memory aborts: the walker could not translate an address or its rights forbid the access.
 *
 *   who      address   what it means
 *   EL0      any       the task's business: do_user_fault() completes its mapping, or a signal
 *   EL1      user      allowed only from an instruction that the exception table knows (uaccess.h),
 *                      and then do_user_fault() first; anything else dereferenced a user pointer
 *                      directly, or NULL
 *   EL1      kernel    a bug, unless the exception table knows it (copy_from_kernel_nofault)
 */
#include <linux/bug.h>
#include <linux/extable.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <uapi/asm-generic/siginfo.h>
#include <linux/uaccess.h>

#include <asm/esr.h>
#include <asm/exception.h>
#include <asm/extable.h>
#include <asm/memory.h>
#include <asm/pgtable.h>
#include <asm/signal.h>
#include <asm/sysreg.h>
#include <asm/system_misc.h>
#include <asm/uaccess.h>

static const char * const fault_names[64] = {
	[0 ... 63]	= "unknown fault",
	[0]		= "level 0 address size fault",
	[1]		= "level 1 address size fault",
	[2]		= "level 2 address size fault",
	[3]		= "level 3 address size fault",
	[4]		= "level 0 translation fault",
	[5]		= "level 1 translation fault",
	[6]		= "level 2 translation fault",
	[7]		= "level 3 translation fault",
	[8]		= "level 0 access flag fault",
	[9]		= "level 1 access flag fault",
	[10]		= "level 2 access flag fault",
	[11]		= "level 3 access flag fault",
	[12]		= "level 0 permission fault",
	[13]		= "level 1 permission fault",
	[14]		= "level 2 permission fault",
	[15]		= "level 3 permission fault",
	[16]		= "synchronous external abort",
	[17]		= "synchronous tag check fault",
	[20]		= "level 0 (translation table walk)",
	[21]		= "level 1 (translation table walk)",
	[22]		= "level 2 (translation table walk)",
	[23]		= "level 3 (translation table walk)",
	[33]		= "alignment fault",
	[48]		= "TLB conflict abort",
};

static inline bool is_ttbr0_addr(unsigned long addr)
{
	return addr < TASK_SIZE_MAX;
}

static inline unsigned int esr_fsc_type(unsigned long esr)
{
	return esr & ESR_ELx_FSC_TYPE;
}

static bool is_el1_instruction_abort(unsigned long esr)
{
	return ESR_ELx_EC(esr) == ESR_ELx_EC_IABT_CUR;
}

/* ---- the report ---- */

static void data_abort_decode(unsigned long esr)
{
	pr_alert("Data abort info:\n");
	pr_alert("  ISV = %lu, ISS = 0x%08lx\n", (esr >> 24) & 1, esr & ESR_ELx_ISS_MASK);
	pr_alert("  CM = %lu, WnR = %lu\n", !!(esr & ESR_ELx_CM) + 0UL,
		 !!(esr & ESR_ELx_WNR) + 0UL);
}

static void mem_abort_decode(unsigned long esr)
{
	pr_alert("Mem abort info:\n");
	pr_alert("  ESR = 0x%016lx\n", esr);
	pr_alert("  EC = 0x%02lx: %s, IL = %u bits\n", ESR_ELx_EC(esr), esr_get_class_string(esr),
		 esr & ESR_ELx_IL ? 32 : 16);
	pr_alert("  SET = %lu, FnV = %d\n", (esr >> 11) & 3, !!(esr & ESR_ELx_FnV));
	pr_alert("  EA = %d, S1PTW = %d\n", !!(esr & ESR_ELx_EA), !!(esr & ESR_ELx_S1PTW));
	pr_alert("  FSC = 0x%02lx: %s\n", esr & ESR_ELx_FSC, fault_names[esr & ESR_ELx_FSC]);
	if (ESR_ELx_EC(esr) == ESR_ELx_EC_DABT_CUR || ESR_ELx_EC(esr) == ESR_ELx_EC_DABT_LOW)
		data_abort_decode(esr);
}

/*
 * The entries on the way to an address, as far as they go. Tables are reached through the direct
 * map.
 */
static void show_pte(unsigned long addr)
{
	struct mm_struct *mm;
	pgd_t *pgdp, pgd;
	pud_t *pudp, pud;
	pmd_t *pmdp, pmd;

	if (is_ttbr0_addr(addr)) {
		mm = current->active_mm;
		if (!mm || mm == &init_mm) {
			pr_alert("[%016lx] user address but active_mm is swapper\n", addr);
			return;
		}
	} else {
		mm = &init_mm;
	}
	pr_alert("%s pgtable: 4k pages, 48-bit VAs, pgdp=%016llx\n",
		 mm == &init_mm ? "swapper" : "user",
		 (u64)__pa(mm->pgd));
	pgdp = pgd_offset(mm, addr);
	pgd = READ_ONCE(*pgdp);
	pr_alert("[%016lx] pgd=%016llx", addr, pgd_val(pgd));
	if (!(pgd_val(pgd) & DESC_VALID))
		goto out;
	pudp = pud_offset(p4d_offset(pgdp, addr), addr);
	pud = READ_ONCE(*pudp);
	pr_cont(", pud=%016llx", pud_val(pud));
	if (!pud_table(pud))
		goto out;
	pmdp = pmd_offset(pudp, addr);
	pmd = READ_ONCE(*pmdp);
	pr_cont(", pmd=%016llx", pmd_val(pmd));
	if (!pmd_table(pmd))
		goto out;
	pr_cont(", pte=%016llx", pte_val(ptep_get(pte_offset_kernel(pmdp, addr))));
out:
	pr_cont("\n");
}

static void die_kernel_fault(const char *msg, unsigned long addr, unsigned long esr,
			     struct pt_regs *regs)
{
	bust_spinlocks(1);
	pr_alert("Unable to handle kernel %s at virtual address %016lx\n", msg, addr);
	kasan_non_canonical_hook(addr);
	mem_abort_decode(esr);
	show_pte(addr);
	die("Oops", regs, esr);
	bust_spinlocks(0);
}

/* ---- who may fault ---- */

static void do_kernel_fault(unsigned long addr, unsigned long esr, struct pt_regs *regs)
{
	const char *msg;

	/* Fetching instructions is never foreseen. */
	if (!is_el1_instruction_abort(esr) && fixup_exception(regs))
		return;
	if (esr_fsc_type(esr) == ESR_ELx_FSC_PERM) {
		if (esr & ESR_ELx_WNR)
			msg = "write to read-only memory";
		else if (is_el1_instruction_abort(esr))
			msg = "execute from non-executable memory";
		else
			msg = "read from unreadable memory";
	} else if (addr < PAGE_SIZE) {
		msg = "NULL pointer dereference";
	} else {
		msg = "paging request";
	}
	die_kernel_fault(msg, addr, esr, regs);
}

/* The program did it. */
static void signal_user_fault(unsigned long addr, unsigned long esr, struct pt_regs *regs, int sig,
			      int code)
{
	if (unlikely(current->flags & PF_KTHREAD))
		die(fault_names[esr & ESR_ELx_FSC], regs, esr);
	/*
	 * Of a kernel address a program learns no more than that it isn't its own: as if the first
	 * step of the translation had failed.
	 */
	if (!is_ttbr0_addr(addr))
		esr = (esr & ~(unsigned long)ESR_ELx_FSC) | ESR_ELx_FSC_FAULT;
	current->thread.fault_address = addr;
	current->thread.fault_code = esr;
	arm64_force_sig_fault(sig, code, addr, fault_names[esr & ESR_ELx_FSC]);
}

/* A user address from the kernel: may this access fault? It doesn't return if not. */
static void check_kernel_may_fault(unsigned long addr, unsigned long esr, struct pt_regs *regs)
{
	if (is_el1_instruction_abort(esr))
		die_kernel_fault(addr < PAGE_SIZE ? "NULL pointer dereference" :
						    "execution of user memory", addr, esr, regs);
	if (esr_fsc_type(esr) == ESR_ELx_FSC_PERM && !insn_may_access_user(regs->pc))
		die_kernel_fault("access to user memory outside uaccess routines", addr, esr, regs);
}

static unsigned int fault_flags(unsigned long esr, struct pt_regs *regs)
{
	unsigned int flags = user_mode(regs) ? FAULT_FLAG_USER : 0;

	if (ESR_ELx_EC(esr) == ESR_ELx_EC_IABT_LOW)
		return flags | FAULT_FLAG_INSTRUCTION;
	/* Cache maintenance reports itself as a write, and needs no more than to read. */
	if ((esr & ESR_ELx_WNR) && !(esr & ESR_ELx_CM))
		flags |= FAULT_FLAG_WRITE;
	return flags;
}

static void do_user_addr_fault(unsigned long addr, unsigned long esr, struct pt_regs *regs)
{
	struct mm_struct *mm = current->mm;
	struct user_fault fault = { SIGSEGV, SEGV_MAPERR };

	if (!user_mode(regs)) {
		check_kernel_may_fault(addr, esr, regs);
		/* Asked before mmap_lock is taken: one who holds it and faults would hang. */
		if (faulthandler_disabled() || !mm || !interrupts_enabled(regs) ||
		    !search_exception_tables(regs->pc)) {
			do_kernel_fault(addr, esr, regs);
			return;
		}
	}
	if (likely(mm))
		fault = do_user_fault(mm, addr, fault_flags(esr, regs), regs);
	if (likely(!fault.sig))
		return;
	if (user_mode(regs))
		signal_user_fault(addr, esr, regs, fault.sig, fault.code);
	else
		do_kernel_fault(addr, esr, regs);
}

static void do_bad_abort(unsigned long addr, unsigned long esr, struct pt_regs *regs)
{
	if (!user_mode(regs)) {
		pr_alert("Unhandled fault: %s at 0x%016lx\n", fault_names[esr & ESR_ELx_FSC], addr);
		mem_abort_decode(esr);
		show_pte(addr);
	}
	arm64_notify_die(fault_names[esr & ESR_ELx_FSC], regs, SIGBUS,
			 (esr & ESR_ELx_FSC) == 33 ? BUS_ADRALN : BUS_OBJERR, addr, esr);
}

/**
 * do_mem_abort - a data or instruction abort
 * @far: the address; of a user address without its tag
 * @esr: the syndrome
 * @regs: where
 *
 * Context: process context of the faulting code, or whatever the kernel was in.
 */
void do_mem_abort(unsigned long far, unsigned long esr, struct pt_regs *regs)
{
	unsigned long addr = untagged_addr(far);

	switch (esr_fsc_type(esr)) {
	case ESR_ELx_FSC_FAULT:
	case ESR_ELx_FSC_ACCESS:
	case ESR_ELx_FSC_PERM:
		if (is_ttbr0_addr(addr))
			do_user_addr_fault(addr, esr, regs);
		else if (user_mode(regs))
			signal_user_fault(addr, esr, regs, SIGSEGV, SEGV_MAPERR);
		else
			do_kernel_fault(addr, esr, regs);
		return;
	default:
		do_bad_abort(addr, esr, regs);
	}
}
