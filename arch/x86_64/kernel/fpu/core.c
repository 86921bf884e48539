// SPDX-License-Identifier: MIT
/*
 * Vector registers: of tasks, and for a while of the kernel.
 *
 * The model, see <asm/fpu/types.h>: a task's registers are in the CPU while it
 * runs, or in its memory image and TIF_NEED_FPU_LOAD says so. Whoever takes the
 * registers away (a switch, kernel_fpu_begin()) saves them first if they are still
 * a task's; the return to user mode loads them when the flag is up.
 *
 * Loading is left out when the registers are still the task's: per CPU we remember
 * whose state they hold (fpu_owner), per task the CPU that held them last.
 *
 *	fpu_owner == this task's fpu and fpu->last_cpu == this CPU
 *		<=> the registers equal the memory image, or are newer
 *
 * Kernel threads have no state. Between kernel_fpu_begin() and _end() preemption is
 * off and fpu_in_kernel is set, so an interrupt or softirq knows to keep away.
 */

#include <asm/fpu/api.h>

#include <linux/bug.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/asm.h>
#include <asm/cpufeature.h>
#include <asm/fpu/internal.h>
#include <asm/processor.h>
#include <asm/special_insns.h>

#define MXCSR_DEFAULT	0x1f80
#define FPU_CW_DEFAULT	0x37f

/* How this machine saves and restores, decided once. */
static enum fpu_method {
	FPU_FXSAVE,
	FPU_XSAVE,
	FPU_XSAVEOPT,
} fpu_method __ro_after_init;

u64 fpu_kernel_xfeatures __ro_after_init = XFEATURE_MASK_FPSSE;
unsigned int fpu_kernel_size __ro_after_init = sizeof(struct fxregs_state);

static struct kmem_cache *fpstate_cachep __ro_after_init;

/* What a fresh task, and an image that the processor refuses, get. */
static union fpregs_state init_fpregs __ro_after_init;

static DEFINE_PER_CPU(struct fpu *, fpu_owner);
static DEFINE_PER_CPU(bool, fpu_in_kernel);

/* --- Instructions ------------------------------------------------------------------------- */

static void xsave(struct xregs_state *x, u64 mask)
{
	asm volatile("xsave64 %0" : "+m" (*x) : "a" ((u32)mask),
		     "d" ((u32)(mask >> 32)) : "memory");
}

/* Leaves out what hasn't changed since the last xrstor of the same image. */
static void xsaveopt(struct xregs_state *x, u64 mask)
{
	asm volatile("xsaveopt64 %0"
		     : "+m" (*x) : "a" ((u32)mask), "d" ((u32)(mask >> 32)) : "memory");
}

static void xrstor(struct xregs_state *x, u64 mask)
{
	asm volatile("1: xrstor64 %0\n2:\n"
		     _ASM_EXTABLE_TYPE(1b, 2b, EX_TYPE_FPU_RESTORE)
		     : : "m" (*x), "a" ((u32)mask), "d" ((u32)(mask >> 32)) : "memory");
}

static void fxsave(struct fxregs_state *fx)
{
	asm volatile("fxsave64 %0" : "=m" (*fx));
}

static void fxrstor(struct fxregs_state *fx)
{
	asm volatile("1: fxrstor64 %0\n2:\n"
		     _ASM_EXTABLE_TYPE(1b, 2b, EX_TYPE_FPU_RESTORE)
		     : : "m" (*fx) : "memory");
}

static void ldmxcsr(u32 mxcsr)
{
	asm volatile("ldmxcsr %0" : : "m" (mxcsr));
}

/** save_fpregs_to_fpstate - write the registers to memory. Context: they are current's, and stay */
void save_fpregs_to_fpstate(struct fpu *fpu)
{
	union fpregs_state *regs = &fpu->fpstate->regs;

	switch (fpu_method) {
	case FPU_XSAVEOPT:
		xsaveopt(&regs->xsave, fpu_kernel_xfeatures);
		break;
	case FPU_XSAVE:
		xsave(&regs->xsave, fpu_kernel_xfeatures);
		break;
	case FPU_FXSAVE:
		fxsave(&regs->fxsave);
		break;
	}
}

static void restore_fpregs(union fpregs_state *regs)
{
	if (fpu_method == FPU_FXSAVE)
		fxrstor(&regs->fxsave);
	else
		xrstor(&regs->xsave, fpu_kernel_xfeatures);
}

