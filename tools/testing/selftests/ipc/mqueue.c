// SPDX-License-Identifier: MIT
/* POSIX message queues. Their names have the pid in them, and go with the test. */

#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <time.h>

#include "sysv_ipc.h"

#define SIZE	64

static const char *own_name(void)
{
	static char name[64];

	snprintf(name, sizeof(name), "/lectern-%d", (int)getpid());
	return name;
}

static mqd_t new_queue_with(long messages, long size, int flags)
{
	struct mq_attr attr = { .mq_maxmsg = messages, .mq_msgsize = size };
	mqd_t q;

	mq_unlink(own_name());
	q = mq_open(own_name(), O_RDWR | O_CREAT | O_EXCL | flags, 0600, &attr);
	if (q == -1 && errno == ENOSYS)
		SKIP("no message queues here");
	CHECK(q >= 0);
	return q;
}

/* Without a name: it's gone when the test is. */
static mqd_t new_queue(long messages, int flags)
{
	mqd_t q = new_queue_with(messages, SIZE, flags);

	CHECK_EQ(mq_unlink(own_name()), 0);
	return q;
}

static int put(mqd_t q, const char *text, unsigned int prio)
{
	return mq_send(q, text, strlen(text), prio);
}

/* The first message: is it this? */
static void expect(mqd_t q, const char *text, unsigned int prio)
{
	char buf[SIZE + 1] = "";
	unsigned int got;

	CHECK_EQ(mq_receive(q, buf, SIZE, &got), strlen(text));
	CHECK_EQ(got, prio);
	CHECK(!memcmp(buf, text, strlen(text)));
}

static long waiting(mqd_t q)
{
	struct mq_attr attr;

	CHECK_EQ(mq_getattr(q, &attr), 0);
	return attr.mq_curmsgs;
}

static struct timespec in_ms(long ms)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += ms % 1000 * 1000000;
	ts.tv_sec += ms / 1000 + ts.tv_nsec / 1000000000;
	ts.tv_nsec %= 1000000000;
	return ts;
}

/* The child stands in its queue's line. */
static void wait_for_receiver(pid_t pid)
{
	WAIT_UNTIL(waits_in(pid, pid, SYS_mq_timedreceive));
}

/* --- Opening --- */

static void a_name_finds_its_queue(void)
{
	mqd_t q = new_queue_with(4, SIZE, 0), other;

	CHECK_ERR(mq_open(own_name(), O_RDWR | O_CREAT | O_EXCL, 0600, NULL), EEXIST);
	other = mq_open(own_name(), O_RDONLY);
	CHECK(other >= 0 && other != q);
	CHECK_EQ(put(q, "hello", 3), 0);
	expect(other, "hello", 3);
	CHECK_EQ(mq_unlink(own_name()), 0);
	CHECK_ERR(mq_unlink(own_name()), ENOENT);
	CHECK_ERR(mq_open(own_name(), O_RDWR), ENOENT);
	/* Who has it open can go on. */
	CHECK_EQ(put(q, "still", 0), 0);
	expect(other, "still", 0);
	CHECK_EQ(mq_close(other), 0);
	CHECK_EQ(mq_close(q), 0);
	CHECK_ERR(mq_close(q), EBADF);
}

static void a_queue_keeps_its_messages_while_nobody_has_it_open(void)
{
	mqd_t q = new_queue_with(4, SIZE, 0);

	CHECK_EQ(put(q, "kept", 1), 0);
	CHECK_EQ(mq_close(q), 0);
	q = mq_open(own_name(), O_RDWR);
	CHECK(q >= 0);
	expect(q, "kept", 1);
	CHECK_EQ(mq_unlink(own_name()), 0);
}

/* The C library takes the slash away and refuses other names by itself: the call is asked. */
static long raw_open(const char *name, int flags)
{
	return syscall(SYS_mq_open, name, flags, 0600, NULL);
}

static void names_that_are_no_names_are_refused(void)
{
	char name[NAME_MAX + 2];

	memset(name, 'x', sizeof(name));
	name[NAME_MAX + 1] = 0;
	CHECK_ERR(raw_open(name, O_RDWR | O_CREAT), ENAMETOOLONG);
	CHECK_ERR(raw_open("", O_RDWR | O_CREAT), ENOENT);
	CHECK_ERR(raw_open("/a", O_RDWR | O_CREAT), EACCES);
	CHECK_ERR(raw_open("a/b", O_RDWR | O_CREAT), EACCES);
	CHECK_ERR(raw_open(".", O_RDWR | O_CREAT), EACCES);
	CHECK_ERR(raw_open("..", O_RDWR | O_CREAT), EACCES);
	CHECK_ERR(raw_open(NULL, O_RDWR | O_CREAT), EFAULT);
	CHECK_ERR(syscall(SYS_mq_open, "x", O_RDWR | O_CREAT, 0600, 8), EFAULT);
	CHECK_ERR(syscall(SYS_mq_unlink, "a/b"), EACCES);
	CHECK_ERR(syscall(SYS_mq_unlink, NULL), EFAULT);
	CHECK_ERR(mq_open("noslash", O_RDWR), EINVAL);
}

