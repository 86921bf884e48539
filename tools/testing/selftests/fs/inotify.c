// SPDX-License-Identifier: MIT
/*
 * inotify(7): which events come, in which order, with which names; watches, limits, the file
 * itself.
 *
 * Each test works in a directory of its own. expect() reads one event after the other; at the end
 * nothing may be left.
 */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <utime.h>

#include "../kselftest.h"

#ifndef IN_MASK_CREATE
#define IN_MASK_CREATE 0x10000000
#endif

static char dir[64], buf[8192];
static size_t have, at;
static uint32_t last_cookie;

static const char *in_dir(const char *name)
{
	static char path[4][256];
	static int nr;

	nr = (nr + 1) % 4;
	snprintf(path[nr], sizeof(path[nr]), "%s/%s", dir, name);
	return path[nr];
}

static void make_file(const char *path)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0644);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "abc", 3), 3);
	close(fd);
}

static int setup(void)
{
	int in;

	snprintf(dir, sizeof(dir), "/tmp/inotify.XXXXXX");
	if (!mkdtemp(dir)) {
		mkdir("/tmp", 01777);
		CHECK(mkdtemp(dir));
	}
	in = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	CHECK(in >= 0);
	return in;
}

static int watch(int in, const char *path, uint32_t mask)
{
	int wd = inotify_add_watch(in, path, mask);

	CHECK(wd > 0);
	return wd;
}

static struct inotify_event *next_event(int in)
{
	struct inotify_event *e;
	ssize_t n;

	if (at == have) {
		n = read(in, buf, sizeof(buf));
		if (n < 0)
			return NULL;
		have = n;
		at = 0;
	}
	e = (struct inotify_event *)(buf + at);
	at += sizeof(*e) + e->len;
	return e;
}

#define expect(in, wd_, mask_, name_)						\
do {										\
	struct inotify_event *e__ = next_event(in);				\
	const char *n__ = (name_);						\
										\
	CHECK(e__);								\
	if (e__->mask != (uint32_t)(mask_) || e__->wd != (wd_) ||		\
	    strcmp(e__->len ? e__->name : "", n__ ? n__ : ""))			\
		printf("# got wd %d mask %x '%s'\n", e__->wd, e__->mask,	\
		       e__->len ? e__->name : "");				\
	CHECK_EQ(e__->mask, (uint32_t)(mask_));					\
	CHECK_EQ(e__->wd, (wd_));						\
	CHECK(!strcmp(e__->len ? e__->name : "", n__ ? n__ : ""));		\
	last_cookie = e__->cookie;						\
} while (0)

static void nothing_more(int in)
{
	struct inotify_event *e = next_event(in);

	if (e)
		printf("# left: wd %d mask %x '%s'\n", e->wd, e->mask, e->len ? e->name : "");
	CHECK(!e);
	CHECK_EQ(errno, EAGAIN);
}

static void a_files_life_is_told_to_its_directory(void)
{
	int in = setup(), wd = watch(in, dir, IN_ALL_EVENTS), fd;
	char c;

	fd = open(in_dir("f"), O_CREAT | O_RDWR, 0644);
	CHECK(fd >= 0);
	expect(in, wd, IN_CREATE, "f");
	expect(in, wd, IN_OPEN, "f");
	CHECK_EQ(write(fd, "xyz", 3), 3);
	expect(in, wd, IN_MODIFY, "f");
	CHECK_EQ(pread(fd, &c, 1, 0), 1);
	expect(in, wd, IN_ACCESS, "f");
	CHECK_EQ(fchmod(fd, 0600), 0);
	expect(in, wd, IN_ATTRIB, "f");
	CHECK_EQ(ftruncate(fd, 1), 0);
	expect(in, wd, IN_MODIFY, "f");
	close(fd);
	expect(in, wd, IN_CLOSE_WRITE, "f");
	fd = open(in_dir("f"), O_RDONLY);
	expect(in, wd, IN_OPEN, "f");
	close(fd);
	expect(in, wd, IN_CLOSE_NOWRITE, "f");
	CHECK_EQ(unlink(in_dir("f")), 0);
	expect(in, wd, IN_DELETE, "f");
	nothing_more(in);
}

