// SPDX-License-Identifier: MIT
/*
 * poll and epoll: what is told, how often, to whom, and which sets may watch which. The files are
 * pipes and eventfds; the calls are made as programs make them, with memory of a borrowed address
 * space (mm/tests/user.h).
 */

#include "../../mm/tests/user.h"

#include <linux/completion.h>
#include <linux/eventpoll.h>
#include <linux/fcntl.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/poll.h>

#include "../../kernel/tests/patience.h"

static unsigned long area;		/* two pages of user memory */
static struct files_struct *files;	/* descriptors of this case, ours and its threads' */

/* A kernel thread has no descriptors: it borrows the case's. Back by use_files(NULL). */
static void use_files(struct files_struct *new)
{
	struct files_struct *old = current->files;

	if (new)
		atomic_inc(&new->count);
	current->files = new;
	if (old)
		put_files_struct(old);
}

static int epoll_suite_init(struct kunit *test)
{
	int ret = mm_suite_init(test);

	if (ret)
		return ret;
	area = map_anon(2, PROT_RW);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(area));
	files = files_struct_alloc();
	KUNIT_ASSERT_NOT_NULL(test, files);
	use_files(files);
	return 0;
}

static void epoll_suite_exit(struct kunit *test)
{
	/* A case that was aborted let go of them as its thread ended. */
	if (current->files == files)
		use_files(NULL);
	put_files_struct(files);
	flush_delayed_fput();
	mm_suite_exit(test);
}

static int new_epoll(void)
{
	return SYSCALL(epoll_create1, 0);
}

static int new_event(void)
{
	return SYSCALL(eventfd2, 0, O_NONBLOCK);
}

static int new_pipe(int *ends)
{
	int ret = SYSCALL(pipe2, area, O_NONBLOCK);

	return ret || copy_from_user(ends, U8(area), 2 * sizeof(int)) ? -EFAULT : 0;
}

/* An eventfd's counter goes up, and back to zero. */
static void raise(int fd)
{
	put_user(1ULL, U64(area));
	SYSCALL(write, fd, area, 8);
}

static void lower(int fd)
{
	SYSCALL(read, fd, area, 8);
}

static int ctl(int ep, int op, int fd, u32 events, u64 data)
{
	struct epoll_event event = { .events = (__force __poll_t)events, .data = data };

	if (copy_to_user(U8(area), &event, sizeof(event)))
		return -EFAULT;
	return SYSCALL(epoll_ctl, ep, op, fd, area);
}

static int add(int ep, int fd, u32 events)
{
	return ctl(ep, EPOLL_CTL_ADD, fd, events, fd);
}

/* What is ready now, at most @max; the answers are at area + PAGE_SIZE. */
static int ready(int ep, int max)
{
	return SYSCALL(epoll_pwait, ep, area + PAGE_SIZE, max, 0, 0, 8);
}

static struct epoll_event answer(int n)
{
	struct epoll_event event = { };

	if (copy_from_user(&event, U8(area + PAGE_SIZE + n * sizeof(event)), sizeof(event)))
		event.data = -1;
	return event;
}

#define IN	((__force u32)EPOLLIN)
#define OUT	((__force u32)EPOLLOUT)
#define ET	((__force u32)EPOLLET)
#define ONESHOT	((__force u32)EPOLLONESHOT)
#define EXCLUSIVE ((__force u32)EPOLLEXCLUSIVE)

/* ---- what is told ---- */

static void level_is_told_until_it_is_gone(struct kunit *test)
{
	int ep = new_epoll(), fd = new_event();

	KUNIT_ASSERT_EQ(test, add(ep, fd, IN), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
	raise(fd);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, answer(0).data, fd);
	KUNIT_EXPECT_EQ(test, (__force u32)answer(0).events, IN);
	lower(fd);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
}

