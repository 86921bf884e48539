// SPDX-License-Identifier: MIT
/*
 * The rest of the KUnit interface as its documentation shows it: resources step by step, managed
 * memory, attributes, messages, a test known to the code under it.
 */
#include <kunit/resource.h>
#include <kunit/test.h>
#include <kunit/test-bug.h>
#include <kunit/visibility.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

struct api_context {
	struct kunit fake;
	struct kunit_resource res;
	int frees;
	int inits;
};

static int api_init(struct kunit *test)
{
	struct api_context *ctx = kunit_kzalloc(test, sizeof(*ctx), GFP_KERNEL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ctx);
	kunit_init_test(&ctx->fake, "api_fake (failures of it are meant)", NULL);
	test->priv = ctx;
	return 0;
}

static void api_exit(struct kunit *test)
{
	struct api_context *ctx = test->priv;

	kunit_cleanup(&ctx->fake);
}

static int api_resource_init(struct kunit_resource *res, void *context)
{
	struct api_context *ctx = context;

	ctx->inits++;
	res->data = context;
	return 0;
}

static int api_resource_refuse(struct kunit_resource *res, void *context)
{
	return -ENOMEM;
}

static void api_resource_free(struct kunit_resource *res)
{
	struct api_context *ctx = res->data;

	ctx->frees++;
}

/* What is added goes when the test does; without an init, the data is what was given. */
static void api_test_add_resource(struct kunit *test)
{
	struct api_context *ctx = test->priv;
	struct kunit_resource *found;

	KUNIT_ASSERT_EQ(test, kunit_add_resource(&ctx->fake, NULL, api_resource_free, &ctx->res,
						 ctx), 0);
	KUNIT_EXPECT_PTR_EQ(test, ctx->res.data, (void *)ctx);
	found = kunit_find_resource(&ctx->fake, kunit_resource_instance_match, ctx);
	KUNIT_ASSERT_PTR_EQ(test, found, &ctx->res);
	kunit_put_resource(found);
	KUNIT_EXPECT_EQ(test, ctx->frees, 0);
	kunit_cleanup(&ctx->fake);
	KUNIT_EXPECT_EQ(test, ctx->frees, 1);
}

static void api_test_init_and_its_refusal(struct kunit *test)
{
	struct api_context *ctx = test->priv;

	KUNIT_EXPECT_EQ(test, kunit_add_resource(&ctx->fake, api_resource_refuse, NULL, &ctx->res,
						 ctx), -ENOMEM);
	KUNIT_EXPECT_TRUE(test, list_empty(&ctx->fake.resources));
	KUNIT_EXPECT_EQ(test, kunit_add_resource(&ctx->fake, api_resource_init, api_resource_free,
						 &ctx->res, ctx), 0);
	KUNIT_EXPECT_EQ(test, ctx->inits, 1);
	KUNIT_EXPECT_FALSE(test, list_empty(&ctx->fake.resources));
}

/* A resource that was retrieved outlives its removal, until it is put. */
static void api_test_alloc_and_get(struct kunit *test)
{
	struct api_context *ctx = test->priv;
	struct kunit_resource *res;

	res = kunit_alloc_and_get_resource(&ctx->fake, api_resource_init, api_resource_free,
					   GFP_KERNEL, ctx);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, res);
	kunit_remove_resource(&ctx->fake, res);
	KUNIT_EXPECT_TRUE(test, list_empty(&ctx->fake.resources));
	KUNIT_EXPECT_EQ(test, ctx->frees, 0);
	kunit_get_resource(res);
	kunit_put_resource(res);
	KUNIT_EXPECT_EQ(test, ctx->frees, 0);
	kunit_put_resource(res);
	KUNIT_EXPECT_EQ(test, ctx->frees, 1);
}

static void api_test_named_resource(struct kunit *test)
{
	struct api_context *ctx = test->priv;
	struct kunit_resource *found;

	KUNIT_ASSERT_EQ(test, kunit_add_named_resource(&ctx->fake, NULL, api_resource_free,
						       &ctx->res, "api", ctx), 0);
	KUNIT_EXPECT_TRUE(test, kunit_resource_name_match(&ctx->fake, &ctx->res, "api"));
	KUNIT_EXPECT_FALSE(test, kunit_resource_name_match(&ctx->fake, &ctx->res, "other"));
	KUNIT_EXPECT_NULL(test, kunit_find_named_resource(&ctx->fake, "other"));
	found = kunit_find_named_resource(&ctx->fake, "api");
	KUNIT_ASSERT_NOT_NULL(test, found);
	KUNIT_EXPECT_EQ(test, kunit_destroy_named_resource(&ctx->fake, "api"), 0);
	KUNIT_EXPECT_EQ(test, ctx->frees, 0);
	kunit_put_resource(found);
	KUNIT_EXPECT_EQ(test, ctx->frees, 1);
	KUNIT_EXPECT_EQ(test, kunit_destroy_named_resource(&ctx->fake, "api"), -ENOENT);
}

/* The order in which deferred actions ran, newest first. */
static int api_actions[4], api_nr_actions;

static void api_note_action(void *which)
{
	api_actions[api_nr_actions++] = *(int *)which;
}

static void api_test_most_recent_action_is_taken(struct kunit *test)
{
	struct api_context *ctx = test->priv;
	int one = 1, two = 2;

	api_nr_actions = 0;
	KUNIT_ASSERT_EQ(test, kunit_add_action(&ctx->fake, api_note_action, &one), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action(&ctx->fake, api_note_action, &two), 0);
	KUNIT_ASSERT_EQ(test, kunit_add_action(&ctx->fake, api_note_action, &one), 0);
	kunit_remove_action(&ctx->fake, api_note_action, &one);
	KUNIT_EXPECT_EQ(test, api_nr_actions, 0);
	kunit_cleanup(&ctx->fake);
	KUNIT_ASSERT_EQ(test, api_nr_actions, 2);
	KUNIT_EXPECT_EQ(test, api_actions[0], 2);
	KUNIT_EXPECT_EQ(test, api_actions[1], 1);
}

