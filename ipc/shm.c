// SPDX-License-Identifier: MIT
/*
 * System V shared memory: shmget(2), shmat(2), shmdt(2), shmctl(2).
 *
 * A segment is an object of mm/shmem.c. Attaching it maps a file of its own for each attachment,
 * with the segment's inode behind it: so each VMA knows its segment, and the segment how many VMAs
 * there are. Whether pages come, and from where, is shmem's affair; its operations are called
 * through ours:
 *
 *	VMA -> vm_file (struct shm_file_data) -> segment -> file of shmem
 *
 * A segment that is removed while it is attached loses its key at once, and its id with the last
 * attachment (SHM_DEST).
 *
 * Locks, from the outside: mmap_lock, ipc_ids.rwsem, the object's. So no program's memory is
 * touched under the latter two.
 */

#include "util.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/pagemap.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/stat.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <uapi/linux/shm.h>

/* All behind the head is guarded by its lock. */
struct shmid_kernel {
	struct kern_ipc_perm perm;
	struct file *file;		/* shmem's; NULL once the id is gone */
	unsigned long nattch;		/* VMAs */
	size_t segsz;			/* constant */
	time64_t atim;
	time64_t dtim;
	time64_t ctim;
	struct pid *cprid;		/* constant: who made it */
	struct pid *lprid;		/* who attached or detached last */
};

/* An attachment: private_data of the file that is mapped. Constant but for @vm_ops. */
struct shm_file_data {
	struct ipc_namespace *ns;
	struct shmid_kernel *shp;			/* with a reference */
	struct file *file;				/* shmem's, with a reference */
	const struct vm_operations_struct *vm_ops;	/* shmem's; set as it is mapped */
};

static struct shmid_kernel *segment_of(struct kern_ipc_perm *perm)
{
	return container_of(perm, struct shmid_kernel, perm);
}

static struct ipc_ids *shm_ids(struct ipc_namespace *ns)
{
	return &ns->ids[IPC_SHM_IDS];
}

static unsigned long pages_of(const struct shmid_kernel *shp)
{
	return PAGE_ALIGN(shp->segsz) >> PAGE_SHIFT;
}

/* ---- shmget(2) ---- */

static void release_segment(struct kern_ipc_perm *perm)
{
	struct shmid_kernel *shp = segment_of(perm);

	put_pid(shp->cprid);
	put_pid(shp->lprid);
	security_shm_free_security(perm);
	kfree(shp);
}

/* The memory of a new segment. */
static struct file *make_memory(const struct ipc_params *params)
{
	unsigned long flags = 0;
	char name[16];

	if (params->flags & SHM_HUGETLB)
		return ERR_PTR(-ENOSYS);
	/* Who promises nobody more than there is heeds no wish to be left out of the sum. */
	if ((params->flags & SHM_NORESERVE) && sysctl_overcommit_memory != OVERCOMMIT_NEVER)
		flags = VM_NORESERVE;
	snprintf(name, sizeof(name), "SYSV%08x", params->key);
	return shmem_kernel_file_setup(name, params->size, flags);
}

static int create_segment(struct ipc_namespace *ns, const struct ipc_params *params)
{
	unsigned long pages = (params->size >> PAGE_SHIFT) + !!offset_in_page(params->size);
	struct shmid_kernel *shp;
	int ret;

	if (params->size < SHMMIN || params->size > ns->shm_ctlmax)
		return -EINVAL;
	if (ns->shm_tot + pages < ns->shm_tot || ns->shm_tot + pages > ns->shm_ctlall)
		return -ENOSPC;
	shp = kzalloc(sizeof(*shp), GFP_KERNEL_ACCOUNT);
	if (!shp)
		return -ENOMEM;
	shp->perm.release = release_segment;
	shp->segsz = params->size;
	shp->ctim = ktime_get_real_seconds();
	shp->file = make_memory(params);
	ret = PTR_ERR_OR_ZERO(shp->file);
	if (ret)
		goto free;
	ret = security_shm_alloc_security(&shp->perm);
	if (ret)
		goto put_file;
	shp->cprid = get_pid(task_tgid(current));
	ret = ipc_add(shm_ids(ns), &shp->perm, params, ns->shm_ctlmni);
	if (ret < 0)
		goto free_security;
	ns->shm_tot += pages;
	/* It is what /proc/PID/maps shows. */
	file_inode(shp->file)->i_ino = ret;
	return ret;

free_security:
	put_pid(shp->cprid);
	security_shm_free_security(&shp->perm);
put_file:
	fput(shp->file);
free:
	kfree(shp);
	return ret;
}

