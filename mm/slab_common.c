// SPDX-License-Identifier: MIT
/*
 * Caches and the kmalloc family: everything about slabs that isn't the allocation itself.
 *
 * kmalloc() rounds a size up to one of the classes 8, 16, 32, 64, 96, 128, 192, 256, ... 8192, each
 * a cache; what is larger comes as a folio from the page allocator. kfree() finds out from the
 * struct page which of the two it was.
 *
 * Coming up: the cache of caches is static and creates itself; per-CPU memory doesn't need slabs.
 *
 * slab_mutex guards the list of caches and their reference counts.
 */

#define pr_fmt(fmt) "slab: " fmt

#include <linux/cpu.h>
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/report.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "internal.h"
#include "slab.h"

LIST_HEAD(slab_caches);
DEFINE_MUTEX(slab_mutex);
struct kmem_cache *kmem_cache;
struct kmem_cache *kmalloc_caches[NR_KMALLOC_CACHES] __ro_after_init;

static struct kmem_cache boot_kmem_cache;
static enum { DOWN, UP } slab_state_now __ro_after_init = DOWN;

/* Large kmalloc() blocks in use: they count as objects in balances. */
static atomic_long_t large_blocks;

/** slab_is_available() - does kmalloc() work yet? */
bool slab_is_available(void)
{
	return slab_state_now == UP;
}

/**
 * kmem_cache_size() - bytes of a cache's objects
 * @s: the cache
 */
unsigned int kmem_cache_size(struct kmem_cache *s)
{
	return s->object_size;
}

/* ---- caches ---- */

static unsigned int calculate_alignment(slab_flags_t flags, unsigned int align, unsigned int size)
{
	if (flags & SLAB_HWCACHE_ALIGN) {
		unsigned int line = SMP_CACHE_BYTES;

		/* A small object gets the fraction of a line that it fits in. */
		while (size <= line / 2)
			line /= 2;
		align = max(align, line);
	}
	align = max_t(unsigned int, align, ARCH_SLAB_MINALIGN);
	return ALIGN(align, sizeof(void *));
}

/* Fill in a zeroed struct kmem_cache and make it usable. */
int kmem_cache_setup(struct kmem_cache *s, const char *name, unsigned int object_size,
		     const struct kmem_cache_args *args, slab_flags_t flags)
{
	s->name = name;
	s->object_size = object_size;
	s->flags = slub_debug_flags(flags, name);
	s->align = calculate_alignment(flags, args->align, object_size);
	s->useroffset = args->useroffset;
	s->usersize = args->usersize;
	s->ctor = args->ctor;
	s->offset = args->use_freeptr_offset ? args->freeptr_offset : 0;
	s->refcount = 1;
	return __kmem_cache_open(s);
}

static const char *args_problem(const char *name, unsigned int size,
				const struct kmem_cache_args *args, slab_flags_t flags)
{
	if (!name || in_interrupt() || size > KMALLOC_MAX_SIZE || !size)
		return "bad name, size or context";
	if (flags & ~SLAB_CREATE_FLAGS)
		return "unknown flags";
	if (args->align && !is_power_of_2(args->align))
		return "alignment is no power of two";
	if (args->useroffset > size || args->usersize > size - args->useroffset)
		return "user region outside of the object";
	if (args->use_freeptr_offset && (!(flags & SLAB_TYPESAFE_BY_RCU) ||
					 args->freeptr_offset > size - sizeof(void *)))
		return "bad place for the link";
	return NULL;
}

static struct kmem_cache *create_cache(const char *name, unsigned int size,
				       const struct kmem_cache_args *args, slab_flags_t flags)
{
	struct kmem_cache *s = kmem_cache_zalloc(kmem_cache, GFP_KERNEL);
	const char *copy = kstrdup(name, GFP_KERNEL);
	int ret = -ENOMEM;

	if (!s || !copy)
		goto err;
	ret = kmem_cache_setup(s, copy, size, args, flags);
	if (ret)
		goto err;
	mutex_lock(&slab_mutex);
	list_add_tail(&s->list, &slab_caches);
	mutex_unlock(&slab_mutex);
	return s;
err:
	kfree(copy);
	if (s)
		kmem_cache_free(kmem_cache, s);
	return ERR_PTR(ret);
}

/**
 * __kmem_cache_create_args() - make a cache
 * @name: for reports and figures; copied
 * @object_size: bytes of an object
 * @args: alignment, constructor, user region
 * @flags: SLAB_*
 *
 * Context: May sleep.
 * Return: the cache; NULL (or panic, with SLAB_PANIC) if there is no memory or @args are wrong.
 */
struct kmem_cache *__kmem_cache_create_args(const char *name, unsigned int object_size,
					    struct kmem_cache_args *args, slab_flags_t flags)
{
	const char *problem = args_problem(name, object_size, args, flags);
	struct kmem_cache *s;

