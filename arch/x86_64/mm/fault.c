// SPDX-License-Identifier: MIT
/*
 * Page faults.
 *
 * cr2 is read first of all, since the next fault overwrites it. Then:
 *
 *	kernel half of the address space	a change of rights not yet seen by this
 *						CPU's TLB (spurious): return;
 *						else the exception table, else an oops
 *	user half, from the kernel		not from an instruction with a row in the
 *						table: an oops (what SMAP and SMEP are for);
 *						else do_user_fault(), else the table
 *	user half, from user mode		do_user_fault(), else a signal
 *
 * do_user_fault() (mm/fault.c) may sleep, so interrupts are enabled for it; whoever may
 * not sleep (pagefault_disable(), or in atomic context) goes to the table at once.
 */

#include <linux/entry-common.h>
#include <linux/extable.h>
#include <linux/hardirq.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <uapi/asm-generic/siginfo.h>
#include <linux/uaccess.h>

#include <asm/cpufeature.h>
#include <asm/extable.h>
#include <asm/kdebug.h>
#include <asm/processor.h>
#include <asm/traps.h>

/** fault_in_kernel_space - is an address above what programs may map? */
bool fault_in_kernel_space(unsigned long address)
{
	return address >= TASK_SIZE_MAX;
}

/* --- Telling ---------------------------------------------------------------------------- */

/* The entries that the processor read on its walk. */
static void dump_pagetable(unsigned long address)
{
	pgd_t *pgdp = (pgd_t *)__va(__read_cr3() & CR3_ADDR_MASK) + pgd_index(address);
	p4d_t *p4dp = p4d_offset(pgdp, address);
	pud_t *pudp, pud;
	pmd_t *pmdp, pmd;
	pte_t pte;

	pr_alert("PGD %lx ", pgd_val(*pgdp));
	if (!p4d_present(*p4dp))
		goto out;
	pudp = pud_offset(p4dp, address);
	if (get_kernel_nofault(pud, pudp))
		goto bad;
	pr_cont("PUD %lx ", pud_val(pud));
	if (!pud_present(pud) || pud_leaf(pud))
		goto out;
	pmdp = pmd_offset(pudp, address);
	if (get_kernel_nofault(pmd, pmdp))
		goto bad;
	pr_cont("PMD %lx ", pmd_val(pmd));
	if (!pmd_present(pmd) || pmd_leaf(pmd))
		goto out;
	if (get_kernel_nofault(pte, pte_offset_kernel(pmdp, address)))
		goto bad;
	pr_cont("PTE %lx", pte_val(pte));
out:
	pr_cont("\n");
	return;
bad:
	pr_cont("BAD\n");
}

static const char *access_kind(unsigned long error_code)
{
	if (error_code & X86_PF_INSTR)
		return "instruction fetch";
	return error_code & X86_PF_WRITE ? "write access" : "read access";
}

static const char *violation_kind(unsigned long error_code)
{
	if (!(error_code & X86_PF_PROT))
		return "not-present page";
	if (error_code & X86_PF_RSVD)
		return "reserved bit violation";
	if (error_code & X86_PF_PK)
		return "protection keys violation";
	return "permissions violation";
}

static void show_fault_oops(unsigned long error_code, unsigned long address)
{
	if ((error_code & X86_PF_INSTR) && (error_code & X86_PF_PROT))
		pr_crit("kernel tried to execute %s page\n",
			address < TASK_SIZE_MAX ? "a user" : "an NX-protected");

	if (address < PAGE_SIZE && !(error_code & X86_PF_INSTR))
		pr_alert("BUG: kernel NULL pointer dereference, address: %016lx\n", address);
	else
		pr_alert("BUG: unable to handle page fault for address: %016lx\n", address);
	pr_alert("#PF: supervisor %s in %s mode\n", access_kind(error_code),
		 error_code & X86_PF_USER ? "user" : "kernel");
	pr_alert("#PF: error_code(0x%04lx) - %s\n", error_code, violation_kind(error_code));
	dump_pagetable(address);
}

static bool in_stack_guard_of_current(unsigned long address)
{
	unsigned long stack = (unsigned long)task_stack_page(current);

	return address < stack && address >= stack - PAGE_SIZE;
}

static noinline void page_fault_oops(struct pt_regs *regs, unsigned long error_code,
				     unsigned long address)
{
	unsigned long flags;
	int sig = 11;

	if (in_stack_guard_of_current(address))
		handle_stack_overflow(regs, address);

	current->thread.cr2 = address;
	current->thread.trap_nr = X86_TRAP_PF;
	current->thread.error_code = error_code;

	flags = oops_begin();
	oops_announce(regs, address < PAGE_SIZE ? "null-ptr-deref" : "page fault");
	show_fault_oops(error_code, address);
	kasan_non_canonical_hook(address);
	if (__die("Oops", regs, error_code))
		sig = 0;
	oops_end(flags, regs, sig);
}

static void kernelmode_fixup_or_oops(struct pt_regs *regs, unsigned long error_code,
				     unsigned long address)
{
	if (!fixup_exception(regs, X86_TRAP_PF, error_code, address))
		page_fault_oops(regs, error_code, address);
}

/* --- Deciding ----------------------------------------------------------------------------- */

