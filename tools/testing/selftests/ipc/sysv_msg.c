// SPDX-License-Identifier: MIT
/* System V message queues. */

#include <limits.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <time.h>

#include "sysv_ipc.h"

struct message {
	long type;
	char text[64];
};

static int new_queue(void)
{
	int id = msgget(IPC_PRIVATE, 0600);

	CHECK(id >= 0);
	return id;
}

static int put(int id, long type, const char *text)
{
	struct message m = { .type = type };

	strcpy(m.text, text);
	return msgsnd(id, &m, strlen(text), IPC_NOWAIT);
}

/* Takes one: is it this? */
static void expect(int id, long want, int flags, long type, const char *text)
{
	struct message m = {};

	CHECK_EQ(msgrcv(id, &m, sizeof(m.text), want, IPC_NOWAIT | flags), strlen(text));
	CHECK_EQ(m.type, type);
	CHECK(!strcmp(m.text, text));
}

static void remove_queue(int id)
{
	CHECK_EQ(msgctl(id, IPC_RMID, NULL), 0);
}

static unsigned long waiting_messages(int id)
{
	struct msqid_ds ds;

	CHECK_EQ(msgctl(id, IPC_STAT, &ds), 0);
	return ds.msg_qnum;
}

static void a_key_finds_its_queue(void)
{
	int id = msgget(own_key(), IPC_CREAT | IPC_EXCL | 0600);

	CHECK(id >= 0);
	CHECK_EQ(msgget(own_key(), 0), id);
	CHECK_ERR(msgget(own_key(), IPC_CREAT | IPC_EXCL), EEXIST);
	remove_queue(id);
	CHECK_ERR(msgget(own_key(), 0), ENOENT);
	CHECK_ERR(msgctl(id, IPC_RMID, NULL), EINVAL);
}

static void messages_come_in_their_order(void)
{
	int id = new_queue();

	CHECK_EQ(put(id, 1, "one"), 0);
	CHECK_EQ(put(id, 2, ""), 0);
	CHECK_EQ(put(id, 1, "three"), 0);
	expect(id, 0, 0, 1, "one");
	expect(id, 0, 0, 2, "");
	expect(id, 0, 0, 1, "three");
	CHECK_ERR(msgrcv(id, &(struct message){}, 64, 0, IPC_NOWAIT), ENOMSG);
	remove_queue(id);
}

static void a_type_is_chosen(void)
{
	int id = new_queue();

	put(id, 5, "five");
	put(id, 3, "three");
	put(id, 7, "seven");
	put(id, 3, "three again");
	put(id, 1, "one");
	expect(id, 7, 0, 7, "seven");
	expect(id, 5, MSG_EXCEPT, 3, "three");
	expect(id, -4, 0, 1, "one");
	expect(id, LONG_MIN, 0, 3, "three again");
	CHECK_ERR(msgrcv(id, &(struct message){}, 64, -4, IPC_NOWAIT), ENOMSG);
	CHECK_ERR(msgrcv(id, &(struct message){}, 64, 6, IPC_NOWAIT), ENOMSG);
	expect(id, 0, 0, 5, "five");
	remove_queue(id);
}

static void what_is_too_long_stays_or_is_cut(void)
{
	struct message m = {};
	int id = new_queue();

	put(id, 1, "a long message");
	CHECK_ERR(msgrcv(id, &m, 6, 0, 0), E2BIG);
	CHECK_EQ(waiting_messages(id), 1);
	CHECK_EQ(msgrcv(id, &m, 6, 0, MSG_NOERROR), 6);
	CHECK(!strcmp(m.text, "a long"));
	CHECK_EQ(waiting_messages(id), 0);
	remove_queue(id);
}

static void a_copy_leaves_the_message(void)
{
	struct message m = {};
	int id = new_queue();

	put(id, 1, "first");
	put(id, 2, "second");
	if (msgrcv(id, &m, 64, 1, MSG_COPY | IPC_NOWAIT) < 0 && errno == ENOSYS)
		SKIP("no MSG_COPY");
	CHECK_EQ(m.type, 2);
	CHECK(!strcmp(m.text, "second"));
	CHECK_EQ(waiting_messages(id), 2);
	CHECK_ERR(msgrcv(id, &m, 64, 2, MSG_COPY | IPC_NOWAIT), ENOMSG);
	CHECK_ERR(msgrcv(id, &m, 64, 0, MSG_COPY), EINVAL);
	CHECK_ERR(msgrcv(id, &m, 64, 0, MSG_COPY | MSG_EXCEPT | IPC_NOWAIT), EINVAL);
	remove_queue(id);
}

