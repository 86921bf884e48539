// SPDX-License-Identifier: MIT
/*
 * What the lock checker has to say. The shape is Linux's, so that people and scripts that know one
 * can read the other: a frame with the verdict, who does what, what is held, and stacks.
 *
 * A lock is shown as name{usage}-{outer:inner}. The usage is four letters, for hardirq, hardirq of
 * readers, softirq, softirq of readers:
 *
 *	.  never with them enabled, never in one	-  taken in one
 *	+  taken with them enabled			?  both (a report is near)
 */

#include <linux/lockdep.h>

#include <linux/debug_locks.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/stacktrace.h>

#include <generated/utsrelease.h>

#include "lockdep_internals.h"

/*
 * Before the first line. False: say nothing, checking has ended. A planted bug is printed too, and
 * leaves the checks on.
 */
static bool report_start(const char *what)
{
	if (!READ_ONCE(debug_locks))
		return false;
	if (report_begin(REPORT_LOCKDEP, what) == REPORT_EXPECTED)
		return true;
	return debug_locks_off();
}

static void print_kernel(void)
{
	printk("%s %s\n", UTS_RELEASE, print_tainted());
}

static void print_frame(const char *verdict)
{
	pr_warn("\n");
	pr_warn("======================================================\n");
	pr_warn("WARNING: %s\n", verdict);
	print_kernel();
	pr_warn("------------------------------------------------------\n");
}

static char usage_char(unsigned int mask, enum lock_usage_bit used_in)
{
	bool in = mask & LOCKF(used_in), on = mask & LOCKF(used_in + LOCK_USAGE_ENABLED);

	return in ? on ? '?' : '-' : on ? '+' : '.';
}

static void print_class_name(const struct lock_class *class)
{
	printk(KERN_CONT "%s", class->name);
	if (class->subclass)
		printk(KERN_CONT "/%u", class->subclass);
}

static void print_class(const struct lock_class *class)
{
	unsigned int mask = class->usage_mask;

	printk(KERN_CONT " (");
	print_class_name(class);
	printk(KERN_CONT "){%c%c%c%c}-{%d:%d}", usage_char(mask, LOCK_USED_IN_HARDIRQ),
	       usage_char(mask, LOCK_USED_IN_HARDIRQ_READ), usage_char(mask, LOCK_USED_IN_SOFTIRQ),
	       usage_char(mask, LOCK_USED_IN_SOFTIRQ_READ),
	       class->wait_type_outer ? : class->wait_type_inner, class->wait_type_inner);
}

static void print_lock(const struct held_lock *hlock)
{
	printk("%px", hlock->instance);
	print_class(hlock_class(hlock));
	printk(KERN_CONT ", at: %pS\n", (void *)hlock->acquire_ip);
}

static void print_trace(const struct lock_trace *trace, int spaces)
{
	stack_trace_print(trace->entries, trace->nr, spaces);
}

static void print_held_locks(struct task_struct *task)
{
	int i, depth = READ_ONCE(task->lockdep_depth);

	if (!depth) {
		printk("no locks held by %s/%d.\n", task->comm, task_pid_nr(task));
		return;
	}
	printk("%d lock%s held by %s/%d:\n", depth, depth == 1 ? "" : "s", task->comm,
	       task_pid_nr(task));
	/* Another task may run meanwhile: its list is a snapshot, good enough to read. */
	for (i = 0; i < depth && i < MAX_LOCK_DEPTH; i++) {
		printk(" #%d: ", i);
		if (task->held_locks[i].instance) {
			printk(KERN_CONT "%px", task->held_locks[i].instance);
			print_class(hlock_class(&task->held_locks[i]));
			printk(KERN_CONT ", at: %pS\n", (void *)task->held_locks[i].acquire_ip);
		}
	}
}

static void print_tail(struct task_struct *curr)
{
	pr_warn("\n");
	print_held_locks(curr);
	pr_warn("\nstack backtrace:\n");
	dump_stack();
}

static void print_attempt(struct task_struct *curr, struct held_lock *next, struct held_lock *prev)
{
	pr_warn("%s/%d is trying to acquire lock:\n", curr->comm, task_pid_nr(curr));
	print_lock(next);
	pr_warn("\nbut task is already holding lock:\n");
	print_lock(prev);
}

/* The same class twice: the task would wait for itself. */
void report_recursion(struct task_struct *curr, struct held_lock *prev, struct held_lock *next)
{
	if (!report_start("recursive locking"))
		return;
	print_frame("possible recursive locking detected");
	print_attempt(curr, next, prev);
	pr_warn("\nother info that might help us debug this:\n");
	pr_warn(" Possible unsafe locking scenario:\n\n");
	pr_warn("       CPU0\n");
	pr_warn("       ----\n");
	pr_warn("  lock(%s);\n", hlock_class(prev)->name);
	pr_warn("  lock(%s);\n", hlock_class(next)->name);
	pr_warn("\n *** DEADLOCK ***\n");
	pr_warn("\n May be due to missing lock nesting notation\n");
	print_tail(curr);
}

