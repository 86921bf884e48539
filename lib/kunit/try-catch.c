// SPDX-License-Identifier: MIT
/*
 * Running a function that may fault, sleep for ever or leave from any depth.
 *
 *	caller				thread
 *	------				------
 *	create it, result := -EINTR
 *	wake it, wait for its end	try(context)
 *					either: result := 0, return
 *					or: throw: result := -EFAULT, exit
 *					or: fault: the oops code ends the thread
 *	its end is completed  <-------	exit
 *	result 0 or not? catch(context)
 *
 * The wait is for the thread's end, not for its last line, so that nothing of
 * it runs when the caller goes on. If the time is over first, the thread is
 * left behind, asleep or spinning: it can't be killed safely while it holds
 * who knows what. The case fails and says so.
 */

#include <kunit/try-catch.h>
#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

/* Emulated machines are slow, some instruments ten times slower still. */
static unsigned int kunit_timeout_seconds = 240;
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "kunit."
module_param_named(timeout, kunit_timeout_seconds, uint, 0644);
MODULE_PARM_DESC(timeout, "Seconds that one case may take");

/**
 * kunit_try_catch_init() - set up a run
 * @try_catch: the run
 * @test: the test on whose behalf it is
 * @try: what to run
 * @catch: what to run if that failed; may be NULL
 */
void kunit_try_catch_init(struct kunit_try_catch *try_catch, struct kunit *test,
			  kunit_try_catch_func_t try, kunit_try_catch_func_t catch)
{
	try_catch->test = test;
	try_catch->try = try;
	try_catch->catch = catch;
	try_catch->timeout = kunit_timeout_seconds * HZ;
}

/**
 * kunit_try_catch_throw() - end the run, as failed
 * @try_catch: the run; the caller is its thread
 */
void __noreturn kunit_try_catch_throw(struct kunit_try_catch *try_catch)
{
	try_catch->try_result = -EFAULT;
	kthread_exit(0);
}

static int run_try(void *data)
{
	struct kunit_try_catch *try_catch = data;

	current->kunit_test = try_catch->test;
	try_catch->try(try_catch->context);
	if (try_catch->try_result == -EINTR)
		try_catch->try_result = 0;
	return 0;
}

static void say_result(struct kunit_try_catch *try_catch)
{
	struct kunit *test = try_catch->test;

	switch (try_catch->try_result) {
	case -EFAULT:	/* who threw has said why */
		break;
	case -EINTR:
		if (test->last_seen.file)
			kunit_err(test, "the test died; last seen at %s:%d",
				  test->last_seen.file, test->last_seen.line);
		else
			kunit_err(test, "the test died");
		break;
	case -ETIMEDOUT:
		kunit_err(test, "the test was not over in time; its thread is left behind");
		break;
	default:
		kunit_err(test, "the test could not be run: error %d", try_catch->try_result);
	}
}

/**
 * kunit_try_catch_run() - run the function, and catch if it fails
 * @try_catch: from kunit_try_catch_init()
 * @context: argument of both functions
 *
 * Context: Process context, sleeps.
 */
void kunit_try_catch_run(struct kunit_try_catch *try_catch, void *context)
{
	struct task_struct *thread;

	try_catch->context = context;
	try_catch->try_result = -EINTR;
	thread = kthread_create(run_try, try_catch, "kunit_try_catch");
	if (IS_ERR(thread)) {
		try_catch->try_result = PTR_ERR(thread);
	} else {
		get_task_struct(thread);
		/* Completed by the thread's exit, whatever led to it. */
		try_catch->try_completion = thread->vfork_done;
		wake_up_process(thread);
		if (!wait_for_completion_timeout(try_catch->try_completion,
						 try_catch->timeout))
			try_catch->try_result = -ETIMEDOUT;
		put_task_struct(thread);
	}
	if (!try_catch->try_result)
		return;
	if (try_catch->test)
		say_result(try_catch);
	if (try_catch->catch)
		try_catch->catch(try_catch->context);
}
