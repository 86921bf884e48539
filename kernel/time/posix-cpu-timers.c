// SPDX-License-Identifier: MIT
/*
 * Clocks that count CPU time, and timers on them.
 *
 *	whose		a thread's, or a process': all its threads, the dead ones too
 *	what		SCHED: as measured at each switch, ns
 *			VIRT, PROF: as the tick has charged it: user; user and system
 *
 * A timer is queued by expiry in the task's or process' posix_cputimers. Nothing counts down: the
 * tick of a CPU compares the times of the task that it interrupts with the first expiry of each
 * clock (run_posix_cpu_timers()). If one is due the task itself does the rest on its way to user
 * mode, as task work: it takes what has expired from the queues, under siglock, then fires each,
 * under its own lock, which comes before siglock in the order.
 *
 * A process' three clocks carry also ITIMER_PROF, ITIMER_VIRTUAL and RLIMIT_CPU.
 */

#include "posix-timers.h"

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/sched/cputime.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/task_work.h>
#include <linux/time.h>

/* A clock id of this kind: ~pid in the high bits, then per-thread, then which. */
#define CPUCLOCK_PERTHREAD_MASK	4
#define CPUCLOCK_WHICH(clock)	((clock) & 3)
#define CPUCLOCK_PERTHREAD(clock) (((clock) & CPUCLOCK_PERTHREAD_MASK) != 0)
#define CPUCLOCK_PID(clock)	((pid_t)~((clock) >> 3))
#define MAKE_CPUCLOCK(pid, flags) ((clockid_t)((~(unsigned int)(pid) << 3) | (flags)))

#define PROCESS_CLOCK	MAKE_CPUCLOCK(0, CPUCLOCK_SCHED)
#define THREAD_CLOCK	MAKE_CPUCLOCK(0, CPUCLOCK_SCHED | CPUCLOCK_PERTHREAD_MASK)

/* --- Time ------------------------------------------------------------------------------------- */

u64 cpu_clock_of_task(int which, struct task_struct *p)
{
	u64 utime, stime;

	if (which == CPUCLOCK_SCHED)
		return task_sched_runtime(p);
	task_cputime(p, &utime, &stime);
	return which == CPUCLOCK_VIRT ? utime : utime + stime;
}

/** cpu_clock_of_group - what a process has used by CPUCLOCK_*, in ns */
u64 cpu_clock_of_group(int which, struct task_struct *p)
{
	struct task_cputime times;

	thread_group_cputime(p, &times);
	if (which == CPUCLOCK_SCHED)
		return times.sum_exec_runtime;
	return which == CPUCLOCK_VIRT ? times.utime : times.utime + times.stime;
}

/*
 * --- Whose clock
 * ----------------------------------------------------------------------------------
 */

/* Under RCU. NULL if there is no such task, or we may not have its clock. */
static struct pid *pid_for_clock(clockid_t clock, bool gettime)
{
	bool thread = CPUCLOCK_PERTHREAD(clock);
	pid_t nr = CPUCLOCK_PID(clock);
	struct task_struct *tsk;
	struct pid *pid;

	if (CPUCLOCK_WHICH(clock) >= CPUCLOCK_MAX)
		return NULL;
	if (nr == 0)
		return thread ? task_pid(current) : task_tgid(current);
	pid = find_vpid(nr);
	if (!pid)
		return NULL;
	if (thread) {
		tsk = pid_task(pid, PIDTYPE_PID);
		return tsk && same_thread_group(tsk, current) ? pid : NULL;
	}
	/* One's own thread id stands for the process, for reading. */
	if (gettime && pid == task_pid(current))
		return task_tgid(current);
	return pid_has_task(pid, PIDTYPE_TGID) ? pid : NULL;
}

static enum pid_type clock_pid_type(clockid_t clock)
{
	return CPUCLOCK_PERTHREAD(clock) ? PIDTYPE_PID : PIDTYPE_TGID;
}

static bool clock_exists(clockid_t clock, bool gettime)
{
	bool ret;

	rcu_read_lock();
	ret = pid_for_clock(clock, gettime) != NULL;
	rcu_read_unlock();
	return ret;
}

