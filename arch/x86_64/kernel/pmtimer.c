// SPDX-License-Identifier: MIT
/*
 * ACPI's power management timer: 3.579545 MHz, 24 bits, one I/O read.
 *
 * On a machine without HPET it measures the TSC, and is the clock if the TSC can't be trusted.
 * Some old chipsets change the counter while it is being read; a value counts only if two
 * readings around it agree on the order.
 */
#define pr_fmt(fmt) "PM timer: " fmt

#include <linux/acpi.h>
#include <linux/clocksource.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include <asm/io.h>
#include <asm/time.h>
#include <asm/tsc.h>

#define PM_TIMER_HZ	3579545
#define PM_TIMER_MASK	0xffffffULL

static u32 pm_timer_port __ro_after_init;

static u64 pm_timer_read(void)
{
	u32 a, b, c;

	do {
		a = inl(pm_timer_port) & PM_TIMER_MASK;
		b = inl(pm_timer_port) & PM_TIMER_MASK;
		c = inl(pm_timer_port) & PM_TIMER_MASK;
	} while ((a > b && c > a) || (b > c && a > b && c > a) || (c > a && b > c));
	return b;
}

static int __init pm_timer_start(struct ref_clock *ref)
{
	u32 port = acpi_power_info()->pm_timer;
	int tries;
	u32 first;

	(void)ref;
	if (!port)
		return -ENODEV;
	first = inl(port) & PM_TIMER_MASK;
	for (tries = 1000; tries; tries--) {
		if ((inl(port) & PM_TIMER_MASK) != first) {
			pm_timer_port = port;
			return 0;
		}
	}
	pr_err("port %#x does not count, not used\n", port);
	return -ENODEV;
}

struct ref_clock pm_timer_ref_clock = {
	.name = "PM timer",
	.freq = PM_TIMER_HZ,
	.mask = PM_TIMER_MASK,
	.start = pm_timer_start,
	.read = pm_timer_read,
};

static u64 read_acpi_pm(struct clocksource *cs)
{
	(void)cs;
	return pm_timer_read();
}

static struct clocksource clocksource_acpi_pm = {
	.name	= "acpi_pm",
	.rating	= 200,
	.read	= read_acpi_pm,
	.mask	= CLOCKSOURCE_MASK(24),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS,
};

/**
 * pm_timer_register_clocksource - offer it as a clock
 * Context: time_init().
 */
void __init pm_timer_register_clocksource(void)
{
	if (pm_timer_port || !pm_timer_start(&pm_timer_ref_clock))
		__clocksource_register_scale(&clocksource_acpi_pm, 1, PM_TIMER_HZ);
}
