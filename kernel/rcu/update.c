// SPDX-License-Identifier: MIT
/*
 * What all flavours of RCU share: how far the boot has come, hurrying and expediting, what the lock
 * checker knows about readers, and waits that are made of callbacks.
 */

#include "tree.h"

int rcu_scheduler_active __read_mostly;

/* If not, every call_rcu() is a call_rcu_hurry(). */
static bool enable_rcu_lazy = true;
module_param(enable_rcu_lazy, bool, 0444);

/** rcu_scheduler_starting - the first thread is about to be made: a moment isn't a grace period */
void __init rcu_scheduler_starting(void)
{
	WARN_ON(num_online_cpus() != 1);
	WRITE_ONCE(rcu_scheduler_active, RCU_SCHEDULER_INIT);
}

/** rcu_end_inkernel_boot - the kernel is up: no need to hurry any more */
void rcu_end_inkernel_boot(void)
{
	rcu_unexpedite_gp();
	if (enable_rcu_lazy)
		rcu_async_relax();
}

bool rcu_inkernel_boot_has_ended(void)
{
	return READ_ONCE(system_state) >= SYSTEM_RUNNING;
}

/* Set by the command line: all, or none, of the synchronous waits are expedited. */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX	"rcupdate."
static int rcu_expedited;
static int rcu_normal;
module_param(rcu_expedited, int, 0444);
module_param(rcu_normal, int, 0444);

/* Those who asked for it. Booting is one of them. */
static atomic_t expedited_nesting = ATOMIC_INIT(1);
atomic_t rcu_hurry_nesting = ATOMIC_INIT(1);

bool rcu_gp_is_normal(void)
{
	return READ_ONCE(rcu_normal) && rcu_scheduler_active != RCU_SCHEDULER_INIT;
}

/* Before the grace-period thread exists only an expedited period can run. */
bool rcu_gp_is_expedited(void)
{
	if (rcu_gp_is_normal())
		return false;
	return READ_ONCE(rcu_expedited) || atomic_read(&expedited_nesting) ||
	       rcu_scheduler_active == RCU_SCHEDULER_INIT;
}

/* Two switches, each counted: who turned one on turns it off. */
#define COUNTED_SWITCH(on, off, counter)					\
	void on(void)								\
	{									\
		atomic_inc(&counter);						\
	}									\
	void off(void)								\
	{									\
		WARN_ON_ONCE(atomic_dec_return(&counter) < 0);			\
	}

/* While on, synchronize_rcu() is synchronize_rcu_expedited(), call_rcu() call_rcu_hurry(). */
COUNTED_SWITCH(rcu_expedite_gp, rcu_unexpedite_gp, expedited_nesting)
COUNTED_SWITCH(rcu_async_hurry, rcu_async_relax, rcu_hurry_nesting)

#ifdef CONFIG_DEBUG_LOCK_ALLOC
/* Readers take these "locks". May be taken inside anything; a reader may spin but not sleep. */
#define RCU_LOCK_MAP(map, map_name, outer, inner)				\
	static struct lock_class_key map##_key;					\
	struct lockdep_map map = {						\
		.name = map_name, .key = &map##_key,				\
		.wait_type_outer = outer, .wait_type_inner = inner,		\
	}

RCU_LOCK_MAP(rcu_lock_map, "rcu_read_lock", LD_WAIT_FREE, LD_WAIT_CONFIG);
RCU_LOCK_MAP(rcu_bh_lock_map, "rcu_read_lock_bh", LD_WAIT_FREE, LD_WAIT_CONFIG);
RCU_LOCK_MAP(rcu_sched_lock_map, "rcu_read_lock_sched", LD_WAIT_FREE, LD_WAIT_SPIN);
/* Held while a callback runs. */
RCU_LOCK_MAP(rcu_callback_map, "rcu_callback", LD_WAIT_INV, LD_WAIT_INV);

/* Is the checker's word good for anything? */
noinstr int notrace debug_lockdep_rcu_enabled(void)
{
	return rcu_scheduler_active != RCU_SCHEDULER_INACTIVE && READ_ONCE(debug_locks) &&
	       current->lockdep_recursion == 0;
}

/* Does RCU count this CPU among those that are up? */
static bool this_cpu_is_up(void)
{
	guard(preempt_notrace)();
	struct rcu_data *rdp = this_cpu_ptr(&rcu_data);

	return in_nmi() || !rcu_scheduler_active ||
	       (READ_ONCE(rdp->mynode->qsmaskinitnext) & rdp->grpmask);
}

/**
 * rcu_read_lock_held_common - can the question be answered without the checker's lists?
 * @ret: the answer, if so
 *
 * Nobody is a reader where RCU doesn't watch: idle, or on a CPU that is down. And while the checker
 * is off, the answer is that which doesn't lead to a report.
 * Return: true if *@ret was set; otherwise ask the checker.
 */
bool rcu_read_lock_held_common(bool *ret)
{
	*ret = !debug_lockdep_rcu_enabled();
	return *ret || !rcu_is_watching() || !this_cpu_is_up();
}

/*
 * Is this a reader, as far as is known: inside rcu_read_lock(); with softirqs off, or preemption,
 * by whatever means; any of these?
 */
#define RCU_HELD(function, answer)						\
	int function(void)							\
	{									\
		bool ret;							\
										\
		return rcu_read_lock_held_common(&ret) ? ret : (answer);	\
	}

RCU_HELD(rcu_read_lock_held, lock_is_held(&rcu_lock_map))
RCU_HELD(rcu_read_lock_bh_held, in_softirq() || irqs_disabled())
RCU_HELD(rcu_read_lock_sched_held, lock_is_held(&rcu_sched_lock_map) || !preemptible())
RCU_HELD(rcu_read_lock_any_held, lock_is_held(&rcu_lock_map) || lock_is_held(&rcu_bh_lock_map) ||
	 lock_is_held(&rcu_sched_lock_map) || !preemptible())
#else
/* Without the checker the answers are inline in rcupdate.h; this is for who asks by name. */
bool rcu_read_lock_held_common(bool *ret)
{
	*ret = true;
	return true;
}
#endif /* CONFIG_DEBUG_LOCK_ALLOC */

/** wakeme_after_rcu - callback that ends a wait; @head lies in a struct rcu_synchronize */
void wakeme_after_rcu(struct rcu_head *head)
{
	complete(&container_of(head, struct rcu_synchronize, head)->completion);
}

/* Has the same function been seen at a lower place? Then its wait serves this one. */
static bool seen_before(call_rcu_func_t *crcu_array, int i)
{
	int j = 0;

	while (crcu_array[j] != crcu_array[i])
		j++;
	return j < i;
}

/**
 * __wait_rcu_gp - wait for callbacks of several flavours
 * @checktiny: leave out call_rcu() itself where every sleep is a grace period: never here
 * @state: task state to sleep in
 * @n: how many
 * @crcu_array: their functions
 * @rs_array: room for as many callbacks
 * Context: may sleep.
 */
void __wait_rcu_gp(bool checktiny, unsigned int state, int n, call_rcu_func_t *crcu_array,
		   struct rcu_synchronize *rs_array)
{
	int i;

	for (i = 0; i < n; i++) {
		if (seen_before(crcu_array, i))
			continue;
		init_completion(&rs_array[i].completion);
		crcu_array[i](&rs_array[i].head, wakeme_after_rcu);
	}
	for (i = 0; i < n; i++) {
		if (!seen_before(crcu_array, i))
			wait_for_completion_state(&rs_array[i].completion, state);
	}
}
