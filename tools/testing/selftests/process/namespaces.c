// SPDX-License-Identifier: MIT
/* Mount and UTS namespaces: clone(2), unshare(2), setns(2), /proc/PID/ns. */
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "../kselftest.h"

#define NSTYPE	_IO(0xb7, 3)
#define TOP	"/tmp/namespaces"

/* In a namespace of its own, on a private tmpfs. */
static void setup(void)
{
	if (unshare(CLONE_NEWNS)) {
		if (errno == EPERM)
			SKIP("not root");
		CHECK_EQ(errno, 0);
	}
	CHECK_EQ(mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL), 0);
	mkdir("/proc", 0555);
	mount("proc", "/proc", "proc", 0, NULL);
	mkdir("/tmp", 01777);
	mkdir(TOP, 0755);
	CHECK_EQ(mount("top", TOP, "tmpfs", 0, NULL), 0);
	CHECK(!mkdir(TOP "/a", 0755) && !mkdir(TOP "/b", 0755));
}

static bool is_mounted(const char *where)
{
	struct stat up, here;
	char above[200];

	snprintf(above, sizeof(above), "%s/..", where);
	CHECK(!stat(where, &here) && !stat(above, &up));
	return up.st_dev != here.st_dev;
}

static unsigned long inode_of(const char *path)
{
	struct stat st;

	CHECK_EQ(stat(path, &st), 0);
	return st.st_ino;
}

/* A child that does something, and lives until it is ended. */
static pid_t child(void (*fn)(void), int *ready)
{
	int pipe_[2];
	pid_t pid;
	char c;

	CHECK_EQ(pipe(pipe_), 0);
	pid = fork();
	if (!pid) {
		fn();
		CHECK_EQ(write(pipe_[1], "x", 1), 1);
		for (;;)
			pause();
	}
	CHECK(pid > 0);
	close(pipe_[1]);
	*ready = read(pipe_[0], &c, 1) == 1;
	close(pipe_[0]);
	return pid;
}

static void end(pid_t pid)
{
	CHECK_EQ(kill(pid, SIGKILL), 0);
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
}

static void own_mounts(void)
{
	CHECK_EQ(unshare(CLONE_NEWNS), 0);
	CHECK_EQ(mount("x", TOP "/a", "tmpfs", 0, NULL), 0);
	CHECK(is_mounted(TOP "/a"));
}

static void a_new_tree_is_a_copy_that_goes_its_own_way(void)
{
	int ready;
	pid_t pid;

	setup();
	CHECK_EQ(mount("x", TOP "/b", "tmpfs", 0, NULL), 0);
	CHECK_EQ(mkdir(TOP "/b/here", 0755), 0);
	CHECK_EQ(chdir(TOP "/b"), 0);
	pid = child(own_mounts, &ready);
	CHECK(ready);
	CHECK(!is_mounted(TOP "/a"));
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(umount(TOP "/b"), 0);
	end(pid);
}

static int stands_where_it_stood(void *arg)
{
	char cwd[100];

	(void)arg;
	return !getcwd(cwd, sizeof(cwd)) || strcmp(cwd, TOP "/b") || access("here", F_OK) ||
	       access(TOP "/b/here", F_OK) || mount("x", TOP "/a", "tmpfs", 0, NULL);
}

static void clone_takes_a_tree_along(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	pid_t pid;

	setup();
	CHECK_EQ(mount("x", TOP "/b", "tmpfs", 0, NULL), 0);
	CHECK_EQ(mkdir(TOP "/b/here", 0755), 0);
	CHECK_EQ(chdir(TOP "/b"), 0);
	pid = clone(stands_where_it_stood, stack + sizeof(stack), CLONE_NEWNS | SIGCHLD, NULL);
	CHECK(pid > 0);
	CHECK_EQ(end_of(pid), 0);
	CHECK(!is_mounted(TOP "/a"));
	CHECK_ERR(clone(stands_where_it_stood, stack + sizeof(stack),
			CLONE_NEWNS | CLONE_FS | SIGCHLD, NULL), EINVAL);
}

