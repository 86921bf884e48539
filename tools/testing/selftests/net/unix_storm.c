// SPDX-License-Identifier: MIT
/*
 * Many processes and threads at once: messages, connections, descriptors on their way while
 * everything is closed. Afterwards every socket is gone.
 *
 * Sockets on their way hold each other in rings, and what hangs on them. Where two rings share
 * sockets Linux 6.12 may keep them for ever, so there are none of these here; the suite unix_gc in
 * the kernel has them.
 */

#include "sock.h"

#include <pthread.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#define WORKERS	8

static unsigned int next_random(unsigned int *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 16;
}

/* How many Unix sockets there are; -1: can't be told. */
static int count_sockets(void)
{
	FILE *f = fopen("/proc/net/unix", "r");
	char line[512];
	int n = -1;

	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f))
		n++;
	fclose(f);
	return n;
}

/* Until no more than there were: each close has the kernel look for garbage. A minute is a leak. */
static void expect_no_more_than(int before)
{
	int i, n = count_sockets();

	for (i = 0; i < 12000 && n > before; i++) {
		close(unix_socket(SOCK_STREAM));
		usleep(5000);
		n = count_sockets();
	}
	CHECK(n <= before);
}

/* @fn in WORKERS processes; @arg: the number of each. */
static void run_workers(int (*fn)(void *arg))
{
	int before = count_sockets(), i;
	pid_t pids[WORKERS];

	for (i = 0; i < WORKERS; i++)
		pids[i] = start_child(fn, (void *)(long)(i + 1));
	for (i = 0; i < WORKERS; i++)
		CHECK_EQ(end_of(pids[i]), 0);
	expect_no_more_than(before);
}

/* ---- cycles of sockets, made and dropped ---- */

/* Each first end holds that of the next pair, once or more, and at times its other end too. */
static int make_garbage(void *arg)
{
	unsigned int seed = (long)arg;
	int round, i, n, sv[6][2];

	for (round = 0; round < rounds(150); round++) {
		n = 1 + next_random(&seed) % 6;
		for (i = 0; i < n; i++)
			pair(next_random(&seed) & 1 ? SOCK_STREAM : SOCK_DGRAM, sv[i]);
		for (i = 0; i < 3 * n; i++) {
			if (send_fds(sv[i % n][1], "x", 1, sv[(i + 1) % n],
				     1 + (next_random(&seed) & 1), MSG_DONTWAIT) < 0 &&
			    errno != EAGAIN && errno != ETOOMANYREFS)
				return 1;
			if (i >= n && next_random(&seed) % 8 == 0)
				break;
		}
		for (i = 0; i < n; i++) {
			close(sv[i][0]);
			close(sv[i][1]);
		}
	}
	return 0;
}

static void cycles_are_collected(void)
{
	run_workers(make_garbage);
}

/* ---- threads that send, receive, peek and close what others have ---- */

static int pool[16];	/* descriptors; closed and opened again by everybody */

/* A new pair goes to who reads from @fd; one of two first receives itself. */
static void send_a_pair(int fd, unsigned int *seed)
{
	int sv[2];

	if (socketpair(AF_UNIX, next_random(seed) & 1 ? SOCK_STREAM : SOCK_DGRAM, 0, sv))
		return;
	if (next_random(seed) & 1)
		send_fds(sv[1], "itself", 6, sv, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	send_fds(fd, "payload", 7, sv, 1 + (next_random(seed) & 1), MSG_DONTWAIT | MSG_NOSIGNAL);
	close(sv[0]);
	close(sv[1]);
}

/* What comes by @fd is closed, and what comes by that. */
static void take_all(int fd, int flags, int depth)
{
	struct received r;
	char buf[64];
	int n;

	r = receive(fd, buf, sizeof(buf), -1, MSG_DONTWAIT | flags);
	for (n = 0; n < r.n_fds; n++) {
		if (depth)
			take_all(r.fds[n], flags, depth - 1);
		close(r.fds[n]);
	}
}

static void *play(void *arg)
{
	unsigned int seed = (long)arg;
	int i, sv[2];

	for (i = 0; i < rounds(1500); i++) {
		int slot = next_random(&seed) % 16, fd = pool[slot];

		switch (next_random(&seed) % 6) {
		case 0:
		case 1:
			send_a_pair(fd, &seed);
			break;
		case 2:
		case 3:
			take_all(fd, 0, 1);
			break;
		case 4:
			take_all(fd, MSG_PEEK, 1);
			break;
		default:
			if (socketpair(AF_UNIX, next_random(&seed) & 1 ? SOCK_STREAM : SOCK_DGRAM,
				       0, sv))
				break;
			/* dup2() closes what was there, in the middle of others' calls. */
			dup2(sv[0], pool[slot]);
			dup2(sv[1], pool[(slot + 1) % 16]);
			close(sv[0]);
			close(sv[1]);
		}
	}
	return NULL;
}

static int play_in_threads(void *arg)
{
	pthread_t t[4];
	long i;

	for (i = 0; i < 16; i += 2)
		pair(SOCK_STREAM, &pool[i]);
	for (i = 0; i < 4; i++)
		if (pthread_create(&t[i], NULL, play, (void *)((long)arg * 16 + i)))
			return 1;
	for (i = 0; i < 4; i++)
		pthread_join(t[i], NULL);
	return 0;
}

static void threads_close_what_others_use(void)
{
	int before = count_sockets(), i;
	pid_t pids[3];

	for (i = 0; i < 3; i++)
		pids[i] = start_child(play_in_threads, (void *)(long)(i + 1));
	for (i = 0; i < 3; i++)
		CHECK_EQ(end_of(pids[i]), 0);
	expect_no_more_than(before);
}

/* ---- a server and many clients ---- */

static struct sockaddr_un server_name;
static socklen_t server_len;

static int be_client(void *arg)
{
	unsigned int seed = (long)arg;
	char in[600], out[600];
	int i, j, n, got, fd;

	for (i = 0; i < 60; i++) {
		fd = connected(SOCK_STREAM, &server_name, server_len);
		n = 1 + next_random(&seed) % 600;
		memset(out, 'a' + i % 26, n);
		if (next_random(&seed) % 8 == 0) {
			close(fd);	/* without a word */
			continue;
		}
		if (write(fd, out, n) != n || shutdown(fd, SHUT_WR))
			return 1;
		for (got = 0; (j = read(fd, in + got, sizeof(in) - got)) > 0; got += j)
			;
		if (got != n || memcmp(in, out, n))
			return 2;
		close(fd);
	}
	return 0;
}

/* Echo on every connection, by epoll, until @clients have all gone. */
static void serve(int l, pid_t *clients)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.fd = l }, evs[16];
	int ep = epoll_create1(0), left = WORKERS, i, n, fd, status;
	char buf[1024];

	nonblocking(l);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, l, &ev), 0);
	while (left) {
		n = epoll_wait(ep, evs, 16, 20);
		for (i = 0; i < n; i++) {
			fd = evs[i].data.fd;
			if (fd == l) {
				fd = accept4(l, NULL, NULL, SOCK_NONBLOCK);
				if (fd < 0)
					continue;
				ev.data.fd = fd;
				CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev), 0);
				continue;
			}
			status = read(fd, buf, sizeof(buf));
			if (status > 0)
				CHECK_EQ(send(fd, buf, status, MSG_NOSIGNAL), status);
			else
				close(fd);
		}
		for (i = 0; i < WORKERS; i++) {
			if (clients[i] && waitpid(clients[i], &status, WNOHANG) == clients[i]) {
				CHECK_EQ(status, 0);
				clients[i] = 0;
				left--;
			}
		}
	}
	close(ep);
}

