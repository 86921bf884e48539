/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

/*
 * Sets of CPUs: bitmaps of NR_CPUS bits, of which those below nr_cpu_ids are used.
 *
 * The system's own sets, each a part of the one before:
 *	possible	could ever be there; fixed at boot
 *	present		plugged in
 *	online		the scheduler uses it
 *	active		tasks may be moved to it (online, and not about to go down)
 * and dying: on its way down. Readers who must not see the sets change hold cpus_read_lock().
 *
 * Searches return a number >= nr_cpu_ids if there is nothing.
 */

#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/cpumask_types.h>
#include <linux/gfp_types.h>
#include <linux/kernel.h>
#include <linux/numa.h>
#include <linux/threads.h>
#include <linux/types.h>

/* printf's arguments for %*pb and %*pbl. */
#define cpumask_pr_args(maskp)	nr_cpu_ids, cpumask_bits(maskp)

#if NR_CPUS == 1
#define nr_cpu_ids	1U
#else
extern unsigned int nr_cpu_ids;
#endif

/** set_nr_cpu_ids - say how many CPU numbers are in use; at boot only */
static __always_inline void set_nr_cpu_ids(unsigned int nr)
{
#if NR_CPUS == 1
	WARN_ON(nr != 1);
#else
	nr_cpu_ids = nr;
#endif
}

/* Sizes for scanning: constant ones let a mask of one word be handled inline. */
#if NR_CPUS <= BITS_PER_LONG
#define small_cpumask_bits	((unsigned int)NR_CPUS)
#define large_cpumask_bits	((unsigned int)NR_CPUS)
#elif NR_CPUS <= 4 * BITS_PER_LONG
#define small_cpumask_bits	nr_cpu_ids
#define large_cpumask_bits	((unsigned int)NR_CPUS)
#else
#define small_cpumask_bits	nr_cpu_ids
#define large_cpumask_bits	nr_cpu_ids
#endif
#define nr_cpumask_bits		nr_cpu_ids

extern struct cpumask __cpu_possible_mask;
extern struct cpumask __cpu_online_mask;
extern struct cpumask __cpu_enabled_mask;
extern struct cpumask __cpu_present_mask;
extern struct cpumask __cpu_active_mask;
extern struct cpumask __cpu_dying_mask;
#define cpu_possible_mask	((const struct cpumask *)&__cpu_possible_mask)
#define cpu_online_mask		((const struct cpumask *)&__cpu_online_mask)
#define cpu_enabled_mask	((const struct cpumask *)&__cpu_enabled_mask)
#define cpu_present_mask	((const struct cpumask *)&__cpu_present_mask)
#define cpu_active_mask		((const struct cpumask *)&__cpu_active_mask)
#define cpu_dying_mask		((const struct cpumask *)&__cpu_dying_mask)

extern atomic_t __num_online_cpus;
extern cpumask_t cpus_booted_once_mask;

/** cpu_max_bits_warn - warn, in a debug build, if @cpu isn't below @bits */
static __always_inline void cpu_max_bits_warn(unsigned int cpu, unsigned int bits)
{
#ifdef CONFIG_DEBUG_PER_CPU_MAPS
	WARN_ON_ONCE(cpu >= bits);
#else
	(void)cpu;
	(void)bits;
#endif
}

/** cpumask_check - @cpu itself, which a debug build checks to be a possible number */
static __always_inline unsigned int cpumask_check(unsigned int cpu)
{
	cpu_max_bits_warn(cpu, small_cpumask_bits);
	return cpu;
}

/** cpumask_first - the lowest CPU of a mask */
static __always_inline unsigned int cpumask_first(const struct cpumask *srcp)
{
	return find_first_bit(cpumask_bits(srcp), small_cpumask_bits);
}

/** cpumask_first_zero - the lowest CPU that is not in a mask */
static __always_inline unsigned int cpumask_first_zero(const struct cpumask *srcp)
{
	return find_first_zero_bit(cpumask_bits(srcp), small_cpumask_bits);
}