static int is_as_large(struct kern_ipc_perm *perm, const struct ipc_params *params)
{
	return params->size > segment_of(perm)->segsz ? -EINVAL : 0;
}

static int may_associate(struct kern_ipc_perm *perm, int flags)
{
	return security_shm_associate(perm, flags);
}

static const struct ipc_ops shm_ops = {
	.create = create_segment,
	.fits = is_as_large,
	.associate = may_associate,
};

SYSCALL_DEFINE3(shmget, key_t, key, size_t, size, int, shmflg)
{
	const struct ipc_params params = { .key = key, .flags = shmflg, .size = size };

	return ipc_get(current_ipc_ns(), IPC_SHM_IDS, &shm_ops, &params);
}

/* ---- removing ---- */

/*
 * @shp is locked, ipc_ids.rwsem held for writing; afterwards it isn't locked, and its id is gone.
 */
static void destroy_segment(struct ipc_namespace *ns, struct shmid_kernel *shp)
{
	struct file *file = shp->file;

	ns->shm_tot -= pages_of(shp);
	shp->file = NULL;
	ipc_remove(shm_ids(ns), &shp->perm);
	ipc_unlock(&shp->perm);
	fput(file);
	ipc_put(&shp->perm);
}

static bool is_due(const struct shmid_kernel *shp)
{
	return !shp->perm.deleted && !shp->nattch && (shp->perm.mode & SHM_DEST);
}

/* ---- VMAs ---- */

static struct shm_file_data *attachment_of(struct vm_area_struct *vma)
{
	return vma->vm_file->private_data;
}

/* One more VMA. Return: 0; -EIDRM: it was removed between shmat()'s look and its mapping. */
static int count_in(struct shmid_kernel *shp)
{
	int err = -EIDRM;

	spin_lock(&shp->perm.lock);
	if (!shp->perm.deleted) {
		shp->nattch++;
		shp->atim = ktime_get_real_seconds();
		ipc_note_pid(&shp->lprid);
		err = 0;
	}
	spin_unlock(&shp->perm.lock);
	return err;
}

static void count_out(struct ipc_namespace *ns, struct shmid_kernel *shp)
{
	bool due;

	spin_lock(&shp->perm.lock);
	shp->nattch--;
	shp->dtim = ktime_get_real_seconds();
	ipc_note_pid(&shp->lprid);
	due = is_due(shp);
	spin_unlock(&shp->perm.lock);
	if (!due)
		return;
	/* Somebody may attach it before we have both locks, by an id that he still has. */
	down_write(&shm_ids(ns)->rwsem);
	rcu_read_lock();
	spin_lock(&shp->perm.lock);
	if (is_due(shp))
		destroy_segment(ns, shp);
	else
		ipc_unlock(&shp->perm);
	up_write(&shm_ids(ns)->rwsem);
}

/* Fork, or a VMA that was split: the segment can't be gone, for the other VMA counts. */
static void shm_open(struct vm_area_struct *vma)
{
	WARN_ON_ONCE(count_in(attachment_of(vma)->shp));
}

static void shm_close(struct vm_area_struct *vma)
{
	count_out(attachment_of(vma)->ns, attachment_of(vma)->shp);
}

static vm_fault_t shm_fault(struct vm_fault *vmf)
{
	return attachment_of(vmf->vma)->vm_ops->fault(vmf);
}

static vm_fault_t shm_map_pages(struct vm_fault *vmf, pgoff_t start, pgoff_t end)
{
	return attachment_of(vmf->vma)->vm_ops->map_pages(vmf, start, end);
}

static const struct vm_operations_struct shm_vm_ops = {
	.open = shm_open,
	.close = shm_close,
	.fault = shm_fault,
	.map_pages = shm_map_pages,
};

static int shm_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct shm_file_data *sfd = file->private_data;
	int err = count_in(sfd->shp);

	if (err)
		return err;
	err = call_mmap(sfd->file, vma);
	if (err) {
		count_out(sfd->ns, sfd->shp);
		return err;
	}
	sfd->vm_ops = vma->vm_ops;
	vma->vm_ops = &shm_vm_ops;
	return 0;
}