static void shared_mounts_are_shared_across_trees(void)
{
	int ready;
	pid_t pid;

	setup();
	CHECK_EQ(mount(NULL, TOP, NULL, MS_SHARED, NULL), 0);
	pid = child(own_mounts, &ready);
	CHECK(ready);
	CHECK(is_mounted(TOP "/a"));
	CHECK_EQ(umount(TOP "/a"), 0);
	CHECK_EQ(mount("x", TOP "/b", "tmpfs", 0, NULL), 0);
	end(pid);
	/* What ends with its namespace isn't unmounted elsewhere. */
	CHECK(is_mounted(TOP "/b"));
}

static void the_link_tells_kind_and_number(void)
{
	static const struct {
		const char *name;
		int type;
	} kinds[] = { { "mnt", CLONE_NEWNS }, { "uts", CLONE_NEWUTS } };
	char path[100], text[100], want[100];
	unsigned int i;
	ssize_t n;
	int fd;

	setup();
	for (i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "/proc/self/ns/%s", kinds[i].name);
		n = readlink(path, text, sizeof(text) - 1);
		CHECK(n > 0);
		text[n] = 0;
		snprintf(want, sizeof(want), "%s:[%lu]", kinds[i].name, inode_of(path));
		CHECK(!strcmp(text, want));
		fd = open(path, O_RDONLY | O_CLOEXEC);
		CHECK(fd >= 0);
		CHECK_EQ(ioctl(fd, NSTYPE), kinds[i].type);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		n = readlink(path, text, sizeof(text));
		CHECK_EQ(n, strlen(want));
		CHECK(!memcmp(text, want, n));
		CHECK_ERR(write(fd, "x", 1), EBADF);
		close(fd);
	}
	CHECK_ERR(open("/proc/self/ns/nothing", O_RDONLY), ENOENT);
}

static void both_new(void)
{
	CHECK_EQ(unshare(CLONE_NEWNS | CLONE_NEWUTS), 0);
}

static void numbers_tell_namespaces_apart(void)
{
	char path[100];
	int ready;
	pid_t pid;

	setup();
	pid = child(both_new, &ready);
	CHECK(ready);
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	CHECK(inode_of(path) != inode_of("/proc/self/ns/mnt"));
	snprintf(path, sizeof(path), "/proc/%d/ns/uts", pid);
	CHECK(inode_of(path) != inode_of("/proc/self/ns/uts"));
	end(pid);
	pid = child(setup, &ready);
	CHECK(ready);
	snprintf(path, sizeof(path), "/proc/%d/ns/uts", pid);
	CHECK_EQ(inode_of(path), inode_of("/proc/self/ns/uts"));
	end(pid);
}

static void setns_enters_and_comes_back(void)
{
	char path[100];
	int ready, own, other;
	pid_t pid;

	setup();
	pid = child(own_mounts, &ready);
	CHECK(ready);
	own = open("/proc/self/ns/mnt", O_RDONLY);
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	other = open(path, O_RDONLY);
	CHECK(own >= 0 && other >= 0);
	CHECK_EQ(chdir(TOP), 0);
	CHECK_EQ(setns(other, CLONE_NEWNS), 0);
	CHECK(is_mounted(TOP "/a"));
	/* At its root. */
	CHECK_EQ(inode_of("."), inode_of("/"));
	/* The file keeps it when its last process has gone. */
	end(pid);
	CHECK_EQ(setns(own, 0), 0);
	CHECK(!is_mounted(TOP "/a"));
	CHECK_EQ(setns(other, 0), 0);
	CHECK(is_mounted(TOP "/a"));
}

static void setns_checks_what_it_is_given(void)
{
	int mnt, uts, null = open("/dev/null", O_RDONLY);

	setup();
	mnt = open("/proc/self/ns/mnt", O_RDONLY);
	uts = open("/proc/self/ns/uts", O_RDONLY);
	CHECK(mnt >= 0 && uts >= 0 && null >= 0);
	CHECK_ERR(setns(-1, 0), EBADF);
	CHECK_ERR(setns(null, 0), EINVAL);
	CHECK_ERR(setns(mnt, CLONE_NEWUTS), EINVAL);
	CHECK_ERR(setns(uts, CLONE_NEWNS), EINVAL);
	CHECK_EQ(setns(uts, CLONE_NEWUTS), 0);
	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(setns(uts, 0), EPERM);
	CHECK_ERR(setns(mnt, 0), EPERM);
	CHECK_ERR(unshare(CLONE_NEWNS), EPERM);
	CHECK_ERR(unshare(CLONE_NEWUTS), EPERM);
}

