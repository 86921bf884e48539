/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_SECTIONS_H
#define _ASM_GENERIC_SECTIONS_H

/*
 * The bounds that linker.ld gives to the parts of the image. They are labels:
 * only their addresses mean anything.
 */
#include <linux/compiler.h>
#include <linux/types.h>

extern char _text[], _stext[], _etext[];
extern char _sdata[], _data[], _edata[];
extern char __bss_start[], __bss_stop[], _end[];
extern char __start_rodata[], __end_rodata[];
extern char __start_ro_after_init[], __end_ro_after_init[];
extern char __init_begin[], __init_end[];
extern char _sinittext[], _einittext[];
extern char __inittext_begin[], __inittext_end[], __initdata_begin[], __initdata_end[];
extern char __per_cpu_load[], __per_cpu_start[], __per_cpu_end[];
extern char __noinstr_text_start[], __noinstr_text_end[];
extern char __entry_text_start[], __entry_text_end[];
extern char __irqentry_text_start[], __irqentry_text_end[];
extern char __softirqentry_text_start[], __softirqentry_text_end[];
extern char __sched_text_start[], __sched_text_end[];
extern char __cpuidle_text_start[], __cpuidle_text_end[];
extern char __start___ex_table[], __stop___ex_table[];
extern char __start___bug_table[], __stop___bug_table[];

/** memory_contains - is [@virt, @virt + @size) all within [@begin, @end)? */
static inline bool memory_contains(void *begin, void *end, void *virt, size_t size)
{
	return virt >= begin && virt + size <= end;
}

/** is_kernel_core_data - is it in the kernel's data? */
static inline bool is_kernel_core_data(unsigned long addr)
{
	return addr >= (unsigned long)_sdata && addr < (unsigned long)_edata;
}

/** is_kernel_rodata - is it in the kernel's constants? */
static inline bool is_kernel_rodata(unsigned long addr)
{
	return addr >= (unsigned long)__start_rodata && addr < (unsigned long)__end_rodata;
}

/** __is_kernel_text - is it in the kernel's code, that of booting apart? */
static inline bool __is_kernel_text(unsigned long addr)
{
	return addr >= (unsigned long)_stext && addr < (unsigned long)_etext;
}

/** is_kernel_inittext - is it in the code of booting? */
static inline bool is_kernel_inittext(unsigned long addr)
{
	return addr >= (unsigned long)_sinittext && addr < (unsigned long)_einittext;
}

/** is_kernel_text - __is_kernel_text() */
static inline bool is_kernel_text(unsigned long addr)
{
	return __is_kernel_text(addr);
}

/** is_kernel - is it in the kernel's image? */
static inline bool is_kernel(unsigned long addr)
{
	return addr >= (unsigned long)_text && addr < (unsigned long)_end;
}

/** init_section_contains - is it all in what is given back after booting? */
static inline bool init_section_contains(void *virt, size_t size)
{
	return memory_contains(__init_begin, __init_end, virt, size);
}

/** in_entry_text - is it in entry code, where an address says nothing of the call chain? */
static inline bool in_entry_text(unsigned long addr)
{
	return (addr >= (unsigned long)__irqentry_text_start &&
		addr < (unsigned long)__irqentry_text_end) ||
	       (addr >= (unsigned long)__entry_text_start &&
		addr < (unsigned long)__entry_text_end);
}

#endif /* _ASM_GENERIC_SECTIONS_H */
