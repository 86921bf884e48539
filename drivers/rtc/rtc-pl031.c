// SPDX-License-Identifier: MIT
/*
 * Arm's PL031 clock: one register that counts seconds since 1970.
 */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/printk.h>
#include <linux/timekeeping.h>

#define RTC_DR	0x00	/* seconds */

/**
 * read_persistent_clock64 - time of day when the kernel starts
 * @ts: result; 0 if the device tree names no clock
 * Context: timekeeping_init(), device tree unflattened.
 */
void read_persistent_clock64(struct timespec64 *ts)
{
	struct device_node *np = of_find_compatible_node(NULL, NULL, "arm,pl031");
	static void __iomem *base;

	ts->tv_sec = 0;
	ts->tv_nsec = 0;
	if (!base && np)
		base = of_iomap(np, 0);
	if (base)
		ts->tv_sec = readl(base + RTC_DR);
	else
		pr_warn("rtc: no clock in the device tree\n");
}