static int cpu_clock_getres(clockid_t clock, struct timespec64 *tp)
{
	if (!clock_exists(clock, false))
		return -EINVAL;
	tp->tv_sec = 0;
	tp->tv_nsec = CPUCLOCK_WHICH(clock) == CPUCLOCK_SCHED ? 1 : TICK_NSEC;
	return 0;
}

/* They exist, and nobody sets them. */
static int cpu_clock_set(clockid_t clock, const struct timespec64 *tp)
{
	(void)tp;
	return clock_exists(clock, false) ? -EPERM : -EINVAL;
}

static u64 sample_clock(clockid_t clock, struct task_struct *tsk)
{
	int which = CPUCLOCK_WHICH(clock);

	return CPUCLOCK_PERTHREAD(clock) ? cpu_clock_of_task(which, tsk) :
					   cpu_clock_of_group(which, tsk);
}

static int cpu_clock_get(clockid_t clock, struct timespec64 *tp)
{
	struct task_struct *tsk;

	rcu_read_lock();
	tsk = pid_task(pid_for_clock(clock, true), clock_pid_type(clock));
	if (tsk)
		*tp = ns_to_timespec64(sample_clock(clock, tsk));
	rcu_read_unlock();
	return tsk ? 0 : -EINVAL;
}

/*
 * --- The queues: siglock
 * -----------------------------------------------------------------------------
 */

/**
 * posix_cputimers_init - no timers on a task's or a process's CPU clocks
 * @pct: the task's or the process's
 */
void posix_cputimers_init(struct posix_cputimers *pct)
{
	int i;

	memset(pct, 0, sizeof(*pct));
	for (i = 0; i < CPUCLOCK_MAX; i++) {
		pct->bases[i].nextevt = U64_MAX;
		timerqueue_init_head(&pct->bases[i].tqhead);
	}
}

/**
 * posix_cputimers_group_init - the timers of a new process
 * @pct: hers
 * @cpu_limit: RLIMIT_CPU, seconds
 */
void posix_cputimers_group_init(struct posix_cputimers *pct, u64 cpu_limit)
{
	posix_cputimers_init(pct);
	if (cpu_limit != RLIM_INFINITY) {
		pct->bases[CPUCLOCK_PROF].nextevt = cpu_limit * NSEC_PER_SEC;
		pct->timers_active = true;
	}
}

static void posix_cpu_timers_work(struct callback_head *work);

/**
 * posix_cpu_timers_init_task - a new thread has no timers on its CPU clocks
 * @p: the thread
 */
void posix_cpu_timers_init_task(struct task_struct *p)
{
	posix_cputimers_init(&p->posix_cputimers);
	memset(&p->posix_cputimers_work, 0, sizeof(p->posix_cputimers_work));
	init_task_work(&p->posix_cputimers_work.work, posix_cpu_timers_work);
}

static struct posix_cputimer_base *base_of(struct k_itimer *timer, struct task_struct *tsk)
{
	struct posix_cputimers *pct = CPUCLOCK_PERTHREAD(timer->it_clock) ?
		&tsk->posix_cputimers : &tsk->signal->posix_cputimers;

	return &pct->bases[CPUCLOCK_WHICH(timer->it_clock)];
}

static void cpu_timer_dequeue(struct cpu_timer *ctmr)
{
	if (!ctmr->head)
		return;
	timerqueue_del(ctmr->head, &ctmr->node);
	ctmr->head = NULL;
}

static void arm_timer(struct k_itimer *timer, struct task_struct *p)
{
	struct posix_cputimer_base *base = base_of(timer, p);
	struct cpu_timer *ctmr = &timer->it.cpu;

	ctmr->head = &base->tqhead;
	if (!timerqueue_add(&base->tqhead, &ctmr->node))
		return;
	/* It is the first. */
	if (ctmr->node.expires < base->nextevt)
		WRITE_ONCE(base->nextevt, ctmr->node.expires);
	if (!CPUCLOCK_PERTHREAD(timer->it_clock))
		WRITE_ONCE(p->signal->posix_cputimers.timers_active, true);
}

