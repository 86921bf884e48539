/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_HOSTILE_SANDBOX_H
#define SELFTESTS_HOSTILE_SANDBOX_H

/*
 * Where a hostile process lives: a root directory of its own on a small tmpfs, a session of its
 * own, limits, the arena of args.h, and a descriptor of each kind. Whatever it does to them, the
 * next one gets new ones.
 */

#include "args.h"
#include "ipc.h"

#include <grp.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>

static void write_file(const char *name, const char *text, size_t size)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0777);

	if (fd < 0)
		return;
	write(fd, text, size);
	close(fd);
}

/* An executable that no loader takes: the head is right, the rest isn't. */
static void write_broken_elf(const char *name)
{
	unsigned char image[256] = "\177ELF\2\1\1";

	image[16] = 2;
	image[18] = 62;
	image[54] = 56;
	image[56] = 3;
	memset(image + 64, 0xff, 192);
	write_file(name, (char *)image, sizeof(image));
}

/*
 * Enter @folder as the root directory. What fails is missing then; no kernel has to have it all.
 * Mounts are private where there are namespaces; where there aren't, remove_sandbox() detaches
 * them.
 */
static void enter_sandbox(const char *folder)
{
	if (!unshare(CLONE_NEWNS))
		mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
	if (mount("tmpfs", folder, "tmpfs", 0, "size=2M,mode=777") || chdir(folder))
		_exit(100);
	umask(0);
	mkdir("proc", 0755);
	mkdir("pts", 0755);
	mkdir("mnt", 0777);
	mkdir("dir", 0777);
	mkdir("dir/inner", 0777);
	mount("proc", "proc", "proc", 0, NULL);
	mount("devpts", "pts", "devpts", 0, "newinstance,ptmxmode=666,mode=666");
	mknod("null", S_IFCHR | 0666, makedev(1, 3));
	mknod("zero", S_IFCHR | 0666, makedev(1, 5));
	mknod("full", S_IFCHR | 0666, makedev(1, 7));
	mknod("urandom", S_IFCHR | 0666, makedev(1, 9));
	mknod("tty", S_IFCHR | 0666, makedev(5, 0));
	symlink("pts/ptmx", "ptmx");
	mkfifo("fifo", 0666);
	write_file("file", "contents\n", 9);
	write_file("script", "#!nothing -x\n", 13);
	write_broken_elf("elf");
	symlink("file", "link");
	symlink("loop2", "loop");
	symlink("loop", "loop2");
	symlink("nowhere", "dead-link");
	truncate("file", 3 * PAGE + 100);
	if (chroot("."))
		_exit(101);
}

/* Everything that was mounted at or below @folder. */
static void remove_sandbox(const char *folder)
{
	while (!umount2(folder, MNT_DETACH))
		;
}

static void limit(int resource, unsigned long value)
{
	struct rlimit rlim = { value, value };

	setrlimit(resource, &rlim);
}

/* Root could raise them again, and sometimes does: then the OOM killer ends it. */
static void limit_resources(void)
{
	limit(RLIMIT_AS, 64 << 20);
	limit(RLIMIT_CPU, 20);
	limit(RLIMIT_FSIZE, 1 << 20);
	limit(RLIMIT_NOFILE, 128);
	limit(RLIMIT_NPROC, 64);
	limit(RLIMIT_MEMLOCK, 1 << 20);
	limit(RLIMIT_SIGPENDING, 64);
	limit(RLIMIT_MSGQUEUE, 1 << 16);
	limit(RLIMIT_CORE, 0);
	write_file("proc/self/oom_score_adj", "1000", 4);
}

static void map(unsigned long at, unsigned long size, int prot, int fd)
{
	int flags = MAP_FIXED_NOREPLACE | (fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED);

	if (mmap((void *)at, size, prot, flags, fd, 0) != (void *)at)
		_exit(102);
}

static void map_arena(void)
{
	int fd = open("mapped", O_RDWR | O_CREAT, 0666);

	write(fd, "some", 4);
	map(ARENA, ARENA_PAGES * PAGE, PROT_READ | PROT_WRITE, -1);
	map(READ_ONLY, PAGE, PROT_READ, -1);
	map(FILE_PAGES, 2 * PAGE, PROT_READ | PROT_WRITE, fd);
	map(WRITE_ONLY, PAGE, PROT_WRITE, -1);
	map(EXEC_ONLY, PAGE, PROT_EXEC, -1);
	close(fd);
}

