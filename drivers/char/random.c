// SPDX-License-Identifier: MIT
/*
 * Random numbers.
 *
 *	sources		CPU instructions, boot data, device data, times of interrupts
 *	   |  mix, credit
 *	input pool	a BLAKE2s hash of everything that ever came in
 *	   |  extract (every minute, and when there is enough for the first time)
 *	base key	32 bytes, with a generation number
 *	   |  one ChaCha block
 *	per-CPU keys	renewed when their generation is old
 *	   |  ChaCha
 *	callers
 *
 * Fast key erasure: the first half of each key's first block becomes the next key, so that what was
 * given out can't be computed from a key that leaks later. Nothing blocks; before the pool was
 * credited with 256 bits (crng_ready()) numbers come straight from the pool, and are as good as
 * what is in it.
 *
 * Locks: input_pool.lock, base_crng.lock and random_ready_lock are never nested; each is taken with
 * interrupts off. A per-CPU key is protected by interrupts being off on its CPU.
 */

#include <linux/random.h>

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/siphash.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/timex.h>
#include <linux/uuid.h>
#include <linux/wait.h>

#include <crypto/blake2s.h>
#include <crypto/chacha.h>

#define POOL_BITS		(BLAKE2S_HASH_SIZE * 8)
#define RESEED_INTERVAL		(60 * HZ)

/* --- The pool --------------------------------------------------------------------------------- */

static struct {
	spinlock_t lock;
	struct blake2s_state hash;	/* under lock */
	unsigned int bits;		/* under lock: credited, at most POOL_BITS */
} input_pool = {
	.lock = __SPIN_LOCK_UNLOCKED(input_pool.lock),
	.hash.h = { BLAKE2S_IV0 ^ (0x01010000 | BLAKE2S_HASH_SIZE),
		    BLAKE2S_IV1, BLAKE2S_IV2, BLAKE2S_IV3, BLAKE2S_IV4,
		    BLAKE2S_IV5, BLAKE2S_IV6, BLAKE2S_IV7 },
	.hash.outlen = BLAKE2S_HASH_SIZE,
};

/* The source of all keys, and the time and generation of its own. */
static struct {
	spinlock_t lock;
	u8 key[CHACHA_KEY_SIZE];	/* under lock */
	unsigned long birth;		/* jiffies; written under lock */
	unsigned long generation;	/* written under lock; ULONG_MAX is no generation */
} base_crng = {
	.lock = __SPIN_LOCK_UNLOCKED(base_crng.lock),
};

struct crng {
	u8 key[CHACHA_KEY_SIZE];
	unsigned long generation;
};

static DEFINE_PER_CPU(struct crng, crngs) = { .generation = ULONG_MAX };

static bool crng_is_ready __read_mostly;
static DECLARE_WAIT_QUEUE_HEAD(crng_init_wait);
static DEFINE_SPINLOCK(random_ready_lock);
static RAW_NOTIFIER_HEAD(random_ready_chain);	/* under random_ready_lock */

static bool crng_ready(void)
{
	return READ_ONCE(crng_is_ready);
}

/** rng_is_initialized() - did the generator get 256 bits of entropy? */
bool rng_is_initialized(void)
{
	return crng_ready();
}
EXPORT_SYMBOL(rng_is_initialized);

static void mix_pool_bytes(const void *buf, size_t len)
{
	unsigned long flags;

	spin_lock_irqsave(&input_pool.lock, flags);
	blake2s_update(&input_pool.hash, buf, len);
	spin_unlock_irqrestore(&input_pool.lock, flags);
}

/*
 * Draw a key from the pool. The pool's hash, keyed anew by one output of itself, forgets what gave
 * the other; what the CPU's instructions say goes into both.
 */