/** cpumask_first_and - the lowest CPU of both masks */
static __always_inline unsigned int cpumask_first_and(const struct cpumask *srcp1,
						      const struct cpumask *srcp2)
{
	return find_first_and_bit(cpumask_bits(srcp1), cpumask_bits(srcp2), small_cpumask_bits);
}

/** cpumask_first_andnot - the lowest CPU of the first mask that is not in the second */
static __always_inline unsigned int cpumask_first_andnot(const struct cpumask *srcp1,
							 const struct cpumask *srcp2)
{
	return find_first_andnot_bit(cpumask_bits(srcp1), cpumask_bits(srcp2),
				     small_cpumask_bits);
}

/** cpumask_first_and_and - the lowest CPU of three masks */
static __always_inline unsigned int cpumask_first_and_and(const struct cpumask *srcp1,
							  const struct cpumask *srcp2,
							  const struct cpumask *srcp3)
{
	return find_first_and_and_bit(cpumask_bits(srcp1), cpumask_bits(srcp2),
				      cpumask_bits(srcp3), small_cpumask_bits);
}

/** cpumask_last - the highest CPU of a mask */
static __always_inline unsigned int cpumask_last(const struct cpumask *srcp)
{
	return find_last_bit(cpumask_bits(srcp), small_cpumask_bits);
}

/** cpumask_next - the next CPU of a mask after @n (-1: from the start) */
static __always_inline unsigned int cpumask_next(int n, const struct cpumask *srcp)
{
	if (n != -1)
		cpumask_check(n);
	return find_next_bit(cpumask_bits(srcp), small_cpumask_bits, n + 1);
}

/** cpumask_next_zero - the next CPU after @n that is not in a mask */
static __always_inline unsigned int cpumask_next_zero(int n, const struct cpumask *srcp)
{
	if (n != -1)
		cpumask_check(n);
	return find_next_zero_bit(cpumask_bits(srcp), small_cpumask_bits, n + 1);
}

/** cpumask_next_and - the next CPU after @n in both masks */
static __always_inline unsigned int cpumask_next_and(int n, const struct cpumask *src1p,
						     const struct cpumask *src2p)
{
	if (n != -1)
		cpumask_check(n);
	return find_next_and_bit(cpumask_bits(src1p), cpumask_bits(src2p), small_cpumask_bits,
				 n + 1);
}

unsigned int cpumask_local_spread(unsigned int i, int node);
unsigned int cpumask_any_and_distribute(const struct cpumask *src1p,
					const struct cpumask *src2p);
unsigned int cpumask_any_distribute(const struct cpumask *srcp);
unsigned int cpumask_next_wrap(int n, const struct cpumask *mask, int start, bool wrap);

/** for_each_cpu - walk over the CPUs of a mask */
#define for_each_cpu(cpu, mask)							\
	for_each_set_bit(cpu, cpumask_bits(mask), small_cpumask_bits)

/** for_each_cpu_wrap - walk over the CPUs of a mask, from @start round to just before it */
#define for_each_cpu_wrap(cpu, mask, start)					\
	for_each_set_bit_wrap(cpu, cpumask_bits(mask), small_cpumask_bits, start)

/** for_each_cpu_and - walk over the CPUs that both masks have */
#define for_each_cpu_and(cpu, mask1, mask2)					\
	for_each_and_bit(cpu, cpumask_bits(mask1), cpumask_bits(mask2), small_cpumask_bits)

/** for_each_cpu_andnot - walk over the CPUs of @mask1 that @mask2 lacks */
#define for_each_cpu_andnot(cpu, mask1, mask2)					\
	for_each_andnot_bit(cpu, cpumask_bits(mask1), cpumask_bits(mask2), small_cpumask_bits)

