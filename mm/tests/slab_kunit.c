// SPDX-License-Identifier: MIT
/*
 * Slab caches and the kmalloc family: what their documentation promises.
 */

#include <kunit/test.h>
#include <linux/fault-inject.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/report.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "../slab.h"

struct thing {
	u64 id;
	char name[40];
};

/* ---- caches ---- */

static void objects_are_distinct_and_aligned(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_things", sizeof(struct thing), 32, 0, NULL);
	static struct thing *things[200];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	for (i = 0; i < 200; i++) {
		things[i] = kmem_cache_alloc(s, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, things[i]);
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)things[i], 32));
		things[i]->id = i;
		memset(things[i]->name, i, sizeof(things[i]->name));
	}
	for (i = 0; i < 200; i++) {
		KUNIT_EXPECT_EQ(test, things[i]->id, (u64)i);
		KUNIT_EXPECT_NULL(test, memchr_inv(things[i]->name, i, sizeof(things[i]->name)));
		kmem_cache_free(s, things[i]);
	}
	KUNIT_EXPECT_EQ(test, kmem_cache_size(s), (unsigned int)sizeof(struct thing));
	KUNIT_EXPECT_EQ(test, kmem_cache_shrink(s), 0);
	kmem_cache_destroy(s);
}

static void zalloc_zeroes_used_memory(struct kunit *test)
{
	struct kmem_cache *s = KMEM_CACHE(thing, 0);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	for (i = 0; i < 50; i++) {
		struct thing *t = kmem_cache_zalloc(s, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, t);
		KUNIT_EXPECT_NULL(test, memchr_inv(t, 0, sizeof(*t)));
		memset(t, 0xee, sizeof(*t));
		kmem_cache_free(s, t);
	}
	kmem_cache_destroy(s);
}

static unsigned int constructed;

static void construct(void *object)
{
	struct thing *t = object;

	t->id = 0x1234;
	constructed++;
}

static void constructor_runs_once_per_object(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_ctor", sizeof(struct thing), 0, 0,
						 construct);
	struct thing *a, *b;
	unsigned int after_first;

	KUNIT_ASSERT_NOT_NULL(test, s);
	constructed = 0;
	a = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, a);
	after_first = constructed;
	KUNIT_EXPECT_GE(test, after_first, 1U);
	KUNIT_EXPECT_EQ(test, a->id, 0x1234ULL);
	kmem_cache_free(s, a);
	b = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, b);
	/* The state survives free and allocation. */
	KUNIT_EXPECT_EQ(test, b->id, 0x1234ULL);
	KUNIT_EXPECT_EQ(test, constructed, after_first);
	kmem_cache_free(s, b);
	kmem_cache_destroy(s);
}

static void hwcache_align_keeps_objects_in_lines(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_hw", 100, 0, SLAB_HWCACHE_ALIGN, NULL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)p, SMP_CACHE_BYTES));
	kmem_cache_free(s, p);
	kmem_cache_destroy(s);
}

static void create_takes_an_args_struct(struct kunit *test)
{
	struct kmem_cache_args args = { .align = 128, .useroffset = 8, .usersize = 16 };
	struct kmem_cache *s = kmem_cache_create("kunit_args", 64, &args, 0);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)p, 128));
	KUNIT_EXPECT_EQ(test, s->usersize, 16U);
	kmem_cache_free(s, p);
	kmem_cache_destroy(s);
}

static void bad_wishes_are_refused(struct kunit *test)
{
	struct kmem_cache_args args = { .useroffset = 60, .usersize = 16 };

	KUNIT_EXPECT_NULL(test, kmem_cache_create("kunit_bad", 64, 3, 0, NULL));
	KUNIT_EXPECT_NULL(test, kmem_cache_create("kunit_bad", 64, &args, 0));
	KUNIT_EXPECT_NULL(test, kmem_cache_create("kunit_bad", 0, 0, 0, NULL));
}

static void large_objects_work(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_large", 3 * PAGE_SIZE, 0, 0, NULL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_zalloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 1, 3 * PAGE_SIZE);
	kmem_cache_free(s, p);
	kmem_cache_destroy(s);
}

