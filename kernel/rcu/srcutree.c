// SPDX-License-Identifier: MIT
/*
 * Sleepable RCU: how a grace period of a domain moves.
 *
 * Readers. A domain has two sets of per-CPU counters, and srcu_idx says which one new readers use.
 * A reader adds one to its set's lock count when it begins and to the same set's unlock count when
 * it ends, each on the CPU where it happens to be; both only ever grow. When a set's unlock counts
 * add up to its lock counts, no reader of that set is inside:
 *
 *	reader				updater (scan of one set)
 *	idx = srcu_idx			unlocks = sum of unlock counts
 *	lock_count[idx]++		A: full barrier
 *	B: full barrier			locks = sum of lock counts
 *	  ... reads ...			nobody inside, if the two are equal
 *	C: release
 *	unlock_count[idx]++
 *
 * Unlocks are added up first: by C and A, an unlock that we counted has its lock counted too. So a
 * reader who is inside makes locks the larger, unless its lock came after our sum; but then, by B
 * and A, it sees all that the updater did before the scan, and we need not wait for it.
 *
 * Grace periods. Scanning the set in use might never find it empty, as readers keep coming. So
 * only the other one is scanned, and the sets are exchanged in between:
 *
 *	IDLE ----> SCAN1 ----------------> SCAN2 ----------------> IDLE
 *	    asked        the other set       |    the other set
 *	    for          is empty: flip -----+    is empty: callbacks
 *
 * Why the first scan: a reader that read srcu_idx long ago and only now counts itself in uses the
 * set that we take for idle. Both sets having been empty at some time after the start is what
 * makes the grace period; the flip only makes it end.
 *
 * Numbers. srcu_gp_seq counts grace periods and holds the state in its low bits (see rcu.h). What
 * callers wait for goes into their CPU's list of callbacks with the number that ends their wait;
 * srcu_gp_seq_needed is the largest number asked for, and while it lies ahead the machine goes on.
 * A CPU that has asked for a number once doesn't take the domain's lock to ask again.
 *
 * The machine runs in a work item. A scan that finds readers is repeated: a few times at once,
 * then (at once, for an expedited grace period, a few times more) after a tick.
 *
 * Lite readers have no barriers B and C. A domain that has them gets synchronize_rcu() in A's
 * place, which makes every CPU that could be in one of those windows do a full barrier.
 *
 * Lock order: srcu_gp_mutex, then srcu_data.lock or srcu_usage.lock; these two don't nest.
 */

#include <linux/srcu.h>

#include <linux/delay.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate_wait.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

#include "rcu.h"
#include "rcu_segcblist.h"
#include "torture/break.h"

/* Between two scans at once, in microseconds, and how many of those. */
#define SRCU_RETRY_DELAY	5
#define SRCU_RETRIES		3
/* How often an expedited grace period is resumed without a pause, per state. */
#define SRCU_MAX_NODELAY	20

/* A domain whose last grace period is longer ago than this, in ns, gets the next one in haste. */
static ulong exp_holdoff = 25 * NSEC_PER_USEC;
module_param(exp_holdoff, ulong, 0444);

static void srcu_invoke_callbacks(struct work_struct *work);
static void process_srcu(struct work_struct *work);

static DEFINE_RAW_SPINLOCK(srcu_early_lock);
static LIST_HEAD(srcu_early);			/* domains with work to do; srcu_early_lock */
static struct workqueue_struct *srcu_wq;	/* NULL until srcu_init(); srcu_early_lock */

static void queue_gp_work(struct srcu_usage *sup, unsigned long delay)
{
	if (unlikely(!READ_ONCE(srcu_wq))) {
		guard(raw_spinlock_irqsave)(&srcu_early_lock);
		if (!srcu_wq) {
			if (list_empty(&sup->early))
				list_add_tail(&sup->early, &srcu_early);
			return;
		}
	}
	/* Sooner than planned, if it is queued already. */
	if (delay)
		queue_delayed_work(srcu_wq, &sup->work, delay);
	else
		mod_delayed_work(srcu_wq, &sup->work, 0);
}