static void drop_queue(struct posix_cputimers *pct)
{
	int i;

	for (i = 0; i < CPUCLOCK_MAX; i++) {
		struct timerqueue_head *head = &pct->bases[i].tqhead;
		struct timerqueue_node *node;

		while ((node = timerqueue_getnext(head))) {
			timerqueue_del(head, node);
			container_of(node, struct cpu_timer, node)->head = NULL;
		}
	}
}

/**
 * posix_cpu_timers_exit - a thread's clock stops: its timers never fire
 * @tsk: the thread
 *
 * Context: siglock held.
 */
void posix_cpu_timers_exit(struct task_struct *tsk)
{
	drop_queue(&tsk->posix_cputimers);
}

/**
 * posix_cpu_timers_exit_group - a process's clock stops: its timers never fire
 * @tsk: its last thread
 *
 * Context: siglock held.
 */
void posix_cpu_timers_exit_group(struct task_struct *tsk)
{
	drop_queue(&tsk->signal->posix_cputimers);
}

/*
 * --- Operations: it_lock
 * -------------------------------------------------------------------------------
 */

static int cpu_timer_create(struct k_itimer *timer)
{
	struct cpu_timer *ctmr = &timer->it.cpu;
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(pid_for_clock(timer->it_clock, false));
	rcu_read_unlock();
	if (!pid)
		return -EINVAL;
	ctmr->pid = pid;
	ctmr->head = NULL;
	ctmr->firing = false;
	INIT_LIST_HEAD(&ctmr->elist);
	timerqueue_init(&ctmr->node);
	return 0;
}

/* Under RCU. NULL once the task is gone. */
static struct task_struct *timer_task(struct k_itimer *timer)
{
	return pid_task(timer->it.cpu.pid, clock_pid_type(timer->it_clock));
}

static int cpu_timer_del(struct k_itimer *timer)
{
	struct cpu_timer *ctmr = &timer->it.cpu;
	struct task_struct *p;
	unsigned long flags;
	int ret = 0;

	rcu_read_lock();
	p = timer_task(timer);
	if (p && lock_task_sighand(p, &flags)) {
		if (ctmr->firing)
			ret = TIMER_RETRY;
		else
			cpu_timer_dequeue(ctmr);
		unlock_task_sighand(p, &flags);
	}
	rcu_read_unlock();
	if (!ret && ctmr->pid) {
		put_pid(ctmr->pid);
		ctmr->pid = NULL;
	}
	return ret;
}

static u64 forward_interval(struct k_itimer *timer, u64 now)
{
	struct cpu_timer *ctmr = &timer->it.cpu;
	u64 expires = ctmr->node.expires;

	if (timer->it_interval && now >= expires) {
		u64 periods = div64_u64(now - expires, timer->it_interval) + 1;

		ctmr->node.expires += periods * timer->it_interval;
		timer->it_overrun += periods;
	}
	return ctmr->node.expires;
}

static void cpu_timer_fill(struct k_itimer *timer, struct itimerspec64 *cur, u64 now)
{
	bool silent = timer->it_sigev_notify == SIGEV_NONE;
	u64 expires;

	cur->it_interval = ktime_to_timespec64(timer->it_interval);
	if (!timer->it.cpu.node.expires)
		return;
	if (timer->it_interval && (silent || (timer->it_requeue_pending & REQUEUE_PENDING)))
		forward_interval(timer, now);
	expires = timer->it.cpu.node.expires;
	if (now < expires)
		cur->it_value = ns_to_timespec64(expires - now);
	else if (!silent)
		cur->it_value.tv_nsec = 1;
}

static void cpu_timer_get(struct k_itimer *timer, struct itimerspec64 *cur)
{
	struct task_struct *p;

	rcu_read_lock();
	p = timer_task(timer);
	if (p)
		cpu_timer_fill(timer, cur, sample_clock(timer->it_clock, p));
	rcu_read_unlock();
}

