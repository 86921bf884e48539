/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_JUMP_LABEL_H
#define _LINUX_JUMP_LABEL_H

/*
 * Static keys: conditions that hardly ever change, compiled as code that is
 * patched when they do. A test of a key that is off costs one nop.
 *
 *	DEFINE_STATIC_KEY_FALSE(key);
 *
 *	if (static_branch_unlikely(&key))
 *		... rarely ...
 *
 *	static_branch_enable(&key);	sleeps: patches every such place, on all CPUs
 *
 * Where the instruction is a nop and where a jump follows from the key's value
 * and from which way the test expects to go:
 *
 *			likely (code inline)	unlikely (code out of line)
 *	key is true	nop			jump
 *	key is false	jump			nop
 *
 * static_branch_inc() and _dec() count users: on from the first to the last.
 */

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/types.h>

#ifndef __ASSEMBLY__

struct jump_entry;

struct static_key {
	/* Number of enables; -1 while the first one is patching. */
	atomic_t enabled;
	/*
	 * First row of this key in the sorted table; bit 0: the initial value.
	 */
	union {
		unsigned long type;
		struct jump_entry *entries;
	};
};

#define JUMP_TYPE_FALSE		0UL
#define JUMP_TYPE_TRUE		1UL
#define JUMP_TYPE_MASK		1UL

struct static_key_true {
	struct static_key key;
};

struct static_key_false {
	struct static_key key;
};

#include <asm/jump_label.h>

/* All three relative to the field itself. */
struct jump_entry {
	s32 code;
	s32 target;
	long key;	/* bit 0: the branch's sense; bit 1: the code is in .init */
};

enum jump_label_type {
	JUMP_LABEL_NOP = 0,
	JUMP_LABEL_JMP,
};

/** jump_entry_code() - address of the instruction that is changed */
static inline unsigned long jump_entry_code(const struct jump_entry *entry)
{
	return (unsigned long)&entry->code + entry->code;
}

/** jump_entry_target() - where it jumps when it jumps */
static inline unsigned long jump_entry_target(const struct jump_entry *entry)
{
	return (unsigned long)&entry->target + entry->target;
}

/** jump_entry_key() - the key that decides */
static inline struct static_key *jump_entry_key(const struct jump_entry *entry)
{
	return (struct static_key *)((unsigned long)&entry->key + (entry->key & ~3L));
}

/** jump_entry_is_branch() - does it jump while the key is off? */
static inline bool jump_entry_is_branch(const struct jump_entry *entry)
{
	return (unsigned long)entry->key & 1UL;
}

/** jump_entry_is_init() - is it in code that is freed after boot? */
static inline bool jump_entry_is_init(const struct jump_entry *entry)
{
	return (unsigned long)entry->key & 2UL;
}

/** jump_entry_set_init() - note whether it is in code that is freed after boot */
static inline void jump_entry_set_init(struct jump_entry *entry, bool set)
{
	if (set)
		entry->key |= 2;
	else
		entry->key &= ~2L;
}

/** jump_entry_size() - bytes of the instruction */
static inline int jump_entry_size(struct jump_entry *entry)
{
	(void)entry;
	return JUMP_LABEL_NOP_SIZE;
}

extern struct jump_entry __start___jump_table[], __stop___jump_table[];
extern bool static_key_initialized;

void jump_label_init(void);
void jump_label_lock(void);
void jump_label_unlock(void);
int jump_label_text_reserved(void *start, void *end);

/* The machine's half: make the code at @entry a nop or a jump. */
void arch_jump_label_transform(struct jump_entry *entry, enum jump_label_type type);
/* The same for many: queue (false: the queue is full, apply first), then apply. */
bool arch_jump_label_transform_queue(struct jump_entry *entry, enum jump_label_type type);
void arch_jump_label_transform_apply(void);

bool static_key_slow_inc(struct static_key *key);
bool static_key_fast_inc_not_disabled(struct static_key *key);
void static_key_slow_dec(struct static_key *key);
bool static_key_slow_inc_cpuslocked(struct static_key *key);
void static_key_slow_dec_cpuslocked(struct static_key *key);
int static_key_count(struct static_key *key);
void static_key_enable(struct static_key *key);
void static_key_disable(struct static_key *key);
void static_key_enable_cpuslocked(struct static_key *key);
void static_key_disable_cpuslocked(struct static_key *key);

#define STATIC_KEY_INIT_TRUE						\
	{ .enabled = { 1 }, { .type = JUMP_TYPE_TRUE } }
#define STATIC_KEY_INIT_FALSE						\
	{ .enabled = { 0 }, { .type = JUMP_TYPE_FALSE } }
#define STATIC_KEY_INIT		STATIC_KEY_INIT_FALSE

#define STATIC_KEY_TRUE_INIT	(struct static_key_true) { .key = STATIC_KEY_INIT_TRUE }
#define STATIC_KEY_FALSE_INIT	(struct static_key_false) { .key = STATIC_KEY_INIT_FALSE }

/** DEFINE_STATIC_KEY_TRUE() - a key that is on, as a rule */
#define DEFINE_STATIC_KEY_TRUE(name)	struct static_key_true name = STATIC_KEY_TRUE_INIT

/** DEFINE_STATIC_KEY_TRUE_RO() - DEFINE_STATIC_KEY_TRUE() that doesn't change after boot */
#define DEFINE_STATIC_KEY_TRUE_RO(name)	\
	struct static_key_true name __ro_after_init = STATIC_KEY_TRUE_INIT
