// SPDX-License-Identifier: MIT
/*
 * The exception table's search, and "is this address kernel code?"
 *
 * The rows are sorted by the address of the instruction that may fault, once, before
 * anything can be read-only; before that a search looks at all of them. A row holds
 * distances from itself, so a row that moves has to be adjusted by as much.
 */

#include <linux/extable.h>

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sort.h>

#include <asm/extable.h>
#include <asm/sections.h>

static bool main_extable_sorted __ro_after_init;

static struct exception_table_entry *main_start(void)
{
	return (struct exception_table_entry *)__start___ex_table;
}

static struct exception_table_entry *main_stop(void)
{
	return (struct exception_table_entry *)__stop___ex_table;
}

static unsigned long ex_to_insn(const struct exception_table_entry *x)
{
	return (unsigned long)&x->insn + x->insn;
}

static int cmp_ex_sort(const void *a, const void *b)
{
	unsigned long x = ex_to_insn(a), y = ex_to_insn(b);

	return (x > y) - (x < y);
}

static void swap_ex(void *a, void *b, int size)
{
	struct exception_table_entry *x = a, *y = b, tmp = *x;
	int delta = b - a;

	(void)size;
	x->insn = y->insn + delta;
	y->insn = tmp.insn - delta;
	swap_ex_entry_fixup(x, y, tmp, delta);
}

/**
 * sort_extable - order rows by the address they cover
 * @start: first row
 * @finish: end, exclusive
 */
void sort_extable(struct exception_table_entry *start, struct exception_table_entry *finish)
{
	sort(start, finish - start, sizeof(*start), cmp_ex_sort, swap_ex);
}

/**
 * search_extable - find the row of an instruction
 * @base: first of @num sorted rows
 * @num: number of rows
 * @value: address of the instruction
 *
 * Context: any. Return: the row or NULL.
 */
const struct exception_table_entry *search_extable(const struct exception_table_entry *base,
						   const size_t num, unsigned long value)
{
	size_t low = 0, high = num;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		unsigned long insn = ex_to_insn(base + mid);

		if (insn == value)
			return base + mid;
		if (insn < value)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/**
 * sort_main_extable - sort the image's table of instructions that may fault
 *
 * Context: boot, before the section becomes read-only.
 */
void __init sort_main_extable(void)
{
	sort_extable(main_start(), main_stop());
	main_extable_sorted = true;
}

static const struct exception_table_entry *search_unsorted(unsigned long addr)
{
	const struct exception_table_entry *e;

	for (e = main_start(); e < main_stop(); e++) {
		if (ex_to_insn(e) == addr)
			return e;
	}
	return NULL;
}

/**
 * search_kernel_exception_table - what is to happen when this instruction of the image faults?
 * @addr: of the instruction
 *
 * Context: any.
 * Return: the row, or NULL.
 */
const struct exception_table_entry *search_kernel_exception_table(unsigned long addr)
{
	if (!main_extable_sorted)
		return search_unsorted(addr);
	return search_extable(main_start(), main_stop() - main_start(), addr);
}

/**
 * search_exception_tables - search_kernel_exception_table(): there are no modules with tables of
 * their own
 * @addr: of the instruction
 *
 * Return: the row, or NULL.
 */
const struct exception_table_entry *search_exception_tables(unsigned long addr)
{
	return search_kernel_exception_table(addr);
}

/**
 * core_kernel_text - does the address lie in code that can run now?
 * @addr: any address
 *
 * Init code counts while it exists.
 */
int core_kernel_text(unsigned long addr)
{
	if (is_kernel_text(addr))
		return 1;
	return system_state < SYSTEM_RUNNING && is_kernel_inittext(addr);
}

/**
 * kernel_text_address - core_kernel_text(): there are no modules
 * @addr: any address
 */
int kernel_text_address(unsigned long addr)
{
	return core_kernel_text(addr);
}

/**
 * __kernel_text_address - does, or did, code lie there? For back traces: init code counts for ever
 * @addr: any address
 */
int __kernel_text_address(unsigned long addr)
{
	return is_kernel_text(addr) || is_kernel_inittext(addr);
}