/* Tell, and arm again what is periodic and ignored. */
static void cpu_timer_fire(struct k_itimer *timer)
{
	struct cpu_timer *ctmr = &timer->it.cpu;

	timer->it_active = false;
	if (timer->it_sigev_notify == SIGEV_NONE) {
		ctmr->node.expires = 0;
	} else if (unlikely(!timer->sigq)) {
		/* A sleep, see cpu_nsleep(). */
		ctmr->node.expires = 0;
		wake_up_process(timer->sleeper);
	} else if (!timer->it_interval) {
		posix_timer_send(timer, 0);
		ctmr->node.expires = 0;
	} else if (posix_timer_send(timer, ++timer->it_requeue_pending)) {
		timer->clock->timer_rearm(timer);
		++timer->it_requeue_pending;
	}
}

static int cpu_timer_set(struct k_itimer *timer, int flags, struct itimerspec64 *new,
			 struct itimerspec64 *old)
{
	bool silent = timer->it_sigev_notify == SIGEV_NONE;
	u64 expires = timespec64_to_ns(&new->it_value);
	struct cpu_timer *ctmr = &timer->it.cpu;
	struct task_struct *p;
	unsigned long irqflags;
	bool due = false;
	int ret = 0;
	u64 now;

	rcu_read_lock();
	p = timer_task(timer);
	if (!p || !lock_task_sighand(p, &irqflags)) {
		rcu_read_unlock();
		return -ESRCH;
	}
	if (unlikely(ctmr->firing)) {
		ret = TIMER_RETRY;
		goto unlock;
	}
	cpu_timer_dequeue(ctmr);
	now = sample_clock(timer->it_clock, p);
	if (old)
		cpu_timer_fill(timer, old, now);
	timer->it_requeue_pending = (timer->it_requeue_pending + 2) & ~REQUEUE_PENDING;
	timer->it_overrun_last = 0;
	timer->it_overrun = -1;
	timer->it_interval = timespec64_to_ktime(new->it_interval);
	if (expires && !(flags & TIMER_ABSTIME))
		expires += now;
	ctmr->node.expires = expires;
	timer->it_active = expires && !silent;
	if (expires && !silent) {
		due = now >= expires;
		if (!due)
			arm_timer(timer, p);
	}
unlock:
	unlock_task_sighand(p, &irqflags);
	rcu_read_unlock();
	if (due)
		cpu_timer_fire(timer);
	return ret;
}

static void cpu_timer_rearm(struct k_itimer *timer)
{
	struct task_struct *p;
	unsigned long flags;

	rcu_read_lock();
	p = timer_task(timer);
	if (p && lock_task_sighand(p, &flags)) {
		forward_interval(timer, sample_clock(timer->it_clock, p));
		if (!timer->it.cpu.head)
			arm_timer(timer, p);
		unlock_task_sighand(p, &flags);
	}
	rcu_read_unlock();
}

/*
 * --- The tick
 * ----------------------------------------------------------------------------------------------
 */

/* Cheap and a little behind for others' threads, but it only decides whether to look closely. */
static bool task_due(struct task_struct *tsk)
{
	struct posix_cputimer_base *bases = tsk->posix_cputimers.bases;
	u64 utime, stime;

	task_cputime(tsk, &utime, &stime);
	return utime + stime >= READ_ONCE(bases[CPUCLOCK_PROF].nextevt) ||
	       utime >= READ_ONCE(bases[CPUCLOCK_VIRT].nextevt) ||
	       READ_ONCE(tsk->se.sum_exec_runtime) >= READ_ONCE(bases[CPUCLOCK_SCHED].nextevt);
}

static bool group_due(struct signal_struct *sig)
{
	struct posix_cputimer_base *bases = sig->posix_cputimers.bases;
	u64 utime = sig->utime, stime = sig->stime, runtime = sig->sum_sched_runtime;
	struct task_struct *t;

	rcu_read_lock();
	__for_each_thread(sig, t) {
		utime += READ_ONCE(t->utime);
		stime += READ_ONCE(t->stime);
		runtime += READ_ONCE(t->se.sum_exec_runtime);
	}
	rcu_read_unlock();
	return utime + stime >= READ_ONCE(bases[CPUCLOCK_PROF].nextevt) ||
	       utime >= READ_ONCE(bases[CPUCLOCK_VIRT].nextevt) ||
	       runtime >= READ_ONCE(bases[CPUCLOCK_SCHED].nextevt);
}