static void a_queue_has_the_size_asked_for(void)
{
	mqd_t q = new_queue_with(7, 33, 0);
	struct mq_attr attr;

	CHECK_EQ(mq_getattr(q, &attr), 0);
	CHECK_EQ(attr.mq_maxmsg, 7);
	CHECK_EQ(attr.mq_msgsize, 33);
	CHECK_EQ(attr.mq_curmsgs, 0);
	CHECK_EQ(attr.mq_flags, 0);
	CHECK_EQ(mq_unlink(own_name()), 0);
	q = mq_open(own_name(), O_RDWR | O_CREAT, 0600, NULL);
	CHECK_EQ(mq_getattr(q, &attr), 0);
	CHECK_EQ(attr.mq_maxmsg, 10);
	CHECK_EQ(attr.mq_msgsize, 8192);
	CHECK_EQ(mq_unlink(own_name()), 0);
}

static int try_size(long messages, long size)
{
	struct mq_attr attr = { .mq_maxmsg = messages, .mq_msgsize = size };
	mqd_t q = mq_open(own_name(), O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	int err = q < 0 ? errno : 0;

	if (q >= 0)
		mq_close(q);
	mq_unlink(own_name());
	return err;
}

static void sizes_beyond_the_limits_are_refused(void)
{
	CHECK_EQ(try_size(0, 1), EINVAL);
	CHECK_EQ(try_size(1, 0), EINVAL);
	CHECK_EQ(try_size(-1, 1), EINVAL);
	CHECK_EQ(try_size(1, LONG_MAX), EINVAL);
	CHECK_EQ(try_size(65537, 1), EINVAL);
	CHECK_EQ(try_size(1, 16 * 1024 * 1024 + 1), EINVAL);
	if (!geteuid()) {
		CHECK_EQ(try_size(11, 1), 0);
		CHECK_EQ(try_size(1, 8193), 0);
	}
	become_nobody();
	CHECK_EQ(try_size(10, 8192), 0);
	CHECK_EQ(try_size(11, 1), EINVAL);
	CHECK_EQ(try_size(1, 8193), EINVAL);
}

static void the_rlimit_is_paid_in_advance(void)
{
	/* Eight messages of 64 bytes, and 96 for the management of each. */
	struct rlimit limit = { 2 * 8 * (64 + 96), 819200 };
	struct mq_attr attr = { .mq_maxmsg = 8, .mq_msgsize = 64 };
	char names[3][80];
	mqd_t q[2];
	int i;

	become_nobody();
	for (i = 0; i < 3; i++)
		snprintf(names[i], sizeof(names[i]), "%s-%d", own_name(), i);
	CHECK_EQ(setrlimit(RLIMIT_MSGQUEUE, &limit), 0);
	for (i = 0; i < 2; i++) {
		q[i] = mq_open(names[i], O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
		CHECK(q[i] >= 0);
	}
	CHECK_ERR(mq_open(names[2], O_RDWR | O_CREAT | O_EXCL, 0600, &attr), EMFILE);
	/* Paid back with the last descriptor, not with the name. */
	CHECK_EQ(mq_unlink(names[0]), 0);
	CHECK_ERR(mq_open(names[2], O_RDWR | O_CREAT | O_EXCL, 0600, &attr), EMFILE);
	CHECK_EQ(mq_close(q[0]), 0);
	q[0] = mq_open(names[2], O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	CHECK(q[0] >= 0);
	CHECK_EQ(mq_unlink(names[1]), 0);
	CHECK_EQ(mq_unlink(names[2]), 0);
}

static void permissions_are_a_files(void)
{
	mqd_t q;

	umask(022);
	mq_unlink("/lectern-perm");
	q = mq_open("/lectern-perm", O_RDWR | O_CREAT | O_EXCL, 0666, NULL);
	CHECK(q >= 0);
	if (geteuid()) {
		CHECK_EQ(mq_unlink("/lectern-perm"), 0);
		SKIP("needs root");
	}
	if (!fork()) {
		struct stat st;

		CHECK_EQ(fstat(q, &st), 0);
		CHECK_EQ(st.st_mode, S_IFREG | 0644);
		CHECK_EQ(st.st_size, 80);
		become_nobody();
		CHECK(mq_open("/lectern-perm", O_RDONLY) >= 0);
		CHECK_ERR(mq_open("/lectern-perm", O_WRONLY), EACCES);
		CHECK_ERR(mq_open("/lectern-perm", O_RDWR), EACCES);
		CHECK_ERR(mq_open("/lectern-perm", O_RDWR | O_CREAT, 0666, NULL), EACCES);
		/* It's another's, in a sticky directory; the C library says EACCES for EPERM. */
		CHECK_ERR(syscall(SYS_mq_unlink, "lectern-perm"), EPERM);
		CHECK_ERR(mq_unlink("/lectern-perm"), EACCES);
		_exit(0);
	}
	wait(NULL);
	CHECK_EQ(mq_unlink("/lectern-perm"), 0);
}

static void descriptors_are_closed_by_exec_and_checked(void)
{
	mqd_t q = new_queue_with(4, SIZE, 0), reader, writer;
	int null = open("/dev/null", O_RDWR);
	char buf[SIZE];

	CHECK_EQ(fcntl(q, F_GETFD), FD_CLOEXEC);
	reader = mq_open(own_name(), O_RDONLY);
	writer = mq_open(own_name(), O_WRONLY);
	CHECK_EQ(mq_unlink(own_name()), 0);
	CHECK_ERR(put(reader, "x", 0), EBADF);
	CHECK_EQ(put(writer, "x", 0), 0);
	CHECK_ERR(mq_receive(writer, buf, SIZE, NULL), EBADF);
	CHECK_EQ(mq_receive(reader, buf, SIZE, NULL), 1);
	CHECK_ERR(put(null, "x", 0), EBADF);
	CHECK_ERR(mq_receive(null, buf, SIZE, NULL), EBADF);
	CHECK_ERR(syscall(SYS_mq_getsetattr, null, NULL, NULL), EBADF);
	CHECK_ERR(syscall(SYS_mq_notify, null, NULL), EBADF);
	CHECK_ERR(put(-1, "x", 0), EBADF);
}

/* --- Sending and receiving --- */

static void messages_come_by_priority_then_by_age(void)
{
	mqd_t q = new_queue(6, 0);

	CHECK_EQ(put(q, "low 1", 1), 0);
	CHECK_EQ(put(q, "high 1", 9), 0);
	CHECK_EQ(put(q, "low 2", 1), 0);
	CHECK_EQ(put(q, "highest", 32767), 0);
	CHECK_EQ(put(q, "high 2", 9), 0);
	CHECK_EQ(put(q, "lowest", 0), 0);
	CHECK_EQ(waiting(q), 6);
	expect(q, "highest", 32767);
	expect(q, "high 1", 9);
	expect(q, "high 2", 9);
	expect(q, "low 1", 1);
	expect(q, "low 2", 1);
	expect(q, "lowest", 0);
	CHECK_EQ(waiting(q), 0);
}

static void arguments_are_checked(void)
{
	mqd_t q = new_queue(2, O_NONBLOCK);
	char buf[SIZE + 1] = "";

	CHECK_ERR(put(q, "x", 32768), EINVAL);
	CHECK_ERR(mq_send(q, buf, SIZE + 1, 0), EMSGSIZE);
	CHECK_EQ(mq_send(q, buf, SIZE, 0), 0);
	CHECK_ERR(mq_receive(q, buf, SIZE - 1, NULL), EMSGSIZE);
	CHECK_EQ(mq_receive(q, buf, SIZE, NULL), SIZE);
	CHECK_EQ(syscall(SYS_mq_timedsend, q, NULL, 0, 0, NULL), 0);
	CHECK_EQ(mq_receive(q, buf, SIZE, NULL), 0);
	CHECK_ERR(syscall(SYS_mq_timedsend, q, 8, 4, 0, NULL), EFAULT);
	CHECK_ERR(syscall(SYS_mq_timedsend, q, buf, 4, 0, 8), EFAULT);
	CHECK_EQ(waiting(q), 0);
	/* A message that can't be stored is lost. */
	CHECK_EQ(put(q, "lost", 0), 0);
	CHECK_ERR(syscall(SYS_mq_timedreceive, q, 8, SIZE, NULL, NULL), EFAULT);
	CHECK_EQ(waiting(q), 0);
}

static void without_waiting_full_and_empty_are_told(void)
{
	mqd_t q = new_queue(2, O_NONBLOCK);
	char buf[SIZE];

	CHECK_ERR(mq_receive(q, buf, SIZE, NULL), EAGAIN);
	CHECK_EQ(put(q, "1", 0), 0);
	CHECK_EQ(put(q, "2", 0), 0);
	CHECK_ERR(put(q, "3", 0), EAGAIN);
	expect(q, "1", 0);
	CHECK_EQ(put(q, "3", 0), 0);
}

static void nonblock_is_the_one_attribute_to_be_set(void)
{
	struct mq_attr attr = { .mq_flags = O_NONBLOCK, .mq_maxmsg = 99, .mq_curmsgs = 99 }, old;
	mqd_t q = new_queue(2, 0);
	char buf[SIZE];

	CHECK_EQ(mq_setattr(q, &attr, &old), 0);
	CHECK_EQ(old.mq_flags, 0);
	CHECK_ERR(mq_receive(q, buf, SIZE, NULL), EAGAIN);
	CHECK_EQ(mq_getattr(q, &old), 0);
	CHECK_EQ(old.mq_flags, O_NONBLOCK);
	CHECK_EQ(old.mq_maxmsg, 2);
	CHECK_EQ(old.mq_curmsgs, 0);
	CHECK_EQ(fcntl(q, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	attr.mq_flags = O_NONBLOCK | O_APPEND;
	CHECK_ERR(mq_setattr(q, &attr, NULL), EINVAL);
	attr.mq_flags = 0;
	CHECK_EQ(mq_setattr(q, &attr, NULL), 0);
	CHECK_EQ(fcntl(q, F_GETFL) & O_NONBLOCK, 0);
	CHECK_ERR(syscall(SYS_mq_getsetattr, q, 8, NULL), EFAULT);
	CHECK_ERR(syscall(SYS_mq_getsetattr, q, NULL, 8), EFAULT);
}

static void attributes_have_zeros_where_unused(void)
{
	mqd_t q = new_queue(2, 0);
	long attr[8], i;

	memset(attr, 0xff, sizeof(attr));
	CHECK_EQ(syscall(SYS_mq_getsetattr, q, NULL, attr), 0);
	for (i = 4; i < 8; i++)
		CHECK_EQ(attr[i], 0);
}

static void timeouts_are_times_of_the_wall_clock(void)
{
	mqd_t q = new_queue(1, 0);
	struct timespec until = in_ms(80), now, past = { 1, 0 };
	char buf[SIZE];

	CHECK_ERR(mq_timedreceive(q, buf, SIZE, NULL, &until), ETIMEDOUT);
	clock_gettime(CLOCK_REALTIME, &now);
	CHECK(now.tv_sec > until.tv_sec ||
	      (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
	CHECK_ERR(mq_timedreceive(q, buf, SIZE, NULL, &past), ETIMEDOUT);
	CHECK_EQ(mq_timedsend(q, "x", 1, 0, &past), 0);
	CHECK_ERR(mq_timedsend(q, "x", 1, 0, &past), ETIMEDOUT);
	until = in_ms(50);
	CHECK_ERR(mq_timedsend(q, "x", 1, 0, &until), ETIMEDOUT);
	CHECK_EQ(waiting(q), 1);
}

static void timeouts_have_to_be_valid(void)
{
	mqd_t q = new_queue(1, O_NONBLOCK);
	struct timespec wrong = { 1, 1000000000 };
	char buf[SIZE];

	CHECK_ERR(mq_timedsend(q, "x", 1, 0, &wrong), EINVAL);
	wrong.tv_nsec = -1;
	CHECK_ERR(mq_timedsend(q, "x", 1, 0, &wrong), EINVAL);
	CHECK_ERR(mq_timedreceive(q, buf, SIZE, NULL, &wrong), EINVAL);
	wrong.tv_sec = -1;
	wrong.tv_nsec = 0;
	CHECK_ERR(mq_timedreceive(q, buf, SIZE, NULL, &wrong), EINVAL);
	CHECK_EQ(waiting(q), 0);
}

/* --- Waiting --- */

static int receive_and_tell(void *arg)
{
	char buf[SIZE];

	return mq_receive(*(mqd_t *)arg, buf, SIZE, NULL) == 1 ? buf[0] : 255;
}

static void a_receiver_waits_for_a_message(void)
{
	mqd_t q = new_queue(1, 0);
	pid_t pid = start_child(receive_and_tell, &q);

	wait_for_receiver(pid);
	CHECK_EQ(put(q, "A", 0), 0);
	CHECK_EQ(end_of(pid), 'A');
	CHECK_EQ(waiting(q), 0);
}

static int send_later(void *arg)
{
	return put(*(mqd_t *)arg, "B", 7) == 0 ? 0 : 255;
}

static void a_sender_waits_for_room(void)
{
	mqd_t q = new_queue(1, 0);
	pid_t pid;

	CHECK_EQ(put(q, "A", 0), 0);
	pid = start_child(send_later, &q);
	WAIT_UNTIL(waits_in(pid, pid, SYS_mq_timedsend));
	expect(q, "A", 0);
	CHECK_EQ(end_of(pid), 0);
	expect(q, "B", 7);
}

static void receivers_are_served_in_the_order_they_came(void)
{
	mqd_t q = new_queue(3, 0);
	pid_t pids[3];
	char text[2] = "A";
	int i;

	for (i = 0; i < 3; i++) {
		pids[i] = start_child(receive_and_tell, &q);
		wait_for_receiver(pids[i]);
	}
	for (i = 0; i < 3; i++) {
		text[0] = 'A' + i;
		CHECK_EQ(put(q, text, 0), 0);
	}
	for (i = 0; i < 3; i++)
		CHECK_EQ(end_of(pids[i]), 'A' + i);
}

static int receive_until_signal(void *arg)
{
	struct sigaction sa = { .sa_handler = do_nothing };
	char buf[SIZE];

	sigaction(SIGUSR1, &sa, NULL);
	return mq_receive(*(mqd_t *)arg, buf, SIZE, NULL) < 0 && errno == EINTR ? 0 : 1;
}

static void a_signal_ends_the_wait(void)
{
	mqd_t q = new_queue(1, 0);
	pid_t pid = start_child(receive_until_signal, &q);

	wait_for_receiver(pid);
	kill(pid, SIGUSR1);
	CHECK_EQ(end_of(pid), 0);
	/* It is in no line any more: the message stays. */
	CHECK_EQ(put(q, "x", 0), 0);
	CHECK_EQ(waiting(q), 1);
}

static void poll_tells_of_messages_and_room(void)
{
	mqd_t q = new_queue(1, 0);
	struct pollfd p = { .fd = q, .events = POLLIN | POLLOUT };

	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLOUT);
	CHECK_EQ(put(q, "x", 0), 0);
	CHECK_EQ(poll(&p, 1, 0), 1);
	CHECK_EQ(p.revents, POLLIN);
}

static int poll_in(void *arg)
{
	struct pollfd p = { .fd = *(mqd_t *)arg, .events = POLLIN };

	return ppoll(&p, 1, NULL, NULL) == 1 && p.revents == POLLIN ? 0 : 1;
}

static void poll_wakes_for_a_message(void)
{
	mqd_t q = new_queue(1, 0);
	pid_t pid = start_child(poll_in, &q);

	WAIT_UNTIL(waits_in(pid, pid, SYS_ppoll));
	CHECK_EQ(put(q, "x", 0), 0);
	CHECK_EQ(end_of(pid), 0);
}

static void epoll_takes_queues(void)
{
	mqd_t q = new_queue(1, 0);
	struct epoll_event ev = { .events = EPOLLIN };
	int ep = epoll_create1(0);

	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, q, &ev), 0);
	CHECK_EQ(epoll_wait(ep, &ev, 1, 0), 0);
	CHECK_EQ(put(q, "x", 0), 0);
	CHECK_EQ(epoll_wait(ep, &ev, 1, 1000), 1);
}

/* --- Notification --- */

static void ask_for_signal(mqd_t q, int sig, int value)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = sig };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_BLOCK, &set, NULL);
	ev.sigev_value.sival_int = value;
	CHECK_EQ(mq_notify(q, &ev), 0);
}

/* Is the signal pending? Then take it. */
static bool signalled(int sig, siginfo_t *info)
{
	struct timespec none = { 0, 0 };
	siginfo_t other;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	return sigtimedwait(&set, info ? info : &other, &none) == sig;
}

static int send_from_child(void *arg)
{
	return put(*(mqd_t *)arg, "x", 0);
}

static void a_message_in_an_empty_queue_is_told_once(void)
{
	mqd_t q = new_queue(4, 0);
	siginfo_t info;
	pid_t pid;

	ask_for_signal(q, SIGRTMIN + 1, 4711);
	CHECK(!signalled(SIGRTMIN + 1, NULL));
	pid = start_child(send_from_child, &q);
	CHECK_EQ(end_of(pid), 0);
	CHECK(signalled(SIGRTMIN + 1, &info));
	CHECK_EQ(info.si_code, SI_MESGQ);
	CHECK_EQ(info.si_errno, 0);
	CHECK_EQ(info.si_value.sival_int, 4711);
	CHECK_EQ(info.si_pid, pid);
	CHECK_EQ(info.si_uid, getuid());
	expect(q, "x", 0);
	CHECK_EQ(put(q, "y", 0), 0);
	CHECK(!signalled(SIGRTMIN + 1, NULL));
}

static void a_message_in_a_queue_with_others_is_not_told(void)
{
	mqd_t q = new_queue(4, 0);

	CHECK_EQ(put(q, "1", 0), 0);
	ask_for_signal(q, SIGUSR2, 0);
	CHECK_EQ(put(q, "2", 0), 0);
	CHECK(!signalled(SIGUSR2, NULL));
	expect(q, "1", 0);
	expect(q, "2", 0);
	CHECK_EQ(put(q, "3", 0), 0);
	CHECK(signalled(SIGUSR2, NULL));
}

static void a_message_for_who_waits_is_not_told(void)
{
	mqd_t q = new_queue(4, 0);
	pid_t pid = start_child(receive_and_tell, &q);

	wait_for_receiver(pid);
	ask_for_signal(q, SIGUSR2, 0);
	CHECK_EQ(put(q, "1", 0), 0);
	CHECK_EQ(end_of(pid), '1');
	CHECK(!signalled(SIGUSR2, NULL));
	CHECK_EQ(put(q, "2", 0), 0);
	CHECK(signalled(SIGUSR2, NULL));
}

static int ask_is_busy(void *arg)
{
	struct sigevent ev = { .sigev_notify = SIGEV_NONE };

	return mq_notify(*(mqd_t *)arg, &ev) < 0 ? errno : 0;
}

static void one_process_at_a_time_is_told(void)
{
	struct sigevent none = { .sigev_notify = SIGEV_NONE };
	mqd_t q = new_queue(4, 0);

	CHECK_EQ(mq_notify(q, &none), 0);
	CHECK_ERR(mq_notify(q, &none), EBUSY);
	CHECK_EQ(end_of(start_child(ask_is_busy, &q)), EBUSY);
	CHECK_EQ(mq_notify(q, NULL), 0);
	CHECK_EQ(mq_notify(q, NULL), 0);
	CHECK_EQ(end_of(start_child(ask_is_busy, &q)), 0);
	/* The child has ended: its wish with it. */
	CHECK_EQ(mq_notify(q, &none), 0);
	/* A message ends that of SIGEV_NONE too. */
	CHECK_EQ(put(q, "x", 0), 0);
	CHECK_EQ(mq_notify(q, &none), 0);
}

static void closing_any_descriptor_ends_the_notification(void)
{
	mqd_t q = new_queue(4, 0);
	struct sigevent none = { .sigev_notify = SIGEV_NONE };

	CHECK_EQ(mq_notify(q, &none), 0);
	CHECK_EQ(close(dup(q)), 0);
	CHECK_EQ(mq_notify(q, &none), 0);
}

static long raw_notify(mqd_t q, int how, int signo, void *value)
{
	struct sigevent ev = { .sigev_notify = how, .sigev_signo = signo };

	ev.sigev_value.sival_ptr = value;
	return syscall(SYS_mq_notify, q, &ev);
}

static void wrong_notifications_are_refused(void)
{
	mqd_t q = new_queue(4, 0);
	char cookie[32] = "";
	int null = open("/dev/null", O_RDWR), pair[2];

	CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	CHECK_ERR(raw_notify(q, SIGEV_SIGNAL, 65, NULL), EINVAL);
	CHECK_ERR(raw_notify(q, SIGEV_SIGNAL, -1, NULL), EINVAL);
	CHECK_ERR(raw_notify(q, 77, SIGUSR1, NULL), EINVAL);
	CHECK_ERR(raw_notify(q, SIGEV_THREAD_ID, SIGUSR1, NULL), EINVAL);
	CHECK_ERR(syscall(SYS_mq_notify, q, 8), EFAULT);
	/* The C library gives a netlink socket. */
	CHECK_ERR(raw_notify(q, SIGEV_THREAD, -1, NULL), EFAULT);
	CHECK_ERR(raw_notify(q, SIGEV_THREAD, -1, cookie), EBADF);
	CHECK_ERR(raw_notify(q, SIGEV_THREAD, null, cookie), ENOTSOCK);
	CHECK_ERR(raw_notify(q, SIGEV_THREAD, pair[0], cookie), EINVAL);
}

/* --- The file system --- */

static void the_file_tells_the_queues_state(void)
{
	char text[128] = "", want[128];
	mqd_t q = new_queue(4, 0);

	CHECK_EQ(put(q, "12345", 0), 0);
	CHECK_EQ(put(q, "123", 0), 0);
	CHECK(read(q, text, sizeof(text)) > 0);
	CHECK(!strcmp(text, "QSIZE:8          NOTIFY:0     SIGNO:0     NOTIFY_PID:0     \n"));
	ask_for_signal(q, SIGUSR1, 0);
	memset(text, 0, sizeof(text));
	CHECK_EQ(lseek(q, 0, SEEK_SET), 0);
	CHECK(read(q, text, sizeof(text)) > 0);
	snprintf(want, sizeof(want), "QSIZE:%-10d NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d\n", 8, 0,
		 SIGUSR1, (int)getpid());
	CHECK(!strcmp(text, want));
	CHECK_EQ(read(q, text, sizeof(text)), 0);
	CHECK_ERR(write(q, "x", 1), EINVAL);
}

static void a_mounted_directory_shows_the_queues(void)
{
	char path[128], dir[] = "/tmp/mqueue.XXXXXX";
	struct statfs fs;
	struct stat st;
	mqd_t q;
	int fd;

	need_root();
	mkdir("/tmp", 0777);
	CHECK(mkdtemp(dir));
	q = new_queue_with(3, SIZE, 0);
	CHECK_EQ(mount("none", dir, "mqueue", 0, NULL), 0);
	CHECK_EQ(statfs(dir, &fs), 0);
	CHECK_EQ(fs.f_type, 0x19800202);
	CHECK_EQ(stat(dir, &st), 0);
	CHECK_EQ(st.st_mode, S_IFDIR | S_ISVTX | 0777);
	snprintf(path, sizeof(path), "%s%s", dir, own_name());
	CHECK_EQ(stat(path, &st), 0);
	CHECK_EQ(st.st_mode, S_IFREG | 0600);
	CHECK_EQ(unlink(path), 0);
	CHECK_ERR(mq_open(own_name(), O_RDWR), ENOENT);
	CHECK_EQ(mq_close(q), 0);
	/* A file made there is a queue. */
	fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0);
	q = mq_open(own_name(), O_RDWR);
	CHECK(q >= 0);
	CHECK_EQ(put(q, "by name", 2), 0);
	CHECK_EQ(waiting(fd), 1);
	CHECK_ERR(mkdir(strcat(path, "d"), 0700), EPERM);
	CHECK_EQ(mq_unlink(own_name()), 0);
	/* This one is of the mount, mq_open()'s are of the kernel's own. */
	CHECK_EQ(close(fd), 0);
	CHECK_EQ(umount(dir), 0);
	CHECK_EQ(rmdir(dir), 0);
}