static void directories_say_that_they_are(void)
{
	int in = setup(), wd = watch(in, dir, IN_ALL_EVENTS), fd;

	CHECK_EQ(mkdir(in_dir("d"), 0755), 0);
	expect(in, wd, IN_CREATE | IN_ISDIR, "d");
	fd = open(in_dir("d"), O_RDONLY | O_DIRECTORY);
	expect(in, wd, IN_OPEN | IN_ISDIR, "d");
	close(fd);
	expect(in, wd, IN_CLOSE_NOWRITE | IN_ISDIR, "d");
	CHECK_EQ(chmod(in_dir("d"), 0700), 0);
	expect(in, wd, IN_ATTRIB | IN_ISDIR, "d");
	CHECK_EQ(rmdir(in_dir("d")), 0);
	expect(in, wd, IN_DELETE | IN_ISDIR, "d");
	nothing_more(in);
}

static void other_objects_are_created_too(void)
{
	int in = setup(), wd;

	make_file(in_dir("f"));
	wd = watch(in, dir, IN_CREATE);
	CHECK_EQ(symlink("nowhere", in_dir("s")), 0);
	expect(in, wd, IN_CREATE, "s");
	CHECK_EQ(mkfifo(in_dir("p"), 0600), 0);
	expect(in, wd, IN_CREATE, "p");
	CHECK_EQ(link(in_dir("f"), in_dir("l")), 0);
	expect(in, wd, IN_CREATE, "l");
	nothing_more(in);
}

static void a_rename_has_two_halves_and_a_cookie(void)
{
	int in = setup(), wd = watch(in, dir, IN_MOVE), sub;
	uint32_t cookie;

	make_file(in_dir("a"));
	CHECK_EQ(mkdir(in_dir("d"), 0755), 0);
	sub = watch(in, in_dir("d"), IN_MOVE);
	CHECK_EQ(rename(in_dir("a"), in_dir("b")), 0);
	expect(in, wd, IN_MOVED_FROM, "a");
	cookie = last_cookie;
	CHECK(cookie);
	expect(in, wd, IN_MOVED_TO, "b");
	CHECK_EQ(last_cookie, cookie);
	CHECK_EQ(rename(in_dir("b"), in_dir("d/c")), 0);
	expect(in, wd, IN_MOVED_FROM, "b");
	CHECK(last_cookie != cookie);
	cookie = last_cookie;
	expect(in, sub, IN_MOVED_TO, "c");
	CHECK_EQ(last_cookie, cookie);
	nothing_more(in);
}

static void what_is_moved_and_what_is_replaced_are_told(void)
{
	int in = setup(), a, b;

	make_file(in_dir("a"));
	make_file(in_dir("b"));
	a = watch(in, in_dir("a"), IN_ALL_EVENTS);
	b = watch(in, in_dir("b"), IN_ALL_EVENTS);
	CHECK_EQ(rename(in_dir("a"), in_dir("b")), 0);
	expect(in, b, IN_ATTRIB, NULL);
	expect(in, a, IN_MOVE_SELF, NULL);
	expect(in, b, IN_DELETE_SELF, NULL);
	expect(in, b, IN_IGNORED, NULL);
	nothing_more(in);
	CHECK_ERR(inotify_rm_watch(in, b), EINVAL);
}

static void the_last_link_ends_the_watch(void)
{
	int in = setup(), wd;

	make_file(in_dir("f"));
	CHECK_EQ(link(in_dir("f"), in_dir("g")), 0);
	wd = watch(in, in_dir("f"), IN_ALL_EVENTS);
	CHECK_EQ(unlink(in_dir("f")), 0);
	expect(in, wd, IN_ATTRIB, NULL);
	nothing_more(in);
	CHECK_EQ(unlink(in_dir("g")), 0);
	expect(in, wd, IN_ATTRIB, NULL);
	expect(in, wd, IN_DELETE_SELF, NULL);
	expect(in, wd, IN_IGNORED, NULL);
	nothing_more(in);
}

static void an_open_file_lives_until_it_is_closed(void)
{
	int in = setup(), wd, fd;

	make_file(in_dir("f"));
	fd = open(in_dir("f"), O_WRONLY);
	wd = watch(in, in_dir("f"), IN_ALL_EVENTS);
	CHECK_EQ(unlink(in_dir("f")), 0);
	expect(in, wd, IN_ATTRIB, NULL);
	nothing_more(in);
	close(fd);
	expect(in, wd, IN_CLOSE_WRITE, NULL);
	expect(in, wd, IN_DELETE_SELF, NULL);
	expect(in, wd, IN_IGNORED, NULL);
	nothing_more(in);
}

static void a_removed_directory_ends_its_watch(void)
{
	int in = setup(), wd;

	CHECK_EQ(mkdir(in_dir("d"), 0755), 0);
	wd = watch(in, in_dir("d"), IN_ALL_EVENTS);
	CHECK_EQ(rmdir(in_dir("d")), 0);
	expect(in, wd, IN_DELETE_SELF, NULL);
	expect(in, wd, IN_IGNORED, NULL);
	nothing_more(in);
}

