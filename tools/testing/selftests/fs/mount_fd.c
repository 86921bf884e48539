// SPDX-License-Identifier: MIT
/*
 * Mounts by descriptor: fsopen(2), fsconfig(2), fsmount(2), fspick(2), open_tree(2), move_mount(2),
 * mount_setattr(2).
 *
 * Each test mounts a tmpfs of its own and works below it; on Linux in a namespace of its own.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

#include "../kselftest.h"

#define AT_RECURSIVE_		0x8000
#define SET_FLAG		0
#define SET_STRING		1
#define SET_BINARY		2
#define CMD_CREATE		6
#define CMD_RECONFIGURE		7
#define ATTR_RDONLY		1
#define ATTR_NOSUID		2
#define ATTR_NOEXEC		8
#define ATTR__ATIME		0x70
#define ATTR_NOATIME		0x10

struct attr {
	uint64_t set, clr, propagation, userns_fd;
};

static int fsopen_(const char *name, unsigned int flags)
{
	return syscall(430, name, flags);
}

static int fsconfig_(int fd, unsigned int cmd, const char *key, const void *value, int aux)
{
	return syscall(431, fd, cmd, key, value, aux);
}

static int fsmount_(int fd, unsigned int flags, unsigned int attrs)
{
	return syscall(432, fd, flags, attrs);
}

static int fspick_(int dfd, const char *path, unsigned int flags)
{
	return syscall(433, dfd, path, flags);
}

static int open_tree_(int dfd, const char *path, unsigned int flags)
{
	return syscall(428, dfd, path, flags);
}

static int move_mount_(int from, const char *from_path, int to, const char *to_path,
		       unsigned int flags)
{
	return syscall(429, from, from_path, to, to_path, flags);
}

static int mount_setattr_(int dfd, const char *path, unsigned int flags, struct attr *attr,
			  size_t size)
{
	return syscall(442, dfd, path, flags, attr, size);
}

#define F_EMPTY	4

static const char top[] = "/tmp/mount_fd";

static void setup(void)
{
	/*
	 * On Linux: not to be seen by others. Here there is one namespace, and the test is alone.
	 */
	if (!unshare(CLONE_NEWNS))
		mount(NULL, "/", NULL, MS_PRIVATE | MS_REC, NULL);
	mkdir("/tmp", 01777);
	mkdir(top, 0755);
	if (mount("top", top, "tmpfs", 0, NULL))
		SKIP("no right to mount");
	CHECK_EQ(chdir(top), 0);
	CHECK_EQ(mkdir("a", 0755), 0);
	CHECK_EQ(mkdir("b", 0755), 0);
}

static void teardown(void)
{
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(umount2(top, MNT_DETACH), 0);
}