/** for_each_cpu_or - walk over the CPUs that either mask has */
#define for_each_cpu_or(cpu, mask1, mask2)					\
	for_each_or_bit(cpu, cpumask_bits(mask1), cpumask_bits(mask2), small_cpumask_bits)

#define for_each_cpu_from(cpu, mask)						\
	for_each_set_bit_from(cpu, cpumask_bits(mask), small_cpumask_bits)

/** cpumask_any_but - some CPU of a mask other than @cpu */
static __always_inline unsigned int cpumask_any_but(const struct cpumask *mask, unsigned int cpu)
{
	unsigned int i;

	cpumask_check(cpu);
	for_each_cpu(i, mask)
		if (i != cpu)
			break;
	return i;
}

/** cpumask_any_and_but - some CPU of both masks other than @cpu */
static __always_inline unsigned int cpumask_any_and_but(const struct cpumask *mask1,
							const struct cpumask *mask2,
							unsigned int cpu)
{
	unsigned int i;

	cpumask_check(cpu);
	for_each_cpu_and(i, mask1, mask2)
		if (i != cpu)
			break;
	return i;
}

/** cpumask_nth - the @cpu-th CPU of a mask, counted from 0 */
static __always_inline unsigned int cpumask_nth(unsigned int cpu, const struct cpumask *srcp)
{
	return find_nth_bit(cpumask_bits(srcp), small_cpumask_bits, cpumask_check(cpu));
}

/** cpumask_nth_and - the @cpu-th CPU of both masks */
static __always_inline unsigned int cpumask_nth_and(unsigned int cpu,
						    const struct cpumask *srcp1,
						    const struct cpumask *srcp2)
{
	return find_nth_and_bit(cpumask_bits(srcp1), cpumask_bits(srcp2), small_cpumask_bits,
				cpumask_check(cpu));
}

/** cpumask_nth_andnot - the @cpu-th CPU of the first mask that is not in the second */
static __always_inline unsigned int cpumask_nth_andnot(unsigned int cpu,
						       const struct cpumask *srcp1,
						       const struct cpumask *srcp2)
{
	return find_nth_andnot_bit(cpumask_bits(srcp1), cpumask_bits(srcp2), small_cpumask_bits,
				   cpumask_check(cpu));
}

/** cpumask_nth_and_andnot - the @cpu-th CPU of mask1 & mask2 & ~mask3 */
static __always_inline unsigned int
cpumask_nth_and_andnot(unsigned int cpu, const struct cpumask *srcp1,
		       const struct cpumask *srcp2, const struct cpumask *srcp3)
{
	return find_nth_and_andnot_bit(cpumask_bits(srcp1), cpumask_bits(srcp2),
				       cpumask_bits(srcp3), small_cpumask_bits,
				       cpumask_check(cpu));
}

#define CPU_BITS_NONE								\
{										\
	[0 ... BITS_TO_LONGS(NR_CPUS) - 1] = 0UL				\
}

#define CPU_BITS_CPU0								\
{										\
	[0] = 1UL								\
}

/** cpumask_set_cpu - add a CPU to a mask, atomically */
static __always_inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *dstp)
{
	set_bit(cpumask_check(cpu), cpumask_bits(dstp));
}

/** __cpumask_set_cpu - cpumask_set_cpu() that isn't atomic: nobody else writes the mask */
static __always_inline void __cpumask_set_cpu(unsigned int cpu, struct cpumask *dstp)
{
	__set_bit(cpumask_check(cpu), cpumask_bits(dstp));
}

/** cpumask_clear_cpu - remove a CPU from a mask, atomically */
static __always_inline void cpumask_clear_cpu(int cpu, struct cpumask *dstp)
{
	clear_bit(cpumask_check(cpu), cpumask_bits(dstp));
}

/** __cpumask_clear_cpu - cpumask_clear_cpu() that isn't atomic: nobody else writes the mask */
static __always_inline void __cpumask_clear_cpu(int cpu, struct cpumask *dstp)
{
	__clear_bit(cpumask_check(cpu), cpumask_bits(dstp));
}

