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
	vd->max_cycles = now->clock->max_cycles;
	vd->mono = now->mono;
	vd->raw = now->raw;
	vd->offs_real = now->offs_real;
	vd->offs_boot = now->offs_boot;
	vd->offs_tai = now->offs_tai;
	vd->coarse_ns = now->mono.base_ns;
	WRITE_ONCE(vd->real_s, (now->mono.base_ns + now->offs_real) / NSEC_PER_SEC);
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
