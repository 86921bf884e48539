// SPDX-License-Identifier: MIT
/*
 * Process ids.
 *
 * Numbers are handed out in rising order and wrap at pid_max, so that a number is reused as late
 * as possible; a bitmap says which are in use. struct pid (linux/pid.h) is what the kernel holds
 * instead of a number; a hash leads from the number to it.
 *
 * pid_lock guards the bitmap and the hash, and nests inside tasklist_lock. Look-up needs RCU only.
 */

#include <linux/bitmap.h>
#include <linux/hash.h>
#include <linux/capability.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rculist.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

#define PID_HASH_BITS	10

int pid_max = PID_MAX_DEFAULT;

static DEFINE_SPINLOCK(pid_lock);
static unsigned long first_bitmap[BITS_TO_LONGS(PID_MAX_DEFAULT)] = { 1 };	/* 0 is taken */
static unsigned long *pid_bitmap = first_bitmap;
static int pid_bitmap_bits = PID_MAX_DEFAULT;
static int last_pid;
static struct hlist_head pid_hash[1 << PID_HASH_BITS];
static struct kmem_cache *pid_cachep;

struct pid_namespace init_pid_ns = {
	.child_reaper = &init_task,
};

/* The boot task's, and every kernel thread's group and session. */
struct pid init_struct_pid = {
	.count	= REFCOUNT_INIT(1),
	.nr	= 0,
	.lock	= __SPIN_LOCK_UNLOCKED(init_struct_pid.lock),
	.wait_pidfd = __WAIT_QUEUE_HEAD_INITIALIZER(init_struct_pid.wait_pidfd),
};

static struct hlist_head *pid_bucket(int nr)
{
	return &pid_hash[hash_32(nr, PID_HASH_BITS)];
}

/* With pid_lock: the next free number after the last one; the first 300 only once. */
static int take_number(void)
{
	int nr = find_next_zero_bit(pid_bitmap, pid_max, last_pid + 1);

	if (nr >= pid_max)
		nr = find_next_zero_bit(pid_bitmap, pid_max, RESERVED_PIDS);
	if (nr >= pid_max)
		return -EAGAIN;
	__set_bit(nr, pid_bitmap);
	last_pid = nr;
	return nr;
}

/**
 * pid_set_max - /proc/sys/kernel/pid_max: how far numbers go from here on
 * @max: they are below this
 *
 * The bitmap grows with it, and never shrinks: a number above may be in use.
 *
 * Context: may sleep; the old bitmap goes after readers of find_ge_pid().
 * Return: 0, -ENOMEM.
 */
int pid_set_max(int max)
{
	static DEFINE_MUTEX(lock);
	unsigned long *old = NULL, *bitmap;

	mutex_lock(&lock);
	if (max > pid_bitmap_bits) {
		bitmap = kvcalloc(BITS_TO_LONGS(max), sizeof(long), GFP_KERNEL);
		if (!bitmap) {
			mutex_unlock(&lock);
			return -ENOMEM;
		}
		spin_lock_irq(&pid_lock);
		old = pid_bitmap;
		bitmap_copy(bitmap, old, pid_bitmap_bits);
		/* The bitmap before its size: find_ge_pid() reads them the other way round. */
		smp_store_release(&pid_bitmap, bitmap);
		smp_store_release(&pid_bitmap_bits, max);
		spin_unlock_irq(&pid_lock);
	}
	WRITE_ONCE(pid_max, max);
	mutex_unlock(&lock);
	if (old && old != first_bitmap) {
		synchronize_rcu();
		kvfree(old);
	}
	return 0;
}

/* With pid_lock: the number that clone3() asks for. */
static int take_this_number(int nr)
{
	if (nr < 1 || nr >= pid_max)
		return -EINVAL;
	/* Number 1 is the first process's, which must be there before any other. */
	if (nr != 1 && !test_bit(1, pid_bitmap))
		return -EINVAL;
	if (__test_and_set_bit(nr, pid_bitmap))
		return -EEXIST;
	return nr;
}

