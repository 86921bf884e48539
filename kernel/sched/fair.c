// SPDX-License-Identifier: MIT
/*
 * The fair class: earliest eligible virtual deadline first (EEVDF).
 *
 * Each runnable task i has a weight w_i from its nice level and a virtual run time v_i, which
 * advances by (real time run) * 1024 / w_i. In an ideal system that runs all tasks at once, each
 * at its share, all v_i would be equal: to the weighted average
 *
 *	V = sum(w_i * v_i) / sum(w_i)
 *
 * so lag_i = V - v_i tells how much service (in virtual time) the task is owed.
 *
 * A task asks for service in requests of one slice. Three rules decide everything:
 *
 *	(E1) a task is eligible if it is not ahead: v_i <= V
 *	(E2) a request of slice r made at v has the virtual deadline v + r * 1024 / w_i
 *	(E3) of the eligible tasks, the one with the earliest deadline runs
 *
 * E1 gives fairness: nobody gets further ahead than one request, so |lag| stays below about a
 * slice plus a tick. E3 gives latency: a shorter slice means an earlier deadline, without giving
 * a larger share. At least one task is always eligible, since an average can't be below all.
 *
 * Sums without drift: we keep, over the tasks in the timeline (all but the running one),
 *
 *	avg_vruntime = sum(w_i * (v_i - v0)),  avg_load = sum(w_i),  v0 = min_vruntime
 *
 * where v0 moves along with the tasks so that the differences stay small. Then E1 is a
 * multiplication, not a division:  v_i <= V  <=>  (v_i - v0) * sum(w) <= sum(w * (v - v0)).
 *
 * Search: the timeline is a red-black tree by deadline, and each node knows the smallest v in its
 * subtree. The leftmost eligible node is found in one descent: left, if the left subtree holds an
 * eligible task; else this node, if eligible; else right.
 *
 * Sleeping: a task takes its lag (clamped) with it and gets it back when it wakes, scaled so that
 * its own return to the average does not change what it is owed (place_entity()). So neither
 * sleeping nor waking gains or loses service. While asleep the lag is frozen.
 *
 * Preemption: at a tick when the request is served (v reached the deadline), and at a wake-up when
 * E3 now says the woken task. In between, the running task keeps the CPU.
 */

#include <linux/math64.h>

#include "sched.h"

/* Real nanoseconds per request. Shorter is more responsive and switches more. */
unsigned int sysctl_sched_base_slice = 3000000;

static inline struct rq *rq_of(struct cfs_rq *cfs_rq)
{
	return container_of(cfs_rq, struct rq, cfs);
}

static inline struct task_struct *task_of(struct sched_entity *se)
{
	return container_of(se, struct task_struct, se);
}

/* ---- virtual time ---- */

/* delta * 1024 / weight, by the reciprocal: inv_weight is 2^32 / weight. */
static inline u64 calc_delta_fair(u64 delta, struct sched_entity *se)
{
	if (likely(se->load.weight == NICE_0_LOAD))
		return delta;
	return (u64)(((unsigned __int128)delta * se->load.inv_weight) >> 22);
}

static inline s64 entity_key(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	return (s64)(se->vruntime - cfs_rq->min_vruntime);
}

static inline bool deadline_before(const struct sched_entity *a, const struct sched_entity *b)
{
	return (s64)(a->deadline - b->deadline) < 0;
}

static inline void avg_vruntime_add(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	cfs_rq->avg_vruntime += entity_key(cfs_rq, se) * (s64)se->load.weight;
	cfs_rq->avg_load += se->load.weight;
}

static inline void avg_vruntime_sub(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	cfs_rq->avg_vruntime -= entity_key(cfs_rq, se) * (s64)se->load.weight;
	cfs_rq->avg_load -= se->load.weight;
}