static long sysctl_value(const char *name)
{
	char path[128], text[32] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/sys/fs/mqueue/%s", name);
	fd = open(path, O_RDONLY);
	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		SKIP("no /proc/sys/fs/mqueue");
	close(fd);
	return atol(text);
}

static bool set_sysctl(const char *name, long value)
{
	char path[128], text[32];
	int fd, len = snprintf(text, sizeof(text), "%ld", value);
	bool done;

	snprintf(path, sizeof(path), "/proc/sys/fs/mqueue/%s", name);
	fd = open(path, O_WRONLY);
	done = fd >= 0 && write(fd, text, len) == len;
	if (fd >= 0)
		close(fd);
	return done;
}

static void the_limits_are_in_proc(void)
{
	CHECK_EQ(sysctl_value("msg_max"), 10);
	CHECK_EQ(sysctl_value("msgsize_max"), 8192);
	CHECK_EQ(sysctl_value("msg_default"), 10);
	CHECK_EQ(sysctl_value("msgsize_default"), 8192);
	CHECK_EQ(sysctl_value("queues_max"), 256);
}

static int nobody_tries_eleven(void *arg)
{
	(void)arg;
	become_nobody();
	return try_size(11, 16);
}

static int nobody_tries_any(void *arg)
{
	(void)arg;
	become_nobody();
	return try_size(1, 16);
}

