// SPDX-License-Identifier: MIT
/*
 * Shared, slave, private and unbindable mounts: who gets what is mounted elsewhere, who loses it,
 * and what becomes of them by bind, move and another mount(2) of their kind. The tables are those
 * of Documentation/filesystems/sharedsubtree.rst.
 *
 * Each test works in a mount namespace of its own, on a private tmpfs.
 */
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "../kselftest.h"

#define TOP	"/tmp/propagation"
#define KINDS	(MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)

static void dir(const char *name)
{
	char path[200];

	snprintf(path, sizeof(path), TOP "/%s", name);
	CHECK(!mkdir(path, 0755) || errno == EEXIST);
}

static int on(const char *what, const char *where, unsigned long flags)
{
	char from[200], to[200];

	snprintf(from, sizeof(from), TOP "/%s", what ? what : "");
	snprintf(to, sizeof(to), TOP "/%s", where);
	return mount(what ? from : "none", to, flags & (MS_BIND | MS_MOVE | KINDS) ? NULL : "tmpfs",
		     flags, NULL);
}

/* A new tmpfs, marked by a folder. */
static void fresh(const char *where)
{
	char name[200];

	CHECK_EQ(on(NULL, where, 0), 0);
	snprintf(name, sizeof(name), "%s/mark", where);
	dir(name);
	snprintf(name, sizeof(name), "%s/x", where);
	dir(name);
}

static void kind(const char *where, unsigned long flags)
{
	CHECK_EQ(on(NULL, where, flags), 0);
}

static int off(const char *where)
{
	char path[200];

	snprintf(path, sizeof(path), TOP "/%s", where);
	return umount(path);
}

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
	dir("a");
	dir("b");
	dir("c");
	dir("d");
}

/*
 * The optional fields of the topmost mount at a place: "" for a private one; NULL: nothing is
 * mounted there. Numbers of groups are in group and master.
 */
static int group, master, from, mounts_there;

static const char *fields(const char *where)
{
	static char line[1000], text[200];
	char path[200], want[200];
	const char *found = NULL;
	FILE *f = fopen("/proc/self/mountinfo", "r");

	CHECK(f);
	snprintf(want, sizeof(want), *where ? TOP "/%s" : TOP, where);
	group = master = from = mounts_there = 0;
	while (fgets(line, sizeof(line), f)) {
		char *end, *p;
		int n = 0;

		if (sscanf(line, "%*d %*d %*s %*s %199s %*s%n", path, &n) != 1 ||
		    strcmp(path, want))
			continue;
		mounts_there++;
		p = line + n;
		end = strstr(p, " - ");
		CHECK(end);
		*end = 0;
		snprintf(text, sizeof(text), "%s", p);
		group = master = from = 0;
		sscanf((end = strstr(p, "shared:")) ? end : "", "shared:%d", &group);
		sscanf((end = strstr(p, "master:")) ? end : "", "master:%d", &master);
		sscanf((end = strstr(p, "propagate_from:")) ? end : "", "propagate_from:%d", &from);
		found = text;
	}
	fclose(f);
	return found;
}

static bool is_mounted(const char *where)
{
	return fields(where) != NULL;
}

/* "shared", "slave", "both", "private", "unbindable", "none" */
static const char *what_is(const char *where)
{
	const char *text = fields(where);

	if (!text)
		return "none";
	if (strstr(text, "unbindable"))
		return "unbindable";
	return group && master ? "both" : group ? "shared" : master ? "slave" : "private";
}

#define CHECK_IS(where, kind)							\
do {										\
	if (strcmp(what_is(where), kind)) {					\
		printf("# line %d: %s is %s, not %s\n", __LINE__, where, what_is(where), kind); \
		fflush(stdout);							\
		_exit(EXIT_FAIL);						\
	}									\
} while (0)

