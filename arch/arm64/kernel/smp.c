// SPDX-License-Identifier: MIT
/*
 * The other CPUs: finding them in the device tree, starting and stopping them, interrupting them.
 *
 * How a CPU comes up (A orders it, B comes):
 *
 *   A  __cpu_up: secondary_data.task = B's idle task; PSCI CPU_ON at secondary_entry; wait for
 *      cpu_running
 *   B  head.S: EL1, MMU on, B's stack; secondary_start_kernel: features, hot-plug callbacks, IPIs
 *      on, online, complete(cpu_running), idle loop
 *
 * and goes down:
 *
 *   B  (stop_machine) __cpu_disable: not online, no IPIs, interrupts moved away; then its idle
 *      task: arch_cpu_idle_dead: cpuhp_ap_report_dead, PSCI CPU_OFF
 *   A  arch_cpuhp_cleanup_dead_cpu: waits until the firmware says that it is off, after which it
 *      can be started again
 *
 * IPIs are the interrupt controller's software generated interrupts; its driver gives us a block of
 * them by set_smp_ipi_range().
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel_stat.h>
#include <linux/nmi.h>
#include <linux/of.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/hotplug.h>
#include <linux/sched/idle.h>
#include <linux/sched/mm.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>

#include <asm/cpufeature.h>
#include <asm/cputype.h>
#include <asm/daifflags.h>
#include <asm/fpsimd.h>
#include <asm/mmu_context.h>
#include <asm/psci.h>
#include <asm/smp.h>
#include <asm/tlbflush.h>

enum ipi_msg_type {
	IPI_RESCHEDULE,
	IPI_CALL_FUNC,
	IPI_CPU_STOP,
	IPI_IRQ_WORK,
	IPI_CPU_BACKTRACE,
	NR_IPI
};

static const char * const ipi_types[NR_IPI] = {
	[IPI_RESCHEDULE]	= "Rescheduling interrupts",
	[IPI_CALL_FUNC]		= "Function call interrupts",
	[IPI_CPU_STOP]		= "CPU stop interrupts",
	[IPI_IRQ_WORK]		= "IRQ work interrupts",
	[IPI_CPU_BACKTRACE]	= "CPU backtrace interrupts",
};

static int ipi_irq_base __ro_after_init;
static int nr_ipi __ro_after_init;
static struct irq_desc *ipi_desc[NR_IPI] __ro_after_init;

/* ---- names of CPUs ---- */

static u64 __cpu_logical_map[NR_CPUS] = { [0 ... NR_CPUS - 1] = INVALID_HWID };

/**
 * cpu_logical_map - the hardware's name of a CPU
 * @cpu: ours
 *
 * Return: MPIDR affinity, INVALID_HWID if there is none
 */
u64 cpu_logical_map(unsigned int cpu)
{
	return __cpu_logical_map[cpu];
}

/** set_cpu_logical_map - CPU number @cpu is the one whose affinity in MPIDR_EL1 is @hwid */
void set_cpu_logical_map(unsigned int cpu, u64 hwid)
{
	__cpu_logical_map[cpu] = hwid;
}

/** smp_setup_processor_id - the boot CPU is number 0. Context: first thing in C */
void __init smp_setup_processor_id(void)
{
	u64 mpidr = read_cpuid_mpidr() & MPIDR_HWID_BITMASK;

	set_cpu_logical_map(0, mpidr);
	pr_info("Booting Lectern on physical CPU 0x%010llx [0x%08x]\n", mpidr, read_cpuid_id());
}

/* ---- who is there ---- */

static bool __init hwid_is_known(u64 hwid, unsigned int nr)
{
	unsigned int i;

	for (i = 1; i < nr && i < NR_CPUS; i++)
		if (cpu_logical_map(i) == hwid)
			return true;
	return false;
}

/**
 * smp_init_cpus - list the CPUs of the device tree
 *
 * The one we run on is CPU 0, whatever its place there. Without a way to start the others they are
 * not possible.
 */
void __init smp_init_cpus(void)
{
	struct device_node *dn;
	unsigned int cpu_count = 1, i;
	bool boot_cpu_seen = false;

	for_each_of_cpu_node(dn) {
		u64 hwid = of_get_cpu_hwid(dn, 0);

		if (hwid & ~MPIDR_HWID_BITMASK) {
			pr_err("%s: invalid reg property\n", dn->name);
			continue;
		}
		if (hwid == cpu_logical_map(0)) {
			if (boot_cpu_seen)
				pr_err("%s: duplicate boot CPU\n", dn->name);
			boot_cpu_seen = true;
			continue;
		}
		if (hwid_is_known(hwid, cpu_count)) {
			pr_err("%s: duplicate reg property\n", dn->name);
			continue;
		}
		if (cpu_count < NR_CPUS)
			set_cpu_logical_map(cpu_count, hwid);
		cpu_count++;
	}
	if (cpu_count > NR_CPUS)
		pr_warn("Number of CPUs (%u) exceeds the configured maximum (%d)\n", cpu_count,
			NR_CPUS);
	if (!boot_cpu_seen)
		pr_err("missing boot CPU MPIDR, not enabling secondaries\n");
	if (!boot_cpu_seen || !psci_has_cpu_on())
		return;
	for (i = 1; i < NR_CPUS; i++)
		if (cpu_logical_map(i) != INVALID_HWID)
			set_cpu_possible(i, true);
}