#define cpumask_assign_cpu(cpu, mask, val) \
	assign_bit(cpumask_check(cpu), cpumask_bits(mask), (val))
#define __cpumask_assign_cpu(cpu, mask, val) \
	__assign_bit(cpumask_check(cpu), cpumask_bits(mask), (val))

/** cpumask_test_cpu - is a CPU in a mask? */
static __always_inline bool cpumask_test_cpu(int cpu, const struct cpumask *cpumask)
{
	return test_bit(cpumask_check(cpu), cpumask_bits((cpumask)));
}

/** cpumask_test_and_set_cpu - add a CPU atomically; was it there? */
static __always_inline bool cpumask_test_and_set_cpu(int cpu, struct cpumask *cpumask)
{
	return test_and_set_bit(cpumask_check(cpu), cpumask_bits(cpumask));
}

/** cpumask_test_and_clear_cpu - remove a CPU atomically; was it there? */
static __always_inline bool cpumask_test_and_clear_cpu(int cpu, struct cpumask *cpumask)
{
	return test_and_clear_bit(cpumask_check(cpu), cpumask_bits(cpumask));
}

/** cpumask_setall - put all CPUs below nr_cpu_ids into a mask */
static __always_inline void cpumask_setall(struct cpumask *dstp)
{
	if (small_const_nbits(small_cpumask_bits)) {
		cpumask_bits(dstp)[0] = BITMAP_LAST_WORD_MASK(nr_cpumask_bits);
		return;
	}
	bitmap_zero(cpumask_bits(dstp), NR_CPUS);
	bitmap_set(cpumask_bits(dstp), 0, nr_cpumask_bits);
}

/** cpumask_clear - empty a mask */
static __always_inline void cpumask_clear(struct cpumask *dstp)
{
	bitmap_zero(cpumask_bits(dstp), large_cpumask_bits);
}

/* Set algebra. The functions with a result tell whether *dstp is not empty. */

/** cpumask_and - *dstp = *src1p & *src2p */
static __always_inline bool cpumask_and(struct cpumask *dstp, const struct cpumask *src1p,
					const struct cpumask *src2p)
{
	return bitmap_and(cpumask_bits(dstp), cpumask_bits(src1p), cpumask_bits(src2p),
			  small_cpumask_bits);
}

/** cpumask_or - *dstp = *src1p | *src2p */
static __always_inline void cpumask_or(struct cpumask *dstp, const struct cpumask *src1p,
				       const struct cpumask *src2p)
{
	bitmap_or(cpumask_bits(dstp), cpumask_bits(src1p), cpumask_bits(src2p),
		  small_cpumask_bits);
}

/** cpumask_xor - *dstp = *src1p ^ *src2p */
static __always_inline void cpumask_xor(struct cpumask *dstp, const struct cpumask *src1p,
					const struct cpumask *src2p)
{
	bitmap_xor(cpumask_bits(dstp), cpumask_bits(src1p), cpumask_bits(src2p),
		   small_cpumask_bits);
}

/** cpumask_andnot - *dstp = *src1p & ~*src2p */
static __always_inline bool cpumask_andnot(struct cpumask *dstp, const struct cpumask *src1p,
					   const struct cpumask *src2p)
{
	return bitmap_andnot(cpumask_bits(dstp), cpumask_bits(src1p), cpumask_bits(src2p),
			     small_cpumask_bits);
}

/** cpumask_equal - are they the same set? */
static __always_inline bool cpumask_equal(const struct cpumask *src1p,
					  const struct cpumask *src2p)
{
	return bitmap_equal(cpumask_bits(src1p), cpumask_bits(src2p), small_cpumask_bits);
}

/** cpumask_or_equal - is the union of the first two the third? */
static __always_inline bool cpumask_or_equal(const struct cpumask *src1p,
					     const struct cpumask *src2p,
					     const struct cpumask *src3p)
{
	return bitmap_or_equal(cpumask_bits(src1p), cpumask_bits(src2p), cpumask_bits(src3p),
			       small_cpumask_bits);
}