static void limits_can_be_changed(void)
{
	struct mq_attr attr;
	mqd_t q;

	need_root();
	sysctl_value("msg_max");
	CHECK(!set_sysctl("msg_max", 0));
	CHECK(!set_sysctl("msg_max", 65537));
	CHECK(!set_sysctl("msgsize_max", 127));
	CHECK_EQ(end_of(start_child(nobody_tries_eleven, NULL)), EINVAL);
	CHECK(set_sysctl("msg_max", 20));
	CHECK_EQ(end_of(start_child(nobody_tries_eleven, NULL)), 0);
	CHECK(set_sysctl("msg_max", 10));
	CHECK(set_sysctl("msg_default", 5));
	q = mq_open(own_name(), O_RDWR | O_CREAT | O_EXCL, 0600, NULL);
	CHECK_EQ(mq_getattr(q, &attr), 0);
	CHECK_EQ(attr.mq_maxmsg, 5);
	CHECK_EQ(mq_unlink(own_name()), 0);
	CHECK(set_sysctl("msg_default", 10));
	CHECK(set_sysctl("queues_max", 0));
	CHECK_EQ(end_of(start_child(nobody_tries_any, NULL)), ENOSPC);
	/* Not for who may use more resources. */
	CHECK_EQ(try_size(1, 16), 0);
	CHECK(set_sysctl("queues_max", 256));
}

