// SPDX-License-Identifier: MIT
/*
 * Pseudo-terminals, what waits for files, and /proc: a program's view. Everything holds on Linux
 * too.
 */

#include "../kselftest.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static int master, slave;

static void open_pair(void)
{
	char name[32];
	int unlock = 0, nr = -1;

	mkdir("/dev/pts", 0755);
	if (access("/dev/pts/ptmx", F_OK))
		mount("devpts", "/dev/pts", "devpts", 0, "ptmxmode=666,mode=620");
	master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	CHECK(master >= 0);
	CHECK_EQ(ioctl(master, TIOCGPTN, &nr), 0);
	snprintf(name, sizeof(name), "/dev/pts/%d", nr);
	CHECK_ERR(open(name, O_RDWR | O_NOCTTY), EIO);	/* locked */
	CHECK_EQ(ioctl(master, TIOCSPTLCK, &unlock), 0);
	slave = open(name, O_RDWR | O_NOCTTY);
	CHECK(slave >= 0);
}

static void close_pair(void)
{
	close(slave);
	close(master);
}

static void bytes_go_both_ways(void)
{
	char buf[64];

	open_pair();
	CHECK_EQ(write(master, "hi\n", 3), 3);
	CHECK_EQ(read(slave, buf, sizeof(buf)), 3);
	CHECK(!memcmp(buf, "hi\n", 3));
	CHECK_EQ(read(master, buf, sizeof(buf)), 4);	/* the echo */
	CHECK(!memcmp(buf, "hi\r\n", 4));
	CHECK_EQ(write(slave, "x\n", 2), 2);
	CHECK_EQ(read(master, buf, sizeof(buf)), 3);
	CHECK(!memcmp(buf, "x\r\n", 3));
	close_pair();
}

static void the_end_of_either_side_is_seen(void)
{
	char buf[8];

	open_pair();
	close(slave);
	CHECK_ERR(read(master, buf, sizeof(buf)), EIO);
	close(master);
	open_pair();
	close(master);
	CHECK_EQ(read(slave, buf, sizeof(buf)), 0);
	CHECK_ERR(write(slave, "x", 1), EIO);
	close(slave);
}

static void settings_and_size_are_kept(void)
{
	struct winsize ws = { .ws_row = 24, .ws_col = 80 }, got;
	struct termios t;

	open_pair();
	CHECK_EQ(ioctl(master, TIOCSWINSZ, &ws), 0);
	CHECK_EQ(ioctl(slave, TIOCGWINSZ, &got), 0);
	CHECK_EQ(got.ws_row, 24);
	CHECK_EQ(got.ws_col, 80);
	CHECK_EQ(tcgetattr(slave, &t), 0);
	CHECK(t.c_lflag & ICANON);
	cfmakeraw(&t);
	CHECK_EQ(tcsetattr(slave, TCSANOW, &t), 0);
	CHECK_EQ(tcgetattr(slave, &t), 0);
	CHECK(!(t.c_lflag & (ICANON | ECHO)));
	CHECK_ERR(ioctl(slave, 0x54ff, 0), ENOTTY);
	CHECK_ERR(ioctl(slave, TCGETS, (void *)8), EFAULT);
	close_pair();
}

/* The child leads a session on the slave; a key of the master's kills it. */
static void interrupt_key_reaches_the_foreground(void)
{
	int status = 0;
	char c;
	pid_t pid;

	open_pair();
	pid = fork();
	if (!pid) {
		setsid();
		if (ioctl(slave, TIOCSCTTY, 0) || tcgetpgrp(slave) != getpid() ||
		    tcgetsid(slave) != getpid())
			_exit(1);
		write(slave, "r", 1);
		for (;;)
			pause();
	}
	CHECK_EQ(read(master, &c, 1), 1);
	CHECK_EQ(write(master, "\003", 1), 1);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	close_pair();
}

static void hangup_kills_the_session(void)
{
	int status = 0;
	char c;
	pid_t pid;

	open_pair();
	pid = fork();
	if (!pid) {
		close(master);
		setsid();
		if (ioctl(slave, TIOCSCTTY, 0))
			_exit(1);
		write(slave, "r", 1);
		for (;;)
			pause();
	}
	CHECK_EQ(read(master, &c, 1), 1);
	close(master);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP);
	close(slave);
}

