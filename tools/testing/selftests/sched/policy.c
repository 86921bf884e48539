// SPDX-License-Identifier: MIT
/* sched_*: policies, priorities, affinity, and who may change them. */

#include <sched.h>
#include <sys/syscall.h>

#include "../kselftest.h"

static void a_new_process_is_normal(void)
{
	struct sched_param p = { .sched_priority = 9 };

	CHECK_EQ(sched_getscheduler(0), SCHED_OTHER);
	CHECK_EQ(sched_getparam(0, &p), 0);
	CHECK_EQ(p.sched_priority, 0);
}

static void root_may_use_real_time(void)
{
	struct sched_param p = { .sched_priority = 3 };

	CHECK_EQ(sched_setscheduler(0, SCHED_RR, &p), 0);
	CHECK_EQ(sched_getscheduler(0), SCHED_RR);
	p.sched_priority = 100;
	CHECK_ERR(sched_setscheduler(0, SCHED_FIFO, &p), EINVAL);
	p.sched_priority = 0;
	CHECK_ERR(sched_setscheduler(0, SCHED_FIFO, &p), EINVAL);
	CHECK_EQ(sched_setscheduler(0, SCHED_OTHER, &p), 0);
}

static void users_may_not(void)
{
	struct sched_param p = { .sched_priority = 3 };

	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(sched_setscheduler(0, SCHED_RR, &p), EPERM);
	p.sched_priority = 0;
	CHECK_EQ(sched_setscheduler(0, SCHED_BATCH, &p), 0);
	CHECK_ERR(sched_setscheduler(1, SCHED_BATCH, &p), EPERM);
}

static void bad_arguments(void)
{
	struct sched_param p = { };

	CHECK_ERR(sched_setscheduler(-1, SCHED_OTHER, &p), EINVAL);
	CHECK_ERR(sched_setscheduler(0, 77, &p), EINVAL);
	CHECK_ERR(sched_setscheduler(0x3fffffff, SCHED_OTHER, &p), ESRCH);
	CHECK_ERR(sched_setscheduler(0, SCHED_OTHER, (void *)8), EFAULT);
	CHECK_ERR(sched_getscheduler(-1), EINVAL);
	CHECK_EQ(sched_get_priority_max(SCHED_FIFO), 99);
	CHECK_EQ(sched_get_priority_min(SCHED_FIFO), 1);
	CHECK_ERR(sched_get_priority_max(77), EINVAL);
}

static void affinity_is_kept(void)
{
	cpu_set_t all, one;

	CHECK_EQ(sched_getaffinity(0, sizeof(all), &all), 0);
	CHECK(CPU_COUNT(&all) >= 1);
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	CHECK_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	CHECK_EQ(sched_getaffinity(0, sizeof(all), &all), 0);
	CHECK(CPU_EQUAL(&all, &one));
	CPU_ZERO(&one);
	CHECK_ERR(sched_setaffinity(0, sizeof(one), &one), EINVAL);
	CHECK_ERR(syscall(SYS_sched_getaffinity, 0, 1, &all), EINVAL);
}

TESTS(
	TEST(a_new_process_is_normal),
	TEST(root_may_use_real_time),
	TEST(users_may_not),
	TEST(bad_arguments),
	TEST(affinity_is_kept),
)
