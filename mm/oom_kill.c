// SPDX-License-Identifier: MIT
/*
 * Out of memory.
 *
 * An allocation gets here when reclaim has found nothing several times over and it is of a kind
 * that may not fail: small, and without __GFP_NORETRY or __GFP_RETRY_MAYFAIL. In this order:
 *
 *	1. the notifiers may give memory back that only they know of
 *	2. a process that is dying already gets what it needs to do so, and is waited for
 *	3. the process whose end gives back most is killed
 *	4. nothing can be killed: the machine can't go on, and says where the memory is
 *
 * "Most" is what it has in memory, page tables included, moved by its oom_score_adj (-1000: never,
 * 1000: first), a thousandth of the machine's memory each.
 *
 * A victim has signal->oom_mm set, which lets it take the last pages; MMF_OOM_VICTIM marks its
 * address space, MMF_OOM_SKIP says that nothing more is to be had from it. A victim may be stuck,
 * waiting for a lock whose owner waits for memory: so a thread, the reaper, takes its private pages
 * away without its help. From then on a fault in that address space fails (MMF_UNSTABLE): a victim
 * that is still busy in the kernel, say with a write to a file, must not take the holes for zeroes.
 *
 *	out_of_memory()			victim			oom_reaper
 *	mark, SIGKILL
 *	queue for the reaper --------------------------------->	mmap_read_trylock
 *	(others wait: a victim		exit_mmap()		zap private pages
 *	 without SKIP exists)		MMF_OOM_SKIP		MMF_OOM_SKIP
 *
 * oom_lock makes sure that one allocation at a time is here.
 */

#define pr_fmt(fmt) fmt

#include <linux/cred.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>

#include "internal.h"

/* A victim whose address space the reaper is to empty. */
struct reap {
	struct list_head list;
	struct mm_struct *mm;		/* with a reference to the struct */
	pid_t pid;
	char comm[TASK_COMM_LEN];
};

DEFINE_MUTEX(oom_lock);
static BLOCKING_NOTIFIER_HEAD(oom_notify_list);

/**
 * register_oom_notifier - offer to give memory back before a task is killed for it
 * @nb: may sleep; adds the pages that it freed to the number it is given
 *
 * Context: may sleep.
 * Return: 0, or -EEXIST.
 */
int register_oom_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&oom_notify_list, nb);
}

/**
 * unregister_oom_notifier - undo register_oom_notifier()
 * @nb: the callback
 *
 * Context: may sleep.
 * Return: 0, or -ENOENT.
 */
int unregister_oom_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&oom_notify_list, nb);
}

static void dump_header(const struct oom_control *oc)
{
	char text[128];

	gfp_to_text(oc->gfp_mask, text, sizeof(text));
	pr_warn("%s invoked oom-killer: gfp_mask=%#x(%s), order=%d\n", current->comm,
		oc->gfp_mask, text, oc->order);
	dump_stack();
	show_mem();
}

/* /proc/sys/vm: don't kill but panic; kill who asked for the memory, not the worst. */
int sysctl_panic_on_oom;
int sysctl_oom_kill_allocating_task;

/* ---- whom ---- */

/**
 * find_lock_task_mm - a thread of a process that has its address space still
 * @p: any thread
 *
 * Context: RCU read side.
 * Return: the thread, task_lock() held; NULL.
 */
struct task_struct *find_lock_task_mm(struct task_struct *p)
{
	struct task_struct *t;

	for_each_thread(p, t) {
		task_lock(t);
		if (t->mm)
			return t;
		task_unlock(t);
	}
	return NULL;
}

/**
 * oom_badness - how much would the end of a process give back?
 * @p: the process
 * @totalpages: of the machine
 *
 * Context: RCU read side.
 * Return: pages, moved by oom_score_adj; LONG_MIN: it may not be killed.
 */
long oom_badness(struct task_struct *p, unsigned long totalpages)
{
	struct task_struct *t;
	long points, adj;

	if (is_global_init(p) || (p->flags & PF_KTHREAD))
		return LONG_MIN;
	t = find_lock_task_mm(p);
	if (!t)
		return LONG_MIN;
	adj = READ_ONCE(p->signal->oom_score_adj);
	if (adj == OOM_SCORE_ADJ_MIN || test_bit(MMF_OOM_SKIP, &t->mm->flags)) {
		task_unlock(t);
		return LONG_MIN;
	}
	points = get_mm_rss(t->mm) + mm_pgtables_bytes(t->mm) / PAGE_SIZE;
	task_unlock(t);
	return points + adj * (long)totalpages / 1000;
}

/* Was @p chosen before, and is not done with? */
static bool is_dying_victim(struct task_struct *p)
{
	struct mm_struct *mm = READ_ONCE(p->signal->oom_mm);

	return mm && !test_bit(MMF_OOM_SKIP, &mm->flags);
}

