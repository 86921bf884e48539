/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

/*
 * Per-CPU variables: definition, declaration and the typed accessors.
 *
 * Each variable lies once in the section .data..percpu; at boot every CPU gets
 * a copy of that section. A `__percpu` pointer is the address in the section,
 * not a usable one: per_cpu_ptr() adds the CPU's offset, raw_cpu_ptr() that of
 * the CPU we are on, and this_cpu_*() operate on the own copy in one step that
 * neither preemption nor an interrupt can split.
 *
 *   raw_cpu_*    no check, may be split: the caller excludes both, or doesn't care
 *   __this_cpu_* the same, checked with DEBUG_PREEMPT
 *   this_cpu_*   safe against preemption and interrupts
 */
#include <linux/compiler.h>

#ifndef PER_CPU_BASE_SECTION
#define PER_CPU_BASE_SECTION ".data..percpu"
#endif
#ifndef PER_CPU_ATTRIBUTES
#define PER_CPU_ATTRIBUTES
#endif

#define __PCPU_ATTRS(sec)						\
	__percpu __attribute__((section(PER_CPU_BASE_SECTION sec))) PER_CPU_ATTRIBUTES
#define __PCPU_DUMMY_ATTRS						\
	__section(".discard") __attribute__((unused))

#define DECLARE_PER_CPU_SECTION(type, name, sec)			\
	extern __PCPU_ATTRS(sec) __typeof__(type) name
#define DEFINE_PER_CPU_SECTION(type, name, sec)				\
	__PCPU_ATTRS(sec) __typeof__(type) name

/** DECLARE_PER_CPU - a variable of which each CPU has its own, defined elsewhere */
#define DECLARE_PER_CPU(type, name)	DECLARE_PER_CPU_SECTION(type, name, "")
/** DEFINE_PER_CPU - a variable of which each CPU has its own */
#define DEFINE_PER_CPU(type, name)	DEFINE_PER_CPU_SECTION(type, name, "")
/* What has to be at the very start of the area. */
#define DECLARE_PER_CPU_FIRST(type, name) DECLARE_PER_CPU_SECTION(type, name, "..first")
#define DEFINE_PER_CPU_FIRST(type, name) DEFINE_PER_CPU_SECTION(type, name, "..first")
/* What other CPUs write as well, on cache lines of its own. */
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name)			\
	DECLARE_PER_CPU_SECTION(type, name, "..shared_aligned") ____cacheline_aligned_in_smp
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name)			\
	DEFINE_PER_CPU_SECTION(type, name, "..shared_aligned") ____cacheline_aligned_in_smp
#define DECLARE_PER_CPU_ALIGNED(type, name)				\
	DECLARE_PER_CPU_SECTION(type, name, "..shared_aligned") ____cacheline_aligned
#define DEFINE_PER_CPU_ALIGNED(type, name)				\
	DEFINE_PER_CPU_SECTION(type, name, "..shared_aligned") ____cacheline_aligned
#define DECLARE_PER_CPU_PAGE_ALIGNED(type, name)			\
	DECLARE_PER_CPU_SECTION(type, name, "..page_aligned") __aligned(PAGE_SIZE)
#define DEFINE_PER_CPU_PAGE_ALIGNED(type, name)				\
	DEFINE_PER_CPU_SECTION(type, name, "..page_aligned") __aligned(PAGE_SIZE)
#define DECLARE_PER_CPU_READ_MOSTLY(type, name)				\
	DECLARE_PER_CPU_SECTION(type, name, "..read_mostly")
#define DEFINE_PER_CPU_READ_MOSTLY(type, name)				\
	DEFINE_PER_CPU_SECTION(type, name, "..read_mostly")