/** restore_fpregs_from_fpstate - load the registers from memory. Context: preemption off */
void restore_fpregs_from_fpstate(struct fpstate *fpstate)
{
	restore_fpregs(&fpstate->regs);
}

/**
 * fpu_reset_from_exception_fixup - the image was bad: load the initial state
 *
 * Context: exception table.
 */
void fpu_reset_from_exception_fixup(void)
{
	WARN_ONCE(1, "a task's FPU state was refused by the processor\n");
	restore_fpregs(&init_fpregs);
}

/* --- Set-up ------------------------------------------------------------------------------- */

static u64 supported_xfeatures(void)
{
	unsigned int eax, ebx, ecx, edx;
	u64 supported;

	cpuid_count(0xd, 0, &eax, &ebx, &ecx, &edx);
	supported = eax | ((u64)edx << 32);
	supported &= XFEATURE_MASK_FPSSE | XFEATURE_MASK_YMM | XFEATURE_MASK_AVX512;
	/* The parts of AVX-512 stand and fall together, and need AVX. */
	if (!(supported & XFEATURE_MASK_YMM) ||
	    (supported & XFEATURE_MASK_AVX512) != XFEATURE_MASK_AVX512)
		supported &= ~XFEATURE_MASK_AVX512;
	return supported;
}

/* Called with XCR0 set: CPUID then gives the size of the image for just these parts. */
static void measure_xstate(void)
{
	unsigned int eax, ebx, ecx, edx;

	cpuid_count(0xd, 0, &eax, &ebx, &ecx, &edx);
	fpu_kernel_size = ebx;
}

static void init_initial_state(void)
{
	init_fpregs.fxsave.cwd = FPU_CW_DEFAULT;
	init_fpregs.fxsave.mxcsr = MXCSR_DEFAULT;
}

/**
 * fpu__init_system - choose how registers are saved, and what the initial ones are
 *
 * Context: boot.
 */
void __init fpu__init_system(void)
{
	if (boot_cpu_has(X86_FEATURE_XSAVE) && boot_cpu_data.cpuid_level >= 0xd) {
		fpu_kernel_xfeatures = supported_xfeatures();
		fpu_method = boot_cpu_has(X86_FEATURE_XSAVEOPT) ? FPU_XSAVEOPT : FPU_XSAVE;
	} else {
		fpu_method = FPU_FXSAVE;
	}
	init_initial_state();
}

static void measure_components(void);

/**
 * fpu__init_cpu - make the FPU of this CPU usable
 *
 * Context: interrupts off; on the boot CPU after fpu__init_system().
 */
void fpu__init_cpu(void)
{
	unsigned long cr4 = X86_CR4_OSFXSR | X86_CR4_OSXMMEXCPT;

	if (fpu_method != FPU_FXSAVE)
		cr4 |= X86_CR4_OSXSAVE;
	cr4_update_irqsoff(cr4, 0);
	write_cr0(read_cr0() & ~(X86_CR0_TS | X86_CR0_EM));
	if (fpu_method != FPU_FXSAVE) {
		xsetbv(0, fpu_kernel_xfeatures);
		if (!fpstate_cachep)
			measure_xstate();
	}
	if (!fpstate_cachep)
		measure_components();
	asm volatile("fninit");
	ldmxcsr(MXCSR_DEFAULT);
	this_cpu_write(fpu_owner, NULL);
}

static size_t fpstate_alloc_size(void)
{
	return offsetof(struct fpstate, regs) + fpu_kernel_size;
}

/** fpstate_cache_init - make the cache of register images; panics without memory */
void fpstate_cache_init(void)
{
	fpstate_cachep = kmem_cache_create("fpstate", fpstate_alloc_size(), 64,
					   SLAB_PANIC, NULL);
}

/* --- Tasks ------------------------------------------------------------------------------------ */

static void fpstate_reset(struct fpstate *fpstate)
{
	memset(&fpstate->regs, 0, fpu_kernel_size);
	fpstate->regs.fxsave.cwd = FPU_CW_DEFAULT;
	fpstate->regs.fxsave.mxcsr = MXCSR_DEFAULT;
	fpstate->size = fpu_kernel_size;
	fpstate->xfeatures = fpu_kernel_xfeatures;
}

/* The registers of this CPU are nobody's from now on. */
static void fpregs_forget(void)
{
	__this_cpu_write(fpu_owner, NULL);
}

/*
 * Into memory, if the registers are newer. Interrupts off, or fpu_in_kernel set: an
 * interrupt between the flag and the save would otherwise use the registers.
 */
