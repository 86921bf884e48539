// SPDX-License-Identifier: MIT
/*
 * KCSAN: from two accesses to a text.
 *
 * A race may be found anywhere: under the run queue's lock, inside printk(). So the finder only
 * fills a record, and an irq_work prints it as soon as interrupts are on again. Records:
 *
 *	FREE --alloc--> FILLING --report--> FULL --printed by the irq_work--> FREE
 *		           `---drop---------------------------------------------^
 *
 * If all are in use the race is counted and forgotten. Each pair of functions is reported once a
 * boot, whichever of the two was the watcher, unless a test has asked for races.
 */

#define pr_fmt(fmt) fmt

#include "kcsan.h"

#include <linux/atomic.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/kallsyms.h>
#include <linux/kcsan-checks.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

#define RECORDS		16
#define PAIRS		256

enum { FREE, FILLING, FULL };

static struct {
	struct kcsan_race race;
	int state;
} records[RECORDS];

static atomic_t forgotten;

atomic_t kcsan_reports_left = ATOMIC_INIT(-1);
struct kcsan_range kcsan_only;

/* Pairs of functions that were reported; guarded by print_lock. */
static struct {
	unsigned long a, b;
} pairs[PAIRS];
static unsigned int pairs_used;

static void print_records(struct irq_work *work);
static DEFINE_IRQ_WORK(print_work, print_records);

/* ---- by the finder: any context, interrupts off ---- */

/* kcsan_race_alloc - a record to fill, or NULL */
struct kcsan_race *kcsan_race_alloc(void)
{
	int i;

	for (i = 0; i < RECORDS; i++) {
		if (READ_ONCE(records[i].state) == FREE &&
		    cmpxchg_acquire(&records[i].state, FREE, FILLING) == FREE)
			return &records[i].race;
	}
	atomic_inc(&forgotten);
	return NULL;
}

/** kcsan_race_drop - a race was told: its record may be used again */
void kcsan_race_drop(struct kcsan_race *race)
{
	smp_store_release(&records[container_of(race, typeof(records[0]), race) - records].state,
			  FREE);
}

/* kcsan_race_report - print it soon */
void kcsan_race_report(struct kcsan_race *race)
{
	/* Pairs with the acquire in print_records(). */
	smp_store_release(&records[container_of(race, typeof(records[0]), race) - records].state,
			  FULL);
	irq_work_queue(&print_work);
}

/* kcsan_describe - who does an access, and on what path */
void kcsan_describe(struct kcsan_side *side, const volatile void *ptr, size_t size, int type,
		    unsigned long ip, unsigned long here)
{
	unsigned int i;

	side->ptr = ptr;
	side->size = size;
	side->type = type;
	side->ip = ip;
	side->delayed = here != ip;
	side->cpu = raw_smp_processor_id();
	side->in_task = in_task();
	side->pid = current->pid;
	memcpy(side->comm, current->comm, sizeof(side->comm));
	side->depth = stack_trace_save(side->stack, KCSAN_STACK_DEPTH, 0);
	/* Cut our own functions off. */
	for (i = 0; i < side->depth && side->stack[i] != here; i++)
		;
	if (i < side->depth) {
		side->depth -= i;
		memmove(side->stack, side->stack + i, side->depth * sizeof(side->stack[0]));
	}
}

/* ---- by the printer ---- */

static unsigned long function_of(unsigned long ip)
{
	unsigned long size, offset;

	return kallsyms_lookup_size_offset(ip, &size, &offset) ? ip - offset : ip;
}

/* Remembers the pair. Returns whether it was known. */
static bool known_pair(const struct kcsan_race *race)
{
	unsigned long a = function_of(race->watcher.ip);
	unsigned long b = race->other_known ? function_of(race->other.ip) : 0;
	unsigned int i;

	if (a < b)
		swap(a, b);
	for (i = 0; i < min_t(unsigned int, pairs_used, PAIRS); i++) {
		if (pairs[i].a == a && pairs[i].b == b)
			return true;
	}
	i = pairs_used++ % PAIRS;
	pairs[i].a = a;
	pairs[i].b = b;
	return false;
}