	if (problem)
		pr_err("%s: %s\n", name ? name : "(no name)", problem);
	s = problem ? ERR_PTR(-EINVAL) : create_cache(name, object_size, args, flags);
	if (!IS_ERR(s))
		return s;
	if (flags & SLAB_PANIC)
		panic("%s: Failed to create slab '%s'. Error %ld\n", __func__, name, PTR_ERR(s));
	pr_warn("%s(%s) failed with error %ld\n", __func__, name ? name : "", PTR_ERR(s));
	return NULL;
}

static void report_leak(struct kmem_cache *s, const char *caller)
{
	char what[64];
	enum report_verdict verdict;

	snprintf(what, sizeof(what), "%s still has objects", s->name);
	verdict = report_begin(REPORT_SLAB, what);
	pr_err("kmem_cache_destroy %s: Slab cache still has objects (%ld) when called from %pS\n",
	       s->name, kmem_cache_active(s), caller);
	dump_stack();
	if (verdict == REPORT_REAL)
		add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
}

/**
 * kmem_cache_destroy() - give a cache up
 * @s: the cache, or NULL
 *
 * All objects must be free. If some aren't they are reported and the cache stays, unusable for
 * its owner but harmless: a leak is better than a stray pointer.
 *
 * Context: May sleep.
 */
void kmem_cache_destroy(struct kmem_cache *s)
{
	int busy;

	if (!s)
		return;
	/* Objects may be on their way back by kfree_rcu(). */
	kvfree_rcu_barrier();
	cpus_read_lock();
	mutex_lock(&slab_mutex);
	if (--s->refcount) {
		mutex_unlock(&slab_mutex);
		cpus_read_unlock();
		return;
	}
	busy = __kmem_cache_shutdown(s);
	if (!busy)
		list_del(&s->list);
	mutex_unlock(&slab_mutex);
	cpus_read_unlock();

	if (busy) {
		report_leak(s, __builtin_return_address(0));
		return;
	}
	/* Its slabs may wait for a grace period, and look at the cache when they go. */
	if (s->flags & SLAB_TYPESAFE_BY_RCU)
		rcu_barrier();
	__kmem_cache_release(s);
	kfree(s->name);
	kmem_cache_free(kmem_cache, s);
}

/**
 * kmem_cache_shrink() - free what a cache holds in reserve
 * @s: the cache
 *
 * Context: May sleep.
 * Return: 0 if no slab is left.
 */
int kmem_cache_shrink(struct kmem_cache *s)
{
	return __kmem_cache_shrink(s);
}

/* ---- coming up ---- */

static const struct {
	const char *name;
	unsigned int size;
} kmalloc_info[NR_KMALLOC_CACHES] __initconst = {
	[1] = { "kmalloc-96", 96 },
	[2] = { "kmalloc-192", 192 },
	[3] = { "kmalloc-8", 8 },
	[4] = { "kmalloc-16", 16 },
	[5] = { "kmalloc-32", 32 },
	[6] = { "kmalloc-64", 64 },
	[7] = { "kmalloc-128", 128 },
	[8] = { "kmalloc-256", 256 },
	[9] = { "kmalloc-512", 512 },
	[10] = { "kmalloc-1k", 1024 },
	[11] = { "kmalloc-2k", 2048 },
	[12] = { "kmalloc-4k", 4096 },
	[13] = { "kmalloc-8k", 8192 },
};

static void __init create_kmalloc_cache(unsigned int i)
{
	unsigned int size = kmalloc_info[i].size;
	struct kmem_cache_args args = {
		/* What callers are promised: the largest power of two that divides the size. */
		.align = max_t(unsigned int, 1u << __ffs(size), ARCH_KMALLOC_MINALIGN),
		.usersize = size,
	};
	struct kmem_cache *s = kmem_cache_zalloc(kmem_cache, GFP_NOWAIT);

	if (!s || kmem_cache_setup(s, kmalloc_info[i].name, size, &args, SLAB_KMALLOC))
		panic("slab: no memory for %s\n", kmalloc_info[i].name);
	list_add_tail(&s->list, &slab_caches);
	kmalloc_caches[i] = s;
}

void __init create_kmalloc_caches(void)
{
	unsigned int i;

	for (i = 0; i < NR_KMALLOC_CACHES; i++)
		if (kmalloc_info[i].size)
			create_kmalloc_cache(i);
}

/**
 * kmem_cache_init() - bring slabs up; the page allocator and per-CPU memory work
 *
 * Context: boot.
 */
void __init kmem_cache_init(void)
{
	struct kmem_cache_args args = { .align = SMP_CACHE_BYTES };

	kmem_cache = &boot_kmem_cache;
	if (kmem_cache_setup(kmem_cache, "kmem_cache", sizeof(struct kmem_cache), &args, 0))
		panic("slab: no memory for the cache of caches\n");
	list_add(&kmem_cache->list, &slab_caches);
	create_kmalloc_caches();
	slab_state_now = UP;
}

