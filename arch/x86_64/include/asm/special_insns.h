/* SPDX-License-Identifier: MIT */
/* Control registers and the instructions that only a kernel uses. */
#ifndef _ASM_X86_SPECIAL_INSNS_H
#define _ASM_X86_SPECIAL_INSNS_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/processor-flags.h>

/** read_cr0 - control register 0: paging, write protection, FPU */
static __always_inline unsigned long read_cr0(void)
{
	unsigned long val;

	asm volatile("mov %%cr0, %0" : "=r" (val) : : "memory");
	return val;
}

/** write_cr0 - set control register 0 */
static __always_inline void write_cr0(unsigned long val)
{
	asm volatile("mov %0, %%cr0" : : "r" (val) : "memory");
}

/** read_cr2 - the address that faulted last */
static __always_inline unsigned long read_cr2(void)
{
	unsigned long val;

	asm volatile("mov %%cr2, %0" : "=r" (val) : : "memory");
	return val;
}

/** write_cr2 - set the address that faulted last, which an NMI may have spoiled */
static __always_inline void write_cr2(unsigned long val)
{
	asm volatile("mov %0, %%cr2" : : "r" (val) : "memory");
}

/** __read_cr3 - the top page table's physical address, and flags */
static __always_inline unsigned long __read_cr3(void)
{
	unsigned long val;

	asm volatile("mov %%cr3, %0" : "=r" (val) : : "memory");
	return val;
}

/** write_cr3 - use another top page table; drops user mappings from this CPU's TLB */
static __always_inline void write_cr3(unsigned long val)
{
	asm volatile("mov %0, %%cr3" : : "r" (val) : "memory");
}

/** __read_cr4 - control register 4; cr4_read_shadow() is quicker */
static __always_inline unsigned long __read_cr4(void)
{
	unsigned long val;

	asm volatile("mov %%cr4, %0" : "=r" (val) : : "memory");
	return val;
}

/** __write_cr4 - set control register 4; cr4_set_bits() keeps the shadow right */
static __always_inline void __write_cr4(unsigned long val)
{
	asm volatile("mov %0, %%cr4" : : "r" (val) : "memory");
}

/** native_wbinvd - write back and drop all of this CPU's caches */
static __always_inline void native_wbinvd(void)
{
	asm volatile("wbinvd" : : : "memory");
}
#define wbinvd() native_wbinvd()

/** __invlpg - drop one page from this CPU's TLB */
static __always_inline void __invlpg(unsigned long addr)
{
	asm volatile("invlpg (%0)" : : "r" (addr) : "memory");
}

/** clflush - write back and drop one cache line, from all caches */
static inline void clflush(volatile void *p)
{
	asm volatile("clflush %0" : "+m" (*(volatile char __force *)p));
}

/** rdgsbase - the GS base; needs FSGSBASE */
static __always_inline unsigned long rdgsbase(void)
{
	unsigned long base;

	asm volatile("rdgsbase %0" : "=r" (base) : : "memory");
	return base;
}

/** rdfsbase - the FS base; needs FSGSBASE */
static __always_inline unsigned long rdfsbase(void)
{
	unsigned long base;

	asm volatile("rdfsbase %0" : "=r" (base) : : "memory");
	return base;
}

/** wrfsbase - set the FS base; needs FSGSBASE */
static __always_inline void wrfsbase(unsigned long base)
{
	asm volatile("wrfsbase %0" : : "r" (base) : "memory");
}

/** wrgsbase - set the GS base; needs FSGSBASE */
static __always_inline void wrgsbase(unsigned long base)
{
	asm volatile("wrgsbase %0" : : "r" (base) : "memory");
}

/** swapgs - exchange the GS base with the other one, in IA32_KERNEL_GS_BASE */
static __always_inline void swapgs(void)
{
	asm volatile("swapgs" : : : "memory");
}

/** xsetbv - write extended control register @index; 0 says which states XSAVE handles */
static __always_inline void xsetbv(u32 index, u64 value)
{
	asm volatile("xsetbv" : : "c" (index), "a" ((u32)value), "d" ((u32)(value >> 32)));
}

/** xgetbv - read extended control register @index */
static __always_inline u64 xgetbv(u32 index)
{
	u32 low, high;

	asm volatile("xgetbv" : "=a" (low), "=d" (high) : "c" (index));
	return low | ((u64)high << 32);
}

#endif /* _ASM_X86_SPECIAL_INSNS_H */