/* Descriptor number @to is what @fd was, if that is one. */
static void becomes(int to, int fd)
{
	if (fd < 0 || fd == to)
		return;
	dup2(fd, to);
	close(fd);
}

static int deleted_file(void)
{
	int fd = open("deleted", O_RDWR | O_CREAT, 0666);

	write(fd, "gone", 4);
	unlink("deleted");
	return fd;
}

static int watched_epoll(int fd)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };
	int ep = epoll_create1(0);

	epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event);
	return ep;
}

/* One descriptor of each kind, from number 0 on; the last few stay closed. */
static void open_descriptors(void)
{
	int pair[2], master, slave = -1, number = 0, unlocked = 0;
	char name[32];
	sigset_t set;

	syscall(SYS_close_range, 0, ~0U, 0);
	becomes(0, open("null", O_RDWR));
	becomes(1, open("null", O_RDWR));
	becomes(2, open("null", O_RDWR));
	becomes(3, open("file", O_RDWR));
	becomes(4, open("file", O_RDONLY));
	becomes(5, open("file", O_WRONLY | O_APPEND));
	becomes(6, open("dir", O_RDONLY | O_DIRECTORY));
	becomes(7, open("/", O_RDONLY | O_DIRECTORY));
	if (!pipe2(pair, 0)) {
		becomes(9, pair[1]);
		becomes(8, pair[0]);
	}
	if (!pipe2(pair, O_NONBLOCK)) {
		becomes(11, pair[1]);
		becomes(10, pair[0]);
	}
	becomes(12, open("fifo", O_RDWR | O_NONBLOCK));
	becomes(13, eventfd(3, 0));
	becomes(14, watched_epoll(13));
	becomes(15, watched_epoll(14));
	becomes(16, timerfd_create(CLOCK_MONOTONIC, 0));
	sigfillset(&set);
	sigdelset(&set, SIGALRM);
	becomes(17, signalfd(-1, &set, SFD_NONBLOCK));
	becomes(18, syscall(SYS_pidfd_open, getpid(), 0));
	master = open("ptmx", O_RDWR | O_NOCTTY);
	if (master >= 0 && !ioctl(master, TIOCGPTN, &number) &&
	    !ioctl(master, TIOCSPTLCK, &unlocked)) {
		snprintf(name, sizeof(name), "pts/%d", number);
		slave = open(name, O_RDWR);	/* which becomes the controlling terminal */
	}
	becomes(20, slave);
	becomes(19, master);
	becomes(21, open("proc/self/status", O_RDONLY));
	becomes(22, open("proc/self/mem", O_RDWR));
	becomes(23, open("proc/self/maps", O_RDONLY));
	becomes(24, open("proc", O_RDONLY | O_DIRECTORY));
	becomes(25, open("proc/self/fd", O_RDONLY | O_DIRECTORY));
	becomes(26, syscall(SYS_memfd_create, "memory", 3));
	becomes(27, deleted_file());
	becomes(28, open("file", O_PATH));
	becomes(29, open("dir", O_PATH));
	becomes(30, open("zero", O_RDWR));
	becomes(31, open("urandom", O_RDWR));
	if (!socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) {
		becomes(33, pair[1]);
		becomes(32, pair[0]);
	}
	becomes(34, socket(AF_UNIX, SOCK_DGRAM, 0));
	becomes(35, inotify_init1(IN_NONBLOCK));
	becomes(36, open("loop", O_PATH | O_NOFOLLOW));
	becomes(37, syscall(SYS_fsopen, "tmpfs", 0));
	becomes(MQUEUE_FD, nameless_mqueue(O_RDWR));
	becomes(MQUEUE_FD + 1, nameless_mqueue(O_RDWR | O_NONBLOCK));
	becomes(MQUEUE_FD + 2, nameless_mqueue(O_RDONLY | O_NONBLOCK));
}

static void become_nobody(void)
{
	if (setgroups(0, NULL) || setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
		_exit(103);
	prctl(PR_SET_DUMPABLE, 1);
}

#endif /* SELFTESTS_HOSTILE_SANDBOX_H */