static const char *what_it_does(int type)
{
	if (type & KCSAN_ACCESS_ASSERT)
		return type & KCSAN_ACCESS_WRITE ? "claim of no other access" :
						   "claim of no other write";
	switch (type & (KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND | KCSAN_ACCESS_ATOMIC)) {
	case 0:
		return "read";
	case KCSAN_ACCESS_ATOMIC:
		return "read (marked)";
	case KCSAN_ACCESS_WRITE:
		return "write";
	case KCSAN_ACCESS_WRITE | KCSAN_ACCESS_ATOMIC:
		return "write (marked)";
	case KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND:
		return "read-write";
	default:
		return "read-write (marked)";
	}
}

static void print_side(const struct kcsan_side *side)
{
	pr_err("%s%s to 0x%px of %zu bytes by %s %d (%s) on cpu %d:\n", what_it_does(side->type),
	       side->delayed ? " (reordered)" : "", side->ptr, side->size,
	       side->in_task ? "task" : "interrupt over task", side->pid, side->comm, side->cpu);
	if (side->delayed)
		pr_err(" %pS, moved on to:\n", (void *)side->ip);
	stack_trace_print(side->stack, side->depth, 1);
	pr_err("\n");
}

static struct kcsan_names last_names;

static void remember_names(const struct kcsan_race *race)
{
	snprintf(last_names.watcher, sizeof(last_names.watcher), "%ps", (void *)race->watcher.ip);
	if (race->other_known)
		snprintf(last_names.other, sizeof(last_names.other), "%ps", (void *)race->other.ip);
	else
		last_names.other[0] = '\0';
	last_names.delayed = race->watcher.delayed;
}

/* kcsan_last_names - whom the last report was about */
void kcsan_last_names(struct kcsan_names *names)
{
	*names = last_names;
}

static void print_race(const struct kcsan_race *race)
{
	bool claim = (race->watcher.type | (race->other_known ? race->other.type : 0)) &
		     KCSAN_ACCESS_ASSERT;
	const char *what = claim ? "assert: race" : "data-race";
	enum report_verdict verdict;

	remember_names(race);
	verdict = report_begin(REPORT_KCSAN, what);
	if (known_pair(race) && verdict == REPORT_REAL)
		return;
	pr_err("==================================================================\n");
	if (race->other_known)
		pr_err("BUG: KCSAN: %s in %ps / %ps\n\n", what, (void *)race->other.ip,
		       (void *)race->watcher.ip);
	else
		pr_err("BUG: KCSAN: %s in %ps\n\n", what, (void *)race->watcher.ip);
	if (race->other_known)
		print_side(&race->other);
	print_side(&race->watcher);
	if (!race->other_known)
		pr_err("race at unknown origin: nobody was seen, but the value changed\n");
	if (race->changed)
		pr_err("value changed: 0x%0*llx -> 0x%0*llx\n", 2 * (int)race->watcher.size,
		       race->before, 2 * (int)race->watcher.size, race->after);
	pr_err("==================================================================\n");
	if (verdict == REPORT_REAL)
		check_panic_on_warn("KCSAN");
}

/* A test wants one report, however often its race happens, and none of others' races. */
static bool may_report(const struct kcsan_race *race)
{
	const void *ptr = (const void *)race->watcher.ptr;

	if (kcsan_only.size &&
	    (ptr < kcsan_only.start || ptr >= kcsan_only.start + kcsan_only.size))
		return false;
	if (atomic_read(&kcsan_reports_left) < 0)
		return true;
	return atomic_dec_if_positive(&kcsan_reports_left) >= 0;
}

/* An irq_work that is queued again while it runs may run on two CPUs at once: one prints. */
static void print_records(struct irq_work *work)
{
	static DEFINE_RAW_SPINLOCK(print_lock);
	int i, lost;

	kcsan_disable_current();
	raw_spin_lock(&print_lock);
	for (i = 0; i < RECORDS; i++) {
		/* Pairs with the release in kcsan_race_report(). */
		if (smp_load_acquire(&records[i].state) != FULL)
			continue;
		if (may_report(&records[i].race))
			print_race(&records[i].race);
		smp_store_release(&records[i].state, FREE);
	}
	lost = atomic_xchg(&forgotten, 0);
	if (lost)
		pr_warn("KCSAN: %d accesses were watched without room for a report\n", lost);
	raw_spin_unlock(&print_lock);
	kcsan_enable_current();
}
