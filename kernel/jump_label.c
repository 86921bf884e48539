// SPDX-License-Identifier: MIT
/*
 * Static keys: see <linux/jump_label.h>.
 *
 * The table's rows are sorted by key, and for one key by code address; a key points to
 * its first row. All changes run under jump_label_mutex.
 *
 * The count has one special value. An increment from zero patches the code, and
 * whoever sees a positive count may rely on the code being patched:
 *
 *	first incrementer		second incrementer
 *	-----------------		------------------
 *	lock
 *	enabled = -1			enabled <= 0: take the slow path, wait for the lock
 *	patch
 *	enabled = 1 (release)		enabled > 0: ++enabled, no lock
 *
 * Lock order: cpu_hotplug_lock (read), jump_label_mutex, text_mutex.
 */

#include <linux/jump_label.h>

#include <linux/atomic.h>
#include <linux/cpuhplock.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sort.h>

#include <asm/sections.h>

static DEFINE_MUTEX(jump_label_mutex);

/* Set when the table is sorted; a key that is changed before can't be patched. */
bool static_key_initialized __ro_after_init;

/**
 * jump_label_lock - keep all keys as they are
 *
 * Context: may sleep.
 */
void jump_label_lock(void)
{
	mutex_lock(&jump_label_mutex);
}

/** jump_label_unlock - undo jump_label_lock() */
void jump_label_unlock(void)
{
	mutex_unlock(&jump_label_mutex);
}

/*
 * --- The table ---------------------------------------------------------------------------------
 */

static int jump_label_cmp(const void *a, const void *b)
{
	const struct jump_entry *x = a, *y = b;
	unsigned long kx = (unsigned long)jump_entry_key(x), ky = (unsigned long)jump_entry_key(y);
	unsigned long cx = jump_entry_code(x), cy = jump_entry_code(y);

	if (kx != ky)
		return kx < ky ? -1 : 1;
	return (cx > cy) - (cx < cy);
}

/* The fields are relative to their own addresses. The low bits of key stay with it. */
static void jump_label_swap(void *a, void *b, int size)
{
	struct jump_entry *x = a, *y = b, tmp = *x;
	long delta = (unsigned long)b - (unsigned long)a;

	(void)size;
	x->code = y->code + delta;
	x->target = y->target + delta;
	x->key = y->key + delta;
	y->code = tmp.code - delta;
	y->target = tmp.target - delta;
	y->key = tmp.key - delta;
}

static struct jump_entry *static_key_entries(struct static_key *key)
{
	return (struct jump_entry *)(key->type & ~JUMP_TYPE_MASK);
}

static bool static_key_type(struct static_key *key)
{
	return key->type & JUMP_TYPE_MASK;
}

static void static_key_set_entries(struct static_key *key, struct jump_entry *entries)
{
	key->type = (unsigned long)entries | (key->type & JUMP_TYPE_MASK);
}

/* See the table in the header: a jump iff the key's state differs from the branch's sense. */
static enum jump_label_type jump_label_type(struct jump_entry *entry)
{
	bool enabled = atomic_read(&jump_entry_key(entry)->enabled) != 0;

	return enabled ^ jump_entry_is_branch(entry) ? JUMP_LABEL_JMP : JUMP_LABEL_NOP;
}

/* What the compiler emitted: by the key's initial value. */
static enum jump_label_type jump_label_init_type(struct jump_entry *entry)
{
	bool type = static_key_type(jump_entry_key(entry));

	return type ^ jump_entry_is_branch(entry) ? JUMP_LABEL_JMP : JUMP_LABEL_NOP;
}

static bool jump_label_can_update(struct jump_entry *entry)
{
	/* Init code that was given back isn't there to be patched. */
	return !(jump_entry_is_init(entry) && system_state >= SYSTEM_FREEING_INITMEM);
}

static void __jump_label_update(struct static_key *key, struct jump_entry *entry,
				struct jump_entry *stop)
{
	for (; entry < stop && jump_entry_key(entry) == key; entry++) {
		if (!jump_label_can_update(entry))
			continue;
		if (!arch_jump_label_transform_queue(entry, jump_label_type(entry))) {
			arch_jump_label_transform_apply();
			BUG_ON(!arch_jump_label_transform_queue(entry, jump_label_type(entry)));
		}
	}
	arch_jump_label_transform_apply();
}

static void jump_label_update(struct static_key *key)
{
	struct jump_entry *entry = static_key_entries(key);

	if (entry)
		__jump_label_update(key, entry, __stop___jump_table);
}

/**
 * jump_label_init - sort the table and make keys usable
 *
 * Keys that were changed before (there are none of ours) would be patched now.
 *
 * Context: boot, once; a second call does nothing.
 */
void __init jump_label_init(void)
{
	struct jump_entry *iter, *start = __start___jump_table, *stop = __stop___jump_table;
	struct static_key *key = NULL;

	if (static_key_initialized)
		return;
	sort(start, stop - start, sizeof(*start), jump_label_cmp, jump_label_swap);
	for (iter = start; iter < stop; iter++) {
		struct static_key *iterk = jump_entry_key(iter);

		jump_entry_set_init(iter, init_section_contains((void *)jump_entry_code(iter), 1));
		if (jump_label_type(iter) != jump_label_init_type(iter))
			arch_jump_label_transform(iter, jump_label_type(iter));
		if (iterk != key) {
			key = iterk;
			static_key_set_entries(key, iter);
		}
	}
	static_key_initialized = true;
}

/**
 * jump_label_text_reserved - does a range of code hold a patchable branch?
 * @start: first byte
 * @end: last byte
 */
