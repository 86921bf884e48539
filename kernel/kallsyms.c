// SPDX-License-Identifier: MIT
/*
 * Names of kernel addresses.
 *
 * The table (kallsyms_internal.h) is sorted by address, so an address is found by halving; a name
 * is found by going through all, which only debuggers and tests do. The table is read-only data of
 * the image: lookups take no lock and work in any context, before memory management and after a
 * panic.
 *
 * A symbol's size is the distance to the next symbol at a higher address. Several symbols may
 * share one address; then the first in the table names it.
 */

#include <linux/kallsyms.h>

#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "kallsyms_internal.h"

/* The table, or NULL if the build left none. */
static const struct kallsyms_head *ksyms(void)
{
	const struct kallsyms_head *head = (const void *)__kallsyms_start;

	/* Written after the link: the compiler must not think it knows the bytes. */
	OPTIMIZER_HIDE_VAR(head);
	return head->magic == KALLSYMS_MAGIC ? head : NULL;
}

static unsigned long sym_address(const struct kallsyms_head *head, u32 i)
{
	return (unsigned long)_text + head->offset[i];
}

/* The name without its type letter. */
static const char *sym_name(const struct kallsyms_head *head, u32 i)
{
	const u32 *name = (const u32 *)&head->offset[head->count];
	const char *names = (const char *)&name[head->count];

	return names + name[i] + 1;
}

/**
 * kallsyms_sym_address() - the address of the table's entry @idx
 * @idx: counted from zero, below the number of symbols
 */
unsigned long kallsyms_sym_address(int idx)
{
	const struct kallsyms_head *head = ksyms();

	return head && idx >= 0 && (u32)idx < head->count ? sym_address(head, idx) : 0;
}

/* Is the address one that a symbol could name? */
static bool in_image(unsigned long addr)
{
	return addr >= (unsigned long)_text && addr < (unsigned long)_end;
}

/*
 * The entry that contains @addr: the first of those with the highest address not above it.
 * False if there is none.
 */
static bool find_symbol(unsigned long addr, u32 *index, unsigned long *size,
			unsigned long *offset)
{
	const struct kallsyms_head *head = ksyms();
	u32 low = 0, high, first, next;

	if (!head || !head->count || !in_image(addr) || addr < sym_address(head, 0))
		return false;

	/* low is at or below addr, high above it. */
	for (high = head->count; high - low > 1; ) {
		u32 mid = low + (high - low) / 2;

		if (sym_address(head, mid) <= addr)
			low = mid;
		else
			high = mid;
	}
	for (first = low; first && head->offset[first - 1] == head->offset[low]; first--)
		;
	for (next = high; next < head->count && head->offset[next] == head->offset[low]; next++)
		;

	*index = first;
	*offset = addr - sym_address(head, first);
	*size = (next < head->count ? sym_address(head, next) : (unsigned long)_end) -
		sym_address(head, first);
	return true;
}

/**
 * kallsyms_lookup_size_offset() - which part of a symbol is an address?
 * @addr: the address
 * @symbolsize: gets the symbol's size; may be NULL
 * @offset: gets the offset in it; may be NULL
 *
 * Return: 1, or 0 if no symbol contains it.
 */
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset)
{
	unsigned long size, off;
	u32 i;

	if (!find_symbol(addr, &i, &size, &off))
		return 0;
	if (symbolsize)
		*symbolsize = size;
	if (offset)
		*offset = off;
	return 1;
}

/**
 * kallsyms_lookup() - the name of an address
 * @addr: the address
 * @symbolsize: gets the symbol's size; may be NULL
 * @offset: gets the offset in it; may be NULL
 * @modname: gets NULL, for there are no modules; may be NULL
 * @namebuf: KSYM_NAME_LEN bytes, which get the name
 *
 * Return: @namebuf, or NULL if no symbol contains the address.
 */
const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset,
			    char **modname, char *namebuf)
{
	unsigned long size, off;
	u32 i;

	namebuf[0] = '\0';
	if (modname)
		*modname = NULL;
	if (!find_symbol(addr, &i, &size, &off))
		return NULL;
	if (symbolsize)
		*symbolsize = size;
	if (offset)
		*offset = off;
	strscpy(namebuf, sym_name(ksyms(), i), KSYM_NAME_LEN);
	return namebuf;
}

/**
 * lookup_symbol_name() - the name alone
 * @addr: the address
 * @symname: KSYM_NAME_LEN bytes, which get the name
 *
 * Return: 0, or -ERANGE if no symbol contains the address.
 */
