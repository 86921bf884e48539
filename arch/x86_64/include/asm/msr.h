/* SPDX-License-Identifier: MIT */
/* Reading and writing model-specific registers, the TSC and CPUID's cousins. */
#ifndef _ASM_X86_MSR_H
#define _ASM_X86_MSR_H

#include <asm/msr-index.h>

#ifndef __ASSEMBLY__
#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/asm.h>

/** __rdmsr - a model-specific register; #GP if there is none of that number */
static __always_inline u64 __rdmsr(unsigned int msr)
{
	u32 low, high;

	asm volatile("rdmsr" : "=a" (low), "=d" (high) : "c" (msr));
	return low | ((u64)high << 32);
}

/** __wrmsr - write a model-specific register; #GP if it doesn't exist or take the value */
static __always_inline void __wrmsr(unsigned int msr, u32 low, u32 high)
{
	asm volatile("wrmsr" : : "c" (msr), "a" (low), "d" (high) : "memory");
}

/** native_read_msr - as __rdmsr() */
static __always_inline u64 native_read_msr(unsigned int msr)
{
	return __rdmsr(msr);
}

/** native_write_msr - as __wrmsr() */
static __always_inline void native_write_msr(unsigned int msr, u32 low, u32 high)
{
	__wrmsr(msr, low, high);
}

#define rdmsr(msr, low, high)				\
do {							\
	u64 __msrv = __rdmsr(msr);			\
	(low) = (u32)__msrv;				\
	(high) = (u32)(__msrv >> 32);			\
} while (0)

#define wrmsr(msr, low, high)	__wrmsr((msr), (low), (high))
#define rdmsrl(msr, val)	((val) = __rdmsr(msr))

/** wrmsrl - __wrmsr() of 64 bits */
static __always_inline void wrmsrl(unsigned int msr, u64 val)
{
	__wrmsr(msr, (u32)val, (u32)(val >> 32));
}

/**
 * rdmsrl_safe - read a register that may not exist
 * @msr: number
 * @val: where the value goes; zero on failure
 *
 * Return: 0, or -EIO if the processor refused.
 */
static __always_inline int rdmsrl_safe(unsigned int msr, u64 *val)
{
	u32 low = 0, high = 0;
	int err = 0;

	asm volatile("1: rdmsr\n2:\n"
		     _ASM_EXTABLE_TYPE_REG(1b, 2b, EX_TYPE_MSR_SAFE, %k[err])
		     : [err] "+r" (err), "+a" (low), "+d" (high) : "c" (msr));
	*val = err ? 0 : (low | ((u64)high << 32));
	return err;
}

/**
 * wrmsrl_safe - write a register that may not exist or may refuse the value
 * @msr: number
 * @val: value
 *
 * Return: 0, or -EIO if the processor refused.
 */
static __always_inline int wrmsrl_safe(unsigned int msr, u64 val)
{
	int err = 0;

	asm volatile("1: wrmsr\n2:\n"
		     _ASM_EXTABLE_TYPE_REG(1b, 2b, EX_TYPE_MSR_SAFE, %k[err])
		     : [err] "+r" (err)
		     : "c" (msr), "a" ((u32)val), "d" ((u32)(val >> 32)) : "memory");
	return err;
}
#define wrmsr_safe(msr, low, high)	wrmsrl_safe((msr), (low) | ((u64)(high) << 32))

/** rdtsc - the time stamp as the processor happens to read it */
static __always_inline u64 rdtsc(void)
{
	u32 low, high;

	asm volatile("rdtsc" : "=a" (low), "=d" (high));
	return low | ((u64)high << 32);
}

/** rdtsc_ordered - the time stamp after every earlier load has been done */
static __always_inline u64 rdtsc_ordered(void)
{
	u32 low, high;

	asm volatile("lfence; rdtsc" : "=a" (low), "=d" (high) : : "memory");
	return low | ((u64)high << 32);
}

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_MSR_H */
