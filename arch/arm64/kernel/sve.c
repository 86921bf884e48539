// SPDX-License-Identifier: MIT
/*
 * Scalable vectors: Z registers of 16 to 256 bytes whose low 16 are the FPSIMD registers,
 * predicates with a bit for each byte, and the first-fault register.
 *
 * A thread has a vector length (VL) and either of two states:
 *
 *	not live	TIF_SVE clear	thread.uw.fpsimd_state is all there is; the rest counts as
 *					zero; the first SVE instruction traps and makes it live
 *	live		TIF_SVE set	Z, P and FFR count: thread.sve_state when not in the
 *					registers, of SVE_STATE_SIZE(VL) bytes. FPSR and FPCR stay
 *					in uw.fpsimd_state; its vregs are stale
 *
 * A system call makes it not live again, as the ABI says that what FPSIMD doesn't know is lost
 * there. So programs that use SVE seldom pay seldom; fork never has live state to copy; and a
 * handler's frame has the registers only if a trap or an interrupt was what was interrupted.
 *
 * The length is the thread's own choice (PR_SVE_SET_VL), among those that every CPU can do; exec
 * starts with the system's default, or what the thread has chosen for then. A new length makes the
 * state not live.
 *
 * Who owns the registers, and when they are saved, is fpsimd.c's business.
 */
#define pr_fmt(fmt) "SVE: " fmt

#include <asm/sve.h>

#include <linux/bitmap.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <uapi/linux/prctl.h>

#include <asm/cpufeature.h>
#include <asm/fpsimd.h>
#include <asm/processor.h>
#include <asm/sigcontext.h>
#include <asm/sysreg.h>

static_assert(SVE_PT_VL_INHERIT == PR_SVE_VL_INHERIT >> 16);
static_assert(SVE_PT_VL_ONEXEC == PR_SVE_SET_VL_ONEXEC >> 16);
static_assert(SVE_PT_REGS_OFFSET == 16 && SVE_PT_SVE_FFR_OFFSET(1) == 16 + 512 + 32);

/* The longest vector; 0 without SVE. Bit n of the map: n * 16 bytes can be had. */
unsigned int sve_max_vl __ro_after_init;
static DECLARE_BITMAP(vq_map, ARCH_SVE_VQ_MAX + 1) __ro_after_init;

/* Of new programs. Read and written whole. */
static int default_vl;

/* ---- what the CPUs can do ---- */

/* Ask for each length; the CPU takes the longest that it has and that isn't longer. */
static void probe_lengths(unsigned long *map)
{
	unsigned int vq;

	bitmap_zero(map, ARCH_SVE_VQ_MAX + 1);
	for (vq = ARCH_SVE_VQ_MAX; vq; vq--) {
		write_sysreg_s(vq - 1, SYS_ZCR_EL1);
		isb();
		vq = sve_get_vl() / SVE_VQ_BYTES;
		__set_bit(vq, map);
	}
}

/**
 * cpu_enable_sve - the kernel may use SVE instructions on this CPU; programs trap
 */
void cpu_enable_sve(void)
{
	sysreg_clear_set(cpacr_el1, CPACR_EL1_ZEN_EL0, CPACR_EL1_ZEN_EL1);
	isb();
}

/**
 * sve_setup - which vector lengths there are, on the boot CPU
 */
void __init sve_setup(void)
{
	if (!system_supports_sve())
		return;
	probe_lengths(vq_map);
	sve_max_vl = find_last_bit(vq_map, ARCH_SVE_VQ_MAX + 1) * SVE_VQ_BYTES;
	default_vl = min(sve_max_vl, 64U);
}

/**
 * sve_check_local_cpu - has this later CPU the same lengths?
 *
 * Return: 0 or -ENODEV.
 */
int sve_check_local_cpu(void)
{
	DECLARE_BITMAP(map, ARCH_SVE_VQ_MAX + 1);

	if (!system_supports_sve())
		return 0;
	cpu_enable_sve();
	probe_lengths(map);
	return bitmap_subset(vq_map, map, ARCH_SVE_VQ_MAX + 1) ? 0 : -ENODEV;
}