/** srcu_init - from here on, after workqueue_init_early(), grace periods run; earlier ones start */
void __init srcu_init(void)
{
	struct workqueue_struct *wq = alloc_workqueue("srcu", WQ_MEM_RECLAIM | WQ_UNBOUND, 0);
	struct srcu_usage *sup, *n;
	LIST_HEAD(waiting);

	if (!wq)
		panic("no memory for SRCU's work queue");
	scoped_guard(raw_spinlock_irqsave, &srcu_early_lock) {
		WRITE_ONCE(srcu_wq, wq);
		list_splice_init(&srcu_early, &waiting);
	}
	list_for_each_entry_safe(sup, n, &waiting, early) {
		list_del_init(&sup->early);
		queue_gp_work(sup, 0);
	}
}

/* The updaters' half; readers may be inside already if the domain is static. */
static void init_usage(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = ssp->srcu_sup;
	struct srcu_data *sdp;
	int cpu;

	INIT_DELAYED_WORK(&sup->work, process_srcu);
	INIT_LIST_HEAD(&sup->early);
	init_completion(&sup->srcu_barrier_completion);
	sup->srcu_ssp = ssp;
	for_each_possible_cpu(cpu) {
		sdp = per_cpu_ptr(ssp->sda, cpu);
		spin_lock_init(&sdp->lock);
		rcu_segcblist_init(&sdp->srcu_cblist);
		sdp->srcu_gp_seq_needed = sup->srcu_gp_seq;
		sdp->srcu_gp_seq_needed_exp = sup->srcu_gp_seq;
		INIT_WORK(&sdp->work, srcu_invoke_callbacks);
		sdp->cpu = cpu;
		sdp->ssp = ssp;
	}
	/* All of the above before the flag; pairs with the acquire in check_init(). */
	smp_store_release(&sup->srcu_ready, true);
}

/* A static domain is made ready by the first who wants a grace period. */
static void check_init(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = ssp->srcu_sup;

	if (likely(smp_load_acquire(&sup->srcu_ready)))
		return;
	scoped_guard(spinlock_irqsave, &sup->lock)
		if (!sup->srcu_ready)
			init_usage(ssp);
}

static int init_fields(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = kzalloc(sizeof(*sup), GFP_KERNEL);

	if (!sup)
		return -ENOMEM;
	ssp->sda = alloc_percpu(struct srcu_data);
	if (!ssp->sda) {
		kfree(sup);
		return -ENOMEM;
	}
	spin_lock_init(&sup->lock);
	mutex_init(&sup->srcu_gp_mutex);
	mutex_init(&sup->srcu_barrier_mutex);
	sup->srcu_gp_seq = SRCU_GP_SEQ_INITIAL;
	sup->srcu_gp_seq_needed = SRCU_GP_SEQ_INITIAL;
	sup->srcu_gp_seq_needed_exp = SRCU_GP_SEQ_INITIAL;
	ssp->srcu_idx = 0;
	ssp->srcu_sup = sup;
	init_usage(ssp);
	return 0;
}

#ifdef CONFIG_DEBUG_LOCK_ALLOC

int __init_srcu_struct(struct srcu_struct *ssp, const char *name, struct lock_class_key *key)
{
	lockdep_init_map(&ssp->dep_map, name, key, 0);
	return init_fields(ssp);
}

#else

/**
 * init_srcu_struct - make a domain
 * @ssp: the domain
 * Context: May sleep.
 * Return: 0, or -ENOMEM.
 */
int init_srcu_struct(struct srcu_struct *ssp)
{
	return init_fields(ssp);
}

#endif

/**
 * cleanup_srcu_struct - unmake a domain that init_srcu_struct() made
 * @ssp: the domain; no readers, no callbacks (srcu_barrier()), no grace period asked for
 *
 * A domain that is still in use is reported and leaked: freeing it would be worse.
 * Context: May sleep.
 */