/* ---- the boot CPU's part ---- */

DEFINE_PER_CPU_READ_MOSTLY(int, cpu_number);

void __init smp_prepare_boot_cpu(void)
{
	set_my_cpu_offset(per_cpu_offset(smp_processor_id()));
	this_cpu_write(cpu_number, 0);
}

/** smp_prepare_cpus - mark the CPUs that can be started as present; none for @max_cpus 0 */
void __init smp_prepare_cpus(unsigned int max_cpus)
{
	unsigned int cpu;

	if (max_cpus == 0)
		return;
	for_each_possible_cpu(cpu) {
		if (cpu == smp_processor_id())
			continue;
		per_cpu(cpu_number, cpu) = cpu;
		set_cpu_present(cpu, true);
	}
}

/** smp_cpus_done - all CPUs that shall be up are: say so */
void __init smp_cpus_done(unsigned int max_cpus)
{
	pr_info("SMP: Total of %d processors activated.\n", num_online_cpus());
}

/* ---- up ---- */

struct secondary_data secondary_data;
static DECLARE_COMPLETION(cpu_running);

/**
 * __cpu_up - start a CPU
 * @cpu: which
 * @idle: its idle task
 *
 * Context: the hot-plug machinery, which lets one CPU come or go at a time.
 * Return: 0, -EIO if it did not come up, or what the firmware answered
 */
int __cpu_up(unsigned int cpu, struct task_struct *idle)
{
	int ret;

	reinit_completion(&cpu_running);
	secondary_data.status = 0;
	secondary_data.task = idle;
	/*
	 * Seen by the new CPU, which reads it with its caches on; psci_cpu_on() is a call into
	 * another world.
	 */
	dsb(sy);

	ret = psci_cpu_on(cpu_logical_map(cpu), __pa_symbol(secondary_entry));
	if (ret) {
		pr_err("CPU%u: failed to boot: %d\n", cpu, ret);
		return ret;
	}
	wait_for_completion_timeout(&cpu_running, 5 * HZ);
	if (cpu_online(cpu))
		return 0;
	pr_crit("CPU%u: %s\n", cpu, READ_ONCE(secondary_data.status) ?
		"lacks features that the other CPUs use" : "failed to come online");
	secondary_data.task = NULL;
	return -EIO;
}

static void ipi_setup(int cpu);
static void ipi_teardown(int cpu);

/**
 * secondary_start_kernel - a new CPU's first C function
 *
 * Context: its idle task, interrupts off.
 */
asmlinkage notrace void secondary_start_kernel(void)
{
	struct mm_struct *mm = &init_mm;
	unsigned int cpu = smp_processor_id();
	const u64 mpidr = read_cpuid_mpidr() & MPIDR_HWID_BITMASK;

	mmgrab_lazy_tlb(mm);
	current->active_mm = mm;
	/* TTBR0 still has the identity map. */
	cpu_set_reserved_ttbr0();
	local_flush_tlb_all();

	if (check_local_cpu_capabilities()) {
		WRITE_ONCE(secondary_data.status, 1);
		psci_cpu_off();
		cpu_park_loop();
	}
	cpu_enable_local_features();
	notify_cpu_starting(cpu);
	ipi_setup(cpu);
	pr_info("CPU%u: Booted secondary processor 0x%010llx [0x%08x]\n", cpu, mpidr,
		read_cpuid_id());
	set_cpu_online(cpu, true);
	complete(&cpu_running);

	local_daif_restore(DAIF_PROCCTX_NOIRQ);
	local_irq_enable();
	cpu_startup_entry(CPUHP_AP_ONLINE_IDLE);
}

/* ---- down ---- */

int __cpu_disable(void)
{
	unsigned int cpu = smp_processor_id();

	if (cpu == 0 && !psci_has_cpu_on())
		return -EOPNOTSUPP;
	set_cpu_online(cpu, false);
	ipi_teardown(cpu);
	irq_migrate_all_off_this_cpu();
	return 0;
}

/**
 * arch_cpu_idle_dead - a CPU's last call
 */
void __noreturn arch_cpu_idle_dead(void)
{
	fpsimd_save_and_flush_cpu_state();
	local_daif_mask();
	cpuhp_ap_report_dead();
	psci_cpu_off();
	cpu_park_loop();
}

/**
 * arch_cpuhp_cleanup_dead_cpu - wait until a CPU is really off
 * @cpu: it said that it is about to be
 *
 * Context: may sleep.
 */
