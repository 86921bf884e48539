// SPDX-License-Identifier: MIT
/*
 * Signed pointers: the keys of user programs.
 *
 * An instruction such as pacia puts a code into the unused bits of a pointer, made of the pointer,
 * a second value and a key; autia takes it off again if it is right, and spoils the pointer if not.
 * A program never sees its keys. There are five, in system registers:
 *
 *	APIA, APIB	code pointers		each of these four can be off: its instructions do
 *	APDA, APDB	data pointers		nothing then (SCTLR_EL1.EnIA, EnIB, EnDA, EnDB)
 *	APGA		pacga: a code of any word
 *
 * Every process gets new ones at exec; threads and children have copies, since they share pointers
 * that were signed before. They are loaded when a user task gets the CPU. The kernel itself is
 * built without these instructions, so that whose keys are loaded there does not matter, and it
 * needs none of its own.
 *
 * With 48-bit addresses and ignored top bytes, a code takes bits 48 to 54.
 */

#include <asm/pointer_auth.h>

#include <linux/bits.h>
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/preempt.h>
#include <linux/random.h>
#include <linux/string.h>
#include <uapi/linux/prctl.h>

#include <asm/processor.h>
#include <asm/sysreg.h>

#define ADDRESS_KEYS	(PR_PAC_APIAKEY | PR_PAC_APIBKEY | PR_PAC_APDAKEY | PR_PAC_APDBKEY)
#define ALL_KEYS	(ADDRESS_KEYS | PR_PAC_APGAKEY)
#define SCTLR_KEYS	(SCTLR_ELx_ENIA | SCTLR_ELx_ENIB | SCTLR_ELx_ENDA | SCTLR_ELx_ENDB)
#define CODE_BITS	GENMASK_ULL(54, VA_BITS)

#define LOAD_KEY(name, key) do {				\
	write_sysreg_s((key).lo, SYS_##name##KEYLO_EL1);	\
	write_sysreg_s((key).hi, SYS_##name##KEYHI_EL1);	\
} while (0)

/* They count from the return to user mode on. */
static void load_keys(const struct thread_struct *thread)
{
	const struct ptrauth_keys_user *keys = &thread->keys_user;

	LOAD_KEY(APIA, keys->apia);
	LOAD_KEY(APIB, keys->apib);
	LOAD_KEY(APDA, keys->apda);
	LOAD_KEY(APDB, keys->apdb);
	if (system_supports_generic_auth())
		LOAD_KEY(APGA, keys->apga);
	sysreg_clear_set(sctlr_el1, SCTLR_KEYS, thread->sctlr_user);
}

/**
 * __ptrauth_thread_switch - the CPU goes to a user task
 * @next: the task
 *
 * Context: the scheduler, interrupts off.
 */
void __ptrauth_thread_switch(struct task_struct *next)
{
	load_keys(&next->thread);
}

/* current's were changed. */
static void load_own_keys(void)
{
	preempt_disable();
	load_keys(&current->thread);
	preempt_enable();
}

/* ---- a program's calls ---- */

/**
 * ptrauth_flush_thread - exec: new keys, and all of them on
 */
void ptrauth_flush_thread(void)
{
	if (!system_supports_address_auth())
		return;
	get_random_bytes(&current->thread.keys_user, sizeof(current->thread.keys_user));
	current->thread.sctlr_user = SCTLR_KEYS;
	load_own_keys();
}

/**
 * ptrauth_reset_keys - PR_PAC_RESET_KEYS
 * @which: mask of PR_PAC_AP*KEY; 0: all
 *
 * Return: 0; -EINVAL for keys that aren't there.
 */
long ptrauth_reset_keys(unsigned long which)
{
	struct ptrauth_keys_user *keys = &current->thread.keys_user, new;
	unsigned long there = ADDRESS_KEYS |
			      (system_supports_generic_auth() ? PR_PAC_APGAKEY : 0);

	if (!system_supports_address_auth())
		return -EINVAL;
	if (which & ~there)
		return -EINVAL;
	if (!which)
		which = ALL_KEYS;
	get_random_bytes(&new, sizeof(new));
	if (which & PR_PAC_APIAKEY)
		keys->apia = new.apia;
	if (which & PR_PAC_APIBKEY)
		keys->apib = new.apib;
	if (which & PR_PAC_APDAKEY)
		keys->apda = new.apda;
	if (which & PR_PAC_APDBKEY)
		keys->apdb = new.apdb;
	if (which & PR_PAC_APGAKEY)
		keys->apga = new.apga;
	memzero_explicit(&new, sizeof(new));
	load_own_keys();
	return 0;
}

static const struct {
	unsigned long key;
	u64 sctlr;
} switches[] = {
	{ PR_PAC_APIAKEY, SCTLR_ELx_ENIA },
	{ PR_PAC_APIBKEY, SCTLR_ELx_ENIB },
	{ PR_PAC_APDAKEY, SCTLR_ELx_ENDA },
	{ PR_PAC_APDBKEY, SCTLR_ELx_ENDB },
};

/**
 * ptrauth_set_enabled_keys - PR_PAC_SET_ENABLED_KEYS
 * @task: current, or stopped
 * @keys: which are meant
 * @enabled: which of these are to be on; the others off
 *
 * Return: 0; -EINVAL for keys that can't be switched.
 */
long ptrauth_set_enabled_keys(struct task_struct *task, unsigned long keys,
			      unsigned long enabled)
{
	u64 sctlr = task->thread.sctlr_user;
	unsigned int i;

	if (!system_supports_address_auth() || (keys & ~ADDRESS_KEYS) || (enabled & ~keys))
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(switches); i++) {
		if (enabled & switches[i].key)
			sctlr |= switches[i].sctlr;
		else if (keys & switches[i].key)
			sctlr &= ~switches[i].sctlr;
	}
	task->thread.sctlr_user = sctlr;
	if (task == current)
		load_own_keys();
	return 0;
}

