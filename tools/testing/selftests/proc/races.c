// SPDX-License-Identifier: MIT
/* Everything under /proc and /sys is read with odd sizes, and while what it tells of goes away. */

#include "proc.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>

#define WORKERS	4

static long files, folders;

/* Small reads, seeks, reads far behind the end, bad pointers: none may do more than fail. */
static void torment(const char *path)
{
	static const off_t far[] = { 1, 7, 4095, 4096, 65536, INT_MAX, LLONG_MAX - 8192, -1 };
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	char *volatile low = (char *)16, *volatile high = (char *)-4096L;
	char small[3], large[9000];
	unsigned int i;
	int n;

	if (fd < 0)
		return;
	files++;
	for (n = rounds_at_least(4, 40); n && read(fd, small, sizeof(small)) > 0; n--)
		;
	for (i = 0; i < sizeof(far) / sizeof(*far); i++) {
		CHECK(pread(fd, large, sizeof(large), far[i]) <= (ssize_t)sizeof(large));
		lseek(fd, far[i], SEEK_SET);
		CHECK(read(fd, small, 1) <= 1);
	}
	lseek(fd, 0, SEEK_SET);
	CHECK(read(fd, low, 4096) <= 0);
	CHECK(read(fd, high, 4096) <= 0);
	close(fd);
}

/* Whole subtrees: magic links and what waits for data are left out. */
static bool shall_enter(const char *name)
{
	return strcmp(name, ".") && strcmp(name, "..") && strcmp(name, "kmsg") &&
	       strcmp(name, "trace_pipe") && strcmp(name, "cwd") && strcmp(name, "root");
}

static void walk(const char *path, int depth)
{
	DIR *dir = opendir(path);
	struct dirent *d;
	char child[512];
	int len;

	if (!dir)
		return;
	folders++;
	while ((d = readdir(dir))) {
		struct stat st;

		if (!shall_enter(d->d_name))
			continue;
		len = snprintf(child, sizeof(child), "%s/%s", path, d->d_name);
		if (len >= (int)sizeof(child))
			continue;
		if (lstat(child, &st))
			continue;
		if (S_ISDIR(st.st_mode) && depth)
			walk(child, depth - 1);
		else if (S_ISREG(st.st_mode))
			torment(child);
	}
	closedir(dir);
}

static void own_files_stand_odd_reads(void)
{
	need("proc", "/proc");
	walk("/proc/self", 2);
	CHECK(files > 30 && folders > 4);
}

static void sysctls_stand_odd_reads(void)
{
	need("proc", "/proc");
	walk("/proc/sys", 4);
	CHECK(files > 40 && folders > 3);
}

static void the_machines_files_stand_odd_reads(void)
{
	struct dirent *d;
	char path[300];
	DIR *dir;

	need("proc", "/proc");
	dir = opendir("/proc");
	CHECK(dir);
	while ((d = readdir(dir))) {
		struct stat st;

		snprintf(path, sizeof(path), "/proc/%s", d->d_name);
		/* kcore is all of memory, kmsg and pressure wait. */
		if (lstat(path, &st) || !S_ISREG(st.st_mode) || !strcmp(d->d_name, "kcore") ||
		    !shall_enter(d->d_name))
			continue;
		torment(path);
	}
	CHECK(files > 20);
}

static void sys_stands_odd_reads(void)
{
	need("sysfs", "/sys");
	walk("/sys/devices/system", 4);
	walk("/sys/kernel", 1);
	walk("/sys/class", 2);
	CHECK(files > 10);
}

static volatile int stop;

/* Children that come and go; each has threads that do, too. */
static void *nothing(void *arg)
{
	return arg;
}

static int breed(void *arg)
{
	int rounds = *(int *)arg;

	while (rounds--) {
		pid_t pid = fork();

		if (!pid) {
			pthread_t t;

			if (!pthread_create(&t, NULL, nothing, NULL))
				pthread_join(t, NULL);
			_exit(0);
		}
		if (pid > 0)
			waitpid(pid, NULL, 0);
	}
	return 0;
}

