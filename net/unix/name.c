// SPDX-License-Identifier: MIT
/*
 * Names of Unix sockets: bind(2), how a name is found, getsockname(2), /proc/net/unix.
 *
 *	pathname	an inode of type S_IFSOCK in some file system; who may connect is a matter
 *			of its permissions. The inode leads to the socket by its address in memory:
 *			a name in a file system outlives the socket, and then nobody answers:
 *			-ECONNREFUSED
 *	abstract	bytes behind a zero, of exactly the given length; gone with the socket
 *	unnamed		none; a socketpair and the connecting side of a stream get by without
 *
 * A socket gets at most one name, and keeps it. Readers take no lock: u->addr is stored last, by a
 * release, when addr and path are complete.
 *
 * All bound sockets are in one table, hashed by name or inode; all sockets are in one list. Both
 * under unix_table_lock, which is held for a few instructions or one scan of a hash chain.
 */

#include <net/af_unix.h>

#include <linux/atomic.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/proc_fs.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/stringhash.h>

#define UNIX_HASH_BITS	8

#define ADDR_HEAD	offsetof(struct sockaddr_un, sun_path)

static DEFINE_SPINLOCK(unix_table_lock);
static struct hlist_head unix_table[1 << UNIX_HASH_BITS];	/* bound ones; unix_table_lock */
static LIST_HEAD(unix_sockets);					/* all; unix_table_lock */

static struct hlist_head *bucket_of_name(const struct sockaddr_un *name, int len)
{
	return &unix_table[hash_32(full_name_hash(NULL, name->sun_path, len - ADDR_HEAD),
				   UNIX_HASH_BITS)];
}

static struct hlist_head *bucket_of_inode(const struct inode *inode)
{
	return &unix_table[hash_ptr(inode, UNIX_HASH_BITS)];
}

/** unix_list_socket - a new socket is there */
void unix_list_socket(struct sock *sk)
{
	spin_lock(&unix_table_lock);
	list_add_tail(&unix_sk(sk)->all_node, &unix_sockets);
	spin_unlock(&unix_table_lock);
}

/** unix_unlist_socket - nobody finds it any more */
void unix_unlist_socket(struct sock *sk)
{
	spin_lock(&unix_table_lock);
	list_del_init(&unix_sk(sk)->all_node);
	hlist_del_init(&unix_sk(sk)->name_node);
	spin_unlock(&unix_table_lock);
}

/** unix_put_addr - drop a reference to an address; @addr may be NULL */
void unix_put_addr(struct unix_address *addr)
{
	if (addr && refcount_dec_and_test(&addr->refcnt))
		kfree(addr);
}

/* ---- what a program may give ---- */

/** unix_check_addr - is that an address with a name? Return: 0, -EINVAL */
int unix_check_addr(const struct sockaddr_un *sunaddr, int addr_len)
{
	if (addr_len <= (int)ADDR_HEAD || addr_len > (int)sizeof(*sunaddr) ||
	    sunaddr->sun_family != AF_UNIX)
		return -EINVAL;
	return 0;
}

/* A path may come without its zero byte. @path: room for one more. Return: its length with it. */
static int copy_path(char *path, const struct sockaddr_un *sunaddr, int addr_len)
{
	int len = strnlen(sunaddr->sun_path, addr_len - ADDR_HEAD);

	memcpy(path, sunaddr->sun_path, len);
	path[len] = '\0';
	return len + 1;
}

static struct unix_address *new_address(int len)
{
	struct unix_address *addr = kzalloc(offsetof(struct unix_address, name) + len,
					    GFP_KERNEL_ACCOUNT);

	if (addr) {
		refcount_set(&addr->refcnt, 1);
		addr->len = len;
		addr->name->sun_family = AF_UNIX;
	}
	return addr;
}

/* ---- binding ---- */

/* The name is complete: now everybody may see it. unix_table_lock held. */
static void publish_name(struct sock *sk, struct unix_address *addr, struct hlist_head *bucket)
{
	/* Pairs with the acquire in unix_getname() and unix_tell_sender(). */
	smp_store_release(&unix_sk(sk)->addr, addr);
	hlist_add_head(&unix_sk(sk)->name_node, bucket);
}