int jump_label_text_reserved(void *start, void *end)
{
	struct jump_entry *iter;

	for (iter = __start___jump_table; iter < __stop___jump_table; iter++) {
		unsigned long code = jump_entry_code(iter);

		if (code <= (unsigned long)end &&
		    code + JUMP_LABEL_NOP_SIZE > (unsigned long)start)
			return 1;
	}
	return 0;
}

/*
 * --- Counting
 * -------------------------------------------------------------------------------------
 */

/**
 * static_key_count - number of enables
 * @key: the key
 *
 * While the first enable is being patched in, the answer is 1.
 */
int static_key_count(struct static_key *key)
{
	int n = atomic_read(&key->enabled);

	return n >= 0 ? n : 1;
}

/**
 * static_key_fast_inc_not_disabled - one more user of a key that is on
 * @key: the key
 *
 * Context: any. Return: false if the key is off, being switched, or would overflow.
 */
bool static_key_fast_inc_not_disabled(struct static_key *key)
{
	int v = atomic_read(&key->enabled);

	do {
		if (v <= 0 || v == INT_MAX)
			return false;
	} while (!atomic_try_cmpxchg(&key->enabled, &v, v + 1));
	return true;
}

/**
 * static_key_slow_inc_cpuslocked - static_key_slow_inc() with cpus_read_lock() held
 * @key: the key
 *
 * Context: may sleep; takes jump_label_mutex to switch the key on.
 * Return: false if the key has too many users.
 */
bool static_key_slow_inc_cpuslocked(struct static_key *key)
{
	bool ok = true;

	WARN_ON_ONCE(!static_key_initialized);
	if (static_key_fast_inc_not_disabled(key))
		return true;

	mutex_lock(&jump_label_mutex);
	if (!atomic_cmpxchg(&key->enabled, 0, -1)) {
		jump_label_update(key);
		/* Whoever sees the count positive sees the code patched. */
		atomic_set_release(&key->enabled, 1);
	} else {
		ok = !WARN_ON_ONCE(!static_key_fast_inc_not_disabled(key));
	}
	mutex_unlock(&jump_label_mutex);
	return ok;
}

/**
 * static_key_slow_inc - one more user; the first patches the code
 * @key: the key
 *
 * When it returns every CPU runs the new code.
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: false if the key has too many users.
 */
bool static_key_slow_inc(struct static_key *key)
{
	bool ret;

	cpus_read_lock();
	ret = static_key_slow_inc_cpuslocked(key);
	cpus_read_unlock();
	return ret;
}

/* Down, unless this is the last user. */
static bool static_key_dec_not_one(struct static_key *key)
{
	int v = atomic_read(&key->enabled);

	do {
		if (WARN_ON_ONCE(v == 0))
			return true;
		if (v <= 1)
			return false;
	} while (!atomic_try_cmpxchg(&key->enabled, &v, v - 1));
	return true;
}

/**
 * static_key_slow_dec_cpuslocked - static_key_slow_dec() with cpus_read_lock() held
 * @key: the key
 *
 * Context: may sleep.
 */
void static_key_slow_dec_cpuslocked(struct static_key *key)
{
	if (static_key_dec_not_one(key))
		return;
	mutex_lock(&jump_label_mutex);
	if (atomic_cmpxchg(&key->enabled, 1, 0) == 1)
		jump_label_update(key);
	else
		WARN_ON_ONCE(!static_key_dec_not_one(key));
	mutex_unlock(&jump_label_mutex);
}

/**
 * static_key_slow_dec - one user less; the last patches the code
 * @key: the key
 *
 * Context: may sleep; takes cpus_read_lock().
 */
void static_key_slow_dec(struct static_key *key)
{
	cpus_read_lock();
	static_key_slow_dec_cpuslocked(key);
	cpus_read_unlock();
}

/**
 * static_key_enable_cpuslocked - static_key_enable() with cpus_read_lock() held
 * @key: the key
 *
 * Context: may sleep.
 */
void static_key_enable_cpuslocked(struct static_key *key)
{
	WARN_ON_ONCE(!static_key_initialized);
	if (atomic_read(&key->enabled) > 0) {
		WARN_ON_ONCE(atomic_read(&key->enabled) != 1);
		return;
	}
	mutex_lock(&jump_label_mutex);
	if (atomic_read(&key->enabled) == 0) {
		atomic_set(&key->enabled, -1);
		jump_label_update(key);
		/* As in static_key_slow_inc_cpuslocked(). */
		atomic_set_release(&key->enabled, 1);
	}
	mutex_unlock(&jump_label_mutex);
}

/**
 * static_key_enable - switch a key on that is used as a bool; nothing if it is on
 * @key: the key
 *
 * Context: may sleep; takes cpus_read_lock().
 */
void static_key_enable(struct static_key *key)
{
	cpus_read_lock();
	static_key_enable_cpuslocked(key);
	cpus_read_unlock();
}

/**
 * static_key_disable_cpuslocked - static_key_disable() with cpus_read_lock() held
 * @key: the key
 *
 * Context: may sleep.
 */
void static_key_disable_cpuslocked(struct static_key *key)
{
	WARN_ON_ONCE(!static_key_initialized);
	if (atomic_read(&key->enabled) != 1) {
		WARN_ON_ONCE(atomic_read(&key->enabled) != 0);
		return;
	}
	mutex_lock(&jump_label_mutex);
	if (atomic_cmpxchg(&key->enabled, 1, 0) == 1)
		jump_label_update(key);
	mutex_unlock(&jump_label_mutex);
}

/**
 * static_key_disable - switch a key off that is used as a bool; nothing if it is off
 * @key: the key
 *
 * Context: may sleep; takes cpus_read_lock().
 */
void static_key_disable(struct static_key *key)
{
	cpus_read_lock();
	static_key_disable_cpuslocked(key);
	cpus_read_unlock();
}
