/* SPDX-License-Identifier: MIT */
/* The page size, for assembler and C. */
#ifndef _ASM_PAGE_DEF_H
#define _ASM_PAGE_DEF_H

#include <linux/const.h>
#include <asm/layout.h>

#define PAGE_SIZE	(_AC(1, UL) << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#endif /* _ASM_PAGE_DEF_H */