static void removing_a_watch_is_told(void)
{
	int in = setup(), wd = watch(in, dir, IN_CREATE);

	CHECK_EQ(inotify_rm_watch(in, wd), 0);
	expect(in, wd, IN_IGNORED, NULL);
	make_file(in_dir("f"));
	nothing_more(in);
	CHECK_ERR(inotify_rm_watch(in, wd), EINVAL);
	CHECK(watch(in, dir, IN_CREATE) != wd);
}

static void one_shot_watches_fire_once(void)
{
	int in = setup(), wd = watch(in, dir, IN_CREATE | IN_ONESHOT);

	make_file(in_dir("a"));
	make_file(in_dir("b"));
	expect(in, wd, IN_CREATE, "a");
	expect(in, wd, IN_IGNORED, NULL);
	nothing_more(in);
}

static void a_second_add_changes_the_mask(void)
{
	int in = setup(), wd = watch(in, dir, IN_CREATE);

	CHECK_EQ(inotify_add_watch(in, dir, IN_DELETE), wd);
	make_file(in_dir("f"));
	nothing_more(in);
	CHECK_EQ(inotify_add_watch(in, dir, IN_CREATE | IN_MASK_ADD), wd);
	unlink(in_dir("f"));
	make_file(in_dir("f"));
	expect(in, wd, IN_DELETE, "f");
	expect(in, wd, IN_CREATE, "f");
	nothing_more(in);
	CHECK_ERR(inotify_add_watch(in, dir, IN_CREATE | IN_MASK_CREATE), EEXIST);
	CHECK_ERR(inotify_add_watch(in, dir, IN_CREATE | IN_MASK_CREATE | IN_MASK_ADD), EINVAL);
}

static void unlinked_children_can_be_left_out(void)
{
	int in = setup(), wd = watch(in, dir, IN_MODIFY), in2, wd2, fd;

	in2 = inotify_init1(IN_NONBLOCK);
	wd2 = watch(in2, dir, IN_MODIFY | IN_EXCL_UNLINK);
	fd = open(in_dir("f"), O_CREAT | O_RDWR, 0600);
	CHECK_EQ(write(fd, "a", 1), 1);
	unlink(in_dir("f"));
	CHECK_EQ(write(fd, "b", 1), 1);
	expect(in2, wd2, IN_MODIFY, "f");
	nothing_more(in2);
	/* The same twice is told once. */
	expect(in, wd, IN_MODIFY, "f");
	nothing_more(in);
	CHECK_EQ(write(fd, "b", 1), 1);
	expect(in, wd, IN_MODIFY, "f");
	nothing_more(in2);
}

static void names_are_padded(void)
{
	int in = setup(), wd = watch(in, dir, IN_CREATE), n, i;
	char name[200];
	struct inotify_event *e = (void *)buf;

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = 0;
	make_file(in_dir(name + sizeof(name) - 100));
	CHECK_EQ(ioctl(in, FIONREAD, &n), 0);
	CHECK_EQ(n, sizeof(*e) + 112);
	CHECK_ERR(read(in, buf, n - 1), EINVAL);
	CHECK_ERR(read(in, buf, 0), EINVAL);
	memset(buf, 0x55, sizeof(buf));
	CHECK_EQ(read(in, buf, sizeof(buf)), n);
	CHECK_EQ(e->wd, wd);
	CHECK_EQ(e->len, 112);
	CHECK_EQ(strlen(e->name), 99);
	for (i = 99; i < 112; i++)
		CHECK_EQ(e->name[i], 0);
	CHECK_EQ(ioctl(in, FIONREAD, &n), 0);
	CHECK_EQ(n, 0);
	CHECK_ERR(ioctl(in, TIOCGWINSZ, &n), ENOTTY);
}

static void as_many_events_as_fit_are_read(void)
{
	int in = setup(), n;

	watch(in, dir, IN_CREATE);
	make_file(in_dir("a"));
	make_file(in_dir("b"));
	make_file(in_dir("c"));
	n = sizeof(struct inotify_event) + 16;
	CHECK_EQ(read(in, buf, 3 * n - 1), 2 * n);
	CHECK_EQ(read(in, buf, sizeof(buf)), n);
	CHECK_ERR(read(in, buf, sizeof(buf)), EAGAIN);
}

static void poll_tells_of_events(void)
{
	int in = setup();
	struct pollfd p = { .fd = in, .events = POLLIN };

	watch(in, dir, IN_CREATE);
	CHECK_EQ(poll(&p, 1, 0), 0);
	make_file(in_dir("a"));
	CHECK_EQ(poll(&p, 1, -1), 1);
	CHECK_EQ(p.revents, POLLIN);
}