static void fpregs_save_current(void)
{
	struct fpu *fpu = &current->thread.fpu;

	if (!fpu->fpstate || test_thread_flag(TIF_NEED_FPU_LOAD))
		return;
	set_thread_flag(TIF_NEED_FPU_LOAD);
	save_fpregs_to_fpstate(fpu);
}

/**
 * fpu_dup_task - FPU state of a new task
 * @dst: the task, a copy of @src
 * @src: the parent
 *
 * A parent without state (a kernel thread) gives the initial one; whether the child
 * needs any at all is settled later, by its first return to user mode.
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int fpu_dup_task(struct task_struct *dst, struct task_struct *src)
{
	struct fpu *fpu = &dst->thread.fpu;

	fpu->fpstate = NULL;
	fpu->last_cpu = -1;
	clear_tsk_thread_flag(dst, TIF_NEED_FPU_LOAD);
	if (!src->thread.fpu.fpstate)
		return 0;
	return fpu_attach(dst, src);
}

/**
 * fpu_attach - give a task FPU state of its own
 * @dst: a task without
 * @src: the current task, to copy from; or NULL for the initial state
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int fpu_attach(struct task_struct *dst, struct task_struct *src)
{
	struct fpstate *fpstate = kmem_cache_alloc(fpstate_cachep, GFP_KERNEL);
	unsigned long flags;

	if (!fpstate)
		return -ENOMEM;
	fpstate_reset(fpstate);
	if (src && src->thread.fpu.fpstate) {
		local_irq_save(flags);
		fpregs_save_current();
		local_irq_restore(flags);
		/* The image goes on behind the struct, which knows its fixed part only. */
		unsafe_memcpy(&fpstate->regs, &src->thread.fpu.fpstate->regs, fpu_kernel_size,
			      "allocated with fpu_kernel_size");
	}
	dst->thread.fpu.last_cpu = -1;
	set_tsk_thread_flag(dst, TIF_NEED_FPU_LOAD);
	/* From here on a switch saves: the flag has to be up before. */
	smp_store_release(&dst->thread.fpu.fpstate, fpstate);
	return 0;
}

/** fpu_free_task - free a dead task's image */
void fpu_free_task(struct task_struct *tsk)
{
	struct fpstate *fpstate = tsk->thread.fpu.fpstate;

	tsk->thread.fpu.fpstate = NULL;
	clear_tsk_thread_flag(tsk, TIF_NEED_FPU_LOAD);
	if (fpstate)
		kmem_cache_free(fpstate_cachep, fpstate);
}

/** fpu_flush_thread - exec: a new program starts with the initial state */
void fpu_flush_thread(void)
{
	unsigned long flags;

	if (!current->thread.fpu.fpstate)
		return;
	local_irq_save(flags);
	set_thread_flag(TIF_NEED_FPU_LOAD);
	fpstate_reset(current->thread.fpu.fpstate);
	fpregs_forget();
	local_irq_restore(flags);
}

/**
 * fpu_image_begin - have the current task's registers in memory, where they may be changed
 *
 * They stay there, and on no CPU, until the return to user mode; a switch of tasks meanwhile
 * changes nothing.
 *
 * Context: may be preempted. Return: the image; NULL for a task without.
 */
union fpregs_state *fpu_image_begin(void)
{
	struct fpu *fpu = &current->thread.fpu;
	unsigned long flags;

	if (!fpu->fpstate)
		return NULL;
	local_irq_save(flags);
	fpregs_save_current();
	fpregs_forget();
	/* No other CPU's registers are taken for ours either. */
	fpu->last_cpu = -1;
	local_irq_restore(flags);
	return &fpu->fpstate->regs;
}

/**
 * fpu_image_of - the registers of a task in memory, where they may be changed
 * @task: current, or a task that stays stopped
 *
 * The stopped task's were saved when it left its CPU; should that CPU's registers still hold them,
 * they are not to be used again.
 *
 * Return: the image; NULL for a task without.
 */
union fpregs_state *fpu_image_of(struct task_struct *task)
{
	if (task == current)
		return fpu_image_begin();
	if (!task->thread.fpu.fpstate)
		return NULL;
	task->thread.fpu.last_cpu = -1;
	return &task->thread.fpu.fpstate->regs;
}

/** fpu_image_reset - the image gets the initial state. Context: after fpu_image_begin() */
void fpu_image_reset(void)
{
	fpstate_reset(current->thread.fpu.fpstate);
}