void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = ssp->srcu_sup;
	int cpu;

	if (WARN_ON(srcu_readers_active(ssp)))
		return;
	flush_delayed_work(&sup->work);
	for_each_possible_cpu(cpu) {
		struct srcu_data *sdp = per_cpu_ptr(ssp->sda, cpu);

		flush_work(&sdp->work);
		if (WARN_ON(rcu_segcblist_n_cbs(&sdp->srcu_cblist)))
			return;
	}
	if (WARN_ON(rcu_seq_state(READ_ONCE(sup->srcu_gp_seq)) != SRCU_STATE_IDLE) ||
	    WARN_ON(READ_ONCE(sup->srcu_gp_seq) != READ_ONCE(sup->srcu_gp_seq_needed)) ||
	    WARN_ON(sup->sda_is_static))
		return;
	free_percpu(ssp->sda);
	ssp->sda = NULL;
	kfree(sup);
	ssp->srcu_sup = NULL;
}

/*
 * Note what kind of reader this is, complain about a second kind: <linux/srcutree.h>. The first
 * reader of a kind on a CPU does a full barrier, so that an updater that misses its mark is one
 * whose changes that reader sees.
 */
void __srcu_check_read_flavor(struct srcu_struct *ssp, int read_flavor)
{
	int *flavor = &raw_cpu_ptr(ssp->sda)->srcu_reader_flavor;
	int old;

	WARN_ON_ONCE(read_flavor != SRCU_READ_FLAVOR_NMI && in_nmi());
	old = READ_ONCE(*flavor);
	if (!old)
		old = cmpxchg(flavor, 0, read_flavor);
	WARN_ONCE(old && old != read_flavor,
		  "SRCU domain %ps has readers of kind %d, now comes one of kind %d\n", ssp, old,
		  read_flavor);
}

static bool has_lite_readers(struct srcu_struct *ssp)
{
	int cpu;

	for_each_possible_cpu(cpu)
		if (READ_ONCE(per_cpu_ptr(ssp->sda, cpu)->srcu_reader_flavor) &
		    SRCU_READ_FLAVOR_LITE)
			return true;
	return false;
}

static unsigned long sum(struct srcu_struct *ssp, int idx, bool locks)
{
	unsigned long n = 0;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct srcu_data *sdp = per_cpu_ptr(ssp->sda, cpu);

		n += atomic_long_read(locks ? &sdp->srcu_lock_count[idx] :
				      &sdp->srcu_unlock_count[idx]);
	}
	return n;
}

/* model: srcu_scan */
static bool set_is_empty(struct srcu_struct *ssp, int idx)
{
	bool lite = has_lite_readers(ssp);
	unsigned long unlocks = sum(ssp, idx, false);

	if (lite)
		synchronize_rcu();	/* A, and B and C for readers without them */
	else
		smp_mb();		/* A: pairs with B and C in the readers */
	return sum(ssp, idx, true) == unlocks;
}

/* Is anybody inside? For sanity checks: the sums are not taken at one moment. */
bool srcu_readers_active(struct srcu_struct *ssp)
{
	return sum(ssp, 0, true) + sum(ssp, 1, true) != sum(ssp, 0, false) + sum(ssp, 1, false);
}

/* Does *@needed, an end that somebody wants, lie ahead? */
static bool gp_is_wanted(struct srcu_usage *sup, unsigned long *needed)
{
	return (long)(READ_ONCE(*needed) - READ_ONCE(sup->srcu_gp_seq)) > 0;
}

/* A few looks in a row. A lite domain's look is long enough by itself. */
static bool wait_for_set(struct srcu_struct *ssp, int idx)
{
	int tries;

	for (tries = SRCU_RETRIES; !set_is_empty(ssp, idx); udelay(SRCU_RETRY_DELAY))
		if (!--tries || has_lite_readers(ssp))
			return false;
	return true;
}

/* model: srcu_flip */
static void flip(struct srcu_struct *ssp)
{
	if (rcu_broken(RCU_BREAK_SRCU_FLIP))
		return;
	WRITE_ONCE(ssp->srcu_idx, !ssp->srcu_idx);
	/*
	 * Not needed for safety, which rests on both scans: but a reader that begins after it sees
	 * the new index, so that the next scan isn't kept waiting by newcomers. Pairs with B.
	 */
	smp_mb();
}

static void start_gp(struct srcu_usage *sup)
{
	lockdep_assert_held(&sup->lock);
	rcu_seq_start(&sup->srcu_gp_seq);
}

