// SPDX-License-Identifier: MIT
/*
 * What the scheduler checks about its callers, and what it shows.
 *
 * Two mistakes are caught here: calling something that may sleep where sleeping is forbidden
 * (__might_sleep(), even if it would not have slept this time), and really calling schedule()
 * with preemption off (schedule_debug()).
 */

#include <linux/debug_locks.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched/cputime.h>
#include <linux/smp.h>
#include <linux/stacktrace.h>

#include "sched.h"

static void finish_report(enum report_verdict verdict, const char *what)
{
	if (verdict == REPORT_EXPECTED)
		return;
	check_panic_on_warn(what);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/* ---- scheduling while atomic ---- */

static noinline void schedule_bug(struct task_struct *prev)
{
	/* Lest the printing below trips over it again. */
	int preempt_depth = preempt_count();

	enum report_verdict verdict;

	if (oops_in_progress)
		return;
	verdict = report_begin(REPORT_ATOMIC, "scheduling while atomic");
	pr_err("BUG: scheduling while atomic: %s/%d/0x%08x\n", prev->comm, prev->pid,
	       preempt_depth);
	debug_show_held_locks(prev);
	dump_stack();
	finish_report(verdict, "scheduling while atomic");
}

/* Called in __schedule(), which has disabled preemption once. */
void schedule_debug(struct task_struct *prev, bool preempt)
{
	(void)preempt;
	if (unlikely(task_stack_end_corrupted(prev)))
		panic("corrupted stack end detected inside scheduler\n");
	if (unlikely(in_atomic_preempt_off())) {
		schedule_bug(prev);
		preempt_count_set(PREEMPT_DISABLED);
	}
}

/* ---- sleeping in the wrong place ---- */

/* A place that repeats itself is reported once a second. Racy: a double report does no harm. */
static bool __maybe_unused report_due(const void *place, int line)
{
	static const void *last_place;
	static unsigned long last;
	static int last_line;

	if (last_place == place && last_line == line && time_before(jiffies, last + HZ))
		return false;
	last_place = place;
	last_line = line;
	last = jiffies;
	return true;
}

#ifdef CONFIG_DEBUG_ATOMIC_SLEEP

/* May the caller sleep, at this preempt count and depth of RCU readers? */
static __always_inline bool may_sleep_here(int preempt, int rcu_depth)
{
	return preempt_count() == preempt && rcu_preempt_depth() == rcu_depth &&
	       !irqs_disabled() && !is_idle_task(current) && !current->non_block_count;
}

/**
 * __might_resched - complain if the caller could not be put to sleep here
 * @file: of the caller
 * @line: of the caller
 * @offsets: preempt count that is expected, as when a lock will be dropped before, and likewise
 *	the depth of RCU readers, from MIGHT_RESCHED_RCU_SHIFT on
 *
 * An RCU reader can be preempted, but mustn't sleep: it would hold up grace periods for as long.
 */
void __might_resched(const char *file, int line, unsigned int offsets)
{
	unsigned int expected = offsets & MIGHT_RESCHED_PREEMPT_MASK;
	int rcu_depth = offsets >> MIGHT_RESCHED_RCU_SHIFT;
	enum report_verdict verdict;

	if (may_sleep_here(expected, rcu_depth) ||
	    system_state == SYSTEM_BOOTING || system_state > SYSTEM_RUNNING || oops_in_progress)
		return;
	if (!report_due(file, line))
		return;

	verdict = report_begin(REPORT_ATOMIC, "sleeping function called from invalid context");
	pr_err("BUG: sleeping function called from invalid context at %s:%d\n", file, line);
	pr_err("in_atomic(): %d, irqs_disabled(): %d, non_block: %d, pid: %d, name: %s\n",
	       in_atomic(), irqs_disabled(), current->non_block_count, current->pid,
	       current->comm);
	pr_err("preempt_count: %x, expected: %x\n", preempt_count(), expected);
	pr_err("RCU nest depth: %d, expected: %d\n", rcu_preempt_depth(), rcu_depth);
	if (task_stack_end_corrupted(current))
		pr_emerg("Thread overran stack, or stack corrupted\n");
	debug_show_held_locks(current);
	dump_stack();
	finish_report(verdict, "sleeping function called from invalid context");
}
EXPORT_SYMBOL(__might_resched);

static noinline void might_sleep_slow(const char *file, int line)
{
	unsigned int state = get_current_state();

	WARN_ONCE(state != TASK_RUNNING && current->task_state_change,
		  "do not call blocking ops when !TASK_RUNNING; state=%x set at [<%p>] %pS\n",
		  state, (void *)current->task_state_change, (void *)current->task_state_change);
	__might_resched(file, line, 0);
}

/**
 * __might_sleep - the check behind might_sleep()
 * @file: of the caller
 * @line: of the caller
 *
 * Besides the context it looks at the state: sleeping inside a wait_event() condition resets it,
 * and the outer wait then doesn't sleep.
 */
void __might_sleep(const char *file, int line)
{
	/* Every allocation comes by here: nothing is saved on the stack when all is well. */
	if (unlikely(get_current_state() != TASK_RUNNING || !may_sleep_here(0, 0)))
		might_sleep_slow(file, line);
}
EXPORT_SYMBOL(__might_sleep);

/**
 * __cant_sleep - complain if the caller could be preempted
 * @file: of the caller
 * @line: of the caller
 * @preempt_offset: preempt count that doesn't count
 */
void __cant_sleep(const char *file, int line, int preempt_offset)
{
	enum report_verdict verdict;

	if (irqs_disabled() || preempt_count() > preempt_offset)
		return;
	if (!report_due(file, line))
		return;
	verdict = report_begin(REPORT_ATOMIC, "assuming atomic context");
	pr_err("BUG: assuming atomic context at %s:%d\n", file, line);
	pr_err("in_atomic(): %d, irqs_disabled(): %d, pid: %d, name: %s\n", in_atomic(),
	       irqs_disabled(), current->pid, current->comm);
	debug_show_held_locks(current);
	dump_stack();
	finish_report(verdict, "assuming atomic context");
}
EXPORT_SYMBOL(__cant_sleep);

/**
 * __cant_migrate - complain if the caller could be moved to another CPU
 * @file: of the caller
 * @line: of the caller
 */
void __cant_migrate(const char *file, int line)
{
	enum report_verdict verdict;

	if (irqs_disabled() || is_migration_disabled(current) || preempt_count() > 0)
		return;
	if (!report_due(file, line))
		return;
	verdict = report_begin(REPORT_ATOMIC, "assuming non migratable context");
	pr_err("BUG: assuming non migratable context at %s:%d\n", file, line);
	dump_stack();
	finish_report(verdict, "assuming non migratable context");
}
EXPORT_SYMBOL(__cant_migrate);

#endif /* CONFIG_DEBUG_ATOMIC_SLEEP */

/* ---- the preempt count ---- */

#ifdef CONFIG_DEBUG_PREEMPT

/**
 * preempt_count_add - raise the preempt count, and look that no part overflows
 * @val: one of PREEMPT_OFFSET, SOFTIRQ_OFFSET, ...; may be several added up
 */
void preempt_count_add(int val)
{
	if (WARN_ON_ONCE(preempt_count() < 0))
		return;
	__preempt_count_add(val);
	WARN_ON_ONCE((preempt_count() & PREEMPT_MASK) >= PREEMPT_MASK - 10);
}
EXPORT_SYMBOL(preempt_count_add);

/**
 * preempt_count_sub - lower the preempt count, and look that it was so high
 * @val: as for preempt_count_add()
 */
void preempt_count_sub(int val)
{
	if (WARN_ON_ONCE(val > preempt_count()))
		return;
	if (WARN_ON_ONCE(val < (int)PREEMPT_MASK && !(preempt_count() & PREEMPT_MASK)))
		return;
	__preempt_count_sub(val);
}
EXPORT_SYMBOL(preempt_count_sub);

/* Is it sure that the caller stays on this CPU? */
static bool cpu_is_stable(void)
{
	return preempt_count() || irqs_disabled() || is_percpu_thread() ||
	       is_migration_disabled(current) || system_state < SYSTEM_SCHEDULING;
}

static notrace unsigned int check_preemption_disabled(const char *what1, const char *what2)
{
	int this_cpu = raw_smp_processor_id();
	enum report_verdict verdict;

	if (likely(cpu_is_stable()))
		return this_cpu;
	preempt_disable_notrace();
	if (report_due(current, 0)) {
		verdict = report_begin(REPORT_ATOMIC, "per-CPU access in preemptible code");
		pr_err("BUG: using %s%s() in preemptible [%08x] code: %s/%d\n", what1, what2,
		       preempt_count() - 1, current->comm, current->pid);
		dump_stack();
		finish_report(verdict, "per-CPU access in preemptible code");
	}
	preempt_enable_no_resched_notrace();
	return this_cpu;
}

/**
 * debug_smp_processor_id - smp_processor_id() that complains if the caller could be moved
 *
 * Return: the CPU that this is, or was a moment ago.
 */
noinstr unsigned int debug_smp_processor_id(void)
{
	return check_preemption_disabled("smp_processor_id", "");
}
EXPORT_SYMBOL(debug_smp_processor_id);

/**
 * __this_cpu_preempt_check - the check in __this_cpu_*(), which need a caller that stays on its CPU
 * @op: the operation's name less that prefix
 */
noinstr void __this_cpu_preempt_check(const char *op)
{
	check_preemption_disabled("__this_cpu_", op);
}
EXPORT_SYMBOL(__this_cpu_preempt_check);

#endif /* CONFIG_DEBUG_PREEMPT */

/* ---- showing tasks ---- */

static unsigned long long runtime_ms(struct task_struct *p)
{
	return div_u64(READ_ONCE(p->se.sum_exec_runtime), NSEC_PER_MSEC);
}

static const char *policy_name(const struct task_struct *p)
{
	switch (p->policy) {
	case SCHED_FIFO:
		return "FIFO";
	case SCHED_RR:
		return "RR";
	case SCHED_BATCH:
		return "BATCH";
	case SCHED_IDLE:
		return "IDLE";
	default:
		return "NORMAL";
	}
}

static void show_task_line(struct task_struct *p)
{
	pr_info("%5d %c %3u %-6s %4d %9llu.%03llu %8lu %8lu  %s\n", p->pid,
		task_state_to_char(p), task_cpu(p), policy_name(p),
		rt_task(p) ? -(int)p->rt_priority : task_nice(p),
		runtime_ms(p) / 1000, runtime_ms(p) % 1000, p->nvcsw, p->nivcsw, p->comm);
}

void show_state(void)
{
	struct task_struct *p;
	int cpu;

	pr_info("  PID S CPU POLICY NICE      CPU-TIME   SLEEPS PREEMPTS  NAME\n");
	rcu_read_lock();
	for_each_online_cpu(cpu)
		show_task_line(idle_task(cpu));
	for_each_process(p)
		show_task_line(p);
	rcu_read_unlock();
}

/**
 * sched_show_task - one task with its backtrace
 * @p: the task
 */
void sched_show_task(struct task_struct *p)
{
	if (!try_get_task_stack(p))
		return;
	pr_info("task:%-15.15s state:%c pid:%-5d ppid:%-6d flags:0x%08x\n", p->comm,
		task_state_to_char(p), p->pid, task_ppid_nr(p), p->flags);
	show_stack(p, NULL, KERN_INFO);
	put_task_stack(p);
}

void show_state_filter(unsigned int state_filter)
{
	struct task_struct *p;

	rcu_read_lock();
	for_each_process(p) {
		if (!state_filter || (READ_ONCE(p->__state) & state_filter))
			sched_show_task(p);
	}
	rcu_read_unlock();
}

/**
 * show_cpus - a line for each possible CPU, by printk: state, load and what it runs
 *
 * Context: any but NMI.
 */
void show_cpus(void)
{
	int cpu;

	pr_info("CPU  state    running     switches  load current\n");
	for_each_possible_cpu(cpu) {
		struct rq *rq = cpu_rq(cpu);
		struct task_struct *curr;

		rcu_read_lock();
		curr = rcu_dereference(rq->curr);
		pr_info("%3d  %-8s %7u %12llu %5lu %s\n", cpu,
			cpu_active(cpu) ? (idle_cpu(cpu) ? "idle" : "busy") :
			cpu_online(cpu) ? "inactive" : "offline",
			READ_ONCE(rq->nr_running), READ_ONCE(rq->nr_switches),
			READ_ONCE(rq->cfs.load), curr ? curr->comm : "-");
		rcu_read_unlock();
	}
}

/**
 * dump_cpu_task - backtrace of what a CPU runs
 * @cpu: the CPU
 */
void dump_cpu_task(int cpu)
{
	struct cpumask mask;

	cpumask_clear(&mask);
	cpumask_set_cpu(cpu, &mask);
	if (trigger_cpumask_backtrace(&mask))
		return;
	pr_info("Task dump for CPU %d:\n", cpu);
	sched_show_task(curr_task(cpu));
}

/* ---- where a task sleeps ---- */

static bool wchan_entry(void *cookie, unsigned long addr)
{
	unsigned long *found = cookie;

	if (in_sched_functions(addr))
		return true;
	*found = addr;
	return false;
}

/**
 * get_wchan - where a task sleeps
 * @p: another task than current; else, or for NULL, nothing is told
 *
 * Context: interrupts on, task context: takes pi_lock, which keeps it asleep meanwhile.
 * Return: the innermost address outside the scheduler; 0 if it doesn't sleep.
 */
unsigned long get_wchan(struct task_struct *p)
{
	unsigned int state;
	unsigned long ip = 0;

	if (!p || p == current)
		return 0;
	raw_spin_lock_irq(&p->pi_lock);
	state = READ_ONCE(p->__state);
	smp_rmb();	/* the order of try_to_wake_up(): with pi_lock it can't start to run */
	if (state != TASK_RUNNING && state != TASK_WAKING && !p->on_rq && !task_on_cpu(p) &&
	    try_get_task_stack(p)) {
		arch_stack_walk(wchan_entry, &ip, p, NULL);
		put_task_stack(p);
	}
	raw_spin_unlock_irq(&p->pi_lock);
	return ip;
}
