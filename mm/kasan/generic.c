// SPDX-License-Identifier: MIT
/*
 * KASAN: reading the shadow. Everything that the compiler calls is here.
 *
 * Before each access the compiler calls __asan_load8_noabort(addr) or the like. Nearly always the
 * shadow byte is zero and the check is one load and a branch; the rest decides about the partly
 * accessible last granule of an object.
 */

#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/types.h>

#include "kasan.h"

bool kasan_ready __read_mostly;

/* The signed shadow byte of an address. */
static __always_inline s8 shadow_of(unsigned long addr)
{
	return *(s8 *)kasan_mem_to_shadow((void *)addr);
}

static __always_inline bool byte_is_poisoned(unsigned long addr)
{
	s8 value = shadow_of(addr);

	/* 1 to 7: so many bytes are good; a negative value is less than any offset. */
	return unlikely(value) && (s8)(addr & KASAN_GRANULE_MASK) >= value;
}

/* Up to eight bytes touch two granules at most; the first must be good to its end then. */
static __always_inline bool small_is_poisoned(unsigned long addr, size_t size)
{
	unsigned long last = addr + size - 1;

	if (unlikely((last & KASAN_GRANULE_MASK) < size - 1))
		return shadow_of(addr) || byte_is_poisoned(last);
	return byte_is_poisoned(last);
}

static bool range_is_poisoned(unsigned long addr, size_t size)
{
	unsigned long last = addr + size - 1;
	s8 *shadow = kasan_mem_to_shadow((void *)addr);
	s8 *end = kasan_mem_to_shadow((void *)last);

	for (; shadow < end && ((unsigned long)shadow & 7); shadow++)
		if (*shadow)
			return true;
	for (; shadow + 8 <= end; shadow += 8)
		if (*(u64 *)shadow)
			return true;
	for (; shadow < end; shadow++)
		if (*shadow)
			return true;
	return byte_is_poisoned(last);
}

static __always_inline bool check_inline(const void *ptr, size_t size, bool write,
					 unsigned long ip)
{
	unsigned long addr = (unsigned long)ptr;
	bool bad;

	if (unlikely(!kasan_ready || !size))
		return true;
	if (unlikely(addr + size < addr || !addr_has_shadow(ptr)))
		return !kasan_report(ptr, size, write, ip);
	if (__builtin_constant_p(size) && size <= 8)
		bad = small_is_poisoned(addr, size);
	else
		bad = range_is_poisoned(addr, size);
	return likely(!bad) || !kasan_report(ptr, size, write, ip);
}

/**
 * kasan_check_range() - may a range be accessed?
 * @addr: first byte
 * @size: bytes
 * @write: how
 * @ip: who wants to know
 *
 * Return: false after a report.
 */
bool kasan_check_range(const void *addr, size_t size, bool write, unsigned long ip)
{
	return check_inline(addr, size, write, ip);
}

/**
 * __kasan_check_read() - code that the compiler doesn't see will read: report if it may not
 * @p: from where
 * @size: bytes
 *
 * Return: whether it may.
 */
bool __kasan_check_read(const volatile void *p, unsigned int size)
{
	return kasan_check_range((const void *)p, size, false, _RET_IP_);
}

/**
 * __kasan_check_write() - code that the compiler doesn't see will write: report if it may not
 * @p: where
 * @size: bytes
 *
 * Return: whether it may.
 */
bool __kasan_check_write(const volatile void *p, unsigned int size)
{
	return kasan_check_range((const void *)p, size, true, _RET_IP_);
}

/* Without a report. */
bool kasan_byte_accessible(const void *addr)
{
	return !byte_is_poisoned((unsigned long)addr);
}

/* ---- accesses; the names are the compiler's ---- */

#define DEFINE_ASAN_LOAD_STORE(size)					\
void __asan_load##size(void *addr);					\
void __asan_load##size(void *addr)					\
{									\
	check_inline(addr, size, false, _RET_IP_);			\
}									\
void __asan_load##size##_noabort(void *addr) __alias(__asan_load##size); \
void __asan_store##size(void *addr);					\
void __asan_store##size(void *addr)					\
{									\
	check_inline(addr, size, true, _RET_IP_);			\
}									\
void __asan_store##size##_noabort(void *addr) __alias(__asan_store##size)

DEFINE_ASAN_LOAD_STORE(1);
DEFINE_ASAN_LOAD_STORE(2);
DEFINE_ASAN_LOAD_STORE(4);
DEFINE_ASAN_LOAD_STORE(8);
DEFINE_ASAN_LOAD_STORE(16);

void __asan_loadN(void *addr, ssize_t size);