/* The longest that there is up to @vl. 16 bytes always are. */
static unsigned int supported_length(unsigned long vl)
{
	unsigned int vq = min(vl, (unsigned long)sve_max_vl) / SVE_VQ_BYTES;

	return find_last_bit(vq_map, vq + 1) * SVE_VQ_BYTES;
}

/* ---- a thread's state in memory ---- */

/**
 * sve_alloc - a task needs room for live state
 * @task: current, or stopped; not live
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int sve_alloc(struct task_struct *task)
{
	if (task->thread.sve_state)
		return 0;
	task->thread.sve_state = kzalloc(SVE_STATE_SIZE(task->thread.sve_vl), GFP_KERNEL_ACCOUNT);
	return task->thread.sve_state ? 0 : -ENOMEM;
}

/**
 * sve_release - give it back
 * @task: not live
 */
void sve_release(struct task_struct *task)
{
	kfree(task->thread.sve_state);
	task->thread.sve_state = NULL;
}

static __uint128_t *z_register(struct task_struct *task, unsigned int n)
{
	return task->thread.sve_state + __SVE_ZREG_OFFSET(task->thread.sve_vl / 16, n);
}

/**
 * sve_to_fpsimd - the FPSIMD registers of a task that is live, to uw.fpsimd_state
 * @task: its state is in memory
 */
void sve_to_fpsimd(struct task_struct *task)
{
	unsigned int n;

	for (n = 0; n < SVE_NUM_ZREGS; n++)
		task->thread.uw.fpsimd_state.vregs[n] = *z_register(task, n);
}

/**
 * sve_from_fpsimd - the way back; the rest stays
 * @task: its state is in memory, with room for live state
 */
void sve_from_fpsimd(struct task_struct *task)
{
	unsigned int n;

	for (n = 0; n < SVE_NUM_ZREGS; n++)
		*z_register(task, n) = task->thread.uw.fpsimd_state.vregs[n];
}

/**
 * sve_clear_beyond_fpsimd - the way back, as an instruction that writes V does it: P and FFR stay
 * @task: its state is in memory, and live
 */
void sve_clear_beyond_fpsimd(struct task_struct *task)
{
	memset(task->thread.sve_state, 0, __SVE_ZREGS_SIZE(task->thread.sve_vl / 16));
	sve_from_fpsimd(task);
}

/**
 * sve_from_fpsimd_zeroing - the way back, and zeroes everywhere else
 * @task: its state is in memory, with room for live state
 */
void sve_from_fpsimd_zeroing(struct task_struct *task)
{
	memset(task->thread.sve_state, 0, SVE_STATE_SIZE(task->thread.sve_vl));
	sve_from_fpsimd(task);
}

/* ---- vector lengths ---- */

/**
 * sve_set_vector_length - a new length, or one for after exec
 * @task: current, or stopped
 * @vl: bytes; the longest supported up to that is taken
 * @flags: PR_SVE_VL_INHERIT, PR_SVE_SET_VL_ONEXEC
 *
 * Context: may sleep. Return: 0; -EINVAL for what is no length, and other flags.
 */
int sve_set_vector_length(struct task_struct *task, unsigned long vl, unsigned long flags)
{
	struct thread_struct *thread = &task->thread;

	if (flags & ~(unsigned long)(PR_SVE_VL_INHERIT | PR_SVE_SET_VL_ONEXEC))
		return -EINVAL;
	if (!sve_vl_valid(vl))
		return -EINVAL;
	vl = supported_length(vl);
	thread->sve_vl_onexec = flags & PR_SVE_SET_VL_ONEXEC ? vl : 0;
	if (!thread->sve_vl_onexec && vl != thread->sve_vl) {
		sve_make_nonlive(task);
		sve_release(task);
		thread->sve_vl = vl;
	}
	update_tsk_thread_flag(task, TIF_SVE_VL_INHERIT, flags & PR_SVE_VL_INHERIT);
	return 0;
}

/**
 * sve_flush_thread - exec: not live (fpsimd.c has seen to that), and the length for it
 */