/* --- Many at once --- */

#define STORM_THREADS	4

struct storm {
	mqd_t q;
	long rounds;
	unsigned long sum;
};

static void *storm_sender(void *arg)
{
	struct storm *s = arg;
	long i;

	for (i = 1; i <= s->rounds; i++)
		CHECK_EQ(mq_send(s->q, (char *)&i, sizeof(i), i % 3), 0);
	return NULL;
}

static void *storm_receiver(void *arg)
{
	struct storm *s = arg;
	char buf[SIZE];
	long i, n;

	for (i = 1; i <= s->rounds; i++) {
		CHECK_EQ(mq_receive(s->q, buf, SIZE, NULL), sizeof(n));
		memcpy(&n, buf, sizeof(n));
		__atomic_add_fetch(&s->sum, n, __ATOMIC_RELAXED);
	}
	return NULL;
}

static void no_message_is_lost_or_doubled(void)
{
	struct storm s = { .q = new_queue(3, 0), .rounds = rounds(2000) };
	pthread_t threads[2 * STORM_THREADS];
	int i;

	for (i = 0; i < 2 * STORM_THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, i % 2 ? storm_sender : storm_receiver,
					&s), 0);
	for (i = 0; i < 2 * STORM_THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(s.sum, STORM_THREADS * s.rounds * (s.rounds + 1) / 2);
	CHECK_EQ(waiting(s.q), 0);
}

