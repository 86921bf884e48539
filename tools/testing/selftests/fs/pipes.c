// SPDX-License-Identifier: MIT
/* Pipes, FIFOs, splices, and locks on files. */

#include "dir.h"

#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>

static char buf[8192];

static void bytes_go_through(void)
{
	int p[2], n;

	CHECK_EQ(pipe(p), 0);
	CHECK_EQ(write(p[1], "abc", 3), 3);
	CHECK(!ioctl(p[0], FIONREAD, &n) && n == 3);
	CHECK_EQ(read(p[0], buf, 10), 3);
	CHECK_ERR(lseek(p[0], 0, SEEK_SET), ESPIPE);
	CHECK_ERR(pread(p[0], buf, 1, 0), ESPIPE);
	CHECK_ERR(write(p[0], buf, 1), EBADF);
	close(p[1]);
	CHECK_EQ(read(p[0], buf, 10), 0);
}

static void the_size_can_be_changed(void)
{
	int p[2];

	CHECK_EQ(pipe2(p, O_NONBLOCK), 0);
	CHECK_EQ(fcntl(p[0], F_GETPIPE_SZ), 65536);
	CHECK_EQ(fcntl(p[1], F_SETPIPE_SZ, 4096), 4096);
	CHECK_EQ(write(p[1], buf, 4096), 4096);
	CHECK_ERR(write(p[1], buf, 1), EAGAIN);
	CHECK_EQ(fcntl(p[1], F_SETPIPE_SZ, 5000), 8192);
	CHECK_EQ(write(p[1], buf, 8192), 4096);
}

static void poll_tells_what_can_be_done(void)
{
	struct pollfd r, w;
	int p[2];

	CHECK_EQ(pipe(p), 0);
	r = (struct pollfd){ p[0], POLLIN, 0 };
	w = (struct pollfd){ p[1], POLLOUT, 0 };
	CHECK_EQ(poll(&r, 1, 0), 0);
	CHECK(poll(&w, 1, 0) == 1 && w.revents == POLLOUT);
	CHECK_EQ(write(p[1], "x", 1), 1);
	CHECK(poll(&r, 1, -1) == 1 && r.revents == POLLIN);
	close(p[1]);
	CHECK(poll(&r, 1, 0) == 1 && r.revents == (POLLIN | POLLHUP));
	CHECK_EQ(pipe(p), 0);
	close(p[0]);
	w.fd = p[1];
	CHECK(poll(&w, 1, 0) == 1 && (w.revents & POLLERR));
}

static void nobody_reads_is_sigpipe(void)
{
	int p[2];
	pid_t pid;

	CHECK_EQ(pipe(p), 0);
	close(p[0]);
	pid = fork();
	if (!pid) {
		signal(SIGPIPE, SIG_DFL);
		(void)!write(p[1], "x", 1);
		_exit(0);
	}
	CHECK_EQ(end_of(pid), 128 + SIGPIPE);
	signal(SIGPIPE, SIG_IGN);
	CHECK_ERR(write(p[1], "x", 1), EPIPE);
}

static void a_fifo_joins_two_processes(void)
{
	int r, w;
	pid_t pid;

	enter_fresh_dir();
	CHECK_EQ(mkfifo("fifo", 0600), 0);
	CHECK_ERR(open("fifo", O_WRONLY | O_NONBLOCK), ENXIO);
	pid = fork();
	if (!pid) {
		char c = 0;
		int fd = open("fifo", O_RDONLY);

		_exit(fd >= 0 && read(fd, &c, 1) == 1 && c == 'y' ? 0 : 1);
	}
	w = open("fifo", O_WRONLY);
	CHECK_EQ(write(w, "y", 1), 1);
	CHECK_EQ(end_of(pid), 0);
	close(w);
	r = open("fifo", O_RDONLY | O_NONBLOCK);
	CHECK_EQ(read(r, buf, 1), 0);
}

/* As a shell's <(program) is; nobody is waited for, since nobody can come. */
static void a_pipe_is_opened_anew_when_its_partner_has_gone(void)
{
	char path[40];
	int p[2], fd;

	CHECK_EQ(pipe(p), 0);
	CHECK_EQ(write(p[1], "abc", 3), 3);
	close(p[1]);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", p[0]);
	fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	CHECK_EQ(read(fd, buf, 10), 3);
	CHECK_EQ(read(fd, buf, 10), 0);

	CHECK_EQ(pipe(p), 0);
	close(p[0]);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", p[1]);
	CHECK(open(path, O_WRONLY | O_NONBLOCK) >= 0);
	CHECK(open(path, O_WRONLY) >= 0);
}