void sve_flush_thread(void)
{
	struct thread_struct *thread = &current->thread;

	if (!system_supports_sve())
		return;
	sve_release(current);
	if (thread->sve_vl_onexec)
		thread->sve_vl = thread->sve_vl_onexec;
	else if (!test_thread_flag(TIF_SVE_VL_INHERIT) || !thread->sve_vl)
		thread->sve_vl = supported_length(READ_ONCE(default_vl));
	thread->sve_vl_onexec = 0;
}

static long length_and_flags(unsigned int vl)
{
	return vl | (test_thread_flag(TIF_SVE_VL_INHERIT) ? PR_SVE_VL_INHERIT : 0);
}

/**
 * sve_prctl_set - PR_SVE_SET_VL
 * @arg: length and flags
 *
 * Return: what was set, likewise; -EINVAL.
 */
long sve_prctl_set(unsigned long arg)
{
	unsigned long flags = arg & ~(unsigned long)PR_SVE_VL_LEN_MASK;
	int ret;

	if (!system_supports_sve())
		return -EINVAL;
	ret = sve_set_vector_length(current, arg & PR_SVE_VL_LEN_MASK, flags);
	if (ret)
		return ret;
	return length_and_flags(flags & PR_SVE_SET_VL_ONEXEC ? current->thread.sve_vl_onexec :
							       current->thread.sve_vl);
}

/**
 * sve_prctl_get - PR_SVE_GET_VL
 *
 * Return: length and flags; -EINVAL.
 */
long sve_prctl_get(void)
{
	return system_supports_sve() ? length_and_flags(current->thread.sve_vl) : -EINVAL;
}

/* ---- /proc/sys/abi/sve_default_vector_length ---- */

static int do_default_vl(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			 loff_t *ppos)
{
	int vl = READ_ONCE(default_vl), ret;
	struct ctl_table row = {
		.procname	= table->procname,
		.data		= &vl,
		.maxlen		= sizeof(vl),
	};

	ret = proc_dointvec(&row, write, buffer, lenp, ppos);
	if (ret || !write)
		return ret;
	/* -1: whatever is longest. */
	if (vl == -1)
		vl = sve_max_vl;
	if (!sve_vl_valid(vl))
		return -EINVAL;
	WRITE_ONCE(default_vl, supported_length(vl));
	return 0;
}

static const struct ctl_table sve_table[] = {
	{
		.procname	= "sve_default_vector_length",
		.mode		= 0644,
		.proc_handler	= do_default_vl,
	},
};

static int __init sve_sysctl_init(void)
{
	if (!system_supports_sve())
		return 0;
	pr_info("maximum available vector length %u bytes per vector\n", sve_max_vl);
	pr_info("default vector length %d bytes per vector\n", default_vl);
	register_sysctl_init("abi", sve_table);
	return 0;
}
device_initcall(sve_sysctl_init);

/* ---- NT_ARM_SVE ---- */

int sve_active(struct task_struct *target, const struct user_regset *regset)
{
	(void)target;
	return system_supports_sve() ? regset->n : -ENODEV;
}

static void fill_header(struct user_sve_header *header, struct task_struct *target)
{
	unsigned int vl = target->thread.sve_vl;

	memset(header, 0, sizeof(*header));
	header->vl = vl;
	header->max_vl = sve_max_vl;
	header->flags = test_tsk_thread_flag(target, TIF_SVE) ? SVE_PT_REGS_SVE :
								SVE_PT_REGS_FPSIMD;
	if (test_tsk_thread_flag(target, TIF_SVE_VL_INHERIT))
		header->flags |= SVE_PT_VL_INHERIT;
	header->size = SVE_PT_SIZE(vl / 16, header->flags);
	header->max_size = SVE_PT_SIZE(sve_max_vl / 16, SVE_PT_REGS_SVE);
}

