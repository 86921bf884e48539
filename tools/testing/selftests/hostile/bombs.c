// SPDX-License-Identifier: MIT
/*
 * Bombs: programs that take as much of one thing as they get. Each ends in the errno that the limit
 * has, and when the bomber is gone, so is what it took. (Memory's own bomb is in mm/fault.c.)
 *
 * Where a limit is per user, the bomber is user 60000 + something: nobody else's things count for
 * it.
 */

#include "../kselftest.h"

#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>

static void become(uid_t uid)
{
	CHECK_EQ(setgroups(0, NULL), 0);
	CHECK_EQ(setresgid(uid, uid, uid), 0);
	CHECK_EQ(setresuid(uid, uid, uid), 0);
}

static void limit(int resource, unsigned long value)
{
	struct rlimit rlim = { value, value };

	CHECK_EQ(setrlimit(resource, &rlim), 0);
}

/* A number in /proc/sys. Return: the one before, -1 if there's no such file. */
static long sysctl(const char *name, long value)
{
	char path[128], text[32] = "";
	long old = -1;
	int fd, n;

	snprintf(path, sizeof(path), "/proc/sys/%s", name);
	fd = open(path, O_RDWR);
	if (fd < 0)
		return -1;
	if (read(fd, text, sizeof(text) - 1) > 0)
		old = strtol(text, NULL, 10);
	n = snprintf(text, sizeof(text), "%ld", value);
	if (pwrite(fd, text, n, 0) != n)
		old = -1;
	close(fd);
	return old;
}

/* --- processes and threads --- */

#define PROCESSES	40

static int exits_with_five(void *arg)
{
	(void)arg;
	return 5;
}

static void a_fork_bomb_ends_in_eagain(void)
{
	int hold[2], made = 0;
	char c;

	need_root();
	CHECK_EQ(pipe(hold), 0);
	become(60001);
	limit(RLIMIT_NPROC, PROCESSES);
	for (;;) {
		pid_t pid = fork();

		if (!pid) {
			/* Until the bomber lets go of the other end. */
			close(hold[1]);
			read(hold[0], &c, 1);
			_exit(0);
		}
		if (pid < 0)
			break;
		made++;
		CHECK(made < PROCESSES);
	}
	CHECK_EQ(errno, EAGAIN);
	CHECK_EQ(made, PROCESSES - 1);
	CHECK_ERR(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0), EAGAIN);
	close(hold[1]);
	while (made--)
		CHECK(wait(NULL) > 0);
	/* All is given back. */
	CHECK_EQ(end_of(start_child(exits_with_five, NULL)), 5);
}

/* Every child forks on until there's no more to be had; all of them leave. */
static void a_bomb_whose_children_fork_too_ends(void)
{
	int alive[2], hold[2], n = 0;
	char c;

	need_root();
	CHECK_EQ(pipe(alive), 0);
	CHECK_EQ(pipe(hold), 0);
	become(60002);
	limit(RLIMIT_NPROC, PROCESSES);
	if (!fork()) {
		setsid();
		close(hold[1]);
		while (fork() >= 0)
			;
		/* Here everyone arrives who got EAGAIN. */
		write(alive[1], errno == EAGAIN ? "a" : "?", 1);
		close(alive[1]);
		read(hold[0], &c, 1);
		_exit(0);
	}
	close(alive[1]);
	/* PROCESSES less this one: they all stand at the limit. */
	for (n = 0; n < PROCESSES - 1; n++) {
		CHECK_EQ(read(alive[0], &c, 1), 1);
		CHECK_EQ(c, 'a');
	}
	close(hold[1]);
	CHECK_EQ(read(alive[0], &c, 1), 0);
}

static int thread_hold[2];

static void *thread_waits(void *arg)
{
	char c;

	read(thread_hold[0], &c, 1);
	return arg;
}

static void a_thread_bomb_ends_in_eagain(void)
{
	pthread_t threads[PROCESSES];
	pthread_attr_t attr;
	int n = 0, err;

	need_root();
	CHECK_EQ(pipe(thread_hold), 0);
	become(60003);
	limit(RLIMIT_NPROC, PROCESSES);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 65536);
	while (!(err = pthread_create(&threads[n], &attr, thread_waits, NULL)))
		CHECK(++n < PROCESSES);
	CHECK_EQ(err, EAGAIN);
	CHECK_EQ(n, PROCESSES - 1);
	close(thread_hold[1]);
	while (n--)
		CHECK_EQ(pthread_join(threads[n], NULL), 0);
	CHECK_EQ(pthread_create(&threads[0], &attr, thread_waits, NULL), 0);
	CHECK_EQ(pthread_join(threads[0], NULL), 0);
}

/* --- descriptors --- */

