// SPDX-License-Identifier: MIT
/*
 * Managed resources: in which order and when they are released, and what belongs to a group.
 *
 * Each resource here is a letter; releasing it appends the letter to a log, so that an expectation
 * is a word.
 */

#include <kunit/device.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>

#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/percpu.h>
#include <linux/report.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/string_helpers.h>

struct letters {
	struct device *dev;
	char log[32];
};

struct letter {
	struct letters *l;
	char c;
};

static void letter_release(struct device *dev, void *res)
{
	struct letter *r = res;

	(void)dev;
	r->l->log[strlen(r->l->log)] = r->c;
}

static int letter_match(struct device *dev, void *res, void *match_data)
{
	(void)dev;
	return ((struct letter *)res)->c == *(char *)match_data;
}

static struct letter *make(struct kunit *test, char c)
{
	struct letter *r = devres_alloc(letter_release, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, r);
	r->l = test->priv;
	r->c = c;
	return r;
}

static void add(struct kunit *test, const char *word)
{
	struct letters *l = test->priv;

	for (; *word; word++)
		devres_add(l->dev, make(test, *word));
}

static int devres_test_init(struct kunit *test)
{
	struct letters *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);

	if (!l)
		return -ENOMEM;
	test->priv = l;
	l->dev = kunit_device_register(test, "devres-test");
	return PTR_ERR_OR_ZERO(l->dev);
}

/* What is left, when the device goes. */
static const char *rest(struct kunit *test)
{
	struct letters *l = test->priv;

	memset(l->log, 0, sizeof(l->log));
	kunit_device_unregister(test, l->dev);
	return l->log;
}

/* ---- resources ---- */

static void memory_of_a_resource_is_zeroed(struct kunit *test)
{
	u8 *res = devres_alloc(letter_release, 100, GFP_KERNEL);
	size_t huge = SIZE_MAX - 8;

	KUNIT_ASSERT_NOT_NULL(test, res);
	KUNIT_EXPECT_NULL(test, memchr_inv(res, 0, 100));
	KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)res, sizeof(unsigned long long)));
	devres_free(res);
	devres_free(NULL);
	OPTIMIZER_HIDE_VAR(huge);
	KUNIT_EXPECT_NULL(test, devres_alloc(letter_release, huge, GFP_KERNEL));
}

static void the_last_added_is_released_first(struct kunit *test)
{
	add(test, "abc");
	KUNIT_EXPECT_STREQ(test, rest(test), "cba");
}

static void a_lost_driver_releases_all(struct kunit *test)
{
	struct letters *l = test->priv;

	add(test, "abc");
	device_release_driver(l->dev);
	KUNIT_EXPECT_STREQ(test, l->log, "cba");
	KUNIT_EXPECT_STREQ(test, rest(test), "");
}

static void find_takes_the_newest_that_matches(struct kunit *test)
{
	struct letters *l = test->priv;
	struct letter *r;

	add(test, "aba");
	r = devres_find(l->dev, letter_release, letter_match, "a");
	KUNIT_ASSERT_NOT_NULL(test, r);
	r->c = 'x';
	KUNIT_EXPECT_EQ(test, ((struct letter *)devres_find(l->dev, letter_release, NULL, NULL))->c,
			'x');
	KUNIT_EXPECT_NULL(test, devres_find(l->dev, letter_release, letter_match, "z"));
	KUNIT_EXPECT_STREQ(test, rest(test), "xba");
}

static void get_adds_only_what_is_not_there(struct kunit *test)
{
	struct letters *l = test->priv;
	struct letter *a = make(test, 'a'), *other = make(test, 'b');

	KUNIT_EXPECT_PTR_EQ(test, devres_get(l->dev, a, letter_match, "a"), (void *)a);
	KUNIT_EXPECT_PTR_EQ(test, devres_get(l->dev, other, letter_match, "b"), (void *)other);
	KUNIT_EXPECT_PTR_EQ(test, devres_get(l->dev, make(test, 'a'), letter_match, "a"),
			    (void *)a);
	KUNIT_EXPECT_STREQ(test, rest(test), "ba");
}