static void peers_share_what_is_mounted(void)
{
	int id;

	setup();
	fresh("a");
	CHECK_IS("a", "private");
	kind("a", MS_SHARED);
	CHECK_IS("a", "shared");
	id = group;
	CHECK_EQ(on("a", "b", MS_BIND), 0);
	CHECK_IS("b", "shared");
	CHECK_EQ(group, id);
	fresh("a/x");
	CHECK(is_mounted("b/x") && !access(TOP "/b/x/mark", F_OK));
	/* It's shared too, so that what is mounted in it is. */
	CHECK_IS("b/x", "shared");
	id = group;
	CHECK_IS("a/x", "shared");
	CHECK_EQ(group, id);
	fresh("b/x/x");
	CHECK(is_mounted("a/x/x"));
	CHECK_EQ(off("a/x/x"), 0);
	CHECK(!is_mounted("b/x/x"));
	CHECK_EQ(off("b/x"), 0);
	CHECK(!is_mounted("a/x") && !is_mounted("b/x"));
}

static void slaves_receive_and_do_not_send(void)
{
	int id;

	setup();
	fresh("a");
	kind("a", MS_SHARED);
	CHECK_EQ(on("a", "b", MS_BIND), 0);
	id = (fields("a"), group);
	kind("b", MS_SLAVE);
	CHECK_IS("b", "slave");
	CHECK_EQ(master, id);
	fresh("b/x");
	CHECK(!is_mounted("a/x"));
	CHECK_EQ(off("b/x"), 0);
	fresh("a/x");
	CHECK_IS("b/x", "slave");
	id = master;
	CHECK_IS("a/x", "shared");
	CHECK_EQ(group, id);
	/* It may take it off for itself. */
	CHECK_EQ(off("b/x"), 0);
	CHECK(is_mounted("a/x"));
	CHECK_EQ(off("a/x"), 0);
}

static void a_shared_slave_hands_on(void)
{
	setup();
	fresh("a");
	kind("a", MS_SHARED);
	CHECK_EQ(on("a", "b", MS_BIND), 0);
	kind("b", MS_SLAVE);
	kind("b", MS_SHARED);
	CHECK_IS("b", "both");
	CHECK_EQ(on("b", "c", MS_BIND), 0);
	CHECK_IS("c", "both");
	CHECK_EQ(on("c", "d", MS_BIND), 0);
	kind("d", MS_SLAVE);
	fresh("a/x");
	CHECK_IS("b/x", "both");
	CHECK_IS("c/x", "both");
	CHECK_IS("d/x", "slave");
	CHECK_EQ(off("c/x"), 0);
	CHECK(!is_mounted("b/x") && !is_mounted("d/x") && is_mounted("a/x"));
	fresh("c/x");
	CHECK(is_mounted("b/x") && is_mounted("d/x"));
	CHECK_EQ(off("a/x"), 0);
	CHECK(is_mounted("b/x") == is_mounted("c/x"));
}

static void unbindable_ones_are_not_copied(void)
{
	setup();
	fresh("a");
	fresh("a/x");
	kind("a/x", MS_UNBINDABLE);
	CHECK_ERR(on("a/x", "b", MS_BIND), EINVAL);
	CHECK_EQ(on("a", "b", MS_BIND | MS_REC), 0);
	CHECK(!is_mounted("b/x"));
	kind("a/x", MS_PRIVATE);
	CHECK_EQ(on("a", "c", MS_BIND | MS_REC), 0);
	CHECK(is_mounted("c/x"));
}

/* A mount of some kind at @where; its peers or masters are elsewhere, and stay. */
static void make(const char *where, const char *what)
{
	bool slave = !strcmp(what, "slave") || !strcmp(what, "both");

	if (slave || !strcmp(what, "peer")) {
		dir("master");
		if (!is_mounted("master")) {
			fresh("master");
			kind("master", MS_SHARED);
		}
		CHECK_EQ(on("master", where, MS_BIND), 0);
		if (slave)
			kind(where, MS_SLAVE);
	} else {
		fresh(where);
	}
	if (!strcmp(what, "shared") || !strcmp(what, "both"))
		kind(where, MS_SHARED);
	if (!strcmp(what, "unbindable"))
		kind(where, MS_UNBINDABLE);
}