static int blocking;

static void *reads(void *arg)
{
	(void)arg;
	return (void *)(long)read(blocking, buf, sizeof(buf));
}

static void a_blocking_read_waits(void)
{
	int in = setup();
	pthread_t t;
	void *ret;

	blocking = inotify_init1(0);
	watch(blocking, dir, IN_CREATE);
	CHECK_EQ(pthread_create(&t, NULL, reads, NULL), 0);
	sched_yield();
	make_file(in_dir("a"));
	pthread_join(t, &ret);
	CHECK_EQ((long)ret, sizeof(struct inotify_event) + 16);
	close(in);
}

static void too_many_events_are_told(void)
{
	int in = setup(), wd = watch(in, dir, IN_CREATE | IN_DELETE), max = 16384, got = 0, i, fd;
	struct inotify_event *e;
	char text[32];
	bool overflow = false;

	fd = open("/proc/sys/fs/inotify/max_queued_events", O_RDONLY);
	if (fd >= 0) {
		i = read(fd, text, sizeof(text) - 1);
		if (i > 0) {
			text[i] = 0;
			max = atoi(text);
		}
		close(fd);
	}
	if (max > 40000)
		SKIP("the queue is very long here");
	for (i = 0; i <= max / 2; i++) {
		CHECK_EQ(symlink("x", in_dir("s")), 0);
		CHECK_EQ(unlink(in_dir("s")), 0);
	}
	while ((e = next_event(in))) {
		if (e->mask == IN_Q_OVERFLOW) {
			CHECK_EQ(e->wd, -1);
			CHECK(!overflow);
			overflow = true;
			continue;
		}
		CHECK(!overflow);
		CHECK_EQ(e->wd, wd);
		got++;
	}
	CHECK(overflow);
	CHECK_EQ(got, max);
	CHECK_EQ(symlink("x", in_dir("s")), 0);
	expect(in, wd, IN_CREATE, "s");
	nothing_more(in);
}

static void an_unmount_ends_watches(void)
{
	int in = setup(), wd, fd;

	if (mount("none", dir, "tmpfs", 0, NULL))
		SKIP("no right to mount");
	make_file(in_dir("f"));
	wd = watch(in, in_dir("f"), IN_ALL_EVENTS);
	CHECK_EQ(umount(dir), 0);
	for (fd = 0; !next_event(in) && fd < 1000000; fd++)
		sched_yield();		/* the last reference to a mount may go a moment later */
	at = 0;
	expect(in, wd, IN_UNMOUNT, NULL);
	expect(in, wd, IN_IGNORED, NULL);
	nothing_more(in);
}

static void extended_attributes_and_times_are_attributes(void)
{
	int in = setup(), wd;
	struct utimbuf times = { 1, 2 };

	make_file(in_dir("f"));
	wd = watch(in, in_dir("f"), IN_ALL_EVENTS);
	CHECK_EQ(utime(in_dir("f"), &times), 0);
	expect(in, wd, IN_ATTRIB, NULL);
	if (!setxattr(in_dir("f"), "user.x", "1", 1, 0)) {
		expect(in, wd, IN_ATTRIB, NULL);
		CHECK_EQ(removexattr(in_dir("f"), "user.x"), 0);
		expect(in, wd, IN_ATTRIB, NULL);
	}
	CHECK_EQ(truncate(in_dir("f"), 1), 0);
	expect(in, wd, IN_MODIFY, NULL);
	nothing_more(in);
}

static void bad_arguments_are_refused(void)
{
	int in = setup(), null = open("/dev/null", O_RDWR);

	CHECK_ERR(inotify_init1(1), EINVAL);
	CHECK_ERR(inotify_add_watch(in, dir, 0), EINVAL);
	CHECK_ERR(inotify_add_watch(-1, dir, IN_CREATE), EBADF);
	CHECK_ERR(inotify_add_watch(null, dir, IN_CREATE), EINVAL);
	CHECK_ERR(inotify_add_watch(in, in_dir("none"), IN_CREATE), ENOENT);
	CHECK_ERR(inotify_add_watch(in, (char *)8, IN_CREATE), EFAULT);
	make_file(in_dir("f"));
	CHECK_ERR(inotify_add_watch(in, in_dir("f"), IN_ONLYDIR | IN_OPEN), ENOTDIR);
	CHECK_EQ(symlink("gone", in_dir("s")), 0);
	CHECK_ERR(inotify_add_watch(in, in_dir("s"), IN_OPEN), ENOENT);
	CHECK(inotify_add_watch(in, in_dir("s"), IN_OPEN | IN_DONT_FOLLOW) > 0);
	CHECK_ERR(inotify_rm_watch(in, -1), EINVAL);
	CHECK_ERR(inotify_rm_watch(in, 77), EINVAL);
	CHECK_ERR(inotify_rm_watch(null, 1), EINVAL);
	CHECK_ERR(inotify_rm_watch(-1, 1), EBADF);
	CHECK_ERR(read(in, (char *)8, 0), EAGAIN);
	CHECK_ERR(write(in, buf, 1), EBADF);
}