/** cpumask_intersects - have they a CPU in common? */
static __always_inline bool cpumask_intersects(const struct cpumask *src1p,
					       const struct cpumask *src2p)
{
	return bitmap_intersects(cpumask_bits(src1p), cpumask_bits(src2p), small_cpumask_bits);
}

/** cpumask_subset - is each CPU of @src1p in @src2p? */
static __always_inline bool cpumask_subset(const struct cpumask *src1p,
					   const struct cpumask *src2p)
{
	return bitmap_subset(cpumask_bits(src1p), cpumask_bits(src2p), small_cpumask_bits);
}

/** cpumask_empty - is there no CPU in it? */
static __always_inline bool cpumask_empty(const struct cpumask *srcp)
{
	return bitmap_empty(cpumask_bits(srcp), small_cpumask_bits);
}

/** cpumask_full - is each number below nr_cpu_ids in it? */
static __always_inline bool cpumask_full(const struct cpumask *srcp)
{
	return bitmap_full(cpumask_bits(srcp), nr_cpumask_bits);
}

/** cpumask_weight - how many CPUs are in it? */
static __always_inline unsigned int cpumask_weight(const struct cpumask *srcp)
{
	return bitmap_weight(cpumask_bits(srcp), small_cpumask_bits);
}

/** cpumask_weight_and - how many CPUs are in both? */
static __always_inline unsigned int cpumask_weight_and(const struct cpumask *srcp1,
						       const struct cpumask *srcp2)
{
	return bitmap_weight_and(cpumask_bits(srcp1), cpumask_bits(srcp2), small_cpumask_bits);
}

/** cpumask_weight_andnot - how many CPUs of @srcp1 aren't in @srcp2? */
static __always_inline unsigned int cpumask_weight_andnot(const struct cpumask *srcp1,
							  const struct cpumask *srcp2)
{
	return bitmap_weight_andnot(cpumask_bits(srcp1), cpumask_bits(srcp2),
				    small_cpumask_bits);
}

/** cpumask_shift_right - CPU k of the result is CPU k + @n of @srcp */
static __always_inline void cpumask_shift_right(struct cpumask *dstp, const struct cpumask *srcp,
						int n)
{
	bitmap_shift_right(cpumask_bits(dstp), cpumask_bits(srcp), n, small_cpumask_bits);
}

/** cpumask_shift_left - CPU k + @n of the result is CPU k of @srcp */
static __always_inline void cpumask_shift_left(struct cpumask *dstp, const struct cpumask *srcp,
					       int n)
{
	bitmap_shift_left(cpumask_bits(dstp), cpumask_bits(srcp), n, nr_cpumask_bits);
}

/** cpumask_copy - *dstp = *srcp */
static __always_inline void cpumask_copy(struct cpumask *dstp, const struct cpumask *srcp)
{
	bitmap_copy(cpumask_bits(dstp), cpumask_bits(srcp), large_cpumask_bits);
}

/** cpumask_any - some CPU of a mask; nr_cpu_ids or more if it is empty */
#define cpumask_any(srcp)		cpumask_first(srcp)
#define cpumask_any_and(mask1, mask2)	cpumask_first_and((mask1), (mask2))
/** cpumask_of - the constant mask that has @cpu alone */
#define cpumask_of(cpu)			(get_cpu_mask(cpu))

/* Text: see <linux/bitmap-str.h>. */

/**
 * cpumask_parse_user - a mask from a program's hexadecimal text
 * @buf: user memory
 * @len: bytes of it
 * @dstp: gets the CPUs
 *
 * Context: may sleep.
 * Return: 0; -EINVAL, -EOVERFLOW, -EFAULT, -ENOMEM.
 */
static __always_inline int cpumask_parse_user(const char __user *buf, int len,
					      struct cpumask *dstp)
{
	return bitmap_parse_user(buf, len, cpumask_bits(dstp), nr_cpumask_bits);
}

