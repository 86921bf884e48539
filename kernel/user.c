// SPDX-License-Identifier: MIT
/*
 * struct user_struct: what a user id has of things that are limited by user, found by id.
 *
 * Each struct cred holds a reference to the one of its real uid. The last reference may go with
 * interrupts off (RCU frees credentials), so the hash lock disables them.
 */

#include <linux/export.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/ratelimit.h>
#include <linux/sched/user.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/user_namespace.h>

struct user_namespace init_user_ns = {
	.owner = GLOBAL_ROOT_UID,
	.group = GLOBAL_ROOT_GID,
};
EXPORT_SYMBOL_GPL(init_user_ns);

#define UIDHASH_BITS	7

static struct hlist_head uidhash_table[1 << UIDHASH_BITS];
static DEFINE_SPINLOCK(uidhash_lock);		/* the table, and counts that fall to zero */
static struct kmem_cache *uid_cachep;

struct user_struct root_user = {
	.__count = REFCOUNT_INIT(1),
	.processes = ATOMIC_LONG_INIT(1),
	.uid = GLOBAL_ROOT_UID,
	.ratelimit = RATELIMIT_STATE_INIT(root_user.ratelimit, 0, 0),
};

static struct hlist_head *uidhash_of(kuid_t uid)
{
	return &uidhash_table[hash_32(__kuid_val(uid), UIDHASH_BITS)];
}

/* With uidhash_lock. The result has one reference more. */
static struct user_struct *uid_hash_find(kuid_t uid)
{
	struct user_struct *user;

	hlist_for_each_entry(user, uidhash_of(uid), uidhash_node) {
		if (uid_eq(user->uid, uid)) {
			refcount_inc(&user->__count);
			return user;
		}
	}
	return NULL;
}

/**
 * find_user - the struct of a user who has one
 * @uid: who
 *
 * Return: the struct with a reference for free_uid(), or NULL.
 */
struct user_struct *find_user(kuid_t uid)
{
	struct user_struct *user;
	unsigned long flags;

	spin_lock_irqsave(&uidhash_lock, flags);
	user = uid_hash_find(uid);
	spin_unlock_irqrestore(&uidhash_lock, flags);
	return user;
}

/**
 * free_uid - give a reference back
 * @up: the user, or NULL
 *
 * Context: any but NMI.
 */
void free_uid(struct user_struct *up)
{
	unsigned long flags;

	if (!up || !refcount_dec_and_lock_irqsave(&up->__count, &uidhash_lock, &flags))
		return;
	hlist_del_init(&up->uidhash_node);
	spin_unlock_irqrestore(&uidhash_lock, flags);
	kmem_cache_free(uid_cachep, up);
}
EXPORT_SYMBOL_GPL(free_uid);

/**
 * alloc_uid - the struct of a user
 * @uid: who
 *
 * Context: may sleep.
 * Return: the struct with a reference; NULL without memory.
 */
struct user_struct *alloc_uid(kuid_t uid)
{
	struct user_struct *up = find_user(uid), *new;

	if (up)
		return up;
	new = kmem_cache_zalloc(uid_cachep, GFP_KERNEL);
	if (!new)
		return NULL;
	new->uid = uid;
	refcount_set(&new->__count, 1);
	ratelimit_state_init(&new->ratelimit, HZ, 100);
	ratelimit_set_flags(&new->ratelimit, RATELIMIT_MSG_ON_RELEASE);

	/* Somebody else may have been faster. */
	spin_lock_irq(&uidhash_lock);
	up = uid_hash_find(uid);
	if (!up) {
		hlist_add_head(&new->uidhash_node, uidhash_of(uid));
		up = new;
		new = NULL;
	}
	spin_unlock_irq(&uidhash_lock);
	if (new)
		kmem_cache_free(uid_cachep, new);
	return up;
}

static int __init uid_cache_init(void)
{
	uid_cachep = KMEM_CACHE(user_struct, SLAB_PANIC);
	/* The one that no allocation made. */
	hlist_add_head(&root_user.uidhash_node, uidhash_of(GLOBAL_ROOT_UID));
	return 0;
}
pure_initcall(uid_cache_init);
