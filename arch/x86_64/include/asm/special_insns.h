/* SPDX-License-Identifier: MIT */
/* Control registers and the instructions that only a kernel uses. */
#ifndef _ASM_X86_SPECIAL_INSNS_H
#define _ASM_X86_SPECIAL_INSNS_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/processor-flags.h>

static __always_inline unsigned long read_cr0(void)
{
	unsigned long val;

	asm volatile("mov %%cr0, %0" : "=r" (val) : : "memory");
	return val;
}

static __always_inline void write_cr0(unsigned long val)
{
	asm volatile("mov %0, %%cr0" : : "r" (val) : "memory");
}

static __always_inline unsigned long read_cr2(void)
{
	unsigned long val;

	asm volatile("mov %%cr2, %0" : "=r" (val) : : "memory");
	return val;
}

static __always_inline void write_cr2(unsigned long val)
{
	asm volatile("mov %0, %%cr2" : : "r" (val) : "memory");
}

static __always_inline unsigned long __read_cr3(void)
{
	unsigned long val;

	asm volatile("mov %%cr3, %0" : "=r" (val) : : "memory");
	return val;
}

static __always_inline void write_cr3(unsigned long val)
{
	asm volatile("mov %0, %%cr3" : : "r" (val) : "memory");
}

static __always_inline unsigned long __read_cr4(void)
{
	unsigned long val;

	asm volatile("mov %%cr4, %0" : "=r" (val) : : "memory");
	return val;
}

static __always_inline void __write_cr4(unsigned long val)
{
	asm volatile("mov %0, %%cr4" : : "r" (val) : "memory");
}

static __always_inline void native_wbinvd(void)
{
	asm volatile("wbinvd" : : : "memory");
}
#define wbinvd() native_wbinvd()

static __always_inline void __invlpg(unsigned long addr)
{
	asm volatile("invlpg (%0)" : : "r" (addr) : "memory");
}

static inline void clflush(volatile void *p)
{
	asm volatile("clflush %0" : "+m" (*(volatile char __force *)p));
}

static __always_inline unsigned long rdgsbase(void)
{
	unsigned long base;

	asm volatile("rdgsbase %0" : "=r" (base) : : "memory");
	return base;
}

static __always_inline unsigned long rdfsbase(void)
{
	unsigned long base;

	asm volatile("rdfsbase %0" : "=r" (base) : : "memory");
	return base;
}

static __always_inline void wrfsbase(unsigned long base)
{
	asm volatile("wrfsbase %0" : : "r" (base) : "memory");
}

static __always_inline void wrgsbase(unsigned long base)
{
	asm volatile("wrgsbase %0" : : "r" (base) : "memory");
}

static __always_inline void swapgs(void)
{
	asm volatile("swapgs" : : : "memory");
}

static __always_inline void xsetbv(u32 index, u64 value)
{
	asm volatile("xsetbv" : : "c" (index), "a" ((u32)value), "d" ((u32)(value >> 32)));
}

static __always_inline u64 xgetbv(u32 index)
{
	u32 low, high;

	asm volatile("xgetbv" : "=a" (low), "=d" (high) : "c" (index));
	return low | ((u64)high << 32);
}

#endif /* _ASM_X86_SPECIAL_INSNS_H */
