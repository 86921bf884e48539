// SPDX-License-Identifier: MIT
/*
 * HPET: a counter of known period, far away.
 *
 * ACPI tells where it is; its own register tells the period.  Reading it costs a device access
 * (an exit to the hypervisor on a virtual machine), so it serves to measure the TSC and is the
 * clock only where the TSC can't be trusted.  The lower 32 bits are used: they can be read in
 * one access on every implementation, and wrap after 40 s and more.
 */
#define pr_fmt(fmt) "HPET: " fmt

#include <linux/acpi.h>
#include <linux/clocksource.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/string.h>

#include <asm/fixmap.h>
#include <asm/hpet.h>
#include <asm/io.h>
#include <asm/tsc.h>

#define FEMTOSECONDS	1000000000000000ULL

static void __iomem *hpet_page __ro_after_init;
static u32 hpet_freq __ro_after_init;
static bool hpet_disabled __initdata;

static u32 hpet_readl(unsigned int reg)
{
	return readl(hpet_page + reg);
}

/**
 * is_hpet_enabled - is there a running HPET?
 */
bool is_hpet_enabled(void)
{
	return hpet_page;
}

/**
 * hpet_read_counter - the lower half of the counter
 * Context: any; is_hpet_enabled() must hold.
 */
u32 hpet_read_counter(void)
{
	return hpet_readl(HPET_COUNTER);
}

/* A counter that doesn't move within some microseconds is no clock. */
static bool __init hpet_counts(void)
{
	u32 first = hpet_read_counter();
	int tries;

	for (tries = 1000; tries; tries--) {
		if (hpet_read_counter() != first)
			return true;
	}
	return false;
}

/**
 * hpet_enable - find the HPET and let it run
 *
 * Context: time_init().
 * Return: 0, or -ENODEV if there is none that can be used.
 */
int __init hpet_enable(void)
{
	u64 phys = acpi_hpet_address();
	u32 period, cfg;

	if (hpet_page)
		return 0;
	if (!phys || hpet_disabled)
		return -ENODEV;
	set_fixmap_nocache(FIX_HPET_BASE, phys & PAGE_MASK);
	hpet_page = (void __iomem *)(__fix_to_virt(FIX_HPET_BASE) + (phys & ~PAGE_MASK));

	period = hpet_readl(HPET_PERIOD);
	if (period < HPET_MIN_PERIOD || period > HPET_MAX_PERIOD) {
		pr_err("at %#llx: a period of %u fs can't be, not used\n", phys, period);
		goto err_unusable;
	}
	hpet_freq = div_u64(FEMTOSECONDS, period);

	cfg = hpet_readl(HPET_CFG);
	cfg &= ~HPET_CFG_LEGACY;
	cfg |= HPET_CFG_ENABLE;
	writel(cfg, hpet_page + HPET_CFG);
	if (!hpet_counts()) {
		pr_err("at %#llx: does not count, not used\n", phys);
		goto err_unusable;
	}
	pr_info("at %#llx, %u Hz\n", phys, hpet_freq);
	return 0;

err_unusable:
	hpet_page = NULL;
	return -ENODEV;
}

static u64 read_hpet(struct clocksource *cs)
{
	(void)cs;
	return hpet_read_counter();
}

static struct clocksource clocksource_hpet = {
	.name	= "hpet",
	.rating	= 250,
	.read	= read_hpet,
	.mask	= CLOCKSOURCE_MASK(32),
	.flags	= CLOCK_SOURCE_IS_CONTINUOUS,
};

/**
 * hpet_register_clocksource - offer the HPET as a clock
 * Context: time_init(), after hpet_enable().
 */
void __init hpet_register_clocksource(void)
{
	if (is_hpet_enabled())
		__clocksource_register_scale(&clocksource_hpet, 1, hpet_freq);
}

static int __init hpet_ref_start(struct ref_clock *ref)
{
	if (hpet_enable())
		return -ENODEV;
	ref->freq = hpet_freq;
	return 0;
}

static u64 hpet_ref_read(void)
{
	return hpet_read_counter();
}

struct ref_clock hpet_ref_clock = {
	.name = "HPET",
	.mask = 0xffffffff,
	.start = hpet_ref_start,
	.read = hpet_ref_read,
};

static int __init parse_hpet(char *arg)
{
	if (arg && !strcmp(arg, "disable"))
		hpet_disabled = true;
	return 0;
}
early_param("hpet", parse_hpet);

static int __init parse_nohpet(char *arg)
{
	(void)arg;
	hpet_disabled = true;
	return 0;
}
early_param("nohpet", parse_nohpet);