/**
 * kmem_cache_init_late() - nothing waits for interrupts here; Linux's place in the order of booting
 * is kept
 */
void __init kmem_cache_init_late(void)
{
}

/* ---- kmalloc, the rest of the family ---- */

/**
 * __kmalloc_large_noprof() - kmalloc() of more than a slab object
 * @size: bytes
 * @gfp: how
 *
 * Return: the memory, or NULL.
 */
void *__kmalloc_large_noprof(size_t size, gfp_t gfp)
{
	unsigned int order = get_order(size);
	struct folio *folio;

	if (unlikely(size > KMALLOC_MAX_SIZE)) {
		WARN_ON_ONCE(!(gfp & __GFP_NOWARN));
		return NULL;
	}
	folio = folio_alloc_noprof(gfp, order);
	if (!folio)
		return NULL;
	atomic_long_inc(&large_blocks);
	return kasan_kmalloc_large(folio_address(folio), size, gfp);
}

/** kmalloc_large_free() - kfree() of a block that came straight from the page allocator */
void kmalloc_large_free(struct folio *folio, void *object)
{
	if (WARN_ON_ONCE(folio_order(folio) == 0 || object != folio_address(folio)))
		return;		/* no kmalloc() block is that small */
	atomic_long_dec(&large_blocks);
	kasan_kfree_large(object);
	folio_put(folio);
}

/**
 * __ksize() - bytes of a block that may be used
 * @object: from kmalloc()
 *
 * Return: in a debug cache what was asked for, since a red zone follows; 0 for ZERO_SIZE_PTR.
 */
size_t __ksize(const void *object)
{
	struct folio *folio;

	if (unlikely(object == ZERO_SIZE_PTR))
		return 0;
	folio = virt_to_folio(object);
	if (!folio_test_slab(folio))
		return folio_size(folio);
	/* A debug cache's red zone begins where the request ended. */
	return slub_debug_orig_size(folio_slab(folio)->slab_cache, (void *)object);
}

/**
 * ksize() - bytes that an allocation really has
 * @object: what kmalloc() gave, or NULL
 *
 * What is beyond the size asked for isn't to be used; krealloc() is how to get it.
 *
 * Return: bytes; 0 for NULL and for what was freed, if KASAN knows.
 */
size_t ksize(const void *object)
{
	if (unlikely(ZERO_OR_NULL_PTR(object)) || !kasan_check_byte(object))
		return 0;
	return __ksize(object);
}

/**
 * kmalloc_size_roundup() - the size that kmalloc() would really give
 * @size: bytes asked for
 */
size_t kmalloc_size_roundup(size_t size)
{
	if (!size)
		return 0;
	if (size <= KMALLOC_MAX_CACHE_SIZE)
		return kmalloc_caches[__kmalloc_index(size)]->object_size;
	return size <= KMALLOC_MAX_SIZE ? PAGE_SIZE << get_order(size) : size;
}

static void *krealloc_in_place(void *p, size_t old, size_t new_size, gfp_t gfp)
{
	if (gfp & __GFP_ZERO) {
		kasan_unpoison_range(p, old);
		memset(p + new_size, 0, old - new_size);
	}
	return kasan_krealloc(p, new_size, gfp);
}

/**
 * krealloc_noprof() - change the size of an allocation, keeping its content
 * @p: what kmalloc() gave, NULL: a new allocation
 * @new_size: bytes; 0 frees it and gives ZERO_SIZE_PTR
 * @gfp: how; __GFP_ZERO clears what is new, if all earlier calls for @p had it too
 *
 * Return: the memory, maybe at another address; NULL: no memory, and @p is as it was.
 */
void *krealloc_noprof(const void *p, size_t new_size, gfp_t gfp)
{
	size_t old;
	void *ret;

	if (unlikely(!new_size)) {
		kfree(p);
		return ZERO_SIZE_PTR;
	}
	if (unlikely(ZERO_OR_NULL_PTR(p)))
		return kmalloc_track_caller(new_size, gfp);
	if (!kasan_check_byte(p))
		return NULL;
	old = __ksize(p);
	if (old >= new_size)
		return krealloc_in_place((void *)p, old, new_size, gfp);

	ret = kmalloc_track_caller(new_size, gfp);
	if (!ret)
		return NULL;
	kasan_disable_current();	/* the slack beyond the old request is copied too */
	memcpy(ret, p, old);
	kasan_enable_current();
	kfree(p);
	return ret;
}

/**
 * kfree_sensitive() - free memory that held a secret
 * @p: what kmalloc() gave, or NULL
 */
