// SPDX-License-Identifier: MIT
/*
 * Files in memory: mappings, reads and writes see one and the same; private copies are the
 * program's; what is cut off is gone for everybody. With a file of the root file system (ramfs) and
 * with shared memory objects.
 */

#include "user.h"

#include <linux/cred.h>
#include <linux/falloc.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/shmem_fs.h>

#define FILE_PAGES	8

static struct file *ram_file(struct kunit *test)
{
	struct file *file = filp_open("/", O_RDWR | O_TMPFILE, 0600);
	loff_t pos = 0;
	char *page;
	int i;

	if (IS_ERR(file))
		return file;
	page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	for (i = 0; page && i < FILE_PAGES; i++) {
		memset(page, 'a' + i, PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, kernel_write(file, page, PAGE_SIZE, &pos), PAGE_SIZE);
	}
	return file;
}

static struct file *shm_file(struct kunit *test)
{
	(void)test;
	return shmem_file_setup("mm-kunit", FILE_PAGES * PAGE_SIZE, VM_NORESERVE);
}

static void resize(struct kunit *test, struct file *file, loff_t size)
{
	KUNIT_EXPECT_EQ(test, vfs_truncate(&file->f_path, size), 0);
}

static int file_byte(struct file *file, loff_t pos)
{
	u8 value;

	return kernel_read(file, &value, 1, &pos) == 1 ? value : -1;
}

static unsigned long map_file(struct file *file, unsigned long pages, unsigned long prot,
			      unsigned long flags)
{
	return vm_mmap(file, 0, pages << PAGE_SHIFT, prot, flags, 0);
}

static void shared_mapping_is_the_file(struct kunit *test)
{
	struct file *file = ram_file(test);
	unsigned long addr, other;
	loff_t pos = 3 * PAGE_SIZE + 9;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	addr = map_file(file, FILE_PAGES, PROT_RW, MAP_SHARED);
	other = map_file(file, FILE_PAGES, PROT_READ, MAP_SHARED);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(addr) || IS_ERR_VALUE(other));
	KUNIT_EXPECT_EQ(test, peek(addr), 'a');
	KUNIT_EXPECT_EQ(test, peek(addr + 7 * PAGE_SIZE + 100), 'h');
	/* Neighbours at hand came with the first. */
	KUNIT_EXPECT_GE(test, rss(MM_FILEPAGES), 8);
	KUNIT_EXPECT_EQ(test, poke(addr + 2 * PAGE_SIZE, 'X'), 0);
	KUNIT_EXPECT_EQ(test, peek(other + 2 * PAGE_SIZE), 'X');
	KUNIT_EXPECT_EQ(test, file_byte(file, 2 * PAGE_SIZE), 'X');
	KUNIT_EXPECT_EQ(test, kernel_write(file, "Y", 1, &pos), 1);
	KUNIT_EXPECT_EQ(test, peek(addr + 3 * PAGE_SIZE + 9), 'Y');
	KUNIT_EXPECT_EQ(test, poke(other, 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, vm_munmap(addr, FILE_PAGES << PAGE_SHIFT), 0);
	KUNIT_EXPECT_EQ(test, vm_munmap(other, FILE_PAGES << PAGE_SHIFT), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_FILEPAGES), 0);
	fput(file);
}

static void private_mapping_keeps_its_writes(struct kunit *test)
{
	struct file *file = ram_file(test);
	unsigned long addr;
	loff_t pos = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	addr = map_file(file, FILE_PAGES, PROT_RW, MAP_PRIVATE);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(addr));
	/* One is written at once, one after it was read. */
	KUNIT_EXPECT_EQ(test, poke(addr + 5, 'P'), 0);
	KUNIT_EXPECT_EQ(test, peek(addr + PAGE_SIZE), 'b');
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 'Q'), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 2);
	KUNIT_EXPECT_EQ(test, peek(addr), 'a');
	KUNIT_EXPECT_EQ(test, file_byte(file, 5), 'a');
	KUNIT_EXPECT_EQ(test, file_byte(file, PAGE_SIZE), 'b');
	KUNIT_EXPECT_EQ(test, kernel_write(file, "Z", 1, &pos), 1);
	KUNIT_EXPECT_EQ(test, peek(addr), 'a');
	KUNIT_EXPECT_EQ(test, do_madvise(current->mm, addr, PAGE_SIZE, MADV_DONTNEED), 0);
	KUNIT_EXPECT_EQ(test, peek(addr), 'Z');
	fput(file);
}