static void setns_takes_a_pidfd(void)
{
	int ready, fd;
	char path[100];
	pid_t pid;

	setup();
	pid = child(own_mounts, &ready);
	CHECK(ready);
	fd = syscall(SYS_pidfd_open, pid, 0);
	CHECK(fd >= 0);
	CHECK_ERR(setns(fd, 0), EINVAL);
	CHECK_EQ(setns(fd, CLONE_NEWNS | CLONE_NEWUTS), 0);
	CHECK(is_mounted(TOP "/a"));
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	CHECK_EQ(inode_of(path), inode_of("/proc/self/ns/mnt"));
	end(pid);
	CHECK_ERR(setns(fd, CLONE_NEWNS), ESRCH);
}

static void a_mounted_namespace_stays(void)
{
	char path[100];
	int ready, fd;
	pid_t pid;

	setup();
	fd = open(TOP "/file", O_CREAT | O_WRONLY, 0600);
	CHECK(fd >= 0);
	close(fd);
	pid = child(own_mounts, &ready);
	CHECK(ready);
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", pid);
	CHECK_EQ(mount(path, TOP "/file", NULL, MS_BIND, NULL), 0);
	end(pid);
	fd = open(TOP "/file", O_RDONLY);
	CHECK(fd >= 0);
	/* One's own would never end. */
	CHECK_ERR(mount("/proc/self/ns/mnt", TOP "/file", NULL, MS_BIND, NULL), EINVAL);
	/* The open file is one of that mount. */
	CHECK_EQ(umount2(TOP "/file", MNT_DETACH), 0);
	CHECK_EQ(setns(fd, CLONE_NEWNS), 0);
	CHECK(is_mounted(TOP "/a"));
}

static void others_name(void)
{
	CHECK_EQ(unshare(CLONE_NEWUTS), 0);
	CHECK_EQ(sethostname("another", 7), 0);
}

static void each_uts_namespace_has_its_names(void)
{
	char before[65], name[65], path[100];
	int ready, fd;
	ssize_t n;
	pid_t pid;

	setup();
	CHECK_EQ(gethostname(before, sizeof(before)), 0);
	pid = child(others_name, &ready);
	CHECK(ready);
	CHECK_EQ(gethostname(name, sizeof(name)), 0);
	CHECK(!strcmp(name, before));
	snprintf(path, sizeof(path), "/proc/%d/ns/uts", pid);
	fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(setns(fd, CLONE_NEWUTS), 0);
	CHECK_EQ(gethostname(name, sizeof(name)), 0);
	CHECK(!strcmp(name, "another"));
	fd = open("/proc/sys/kernel/hostname", O_RDONLY);
	n = read(fd, name, sizeof(name));
	CHECK(n == 8 && !memcmp(name, "another\n", 8));
	end(pid);
}

static void others_namespaces_are_for_who_may_trace(void)
{
	char path[100], text[100];

	setup();
	snprintf(path, sizeof(path), "/proc/%d/ns/mnt", getppid());
	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(open(path, O_RDONLY), EACCES);
	CHECK_ERR(readlink(path, text, sizeof(text)), EACCES);
}

TESTS(TEST(a_new_tree_is_a_copy_that_goes_its_own_way), TEST(clone_takes_a_tree_along),
      TEST(shared_mounts_are_shared_across_trees), TEST(the_link_tells_kind_and_number),
      TEST(numbers_tell_namespaces_apart), TEST(setns_enters_and_comes_back),
      TEST(setns_checks_what_it_is_given), TEST(setns_takes_a_pidfd),
      TEST(a_mounted_namespace_stays), TEST(each_uts_namespace_has_its_names),
      TEST(others_namespaces_are_for_who_may_trace),)