static void a_descriptor_bomb_ends_in_emfile(void)
{
	int fd, n = 0, first = open("/", O_RDONLY), pair[2];

	CHECK(first >= 0);
	limit(RLIMIT_NOFILE, 300);
	while ((fd = dup(first)) >= 0)
		n = fd;
	CHECK_EQ(errno, EMFILE);
	CHECK_EQ(n, 299);
	CHECK_ERR(open("/", O_RDONLY), EMFILE);
	CHECK_ERR(pipe(pair), EMFILE);
	CHECK_ERR(epoll_create1(0), EMFILE);
	CHECK_ERR(fcntl(first, F_DUPFD, 300), EINVAL);
	CHECK_ERR(dup2(first, 300), EBADF);
	/* One place is free: a pipe needs two, and leaves none behind. */
	close(200);
	CHECK_ERR(pipe(pair), EMFILE);
	CHECK_EQ(dup(first), 200);
}

static void the_machines_open_files_end_in_enfile(void)
{
	long before;
	int n = 0, fd;

	need_root();
	limit(RLIMIT_NOFILE, 1024);
	before = sysctl("fs/file-max", 600);
	if (before < 0)
		SKIP("no fs/file-max");
	if (!fork()) {
		become(60004);
		while ((fd = open("/", O_RDONLY)) >= 0)
			n++;
		/*
		 * Each CPU may have counted some that the sum doesn't have yet: it ends near the
		 * limit.
		 */
		_exit(errno == ENFILE && n < 1000 ? 0 : errno == EMFILE ? 2 : 1);
	}
	wait(&n);
	sysctl("fs/file-max", before);
	CHECK_EQ(WEXITSTATUS(n), 0);
	CHECK_EQ(close(open("/", O_RDONLY)), 0);
}

/* --- memory's tables --- */