/* The worst process, referenced; NULL: none. *waiting: a victim is dying, there is no need. */
static struct task_struct *select_victim(const struct oom_control *oc, bool *waiting)
{
	struct task_struct *p, *victim = NULL;
	long most = LONG_MIN;

	*waiting = false;
	rcu_read_lock();
	for_each_process(p) {
		long points;

		if (p->flags & PF_KTHREAD)
			continue;
		if (is_dying_victim(p)) {
			*waiting = true;
			victim = NULL;
			break;
		}
		points = oom_badness(p, oc->totalpages);
		if (points != LONG_MIN && points >= most) {
			most = points;
			victim = p;
		}
	}
	if (victim)
		get_task_struct(victim);
	rcu_read_unlock();
	return victim;
}

/* ---- the reaper ---- */

static DEFINE_SPINLOCK(reaper_lock);		/* guards the list */
static LIST_HEAD(reaper_list);
static DECLARE_WAIT_QUEUE_HEAD(reaper_wait);
static struct task_struct *oom_reaper_task;

#define REAP_TRIES	10

static bool reapable(const struct vm_area_struct *vma)
{
	/* What others see too gives nothing back. */
	return !(vma->vm_flags & (VM_PFNMAP | VM_IO | VM_SHARED));
}

/**
 * oom_reap_mm - take the private pages of a victim away
 * @mm: its address space; a reference to the struct is held
 *
 * Context: may sleep.
 * Return: false: somebody changes the address space right now; again later.
 */
bool oom_reap_mm(struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	if (!mmap_read_trylock(mm))
		return false;
	/*
	 * Before the first entry goes. Partner: handle_mm_fault(), which a missing entry leads to.
	 */
	set_bit(MMF_UNSTABLE, &mm->flags);
	smp_mb__after_atomic();
	for (vma = mm->mmap; vma; vma = vma->vm_next)
		if (reapable(vma))
			zap_page_range_single(vma, vma->vm_start, vma->vm_end - vma->vm_start);
	mmap_read_unlock(mm);
	return true;
}

static void reap_victim(struct reap *reap)
{
	struct mm_struct *mm = reap->mm;
	int tries = 0;

	while (!test_bit(MMF_OOM_SKIP, &mm->flags)) {
		if (oom_reap_mm(mm)) {
			pr_info("oom_reaper: reaped process %d (%s), now anon-rss:%lukB\n",
				reap->pid, reap->comm,
				get_mm_counter(mm, MM_ANONPAGES) << (PAGE_SHIFT - 10));
			break;
		}
		if (++tries == REAP_TRIES) {
			pr_info("oom_reaper: unable to reap pid:%d (%s)\n", reap->pid, reap->comm);
			break;
		}
		schedule_timeout_idle(HZ / 10);
	}
	/* Whatever it has still isn't worth waiting for. */
	set_bit(MMF_OOM_SKIP, &mm->flags);
	mmdrop(mm);
	kfree(reap);
}

static int oom_reaper(void *unused)
{
	(void)unused;
	for (;;) {
		struct reap *reap;

		wait_event_idle(reaper_wait, !list_empty(&reaper_list));
		spin_lock(&reaper_lock);
		reap = list_first_entry_or_null(&reaper_list, struct reap, list);
		if (reap)
			list_del(&reap->list);
		spin_unlock(&reaper_lock);
		if (reap)
			reap_victim(reap);
	}
	return 0;
}

static void queue_for_reaper(struct task_struct *victim, struct mm_struct *mm)
{
	/* From the reserves; without it the victim has to go by itself. */
	struct reap *reap = kmalloc(sizeof(*reap), GFP_ATOMIC | __GFP_MEMALLOC | __GFP_NOWARN);

	if (!reap || !oom_reaper_task) {
		kfree(reap);
		return;
	}
	mmgrab(mm);
	reap->mm = mm;
	reap->pid = task_pid_nr(victim);
	strscpy(reap->comm, victim->comm);
	spin_lock(&reaper_lock);
	list_add_tail(&reap->list, &reaper_list);
	spin_unlock(&reaper_lock);
	wake_up(&reaper_wait);
}

static int __init oom_init(void)
{
	struct task_struct *t = kthread_run(oom_reaper, NULL, "oom_reaper");

	if (!IS_ERR(t))
		oom_reaper_task = t;
	return 0;
}
subsys_initcall(oom_init);

/* ---- killing ---- */

/* task_lock(@tsk) is held, and its mm is there. */
static void mark_victim(struct task_struct *tsk)
{
	struct mm_struct *mm = tsk->mm;

	/* The signal struct keeps the address space's, and drops it when it goes itself. */
	if (!cmpxchg(&tsk->signal->oom_mm, NULL, mm)) {
		mmgrab(mm);
		set_bit(MMF_OOM_VICTIM, &mm->flags);
	}
}

