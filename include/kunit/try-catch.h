/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_TRY_CATCH_H
#define _KUNIT_TRY_CATCH_H

/*
 * Run a function so that it can be left from any depth, and so that a fault, an
 * endless sleep or an exit in it costs the caller nothing but an error.
 *
 * C has no exceptions. A kernel thread has something close: it can exit from
 * wherever it is. So @try runs in a thread of its own, throwing is exiting, and
 * the caller waits for the thread's end. A faulting thread is ended by the oops
 * code and looks the same, but for the flag that says it came to its own end.
 */
#include <linux/types.h>

typedef void (*kunit_try_catch_func_t)(void *context);

struct kunit;
struct completion;

/**
 * struct kunit_try_catch - one such run
 * @test: the test on whose behalf it runs
 * @try_completion: unused by users; the end of the thread
 * @try_result: 0; -EFAULT thrown; -EINTR the thread died before its end;
 *	-ETIMEDOUT it was not over in time; else why no thread could be made
 * @timeout: jiffies until -ETIMEDOUT; kunit_try_catch_init() sets the default
 * @try: runs in the new thread
 * @catch: runs in the caller's, if @try_result is not 0
 * @context: argument of both
 */
struct kunit_try_catch {
	/* private: internal use only. */
	struct kunit *test;
	struct completion *try_completion;
	int try_result;
	unsigned long timeout;
	kunit_try_catch_func_t try;
	kunit_try_catch_func_t catch;
	void *context;
};

void kunit_try_catch_init(struct kunit_try_catch *try_catch, struct kunit *test,
			  kunit_try_catch_func_t try, kunit_try_catch_func_t catch);
void kunit_try_catch_run(struct kunit_try_catch *try_catch, void *context);
void __noreturn kunit_try_catch_throw(struct kunit_try_catch *try_catch);

/** kunit_try_catch_get_result() - 0, or how the last kunit_try_catch_run() ended early */
static inline int kunit_try_catch_get_result(struct kunit_try_catch *try_catch)
{
	return try_catch->try_result;
}

#endif /* _KUNIT_TRY_CATCH_H */
