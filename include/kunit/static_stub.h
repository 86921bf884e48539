/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_STATIC_STUB_H
#define _KUNIT_STATIC_STUB_H

/*
 * Put another function in the place of one, for one test. The function has to
 * allow it, by its first line:
 *
 *	int read_sensor(struct sensor *s)
 *	{
 *		KUNIT_STATIC_STUB_REDIRECT(read_sensor, s);
 *		...
 *
 * and the test says kunit_activate_static_stub(test, read_sensor, fake_read).
 * Only threads of that test see the fake.
 */
#if !IS_ENABLED(CONFIG_KUNIT)
#define KUNIT_STATIC_STUB_REDIRECT(real_fn_name, args...) do {} while (0)
#else
#include <kunit/test.h>
#include <kunit/test-bug.h>
#include <linux/compiler.h>

/**
 * KUNIT_STATIC_STUB_REDIRECT() - first line of a function that tests may replace
 * @real_fn_name: the function itself
 * @args: its arguments
 *
 * Outside of a test it costs a look at current; without CONFIG_KUNIT nothing.
 */
#define KUNIT_STATIC_STUB_REDIRECT(real_fn_name, args...)		\
do {									\
	struct kunit *__stub_test = kunit_get_current_test();		\
	typeof(&real_fn_name) __stub;					\
									\
	if (likely(!__stub_test))					\
		break;							\
	__stub = __kunit_get_static_stub_address(__stub_test, &real_fn_name); \
	if (unlikely(__stub))						\
		return __stub(args);					\
} while (0)

void *__kunit_get_static_stub_address(struct kunit *test, void *real_fn_addr);
void __kunit_activate_static_stub(struct kunit *test, void *real_fn_addr,
				  void *replacement_addr);

/**
 * kunit_activate_static_stub() - calls of a function go to another one until the test ends
 * @test: the running one
 * @real_fn_addr: begins with KUNIT_STATIC_STUB_REDIRECT()
 * @replacement_addr: of the same type, which the compiler checks
 *
 * Context: may sleep; the test fails and ends without memory.
 */
#define kunit_activate_static_stub(test, real_fn_addr, replacement_addr) \
do {									\
	typecheck_fn(typeof(&replacement_addr), real_fn_addr);		\
	__kunit_activate_static_stub(test, real_fn_addr, replacement_addr); \
} while (0)

void kunit_deactivate_static_stub(struct kunit *test, void *real_fn_addr);
#endif

#endif /* _KUNIT_STATIC_STUB_H */