static int make_socket_inode(struct sock *sk, struct path *parent, struct dentry *dentry)
{
	umode_t allowed = S_IRWXUGO & ~current_umask();
	umode_t mode = S_IFSOCK | (SOCK_INODE(sk->sk_socket)->i_mode & allowed);
	int err = security_path_mknod(parent, dentry, mode, 0);

	return err ? err : vfs_mknod(&nop_mnt_idmap, d_inode(parent->dentry), dentry, mode, 0);
}

/* The inode exists; @sk gets the name. The directory is locked. Return: 0, -EINVAL, -EINTR. */
static int attach_to_inode(struct sock *sk, struct unix_address *addr, struct path *parent,
			   struct dentry *dentry)
{
	struct unix_sock *u = unix_sk(sk);
	int err = mutex_lock_interruptible(&u->bindlock);

	if (err)
		return err;
	err = -EINVAL;
	if (!u->addr) {
		u->path.mnt = mntget(parent->mnt);
		u->path.dentry = dget(dentry);
		spin_lock(&unix_table_lock);
		publish_name(sk, addr, bucket_of_inode(d_backing_inode(dentry)));
		spin_unlock(&unix_table_lock);
		err = 0;
	}
	mutex_unlock(&u->bindlock);
	return err;
}

/*
 * Two who bind one path: mknod() lets one through. Two who bind one socket: both make an inode, and
 * the one who comes second takes its inode away again, before anybody saw it.
 */
static int bind_path(struct sock *sk, const struct sockaddr_un *sunaddr, int addr_len)
{
	char name[UNIX_PATH_MAX + 1];
	int err, len = copy_path(name, sunaddr, addr_len);
	struct unix_address *addr = new_address(ADDR_HEAD + len);
	struct dentry *dentry;
	struct path parent;

	if (!addr)
		return -ENOMEM;
	/* A byte more than sun_path has room for, perhaps. */
	memcpy((void *)addr->name + ADDR_HEAD, name, len);
	dentry = kern_path_create(AT_FDCWD, name, &parent, 0);
	if (IS_ERR(dentry)) {
		err = PTR_ERR(dentry);
		goto err_addr;
	}
	err = make_socket_inode(sk, &parent, dentry);
	if (!err) {
		err = attach_to_inode(sk, addr, &parent, dentry);
		if (err)
			vfs_unlink(&nop_mnt_idmap, d_inode(parent.dentry), dentry, NULL);
	}
	done_path_create(&parent, dentry);
	if (!err)
		return 0;
err_addr:
	unix_put_addr(addr);
	return err == -EEXIST ? -EADDRINUSE : err;
}

/* unix_table_lock held. */
static struct sock *find_abstract(const struct sockaddr_un *name, int len, int type)
{
	struct unix_sock *u;

	hlist_for_each_entry(u, bucket_of_name(name, len), name_node)
		if (!u->path.dentry && u->sk.sk_type == type && u->addr->len == len &&
		    !memcmp(u->addr->name, name, len))
			return &u->sk;
	return NULL;
}

/* Return: false: the name is taken. */
static bool claim_abstract(struct sock *sk, struct unix_address *addr)
{
	bool free;

	spin_lock(&unix_table_lock);
	free = !find_abstract(addr->name, addr->len, sk->sk_type);
	if (free)
		publish_name(sk, addr, bucket_of_name(addr->name, addr->len));
	spin_unlock(&unix_table_lock);
	return free;
}

static int bind_abstract(struct sock *sk, const struct sockaddr_un *sunaddr, int addr_len)
{
	struct unix_address *addr = new_address(addr_len);
	struct unix_sock *u = unix_sk(sk);
	int err;

	if (!addr)
		return -ENOMEM;
	memcpy(addr->name, sunaddr, addr_len);
	err = mutex_lock_interruptible(&u->bindlock);
	if (err)
		goto err_addr;
	err = u->addr ? -EINVAL : claim_abstract(sk, addr) ? 0 : -EADDRINUSE;
	mutex_unlock(&u->bindlock);
	if (!err)
		return 0;
err_addr:
	unix_put_addr(addr);
	return err;
}