static void splices_move_and_tees_copy(void)
{
	int p[2], q[2], fd;

	enter_fresh_dir();
	CHECK_EQ(pipe2(p, O_NONBLOCK), 0);
	CHECK_EQ(pipe2(q, O_NONBLOCK), 0);
	fd = make_file("f", "hello world");
	CHECK_EQ(lseek(fd, 6, SEEK_SET), 6);
	CHECK_EQ(splice(fd, NULL, p[1], NULL, 100, 0), 5);
	CHECK_EQ(tee(p[0], q[1], 100, 0), 5);
	CHECK_EQ(splice(p[0], NULL, q[1], NULL, 2, 0), 2);
	CHECK_EQ(read(q[0], buf, 100), 7);
	CHECK_EQ(memcmp(buf, "worldwo", 7), 0);
	CHECK_EQ(splice(p[0], NULL, fd, NULL, 100, 0), 3);
	CHECK_EQ(pread(fd, buf, 100, 0), 14);
	CHECK_EQ(memcmp(buf + 11, "rld", 3), 0);
	CHECK_ERR(splice(p[0], NULL, q[1], NULL, 1, 0), EAGAIN);
	CHECK_ERR(splice(fd, NULL, fd, NULL, 1, 0), EINVAL);
	CHECK_ERR(tee(p[0], p[1], 1, 0), EINVAL);
	CHECK_ERR(tee(fd, p[1], 1, 0), EINVAL);
}

static void record_locks_belong_to_a_process(void)
{
	struct flock fl = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 10 };
	int fd;
	pid_t pid;

	enter_fresh_dir();
	fd = make_file("f", "x");
	CHECK_EQ(fcntl(fd, F_SETLK, &fl), 0);
	CHECK_EQ(fcntl(fd, F_SETLK, &fl), 0);
	pid = fork();
	if (!pid) {
		fl.l_start = 5;
		fl.l_len = 1;
		CHECK_ERR(fcntl(fd, F_SETLK, &fl), EAGAIN);
		CHECK(!fcntl(fd, F_GETLK, &fl) && fl.l_type == F_WRLCK && fl.l_pid == getppid());
		CHECK(fl.l_start == 0 && fl.l_len == 10);
		fl = (struct flock){ .l_type = F_WRLCK, .l_start = 10, .l_len = 1 };
		CHECK_EQ(fcntl(fd, F_SETLK, &fl), 0);
		_exit(0);
	}
	CHECK_EQ(end_of(pid), 0);
	/* Closing any descriptor of the file drops them. */
	close(dup(fd));
	pid = fork();
	if (!pid) {
		fl = (struct flock){ .l_type = F_WRLCK, .l_len = 10 };
		CHECK_EQ(fcntl(fd, F_SETLK, &fl), 0);
		_exit(0);
	}
	CHECK_EQ(end_of(pid), 0);
}

static void flock_belongs_to_an_open_file(void)
{
	int a, b;

	enter_fresh_dir();
	a = make_file("f", "x");
	b = open("f", O_RDWR);
	CHECK_EQ(flock(a, LOCK_SH), 0);
	CHECK_EQ(flock(b, LOCK_SH | LOCK_NB), 0);
	CHECK_ERR(flock(b, LOCK_EX | LOCK_NB), EAGAIN);
	CHECK_EQ(flock(a, LOCK_UN), 0);
	CHECK_EQ(flock(b, LOCK_EX | LOCK_NB), 0);
	CHECK_ERR(flock(a, LOCK_SH | LOCK_NB), EAGAIN);
	CHECK_ERR(flock(a, 77), EINVAL);
	close(b);
	CHECK_EQ(flock(a, LOCK_EX | LOCK_NB), 0);
}

TESTS(
	TEST(bytes_go_through),
	TEST(the_size_can_be_changed),
	TEST(poll_tells_what_can_be_done),
	TEST(nobody_reads_is_sigpipe),
	TEST(a_fifo_joins_two_processes),
	TEST(a_pipe_is_opened_anew_when_its_partner_has_gone),
	TEST(splices_move_and_tees_copy),
	TEST(record_locks_belong_to_a_process),
	TEST(flock_belongs_to_an_open_file),
)