static void arguments_are_checked(void)
{
	struct message m = { .type = 1 };
	int id = new_queue();

	CHECK_ERR(msgsnd(id, (void *)8, 1, 0), EFAULT);
	m.type = 0;
	CHECK_ERR(msgsnd(id, &m, 1, 0), EINVAL);
	m.type = -1;
	CHECK_ERR(msgsnd(id, &m, 1, 0), EINVAL);
	m.type = 1;
	CHECK_ERR(msgsnd(id, &m, (size_t)-1, 0), EINVAL);
	CHECK_ERR(msgsnd(id, &m, 1 << 20, 0), EINVAL);
	CHECK_ERR(msgsnd(-1, &m, 1, 0), EINVAL);
	CHECK_ERR(msgrcv(id, &m, (size_t)-1, 0, 0), EINVAL);
	CHECK_ERR(msgrcv(-1, &m, 1, 0, 0), EINVAL);
	CHECK_ERR(msgctl(id, 99, NULL), EINVAL);
	CHECK_ERR(msgctl(id, IPC_STAT, (void *)8), EFAULT);
	CHECK_ERR(msgctl(id, IPC_SET, (void *)8), EFAULT);
	remove_queue(id);
}

static int receive(void *arg)
{
	struct message m = {};

	if (msgrcv(*(int *)arg, &m, 64, 9, 0) < 0)
		return errno;
	return strcmp(m.text, "wake") ? 1 : 0;
}

static void who_waits_for_a_message_gets_it(void)
{
	int id = new_queue();
	pid_t pid = start_child(receive, &id);

	CHECK_EQ(put(id, 1, "other"), 0);
	CHECK_EQ(put(id, 9, "wake"), 0);
	CHECK_EQ(end_of(pid), 0);
	CHECK_EQ(waiting_messages(id), 1);
	remove_queue(id);
}

static int fill(void *arg)
{
	struct message m = { .type = 1 };

	return msgsnd(*(int *)arg, &m, 64, 0) ? errno : 0;
}

static void a_full_queue_makes_wait(void)
{
	struct message m = { .type = 1 };
	struct msqid_ds ds;
	int id = new_queue();
	pid_t pid;

	CHECK_EQ(msgctl(id, IPC_STAT, &ds), 0);
	ds.msg_qbytes = 100;
	CHECK_EQ(msgctl(id, IPC_SET, &ds), 0);
	CHECK_EQ(msgsnd(id, &m, 64, IPC_NOWAIT), 0);
	CHECK_ERR(msgsnd(id, &m, 64, IPC_NOWAIT), EAGAIN);
	CHECK_EQ(msgsnd(id, &m, 36, IPC_NOWAIT), 0);
	CHECK_ERR(msgsnd(id, &m, 1, IPC_NOWAIT), EAGAIN);
	pid = start_child(fill, &id);
	CHECK_EQ(msgrcv(id, &m, 64, 0, 0), 64);
	CHECK_EQ(end_of(pid), 0);
	CHECK_EQ(waiting_messages(id), 2);
	remove_queue(id);
}

static void removal_wakes_who_waits(void)
{
	int id = new_queue();
	pid_t pid = start_child(receive, &id);

	WAIT_UNTIL(waits_in(pid, pid, SYS_msgrcv));
	remove_queue(id);
	CHECK_EQ(end_of(pid), EIDRM);
}

static int receive_with_a_handler(void *arg)
{
	struct sigaction sa = { .sa_handler = do_nothing, .sa_flags = SA_RESTART };

	sigaction(SIGUSR1, &sa, NULL);
	CHECK_EQ(put(*(int *)arg, 1, "ready"), 0);
	return receive(arg);
}

static void a_handler_ends_the_wait(void)
{
	int id = new_queue();
	pid_t pid = start_child(receive_with_a_handler, &id);

	CHECK_EQ(msgrcv(id, &(struct message){}, 64, 1, 0), 5);
	WAIT_UNTIL(waits_in(pid, pid, SYS_msgrcv));
	CHECK_EQ(kill(pid, SIGUSR1), 0);
	CHECK_EQ(end_of(pid), EINTR);
	remove_queue(id);
}

