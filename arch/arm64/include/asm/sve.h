/* SPDX-License-Identifier: MIT */
/* Scalable vectors of user programs: kernel/sve.c, and who owns the registers: kernel/fpsimd.c. */
#ifndef _ASM_SVE_H
#define _ASM_SVE_H

#include <linux/init.h>
#include <linux/regset.h>
#include <linux/sched.h>
#include <asm/ptrace.h>

/* What the architecture has today; the ABI's own limit is higher. */
#define ARCH_SVE_VQ_MAX	16

/* Bytes of a thread's sve_state. */
#define SVE_STATE_SIZE(vl)	(__SVE_FFR_OFFSET((vl) / 16) + __SVE_FFR_SIZE((vl) / 16))

extern unsigned int sve_max_vl;

/* kernel/entry-sve.S: all of it at the vector length that this CPU is set to. */
void sve_save_state(void *state, struct user_fpsimd_state *control);
void sve_load_state(const void *state, const struct user_fpsimd_state *control);
void sve_flush_live(void);
unsigned int sve_get_vl(void);

/* kernel/sve.c */
void __init sve_setup(void);
int sve_check_local_cpu(void);
void cpu_enable_sve(void);
int sve_alloc(struct task_struct *task);
void sve_release(struct task_struct *task);
void sve_to_fpsimd(struct task_struct *task);
void sve_from_fpsimd(struct task_struct *task);
void sve_clear_beyond_fpsimd(struct task_struct *task);
void sve_from_fpsimd_zeroing(struct task_struct *task);
void sve_flush_thread(void);
int sve_set_vector_length(struct task_struct *task, unsigned long vl, unsigned long flags);
long sve_prctl_set(unsigned long arg);
long sve_prctl_get(void);

user_regset_active_fn sve_active;
user_regset_get2_fn sve_get;
user_regset_set_fn sve_set;

/* kernel/fpsimd.c */
void sve_load_control(struct task_struct *task);
void sve_make_nonlive(struct task_struct *task);
void __sve_syscall_enter(void);

/** sve_syscall_enter - a system call leaves of the vectors what FPSIMD knows */
static __always_inline void sve_syscall_enter(void)
{
	if (unlikely(test_thread_flag(TIF_SVE)))
		__sve_syscall_enter();
}

#endif /* _ASM_SVE_H */
