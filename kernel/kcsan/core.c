// SPDX-License-Identifier: MIT
/*
 * KCSAN: watching accesses.
 *
 * kcsan_check() is called before each access. It first asks whether the access runs into another
 * context's watchpoint; if not, one access in many becomes a watchpoint itself and is held up for a
 * while. The life of a slot of the table:
 *
 *	FREE --(1)--> encoded --(2)--> TAKEN --(4)--> FREE
 *		         `-----(3)----------------------^
 *
 *	(1) the watcher, by cmpxchg
 *	(2) who ran into it, by cmpxchg; it alone may write others[slot] then, and says so by
 *	    others[slot].ready
 *	(3) the watcher, by cmpxchg, after the wait: nobody came
 *	(4) the watcher, after it has copied others[slot]
 *
 * Nothing here takes a lock or is itself instrumented; both sides run with interrupts off, so that
 * (2) is soon followed by `ready`.
 *
 * A context is a task or, per CPU, its interrupts (struct kcsan_ctx). Nested interrupts share one:
 * all they do to it is in balance. An NMI never watches.
 *
 * Barriers (CONFIG_KCSAN_WEAK_MEMORY): ctx->reorder is a plain access that was watched once and
 * could, on some machine, still be under way. (A marked one might too; but others act on what they
 * see of it, so that it is seen to be over by means that we don't follow.) Each later access may
 * watch it again, until a barrier that orders it, or until the function that did it returns: a
 * caller's barriers in assembly are unknown to us. Frames grow downwards, so "has returned" is "the
 * frame now is above".
 */

#include "kcsan.h"

#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kcsan.h>
#include <linux/ktime.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/timex.h>

#include "watchpoint.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "kcsan."

/* False until the clock is known, and if the command line says so. */
bool kcsan_enabled __read_mostly;

static bool wanted = true;
uint kcsan_skip_watch = CONFIG_KCSAN_SKIP_WATCH;
static uint udelay_task = CONFIG_KCSAN_UDELAY_TASK;
static uint udelay_interrupt = CONFIG_KCSAN_UDELAY_INTERRUPT;
module_param_named(enabled, wanted, bool, 0444);
module_param_named(skip_watch, kcsan_skip_watch, uint, 0644);
module_param(udelay_task, uint, 0644);
module_param(udelay_interrupt, uint, 0644);

atomic_t kcsan_watched = ATOMIC_INIT(0);

unsigned long kcsan_cycles_per_usec __read_mostly;

/* Called in place of the wait on a watched access to what kcsan_only says. */
void (*kcsan_hold_for_test)(void);

static atomic_long_t watchpoints[WATCHPOINTS];

/* Who ran into the watchpoint of a slot; see the life of a slot above. */
static struct {
	struct kcsan_side side;
	int ready;
} others[WATCHPOINTS];

static DEFINE_PER_CPU(struct kcsan_ctx, interrupt_ctx);
static DEFINE_PER_CPU(int, skip);
static DEFINE_PER_CPU(u32, dice);

/* ---- contexts ---- */

static __always_inline struct kcsan_ctx *context(void)
{
	return in_task() ? &current->kcsan_ctx : raw_cpu_ptr(&interrupt_ctx);
}

/**
 * kcsan_init_task - a new task's context: nothing disabled, no atomic region, no delay
 * @ctx: the task's
 */
void kcsan_init_task(struct kcsan_ctx *ctx)
{
	*ctx = (struct kcsan_ctx){ };
}

/**
 * kcsan_disable_current - until kcsan_enable_current() this context's accesses are nobody's
 * business
 */
void kcsan_disable_current(void)
{
	context()->disable_count++;
}
EXPORT_SYMBOL(kcsan_disable_current);

/** kcsan_enable_current - end of kcsan_disable_current(); they nest */
void kcsan_enable_current(void)
{
	context()->disable_count--;
}
EXPORT_SYMBOL(kcsan_enable_current);

/** __kcsan_disable_current - kcsan_disable_current() under the name that data_race() uses */
void __kcsan_disable_current(void)
{
	kcsan_disable_current();
}
EXPORT_SYMBOL(__kcsan_disable_current);

/** __kcsan_enable_current - kcsan_enable_current() under the name that data_race() uses */
void __kcsan_enable_current(void)
{
	kcsan_enable_current();
}
EXPORT_SYMBOL(__kcsan_enable_current);