/* next -> ... -> prev is known, and now prev -> next. */
void report_cycle(struct task_struct *curr, struct held_lock *prev, struct held_lock *next,
		  const struct lock_path *path)
{
	int i;

	if (!report_start("circular locking dependency"))
		return;
	print_frame("possible circular locking dependency detected");
	print_attempt(curr, next, prev);
	pr_warn("\nwhich lock already depends on the new lock.\n\n");
	pr_warn("\nthe existing dependency chain (in reverse order) is:\n");
	for (i = path->len - 1; i >= 0; i--) {
		const struct lock_edge *edge = &lock_edges[path->edge[i]];

		pr_warn("\n-> #%d", i + 1);
		print_class(&lock_classes[edge->to]);
		printk(KERN_CONT ":\n");
		print_trace(&edge->trace, 6);
	}
	pr_warn("\n-> #0");
	print_class(hlock_class(next));
	printk(KERN_CONT ": the acquisition above\n");

	pr_warn("\nother info that might help us debug this:\n\n");
	pr_warn(" Possible unsafe locking scenario:\n\n");
	pr_warn("       CPU0                    CPU1\n");
	pr_warn("       ----                    ----\n");
	pr_warn("  lock(%s);\n", hlock_class(prev)->name);
	pr_warn("                               lock(%s);\n", hlock_class(next)->name);
	pr_warn("                               lock(%s);\n", hlock_class(prev)->name);
	pr_warn("  lock(%s);\n", hlock_class(next)->name);
	pr_warn("\n *** DEADLOCK ***\n");
	print_tail(curr);
}

static const char *irq_word(enum lock_usage_bit bit)
{
	return bit & LOCK_USAGE_SOFTIRQ ? "SOFTIRQ" : "HARDIRQ";
}

static void print_irq_scenario(const struct lock_class *safe, const struct lock_class *unsafe)
{
	pr_warn(" Possible interrupt unsafe locking scenario:\n\n");
	pr_warn("       CPU0                    CPU1\n");
	pr_warn("       ----                    ----\n");
	pr_warn("  lock(%s);\n", unsafe->name);
	pr_warn("                               local_irq_disable();\n");
	pr_warn("                               lock(%s);\n", safe->name);
	pr_warn("                               lock(%s);\n", unsafe->name);
	pr_warn("  <Interrupt>\n");
	pr_warn("    lock(%s);\n", safe->name);
	pr_warn("\n *** DEADLOCK ***\n");
}

/* A new edge connects a class that interrupts take with one taken while they are enabled. */
void report_irq_dependency(struct task_struct *curr, struct held_lock *prev,
			   struct held_lock *next, u16 safe, u16 unsafe,
			   enum lock_usage_bit safe_bit, enum lock_usage_bit unsafe_bit)
{
	const struct lock_class *s = &lock_classes[safe], *u = &lock_classes[unsafe];
	char verdict[80];

	if (!report_start("irq lock inversion dependency"))
		return;
	snprintf(verdict, sizeof(verdict), "%s-safe -> %s-unsafe lock order detected",
		 irq_word(safe_bit), irq_word(safe_bit));
	print_frame(verdict);
	print_attempt(curr, next, prev);
	pr_warn("\nwhich would create a new lock dependency:\n");
	pr_warn("from");
	print_class(hlock_class(prev));
	printk(KERN_CONT " to");
	print_class(hlock_class(next));
	printk(KERN_CONT "\n");
	pr_warn("\nbut this new dependency connects a %s-irq-safe lock:\n", irq_word(safe_bit));
	pr_warn("%s, which became so at:\n", s->name);
	print_trace(&s->usage_trace[safe_bit], 2);
	pr_warn("\nto a %s-irq-unsafe lock:\n", irq_word(safe_bit));
	pr_warn("%s, which became so at:\n", u->name);
	print_trace(&u->usage_trace[unsafe_bit], 2);
	pr_warn("\nother info that might help us debug this:\n\n");
	print_irq_scenario(s, u);
	print_tail(curr);
}

/* One class both in an interrupt and with that enabled. */
void report_usage(struct task_struct *curr, struct held_lock *hlock, enum lock_usage_bit old,
		  enum lock_usage_bit new)
{
	const struct lock_class *class = hlock_class(hlock);