/**
 * run_posix_cpu_timers - is a timer of the current task due?
 *
 * Context: the tick, hard interrupt.
 */
void run_posix_cpu_timers(void)
{
	struct task_struct *tsk = current;
	struct signal_struct *sig = tsk->signal;

	if ((tsk->flags & PF_KTHREAD) || tsk->exit_state || tsk->posix_cputimers_work.scheduled)
		return;
	if (!task_due(tsk) &&
	    !(READ_ONCE(sig->posix_cputimers.timers_active) &&
	      !READ_ONCE(sig->posix_cputimers.expiry_active) && group_due(sig)))
		return;
	/* Fails for a task on its way out, whose timers don't matter. */
	if (!task_work_add(tsk, &tsk->posix_cputimers_work.work, TWA_RESUME))
		tsk->posix_cputimers_work.scheduled = true;
}

/* Timers that have expired, into @firing. Return: when the next is due. */
static u64 collect_expired(struct posix_cputimer_base *base, u64 now, struct list_head *firing)
{
	struct timerqueue_node *node;

	while ((node = timerqueue_getnext(&base->tqhead))) {
		struct cpu_timer *ctmr = container_of(node, struct cpu_timer, node);

		if (now < (u64)node->expires)
			return node->expires;
		ctmr->firing = true;
		cpu_timer_dequeue(ctmr);
		list_add_tail(&ctmr->elist, firing);
	}
	return U64_MAX;
}

static void check_thread_timers(struct task_struct *tsk, struct list_head *firing)
{
	int i;

	for (i = 0; i < CPUCLOCK_MAX; i++) {
		struct posix_cputimer_base *base = &tsk->posix_cputimers.bases[i];

		if (base->nextevt != U64_MAX)
			WRITE_ONCE(base->nextevt,
				   collect_expired(base, cpu_clock_of_task(i, tsk), firing));
	}
}

/* ITIMER_PROF or ITIMER_VIRTUAL. */
static void check_cpu_itimer(struct task_struct *tsk, int which, u64 *next, u64 now, int sig)
{
	u64 *expires = &tsk->signal->it[which].expires;

	if (!*expires)
		return;
	if (now >= *expires) {
		if (tsk->signal->it[which].incr)
			*expires += tsk->signal->it[which].incr;
		else
			*expires = 0;
		send_signal_locked(sig, SEND_SIG_PRIV, tsk, PIDTYPE_TGID);
	}
	if (*expires && *expires < *next)
		*next = *expires;
}

/* SIGXCPU at the soft limit and every second after it; SIGKILL at the hard one. */
static void check_cpu_limit(struct task_struct *tsk, u64 *next, u64 now)
{
	struct rlimit *limit = &tsk->signal->rlim[RLIMIT_CPU];
	u64 soft = READ_ONCE(limit->rlim_cur), hard = READ_ONCE(limit->rlim_max);

	if (soft == RLIM_INFINITY)
		return;
	if (hard != RLIM_INFINITY && now >= hard * NSEC_PER_SEC) {
		send_signal_locked(SIGKILL, SEND_SIG_PRIV, tsk, PIDTYPE_TGID);
		return;
	}
	if (now >= soft * NSEC_PER_SEC) {
		send_signal_locked(SIGXCPU, SEND_SIG_PRIV, tsk, PIDTYPE_TGID);
		soft = div_u64(now, NSEC_PER_SEC) + 1;
		WRITE_ONCE(limit->rlim_cur, soft);
	}
	*next = min(*next, soft * NSEC_PER_SEC);
}

static void check_process_timers(struct task_struct *tsk, struct list_head *firing)
{
	struct posix_cputimers *pct = &tsk->signal->posix_cputimers;
	bool any = false;
	int i;

	if (!pct->timers_active || pct->expiry_active)
		return;
	pct->expiry_active = true;
	for (i = 0; i < CPUCLOCK_MAX; i++) {
		u64 now = cpu_clock_of_group(i, tsk);
		u64 next = collect_expired(&pct->bases[i], now, firing);

		if (i == CPUCLOCK_PROF) {
			check_cpu_itimer(tsk, i, &next, now, SIGPROF);
			check_cpu_limit(tsk, &next, now);
		} else if (i == CPUCLOCK_VIRT) {
			check_cpu_itimer(tsk, i, &next, now, SIGVTALRM);
		}
		WRITE_ONCE(pct->bases[i].nextevt, next);
		any |= next != U64_MAX;
	}
	WRITE_ONCE(pct->timers_active, any);
	pct->expiry_active = false;
}