static void what_was_ready_before_it_was_added_is_told(struct kunit *test)
{
	int ep = new_epoll(), fd = new_event();

	raise(fd);
	KUNIT_ASSERT_EQ(test, add(ep, fd, IN | ET), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
}

static void an_edge_is_told_once_each_time(struct kunit *test)
{
	int ep = new_epoll(), fd = new_event();

	KUNIT_ASSERT_EQ(test, add(ep, fd, IN | ET), 0);
	raise(fd);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
	/* Not read, and yet a new event. */
	raise(fd);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
}

static void oneshot_is_silent_until_it_is_armed_again(struct kunit *test)
{
	int ep = new_epoll(), fd = new_event();

	KUNIT_ASSERT_EQ(test, add(ep, fd, IN | ONESHOT), 0);
	raise(fd);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
	raise(fd);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
	/* To arm looks as well: it is still raised. */
	KUNIT_EXPECT_EQ(test, ctl(ep, EPOLL_CTL_MOD, fd, IN | ONESHOT, 99), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, answer(0).data, 99);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
}

static void an_end_that_closed_is_told_unasked(struct kunit *test)
{
	int ep = new_epoll(), ends[2];

	KUNIT_ASSERT_EQ(test, new_pipe(ends), 0);
	KUNIT_ASSERT_EQ(test, add(ep, ends[0], 0), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(close, ends[1]), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, (__force u32)answer(0).events, (__force u32)EPOLLHUP);
}

static void a_file_that_closes_leaves_the_set(struct kunit *test)
{
	int ep = new_epoll(), fd = SYSCALL(eventfd2, 1, 0);

	KUNIT_ASSERT_EQ(test, add(ep, fd, IN), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	KUNIT_EXPECT_EQ(test, SYSCALL(close, fd), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
}

/* Another descriptor keeps the file open, and the set goes on telling of it. */
static void a_closed_descriptor_of_an_open_file_stays(struct kunit *test)
{
	int ep = new_epoll(), fd = SYSCALL(eventfd2, 1, 0), other = SYSCALL(dup, fd);

	KUNIT_ASSERT_EQ(test, add(ep, fd, IN), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(close, fd), 0);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 1);
	lower(other);
	KUNIT_EXPECT_EQ(test, ready(ep, 4), 0);
}

static void few_places_are_shared_fairly(struct kunit *test)
{
	int ep = new_epoll(), fd[3], i, told[3] = { };

	for (i = 0; i < 3; i++) {
		fd[i] = new_event();
		KUNIT_ASSERT_EQ(test, ctl(ep, EPOLL_CTL_ADD, fd[i], IN, i), 0);
		raise(fd[i]);
	}
	for (i = 0; i < 6; i++) {
		KUNIT_ASSERT_EQ(test, ready(ep, 1), 1);
		KUNIT_ASSERT_LT(test, answer(0).data, 3);
		told[answer(0).data]++;
	}
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, told[i], 2);
}

/* ---- what is refused ---- */

static void wrong_uses_have_their_errno(struct kunit *test)
{
	int ep = new_epoll(), inner = new_epoll(), fd = new_event();

	KUNIT_EXPECT_EQ(test, add(ep, 1 << 20, IN), -EBADF);
	KUNIT_EXPECT_EQ(test, add(1 << 20, fd, IN), -EBADF);
	KUNIT_EXPECT_EQ(test, add(fd, ep, IN), -EINVAL);
	KUNIT_EXPECT_EQ(test, add(ep, ep, IN), -EINVAL);
	KUNIT_EXPECT_EQ(test, ctl(ep, EPOLL_CTL_MOD, fd, IN, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, ctl(ep, EPOLL_CTL_DEL, fd, IN, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, add(ep, fd, IN), 0);
	KUNIT_EXPECT_EQ(test, add(ep, fd, IN), -EEXIST);
	KUNIT_EXPECT_EQ(test, ctl(ep, 77, fd, IN, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, ctl(ep, EPOLL_CTL_MOD, fd, IN | EXCLUSIVE, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, add(ep, inner, IN | EXCLUSIVE), -EINVAL);
	KUNIT_EXPECT_EQ(test, ctl(ep, EPOLL_CTL_DEL, fd, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, add(ep, fd, IN | EXCLUSIVE | ONESHOT), -EINVAL);
	KUNIT_EXPECT_EQ(test, add(ep, fd, IN | EXCLUSIVE), 0);
	KUNIT_EXPECT_EQ(test, ctl(ep, EPOLL_CTL_MOD, fd, IN, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, ready(ep, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, ready(ep, -1), -EINVAL);
	KUNIT_EXPECT_EQ(test, ready(fd, 1), -EINVAL);
}

static void an_answer_that_cannot_be_written_is_not_lost(struct kunit *test)
{
	int ep = new_epoll(), fd = new_event();

	KUNIT_ASSERT_EQ(test, add(ep, fd, IN | ET), 0);
	raise(fd);
	KUNIT_EXPECT_EQ(test, SYSCALL(epoll_pwait, ep, 8, 1, 0, 0, 8), -EFAULT);
	KUNIT_EXPECT_EQ(test, ready(ep, 1), 1);
}

/* ---- sets of sets ---- */

static void a_set_is_ready_when_what_it_watches_is(struct kunit *test)
{
	int outer = new_epoll(), inner = new_epoll(), fd = new_event();

	KUNIT_ASSERT_EQ(test, add(inner, fd, IN), 0);
	KUNIT_ASSERT_EQ(test, add(outer, inner, IN), 0);
	KUNIT_EXPECT_EQ(test, ready(outer, 4), 0);
	raise(fd);
	KUNIT_EXPECT_EQ(test, ready(outer, 4), 1);
	KUNIT_EXPECT_EQ(test, answer(0).data, inner);
	lower(fd);
	KUNIT_EXPECT_EQ(test, ready(outer, 4), 0);
}

static void chains_end_at_four_links(struct kunit *test)
{
	int ep[7], i;

	for (i = 0; i < 7; i++)
		ep[i] = new_epoll();
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, add(ep[i + 1], ep[i], IN), 0);
	/* From above, from below, and two that would be too long together. */
	KUNIT_EXPECT_EQ(test, add(ep[5], ep[4], IN), -ELOOP);
	KUNIT_EXPECT_EQ(test, add(ep[0], ep[5], IN), -ELOOP);
	KUNIT_EXPECT_EQ(test, add(ep[6], ep[5], IN), 0);
	KUNIT_EXPECT_EQ(test, add(ep[2], ep[6], IN), 0);
	KUNIT_EXPECT_EQ(test, add(ep[1], ep[6], IN), -ELOOP);
}

static void rings_are_refused(struct kunit *test)
{
	int a = new_epoll(), b = new_epoll(), c = new_epoll();

	KUNIT_EXPECT_EQ(test, add(a, b, IN), 0);
	KUNIT_EXPECT_EQ(test, add(b, a, IN), -ELOOP);
	KUNIT_EXPECT_EQ(test, add(b, c, IN), 0);
	KUNIT_EXPECT_EQ(test, add(c, a, IN), -ELOOP);
	/* A link that goes makes room for another. */
	KUNIT_EXPECT_EQ(test, ctl(a, EPOLL_CTL_DEL, b, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, add(c, a, IN), 0);
}

/* ---- who wakes ---- */

struct waiter {
	int ep;
	struct mm_struct *mm;
	unsigned long at;	/* where its answer goes */
	int told;
	struct completion done;
	struct task_struct *task;
};

static int waiter_thread(void *arg)
{
	struct waiter *w = arg;

	kthread_use_mm(w->mm);
	use_files(files);
	w->told = SYSCALL(epoll_pwait, w->ep, w->at, 1, -1, 0, 8);
	use_files(NULL);
	kthread_unuse_mm(w->mm);
	complete(&w->done);
	return 0;
}

static void start_waiter(struct kunit *test, struct waiter *w, int ep, int nr)
{
	w->ep = ep;
	w->mm = current->mm;
	w->at = area + PAGE_SIZE + 64 + 64 * nr;
	w->told = -1;
	init_completion(&w->done);
	w->task = kthread_run(waiter_thread, w, "epoll-waiter");
	KUNIT_ASSERT_FALSE(test, IS_ERR(w->task));
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(w->task->__state) & TASK_INTERRUPTIBLE));
}

static bool has_woken(struct waiter *w)
{
	return eventually(completion_done(&w->done));
}

static void a_waiter_wakes_by_the_event(struct kunit *test)
{
	int ep = new_epoll(), fd = new_event();
	struct waiter w;

	KUNIT_ASSERT_EQ(test, add(ep, fd, IN), 0);
	start_waiter(test, &w, ep, 0);
	raise(fd);
	KUNIT_EXPECT_TRUE(test, has_woken(&w));
	KUNIT_EXPECT_EQ(test, w.told, 1);
}

static void a_waiter_wakes_by_what_is_added_ready(struct kunit *test)
{
	int ep = new_epoll(), fd = new_event();
	struct waiter w;

	raise(fd);
	start_waiter(test, &w, ep, 0);
	KUNIT_ASSERT_EQ(test, add(ep, fd, IN), 0);
	KUNIT_EXPECT_TRUE(test, has_woken(&w));
	KUNIT_EXPECT_EQ(test, w.told, 1);
}

static void a_waiter_on_an_outer_set_wakes(struct kunit *test)
{
	int outer = new_epoll(), inner = new_epoll(), fd = new_event();
	struct waiter w;

	KUNIT_ASSERT_EQ(test, add(inner, fd, IN), 0);
	KUNIT_ASSERT_EQ(test, add(outer, inner, IN), 0);
	start_waiter(test, &w, outer, 0);
	raise(fd);
	KUNIT_EXPECT_TRUE(test, has_woken(&w));
	KUNIT_EXPECT_EQ(test, w.told, 1);
}

static void every_set_is_told_of_a_shared_file(struct kunit *test)
{
	int a = new_epoll(), b = new_epoll(), fd = new_event();
	struct waiter wa, wb;

	KUNIT_ASSERT_EQ(test, add(a, fd, IN), 0);
	KUNIT_ASSERT_EQ(test, add(b, fd, IN), 0);
	start_waiter(test, &wa, a, 0);
	start_waiter(test, &wb, b, 1);
	raise(fd);
	KUNIT_EXPECT_TRUE(test, has_woken(&wa));
	KUNIT_EXPECT_TRUE(test, has_woken(&wb));
}

/* One event wakes one of the two; the other one gets the next. */
static void exclusive_sets_share_the_events(struct kunit *test)
{
	int a = new_epoll(), b = new_epoll(), fd = new_event();
	struct waiter wa, wb;
	bool first_is_a;

	KUNIT_ASSERT_EQ(test, add(a, fd, IN | EXCLUSIVE | ET), 0);
	KUNIT_ASSERT_EQ(test, add(b, fd, IN | EXCLUSIVE | ET), 0);
	start_waiter(test, &wa, a, 0);
	start_waiter(test, &wb, b, 1);
	raise(fd);
	KUNIT_EXPECT_TRUE(test, eventually(completion_done(&wa.done) || completion_done(&wb.done)));
	first_is_a = completion_done(&wa.done);
	KUNIT_EXPECT_FALSE(test, completion_done(&wa.done) && completion_done(&wb.done));
	/* Nobody waits any more in the one that woke; only the other can take this one. */
	ctl(first_is_a ? a : b, EPOLL_CTL_DEL, fd, 0, 0);
	raise(fd);
	KUNIT_EXPECT_TRUE(test, has_woken(first_is_a ? &wb : &wa));
}

/* ---- poll(2) ---- */

static void poll_tells_each_descriptor_apart(struct kunit *test)
{
	int yes = new_event(), no = new_event();
	struct pollfd p[4] = {
		{ .fd = yes, .events = POLLIN }, { .fd = no, .events = POLLIN },
		{ .fd = 1 << 20, .events = POLLIN }, { .fd = -1, .events = POLLIN, .revents = 77 },
	};

	raise(yes);
	KUNIT_ASSERT_EQ(test, copy_to_user(U8(area + 256), p, sizeof(p)), 0);
	put_user(0ULL, U64(area));
	put_user(0ULL, U64(area + 8));
	KUNIT_EXPECT_EQ(test, SYSCALL(ppoll, area + 256, 4, area, 0, 8), 2);
	KUNIT_ASSERT_EQ(test, copy_from_user(p, U8(area + 256), sizeof(p)), 0);
	KUNIT_EXPECT_EQ(test, p[0].revents, POLLIN);
	KUNIT_EXPECT_EQ(test, p[1].revents, 0);
	KUNIT_EXPECT_EQ(test, p[2].revents, POLLNVAL);
	KUNIT_EXPECT_EQ(test, p[3].revents, 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(ppoll, area + 256, 1 << 30, area, 0, 8), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(ppoll, 8, 1, area, 0, 8), -EFAULT);
}

static struct kunit_case epoll_cases[] = {
	KUNIT_CASE(level_is_told_until_it_is_gone),
	KUNIT_CASE(what_was_ready_before_it_was_added_is_told),
	KUNIT_CASE(an_edge_is_told_once_each_time),
	KUNIT_CASE(oneshot_is_silent_until_it_is_armed_again),
	KUNIT_CASE(an_end_that_closed_is_told_unasked),
	KUNIT_CASE(a_file_that_closes_leaves_the_set),
	KUNIT_CASE(a_closed_descriptor_of_an_open_file_stays),
	KUNIT_CASE(few_places_are_shared_fairly),
	KUNIT_CASE(wrong_uses_have_their_errno),
	KUNIT_CASE(an_answer_that_cannot_be_written_is_not_lost),
	KUNIT_CASE(a_set_is_ready_when_what_it_watches_is),
	KUNIT_CASE(chains_end_at_four_links),
	KUNIT_CASE(rings_are_refused),
	KUNIT_CASE(a_waiter_wakes_by_the_event),
	KUNIT_CASE(a_waiter_wakes_by_what_is_added_ready),
	KUNIT_CASE(a_waiter_on_an_outer_set_wakes),
	KUNIT_CASE(every_set_is_told_of_a_shared_file),
	KUNIT_CASE(exclusive_sets_share_the_events),
	KUNIT_CASE(poll_tells_each_descriptor_apart),
	{}
};

static struct kunit_suite epoll_suite = {
	.name = "epoll",
	.init = epoll_suite_init,
	.exit = epoll_suite_exit,
	.test_cases = epoll_cases,
};
kunit_test_suite(epoll_suite);