#ifdef __CHECKER__
/* EXPORT_SYMBOL() declares the symbol again, and sparse then forgets its address space. */
#define EXPORT_PER_CPU_SYMBOL(var)
#define EXPORT_PER_CPU_SYMBOL_GPL(var)
#else
#define EXPORT_PER_CPU_SYMBOL(var)	EXPORT_SYMBOL(var)
#define EXPORT_PER_CPU_SYMBOL_GPL(var)	EXPORT_SYMBOL(var)
#endif

#ifndef __ASSEMBLY__

/* Stops the build if @ptr is no per-CPU pointer, as far as sparse can tell. */
#define __verify_pcpu_ptr(ptr)						\
do {									\
	const void __percpu *__vpp_verify = (typeof((ptr) + 0))NULL;	\
	(void)__vpp_verify;						\
} while (0)

#define PERCPU_PTR(__p)		((typeof(*(__p)) __kernel __force *)((__force unsigned long)(__p)))
#define SHIFT_PERCPU_PTR(__p, __offset)					\
	RELOC_HIDE(PERCPU_PTR(__p), (__offset))

/**
 * per_cpu_ptr - a CPU's copy of what alloc_percpu() gave
 *
 * Context: any. What keeps others from it is the caller's affair.
 */
#define per_cpu_ptr(ptr, cpu)						\
({									\
	__verify_pcpu_ptr(ptr);						\
	SHIFT_PERCPU_PTR((ptr), per_cpu_offset((cpu)));			\
})

/** raw_cpu_ptr - this_cpu_ptr() that doesn't look whether the caller could be moved */
#define raw_cpu_ptr(ptr)						\
({									\
	__verify_pcpu_ptr(ptr);						\
	arch_raw_cpu_ptr(ptr);						\
})
#ifdef CONFIG_DEBUG_PREEMPT

/** this_cpu_ptr - this CPU's copy. Context: preemption off, or a thread bound to the CPU */
#define this_cpu_ptr(ptr)						\
({									\
	__verify_pcpu_ptr(ptr);						\
	SHIFT_PERCPU_PTR(ptr, my_cpu_offset);				\
})
#else
#define this_cpu_ptr(ptr)	raw_cpu_ptr(ptr)
#endif

/** per_cpu - a CPU's copy of a DEFINE_PER_CPU() variable */
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
/** get_cpu_var - this CPU's copy, with preemption off until put_cpu_var() */
#define get_cpu_var(var)						\
(*({									\
	preempt_disable();						\
	this_cpu_ptr(&var);						\
}))

/** put_cpu_var - end get_cpu_var() */
#define put_cpu_var(var)						\
do {									\
	(void)&(var);							\
	preempt_enable();						\
} while (0)

/** get_cpu_ptr - this_cpu_ptr(), with preemption off until put_cpu_ptr() */
#define get_cpu_ptr(var)						\
({									\
	preempt_disable();						\
	this_cpu_ptr(var);						\
})

/** put_cpu_ptr - end get_cpu_ptr() */
#define put_cpu_ptr(var)						\
do {									\
	(void)(var);							\
	preempt_enable();						\
} while (0)

void __bad_size_call_parameter(void);
#ifdef CONFIG_DEBUG_PREEMPT
void __this_cpu_preempt_check(const char *op);
#else
static __always_inline void __this_cpu_preempt_check(const char *op) { (void)op; }
#endif

/* Picks stem1, stem2, stem4 or stem8 by the size of the variable. */
#define __pcpu_size_call_return(stem, variable)				\
({									\
	typeof(variable) pscr_ret__;					\
	__verify_pcpu_ptr(&(variable));					\
	switch (sizeof(variable)) {					\
	case 1: pscr_ret__ = stem##1(variable); break;			\
	case 2: pscr_ret__ = stem##2(variable); break;			\
	case 4: pscr_ret__ = stem##4(variable); break;			\
	case 8: pscr_ret__ = stem##8(variable); break;			\
	default: __bad_size_call_parameter(); break;			\
	}								\
	pscr_ret__;							\
})
/*
 * With arguments. Not the same macro: a machine may read within an exchange, and a macro isn't
 * expanded within itself.
 */
