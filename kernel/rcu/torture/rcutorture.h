/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_TORTURE_RCUTORTURE_H
#define _KERNEL_RCU_TORTURE_RCUTORTURE_H

/*
 * RCU torture: the tables that say what is tortured and how. rcutorture.c has the model.
 */

#include <linux/bits.h>
#include <linux/compiler_attributes.h>
#include <linux/rcupdate.h>
#include <linux/torture.h>
#include <linux/types.h>

/* What may be done inside a reader, and where it may stand. */
#define READER_PREEMPT	BIT(0)		/* may be preempted inside */
#define READER_SLEEP	BIT(1)		/* may sleep inside */
#define READER_IRQ	BIT(2)		/* may stand in an interrupt handler */
#define READER_ANY_END	BIT(3)		/* may end before one of another kind, begun later */
#define READER_IRQS_OFF	BIT(4)		/* interrupts are off inside */
#define READER_BH_OFF	BIT(5)		/* bottom halves are: may not end with interrupts off */

/* A way to read. */
struct rcu_torture_reader {
	const char *name;
	unsigned long (*lock)(void);		/* what it returns, unlock() is given */
	void (*unlock)(unsigned long cookie);
	unsigned int can;			/* READER_* */
};

/* A way for an updater to wait for a grace period. */
struct rcu_torture_wait {
	const char *name;
	unsigned int kind;			/* one WAIT_* */
	void (*wait)(void);
};

#define WAIT_NORMAL	BIT(0)
#define WAIT_EXPEDITED	BIT(1)
#define WAIT_POLLED	BIT(2)
#define WAIT_CALLBACK	BIT(3)			/* no wait: flavour->call() */
#define WAIT_ALL	(WAIT_NORMAL | WAIT_EXPEDITED | WAIT_POLLED | WAIT_CALLBACK)

/* A flavour of RCU. */
struct rcu_torture_flavour {
	const char *name;
	const struct rcu_torture_reader *readers;	/* ends with a NULL name */
	const struct rcu_torture_wait *waits;		/* likewise */
	void (*call)(struct rcu_head *head, rcu_callback_t func);
	void (*wait_for_callbacks)(void);
	unsigned long (*completed)(void);	/* a number as in ../rcu.h; NULL: count the waits */
	int (*init)(void);			/* 0 or a negative errno */
	void (*cleanup)(void);
	unsigned int ticks_per_gp;		/* one at least in so many heartbeats */
	/*
	 * For hostage.c. Inside readers[0], the only reader there is: is it all that a grace period
	 * waits for? NULL: that can't be told.
	 */
	bool (*waits_for_me)(void);
	bool waits_for_cpus;			/* a reader that keeps its CPU is another case */
	/*
	 * Has this CPU, whose caller stays on it, looked at its callbacks since a grace period
	 * began after now? Makes one begin. NULL: it need not.
	 */
	bool (*callbacks_noticed)(void);
};

extern const struct rcu_torture_flavour rcu_torture_rcu;
extern const struct rcu_torture_flavour rcu_torture_srcu_static;
extern const struct rcu_torture_flavour rcu_torture_srcu_dynamic;
extern const struct rcu_torture_flavour rcu_torture_srcu_lite;
extern const struct rcu_torture_flavour rcu_torture_srcu_nmisafe;
extern const struct rcu_torture_flavour rcu_torture_srcu_updown;
extern const struct rcu_torture_flavour rcu_torture_tasks;
extern const struct rcu_torture_flavour rcu_torture_tasks_rude;
extern const struct rcu_torture_flavour rcu_torture_tasks_trace;

/* What came of it. */
#define AGES		10	/* grace periods that an element is followed through */

struct rcu_torture_result {
	unsigned long reads;
	unsigned long updates;
	unsigned long gps;
	unsigned long heartbeats;	/* of a thread that sleeps one tick at a time */
	unsigned long callbacks;
	unsigned long preemptions;
	unsigned long cpus_down, cpus_up;
	unsigned long ages[AGES + 1];	/* how old readers found their elements at the end */
	unsigned long errors;		/* each was told on the console when it happened */
};

/* One torture. */
struct rcu_torture_scenario {
	const char *name;
	const struct rcu_torture_flavour *flavour;
	unsigned int waits;		/* WAIT_*, what the writers choose from */
	unsigned int readers_per_cpu;
	unsigned int writers;
	bool preempt;			/* readers ask to be preempted, and real-time hogs help */
	bool interrupts;		/* timers of both kinds read, too */
	bool hotplug;
	bool shuffle;			/* some CPU idles */
	bool stutter;
	unsigned int flood;		/* callbacks queued in one go, 0: no flood */
	/* In place of all that. */
	int (*special)(struct rcu_torture_result *result, unsigned int seconds);
};

extern const struct rcu_torture_scenario rcu_torture_scenarios[];
extern const unsigned int rcu_torture_nr_scenarios;

int rcu_torture_run(const struct rcu_torture_scenario *scenario, unsigned int seconds,
		    struct rcu_torture_result *result);
void rcu_torture_hostages(const struct rcu_torture_scenario *scene);
void rcu_torture_roll_call(const struct rcu_torture_flavour *flavour);
void rcu_torture_roll_call_end(const struct rcu_torture_flavour *flavour);
int rcu_torture_kvfree(struct rcu_torture_result *result, unsigned int seconds);
void rcu_torture_show(const char *name, const struct rcu_torture_result *result);

/*
 * Tells of an error, the first few of a run in full, and counts it; how many since the last asking.
 */
unsigned long rcu_torture_errors_taken(void);
__printf(1, 2) void rcu_torture_error(const char *fmt, ...);

#endif /* _KERNEL_RCU_TORTURE_RCUTORTURE_H */