/* The sums with the running task, which is not in the timeline, added. */
static inline void avg_sums(struct cfs_rq *cfs_rq, s64 *sum, s64 *load)
{
	struct sched_entity *curr = cfs_rq->curr;

	*sum = cfs_rq->avg_vruntime;
	*load = cfs_rq->avg_load;
	if (curr && curr->on_rq) {
		*sum += entity_key(cfs_rq, curr) * (s64)curr->load.weight;
		*load += curr->load.weight;
	}
}

/**
 * avg_vruntime - V, the point in virtual time where everybody has got their share
 * @cfs_rq: the queue, locked
 *
 * Rounds down, so that a task at V is eligible.
 */
u64 avg_vruntime(struct cfs_rq *cfs_rq)
{
	s64 sum, load;

	avg_sums(cfs_rq, &sum, &load);
	if (!load)
		return cfs_rq->min_vruntime;
	if (sum < 0)
		sum -= load - 1;
	return cfs_rq->min_vruntime + div64_s64(sum, load);
}

/* E1 */
static inline bool vruntime_eligible(struct cfs_rq *cfs_rq, u64 vruntime)
{
	s64 sum, load;

	avg_sums(cfs_rq, &sum, &load);
	return sum >= (s64)(vruntime - cfs_rq->min_vruntime) * load;
}

/** entity_eligible - has an entity had no more than its share? */
int entity_eligible(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	return vruntime_eligible(cfs_rq, se->vruntime);
}

/* ---- the timeline ---- */

#define node_entity(node)	rb_entry((node), struct sched_entity, run_node)

static inline bool timeline_less(struct rb_node *a, const struct rb_node *b)
{
	return deadline_before(node_entity(a), node_entity(b));
}

static inline u64 min_of_vruntimes(u64 a, u64 b)
{
	return (s64)(a - b) < 0 ? a : b;
}

/* Recompute a node from its children; true if nothing changed, so that the way up can stop. */
static inline bool min_vruntime_compute(struct sched_entity *se, bool exit)
{
	u64 old = se->min_vruntime;
	u64 min = se->vruntime;
	struct rb_node *left = se->run_node.rb_left;
	struct rb_node *right = se->run_node.rb_right;

	if (left)
		min = min_of_vruntimes(min, node_entity(left)->min_vruntime);
	if (right)
		min = min_of_vruntimes(min, node_entity(right)->min_vruntime);
	se->min_vruntime = min;
	return exit && old == min;
}

RB_DECLARE_CALLBACKS(static, min_vruntime_cb, struct sched_entity, run_node, min_vruntime,
		     min_vruntime_compute);

static void timeline_add(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	avg_vruntime_add(cfs_rq, se);
	se->min_vruntime = se->vruntime;
	rb_add_augmented_cached(&se->run_node, &cfs_rq->timeline, timeline_less,
				&min_vruntime_cb);
}

static void timeline_del(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	rb_erase_augmented_cached(&se->run_node, &cfs_rq->timeline, &min_vruntime_cb);
	avg_vruntime_sub(cfs_rq, se);
}

static struct sched_entity *timeline_first(struct cfs_rq *cfs_rq)
{
	struct rb_node *left = rb_first_cached(&cfs_rq->timeline);

	return left ? node_entity(left) : NULL;
}

/* Move the origin of the sums forward to the task that is furthest behind. */
static void update_min_vruntime(struct cfs_rq *cfs_rq)
{
	struct sched_entity *curr = cfs_rq->curr;
	struct rb_node *root = cfs_rq->timeline.rb_root.rb_node;
	u64 min;
	s64 delta;

	if (curr && curr->on_rq) {
		min = curr->vruntime;
		if (root)
			min = min_of_vruntimes(min, node_entity(root)->min_vruntime);
	} else if (root) {
		min = node_entity(root)->min_vruntime;
	} else {
		return;
	}

	delta = (s64)(min - cfs_rq->min_vruntime);
	if (delta > 0) {
		cfs_rq->avg_vruntime -= delta * (s64)cfs_rq->avg_load;
		cfs_rq->min_vruntime = min;
	}
}