static void kinds_change_as_the_table_says(void)
{
	static const struct {
		const char *before, *shared, *slave, *private, *unbindable;
	} table[] = {
		{ "shared",	"shared",	"private",	"private", "unbindable" },
		{ "peer",	"shared",	"slave",	"private", "unbindable" },
		{ "slave",	"both",		"slave",	"private", "unbindable" },
		{ "both",	"both",		"slave",	"private", "unbindable" },
		{ "private",	"shared",	"private",	"private", "unbindable" },
		{ "unbindable",	"shared",	"unbindable",	"private", "unbindable" },
	};
	unsigned int i;

	setup();
	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		make("a", table[i].before);
		kind("a", MS_SHARED);
		CHECK_IS("a", table[i].shared);
		CHECK_EQ(off("a"), 0);
		make("a", table[i].before);
		kind("a", MS_SLAVE);
		CHECK_IS("a", table[i].slave);
		CHECK_EQ(off("a"), 0);
		make("a", table[i].before);
		kind("a", MS_PRIVATE);
		CHECK_IS("a", table[i].private);
		CHECK_EQ(off("a"), 0);
		make("a", table[i].before);
		kind("a", MS_UNBINDABLE);
		CHECK_IS("a", table[i].unbindable);
		CHECK_EQ(off("a"), 0);
	}
}

/* What a source becomes where it is bound or moved to; NULL: it is refused. */
static const struct {
	const char *source, *to_shared, *to_private;
	const char *moved_to_shared, *moved_to_private;
} table[] = {
	{ "shared",	"shared",	"shared",	"shared",	"shared" },
	{ "private",	"shared",	"private",	"shared",	"private" },
	{ "slave",	"both",		"slave",	"both",		"slave" },
	{ "both",	"both",		"both",		"both",		"both" },
	{ "unbindable",	NULL,		NULL,		NULL,		"unbindable" },
};

static void binds_and_moves(bool move)
{
	unsigned int i, shared;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		for (shared = 0; shared < 2; shared++) {
			const char *want = move ? shared ? table[i].moved_to_shared :
							   table[i].moved_to_private :
						  shared ? table[i].to_shared : table[i].to_private;

			fresh("b");
			if (shared)
				kind("b", MS_SHARED);
			CHECK_EQ(on("b", "c", MS_BIND), 0);
			make("a", table[i].source);
			if (want) {
				CHECK_EQ(on("a", "b/x", move ? MS_MOVE : MS_BIND), 0);
				CHECK_IS("b/x", want);
				if (shared)
					CHECK_IS("c/x", want);
				else
					CHECK_IS("c/x", "none");
				CHECK_EQ(is_mounted("a"), !move);
				CHECK_EQ(off("b/x"), 0);
				CHECK(!is_mounted("c/x"));
			} else {
				CHECK_ERR(on("a", "b/x", move ? MS_MOVE : MS_BIND), EINVAL);
			}
			if (is_mounted("a"))
				CHECK_EQ(off("a"), 0);
			CHECK_EQ(off("c"), 0);
			CHECK_EQ(off("b"), 0);
		}
	}
}

static void bound_ones_are_as_the_table_says(void)
{
	setup();
	binds_and_moves(false);
}

static void moved_ones_are_as_the_table_says(void)
{
	setup();
	binds_and_moves(true);
}

static void nothing_moves_from_below_a_shared_mount(void)
{
	setup();
	fresh("a");
	kind("a", MS_SHARED);
	fresh("a/x");
	CHECK_ERR(on("a/x", "b", MS_MOVE), EINVAL);
	kind("a", MS_PRIVATE);
	CHECK_EQ(on("a/x", "b", MS_MOVE), 0);
	CHECK(!is_mounted("a/x") && is_mounted("b"));
}