#define __pcpu_size_call_return2(stem, variable, ...)			\
({									\
	typeof(variable) pscr2_ret__;					\
	__verify_pcpu_ptr(&(variable));					\
	switch (sizeof(variable)) {					\
	case 1: pscr2_ret__ = stem##1(variable, __VA_ARGS__); break;	\
	case 2: pscr2_ret__ = stem##2(variable, __VA_ARGS__); break;	\
	case 4: pscr2_ret__ = stem##4(variable, __VA_ARGS__); break;	\
	case 8: pscr2_ret__ = stem##8(variable, __VA_ARGS__); break;	\
	default: __bad_size_call_parameter(); break;			\
	}								\
	pscr2_ret__;							\
})
#define __pcpu_size_call_return2bool(stem, variable, ...)		\
({									\
	bool pscr2_ret__ = false;					\
	__verify_pcpu_ptr(&(variable));					\
	switch (sizeof(variable)) {					\
	case 1: pscr2_ret__ = stem##1(variable, __VA_ARGS__); break;	\
	case 2: pscr2_ret__ = stem##2(variable, __VA_ARGS__); break;	\
	case 4: pscr2_ret__ = stem##4(variable, __VA_ARGS__); break;	\
	case 8: pscr2_ret__ = stem##8(variable, __VA_ARGS__); break;	\
	default: __bad_size_call_parameter(); break;			\
	}								\
	pscr2_ret__;							\
})
#define __pcpu_size_call(stem, variable, ...)				\
do {									\
	__verify_pcpu_ptr(&(variable));					\
	switch (sizeof(variable)) {					\
	case 1: stem##1(variable, __VA_ARGS__); break;			\
	case 2: stem##2(variable, __VA_ARGS__); break;			\
	case 4: stem##4(variable, __VA_ARGS__); break;			\
	case 8: stem##8(variable, __VA_ARGS__); break;			\
	default: __bad_size_call_parameter(); break;			\
	}								\
} while (0)

/**
 * raw_cpu_read - this CPU's copy; the raw_ forms guard against nothing: not preemption, not
 * interrupts
 */
#define raw_cpu_read(pcp)		__pcpu_size_call_return(raw_cpu_read_, pcp)
#define raw_cpu_write(pcp, val)		__pcpu_size_call(raw_cpu_write_, pcp, val)
#define raw_cpu_add(pcp, val)		__pcpu_size_call(raw_cpu_add_, pcp, val)
#define raw_cpu_and(pcp, val)		__pcpu_size_call(raw_cpu_and_, pcp, val)
#define raw_cpu_or(pcp, val)		__pcpu_size_call(raw_cpu_or_, pcp, val)
#define raw_cpu_add_return(pcp, val)	__pcpu_size_call_return2(raw_cpu_add_return_, pcp, val)
#define raw_cpu_xchg(pcp, nval)		__pcpu_size_call_return2(raw_cpu_xchg_, pcp, nval)
#define raw_cpu_cmpxchg(pcp, oval, nval) __pcpu_size_call_return2(raw_cpu_cmpxchg_, pcp, oval, nval)
#define raw_cpu_try_cmpxchg(pcp, ovalp, nval) \
	__pcpu_size_call_return2bool(raw_cpu_try_cmpxchg_, pcp, ovalp, nval)
#define raw_cpu_sub(pcp, val)		raw_cpu_add(pcp, -(val))
#define raw_cpu_inc(pcp)		raw_cpu_add(pcp, 1)
#define raw_cpu_dec(pcp)		raw_cpu_sub(pcp, 1)
#define raw_cpu_sub_return(pcp, val)	raw_cpu_add_return(pcp, -(typeof(pcp))(val))
#define raw_cpu_inc_return(pcp)		raw_cpu_add_return(pcp, 1)
#define raw_cpu_dec_return(pcp)		raw_cpu_add_return(pcp, -1)

