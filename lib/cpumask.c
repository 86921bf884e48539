// SPDX-License-Identifier: MIT
/* Choosing CPUs from masks, spread out. */

#include <linux/cpumask.h>

#include <linux/export.h>
#include <linux/percpu.h>

/**
 * cpumask_next_wrap() - the next CPU of a mask, going round its end
 * @n: the last CPU, not to be returned unless it comes round; -1 to begin
 * @mask: CPUs
 * @start: where the walk began
 * @wrap: has the walk gone round already? Then it ends at @start
 *
 * Return: a CPU, or >= nr_cpumask_bits at the end of the walk.
 */
unsigned int cpumask_next_wrap(int n, const struct cpumask *mask, int start, bool wrap)
{
	unsigned int next = cpumask_next(n, mask);

	/* round the end: go on at the beginning, once */
	if (next >= nr_cpumask_bits && !(wrap && n < start)) {
		wrap = true;
		n = -1;
		next = cpumask_next(n, mask);
	}
	if (wrap && n < start && (int)next >= start)
		return nr_cpumask_bits;
	return next;
}
EXPORT_SYMBOL(cpumask_next_wrap);

/**
 * cpumask_local_spread() - the @i-th online CPU, counted modulo their number
 * @i: number
 * @node: memory node to prefer; there is one
 */
unsigned int cpumask_local_spread(unsigned int i, int node)
{
	unsigned int cpu;

	(void)node;
	cpu = cpumask_nth(i % num_online_cpus(), cpu_online_mask);
	WARN_ON(cpu >= nr_cpu_ids);
	return cpu;
}
EXPORT_SYMBOL(cpumask_local_spread);

/* Where this CPU's last choice was, so that the next one lies behind it. */
static DEFINE_PER_CPU(int, last_choice);

/** cpumask_any_and_distribute() - some CPU of both masks, another one each time */
unsigned int cpumask_any_and_distribute(const struct cpumask *src1p,
					const struct cpumask *src2p)
{
	unsigned int next, prev = __this_cpu_read(last_choice);

	next = find_next_and_bit_wrap(cpumask_bits(src1p), cpumask_bits(src2p), nr_cpumask_bits,
				      prev + 1);
	if (next < nr_cpu_ids)
		__this_cpu_write(last_choice, next);
	return next;
}
EXPORT_SYMBOL(cpumask_any_and_distribute);

/** cpumask_any_distribute() - some CPU of a mask, another one each time */
unsigned int cpumask_any_distribute(const struct cpumask *srcp)
{
	unsigned int next, prev = __this_cpu_read(last_choice);

	next = find_next_bit_wrap(cpumask_bits(srcp), nr_cpumask_bits, prev + 1);
	if (next < nr_cpu_ids)
		__this_cpu_write(last_choice, next);
	return next;
}
EXPORT_SYMBOL(cpumask_any_distribute);
