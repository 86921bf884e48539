/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SECURITY_H
#define _LINUX_SECURITY_H

/*
 * Questions to the security modules.
 *
 * A path that a module may want to guard calls security_<hook>() of <linux/lsm_hook_defs.h>. An
 * answer other than 0 is the errno that the path returns, having changed nothing. The modules are
 * asked in their order, until one says no.
 *
 * Each hook has a static key: while no module has a function for it, the call is one nop.
 */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/jump_label.h>
#include <linux/types.h>

struct cred;
struct dentry;
struct file;
struct iattr;
struct inode;
struct kern_ipc_perm;
struct kernel_siginfo;
struct linux_binprm;
struct mm_struct;
struct mnt_idmap;
struct msg_msg;
struct msghdr;
struct path;
struct rlimit;
struct sembuf;
struct sock;
struct sockaddr;
struct socket;
struct super_block;
struct task_struct;
struct timespec64;
struct timezone;
struct user_namespace;
struct vfsmount;
struct vm_area_struct;

/* security_capable()'s opts */
#define CAP_OPT_NONE		0x0
#define CAP_OPT_NOAUDIT		BIT(1)	/* a no is no event */
#define CAP_OPT_INSETID		BIT(2)	/* asked by a set*id call */

/* task_fix_setuid's flags: which call it is */
#define LSM_SETID_ID	1
#define LSM_SETID_RE	2
#define LSM_SETID_RES	4
#define LSM_SETID_FS	8

#define LSM_HOOK0(n, d)						LSM_HOOK_##n,
#define LSM_HOOK1(n, d, t1, a1)					LSM_HOOK_##n,
#define LSM_HOOK2(n, d, t1, a1, t2, a2)				LSM_HOOK_##n,
#define LSM_HOOK3(n, d, t1, a1, t2, a2, t3, a3)			LSM_HOOK_##n,
#define LSM_HOOK4(n, d, t1, a1, t2, a2, t3, a3, t4, a4)		LSM_HOOK_##n,
#define LSM_HOOK5(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)	LSM_HOOK_##n,
#define LSM_HOOK6(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5, t6, a6)	LSM_HOOK_##n,
#define LSM_VOID1(n, t1, a1)					LSM_HOOK_##n,
#define LSM_VOID2(n, t1, a1, t2, a2)				LSM_HOOK_##n,
#define LSM_VOID3(n, t1, a1, t2, a2, t3, a3)			LSM_HOOK_##n,
#define LSM_VOID5(n, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)	LSM_HOOK_##n,
enum lsm_hook_nr {
#include <linux/lsm_hook_defs.h>
	NR_LSM_HOOKS
};
#undef LSM_HOOK0
#undef LSM_HOOK1
#undef LSM_HOOK2
#undef LSM_HOOK3
#undef LSM_HOOK4
#undef LSM_HOOK5
#undef LSM_HOOK6
#undef LSM_VOID1
#undef LSM_VOID2
#undef LSM_VOID3
#undef LSM_VOID5

extern struct static_key_false security_hook_keys[NR_LSM_HOOKS];

#define security_hook_used(name) \
	static_branch_unlikely(&security_hook_keys[LSM_HOOK_##name])

#define LSM_ASK(n, d, parameters, arguments)				\
	int __security_##n parameters;					\
	static __always_inline int security_##n parameters		\
	{								\
		return security_hook_used(n) ? __security_##n arguments : (d); \
	}
#define LSM_TELL(n, parameters, arguments)				\
	void __security_##n parameters;					\
	static __always_inline void security_##n parameters		\
	{								\
		if (security_hook_used(n))				\
			__security_##n arguments;			\
	}
#define LSM_HOOK0(n, d)			LSM_ASK(n, d, (void), ())
#define LSM_HOOK1(n, d, t1, a1)		LSM_ASK(n, d, (t1 a1), (a1))
#define LSM_HOOK2(n, d, t1, a1, t2, a2)	LSM_ASK(n, d, (t1 a1, t2 a2), (a1, a2))
#define LSM_HOOK3(n, d, t1, a1, t2, a2, t3, a3)				\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3), (a1, a2, a3))
#define LSM_HOOK4(n, d, t1, a1, t2, a2, t3, a3, t4, a4)			\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3, t4 a4), (a1, a2, a3, a4))
#define LSM_HOOK5(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)		\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5), (a1, a2, a3, a4, a5))
#define LSM_HOOK6(n, d, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5, t6, a6)	\
	LSM_ASK(n, d, (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5, t6 a6),		\
		(a1, a2, a3, a4, a5, a6))
#define LSM_VOID1(n, t1, a1)		LSM_TELL(n, (t1 a1), (a1))
#define LSM_VOID2(n, t1, a1, t2, a2)	LSM_TELL(n, (t1 a1, t2 a2), (a1, a2))
#define LSM_VOID3(n, t1, a1, t2, a2, t3, a3)				\
	LSM_TELL(n, (t1 a1, t2 a2, t3 a3), (a1, a2, a3))
#define LSM_VOID5(n, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5)		\
	LSM_TELL(n, (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5), (a1, a2, a3, a4, a5))
#include <linux/lsm_hook_defs.h>
#undef LSM_HOOK0
#undef LSM_HOOK1
#undef LSM_HOOK2
#undef LSM_HOOK3
#undef LSM_HOOK4
#undef LSM_HOOK5
#undef LSM_HOOK6
#undef LSM_VOID1
#undef LSM_VOID2
#undef LSM_VOID3
#undef LSM_VOID5

int security_init(void);
int security_vm_enough_memory_mm(struct mm_struct *mm, long pages);

#endif /* _LINUX_SECURITY_H */
