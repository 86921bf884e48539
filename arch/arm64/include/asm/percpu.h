/* SPDX-License-Identifier: MIT */
/*
 * Per-CPU variables: TPIDR_EL1 holds the distance from a variable's link address to this CPU's
 * copy.
 *
 * The address is computed in one step and used in the next, so a this_cpu operation has to keep the
 * task on its CPU in between; an interrupt on the same CPU is excluded by the exclusives (or the
 * LSE instruction), not by masking it.
 */
#ifndef _ASM_PERCPU_H
#define _ASM_PERCPU_H

#include <linux/compiler.h>
#include <linux/preempt.h>
#include <asm/alternative.h>
#include <asm/cmpxchg.h>
#include <asm/stack_pointer.h>
#include <asm/sysreg.h>

/** set_my_cpu_offset - where this CPU's variables are, as distance from the image's */
static inline void set_my_cpu_offset(unsigned long off)
{
	asm volatile("msr tpidr_el1, %0" :: "r" (off) : "memory");
}

/**
 * __my_cpu_offset - the distance of this CPU's variables
 *
 * The compiler may share one read among several uses, but not across barrier(), behind which we may
 * be on another CPU: the pretended read of the stack orders it.
 */
static __always_inline unsigned long __my_cpu_offset(void)
{
	unsigned long off;

	asm("mrs %0, tpidr_el1" : "=r" (off) : "Q" (*(const unsigned long *)current_stack_pointer));
	return off;
}
#define __my_cpu_offset __my_cpu_offset()