/**
 * cpumask_parselist_user - a mask from a program's list, as "0-3,8"; errors as
 * cpumask_parse_user(), and -ERANGE
 */
static __always_inline int cpumask_parselist_user(const char __user *buf, int len,
						  struct cpumask *dstp)
{
	return bitmap_parselist_user(buf, len, cpumask_bits(dstp), nr_cpumask_bits);
}

/**
 * cpumask_parse - a mask from hexadecimal text that ends with a zero or newline: 0, -EINVAL,
 * -EOVERFLOW
 */
static __always_inline int cpumask_parse(const char *buf, struct cpumask *dstp)
{
	return bitmap_parse(buf, UINT_MAX, cpumask_bits(dstp), nr_cpumask_bits);
}

/** cpulist_parse - a mask from a list, as "0-3,8": 0, -EINVAL, -ERANGE, -EOVERFLOW */
static __always_inline int cpulist_parse(const char *buf, struct cpumask *dstp)
{
	return bitmap_parselist(buf, cpumask_bits(dstp), nr_cpumask_bits);
}

/**
 * cpumap_print_to_pagebuf - print a mask, and a newline, for a sysfs file
 * @list: as list, else as hexadecimal
 * @buf: in a page; gets what fits up to the page's end
 * @mask: the mask
 *
 * Return: bytes written, without the zero.
 */
static __always_inline int cpumap_print_to_pagebuf(bool list, char *buf,
						   const struct cpumask *mask)
{
	return bitmap_print_to_pagebuf(list, buf, cpumask_bits(mask), nr_cpu_ids);
}

/**
 * cpumap_print_bitmask_to_buf - part of a mask's text, for a file that is read in pieces
 * @buf: gets the part
 * @mask: the mask
 * @off: of the part in the text
 * @count: bytes of @buf
 *
 * Context: may sleep. Return: bytes, 0 at the end; -ENOMEM.
 */
static __always_inline ssize_t cpumap_print_bitmask_to_buf(char *buf, const struct cpumask *mask,
							   loff_t off, size_t count)
{
	return bitmap_print_bitmask_to_buf(buf, cpumask_bits(mask), nr_cpu_ids, off, count);
}

/** cpumap_print_list_to_buf - the same as a list: 0-3,7 */
static __always_inline ssize_t cpumap_print_list_to_buf(char *buf, const struct cpumask *mask,
							loff_t off, size_t count)
{
	return bitmap_print_list_to_buf(buf, cpumask_bits(mask), nr_cpu_ids, off, count);
}

/*
 * The size that a file in sysfs with such a text announces: at least a page, as readers expect. A
 * mask takes nine characters for each 32 CPUs. A list is longest if every other CPU is in it: each
 * then takes its digits and a comma, and with N CPUs the digits are at most those of N - 1.
 */
#define CPUMAP_FILE_MAX_BYTES							\
	(((NR_CPUS * 9) / 32 > (int)PAGE_SIZE) ? (NR_CPUS * 9) / 32 - 1 : (int)PAGE_SIZE)
#define CPULIST_FILE_MAX_BYTES							\
	(((NR_CPUS * 7) / 2 > (int)PAGE_SIZE) ? (NR_CPUS * 7) / 2 : (int)PAGE_SIZE)

/** cpumask_size - bytes of a mask that is allocated */
static __always_inline unsigned int cpumask_size(void)
{
	return bitmap_size(large_cpumask_bits);
}

/*
 * cpumask_var_t: masks are arrays of one here, so nothing is allocated and nothing can fail.
 * Callers are written for masks that may be allocated.
 */
#define this_cpu_cpumask_var_ptr(x)	this_cpu_ptr(x)
#define __cpumask_var_read_mostly
#define CPUMASK_VAR_NULL	{}

/**
 * alloc_cpumask_var - make room for a mask, its content undefined
 *
 * Return: true, for it is an array here.
 */