void arch_cpuhp_cleanup_dead_cpu(unsigned int cpu)
{
	unsigned long end = jiffies + msecs_to_jiffies(100);
	int state;

	for (;;) {
		state = psci_affinity_info(cpu_logical_map(cpu));
		if (state == PSCI_AFFINITY_OFF || state == -EOPNOTSUPP)
			return;
		if (time_after(jiffies, end))
			break;
		usleep_range(100, 1000);
	}
	pr_warn("CPU%u: did not go off (%d)\n", cpu, state);
}

/** cpu_park_loop - for good: this CPU is needed no more. Context: any */
void __noreturn cpu_park_loop(void)
{
	local_daif_mask();
	for (;;) {
		wfe();
		wfi();
	}
}

/* ---- interrupts between CPUs ---- */

static atomic_t stop_pending;

static void __noreturn local_cpu_stop(unsigned int cpu)
{
	set_cpu_online(cpu, false);
	cpu_park_loop();
}

static void do_handle_IPI(int ipinr)
{
	unsigned int cpu = smp_processor_id();

	switch (ipinr) {
	case IPI_RESCHEDULE:
		scheduler_ipi();
		break;
	case IPI_CALL_FUNC:
		generic_smp_call_function_interrupt();
		break;
	case IPI_CPU_STOP:
		local_cpu_stop(cpu);
		break;
	case IPI_IRQ_WORK:
		irq_work_run();
		break;
	case IPI_CPU_BACKTRACE:
		nmi_cpu_backtrace(get_irq_regs());
		break;
	default:
		pr_crit("CPU%u: Unknown IPI message 0x%x\n", cpu, ipinr);
	}
}

static irqreturn_t ipi_handler(int irq, void *data)
{
	do_handle_IPI(irq - ipi_irq_base);
	return IRQ_HANDLED;
}

static void smp_cross_call(const struct cpumask *target, unsigned int ipinr)
{
	struct irq_data *data = irq_desc_get_irq_data(ipi_desc[ipinr]);

	data->chip->ipi_send_mask(data, target);
}

static void ipi_setup(int cpu)
{
	int i;

	for (i = 0; i < nr_ipi; i++)
		enable_percpu_irq(ipi_irq_base + i, 0);
}

static void ipi_teardown(int cpu)
{
	int i;

	for (i = 0; i < nr_ipi; i++)
		disable_percpu_irq(ipi_irq_base + i);
}

/**
 * set_smp_ipi_range - the interrupt controller's driver offers software generated interrupts
 * @ipi_base: number of the first
 * @n: how many
 *
 * Context: boot CPU, once.
 */
void __init set_smp_ipi_range(int ipi_base, int n)
{
	int i, err;

	WARN_ON(n < NR_IPI);
	nr_ipi = min(n, (int)NR_IPI);
	for (i = 0; i < nr_ipi; i++) {
		err = request_percpu_irq(ipi_base + i, ipi_handler, ipi_types[i], &cpu_number);
		WARN_ON(err);
		ipi_desc[i] = irq_to_desc(ipi_base + i);
	}
	ipi_irq_base = ipi_base;
	ipi_setup(smp_processor_id());
}

void arch_smp_send_reschedule(int cpu)
{
	smp_cross_call(cpumask_of(cpu), IPI_RESCHEDULE);
}

void arch_send_call_function_single_ipi(int cpu)
{
	smp_cross_call(cpumask_of(cpu), IPI_CALL_FUNC);
}

void arch_send_call_function_ipi_mask(const struct cpumask *mask)
{
	smp_cross_call(mask, IPI_CALL_FUNC);
}

void arch_irq_work_raise(void)
{
	if (ipi_irq_base)
		smp_cross_call(cpumask_of(smp_processor_id()), IPI_IRQ_WORK);
}

/**
 * smp_send_stop - park all other CPUs
 *
 * Context: panic, reboot; any. One that has interrupts off for more than a second is left behind
 * with a message.
 */
void smp_send_stop(void)
{
	static cpumask_t mask;
	unsigned long timeout = USEC_PER_SEC;

	if (num_online_cpus() <= 1 || !ipi_irq_base || atomic_xchg(&stop_pending, 1))
		return;
	cpumask_copy(&mask, cpu_online_mask);
	cpumask_clear_cpu(raw_smp_processor_id(), &mask);
	pr_crit("SMP: stopping secondary CPUs\n");
	smp_cross_call(&mask, IPI_CPU_STOP);
	while (num_online_cpus() > 1 && timeout--)
		udelay(1);
	if (num_online_cpus() > 1)
		pr_warn("SMP: failed to stop secondary CPUs %*pbl\n",
			cpumask_pr_args(cpu_online_mask));
}

static void arm64_backtrace_ipi(cpumask_t *mask)
{
	smp_cross_call(mask, IPI_CPU_BACKTRACE);
}

/**
 * arch_trigger_cpumask_backtrace - let CPUs print where they are
 * @mask: which
 * @exclude_cpu: not this one, -1 for none
 */
void arch_trigger_cpumask_backtrace(const cpumask_t *mask, int exclude_cpu)
{
	nmi_trigger_cpumask_backtrace(mask, exclude_cpu, arm64_backtrace_ipi);
}
