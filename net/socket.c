// SPDX-License-Identifier: MIT
/*
 * Sockets as files, and the families of them.
 *
 * A struct socket lies in an inode of sockfs, a file system that nobody mounts. Its file has the
 * methods below, which hand over to those of the family (struct proto_ops); calls.c and message.c
 * have the system calls that only sockets know.
 *
 *	socket(2)	net_families[family]->create() gives the new struct socket its ops and sk
 *	last fput()	->release() lets go of sk; then the inode goes, after a grace period
 *
 * /proc/PID/fd shows "socket:[inode number]", and /proc/net/unix the same number. Opening that link
 * gives -ENXIO, as for every socket's inode.
 */

#include "socket.h"

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/poll.h>
#include <linux/pseudo_fs.h>
#include <linux/rcupdate.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/sock.h>
#include <uapi/linux/magic.h>

/* ---- sockfs ---- */

static struct kmem_cache *sock_inode_cachep __ro_after_init;
static struct vfsmount *sock_mnt __ro_after_init;

static struct inode *sock_alloc_inode(struct super_block *sb)
{
	struct socket_alloc *ei = kmem_cache_alloc(sock_inode_cachep, GFP_KERNEL_ACCOUNT);

	if (!ei)
		return NULL;
	ei->socket = (struct socket){ .state = SS_UNCONNECTED };
	return &ei->vfs_inode;
}

static void sock_free_inode(struct inode *inode)
{
	kmem_cache_free(sock_inode_cachep, container_of(inode, struct socket_alloc, vfs_inode));
}

static void init_once(void *object)
{
	struct socket_alloc *ei = object;

	inode_init_once(&ei->vfs_inode);
}

static const struct super_operations sockfs_ops = {
	.alloc_inode	= sock_alloc_inode,
	.free_inode	= sock_free_inode,
	.statfs		= simple_statfs,
};

static char *sockfs_dname(struct dentry *dentry, char *buffer, int buflen)
{
	return dynamic_dname(buffer, buflen, "socket:[%lu]", d_inode(dentry)->i_ino);
}

static const struct dentry_operations sockfs_dentry_operations = {
	.d_dname = sockfs_dname,
};

static int sockfs_init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx = init_pseudo(fc, SOCKFS_MAGIC);

	if (!ctx)
		return -ENOMEM;
	ctx->ops = &sockfs_ops;
	ctx->dops = &sockfs_dentry_operations;
	return 0;
}

static struct file_system_type sock_fs_type = {
	.name		 = "sockfs",
	.init_fs_context = sockfs_init_fs_context,
	.kill_sb	 = kill_anon_super,
};

/** sock_i_ino - the number of the inode of its upper half; 0: it has none */
unsigned long sock_i_ino(struct sock *sk)
{
	struct socket *sock;
	unsigned long ino;

	rcu_read_lock();
	sock = READ_ONCE(sk->sk_socket);
	ino = sock ? SOCK_INODE(sock)->i_ino : 0;
	rcu_read_unlock();
	return ino;
}
EXPORT_SYMBOL(sock_i_ino);

/**
 * sock_alloc - an upper half without anything in it
 *
 * Return: the socket, for sock_release() or sock_alloc_file(); NULL without memory.
 */
struct socket *sock_alloc(void)
{
	struct inode *inode = new_inode_pseudo(sock_mnt->mnt_sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode->i_mode = S_IFSOCK | S_IRWXUGO;
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	/* No list of dirty inodes will ever want it. */
	inode->i_state = I_DIRTY;
	simple_inode_init_ts(inode);
	return SOCKET_I(inode);
}
EXPORT_SYMBOL(sock_alloc);

/** sock_alloc_like - an upper half of the same type and ops, for accept(2). NULL without memory */
struct socket *sock_alloc_like(struct socket *sock)
{
	struct socket *newsock = sock_alloc();