/* The new ones by every worker; those that stay, in slow builds, by one of them each. */
static bool is_mine(int pid, int worker)
{
	if (pid <= 0)
		return false;		/* no process at all */
	return pid > getppid() || rounds(100) == 100 || pid % WORKERS == worker;
}

struct reader {
	int worker, rounds;
};

static int read_all_processes(void *arg)
{
	struct reader *me = arg;
	struct dirent *d;
	char path[300];

	while (me->rounds--) {
		DIR *dir = opendir("/proc");

		while (dir && (d = readdir(dir))) {
			if (!is_mine(atoi(d->d_name), me->worker))
				continue;
			snprintf(path, sizeof(path), "/proc/%s", d->d_name);
			walk(path, 2);
		}
		closedir(dir);
	}
	return 0;
}

static void processes_may_go_while_their_files_are_read(void)
{
	int breeding = rounds(60), status, i;
	struct reader reader;
	pid_t pids[2 * WORKERS];

	need("proc", "/proc");
	for (i = 0; i < WORKERS; i++) {
		pids[2 * i] = start_child(breed, &breeding);
		reader = (struct reader){ i, rounds(3) };
		pids[2 * i + 1] = start_child(read_all_processes, &reader);
	}
	for (i = 0; i < 2 * WORKERS; i++) {
		CHECK_EQ(waitpid(pids[i], &status, 0), pids[i]);
		CHECK_EQ(status, 0);
	}
}

/* Text where a number belongs, and the other way round. Nothing that a setting would do lasts. */
static void garbage_is_refused(void)
{
	static const char *const garbage[] = {
		"garbage", "-", "0x", "99999999999999999999999", "\xff\xfe\xfd",
		"1 2 3 4 5 6 7 8 9 x",
	};
	static const char *const names[] = {
		"kernel/panic_on_oops", "kernel/pid_max", "kernel/threads-max",
		"vm/overcommit_ratio", "vm/drop_caches", "fs/file-max", "fs/nr_open",
		"fs/pipe-max-size",
	};
	unsigned int i, j;
	char path[128];

	need("proc", "/proc");
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "/proc/sys/%s", names[i]);
		for (j = 0; j < sizeof(garbage) / sizeof(*garbage); j++) {
			/* A number in front is taken by some: out of their range. */
			if (j == 5 && strcmp(names[i], "kernel/pid_max"))
				continue;
			CHECK_ERR(spew(path, garbage[j]), EINVAL);
		}
	}
	CHECK_ERR(spew("/proc/self/comm", ""), 0);
	CHECK_ERR(spew("/proc/self/oom_score_adj", "garbage"), EINVAL);
	CHECK_ERR(spew("/proc/self/coredump_filter", "garbage"), EINVAL);
}

static long dentries(void)
{
	char *text = slurp("/proc/sys/fs/dentry-state");

	CHECK(text);
	return atol(text);
}

/* Each looks itself up under six names; with what is above them that is eight dentries. */
static void names_of_the_dead_leave_the_cache(void)
{
	static const char *const names[] = { "status", "maps", "fd/0", "stat", "task", "limits" };
	char path[64];
	struct stat st;
	/* By all eight of each process, even the least number would be too many. */
	int i, processes = rounds_at_least(100, 300);
	unsigned int n;
	long before;

	need("proc", "/proc");
	before = dentries();
	for (i = 0; i < processes; i++) {
		pid_t pid = fork();

		if (!pid) {
			for (n = 0; n < sizeof(names) / sizeof(*names); n++) {
				snprintf(path, sizeof(path), "/proc/self/%s", names[n]);
				stat(path, &st);
			}
			_exit(0);
		}
		CHECK(pid > 0);
		CHECK_EQ(waitpid(pid, NULL, 0), pid);
	}
	/* Others on the machine may look at things meanwhile, but not at that many. */
	CHECK(dentries() - before < 600);
}

TESTS(TEST(own_files_stand_odd_reads), TEST(sysctls_stand_odd_reads),
      TEST(the_machines_files_stand_odd_reads), TEST(sys_stands_odd_reads),
      TEST(processes_may_go_while_their_files_are_read), TEST(garbage_is_refused),
      TEST(names_of_the_dead_leave_the_cache),)