static int shm_release(struct inode *inode, struct file *file)
{
	struct shm_file_data *sfd = file->private_data;

	(void)inode;
	fput(sfd->file);
	ipc_put(&sfd->shp->perm);
	kfree(sfd);
	return 0;
}

static int shm_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	struct shm_file_data *sfd = file->private_data;

	return vfs_fsync_range(sfd->file, start, end, datasync);
}

static const struct file_operations shm_file_operations = {
	.mmap = shm_mmap,
	.fsync = shm_fsync,
	.release = shm_release,
};

/* ---- shmat(2) ---- */

/* How a segment is to be attached. */
struct attach {
	unsigned long addr;	/* 0: anywhere */
	unsigned long prot;
	unsigned long flags;	/* MAP_* */
	int f_flags;		/* O_RDONLY, O_RDWR */
	umode_t may;		/* rights that it takes */
};

static int look_at_request(unsigned long addr, int shmflg, struct attach *how)
{
	how->addr = addr;
	if (offset_in_page(addr)) {
		if (!(shmflg & SHM_RND))
			return -EINVAL;
		how->addr = addr & PAGE_MASK;
	}
	if (!how->addr && (shmflg & SHM_REMAP))
		return -EINVAL;
	how->flags = MAP_SHARED;
	if (how->addr)
		how->flags |= shmflg & SHM_REMAP ? MAP_FIXED : MAP_FIXED_NOREPLACE;
	how->prot = PROT_READ;
	how->f_flags = O_RDONLY;
	how->may = S_IRUGO;
	if (!(shmflg & SHM_RDONLY)) {
		how->prot |= PROT_WRITE;
		how->f_flags = O_RDWR;
		how->may |= S_IWUGO;
	}
	if (shmflg & SHM_EXEC) {
		how->prot |= PROT_EXEC;
		how->may |= S_IXUGO;
	}
	return 0;
}

/* The segment and its memory, with a reference to each. */
static int find_segment(struct ipc_namespace *ns, int id, const struct attach *how,
			char __user *addr, int shmflg, struct shm_file_data *sfd)
{
	struct kern_ipc_perm *perm = ipc_lock_id(shm_ids(ns), id);
	int err;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	err = ipcperms(ns, perm, how->may);
	if (!err)
		err = security_shm_shmat(perm, addr, shmflg);
	if (!err) {
		sfd->ns = ns;
		sfd->shp = segment_of(ipc_hold(perm));
		sfd->file = get_file(segment_of(perm)->file);
	}
	ipc_unlock(perm);
	return err;
}

/* The file of a new attachment; an error pointer. */
static struct file *open_segment(struct ipc_namespace *ns, int id, const struct attach *how,
				 char __user *addr, int shmflg, size_t *size)
{
	struct shm_file_data *sfd = kzalloc(sizeof(*sfd), GFP_KERNEL_ACCOUNT);
	struct file *file;
	int err;

	if (!sfd)
		return ERR_PTR(-ENOMEM);
	err = find_segment(ns, id, how, addr, shmflg, sfd);
	if (err) {
		kfree(sfd);
		return ERR_PTR(err);
	}
	*size = sfd->shp->segsz;
	file = alloc_file_clone(sfd->file, how->f_flags, &shm_file_operations);
	if (IS_ERR(file)) {
		fput(sfd->file);
		ipc_put(&sfd->shp->perm);
		kfree(sfd);
		return file;
	}
	file->private_data = sfd;
	file->f_mapping = sfd->file->f_mapping;
	return file;
}

SYSCALL_DEFINE3(shmat, int, shmid, char __user *, shmaddr, int, shmflg)
{
	struct attach how;
	struct file *file;
	unsigned long ret;
	size_t size;
	int err;

	if (shmid < 0)
		return -EINVAL;
	err = look_at_request((unsigned long)shmaddr, shmflg, &how);
	if (err)
		return err;
	file = open_segment(current_ipc_ns(), shmid, &how, shmaddr, shmflg, &size);
	if (IS_ERR(file))
		return PTR_ERR(file);
	ret = vm_mmap(file, how.addr, size, how.prot, how.flags, 0);
	fput(file);
	/* Something is there already, and it wasn't said that it may go. */
	return ret == (unsigned long)-EEXIST ? -EINVAL : ret;
}

/* ---- shmdt(2) ---- */

/* Is this VMA a part of the attachment that began at @addr? */
static bool is_part(struct vm_area_struct *vma, unsigned long addr, const struct file *file)
{
	return vma->vm_ops == &shm_vm_ops && (!file || vma->vm_file == file) &&
	       vma->vm_start - addr == vma->vm_pgoff << PAGE_SHIFT;
}

