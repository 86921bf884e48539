/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_KSELFTEST_H
#define SELFTESTS_KSELFTEST_H

/*
 * User-space tests that speak TAP. A test program is a list of functions, each of which states one
 * behaviour by its name and checks it with CHECK():
 *
 *	static void a_child_has_another_pid(void)
 *	{
 *		CHECK(getpid() != child_pid());
 *	}
 *
 *	TESTS(TEST(a_child_has_another_pid))
 *
 * Each runs in a child of its own, so that one that dies doesn't take the others along. A test that
 * the kernel underneath can't do calls SKIP(). The same binaries run on Linux: a test that fails
 * there is a wrong test.
 */

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_PASS	0
#define EXIT_FAIL	1
#define EXIT_SKIP	4

struct selftest {
	const char *name;
	void (*run)(void);
};

/* A failed check is told and ends the test. */
#define CHECK(cond)								\
do {										\
	if (!(cond)) {								\
		printf("# %s:%d: %s (errno %d)\n", __FILE__, __LINE__, #cond, errno); \
		fflush(stdout);							\
		_exit(EXIT_FAIL);						\
	}									\
} while (0)

#define CHECK_EQ(a, b)								\
do {										\
	long long a__ = (long long)(a), b__ = (long long)(b);			\
	if (a__ != b__) {							\
		printf("# %s:%d: %s is %lld, not %lld (errno %d)\n", __FILE__, __LINE__, \
		       #a, a__, b__, errno);					\
		fflush(stdout);							\
		_exit(EXIT_FAIL);						\
	}									\
} while (0)

/* The call fails, with this errno. */
#define CHECK_ERR(call, err)							\
do {										\
	errno = 0;								\
	CHECK_EQ((call) == -1 ? errno : 0, (err));				\
} while (0)

#define SKIP(why)								\
do {										\
	printf("# skipped: %s\n", why);						\
	fflush(stdout);								\
	_exit(EXIT_SKIP);							\
} while (0)

static inline void need_root(void)
{
	if (geteuid())
		SKIP("needs root");
}

/* What a word of the kernel's command line (init hands it on as a variable) says, or @otherwise. */
static inline long parameter(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 0) : otherwise;
}

/* How often a storm does its thing: @n times, or SELFTEST_EFFORT percent of it (slow builds). */
static inline long rounds(long n)
{
	long part = n * parameter("SELFTEST_EFFORT", 100) / 100;

	return part > 0 ? part : 1;
}

/* The same, but not less than @least: below that it would show nothing. */
static inline long rounds_at_least(long least, long n)
{
	long part = rounds(n);

	return part > least ? part : least;
}

/* SELFTEST_ONLY=name runs one test of a program. */
static inline bool wanted(const struct selftest *t)
{
	const char *only = getenv("SELFTEST_ONLY");

	return !only || !strcmp(only, t->name);
}

static inline void selftest_report(int nr, const struct selftest *t, int status)
{
	const char *verdict = "not ok", *note = "";

	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_PASS) {
		verdict = "ok";
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SKIP) {
		verdict = "ok";
		note = " # SKIP";
	} else if (WIFSIGNALED(status)) {
		printf("# %s: killed by signal %d\n", t->name, WTERMSIG(status));
	}
	printf("%s %d %s%s\n", verdict, nr, t->name, note);
	fflush(stdout);
}

/* Return: the exit code of the program: 0 if nothing failed. */
static inline int selftest_main(const struct selftest *tests)
{
	int nr = 0, failed = 0, status;
	pid_t pid;

	while (tests[nr].name)
		nr++;
	printf("TAP version 13\n1..%d\n", nr);
	for (nr = 0; tests[nr].name; nr++) {
		fflush(stdout);
		pid = fork();
		if (pid < 0) {
			printf("Bail out! fork: %d\n", errno);
			return EXIT_FAIL;
		}
		if (!pid) {
			if (!wanted(&tests[nr]))
				SKIP("not asked for");
			tests[nr].run();
			fflush(stdout);
			_exit(EXIT_PASS);
		}
		while (waitpid(pid, &status, 0) != pid)
			;
		selftest_report(nr + 1, &tests[nr], status);
		failed += !WIFEXITED(status) || (WEXITSTATUS(status) != EXIT_PASS &&
						 WEXITSTATUS(status) != EXIT_SKIP);
	}
	return failed ? EXIT_FAIL : EXIT_PASS;
}

#define TEST(fn)	{ #fn, fn }
#define TESTS(...)								\
int main(int argc, char **argv)							\
{										\
	static const struct selftest tests[] = { __VA_ARGS__ { NULL, NULL } };	\
										\
	(void)argc;								\
	(void)argv;								\
	return selftest_main(tests);						\
}

/* Start a child that runs @fn and exits with its result. */
static inline pid_t start_child(int (*fn)(void *arg), void *arg)
{
	pid_t pid = fork();

	if (!pid)
		_exit(fn(arg));
	CHECK(pid > 0);
	return pid;
}

/* Its exit status; a signal is told as 128 + its number, like a shell's. */
static inline int end_of(pid_t pid)
{
	int status;

	CHECK_EQ(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* --- What others have come to: looked at, not guessed from the time that went by --- */

static inline void pause_a_little(void)
{
	usleep(1000);
}

#define WAIT_UNTIL(holds)							\
do {										\
	while (!(holds))							\
		pause_a_little();						\
} while (0)

/*
 * Does thread @tid of @pid, which has to be there, sleep in system call @nr? What the call does
 * before it sleeps is done then: it stands in the queue in which it waits.
 */
static inline bool waits_in(pid_t pid, pid_t tid, long nr)
{
	long now = -1;
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", (int)pid, (int)tid);
	f = fopen(path, "r");
	CHECK(f);
	/* Of one that runs it is a word. */
	if (fscanf(f, "%ld", &now) != 1)
		now = -1;
	fclose(f);
	return now == nr;
}

/* A handler that does no more than interrupt what was going on. */
static inline void do_nothing(int sig)
{
	(void)sig;
}

#endif /* SELFTESTS_KSELFTEST_H */
