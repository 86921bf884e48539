// SPDX-License-Identifier: MIT
/*
 * The clocks' page for programs: see <vdso/datapage.h>.
 *
 * Written at each tick and when a clock is set, by whoever holds the timekeeper's lock. Until there
 * is a page to be mapped it is written to a stand-in.
 */

#include <linux/vdso.h>

#include <linux/cache.h>
#include <linux/clocksource.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/time.h>

#include <asm/barrier.h>

static struct vdso_data early_data;
static struct vdso_data *vdso_data = &early_data;

static void write_begin(struct vdso_data *vd)
{
	WRITE_ONCE(vd->seq, vd->seq + 1);
	smp_wmb();	/* Partner: vdso_rmb() in vdso_read_begin(). */
}

static void write_end(struct vdso_data *vd)
{
	smp_wmb();	/* Partner: vdso_rmb() in vdso_read_retry(). */
	WRITE_ONCE(vd->seq, vd->seq + 1);
}

static struct vdso_base base_of(u64 ns)
{
	struct vdso_base base;
	u32 rest;

	base.s = div_u64_rem(ns, NSEC_PER_SEC, &rest);
	base.ns = rest;
	return base;
}

/**
 * update_vsyscall - tell programs what time it is
 * @now: the clocks
 *
 * Context: the timekeeper's lock is held.
 */
void update_vsyscall(const struct vdso_update *now)
{
	struct vdso_data *vd = READ_ONCE(vdso_data);

	write_begin(vd);
	vd->clock_mode = now->clock->vdso_clock_mode;
	vd->cycle_last = now->cycle_last;
	vd->mask = now->clock->mask;
	/* What lies further off than half of the counter lies behind. */
	vd->max_cycles = min(now->clock->max_cycles, now->clock->mask >> 1);
	vd->line = now->line;
	vd->raw_line = now->raw_line;
	vd->mono = base_of(now->mono_ns);
	vd->real = base_of(now->mono_ns + now->offs_real);
	vd->boot = base_of(now->mono_ns + now->offs_boot);
	vd->tai = base_of(now->mono_ns + now->offs_tai);
	vd->raw = base_of(now->raw_ns);
	WRITE_ONCE(vd->real_s, vd->real.s);
	vd->hrtimer_res = hrtimer_resolution;
	vd->coarse_res = TICK_NSEC;
	vd->tz_minuteswest = sys_tz.tz_minuteswest;
	vd->tz_dsttime = sys_tz.tz_dsttime;
	write_end(vd);
}

/**
 * update_vsyscall_tz - the time zone was set: tell the vDSO, in two words that no sequence holds
 * together
 */
void update_vsyscall_tz(void)
{
	WRITE_ONCE(vdso_data->tz_minuteswest, sys_tz.tz_minuteswest);
	WRITE_ONCE(vdso_data->tz_dsttime, sys_tz.tz_dsttime);
}

/**
 * vdso_set_data - from now on write there
 * @page: a page of zeros
 */
void vdso_set_data(struct vdso_data *page)
{
	WRITE_ONCE(vdso_data, page);
}
