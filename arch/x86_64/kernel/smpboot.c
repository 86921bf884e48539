// SPDX-License-Identifier: MIT
/*
 * Starting and stopping the other CPUs.
 *
 * A start, one CPU at a time (the hot-plug lock sees to that):
 *
 *	boot CPU				new CPU
 *	--------				-------
 *	smpboot_cpu, smpboot_stack = ...
 *	INIT, STARTUP, STARTUP		->	trampoline, secondary_startup_64
 *	wait for "alive"		<-	start_secondary(): own GDT, IDT, CR4, APIC
 *						cpu_state = CPU_ALIVE
 *	return to the hot-plug code	<-	notify_cpu_starting(), online, idle loop
 *
 * A CPU that went down sits in hlt with interrupts off, in its idle task. INIT takes
 * it out of that, so the next start is like the first.
 */

#include <linux/unaligned.h>
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/pgtable.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/hotplug.h>
#include <linux/sched/mm.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/topology.h>

#include <asm/apic.h>
#include <asm/desc.h>
#include <asm/hw_irq.h>
#include <asm/irq_stack.h>
#include <asm/mmu_context.h>
#include <asm/processor.h>
#include <asm/ptrace.h>
#include <asm/realmode.h>
#include <asm/stackprotector.h>
#include <asm/tlbflush.h>

enum {
	CPU_DOWN,	/* not started, or gone down and parked */
	CPU_KICKED,	/* INIT and STARTUP sent */
	CPU_ALIVE,	/* executes kernel code */
};
static atomic_t cpu_state[NR_CPUS];

/* Read by secondary_startup_64. Written before the STARTUP that makes it read. */
unsigned int smpboot_cpu;
unsigned long smpboot_stack;

/* --- The trampoline --------------------------------------------------------------------------- */

unsigned long trampoline_phys __ro_after_init;
pgd_t trampoline_pgd[PTRS_PER_PGD] __page_aligned_bss;
static pud_t trampoline_pud[PTRS_PER_PUD] __page_aligned_bss;
static pmd_t trampoline_pmd[PTRS_PER_PMD] __page_aligned_bss;
static pte_t trampoline_pte[PTRS_PER_PTE] __page_aligned_bss;

extern u32 trampoline_gdt_base, trampoline_far32, trampoline_far64, trampoline_cr3;

/**
 * reserve_real_mode - keep a page for the first code of other CPUs
 *
 * Any page of RAM that a real-mode address reaches, and that a STARTUP message can name: below 640
 * KiB. Without one only the boot CPU runs.
 *
 * Context: boot, memblock.
 */
void __init reserve_real_mode(void)
{
	trampoline_phys = memblock_phys_alloc_range(PAGE_SIZE, PAGE_SIZE, PAGE_SIZE, 640 << 10);
	if (!trampoline_phys)
		pr_warn("no page below 640 KiB: other CPUs can't be started\n");
}

static void __init relocate(void *copy, u32 *symbol, u32 base)
{
	u32 *field = copy + ((char *)symbol - trampoline_start);

	put_unaligned(get_unaligned(field) + base, field);
}

static void __init map_trampoline(void)
{
	unsigned long phys = trampoline_phys;

	trampoline_pte[pte_index(phys)] = pfn_pte(phys >> PAGE_SHIFT,
						  __pgprot(__PAGE_KERNEL_ROX & ~_PAGE_GLOBAL));
	trampoline_pmd[0] = __pmd(__pa_symbol(trampoline_pte) | _KERNPG_TABLE);
	trampoline_pud[0] = __pud(__pa_symbol(trampoline_pmd) | _KERNPG_TABLE);
	trampoline_pgd[0] = __pgd(__pa_symbol(trampoline_pud) | _KERNPG_TABLE);
}

/* The new CPU's stack and per-CPU area are anywhere in the kernel half: show all of it. */
static void share_kernel_half(void)
{
	memcpy(trampoline_pgd + KERNEL_PGD_BOUNDARY, swapper_pg_dir + KERNEL_PGD_BOUNDARY,
	       (PTRS_PER_PGD - KERNEL_PGD_BOUNDARY) * sizeof(pgd_t));
}

/**
 * init_trampoline - put the other CPUs' first code into its page: 0, -ENOMEM if there is no such
 * page
 */
int __init init_trampoline(void)
{
	void *copy;

	if (!trampoline_phys)
		return -ENOMEM;
	copy = __va(trampoline_phys);
	memcpy(copy, trampoline_start, trampoline_end - trampoline_start);
	relocate(copy, &trampoline_gdt_base, trampoline_phys);
	relocate(copy, &trampoline_far32, trampoline_phys);
	relocate(copy, &trampoline_far64, trampoline_phys);
	relocate(copy, &trampoline_cr3, __pa_symbol(trampoline_pgd));
	map_trampoline();
	return 0;
}

/* --- On the new CPU --------------------------------------------------------------------------- */

/* In: trampoline_pgd, own stack, own gs; no IDT. Out: an ordinary CPU. */
static void init_secondary(unsigned int cpu)
{
	switch_gdt_and_percpu_base(cpu);
	write_cr3(__pa_symbol(swapper_pg_dir));
	cr4_init_shadow();
	cpu_init_exception_handling();
	cpu_init();
	__flush_tlb_all();
	identify_secondary_cpu(cpu);
	apic_ap_setup();
}

/**
 * start_secondary - a new CPU's first C code
 *
 * Context: interrupts off, stack of this CPU's idle task. Ends in the idle loop.
 */