/* Signals and timeouts take some out of the line at any moment. */
static void *impatient_receiver(void *arg)
{
	struct storm *s = arg;
	char buf[SIZE];
	long n, left = s->rounds;

	while (left) {
		struct timespec until = in_ms(0);

		until.tv_nsec += 200000;
		if (until.tv_nsec >= 1000000000) {
			until.tv_nsec -= 1000000000;
			until.tv_sec++;
		}
		if (mq_timedreceive(s->q, buf, SIZE, NULL, &until) < 0) {
			CHECK_EQ(errno, ETIMEDOUT);
			continue;
		}
		memcpy(&n, buf, sizeof(n));
		__atomic_add_fetch(&s->sum, n, __ATOMIC_RELAXED);
		left--;
	}
	return NULL;
}

static void nothing_is_lost_on_who_gives_up(void)
{
	struct storm s = { .q = new_queue(1, 0), .rounds = rounds(1000) };
	pthread_t threads[2 * STORM_THREADS];
	int i;

	for (i = 0; i < 2 * STORM_THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL,
					i % 2 ? storm_sender : impatient_receiver, &s), 0);
	for (i = 0; i < 2 * STORM_THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(s.sum, STORM_THREADS * s.rounds * (s.rounds + 1) / 2);
	CHECK_EQ(waiting(s.q), 0);
}