/*
 * The attachment may have been split and holes made in it; its first part that is left says which
 * file it is, and what size.
 */
static int detach(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);
	unsigned long pos, end;
	struct file *file;

	while (vma && !is_part(vma, addr, NULL))
		vma = find_vma(mm, vma->vm_end);
	if (!vma)
		return -EINVAL;
	file = get_file(vma->vm_file);
	end = addr + PAGE_ALIGN(i_size_read(file_inode(file)));
	while (vma && vma->vm_end <= end) {
		pos = vma->vm_end;
		if (is_part(vma, addr, file))
			do_munmap(mm, vma->vm_start, pos - vma->vm_start);
		vma = find_vma(mm, pos);
	}
	fput(file);
	return 0;
}

SYSCALL_DEFINE1(shmdt, char __user *, shmaddr)
{
	unsigned long addr = (unsigned long)shmaddr;
	struct mm_struct *mm = current->mm;
	int err;

	if (offset_in_page(addr))
		return -EINVAL;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	err = detach(mm, addr);
	mmap_write_unlock(mm);
	return err;
}

/* ---- shmctl(2) ---- */

static int tell_limits(struct ipc_namespace *ns, struct shminfo64 __user *to)
{
	struct ipc_ids *ids = shm_ids(ns);
	struct shminfo64 info;
	int err, highest;

	err = security_shm_shmctl(NULL, IPC_INFO);
	if (err)
		return err;
	memset(&info, 0, sizeof(info));
	info.shmmni = info.shmseg = ns->shm_ctlmni;
	info.shmmax = ns->shm_ctlmax;
	info.shmall = ns->shm_ctlall;
	info.shmmin = SHMMIN;
	down_read(&ids->rwsem);
	highest = ipc_highest_index(ids);
	up_read(&ids->rwsem);
	return copy_to_user(to, &info, sizeof(info)) ? -EFAULT : highest;
}

/* Of a segment that is locked. */
static unsigned long pages_in_memory(const struct shmid_kernel *shp)
{
	return shp->file ? shp->file->f_mapping->nrpages : 0;
}

static int tell_use(struct ipc_namespace *ns, struct shm_info __user *to)
{
	struct ipc_ids *ids = shm_ids(ns);
	struct kern_ipc_perm *perm;
	struct shm_info info;
	int err, index, highest;

	err = security_shm_shmctl(NULL, SHM_INFO);
	if (err)
		return err;
	memset(&info, 0, sizeof(info));
	down_read(&ids->rwsem);
	info.used_ids = ids->in_use;
	info.shm_tot = ns->shm_tot;
	idr_for_each_entry(&ids->objects, perm, index) {
		spin_lock(&perm->lock);
		info.shm_rss += pages_in_memory(segment_of(perm));
		spin_unlock(&perm->lock);
	}
	highest = ipc_highest_index(ids);
	up_read(&ids->rwsem);
	return copy_to_user(to, &info, sizeof(info)) ? -EFAULT : highest;
}

/* IPC_STAT by id, SHM_STAT and SHM_STAT_ANY by place: the answer to these is the id. */
static int tell_segment(struct ipc_namespace *ns, int id, int cmd, struct shmid64_ds __user *to)
{
	struct kern_ipc_perm *perm = ipc_lock_stat(ns, shm_ids(ns), id, cmd, SHM_STAT_ANY,
						   security_shm_shmctl);
	const struct shmid_kernel *shp;
	struct shmid64_ds ds;
	int err;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	shp = segment_of(perm);
	memset(&ds, 0, sizeof(ds));
	ipc_tell_perm(perm, &ds.shm_perm);
	ds.shm_segsz = shp->segsz;
	ds.shm_atime = shp->atim;
	ds.shm_dtime = shp->dtim;
	ds.shm_ctime = shp->ctim;
	ds.shm_cpid = pid_vnr(shp->cprid);
	ds.shm_lpid = shp->lprid ? pid_vnr(shp->lprid) : 0;
	ds.shm_nattch = shp->nattch;
	err = cmd == IPC_STAT ? 0 : perm->id;
	ipc_unlock(perm);
	return copy_to_user(to, &ds, sizeof(ds)) ? -EFAULT : err;
}