static void end_gp(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = ssp->srcu_sup;
	struct srcu_data *sdp;
	int cpu;

	sup->srcu_n_scans = 0;	/* for the next one, which others may start */
	scoped_guard(spinlock_irq, &sup->lock) {
		rcu_seq_end(&sup->srcu_gp_seq);
		WRITE_ONCE(sup->srcu_last_gp_end, ktime_get_mono_fast_ns());
	}
	for_each_possible_cpu(cpu) {
		sdp = per_cpu_ptr(ssp->sda, cpu);
		if (!rcu_segcblist_empty(&sdp->srcu_cblist))
			queue_work(srcu_wq, &sdp->work);
	}
	/* Unless somebody has asked in between and started it himself. */
	scoped_guard(spinlock_irq, &sup->lock)
		if (rcu_seq_state(sup->srcu_gp_seq) == SRCU_STATE_IDLE &&
		    gp_is_wanted(sup, &sup->srcu_gp_seq_needed))
			start_gp(sup);
}

/* Moves as far as it can. False: readers are in the way, look again later. */
static bool advance_gp(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = ssp->srcu_sup;

	switch (rcu_seq_state(READ_ONCE(sup->srcu_gp_seq))) {
	case SRCU_STATE_SCAN1:
		if (!wait_for_set(ssp, !ssp->srcu_idx))
			return false;
		flip(ssp);
		scoped_guard(spinlock_irq, &sup->lock)
			rcu_seq_set_state(&sup->srcu_gp_seq, SRCU_STATE_SCAN2);
		sup->srcu_n_scans = 0;
		fallthrough;
	case SRCU_STATE_SCAN2:
		if (!wait_for_set(ssp, !ssp->srcu_idx))
			return false;
		end_gp(ssp);
	}
	return true;
}

static void process_srcu(struct work_struct *work)
{
	struct srcu_usage *sup = container_of(to_delayed_work(work), struct srcu_usage, work);
	guard(mutex)(&sup->srcu_gp_mutex);

	if (!advance_gp(sup->srcu_ssp))
		sup->srcu_n_scans++;
	if (rcu_seq_state(READ_ONCE(sup->srcu_gp_seq)) != SRCU_STATE_IDLE)
		queue_gp_work(sup, gp_is_wanted(sup, &sup->srcu_gp_seq_needed_exp) &&
				   sup->srcu_n_scans < SRCU_MAX_NODELAY ? 0 : 1);
}

/* Raise *@seq, an end that is wanted, to @s. Return: was it lower? */
static bool raise(unsigned long *seq, unsigned long s)
{
	if ((long)(s - *seq) <= 0)
		return false;
	WRITE_ONCE(*seq, s);
	return true;
}

static void request_gp(struct srcu_struct *ssp, unsigned long s, bool expedite)
{
	struct srcu_usage *sup = ssp->srcu_sup;
	bool kick = false;

	scoped_guard(spinlock_irqsave, &sup->lock) {
		raise(&sup->srcu_gp_seq_needed, s);
		kick = expedite && raise(&sup->srcu_gp_seq_needed_exp, s);
		/* Done already, perhaps, by one that began between the caller's look and ours. */
		if (rcu_seq_state(sup->srcu_gp_seq) == SRCU_STATE_IDLE) {
			kick = gp_is_wanted(sup, &sup->srcu_gp_seq_needed);
			if (kick)
				start_gp(sup);
		}
	}
	if (kick)
		queue_gp_work(sup, expedite ? 0 : 1);
}

/*
 * Puts @rhp, if there is one, behind a grace period that begins after now, and sees to it that
 * there will be one. Return: the number by which it will have ended.
 */
