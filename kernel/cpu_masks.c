// SPDX-License-Identifier: MIT
/*
 * Which CPUs there are: the masks behind cpu_possible(), cpu_present(), cpu_online() and
 * cpu_active(), each a subset of the one before.
 *
 *	possible	could ever come up in this boot; fixed once set up
 *	present		is there now
 *	online		executes, takes interrupts
 *	active		tasks may be placed on it
 *
 * Written under cpu_hotplug_lock (or at boot, or with the machine stopped), read by anyone.
 */

#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>

struct cpumask __cpu_possible_mask __ro_after_init;
struct cpumask __cpu_online_mask;
struct cpumask __cpu_enabled_mask;
struct cpumask __cpu_present_mask;
struct cpumask __cpu_active_mask;
struct cpumask __cpu_dying_mask;
cpumask_t cpus_booted_once_mask;

/* Kept beside the mask, so that asking needs no counting of bits. */
atomic_t __num_online_cpus;

unsigned int nr_cpu_ids = NR_CPUS;

const DECLARE_BITMAP(cpu_all_bits, NR_CPUS) = CPU_BITS_ALL;

/**
 * set_cpu_online - a CPU begins or ends to be online
 * @cpu: the CPU
 * @online: which
 *
 * On the way down it is called late in stop_machine(), with interrupts off; a panic may be counting
 * at the same time, so the mask's own bit decides whether the count changes.
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

void __init init_cpu_present(const struct cpumask *src)
{
	cpumask_copy(&__cpu_present_mask, src);
}

void __init init_cpu_possible(const struct cpumask *src)
{
	cpumask_copy(&__cpu_possible_mask, src);
}

void __init init_cpu_online(const struct cpumask *src)
{
	cpumask_copy(&__cpu_online_mask, src);
	atomic_set(&__num_online_cpus, cpumask_weight(src));
}

/*
 * All masks of one CPU out of 65 rows: row 1 + b has bit b of its first word set. The mask of CPU
 * c is row 1 + c % 64, read from c / 64 words before its beginning: there lie the zeroes that end
 * the row before, and its set bit lands in word c / 64. See cpumask_of().
 */
#define MASK_1(x)	[(x) + 1][0] = (1UL << (x))
#define MASK_2(x)	MASK_1(x), MASK_1((x) + 1)
#define MASK_4(x)	MASK_2(x), MASK_2((x) + 2)
#define MASK_8(x)	MASK_4(x), MASK_4((x) + 4)

const unsigned long cpu_bit_bitmap[BITS_PER_LONG + 1][BITS_TO_LONGS(NR_CPUS)] = {
	MASK_8(0), MASK_8(8), MASK_8(16), MASK_8(24),
	MASK_8(32), MASK_8(40), MASK_8(48), MASK_8(56),
};
