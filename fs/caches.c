// SPDX-License-Identifier: MIT
/* The VFS comes up: its slabs and tables, then the first mount. */

#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init.h>
#include <linux/limits.h>
#include <linux/mount.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "internal.h"

struct kmem_cache *names_cachep __ro_after_init;

/** vfs_caches_init - after slabs, RCU and work queues' early half; before the first other thread */
void __init vfs_caches_init(void)
{
	names_cachep = kmem_cache_create_usercopy("names_cache", PATH_MAX, 0,
						  SLAB_HWCACHE_ALIGN | SLAB_PANIC, 0, PATH_MAX,
						  NULL);
	dcache_init();
	inode_init();
	files_init();
	files_struct_init();
	fs_struct_init();
	seq_file_init();
	mnt_init();
}
