// SPDX-License-Identifier: MIT
/*
 * Which CPUs there are, and how far each has come.
 *
 *	possible	can ever come up; settled while booting
 *	present		is plugged in
 *	online		runs the scheduler and takes interrupts
 *	active		the load balancer may give it tasks
 *	dying		on its way down, past the point of taking new work
 *
 * online is a subset of present, present of possible. The hot-plug machine
 * (cpu.c) changes the last three under its write lock; readers who need them to
 * stand still hold cpus_read_lock() or keep preemption off.
 */

#include <linux/cpumask.h>

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/cache.h>
#include <linux/export.h>

struct cpumask __cpu_possible_mask __ro_after_init;
struct cpumask __cpu_enabled_mask __read_mostly;
struct cpumask __cpu_online_mask __read_mostly;
struct cpumask __cpu_present_mask __read_mostly;
struct cpumask __cpu_active_mask __read_mostly;
struct cpumask __cpu_dying_mask __read_mostly;
atomic_t __num_online_cpus __read_mostly;

/* One more than the highest number of a possible CPU. */
unsigned int nr_cpu_ids __read_mostly = NR_CPUS;

const DECLARE_BITMAP(cpu_all_bits, NR_CPUS) = { [0 ... BITS_TO_LONGS(NR_CPUS) - 1] = ~0UL };

/* Row 1 + n has bit n in its first word; see get_cpu_mask(). */
#define ROW(n)		[1 + (n)][0] = 1UL << (n)
#define ROWS4(n)	ROW(n), ROW((n) + 1), ROW((n) + 2), ROW((n) + 3)
#define ROWS16(n)	ROWS4(n), ROWS4((n) + 4), ROWS4((n) + 8), ROWS4((n) + 12)

const unsigned long cpu_bit_bitmap[BITS_PER_LONG + 1][BITS_TO_LONGS(NR_CPUS)] = {
	ROWS16(0), ROWS16(16), ROWS16(32), ROWS16(48),
};

/**
 * init_cpu_present() - for boot code that has a whole mask at once: the CPUs that are there
 * @src: the mask
 */
void init_cpu_present(const struct cpumask *src)
{
	cpumask_copy(&__cpu_present_mask, src);
}

/**
 * init_cpu_possible() - likewise: the CPUs that may ever be there
 * @src: the mask
 */
void init_cpu_possible(const struct cpumask *src)
{
	cpumask_copy(&__cpu_possible_mask, src);
}

/**
 * init_cpu_online() - likewise: the CPUs that run
 * @src: the mask
 */
void init_cpu_online(const struct cpumask *src)
{
	cpumask_copy(&__cpu_online_mask, src);
	atomic_set(&__num_online_cpus, cpumask_weight(src));
}

/**
 * set_cpu_online() - put a CPU into cpu_online_mask or take it out, and keep the count
 * @cpu: the CPU
 * @online: in or out
 *
 * The bit operation decides who counts, so that a crash path which takes a CPU out
 * a second time doesn't count it twice.
 *
 * Context: any.
 */
void set_cpu_online(unsigned int cpu, bool online)
{
	if (online) {
		if (!cpumask_test_and_set_cpu(cpu, &__cpu_online_mask))
			atomic_inc(&__num_online_cpus);
	} else {
		if (cpumask_test_and_clear_cpu(cpu, &__cpu_online_mask))
			atomic_dec(&__num_online_cpus);
	}
}