/** __asan_loadN() - the compiler's call before a read of any size */
void __asan_loadN(void *addr, ssize_t size)
{
	check_inline(addr, size, false, _RET_IP_);
}
void __asan_loadN_noabort(void *addr, ssize_t size) __alias(__asan_loadN);

void __asan_storeN(void *addr, ssize_t size);

/** __asan_storeN() - the compiler's call before a write of any size */
void __asan_storeN(void *addr, ssize_t size)
{
	check_inline(addr, size, true, _RET_IP_);
}
void __asan_storeN_noabort(void *addr, ssize_t size) __alias(__asan_storeN);

/* Called before a function that doesn't return: its frames are cleaned up when the stack is. */
void __asan_handle_no_return(void);
void __asan_handle_no_return(void)
{
}

/* ---- the stack ---- */

void __asan_alloca_poison(void *addr, ssize_t size);

/** __asan_alloca_poison() - a variable array: red zones round it */
void __asan_alloca_poison(void *addr, ssize_t size)
{
	size_t rounded = round_up(size, KASAN_GRANULE_SIZE);
	size_t padding = round_up(size, KASAN_ALLOCA_REDZONE) - rounded;

	kasan_unpoison(addr, size);
	kasan_poison(addr - KASAN_ALLOCA_REDZONE, KASAN_ALLOCA_REDZONE, KASAN_ALLOCA_LEFT);
	kasan_poison(addr + rounded, padding + KASAN_ALLOCA_REDZONE, KASAN_ALLOCA_RIGHT);
}

void __asan_allocas_unpoison(void *top, ssize_t bottom);

/** __asan_allocas_unpoison() - variable arrays go: from @top up to @bottom may be touched again */
void __asan_allocas_unpoison(void *top, ssize_t bottom)
{
	if (top && (unsigned long)bottom > (unsigned long)top)
		kasan_unpoison(top, (unsigned long)bottom - (unsigned long)top);
}

void __asan_poison_stack_memory(const void *addr, ssize_t size);

/** __asan_poison_stack_memory() - a variable's scope has ended */
void __asan_poison_stack_memory(const void *addr, ssize_t size)
{
	kasan_poison(addr, round_up(size, KASAN_GRANULE_SIZE), KASAN_STACK_MID);
}

void __asan_unpoison_stack_memory(const void *addr, ssize_t size);

/** __asan_unpoison_stack_memory() - a variable's scope begins */
void __asan_unpoison_stack_memory(const void *addr, ssize_t size)
{
	kasan_unpoison(addr, size);
}

#define DEFINE_ASAN_SET_SHADOW(byte)					\
void __asan_set_shadow_##byte(const void *addr, ssize_t size);		\
void __asan_set_shadow_##byte(const void *addr, ssize_t size)		\
{									\
	__memset((void *)addr, 0x##byte, size);				\
}

DEFINE_ASAN_SET_SHADOW(00)
DEFINE_ASAN_SET_SHADOW(f1)
DEFINE_ASAN_SET_SHADOW(f2)
DEFINE_ASAN_SET_SHADOW(f3)
DEFINE_ASAN_SET_SHADOW(f5)
DEFINE_ASAN_SET_SHADOW(f8)

/* ---- global variables ---- */

void __asan_register_globals(struct kasan_global *globals, ssize_t size);

/** __asan_register_globals() - a file's variables: red zones behind them */
void __asan_register_globals(struct kasan_global *globals, ssize_t size)
{
	ssize_t i;

	for (i = 0; i < size; i++) {
		struct kasan_global *g = &globals[i];
		size_t whole = round_up(g->size, KASAN_GRANULE_SIZE);

		kasan_unpoison(g->beg, g->size);
		kasan_poison(g->beg + whole, g->size_with_redzone - whole, KASAN_GLOBAL_REDZONE);
	}
}

void __asan_unregister_globals(struct kasan_global *globals, ssize_t size);

/** __asan_unregister_globals() - for modules that go; there are none */
void __asan_unregister_globals(struct kasan_global *globals, ssize_t size)
{
	(void)globals;
	(void)size;
}

typedef void (*ctor_fn_t)(void);
extern ctor_fn_t __ctors_start[], __ctors_end[];

/**
 * kasan_init_generic() - the shadow is real: begin to check
 *
 * Context: End of kasan_init(), boot CPU.
 */
void __init kasan_init_generic(void)
{
	ctor_fn_t *fn;

	init_task.kasan_depth = 0;
	kasan_ready = true;
	for (fn = __ctors_start; fn < __ctors_end; fn++)
		(*fn)();
	pr_info("KernelAddressSanitizer initialized (generic)\n");
}