/**
 * alloc_pid - a struct pid with a fresh number
 * @ns: the only one
 * @set_tid: the wanted number, or NULL
 * @set_tid_size: how many there are at @set_tid, one for each namespace
 *
 * Context: may sleep.
 * Return: the pid with one reference; ERR_PTR(-ENOMEM); -EAGAIN if all are in use. With @set_tid
 * -EINVAL if there can't be such a number, -EPERM, -EEXIST if it is in use.
 */
struct pid *alloc_pid(struct pid_namespace *ns, pid_t *set_tid, size_t set_tid_size)
{
	struct pid *pid;
	unsigned long flags;
	int nr, type;

	if (set_tid_size > ns->level + 1)
		return ERR_PTR(-EINVAL);
	if (set_tid_size && !checkpoint_restore_ns_capable(&init_user_ns))
		return ERR_PTR(-EPERM);
	pid = kmem_cache_alloc(pid_cachep, GFP_KERNEL);
	if (!pid)
		return ERR_PTR(-ENOMEM);
	refcount_set(&pid->count, 1);
	spin_lock_init(&pid->lock);
	for (type = 0; type < PIDTYPE_MAX; type++)
		INIT_HLIST_HEAD(&pid->tasks[type]);
	INIT_HLIST_HEAD(&pid->inodes);
	init_waitqueue_head(&pid->wait_pidfd);

	spin_lock_irqsave(&pid_lock, flags);
	nr = set_tid_size ? take_this_number(set_tid[0]) : take_number();
	if (nr >= 0) {
		pid->nr = nr;
		hlist_add_head_rcu(&pid->hash, pid_bucket(nr));
	}
	spin_unlock_irqrestore(&pid_lock, flags);
	if (nr < 0) {
		kmem_cache_free(pid_cachep, pid);
		return ERR_PTR(nr);
	}
	return pid;
}

/** pid_last_number - the number that was given last, for /proc/loadavg */
int pid_last_number(void)
{
	return READ_ONCE(last_pid);
}

/**
 * put_pid - drop a reference
 * @pid: the pid, or NULL
 */
void put_pid(struct pid *pid)
{
	if (pid && refcount_dec_and_test(&pid->count))
		kmem_cache_free(pid_cachep, pid);
}

static void delayed_put_pid(struct rcu_head *rhp)
{
	put_pid(container_of(rhp, struct pid, rcu));
}

/**
 * free_pid - give the number back; nobody finds the pid by it any more
 * @pid: the pid
 */
void free_pid(struct pid *pid)
{
	unsigned long flags;

	spin_lock_irqsave(&pid_lock, flags);
	hlist_del_rcu(&pid->hash);
	__clear_bit(pid->nr, pid_bitmap);
	spin_unlock_irqrestore(&pid_lock, flags);
	call_rcu(&pid->rcu, delayed_put_pid);
}

/* ---- tasks of a pid ---- */

static struct pid **task_pid_ptr(struct task_struct *task, enum pid_type type)
{
	return type == PIDTYPE_PID ? &task->thread_pid : &task->signal->pids[type];
}

/**
 * init_task_pid - say which pid a new task has
 * @task: in no list yet
 * @type: which of its pids
 * @pid: the pid; it is counted by its lists, not by reference
 */
void init_task_pid(struct task_struct *task, enum pid_type type, struct pid *pid)
{
	*task_pid_ptr(task, type) = pid;
}

/**
 * attach_pid - list a task with its pid
 * @task: the task; only leaders are listed by anything but PIDTYPE_PID
 * @type: which of its pids, set by init_task_pid() or change_pid()
 *
 * Context: tasklist_lock held for writing.
 */
void attach_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid = *task_pid_ptr(task, type);

	lockdep_assert_held_write(&tasklist_lock);
	hlist_add_head_rcu(&task->pid_links[type], &pid->tasks[type]);
}

