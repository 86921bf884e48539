// SPDX-License-Identifier: MIT
/* Changing the target of static calls: see <linux/static_call.h>. */

#include <linux/static_call.h>

#include <linux/compiler.h>
#include <linux/cpuhplock.h>
#include <linux/init.h>
#include <linux/mutex.h>

/* Serialises updates: key and trampoline change together. Outer to text_mutex. */
static DEFINE_MUTEX(static_call_mutex);

/** __static_call_nop - what a call without target does */
void __static_call_nop(void)
{
}

/** __static_call_return0 - what a call does that is to return 0 */
long __static_call_return0(void)
{
	return 0;
}

/**
 * __static_call_update - make a static call go elsewhere
 * @key: of the call
 * @tramp: its trampoline, NULL on machines without
 * @func: new target or NULL
 *
 * Context: may sleep. Callers that are inside the old target aren't waited for.
 */
void __static_call_update(struct static_call_key *key, void *tramp, void *func)
{
	cpus_read_lock();
	mutex_lock(&static_call_mutex);
	if (key->func != func) {
		WRITE_ONCE(key->func, func);
#ifdef CONFIG_HAVE_STATIC_CALL
		arch_static_call_transform(NULL, tramp, func, false);
#endif
	}
	mutex_unlock(&static_call_mutex);
	cpus_read_unlock();
	(void)tramp;
}