asmlinkage __visible void __noreturn start_secondary(void)
{
	unsigned int cpu = smpboot_cpu;

	init_secondary(cpu);
	current->active_mm = &init_mm;
	mmgrab_lazy_tlb(&init_mm);
	enter_lazy_tlb(&init_mm, current);
	/* Release: all of the above is there for whoever sees us alive. */
	atomic_set_release(&cpu_state[cpu], CPU_ALIVE);

	notify_cpu_starting(cpu);
	set_cpu_online(cpu, true);
	setup_secondary_APIC_clock();
	local_irq_enable();
	cpu_startup_entry(CPUHP_AP_ONLINE_IDLE);
}

/* --- On the CPU that asks --------------------------------------------------------------------- */

static void prepare_percpu(unsigned int cpu, struct task_struct *idle)
{
	per_cpu(pcpu_hot.current_task, cpu) = idle;
	per_cpu(pcpu_hot.top_of_stack, cpu) = (unsigned long)task_stack_page(idle) + THREAD_SIZE;
	per_cpu(pcpu_hot.hardirq_stack_inuse, cpu) = false;
	per_cpu(pcpu_hot.softirq_pending, cpu) = 0;
	per_cpu(cpu_tss_rw, cpu).x86_tss.sp0 = (unsigned long)task_stack_page(idle) + THREAD_SIZE;
	per_cpu(cpu_tlbstate.loaded_mm, cpu) = &init_mm;
	cpu_init_stack_canary(cpu, idle);
	init_idle_preempt_count(idle, cpu);

	smpboot_cpu = cpu;
	/* The whole stack is free: the idle task starts anew. A frame's room at the top. */
	smpboot_stack = (unsigned long)task_pt_regs(idle);
}

/* The manual's sequence; modern processors need neither long pauses nor the second STARTUP. */
static void wakeup_cpu(unsigned int cpu)
{
	u32 apicid = cpu_physical_id(cpu);
	int tries;

	apic_send_init_ipi(apicid);
	udelay(10);
	for (tries = 0; tries < 2; tries++) {
		apic_send_startup_ipi(apicid, trampoline_phys >> PAGE_SHIFT);
		udelay(10);
		if (atomic_read(&cpu_state[cpu]) == CPU_ALIVE)
			return;
	}
}

static int wait_until_alive(unsigned int cpu)
{
	/* Ten seconds: a loaded host may not run the virtual CPU for long. */
	unsigned int ms;

	for (ms = 0; ms < 10000; ms++) {
		unsigned int us;

		for (us = 0; us < 1000; us += 10) {
			/* Pairs with the release in start_secondary(). */
			if (atomic_read_acquire(&cpu_state[cpu]) == CPU_ALIVE)
				return 0;
			udelay(10);
		}
		touch_nmi_watchdog();
	}
	return -EIO;
}

/**
 * __cpu_up - start a CPU
 * @cpu: its number
 * @tidle: its idle task
 *
 * Context: hot-plug lock held for writing; may sleep.
 * Return: 0 when it executes kernel code; -ENOMEM; -ENOSYS without a trampoline; -EIO if
 * it doesn't answer.
 */
int __cpu_up(unsigned int cpu, struct task_struct *tidle)
{
	int ret;

	if (!trampoline_phys)
		return -ENOSYS;
	ret = irq_init_percpu_irqstack(cpu);
	if (ret)
		return ret;
	prepare_percpu(cpu, tidle);
	share_kernel_half();
	atomic_set(&cpu_state[cpu], CPU_KICKED);
	/* The new CPU reads all of this without having been asked to wait. */
	smp_mb();
	wakeup_cpu(cpu);
	ret = wait_until_alive(cpu);
	if (ret) {
		pr_err("CPU%u failed to start\n", cpu);
		atomic_set(&cpu_state[cpu], CPU_DOWN);
		return ret;
	}
	while (!cpu_online(cpu))
		cpu_relax();
	return 0;
}

/**
 * smp_prepare_cpus - make ready to start other CPUs; if that can't be, the boot CPU is the only one
 * present
 */
void __init smp_prepare_cpus(unsigned int max_cpus)
{
	atomic_set(&cpu_state[smp_processor_id()], CPU_ALIVE);
	if (max_cpus == 0 || !apic_available()) {
		init_cpu_present(cpumask_of(0));
		return;
	}
	if (init_trampoline())
		init_cpu_present(cpumask_of(0));
}

/** smp_cpus_done - all CPUs that shall be up are: nothing */
void __init smp_cpus_done(unsigned int max_cpus)
{
	(void)max_cpus;
}

/* --- Down ------------------------------------------------------------------------------------- */

/**
 * arch_cpu_is_hotpluggable - may a CPU be taken down? Not the boot CPU
 *
 * INIT sends that one to the firmware's reset vector, not to wait for a SIPI.
 */
bool arch_cpu_is_hotpluggable(int cpu)
{
	return cpu > 0;
}

/**
 * __cpu_disable - take this CPU out of service
 *
 * Context: on the dying CPU, in stop_machine(), interrupts off.
 * Return: 0.
 */
int __cpu_disable(void)
{
	unsigned int cpu = smp_processor_id();

	set_cpu_online(cpu, false);
	fixup_irqs();
	apic_soft_disable();
	return 0;
}

/* The idle task of a CPU that went down: never returns; INIT starts the CPU anew. */
void __noreturn arch_cpu_idle_dead(void)
{
	unsigned int cpu = raw_smp_processor_id();

	idle_task_exit();
	local_irq_disable();
	cpuhp_ap_report_dead();
	/*
	 * Nothing may be touched now: the CPU that ordered us down has our
	 * per-CPU data. Caches are kept coherent while we sleep.
	 */
	atomic_set(&cpu_state[cpu], CPU_DOWN);
	for (;;)
		native_halt();
}

void arch_cpuhp_cleanup_dead_cpu(unsigned int cpu)
{
	(void)cpu;
}