	if (newsock) {
		newsock->type = sock->type;
		newsock->ops = sock->ops;
	}
	return newsock;
}

static void release_lower_half(struct socket *sock)
{
	if (sock->ops) {
		sock->ops->release(sock);
		sock->sk = NULL;
		sock->ops = NULL;
	}
}

/** sock_release - undo sock_create() of a socket that never got a file */
void sock_release(struct socket *sock)
{
	release_lower_half(sock);
	iput(SOCK_INODE(sock));
}
EXPORT_SYMBOL(sock_release);

/* ---- the file's methods ---- */

static int sock_close(struct inode *inode, struct file *filp)
{
	struct socket *sock = SOCKET_I(inode);

	(void)filp;
	release_lower_half(sock);
	sock->file = NULL;
	return 0;
}

static __poll_t sock_poll(struct file *file, struct poll_table_struct *wait)
{
	struct socket *sock = file->private_data;

	return sock->ops->poll ? sock->ops->poll(file, sock, wait) : 0;
}

static int get_owner(struct file *file, unsigned long arg)
{
	return put_user(f_getown(file), (int __user *)arg);
}

static int set_owner(struct file *file, unsigned long arg)
{
	int pid;

	if (get_user(pid, (int __user *)arg))
		return -EFAULT;
	return f_setown(file, pid, 1);
}

static long sock_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct socket *sock = file->private_data;

	switch (cmd) {
	case FIOSETOWN:
	case SIOCSPGRP:
		return set_owner(file, arg);
	case FIOGETOWN:
	case SIOCGPGRP:
		return get_owner(file, arg);
	default:
		return sock->ops->ioctl ? sock->ops->ioctl(sock, cmd, arg) : -ENOIOCTLCMD;
	}
}

static int sock_fasync(int fd, struct file *filp, int on)
{
	struct socket *sock = filp->private_data;
	int ret;

	if (!sock->sk)
		return -EINVAL;
	ret = fasync_helper(fd, filp, on, &sock->sk->sk_wq.fasync_list);
	return min(ret, 0);
}

static void sock_show_fdinfo(struct seq_file *m, struct file *f)
{
	struct socket *sock = f->private_data;

	if (sock->ops->show_fdinfo)
		sock->ops->show_fdinfo(m, sock);
}

static const struct file_operations socket_file_ops = {
	.read_iter	= sock_read_iter,
	.write_iter	= sock_write_iter,
	.poll		= sock_poll,
	.unlocked_ioctl	= sock_ioctl,
	.release	= sock_close,
	.fasync		= sock_fasync,
	.show_fdinfo	= sock_show_fdinfo,
};

/**
 * sock_alloc_file - the open file of a socket
 * @sock: without one; is released if this fails
 * @flags: O_NONBLOCK
 * @dname: the dentry's name; NULL: ""
 *
 * Return: the file, which owns the socket now; ERR_PTR(-ENFILE), -ENOMEM.
 */
struct file *sock_alloc_file(struct socket *sock, int flags, const char *dname)
{
	struct file *file = alloc_file_pseudo(SOCK_INODE(sock), sock_mnt, dname ? dname : "",
					      O_RDWR | (flags & O_NONBLOCK), &socket_file_ops);

	if (IS_ERR(file)) {
		sock_release(sock);
		return file;
	}
	file->private_data = sock;
	sock->file = file;
	stream_open(SOCK_INODE(sock), file);
	return file;
}
EXPORT_SYMBOL(sock_alloc_file);

/** sock_from_file - the socket that a file is, NULL: it is none */
struct socket *sock_from_file(struct file *file)
{
	return file->f_op == &socket_file_ops ? file->private_data : NULL;
}
EXPORT_SYMBOL(sock_from_file);

struct socket *socket_of_fd(struct fd f, int *err)
{
	struct socket *sock;

	if (fd_empty(f)) {
		*err = -EBADF;
		return NULL;
	}
	sock = sock_from_file(fd_file(f));
	if (!sock)
		*err = -ENOTSOCK;
	return sock;
}

/** sockfd_lookup - a descriptor's socket, for sockfd_put(). NULL: *@err is -EBADF, -ENOTSOCK */
struct socket *sockfd_lookup(int fd, int *err)
{
	struct file *file = fget(fd);
	struct socket *sock;

	if (!file) {
		*err = -EBADF;
		return NULL;
	}
	sock = sock_from_file(file);
	if (!sock) {
		*err = -ENOTSOCK;
		fput(file);
	}
	return sock;
}
EXPORT_SYMBOL(sockfd_lookup);

/* ---- families ---- */