static void a_mapping_bomb_ends_in_enomem(void)
{
	long before = sysctl("vm/max_map_count", 1000), n = 0, most = before < 0 ? 70000 : 1000;
	char *area = mmap(NULL, (most + 10) * 8192, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	int err = 0;

	CHECK(area != MAP_FAILED);
	/* Every other page readable: each is a mapping of its own, and splits the rest. */
	for (n = 0; n < most + 10; n++)
		if (mprotect(area + n * 8192, 4096, PROT_READ)) {
			err = errno;
			break;
		}
	if (before >= 0)
		sysctl("vm/max_map_count", before);
	CHECK_EQ(err, ENOMEM);
	CHECK(n < most);
	CHECK_EQ(munmap(area, (most + 10) * 8192), 0);
}

static void a_stack_bomb_is_a_fault(void)
{
	struct rlimit stack = { 1 << 20, 1 << 20 };
	pid_t pid;
	int status;

	CHECK_EQ(setrlimit(RLIMIT_STACK, &stack), 0);
	pid = fork();
	if (!pid) {
		volatile char *p = (char *)__builtin_frame_address(0);

		limit(RLIMIT_CORE, 0);
		for (;;)
			*(p -= 1024) = 1;
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

/* --- signals and timers --- */

static void a_signal_bomb_ends_in_eagain(void)
{
	siginfo_t info = { .si_code = SI_QUEUE };
	struct timespec none = { 0, 0 };
	int n = 0, got = 0;
	sigset_t set;

	need_root();
	become(60005);
	limit(RLIMIT_SIGPENDING, 50);
	sigfillset(&set);
	CHECK_EQ(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	while (!syscall(SYS_rt_sigqueueinfo, getpid(), SIGRTMIN, &info))
		CHECK(++n <= 50);
	CHECK_EQ(errno, EAGAIN);
	CHECK_EQ(n, 50);
	/* kill() has no queue entry to ask for: the signal becomes pending all the same. */
	CHECK_EQ(kill(getpid(), SIGRTMIN + 1), 0);
	CHECK_EQ(kill(getpid(), SIGUSR1), 0);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	while (sigtimedwait(&set, NULL, &none) == SIGRTMIN)
		got++;
	CHECK_EQ(got, 50);
	sigaddset(&set, SIGRTMIN + 1);
	CHECK_EQ(sigtimedwait(&set, NULL, &none), SIGRTMIN + 1);
	CHECK_EQ(syscall(SYS_rt_sigqueueinfo, getpid(), SIGRTMIN, &info), 0);
}

static void a_timer_bomb_ends_in_eagain(void)
{
	int n = 0, timer, first = -1;

	need_root();
	become(60006);
	limit(RLIMIT_SIGPENDING, 50);
	while (!syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &timer)) {
		first = first < 0 ? timer : first;
		CHECK(++n <= 50);
	}
	CHECK_EQ(errno, EAGAIN);
	CHECK_EQ(n, 50);
	CHECK_EQ(syscall(SYS_timer_delete, first), 0);
	CHECK_EQ(syscall(SYS_timer_create, CLOCK_MONOTONIC, NULL, &timer), 0);
}

/* --- pipes --- */

static void a_pipe_bomb_gets_small_pipes(void)
{
	int pair[2], n, size = 0, small = 0;

	need_root();
	limit(RLIMIT_NOFILE, 2400);
	become(60007);
	for (n = 0; n < 1100; n++) {
		CHECK_EQ(pipe(pair), 0);
		size = fcntl(pair[0], F_GETPIPE_SZ);
		CHECK(size == 65536 || size == 8192);
		small += size == 8192;
		/* Once small, always small: the user's pages only grow. */
		CHECK(size == 8192 || !small);
	}
	/* 16,384 pages are 1,024 pipes of sixteen. */
	CHECK_EQ(small, 1100 - 1024);
	CHECK_ERR(fcntl(pair[0], F_SETPIPE_SZ, 65536), EPERM);
	CHECK_ERR(fcntl(pair[0], F_SETPIPE_SZ, 1 << 21), EPERM);
	CHECK_ERR(fcntl(pair[0], F_SETPIPE_SZ, 0x80000001U), EINVAL);
	/* A pipe that goes makes room. */
	for (n = 3; n < 200; n++)
		close(n);
	CHECK_EQ(pipe(pair), 0);
	CHECK_EQ(fcntl(pair[0], F_GETPIPE_SZ), 65536);
}

/* --- names --- */

static void enter_new_dir(void)
{
	char name[64];

	snprintf(name, sizeof(name), "/tmp/bombs-%d", getpid());
	CHECK_EQ(mkdir(name, 0777), 0);
	CHECK_EQ(chdir(name), 0);
}

static void the_forty_first_link_is_eloop(void)
{
	char from[16], to[16];
	int i;

	enter_new_dir();
	CHECK(close(open("l0", O_CREAT | O_WRONLY, 0600)) == 0);
	for (i = 1; i <= 41; i++) {
		snprintf(from, sizeof(from), "l%d", i);
		snprintf(to, sizeof(to), "l%d", i - 1);
		CHECK_EQ(symlink(to, from), 0);
	}
	CHECK_EQ(access("l40", F_OK), 0);
	CHECK_ERR(access("l41", F_OK), ELOOP);
	CHECK_EQ(symlink("self", "self"), 0);
	CHECK_ERR(access("self", F_OK), ELOOP);
	CHECK_EQ(symlink("self/x", "longer"), 0);
	CHECK_ERR(access("longer/x", F_OK), ELOOP);
}

/* So deep that no path names it, and that a walk down by recursion would overrun a stack. */
static void a_very_deep_tree_can_be_made_and_dropped(void)
{
	char cwd[PATH_MAX];
	int depth;

	need_root();
	enter_new_dir();
	CHECK_EQ(mkdir("mnt", 0777), 0);
	CHECK_EQ(mount("tmpfs", "mnt", "tmpfs", 0, NULL), 0);
	CHECK_EQ(chdir("mnt"), 0);
	for (depth = 0; depth < 3000; depth++) {
		CHECK_EQ(mkdir("d", 0777), 0);
		CHECK_EQ(chdir("d"), 0);
	}
	CHECK_ERR(syscall(SYS_getcwd, cwd, sizeof(cwd)), ENAMETOOLONG);
	for (depth = 0; depth < 3000; depth++)
		CHECK_EQ(chdir(".."), 0);
	CHECK_EQ(chdir(".."), 0);
	/* The whole tree goes at once. */
	CHECK_EQ(umount2("mnt", 0), 0);
	CHECK_EQ(rmdir("mnt"), 0);
}

static int renames_for_ever(void *arg)
{
	(void)arg;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		rename("a/b", "elsewhere");
		rename("elsewhere", "a/b");
	}
	return 0;
}

/* ".." while the directory moves: never outside the root, and never to a third place. */
static void dot_dot_races_with_rename(void)
{
	struct stat st, a, top;
	int i, seen = 0;
	pid_t pid;

	need_root();
	enter_new_dir();
	CHECK_EQ(mkdir("jail", 0777), 0);
	CHECK_EQ(chroot("jail"), 0);
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(mkdir("a", 0777), 0);
	CHECK_EQ(mkdir("a/b", 0777), 0);
	CHECK_EQ(mkdir("a/b/c", 0777), 0);
	CHECK_EQ(stat("a", &a), 0);
	CHECK_EQ(stat("/", &top), 0);
	pid = start_child(renames_for_ever, NULL);
	for (i = 0; i < rounds(20000); i++) {
		if (stat("a/b/c/../..", &st)) {
			CHECK_EQ(errno, ENOENT);
			continue;
		}
		CHECK(st.st_ino == a.st_ino || st.st_ino == top.st_ino);
		if (!stat("a/b/../../../../../../..", &st)) {
			CHECK_EQ(st.st_ino, top.st_ino);
			seen++;
		}
	}
	kill(pid, SIGKILL);
	end_of(pid);
	CHECK(seen > 0);
}

static void a_full_file_system_says_so(void)
{
	static char block[65536];
	char name[32];
	int fd, n = 0;

	need_root();
	enter_new_dir();
	CHECK_EQ(mkdir("mnt", 0777), 0);
	CHECK_EQ(mount("tmpfs", "mnt", "tmpfs", 0, "size=1M,nr_inodes=64"), 0);
	fd = open("mnt/big", O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		CHECK(++n <= 16);
	CHECK_EQ(errno, ENOSPC);
	CHECK_ERR(syscall(SYS_fallocate, fd, 0, 4L << 20, 4096), ENOSPC);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(write(fd, block, sizeof(block)), (ssize_t)sizeof(block));
	for (n = 0; n < 100; n++) {
		snprintf(name, sizeof(name), "mnt/f%d", n);
		if (mknod(name, S_IFREG | 0600, 0))
			break;
	}
	CHECK_EQ(errno, ENOSPC);
	CHECK(n > 40 && n < 64);
	close(fd);
	CHECK_EQ(umount2("mnt", 0), 0);
}

/* --- watching --- */

static void epoll_sets_nest_four_deep(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int ep[8], i;

	for (i = 0; i < 8; i++) {
		ep[i] = epoll_create1(0);
		CHECK(ep[i] >= 0);
	}
	CHECK_ERR(epoll_ctl(ep[0], EPOLL_CTL_ADD, ep[0], &event), EINVAL);
	for (i = 0; i < 4; i++)
		CHECK_EQ(epoll_ctl(ep[i + 1], EPOLL_CTL_ADD, ep[i], &event), 0);
	CHECK_ERR(epoll_ctl(ep[5], EPOLL_CTL_ADD, ep[4], &event), ELOOP);
	/* A ring. */
	CHECK_ERR(epoll_ctl(ep[0], EPOLL_CTL_ADD, ep[2], &event), ELOOP);
}

/* --- time --- */

static void a_loop_without_end_meets_its_limit(void)
{
	struct rlimit cpu = { 1, 2 };
	pid_t pid = fork();
	int status;

	if (!pid) {
		signal(SIGXCPU, SIG_IGN);	/* the soft limit asks, the hard one doesn't */
		setrlimit(RLIMIT_CPU, &cpu);
		for (;;)
			;
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void a_file_too_long_is_efbig(void)
{
	int fd = open("/tmp/too-long", O_CREAT | O_RDWR | O_TRUNC, 0600);

	CHECK(fd >= 0);
	unlink("/tmp/too-long");
	limit(RLIMIT_FSIZE, 8192);
	signal(SIGXFSZ, SIG_IGN);
	CHECK_EQ(pwrite(fd, "0123456789", 10, 8188), 4);
	CHECK_ERR(pwrite(fd, "x", 1, 8192), EFBIG);
	CHECK_ERR(ftruncate(fd, 8193), EFBIG);
	CHECK_ERR(syscall(SYS_fallocate, fd, 0, 0, 16384), EFBIG);
	signal(SIGXFSZ, SIG_DFL);
	pid_t pid = fork();
	if (!pid) {
		limit(RLIMIT_CORE, 0);
		ftruncate(fd, 8193);
		_exit(0);
	}
	CHECK_EQ(end_of(pid), 128 + SIGXFSZ);
}

TESTS(
	TEST(a_fork_bomb_ends_in_eagain),
	TEST(a_bomb_whose_children_fork_too_ends),
	TEST(a_thread_bomb_ends_in_eagain),
	TEST(a_descriptor_bomb_ends_in_emfile),
	TEST(the_machines_open_files_end_in_enfile),
	TEST(a_mapping_bomb_ends_in_enomem),
	TEST(a_stack_bomb_is_a_fault),
	TEST(a_signal_bomb_ends_in_eagain),
	TEST(a_timer_bomb_ends_in_eagain),
	TEST(a_pipe_bomb_gets_small_pipes),
	TEST(the_forty_first_link_is_eloop),
	TEST(a_very_deep_tree_can_be_made_and_dropped),
	TEST(dot_dot_races_with_rename),
	TEST(a_full_file_system_says_so),
	TEST(epoll_sets_nest_four_deep),
	TEST(a_loop_without_end_meets_its_limit),
	TEST(a_file_too_long_is_efbig),
)