/* The last task to leave a pid frees its number. */
static void __change_pid(struct task_struct *task, enum pid_type type, struct pid *new)
{
	struct pid **pid_ptr = task_pid_ptr(task, type);
	struct pid *pid = *pid_ptr;
	int i;

	lockdep_assert_held_write(&tasklist_lock);
	hlist_del_rcu(&task->pid_links[type]);
	*pid_ptr = new;
	/* Nobody will ever be this pid again: who polls for it learns so. */
	if (type == PIDTYPE_PID)
		wake_up_all(&pid->wait_pidfd);
	for (i = 0; i < PIDTYPE_MAX; i++)
		if (pid_has_task(pid, i))
			return;
	/* The boot task's pid stands for no number; kernel threads come and go in its group. */
	if (pid != &init_struct_pid)
		free_pid(pid);
}

/**
 * detach_pid - take a task off a pid's list
 * @task: the task
 * @type: which of its pids; the pid's number is free if nobody else has it
 *
 * Context: tasklist_lock held for writing.
 */
void detach_pid(struct task_struct *task, enum pid_type type)
{
	__change_pid(task, type, NULL);
}

/**
 * change_pid - a task goes to another process group or session
 * @task: the task
 * @type: which of its pids
 * @pid: the new one
 *
 * Context: tasklist_lock held for writing.
 */
void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid)
{
	__change_pid(task, type, pid);
	attach_pid(task, type);
}

/**
 * exchange_tids - swap the thread ids of two tasks
 * @left: one
 * @right: the other
 *
 * An exec by a thread that isn't the leader makes it the leader, with the leader's pid.
 *
 * Context: tasklist_lock held for writing.
 */
void exchange_tids(struct task_struct *left, struct task_struct *right)
{
	struct pid *pid_left = left->thread_pid, *pid_right = right->thread_pid;

	hlists_swap_heads_rcu(&pid_left->tasks[PIDTYPE_PID], &pid_right->tasks[PIDTYPE_PID]);
	smp_store_release(&left->thread_pid, pid_right);
	smp_store_release(&right->thread_pid, pid_left);
	WRITE_ONCE(left->pid, pid_nr(pid_right));
	WRITE_ONCE(right->pid, pid_nr(pid_left));
}

/**
 * transfer_pid - a task takes another's place in the list of a pid that they share
 * @old: leaves
 * @new: comes
 * @type: not PIDTYPE_PID, which nobody shares
 *
 * Context: tasklist_lock held for writing.
 */
void transfer_pid(struct task_struct *old, struct task_struct *new, enum pid_type type)
{
	WARN_ON_ONCE(type == PIDTYPE_PID);
	hlist_replace_rcu(&old->pid_links[type], &new->pid_links[type]);
}

/* ---- look-up ---- */

/**
 * find_pid - the pid of a number
 * @nr: the number
 *
 * Context: rcu_read_lock() held.
 * Return: the pid, good as long as that; NULL.
 */
struct pid *find_pid(int nr)
{
	struct pid *pid;

	hlist_for_each_entry_rcu(pid, pid_bucket(nr), hash) {
		if (pid->nr == nr)
			return pid;
	}
	return NULL;
}

/**
 * find_vpid - find_pid(): there is one pid namespace
 * @nr: the number
 *
 * Context: rcu_read_lock() held.
 * Return: the pid, not referenced, or NULL.
 */
struct pid *find_vpid(int nr)
{
	return find_pid(nr);
}

/**
 * find_ge_pid - the pid with the lowest number from @nr on
 * @nr: the first to try
 * @ns: the only one
 *
 * Context: RCU.
 * Return: the pid, or NULL if there is none.
 */
struct pid *find_ge_pid(int nr, struct pid_namespace *ns)
{
	const unsigned long *bitmap;
	struct pid *pid;
	int bits;

