/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

/*
 * Which CPU is this, and running a function on others.
 *
 * Rules of use:
 *  - smp_processor_id() needs the task to stay put: preemption off, or a per-CPU thread. Debug
 *    builds check. raw_smp_processor_id() is a hint that may be stale at once.
 *  - The smp_call_function_*() functions run @func on the other CPU in hard-interrupt context:
 *    it must not sleep. Calling them with interrupts off or from an interrupt deadlocks when two
 *    CPUs wait for each other, so don't, except for smp_call_function_single_async().
 *  - on_each_cpu*() include this CPU (with interrupts off); smp_call_function*() don't.
 *  - A call to a CPU that is offline fails with -ENXIO (single) or is skipped (many).
 */

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/preempt.h>
#include <linux/smp_types.h>
#include <linux/thread_info.h>
#include <linux/types.h>

typedef void (*smp_call_func_t)(void *info);
typedef bool (*smp_cond_func_t)(int cpu, void *info);

struct __call_single_data {
	struct __call_single_node node;
	smp_call_func_t func;
	void *info;
};

#define CSD_INIT(_func, _info) \
	(struct __call_single_data){ .func = (_func), .info = (_info), }

/* Aligned, so that one never straddles two cache lines. */
typedef struct __call_single_data call_single_data_t __aligned(sizeof(struct __call_single_data));

#define INIT_CSD(_csd, _func, _info) \
do { \
	*(_csd) = CSD_INIT((_func), (_info)); \
} while (0)

void __smp_call_single_queue(int cpu, struct llist_node *node);

extern unsigned int total_cpus;
extern unsigned int setup_max_cpus;

int smp_call_function_single(int cpuid, smp_call_func_t func, void *info, int wait);
void on_each_cpu_cond_mask(smp_cond_func_t cond_func, smp_call_func_t func, void *info, bool wait,
			   const struct cpumask *mask);
int smp_call_function_single_async(int cpu, call_single_data_t *csd);

void __noreturn panic_smp_self_stop(void);
void __noreturn nmi_panic_self_stop(struct pt_regs *regs);
void crash_smp_send_stop(void);

/**
 * on_each_cpu - run a function on all online CPUs, this one included
 *
 * Context: task, interrupts on.
 */
static inline void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, cpu_online_mask);
}

/** on_each_cpu_mask - on_each_cpu() for a set of CPUs */
static inline void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info,
				    bool wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, mask);
}

/** on_each_cpu_cond - on_each_cpu() where @cond_func says so */
static inline void on_each_cpu_cond(smp_cond_func_t cond_func, smp_call_func_t func, void *info,
				    bool wait)
{
	on_each_cpu_cond_mask(cond_func, func, info, wait, cpu_online_mask);
}

void smp_call_function(smp_call_func_t func, void *info, int wait);
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info,
			    bool wait);
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait);
void kick_all_cpus_sync(void);
void wake_up_all_idle_cpus(void);
int smp_call_on_cpu(unsigned int cpu, int (*func)(void *), void *par, bool phys);

/* What an arch calls on its call-function interrupts, in hard-interrupt context. */
void generic_smp_call_function_single_interrupt(void);
#define generic_smp_call_function_interrupt	generic_smp_call_function_single_interrupt
void flush_smp_call_function_queue(void);
void call_function_init(void);
void idle_threads_init(void);
void smp_init(void);
void setup_nr_cpu_ids(void);

int smpcfd_prepare_cpu(unsigned int cpu);
int smpcfd_dead_cpu(unsigned int cpu);
int smpcfd_dying_cpu(unsigned int cpu);

/* Implemented by the arch. */
void arch_smp_send_reschedule(int cpu);
void arch_send_call_function_single_ipi(int cpu);
void arch_send_call_function_ipi_mask(const struct cpumask *mask);
void smp_send_stop(void);
void smp_prepare_cpus(unsigned int max_cpus);
void smp_prepare_boot_cpu(void);
void smp_cpus_done(unsigned int max_cpus);

/** smp_send_reschedule - interrupt a CPU, so that it looks whether somebody else is to run */
#define smp_send_reschedule(cpu)	arch_smp_send_reschedule(cpu)

#include <asm/smp.h>

#ifndef __smp_processor_id
#define __smp_processor_id()	raw_smp_processor_id()
#endif

#ifdef CONFIG_DEBUG_PREEMPT
unsigned int debug_smp_processor_id(void);

/** smp_processor_id - the CPU we are on. Context: preemption off, or a thread bound to the CPU */
#define smp_processor_id()	debug_smp_processor_id()
#else
#define smp_processor_id()	__smp_processor_id()
#endif

/** get_cpu - smp_processor_id(), with preemption off until put_cpu() */
#define get_cpu()	({ preempt_disable(); __smp_processor_id(); })
/** put_cpu - end get_cpu() */
#define put_cpu()	preempt_enable()

/** get_boot_cpu_id - the CPU that booted: 0 */
static inline int get_boot_cpu_id(void)
{
	return 0;
}

#endif /* _LINUX_SMP_H */