/**
 * unix_autobind - an abstract name that nobody has, of five hexadecimal digits
 * @sk: a socket; one with a name keeps it
 *
 * Return: 0, -ENOSPC: all are taken; -ENOMEM, -EINTR.
 */
int unix_autobind(struct sock *sk)
{
	struct unix_sock *u = unix_sk(sk);
	struct unix_address *addr;
	u32 number, tries;
	char digits[6];
	int err = mutex_lock_interruptible(&u->bindlock);

	if (err)
		return err;
	if (u->addr)
		goto out_unlock;
	err = -ENOMEM;
	addr = new_address(ADDR_HEAD + 6);
	if (!addr)
		goto out_unlock;
	number = get_random_u32();
	for (tries = 0; tries <= 0xfffff; tries++, number++) {
		snprintf(digits, sizeof(digits), "%05x", number & 0xfffff);
		memcpy(addr->name->sun_path + 1, digits, 5);
		if (claim_abstract(sk, addr)) {
			err = 0;
			goto out_unlock;
		}
		cond_resched();
	}
	unix_put_addr(addr);
	err = -ENOSPC;
out_unlock:
	mutex_unlock(&u->bindlock);
	return err;
}

/** unix_bind - bind(2) */
int unix_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_un *sunaddr = (struct sockaddr_un *)uaddr;
	struct sock *sk = sock->sk;
	int err;

	if (addr_len == (int)ADDR_HEAD && sunaddr->sun_family == AF_UNIX)
		return unix_autobind(sk);
	err = unix_check_addr(sunaddr, addr_len);
	if (err)
		return err;
	return sunaddr->sun_path[0] ? bind_path(sk, sunaddr, addr_len) :
				      bind_abstract(sk, sunaddr, addr_len);
}

/* ---- finding ---- */

static struct sock *find_by_inode(const struct inode *inode)
{
	struct sock *found = NULL;
	struct unix_sock *u;

	spin_lock(&unix_table_lock);
	hlist_for_each_entry(u, bucket_of_inode(inode), name_node) {
		if (u->path.dentry && d_backing_inode(u->path.dentry) == inode) {
			found = &u->sk;
			sock_hold(found);
			break;
		}
	}
	spin_unlock(&unix_table_lock);
	return found;
}

static struct sock *find_by_path(const struct sockaddr_un *sunaddr, int addr_len, int type)
{
	char name[UNIX_PATH_MAX + 1];
	struct inode *inode;
	struct sock *sk;
	struct path path;
	int err;

	copy_path(name, sunaddr, addr_len);
	err = kern_path(name, LOOKUP_FOLLOW, &path);
	if (err)
		return ERR_PTR(err);
	inode = d_backing_inode(path.dentry);
	err = inode_permission(&nop_mnt_idmap, inode, MAY_WRITE);
	if (err)
		goto err_path;
	err = -ECONNREFUSED;
	if (!S_ISSOCK(inode->i_mode))
		goto err_path;
	sk = find_by_inode(inode);
	if (!sk)
		goto err_path;
	err = -EPROTOTYPE;
	if (sk->sk_type != type)
		goto err_sock;
	touch_atime(&path);
	path_put(&path);
	return sk;

err_sock:
	sock_put(sk);
err_path:
	path_put(&path);
	return ERR_PTR(err);
}

/**
 * unix_find_name - the socket with a name
 * @sunaddr: a valid address, of
 * @addr_len: bytes
 * @type: SOCK_* that it must be of
 *
 * Return: the socket with a reference; ERR_PTR(-ECONNREFUSED): nobody has the name; -EPROTOTYPE: a
 * socket of another type; -EACCES, -ENOENT ...
 */
struct sock *unix_find_name(struct sockaddr_un *sunaddr, int addr_len, int type)
{
	struct sock *sk;