static __always_inline bool alloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	(void)mask;
	(void)flags;
	return true;
}

/** alloc_cpumask_var_node - alloc_cpumask_var() near a node */
static __always_inline bool alloc_cpumask_var_node(cpumask_var_t *mask, gfp_t flags, int node)
{
	(void)mask;
	(void)flags;
	(void)node;
	return true;
}

/** zalloc_cpumask_var - alloc_cpumask_var() of an empty mask */
static __always_inline bool zalloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	(void)flags;
	cpumask_clear(*mask);
	return true;
}

/** zalloc_cpumask_var_node - zalloc_cpumask_var() near a node */
static __always_inline bool zalloc_cpumask_var_node(cpumask_var_t *mask, gfp_t flags, int node)
{
	(void)flags;
	(void)node;
	cpumask_clear(*mask);
	return true;
}

/** alloc_bootmem_cpumask_var - alloc_cpumask_var() before there is an allocator */
static __always_inline void alloc_bootmem_cpumask_var(cpumask_var_t *mask)
{
	(void)mask;
}

/** free_cpumask_var - undo alloc_cpumask_var() */
static __always_inline void free_cpumask_var(cpumask_var_t mask)
{
	(void)mask;
}

/** free_bootmem_cpumask_var - undo alloc_bootmem_cpumask_var() */
static __always_inline void free_bootmem_cpumask_var(cpumask_var_t mask)
{
	(void)mask;
}

/** cpumask_available - has alloc_cpumask_var() been called with success? */
static __always_inline bool cpumask_available(cpumask_var_t mask)
{
	(void)mask;
	return true;
}

DEFINE_FREE(free_cpumask_var, struct cpumask *, if (_T) free_cpumask_var(_T));

extern const DECLARE_BITMAP(cpu_all_bits, NR_CPUS);
#define cpu_all_mask	to_cpumask(cpu_all_bits)
#define cpu_none_mask	to_cpumask(cpu_bit_bitmap[0])

/** for_each_possible_cpu - walk over all CPUs that there can ever be */
#define for_each_possible_cpu(cpu)	for_each_cpu((cpu), cpu_possible_mask)
/**
 * for_each_online_cpu - walk over the CPUs that run
 *
 * Context: cpus_read_lock(), or it doesn't matter.
 */
#define for_each_online_cpu(cpu)	for_each_cpu((cpu), cpu_online_mask)
#define for_each_enabled_cpu(cpu)	for_each_cpu((cpu), cpu_enabled_mask)
/** for_each_present_cpu - walk over the CPUs that are there */
#define for_each_present_cpu(cpu)	for_each_cpu((cpu), cpu_present_mask)

void init_cpu_present(const struct cpumask *src);
void init_cpu_possible(const struct cpumask *src);
void init_cpu_online(const struct cpumask *src);

#define assign_cpu(cpu, mask, val)						\
	assign_bit(cpumask_check(cpu), cpumask_bits(mask), (val))

#define set_cpu_possible(cpu, possible)	assign_cpu((cpu), &__cpu_possible_mask, (possible))
#define set_cpu_enabled(cpu, enabled)	assign_cpu((cpu), &__cpu_enabled_mask, (enabled))
#define set_cpu_present(cpu, present)	assign_cpu((cpu), &__cpu_present_mask, (present))
#define set_cpu_active(cpu, active)	assign_cpu((cpu), &__cpu_active_mask, (active))
#define set_cpu_dying(cpu, dying)	assign_cpu((cpu), &__cpu_dying_mask, (dying))

/* Also counts the CPUs that are online. */
void set_cpu_online(unsigned int cpu, bool online);

/** to_cpumask - a bitmap of NR_CPUS bits as a mask; it must be an array of longs */
#define to_cpumask(bitmap)							\
	((struct cpumask *)(1 ? (bitmap)					\
			    : (void *)sizeof(__check_is_bitmap(bitmap))))