static void remove_gives_the_resource_back(struct kunit *test)
{
	struct letters *l = test->priv;
	struct letter *r;

	add(test, "ab");
	r = devres_remove(l->dev, letter_release, letter_match, "a");
	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_EXPECT_EQ(test, r->c, 'a');
	devres_free(r);
	KUNIT_EXPECT_NULL(test, devres_remove(l->dev, letter_release, letter_match, "a"));
	KUNIT_EXPECT_STREQ(test, rest(test), "b");
}

static void destroy_does_not_release_and_release_does(struct kunit *test)
{
	struct letters *l = test->priv;

	add(test, "ab");
	KUNIT_EXPECT_EQ(test, devres_destroy(l->dev, letter_release, letter_match, "a"), 0);
	KUNIT_EXPECT_EQ(test, devres_destroy(l->dev, letter_release, letter_match, "a"), -ENOENT);
	KUNIT_EXPECT_STREQ(test, l->log, "");
	KUNIT_EXPECT_EQ(test, devres_release(l->dev, letter_release, letter_match, "b"), 0);
	KUNIT_EXPECT_EQ(test, devres_release(l->dev, letter_release, letter_match, "b"), -ENOENT);
	KUNIT_EXPECT_STREQ(test, l->log, "b");
	KUNIT_EXPECT_STREQ(test, rest(test), "");
}

static void note_letter(struct device *dev, void *res, void *data)
{
	char *word = data;

	(void)dev;
	word[strlen(word)] = ((struct letter *)res)->c;
}

static void each_resource_of_a_kind_is_met(struct kunit *test)
{
	struct letters *l = test->priv;
	char word[8] = "";

	add(test, "ab");
	KUNIT_ASSERT_NOT_NULL(test, devm_kmalloc(l->dev, 8, GFP_KERNEL));
	add(test, "a");
	devres_for_each_res(l->dev, letter_release, NULL, NULL, note_letter, word);
	KUNIT_EXPECT_STREQ(test, word, "aba");
	memset(word, 0, sizeof(word));
	devres_for_each_res(l->dev, letter_release, letter_match, "b", note_letter, word);
	KUNIT_EXPECT_STREQ(test, word, "b");
	KUNIT_EXPECT_STREQ(test, rest(test), "aba");
}

/* A release function that takes away another one, older than itself. */
static void release_older(struct device *dev, void *res)
{
	struct letter *r = res;

	KUNIT_EXPECT_NULL(kunit_get_current_test(),
			  devres_find(dev, letter_release, letter_match, "a"));
	letter_release(dev, r);
}

static void nobody_finds_what_is_about_to_go(struct kunit *test)
{
	struct letters *l = test->priv;
	struct letter *r = devres_alloc(release_older, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, r);
	r->l = l;
	r->c = 'b';
	add(test, "a");
	devres_add(l->dev, r);
	KUNIT_EXPECT_STREQ(test, rest(test), "ba");
}

/* ---- groups ---- */

static void *open(struct kunit *test, void *id)
{
	struct letters *l = test->priv;

	id = devres_open_group(l->dev, id, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, id);
	return id;
}

static void a_group_is_released_alone(struct kunit *test)
{
	struct letters *l = test->priv;
	void *g;

	add(test, "a");
	g = open(test, NULL);
	add(test, "bc");
	devres_close_group(l->dev, g);
	add(test, "d");
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, g), 2);
	KUNIT_EXPECT_STREQ(test, l->log, "cb");
	KUNIT_EXPECT_STREQ(test, rest(test), "da");
}

static void an_open_group_reaches_to_the_end(struct kunit *test)
{
	struct letters *l = test->priv;

	add(test, "a");
	open(test, NULL);
	add(test, "bcd");
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, NULL), 3);
	KUNIT_EXPECT_STREQ(test, l->log, "dcb");
	KUNIT_EXPECT_STREQ(test, rest(test), "a");
}

static void a_group_keeps_the_id_it_was_given(struct kunit *test)
{
	struct letters *l = test->priv;

	KUNIT_EXPECT_PTR_EQ(test, open(test, l), (void *)l);
	add(test, "a");
	devres_close_group(l->dev, l);
	open(test, NULL);
	add(test, "b");
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, l), 1);
	KUNIT_EXPECT_STREQ(test, l->log, "a");
	KUNIT_EXPECT_STREQ(test, rest(test), "b");
}