static void posix_cpu_timers_work(struct callback_head *work)
{
	struct task_struct *tsk = current;
	struct cpu_timer *ctmr, *next;
	unsigned long flags;
	LIST_HEAD(firing);

	(void)work;
	tsk->posix_cputimers_work.scheduled = false;
	if (!lock_task_sighand(tsk, &flags))
		return;
	check_thread_timers(tsk, &firing);
	check_process_timers(tsk, &firing);
	unlock_task_sighand(tsk, &flags);

	/*
	 * Nobody frees a timer that says it is firing: who deletes one waits for the mark to go,
	 * which is under it_lock.
	 */
	list_for_each_entry_safe(ctmr, next, &firing, elist) {
		struct k_itimer *timer = container_of(ctmr, struct k_itimer, it.cpu);

		spin_lock_irq(&timer->it_lock);
		list_del_init(&ctmr->elist);
		ctmr->firing = false;
		cpu_timer_fire(timer);
		spin_unlock_irq(&timer->it_lock);
	}
}

/**
 * set_process_cpu_timer - set ITIMER_PROF, ITIMER_VIRTUAL or the CPU limit
 * @tsk: current
 * @clock: CPUCLOCK_PROF or CPUCLOCK_VIRT
 * @newval: ns from now on, made absolute; 0 for never
 * @oldval: NULL, or what was set, made relative
 *
 * Context: siglock held.
 */
void set_process_cpu_timer(struct task_struct *tsk, unsigned int clock, u64 *newval, u64 *oldval)
{
	struct posix_cputimers *pct = &tsk->signal->posix_cputimers;
	u64 now = cpu_clock_of_group(clock, tsk);

	if (oldval) {
		if (*oldval)
			*oldval = *oldval <= now ? TICK_NSEC : *oldval - now;
		if (*newval)
			*newval += now;
	}
	if (!*newval)
		return;
	if (*newval < pct->bases[clock].nextevt)
		WRITE_ONCE(pct->bases[clock].nextevt, *newval);
	WRITE_ONCE(pct->timers_active, true);
}

/**
 * update_rlimit_cpu - RLIMIT_CPU was set
 * @task: of the process
 * @rlim_new: seconds
 *
 * Return: 0 or -ESRCH.
 */
int update_rlimit_cpu(struct task_struct *task, unsigned long rlim_new)
{
	u64 ns = rlim_new * NSEC_PER_SEC;
	unsigned long flags;

	if (!lock_task_sighand(task, &flags))
		return -ESRCH;
	set_process_cpu_timer(task, CPUCLOCK_PROF, &ns, NULL);
	unlock_task_sighand(task, &flags);
	return 0;
}

/*
 * --- Sleeping by a process' CPU time: another thread has to use it
 * ---------------------------------------------
 */

static bool is_own_thread_clock(clockid_t clock)
{
	return CPUCLOCK_PERTHREAD(clock) &&
	       (CPUCLOCK_PID(clock) == 0 || CPUCLOCK_PID(clock) == task_pid_vnr(current));
}

static long cpu_nsleep_restart(struct restart_block *restart);

static void delete_sleep_timer(struct k_itimer *timer)
{
	spin_lock_irq(&timer->it_lock);
	while (cpu_timer_del(timer) == TIMER_RETRY) {
		spin_unlock_irq(&timer->it_lock);
		cpu_relax();
		spin_lock_irq(&timer->it_lock);
	}
	spin_unlock_irq(&timer->it_lock);
}

