// SPDX-License-Identifier: MIT
/*
 * sched_clock() from a plain counter.
 *
 * The scheduler wants a clock that costs next to nothing and may be read anywhere, NMI included;
 * it need not know the date. The line from cycles to ns stands in two copies behind a latch, as
 * in timekeeping.c. It hardly ever moves: with a counter of 56 bits or more the 96-bit product
 * holds for years. A narrower counter gets a timer that moves the point before it wraps.
 *
 * Until a counter is registered jiffies serve.
 */
#include <linux/sched_clock.h>

#include <linux/clocksource.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/sched/clock.h>
#include <linux/seqlock.h>

/* A wrap that is further away than this is nobody's concern. */
#define FAR_AWAY_NS	(365ULL * 24 * 3600 * NSEC_PER_SEC)

struct clock_line {
	u64 epoch_ns;
	u64 epoch_cyc;
	u64 mask;
	u64 (*read)(void);
	u32 mult;
	u32 shift;
};

static u64 notrace jiffies_cycles(void)
{
	return jiffies_64 - INITIAL_JIFFIES;
}

#define JIFFIES_LINE	{ .mask = ~0ULL, .read = jiffies_cycles, .mult = TICK_NSEC, }

static struct {
	seqcount_latch_t seq;
	struct clock_line line[2];
	unsigned long rate;		/* 0: jiffies */
	ktime_t wrap_kt;		/* move the point this often; 0: never */
	struct hrtimer timer;
} cd ____cacheline_aligned = {
	.seq = SEQCNT_LATCH_ZERO(cd.seq),
	.line = { JIFFIES_LINE, JIFFIES_LINE },
};

static __always_inline u64 line_ns(const struct clock_line *line, u64 cyc)
{
	return line->epoch_ns + mul_u64_u32_shr((cyc - line->epoch_cyc) & line->mask, line->mult,
						line->shift);
}

/**
 * sched_clock - ns since boot, monotonic per CPU
 *
 * Context: any, NMI included.
 */
unsigned long long notrace __weak sched_clock(void)
{
	const struct clock_line *line;
	unsigned int seq;
	u64 ns;

	do {
		seq = raw_read_seqcount_latch(&cd.seq);
		line = &cd.line[seq & 1];
		ns = line_ns(line, line->read());
	} while (raw_read_seqcount_latch_retry(&cd.seq, seq));
	return ns;
}

/* One writer at a time: early boot, then only the timer. */
static void set_line(const struct clock_line *line)
{
	write_seqcount_latch_begin(&cd.seq);
	cd.line[0] = *line;
	write_seqcount_latch(&cd.seq);
	cd.line[1] = *line;
	write_seqcount_latch_end(&cd.seq);
}

/* Move the point to now. */
static void move_epoch(void)
{
	struct clock_line line = cd.line[0];
	u64 cyc = line.read();

	line.epoch_ns = line_ns(&line, cyc);
	line.epoch_cyc = cyc;
	set_line(&line);
}

/**
 * sched_clock_register - offer a counter
 * @read: reads it; any context
 * @bits: its width, 1 to 64
 * @rate: Hz
 *
 * The faster counter wins. The clock goes on from where it is.
 * Context: boot CPU, interrupts off.
 */
void __init sched_clock_register(u64 (*read)(void), int bits, unsigned long rate)
{
	struct clock_line line = {
		.mask = CLOCKSOURCE_MASK(bits),
		.read = read,
	};
	u64 wrap_ns;

	if (cd.rate >= rate)
		return;

	clocks_calc_mult_shift(&line.mult, &line.shift, rate, NSEC_PER_SEC, 3600);
	wrap_ns = mul_u64_u32_shr(line.mask, line.mult, line.shift);
	/* The product of a 64-bit counter leaves 64 bits: centuries, whatever is left of it. */
	if (bits > 56 || wrap_ns > FAR_AWAY_NS)
		cd.wrap_kt = 0;
	else
		cd.wrap_kt = ns_to_ktime(wrap_ns / 2);
	cd.rate = rate;

	line.epoch_ns = sched_clock();
	line.epoch_cyc = read();
	set_line(&line);
	pr_info("sched_clock: %d bits at %lu Hz, resolution %lu ns\n", bits, rate,
		DIV_ROUND_UP(NSEC_PER_SEC, rate));
}

static enum hrtimer_restart sched_clock_poll(struct hrtimer *timer)
{
	move_epoch();
	hrtimer_forward_now(timer, cd.wrap_kt);
	return HRTIMER_RESTART;
}

/** generic_sched_clock_init - start the timer that a narrow counter needs */
void __init generic_sched_clock_init(void)
{
	if (!cd.rate || !cd.wrap_kt)
		return;
	hrtimer_setup(&cd.timer, sched_clock_poll, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	hrtimer_start(&cd.timer, cd.wrap_kt, HRTIMER_MODE_REL_HARD);
}
