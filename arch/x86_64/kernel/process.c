// SPDX-License-Identifier: MIT
/*
 * Tasks on this machine: making one, switching between them, idling, stopping.
 */

#include <linux/cpu.h>
#include <linux/entry-common.h>
#include <linux/hardirq.h>
#include <linux/init_task.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/personality.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/idle.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/smp.h>
#include <linux/syscalls.h>
#include <linux/tick.h>
#include <linux/uaccess.h>

#include <asm/cpufeature.h>
#include <asm/debugreg.h>
#include <asm/desc.h>
#include <asm/elf.h>
#include <asm/fpu/internal.h>
#include <asm/fsgsbase.h>
#include <asm/processor.h>
#include <asm/switch_to.h>
#include <asm/unwind.h>
#include <uapi/asm/prctl.h>

/* Initial values: of the boot CPU, and the template of the others'. */
DEFINE_PER_CPU_ALIGNED(struct pcpu_hot, pcpu_hot) = {
	.current_task = &init_task,
	.preempt_count = INIT_PREEMPT_COUNT,
	.top_of_stack = TOP_OF_INIT_STACK,
};

DEFINE_PER_CPU_PAGE_ALIGNED(struct tss_struct, cpu_tss_rw) = {
	.x86_tss = {
		.sp0 = TOP_OF_INIT_STACK,
		.io_bitmap_base = IO_BITMAP_OFFSET_INVALID,
	},
};

/* --- A task's beginning and end --------------------------------------------------------- */

int arch_dup_task_struct(struct task_struct *dst, struct task_struct *src)
{
	memcpy(dst, src, sizeof(*dst));
	return fpu_dup_task(dst, src);
}

/** arch_release_task_struct - free what hangs on a dead task's registers */
void arch_release_task_struct(struct task_struct *tsk)
{
	fpu_free_task(tsk);
}

/* The base of fs, current's. */
static unsigned long x86_fsbase_read(void)
{
	unsigned long base;

	if (cpu_feature_enabled(X86_FEATURE_FSGSBASE))
		return rdfsbase();
	rdmsrl(MSR_FS_BASE, base);
	return base;
}

static void x86_fsbase_write(unsigned long base)
{
	if (cpu_feature_enabled(X86_FEATURE_FSGSBASE))
		wrfsbase(base);
	else
		wrmsrl(MSR_FS_BASE, base);
}

/**
 * copy_thread - make the stack of a new task so that it can be switched to
 * @p: the task; its stack is allocated, its thread_struct a copy of the parent's
 * @args: a function to call, or NULL for a copy of the caller's user state
 *
 * The frame of pt_regs at the top is what the task returns to user mode with; below
 * it lies what __switch_to_asm pops, which leads to ret_from_fork_asm.
 *
 * Return: 0; -EPERM for a TLS address that is not the user's.
 */
int copy_thread(struct task_struct *p, const struct kernel_clone_args *args)
{
	struct pt_regs *childregs = task_pt_regs(p);
	struct fork_frame *fork_frame = container_of(childregs, struct fork_frame, regs);
	struct inactive_task_frame *frame = &fork_frame->frame;

	frame->bp = (unsigned long)childregs | 1;
	frame->ret_addr = (unsigned long)ret_from_fork_asm;
	p->thread.sp = (unsigned long)fork_frame;

	flush_debugregs(p);
	if (p->flags & PF_KTHREAD) {
		/* Copied from a process that made a kernel thread, which has no use for it. */
		fpu_free_task(p);
	} else if (!p->thread.fpu.fpstate) {
		/*
		 * A kernel thread's child that is to become a program: nothing was there to copy.
		 */
		int ret = fpu_attach(p, NULL);

		if (ret)
			return ret;
	}
	if (args->fn) {
		memset(childregs, 0, sizeof(*childregs));
		/* Looks like user mode: a walk of the stack ends here. */
		childregs->cs = __USER_CS;
		frame->bx = (unsigned long)args->fn_arg;
		frame->r12 = (unsigned long)args->fn;
		return 0;
	}

	frame->bx = 0;
	frame->r12 = 0;
	*childregs = *current_pt_regs();
	childregs->ax = 0;
	if (args->stack)
		childregs->sp = args->stack;
	/* The parent's may be newer in the registers than in its thread_struct. */
	p->thread.fsbase = x86_fsbase_read();
	rdmsrl(MSR_KERNEL_GS_BASE, p->thread.gsbase);
	if (args->flags & CLONE_SETTLS) {
		if (args->tls >= TASK_SIZE_MAX)
			return -EPERM;
		p->thread.fsbase = args->tls;
	}
	return 0;
}

/**
 * ret_from_fork - a new task's first C code
 * @prev: the task that was switched away from
 * @regs: this task's user registers
 * @fn: thread function, or NULL for a forked user task
 * @fn_arg: its argument
 *
 * A kernel thread's function returns only if it has become a user program.
 */