	(void)ns;
	if (nr < 0)
		return NULL;
	/* The size first, then the bitmap that has at least as many: pid_set_max(). */
	bits = smp_load_acquire(&pid_bitmap_bits);
	bitmap = READ_ONCE(pid_bitmap);
	for (; nr < bits; nr++) {
		nr = find_next_bit(bitmap, bits, nr);
		pid = nr < bits ? find_pid(nr) : NULL;
		if (pid)
			return pid;
	}
	return NULL;
}

/**
 * pid_task - a task that has a pid
 * @pid: the pid, or NULL
 * @type: as what: its own, its process's, process group's or session's
 *
 * Context: rcu_read_lock() or tasklist_lock held.
 * Return: the first one, good as long as that; NULL.
 */
struct task_struct *pid_task(struct pid *pid, enum pid_type type)
{
	struct hlist_node *first;

	if (!pid)
		return NULL;
	first = rcu_dereference_check(hlist_first_rcu(&pid->tasks[type]),
				      lockdep_is_held(&tasklist_lock));
	return first ? hlist_entry(first, struct task_struct, pid_links[type]) : NULL;
}

/**
 * get_pid_task - pid_task(), referenced
 * @pid: the pid, or NULL
 * @type: as for pid_task()
 *
 * Context: any but NMI.
 * Return: the task; NULL.
 */
struct task_struct *get_pid_task(struct pid *pid, enum pid_type type)
{
	struct task_struct *task;

	rcu_read_lock();
	task = pid_task(pid, type);
	if (task)
		get_task_struct(task);
	rcu_read_unlock();
	return task;
}

/**
 * get_task_pid - a task's pid, referenced
 * @task: the task
 * @type: which of its pids
 *
 * Context: any but NMI.
 * Return: the pid; NULL once the task is reaped.
 */
struct pid *get_task_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(rcu_dereference_raw(*task_pid_ptr(task, type)));
	rcu_read_unlock();
	return pid;
}

/**
 * __task_pid_nr_ns - the number of a task's pid
 * @task: referenced, or found under RCU
 * @type: which of its pids
 * @ns: ignored: there is one namespace
 *
 * Return: the number; 0 once the task is reaped.
 */
pid_t __task_pid_nr_ns(struct task_struct *task, enum pid_type type, struct pid_namespace *ns)
{
	pid_t nr = 0;

	(void)ns;
	rcu_read_lock();
	/* The pointers go one after the other as the task is reaped. */
	if (pid_alive(task))
		nr = pid_nr(rcu_dereference_raw(*task_pid_ptr(task, type)));
	rcu_read_unlock();
	return nr;
}

/**
 * find_get_pid - find_pid(), referenced
 * @nr: the number
 *
 * Context: any but NMI.
 * Return: the pid; NULL.
 */
struct pid *find_get_pid(int nr)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(find_pid(nr));
	rcu_read_unlock();
	return pid;
}

/**
 * find_task_by_vpid - the thread of a number
 * @nr: the number
 *
 * Context: rcu_read_lock() held.
 * Return: the task, good as long as that; NULL.
 */
struct task_struct *find_task_by_vpid(pid_t nr)
{
	return pid_task(find_pid(nr), PIDTYPE_PID);
}

/**
 * find_get_task_by_vpid - a task by number
 * @nr: its pid
 *
 * Return: the task with a reference, or NULL.
 */
struct task_struct *find_get_task_by_vpid(pid_t nr)
{
	struct task_struct *task;

	rcu_read_lock();
	task = find_task_by_vpid(nr);
	if (task)
		get_task_struct(task);
	rcu_read_unlock();
	return task;
}

/**
 * pid_init - make the cache for pids
 *
 * Context: boot.
 */
void __init pid_init(void)
{
	pid_cachep = kmem_cache_create("pid", sizeof(struct pid), 0,
				       SLAB_HWCACHE_ALIGN | SLAB_PANIC, NULL);
}