static void of_several_groups_of_one_id_the_newest_is_meant(struct kunit *test)
{
	struct letters *l = test->priv;

	open(test, l);
	add(test, "a");
	devres_close_group(l->dev, l);
	open(test, l);
	add(test, "b");
	devres_close_group(l->dev, l);
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, l), 1);
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, l), 1);
	KUNIT_EXPECT_STREQ(test, l->log, "ba");
}

static void groups_within_go_too(struct kunit *test)
{
	struct letters *l = test->priv;
	void *outer = open(test, NULL), *inner;

	add(test, "a");
	inner = open(test, NULL);
	add(test, "b");
	devres_close_group(l->dev, inner);
	open(test, NULL);	/* never closed */
	add(test, "c");
	devres_close_group(l->dev, outer);
	add(test, "d");
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, outer), 3);
	KUNIT_EXPECT_STREQ(test, l->log, "cba");
	/* No group is left, open or closed. */
	kunit_expect_report(test, REPORT_WARN);
	devres_close_group(l->dev, NULL);
	kunit_expect_report(test, REPORT_WARN);
	devres_close_group(l->dev, inner);
	KUNIT_EXPECT_STREQ(test, rest(test), "d");
}

/* [1 a [2 b 1] c 2]: what is in both goes with the first; the second's brackets stay. */
static void groups_that_overlap_keep_their_brackets(struct kunit *test)
{
	struct letters *l = test->priv;
	void *first = open(test, NULL), *second;

	add(test, "a");
	second = open(test, NULL);
	add(test, "b");
	devres_close_group(l->dev, first);
	add(test, "c");
	devres_close_group(l->dev, second);
	add(test, "d");
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, first), 2);
	KUNIT_EXPECT_STREQ(test, l->log, "ba");
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, second), 1);
	KUNIT_EXPECT_STREQ(test, l->log, "bac");
	KUNIT_EXPECT_STREQ(test, rest(test), "d");
}

static void a_removed_group_leaves_its_resources(struct kunit *test)
{
	struct letters *l = test->priv;

	open(test, l);
	add(test, "ab");
	devres_remove_group(l->dev, NULL);
	KUNIT_EXPECT_STREQ(test, l->log, "");
	kunit_expect_report(test, REPORT_WARN);
	devres_remove_group(l->dev, l);
	KUNIT_EXPECT_STREQ(test, rest(test), "ba");
}

static void a_group_that_went_with_all_is_no_fault(struct kunit *test)
{
	struct letters *l = test->priv;

	open(test, l);
	add(test, "a");
	device_release_driver(l->dev);
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, l), 0);
}

/* ---- actions ---- */

static void count_up(void *data)
{
	(*(int *)data)++;
}

static void an_action_is_done_when_the_device_goes(struct kunit *test)
{
	struct letters *l = test->priv;
	int done = 0;

	KUNIT_EXPECT_EQ(test, devm_add_action(l->dev, count_up, &done), 0);
	KUNIT_EXPECT_EQ(test, devm_add_action_or_reset(l->dev, count_up, &done), 0);
	KUNIT_EXPECT_EQ(test, done, 0);
	rest(test);
	KUNIT_EXPECT_EQ(test, done, 2);
}

static void an_action_can_be_removed_and_done_early(struct kunit *test)
{
	struct letters *l = test->priv;
	int done = 0, other = 0;

	KUNIT_EXPECT_EQ(test, devm_add_action(l->dev, count_up, &done), 0);
	KUNIT_EXPECT_EQ(test, devm_add_action(l->dev, count_up, &other), 0);
	KUNIT_EXPECT_EQ(test, devm_add_action(l->dev, count_up, &done), 0);
	devm_release_action(l->dev, count_up, &done);
	KUNIT_EXPECT_EQ(test, done, 1);
	devm_remove_action(l->dev, count_up, &done);
	KUNIT_EXPECT_EQ(test, done, 1);
	KUNIT_EXPECT_EQ(test, devm_remove_action_nowarn(l->dev, count_up, &done), -ENOENT);
	kunit_expect_report(test, REPORT_WARN);
	devm_remove_action(l->dev, count_up, &done);
	kunit_expect_report(test, REPORT_WARN);
	devm_release_action(l->dev, count_up, &done);
	rest(test);
	KUNIT_EXPECT_EQ(test, done, 1);
	KUNIT_EXPECT_EQ(test, other, 1);
}

