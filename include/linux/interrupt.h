/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

/*
 * For users of interrupts: asking for a line, holding it off, softirqs and tasklets. Those who
 * implement a controller include irq.h.
 *
 *   hard handler   interrupts off, must be short, must not sleep
 *   thread handler a kthread, SCHED_FIFO, may sleep
 *   softirq        interrupts on, soon after a hard irq, must not sleep
 *   tasklet        a softirq that runs on one CPU at a time
 */

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bottom_half.h>
#include <linux/cleanup.h>
#include <linux/cpumask.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/irqnr.h>
#include <linux/irqreturn.h>
#include <linux/kref.h>
#include <linux/linkage.h>
#include <linux/percpu-defs.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

#include <asm/irq.h>
#include <asm/sections.h>

struct device;
struct irqaction;
struct proc_dir_entry;
struct task_struct;
struct tasklet_struct;

/* How the line signals; given with the request or by the firmware. */
#define IRQF_TRIGGER_NONE	0x00000000
#define IRQF_TRIGGER_RISING	0x00000001
#define IRQF_TRIGGER_FALLING	0x00000002
#define IRQF_TRIGGER_HIGH	0x00000004
#define IRQF_TRIGGER_LOW	0x00000008
#define IRQF_TRIGGER_MASK	(IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW | \
				 IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING)
#define IRQF_TRIGGER_PROBE	0x00000010

/*
 * SHARED: several devices on the line. PROBE_SHARED: no complaint if sharing fails. TIMER: a
 * timer's. PERCPU: one of each CPU. NOBALANCING: stays where it is. IRQPOLL: may be polled.
 * ONESHOT: masked until the thread has run. NO_THREAD: never forced into a thread.
 * NO_AUTOEN: starts disabled. COND_ONESHOT: ONESHOT if the others that share are.
 */
#define IRQF_SHARED		0x00000080
#define IRQF_PROBE_SHARED	0x00000100
#define __IRQF_TIMER		0x00000200
#define IRQF_PERCPU		0x00000400
#define IRQF_NOBALANCING	0x00000800
#define IRQF_IRQPOLL		0x00001000
#define IRQF_ONESHOT		0x00002000
#define IRQF_NO_SUSPEND		0x00004000
#define IRQF_FORCE_RESUME	0x00008000
#define IRQF_NO_THREAD		0x00010000
#define IRQF_EARLY_RESUME	0x00020000
#define IRQF_COND_SUSPEND	0x00040000
#define IRQF_NO_AUTOEN		0x00080000
#define IRQF_NO_DEBUG		0x00100000
#define IRQF_COND_ONESHOT	0x00200000

#define IRQF_TIMER		(__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

#define IRQ_NOTCONNECTED	(1U << 31)

/* Where request_any_context_irq() lets the handler run. */
enum {
	IRQC_IS_HARDIRQ = 0,
	IRQC_IS_NESTED,
};

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

/**
 * struct irqaction - one device's interest in a line
 * @handler: hard handler
 * @dev_id: its argument, and the name under which free_irq() finds it
 * @percpu_dev_id: the same for per-CPU interrupts
 * @next: the next one that shares the line; desc->lock, readers run inside the flow handler
 * @thread_fn: thread handler
 * @thread: the kthread
 * @secondary: the thread of a forced-threaded primary handler; unused
 * @irq: the line
 * @flags: IRQF_*
 * @thread_flags: IRQTF_*
 * @thread_mask: this action's bit in desc->threads_oneshot
 * @name: for show
 */
struct irqaction {
	irq_handler_t handler;
	void *dev_id;
	void __percpu *percpu_dev_id;
	struct irqaction *next;
	irq_handler_t thread_fn;
	struct task_struct *thread;
	struct irqaction *secondary;
	unsigned int irq;
	unsigned int flags;
	unsigned long thread_flags;
	unsigned long thread_mask;
	const char *name;
} ____cacheline_internodealigned_in_smp;

irqreturn_t no_action(int cpl, void *dev_id);

