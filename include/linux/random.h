/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

/*
 * Random numbers. get_random_*() never block; before enough entropy was gathered they are only as
 * unpredictable as the boot was (rng_is_initialized() tells). Any context. The model is in
 * drivers/char/random.c.
 */

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <uapi/linux/random.h>

struct notifier_block;

void add_device_randomness(const void *buf, size_t len);
void __init add_bootloader_randomness(const void *buf, size_t len);
void add_input_randomness(unsigned int type, unsigned int code, unsigned int value);
void add_interrupt_randomness(int irq);
void add_hwgenerator_randomness(const void *buf, size_t len, size_t entropy, bool sleep_after);

void get_random_bytes(void *buf, size_t len);
u8 get_random_u8(void);
u16 get_random_u16(void);
u32 get_random_u32(void);
u64 get_random_u64(void);

/** get_random_long - a random word, as get_random_u64() */
static inline unsigned long get_random_long(void)
{
	return get_random_u64();
}

u32 __get_random_u32_below(u32 ceil);

/** get_random_u32_below - a number from 0 to @ceil - 1, all equally likely; @ceil is not 0 */
static inline u32 get_random_u32_below(u32 ceil)
{
	return __get_random_u32_below(ceil);
}

/** get_random_u32_above - a number from @floor + 1 to U32_MAX; @floor is not U32_MAX */
static inline u32 get_random_u32_above(u32 floor)
{
	BUILD_BUG_ON_MSG(__builtin_constant_p(floor) && floor == U32_MAX,
			 "get_random_u32_above() must take floor < U32_MAX");
	return floor + 1 + get_random_u32_below(U32_MAX - floor);
}

/** get_random_u32_inclusive - a number from @floor to @ceil, both included */
static inline u32 get_random_u32_inclusive(u32 floor, u32 ceil)
{
	/* 2^32 numbers would not fit the argument of _below(). */
	if (floor == 0 && ceil == U32_MAX)
		return get_random_u32();
	return floor + get_random_u32_below(ceil - floor + 1);
}

void __init random_init(void);
bool rng_is_initialized(void);
int wait_for_random_bytes(void);
int execute_with_initialized_rng(struct notifier_block *nb);

/**
 * get_random_bytes_wait - get_random_bytes() once there is entropy; may sleep; 0 or -ERESTARTSYS
 */
static inline int get_random_bytes_wait(void *buf, size_t nbytes)
{
	int ret = wait_for_random_bytes();

	get_random_bytes(buf, nbytes);
	return ret;
}

/* get_random_u8_wait(u8 *out) and so on: the same for one number; may sleep; 0 or -ERESTARTSYS */
#define declare_get_random_var_wait(name, ret_type)				\
static inline int get_random_##name##_wait(ret_type *out)			\
{										\
	int ret = wait_for_random_bytes();					\
										\
	if (unlikely(ret))							\
		return ret;							\
	*out = get_random_##name();						\
	return 0;								\
}
declare_get_random_var_wait(u8, u8)
declare_get_random_var_wait(u16, u16)
declare_get_random_var_wait(u32, u32)
declare_get_random_var_wait(u64, u64)
declare_get_random_var_wait(long, unsigned long)
#undef declare_get_random_var_wait

/* A canary's lowest byte is zero on little-endian machines, so that a string can't carry it. */
#define CANARY_MASK	0xffffffffffffff00UL

/** get_random_canary - a random value for a stack canary */
static inline unsigned long get_random_canary(void)
{
	return get_random_long() & CANARY_MASK;
}

#include <linux/prandom.h>

#ifdef CONFIG_SMP
int random_prepare_cpu(unsigned int cpu);
#endif

#include <linux/archrandom.h>

#endif