int lookup_symbol_name(unsigned long addr, char *symname)
{
	return kallsyms_lookup(addr, NULL, NULL, NULL, symname) ? 0 : -ERANGE;
}

/**
 * kallsyms_lookup_name() - the address of a name
 * @name: the name; of several symbols with it, the one at the lowest address
 *
 * Return: the address, or 0.
 */
unsigned long kallsyms_lookup_name(const char *name)
{
	const struct kallsyms_head *head = ksyms();
	u32 i;

	for (i = 0; head && *name && i < head->count; i++) {
		if (!strcmp(sym_name(head, i), name))
			return sym_address(head, i);
	}
	return 0;
}

/**
 * kallsyms_on_each_symbol() - call a function for each symbol, by rising address
 * @fn: nonzero ends the walk
 * @data: passed to @fn
 *
 * Return: what @fn gave last, or 0.
 */
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, unsigned long addr),
			    void *data)
{
	const struct kallsyms_head *head = ksyms();
	int ret = 0;
	u32 i;

	for (i = 0; head && i < head->count && !ret; i++)
		ret = fn(data, sym_name(head, i), sym_address(head, i));
	return ret;
}

/* Looked up at @address + @bias, shown as of @address. */
static int __sprint_symbol(char *buffer, unsigned long address, int bias, bool add_offset)
{
	unsigned long offset, size;

	if (!kallsyms_lookup(address + bias, &size, &offset, NULL, buffer))
		return sprintf(buffer, "0x%lx", address);
	if (!add_offset)
		return strlen(buffer);
	return strlen(buffer) + sprintf(buffer + strlen(buffer),  "+0x%lx/0x%lx", offset - bias,
					size);
}

/**
 * sprint_symbol() - an address as "name+0x4/0x20"
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: the address
 *
 * Return: bytes written, less the terminator. An address without a name is shown as a number.
 */
int sprint_symbol(char *buffer, unsigned long address)
{
	return __sprint_symbol(buffer, address, 0, true);
}
EXPORT_SYMBOL_GPL(sprint_symbol);

/**
 * sprint_symbol_build_id() - sprint_symbol(): there is one image, so no build id to tell
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: the address
 *
 * Return: bytes written, less the terminator.
 */
int sprint_symbol_build_id(char *buffer, unsigned long address)
{
	return __sprint_symbol(buffer, address, 0, true);
}
EXPORT_SYMBOL_GPL(sprint_symbol_build_id);

/**
 * sprint_symbol_no_offset() - an address as "name"
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: the address
 *
 * Return: bytes written, less the terminator.
 */
int sprint_symbol_no_offset(char *buffer, unsigned long address)
{
	return __sprint_symbol(buffer, address, 0, false);
}
EXPORT_SYMBOL_GPL(sprint_symbol_no_offset);

/**
 * sprint_backtrace() - a return address as "name+0x4/0x20"
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: the return address
 *
 * A call at the very end of a function (of one that doesn't return) leaves the address of the next
 * function: so the byte before it is looked up.
 *
 * Return: bytes written, less the terminator.
 */
int sprint_backtrace(char *buffer, unsigned long address)
{
	return __sprint_symbol(buffer, address, -1, true);
}

/**
 * kallsyms_show_value() - may addresses be shown to a user with these credentials?
 * @cred: the credentials; NULL is the kernel itself
 */
bool kallsyms_show_value(const void *cred)
{
	return !cred;
}

/* ---- /proc/kallsyms ---- */

static void *s_start(struct seq_file *m, loff_t *pos)
{
	const struct kallsyms_head *head = ksyms();

	return head && *pos < head->count ? pos : NULL;
}

static void *s_next(struct seq_file *m, void *p, loff_t *pos)
{
	(*pos)++;
	return s_start(m, pos);
}

static void s_stop(struct seq_file *m, void *p)
{
}

static int s_show(struct seq_file *m, void *p)
{
	const struct kallsyms_head *head = ksyms();
	u32 i = *(loff_t *)p;
	unsigned long addr = sym_address(head, i);

	/* Who may not know gets the names, for they are no secret. */
	seq_printf(m, "%016lx %c %s\n", kallsyms_show_value(m->file->f_cred) ? addr : 0,
		   sym_name(head, i)[-1], sym_name(head, i));
	return 0;
}

static const struct seq_operations kallsyms_op = {
	.start	= s_start,
	.next	= s_next,
	.stop	= s_stop,
	.show	= s_show,
};

static int __init kallsyms_init(void)
{
	proc_create_seq("kallsyms", 0444, NULL, &kallsyms_op);
	return 0;
}
device_initcall(kallsyms_init);