#define DECLARE_STATIC_KEY_TRUE(name)	extern struct static_key_true name
/** DEFINE_STATIC_KEY_FALSE() - a key that is off, as a rule */
#define DEFINE_STATIC_KEY_FALSE(name)	struct static_key_false name = STATIC_KEY_FALSE_INIT

/** DEFINE_STATIC_KEY_FALSE_RO() - DEFINE_STATIC_KEY_FALSE() that doesn't change after boot */
#define DEFINE_STATIC_KEY_FALSE_RO(name) \
	struct static_key_false name __ro_after_init = STATIC_KEY_FALSE_INIT
#define DECLARE_STATIC_KEY_FALSE(name)	extern struct static_key_false name

#define DEFINE_STATIC_KEY_ARRAY_TRUE(name, count)			\
	struct static_key_true name[count] = {				\
		[0 ... (count) - 1] = STATIC_KEY_TRUE_INIT,		\
	}
#define DEFINE_STATIC_KEY_ARRAY_FALSE(name, count)			\
	struct static_key_false name[count] = {				\
		[0 ... (count) - 1] = STATIC_KEY_FALSE_INIT,		\
	}

#define _DEFINE_STATIC_KEY_1(name)	DEFINE_STATIC_KEY_TRUE(name)
#define _DEFINE_STATIC_KEY_0(name)	DEFINE_STATIC_KEY_FALSE(name)
/** DEFINE_STATIC_KEY_MAYBE() - a key that begins as option @cfg says */
#define DEFINE_STATIC_KEY_MAYBE(cfg, name)	\
	__PASTE(_DEFINE_STATIC_KEY_, IS_ENABLED(cfg))(name)

/** static_key_false() - is the key on? Laid out for a key that is off, as a rule */
static __always_inline bool static_key_false(struct static_key *key)
{
	return arch_static_branch(key, false);
}

/** static_key_true() - is the key on? Laid out for a key that is on, as a rule */
static __always_inline bool static_key_true(struct static_key *key)
{
	return !arch_static_branch(key, true);
}

extern bool ____wrong_branch_error(void);

/** static_key_enabled() - is the key on, of any type? Read from memory */
#define static_key_enabled(x)						\
({									\
	if (!__builtin_types_compatible_p(typeof(*(x)), struct static_key) &&		\
	    !__builtin_types_compatible_p(typeof(*(x)), struct static_key_true) &&	\
	    !__builtin_types_compatible_p(typeof(*(x)), struct static_key_false))	\
		____wrong_branch_error();				\
	static_key_count((struct static_key *)(x)) > 0;			\
})

/**
 * static_branch_likely() - is the key on? As an instruction that is patched; being on is the short
 * way
 */
#define static_branch_likely(x)						\
({									\
	bool __sbl;							\
	if (__builtin_types_compatible_p(typeof(*(x)), struct static_key_true))		\
		__sbl = !arch_static_branch(&(x)->key, true);		\
	else if (__builtin_types_compatible_p(typeof(*(x)), struct static_key_false))	\
		__sbl = !arch_static_branch_jump(&(x)->key, true);	\
	else								\
		__sbl = ____wrong_branch_error();			\
	likely(__sbl);							\
})

/**
 * static_branch_unlikely() - is the key on? As an instruction that is patched; being off is the
 * short way
 */
#define static_branch_unlikely(x)					\
({									\
	bool __sbu;							\
	if (__builtin_types_compatible_p(typeof(*(x)), struct static_key_true))		\
		__sbu = arch_static_branch_jump(&(x)->key, false);	\
	else if (__builtin_types_compatible_p(typeof(*(x)), struct static_key_false))	\
		__sbu = arch_static_branch(&(x)->key, false);		\
	else								\
		__sbu = ____wrong_branch_error();			\
	unlikely(__sbu);						\
})

/**
 * static_branch_maybe() - static_branch_likely() if option @config is set, else
 * static_branch_unlikely()
 */
#define static_branch_maybe(config, x)					\
	(IS_ENABLED(config) ? static_branch_likely(x) : static_branch_unlikely(x))

/** static_branch_inc() - one more wants the key on. Context: may sleep */
#define static_branch_inc(x)		static_key_slow_inc(&(x)->key)
/** static_branch_dec() - one less wants the key on; with the last it is off. Context: may sleep */
#define static_branch_dec(x)		static_key_slow_dec(&(x)->key)

/**
 * static_branch_inc_cpuslocked() - static_branch_inc() with cpus_read_lock() held; the next ones
 * likewise
 */
#define static_branch_inc_cpuslocked(x)	static_key_slow_inc_cpuslocked(&(x)->key)
#define static_branch_dec_cpuslocked(x)	static_key_slow_dec_cpuslocked(&(x)->key)

/** static_branch_enable() - switch the key on, for all CPUs. Context: may sleep */
#define static_branch_enable(x)			static_key_enable(&(x)->key)
/** static_branch_disable() - switch the key off, for all CPUs. Context: may sleep */
#define static_branch_disable(x)		static_key_disable(&(x)->key)
#define static_branch_enable_cpuslocked(x)	static_key_enable_cpuslocked(&(x)->key)
#define static_branch_disable_cpuslocked(x)	static_key_disable_cpuslocked(&(x)->key)

#endif /* !__ASSEMBLY__ */

#endif /* _LINUX_JUMP_LABEL_H */