static int exists(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

static void touch(const char *path)
{
	int fd = open(path, O_CREAT | O_WRONLY, 0644);

	CHECK(fd >= 0);
	close(fd);
}

static int new_tmpfs(unsigned int attrs)
{
	int fs = fsopen_("tmpfs", 1), mnt;

	CHECK(fs >= 0);
	CHECK_EQ(fsconfig_(fs, SET_STRING, "source", "mine", 0), 0);
	CHECK_EQ(fsconfig_(fs, SET_STRING, "size", "1M", 0), 0);
	CHECK_EQ(fsconfig_(fs, CMD_CREATE, NULL, NULL, 0), 0);
	mnt = fsmount_(fs, 1, attrs);
	CHECK(mnt >= 0);
	close(fs);
	return mnt;
}

static void a_mount_is_made_step_by_step(void)
{
	struct statvfs st;
	int mnt;

	setup();
	mnt = new_tmpfs(ATTR_NOSUID);
	CHECK_EQ(mkdirat(mnt, "inside", 0755), 0);
	CHECK(!exists("a/inside"));
	CHECK_EQ(move_mount_(mnt, "", AT_FDCWD, "a", F_EMPTY), 0);
	CHECK(exists("a/inside"));
	CHECK_EQ(statvfs("a", &st), 0);
	CHECK_EQ(st.f_blocks * st.f_frsize, 1 << 20);
	CHECK(st.f_flag & ST_NOSUID);
	close(mnt);
	CHECK(exists("a/inside"));
	CHECK_EQ(umount("a"), 0);
	CHECK(!exists("a/inside"));
	teardown();
}

static void an_unused_mount_goes_with_its_descriptor(void)
{
	int mnt;

	setup();
	mnt = new_tmpfs(0);
	CHECK_EQ(mkdirat(mnt, "inside", 0755), 0);
	CHECK_ERR(umount2("/proc/self/fd/none", 0), ENOENT);
	close(mnt);
	teardown();
}

static void phases_are_kept(void)
{
	int fs;

	setup();
	fs = fsopen_("tmpfs", 0);
	CHECK(fs >= 0);
	CHECK_ERR(fsmount_(fs, 0, 0), EINVAL);
	CHECK_ERR(fsconfig_(fs, CMD_RECONFIGURE, NULL, NULL, 0), EBUSY);
	CHECK_EQ(fsconfig_(fs, CMD_CREATE, NULL, NULL, 0), 0);
	CHECK_ERR(fsconfig_(fs, CMD_CREATE, NULL, NULL, 0), EBUSY);
	CHECK_ERR(fsconfig_(fs, SET_STRING, "size", "1M", 0), EBUSY);
	CHECK(fsmount_(fs, 0, 0) >= 0);
	CHECK_ERR(fsmount_(fs, 0, 0), EBUSY);
	close(fs);
	teardown();
}

static void bad_options_are_refused(void)
{
	int fs, null = open("/dev/null", O_RDWR);
	char c;

	setup();
	CHECK_ERR(fsopen_("no such thing", 0), ENODEV);
	CHECK_ERR(fsopen_("tmpfs", 2), EINVAL);
	CHECK_ERR(fsopen_((char *)8, 0), EFAULT);
	fs = fsopen_("tmpfs", 1);
	CHECK_ERR(fsconfig_(fs, SET_STRING, "nonsense", "1", 0), EINVAL);
	CHECK_ERR(fsconfig_(fs, SET_STRING, "size", NULL, 0), EINVAL);
	CHECK_ERR(fsconfig_(fs, SET_STRING, NULL, "1", 0), EINVAL);
	CHECK_ERR(fsconfig_(fs, SET_FLAG, "ro", "1", 0), EINVAL);
	CHECK_ERR(fsconfig_(fs, 99, NULL, NULL, 0), EOPNOTSUPP);
	CHECK_ERR(fsconfig_(fs, CMD_CREATE, "x", NULL, 0), EINVAL);
	CHECK_ERR(fsconfig_(-1, CMD_CREATE, NULL, NULL, 0), EINVAL);
	CHECK_ERR(fsconfig_(999, CMD_CREATE, NULL, NULL, 0), EBADF);
	CHECK_ERR(fsconfig_(null, CMD_CREATE, NULL, NULL, 0), EINVAL);
	CHECK_ERR(fsconfig_(fs, SET_STRING, (char *)8, "1", 0), EFAULT);
	CHECK_ERR(fsmount_(null, 0, 0), EINVAL);
	CHECK_ERR(fsmount_(fs, 2, 0), EINVAL);
	CHECK_ERR(fsmount_(fs, 0, 0x80000000), EINVAL);
	CHECK_ERR(fsmount_(fs, 0, ATTR__ATIME), EINVAL);
	close(fs);
	fs = fsopen_("tmpfs", 1);
	errno = 0;
	CHECK(read(fs, &c, 1) < 0);
	CHECK_EQ(errno, ENODATA);
	close(fs);
	teardown();
}

static void a_file_system_is_changed_by_fspick(void)
{
	struct statvfs st;
	int fs;

	setup();
	CHECK_EQ(mount("x", "a", "tmpfs", 0, "size=1M"), 0);
	CHECK_EQ(mkdir("a/sub", 0755), 0);
	CHECK_ERR(fspick_(AT_FDCWD, "a/sub", 0), EINVAL);
	fs = fspick_(AT_FDCWD, "a", 1);
	CHECK(fs >= 0);
	CHECK_EQ(fsconfig_(fs, SET_STRING, "size", "2M", 0), 0);
	CHECK_EQ(fsconfig_(fs, CMD_RECONFIGURE, NULL, NULL, 0), 0);
	CHECK_EQ(statvfs("a", &st), 0);
	CHECK_EQ(st.f_blocks * st.f_frsize, 2 << 20);
	CHECK_EQ(fsconfig_(fs, SET_FLAG, "ro", NULL, 0), 0);
	CHECK_EQ(fsconfig_(fs, CMD_RECONFIGURE, NULL, NULL, 0), 0);
	CHECK_ERR(mkdir("a/other", 0755), EROFS);
	close(fs);
	CHECK_EQ(umount("a"), 0);
	teardown();
}

static void a_tree_is_copied_and_moved(void)
{
	int tree;

	setup();
	CHECK_EQ(mount("x", "a", "tmpfs", 0, NULL), 0);
	CHECK_EQ(mkdir("a/sub", 0755), 0);
	CHECK_EQ(mount("y", "a/sub", "tmpfs", 0, NULL), 0);
	touch("a/sub/file");
	tree = open_tree_(AT_FDCWD, "a", 1 | O_CLOEXEC);
	CHECK(tree >= 0);
	CHECK_EQ(faccessat(tree, "sub", F_OK, 0), 0);
	CHECK_ERR(faccessat(tree, "sub/file", F_OK, 0), ENOENT);
	close(tree);
	tree = open_tree_(AT_FDCWD, "a", 1 | AT_RECURSIVE_);
	CHECK_EQ(faccessat(tree, "sub/file", F_OK, 0), 0);
	CHECK_EQ(move_mount_(tree, "", AT_FDCWD, "b", F_EMPTY), 0);
	CHECK(exists("b/sub/file"));
	close(tree);
	CHECK(exists("b/sub/file"));
	CHECK_EQ(umount("b/sub"), 0);
	CHECK_EQ(umount("b"), 0);
	CHECK_EQ(umount("a/sub"), 0);
	CHECK_EQ(umount("a"), 0);
	teardown();
}

static void a_copied_tree_goes_with_its_descriptor(void)
{
	int tree;

	setup();
	CHECK_EQ(mount("x", "a", "tmpfs", 0, NULL), 0);
	CHECK_EQ(mkdir("a/sub", 0755), 0);
	CHECK_EQ(mount("y", "a/sub", "tmpfs", 0, NULL), 0);
	tree = open_tree_(AT_FDCWD, "a", 1 | AT_RECURSIVE_);
	CHECK(tree >= 0);
	close(tree);
	CHECK_EQ(umount("a/sub"), 0);
	CHECK_EQ(umount("a"), 0);
	teardown();
}

static void open_tree_without_clone_is_a_path(void)
{
	int fd;

	setup();
	touch("a/file");
	fd = open_tree_(AT_FDCWD, "a", O_CLOEXEC);
	CHECK(fd >= 0);
	CHECK_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CHECK(fcntl(fd, F_GETFL) & O_PATH);
	CHECK_EQ(faccessat(fd, "file", F_OK, 0), 0);
	CHECK_ERR(open_tree_(AT_FDCWD, "a", AT_RECURSIVE_), EINVAL);
	CHECK_ERR(open_tree_(AT_FDCWD, "a", 0x40000000), EINVAL);
	CHECK_ERR(open_tree_(AT_FDCWD, "none", 0), ENOENT);
	close(fd);
	teardown();
}

static void a_mounted_tree_is_moved(void)
{
	setup();
	CHECK_EQ(mount("x", "a", "tmpfs", 0, NULL), 0);
	touch("a/file");
	CHECK_EQ(mkdir("a/dir", 0755), 0);
	CHECK_EQ(move_mount_(AT_FDCWD, "a", AT_FDCWD, "b", 0), 0);
	CHECK(exists("b/file"));
	CHECK(!exists("a/file"));
	CHECK_ERR(move_mount_(AT_FDCWD, "b", AT_FDCWD, "b/dir", 0), ELOOP);
	CHECK_ERR(move_mount_(AT_FDCWD, "b/dir", AT_FDCWD, "a", 0), EINVAL);
	CHECK_ERR(move_mount_(AT_FDCWD, "b", AT_FDCWD, "none", 0), ENOENT);
	CHECK_ERR(move_mount_(AT_FDCWD, "b", AT_FDCWD, "a", 0x80000000), EINVAL);
	CHECK_EQ(umount("b"), 0);
	teardown();
}

static void attributes_are_set_and_cleared(void)
{
	struct attr attr = { .set = ATTR_RDONLY | ATTR_NOEXEC };
	struct statvfs st;
	int fd;

	setup();
	CHECK_EQ(mount("x", "a", "tmpfs", 0, NULL), 0);
	fd = open("a/file", O_CREAT | O_WRONLY, 0644);
	CHECK(fd >= 0);
	CHECK_ERR(mount_setattr_(AT_FDCWD, "a", 0, &attr, sizeof(attr)), EBUSY);
	CHECK_EQ(statvfs("a", &st), 0);
	CHECK(!(st.f_flag & ST_NOEXEC));
	close(fd);
	CHECK_EQ(mount_setattr_(AT_FDCWD, "a", 0, &attr, sizeof(attr)), 0);
	CHECK_EQ(statvfs("a", &st), 0);
	CHECK(st.f_flag & ST_NOEXEC);
	CHECK_ERR(mkdir("a/dir", 0755), EROFS);
	attr = (struct attr){ .clr = ATTR_RDONLY | ATTR__ATIME, .set = ATTR_NOATIME };
	CHECK_EQ(mount_setattr_(AT_FDCWD, "a", 0, &attr, sizeof(attr)), 0);
	CHECK_EQ(mkdir("a/dir", 0755), 0);
	CHECK_EQ(statvfs("a", &st), 0);
	CHECK(st.f_flag & ST_NOATIME);
	CHECK(st.f_flag & ST_NOEXEC);
	CHECK_EQ(umount("a"), 0);
	teardown();
}

static void attributes_of_a_tree_are_all_or_none(void)
{
	struct attr attr = { .set = ATTR_RDONLY };
	int fd;

	setup();
	CHECK_EQ(mount("x", "a", "tmpfs", 0, NULL), 0);
	CHECK_EQ(mkdir("a/sub", 0755), 0);
	CHECK_EQ(mount("y", "a/sub", "tmpfs", 0, NULL), 0);
	fd = open("a/sub/file", O_CREAT | O_WRONLY, 0644);
	CHECK_ERR(mount_setattr_(AT_FDCWD, "a", AT_RECURSIVE_, &attr, sizeof(attr)), EBUSY);
	touch("a/file");
	close(fd);
	CHECK_EQ(mount_setattr_(AT_FDCWD, "a", AT_RECURSIVE_, &attr, sizeof(attr)), 0);
	CHECK_ERR(mkdir("a/x", 0755), EROFS);
	CHECK_ERR(mkdir("a/sub/x", 0755), EROFS);
	CHECK_EQ(umount("a/sub"), 0);
	CHECK_EQ(umount("a"), 0);
	teardown();
}

static void bad_attributes_are_refused(void)
{
	struct attr attr = { .set = ATTR_NOATIME };
	char big[128] = { 0 };

	setup();
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, &attr, sizeof(attr)), EINVAL);
	attr = (struct attr){ .clr = ATTR_NOATIME };
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, &attr, sizeof(attr)), EINVAL);
	attr = (struct attr){ .set = 1ULL << 40 };
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, &attr, sizeof(attr)), EINVAL);
	attr = (struct attr){ .propagation = 1 };
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, &attr, sizeof(attr)), EINVAL);
	attr = (struct attr){ .set = ATTR_NOSUID };
	CHECK_ERR(mount_setattr_(AT_FDCWD, "a", 0, &attr, sizeof(attr)), EINVAL);
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 1, &attr, sizeof(attr)), EINVAL);
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, &attr, 31), EINVAL);
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, &attr, 1 << 20), E2BIG);
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, (void *)8, sizeof(attr)), EFAULT);
	big[100] = 1;
	CHECK_ERR(mount_setattr_(AT_FDCWD, top, 0, (void *)big, sizeof(big)), E2BIG);
	teardown();
}