/**
 * kcsan_nestable_atomic_begin - plain accesses count as marked ones until the matching end; nests
 *
 * Such a region is a sequence lock's writer: its readers find out by themselves that they raced.
 */
void kcsan_nestable_atomic_begin(void)
{
	context()->atomic_nest_count++;
}
EXPORT_SYMBOL(kcsan_nestable_atomic_begin);

/** kcsan_nestable_atomic_end - end one kcsan_nestable_atomic_begin() */
void kcsan_nestable_atomic_end(void)
{
	context()->atomic_nest_count--;
}
EXPORT_SYMBOL(kcsan_nestable_atomic_end);

/**
 * kcsan_flat_atomic_begin - as kcsan_nestable_atomic_begin(), for a latch's writer; doesn't nest
 */
void kcsan_flat_atomic_begin(void)
{
	context()->in_flat_atomic = true;
}
EXPORT_SYMBOL(kcsan_flat_atomic_begin);

/** kcsan_flat_atomic_end - end kcsan_flat_atomic_begin() */
void kcsan_flat_atomic_end(void)
{
	context()->in_flat_atomic = false;
}
EXPORT_SYMBOL(kcsan_flat_atomic_end);

/**
 * kcsan_atomic_next - the next plain accesses of this context count as marked ones
 * @n: how many; 0 to end it early
 *
 * A sequence lock's reader says so, since its section has no end that could be told; and
 * ASSERT_EXCLUSIVE_BITS(), whose next access may race in the other bits.
 */
void kcsan_atomic_next(int n)
{
	context()->atomic_next = n;
}
EXPORT_SYMBOL(kcsan_atomic_next);

/**
 * kcsan_set_access_mask - the next claim is about some bits only
 * @mask: these; 0: all
 */
void kcsan_set_access_mask(unsigned long mask)
{
	context()->access_mask = mask;
}
EXPORT_SYMBOL(kcsan_set_access_mask);

/* The access's type, with what the region makes of it. Counts down kcsan_atomic_next(). */
static int type_in_region(struct kcsan_ctx *ctx, int type)
{
	if (type & (KCSAN_ACCESS_ATOMIC | KCSAN_ACCESS_ASSERT))
		return type;
	if (ctx->atomic_next > 0) {
		ctx->atomic_next--;
		return type | KCSAN_ACCESS_ATOMIC;
	}
	if (ctx->atomic_nest_count > 0 || ctx->in_flat_atomic)
		return type | KCSAN_ACCESS_ATOMIC;
	return type;
}

/* ---- chance ---- */

static u32 throw_dice(void)
{
	u32 x = raw_cpu_read(dice) ?: raw_smp_processor_id() * 2654435761u + 1;

	/* Marsaglia's xorshift. */
	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	raw_cpu_write(dice, x);
	return x;
}

/* A task that migrates between the two accesses spoils a count by one: nobody minds. */
static __always_inline bool chosen(void)
{
	int left = raw_cpu_read(skip) - 1;

	raw_cpu_write(skip, left);
	return left < 0;
}

static void choose_next(void)
{
	uint n = READ_ONCE(kcsan_skip_watch);

	raw_cpu_write(skip, n ? n / 2 + throw_dice() % n : 0);
}

/* Does a test say how long an access to @ptr is to be held up? */
static bool held_by_test(const volatile void *ptr)
{
	void (*hold)(void) = READ_ONCE(kcsan_hold_for_test);

	if (!hold || !in_task() || (const void *)ptr < kcsan_only.start ||
	    (const void *)ptr >= kcsan_only.start + kcsan_only.size)
		return false;
	hold();
	return true;
}

/* By the CPU's own counter: clocks proper are instrumented code, with locks. */
static void hold_up(const volatile void *ptr)
{
	uint usecs = in_task() ? READ_ONCE(udelay_task) : READ_ONCE(udelay_interrupt);
	unsigned long cycles = (usecs / 2 + throw_dice() % (usecs + 1)) * kcsan_cycles_per_usec;
	cycles_t began = get_cycles();

	if (held_by_test(ptr))
		return;
	while (get_cycles() - began < cycles)
		cpu_relax();
}

/* ---- running into a watchpoint ---- */

static __always_inline int find_in_page(unsigned long addr, size_t size, int type, long *watch)
{
	unsigned int try;

	for (try = 0; try < WATCH_TRIES; try++) {
		unsigned int slot = watch_slot(addr, try);

		*watch = atomic_long_read(&watchpoints[slot]);
		if (unlikely(*watch > WATCH_TAKEN || *watch < WATCH_FREE) &&
		    watch_conflicts(*watch, addr, size, type))
			return slot;
	}
	return -1;
}

