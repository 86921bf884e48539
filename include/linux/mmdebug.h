/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MMDEBUG_H
#define _LINUX_MMDEBUG_H

/* Checks of our own invariants, on in builds that debug memory. */

#include <linux/bug.h>

struct page;
struct mm_struct;

void dump_page(const struct page *page, const char *reason);

#if defined(CONFIG_SLUB_DEBUG) || defined(CONFIG_KASAN) || defined(CONFIG_DEBUG_PAGEALLOC)
#define VM_BUG_ON(cond)		BUG_ON(cond)
#define VM_BUG_ON_PAGE(cond, page)					\
do {									\
	if (unlikely(cond)) {						\
		dump_page(page, "VM_BUG_ON_PAGE(" __stringify(cond) ")");	\
		BUG();							\
	}								\
} while (0)
#define VM_WARN_ON_ONCE(cond)	WARN_ON_ONCE(cond)
#define VM_WARN_ON(cond)	WARN_ON(cond)
#else
#define VM_BUG_ON(cond)			((void)sizeof(!!(cond)))
#define VM_BUG_ON_PAGE(cond, page)	((void)sizeof(!!(cond)))
#define VM_WARN_ON_ONCE(cond)		((void)sizeof(!!(cond)))
#define VM_WARN_ON(cond)		((void)sizeof(!!(cond)))
#endif
#define VM_BUG_ON_FOLIO(cond, folio)	VM_BUG_ON_PAGE(cond, &(folio)->page)

#endif /* _LINUX_MMDEBUG_H */