static bool rights_allow(unsigned long error_code, unsigned long flags)
{
	if ((error_code & X86_PF_WRITE) && !(flags & _PAGE_RW))
		return false;
	return !((error_code & X86_PF_INSTR) && (flags & _PAGE_NX));
}

/*
 * Rights may be relaxed (read-only to writable, NX to X) without waiting for other
 * CPUs to hear of it. One that faults on its old entry finds that the tables allow
 * what it did; the fault itself has dropped the entry, so it just tries again.
 */
static noinline bool spurious_kernel_fault(unsigned long error_code, unsigned long address)
{
	unsigned int level;
	pte_t *ptep;

	/* Only these two can come from a stale entry: present, and from the kernel. */
	if (error_code != (X86_PF_WRITE | X86_PF_PROT) &&
	    error_code != (X86_PF_INSTR | X86_PF_PROT))
		return false;
	ptep = lookup_address(address, &level);
	if (!ptep || !(pte_val(*ptep) & _PAGE_PRESENT))
		return false;
	return rights_allow(error_code, pte_flags(*ptep));
}

static void do_kern_addr_fault(struct pt_regs *regs, unsigned long error_code,
			       unsigned long address)
{
	if (spurious_kernel_fault(error_code, address))
		return;
	kernelmode_fixup_or_oops(regs, error_code, address);
}

/* SMAP: the door was closed. A row in the table doesn't excuse that. */
static bool is_smap_violation(struct pt_regs *regs, unsigned long error_code)
{
	return cpu_feature_enabled(X86_FEATURE_SMAP) && (error_code & X86_PF_PROT) &&
	       !(error_code & (X86_PF_USER | X86_PF_INSTR)) && !(regs->flags & X86_EFLAGS_AC);
}

/* The program did it: a signal, with what the processor said for its handler. */
static void signal_user_fault(struct pt_regs *regs, unsigned long error_code,
			      unsigned long address, int sig, int code)
{
	/* What a program may know of kernel addresses is that they aren't its own. */
	if (address >= TASK_SIZE_MAX)
		error_code |= X86_PF_PROT;
	current->thread.cr2 = address;
	current->thread.trap_nr = X86_TRAP_PF;
	current->thread.error_code = error_code | X86_PF_USER;
	if (user_trap_claimed(regs, X86_TRAP_PF, "page fault in user mode", error_code))
		return;
	force_sig_fault(sig, code, (void __user *)address);
}

/* A user address from the kernel: which accesses may fault at all? */
static bool kernel_may_fault(struct pt_regs *regs, unsigned long error_code)
{
	/* The kernel running or reading user pages without saying so is a bug. */
	if ((error_code & (X86_PF_INSTR | X86_PF_RSVD)) || is_smap_violation(regs, error_code))
		return false;
	/* Asked before mmap_lock is taken: one who holds it and faults by mistake would hang. */
	return search_exception_tables(regs->ip);
}

static unsigned int fault_flags(unsigned long error_code)
{
	unsigned int flags = 0;

	if (error_code & X86_PF_WRITE)
		flags |= FAULT_FLAG_WRITE;
	if (error_code & X86_PF_INSTR)
		flags |= FAULT_FLAG_INSTRUCTION;
	if (error_code & X86_PF_USER)
		flags |= FAULT_FLAG_USER;
	return flags;
}

static void do_user_addr_fault(struct pt_regs *regs, unsigned long error_code,
			       unsigned long address)
{
	struct mm_struct *mm = current->mm;
	struct user_fault fault;

	if (!user_mode(regs)) {
		if (!kernel_may_fault(regs, error_code)) {
			page_fault_oops(regs, error_code, address);
			return;
		}
		if (faulthandler_disabled() || !mm || !(regs->flags & X86_EFLAGS_IF)) {
			kernelmode_fixup_or_oops(regs, error_code, address);
			return;
		}
	}
	local_irq_enable();
	if (likely(mm && !(error_code & X86_PF_RSVD)))
		fault = do_user_fault(mm, address, fault_flags(error_code), regs);
	else
		fault = (struct user_fault){ SIGSEGV, SEGV_MAPERR };
	if (unlikely(fault.sig)) {
		if (user_mode(regs))
			signal_user_fault(regs, error_code, address, fault.sig, fault.code);
		else
			kernelmode_fixup_or_oops(regs, error_code, address);
	}
	local_irq_disable();
}

static void handle_page_fault(struct pt_regs *regs, unsigned long error_code,
			      unsigned long address)
{
	if (likely(!fault_in_kernel_space(address))) {
		do_user_addr_fault(regs, error_code, address);
	} else if (user_mode(regs)) {
		local_irq_enable();
		signal_user_fault(regs, error_code, address, SIGSEGV, SEGV_MAPERR);
		local_irq_disable();
	} else {
		do_kern_addr_fault(regs, error_code, address);
	}
}

/** exc_page_fault - #PF */
asmlinkage noinstr void exc_page_fault(struct pt_regs *regs)
{
	unsigned long address = read_cr2();
	unsigned long error_code = regs->orig_ax;
	irqentry_state_t state = irqentry_enter(regs);

	instrumentation_begin();
	/* The error code's place says which system call is under way: none. */
	regs->orig_ax = -1;
	handle_page_fault(regs, error_code, address);
	instrumentation_end();
	irqentry_exit(regs, state);
}