/* E3: the earliest deadline among the eligible, in one descent as the top of the file says. */
static struct sched_entity *search_eligible(struct cfs_rq *cfs_rq)
{
	struct rb_node *node = cfs_rq->timeline.rb_root.rb_node;
	struct sched_entity *first = timeline_first(cfs_rq);

	if (first && entity_eligible(cfs_rq, first))
		return first;
	while (node) {
		struct rb_node *left = node->rb_left;

		if (left && vruntime_eligible(cfs_rq, node_entity(left)->min_vruntime)) {
			node = left;
			continue;
		}
		if (entity_eligible(cfs_rq, node_entity(node)))
			return node_entity(node);
		node = node->rb_right;
	}
	return NULL;
}

/* The entity that should run now, the running one included in the choice. */
static struct sched_entity *pick_eevdf(struct cfs_rq *cfs_rq)
{
	struct sched_entity *curr = cfs_rq->curr;
	struct sched_entity *best;

	if (curr && (!curr->on_rq || !entity_eligible(cfs_rq, curr)))
		curr = NULL;
	best = search_eligible(cfs_rq);
	if (!best)
		return curr ? curr : timeline_first(cfs_rq);
	if (curr && !deadline_before(best, curr))
		return curr;
	return best;
}

/* ---- charging ---- */

/* E2, when the request is served: the next one begins. True if somebody else could run now. */
static bool update_deadline(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	if ((s64)(se->vruntime - se->deadline) < 0)
		return false;
	if (!se->custom_slice)
		se->slice = sysctl_sched_base_slice;
	se->deadline = se->vruntime + calc_delta_fair(se->slice, se);
	return cfs_rq->nr_running > 1;
}

static void update_curr(struct cfs_rq *cfs_rq)
{
	struct sched_entity *curr = cfs_rq->curr;
	struct rq *rq = rq_of(cfs_rq);
	s64 delta;

	if (unlikely(!curr))
		return;
	delta = (s64)(rq_clock(rq) - curr->exec_start);
	if (unlikely(delta <= 0))
		return;
	curr->exec_start = rq_clock(rq);
	curr->sum_exec_runtime += delta;
	curr->vruntime += calc_delta_fair(delta, curr);
	if (update_deadline(cfs_rq, curr))
		resched_curr(rq);
	update_min_vruntime(cfs_rq);
}

static void update_curr_fair(struct rq *rq)
{
	update_curr(&rq->cfs);
}

/* ---- lag across sleep ---- */

/* The most that a task may owe or be owed: two requests, or a tick if that is longer. */
static s64 lag_limit(struct sched_entity *se)
{
	return calc_delta_fair(max_t(u64, 2 * se->slice, TICK_NSEC), se);
}

static void save_lag(struct cfs_rq *cfs_rq, struct sched_entity *se)
{
	s64 limit;

	if (cfs_rq->nr_running == 1) {
		se->vlag = 0;		/* alone, it is the average */
		return;
	}
	limit = lag_limit(se);
	se->vlag = clamp_t(s64, (s64)(avg_vruntime(cfs_rq) - se->vruntime), -limit, limit);
}

/*
 * Where in virtual time a task joins. At V - lag its lag would not be @vlag afterwards, since it
 * pulls the average towards itself: with W the others' weight and w its own, joining at V - l
 * moves V to V - l * w / (W + w), which leaves it a lag of l * W / (W + w). Solved for the wanted
 * lag: l = vlag * (W + w) / W.
 */
static void place_entity(struct cfs_rq *cfs_rq, struct sched_entity *se, int flags)
{
	u64 vruntime = avg_vruntime(cfs_rq);
	u64 vslice;
	s64 lag = 0;

	if (!se->custom_slice)
		se->slice = sysctl_sched_base_slice;
	vslice = calc_delta_fair(se->slice, se);

	if (cfs_rq->nr_running && se->vlag) {
		s64 load = cfs_rq->load;

		lag = se->vlag * (load + (s64)se->load.weight);
		lag = div64_s64(lag, load);
	}
	se->vruntime = vruntime - lag;

	if (se->rel_deadline) {
		se->deadline += se->vruntime;
		se->rel_deadline = 0;
		return;
	}
	/* A newcomer's first request is half as long: it may join in the middle of a round. */
	if (flags & ENQUEUE_INITIAL)
		vslice /= 2;
	se->deadline = se->vruntime + vslice;
}