static void extract_entropy(u8 *key)
{
	u8 seed[BLAKE2S_HASH_SIZE], next_key[BLAKE2S_HASH_SIZE];
	struct {
		unsigned long from_cpu[4];
		u64 counter;
	} block = { };
	unsigned long flags;
	size_t have = 0, got;

	while (have < ARRAY_SIZE(block.from_cpu)) {
		got = arch_get_random_seed_longs(&block.from_cpu[have],
						 ARRAY_SIZE(block.from_cpu) - have);
		if (!got)
			got = arch_get_random_longs(&block.from_cpu[have],
						    ARRAY_SIZE(block.from_cpu) - have);
		if (!got)
			block.from_cpu[have] = random_get_entropy(), got = 1;
		have += got;
	}

	spin_lock_irqsave(&input_pool.lock, flags);
	blake2s_final(&input_pool.hash, seed);
	blake2s(next_key, (u8 *)&block, seed, sizeof(next_key), sizeof(block), sizeof(seed));
	blake2s_init_key(&input_pool.hash, BLAKE2S_HASH_SIZE, next_key, sizeof(next_key));
	spin_unlock_irqrestore(&input_pool.lock, flags);

	block.counter = 1;
	blake2s(key, (u8 *)&block, seed, CHACHA_KEY_SIZE, sizeof(block), sizeof(seed));
	memzero_explicit(seed, sizeof(seed));
	memzero_explicit(next_key, sizeof(next_key));
	memzero_explicit(&block, sizeof(block));
}

/* A new base key, and a new generation, which makes all per-CPU keys old. */
static void crng_reseed(void)
{
	u8 key[CHACHA_KEY_SIZE];
	unsigned long flags, next;

	extract_entropy(key);

	spin_lock_irqsave(&base_crng.lock, flags);
	memcpy(base_crng.key, key, sizeof(base_crng.key));
	next = base_crng.generation + 1;
	if (next == ULONG_MAX)
		next++;
	WRITE_ONCE(base_crng.generation, next);
	WRITE_ONCE(base_crng.birth, jiffies);
	WRITE_ONCE(crng_is_ready, true);
	spin_unlock_irqrestore(&base_crng.lock, flags);

	memzero_explicit(key, sizeof(key));
}

/* What is in the pool is worth @bits more; enough for the first time begins the real service. */
static void credit_init_bits(size_t bits)
{
	unsigned long flags;
	unsigned int before, after;

	if (crng_ready() || !bits)
		return;

	spin_lock_irqsave(&input_pool.lock, flags);
	before = input_pool.bits;
	after = min_t(size_t, before + min_t(size_t, bits, POOL_BITS), POOL_BITS);
	input_pool.bits = after;
	spin_unlock_irqrestore(&input_pool.lock, flags);

	if (before < POOL_BITS && after == POOL_BITS) {
		crng_reseed();
		spin_lock_irqsave(&random_ready_lock, flags);
		raw_notifier_call_chain(&random_ready_chain, 0, NULL);
		spin_unlock_irqrestore(&random_ready_lock, flags);
		wake_up_interruptible(&crng_init_wait);
		pr_notice("crng init done\n");
	}
}

/* --- Output ----------------------------------------------------------------------------------- */

/*
 * One block from a key: the first half replaces the key, up to half a block goes to the caller.
 * @state is left ready to give further blocks of the old key.
 */
static void fast_key_erasure(u8 key[CHACHA_KEY_SIZE], u32 state[CHACHA_STATE_WORDS], u8 *data,
			     size_t len)
{
	u8 first_block[CHACHA_BLOCK_SIZE];

	chacha_init_consts(state);
	memcpy(&state[4], key, CHACHA_KEY_SIZE);
	memset(&state[12], 0, sizeof(u32) * 4);
	chacha20_block(state, first_block);

	memcpy(key, first_block, CHACHA_KEY_SIZE);
	memcpy(data, first_block + CHACHA_KEY_SIZE, len);
	memzero_explicit(first_block, sizeof(first_block));
}

/* Before there is a base key: each request draws a key of its own. */
static void make_state_early(u32 state[CHACHA_STATE_WORDS], u8 *data, size_t len)
{
	u8 key[CHACHA_KEY_SIZE];

	extract_entropy(key);
	fast_key_erasure(key, state, data, len);
	memzero_explicit(key, sizeof(key));
}

/* Bring this CPU's key up to the base key's generation. Interrupts are off. */
static void renew_this_cpus_key(struct crng *crng)
{
	u32 state[CHACHA_STATE_WORDS];

	spin_lock(&base_crng.lock);
	fast_key_erasure(base_crng.key, state, crng->key, sizeof(crng->key));
	crng->generation = base_crng.generation;
	spin_unlock(&base_crng.lock);
	memzero_explicit(state, sizeof(state));
}

