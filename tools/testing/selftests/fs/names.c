// SPDX-License-Identifier: MIT
/* Names: links, renames, removal, symlinks and their loops, openat2(2)'s limits of a walk. */

#include "dir.h"

#include <sys/syscall.h>

#define NO_XDEV		0x01
#define NO_SYMLINKS	0x04
#define BENEATH		0x08
#define IN_ROOT		0x10

static char buf[8192];

static void links_are_names_of_one_file(void)
{
	struct stat a, b;

	enter_fresh_dir();
	close(make_file("f", "x"));
	CHECK_EQ(link("f", "g"), 0);
	CHECK_ERR(link("f", "g"), EEXIST);
	CHECK(!stat("f", &a) && !stat("g", &b) && a.st_ino == b.st_ino && a.st_nlink == 2);
	CHECK_EQ(unlink("f"), 0);
	CHECK(!stat("g", &b) && b.st_nlink == 1);
	CHECK_ERR(link(".", "d"), EPERM);
}

static void renames_replace_exchange_or_refuse(void)
{
	struct stat st;

	enter_fresh_dir();
	close(make_file("a", "1"));
	close(make_file("b", "22"));
	CHECK_EQ(renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_EXCHANGE), 0);
	CHECK(!stat("a", &st) && st.st_size == 2);
	CHECK_ERR(renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_NOREPLACE), EEXIST);
	CHECK_EQ(rename("a", "b"), 0);
	CHECK(!stat("b", &st) && st.st_size == 2);
	CHECK_ERR(stat("a", &st), ENOENT);
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_EQ(mkdir("d/e", 0755), 0);
	CHECK_ERR(rename("d", "d/e/x"), EINVAL);
	CHECK_ERR(rename("d/e", "d"), ENOTEMPTY);
	CHECK_ERR(rename("b", "d"), EISDIR);
	CHECK_ERR(rename("d", "b"), ENOTDIR);
	CHECK_ERR(renameat2(AT_FDCWD, "b", AT_FDCWD, "c", 99), EINVAL);
	CHECK_EQ(rename("d/e", "e"), 0);
	CHECK(!stat("d", &st) && st.st_nlink == 2);
}

static void removal_knows_files_from_directories(void)
{
	enter_fresh_dir();
	close(make_file("f", ""));
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_EQ(mkdir("d/e", 0755), 0);
	CHECK_ERR(unlink("d"), EISDIR);
	CHECK_ERR(rmdir("f"), ENOTDIR);
	CHECK_ERR(rmdir("d"), ENOTEMPTY);
	CHECK_ERR(rmdir("d/e/."), EINVAL);
	CHECK_ERR(rmdir("d/e/.."), ENOTEMPTY);
	CHECK_ERR(unlink("f/"), ENOTDIR);
	CHECK_ERR(unlink("none"), ENOENT);
	CHECK_EQ(rmdir("d/e/"), 0);
	CHECK_EQ(unlinkat(AT_FDCWD, "d", AT_REMOVEDIR), 0);
	CHECK_ERR(unlinkat(AT_FDCWD, "f", 1), EINVAL);
}

static void a_removed_directory_has_no_path(void)
{
	enter_fresh_dir();
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_EQ(chdir("d"), 0);
	CHECK_EQ(rmdir("../d"), 0);
	CHECK_ERR(getcwd(buf, sizeof(buf)) ? 0 : -1, ENOENT);
	CHECK_ERR(open("f", O_CREAT | O_RDWR, 0644), ENOENT);
	CHECK_EQ(chdir(".."), 0);
	CHECK(getcwd(buf, sizeof(buf)));
}