static unsigned long start_gp_if_needed(struct srcu_struct *ssp, struct rcu_head *rhp,
					bool expedite)
{
	struct srcu_usage *sup = ssp->srcu_sup;
	struct srcu_data *sdp;
	unsigned long s = 0;
	bool ask = false;

	check_init(ssp);
	sdp = raw_cpu_ptr(ssp->sda);	/* if we move, that CPU's list does as well */
	scoped_guard(spinlock_irqsave, &sdp->lock) {
		if (rhp)
			rcu_segcblist_enqueue(&sdp->srcu_cblist, rhp);
		/* Its barrier: the caller's changes before the number. rcu_seq_start()'s partner */
		s = rcu_seq_snap(&sup->srcu_gp_seq);
		if (rhp) {
			/* The snapshot first: so there is room for its number after the advance. */
			rcu_segcblist_advance(&sdp->srcu_cblist,
					      rcu_seq_current(&sup->srcu_gp_seq));
			WARN_ON_ONCE(!rcu_segcblist_accelerate(&sdp->srcu_cblist, s));
		}
		ask = raise(&sdp->srcu_gp_seq_needed, s);
		if (expedite)
			ask |= raise(&sdp->srcu_gp_seq_needed_exp, s);
	}
	if (ask)
		request_gp(ssp, s, expedite);
	return s;
}

static void srcu_invoke_callbacks(struct work_struct *work)
{
	struct srcu_data *sdp = container_of(work, struct srcu_data, work);
	struct rcu_cblist ready;
	bool more = false;
	long len;

	scoped_guard(spinlock_irq, &sdp->lock)
		rcu_segcblist_take(&sdp->srcu_cblist,
				   rcu_seq_current(&sdp->ssp->srcu_sup->srcu_gp_seq), &ready);
	len = rcu_cblist_invoke(&ready);
	scoped_guard(spinlock_irq, &sdp->lock) {
		rcu_segcblist_add_len(&sdp->srcu_cblist, -len);
		more = rcu_segcblist_ready_cbs(&sdp->srcu_cblist);
	}
	if (more)
		queue_work(srcu_wq, &sdp->work);
}

/**
 * call_srcu - call a function after a grace period
 * @ssp: the domain; its readers may call it too
 * @rhp: in the object
 * @func: called with @rhp in task context with softirqs off; quick, and doesn't sleep
 * Context: Any but NMI.
 */
void call_srcu(struct srcu_struct *ssp, struct rcu_head *rhp, rcu_callback_t func)
{
	rhp->func = func;
	start_gp_if_needed(ssp, rhp, false);
}

static void srcu_barrier_one(struct srcu_usage *sup)
{
	if (atomic_dec_and_test(&sup->srcu_barrier_cpu_cnt))
		complete(&sup->srcu_barrier_completion);
}

static void srcu_barrier_callback(struct rcu_head *rhp)
{
	srcu_barrier_one(container_of(rhp, struct srcu_data, srcu_barrier_head)->ssp->srcu_sup);
}

/**
 * srcu_barrier - wait until every callback queued by now has been called
 * @ssp: the domain
 *
 * A callback of ours goes behind the last one on each CPU's list, if there is any; no grace
 * period is waited for that those don't wait for.
 * Context: May sleep; not a reader of the domain.
 */
void srcu_barrier(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = ssp->srcu_sup;
	int cpu;
	guard(mutex)(&sup->srcu_barrier_mutex);

	check_init(ssp);
	reinit_completion(&sup->srcu_barrier_completion);
	atomic_set(&sup->srcu_barrier_cpu_cnt, 1);
	for_each_possible_cpu(cpu) {
		struct srcu_data *sdp = per_cpu_ptr(ssp->sda, cpu);

		scoped_guard(spinlock_irq, &sdp->lock) {
			sdp->srcu_barrier_head.func = srcu_barrier_callback;
			if (rcu_segcblist_entrain(&sdp->srcu_cblist, &sdp->srcu_barrier_head))
				atomic_inc(&sup->srcu_barrier_cpu_cnt);
		}
	}
	srcu_barrier_one(sup);
	wait_for_completion(&sup->srcu_barrier_completion);
}

static void wait_for_gp(struct srcu_struct *ssp, bool expedite)
{
	struct rcu_synchronize rs;

	srcu_lock_sync(&ssp->dep_map);
	RCU_LOCKDEP_WARN(lock_is_held(&ssp->dep_map),
			 "Illegal synchronize_srcu() in same-type SRCU read-side critical section");
	rcu_check_no_reader("synchronize_srcu()");
	/* With one task, that is here, nobody reads. */
	if (rcu_scheduler_active == RCU_SCHEDULER_INACTIVE)
		return;
	might_sleep();
	init_completion(&rs.completion);
	rs.head.func = wakeme_after_rcu;
	start_gp_if_needed(ssp, &rs.head, expedite);
	wait_for_completion(&rs.completion);
	/* Readers' ends (C, A) before what our caller does next, wherever the callback ran. */
	smp_mb();
}

