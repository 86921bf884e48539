// SPDX-License-Identifier: MIT
/*
 * The Arm generic timer: one counter for the machine, an alarm for each CPU.
 *
 * The counter runs at a constant rate (CNTFRQ) and reads the same on every CPU.  Each CPU
 * compares it with several compare values; which of them is ours depends on how we run:
 *
 *	at EL1			the virtual timer: a hypervisor may shift it
 *	at EL2 (VHE)		the physical one, whose EL1 names EL2 redirects to its own
 *
 * An alarm is a level: it stays up until the compare value moves on or the timer is masked.
 */
#define pr_fmt(fmt) "arch_timer: " fmt

#include <linux/clockchips.h>
#include <linux/clocksource.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched_clock.h>
#include <linux/smp.h>

#include <asm/arch_timer.h>
#include <asm/ptrace.h>
#include <asm/sysreg.h>

/* Order of "interrupts" in the device tree's binding. */
enum arch_timer_ppi {
	ARCH_TIMER_PHYS_SECURE_PPI,
	ARCH_TIMER_PHYS_NONSECURE_PPI,
	ARCH_TIMER_VIRT_PPI,
	ARCH_TIMER_HYP_PPI,
};

/* The architecture promises 56 bits at least, and 40 years before they wrap. */
#define COUNTER_BITS	56

static u32 arch_timer_rate __ro_after_init;
static unsigned int arch_timer_irq __ro_after_init;
static bool use_physical __ro_after_init;
static DEFINE_PER_CPU(struct clock_event_device, arch_timer_evt);

/**
 * arch_timer_read_counter - the counter
 * Context: any.
 */
u64 notrace arch_timer_read_counter(void)
{
	return use_physical ? __arch_counter_get_cntpct() : __arch_counter_get_cntvct();
}

static u32 timer_read_ctl(void)
{
	return use_physical ? read_sysreg(cntp_ctl_el0) : read_sysreg(cntv_ctl_el0);
}

static void timer_write_ctl(u32 ctl)
{
	if (use_physical)
		write_sysreg(ctl, cntp_ctl_el0);
	else
		write_sysreg(ctl, cntv_ctl_el0);
	isb();
}

static void timer_write_compare(u64 value)
{
	if (use_physical)
		write_sysreg(value, cntp_cval_el0);
	else
		write_sysreg(value, cntv_cval_el0);
}

static irqreturn_t arch_timer_handler(int irq, void *dev_id)
{
	struct clock_event_device *evt = dev_id;
	u32 ctl = timer_read_ctl();

	(void)irq;
	if (!(ctl & ARCH_TIMER_CTL_ISTATUS))
		return IRQ_NONE;
	/* Take the level away; programming the next event lets it through again. */
	timer_write_ctl(ctl | ARCH_TIMER_CTL_IMASK);
	evt->event_handler(evt);
	return IRQ_HANDLED;
}

static int arch_timer_set_next_event(unsigned long delta, struct clock_event_device *evt)
{
	(void)evt;
	timer_write_compare(arch_timer_read_counter() + delta);
	timer_write_ctl(ARCH_TIMER_CTL_ENABLE);
	return 0;
}

static int arch_timer_shutdown(struct clock_event_device *evt)
{
	(void)evt;
	timer_write_ctl(0);
	return 0;
}

static int arch_timer_starting_cpu(unsigned int cpu)
{
	struct clock_event_device *evt = this_cpu_ptr(&arch_timer_evt);

	*evt = (struct clock_event_device) {
		.name			= "arch_sys_timer",
		.features		= CLOCK_EVT_FEAT_ONESHOT,
		.rating			= 450,
		.irq			= arch_timer_irq,
		.cpumask		= cpumask_of(cpu),
		.set_next_event		= arch_timer_set_next_event,
		.set_state_shutdown	= arch_timer_shutdown,
		.set_state_oneshot_stopped = arch_timer_shutdown,
	};
	arch_timer_shutdown(evt);
	/* Programs may read the virtual counter, which the vDSO does, and nothing else. */
	arch_timer_set_cntkctl(ARCH_TIMER_USR_VCT_ACCESS_EN);
	clockevents_config_and_register(evt, arch_timer_rate, 0xf, 0x7fffffff);
	enable_percpu_irq(arch_timer_irq, irq_get_trigger_type(arch_timer_irq));
	return 0;
}

static int arch_timer_dying_cpu(unsigned int cpu)
{
	(void)cpu;
	disable_percpu_irq(arch_timer_irq);
	arch_timer_shutdown(this_cpu_ptr(&arch_timer_evt));
	return 0;
}

static u64 arch_counter_read(struct clocksource *cs)
{
	(void)cs;
	return arch_timer_read_counter();
}

static struct clocksource clocksource_counter = {
	.name	= "arch_sys_counter",
	.vdso_clock_mode = VDSO_CLOCKMODE_COUNTER,
	.id	= CSID_ARM_ARCH_COUNTER,
	.rating	= 400,
	.read	= arch_counter_read,
	.mask	= CLOCKSOURCE_MASK(COUNTER_BITS),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES,
};

/* The register, unless the firmware left it unset and the tree knows better. */
static u32 __init find_rate(struct device_node *np)
{
	u32 rate;

	if (!of_property_read_u32(np, "clock-frequency", &rate) && rate)
		return rate;
	return arch_timer_get_cntfrq();
}

static int __init arch_timer_of_init(struct device_node *np)
{
	int ret;

	use_physical = read_sysreg(CurrentEL) == CurrentEL_EL2;
	arch_timer_rate = find_rate(np);
	if (!arch_timer_rate)
		return -EINVAL;
	arch_timer_irq = irq_of_parse_and_map(np, use_physical ? ARCH_TIMER_HYP_PPI :
					      ARCH_TIMER_VIRT_PPI);
	if (!arch_timer_irq)
		return -ENXIO;
	ret = request_percpu_irq(arch_timer_irq, arch_timer_handler, "arch_timer",
				 &arch_timer_evt);
	if (ret)
		return ret;

	__clocksource_register_scale(&clocksource_counter, 1, arch_timer_rate);
	sched_clock_register(arch_timer_read_counter, COUNTER_BITS, arch_timer_rate);
	pr_info("%u.%02u MHz, %s timer\n", arch_timer_rate / 1000000,
		arch_timer_rate / 10000 % 100, use_physical ? "physical" : "virtual");
	return cpuhp_setup_state(CPUHP_AP_ARM_ARCH_TIMER_STARTING,
				 "clockevents/arm/arch_timer:starting",
				 arch_timer_starting_cpu, arch_timer_dying_cpu);
}

static const struct of_device_id arch_timer_of_match[] __initconst = {
	{ .compatible = "arm,armv8-timer" },
	{ .compatible = "arm,armv7-timer" },
	{ }
};

/**
 * timer_probe - start the clock and the boot CPU's timer
 *
 * Without them nothing ever times out, so a tree that names none panics.
 *
 * Context: time_init(), interrupts off.
 */
void __init timer_probe(void)
{
	struct device_node *np = of_find_matching_node(NULL, arch_timer_of_match);
	int ret = np ? arch_timer_of_init(np) : -ENODEV;

	if (ret)
		panic("no usable timer in the device tree (%d)\n", ret);
}