	if (!report_start("inconsistent lock state"))
		return;
	print_frame("inconsistent lock state");
	pr_warn("inconsistent {%s} -> {%s} usage.\n", lock_usage_names[old],
		lock_usage_names[new]);
	pr_warn("%s/%d takes, in hardirq: %d, softirq: %d, with hardirqs %s, softirqs %s:\n",
		curr->comm, task_pid_nr(curr), !!lockdep_hardirq_context(), !!curr->softirq_context,
		lockdep_hardirqs_enabled() ? "on" : "off", curr->softirqs_enabled ? "on" : "off");
	print_lock(hlock);
	pr_warn("{%s} state was registered at:\n", lock_usage_names[old]);
	print_trace(&class->usage_trace[old], 2);
	print_irqtrace_events(curr);
	pr_warn("\nother info that might help us debug this:\n");
	pr_warn(" Possible unsafe locking scenario:\n\n");
	pr_warn("       CPU0\n");
	pr_warn("       ----\n");
	pr_warn("  lock(%s);\n", class->name);
	pr_warn("  <Interrupt>\n");
	pr_warn("    lock(%s);\n", class->name);
	pr_warn("\n *** DEADLOCK ***\n");
	print_tail(curr);
}

/* A class gets a usage that clashes with that of another one, to which it is connected. */
void report_irq_inversion(struct task_struct *curr, struct held_lock *hlock, u16 other,
			  enum lock_usage_bit bit, enum lock_usage_bit other_bit)
{
	const struct lock_class *class = hlock_class(hlock), *o = &lock_classes[other];
	bool now_safe = !(bit & LOCK_USAGE_ENABLED);

	if (!report_start("irq lock inversion dependency"))
		return;
	print_frame("possible irq lock inversion dependency detected");
	pr_warn("%s/%d just changed the state of lock:\n", curr->comm, task_pid_nr(curr));
	print_lock(hlock);
	pr_warn("but this lock %s another, %s-%s lock:\n", now_safe ? "took" : "was taken by",
		irq_word(bit), now_safe ? "unsafe" : "safe");
	pr_warn("%s, which became so at:\n", o->name);
	print_trace(&o->usage_trace[other_bit], 2);
	pr_warn("\nother info that might help us debug this:\n\n");
	print_irq_scenario(now_safe ? class : o, now_safe ? o : class);
	print_tail(curr);
}

/* Something that sleeps is waited for by something that spins. */
void report_wait_context(struct task_struct *curr, struct held_lock *next, int inner, int outer)
{
	if (!report_start("invalid wait context"))
		return;
	pr_warn("\n=============================\n");
	pr_warn("[ BUG: Invalid wait context ]\n");
	print_kernel();
	pr_warn("-----------------------------\n");
	pr_warn("%s/%d is trying to lock:\n", curr->comm, task_pid_nr(curr));
	print_lock(next);
	pr_warn("of wait type %d, where only up to %d may be waited for\n", outer, inner);
	pr_warn("context-{%d:%d}\n", inner, inner);
	print_tail(curr);
}

/* Given back by somebody who doesn't hold it. */
void report_bad_unlock(struct task_struct *curr, struct lockdep_map *lock, unsigned long ip)
{
	if (!report_start("bad unlock balance"))
		return;
	print_frame("bad unlock balance detected!");
	pr_warn("%s/%d is trying to release lock (%s) at:\n", curr->comm, task_pid_nr(curr),
		lock->name ? : "unnamed");
	pr_warn("%pS\n", (void *)ip);
	pr_warn("but there are no more locks to release!\n");
	print_tail(curr);
}

/* Everything that needs no picture. */
void report_plain(const char *what, const char *headline, struct task_struct *curr)
{
	if (!report_start(what))
		return;
	pr_warn("\n=====================================\n");
	pr_warn("%s\n", headline);
	print_kernel();
	pr_warn("-------------------------------------\n");
	pr_warn("by %s/%d\n", curr->comm, task_pid_nr(curr));
	print_tail(curr);
}

/**
 * debug_show_held_locks() - list what a task holds
 * @task: the task
 */
void debug_show_held_locks(struct task_struct *task)
{
	print_held_locks(task);
}

/**
 * debug_show_all_locks() - list what all tasks hold
 *
 * Context: Any; without a lock on the list of tasks, since this is for dying machines.
 */
void debug_show_all_locks(void)
{
	struct task_struct *g, *p;

	pr_warn("\nShowing all locks held in the system:\n");
	rcu_read_lock();
	for_each_process_thread(g, p) {
		if (p->lockdep_depth)
			print_held_locks(p);
	}
	rcu_read_unlock();
	pr_warn("\n=============================================\n\n");
}