static void an_unmount_goes_where_the_mount_went(void)
{
	int fd;

	setup();
	fresh("a");
	kind("a", MS_SHARED);
	CHECK_EQ(on("a", "b", MS_BIND), 0);
	fresh("a/x");
	/* One who uses the copy keeps both. */
	fd = open(TOP "/b/x/mark", O_RDONLY);
	CHECK(fd >= 0);
	CHECK_ERR(off("a/x"), EBUSY);
	CHECK(is_mounted("a/x") && is_mounted("b/x"));
	close(fd);
	CHECK_EQ(off("a/x"), 0);
	CHECK(!is_mounted("b/x"));
	/* A copy with something below it, which the others haven't, stays; lazily, too. */
	fresh("a/x");
	kind("b/x", MS_PRIVATE);
	fresh("b/x/x");
	CHECK_EQ(umount2(TOP "/a/x", MNT_DETACH), 0);
	CHECK(!is_mounted("a/x") && is_mounted("b/x") && is_mounted("b/x/x"));
}

static void a_copy_slips_beneath_what_is_there(void)
{
	setup();
	fresh("a");
	kind("a", MS_SHARED);
	CHECK_EQ(on("a", "b", MS_BIND), 0);
	kind("b", MS_SLAVE);
	fresh("b/x");
	CHECK_EQ(mkdir(TOP "/b/x/mine", 0755), 0);
	fresh("a/x");
	CHECK_EQ((fields("b/x"), mounts_there), 2);
	CHECK_EQ(access(TOP "/b/x/mine", F_OK), 0);
	CHECK_ERR(access(TOP "/a/x/mine", F_OK), ENOENT);
	/* And out again. */
	CHECK_EQ(off("a/x"), 0);
	CHECK_EQ((fields("b/x"), mounts_there), 1);
	CHECK_EQ(access(TOP "/b/x/mine", F_OK), 0);
	CHECK_EQ(off("b/x"), 0);
	CHECK(!is_mounted("b/x"));
}

static void only_who_shows_the_place_receives(void)
{
	setup();
	fresh("a");
	dir("a/x/y");
	kind("a", MS_SHARED);
	CHECK_EQ(on("a/x", "b", MS_BIND), 0);
	CHECK_IS("b", "shared");
	fresh("a/mark");
	CHECK(!is_mounted("b/mark"));
	fresh("a/x/y");
	CHECK(is_mounted("b/y"));
	CHECK_EQ(off("b/y"), 0);
	CHECK(!is_mounted("a/x/y"));
}

static void the_slaves_of_who_leaves_stay_slaves(void)
{
	int id;

	setup();
	fresh("a");
	kind("a", MS_SHARED);
	CHECK_EQ(on("a", "b", MS_BIND), 0);
	CHECK_EQ(on("b", "c", MS_BIND), 0);
	kind("c", MS_SLAVE);
	id = (fields("a"), group);
	kind("a", MS_PRIVATE);
	CHECK_IS("b", "shared");
	CHECK_EQ(group, id);
	CHECK_IS("c", "slave");
	CHECK_EQ(master, id);
	fresh("b/x");
	CHECK(is_mounted("c/x") && !is_mounted("a/x"));
	/* The last of the group: nobody is left to receive from. */
	CHECK_EQ(off("b/x"), 0);
	CHECK_EQ(off("b"), 0);
	CHECK_IS("c", "private");
}

static void all_below_change_with_ms_rec(void)
{
	setup();
	fresh("a");
	fresh("a/x");
	kind("a", MS_SHARED);
	CHECK_IS("a/x", "private");
	kind("a", MS_SHARED | MS_REC);
	CHECK_IS("a/x", "shared");
	kind("a", MS_UNBINDABLE | MS_REC);
	CHECK_IS("a/x", "unbindable");
	CHECK_IS("a", "unbindable");
}