/* ---- memory ---- */

static void memory_can_be_had_in_all_forms(struct kunit *test)
{
	struct letters *l = test->priv;
	u8 *zero = devm_kzalloc(l->dev, 33, GFP_KERNEL);
	u16 *array = devm_kcalloc(l->dev, 5, sizeof(*array), GFP_KERNEL);
	size_t huge = SIZE_MAX;

	KUNIT_ASSERT_NOT_NULL(test, zero);
	KUNIT_ASSERT_NOT_NULL(test, array);
	KUNIT_EXPECT_NULL(test, memchr_inv(zero, 0, 33));
	KUNIT_EXPECT_NULL(test, memchr_inv(array, 0, 10));
	KUNIT_EXPECT_PTR_EQ(test, devm_kmalloc(l->dev, 0, GFP_KERNEL), ZERO_SIZE_PTR);
	KUNIT_EXPECT_NULL(test, devm_kmalloc_array(l->dev, SIZE_MAX, 2, GFP_KERNEL));
	OPTIMIZER_HIDE_VAR(huge);
	KUNIT_EXPECT_NULL(test, devm_kmalloc(l->dev, huge, GFP_KERNEL));
	devm_kfree(l->dev, array);
	devm_kfree(l->dev, NULL);
	devm_kfree(l->dev, ZERO_SIZE_PTR);
	kunit_expect_report(test, REPORT_WARN);
	devm_kfree(l->dev, array);
}

static void a_resized_block_keeps_contents_and_place(struct kunit *test)
{
	struct letters *l = test->priv;
	u8 *p = devm_krealloc(l->dev, NULL, 8, GFP_KERNEL), *more;

	KUNIT_ASSERT_NOT_NULL(test, p);
	memset(p, 'p', 8);
	open(test, NULL);
	more = devm_krealloc(l->dev, p, 5000, GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, more);
	KUNIT_EXPECT_NULL(test, memchr_inv(more, 'p', 8));
	KUNIT_EXPECT_NULL(test, memchr_inv(more + 8, 0, 4992));
	/* It has its old place: before the group. */
	KUNIT_EXPECT_EQ(test, devres_release_group(l->dev, NULL), 0);
	KUNIT_EXPECT_PTR_EQ(test, devm_krealloc(l->dev, more, 20, GFP_KERNEL), (void *)more);
	KUNIT_EXPECT_PTR_EQ(test, devm_krealloc(l->dev, more, 0, GFP_KERNEL), ZERO_SIZE_PTR);
	KUNIT_EXPECT_PTR_EQ(test, devm_krealloc(l->dev, ZERO_SIZE_PTR, 0, GFP_KERNEL),
			    ZERO_SIZE_PTR);
}

static void what_is_not_the_devices_is_not_resized(struct kunit *test)
{
	struct letters *l = test->priv;
	u64 *own = kunit_kzalloc(test, 64, GFP_KERNEL);
	void *p = devm_kmalloc(l->dev, 8, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, own);
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_NULL(test, devm_krealloc(l->dev, own, 99, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, devm_krealloc_array(l->dev, p, SIZE_MAX, 2, GFP_KERNEL));
	KUNIT_EXPECT_PTR_EQ(test, devm_krealloc_array(l->dev, p, 2, 4, GFP_KERNEL), p);
}

static void strings_are_copied_and_made(struct kunit *test)
{
	struct letters *l = test->priv;
	static const char constant[] = "constant";
	char word[] = "word", *s;

	s = devm_kstrdup(l->dev, word, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, s);
	KUNIT_EXPECT_STREQ(test, s, "word");
	KUNIT_EXPECT_PTR_NE(test, s, (char *)word);
	KUNIT_EXPECT_NULL(test, devm_kstrdup(l->dev, NULL, GFP_KERNEL));
	KUNIT_EXPECT_PTR_EQ(test, devm_kstrdup_const(l->dev, constant, GFP_KERNEL), &constant[0]);
	KUNIT_EXPECT_PTR_NE(test, devm_kstrdup_const(l->dev, word, GFP_KERNEL),
			    (const char *)word);
	devm_kfree(l->dev, constant);
	s = devm_kasprintf(l->dev, GFP_KERNEL, "%s-%d", word, 42);
	KUNIT_ASSERT_NOT_NULL(test, s);
	KUNIT_EXPECT_STREQ(test, s, "word-42");
	s = devm_kmemdup(l->dev, word, sizeof(word), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, s);
	KUNIT_EXPECT_STREQ(test, s, "word");
	devm_kfree(l->dev, s);
}

static void numbered_names_go_too(struct kunit *test)
{
	struct letters *l = test->priv;
	char **names = devm_kasprintf_strarray(l->dev, "port", 3);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, names);
	KUNIT_EXPECT_STREQ(test, names[0], "port-0");
	KUNIT_EXPECT_STREQ(test, names[2], "port-2");
}