__visible void ret_from_fork(struct task_struct *prev, struct pt_regs *regs, int (*fn)(void *),
			     void *fn_arg)
{
	schedule_tail(prev);
	if (unlikely(fn)) {
		fn(fn_arg);
		regs->ax = 0;
	}
	syscall_exit_to_user_mode(regs);
}

/** flush_thread - exec: nothing of the old program stays in registers. Context: task */
void flush_thread(void)
{
	flush_debugregs(current);
	fpu_flush_thread();
}

/** exit_thread - a task ends: there is nothing to do */
void exit_thread(struct task_struct *tsk)
{
	(void)tsk;
}

/**
 * start_thread - where a new program begins
 * @regs: the frame at the top of the stack
 * @new_ip: its entry
 * @new_sp: its stack
 *
 * The old program's thread-local storage goes with it.
 */
void start_thread(struct pt_regs *regs, unsigned long new_ip, unsigned long new_sp)
{
	loadsegment(fs, 0);
	loadsegment(es, 0);
	loadsegment(ds, 0);
	preempt_disable();
	x86_fsbase_write(0);
	wrmsrl(MSR_KERNEL_GS_BASE, 0);
	preempt_enable();
	current->thread.fsbase = 0;
	current->thread.gsbase = 0;
	regs->ip = new_ip;
	regs->sp = new_sp;
	regs->csx = __USER_CS;
	regs->ssx = __USER_DS;
	regs->flags = X86_EFLAGS_IF;
}

/** elf_common_init - ELF_PLAT_INIT: no register tells the new program anything of the old one */
void elf_common_init(struct pt_regs *regs)
{
	regs->ax = regs->bx = regs->cx = regs->dx = 0;
	regs->si = regs->di = regs->bp = 0;
	regs->r8 = regs->r9 = regs->r10 = regs->r11 = 0;
	regs->r12 = regs->r13 = regs->r14 = regs->r15 = 0;
}

/** set_personality_64bit - exec: readable memory isn't executable */
void set_personality_64bit(void)
{
	current->personality &= ~READ_IMPLIES_EXEC;
}

/** arch_randomize_brk - where the heap begins: up to 32 MiB behind the program */
unsigned long arch_randomize_brk(struct mm_struct *mm)
{
	return PAGE_ALIGN(mm->brk) + (get_random_u32_below(0x2000) << PAGE_SHIFT);
}

/* --- System calls of this machine alone --------------------------------------------------- */

/* clone(2), with this machine's order of arguments. */
SYSCALL_DEFINE5(clone, unsigned long, clone_flags, unsigned long, newsp, int __user *,
		parent_tidptr, int __user *, child_tidptr, unsigned long, tls)
{
	return ksys_clone(clone_flags, newsp, parent_tidptr, child_tidptr, tls);
}

/* With preemption off: the registers are the current task's, and stay. */
static int set_base(int option, unsigned long base)
{
	if (base >= TASK_SIZE_MAX)
		return -EPERM;
	preempt_disable();
	if (option == ARCH_SET_FS) {
		x86_fsbase_write(base);
		current->thread.fsbase = base;
	} else {
		wrmsrl(MSR_KERNEL_GS_BASE, base);
		current->thread.gsbase = base;
	}
	preempt_enable();
	return 0;
}

static unsigned long get_base(int option)
{
	unsigned long base;

	preempt_disable();
	if (option == ARCH_GET_FS)
		base = x86_fsbase_read();
	else
		rdmsrl(MSR_KERNEL_GS_BASE, base);
	preempt_enable();
	return base;
}

/* arch_prctl(2): the bases of fs and gs; cpuid is never trapped. */
SYSCALL_DEFINE2(arch_prctl, int, option, unsigned long, arg2)
{
	switch (option) {
	case ARCH_SET_FS:
	case ARCH_SET_GS:
		return set_base(option, arg2);
	case ARCH_GET_FS:
	case ARCH_GET_GS:
		return put_user(get_base(option), (unsigned long __user *)arg2);
	case ARCH_GET_CPUID:
		return 1;
	case ARCH_SET_CPUID:
		return -ENODEV;
	default:
		return -EINVAL;
	}
}

/* --- Switching ----------------------------------------------------------------------------- */

/* The bases of fs and (while in the kernel: parked) gs belong to the user program. */
static __always_inline void save_user_bases(struct task_struct *prev)
{
	if (cpu_feature_enabled(X86_FEATURE_FSGSBASE))
		prev->thread.fsbase = rdfsbase();
	else
		rdmsrl(MSR_FS_BASE, prev->thread.fsbase);
	rdmsrl(MSR_KERNEL_GS_BASE, prev->thread.gsbase);
}

