// SPDX-License-Identifier: MIT
/*
 * Tracepoints into a ring per CPU: what rcu_trace() of trace.h records, and showing it.
 *
 * A CPU writes its own ring with interrupts off and never waits; an NMI may write in between and
 * takes the next slot, for the position is counted up first. Old records are overwritten. The
 * reader copies all rings and sorts by time; records written meanwhile may come out torn, so
 * switch tracing off before looking.
 */

#include "tree.h"

#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/printk.h>
#include <linux/sched/clock.h>
#include <linux/slab.h>
#include <linux/sort.h>

#define RING_SIZE	256

struct trace_record {
	u64 time;		/* local_clock(), ns */
	unsigned long gp_seq;
	unsigned long detail;
	u16 event;
	u16 cpu;
};

struct trace_ring {
	unsigned long pos;	/* records ever written */
	unsigned long count[RCU_TRACE_NR];
	struct trace_record record[RING_SIZE];
};

DEFINE_STATIC_KEY_FALSE(rcu_trace_key);
static DEFINE_PER_CPU(struct trace_ring *, trace_ring);

static const char * const event_text[RCU_TRACE_NR] = {
#define X(name, text)	[RCU_TRACE_##name] = text,
	RCU_TRACE_EVENTS(X)
#undef X
};

void rcu_trace_record(enum rcu_trace_event event, unsigned long gp_seq, unsigned long detail)
{
	struct trace_record *r;
	struct trace_ring *ring;
	unsigned long flags;

	raw_local_irq_save(flags);
	ring = READ_ONCE(*this_cpu_ptr(&trace_ring));
	if (unlikely(!ring))
		goto out;	/* switched off and freed a moment ago */
	r = &ring->record[ring->pos++ % RING_SIZE];
	ring->count[event]++;
	*r = (struct trace_record){
		.time = local_clock(),
		.gp_seq = gp_seq,
		.detail = detail,
		.event = event,
		.cpu = raw_smp_processor_id(),
	};
out:
	raw_local_irq_restore(flags);
}

static int make_rings(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		if (per_cpu(trace_ring, cpu))
			continue;
		per_cpu(trace_ring, cpu) = kvzalloc(sizeof(struct trace_ring), GFP_KERNEL);
		if (!per_cpu(trace_ring, cpu))
			return -ENOMEM;
	}
	return 0;
}

/**
 * rcu_trace_enable - switch tracing on, with empty rings, or off
 * @on: which
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int rcu_trace_enable(bool on)
{
	int cpu, ret;

	if (!on) {
		static_branch_disable(&rcu_trace_key);
		return 0;
	}
	ret = make_rings();
	if (ret)
		return ret;
	static_branch_disable(&rcu_trace_key);
	for_each_possible_cpu(cpu)
		memset(per_cpu(trace_ring, cpu), 0, sizeof(struct trace_ring));
	static_branch_enable(&rcu_trace_key);
	return 0;
}

/* Switch tracing off and free the rings. A CPU that writes one has interrupts off: a reader. */
void rcu_trace_free(void)
{
	int cpu;

	rcu_trace_enable(false);
	for_each_possible_cpu(cpu) {
		struct trace_ring *ring = xchg(per_cpu_ptr(&trace_ring, cpu), NULL);

		if (!ring)
			continue;
		synchronize_rcu();
		kvfree(ring);
	}
}

unsigned long rcu_trace_count(enum rcu_trace_event event)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct trace_ring *ring = per_cpu(trace_ring, cpu);

		if (ring)
			sum += READ_ONCE(ring->count[event]);
	}
	return sum;
}

static int by_time(const void *a, const void *b)
{
	const struct trace_record *x = a, *y = b;

	return x->time < y->time ? -1 : x->time > y->time;
}

static void show_record(const struct trace_record *r)
{
	u64 us = r->time / NSEC_PER_USEC;

	if (r->event == RCU_TRACE_CB_INVOKE)
		pr_info("%6llu.%06llu  cpu %-3u %-28s %ps\n", us / USEC_PER_SEC,
			us % USEC_PER_SEC, r->cpu, event_text[r->event], (void *)r->detail);
	else
		pr_info("%6llu.%06llu  cpu %-3u %-28s gp %ld%s  %ld\n", us / USEC_PER_SEC,
			us % USEC_PER_SEC, r->cpu, event_text[r->event],
			(long)r->gp_seq >> RCU_SEQ_CTR_SHIFT,
			rcu_seq_state(r->gp_seq) ? "+" : " ", (long)r->detail);
}

/* Print the records of all CPUs in order of time. Context: may sleep. */
void rcu_trace_show(void)
{
	size_t n = 0, i, total = num_possible_cpus() * RING_SIZE;
	struct trace_record *all = kvcalloc(total, sizeof(*all), GFP_KERNEL);
	int cpu;

	if (!all) {
		pr_info("no memory to sort the records in\n");
		return;
	}
	for_each_possible_cpu(cpu) {
		struct trace_ring *ring = per_cpu(trace_ring, cpu);

		for (i = 0; ring && i < min(ring->pos, (unsigned long)RING_SIZE); i++)
			all[n++] = ring->record[i];
	}
	sort(all, n, sizeof(*all), by_time, NULL);
	for (i = 0; i < n; i++)
		show_record(&all[i]);
	pr_info("%zu records%s\n", n, n ? "" : ": say `rcu trace on` first");
	kvfree(all);
}