static void pages_and_per_cpu_memory_go_too(struct kunit *test)
{
	struct letters *l = test->priv;
	unsigned long addr = devm_get_free_pages(l->dev, GFP_KERNEL | __GFP_ZERO, 1);
	int __percpu *counters = devm_alloc_percpu(l->dev, int);

	KUNIT_ASSERT_NE(test, addr, 0);
	KUNIT_ASSERT_NOT_NULL(test, (__force void *)counters);
	KUNIT_EXPECT_NULL(test, memchr_inv((void *)addr, 0, 2 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, *per_cpu_ptr(counters, 0), 0);
	devm_free_pages(l->dev, addr);
	devm_free_percpu(l->dev, counters);
	kunit_expect_report(test, REPORT_WARN);
	devm_free_pages(l->dev, addr);
	kunit_expect_report(test, REPORT_WARN);
	devm_free_percpu(l->dev, counters);
	/* These two are left to the device; the suite's balance tells if they aren't freed. */
	KUNIT_EXPECT_NE(test, devm_get_free_pages(l->dev, GFP_KERNEL, 0), 0);
	KUNIT_EXPECT_NOT_NULL(test, (__force void *)devm_alloc_percpu(l->dev, u64));
}

static void bitmaps_go_too(struct kunit *test)
{
	struct letters *l = test->priv;
	unsigned long *zero = devm_bitmap_zalloc(l->dev, 100, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, zero);
	KUNIT_EXPECT_TRUE(test, bitmap_empty(zero, 100));
	KUNIT_EXPECT_NOT_NULL(test, devm_bitmap_alloc(l->dev, 100, GFP_KERNEL));
}

static struct kunit_case devres_cases[] = {
	KUNIT_CASE(memory_of_a_resource_is_zeroed),
	KUNIT_CASE(the_last_added_is_released_first),
	KUNIT_CASE(a_lost_driver_releases_all),
	KUNIT_CASE(find_takes_the_newest_that_matches),
	KUNIT_CASE(get_adds_only_what_is_not_there),
	KUNIT_CASE(remove_gives_the_resource_back),
	KUNIT_CASE(destroy_does_not_release_and_release_does),
	KUNIT_CASE(each_resource_of_a_kind_is_met),
	KUNIT_CASE(nobody_finds_what_is_about_to_go),
	KUNIT_CASE(a_group_is_released_alone),
	KUNIT_CASE(an_open_group_reaches_to_the_end),
	KUNIT_CASE(a_group_keeps_the_id_it_was_given),
	KUNIT_CASE(of_several_groups_of_one_id_the_newest_is_meant),
	KUNIT_CASE(groups_within_go_too),
	KUNIT_CASE(groups_that_overlap_keep_their_brackets),
	KUNIT_CASE(a_removed_group_leaves_its_resources),
	KUNIT_CASE(a_group_that_went_with_all_is_no_fault),
	KUNIT_CASE(an_action_is_done_when_the_device_goes),
	KUNIT_CASE(an_action_can_be_removed_and_done_early),
	KUNIT_CASE(memory_can_be_had_in_all_forms),
	KUNIT_CASE(a_resized_block_keeps_contents_and_place),
	KUNIT_CASE(what_is_not_the_devices_is_not_resized),
	KUNIT_CASE(strings_are_copied_and_made),
	KUNIT_CASE(numbered_names_go_too),
	KUNIT_CASE(pages_and_per_cpu_memory_go_too),
	KUNIT_CASE(bitmaps_go_too),
	{}
};

static struct kunit_suite devres_suite = {
	.name = "devres",
	.init = devres_test_init,
	.test_cases = devres_cases,
};
kunit_test_suite(devres_suite);