void kfree_sensitive(const void *p)
{
	size_t size = ksize(p);

	if (size) {
		kasan_unpoison_range(p, size);
		memzero_explicit((void *)p, size);
	}
	kfree(p);
}

/* ---- questions ---- */

/**
 * __check_heap_object() - may so many bytes of a slab object be copied to or from user space?
 * @ptr: first byte
 * @n: bytes
 * @page: first page of its slab
 * @to_user: direction, for the report
 *
 * Doesn't return if they may not: the copy would leak or overwrite a neighbour.
 */
void __check_heap_object(const void *ptr, unsigned long n, const struct page *page, bool to_user)
{
	const struct slab *slab = (const struct slab *)page;
	const struct kmem_cache *s = slab->slab_cache;
	unsigned long offset = (unsigned long)(ptr - slab_address(slab)) % s->size;

	if (offset >= s->red_left_pad) {
		offset -= s->red_left_pad;
		if (offset >= s->useroffset && offset - s->useroffset <= s->usersize &&
		    n <= s->usersize - (offset - s->useroffset))
			return;
	}
	pr_emerg("usercopy: Kernel memory %s attempt detected %s SLUB object '%s' (offset %lu, size %lu)!\n",
		 to_user ? "exposure" : "overwrite", to_user ? "from" : "to", s->name, offset, n);
	BUG();
}

/**
 * kmem_valid_obj() - is an address in a slab?
 * @object: any address
 */
bool kmem_valid_obj(void *object)
{
	return object >= (void *)PAGE_OFFSET && virt_addr_valid(object) && virt_to_slab(object);
}

/**
 * kmem_dump_obj() - print what is known of a slab object
 * @object: any address inside it
 *
 * Return: false if it is none.
 */
bool kmem_dump_obj(void *object)
{
	struct slab *slab;
	struct kmem_cache *s;
	void *start;

	if (!kmem_valid_obj(object))
		return false;
	slab = virt_to_slab(object);
	s = slab->slab_cache;
	start = nearest_obj(s, slab, object);
	pr_cont(" slab %s start %px pointer offset %td size %u\n", s->name, start, object - start,
		s->object_size);
	slub_debug_print_tracking(s, start);
	return true;
}

/**
 * slab_active_objects() - objects in use in all caches, and large kmalloc() blocks; the caches are
 * flushed for it
 *
 * Records of other allocators (SLAB_NOLEAKTRACE) don't count: their number depends on
 * fragmentation.
 *
 * Context: may sleep; takes slab_mutex.
 */
long slab_active_objects(void)
{
	struct kmem_cache *s;
	long sum = atomic_long_read(&large_blocks);

	mutex_lock(&slab_mutex);
	slab_flush_all_caches();
	list_for_each_entry(s, &slab_caches, list)
		if (!(s->flags & SLAB_NOLEAKTRACE))
			sum += kmem_cache_active(s);
	mutex_unlock(&slab_mutex);
	return sum;
}

/**
 * slabinfo_show() - one line per cache, for the monitor; the columns are those of /proc/slabinfo
 *
 * Context: may sleep; takes slab_mutex.
 */
void slabinfo_show(void)
{
	struct kmem_cache *s;

	pr_info("# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : slabdata <num_slabs>\n");
	mutex_lock(&slab_mutex);
	list_for_each_entry(s, &slab_caches, list)
		pr_info("%-17s %6ld %6ld %6u %4lu %4d : slabdata %6ld\n", s->name,
			kmem_cache_active(s), atomic_long_read(&s->node.total_objects), s->size,
			(PAGE_SIZE << s->order) / s->size, 1 << s->order,
			atomic_long_read(&s->node.nr_slabs));
	mutex_unlock(&slab_mutex);
}

static int slabinfo_proc_show(struct seq_file *m, void *v)
{
	struct kmem_cache *s;

	seq_puts(m, "slabinfo - version: 2.1\n"
		 "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>"
		 " : tunables <limit> <batchcount> <sharedfactor>"
		 " : slabdata <active_slabs> <num_slabs> <sharedavail>\n");
	mutex_lock(&slab_mutex);
	list_for_each_entry(s, &slab_caches, list) {
		long slabs = atomic_long_read(&s->node.nr_slabs);

		seq_printf(m, "%-17s %6ld %6ld %6u %4lu %4d : tunables %4u %4u %4u"
			   " : slabdata %6ld %6ld %6u\n", s->name, kmem_cache_active(s),
			   atomic_long_read(&s->node.total_objects), s->size,
			   (PAGE_SIZE << s->order) / s->size, 1 << s->order, 0, 0, 0, slabs, slabs,
			   0);
	}
	mutex_unlock(&slab_mutex);
	return 0;
}

static int __init slabinfo_init(void)
{
	proc_create_single("slabinfo", 0400, NULL, slabinfo_proc_show);
	return 0;
}
fs_initcall(slabinfo_init);