static int as_nobody(void *arg)
{
	struct message m = { .type = 1 };
	struct msqid_ds ds;
	int id = *(int *)arg;

	become_nobody();
	CHECK_ERR(msgsnd(id, &m, 1, IPC_NOWAIT), EACCES);
	CHECK_ERR(msgrcv(id, &m, 64, 0, IPC_NOWAIT), ENOMSG);
	CHECK_EQ(msgctl(id, IPC_STAT, &ds), 0);
	CHECK_ERR(msgctl(id, IPC_SET, &ds), EPERM);
	CHECK_ERR(msgctl(id, IPC_RMID, NULL), EPERM);
	/* More bytes than the limit are root's. */
	id = msgget(IPC_PRIVATE, 0600);
	CHECK(id >= 0);
	CHECK_EQ(msgctl(id, IPC_STAT, &ds), 0);
	ds.msg_qbytes++;
	CHECK_ERR(msgctl(id, IPC_SET, &ds), EPERM);
	remove_queue(id);
	return 0;
}

static void rights_are_heeded(void)
{
	int id = msgget(IPC_PRIVATE, 0644), end;

	CHECK(id >= 0);
	end = end_of(start_child(as_nobody, &id));
	remove_queue(id);
	if (end == EXIT_SKIP)
		SKIP("needs root");
	CHECK_EQ(end, 0);
}

static void a_queue_tells_of_itself(void)
{
	struct msqid_ds ds;
	int id = new_queue();

	CHECK_EQ(put(id, 1, "four"), 0);
	CHECK_EQ(msgctl(id, IPC_STAT, &ds), 0);
	CHECK_EQ(ds.msg_qnum, 1);
	CHECK_EQ(ds.__msg_cbytes, 4);
	CHECK_EQ(ds.msg_lspid, getpid());
	CHECK_EQ(ds.msg_lrpid, 0);
	CHECK(ds.msg_stime >= ds.msg_ctime);
	CHECK_EQ(ds.msg_rtime, 0);
	expect(id, 0, 0, 1, "four");
	CHECK_EQ(msgctl(id, IPC_STAT, &ds), 0);
	CHECK_EQ(ds.msg_lrpid, getpid());
	CHECK(ds.msg_rtime >= ds.msg_stime);
	remove_queue(id);
}

static void the_table_tells_of_all(void)
{
	struct msginfo info;
	struct msqid_ds ds;
	int id = new_queue(), highest, i, seen = 0;

	CHECK_EQ(put(id, 1, "x"), 0);
	highest = msgctl(0, MSG_INFO, (struct msqid_ds *)&info);
	CHECK(highest >= 0);
	CHECK(info.msgpool >= 1 && info.msgmap >= 1 && info.msgtql >= 1);
	for (i = 0; i <= highest; i++)
		seen += msgctl(i, MSG_STAT, &ds) == id;
	CHECK_EQ(seen, 1);
	remove_queue(id);
}

/* Each number comes to one receiver. */
static int send_numbers(void *arg)
{
	struct message m;
	int i;

	for (i = 1; i <= 300; i++) {
		m.type = i;
		if (msgsnd(*(int *)arg, &m, 64, 0))
			return errno;
	}
	return 0;
}

static int add_numbers(void *arg)
{
	struct message m;
	long sum = 0;
	int i;

	for (i = 0; i < 300; i++) {
		if (msgrcv(*(int *)arg, &m, 64, 0, 0) != 64)
			return 1;
		sum += m.type;
	}
	m.type = sum;
	return msgsnd(((int *)arg)[1], &m, 0, 0) ? errno : 0;
}

static void nothing_is_lost_among_many(void)
{
	int ids[2] = { new_queue(), new_queue() };
	pid_t pids[6];
	long sum = 0;
	struct message m;
	int i;

	for (i = 0; i < 3; i++) {
		pids[i] = start_child(send_numbers, ids);
		pids[i + 3] = start_child(add_numbers, ids);
	}
	for (i = 0; i < 6; i++)
		CHECK_EQ(end_of(pids[i]), 0);
	for (i = 0; i < 3; i++) {
		CHECK_EQ(msgrcv(ids[1], &m, 64, 0, IPC_NOWAIT), 0);
		sum += m.type;
	}
	CHECK_EQ(sum, 3 * 300 * 301 / 2);
	CHECK_EQ(waiting_messages(ids[0]), 0);
	remove_queue(ids[0]);
	remove_queue(ids[1]);
}

TESTS(
	TEST(a_key_finds_its_queue),
	TEST(messages_come_in_their_order),
	TEST(a_type_is_chosen),
	TEST(what_is_too_long_stays_or_is_cut),
	TEST(a_copy_leaves_the_message),
	TEST(arguments_are_checked),
	TEST(who_waits_for_a_message_gets_it),
	TEST(a_full_queue_makes_wait),
	TEST(removal_wakes_who_waits),
	TEST(a_handler_ends_the_wait),
	TEST(rights_are_heeded),
	TEST(a_queue_tells_of_itself),
	TEST(the_table_tells_of_all),
	TEST(nothing_is_lost_among_many),
)
