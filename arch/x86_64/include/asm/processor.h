/* SPDX-License-Identifier: MIT */
/* What the processor is, and the machine's share of a task. */
#ifndef _ASM_X86_PROCESSOR_H
#define _ASM_X86_PROCESSOR_H

#include <asm/cpufeatures.h>
#include <asm/page_types.h>
#include <asm/processor-flags.h>

#define HBP_NUM		4

#ifndef __ASSEMBLY__
#include <linux/cache.h>
#include <linux/percpu-defs.h>
#include <linux/types.h>
#include <asm/cpuid.h>
#include <asm/current.h>
#include <asm/desc_defs.h>
#include <asm/fpu/types.h>
#include <asm/msr.h>
#include <asm/percpu.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/special_insns.h>

struct task_struct;
struct mm_struct;
struct pt_regs;

#define X86_VENDOR_INTEL	0
#define X86_VENDOR_AMD		2
#define X86_VENDOR_UNKNOWN	0xff

/* Filled by identify_cpu(), read-only afterwards. */
struct cpuinfo_x86 {
	u8 x86;				/* family */
	u8 x86_vendor;
	u8 x86_model;
	u8 x86_stepping;
	u8 x86_virt_bits;
	u8 x86_phys_bits;
	u16 x86_clflush_size;
	int cpuid_level;		/* highest basic leaf */
	unsigned int extended_cpuid_level;
	u32 x86_capability[NCAPINTS];
	char x86_vendor_id[16];
	char x86_model_id[64];
	u16 cpu_index;
	u32 initial_apicid;
	bool initialized;
};

extern struct cpuinfo_x86 boot_cpu_data;
DECLARE_PER_CPU_READ_MOSTLY(struct cpuinfo_x86, cpu_info);
#define cpu_data(cpu)	per_cpu(cpu_info, cpu)

void early_cpu_init(void);
void identify_boot_cpu(void);
void identify_secondary_cpu(unsigned int cpu);
void print_cpu_info(struct cpuinfo_x86 *c);
void cpu_init(void);

/* The task-state segment: stack pointers by privilege and by IST slot. */
struct x86_hw_tss {
	u32 reserved1;
	u64 sp0;
	u64 sp1;
	u64 sp2;
	u64 reserved2;
	u64 ist[7];
	u32 reserved3;
	u32 reserved4;
	u16 reserved5;
	u16 io_bitmap_base;
} __packed ____cacheline_aligned;

struct tss_struct {
	struct x86_hw_tss x86_tss;
} __aligned(PAGE_SIZE);

/* An offset past the limit: every port access from user mode faults. */
#define IO_BITMAP_OFFSET_INVALID	(sizeof(struct x86_hw_tss) + 1)
#define __KERNEL_TSS_LIMIT		(sizeof(struct x86_hw_tss) - 1)

DECLARE_PER_CPU_PAGE_ALIGNED(struct tss_struct, cpu_tss_rw);

/* First byte above each of this CPU's IST stacks, indexed by IST_INDEX_*. */
struct exception_stacks {
	void *top[N_EXCEPTION_STACKS];
};
DECLARE_PER_CPU(struct exception_stacks, exception_stacks);

void early_exception_stacks_init(void);
void exception_stacks_install(unsigned int cpu);

struct perf_event;

struct thread_struct {
	unsigned long sp;		/* saved kernel stack pointer */
	unsigned short es;
	unsigned short ds;
	unsigned short fsindex;
	unsigned short gsindex;
	unsigned long fsbase;
	unsigned long gsbase;
	/* Of the last fault that became, or would have become, a signal. */
	unsigned long cr2;
	unsigned long trap_nr;
	unsigned long error_code;
	struct perf_event *ptrace_bps[HBP_NUM];
	unsigned long virtual_dr6;
	unsigned long ptrace_dr7;
	struct fpu fpu;
};

#define INIT_THREAD	{ .sp = TOP_OF_INIT_STACK - sizeof(struct pt_regs) }

#define TOP_OF_INIT_STACK	((unsigned long)&init_stack + sizeof(init_stack))

#define task_top_of_stack(task)	((unsigned long)(task_pt_regs(task) + 1))

#define task_pt_regs(task)						\
	((struct pt_regs *)((unsigned long)task_stack_page(task) +	\
			    THREAD_SIZE - TOP_OF_KERNEL_STACK_PADDING) - 1)

#define KSTK_EIP(task)		(task_pt_regs(task)->ip)
#define KSTK_ESP(task)		(task_pt_regs(task)->sp)

#define TASK_SIZE		TASK_SIZE_MAX
#define TASK_SIZE_OF(child)	TASK_SIZE_MAX
#define STACK_TOP		TASK_SIZE_MAX
#define STACK_TOP_MAX		TASK_SIZE_MAX
#define DEFAULT_MAP_WINDOW	TASK_SIZE_MAX
#define TASK_UNMAPPED_BASE	(PAGE_ALIGN(TASK_SIZE / 3))

/** rep_nop - tell a spinning CPU's sibling thread that this one can wait */
static __always_inline void rep_nop(void)
{
	asm volatile("rep; nop" ::: "memory");
}

/** cpu_relax - in a loop that waits for another CPU: let a sibling thread go first */
static __always_inline void cpu_relax(void)
{
	rep_nop();
}

/** sync_core - nothing fetched before it is executed after it: cpuid serialises */
static __always_inline void sync_core(void)
{
	unsigned int eax = 0, ecx = 0;

	asm volatile("cpuid" : "+a" (eax), "+c" (ecx) : : "ebx", "edx", "memory");
}

/** __monitor - watch the cache line of @addr, for __mwait() */
static __always_inline void __monitor(const void *addr, u32 ecx, u32 edx)
{
	asm volatile("monitor" : : "a" (addr), "c" (ecx), "d" (edx));
}

/** __mwait - sleep until the line is written or an interrupt comes */
static __always_inline void __mwait(u32 eax, u32 ecx)
{
	asm volatile("mwait" : : "a" (eax), "c" (ecx));
}

/** __sti_mwait - __mwait() that enables interrupts, without losing one */
static __always_inline void __sti_mwait(u32 eax, u32 ecx)
{
	asm volatile("sti; mwait" : : "a" (eax), "c" (ecx));
}

#define ARCH_HAS_PREFETCH
/** prefetch - bring the line to the cache, to be read */
static inline void prefetch(const void *x)
{
	__builtin_prefetch(x);
}

#define ARCH_HAS_PREFETCHW
/** prefetchw - bring the line to the cache, to be written */
static __always_inline void prefetchw(const void *x)
{
	__builtin_prefetch(x, 1);
}

/** spin_lock_prefetch - prefetchw() of a lock */
static __always_inline void spin_lock_prefetch(const void *x)
{
	prefetchw(x);
}

/* CR4 as this CPU has it; always changed through these. */
void cr4_update_irqsoff(unsigned long set, unsigned long clear);
void cr4_set_bits(unsigned long mask);
unsigned long cr4_read_shadow(void);

/* Stack a task would start with in user mode; for later. */
void start_thread(struct pt_regs *regs, unsigned long new_ip, unsigned long new_sp);

unsigned long __get_wchan(struct task_struct *p);

void __noreturn stop_this_cpu(void *dummy);
void default_idle(void);
void select_idle_routine(void);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_PROCESSOR_H */