/**
 * ptrauth_get_enabled_keys - PR_PAC_GET_ENABLED_KEYS
 * @task: current, or stopped
 *
 * Return: mask of PR_PAC_AP*KEY, or -EINVAL.
 */
long ptrauth_get_enabled_keys(struct task_struct *task)
{
	unsigned long keys = 0;
	unsigned int i;

	if (!system_supports_address_auth())
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(switches); i++) {
		if (task->thread.sctlr_user & switches[i].sctlr)
			keys |= switches[i].key;
	}
	return keys;
}

/* ---- a tracer's sets ---- */

int pac_address_active(struct task_struct *target, const struct user_regset *regset)
{
	(void)target;
	return system_supports_address_auth() ? regset->n : -ENODEV;
}

int pac_generic_active(struct task_struct *target, const struct user_regset *regset)
{
	(void)target;
	return system_supports_generic_auth() ? regset->n : -ENODEV;
}

int pac_mask_get(struct task_struct *target, const struct user_regset *regset, struct membuf to)
{
	struct user_pac_mask mask = { .data_mask = CODE_BITS, .insn_mask = CODE_BITS };

	(void)target;
	(void)regset;
	if (!system_supports_address_auth())
		return -EINVAL;
	return membuf_write(&to, &mask, sizeof(mask));
}

/* The struct's four are in the order of thread.keys_user, lower half first. */
static_assert(sizeof(struct user_pac_address_keys) == offsetof(struct ptrauth_keys_user, apga));
static_assert(sizeof(struct user_pac_generic_keys) == sizeof(struct ptrauth_key));

int pac_address_keys_get(struct task_struct *target, const struct user_regset *regset,
			 struct membuf to)
{
	(void)regset;
	if (!system_supports_address_auth())
		return -EINVAL;
	return membuf_write(&to, &target->thread.keys_user, sizeof(struct user_pac_address_keys));
}

int pac_address_keys_set(struct task_struct *target, const struct user_regset *regset,
			 unsigned int pos, unsigned int count, const void *kbuf,
			 const void __user *ubuf)
{
	struct ptrauth_keys_user keys = target->thread.keys_user;
	int ret;

	(void)regset;
	if (!system_supports_address_auth())
		return -EINVAL;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &keys, 0,
				 sizeof(struct user_pac_address_keys));
	if (!ret)
		target->thread.keys_user = keys;
	return ret;
}

int pac_generic_keys_get(struct task_struct *target, const struct user_regset *regset,
			 struct membuf to)
{
	(void)regset;
	if (!system_supports_generic_auth())
		return -EINVAL;
	return membuf_write(&to, &target->thread.keys_user.apga, sizeof(struct ptrauth_key));
}

int pac_generic_keys_set(struct task_struct *target, const struct user_regset *regset,
			 unsigned int pos, unsigned int count, const void *kbuf,
			 const void __user *ubuf)
{
	struct ptrauth_key key = target->thread.keys_user.apga;
	int ret;

	(void)regset;
	if (!system_supports_generic_auth())
		return -EINVAL;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &key, 0, sizeof(key));
	if (!ret)
		target->thread.keys_user.apga = key;
	return ret;
}

int pac_enabled_keys_get(struct task_struct *target, const struct user_regset *regset,
			 struct membuf to)
{
	long keys = ptrauth_get_enabled_keys(target);

	(void)regset;
	return keys < 0 ? keys : membuf_store(&to, keys);
}

int pac_enabled_keys_set(struct task_struct *target, const struct user_regset *regset,
			 unsigned int pos, unsigned int count, const void *kbuf,
			 const void __user *ubuf)
{
	long keys = ptrauth_get_enabled_keys(target);
	int ret;

	(void)regset;
	if (keys < 0)
		return keys;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &keys, 0, sizeof(keys));
	return ret ?: ptrauth_set_enabled_keys(target, ADDRESS_KEYS, keys);
}