static __always_inline int find(unsigned long addr, size_t size, int type, long *watch)
{
	size_t here = watch_in_page(addr, size);
	int slot = find_in_page(addr, here, type, watch);

	if (likely(slot < 0 && here == size))
		return -1;
	/* The rest: accesses beyond two pages are looked at in their first two only. */
	if (slot < 0)
		slot = find_in_page(addr + here, watch_in_page(addr + here, size - here), type,
				    watch);
	return slot;
}

static noinline void run_into(int slot, long watch, const volatile void *ptr, size_t size, int type,
			      unsigned long ip)
{
	struct kcsan_ctx *ctx = context();
	unsigned long flags;

	/* A claim about some bits: whether they change, the watcher's value tells. */
	if (ctx->disable_count || ((type & KCSAN_ACCESS_ASSERT) && ctx->access_mask))
		return;
	ctx->disable_count++;
	raw_local_irq_save(flags);
	if (atomic_long_cmpxchg_relaxed(&watchpoints[slot], watch, WATCH_TAKEN) == watch) {
		kcsan_describe(&others[slot].side, ptr, size, type, ip, ip);
		/* Pairs with the acquire in watch_end(). */
		smp_store_release(&others[slot].ready, 1);
	}
	raw_local_irq_restore(flags);
	ctx->disable_count--;
}

/* ---- watching ---- */

static int watch_begin(unsigned long addr, long watch)
{
	unsigned int try;

	for (try = 0; try < WATCH_TRIES; try++) {
		unsigned int slot = watch_slot(addr, try);

		/* The full order of the cmpxchg puts the first look at the value after it. */
		if (atomic_long_read(&watchpoints[slot]) == WATCH_FREE &&
		    atomic_long_cmpxchg(&watchpoints[slot], WATCH_FREE, watch) == WATCH_FREE)
			return slot;
	}
	return -1;
}

/* Was anybody caught? Then @other says who. */
static bool watch_end(int slot, long watch, struct kcsan_side *other)
{
	if (atomic_long_cmpxchg(&watchpoints[slot], watch, WATCH_FREE) == watch)
		return false;
	/* Pairs with the release in run_into(). */
	while (!smp_load_acquire(&others[slot].ready))
		cpu_relax();
	if (other)
		*other = others[slot].side;
	others[slot].ready = 0;
	/* Pairs with the cmpxchg of the next watcher: it finds others[slot] unused. */
	atomic_long_set_release(&watchpoints[slot], WATCH_FREE);
	return true;
}

/* 0 for sizes that aren't a machine's word: then no change is seen. */
static u64 peek(const volatile void *ptr, size_t size)
{
	switch (size) {
	case 1:
		return READ_ONCE(*(const volatile u8 *)ptr);
	case 2:
		return READ_ONCE(*(const volatile u16 *)ptr);
	case 4:
		return READ_ONCE(*(const volatile u32 *)ptr);
	case 8:
		return READ_ONCE(*(const volatile u64 *)ptr);
	default:
		return 0;
	}
}

/* Returns whether a race was seen. */
static bool watch(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size, int type,
		  unsigned long ip, unsigned long here)
{
	unsigned long addr = (unsigned long)ptr, mask = ctx->access_mask;
	long word = watch_encode(addr, watch_in_page(addr, size), type);
	bool caught, changed, race = false;
	struct kcsan_race *report = NULL;
	u64 before, after;
	int slot;

	slot = watch_begin(addr, word);
	if (slot < 0)
		return false;
	before = peek(ptr, size);
	atomic_inc(&kcsan_watched);
	hold_up(ptr);
	after = peek(ptr, size);
	changed = mask ? (before ^ after) & mask : before != after;
	report = kcsan_race_alloc();
	caught = watch_end(slot, word, report ? &report->other : NULL);
	race = mask ? changed : caught || changed;
	if (race && report) {
		kcsan_describe(&report->watcher, ptr, size, type, ip, here);
		report->other_known = caught;
		report->changed = before != after;
		report->before = before;
		report->after = after;
		kcsan_race_report(report);
	} else if (report) {
		kcsan_race_drop(report);
	}
	return race;
}

/* ---- what may be under way still ---- */

