// SPDX-License-Identifier: MIT
/* tmpfs's limits: size=, nr_blocks=, nr_inodes=, and what a remount may change. */

#include "memory.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#define PLACE	"/tmp-tmpfs-test"

/* A mount of its own, with these options; gone with the test's mount point. */
static void mounted(const char *options)
{
	mkdir(PLACE, 0755);
	umount2(PLACE, MNT_DETACH);
	if (mount("tmpfs", PLACE, "tmpfs", 0, options)) {
		if (errno == EPERM)
			SKIP("not root");
		CHECK_EQ(errno, 0);
	}
}

static int refused(const char *options)
{
	mkdir(PLACE, 0755);
	return mount("tmpfs", PLACE, "tmpfs", 0, options) == -1 && errno == EINVAL;
}

static int file(const char *name)
{
	char path[100];

	snprintf(path, sizeof(path), PLACE "/%s", name);
	return open(path, O_RDWR | O_CREAT, 0600);
}

/* Bytes written until an error; errno is it. */
static long fill(int fd)
{
	char block[PG];
	long sum = 0, n;

	memset(block, 1, sizeof(block));
	while ((n = write(fd, block, sizeof(block))) > 0)
		sum += n;
	return n ? sum : -1;
}

static void size_limits_the_pages(void)
{
	struct statfs fs;
	int fd;

	mounted("size=64k");
	CHECK_EQ(statfs(PLACE, &fs), 0);
	CHECK_EQ(fs.f_type, 0x01021994);
	CHECK_EQ(fs.f_blocks * fs.f_bsize, 65536);
	fd = file("a");
	CHECK(fd >= 0);
	CHECK_EQ(fill(fd), 65536);
	CHECK_EQ(errno, ENOSPC);
	CHECK_EQ(statfs(PLACE, &fs), 0);
	CHECK_EQ(fs.f_bfree, 0);
	/* What is there can still be changed; what goes makes room. */
	CHECK_EQ(pwrite(fd, "x", 1, 100), 1);
	CHECK_EQ(ftruncate(fd, PG), 0);
	CHECK_EQ(statfs(PLACE, &fs), 0);
	CHECK_EQ(fs.f_bfree, 15);
	CHECK_EQ(fill(file("b")), 15 * PG);
	CHECK_EQ(umount(PLACE) ? errno : 0, EBUSY);
}

static void a_hole_takes_no_page_until_it_is_written(void)
{
	char *p;
	int fd;

	mounted("nr_blocks=4");
	fd = file("a");
	CHECK_EQ(ftruncate(fd, 100 * PG), 0);
	catch_faults();
	p = map(100 * PG, RW, MAP_SHARED, fd);
	CHECK_EQ(write_at(p, 1), 0);
	CHECK_EQ(write_at(p + 50 * PG, 1), 0);
	CHECK_EQ(write_at(p + 60 * PG, 1), 0);
	CHECK_EQ(write_at(p + 99 * PG, 1), 0);
	/* No room: the program can only be told by a signal. */
	CHECK_EQ(write_at(p + 70 * PG, 1), SIGBUS);
	CHECK_ERR(fallocate(fd, 0, 0, 5 * PG), ENOSPC);
	CHECK_EQ(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, PG), 0);
	CHECK_EQ(write_at(p + 70 * PG, 1), 0);
}

static void nr_inodes_limits_the_names(void)
{
	struct statfs fs;

	mounted("nr_inodes=4");
	CHECK_EQ(statfs(PLACE, &fs), 0);
	CHECK_EQ(fs.f_files, 4);
	CHECK_EQ(fs.f_ffree, 3);		/* the root is one */
	CHECK(file("a") >= 0);
	CHECK_EQ(mkdir(PLACE "/b", 0700), 0);
	CHECK_EQ(link(PLACE "/a", PLACE "/c"), 0);
	CHECK_EQ(file("d") < 0 ? errno : 0, ENOSPC);
	CHECK_ERR(mkdir(PLACE "/d", 0700), ENOSPC);
	CHECK_ERR(symlink("x", PLACE "/d"), ENOSPC);
	CHECK_ERR(link(PLACE "/a", PLACE "/d"), ENOSPC);
	CHECK_ERR(mknod(PLACE "/d", S_IFIFO | 0600, 0), ENOSPC);
	CHECK_EQ(unlink(PLACE "/c"), 0);
	CHECK_EQ(symlink("x", PLACE "/d"), 0);
}