static void api_test_managed_memory(struct kunit *test)
{
	char *zeroes = kunit_kcalloc(test, 8, 16, GFP_KERNEL);
	void *plain = kunit_kmalloc(test, 100, GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, zeroes);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, plain);
	for (i = 0; i < 8 * 16; i++)
		KUNIT_ASSERT_EQ(test, zeroes[i], 0);
	memset(plain, 0x5a, 100);
	kunit_kfree(test, plain);
	kunit_kfree(test, zeroes);
	kunit_kfree(test, NULL);
	KUNIT_EXPECT_NULL(test, kunit_kmalloc_array(test, SIZE_MAX / 2, 4, GFP_KERNEL));
}

static void api_test_managed_strings(struct kunit *test)
{
	static const char constant[] = "constant";
	char local[] = "local";
	const char *kept;
	char *copy;

	copy = kunit_kstrdup(test, constant, GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, copy);
	KUNIT_EXPECT_STREQ(test, copy, constant);
	KUNIT_EXPECT_PTR_NE(test, (const char *)copy, &constant[0]);
	kunit_kfree(test, copy);
	KUNIT_EXPECT_NULL(test, kunit_kstrdup(test, NULL, GFP_KERNEL));

	kept = kunit_kstrdup_const(test, constant, GFP_KERNEL);
	KUNIT_EXPECT_PTR_EQ(test, kept, &constant[0]);
	kunit_kfree_const(test, kept);
	kept = kunit_kstrdup_const(test, local, GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kept);
	KUNIT_EXPECT_PTR_NE(test, kept, (const char *)local);
	KUNIT_EXPECT_STREQ(test, kept, "local");
	kunit_kfree_const(test, kept);
}

/* Code under test may know of its test, and fail it. */
static int api_code_under_test(int value)
{
	if (value < 0)
		kunit_fail_current_test("value is %d", value);
	return kunit_get_current_test() ? value : -1;
}

static void api_test_current_test(struct kunit *test)
{
	struct api_context *ctx = test->priv;

	KUNIT_EXPECT_PTR_EQ(test, kunit_get_current_test(), test);
	KUNIT_EXPECT_EQ(test, api_code_under_test(3), 3);
	current->kunit_test = &ctx->fake;
	api_code_under_test(-5);
	current->kunit_test = test;
	KUNIT_EXPECT_EQ(test, ctx->fake.status, KUNIT_FAILURE);
	current->kunit_test = NULL;
	KUNIT_EXPECT_NULL(test, kunit_get_current_test());
	api_code_under_test(-5);
	current->kunit_test = test;
}

static void api_test_messages(struct kunit *test)
{
	kunit_info(test, "info of %s", test->name);
	kunit_warn(test, "a warning, %d", 1);
	kunit_err(test, "an error, %d", 2);
	kunit_log(KERN_INFO, test, "# a line of its own\n");
	KUNIT_EXPECT_STREQ(test, kunit_status_to_ok_not_ok(KUNIT_SUCCESS), "ok");
	KUNIT_EXPECT_STREQ(test, kunit_status_to_ok_not_ok(KUNIT_SKIPPED), "ok");
	KUNIT_EXPECT_STREQ(test, kunit_status_to_ok_not_ok(KUNIT_FAILURE), "not ok");
}

VISIBLE_IF_KUNIT int api_visible(int x);
VISIBLE_IF_KUNIT int api_visible(int x)
{
	return x * 2;
}
EXPORT_SYMBOL_IF_KUNIT(api_visible);

static void api_test_visible(struct kunit *test)
{
	KUNIT_EXPECT_EQ_MSG(test, api_visible(4), 8, "twice %d", 4);
}

static const int api_numbers[] = { 3, 5, 8 };

static void api_describe(const int *n, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "number %d", *n);
}

KUNIT_ARRAY_PARAM(api_number, api_numbers, api_describe);

static void api_test_params(struct kunit *test)
{
	const int *n = test->param_value;

	KUNIT_EXPECT_EQ(test, *n, api_numbers[test->param_index]);
}

static struct kunit_case api_cases[] = {
	KUNIT_CASE(api_test_add_resource),
	KUNIT_CASE(api_test_init_and_its_refusal),
	KUNIT_CASE(api_test_alloc_and_get),
	KUNIT_CASE(api_test_named_resource),
	KUNIT_CASE(api_test_most_recent_action_is_taken),
	KUNIT_CASE(api_test_managed_memory),
	KUNIT_CASE(api_test_managed_strings),
	KUNIT_CASE(api_test_current_test),
	KUNIT_CASE(api_test_visible),
	KUNIT_CASE_ATTR(api_test_messages, { .speed = KUNIT_SPEED_NORMAL }),
	KUNIT_CASE_PARAM_ATTR(api_test_params, api_number_gen_params,
			      { .speed = KUNIT_SPEED_SLOW }),
	{}
};

static struct kunit_suite api_suite = {
	.name = "extra-api",
	.init = api_init,
	.exit = api_exit,
	.test_cases = api_cases,
	.attr = { .speed = KUNIT_SPEED_NORMAL },
};

kunit_test_suites(&api_suite);

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
MODULE_DESCRIPTION("The KUnit interface as a user of it sees it");
MODULE_LICENSE("GPL");