static void poll_and_select_tell_what_is_ready(void)
{
	struct timeval zero = { 0, 0 };
	struct pollfd p[2];
	char buf[8];
	fd_set in;

	open_pair();
	p[0] = (struct pollfd){ .fd = slave, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = 999, .events = POLLIN };
	CHECK_EQ(poll(p, 1, 0), 0);
	CHECK_EQ(poll(p, 2, 0), 1);
	CHECK_EQ(p[1].revents, POLLNVAL);
	CHECK_EQ(write(master, "a\n", 2), 2);
	CHECK_EQ(poll(p, 1, -1), 1);
	CHECK_EQ(p[0].revents, POLLIN);
	FD_ZERO(&in);
	FD_SET(slave, &in);
	CHECK_EQ(select(slave + 1, &in, NULL, NULL, &zero), 1);
	CHECK(FD_ISSET(slave, &in));
	CHECK_EQ(read(slave, buf, sizeof(buf)), 2);
	FD_SET(slave, &in);
	CHECK_EQ(select(slave + 1, &in, NULL, NULL, &zero), 0);
	FD_SET(50, &in);
	CHECK_ERR(select(51, &in, NULL, NULL, &zero), EBADF);
	close(master);
	CHECK_EQ(poll(p, 1, -1), 1);
	CHECK(p[0].revents & POLLHUP);
	close(slave);
}

static void epoll_has_levels_and_edges(void)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.u64 = 7 }, got;
	int ep = epoll_create1(EPOLL_CLOEXEC), ep2 = epoll_create1(0), p[2];
	char c;

	CHECK(ep >= 0);
	CHECK_EQ(pipe(p), 0);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &ev), 0);
	CHECK_ERR(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &ev), EEXIST);
	CHECK_ERR(epoll_ctl(ep, EPOLL_CTL_DEL, p[1], &ev), ENOENT);
	CHECK_ERR(epoll_ctl(ep, EPOLL_CTL_ADD, ep, &ev), EINVAL);
	CHECK_ERR(epoll_wait(ep, &got, 0, 0), EINVAL);
	CHECK_EQ(epoll_wait(ep, &got, 1, 0), 0);
	CHECK_EQ(write(p[1], "x", 1), 1);
	CHECK_EQ(epoll_wait(ep, &got, 1, -1), 1);
	CHECK_EQ(got.events, EPOLLIN);
	CHECK_EQ(got.data.u64, 7);
	CHECK_EQ(epoll_wait(ep, &got, 1, 0), 1);	/* a level stays */
	ev.events = EPOLLIN | EPOLLET;
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &ev), 0);
	CHECK_EQ(epoll_wait(ep, &got, 1, 0), 1);
	CHECK_EQ(epoll_wait(ep, &got, 1, 0), 0);	/* an edge doesn't */
	CHECK_EQ(write(p[1], "y", 1), 1);
	CHECK_EQ(epoll_wait(ep, &got, 1, -1), 1);
	ev.events = EPOLLIN | EPOLLONESHOT;
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &ev), 0);
	CHECK_EQ(epoll_wait(ep, &got, 1, 0), 1);
	CHECK_EQ(epoll_wait(ep, &got, 1, 0), 0);
	/* An epoll in an epoll, but not in a circle. */
	ev.events = EPOLLIN;
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &ev), 0);
	CHECK_EQ(epoll_ctl(ep2, EPOLL_CTL_ADD, ep, &ev), 0);
	CHECK_ERR(epoll_ctl(ep, EPOLL_CTL_ADD, ep2, &ev), ELOOP);
	CHECK_EQ(epoll_wait(ep2, &got, 1, 0), 1);
	CHECK_EQ(read(p[0], &c, 1), 1);
	CHECK_EQ(read(p[0], &c, 1), 1);
	CHECK_EQ(epoll_wait(ep2, &got, 1, 0), 0);
	close(p[0]);
	close(p[1]);
	CHECK_EQ(epoll_wait(ep, &got, 1, 0), 0);
	close(ep);
	close(ep2);
}

static void simple_devices_do_what_they_say(void)
{
	char buf[8] = "abcdefg";
	int fd = open("/dev/zero", O_RDWR);

	CHECK_EQ(read(fd, buf, 4), 4);
	CHECK(!buf[0] && !buf[3] && buf[4] == 'e');
	CHECK_EQ(write(fd, buf, 8), 8);
	close(fd);
	fd = open("/dev/null", O_RDWR);
	CHECK_EQ(read(fd, buf, 8), 0);
	CHECK_EQ(write(fd, buf, 8), 8);
	close(fd);
	fd = open("/dev/full", O_RDWR);
	CHECK_ERR(write(fd, buf, 8), ENOSPC);
	close(fd);
	CHECK_EQ(mknod("/tmp-null", S_IFCHR | 0600, makedev(1, 3)), 0);
	fd = open("/tmp-null", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, buf, 8), 0);
	close(fd);
	unlink("/tmp-null");
	CHECK_EQ(mknod("/tmp-none", S_IFCHR | 0600, makedev(99, 99)), 0);
	CHECK_ERR(open("/tmp-none", O_RDONLY), ENXIO);
	unlink("/tmp-none");
}

TESTS(TEST(bytes_go_both_ways), TEST(the_end_of_either_side_is_seen),
      TEST(settings_and_size_are_kept), TEST(interrupt_key_reaches_the_foreground),
      TEST(hangup_kills_the_session), TEST(poll_and_select_tell_what_is_ready),
      TEST(epoll_has_levels_and_edges), TEST(simple_devices_do_what_they_say),)