/* The first bytes of a request (up to half a block), and a state that gives the others. */
static void crng_make_state(u32 state[CHACHA_STATE_WORDS], u8 *data, size_t len)
{
	unsigned long flags;
	struct crng *crng;

	if (!crng_ready()) {
		make_state_early(state, data, len);
		return;
	}
	if (time_after(jiffies, READ_ONCE(base_crng.birth) + RESEED_INTERVAL))
		crng_reseed();

	local_irq_save(flags);
	crng = this_cpu_ptr(&crngs);
	if (unlikely(crng->generation != READ_ONCE(base_crng.generation)))
		renew_this_cpus_key(crng);
	fast_key_erasure(crng->key, state, data, len);
	local_irq_restore(flags);
}

/**
 * get_random_bytes() - fill a buffer with random bytes
 * @buf: buffer
 * @len: its size
 *
 * Context: any but NMI.
 */
void get_random_bytes(void *buf, size_t len)
{
	u32 state[CHACHA_STATE_WORDS];
	u8 block[CHACHA_BLOCK_SIZE];
	u8 *p = buf;
	size_t piece;

	if (!len)
		return;

	piece = min_t(size_t, len, CHACHA_BLOCK_SIZE - CHACHA_KEY_SIZE);
	crng_make_state(state, p, piece);
	for (p += piece, len -= piece; len; p += piece, len -= piece) {
		if (unlikely(state[12] == 0))
			state[13]++;
		chacha20_block(state, block);
		piece = min_t(size_t, len, sizeof(block));
		memcpy(p, block, piece);
	}
	memzero_explicit(block, sizeof(block));
	memzero_explicit(state, sizeof(state));
}
EXPORT_SYMBOL(get_random_bytes);

/* Numbers of a type: drawn as bytes. */
#define DEFINE_GET_RANDOM(type)							\
type get_random_##type(void)							\
{										\
	type ret;								\
										\
	get_random_bytes(&ret, sizeof(ret));					\
	return ret;								\
}										\
EXPORT_SYMBOL(get_random_##type)

DEFINE_GET_RANDOM(u8);
DEFINE_GET_RANDOM(u16);
DEFINE_GET_RANDOM(u32);
DEFINE_GET_RANDOM(u64);

/**
 * __get_random_u32_below() - what get_random_u32_below() calls
 * @ceil: end of the range, not included, not 0
 *
 * Lemire's method: the high half of random * @ceil. A result whose low half is below
 * 2^32 mod @ceil belongs to the surplus that would make some numbers likelier: draw again.
 */
u32 __get_random_u32_below(u32 ceil)
{
	u64 product;

	if (WARN_ON_ONCE(!ceil))
		return get_random_u32();

	product = (u64)get_random_u32() * ceil;
	if (unlikely((u32)product < ceil)) {
		u32 surplus = -ceil % ceil;

		while (unlikely((u32)product < surplus))
			product = (u64)get_random_u32() * ceil;
	}
	return product >> 32;
}
EXPORT_SYMBOL(__get_random_u32_below);

/**
 * wait_for_random_bytes() - wait until the generator is initialised
 *
 * Where no source gives anything, the time that a context switch takes is one: the waiter makes
 * some.
 *
 * Context: may sleep.
 * Return: 0, or -ERESTARTSYS after a signal.
 */
int wait_for_random_bytes(void)
{
	while (!crng_ready()) {
		unsigned long sample = random_get_entropy();
		long ret;

		mix_pool_bytes(&sample, sizeof(sample));
		ret = wait_event_interruptible_timeout(crng_init_wait, crng_ready(), 1);
		if (ret)
			return ret > 0 ? 0 : ret;
		sample = random_get_entropy();
		mix_pool_bytes(&sample, sizeof(sample));
		credit_init_bits(1);
	}
	return 0;
}
EXPORT_SYMBOL(wait_for_random_bytes);

/**
 * execute_with_initialized_rng() - call a notifier once the generator is initialised
 * @nb: notifier; called at once if that is so already
 *
 * Return: 0, or what registering it returned.
 */
int execute_with_initialized_rng(struct notifier_block *nb)
{
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&random_ready_lock, flags);
	if (crng_ready())
		nb->notifier_call(nb, 0, NULL);
	else
		ret = raw_notifier_chain_register(&random_ready_chain, nb);
	spin_unlock_irqrestore(&random_ready_lock, flags);
	return ret;
}