static void unreadable_files_are_not_watched(void)
{
	int in = setup();

	make_file(in_dir("f"));
	CHECK_EQ(chmod(in_dir("f"), 0), 0);
	CHECK_EQ(chmod(dir, 0755), 0);
	if (getuid() == 0)
		CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(inotify_add_watch(in, in_dir("f"), IN_OPEN), EACCES);
}

static void instances_are_limited(void)
{
	int i, n = 0;

	setup();
	if (getuid() == 0)
		CHECK_EQ(setuid(4711), 0);
	for (i = 0; i < 2000 && inotify_init() >= 0; i++)
		n++;
	CHECK(n > 0 && n < 2000);
	CHECK_EQ(errno, EMFILE);
}

static void fdinfo_lists_watches(void)
{
	int in = setup(), wd = watch(in, dir, IN_CREATE | IN_ONESHOT), fd;
	char path[64], text[1024], line[128];
	struct stat st;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", in);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		SKIP("no /proc");
	n = read(fd, text, sizeof(text) - 1);
	CHECK(n > 0);
	text[n] = 0;
	CHECK_EQ(stat(dir, &st), 0);
	snprintf(line, sizeof(line), "inotify wd:%x ino:%lx sdev:", wd, (unsigned long)st.st_ino);
	CHECK(strstr(text, line));
	CHECK(strstr(text, "mask:80000100 ignored_mask:0"));
}

/*
 * Watches come and go while the file is used and unlinked: no crash, and no event of a dead watch.
 */
static int storm_over, storm_in;

static void *storm(void *arg)
{
	const char *f = arg;
	int fd;

	while (!__atomic_load_n(&storm_over, __ATOMIC_SEQ_CST)) {
		fd = open(f, O_CREAT | O_RDWR, 0600);
		if (fd >= 0) {
			write(fd, "x", 1);
			close(fd);
		}
		unlink(f);
	}
	return NULL;
}

static void watches_may_come_and_go(void)
{
	static char f[128];
	pthread_t t[2];
	int i, wd, n = 0;

	storm_in = setup();
	snprintf(f, sizeof(f), "%s", in_dir("f"));
	for (i = 0; i < 2; i++)
		CHECK_EQ(pthread_create(&t[i], NULL, storm, f), 0);
	for (i = 0; i < rounds(3000); i++) {
		wd = inotify_add_watch(storm_in, i % 3 ? f : dir,
				       IN_ALL_EVENTS | (i % 5 ? 0 : IN_ONESHOT));
		if (wd > 0)
			n++;
		if (wd > 0 && i % 2)
			inotify_rm_watch(storm_in, wd);
		if (i % 16 == 0)
			while (read(storm_in, buf, sizeof(buf)) > 0)
				;
	}
	close(storm_in);
	__atomic_store_n(&storm_over, 1, __ATOMIC_SEQ_CST);
	for (i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	CHECK(n > 0);
}

TESTS(TEST(a_files_life_is_told_to_its_directory),
      TEST(directories_say_that_they_are),
      TEST(other_objects_are_created_too),
      TEST(a_rename_has_two_halves_and_a_cookie),
      TEST(what_is_moved_and_what_is_replaced_are_told),
      TEST(the_last_link_ends_the_watch),
      TEST(an_open_file_lives_until_it_is_closed),
      TEST(a_removed_directory_ends_its_watch),
      TEST(removing_a_watch_is_told),
      TEST(one_shot_watches_fire_once),
      TEST(a_second_add_changes_the_mask),
      TEST(unlinked_children_can_be_left_out),
      TEST(names_are_padded),
      TEST(as_many_events_as_fit_are_read),
      TEST(poll_tells_of_events),
      TEST(a_blocking_read_waits),
      TEST(too_many_events_are_told),
      TEST(an_unmount_ends_watches),
      TEST(extended_attributes_and_times_are_attributes),
      TEST(bad_arguments_are_refused),
      TEST(unreadable_files_are_not_watched),
      TEST(instances_are_limited),
      TEST(fdinfo_lists_watches),
      TEST(watches_may_come_and_go),)