/* Processes that share the address space must go with it, or it stays. */
static void kill_sharers(struct task_struct *victim, struct mm_struct *mm)
{
	struct task_struct *p, *t;

	rcu_read_lock();
	for_each_process(p) {
		bool shares = false;

		if (same_thread_group(p, victim) || (p->flags & PF_KTHREAD) || is_global_init(p))
			continue;
		t = find_lock_task_mm(p);
		if (!t)
			continue;
		shares = t->mm == mm;
		task_unlock(t);
		if (shares)
			do_send_sig_info(SIGKILL, SEND_SIG_PRIV, p, PIDTYPE_TGID);
	}
	rcu_read_unlock();
}

/* Ends @p, whose reference is dropped. */
static void kill_process(struct task_struct *p)
{
	struct task_struct *t;
	struct mm_struct *mm;

	rcu_read_lock();
	t = find_lock_task_mm(p);
	if (!t) {
		rcu_read_unlock();
		put_task_struct(p);
		return;
	}
	mm = t->mm;
	mmgrab(mm);
	mark_victim(t);
	pr_err("Out of memory: Killed process %d (%s) total-vm:%lukB, anon-rss:%lukB, file-rss:%lukB, shmem-rss:%lukB, UID:%u pgtables:%lukB oom_score_adj:%hd\n",
	       task_pid_nr(p), p->comm, mm->total_vm << (PAGE_SHIFT - 10),
	       get_mm_counter(mm, MM_ANONPAGES) << (PAGE_SHIFT - 10),
	       get_mm_counter(mm, MM_FILEPAGES) << (PAGE_SHIFT - 10),
	       get_mm_counter(mm, MM_SHMEMPAGES) << (PAGE_SHIFT - 10),
	       from_kuid(&init_user_ns, task_uid(t)), mm_pgtables_bytes(mm) >> 10,
	       p->signal->oom_score_adj);
	task_unlock(t);
	rcu_read_unlock();
	do_send_sig_info(SIGKILL, SEND_SIG_PRIV, p, PIDTYPE_TGID);
	kill_sharers(p, mm);
	queue_for_reaper(p, mm);
	mmdrop(mm);
	put_task_struct(p);
}

/* The one who asks is going anyway: let it have what it needs for that. */
static bool current_is_dying(void)
{
	if (!current->mm || (current->flags & PF_KTHREAD) ||
	    !(fatal_signal_pending(current) || (current->flags & PF_EXITING)))
		return false;
	task_lock(current);
	if (current->mm)
		mark_victim(current);
	task_unlock(current);
	return true;
}

/**
 * out_of_memory() - the last resort
 * @oc: what was asked for
 *
 * Context: Process context, oom_lock held.
 * Return: true if some memory came back. Doesn't return if nothing can be done.
 */
bool out_of_memory(struct oom_control *oc)
{
	unsigned long freed = 0;
	struct task_struct *victim;
	bool waiting;

	lockdep_assert_held(&oom_lock);
	oc->totalpages = totalram_pages();
	blocking_notifier_call_chain(&oom_notify_list, 0, &freed);
	if (freed)
		return true;
	/* Without __GFP_FS much of reclaim was forbidden: killing for that would be too early. */
	if (!(oc->gfp_mask & __GFP_FS) && !(oc->gfp_mask & __GFP_NOFAIL))
		return true;

	if (current_is_dying())
		return true;
	if (sysctl_panic_on_oom) {
		dump_header(oc);
		panic("Out of memory: panic_on_oom is enabled\n");
	}
	victim = select_victim(oc, &waiting);
	if (victim && sysctl_oom_kill_allocating_task && current->mm &&
	    current->signal->oom_score_adj != OOM_SCORE_ADJ_MIN) {
		put_task_struct(victim);
		victim = get_task_struct(current);
	}
	if (waiting) {
		schedule_timeout_killable(1);
		return true;
	}
	dump_header(oc);
	if (victim) {
		kill_process(victim);
		schedule_timeout_killable(1);
		return true;
	}
	pr_warn("Out of memory, and there is no process that may be killed\n");
	panic("System is deadlocked on memory\n");
}

/**
 * pagefault_out_of_memory() - a user's page fault found no memory
 *
 * The allocation has been through out_of_memory() if that could help, and somebody is dying or the
 * failure was a passing one. The program faults again; until then others get the CPU.
 *
 * Context: process context, no locks.
 */
void pagefault_out_of_memory(void)
{
	static DEFINE_RATELIMIT_STATE(rs, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);

	if (fatal_signal_pending(current))
		return;
	if (__ratelimit(&rs))
		pr_warn("%s[%d]: no memory for a page fault, trying again\n", current->comm,
			task_pid_nr(current));
	schedule_timeout_killable(1);
}