static void beyond_the_end_is_nothing(struct kunit *test)
{
	struct file *file = ram_file(test);
	unsigned long addr;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	addr = map_file(file, FILE_PAGES + 2, PROT_RW, MAP_SHARED);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(addr));
	KUNIT_EXPECT_EQ(test, peek(addr + FILE_PAGES * PAGE_SIZE), -1);
	KUNIT_EXPECT_EQ(test, poke(addr + FILE_PAGES * PAGE_SIZE, 1), -EFAULT);
	resize(test, file, FILE_PAGES * PAGE_SIZE + 1);
	KUNIT_EXPECT_EQ(test, peek(addr + FILE_PAGES * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, peek(addr + (FILE_PAGES + 1) * PAGE_SIZE), -1);
	fput(file);
}

static void truncation_takes_all_copies(struct kunit *test)
{
	struct file *file = ram_file(test);
	unsigned long shared, private;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	shared = map_file(file, FILE_PAGES, PROT_RW, MAP_SHARED);
	private = map_file(file, FILE_PAGES, PROT_RW, MAP_PRIVATE);
	KUNIT_EXPECT_EQ(test, peek(shared + 4 * PAGE_SIZE), 'e');
	KUNIT_EXPECT_EQ(test, poke(private + 4 * PAGE_SIZE, 'P'), 0);
	KUNIT_EXPECT_EQ(test, poke(private + 2 * PAGE_SIZE, 'P'), 0);
	resize(test, file, 3 * PAGE_SIZE + 10);
	KUNIT_EXPECT_EQ(test, peek(shared + 4 * PAGE_SIZE), -1);
	KUNIT_EXPECT_EQ(test, peek(private + 4 * PAGE_SIZE), -1);
	KUNIT_EXPECT_EQ(test, peek(private + 2 * PAGE_SIZE), 'P');
	/* The rest of the last page reads as zeroes, also once the file grows. */
	KUNIT_EXPECT_EQ(test, peek(shared + 3 * PAGE_SIZE + 9), 'd');
	KUNIT_EXPECT_EQ(test, peek(shared + 3 * PAGE_SIZE + 10), 0);
	resize(test, file, FILE_PAGES * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peek(shared + 4 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, file_byte(file, 4 * PAGE_SIZE), 0);
	fput(file);
}

static void mapping_keeps_the_file(struct kunit *test)
{
	struct file *file = shm_file(test);
	unsigned long addr;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	addr = map_file(file, FILE_PAGES, PROT_RW, MAP_SHARED);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(addr));
	fput(file);
	KUNIT_EXPECT_EQ(test, poke(addr, 3), 0);
	KUNIT_EXPECT_EQ(test, peek(addr), 3);
	KUNIT_EXPECT_EQ(test, rss(MM_SHMEMPAGES), 1);
}

static void mmap_asks_for_the_files_rights(struct kunit *test)
{
	struct file *file = ram_file(test), *ro;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	ro = dentry_open(&file->f_path, O_RDONLY, current_cred());
	KUNIT_ASSERT_FALSE(test, IS_ERR(ro));
	KUNIT_EXPECT_EQ(test, (long)map_file(ro, 1, PROT_RW, MAP_SHARED), -EACCES);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(map_file(ro, 1, PROT_RW, MAP_PRIVATE)));
	KUNIT_EXPECT_EQ(test, (long)map_file(file, 1, PROT_READ, MAP_SHARED_VALIDATE |
					     0x8000000), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(file, 0, 2 * PAGE_SIZE, PROT_READ, MAP_SHARED,
					    -PAGE_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap_pgoff(file, 0, 2 * PAGE_SIZE, PROT_READ, MAP_SHARED,
						  -1UL), -EOVERFLOW);
	fput(ro);
	fput(file);
}