static void they_need_a_capability(void)
{
	struct attr attr = { .set = ATTR_RDONLY };

	setup();
	teardown();
	CHECK_EQ(setuid(65534), 0);
	CHECK_ERR(fsopen_("tmpfs", 0), EPERM);
	CHECK_ERR(fspick_(AT_FDCWD, "/", 0), EPERM);
	CHECK_ERR(open_tree_(AT_FDCWD, "/", 1), EPERM);
	CHECK_ERR(move_mount_(AT_FDCWD, "/", AT_FDCWD, "/tmp", 0), EPERM);
	CHECK_ERR(mount_setattr_(AT_FDCWD, "/", 0, &attr, sizeof(attr)), EPERM);
	CHECK(open_tree_(AT_FDCWD, "/", 0) >= 0);
}

TESTS(TEST(a_mount_is_made_step_by_step),
      TEST(an_unused_mount_goes_with_its_descriptor),
      TEST(phases_are_kept),
      TEST(bad_options_are_refused),
      TEST(a_file_system_is_changed_by_fspick),
      TEST(a_tree_is_copied_and_moved),
      TEST(a_copied_tree_goes_with_its_descriptor),
      TEST(open_tree_without_clone_is_a_path),
      TEST(a_mounted_tree_is_moved),
      TEST(attributes_are_set_and_cleared),
      TEST(attributes_of_a_tree_are_all_or_none),
      TEST(bad_attributes_are_refused),
      TEST(they_need_a_capability),)