static void bulk_is_all_or_nothing(struct kunit *test)
{
	struct kmem_cache *s = KMEM_CACHE(thing, 0);
	void *objs[64];
	int i, j;

	KUNIT_ASSERT_NOT_NULL(test, s);
	KUNIT_ASSERT_EQ(test, kmem_cache_alloc_bulk(s, GFP_KERNEL, 64, objs), 64);
	for (i = 0; i < 64; i++)
		for (j = 0; j < i; j++)
			KUNIT_ASSERT_PTR_NE(test, objs[i], objs[j]);
	kmem_cache_free_bulk(s, 64, objs);
	KUNIT_EXPECT_EQ(test, kmem_cache_alloc_bulk(s, GFP_KERNEL, 0, objs), 0);
#ifdef CONFIG_FAULT_INJECTION
	kmem_cache_shrink(s);
	fault_attr_arm(&fail_page_alloc, 1, -1, 1);
	i = kmem_cache_alloc_bulk(s, GFP_KERNEL | __GFP_NOWARN, 64, objs);
	fault_attr_disarm(&fail_page_alloc);
	if (i)
		kmem_cache_free_bulk(s, i, objs);
	KUNIT_EXPECT_TRUE(test, i == 0 || i == 64);
#endif
	kmem_cache_destroy(s);
}

static void typesafe_cache_keeps_its_type(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_typesafe", sizeof(struct thing), 0,
						 SLAB_TYPESAFE_BY_RCU, construct);
	struct thing *t;

	KUNIT_ASSERT_NOT_NULL(test, s);
	t = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, t);
	rcu_read_lock();
	kmem_cache_free(s, t);
	KUNIT_EXPECT_EQ(test, READ_ONCE(t->id), 0x1234ULL);
	rcu_read_unlock();
	kmem_cache_destroy(s);
}

static void free_to_the_wrong_cache_is_reported(struct kunit *test)
{
	struct kmem_cache *a = kmem_cache_create("kunit_a", 64, 0, 0, NULL);
	struct kmem_cache *b = kmem_cache_create("kunit_b", 64, 0, 0, NULL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_ASSERT_NOT_NULL(test, b);
	p = kmem_cache_alloc(a, GFP_KERNEL);
	kunit_expect_report(test, REPORT_WARN);
	kmem_cache_free(b, p);
	kmem_cache_free(a, p);
	kmem_cache_destroy(a);
	kmem_cache_destroy(b);
}

static void __maybe_unused destroy_with_objects_left_is_reported(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_leak", 64, 0, SLAB_NO_USER_FLAGS, NULL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p);
	kunit_expect_reports(test, REPORT_SLAB, 2);	/* the objects, and that the cache stays */
	kmem_cache_destroy(s);
	/* It stayed, so that the object can be given back and the cache tried again. */
	kmem_cache_free(s, p);
	s->refcount = 1;
	kmem_cache_destroy(s);
}

static void active_objects_are_counted(struct kunit *test)
{
	struct kmem_cache *s = KMEM_CACHE(thing, 0);
	void *objs[10];

	KUNIT_ASSERT_NOT_NULL(test, s);
	KUNIT_ASSERT_EQ(test, kmem_cache_alloc_bulk(s, GFP_KERNEL, 10, objs), 10);
	kmem_cache_shrink(s);
	KUNIT_EXPECT_EQ(test, kmem_cache_active(s), 10L);
	kmem_cache_free_bulk(s, 10, objs);
	kmem_cache_shrink(s);
	KUNIT_EXPECT_EQ(test, kmem_cache_active(s), 0L);
	kmem_cache_destroy(s);
}

#if !defined(CONFIG_KASAN) && !defined(CONFIG_SLUB_DEBUG_ON)
static void immediate_double_free_is_caught_without_debugging(struct kunit *test)
{
	struct kmem_cache *s = kmem_cache_create("kunit_twice", 64, 0, SLAB_NO_USER_FLAGS, NULL);
	void *p;

	KUNIT_ASSERT_NOT_NULL(test, s);
	kunit_expect_report(test, REPORT_SLAB);
	preempt_disable();
	p = kmem_cache_alloc(s, GFP_ATOMIC);
	kmem_cache_free(s, p);
	kmem_cache_free(s, p);
	preempt_enable();
	kmem_cache_destroy(s);
}
#endif

/* ---- kmalloc ---- */

static void kmalloc_classes_are_as_documented(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(1), (size_t)8);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(64), (size_t)64);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(65), (size_t)96);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(97), (size_t)128);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(129), (size_t)192);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(193), (size_t)256);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(8192), (size_t)8192);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(8193), 4 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, kmalloc_size_roundup(0), (size_t)0);
}