/**
 * __this_cpu_read - this CPU's copy; the __ forms are for callers that stay on their CPU, and check
 * it
 */
#define __this_cpu_read(pcp)						\
	({ __this_cpu_preempt_check("read"); raw_cpu_read(pcp); })
#define __this_cpu_write(pcp, val)					\
	({ __this_cpu_preempt_check("write"); raw_cpu_write(pcp, val); })
#define __this_cpu_add(pcp, val)					\
	({ __this_cpu_preempt_check("add"); raw_cpu_add(pcp, val); })
#define __this_cpu_and(pcp, val)					\
	({ __this_cpu_preempt_check("and"); raw_cpu_and(pcp, val); })
#define __this_cpu_or(pcp, val)						\
	({ __this_cpu_preempt_check("or"); raw_cpu_or(pcp, val); })
#define __this_cpu_add_return(pcp, val)					\
	({ __this_cpu_preempt_check("add_return"); raw_cpu_add_return(pcp, val); })
#define __this_cpu_xchg(pcp, nval)					\
	({ __this_cpu_preempt_check("xchg"); raw_cpu_xchg(pcp, nval); })
#define __this_cpu_cmpxchg(pcp, oval, nval)				\
	({ __this_cpu_preempt_check("cmpxchg"); raw_cpu_cmpxchg(pcp, oval, nval); })
#define __this_cpu_sub(pcp, val)	__this_cpu_add(pcp, -(typeof(pcp))(val))
#define __this_cpu_inc(pcp)		__this_cpu_add(pcp, 1)
#define __this_cpu_dec(pcp)		__this_cpu_sub(pcp, 1)
#define __this_cpu_sub_return(pcp, val)	__this_cpu_add_return(pcp, -(typeof(pcp))(val))
#define __this_cpu_inc_return(pcp)	__this_cpu_add_return(pcp, 1)
#define __this_cpu_dec_return(pcp)	__this_cpu_add_return(pcp, -1)

/**
 * this_cpu_read - this CPU's copy; these forms are one step, whatever interrupts or moves the task
 *
 * Context: any
 */
#define this_cpu_read(pcp)		__pcpu_size_call_return(this_cpu_read_, pcp)
#define this_cpu_write(pcp, val)	__pcpu_size_call(this_cpu_write_, pcp, val)
#define this_cpu_add(pcp, val)		__pcpu_size_call(this_cpu_add_, pcp, val)
#define this_cpu_and(pcp, val)		__pcpu_size_call(this_cpu_and_, pcp, val)
#define this_cpu_or(pcp, val)		__pcpu_size_call(this_cpu_or_, pcp, val)
#define this_cpu_add_return(pcp, val)	__pcpu_size_call_return2(this_cpu_add_return_, pcp, val)
#define this_cpu_xchg(pcp, nval)	__pcpu_size_call_return2(this_cpu_xchg_, pcp, nval)
#define this_cpu_cmpxchg(pcp, oval, nval) \
	__pcpu_size_call_return2(this_cpu_cmpxchg_, pcp, oval, nval)
#define this_cpu_try_cmpxchg(pcp, ovalp, nval) \
	__pcpu_size_call_return2bool(this_cpu_try_cmpxchg_, pcp, ovalp, nval)
#define this_cpu_sub(pcp, val)		this_cpu_add(pcp, -(typeof(pcp))(val))
#define this_cpu_inc(pcp)		this_cpu_add(pcp, 1)
#define this_cpu_dec(pcp)		this_cpu_sub(pcp, 1)
#define this_cpu_sub_return(pcp, val)	this_cpu_add_return(pcp, -(typeof(pcp))(val))
#define this_cpu_inc_return(pcp)	this_cpu_add_return(pcp, 1)
#define this_cpu_dec_return(pcp)	this_cpu_add_return(pcp, -1)

#endif /* !__ASSEMBLY__ */

#endif /* _LINUX_PERCPU_DEFS_H */
