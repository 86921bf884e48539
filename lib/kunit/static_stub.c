// SPDX-License-Identifier: MIT
/*
 * Static stubs: the table is the test's resource list, so that a stub ends with
 * its test. A call of a stubbable function outside any test pays one test of
 * current->kunit_test; see KUNIT_STATIC_STUB_REDIRECT().
 */

#include <kunit/static_stub.h>
#include <kunit/test.h>

struct stub {
	void *real;
	void *replacement;
};

static void stub_free(struct kunit_resource *res)
{
	kfree(res->data);
}

static bool stub_match(struct kunit *test, struct kunit_resource *res, void *real)
{
	return res->free == stub_free && ((struct stub *)res->data)->real == real;
}

/**
 * __kunit_get_static_stub_address() - what stands for a function in a test
 * @test: the running one
 * @real_fn_addr: the function
 *
 * Return: the replacement; NULL: the function itself.
 */
void *__kunit_get_static_stub_address(struct kunit *test, void *real_fn_addr)
{
	struct kunit_resource *res = kunit_find_resource(test, stub_match, real_fn_addr);
	void *replacement;

	if (!res)
		return NULL;
	replacement = ((struct stub *)res->data)->replacement;
	kunit_put_resource(res);
	return replacement;
}

/**
 * kunit_deactivate_static_stub() - calls go to the real function again
 * @test: the test
 * @real_fn_addr: the function
 */
void kunit_deactivate_static_stub(struct kunit *test, void *real_fn_addr)
{
	KUNIT_EXPECT_EQ(test, kunit_destroy_resource(test, stub_match, real_fn_addr), 0);
}

/**
 * __kunit_activate_static_stub() - let calls of a function go to another until the test ends
 * @test: the running one
 * @real_fn_addr: a function that begins with KUNIT_STATIC_STUB_REDIRECT()
 * @replacement_addr: of the same type; NULL ends the redirection
 *
 * Context: may sleep. Without memory the test fails and ends.
 */
void __kunit_activate_static_stub(struct kunit *test, void *real_fn_addr, void *replacement_addr)
{
	struct kunit_resource *res;
	struct stub *stub;

	if (!replacement_addr) {
		kunit_deactivate_static_stub(test, real_fn_addr);
		return;
	}
	res = kunit_find_resource(test, stub_match, real_fn_addr);
	if (res) {
		((struct stub *)res->data)->replacement = replacement_addr;
		kunit_put_resource(res);
		return;
	}
	stub = kmalloc(sizeof(*stub), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, stub);
	stub->real = real_fn_addr;
	stub->replacement = replacement_addr;
	if (!kunit_alloc_resource(test, NULL, stub_free, GFP_KERNEL, stub)) {
		kfree(stub);
		KUNIT_FAIL_AND_ABORT(test, "no memory for a stub");
	}
}
