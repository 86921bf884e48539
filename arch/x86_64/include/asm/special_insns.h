/* SPDX-License-Identifier: MIT */
/* Control registers and the instructions that only a kernel uses. */
#ifndef _ASM_X86_SPECIAL_INSNS_H
#define _ASM_X86_SPECIAL_INSNS_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/processor-flags.h>

/* read() and write() of a register that an instruction copies to and from a general one. */
#define READ_BY(insn, read)							\
static __always_inline unsigned long read(void)					\
{										\
	unsigned long val;							\
										\
	asm volatile(insn : "=r" (val) : : "memory");				\
	return val;								\
}
#define WRITE_BY(insn, write)							\
static __always_inline void write(unsigned long val)				\
{										\
	asm volatile(insn : : "r" (val) : "memory");				\
}

READ_BY("mov %%cr0, %0", read_cr0)	WRITE_BY("mov %0, %%cr0", write_cr0)
READ_BY("mov %%cr2, %0", read_cr2)	WRITE_BY("mov %0, %%cr2", write_cr2)
READ_BY("mov %%cr3, %0", __read_cr3)	WRITE_BY("mov %0, %%cr3", write_cr3)
READ_BY("mov %%cr4, %0", __read_cr4)	WRITE_BY("mov %0, %%cr4", __write_cr4)
READ_BY("rdfsbase %0", rdfsbase)	WRITE_BY("wrfsbase %0", wrfsbase)
READ_BY("rdgsbase %0", rdgsbase)	WRITE_BY("wrgsbase %0", wrgsbase)

#undef READ_BY
#undef WRITE_BY

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