static void kmalloc_gives_what_was_asked_for(struct kunit *test)
{
	size_t size;

	for (size = 1; size <= 64 * 1024; size += size / 7 + 1) {
		u8 *p = kmalloc(size, GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_GE(test, ksize(p), size);
		memset(p, 0x77, size);
		kfree(p);
	}
}

/* Neighbours, so that not each of them begins a page. */
static void kmalloc_aligns_by_what_divides_the_size(struct kunit *test)
{
	size_t size;
	void *p[3];
	int i;

	for (size = 8; size <= 64 * 1024; size += size < 512 ? 8 : size / 16) {
		size_t align = min_t(size_t, 1UL << __ffs(size), PAGE_SIZE);

		for (i = 0; i < 3; i++) {
			p[i] = kmalloc(size, GFP_KERNEL);
			KUNIT_EXPECT_NOT_NULL(test, p[i]);
			KUNIT_EXPECT_TRUE_MSG(test, IS_ALIGNED((unsigned long)p[i], align),
					      "%zu bytes at %px", size, p[i]);
		}
		for (i = 0; i < 3; i++)
			kfree(p[i]);
	}
}

static void zero_size_is_a_pointer_of_its_own(struct kunit *test)
{
	size_t none = 0;
	void *p;

	OPTIMIZER_HIDE_VAR(none);
	p = kmalloc(none, GFP_KERNEL);
	KUNIT_EXPECT_PTR_EQ(test, p, ZERO_SIZE_PTR);
	KUNIT_EXPECT_TRUE(test, ZERO_OR_NULL_PTR(p));
	KUNIT_EXPECT_EQ(test, ksize(p), (size_t)0);
	kfree(p);
	kfree(NULL);
}

static void too_large_a_kmalloc_gives_null(struct kunit *test)
{
	size_t size = KMALLOC_MAX_SIZE + 1;

	OPTIMIZER_HIDE_VAR(size);
	KUNIT_EXPECT_NULL(test, kmalloc(size, GFP_KERNEL | __GFP_NOWARN));
}

static void arrays_that_overflow_are_refused(struct kunit *test)
{
	size_t huge = SIZE_MAX / 2 + 2;

	OPTIMIZER_HIDE_VAR(huge);
	KUNIT_EXPECT_NULL(test, kmalloc_array(huge, 2, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kcalloc(huge, 2, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kvmalloc_array(huge, 2, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, krealloc_array(NULL, huge, 2, GFP_KERNEL));
}

struct tailed {
	u64 head;
	u16 nr;
	u32 tail[];
};

/* The size that a macro asked for, told by an allocator of our own. */
static size_t asked_bytes;
static gfp_t asked_gfp;

static void *note_asked(size_t bytes, gfp_t gfp)
{
	asked_bytes = bytes;
	asked_gfp = gfp;
	return NULL;
}

static void objects_by_type_have_its_size(struct kunit *test)
{
	struct tailed *t = NULL;

	KUNIT_EXPECT_NULL(test, __alloc_objs(note_asked, GFP_NOWAIT, struct tailed, 3));
	KUNIT_EXPECT_EQ(test, asked_bytes, 3 * sizeof(struct tailed));
	KUNIT_EXPECT_EQ(test, asked_gfp, GFP_NOWAIT);
	KUNIT_EXPECT_NULL(test, __alloc_objs(note_asked, GFP_NOWAIT, *t, SIZE_MAX / 2));
	KUNIT_EXPECT_EQ(test, asked_bytes, SIZE_MAX);
	KUNIT_EXPECT_NULL(test, __alloc_flex(note_asked, GFP_NOWAIT, *t, tail, 5));
	KUNIT_EXPECT_EQ(test, asked_bytes, struct_size(t, tail, 5));
	KUNIT_EXPECT_NULL(test, __alloc_flex(note_asked, GFP_NOWAIT, struct tailed, tail,
					     SIZE_MAX / 4));
	KUNIT_EXPECT_EQ(test, asked_bytes, SIZE_MAX);
	KUNIT_EXPECT_EQ(test, __obj_gfp(), GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, __obj_gfp(GFP_ATOMIC), GFP_ATOMIC);
}

static void objects_by_type_need_no_flags(struct kunit *test)
{
	struct tailed *one = kzalloc_obj(*one), *many = kmalloc_objs(struct tailed, 4);
	struct tailed *flex = kvzalloc_flex(*flex, tail, 3, GFP_KERNEL);
	u32 *words = kvmalloc_objs(*words, 5000);
	size_t huge = SIZE_MAX / 2;

	static_assert(__same_type(kmalloc_obj(u16), u16 *));
	static_assert(__same_type(kzalloc_flex(*one, tail, 1), struct tailed *));
	KUNIT_EXPECT_NOT_NULL(test, many);
	KUNIT_EXPECT_NOT_NULL(test, words);
	if (one)
		KUNIT_EXPECT_NULL(test, memchr_inv(one, 0, sizeof(*one)));
	if (flex)
		KUNIT_EXPECT_NULL(test, memchr_inv(flex, 0, struct_size(flex, tail, 3)));
	kfree(one);
	kfree(many);
	kvfree(flex);
	kvfree(words);
	OPTIMIZER_HIDE_VAR(huge);
	KUNIT_EXPECT_NULL(test, kzalloc_objs(u64, huge, GFP_KERNEL | __GFP_NOWARN));
}

static void kzalloc_and_kcalloc_zero(struct kunit *test)
{
	size_t size;

	for (size = 8; size < 40000; size *= 3) {
		void *p = kzalloc(size, GFP_KERNEL), *q;

		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_NULL(test, memchr_inv(p, 0, size));
		memset(p, 0xff, size);
		kfree(p);
		q = kcalloc(size / 8, 8, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, q);
		KUNIT_EXPECT_NULL(test, memchr_inv(q, 0, size / 8 * 8));
		kfree(q);
	}
}

static void krealloc_keeps_content(struct kunit *test)
{
	char *p = kmalloc(10, GFP_KERNEL);
	size_t size;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < 10; i++)
		p[i] = 'a' + i;
	for (size = 11; size < 70000; size *= 2) {
		p = krealloc(p, size, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, p);
		KUNIT_EXPECT_MEMEQ(test, p, "abcdefghij", 10);
	}
	p = krealloc(p, 5, GFP_KERNEL);
	KUNIT_EXPECT_MEMEQ(test, p, "abcde", 5);
	kfree(p);
}

static void krealloc_borders(struct kunit *test)
{
	void *p = krealloc(NULL, 20, GFP_KERNEL), *same;

	KUNIT_ASSERT_NOT_NULL(test, p);
	same = krealloc(p, 30, GFP_KERNEL);	/* both in kmalloc-32 */
	KUNIT_EXPECT_NOT_NULL(test, same);
	KUNIT_EXPECT_PTR_EQ(test, krealloc(same, 0, GFP_KERNEL), ZERO_SIZE_PTR);
}

static void krealloc_failure_leaves_the_old(struct kunit *test)
{
	size_t size = KMALLOC_MAX_SIZE + 1;
	char *p = kmalloc(4, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	p[0] = 7;
	OPTIMIZER_HIDE_VAR(size);
	KUNIT_EXPECT_NULL(test, krealloc(p, size, GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_EQ(test, p[0], 7);
	kfree(p);
}

static void krealloc_zero_clears_what_is_new(struct kunit *test)
{
	u8 *p = kzalloc(100, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 1, 100);
	p = krealloc(p, 20, GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, p);
	p = krealloc(p, 120, GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_EXPECT_NULL(test, memchr_inv(p, 1, 20));
	KUNIT_EXPECT_NULL(test, memchr_inv(p + 20, 0, 100));
	kfree(p);
}

static void kfree_bulk_takes_any_mix(struct kunit *test)
{
	void *p[4];

	p[0] = kmalloc(8, GFP_KERNEL);
	p[1] = kmalloc(1000, GFP_KERNEL);
	p[2] = kmalloc(20000, GFP_KERNEL);
	p[3] = NULL;
	kfree_bulk(4, p);
	KUNIT_SUCCEED(test);
}

static void kfree_sensitive_takes_null(struct kunit *test)
{
	char *p = kmalloc(33, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	strscpy(p, "secret", 33);
	kfree_sensitive(p);
	kfree_sensitive(NULL);
}

static void atomic_kmalloc_works_with_interrupts_off(struct kunit *test)
{
	unsigned long flags;
	void *p;

	local_irq_save(flags);
	p = kmalloc(500, GFP_ATOMIC);
	kfree(p);
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	local_irq_restore(flags);
	KUNIT_EXPECT_NOT_NULL(test, p);
}

static void free_frees_by_scope(struct kunit *test)
{
	char *p __free(kfree) = kmalloc(64, GFP_KERNEL);

	KUNIT_EXPECT_NOT_NULL(test, p);
}

/* ---- kvmalloc and copies ---- */

static void kvmalloc_small_is_slab_large_is_anything(struct kunit *test)
{
	void *small = kvmalloc(100, GFP_KERNEL), *large = kvzalloc(1 << 20, GFP_KERNEL);

	KUNIT_EXPECT_FALSE(test, is_vmalloc_addr(small));
	KUNIT_ASSERT_NOT_NULL(test, large);
	KUNIT_EXPECT_NULL(test, memchr_inv(large, 0, 1 << 20));
	kvfree(small);
	kvfree(large);
	kvfree(NULL);
}

static void kvrealloc_grows_across_kinds(struct kunit *test)
{
	char *p = kvmalloc(100, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	strscpy(p, "still here", 100);
	p = kvrealloc(p, 6 << 20, GFP_KERNEL);
	if (!p)
		kunit_skip(test, "too little memory");
	KUNIT_EXPECT_STREQ(test, p, "still here");
	kvfree(p);
}

static void copies_are_terminated(struct kunit *test)
{
	const char text[] = "hello world";
	char *a = kstrdup(text, GFP_KERNEL), *b = kstrndup(text, 5, GFP_KERNEL);
	char *c = kmemdup_nul(text, 3, GFP_KERNEL);
	void *d = kmemdup(text, sizeof(text), GFP_KERNEL);

	KUNIT_EXPECT_STREQ(test, a, "hello world");
	KUNIT_EXPECT_STREQ(test, b, "hello");
	KUNIT_EXPECT_STREQ(test, c, "hel");
	KUNIT_EXPECT_MEMEQ(test, d, text, sizeof(text));
	KUNIT_EXPECT_NULL(test, kstrdup(NULL, GFP_KERNEL));
	kfree(a);
	kfree(b);
	kfree(c);
	kfree(d);
}

static struct kunit_case slab_cases[] = {
	KUNIT_CASE(objects_are_distinct_and_aligned),
	KUNIT_CASE(zalloc_zeroes_used_memory),
	KUNIT_CASE(constructor_runs_once_per_object),
	KUNIT_CASE(hwcache_align_keeps_objects_in_lines),
	KUNIT_CASE(create_takes_an_args_struct),
	KUNIT_CASE(bad_wishes_are_refused),
	KUNIT_CASE(large_objects_work),
	KUNIT_CASE(bulk_is_all_or_nothing),
	KUNIT_CASE(typesafe_cache_keeps_its_type),
	KUNIT_CASE(free_to_the_wrong_cache_is_reported),
#ifdef CONFIG_SLUB_DEBUG
	KUNIT_CASE(destroy_with_objects_left_is_reported),
#endif
	KUNIT_CASE(active_objects_are_counted),
#if !defined(CONFIG_KASAN) && !defined(CONFIG_SLUB_DEBUG_ON)
	KUNIT_CASE(immediate_double_free_is_caught_without_debugging),
#endif
	{}
};

static struct kunit_suite slab_suite = {
	.name = "slab",
	.test_cases = slab_cases,
};

static struct kunit_case kmalloc_cases[] = {
	KUNIT_CASE(kmalloc_classes_are_as_documented),
	KUNIT_CASE(kmalloc_gives_what_was_asked_for),
	KUNIT_CASE(kmalloc_aligns_by_what_divides_the_size),
	KUNIT_CASE(zero_size_is_a_pointer_of_its_own),
	KUNIT_CASE(too_large_a_kmalloc_gives_null),
	KUNIT_CASE(arrays_that_overflow_are_refused),
	KUNIT_CASE(objects_by_type_have_its_size),
	KUNIT_CASE(objects_by_type_need_no_flags),
	KUNIT_CASE(kzalloc_and_kcalloc_zero),
	KUNIT_CASE(krealloc_keeps_content),
	KUNIT_CASE(krealloc_borders),
	KUNIT_CASE(krealloc_failure_leaves_the_old),
	KUNIT_CASE(krealloc_zero_clears_what_is_new),
	KUNIT_CASE(kfree_bulk_takes_any_mix),
	KUNIT_CASE(kfree_sensitive_takes_null),
	KUNIT_CASE(atomic_kmalloc_works_with_interrupts_off),
	KUNIT_CASE(free_frees_by_scope),
	KUNIT_CASE(kvmalloc_small_is_slab_large_is_anything),
	KUNIT_CASE(kvrealloc_grows_across_kinds),
	KUNIT_CASE(copies_are_terminated),
	{}
};

static struct kunit_suite kmalloc_suite = {
	.name = "kmalloc",
	.test_cases = kmalloc_cases,
};
kunit_test_suites(&slab_suite, &kmalloc_suite);