/* ---- class: queueing ---- */

static void enqueue_task_fair(struct rq *rq, struct task_struct *p, int flags)
{
	struct cfs_rq *cfs_rq = &rq->cfs;
	struct sched_entity *se = &p->se;

	update_curr(cfs_rq);
	place_entity(cfs_rq, se, flags);
	/* Balancers look at these two without the lock, here and where a task leaves. */
	WRITE_ONCE(cfs_rq->load, cfs_rq->load + se->load.weight);
	WRITE_ONCE(cfs_rq->nr_running, cfs_rq->nr_running + 1);
	if (cfs_rq->curr != se)
		timeline_add(cfs_rq, se);
	else
		se->exec_start = rq_clock(rq);
	se->on_rq = 1;
	list_add(&se->group_node, &rq->cfs_tasks);
	add_nr_running(rq, 1);
}

static void dequeue_task_fair(struct rq *rq, struct task_struct *p, int flags)
{
	struct cfs_rq *cfs_rq = &rq->cfs;
	struct sched_entity *se = &p->se;

	update_curr(cfs_rq);
	save_lag(cfs_rq, se);
	if (flags & (DEQUEUE_SAVE | DEQUEUE_MIGRATING)) {
		/* It comes back in the middle of its request. */
		se->deadline -= se->vruntime;
		se->rel_deadline = 1;
	}
	if (cfs_rq->curr != se)
		timeline_del(cfs_rq, se);
	se->on_rq = 0;
	WRITE_ONCE(cfs_rq->load, cfs_rq->load - se->load.weight);
	WRITE_ONCE(cfs_rq->nr_running, cfs_rq->nr_running - 1);
	list_del_init(&se->group_node);
	sub_nr_running(rq, 1);
	if (!(flags & DEQUEUE_SAVE))
		update_min_vruntime(cfs_rq);
}

/*
 * A yielding task gives up the rest of its request: it counts as served, which puts it ahead of
 * the average, so that everybody who is behind runs first.
 */
static void yield_task_fair(struct rq *rq)
{
	struct cfs_rq *cfs_rq = &rq->cfs;
	struct sched_entity *se = cfs_rq->curr;

	if (cfs_rq->nr_running == 1)
		return;
	update_curr(cfs_rq);
	if (entity_eligible(cfs_rq, se))
		se->vruntime = se->deadline;
	se->deadline = se->vruntime + calc_delta_fair(se->slice, se);
}

static void wakeup_preempt_fair(struct rq *rq, struct task_struct *p, int wake_flags)
{
	struct task_struct *curr = rcu_dereference_protected(rq->curr, true);
	struct cfs_rq *cfs_rq = &rq->cfs;

	if (test_tsk_need_resched(curr))
		return;
	if (unlikely(idle_policy(curr->policy) != idle_policy(p->policy))) {
		if (idle_policy(curr->policy))
			resched_curr(rq);
		return;
	}
	if (p->policy != SCHED_NORMAL)
		return;
	/* The waker is about to sleep: no need to interrupt it before. */
	if ((wake_flags & WF_SYNC) && curr == current)
		return;
	update_curr(cfs_rq);
	if (pick_eevdf(cfs_rq) == &p->se)
		resched_curr(rq);
}

/* ---- class: running ---- */

static void set_next_entity(struct rq *rq, struct sched_entity *se)
{
	struct cfs_rq *cfs_rq = &rq->cfs;

	if (se->on_rq) {
		timeline_del(cfs_rq, se);
		list_move(&se->group_node, &rq->cfs_tasks);
	}
	cfs_rq->curr = se;
	se->exec_start = rq_clock(rq);
	se->prev_sum_exec_runtime = se->sum_exec_runtime;
}

