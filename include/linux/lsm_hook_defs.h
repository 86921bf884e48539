/* SPDX-License-Identifier: MIT */
/*
 * The hooks of the security modules: one row each, no include guard, read several times.
 *
 *	LSM_HOOKn(name, answer, type, argument, ...)	n arguments; int: 0 to permit, -errno
 *	LSM_VOIDn(name, type, argument, ...)		nothing to answer
 *
 * `answer` is what the hook says while no module has anything to say.
 *
 * <linux/security.h> makes security_<name>() of each row, to be called where the row's subject
 * happens; <linux/lsm_hooks.h> makes the type of each module's function; security/security.c the
 * lists. A row is added together with its first call.
 */

/* ---- capabilities, tracing ---- */
LSM_HOOK4(capable, 0, const struct cred *, cred, struct user_namespace *, ns, int, cap,
	  unsigned int, opts)
LSM_HOOK4(capget, 0, const struct task_struct *, target, kernel_cap_t *, effective,
	  kernel_cap_t *, inheritable, kernel_cap_t *, permitted)
LSM_HOOK5(capset, 0, struct cred *, new, const struct cred *, old,
	  const kernel_cap_t *, effective, const kernel_cap_t *, inheritable,
	  const kernel_cap_t *, permitted)
LSM_HOOK2(ptrace_access_check, 0, struct task_struct *, child, unsigned int, mode)
LSM_HOOK1(ptrace_traceme, 0, struct task_struct *, parent)
LSM_HOOK2(settime64, 0, const struct timespec64 *, ts, const struct timezone *, tz)

/* ---- credentials ---- */
LSM_HOOK3(cred_prepare, 0, struct cred *, new, const struct cred *, old, gfp_t, gfp)
LSM_VOID1(cred_free, struct cred *, cred)
LSM_HOOK3(task_fix_setuid, 0, struct cred *, new, const struct cred *, old, int, flags)
LSM_HOOK3(task_fix_setgid, 0, struct cred *, new, const struct cred *, old, int, flags)
LSM_HOOK2(task_fix_setgroups, 0, struct cred *, new, const struct cred *, old)

/* ---- memory ---- */
LSM_HOOK2(vm_enough_memory, 0, struct mm_struct *, mm, long, pages)
LSM_HOOK1(mmap_addr, 0, unsigned long, addr)
LSM_HOOK4(mmap_file, 0, struct file *, file, unsigned long, reqprot, unsigned long, prot,
	  unsigned long, flags)
LSM_HOOK3(file_mprotect, 0, struct vm_area_struct *, vma, unsigned long, reqprot,
	  unsigned long, prot)
