// SPDX-License-Identifier: MIT
/*
 * System calls that ask who one is and what the machine is called, and a few that say so.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/personality.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/reboot.h>
#include <linux/resource.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/sched/task.h>
#include <linux/sched/user.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>
#include <linux/utsname.h>
#include <uapi/linux/sysinfo.h>

/* ---- ids ---- */

/* getpid(2): the process, that is the thread group. */
SYSCALL_DEFINE0(getpid)
{
	return task_tgid_nr(current);
}

/* gettid(2) */
SYSCALL_DEFINE0(gettid)
{
	return task_pid_nr(current);
}

/* getppid(2). The parent may exit and be replaced at any moment; its struct stays under RCU. */
SYSCALL_DEFINE0(getppid)
{
	int pid;

	rcu_read_lock();
	pid = task_tgid_nr(rcu_dereference(current->real_parent));
	rcu_read_unlock();
	return pid;
}

/* sched_yield(2) */
SYSCALL_DEFINE0(sched_yield)
{
	/* Alone on the CPU there is nobody to give way to; the return to user mode looks again. */
	if (!single_task_running())
		yield();
	return 0;
}

/* ---- names ---- */

DECLARE_RWSEM(uts_sem);

SYSCALL_DEFINE1(uname, struct new_utsname __user *, name)
{
	struct new_utsname copy;

	down_read(&uts_sem);
	copy = *utsname();
	up_read(&uts_sem);
	/* For programs that take 3.x and later for an error. */
	if (current->personality & UNAME26)
		snprintf(copy.release, sizeof(copy.release), "2.6.72");
	return copy_to_user(name, &copy, sizeof(copy)) ? -EFAULT : 0;
}

static int set_uts_name(char *field, enum uts_proc which, const char __user *name, int len)
{
	char tmp[__NEW_UTS_LEN];

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (len < 0 || len > __NEW_UTS_LEN)
		return -EINVAL;
	if (copy_from_user(tmp, name, len))
		return -EFAULT;
	down_write(&uts_sem);
	memcpy(field, tmp, len);
	memset(field + len, 0, __NEW_UTS_LEN + 1 - len);
	up_write(&uts_sem);
	uts_proc_notify(which);
	return 0;
}

SYSCALL_DEFINE2(sethostname, char __user *, name, int, len)
{
	return set_uts_name(utsname()->nodename, UTS_PROC_HOSTNAME, name, len);
}

SYSCALL_DEFINE2(setdomainname, char __user *, name, int, len)
{
	return set_uts_name(utsname()->domainname, UTS_PROC_DOMAINNAME, name, len);
}

/* personality(2): ~0 only asks. */
SYSCALL_DEFINE1(personality, unsigned int, personality)
{
	unsigned int old = current->personality;

	if (personality != 0xffffffff)
		set_personality(personality);
	return old;
}

/* ---- the machine ---- */

SYSCALL_DEFINE1(sysinfo, struct sysinfo __user *, info)
{
	struct timespec64 up;
	struct sysinfo val;

	si_meminfo(&val);	/* clears the rest */
	ktime_get_boottime_ts64(&up);
	val.uptime = up.tv_sec + (up.tv_nsec ? 1 : 0);
	get_avenrun(val.loads, 0, SI_LOAD_SHIFT - FSHIFT);
	val.procs = min(READ_ONCE(nr_threads), USHRT_MAX);
	/* Sizes in bytes, as programs of 64 bits want them. */
	val.totalram *= val.mem_unit;
	val.freeram *= val.mem_unit;
	val.sharedram *= val.mem_unit;
	val.bufferram *= val.mem_unit;
	val.mem_unit = 1;
	return copy_to_user(info, &val, sizeof(val)) ? -EFAULT : 0;
}

static DEFINE_MUTEX(system_transition_mutex);
static bool ctrl_alt_del = true;