#ifdef CONFIG_KCSAN_WEAK_MEMORY

static void delay_access(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size, int type,
			 unsigned long ip, unsigned long frame)
{
	ctx->reorder.ptr = ptr;
	ctx->reorder.size = size;
	ctx->reorder.type = type;
	ctx->reorder.ip = ip;
	ctx->reorder.frame = frame;
}

static bool is_delayed(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size)
{
	unsigned long addr = (unsigned long)ptr, delayed = (unsigned long)ctx->reorder.ptr;

	return addr < delayed + ctx->reorder.size && delayed < addr + size;
}

/*
 * At a later access: is there a delayed one that this one could have overtaken? An access to the
 * same bytes is ordered with it, and so is all that comes after.
 */
static bool still_delayed(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size,
			  unsigned long frame)
{
	if (!ctx->reorder.size)
		return false;
	if (frame > ctx->reorder.frame || is_delayed(ctx, ptr, size)) {
		ctx->reorder.size = 0;
		return false;
	}
	return true;
}

/*
 * At every write, watched or not: a delayed read of the same bytes is over for whoever can't see a
 * later write before this one. Else the read half of x++ would seem to be delayed beyond smp_wmb(),
 * which orders writes alone.
 */
static __always_inline void end_delay_by_write(struct kcsan_ctx *ctx, const volatile void *ptr,
					       size_t size, int type)
{
	if (unlikely(ctx->reorder.size) && (type & KCSAN_ACCESS_WRITE) &&
	    is_delayed(ctx, ptr, size))
		ctx->reorder.size = 0;
}

static void end_delay(int type_mask, int type)
{
	struct kcsan_ctx *ctx = context();

	if (ctx->reorder.size && (ctx->reorder.type & type_mask) == type)
		ctx->reorder.size = 0;
}

#else

static void delay_access(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size, int type,
			 unsigned long ip, unsigned long frame)
{
}

static bool still_delayed(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size,
			  unsigned long frame)
{
	return false;
}

static void end_delay_by_write(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size,
			       int type)
{
}

static void end_delay(int type_mask, int type)
{
}

#endif

/** __kcsan_mb - a full barrier: an access that is being delayed can't pass it */
void __kcsan_mb(void)
{
	end_delay(0, 0);
}
EXPORT_SYMBOL(__kcsan_mb);

/** __kcsan_release - a release: what came before it can't pass it, so it ends every delay too */
void __kcsan_release(void)
{
	end_delay(0, 0);
}
EXPORT_SYMBOL(__kcsan_release);

/** __kcsan_wmb - a write barrier: a delayed write can't pass it */
void __kcsan_wmb(void)
{
	end_delay(KCSAN_ACCESS_WRITE, KCSAN_ACCESS_WRITE);
}
EXPORT_SYMBOL(__kcsan_wmb);

/** __kcsan_rmb - a read barrier: a delayed read, plain or in a read-modify-write, can't pass it */
void __kcsan_rmb(void)
{
	end_delay(KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND, 0);
	end_delay(KCSAN_ACCESS_COMPOUND, KCSAN_ACCESS_COMPOUND);
}
EXPORT_SYMBOL(__kcsan_rmb);

/* ---- an access ---- */

static noinline void watch_chosen(struct kcsan_ctx *ctx, const volatile void *ptr, size_t size,
				  int type, unsigned long ip, unsigned long frame)
{
	unsigned long flags;
	bool race = false;

	if (ctx->disable_count || in_nmi())
		return;
	choose_next();
	ctx->disable_count++;
	raw_local_irq_save(flags);
	if (still_delayed(ctx, ptr, size, frame)) {
		watch(ctx, ctx->reorder.ptr, ctx->reorder.size, ctx->reorder.type, ctx->reorder.ip,
		      ip);
		ctx->reorder.size = 0;
	} else if (!(type & KCSAN_ACCESS_ATOMIC)) {
		race = watch(ctx, ptr, size, type, ip, ip);
		if (!race && !(type & KCSAN_ACCESS_ASSERT)) {
			delay_access(ctx, ptr, size, type, ip, frame);
			/* Soon again, while it is delayed. */
			if (IS_ENABLED(CONFIG_KCSAN_WEAK_MEMORY))
				raw_cpu_write(skip, throw_dice() % 8);
		}
	}
	raw_local_irq_restore(flags);
	ctx->disable_count--;
}