static void a_server_serves_many(void)
{
	int before = count_sockets(), i, l;
	pid_t clients[WORKERS];

	server_len = abstract(&server_name, "server");
	l = listener(SOCK_STREAM, &server_name, server_len, 4);
	for (i = 0; i < WORKERS; i++)
		clients[i] = start_child(be_client, (void *)(long)(i + 1));
	serve(l, clients);
	close(l);
	expect_no_more_than(before);
}

/* ---- names, datagrams, everybody to everybody ---- */

static int be_node(void *arg)
{
	unsigned int seed = (long)arg;
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int me = (long)arg, i, fd = -1;
	char buf[64];

	for (i = 0; i < 800; i++) {
		if (i % 40 == 0) {
			if (fd >= 0)
				close(fd);
			fd = unix_socket(SOCK_DGRAM | SOCK_NONBLOCK);
			sprintf(a.sun_path + 1, "node%d", me);
			if (bind(fd, (struct sockaddr *)&a, ADDR_HEAD + 6))
				return 1;
		}
		sprintf(a.sun_path + 1, "node%d", 1 + next_random(&seed) % WORKERS);
		switch (next_random(&seed) % 4) {
		case 0:
			if (connect(fd, (struct sockaddr *)&a, ADDR_HEAD + 6) &&
			    errno != ECONNREFUSED && errno != EPERM)
				return 2;
			break;
		case 1:
			if (sendto(fd, "x", 1, 0, (struct sockaddr *)&a, ADDR_HEAD + 6) < 0 &&
			    errno != EAGAIN && errno != ECONNREFUSED && errno != EPERM &&
			    errno != ECONNRESET)
				return 3;
			break;
		case 2:
			if (send(fd, "y", 1, 0) < 0 && errno != EAGAIN && errno != ECONNREFUSED &&
			    errno != ENOTCONN && errno != EPERM && errno != ECONNRESET)
				return 4;
			break;
		default:
			if (recv(fd, buf, sizeof(buf), 0) < 0 && errno != EAGAIN &&
			    errno != ECONNRESET)
				return 5;
		}
	}
	return 0;
}

static void datagrams_among_many(void)
{
	run_workers(be_node);
}

/* ---- one stream, many writers and readers ---- */

static int shared[2];

static int write_records(void *arg)
{
	char rec[16];
	int i;

	memset(rec, 'A' + (int)(long)arg, sizeof(rec));
	for (i = 0; i < 300; i++)
		if (write(shared[0], rec, sizeof(rec)) != sizeof(rec))
			return 1;
	return 0;
}

static void small_writes_stay_whole(void)
{
	int seen[WORKERS] = {}, i, j;
	pid_t pids[WORKERS];
	char rec[16];

	pair(SOCK_STREAM, shared);
	for (i = 0; i < WORKERS; i++)
		pids[i] = start_child(write_records, (void *)(long)i);
	for (i = 0; i < WORKERS * 300; i++) {
		CHECK_EQ(recv(shared[1], rec, sizeof(rec), MSG_WAITALL), sizeof(rec));
		CHECK(rec[0] >= 'A' && rec[0] < 'A' + WORKERS);
		for (j = 1; j < 16; j++)
			CHECK_EQ(rec[j], rec[0]);
		seen[rec[0] - 'A']++;
	}
	for (i = 0; i < WORKERS; i++) {
		CHECK_EQ(end_of(pids[i]), 0);
		CHECK_EQ(seen[i], 300);
	}
}

TESTS(
	TEST(cycles_are_collected),
	TEST(threads_close_what_others_use),
	TEST(a_server_serves_many),
	TEST(datagrams_among_many),
	TEST(small_writes_stay_whole),
)
