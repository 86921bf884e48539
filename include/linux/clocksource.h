/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CLOCKSOURCE_H
#define _LINUX_CLOCKSOURCE_H

/*
 * A clock source is a free-running counter: read() and a rate, nothing more.
 *
 * Nanoseconds are (cycles * mult) >> shift. mult and shift are chosen so that the product stays
 * inside 64 bits for max_idle_ns, the longest time that may pass between two readings.
 */

#include <linux/bits.h>
#include <linux/cache.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/time64.h>
#include <linux/types.h>

struct module;

enum clocksource_ids {
	CSID_GENERIC = 0,
	CSID_ARM_ARCH_COUNTER,
	CSID_X86_TSC_EARLY,
	CSID_X86_TSC,
	CSID_X86_KVM_CLK,
	CSID_X86_ART,
	CSID_MAX,
};

enum vdso_clock_mode {
	VDSO_CLOCKMODE_NONE,		/* programs can't read it */
	VDSO_CLOCKMODE_COUNTER,		/* the one that <asm/vdso/gettimeofday.h> reads */
};

#define CLOCKSOURCE_MASK(bits)	GENMASK_ULL((bits) - 1, 0)

#define CLOCK_SOURCE_IS_CONTINUOUS	0x01
#define CLOCK_SOURCE_MUST_VERIFY	0x02
#define CLOCK_SOURCE_WATCHDOG		0x10
#define CLOCK_SOURCE_VALID_FOR_HRES	0x20
#define CLOCK_SOURCE_UNSTABLE		0x40
#define CLOCK_SOURCE_SUSPEND_NONSTOP	0x80
#define CLOCK_SOURCE_RESELECT		0x100
#define CLOCK_SOURCE_VERIFY_PERCPU	0x200

struct clocksource;

/**
 * struct clocksource_reading - a counter and the reference, read together
 * @by: the reference; NULL: there is no reading
 * @cs: the counter
 * @ref: the reference, just before
 * @uncertain_ns: how much later @cs may have been read
 * @at: jiffies, roughly
 */
struct clocksource_reading {
	struct clocksource *by;
	u64 cs;
	u64 ref;
	u64 uncertain_ns;
	u64 at;
};

/**
 * struct clocksource - one counter
 * @read: current value; callable from NMI
 * @mask: the counter's width
 * @mult: cycles to ns, with @shift
 * @shift: see @mult
 * @max_idle_ns: longest gap between readings for which the arithmetic holds
 * @maxadj: how far @mult may be steered
 * @max_cycles: @max_idle_ns in cycles, with margin
 * @name: shown, and matched by clocksource=
 * @list: in clocksource_list by falling rating, under clocksource_lock
 * @rating: 1-99 for bring-up only, 100-199 works, 200-299 good, 300-399 fast, 400+ perfect
 * @flags: CLOCK_SOURCE_*
 * @watch: the watchdog's last reading, under clocksource_lock
 */
struct clocksource {
	u64 (*read)(struct clocksource *cs);
	u64 mask;
	u32 mult;
	u32 shift;
	u64 max_idle_ns;
	u32 maxadj;
	u32 uncertainty_margin;
	u64 max_cycles;
	u64 max_raw_delta;
	const char *name;
	struct list_head list;
	u32 freq_khz;
	int rating;
	enum clocksource_ids id;
	enum vdso_clock_mode vdso_clock_mode;
	unsigned long flags;
	struct clocksource_reading watch;
	int (*enable)(struct clocksource *cs);
	void (*disable)(struct clocksource *cs);
	void (*suspend)(struct clocksource *cs);
	void (*resume)(struct clocksource *cs);
	void (*mark_unstable)(struct clocksource *cs);
	void (*tick_stable)(struct clocksource *cs);
	struct module *owner;
};

/** clocksource_freq2mult - a counter's mult, rounded: ns = (cycles * mult) >> shift */
static inline u32 clocksource_freq2mult(u32 freq, u32 shift_constant, u64 from)
{
	u64 tmp = from << shift_constant;

	return div_u64(tmp + freq / 2, freq);
}

/** clocksource_khz2mult - a counter's mult from its kHz */
static inline u32 clocksource_khz2mult(u32 khz, u32 shift_constant)
{
	return clocksource_freq2mult(khz, shift_constant, NSEC_PER_MSEC);
}

/** clocksource_hz2mult - a counter's mult from its Hz */
static inline u32 clocksource_hz2mult(u32 hz, u32 shift_constant)
{
	return clocksource_freq2mult(hz, shift_constant, NSEC_PER_SEC);
}

/**
 * clocksource_cyc2ns - cycles to ns; @cycles must be small enough for the product
 */
static inline s64 clocksource_cyc2ns(u64 cycles, u32 mult, u32 shift)
{
	return ((u64)cycles * mult) >> shift;
}

void clocks_calc_mult_shift(u32 *mult, u32 *shift, u32 from, u32 to, u32 minsec);
u64 clocks_calc_max_nsecs(u32 mult, u32 shift, u32 maxadj, u64 mask, u64 *max_cyc);

int __clocksource_register_scale(struct clocksource *cs, u32 scale, u32 freq);
void __clocksource_update_freq_scale(struct clocksource *cs, u32 scale, u32 freq);
int clocksource_unregister(struct clocksource *cs);
void clocksource_change_rating(struct clocksource *cs, int rating);
void clocksource_mark_unstable(struct clocksource *cs);
void clocksource_touch_watchdog(void);
struct clocksource *clocksource_default_clock(void);
extern struct clocksource clocksource_jiffies;

/* Starts the clock and timer that the device tree names; drivers/clocksource. */
void timer_probe(void);

/** __clocksource_register - register a counter whose mult and shift are right already. Return: 0 */
static inline int __clocksource_register(struct clocksource *cs)
{
	return __clocksource_register_scale(cs, 1, 0);
}

/** clocksource_register_hz - register a counter of @hz Hz */
static inline int clocksource_register_hz(struct clocksource *cs, u32 hz)
{
	return __clocksource_register_scale(cs, 1, hz);
}

/** clocksource_register_khz - register a counter of @khz kHz */
static inline int clocksource_register_khz(struct clocksource *cs, u32 khz)
{
	return __clocksource_register_scale(cs, 1000, khz);
}

/**
 * __clocksource_update_freq_hz - a counter's frequency turned out to be @hz Hz; it is in use by
 * nobody
 */
static inline void __clocksource_update_freq_hz(struct clocksource *cs, u32 hz)
{
	__clocksource_update_freq_scale(cs, 1, hz);
}

/**
 * __clocksource_update_freq_khz - a counter's frequency turned out to be @khz kHz; it is in use by
 * nobody
 */
static inline void __clocksource_update_freq_khz(struct clocksource *cs, u32 khz)
{
	__clocksource_update_freq_scale(cs, 1000, khz);
}

#endif /* _LINUX_CLOCKSOURCE_H */