static void odd_changes_are_refused(void)
{
	setup();
	fresh("a");
	CHECK_ERR(on(NULL, "a", MS_SHARED | MS_SLAVE), EINVAL);
	CHECK_ERR(on(NULL, "a", MS_SHARED | MS_RDONLY), EINVAL);
	CHECK_ERR(on(NULL, "a/x", MS_SHARED), EINVAL);
	CHECK_IS("a", "private");
	CHECK_EQ(on(NULL, "a", MS_SHARED | MS_SILENT), 0);
	CHECK_IS("a", "shared");
	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(on(NULL, "a", MS_PRIVATE), EPERM);
}

static void a_tree_can_be_bound_into_itself(void)
{
	setup();
	fresh("a");
	kind("a", MS_SHARED);
	CHECK_EQ(on("a", "a/x", MS_BIND | MS_REC), 0);
	CHECK(is_mounted("a/x") && !is_mounted("a/x/x"));
	fresh("a/mark");
	CHECK(is_mounted("a/x/mark"));
	CHECK_EQ(off("a/x/mark"), 0);
	CHECK(!is_mounted("a/mark"));
	CHECK_EQ(off("a/x"), 0);
}

static void mount_setattr_changes_kinds_too(void)
{
	struct { unsigned long long set, clr, propagation, userns; } attr = { 0, 0, MS_SHARED, 0 };

	setup();
	fresh("a");
	fresh("a/x");
	if (syscall(442, -1, TOP "/a", 0, &attr, sizeof(attr)) && errno == ENOSYS)
		SKIP("no mount_setattr");
	CHECK_IS("a", "shared");
	CHECK_IS("a/x", "private");
	CHECK_EQ(syscall(442, -1, TOP "/a", 0x8000, &attr, sizeof(attr)), 0);
	CHECK_IS("a/x", "shared");
	attr.propagation = MS_SHARED | MS_PRIVATE;
	CHECK_ERR(syscall(442, -1, TOP "/a", 0, &attr, sizeof(attr)), EINVAL);
	attr.propagation = MS_RDONLY;
	CHECK_ERR(syscall(442, -1, TOP "/a", 0, &attr, sizeof(attr)), EINVAL);
}

/* b is a slave of a, c of b; who sees only c is told the nearest group that it knows. */
static void propagate_from_names_the_group_that_is_seen(void)
{
	pid_t pid;
	int id;

	setup();
	fresh("a");
	kind("a", MS_SHARED);
	id = (fields("a"), group);
	CHECK_EQ(on("a", "b", MS_BIND), 0);
	kind("b", MS_SLAVE);
	kind("b", MS_SHARED);
	CHECK_EQ(on("b", "c", MS_BIND), 0);
	kind("c", MS_SLAVE);
	CHECK_IS("c", "slave");
	CHECK_EQ(from, 0);
	/* b's only mount that can be seen is gone; its group lives on in another namespace. */
	pid = fork();
	if (!pid) {
		CHECK_EQ(unshare(CLONE_NEWNS), 0);
		CHECK_EQ(mount(NULL, TOP, NULL, MS_PRIVATE, NULL), 0);
		CHECK_EQ(off("b"), 0);
		CHECK_IS("c", "slave");
		CHECK(master != id);
		CHECK_EQ(from, id);
		_exit(0);
	}
	CHECK_EQ(end_of(pid), 0);
}

TESTS(TEST(peers_share_what_is_mounted), TEST(slaves_receive_and_do_not_send),
      TEST(a_shared_slave_hands_on), TEST(unbindable_ones_are_not_copied),
      TEST(kinds_change_as_the_table_says), TEST(bound_ones_are_as_the_table_says),
      TEST(moved_ones_are_as_the_table_says), TEST(nothing_moves_from_below_a_shared_mount),
      TEST(an_unmount_goes_where_the_mount_went), TEST(a_copy_slips_beneath_what_is_there),
      TEST(only_who_shows_the_place_receives), TEST(the_slaves_of_who_leaves_stay_slaves),
      TEST(all_below_change_with_ms_rec), TEST(odd_changes_are_refused),
      TEST(a_tree_can_be_bound_into_itself), TEST(mount_setattr_changes_kinds_too),
      TEST(propagate_from_names_the_group_that_is_seen),)