	if (sunaddr->sun_path[0])
		return find_by_path(sunaddr, addr_len, type);
	spin_lock(&unix_table_lock);
	sk = find_abstract(sunaddr, addr_len, type);
	if (sk)
		sock_hold(sk);
	spin_unlock(&unix_table_lock);
	return sk ? sk : ERR_PTR(-ECONNREFUSED);
}

/* ---- telling ---- */

static int copy_address(const struct unix_address *addr, void *to)
{
	if (!addr) {
		((struct sockaddr_un *)to)->sun_family = AF_UNIX;
		return ADDR_HEAD;
	}
	memcpy(to, addr->name, addr->len);
	return addr->len;
}

/** unix_getname - getsockname(2), getpeername(2) */
int unix_getname(struct socket *sock, struct sockaddr *uaddr, int peer)
{
	struct sock *sk = sock->sk;
	int len;

	if (peer) {
		sk = unix_peer_get(sk);
		if (!sk)
			return -ENOTCONN;
	} else {
		sock_hold(sk);
	}
	/* Pairs with publish_name(). */
	len = copy_address(smp_load_acquire(&unix_sk(sk)->addr), uaddr);
	sock_put(sk);
	return len;
}

/** unix_tell_sender - the sender's address for the receiver of a message; unnamed: none */
void unix_tell_sender(struct msghdr *msg, struct sock *sk)
{
	struct unix_address *addr = smp_load_acquire(&unix_sk(sk)->addr);

	if (addr)
		msg->msg_namelen = copy_address(addr, msg->msg_name);
}

/* ---- /proc/net/unix ---- */

static void *unix_list_start(struct seq_file *seq, loff_t *pos)
	__acquires(&unix_table_lock)
{
	spin_lock(&unix_table_lock);
	return seq_list_start_head(&unix_sockets, *pos);
}

static void *unix_list_next(struct seq_file *seq, void *v, loff_t *pos)
{
	return seq_list_next(v, &unix_sockets, pos);
}

static void unix_list_stop(struct seq_file *seq, void *v)
	__releases(&unix_table_lock)
{
	spin_unlock(&unix_table_lock);
}

/* Zero bytes in an abstract name are shown as '@', its first one too. */
static void show_name(struct seq_file *seq, const struct unix_address *addr)
{
	int i, len = addr->len - ADDR_HEAD;

	if (addr->name->sun_path[0])
		len--;
	seq_putc(seq, ' ');
	for (i = 0; i < len; i++)
		seq_putc(seq, addr->name->sun_path[i] ? : '@');
}

static void show_socket(struct seq_file *seq, struct unix_sock *u)
{
	struct sock *s = &u->sk;
	bool connected = READ_ONCE(s->sk_state) == TCP_ESTABLISHED;
	bool listens = READ_ONCE(s->sk_state) == TCP_LISTEN;
	bool attached = READ_ONCE(s->sk_socket);

	seq_printf(seq, "%pK: %08X %08X %08X %04X %02X %5lu", s, refcount_read(&s->sk_refcnt), 0,
		   listens ? __SO_ACCEPTCON : 0, s->sk_type,
		   attached ? (connected ? SS_CONNECTED : SS_UNCONNECTED) :
			      (connected ? SS_CONNECTING : SS_DISCONNECTING),
		   sock_i_ino(s));
	if (u->addr)
		show_name(seq, u->addr);
	seq_putc(seq, '\n');
}

static int unix_list_show(struct seq_file *seq, void *v)
{
	if (v == &unix_sockets)
		seq_puts(seq, "Num       RefCount Protocol Flags    Type St Inode Path\n");
	else
		show_socket(seq, list_entry(v, struct unix_sock, all_node));
	return 0;
}

static const struct seq_operations unix_list_ops = {
	.start	= unix_list_start,
	.next	= unix_list_next,
	.stop	= unix_list_stop,
	.show	= unix_list_show,
};

/** unix_list_register - make /proc/net/unix. Return: 0, -ENOMEM */
int unix_list_register(void)
{
	struct proc_dir_entry *net = proc_mkdir("net", NULL);

	return net && proc_create_seq("unix", 0444, net, &unix_list_ops) ? 0 : -ENOMEM;
}
