/* SPDX-License-Identifier: MIT */
/*
 * Per-CPU variables through gs. The linker places .data..percpu at address 0,
 * so the address of a variable is its offset in any CPU's area, and the gs base
 * is where the area of this CPU lies: one instruction reads or changes it, and
 * no interrupt or migration can come between finding the address and using it.
 *
 * raw_cpu_*() are the same instructions: cheaper ones don't exist here.
 */
#ifndef _ASM_X86_PERCPU_H
#define _ASM_X86_PERCPU_H

#ifndef __ASSEMBLY__
#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define __percpu_arg(x)		"%%gs:%" #x

#define __my_cpu_offset		this_cpu_read(this_cpu_off)

/* The address in this CPU's area: the offset plus the base kept in the area itself. */
#define arch_raw_cpu_ptr(_ptr)						\
({									\
	unsigned long __tcp = __my_cpu_offset;				\
									\
	__tcp += (unsigned long)(_ptr);					\
	(typeof(*(_ptr)) __kernel __force *)__tcp;			\
})

/* Any scalar or pointer as an unsigned integer of N bits, and back. */
#define __pcpu_uint(bits, val)	((u##bits)(((unsigned long)(val)) & (u##bits)~0ul))
#define __pcpu_back(_var, val)	((typeof(_var))(unsigned long)(val))

/*
 * What the sizes differ in: bits, suffix of an instruction, modifier of an operand, constraint of a
 * register, and of a register or immediate. The macros below take one of these as five arguments,
 * for which it has to be expanded before: hence the door in front of each.
 */
#define __PCPU_1	8, "b", "b", "q", "qi"
#define __PCPU_2	16, "w", "w", "r", "ri"
#define __PCPU_4	32, "l", "k", "r", "ri"
#define __PCPU_8	64, "q", "q", "r", "re"

#define __pcpu_read(...)	__pcpu_do_read(__VA_ARGS__)
#define __pcpu_write(...)	__pcpu_do_write(__VA_ARGS__)
#define __pcpu_binop(...)	__pcpu_do_binop(__VA_ARGS__)
#define __pcpu_add_return(...)	__pcpu_do_add_return(__VA_ARGS__)
#define __pcpu_xchg(...)	__pcpu_do_xchg(__VA_ARGS__)
#define __pcpu_cmpxchg(...)	__pcpu_do_cmpxchg(__VA_ARGS__)
#define __pcpu_try_cmpxchg(...)	__pcpu_do_try_cmpxchg(__VA_ARGS__)

#define __pcpu_do_read(qual, bits, suf, mod, reg, imm, _var)			\
({										\
	u##bits __pv;								\
										\
	asm qual ("mov" suf " " __percpu_arg([v]) ", %" mod "[r]"		\
		  : [r] "=" reg (__pv) : [v] "m" (_var));			\
	__pcpu_back(_var, __pv);						\
})

#define __pcpu_do_write(qual, bits, suf, mod, reg, imm, _var, _val)		\
do {										\
	u##bits __pv = __pcpu_uint(bits, _val);					\
	if (0) {								\
		typeof(_var) __ptype __maybe_unused;				\
		__ptype = (_val);						\
		(void)__ptype;							\
	}									\
	asm qual ("mov" suf " %" mod "[n], " __percpu_arg([v])			\
		  : [v] "=m" (_var) : [n] imm (__pv));				\
} while (0)

#define __pcpu_do_binop(qual, bits, suf, mod, reg, imm, insn, _var, _val)	\
do {										\
	u##bits __pv = __pcpu_uint(bits, _val);					\
										\
	asm qual (insn suf " %" mod "[n], " __percpu_arg([v])			\
		  : [v] "+m" (_var) : [n] imm (__pv) : "cc");			\
} while (0)