static void set_next_task_fair(struct rq *rq, struct task_struct *p)
{
	set_next_entity(rq, &p->se);
}

static struct task_struct *pick_next_task_fair(struct rq *rq)
{
	struct cfs_rq *cfs_rq = &rq->cfs;
	struct sched_entity *se;

	if (!cfs_rq->nr_running)
		return NULL;
	se = cfs_rq->nr_running == 1 ? timeline_first(cfs_rq) : pick_eevdf(cfs_rq);
	set_next_entity(rq, se);
	return task_of(se);
}

static void put_prev_task_fair(struct rq *rq, struct task_struct *p)
{
	struct cfs_rq *cfs_rq = &rq->cfs;
	struct sched_entity *se = &p->se;

	if (se->on_rq) {
		update_curr(cfs_rq);
		timeline_add(cfs_rq, se);
	}
	cfs_rq->curr = NULL;
}

static bool balance_fair(struct rq *rq, struct task_struct *prev)
{
	(void)prev;
	if (rq->nr_running)
		return true;
	return newidle_balance(rq);
}

static void task_tick_fair(struct rq *rq, struct task_struct *p)
{
	(void)p;
	update_curr(&rq->cfs);
}

/* ---- class: changes ---- */

static void task_fork_fair(struct task_struct *p)
{
	p->se.vlag = 0;
	p->se.rel_deadline = 0;
}

/**
 * reweight_task_fair - keep what a task is owed, in real time, when its weight changes
 * @rq: its queue, locked, the task taken off it with DEQUEUE_SAVE
 * @p: the task; its weight is set anew here
 */
void reweight_task_fair(struct rq *rq, struct task_struct *p)
{
	struct sched_entity *se = &p->se;
	s64 old = se->load.weight;
	s64 new;

	(void)rq;
	set_load_weight(p);
	new = se->load.weight;
	se->vlag = div64_s64(se->vlag * old, new);
	if (se->rel_deadline)
		se->deadline = (u64)div64_s64((s64)se->deadline * old, new);
}

/* Coming from another class, there is nothing owed. */
static void switched_to_fair(struct rq *rq, struct task_struct *p)
{
	if (!task_on_rq_queued(p))
		return;
	if (task_current(rq, p))
		resched_curr(rq);
	else
		wakeup_preempt(rq, p, 0);
}

static void prio_changed_fair(struct rq *rq, struct task_struct *p, int oldprio)
{
	if (!task_on_rq_queued(p) || rq->cfs.nr_running == 1)
		return;
	if (task_current(rq, p)) {
		if (p->prio > oldprio)
			resched_curr(rq);
	} else {
		wakeup_preempt(rq, p, 0);
	}
}

/** init_cfs_rq - an empty queue of the fair class */
void init_cfs_rq(struct cfs_rq *cfs_rq)
{
	cfs_rq->timeline = RB_ROOT_CACHED;
	/* Close to wrapping round, so that arithmetic that forgets about it fails early. */
	cfs_rq->min_vruntime = (u64)(-(1LL << 20));
}

const struct sched_class fair_sched_class = {
	.rank			= 1,
	.next			= &idle_sched_class,
	.enqueue_task		= enqueue_task_fair,
	.dequeue_task		= dequeue_task_fair,
	.yield_task		= yield_task_fair,
	.wakeup_preempt		= wakeup_preempt_fair,
	.pick_next_task		= pick_next_task_fair,
	.put_prev_task		= put_prev_task_fair,
	.set_next_task		= set_next_task_fair,
	.balance		= balance_fair,
	.select_task_rq		= select_task_rq_fair,
	.task_tick		= task_tick_fair,
	.task_fork		= task_fork_fair,
	.switched_to		= switched_to_fair,
	.prio_changed		= prio_changed_fair,
	.update_curr		= update_curr_fair,
};