int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler,
				      irq_handler_t thread_fn, unsigned long flags,
				      const char *name, void *dev);

/**
 * request_irq - ask for a line with a hard handler
 * @irq: the line
 * @handler: called in hard irq context
 * @flags: IRQF_*
 * @name: for show; must stay valid
 * @dev: argument of @handler, unique among those that share the line
 *
 * Context: may sleep.
 * Return: 0; as request_threaded_irq().
 */
static inline int __must_check request_irq(unsigned int irq, irq_handler_t handler,
					   unsigned long flags, const char *name, void *dev)
{
	return request_threaded_irq(irq, handler, NULL, flags | IRQF_COND_ONESHOT, name, dev);
}

int __must_check request_any_context_irq(unsigned int irq, irq_handler_t handler,
					 unsigned long flags, const char *name, void *dev_id);
int __must_check __request_percpu_irq(unsigned int irq, irq_handler_t handler,
				      unsigned long flags, const char *devname,
				      void __percpu *percpu_dev_id);

/**
 * request_percpu_irq - a handler for a line that each CPU has for itself
 * @irq: number
 * @handler: gets this CPU's @percpu_dev_id
 * @devname: for /proc/interrupts, kept by pointer
 * @percpu_dev_id: a cookie per CPU, also for free_percpu_irq()
 *
 * Each CPU enables its own by enable_percpu_irq().
 *
 * Context: may sleep.
 * Return: as __request_percpu_irq().
 */
static inline int __must_check request_percpu_irq(unsigned int irq, irq_handler_t handler,
						  const char *devname,
						  void __percpu *percpu_dev_id)
{
	return __request_percpu_irq(irq, handler, 0, devname, percpu_dev_id);
}

const void *free_irq(unsigned int irq, void *dev_id);

/* The same for as long as the driver has the device: kernel/irq/devres.c. */
int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq,
					   irq_handler_t handler, irq_handler_t thread_fn,
					   unsigned long irqflags, const char *devname,
					   void *dev_id);
int __must_check devm_request_any_context_irq(struct device *dev, unsigned int irq,
					      irq_handler_t handler, unsigned long irqflags,
					      const char *devname, void *dev_id);
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);

static inline int __must_check devm_request_irq(struct device *dev, unsigned int irq,
						irq_handler_t handler, unsigned long irqflags,
						const char *devname, void *dev_id)
{
	return devm_request_threaded_irq(dev, irq, handler, NULL, irqflags | IRQF_COND_ONESHOT,
					 devname, dev_id);
}

void free_percpu_irq(unsigned int irq, void __percpu *percpu_dev_id);

bool irq_has_action(unsigned int irq);
void disable_irq_nosync(unsigned int irq);
bool disable_hardirq(unsigned int irq);
void disable_irq(unsigned int irq);
void disable_percpu_irq(unsigned int irq);
void enable_irq(unsigned int irq);
void enable_percpu_irq(unsigned int irq, unsigned int type);
bool irq_percpu_is_enabled(unsigned int irq);
void irq_wake_thread(unsigned int irq, void *dev_id);

DEFINE_LOCK_GUARD_1(disable_irq, int, disable_irq(*_T->lock), enable_irq(*_T->lock))

/**
 * struct irq_affinity_notify - somebody who wants to know where a line goes
 * @irq: the line
 * @kref: one reference is the line's, one each call's under way
 * @work: the call
 * @notify: told the line's mask after it has changed; of changes in quick succession, the last
 * @release: called when the last reference goes; the struct may be freed then
 *
 * @notify and @release are the caller's, called in process context; the rest is
 * irq_set_affinity_notifier()'s.
 */
struct irq_affinity_notify {
	unsigned int irq;
	struct kref kref;
	struct work_struct work;
	void (*notify)(struct irq_affinity_notify *notify, const cpumask_t *mask);
	void (*release)(struct kref *ref);
};

