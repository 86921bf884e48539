/* SPDX-License-Identifier: MIT */
#ifndef _LIB_RHASHTABLE_H
#define _LIB_RHASHTABLE_H

/* What the tests replace: without a flat table an atomic insertion makes a nested one. */

#include <kunit/visibility.h>
#include <linux/gfp_types.h>

#if IS_ENABLED(CONFIG_KUNIT)
struct bucket_table;
struct bucket_table *rht_alloc_flat(unsigned int size, gfp_t gfp);
#endif

#endif /* _LIB_RHASHTABLE_H */
