// SPDX-License-Identifier: MIT
/*
 * The lock checker's classes, and the keys that they are known by.
 *
 * A class is known by an address, which stands for the place in the source where its locks are
 * initialised:
 *
 *	a static key	the variable that the initialiser's macro declares there
 *	the lock	itself, if it is static and no initialiser ran; of a per-CPU one that of the
 *			first CPU
 *	a dynamic key	in memory that was allocated: lockdep_register_key() says so, and
 *			lockdep_unregister_key() takes its classes away again
 *
 * plus the subclass. A lock remembers its class, so the hash is asked once for each lock and
 * subclass. Readers of the hash take no lock: entries are published whole. Writers have the graph
 * lock.
 */

#include <linux/lockdep.h>

#include <linux/export.h>
#include <linux/hash.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>

#include <asm/sections.h>

#include "lockdep_internals.h"

struct lock_class lock_classes[MAX_LOCKDEP_KEYS];
static unsigned int nr_lock_classes;	/* slots ever used; under the graph lock */

#define CLASSHASH_BITS	10
static struct hlist_head class_hash[1 << CLASSHASH_BITS];

/* Dynamic keys that were registered, by the same hash. Under the graph lock. */
static struct hlist_head key_hash[1 << CLASSHASH_BITS];

struct lock_class_key __lockdep_no_validate__;
EXPORT_SYMBOL_GPL(__lockdep_no_validate__);
struct lock_class_key __lockdep_no_track__;
EXPORT_SYMBOL_GPL(__lockdep_no_track__);

static struct hlist_head *class_bucket(const void *key)
{
	return &class_hash[hash_ptr(key, CLASSHASH_BITS)];
}

/* Keys must never be freed without notice: static data, or registered. */
static bool is_static_key(const void *key)
{
	unsigned long addr = (unsigned long)key;

	return (addr >= (unsigned long)_stext && addr < (unsigned long)_end) ||
	       is_kernel_percpu_address(addr);
}

static bool is_registered_key(const struct lock_class_key *key)
{
	struct lock_class_key *k;

	hlist_for_each_entry(k, &key_hash[hash_ptr(key, CLASSHASH_BITS)], hash_entry) {
		if (k == key)
			return true;
	}
	return false;
}

/*
 * Static per-CPU data: the copies of all CPUs stand for one, the first possible CPU's. Gives its
 * address, or 0 if @addr isn't static per-CPU data.
 */
static unsigned long canonical_percpu_address(unsigned long addr)
{
	unsigned long size = __per_cpu_end - __per_cpu_start;
	unsigned int cpu;

	if (!is_kernel_percpu_address(addr))
		return 0;
	for_each_possible_cpu(cpu) {
		unsigned long start = (unsigned long)per_cpu_ptr((void __percpu *)__per_cpu_start,
								 cpu);

		if (addr >= start && addr - start < size)
			return (unsigned long)per_cpu_ptr((void __percpu *)__per_cpu_start,
							  cpumask_first(cpu_possible_mask)) +
			       (addr - start);
	}
	return 0;
}

/* A lock without a key is its own class, if it is static: all CPUs' copies of it are one. */
static bool assign_lock_key(struct lockdep_map *lock)
{
	unsigned long canonical = canonical_percpu_address((unsigned long)lock);

	if (canonical)
		lock->key = (void *)canonical;
	else if (is_static_key(lock))
		lock->key = (void *)lock;
	else
		return false;
	return true;
}

/** find_class() - the class of an address, or NULL */
struct lock_class *find_class(const struct lockdep_subclass_key *key)
{
	struct lock_class *class;

	/* Without the graph lock: entries are published whole and stay. */
	hlist_for_each_entry_rcu_notrace(class, class_bucket(key), hash_entry) {
		if (class->key == key)
			return class;
	}
	return NULL;
}

/* A class is known by an address: that of the key plus the subclass. */
const struct lockdep_subclass_key *subclass_key(const struct lock_class_key *key,
						unsigned int subclass)
{
	return (const struct lockdep_subclass_key *)key + subclass;
}

static struct lock_class *alloc_class(void)
{
	unsigned int i;

	if (nr_lock_classes < MAX_LOCKDEP_KEYS)
		return &lock_classes[nr_lock_classes++];
	for (i = 0; i < MAX_LOCKDEP_KEYS; i++) {
		if (!lock_classes[i].used)
			return &lock_classes[i];
	}
	return NULL;
}