static void check_scoped(struct kcsan_ctx *ctx)
{
	struct kcsan_scoped_access *sa;

	ctx->in_scoped = true;
	for (sa = ctx->scoped; sa; sa = sa->next)
		kcsan_check(sa->ptr, sa->size, sa->type, sa->ip, 0);
	ctx->in_scoped = false;
}

/**
 * kcsan_check - an access is about to happen
 * @ptr: first byte
 * @size: bytes; 0 is no access
 * @type: KCSAN_ACCESS_*
 * @ip: where in the code
 * @frame: the frame of the function that does it
 *
 * Context: any; may take some microseconds with interrupts off.
 */
void kcsan_check(const volatile void *ptr, size_t size, int type, unsigned long ip,
		 unsigned long frame)
{
	struct kcsan_ctx *ctx;
	long word;
	int slot;

	if (unlikely(!READ_ONCE(kcsan_enabled) || !size))
		return;
	slot = find((unsigned long)ptr, size, type, &word);
	if (unlikely(slot >= 0)) {
		run_into(slot, word, ptr, size, type, ip);
		return;
	}
	ctx = context();
	if (unlikely(ctx->scoped) && !ctx->in_scoped)
		check_scoped(ctx);
	end_delay_by_write(ctx, ptr, size, type);
	type = type_in_region(ctx, type);
	if (unlikely(chosen() || (type & (KCSAN_ACCESS_ASSERT | KCSAN_ACCESS_SCOPED)) ==
				 KCSAN_ACCESS_ASSERT))
		watch_chosen(ctx, ptr, size, type, ip, frame);
}

/**
 * __kcsan_check_access - look at an access: what instrument_*() and the claims call
 * @ptr: its address
 * @size: bytes
 * @type: KCSAN_ACCESS_*
 *
 * Context: any.
 */
void __kcsan_check_access(const volatile void *ptr, size_t size, int type)
{
	kcsan_check(ptr, size, type, _RET_IP_, *(unsigned long *)__builtin_frame_address(0));
}
EXPORT_SYMBOL(__kcsan_check_access);

/**
 * kcsan_begin_scoped_access - a claim that lasts until kcsan_end_scoped_access()
 * @ptr: first byte
 * @size: bytes
 * @type: KCSAN_ACCESS_ASSERT, with KCSAN_ACCESS_WRITE if nobody else may even read
 * @sa: room for it, of the caller's frame
 *
 * It is checked beside every access of this context, so it is as likely to be seen as they are.
 *
 * Context: any; begin and end in the same context, nested like blocks.
 * Return: @sa.
 */
struct kcsan_scoped_access *kcsan_begin_scoped_access(const volatile void *ptr, size_t size,
						      int type, struct kcsan_scoped_access *sa)
{
	struct kcsan_ctx *ctx = context();

	sa->ptr = ptr;
	sa->size = size;
	sa->type = type;
	sa->ip = _RET_IP_;
	kcsan_check(ptr, size, type & ~KCSAN_ACCESS_SCOPED, sa->ip, 0);
	sa->next = ctx->scoped;
	ctx->scoped = sa;
	return sa;
}
EXPORT_SYMBOL(kcsan_begin_scoped_access);

/**
 * kcsan_end_scoped_access - the end of the newest scoped claim, with a last look
 * @sa: from kcsan_begin_scoped_access()
 */
void kcsan_end_scoped_access(struct kcsan_scoped_access *sa)
{
	struct kcsan_ctx *ctx = context();

	if (WARN_ON_ONCE(ctx->scoped != sa))
		return;
	ctx->scoped = sa->next;
	kcsan_check(sa->ptr, sa->size, sa->type & ~KCSAN_ACCESS_SCOPED, sa->ip, 0);
}
EXPORT_SYMBOL(kcsan_end_scoped_access);

/* ---- start ---- */

/* Before the second CPU there is nobody to race with, but clocks run. */
static int __init kcsan_init(void)
{
	ktime_t began = ktime_get();
	cycles_t cycles = get_cycles();

	while (ktime_us_delta(ktime_get(), began) < 1000)
		cpu_relax();
	kcsan_cycles_per_usec = (unsigned long)(get_cycles() - cycles) / 1000 ?: 1;
	WRITE_ONCE(kcsan_enabled, wanted);
	pr_info("kcsan: %s, one access in %u is held up for %u us\n",
		wanted ? "on" : "off", kcsan_skip_watch, udelay_task);
	return 0;
}
early_initcall(kcsan_init);
