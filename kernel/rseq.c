// SPDX-License-Identifier: MIT
/*
 * Restartable sequences: per-CPU data for programs, without atomic instructions.
 *
 * A program wants to read, compute and write something that belongs to its CPU, with nobody else of
 * that CPU in between. It can't forbid preemption, but it can be told of it, before its next
 * instruction. So each thread registers an area (struct rseq) and marks a sequence by pointing the
 * area's rseq_cs to a descriptor; the last instruction of the sequence is the one store that
 * counts.
 *
 *	program					kernel, as this thread returns to user mode
 *	rseq_cs = &descriptor
 *	cpu_id is still the CPU of my data?
 *	read, compute
 *		preempted, moved or signalled	ip in [start_ip, start_ip + post_commit_offset):
 *						  rseq_cs = 0, ip = abort_ip
 *	write
 *	(at abort_ip: begin anew)
 *
 * Two halves that never meet at a wrong moment:
 *
 *	event (scheduler, membarrier)		the task, before user mode, interrupts on
 *	1. note it in rseq_event_mask		a. TIF_RSEQ off
 *	2. TIF_RSEQ on				b. take the mask; visit the area; move ip
 *						c. look at the flags, interrupts off
 *
 * All of 1 and 2 happens on the task's CPU, or while it has none. What comes before b is acted upon
 * in b; what comes later is seen in c, which goes back to a. In the latter case b may have written
 * ids that were old already, or left a sequence alone: nobody has seen that, for the program has
 * not run. User memory may have to be faulted in, which is fine: b may sleep, and be preempted, and
 * start over.
 *
 * A signal's handler comes between the sequence and its abort: b is done before the frame is made,
 * so that the handler returns to abort_ip.
 *
 * The program trusts that all this happens. If it can't (the area is gone, the descriptor makes no
 * sense), going on would corrupt its data, and it gets SIGSEGV. The descriptor itself is not
 * trusted: who can write one could else send the thread anywhere, so in front of abort_ip there has
 * to be the signature that was registered.
 *
 * Cost: a task without an area pays one test at a switch. One with an area pays a look at its
 * rseq_cs before user mode if it was switched away from and comes back to the same CPU and id:
 * events say what has changed, and what hasn't isn't written again, rseq_look_suffices(). All else
 * is a trip through exit_to_user_mode_loop(), in which the area is visited once, visit_area().
 */

#include <linux/rseq.h>

#include <linux/errno.h>
#include <linux/event_ring.h>
#include <linux/init.h>
#include <linux/mm_cid.h>
#include <linux/printk.h>
#include <linux/ptrace.h>
#include <linux/ratelimit.h>
#include <linux/rseq_break.h>
#include <linux/sched/signal.h>
#include <linux/signal_types.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/topology.h>
#include <linux/uaccess.h>

/*
 * What programs register that were built for the first version of the area, whatever the kernel has
 * to say: 20 bytes were used, the fields since then lie in the rest.
 */
#define FIRST_SIZE	32
#define FEATURE_SIZE	offsetof(struct rseq, end)

static_assert(FEATURE_SIZE == 28);

/* ---- tracepoints ---- */

static void show_record(char *text, size_t size, int event, unsigned long a, unsigned long b)
{
	if (event == RSEQ_TRACE_UPDATE)
		snprintf(text, size, "rseq_update: cpu_id=%u node_id=%u mm_cid=%d",
			 lower_32_bits(a), upper_32_bits(a), (int)b);
	else
		snprintf(text, size, "rseq_ip_fixup: regs_ip=0x%lx abort_ip=0x%lx", a, b);
}

DEFINE_EVENT_RING(rseq_ring, RSEQ_TRACE_NR, show_record);

/**
 * rseq_show - the monitor's command
 * @what: "" or "trace" shows the records; "trace on", "trace off"
 *
 * Context: may sleep.
 */
void rseq_show(const char *what)
{
	if (!event_ring_command(&rseq_ring, what))
		event_ring_show(NULL, &rseq_ring);
}

static int __init rseq_proc_init(void)
{
	event_ring_proc_create("rseq", &rseq_ring);
	return 0;
}
fs_initcall(rseq_proc_init);

/* ---- the area ---- */

/* The fields that only the kernel writes. */
struct rseq_ids {
	u32 cpu_id_start;
	u32 cpu_id;
	u32 node_id;
	u32 mm_cid;
};

static const struct rseq_ids ids_of_nobody = { .cpu_id = RSEQ_CPU_ID_UNINITIALIZED };