/**
 * synchronize_srcu_expedited - wait for a grace period, with little patience
 * @ssp: the domain
 *
 * Looks for readers' end over and over before it sleeps between two looks.
 * Context: May sleep; not a reader of the domain.
 */
void synchronize_srcu_expedited(struct srcu_struct *ssp)
{
	wait_for_gp(ssp, !rcu_gp_is_normal());
}

/*
 * A grace period now and then in a quiet domain disturbs nobody, so it needn't be put off to be
 * shared. Lite readers' ones disturb every CPU.
 */
static bool might_be_idle(struct srcu_struct *ssp)
{
	struct srcu_usage *sup = ssp->srcu_sup;
	u64 since;

	check_init(ssp);
	if (has_lite_readers(ssp) || rcu_seq_state(READ_ONCE(sup->srcu_gp_seq)))
		return false;
	since = ktime_get_mono_fast_ns() - READ_ONCE(sup->srcu_last_gp_end);
	return exp_holdoff && since > exp_holdoff;
}

/**
 * synchronize_srcu - wait until everyone who is a reader of this domain now is done
 * @ssp: the domain
 * Context: May sleep; not a reader of the domain, nor of one whose updaters wait for this one's.
 */
void synchronize_srcu(struct srcu_struct *ssp)
{
	bool expedite = rcu_gp_is_expedited() || might_be_idle(ssp);

	wait_for_gp(ssp, expedite && !rcu_gp_is_normal());
}

/** get_state_synchronize_srcu - a cookie for a grace period that begins after now; starts none */
unsigned long get_state_synchronize_srcu(struct srcu_struct *ssp)
{
	check_init(ssp);
	return rcu_seq_snap(&ssp->srcu_sup->srcu_gp_seq);	/* barriers: as for a callback's */
}

/** start_poll_synchronize_srcu - the same, and starts the grace period. Context: Any but NMI. */
unsigned long start_poll_synchronize_srcu(struct srcu_struct *ssp)
{
	return start_gp_if_needed(ssp, NULL, false);
}

/* Has a grace period passed since the cookie? <linux/srcu.h> */
bool poll_state_synchronize_srcu(struct srcu_struct *ssp, unsigned long cookie)
{
	if (cookie != SRCU_GET_STATE_COMPLETED &&
	    !rcu_seq_done_exact(&ssp->srcu_sup->srcu_gp_seq, cookie))
		return false;
	smp_mb();	/* the number before what the caller does next: rcu_seq_end()'s partner */
	return true;
}

/** srcu_batches_completed - a number that grows with the grace periods */
unsigned long srcu_batches_completed(struct srcu_struct *ssp)
{
	return rcu_seq_ctr(READ_ONCE(ssp->srcu_sup->srcu_gp_seq));
}

/* Show a domain's state by printk, behind @tt and @tf: who asks, and the name of the flavour. */
void srcu_torture_stats_print(struct srcu_struct *ssp, char *tt, char *tf)
{
	static const char *const names[] = { "idle", "scan 1", "scan 2", "?" };
	unsigned long seq = READ_ONCE(ssp->srcu_sup->srcu_gp_seq);
	long n = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		n += rcu_segcblist_n_cbs(&per_cpu_ptr(ssp->sda, cpu)->srcu_cblist);
	pr_alert("%s%s grace period %lu (%s, needed %lu), index %d, readers %ld and %ld, "
		 "%ld callbacks\n", tt, tf, rcu_seq_ctr(seq), names[rcu_seq_state(seq)],
		 rcu_seq_ctr(READ_ONCE(ssp->srcu_sup->srcu_gp_seq_needed)),
		 READ_ONCE(ssp->srcu_idx), sum(ssp, 0, true) - sum(ssp, 0, false),
		 sum(ssp, 1, true) - sum(ssp, 1, false), n);
}
