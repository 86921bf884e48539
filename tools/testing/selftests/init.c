// SPDX-License-Identifier: MIT
/*
 * The first process of a machine that was booted for user-space tests: runs each test program below
 * /tests, area by area, prints what they print with the program's name before it, sums up, and
 * powers the machine off.
 *
 * selftests=GLOB on the kernel command line (which the kernel hands to us as environment) runs only
 * those whose "area/name" matches, as a shell's extended patterns do: @(mm|ptrace)/s*.
 */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int programs, failures;

static void mount_what_there_is(void)
{
	/* Not all kernels have all of them: a test that needs one looks for itself. */
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mkdir("/tmp", 01777);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("tmpfs", "/tmp", "tmpfs", 0, NULL);
	mkdir("/dev/pts", 0755);
	mount("devpts", "/dev/pts", "devpts", 0, NULL);
	mkdir("/dev/shm", 01777);
	mount("tmpfs", "/dev/shm", "tmpfs", 0, NULL);
}

/* Everything that outlived its test. */
static void reap(void)
{
	kill(-1, SIGKILL);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static void run(const char *area, const char *name)
{
	char path[512];
	int status = 0;
	pid_t pid;

	snprintf(path, sizeof(path), "/tests/%s/%s", area, name);
	printf("# selftest %s/%s\n", area, name);
	fflush(stdout);
	programs++;
	pid = fork();
	if (!pid) {
		char *argv[] = { path, NULL };

		setsid();
		if (chdir("/tmp"))
			chdir("/");
		execv(path, argv);
		printf("Bail out! exec: %d\n", errno);
		fflush(stdout);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		failures++;
	printf("# selftest %s/%s: status 0x%x\n", area, name, status);
	fflush(stdout);
	reap();
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_hidden(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static void run_area(const char *area, const char *glob)
{
	struct dirent **names;
	char path[300];
	int n, i;

	snprintf(path, sizeof(path), "/tests/%s", area);
	n = scandir(path, &names, not_hidden, by_name);
	for (i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%.200s", area, names[i]->d_name);
		/* Programs that others execute end in .helper. */
		if (!strstr(path, ".helper") && (!glob || !fnmatch(glob, path, FNM_EXTMATCH)))
			run(area, names[i]->d_name);
		free(names[i]);
	}
}

int main(void)
{
	const char *glob = getenv("selftests");
	struct dirent **areas;
	int n, i, fd;

	mount_what_there_is();
	/* Without an initial console: now that /dev is there. */
	fd = open("/dev/console", O_RDWR);
	if (fd >= 0) {
		dup2(fd, 0);
		dup2(fd, 1);
		dup2(fd, 2);
		if (fd > 2)
			close(fd);
	}
	n = scandir("/tests", &areas, not_hidden, by_name);
	for (i = 0; i < n; i++)
		run_area(areas[i]->d_name, glob);
	printf("# selftests: %d programs, %d with failures\n", programs, failures);
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return failures != 0;
}