static __always_inline struct rseq_ids ids_of_now(void)
{
	u32 cpu = raw_smp_processor_id();

	return (struct rseq_ids) {
		.cpu_id_start = cpu,
		.cpu_id = cpu,
		.node_id = cpu_to_node(cpu),
		.mm_cid = current_mm_cid(),
	};
}

#ifdef CONFIG_DEBUG_RSEQ

static_assert(sizeof(struct rseq_ids) == sizeof_field(struct task_struct, rseq_written));

static int read_ids(struct rseq __user *area, struct rseq_ids *ids)
{
	if (get_user(ids->cpu_id_start, &area->cpu_id_start) ||
	    get_user(ids->cpu_id, &area->cpu_id) ||
	    get_user(ids->node_id, &area->node_id) || get_user(ids->mm_cid, &area->mm_cid))
		return -EFAULT;
	return 0;
}

/* From now on the program has to leave the fields as they are. */
static int remember_ids(struct rseq __user *area)
{
	struct rseq_ids ids;
	int ret = read_ids(area, &ids);

	memcpy(current->rseq_written, &ids, sizeof(ids));
	return ret;
}

/* Is still there what was written last? Then note what is written next. */
static int check_ids(struct task_struct *t, const struct rseq_ids *next)
{
	struct rseq_ids ids;
	int ret = read_ids(t->rseq, &ids);

	if (!ret && memcmp(&ids, t->rseq_written, sizeof(ids)))
		pr_warn_ratelimited("rseq: %s[%d] has changed what is only to be read: %u %u %u %u, not %u %u %u %u\n",
				    t->comm, task_pid_nr(t), ids.cpu_id_start, ids.cpu_id,
				    ids.node_id, ids.mm_cid, t->rseq_written[0],
				    t->rseq_written[1], t->rseq_written[2], t->rseq_written[3]);
	memcpy(t->rseq_written, next, sizeof(*next));
	return ret;
}

#else

static int remember_ids(struct rseq __user *area)
{
	(void)area;
	return 0;
}

static __always_inline int check_ids(struct task_struct *t, const struct rseq_ids *next)
{
	(void)t;
	(void)next;
	return 0;
}

#endif

/*
 * Writes @ids and reads which sequence the program is in.
 * Return: 0 or -EFAULT.
 */