int sve_get(struct task_struct *target, const struct user_regset *regset, struct membuf to)
{
	struct thread_struct *thread = &target->thread;
	unsigned int vq = thread->sve_vl / 16;
	struct user_sve_header header;

	(void)regset;
	if (!system_supports_sve())
		return -EINVAL;
	if (target == current)
		fpsimd_preserve_current_state();
	fill_header(&header, target);
	membuf_write(&to, &header, sizeof(header));
	if (!test_tsk_thread_flag(target, TIF_SVE))
		return membuf_write(&to, &thread->uw.fpsimd_state,
				    sizeof(struct user_fpsimd_state));

	membuf_write(&to, thread->sve_state, SVE_STATE_SIZE(thread->sve_vl));
	membuf_zero(&to, SVE_PT_SVE_FPSR_OFFSET(vq) - SVE_PT_REGS_OFFSET -
			 SVE_STATE_SIZE(thread->sve_vl));
	membuf_store(&to, thread->uw.fpsimd_state.fpsr);
	membuf_store(&to, thread->uw.fpsimd_state.fpcr);
	return membuf_zero(&to, header.size - SVE_PT_SVE_FPCR_OFFSET(vq) - sizeof(u32));
}

/* The range of a set that is still to come. */
struct rest {
	unsigned int pos, count;
	const void *kbuf;
	const void __user *ubuf;
};

static int take(struct rest *rest, void *data, unsigned int start, unsigned int size)
{
	return user_regset_copyin(&rest->pos, &rest->count, &rest->kbuf, &rest->ubuf, data, start,
				  start + size);
}

static void skip(struct rest *rest, unsigned int start, unsigned int end)
{
	user_regset_copyin_ignore(&rest->pos, &rest->count, &rest->kbuf, &rest->ubuf, start, end);
}

static int set_fpsimd_form(struct task_struct *target, struct rest *rest)
{
	struct user_fpsimd_state state;
	int ret;

	sve_make_nonlive(target);
	state = target->thread.uw.fpsimd_state;
	ret = take(rest, &state, SVE_PT_FPSIMD_OFFSET, sizeof(state));
	if (ret)
		return ret;
	memset(state.__reserved, 0, sizeof(state.__reserved));
	target->thread.uw.fpsimd_state = state;
	return 0;
}

static int set_sve_form(struct task_struct *target, struct rest *rest)
{
	struct user_fpsimd_state *fpsimd = &target->thread.uw.fpsimd_state;
	unsigned int vl = target->thread.sve_vl;
	int ret;

	if (sve_alloc(target))
		return -ENOMEM;
	if (!test_tsk_thread_flag(target, TIF_SVE)) {
		sve_from_fpsimd_zeroing(target);
		set_tsk_thread_flag(target, TIF_SVE);
	}
	ret = take(rest, target->thread.sve_state, SVE_PT_SVE_OFFSET, SVE_STATE_SIZE(vl));
	if (ret)
		return ret;
	skip(rest, SVE_PT_SVE_OFFSET + SVE_STATE_SIZE(vl), SVE_PT_SVE_FPSR_OFFSET(vl / 16));
	return take(rest, &fpsimd->fpsr, SVE_PT_SVE_FPSR_OFFSET(vl / 16), 2 * sizeof(u32));
}

static_assert(offsetof(struct user_fpsimd_state, fpcr) ==
	      offsetof(struct user_fpsimd_state, fpsr) + sizeof(u32));

int sve_set(struct task_struct *target, const struct user_regset *regset, unsigned int pos,
	    unsigned int count, const void *kbuf, const void __user *ubuf)
{
	struct rest rest = { pos, count, kbuf, ubuf };
	struct user_sve_header header;
	int ret;

	(void)regset;
	if (!system_supports_sve() || pos || count < sizeof(header))
		return -EINVAL;
	ret = take(&rest, &header, 0, sizeof(header));
	if (ret)
		return ret;
	ret = sve_set_vector_length(target, header.vl,
				    (header.flags & ~(unsigned long)SVE_PT_REGS_MASK) << 16);
	if (ret)
		return ret;
	/* Whatever of it is changed, no CPU has the latest. */
	fpsimd_flush_task_state(target);
	if ((header.flags & SVE_PT_REGS_MASK) == SVE_PT_REGS_FPSIMD)
		return set_fpsimd_form(target, &rest);
	/* Registers of another length than was got have another layout. */
	if (rest.count && target->thread.sve_vl != header.vl)
		return -EIO;
	return set_sve_form(target, &rest);
}