static __always_inline void load_user_bases(struct task_struct *next)
{
	if (cpu_feature_enabled(X86_FEATURE_FSGSBASE))
		wrfsbase(next->thread.fsbase);
	else
		wrmsrl(MSR_FS_BASE, next->thread.fsbase);
	wrmsrl(MSR_KERNEL_GS_BASE, next->thread.gsbase);
}

/**
 * save_current_bases - current's FS and GS bases to its thread_struct, which has those of its last
 * switch
 */
void save_current_bases(void)
{
	preempt_disable();
	save_user_bases(current);
	preempt_enable();
}

/**
 * __switch_to - the rest of a context switch, on the new task's stack
 * @prev: who ran
 * @next: who runs
 *
 * Context: interrupts off, run-queue lock held. noinstr-like: current is changing.
 * Return: @prev, for the new task's switch_to().
 */
__no_kcsan __visible struct task_struct *__switch_to(struct task_struct *prev,
						      struct task_struct *next)
{
	int cpu = raw_smp_processor_id();
	unsigned long top = (unsigned long)task_stack_page(next) + THREAD_SIZE;

	fpu_switch_prepare(prev, cpu);
	/* Kernel threads have no user bases: whose they are doesn't matter meanwhile. */
	if (!(prev->flags & PF_KTHREAD))
		save_user_bases(prev);
	if (!(next->flags & PF_KTHREAD))
		load_user_bases(next);
	if (unlikely(prev->thread.ptrace_dr7 | next->thread.ptrace_dr7))
		switch_debugregs(next);

	raw_cpu_write(pcpu_hot.current_task, next);
	raw_cpu_write(pcpu_hot.top_of_stack, top);
	/* Where the processor puts the frame of the next entry from user mode. */
	this_cpu_write(cpu_tss_rw.x86_tss.sp0, top);

	fpu_switch_finish(next);
	return prev;
}

/* --- Where does a sleeping task wait? ------------------------------------------------------- */

unsigned long __get_wchan(struct task_struct *p)
{
	struct unwind_state state;

	if (!try_get_task_stack(p))
		return 0;
	for (unwind_start(&state, p, NULL, NULL); !unwind_done(&state);
	     unwind_next_frame(&state)) {
		unsigned long addr = unwind_get_return_address(&state);

		if (!in_sched_functions(addr)) {
			put_task_stack(p);
			return addr;
		}
	}
	put_task_stack(p);
	return 0;
}

/* --- Idle ------------------------------------------------------------------------------------- */

static bool use_mwait __ro_after_init;

/* Interrupts come on together with the wait, and are off again on return. */
static __cpuidle void mwait_idle(void)
{
	if (!current_set_polling_and_test()) {
		const void *addr = &current_thread_info()->flags;

		__monitor(addr, 0, 0);
		if (!need_resched()) {
			/* The monitored word is written by whoever wants us to reschedule. */
			__sti_mwait(0, 0);
			raw_local_irq_disable();
		}
	}
	__current_clr_polling();
}

/** default_idle - halt until an interrupt. Context: interrupts off, before and after */
__cpuidle void default_idle(void)
{
	raw_safe_halt();
	raw_local_irq_disable();
}

__cpuidle void arch_cpu_idle(void)
{
	if (use_mwait)
		mwait_idle();
	else
		default_idle();
}

/** arch_cpu_idle_enter - before a CPU idles: nothing */
void arch_cpu_idle_enter(void)
{
}

/** arch_cpu_idle_exit - after a CPU idled: nothing */
void arch_cpu_idle_exit(void)
{
}

/** arch_cpu_idle_prepare - before the idle task's loop: nothing */
void arch_cpu_idle_prepare(void)
{
}

/** select_idle_routine - choose between mwait and hlt. Context: boot */
void select_idle_routine(void)
{
	unsigned int eax, ebx, ecx, edx;

	/*
	 * mwait has to be a way to sleep, not a busy loop: a hypervisor that
	 * offers it without leaf 5's sizes doesn't mean it.
	 */
	if (!boot_cpu_has(X86_FEATURE_MWAIT) || boot_cpu_has(X86_FEATURE_HYPERVISOR) ||
	    boot_cpu_data.cpuid_level < 5)
		return;
	cpuid(5, &eax, &ebx, &ecx, &edx);
	use_mwait = (eax & 0xffff) && (ecx & 1);
}

/* --- Stopping --------------------------------------------------------------------------------- */

/**
 * stop_this_cpu - for good: this CPU is needed no more
 *
 * Context: any; also an NMI handler's last act.
 */
void __noreturn stop_this_cpu(void *dummy)
{
	(void)dummy;
	raw_local_irq_disable();
	set_cpu_online(raw_smp_processor_id(), false);
	for (;;)
		native_halt();
}