/* Bits of MXCSR that this processor has; the others must be zero when it is loaded. */
static u32 mxcsr_mask __ro_after_init;

/** fpu_mxcsr_mask - the bits of MXCSR that this processor knows */
u32 fpu_mxcsr_mask(void)
{
	return mxcsr_mask;
}

/* Where a component lies in the image; asked of the processor once for each. */
static struct {
	unsigned int offset, size;
} component_places[XFEATURE_MAX] __ro_after_init;

/**
 * fpu_component_place - where a component is in an XSAVE image that isn't compacted
 * @nr: its number
 * @offset: gets the first byte, from the image's begin
 * @size: gets the bytes; 0: the processor hasn't it
 */
void fpu_component_place(unsigned int nr, unsigned int *offset, unsigned int *size)
{
	*offset = component_places[nr].offset;
	*size = component_places[nr].size;
}

static void measure_components(void)
{
	unsigned int i, ecx, edx;
	struct fxregs_state fx __aligned(16) = { };

	for (i = XFEATURE_YMM; i < XFEATURE_MAX; i++) {
		if (fpu_kernel_xfeatures & (1ULL << i))
			cpuid_count(0xd, i, &component_places[i].size, &component_places[i].offset,
				    &ecx, &edx);
	}
	fxsave(&fx);
	mxcsr_mask = fx.mxcsr_mask ? fx.mxcsr_mask : 0xffbf;
}

/**
 * fpu_switch_prepare - context switch, first half: registers to memory; they stay remembered as
 * prev's
 */
void fpu_switch_prepare(struct task_struct *prev, int cpu)
{
	struct fpu *fpu = &prev->thread.fpu;

	if (!fpu->fpstate || test_tsk_thread_flag(prev, TIF_NEED_FPU_LOAD))
		return;
	save_fpregs_to_fpstate(fpu);
	fpu->last_cpu = cpu;
	__this_cpu_write(fpu_owner, fpu);
}

/**
 * fpu_switch_finish - context switch, second half: the registers are loaded on the way to user mode
 */
void fpu_switch_finish(struct task_struct *next)
{
	if (next->thread.fpu.fpstate)
		set_tsk_thread_flag(next, TIF_NEED_FPU_LOAD);
}

/**
 * switch_fpu_return - load the task's registers
 *
 * Context: on the way to user mode with TIF_NEED_FPU_LOAD up, interrupts off; or a
 * test, with preemption off.
 */
void switch_fpu_return(void)
{
	struct fpu *fpu = &current->thread.fpu;
	int cpu = raw_smp_processor_id();

	if (!fpu->fpstate)
		return;
	if (__this_cpu_read(fpu_owner) != fpu || fpu->last_cpu != cpu) {
		restore_fpregs_from_fpstate(fpu->fpstate);
		fpu->last_cpu = cpu;
		__this_cpu_write(fpu_owner, fpu);
	}
	clear_thread_flag(TIF_NEED_FPU_LOAD);
}

/* --- The kernel ------------------------------------------------------------------------------- */

/** irq_fpu_usable - may kernel_fpu_begin() be called here? Not in an NMI, nor inside another one */
bool irq_fpu_usable(void)
{
	if (in_nmi())
		return false;
	/* Somebody on this CPU is between begin and end: we interrupted it. */
	return !this_cpu_read(fpu_in_kernel);
}

/**
 * kernel_fpu_begin_mask - the kernel may use the FPU registers from here
 * @kfpu_mask: KFPU_387, KFPU_MXCSR: which control registers must have their defaults
 *
 * Context: irq_fpu_usable(). Preemption is off until kernel_fpu_end().
 */
void kernel_fpu_begin_mask(unsigned int kfpu_mask)
{
	preempt_disable();
	WARN_ON_ONCE(!irq_fpu_usable());
	this_cpu_write(fpu_in_kernel, true);

	fpregs_save_current();
	fpregs_forget();

	if (kfpu_mask & KFPU_MXCSR)
		ldmxcsr(MXCSR_DEFAULT);
	if (kfpu_mask & KFPU_387)
		asm volatile("fninit");
}

/** kernel_fpu_end - end of kernel_fpu_begin(); allows preemption */
void kernel_fpu_end(void)
{
	WARN_ON_ONCE(!this_cpu_read(fpu_in_kernel));
	this_cpu_write(fpu_in_kernel, false);
	preempt_enable();
}
