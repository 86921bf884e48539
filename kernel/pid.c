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
#include <linux/pid.h>
#include <linux/rculist.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

#define PID_HASH_BITS	10

int pid_max = PID_MAX_DEFAULT;

static DEFINE_SPINLOCK(pid_lock);
static unsigned long pid_bitmap[BITS_TO_LONGS(PID_MAX_DEFAULT)] = { 1 };	/* 0 is taken */
static int last_pid;
static struct hlist_head pid_hash[1 << PID_HASH_BITS];
static struct kmem_cache *pid_cachep;

/* The boot task's, and so far every kernel thread's group and session. */
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
 * alloc_pid - a struct pid with a fresh number
 *
 * Context: may sleep.
 * Return: the pid with one reference, ERR_PTR(-ENOMEM), or ERR_PTR(-EAGAIN) if all are in use.
 */
struct pid *alloc_pid(void)
{
	struct pid *pid = kmem_cache_zalloc(pid_cachep, GFP_KERNEL);
	unsigned long flags;
	int nr;

	if (!pid)
		return ERR_PTR(-ENOMEM);
	refcount_set(&pid->count, 1);
	spin_lock_init(&pid->lock);
	init_waitqueue_head(&pid->wait_pidfd);

	spin_lock_irqsave(&pid_lock, flags);
	nr = take_number();
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
	/* One thread a process, no sessions yet: all four types are the task's own pid. */
	(void)type;
	return &task->thread_pid;
}

void init_task_pid(struct task_struct *task, enum pid_type type, struct pid *pid)
{
	*task_pid_ptr(task, type) = pid;
}

void attach_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid = *task_pid_ptr(task, type);

	lockdep_assert_held_write(&tasklist_lock);
	hlist_add_head_rcu(&task->pid_links[type], &pid->tasks[type]);
}

/* The last task to leave a pid frees its number. */
void detach_pid(struct task_struct *task, enum pid_type type)
{
	struct pid **pid_ptr = task_pid_ptr(task, type);
	struct pid *pid = *pid_ptr;
	int i;

	lockdep_assert_held_write(&tasklist_lock);
	hlist_del_rcu(&task->pid_links[type]);
	*pid_ptr = NULL;
	for (i = 0; i < PIDTYPE_MAX; i++) {
		if (!hlist_empty(&pid->tasks[i]))
			return;
	}
	free_pid(pid);
}

/* ---- look-up ---- */

struct pid *find_pid(int nr)
{
	struct pid *pid;

	hlist_for_each_entry_rcu(pid, pid_bucket(nr), hash) {
		if (pid->nr == nr)
			return pid;
	}
	return NULL;
}

struct pid *find_vpid(int nr)
{
	return find_pid(nr);
}

struct task_struct *pid_task(struct pid *pid, enum pid_type type)
{
	struct hlist_node *first;

	if (!pid)
		return NULL;
	first = rcu_dereference(hlist_first_rcu(&pid->tasks[type]));
	return first ? hlist_entry(first, struct task_struct, pid_links[type]) : NULL;
}

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

struct pid *get_task_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(READ_ONCE(*task_pid_ptr(task, type)));
	rcu_read_unlock();
	return pid;
}

struct pid *find_get_pid(int nr)
{
	struct pid *pid;

	rcu_read_lock();
	pid = get_pid(find_pid(nr));
	rcu_read_unlock();
	return pid;
}

/* Under rcu_read_lock(). */
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

void __init pid_init(void)
{
	pid_cachep = kmem_cache_create("pid", sizeof(struct pid), 0,
				       SLAB_HWCACHE_ALIGN | SLAB_PANIC, NULL);
}
