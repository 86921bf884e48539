/* SPDX-License-Identifier: MIT */
#ifndef _LIB_TESTS_XARRAY_TEST_H
#define _LIB_TESTS_XARRAY_TEST_H

/*
 * What the suites of the XArray share.
 *
 * Their arrays are static, as lockdep wants it of locks that are initialised where they are
 * defined; each case leaves its own empty.
 */

#include <kunit/test.h>

#include <linux/xarray.h>

/* Places where something changes: ends of nodes, of levels, of the index. */
static const unsigned long borders[] __maybe_unused = {
	0, 1, 2, 62, 63, 64, 65, 4094, 4095, 4096, 4097, 262143, 262144, (1UL << 31) - 1, 1UL << 31,
	(1UL << 32) - 1, 1UL << 32, (1UL << 60) - 1, 1UL << 60, LONG_MAX, 1UL << 63,
	ULONG_MAX - 64, ULONG_MAX - 63, ULONG_MAX - 1, ULONG_MAX,
};

/* An entry that can be told from those of other indices. */
static inline void *entry_of(unsigned long index)
{
	return xa_mk_value(index & LONG_MAX);
}

static inline void expect_present(struct kunit *test, struct xarray *xa, unsigned long index)
{
	KUNIT_EXPECT_PTR_EQ(test, xa_load(xa, index), entry_of(index));
}

static inline void store(struct kunit *test, struct xarray *xa, unsigned long index)
{
	KUNIT_ASSERT_EQ(test, xa_err(xa_store(xa, index, entry_of(index), GFP_KERNEL)), 0);
}

static inline void *store_order(struct xarray *xa, unsigned long index, unsigned int order,
				void *entry)
{
	XA_STATE_ORDER(xas, xa, index, order);
	void *old;

	do {
		xas_lock(&xas);
		old = xas_store(&xas, entry);
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	return xas_error(&xas) ? (void *)xas.xa_node : old;
}

#endif
