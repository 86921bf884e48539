/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

/*
 * Names of addresses and addresses of names. The table is read-only and part of the image,
 * so every lookup works in any context and from the first instruction of C on.
 */

#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/types.h>

#include <asm/sections.h>

#define KSYM_NAME_LEN	512
#define KSYM_SYMBOL_LEN	(KSYM_NAME_LEN + 64)	/* name+0x<offset>/0x<size> [module] */

struct module;

unsigned long kallsyms_lookup_name(const char *name);
const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset,
			    char **modname, char *namebuf);
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset);
int lookup_symbol_name(unsigned long addr, char *symname);
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, unsigned long addr),
			    void *data);
unsigned long kallsyms_sym_address(int idx);

/* "name+0x1/0x20" into @buffer of KSYM_SYMBOL_LEN bytes; its length. */
int sprint_symbol(char *buffer, unsigned long address);
int sprint_symbol_build_id(char *buffer, unsigned long address);
/* The name alone. */
int sprint_symbol_no_offset(char *buffer, unsigned long address);
/* @address is a return address: name the function of the call before it. */
int sprint_backtrace(char *buffer, unsigned long address);

bool kallsyms_show_value(const void *cred);

/** is_kernel_text_or_data - is an address in the image? */
static inline int is_kernel_text_or_data(unsigned long addr)
{
	return addr >= (unsigned long)_stext && addr < (unsigned long)_end;
}

/**
 * dereference_symbol_descriptor - the code of a function pointer, which is the pointer on our
 * machines
 */
static inline void *dereference_symbol_descriptor(void *ptr)
{
	return ptr;
}

/** print_ip_sym - print an address and the symbol that it is in */
static inline void print_ip_sym(const char *loglvl, unsigned long ip)
{
	printk("%s[<%px>] %pS\n", loglvl, (void *)ip, (void *)ip);
}

#endif /* _LINUX_KALLSYMS_H */