static void symlinks_are_followed_and_loops_end(void)
{
	struct stat st;

	enter_fresh_dir();
	close(make_file("f", "x"));
	CHECK_EQ(symlink("f", "s"), 0);
	CHECK(!lstat("s", &st) && S_ISLNK(st.st_mode) && st.st_size == 1);
	CHECK(!stat("s", &st) && S_ISREG(st.st_mode));
	CHECK_EQ(readlink("s", buf, sizeof(buf)), 1);
	CHECK_ERR(readlink("f", buf, sizeof(buf)), EINVAL);
	CHECK_ERR(readlink("s", buf, 0), EINVAL);
	CHECK_ERR(open("s", O_RDONLY | O_NOFOLLOW), ELOOP);
	CHECK_EQ(symlink("loop", "loop"), 0);
	CHECK_ERR(open("loop", O_RDONLY), ELOOP);
	CHECK_ERR(stat("loop/x", &st), ELOOP);
	CHECK_ERR(open("s", O_CREAT | O_EXCL | O_RDWR, 0600), EEXIST);
	CHECK_EQ(symlink("later", "dangling"), 0);
	CHECK(open("dangling", O_CREAT | O_RDWR, 0600) >= 0);
	CHECK_EQ(stat("later", &st), 0);
}

static void names_have_limits(void)
{
	enter_fresh_dir();
	memset(buf, 'a', 256);
	CHECK_ERR(open(buf, O_RDONLY), ENAMETOOLONG);
	buf[255] = 0;
	CHECK(open(buf, O_CREAT | O_RDWR, 0644) >= 0);
	memset(buf, 'a', 5000);
	CHECK_ERR(open(buf, O_RDONLY), ENAMETOOLONG);
	CHECK_ERR(open("", O_RDONLY), ENOENT);
	CHECK_ERR(mkdir("none/x", 0755), ENOENT);
	close(make_file("f", ""));
	CHECK_ERR(open("f/x", O_RDONLY), ENOTDIR);
	CHECK_ERR(open("f/", O_RDONLY), ENOTDIR);
	CHECK_ERR(open("f", O_RDONLY | O_DIRECTORY), ENOTDIR);
	CHECK_ERR(open(".", O_RDWR), EISDIR);
	CHECK_ERR(open("f", O_CREAT | O_EXCL | O_RDWR, 0644), EEXIST);
}

static long openat2_with(int dfd, const char *name, unsigned long long resolve)
{
	struct { unsigned long long flags, mode, resolve; } how = { O_RDONLY, 0, resolve };

	return syscall(SYS_openat2, dfd, name, &how, sizeof(how));
}

static void openat2_keeps_a_walk_in_bounds(void)
{
	int dfd;

	enter_fresh_dir();
	close(make_file("f", ""));
	CHECK_EQ(symlink("f", "s"), 0);
	CHECK_EQ(symlink("/f", "abs"), 0);
	dfd = open(".", O_PATH);
	CHECK(dfd >= 0);
	CHECK(openat2_with(dfd, "s", BENEATH) >= 0);
	CHECK_ERR(openat2_with(dfd, "/f", BENEATH), EXDEV);
	CHECK_ERR(openat2_with(dfd, "../x", BENEATH), EXDEV);
	CHECK_ERR(openat2_with(dfd, "abs", BENEATH), EXDEV);
	CHECK_ERR(openat2_with(dfd, "s", NO_SYMLINKS), ELOOP);
	CHECK(openat2_with(dfd, "abs", IN_ROOT) >= 0);
	CHECK(openat2_with(dfd, "../../f", IN_ROOT) >= 0);
	CHECK_ERR(openat2_with(dfd, "f", 1 << 20), EINVAL);
	CHECK_ERR(openat2_with(dfd, "f", BENEATH | IN_ROOT), EINVAL);
	CHECK_ERR(openat2_with(dfd, "f/x", NO_XDEV), ENOTDIR);
}

static void the_mask_takes_bits_away(void)
{
	struct stat st;

	enter_fresh_dir();
	umask(027);
	CHECK_EQ(umask(077), 027);
	CHECK(open("f", O_CREAT | O_RDWR, 0666) >= 0);
	CHECK(!stat("f", &st) && (st.st_mode & 0777) == 0600);
	CHECK_EQ(mkdir("d", 0777), 0);
	CHECK(!stat("d", &st) && (st.st_mode & 0777) == 0700);
}

TESTS(
	TEST(links_are_names_of_one_file),
	TEST(renames_replace_exchange_or_refuse),
	TEST(removal_knows_files_from_directories),
	TEST(a_removed_directory_has_no_path),
	TEST(symlinks_are_followed_and_loops_end),
	TEST(names_have_limits),
	TEST(openat2_keeps_a_walk_in_bounds),
	TEST(the_mask_takes_bits_away),
)