static int do_reboot(unsigned int cmd, const void __user *arg)
{
	char command[256];
	long len;

	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
		kernel_restart(NULL);
		return 0;
	case LINUX_REBOOT_CMD_CAD_ON:
		ctrl_alt_del = true;
		return 0;
	case LINUX_REBOOT_CMD_CAD_OFF:
		ctrl_alt_del = false;
		return 0;
	case LINUX_REBOOT_CMD_HALT:
		kernel_halt();
		do_exit(0);
	case LINUX_REBOOT_CMD_POWER_OFF:
		kernel_power_off();
		do_exit(0);
	case LINUX_REBOOT_CMD_RESTART2:
		len = strncpy_from_user(command, arg, sizeof(command) - 1);
		if (len < 0)
			return -EFAULT;
		command[sizeof(command) - 1] = '\0';
		kernel_restart(command);
		return 0;
	default:
		return -EINVAL;
	}
}

/* reboot(2): the magic numbers keep a stray call from doing harm. */
SYSCALL_DEFINE4(reboot, int, magic1, int, magic2, unsigned int, cmd, void __user *, arg)
{
	int ret;

	if (!capable(CAP_SYS_BOOT))
		return -EPERM;
	if ((unsigned int)magic1 != LINUX_REBOOT_MAGIC1 ||
	    (magic2 != LINUX_REBOOT_MAGIC2 && magic2 != LINUX_REBOOT_MAGIC2A &&
	     magic2 != LINUX_REBOOT_MAGIC2B && magic2 != LINUX_REBOOT_MAGIC2C))
		return -EINVAL;
	mutex_lock(&system_transition_mutex);
	ret = do_reboot(cmd, arg);
	mutex_unlock(&system_transition_mutex);
	return ret;
}

/* ---- nice ---- */

/* Whose nice level may one change: one's own processes'. */
static bool set_one_prio_perm(struct task_struct *p)
{
	const struct cred *cred = current_cred(), *pcred = __task_cred(p);

	return uid_eq(pcred->uid, cred->euid) || uid_eq(pcred->euid, cred->euid) ||
	       ns_capable(pcred->user_ns, CAP_SYS_NICE);
}

/* -ESRCH becomes 0 with the first that is found; an error of one is the call's. */
static int set_one_prio(struct task_struct *p, int niceval, int error)
{
	int no_nice;

	if (!set_one_prio_perm(p))
		return -EPERM;
	if (niceval < task_nice(p) && !can_nice(p, niceval))
		return -EACCES;
	no_nice = security_task_setnice(p, niceval);
	if (no_nice)
		return no_nice;
	if (error == -ESRCH)
		error = 0;
	set_user_nice(p, niceval);
	return error;
}

/* setpriority() and getpriority() on one task each of those that `which` and `who` mean. */
static int for_each_meant(int which, int who, int (*fn)(struct task_struct *, int, int), int arg,
			  int ret)
{
	kuid_t uid = who ? make_kuid(current_user_ns(), who) : current_uid();
	struct task_struct *g, *p;
	struct pid *pgrp;

	rcu_read_lock();
	switch (which) {
	case PRIO_PROCESS:
		p = who ? find_task_by_vpid(who) : current;
		if (p)
			ret = fn(p, arg, ret);
		break;
	case PRIO_PGRP:
		pgrp = who ? find_vpid(who) : task_pgrp(current);
		read_lock(&tasklist_lock);
		do_each_pid_thread(pgrp, PIDTYPE_PGID, p) {
			ret = fn(p, arg, ret);
		} while_each_pid_thread(pgrp, PIDTYPE_PGID, p);
		read_unlock(&tasklist_lock);
		break;
	case PRIO_USER:
		for_each_process_thread(g, p)
			if (uid_eq(task_uid(p), uid) && task_pid_vnr(p))
				ret = fn(p, arg, ret);
		break;
	}
	rcu_read_unlock();
	return ret;
}

SYSCALL_DEFINE3(setpriority, int, which, int, who, int, niceval)
{
	if (which > PRIO_USER || which < PRIO_PROCESS)
		return -EINVAL;
	return for_each_meant(which, who, set_one_prio, clamp(niceval, MIN_NICE, MAX_NICE), -ESRCH);
}

/* 40 to 1 for -20 to 19, so that no result looks like an error. */
static int max_prio(struct task_struct *p, int unused, int ret)
{
	(void)unused;
	return max(ret, 20 - task_nice(p));
}

SYSCALL_DEFINE2(getpriority, int, which, int, who)
{
	if (which > PRIO_USER || which < PRIO_PROCESS)
		return -EINVAL;
	return for_each_meant(which, who, max_prio, 0, -ESRCH);
}