static const struct net_proto_family __rcu *net_families[NPROTO] __read_mostly;
static DEFINE_SPINLOCK(net_family_lock);	/* changes of the table */

/** sock_register - a family is there. Return: 0; -EEXIST; -ENOBUFS: no such number */
int sock_register(const struct net_proto_family *ops)
{
	int err = -EEXIST;

	if (ops->family < 0 || ops->family >= NPROTO)
		return -ENOBUFS;
	spin_lock(&net_family_lock);
	if (!rcu_dereference_protected(net_families[ops->family], 1)) {
		rcu_assign_pointer(net_families[ops->family], ops);
		err = 0;
	}
	spin_unlock(&net_family_lock);
	return err;
}
EXPORT_SYMBOL(sock_register);

/** sock_unregister - nobody makes sockets of it any more; Context: sleeps for a grace period */
void sock_unregister(int family)
{
	spin_lock(&net_family_lock);
	RCU_INIT_POINTER(net_families[family], NULL);
	spin_unlock(&net_family_lock);
	synchronize_rcu();
}
EXPORT_SYMBOL(sock_unregister);

/**
 * __sock_create - a socket of a family
 * @net: the only one: NULL
 * @family: AF_*
 * @type: SOCK_STREAM ..., without flags
 * @protocol: 0, or what the family knows
 * @res: gets the socket, for sock_release() or sock_alloc_file()
 * @kern: for the kernel, not for a program
 *
 * Return: 0; -EAFNOSUPPORT, -EINVAL, -ESOCKTNOSUPPORT, -EPROTONOSUPPORT, -ENFILE, -ENOMEM ...
 */
int __sock_create(struct net *net, int family, int type, int protocol, struct socket **res,
		  int kern)
{
	const struct net_proto_family *pf;
	struct socket *sock;
	int err;

	if (family < 0 || family >= NPROTO)
		return -EAFNOSUPPORT;
	if (type < 0 || type >= SOCK_MAX)
		return -EINVAL;
	err = security_socket_create(family, type, protocol, kern);
	if (err)
		return err;
	/* No family is ever unregistered while its code could run: none is a module. */
	rcu_read_lock();
	pf = rcu_dereference(net_families[family]);
	rcu_read_unlock();
	if (!pf)
		return -EAFNOSUPPORT;
	sock = sock_alloc();
	if (!sock)
		return -ENFILE;
	sock->type = type;
	err = pf->create(net, sock, protocol, kern);
	if (!err)
		err = security_socket_post_create(sock, family, type, protocol, kern);
	if (err) {
		sock_release(sock);
		return err;
	}
	*res = sock;
	return 0;
}

/** sock_create - __sock_create() for the current program */
int sock_create(int family, int type, int protocol, struct socket **res)
{
	return __sock_create(NULL, family, type, protocol, res, 0);
}
EXPORT_SYMBOL(sock_create);

/** sock_create_kern - __sock_create() for the kernel itself */
int sock_create_kern(struct net *net, int family, int type, int protocol, struct socket **res)
{
	return __sock_create(net, family, type, protocol, res, 1);
}
EXPORT_SYMBOL(sock_create_kern);

/** sock_create_lite - an upper half alone; the caller gives it ops and sk */
int sock_create_lite(int family, int type, int protocol, struct socket **res)
{
	struct socket *sock;
	int err = security_socket_create(family, type, protocol, 1);

	if (err)
		return err;
	sock = sock_alloc();
	if (!sock)
		return -ENOMEM;
	sock->type = type;
	*res = sock;
	return 0;
}
EXPORT_SYMBOL(sock_create_lite);

static int __init sock_init(void)
{
	sock_inode_cachep = kmem_cache_create("sock_inode_cache", sizeof(struct socket_alloc), 0,
					      SLAB_HWCACHE_ALIGN | SLAB_RECLAIM_ACCOUNT |
					      SLAB_ACCOUNT, init_once);
	if (!sock_inode_cachep)
		panic("sockfs: no inode cache\n");
	sock_mnt = kern_mount(&sock_fs_type);
	if (IS_ERR(sock_mnt))
		panic("sockfs: no mount: %ld\n", PTR_ERR(sock_mnt));
	return 0;
}
core_initcall(sock_init);