/* Under the graph lock. */
static struct lock_class *add_class(struct lockdep_map *lock, unsigned int subclass,
				    const struct lockdep_subclass_key *key)
{
	struct lock_class *class = find_class(key);

	if (class)
		return class;
	class = alloc_class();
	if (!class)
		return NULL;
	memset(class, 0, sizeof(*class));
	class->key = key;
	class->name = lock->name ? lock->name : "(unnamed)";
	class->subclass = subclass;
	class->wait_type_inner = lock->wait_type_inner;
	class->wait_type_outer = lock->wait_type_outer;
	class->lock_type = lock->lock_type;
	class->used = true;
	hlist_add_head_rcu(&class->hash_entry, class_bucket(key));
	return class;
}

/* The class of a lock and subclass; made if it is new. NULL ends the checking. */
struct lock_class *register_class(struct lockdep_map *lock, unsigned int subclass)
{
	const struct lockdep_subclass_key *key;
	struct lock_class *class;

	if (subclass < NR_LOCKDEP_CACHING_CLASSES) {
		class = READ_ONCE(lock->class_cache[subclass]);
		if (likely(class))
			return class;
	}
	if (!lock->key && !assign_lock_key(lock)) {
		report_plain("non-static key",
			     "INFO: trying to register non-static key: a lock wasn't initialised",
			     current);
		return NULL;
	}
	key = subclass_key(lock->key, subclass);
	class = find_class(key);
	if (!class) {
		if (!graph_lock())
			return NULL;
		class = add_class(lock, subclass, key);
		graph_unlock();
	}
	if (!class) {
		report_plain("out of classes", "BUG: MAX_LOCKDEP_KEYS too low!", current);
		return NULL;
	}
	if (subclass < NR_LOCKDEP_CACHING_CLASSES)
		WRITE_ONCE(lock->class_cache[subclass], class);
	return class;
}

/**
 * lockdep_init_map_type() - say what a lock is, when it is initialised
 * @lock: its map
 * @name: for reports; must live as long as the lock
 * @key: its class
 * @subclass: its subclass when it is taken with subclass zero
 * @inner: what its holder may still wait for
 * @outer: as what it may be taken; LD_WAIT_INV: as @inner
 * @lock_type: LD_LOCK_*
 */
void lockdep_init_map_type(struct lockdep_map *lock, const char *name, struct lock_class_key *key,
			   int subclass, u8 inner, u8 outer, u8 lock_type)
{
	unsigned long flags;
	int i;

	for (i = 0; i < NR_LOCKDEP_CACHING_CLASSES; i++)
		lock->class_cache[i] = NULL;
	lock->name = name;
	lock->key = key;
	lock->wait_type_inner = inner;
	lock->wait_type_outer = outer;
	lock->lock_type = lock_type;

	if (!key || !READ_ONCE(debug_locks))
		return;
	if (!is_static_key(key) && !is_registered_key(key)) {
		report_plain("key is not static",
			     "BUG: a lock class key is neither static nor registered", current);
		return;
	}
	if (!subclass)
		return;
	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	lock->class_cache[0] = register_class(lock, subclass);
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lockdep_init_map_type);

/**
 * lockdep_register_key() - have a key that isn't static
 * @key: the key, in memory that stays until lockdep_unregister_key()
 */
void lockdep_register_key(struct lock_class_key *key)
{
	unsigned long flags;

	if (WARN_ON_ONCE(is_static_key(key)))
		return;
	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	if (graph_lock()) {
		hlist_add_head_rcu(&key->hash_entry, &key_hash[hash_ptr(key, CLASSHASH_BITS)]);
		graph_unlock();
	}
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(lockdep_register_key);

/**
 * lockdep_unregister_key() - a registered key's memory is about to be freed
 * @key: the key; no lock of it is held
 *
 * Its classes and their edges are forgotten.
 *
 * Context: Task. May sleep.
 */
void lockdep_unregister_key(struct lock_class_key *key)
{
	unsigned long flags;
	unsigned int sub;

	raw_local_irq_save(flags);
	lockdep_recursion_inc();
	graph_lock_always();
	if (!is_registered_key(key)) {
		/* Registered while the checks were off already. */
		graph_unlock();
		goto out;
	}
	hlist_del_rcu(&key->hash_entry);
	for (sub = 0; sub < MAX_LOCKDEP_SUBCLASSES; sub++) {
		struct lock_class *class = find_class(subclass_key(key, sub));

		if (!class)
			continue;
		hlist_del_rcu(&class->hash_entry);
		graph_remove_class(class_index(class));
		class->key = NULL;
		class->used = false;
	}
	chain_forget_all();
	graph_unlock();
out:
	lockdep_recursion_dec();
	raw_local_irq_restore(flags);
	/* Lookups without the graph lock may still be on the entries. */
	synchronize_rcu();
}
EXPORT_SYMBOL_GPL(lockdep_unregister_key);