#define __pcpu_do_add_return(qual, bits, suf, mod, reg, imm, _var, _val)	\
({										\
	u##bits __pinc = __pcpu_uint(bits, _val);				\
	u##bits __pold = __pinc;						\
										\
	asm qual ("xadd" suf " %" mod "[t], " __percpu_arg([v])			\
		  : [t] "+" reg (__pold), [v] "+m" (_var) : : "memory", "cc");	\
	__pcpu_back(_var, (u##bits)(__pold + __pinc));				\
})

/*
 * xchg with memory locks the bus by itself, which a per-CPU variable has no
 * use for: a loop of unlocked compare-and-exchange is cheaper.
 */
#define __pcpu_do_xchg(qual, bits, suf, mod, reg, imm, _var, _val)		\
({										\
	u##bits __pnew = __pcpu_uint(bits, _val);				\
	u##bits __pold = __pcpu_uint(bits, raw_cpu_read(_var));			\
	bool __pok;								\
										\
	do {									\
		asm qual ("cmpxchg" suf " %" mod "[n], " __percpu_arg([v])	\
			  : "=@ccz" (__pok), "+a" (__pold), [v] "+m" (_var)	\
			  : [n] reg (__pnew) : "memory");			\
	} while (unlikely(!__pok));						\
	__pcpu_back(_var, __pold);						\
})

#define __pcpu_do_cmpxchg(qual, bits, suf, mod, reg, imm, _var, _old, _new)	\
({										\
	u##bits __pold = __pcpu_uint(bits, _old);				\
	u##bits __pnew = __pcpu_uint(bits, _new);				\
										\
	asm qual ("cmpxchg" suf " %" mod "[n], " __percpu_arg([v])		\
		  : "+a" (__pold), [v] "+m" (_var)				\
		  : [n] reg (__pnew) : "memory", "cc");				\
	__pcpu_back(_var, __pold);						\
})

#define __pcpu_do_try_cmpxchg(qual, bits, suf, mod, reg, imm, _var, _ovalp, _new)	\
({										\
	u##bits *__poldp = (u##bits *)(_ovalp);					\
	u##bits __pold = *__poldp;						\
	u##bits __pnew = __pcpu_uint(bits, _new);				\
	bool __pok;								\
										\
	asm qual ("cmpxchg" suf " %" mod "[n], " __percpu_arg([v])		\
		  : "=@ccz" (__pok), "+a" (__pold), [v] "+m" (_var)		\
		  : [n] reg (__pnew) : "memory");				\
	if (unlikely(!__pok))							\
		*__poldp = __pold;						\
	likely(__pok);								\
})

/*
 * Not volatile: the compiler may keep the value in a register. Only for what
 * stays the same for as long as a task runs, whatever CPU it is on.
 */
#define this_cpu_read_stable_4(pcp) __pcpu_read_stable(32, "movl", "k", pcp)
#define this_cpu_read_stable_8(pcp) __pcpu_read_stable(64, "movq", "q", pcp)
#define __pcpu_read_stable(bits, insn, mod, _var)			\
({									\
	u##bits __pv;							\
									\
	asm(insn " %%gs:%P[v], %" mod "[r]" : [r] "=r" (__pv) : [v] "p" (&(_var)));	\
	__pcpu_back(_var, __pv);					\
})
#define this_cpu_read_stable(pcp)					\
({									\
	static_assert(sizeof(pcp) == 8);				\
	this_cpu_read_stable_8(pcp);					\
})

#define raw_cpu_read_1(pcp)			__pcpu_read(, __PCPU_1, pcp)
#define raw_cpu_write_1(pcp, val)		__pcpu_write(, __PCPU_1, pcp, val)
#define raw_cpu_add_1(pcp, val)			__pcpu_binop(, __PCPU_1, "add", pcp, val)
#define raw_cpu_and_1(pcp, val)			__pcpu_binop(, __PCPU_1, "and", pcp, val)
#define raw_cpu_or_1(pcp, val)			__pcpu_binop(, __PCPU_1, "or", pcp, val)
#define raw_cpu_add_return_1(pcp, val)		__pcpu_add_return(, __PCPU_1, pcp, val)
#define raw_cpu_xchg_1(pcp, val)		__pcpu_xchg(, __PCPU_1, pcp, val)
#define raw_cpu_cmpxchg_1(pcp, old, new)	__pcpu_cmpxchg(, __PCPU_1, pcp, old, new)
#define raw_cpu_try_cmpxchg_1(pcp, ovalp, new)	__pcpu_try_cmpxchg(, __PCPU_1, pcp, ovalp, new)

#define raw_cpu_read_2(pcp)			__pcpu_read(, __PCPU_2, pcp)
#define raw_cpu_write_2(pcp, val)		__pcpu_write(, __PCPU_2, pcp, val)
#define raw_cpu_add_2(pcp, val)			__pcpu_binop(, __PCPU_2, "add", pcp, val)
#define raw_cpu_and_2(pcp, val)			__pcpu_binop(, __PCPU_2, "and", pcp, val)
#define raw_cpu_or_2(pcp, val)			__pcpu_binop(, __PCPU_2, "or", pcp, val)
#define raw_cpu_add_return_2(pcp, val)		__pcpu_add_return(, __PCPU_2, pcp, val)
#define raw_cpu_xchg_2(pcp, val)		__pcpu_xchg(, __PCPU_2, pcp, val)
#define raw_cpu_cmpxchg_2(pcp, old, new)	__pcpu_cmpxchg(, __PCPU_2, pcp, old, new)
#define raw_cpu_try_cmpxchg_2(pcp, ovalp, new)	__pcpu_try_cmpxchg(, __PCPU_2, pcp, ovalp, new)

#define raw_cpu_read_4(pcp)			__pcpu_read(, __PCPU_4, pcp)
#define raw_cpu_write_4(pcp, val)		__pcpu_write(, __PCPU_4, pcp, val)
#define raw_cpu_add_4(pcp, val)			__pcpu_binop(, __PCPU_4, "add", pcp, val)
#define raw_cpu_and_4(pcp, val)			__pcpu_binop(, __PCPU_4, "and", pcp, val)
#define raw_cpu_or_4(pcp, val)			__pcpu_binop(, __PCPU_4, "or", pcp, val)
#define raw_cpu_add_return_4(pcp, val)		__pcpu_add_return(, __PCPU_4, pcp, val)
#define raw_cpu_xchg_4(pcp, val)		__pcpu_xchg(, __PCPU_4, pcp, val)
#define raw_cpu_cmpxchg_4(pcp, old, new)	__pcpu_cmpxchg(, __PCPU_4, pcp, old, new)
#define raw_cpu_try_cmpxchg_4(pcp, ovalp, new)	__pcpu_try_cmpxchg(, __PCPU_4, pcp, ovalp, new)

#define raw_cpu_read_8(pcp)			__pcpu_read(, __PCPU_8, pcp)
#define raw_cpu_write_8(pcp, val)		__pcpu_write(, __PCPU_8, pcp, val)
#define raw_cpu_add_8(pcp, val)			__pcpu_binop(, __PCPU_8, "add", pcp, val)
#define raw_cpu_and_8(pcp, val)			__pcpu_binop(, __PCPU_8, "and", pcp, val)
#define raw_cpu_or_8(pcp, val)			__pcpu_binop(, __PCPU_8, "or", pcp, val)
#define raw_cpu_add_return_8(pcp, val)		__pcpu_add_return(, __PCPU_8, pcp, val)
#define raw_cpu_xchg_8(pcp, val)		__pcpu_xchg(, __PCPU_8, pcp, val)
#define raw_cpu_cmpxchg_8(pcp, old, new)	__pcpu_cmpxchg(, __PCPU_8, pcp, old, new)
#define raw_cpu_try_cmpxchg_8(pcp, ovalp, new)	__pcpu_try_cmpxchg(, __PCPU_8, pcp, ovalp, new)

#define raw_cpu_cmpxchg64(pcp, old, new)	raw_cpu_cmpxchg_8(pcp, old, new)
#define raw_cpu_try_cmpxchg64(pcp, ovalp, new)	raw_cpu_try_cmpxchg_8(pcp, ovalp, new)

#define this_cpu_read_1(pcp)			__pcpu_read(volatile, __PCPU_1, pcp)
#define this_cpu_write_1(pcp, val)		__pcpu_write(volatile, __PCPU_1, pcp, val)
#define this_cpu_add_1(pcp, val)		__pcpu_binop(volatile, __PCPU_1, "add", pcp, val)
#define this_cpu_and_1(pcp, val)		__pcpu_binop(volatile, __PCPU_1, "and", pcp, val)
#define this_cpu_or_1(pcp, val)			__pcpu_binop(volatile, __PCPU_1, "or", pcp, val)
#define this_cpu_add_return_1(pcp, val)		__pcpu_add_return(volatile, __PCPU_1, pcp, val)
#define this_cpu_xchg_1(pcp, val)		__pcpu_xchg(volatile, __PCPU_1, pcp, val)
#define this_cpu_cmpxchg_1(pcp, old, new)	__pcpu_cmpxchg(volatile, __PCPU_1, pcp, old, new)
#define this_cpu_try_cmpxchg_1(pcp, ovalp, new)	\
	__pcpu_try_cmpxchg(volatile, __PCPU_1, pcp, ovalp, new)

#define this_cpu_read_2(pcp)			__pcpu_read(volatile, __PCPU_2, pcp)
#define this_cpu_write_2(pcp, val)		__pcpu_write(volatile, __PCPU_2, pcp, val)
#define this_cpu_add_2(pcp, val)		__pcpu_binop(volatile, __PCPU_2, "add", pcp, val)
#define this_cpu_and_2(pcp, val)		__pcpu_binop(volatile, __PCPU_2, "and", pcp, val)
#define this_cpu_or_2(pcp, val)			__pcpu_binop(volatile, __PCPU_2, "or", pcp, val)
#define this_cpu_add_return_2(pcp, val)		__pcpu_add_return(volatile, __PCPU_2, pcp, val)
#define this_cpu_xchg_2(pcp, val)		__pcpu_xchg(volatile, __PCPU_2, pcp, val)
#define this_cpu_cmpxchg_2(pcp, old, new)	__pcpu_cmpxchg(volatile, __PCPU_2, pcp, old, new)
#define this_cpu_try_cmpxchg_2(pcp, ovalp, new)	\
	__pcpu_try_cmpxchg(volatile, __PCPU_2, pcp, ovalp, new)

#define this_cpu_read_4(pcp)			__pcpu_read(volatile, __PCPU_4, pcp)
#define this_cpu_write_4(pcp, val)		__pcpu_write(volatile, __PCPU_4, pcp, val)
#define this_cpu_add_4(pcp, val)		__pcpu_binop(volatile, __PCPU_4, "add", pcp, val)
#define this_cpu_and_4(pcp, val)		__pcpu_binop(volatile, __PCPU_4, "and", pcp, val)
#define this_cpu_or_4(pcp, val)			__pcpu_binop(volatile, __PCPU_4, "or", pcp, val)
#define this_cpu_add_return_4(pcp, val)		__pcpu_add_return(volatile, __PCPU_4, pcp, val)
#define this_cpu_xchg_4(pcp, val)		__pcpu_xchg(volatile, __PCPU_4, pcp, val)
#define this_cpu_cmpxchg_4(pcp, old, new)	__pcpu_cmpxchg(volatile, __PCPU_4, pcp, old, new)
#define this_cpu_try_cmpxchg_4(pcp, ovalp, new)	\
	__pcpu_try_cmpxchg(volatile, __PCPU_4, pcp, ovalp, new)

/*
 * One instruction finds this CPU's copy and adds to it: no interrupt, no NMI and no move to another
 * CPU can come in between.
 */
#define arch_this_cpu_inc_is_atomic

#define this_cpu_read_8(pcp)			__pcpu_read(volatile, __PCPU_8, pcp)
#define this_cpu_write_8(pcp, val)		__pcpu_write(volatile, __PCPU_8, pcp, val)
#define this_cpu_add_8(pcp, val)		__pcpu_binop(volatile, __PCPU_8, "add", pcp, val)
#define this_cpu_and_8(pcp, val)		__pcpu_binop(volatile, __PCPU_8, "and", pcp, val)
#define this_cpu_or_8(pcp, val)			__pcpu_binop(volatile, __PCPU_8, "or", pcp, val)
#define this_cpu_add_return_8(pcp, val)		__pcpu_add_return(volatile, __PCPU_8, pcp, val)
#define this_cpu_xchg_8(pcp, val)		__pcpu_xchg(volatile, __PCPU_8, pcp, val)
#define this_cpu_cmpxchg_8(pcp, old, new)	__pcpu_cmpxchg(volatile, __PCPU_8, pcp, old, new)
#define this_cpu_try_cmpxchg_8(pcp, ovalp, new)	\
	__pcpu_try_cmpxchg(volatile, __PCPU_8, pcp, ovalp, new)

#define this_cpu_cmpxchg64(pcp, old, new)	this_cpu_cmpxchg_8(pcp, old, new)
#define this_cpu_try_cmpxchg64(pcp, ovalp, new)	this_cpu_try_cmpxchg_8(pcp, ovalp, new)

/* Two adjacent words exchanged as one, for the allocator's fast path. */
#define __pcpu_cmpxchg128(qual, _var, _old, _new)			\
({									\
	union {								\
		u128 full;						\
		struct {						\
			u64 low, high;					\
		};							\
	} __o = { .full = (_old) }, __n = { .full = (_new) };		\
									\
	asm qual ("cmpxchg16b " __percpu_arg([v])			\
		  : [v] "+m" (_var), "+a" (__o.low), "+d" (__o.high)	\
		  : "b" (__n.low), "c" (__n.high) : "memory", "cc");	\
	__o.full;							\
})
#define this_cpu_cmpxchg128(pcp, old, new)	__pcpu_cmpxchg128(volatile, pcp, old, new)
#define raw_cpu_cmpxchg128(pcp, old, new)	__pcpu_cmpxchg128(, pcp, old, new)
#define this_cpu_try_cmpxchg128(pcp, ovalp, new)			\
({									\
	u128 *__po128 = (ovalp);					\
	u128 __was128 = *__po128;					\
									\
	*__po128 = this_cpu_cmpxchg128(pcp, __was128, new);		\
	*__po128 == __was128;						\
})

#include <asm-generic/percpu.h>

/* Base of this CPU's area, kept in it so that a pointer can be made. */
DECLARE_PER_CPU_READ_MOSTLY(unsigned long, this_cpu_off);

/*
 * Variables that boot code fills before the areas exist. The boot CPU writes
 * the initial image, which is then copied; so plain per-CPU storage does.
 */
#define DECLARE_EARLY_PER_CPU_READ_MOSTLY(type, name)	DECLARE_PER_CPU_READ_MOSTLY(type, name)
#define DEFINE_EARLY_PER_CPU_READ_MOSTLY(type, name, init)	\
	DEFINE_PER_CPU_READ_MOSTLY(type, name) = init
#define early_per_cpu(name, cpu)	per_cpu(name, cpu)

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_PERCPU_H */