int irq_set_affinity(unsigned int irq, const struct cpumask *cpumask);
int irq_force_affinity(unsigned int irq, const struct cpumask *cpumask);
int irq_can_set_affinity(unsigned int irq);
int irq_set_affinity_notifier(unsigned int irq, struct irq_affinity_notify *notify);
int __irq_apply_affinity_hint(unsigned int irq, const struct cpumask *m, bool setaffinity);

/** irq_update_affinity_hint - say where a line had better be served, but leave it where it is */
static inline int irq_update_affinity_hint(unsigned int irq, const struct cpumask *m)
{
	return __irq_apply_affinity_hint(irq, m, false);
}

/** irq_set_affinity_and_hint - say where a line had better be served, and route it there */
static inline int irq_set_affinity_and_hint(unsigned int irq, const struct cpumask *m)
{
	return __irq_apply_affinity_hint(irq, m, true);
}

/** irq_set_affinity_hint - irq_set_affinity_and_hint() under its older name */
static inline int irq_set_affinity_hint(unsigned int irq, const struct cpumask *m)
{
	return irq_set_affinity_and_hint(irq, m);
}

extern cpumask_var_t irq_default_affinity;

/* What a controller can be asked about a line. */
enum irqchip_irq_state {
	IRQCHIP_STATE_PENDING,
	IRQCHIP_STATE_ACTIVE,
	IRQCHIP_STATE_MASKED,
	IRQCHIP_STATE_LINE_LEVEL,
};

int irq_get_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool *state);
int irq_set_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool state);

#define force_irqthreads()	(false)

/* For the monitor: the table of counts per line and CPU, by printk. */
void show_interrupts_all(void);
void arch_show_interrupts_all(void);

/* ---- softirqs ---- */

/* In order of service. */
enum {
	HI_SOFTIRQ = 0,
	TIMER_SOFTIRQ,
	NET_TX_SOFTIRQ,
	NET_RX_SOFTIRQ,
	BLOCK_SOFTIRQ,
	IRQ_POLL_SOFTIRQ,
	TASKLET_SOFTIRQ,
	SCHED_SOFTIRQ,
	HRTIMER_SOFTIRQ,
	RCU_SOFTIRQ,
	NR_SOFTIRQS
};

/* Those that are left for the idle loop's next interrupt rather than worth a warning. */
#define SOFTIRQ_HOTPLUG_SAFE_MASK	(BIT(TIMER_SOFTIRQ) | BIT(IRQ_POLL_SOFTIRQ) | \
					 BIT(HRTIMER_SOFTIRQ) | BIT(RCU_SOFTIRQ))

extern const char * const softirq_to_name[NR_SOFTIRQS];

struct softirq_action {
	void (*action)(void);
};

/* Which are raised on this CPU: a bit each. The machine may keep the word where it likes. */
#ifndef local_softirq_pending_ref
#define local_softirq_pending_ref	irq_stat.__softirq_pending
#endif

/**
 * local_softirq_pending - which softirqs wait on this CPU: a bit for each
 *
 * Context: preemption off.
 */
#define local_softirq_pending()		(__this_cpu_read(local_softirq_pending_ref))
#define set_softirq_pending(x)		(__this_cpu_write(local_softirq_pending_ref, (x)))
#define or_softirq_pending(x)		(__this_cpu_or(local_softirq_pending_ref, (x)))

asmlinkage void do_softirq(void);
asmlinkage void __do_softirq(void);

void open_softirq(int nr, void (*action)(void));
void softirq_init(void);
void __raise_softirq_irqoff(unsigned int nr);
void raise_softirq_irqoff(unsigned int nr);
void raise_softirq(unsigned int nr);
unsigned int kstat_softirqs_cpu(unsigned int softirq, int cpu);

DECLARE_PER_CPU(struct task_struct *, ksoftirqd);

/** this_cpu_ksoftirqd - the thread that runs this CPU's softirqs when there are too many */
static inline struct task_struct *this_cpu_ksoftirqd(void)
{
	return this_cpu_read(ksoftirqd);
}

/* ---- tasklets ---- */

