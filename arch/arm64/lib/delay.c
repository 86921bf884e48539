// SPDX-License-Identifier: MIT
/* Delays against the generic timer's counter, whose rate the firmware set: no calibration. */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>

#include <asm/arch_timer.h>
#include <asm/delay.h>

/**
 * __delay - wait for so many ticks of the counter
 * @ticks: of CNTFRQ_EL0
 */
void __delay(unsigned long ticks)
{
	u64 start = __arch_counter_get_cntvct();

	while (__arch_counter_get_cntvct() - start < ticks)
		cpu_relax();
}

static u64 to_ticks(unsigned long time, unsigned long per_second)
{
	return mul_u64_u64_div_u64(time, arch_timer_get_cntfrq(), per_second) + 1;
}

/** __udelay - wait, busily, for @usecs microseconds at least. Context: any */
void __udelay(unsigned long usecs)
{
	__delay(to_ticks(usecs, 1000000));
}
EXPORT_SYMBOL(__udelay);

/** __ndelay - wait, busily, for @nsecs nanoseconds at least. Context: any */
void __ndelay(unsigned long nsecs)
{
	__delay(to_ticks(nsecs, 1000000000));
}
EXPORT_SYMBOL(__ndelay);

/** __const_udelay - wait, busily, for @xloops times 2^-32 s at least. Context: any */
void __const_udelay(unsigned long xloops)
{
	__delay(to_ticks(xloops, 1UL << 32));
}
EXPORT_SYMBOL(__const_udelay);
