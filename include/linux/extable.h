/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_EXTABLE_H
#define _LINUX_EXTABLE_H

/*
 * The table of instructions that may fault and where each continues.
 *
 * The machine's fault handlers ask search_exception_tables() with the faulting
 * address; a hit means that the fault was foreseen. Sorted once, early in boot,
 * by address; from then on read-only and usable in any context, NMI included.
 */

#include <linux/stddef.h>
#include <linux/types.h>

struct exception_table_entry;

void sort_main_extable(void);
void sort_extable(struct exception_table_entry *start, struct exception_table_entry *finish);
const struct exception_table_entry *search_extable(const struct exception_table_entry *base,
						   const size_t num, unsigned long value);
const struct exception_table_entry *search_kernel_exception_table(unsigned long addr);
const struct exception_table_entry *search_exception_tables(unsigned long addr);

int core_kernel_text(unsigned long addr);
int kernel_text_address(unsigned long addr);
int __kernel_text_address(unsigned long addr);

#endif /* _LINUX_EXTABLE_H */