TESTS(
	TEST(a_name_finds_its_queue),
	TEST(a_queue_keeps_its_messages_while_nobody_has_it_open),
	TEST(names_that_are_no_names_are_refused),
	TEST(a_queue_has_the_size_asked_for),
	TEST(sizes_beyond_the_limits_are_refused),
	TEST(the_rlimit_is_paid_in_advance),
	TEST(permissions_are_a_files),
	TEST(descriptors_are_closed_by_exec_and_checked),
	TEST(messages_come_by_priority_then_by_age),
	TEST(arguments_are_checked),
	TEST(without_waiting_full_and_empty_are_told),
	TEST(nonblock_is_the_one_attribute_to_be_set),
	TEST(attributes_have_zeros_where_unused),
	TEST(timeouts_are_times_of_the_wall_clock),
	TEST(timeouts_have_to_be_valid),
	TEST(a_receiver_waits_for_a_message),
	TEST(a_sender_waits_for_room),
	TEST(receivers_are_served_in_the_order_they_came),
	TEST(a_signal_ends_the_wait),
	TEST(poll_tells_of_messages_and_room),
	TEST(poll_wakes_for_a_message),
	TEST(epoll_takes_queues),
	TEST(a_message_in_an_empty_queue_is_told_once),
	TEST(a_message_in_a_queue_with_others_is_not_told),
	TEST(a_message_for_who_waits_is_not_told),
	TEST(one_process_at_a_time_is_told),
	TEST(closing_any_descriptor_ends_the_notification),
	TEST(wrong_notifications_are_refused),
	TEST(the_file_tells_the_queues_state),
	TEST(a_mounted_directory_shows_the_queues),
	TEST(the_limits_are_in_proc),
	TEST(limits_can_be_changed),
	TEST(no_message_is_lost_or_doubled),
	TEST(nothing_is_lost_on_who_gives_up),
)