static void holes_are_zero_and_cost_nothing(struct kunit *test)
{
	struct file *file = shm_file(test);
	struct inode *inode;
	unsigned long addr;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	inode = file_inode(file);
	KUNIT_EXPECT_EQ(test, file_byte(file, 5000), 0);
	KUNIT_EXPECT_EQ(test, inode->i_mapping->nrpages, 0);
	addr = map_file(file, FILE_PAGES, PROT_RW, MAP_SHARED);
	KUNIT_EXPECT_EQ(test, poke(addr, 1), 0);
	KUNIT_EXPECT_EQ(test, poke(addr + 3 * PAGE_SIZE, 2), 0);
	KUNIT_EXPECT_EQ(test, inode->i_mapping->nrpages, 2);
	KUNIT_EXPECT_EQ(test, inode->i_blocks, 16);
	KUNIT_EXPECT_EQ(test, vfs_llseek(file, PAGE_SIZE, SEEK_DATA), 3 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vfs_llseek(file, 0, SEEK_HOLE), PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vfs_llseek(file, 4 * PAGE_SIZE, SEEK_DATA), -ENXIO);
	KUNIT_EXPECT_EQ(test, vfs_fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
					    0, 2 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, inode->i_mapping->nrpages, 1);
	KUNIT_EXPECT_EQ(test, inode->i_blocks, 8);
	KUNIT_EXPECT_EQ(test, rss(MM_SHMEMPAGES), 1);
	KUNIT_EXPECT_EQ(test, peek(addr), 0);
	KUNIT_EXPECT_EQ(test, do_madvise(current->mm, addr + 3 * PAGE_SIZE, PAGE_SIZE,
					 MADV_REMOVE), 0);
	KUNIT_EXPECT_EQ(test, peek(addr + 3 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, vfs_fallocate(file, 0, 0, 10 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, i_size_read(inode), 10 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, inode->i_mapping->nrpages, 10);
	fput(file);
}

static void seals_hold(struct kunit *test)
{
	struct file *file = shm_file(test);
	struct inode *inode;
	unsigned long addr;
	loff_t pos = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	inode = file_inode(file);
	KUNIT_EXPECT_EQ(test, memfd_fcntl(file, F_GET_SEALS, 0), F_SEAL_SEAL);
	KUNIT_EXPECT_EQ(test, memfd_fcntl(file, F_ADD_SEALS, F_SEAL_GROW), -EPERM);
	SHMEM_I(inode)->seals = 0;	/* as MFD_ALLOW_SEALING does */
	KUNIT_EXPECT_EQ(test, memfd_fcntl(file, F_ADD_SEALS, 0x1000), -EINVAL);
	KUNIT_EXPECT_EQ(test, memfd_fcntl(file, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK), 0);
	KUNIT_EXPECT_EQ(test, vfs_truncate(&file->f_path, 0), -EPERM);
	KUNIT_EXPECT_EQ(test, vfs_truncate(&file->f_path, 1 << 20), -EPERM);
	KUNIT_EXPECT_EQ(test, kernel_write(file, "x", 1, &pos), 1);
	addr = map_file(file, 1, PROT_RW, MAP_SHARED);
	KUNIT_EXPECT_EQ(test, poke(addr, 'y'), 0);
	KUNIT_EXPECT_EQ(test, memfd_fcntl(file, F_ADD_SEALS, F_SEAL_WRITE), -EBUSY);
	KUNIT_EXPECT_EQ(test, vm_munmap(addr, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, memfd_fcntl(file, F_ADD_SEALS, F_SEAL_WRITE), 0);
	KUNIT_EXPECT_EQ(test, kernel_write(file, "z", 1, &pos), -EPERM);
	KUNIT_EXPECT_EQ(test, (long)map_file(file, 1, PROT_RW, MAP_SHARED), -EPERM);
	addr = map_file(file, 1, PROT_READ, MAP_SHARED);
	KUNIT_EXPECT_EQ(test, peek(addr), 'y');
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(map_file(file, 1, PROT_RW, MAP_PRIVATE)));
	fput(file);
}

static void fork_shares_the_files_pages(struct kunit *test)
{
	struct file *file = ram_file(test);
	unsigned long addr;
	struct mm_struct *child;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	addr = map_file(file, FILE_PAGES, PROT_RW, MAP_PRIVATE);
	KUNIT_EXPECT_EQ(test, peek(addr), 'a');
	KUNIT_EXPECT_EQ(test, poke(addr + PAGE_SIZE, 'P'), 0);
	child = dup_mm(current, current->mm);
	KUNIT_ASSERT_NOT_NULL(test, child);
	KUNIT_EXPECT_EQ(test, get_mm_counter(child, MM_ANONPAGES), 1);
	resize(test, file, 0);
	KUNIT_EXPECT_EQ(test, get_mm_counter(child, MM_ANONPAGES), 0);
	KUNIT_EXPECT_EQ(test, get_mm_rss(child), 0);
	mmput(child);
	fput(file);
}

static struct kunit_case user_file_cases[] = {
	KUNIT_CASE(shared_mapping_is_the_file),
	KUNIT_CASE(private_mapping_keeps_its_writes),
	KUNIT_CASE(beyond_the_end_is_nothing),
	KUNIT_CASE(truncation_takes_all_copies),
	KUNIT_CASE(mapping_keeps_the_file),
	KUNIT_CASE(mmap_asks_for_the_files_rights),
	KUNIT_CASE(holes_are_zero_and_cost_nothing),
	KUNIT_CASE(seals_hold),
	KUNIT_CASE(fork_shares_the_files_pages),
	{}
};

static struct kunit_suite user_file_suite = {
	.name = "user_file",
	.init = mm_suite_init,
	.exit = mm_suite_exit,
	.test_cases = user_file_cases,
};
kunit_test_suites(&user_file_suite);

MODULE_LICENSE("MIT");