/**
 * struct tasklet_struct - a function to run soon in softirq context
 * @next: in the CPU's list while scheduled
 * @state: TASKLET_STATE_* bits
 * @count: above 0 while disabled
 * @use_callback: which of the two is set
 * @func: old form, gets @data
 * @callback: new form, gets the tasklet
 */
struct tasklet_struct {
	struct tasklet_struct *next;
	unsigned long state;
	atomic_t count;
	bool use_callback;
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};
	unsigned long data;
};

/** DECLARE_TASKLET - a static tasklet */
#define DECLARE_TASKLET(name, _callback)		\
struct tasklet_struct name = {				\
	.count = ATOMIC_INIT(0),			\
	.callback = _callback,				\
	.use_callback = true,				\
}

/** DECLARE_TASKLET_DISABLED - a static tasklet that waits for a tasklet_enable() */
#define DECLARE_TASKLET_DISABLED(name, _callback)	\
struct tasklet_struct name = {				\
	.count = ATOMIC_INIT(1),			\
	.callback = _callback,				\
	.use_callback = true,				\
}

#define DECLARE_TASKLET_OLD(name, _func)		\
struct tasklet_struct name = {				\
	.count = ATOMIC_INIT(0),			\
	.func = _func,					\
}

/** from_tasklet - from the tasklet to the struct around it */
#define from_tasklet(var, callback_tasklet, tasklet_fieldname)	\
	container_of(callback_tasklet, typeof(*var), tasklet_fieldname)

enum {
	TASKLET_STATE_SCHED,	/* waiting in a list */
	TASKLET_STATE_RUN,	/* running on some CPU */
};

/** tasklet_trylock - begin to run a tasklet. Return: nonzero if no other CPU does */
static inline int tasklet_trylock(struct tasklet_struct *t)
{
	return !test_and_set_bit(TASKLET_STATE_RUN, &t->state);
}

void tasklet_unlock(struct tasklet_struct *t);
void tasklet_unlock_wait(struct tasklet_struct *t);
void tasklet_unlock_spin_wait(struct tasklet_struct *t);

void __tasklet_schedule(struct tasklet_struct *t);
void __tasklet_hi_schedule(struct tasklet_struct *t);

/** tasklet_schedule - run it soon, once, however often this is called before it does */
static inline void tasklet_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		__tasklet_schedule(t);
}

/** tasklet_hi_schedule - tasklet_schedule() before all others */
static inline void tasklet_hi_schedule(struct tasklet_struct *t)
{
	if (!test_and_set_bit(TASKLET_STATE_SCHED, &t->state))
		__tasklet_hi_schedule(t);
}

/**
 * tasklet_disable_nosync - a tasklet isn't run until tasklet_enable(), but it may be running now;
 * nests
 */
static inline void tasklet_disable_nosync(struct tasklet_struct *t)
{
	atomic_inc(&t->count);
	/* Partner: the mb implied by tasklet_trylock() before count is read. */
	smp_mb__after_atomic();
}

/** tasklet_disable_in_atomic - tasklet_disable() for callers that can't sleep: spins */
static inline void tasklet_disable_in_atomic(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_spin_wait(t);
	smp_mb();
}

/** tasklet_disable - hold it off and wait for a running one. Context: may sleep. */
static inline void tasklet_disable(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	tasklet_unlock_wait(t);
	smp_mb();
}

/** tasklet_enable - undo one tasklet_disable() */
static inline void tasklet_enable(struct tasklet_struct *t)
{
	smp_mb__before_atomic();
	atomic_dec(&t->count);
}

void tasklet_kill(struct tasklet_struct *t);
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data);
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *));

/* ---- start-up ---- */

int early_irq_init(void);
int arch_probe_nr_irqs(void);
int arch_early_irq_init(void);
void init_IRQ(void);

#ifndef __irq_entry
#define __irq_entry	__section(".irqentry.text")
#endif
#define __softirq_entry	__section(".softirqentry.text")

#endif /* _LINUX_INTERRUPT_H */