/* --- Input ------------------------------------------------------------------------------------ */

/** add_device_randomness() - mix something in that differs between machines; no credit */
void add_device_randomness(const void *buf, size_t len)
{
	unsigned long sample = random_get_entropy();

	mix_pool_bytes(&sample, sizeof(sample));
	mix_pool_bytes(buf, len);
}
EXPORT_SYMBOL(add_device_randomness);

/** add_hwgenerator_randomness() - mix in @len bytes of a generator worth @entropy bits */
void add_hwgenerator_randomness(const void *buf, size_t len, size_t entropy, bool sleep_after)
{
	(void)sleep_after;
	mix_pool_bytes(buf, len);
	credit_init_bits(entropy);
}
EXPORT_SYMBOL_GPL(add_hwgenerator_randomness);

/** add_bootloader_randomness() - mix in a seed that the boot loader gave, and trust it */
void __init add_bootloader_randomness(const void *buf, size_t len)
{
	mix_pool_bytes(buf, len);
	credit_init_bits(len * 8);
}

/** add_input_randomness() - mix in an input event; one bit of credit */
void add_input_randomness(unsigned int type, unsigned int code, unsigned int value)
{
	static unsigned char last_value;
	unsigned long sample = random_get_entropy();
	unsigned int event[3] = { type, code, value };

	/* key repeat tells nothing */
	if (value == last_value)
		return;
	last_value = value;
	mix_pool_bytes(&sample, sizeof(sample));
	mix_pool_bytes(event, sizeof(event));
	credit_init_bits(1);
}
EXPORT_SYMBOL_GPL(add_input_randomness);

/* Times of interrupts, gathered per CPU: mixing the pool in each one would be dear. */
struct irq_pool {
	unsigned long words[4];
	unsigned int count;
};

static DEFINE_PER_CPU(struct irq_pool, irq_pools);

#define IRQS_PER_MIX	64

/**
 * add_interrupt_randomness() - mix in the time of an interrupt
 * @irq: its number
 *
 * A bit of credit for each 64 of them: the times are not independent, and an emulator's may be
 * quite regular.
 *
 * Context: hard interrupt.
 */
void add_interrupt_randomness(int irq)
{
	struct irq_pool *pool = this_cpu_ptr(&irq_pools);
	unsigned long sample = random_get_entropy() ^ rol64(irq, 32);
	unsigned int slot = pool->count++ % ARRAY_SIZE(pool->words);

	pool->words[slot] = rol64(pool->words[slot], 19) ^ sample;
	pool->words[slot] *= 0x9e3779b97f4a7c15UL;

	if (pool->count % IRQS_PER_MIX)
		return;
	/* another CPU is at it: there will be more interrupts */
	if (!spin_trylock(&input_pool.lock))
		return;
	blake2s_update(&input_pool.hash, (u8 *)pool->words, sizeof(pool->words));
	spin_unlock(&input_pool.lock);
	credit_init_bits(1);
}
EXPORT_SYMBOL_GPL(add_interrupt_randomness);

/* --- Set-up ----------------------------------------------------------------------------------- */

/* Ask the CPU for a key's worth; the bits that it gave. */
static size_t __init mix_cpu_randomness(void)
{
	unsigned long words[BLAKE2S_BLOCK_SIZE / sizeof(long)];
	size_t have = 0, got;

	while (have < ARRAY_SIZE(words)) {
		got = arch_get_random_seed_longs(words + have, ARRAY_SIZE(words) - have);
		if (!got)
			got = arch_get_random_longs(words + have, ARRAY_SIZE(words) - have);
		if (!got)
			break;
		have += got;
	}
	mix_pool_bytes(words, have * sizeof(long));
	return have * BITS_PER_LONG;
}

/** random_init() - when time is known; interrupts are off */
void __init random_init(void)
{
	u64 now = ktime_get_real_ns();

	mix_pool_bytes(&now, sizeof(now));
	add_device_randomness(saved_command_line, saved_command_line_len);
	credit_init_bits(mix_cpu_randomness());
}

/** random_prepare_cpu() - a CPU comes up: it must not use a key from its last life */
int random_prepare_cpu(unsigned int cpu)
{
	per_cpu_ptr(&crngs, cpu)->generation = ULONG_MAX;
	return 0;
}