/** __check_is_bitmap - lets the compiler refuse what isn't an array of unsigned long. Return: 1 */
static __always_inline int __check_is_bitmap(const unsigned long *bitmap)
{
	(void)bitmap;
	return 1;
}

/*
 * A constant mask for every single CPU, from BITS_PER_LONG rows instead of NR_CPUS: row 1 + n has
 * bit n set in its first word; pointing some words before the row puts the bit into a later word,
 * and everything around it is zero.
 */
extern const unsigned long cpu_bit_bitmap[BITS_PER_LONG + 1][BITS_TO_LONGS(NR_CPUS)];

/** get_cpu_mask - the constant mask that has @cpu alone */
static __always_inline const struct cpumask *get_cpu_mask(unsigned int cpu)
{
	const unsigned long *p = cpu_bit_bitmap[1 + cpu % BITS_PER_LONG];

	p -= cpu / BITS_PER_LONG;
	return to_cpumask(p);
}

#if NR_CPUS > 1
/** num_online_cpus - how many CPUs are online; may be stale without cpus_read_lock() */
static __always_inline unsigned int num_online_cpus(void)
{
	return raw_atomic_read(&__num_online_cpus);
}

#define num_possible_cpus()	cpumask_weight(cpu_possible_mask)
#define num_enabled_cpus()	cpumask_weight(cpu_enabled_mask)
#define num_present_cpus()	cpumask_weight(cpu_present_mask)
#define num_active_cpus()	cpumask_weight(cpu_active_mask)

/** cpu_online - does @cpu schedule and take interrupts? Stays so under cpus_read_lock() */
static __always_inline bool cpu_online(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_online_mask);
}

/** cpu_enabled - may @cpu be brought up? */
static __always_inline bool cpu_enabled(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_enabled_mask);
}

/** cpu_possible - can there ever be @cpu? Fixed at boot */
static __always_inline bool cpu_possible(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_possible_mask);
}

/** cpu_present - is @cpu there? */
static __always_inline bool cpu_present(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_present_mask);
}

/** cpu_active - may tasks be moved to @cpu? Ends early when a CPU goes down */
static __always_inline bool cpu_active(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_active_mask);
}

/** cpu_dying - is @cpu on its way down? */
static __always_inline bool cpu_dying(unsigned int cpu)
{
	return cpumask_test_cpu(cpu, cpu_dying_mask);
}
#else
#define num_online_cpus()	1U
#define num_possible_cpus()	1U
#define num_enabled_cpus()	1U
#define num_present_cpus()	1U
#define num_active_cpus()	1U
#define cpu_online(cpu)		((cpu) == 0)
#define cpu_enabled(cpu)	((cpu) == 0)
#define cpu_possible(cpu)	((cpu) == 0)
#define cpu_present(cpu)	((cpu) == 0)
#define cpu_active(cpu)		((cpu) == 0)
#define cpu_dying(cpu)		false
#endif

/** cpu_is_offline - does @cpu not run? */
#define cpu_is_offline(cpu)	unlikely(!cpu_online(cpu))

#if NR_CPUS <= BITS_PER_LONG
#define CPU_BITS_ALL								\
{										\
	[BITS_TO_LONGS(NR_CPUS) - 1] = BITMAP_LAST_WORD_MASK(NR_CPUS)		\
}
#else
#define CPU_BITS_ALL								\
{										\
	[0 ... BITS_TO_LONGS(NR_CPUS) - 2] = ~0UL,				\
	[BITS_TO_LONGS(NR_CPUS) - 1] = BITMAP_LAST_WORD_MASK(NR_CPUS)		\
}
#endif

#define CPU_MASK_ALL	(cpumask_t) { CPU_BITS_ALL }
#define CPU_MASK_NONE	(cpumask_t) { CPU_BITS_NONE }
#define CPU_MASK_CPU0	(cpumask_t) { CPU_BITS_CPU0 }

#endif