/*
 * SHM_LOCK, SHM_UNLOCK: that its pages stay in memory. They do in any case, for there is no other
 * place for them; so it is only told. For the owner within his limit, and for who has the
 * capability.
 */
static int lock_segment(struct ipc_namespace *ns, int id, int cmd)
{
	struct kern_ipc_perm *perm = ipc_lock_id(shm_ids(ns), id);
	kuid_t euid = current_euid();
	int err = 0;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	if (!capable(CAP_IPC_LOCK)) {
		if (!uid_eq(euid, perm->uid) && !uid_eq(euid, perm->cuid))
			err = -EPERM;
		else if (cmd == SHM_LOCK && !rlimit(RLIMIT_MEMLOCK))
			err = -EPERM;
	}
	if (!err)
		err = security_shm_shmctl(perm, cmd);
	if (!err && cmd == SHM_LOCK)
		perm->mode |= SHM_LOCKED;
	else if (!err)
		perm->mode &= ~SHM_LOCKED;
	ipc_unlock(perm);
	return err;
}

/* IPC_SET with @ds; IPC_RMID without. */
static int change_or_remove(struct ipc_namespace *ns, int id, int cmd, const struct shmid64_ds *ds)
{
	struct ipc_ids *ids = shm_ids(ns);
	struct kern_ipc_perm *perm;
	int err;

	down_write(&ids->rwsem);
	perm = ipc_lock_id(ids, id);
	err = PTR_ERR_OR_ZERO(perm);
	if (err)
		goto out;
	err = ipc_may_change(perm);
	if (!err)
		err = security_shm_shmctl(perm, cmd);
	if (!err && ds)
		err = ipc_set_perm(perm, &ds->shm_perm);
	if (!err && ds)
		segment_of(perm)->ctim = ktime_get_real_seconds();
	if (!err && !ds) {
		perm->mode |= SHM_DEST;
		ipc_make_private(perm);
		if (is_due(segment_of(perm))) {
			destroy_segment(ns, segment_of(perm));
			goto out;
		}
	}
	ipc_unlock(perm);
out:
	up_write(&ids->rwsem);
	return err;
}

SYSCALL_DEFINE3(shmctl, int, shmid, int, cmd, struct shmid_ds __user *, buf)
{
	struct ipc_namespace *ns = current_ipc_ns();
	struct shmid64_ds ds;

	if (cmd < 0 || shmid < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
		return tell_limits(ns, (struct shminfo64 __user *)buf);
	case SHM_INFO:
		return tell_use(ns, (struct shm_info __user *)buf);
	case IPC_STAT:
	case SHM_STAT:
	case SHM_STAT_ANY:
		return tell_segment(ns, shmid, cmd, (struct shmid64_ds __user *)buf);
	case IPC_SET:
		if (copy_from_user(&ds, buf, sizeof(ds)))
			return -EFAULT;
		return change_or_remove(ns, shmid, cmd, &ds);
	case IPC_RMID:
		return change_or_remove(ns, shmid, cmd, NULL);
	case SHM_LOCK:
	case SHM_UNLOCK:
		return lock_segment(ns, shmid, cmd);
	default:
		return -EINVAL;
	}
}

/* ---- /proc/sysvipc/shm ---- */

static void show_segment(struct seq_file *m, struct kern_ipc_perm *perm)
{
	struct user_namespace *ns = current_user_ns();
	const struct shmid_kernel *shp = segment_of(perm);

	seq_printf(m, "%10d %10d  %4o %21lu %5u %5u  %5lu %5u %5u %5u %5u %10llu %10llu %10llu %21lu %21lu\n",
		   perm->key, perm->id, perm->mode, shp->segsz, pid_vnr(shp->cprid),
		   shp->lprid ? pid_vnr(shp->lprid) : 0, shp->nattch,
		   from_kuid_munged(ns, perm->uid), from_kgid_munged(ns, perm->gid),
		   from_kuid_munged(ns, perm->cuid), from_kgid_munged(ns, perm->cgid), shp->atim,
		   shp->dtim, shp->ctim, pages_in_memory(shp) << PAGE_SHIFT, 0UL);
}

static int __init shm_init(void)
{
	ipc_proc_file("shm", IPC_SHM_IDS,
		      "       key      shmid perms                  size  cpid  lpid nattch   uid   gid"
		      "  cuid  cgid      atime      dtime      ctime                   rss"
		      "                  swap\n", show_segment);
	return 0;
}
fs_initcall(shm_init);
