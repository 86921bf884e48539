/* SPDX-License-Identifier: MIT */
#ifndef _KALLSYMS_INTERNAL_H
#define _KALLSYMS_INTERNAL_H

/*
 * The symbol table as tools/build/kallsyms.py writes it into the section .kallsyms after the link:
 *
 *	struct kallsyms_head
 *	s32 offset[count]	address less _text, ascending
 *	u32 name[count]		where its name begins among the names
 *	char names[]		each: nm's type letter, the name, a NUL
 */

#include <linux/types.h>

#define KALLSYMS_MAGIC	0x4d59534bU	/* "KSYM" */

struct kallsyms_head {
	u32	magic;
	u32	count;
	u32	names_size;
	u32	zero;
	s32	offset[];
};

extern const char __kallsyms_start[], __kallsyms_end[];

#endif /* _KALLSYMS_INTERNAL_H */