#define __PERCPU_RW_CASE(sz)							\
static __always_inline unsigned long __percpu_read_##sz(void *ptr)		\
{										\
	return READ_ONCE(*(u##sz *)ptr);					\
}										\
static __always_inline void __percpu_write_##sz(void *ptr, unsigned long val)	\
{										\
	WRITE_ONCE(*(u##sz *)ptr, (u##sz)val);					\
}

__PERCPU_RW_CASE(8)
__PERCPU_RW_CASE(16)
__PERCPU_RW_CASE(32)
__PERCPU_RW_CASE(64)

#undef __PERCPU_RW_CASE

#define __PERCPU_OP_CASE(w, sfx, sz, name, insn, lse)				\
static __always_inline void __percpu_##name##_case_##sz(void *ptr, unsigned long val) \
{										\
	unsigned int fail;							\
	u##sz tmp;								\
										\
	asm volatile(__LSE_PREAMBLE ALTERNATIVE(				\
	"1:	ldxr" #sfx "	%" #w "1, %2\n"					\
	"	" #insn "	%" #w "1, %" #w "1, %" #w "3\n"			\
	"	stxr" #sfx "	%w0, %" #w "1, %2\n"				\
	"	cbnz	%w0, 1b\n",						\
	"	" #lse #sfx "	%" #w "3, %2\n",				\
	ARM64_HAS_LSE_ATOMICS)							\
	: "=&r" (fail), "=&r" (tmp), "+Q" (*(u##sz *)ptr)			\
	: "r" ((u##sz)(val)));							\
}

#define __PERCPU_RET_CASE(w, sfx, sz)						\
static __always_inline u##sz __percpu_add_return_case_##sz(void *ptr, unsigned long val) \
{										\
	unsigned int fail;							\
	u##sz ret;								\
										\
	asm volatile(__LSE_PREAMBLE ALTERNATIVE(				\
	"1:	ldxr" #sfx "	%" #w "1, %2\n"					\
	"	add	%" #w "1, %" #w "1, %" #w "3\n"				\
	"	stxr" #sfx "	%w0, %" #w "1, %2\n"				\
	"	cbnz	%w0, 1b\n",						\
	"	ldadd" #sfx "	%" #w "3, %" #w "1, %2\n"			\
	"	add	%" #w "1, %" #w "1, %" #w "3\n",			\
	ARM64_HAS_LSE_ATOMICS)							\
	: "=&r" (fail), "=&r" (ret), "+Q" (*(u##sz *)ptr)			\
	: "r" ((u##sz)(val)));							\
	return ret;								\
}

/* LSE has "clear these bits" in place of and: the callers below complement their operand. */
#define __PERCPU_ALL(w, sfx, sz)						\
	__PERCPU_OP_CASE(w, sfx, sz, add, add, stadd)				\
	__PERCPU_OP_CASE(w, sfx, sz, andnot, bic, stclr)			\
	__PERCPU_OP_CASE(w, sfx, sz, or, orr, stset)				\
	__PERCPU_RET_CASE(w, sfx, sz)

__PERCPU_ALL(w, b, 8)
__PERCPU_ALL(w, h, 16)
__PERCPU_ALL(w, , 32)
__PERCPU_ALL(x, , 64)

#undef __PERCPU_ALL
#undef __PERCPU_RET_CASE
#undef __PERCPU_OP_CASE

#define _pcp_protect(op, pcp, ...)				\
do {								\
	preempt_disable_notrace();				\
	op(raw_cpu_ptr(&(pcp)), __VA_ARGS__);			\
	preempt_enable_notrace();				\
} while (0)

#define _pcp_protect_return(op, pcp, args...) ({		\
	typeof(pcp) __ppr_ret;					\
	preempt_disable_notrace();				\
	__ppr_ret = (typeof(pcp))op(raw_cpu_ptr(&(pcp)), ##args); \
	preempt_enable_notrace();				\
	__ppr_ret;						\
})

#define this_cpu_read_1(pcp)	_pcp_protect_return(__percpu_read_8, pcp)
#define this_cpu_read_2(pcp)	_pcp_protect_return(__percpu_read_16, pcp)
#define this_cpu_read_4(pcp)	_pcp_protect_return(__percpu_read_32, pcp)
#define this_cpu_read_8(pcp)	_pcp_protect_return(__percpu_read_64, pcp)

#define this_cpu_write_1(pcp, val)	_pcp_protect(__percpu_write_8, pcp, (unsigned long)(val))
#define this_cpu_write_2(pcp, val)	_pcp_protect(__percpu_write_16, pcp, (unsigned long)(val))
#define this_cpu_write_4(pcp, val)	_pcp_protect(__percpu_write_32, pcp, (unsigned long)(val))
#define this_cpu_write_8(pcp, val)	_pcp_protect(__percpu_write_64, pcp, (unsigned long)(val))

#define this_cpu_add_1(pcp, val)	_pcp_protect(__percpu_add_case_8, pcp, val)
#define this_cpu_add_2(pcp, val)	_pcp_protect(__percpu_add_case_16, pcp, val)
#define this_cpu_add_4(pcp, val)	_pcp_protect(__percpu_add_case_32, pcp, val)
#define this_cpu_add_8(pcp, val)	_pcp_protect(__percpu_add_case_64, pcp, val)

#define this_cpu_add_return_1(pcp, val)	_pcp_protect_return(__percpu_add_return_case_8, pcp, val)
#define this_cpu_add_return_2(pcp, val)	_pcp_protect_return(__percpu_add_return_case_16, pcp, val)
#define this_cpu_add_return_4(pcp, val)	_pcp_protect_return(__percpu_add_return_case_32, pcp, val)
#define this_cpu_add_return_8(pcp, val)	_pcp_protect_return(__percpu_add_return_case_64, pcp, val)

#define this_cpu_and_1(pcp, val)	_pcp_protect(__percpu_andnot_case_8, pcp, ~(val))
#define this_cpu_and_2(pcp, val)	_pcp_protect(__percpu_andnot_case_16, pcp, ~(val))
#define this_cpu_and_4(pcp, val)	_pcp_protect(__percpu_andnot_case_32, pcp, ~(val))
#define this_cpu_and_8(pcp, val)	_pcp_protect(__percpu_andnot_case_64, pcp, ~(val))

#define this_cpu_or_1(pcp, val)		_pcp_protect(__percpu_or_case_8, pcp, val)
#define this_cpu_or_2(pcp, val)		_pcp_protect(__percpu_or_case_16, pcp, val)
#define this_cpu_or_4(pcp, val)		_pcp_protect(__percpu_or_case_32, pcp, val)
#define this_cpu_or_8(pcp, val)		_pcp_protect(__percpu_or_case_64, pcp, val)

#define this_cpu_xchg_1(pcp, val)	_pcp_protect_return(arch_xchg_relaxed, pcp, val)
#define this_cpu_xchg_2(pcp, val)	_pcp_protect_return(arch_xchg_relaxed, pcp, val)
#define this_cpu_xchg_4(pcp, val)	_pcp_protect_return(arch_xchg_relaxed, pcp, val)
#define this_cpu_xchg_8(pcp, val)	_pcp_protect_return(arch_xchg_relaxed, pcp, val)

#define this_cpu_cmpxchg_1(pcp, o, n)	_pcp_protect_return(arch_cmpxchg_relaxed, pcp, o, n)
#define this_cpu_cmpxchg_2(pcp, o, n)	_pcp_protect_return(arch_cmpxchg_relaxed, pcp, o, n)
#define this_cpu_cmpxchg_4(pcp, o, n)	_pcp_protect_return(arch_cmpxchg_relaxed, pcp, o, n)
#define this_cpu_cmpxchg_8(pcp, o, n)	_pcp_protect_return(arch_cmpxchg_relaxed, pcp, o, n)
#define this_cpu_cmpxchg64(pcp, o, n)	this_cpu_cmpxchg_8(pcp, o, n)

#define this_cpu_cmpxchg128(pcp, o, n) ({				\
	u128 __tc128_ret;						\
	preempt_disable_notrace();					\
	__tc128_ret = arch_cmpxchg128((u128 *)raw_cpu_ptr(&(pcp)), o, n); \
	preempt_enable_notrace();					\
	__tc128_ret;							\
})

#include <asm-generic/percpu.h>

/* Which CPU this is; raw_smp_processor_id() reads thread_info.cpu, early code and assembly this. */
DECLARE_PER_CPU_READ_MOSTLY(int, cpu_number);

#endif /* _ASM_PERCPU_H */
