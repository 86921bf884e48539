// SPDX-License-Identifier: MIT
/* What debuggers look into: calls, memory that changes, children, signals. Line numbers matter. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct point {
	int x, y;
	const char *name;
};

static volatile int counter;
static volatile long table[4];
static volatile sig_atomic_t caught;

static int square(int n)
{
	int result = n * n;

	return result;
}

static int sum_of_squares(const struct point *p)
{
	int a = square(p->x);
	int b = square(p->y);

	return a + b;
}

static int deep(int level)
{
	return level ? deep(level - 1) + 1 : sum_of_squares(&(struct point){ 3, 4, "deep" });
}

static void on_signal(int sig)
{
	caught = sig;
}

static int change_memory(void)
{
	int i;

	for (i = 0; i < 4; i++) {
		counter += i;
		table[i] = counter * 10;
	}
	return table[1] + table[2];
}

static int child(void)
{
	counter = 77;
	return square(5);
}

static void fork_once(void)
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(child());
	waitpid(pid, &status, 0);
	printf("child: %d\n", WEXITSTATUS(status));
}

static void signals(void)
{
	signal(SIGUSR1, on_signal);
	raise(SIGUSR1);
	printf("caught: %d\n", caught == SIGUSR1);
}

static void crash(void)
{
	*(volatile int *)16 = 1;
}

/* Until somebody says that it is enough: a debugger that has attached, by a store. */
static void wait_for_store(void)
{
	while (!counter)
		usleep(1000);
	printf("stored: %d\n", counter);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!strcmp(what, "fork"))
		fork_once();
	else if (!strcmp(what, "signals"))
		signals();
	else if (!strcmp(what, "crash"))
		crash();
	else if (!strcmp(what, "wait"))
		wait_for_store();
	else if (!strcmp(what, "exec"))
		execl("/lectern-programs/debuggee-static", "debuggee", "from-exec", NULL);
	else if (!strcmp(what, "memory"))
		printf("memory: %d\n", change_memory());
	else
		printf("deep: %d\n", deep(2));
	return 0;
}