static __always_inline int visit_area(struct task_struct *t, struct rseq_ids ids, u64 *section)
{
	struct rseq __user *area = t->rseq;

	if (unlikely(check_ids(t, &ids)) || !user_access_begin(area, FEATURE_SIZE))
		return -EFAULT;
	unsafe_get_user(*section, &area->rseq_cs, fault);
	unsafe_put_user(ids.cpu_id_start, &area->cpu_id_start, fault);
	unsafe_put_user(ids.cpu_id, &area->cpu_id, fault);
	unsafe_put_user(ids.node_id, &area->node_id, fault);
	unsafe_put_user(ids.mm_cid, &area->mm_cid, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

/* ---- the sequence ---- */

/* One comparison: below start_ip the difference wraps around to something huge. */
static bool is_inside(u64 ip, const struct rseq_cs *cs)
{
	return ip - cs->start_ip < cs->post_commit_offset;
}

static bool descriptor_is_valid(const struct rseq_cs *cs)
{
	u64 end;

	if (cs->version || check_add_overflow(cs->start_ip, cs->post_commit_offset, &end))
		return false;
	if (cs->start_ip >= TASK_SIZE || end >= TASK_SIZE || cs->abort_ip >= TASK_SIZE)
		return false;
	/* An abort that is itself in the sequence would be aborted, for ever. */
	return !is_inside(cs->abort_ip, cs);
}

static int check_signature(struct task_struct *t, const struct rseq_cs *cs)
{
	u32 sig;

	if (copy_from_user(&sig, (void __user *)(cs->abort_ip - sizeof(sig)), sizeof(sig)))
		return -EFAULT;
	if (sig == t->rseq_sig)
		return 0;
	pr_warn_ratelimited("rseq: %s[%d]: 0x%x, not the signature 0x%x, is in front of abort_ip 0x%llx\n",
			    t->comm, task_pid_nr(t), sig, t->rseq_sig, cs->abort_ip);
	return -EINVAL;
}

/* @section: user address. Return: 0, -EFAULT, -EINVAL. */
static int read_descriptor(struct task_struct *t, u64 section, struct rseq_cs *cs)
{
	if (section >= TASK_SIZE)
		return -EINVAL;
	if (copy_from_user(cs, (void __user *)section, sizeof(*cs)))
		return -EFAULT;
	return descriptor_is_valid(cs) ? check_signature(t, cs) : -EINVAL;
}

/* Flags once kept events from aborting. A program that relies on that must not go on. */
static int check_flags(struct task_struct *t, const struct rseq_cs *cs)
{
	u32 flags;

	if (get_user(flags, &t->rseq->flags))
		return -EFAULT;
	flags |= cs->flags;
	if (likely(!flags))
		return 0;
	pr_warn_once("rseq: %s[%d] uses flags 0x%x, which don't mean anything any more\n", t->comm,
		     task_pid_nr(t), flags);
	return -EINVAL;
}

/*
 * The program says that it is in @section. If so, and there were events, it is sent to abort_ip.
 * Otherwise it has left the sequence and not said so, as most do.
 * Return: 0, -EFAULT, -EINVAL.
 */
static noinline int leave_section(struct task_struct *t, struct pt_regs *regs, u64 section,
				  unsigned long events)
{
	unsigned long ip = instruction_pointer(regs);
	struct rseq_cs cs;
	int ret = read_descriptor(t, section, &cs);

	if (ret)
		return ret;
	if (!is_inside(ip, &cs))
		return put_user(0ULL, &t->rseq->rseq_cs);
	ret = check_flags(t, &cs);
	if (ret || !events)
		return ret;
	ret = put_user(0ULL, &t->rseq->rseq_cs);
	if (ret)
		return ret;
	instruction_pointer_set(regs, cs.abort_ip);
	event_ring_record(&rseq_ring, RSEQ_TRACE_ABORT, ip, cs.abort_ip);
	return 0;
}

/* ---- planted faults ---- */

static unsigned long planted_events(unsigned long events)
{
	if (rseq_broken(RSEQ_BREAK_SIGNAL))
		return events & ~BIT(RSEQ_EVENT_SIGNAL_BIT);
	if (rseq_broken(RSEQ_BREAK_MIGRATION) && (events & BIT(RSEQ_EVENT_MIGRATE_BIT)))
		return 0;
	return events;
}

/* The CPU and node that the area was first told. */
static struct rseq_ids planted_ids(struct task_struct *t, struct rseq_ids ids)
{
	u32 first;

	if (rseq_broken(RSEQ_BREAK_CPU_ID) && !get_user(first, &t->rseq->cpu_id) && (int)first >= 0)
		ids.cpu_id = ids.cpu_id_start = first;
	return ids;
}

/* ---- on the way to user mode ---- */

/**
 * __rseq_handle_notify_resume - bring the area up to date, break a sequence off
 * @ksig: the signal whose frame will be made of @regs, or NULL
 * @regs: what user mode will be entered with
 *
 * Sends SIGSEGV if that can't be done.
 *
 * Context: current has an area; may sleep.
 */
void __rseq_handle_notify_resume(struct ksignal *ksig, struct pt_regs *regs)
{
	struct task_struct *t = current;
	unsigned long events = xchg(&t->rseq_event_mask, 0);
	struct rseq_ids ids;
	u64 section;

	if (ksig)
		events |= BIT(RSEQ_EVENT_SIGNAL_BIT);
	events = planted_events(events);
	ids = planted_ids(t, ids_of_now());
	/* If it changes from here on, that is a new event. */
	t->mm_cid_told = ids.mm_cid;
	if (unlikely(visit_area(t, ids, &section)))
		goto bad;
	event_ring_record(&rseq_ring, RSEQ_TRACE_UPDATE, ids.cpu_id | (u64)ids.node_id << 32,
			  ids.mm_cid);
	if (!section || likely(!leave_section(t, regs, section, events)))
		return;
bad:
	force_sigsegv(ksig ? ksig->sig : 0);
}

/**
 * __rseq_syscall - end a program that makes a system call within a sequence
 * @regs: the frame of the call
 *
 * Such a call may sleep, and with that abort itself: the sequence can never be relied upon.
 *
 * Context: the end of a system call of current, which has an area; DEBUG_RSEQ.
 */
void __rseq_syscall(struct pt_regs *regs)
{
	struct task_struct *t = current;
	struct rseq_cs cs;
	u64 section;

	if (get_user(section, &t->rseq->rseq_cs))
		goto bad;
	if (!section)
		return;
	if (!read_descriptor(t, section, &cs) && !is_inside(instruction_pointer(regs), &cs))
		return;
bad:
	force_sig(SIGSEGV);
}

/* ---- the life of a task ---- */

static void forget_area(struct task_struct *t)
{
	t->rseq = NULL;
	t->rseq_len = 0;
	t->rseq_sig = 0;
	t->rseq_event_mask = 0;
}

/**
 * rseq_fork - a process has its parent's area, in its own memory; a thread has none
 * @t: the new task, a copy of current, which nobody has seen
 * @clone_flags: CLONE_*
 */
void rseq_fork(struct task_struct *t, unsigned long clone_flags)
{
	mm_cid_fork(t, clone_flags & CLONE_VM);
	if (clone_flags & CLONE_VM)
		forget_area(t);
	else
		rseq_migrate(t);
}

/**
 * rseq_execve - a new program has no area
 * @t: current, with its old address space
 */
void rseq_execve(struct task_struct *t)
{
	forget_area(t);
	mm_cid_leave();
}

/**
 * rseq_exit - the task will not see user mode again
 * @t: current, before it leaves its address space
 */
void rseq_exit(struct task_struct *t)
{
	forget_area(t);
	mm_cid_leave();
}

/* ---- rseq(2) ---- */

/* Is it what is registered? */
static int same_area(struct task_struct *t, struct rseq __user *area, u32 len, u32 sig)
{
	if (!t->rseq || t->rseq != area || t->rseq_len != len)
		return -EINVAL;
	return t->rseq_sig == sig ? 0 : -EPERM;
}

/* As large as what the kernel writes, and aligned so that it lies in one cache line. */
static bool place_is_valid(struct rseq __user *area, u32 len)
{
	unsigned long align = len == FIRST_SIZE ? FIRST_SIZE : __alignof__(*area);

	return len >= max_t(u32, FIRST_SIZE, FEATURE_SIZE) &&
	       IS_ALIGNED((unsigned long)area, align);
}

/*
 * A C library that gives a dead thread's area to a new one may have left a sequence in it. Nobody
 * can be in one that registers only now.
 */
static int clear_section(struct rseq __user *area)
{
	u64 section;

	if (get_user(section, &area->rseq_cs))
		return -EFAULT;
	return section ? put_user(0ULL, &area->rseq_cs) : 0;
}

static int register_area(struct task_struct *t, struct rseq __user *area, u32 len, u32 sig)
{
	if (t->rseq)
		return same_area(t, area, len, sig) ?: -EBUSY;
	if (!place_is_valid(area, len))
		return -EINVAL;
	if (!access_ok(area, len) || clear_section(area) || remember_ids(area))
		return -EFAULT;
	/* Before the area is ours: an area always has an id to tell. */
	mm_cid_join();
	t->rseq_len = len;
	t->rseq_sig = sig;
	/* It is filled in before the program goes on. */
	t->rseq_event_mask = BIT(RSEQ_EVENT_NEW_IDS_BIT);
	barrier();
	t->rseq = area;
	set_thread_flag(TIF_RSEQ);
	return 0;
}

static int unregister_area(struct task_struct *t, struct rseq __user *area, u32 len, u32 sig)
{
	u64 section;
	int ret = same_area(t, area, len, sig) ?: visit_area(t, ids_of_nobody, &section);

	if (ret)
		return ret;
	forget_area(t);
	mm_cid_leave();
	return 0;
}

/*
 * rseq(2). -EINVAL: unknown flags, a length or alignment that isn't enough, an area that isn't the
 * registered one; -EFAULT; -EPERM: another signature than registered; -EBUSY: registered already.
 */
SYSCALL_DEFINE4(rseq, struct rseq __user *, rseq, u32, rseq_len, int, flags, u32, sig)
{
	switch (flags) {
	case 0:
		return register_area(current, rseq, rseq_len, sig);
	case RSEQ_FLAG_UNREGISTER:
		return unregister_area(current, rseq, rseq_len, sig);
	default:
		return -EINVAL;
	}
}

/* ---- breaking it ---- */

#ifdef CONFIG_PLANTED_BUGS

enum rseq_break rseq_break_chosen __ro_after_init;

static int __init rseq_break_setup(char *word)
{
	static const char *const names[RSEQ_BREAK_COUNT] = {
		[RSEQ_BREAK_NONE] = "none",
		[RSEQ_BREAK_SIGNAL] = "signal",
		[RSEQ_BREAK_MIGRATION] = "migration",
		[RSEQ_BREAK_CPU_ID] = "cpu-id",
		[RSEQ_BREAK_MM_CID] = "mm-cid",
	};
	int which = match_string(names, ARRAY_SIZE(names), word);

	if (which < 0) {
		pr_err("rseq_break=%s: no such break\n", word);
		return 1;
	}
	rseq_break_chosen = which;
	return 1;
}
__setup("rseq_break=", rseq_break_setup);

#endif
