// SPDX-License-Identifier: MIT
/* prctl, prlimit, priorities, names. */

#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/utsname.h>

#include "../kselftest.h"

static void the_name_is_kept_and_cut(void)
{
	char name[16];

	CHECK_EQ(prctl(PR_SET_NAME, "a name that is too long"), 0);
	CHECK_EQ(prctl(PR_GET_NAME, name), 0);
	CHECK_EQ(strcmp(name, "a name that is "), 0);
	CHECK_ERR(prctl(PR_SET_NAME, 8L), EFAULT);
}

static void dumpable_is_0_or_1(void)
{
	CHECK_EQ(prctl(PR_GET_DUMPABLE), 1);
	CHECK_EQ(prctl(PR_SET_DUMPABLE, 0), 0);
	CHECK_EQ(prctl(PR_GET_DUMPABLE), 0);
	CHECK_ERR(prctl(PR_SET_DUMPABLE, 2), EINVAL);
}

static void pdeathsig_is_kept(void)
{
	int sig = -1;

	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGTERM), 0);
	CHECK_EQ(prctl(PR_GET_PDEATHSIG, &sig), 0);
	CHECK_EQ(sig, SIGTERM);
	CHECK_ERR(prctl(PR_SET_PDEATHSIG, 65), EINVAL);
}

static void no_new_privs_stays(void)
{
	CHECK_EQ(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 0);
	CHECK_ERR(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0), EINVAL);
	CHECK_EQ(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	CHECK_EQ(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 1);
}

static void unknown_options_are_einval(void)
{
	CHECK_ERR(prctl(0x7fff, 0, 0, 0, 0), EINVAL);
}

static void limits_are_read_back(void)
{
	struct rlimit limit = { 100, 200 }, old;

	CHECK_EQ(prlimit(0, RLIMIT_NOFILE, &limit, NULL), 0);
	CHECK_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
	CHECK_EQ(old.rlim_cur, 100);
	CHECK_EQ(old.rlim_max, 200);
	limit.rlim_cur = 300;
	CHECK_ERR(setrlimit(RLIMIT_NOFILE, &limit), EINVAL);
	CHECK_ERR(prlimit(0, 99, NULL, &old), EINVAL);
	CHECK_ERR(prlimit(0x3fffffff, RLIMIT_CPU, NULL, &old), ESRCH);
}

static void a_hard_limit_is_hard_for_users(void)
{
	struct rlimit limit = { 10, 10 };

	CHECK_EQ(setrlimit(RLIMIT_CORE, &limit), 0);
	CHECK_EQ(setuid(65534), 0);
	limit.rlim_max = 11;
	CHECK_ERR(setrlimit(RLIMIT_CORE, &limit), EPERM);
	CHECK_ERR(prlimit(1, RLIMIT_CORE, NULL, &limit), EPERM);
}

static void nice_levels(void)
{
	errno = 0;
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 0);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 5), 0);
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 5);
	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 100), 0);
	CHECK_EQ(getpriority(PRIO_PROCESS, 0), 19);
	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(setpriority(PRIO_PROCESS, 0, 0), EACCES);
	CHECK_ERR(setpriority(PRIO_PROCESS, 1, 19), EPERM);
	CHECK_ERR(setpriority(3, 0, 0), EINVAL);
	CHECK_ERR(getpriority(PRIO_PROCESS, 0x3fffffff), ESRCH);
}

static void names_and_numbers_of_the_system(void)
{
	struct utsname name;
	struct sysinfo info;
	struct tms tms;

	CHECK_EQ(uname(&name), 0);
	CHECK_EQ(strcmp(name.sysname, "Linux"), 0);
	CHECK_ERR(syscall(SYS_uname, 8L), EFAULT);
	CHECK_EQ(sysinfo(&info), 0);
	CHECK(info.totalram > info.freeram && info.procs > 0 && info.mem_unit == 1);
	CHECK(times(&tms) != (clock_t)-1);
}

static void hostname_is_roots(void)
{
	char name[65] = "";

	CHECK_EQ(sethostname("lectern-test", 12), 0);
	CHECK_EQ(gethostname(name, sizeof(name)), 0);
	CHECK_EQ(strcmp(name, "lectern-test"), 0);
	CHECK_ERR(sethostname("x", 65), EINVAL);
	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(sethostname("x", 1), EPERM);
}

static void personality_is_read_by_all_ones(void)
{
	int old = personality(0xffffffff);

	CHECK(old >= 0);
	CHECK_EQ(personality(old | ADDR_NO_RANDOMIZE), old);
	CHECK_EQ(personality(0xffffffff), old | ADDR_NO_RANDOMIZE);
}

TESTS(
	TEST(the_name_is_kept_and_cut),
	TEST(dumpable_is_0_or_1),
	TEST(pdeathsig_is_kept),
	TEST(no_new_privs_stays),
	TEST(unknown_options_are_einval),
	TEST(limits_are_read_back),
	TEST(a_hard_limit_is_hard_for_users),
	TEST(nice_levels),
	TEST(names_and_numbers_of_the_system),
	TEST(hostname_is_roots),
	TEST(personality_is_read_by_all_ones),
)