static int do_cpu_nsleep(clockid_t clock, int flags, const struct timespec64 *rqtp)
{
	struct restart_block *restart = &current->restart_block;
	struct itimerspec64 it = { .it_value = *rqtp }, left = { };
	struct k_itimer timer = {
		.clock = &clock_posix_cpu,
		.it_clock = clock,
		.it_overrun = -1,
		.sleeper = current,
		.it_sigev_notify = SIGEV_SIGNAL,
	};
	u64 expires = 0;
	int ret;

	spin_lock_init(&timer.it_lock);
	ret = cpu_timer_create(&timer);
	if (ret)
		return ret;
	/* An hour that has passed already is no sleep. */
	spin_lock_irq(&timer.it_lock);
	ret = cpu_timer_set(&timer, flags, &it, NULL);
	while (!ret && READ_ONCE(timer.it.cpu.node.expires) && !signal_pending(current)) {
		__set_current_state(TASK_INTERRUPTIBLE);
		spin_unlock_irq(&timer.it_lock);
		schedule();
		spin_lock_irq(&timer.it_lock);
	}
	if (!ret) {
		expires = timer.it.cpu.node.expires;
		cpu_timer_get(&timer, &left);
	}
	spin_unlock_irq(&timer.it_lock);
	delete_sleep_timer(&timer);
	if (ret || !expires)
		return ret;
	if (!left.it_value.tv_sec && !left.it_value.tv_nsec)
		return 0;
	/* A signal. */
	if (flags & TIMER_ABSTIME)
		return -ERESTARTNOHAND;
	restart->fn = cpu_nsleep_restart;
	restart->nanosleep.expires = expires;
	restart->nanosleep.clockid = clock;
	return nanosleep_copyout(restart, &left.it_value);
}

static long cpu_nsleep_restart(struct restart_block *restart)
{
	struct timespec64 until = ns_to_timespec64(restart->nanosleep.expires);
	int ret = do_cpu_nsleep(restart->nanosleep.clockid, TIMER_ABSTIME, &until);

	/* It is to go on as a relative one. */
	return ret == -ERESTARTNOHAND ? -ERESTART_RESTARTBLOCK : ret;
}

static int cpu_nsleep(clockid_t clock, int flags, const struct timespec64 *rqtp)
{
	if (is_own_thread_clock(clock))
		return -EINVAL;
	return do_cpu_nsleep(clock, flags, rqtp);
}

const struct posix_clock_ops clock_posix_cpu = {
	.getres = cpu_clock_getres,
	.get = cpu_clock_get,
	.set = cpu_clock_set,
	.nsleep = cpu_nsleep,
	.timer_create = cpu_timer_create,
	.timer_set = cpu_timer_set,
	.timer_get = cpu_timer_get,
	.timer_del = cpu_timer_del,
	.timer_rearm = cpu_timer_rearm,
};

/*
 * --- CLOCK_PROCESS_CPUTIME_ID and CLOCK_THREAD_CPUTIME_ID
 * ----------------------------------------------------
 */

static int process_getres(clockid_t which, struct timespec64 *tp)
{
	return cpu_clock_getres(PROCESS_CLOCK, tp);
}

static int process_get(clockid_t which, struct timespec64 *tp)
{
	return cpu_clock_get(PROCESS_CLOCK, tp);
}

static int process_nsleep(clockid_t which, int flags, const struct timespec64 *rqtp)
{
	return cpu_nsleep(PROCESS_CLOCK, flags, rqtp);
}

static int process_timer_create(struct k_itimer *timer)
{
	timer->it_clock = PROCESS_CLOCK;
	timer->clock = &clock_posix_cpu;
	return cpu_timer_create(timer);
}

static int thread_getres(clockid_t which, struct timespec64 *tp)
{
	return cpu_clock_getres(THREAD_CLOCK, tp);
}

static int thread_get(clockid_t which, struct timespec64 *tp)
{
	return cpu_clock_get(THREAD_CLOCK, tp);
}

static int thread_timer_create(struct k_itimer *timer)
{
	timer->it_clock = THREAD_CLOCK;
	timer->clock = &clock_posix_cpu;
	return cpu_timer_create(timer);
}

const struct posix_clock_ops clock_process = {
	.getres = process_getres,
	.get = process_get,
	.nsleep = process_nsleep,
	.timer_create = process_timer_create,
};

const struct posix_clock_ops clock_thread = {
	.getres = thread_getres,
	.get = thread_get,
	.timer_create = thread_timer_create,
};
