// SPDX-License-Identifier: MIT
/*
 * Rings of recorded events: <linux/event_ring.h>.
 *
 * An NMI may write in the middle of its CPU's record and takes the next slot, for the position is
 * counted up first. Who shows the records copies all rings and sorts by time; what is written
 * meanwhile may come out torn, so switch recording off before looking.
 */

#include <linux/event_ring.h>

#include <linux/event_ring_test.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched/clock.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/time64.h>

#define RING_SIZE	256

struct event_record {
	u64 time;		/* local_clock(), ns */
	unsigned long a;
	unsigned long b;
	u16 event;
	u16 cpu;
};

struct event_ring {
	unsigned long pos;	/* records ever written */
	struct event_record record[RING_SIZE];
	unsigned long count[];	/* of each event */
};

/* Who switches, frees or shows rings excludes others who do. */
static DEFINE_MUTEX(rings_mutex);

void (*event_ring_strike)(struct event_ring_set *set, int event);

/**
 * __event_ring_record - the slow half of event_ring_record()
 * @set: the rings; if they are freed meanwhile, nothing is recorded
 * @event: what happened
 * @a: with what
 * @b: with what else
 *
 * Context: any; interrupts are off meanwhile.
 */
void __event_ring_record(struct event_ring_set *set, int event, unsigned long a, unsigned long b)
{
	void (*strike)(struct event_ring_set *, int) = READ_ONCE(event_ring_strike);
	struct event_ring *ring;
	unsigned long flags;

	raw_local_irq_save(flags);
	ring = READ_ONCE(*this_cpu_ptr(set->ring));
	if (likely(ring)) {	/* or it was freed a moment ago */
		ring->record[ring->pos++ % RING_SIZE] = (struct event_record){
			.time = local_clock(),
			.a = a,
			.b = b,
			.event = event,
			.cpu = raw_smp_processor_id(),
		};
		WRITE_ONCE(ring->count[event], ring->count[event] + 1);
	}
	if (unlikely(strike))
		strike(set, event);
	raw_local_irq_restore(flags);
}

static size_t ring_bytes(struct event_ring_set *set)
{
	return struct_size_t(struct event_ring, count, set->nr_events);
}

static int enable_locked(struct event_ring_set *set, bool on)
{
	struct event_ring **ring;
	int cpu;

	lockdep_assert_held(&rings_mutex);
	static_branch_disable(&set->on);
	if (!on)
		return 0;
	for_each_possible_cpu(cpu) {
		ring = per_cpu_ptr(set->ring, cpu);
		if (*ring)
			memset(*ring, 0, ring_bytes(set));
		else
			WRITE_ONCE(*ring, kvzalloc(ring_bytes(set), GFP_KERNEL));
		if (!*ring)
			return -ENOMEM;
	}
	static_branch_enable(&set->on);
	return 0;
}

/**
 * event_ring_enable - record, beginning with empty rings, or record no more
 * @set: the rings
 * @on: which
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int event_ring_enable(struct event_ring_set *set, bool on)
{
	guard(mutex)(&rings_mutex);
	return enable_locked(set, on);
}

/**
 * event_ring_free - record no more, and free the rings
 * @set: the rings
 *
 * A CPU that writes one has interrupts off: an RCU reader.
 * Context: may sleep.
 */
void event_ring_free(struct event_ring_set *set)
{
	struct event_ring *ring;
	int cpu;

	guard(mutex)(&rings_mutex);
	enable_locked(set, false);
	for_each_possible_cpu(cpu) {
		ring = xchg(per_cpu_ptr(set->ring, cpu), NULL);
		if (!ring)
			continue;
		synchronize_rcu();
		kvfree(ring);
	}
}

/**
 * event_ring_count - how often an event was recorded on all CPUs, overwritten records included
 * @set: the rings
 * @event: the event
 */
unsigned long event_ring_count(struct event_ring_set *set, int event)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct event_ring *ring = *per_cpu_ptr(set->ring, cpu);

		if (ring)
			sum += READ_ONCE(ring->count[event]);
	}
	return sum;
}

static int by_time(const void *a, const void *b)
{
	const struct event_record *x = a, *y = b;

	return x->time < y->time ? -1 : x->time > y->time;
}

/* Those of all CPUs into @all, which has room. Return: how many. */
static size_t copy_records(struct event_ring_set *set, struct event_record *all)
{
	unsigned long n = 0, i, len;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct event_ring *ring = *per_cpu_ptr(set->ring, cpu);

		if (!ring)
			continue;
		/* A CPU that is not done yet may tear one: data_race(). */
		len = min(data_race(ring->pos), (unsigned long)RING_SIZE);
		for (i = 0; i < len; i++)
			all[n++] = data_race(ring->record[i]);
	}
	return n;
}

static void show_record(struct seq_file *m, struct event_ring_set *set, struct event_record *rec)
{
	u64 us = rec->time / NSEC_PER_USEC;
	char text[100];

	set->show(text, sizeof(text), rec->event, rec->a, rec->b);
	seq_or_printk(m, KERN_INFO, "%6llu.%06llu  cpu %-3u %s\n", us / USEC_PER_SEC,
		      us % USEC_PER_SEC, rec->cpu, text);
}

/**
 * event_ring_show - print the records of all CPUs in order of time
 * @m: into this file; NULL: on the console
 * @set: the rings
 *
 * Context: may sleep.
 */
void event_ring_show(struct seq_file *m, struct event_ring_set *set)
{
	size_t n = 0, i, total = num_possible_cpus() * RING_SIZE;
	struct event_record *all = kvcalloc(total, sizeof(*all), GFP_KERNEL);

	if (!all) {
		seq_or_printk(m, KERN_INFO, "no memory to sort the records in\n");
		return;
	}
	scoped_guard(mutex, &rings_mutex)
		n = copy_records(set, all);
	sort(all, n, sizeof(*all), by_time, NULL);
	for (i = 0; i < n; i++)
		show_record(m, set, &all[i]);
	seq_or_printk(m, KERN_INFO, "%zu records%s\n", n, n ? "" : ": switch recording on first");
	kvfree(all);
}

/**
 * event_ring_command - obey a command of the monitor
 * @set: the rings
 * @what: "trace" shows the records; "trace on", "trace off"
 *
 * Context: may sleep. Return: false if @what is none of them.
 */
bool event_ring_command(struct event_ring_set *set, const char *what)
{
	bool on = !strcmp(what, "trace on");

	if (on || !strcmp(what, "trace off"))
		pr_info("%s\n", event_ring_enable(set, on) ? "no memory" : what);
	else if (!strcmp(what, "trace"))
		event_ring_show(NULL, set);
	else
		return false;
	return true;
}