static void a_remount_changes_limits_but_not_below_use(void)
{
	mounted("size=16k,nr_inodes=10");
	CHECK_EQ(fill(file("a")), 4 * PG);
	CHECK_EQ(mount(NULL, PLACE, NULL, MS_REMOUNT, "size=32k"), 0);
	CHECK_EQ(fill(file("b")), 4 * PG);
	CHECK_ERR(mount(NULL, PLACE, NULL, MS_REMOUNT, "size=16k"), EINVAL);
	CHECK_ERR(mount(NULL, PLACE, NULL, MS_REMOUNT, "nr_inodes=2"), EINVAL);
	CHECK_EQ(mount(NULL, PLACE, NULL, MS_REMOUNT, "nr_inodes=3"), 0);
	CHECK_EQ(file("c") < 0 ? errno : 0, ENOSPC);
}

static void options_are_checked(void)
{
	struct stat st;

	CHECK(refused("size=") || errno == EPERM);
	CHECK(refused("size=12x") || errno == EPERM);
	CHECK(refused("nr_inodes=many") || errno == EPERM);
	CHECK(refused("mode=9") || errno == EPERM);
	CHECK(refused("uid=nobody") || errno == EPERM);
	CHECK(refused("nonsense=1") || errno == EPERM);
	mounted("mode=0711,uid=5,gid=6,size=50%");
	CHECK_EQ(stat(PLACE, &st), 0);
	CHECK_EQ(st.st_mode, S_IFDIR | 0711);
	CHECK_EQ(st.st_uid, 5);
	CHECK_EQ(st.st_gid, 6);
}

static void without_limits_half_of_the_memory_is_one(void)
{
	struct statfs fs;
	long total = sysconf(_SC_PHYS_PAGES);

	mounted("");
	CHECK_EQ(statfs(PLACE, &fs), 0);
	CHECK(fs.f_blocks > 0);
	CHECK((long)fs.f_blocks <= total / 2 + 1);
	mounted("size=0,nr_inodes=0");
	CHECK_EQ(statfs(PLACE, &fs), 0);
	CHECK_EQ(fs.f_blocks, 0);
	CHECK_EQ(fs.f_files, 0);
	CHECK(file("a") >= 0);
}

/* The options of the mount at PLACE, as /proc/mounts tells them; "" if it isn't there. */
static const char *told(void)
{
	static char line[1000];
	FILE *f = fopen("/proc/mounts", "r");
	char *options = "";

	CHECK(f);
	while (fgets(line, sizeof(line), f)) {
		if (strncmp(line, "tmpfs " PLACE " tmpfs ", strlen("tmpfs " PLACE " tmpfs ")))
			continue;
		options = line + strlen("tmpfs " PLACE " tmpfs ");
		*strchr(options, ' ') = '\0';
	}
	fclose(f);
	return options;
}

static void mounts_shows_options_that_are_not_the_usual(void)
{
	mkdir("/proc", 0555);
	mount("proc", "/proc", "proc", 0, NULL);
	mounted(NULL);
	CHECK(!strncmp(told(), "rw,relatime", 11) && !strstr(told(), "size="));
	CHECK(!strstr(told(), "mode=") && !strstr(told(), "uid=") && !strstr(told(), "nr_inodes="));
	mounted("size=100k,nr_inodes=20,mode=755,uid=7,gid=8");
	CHECK(!strncmp(told(), "rw,relatime,size=100k,nr_inodes=20,mode=755,uid=7,gid=8", 55));
	CHECK_EQ(mount(NULL, PLACE, NULL, MS_REMOUNT, "size=200k"), 0);
	CHECK(strstr(told(), ",size=200k,nr_inodes=20,"));
	mounted("mode=0");
	CHECK(strstr(told(), ",mode=000"));
	mounted("size=0");
	CHECK(strstr(told(), ",size=0k"));
	umount(PLACE);
}

TESTS(
	TEST(size_limits_the_pages),
	TEST(a_hole_takes_no_page_until_it_is_written),
	TEST(nr_inodes_limits_the_names),
	TEST(a_remount_changes_limits_but_not_below_use),
	TEST(options_are_checked),
	TEST(without_limits_half_of_the_memory_is_one),
	TEST(mounts_shows_options_that_are_not_the_usual),
)
