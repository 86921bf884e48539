// SPDX-License-Identifier: MIT
/*
 * The system calls that make sockets, name them, connect them and set their options. Each checks
 * what the program gave, asks the security modules, and calls the family's method. message.c has
 * those that move data.
 */

#include "socket.h"

#include <linux/security.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <net/sock.h>

/* ---- addresses ---- */

/**
 * move_addr_to_kernel - an address that a program gave
 * @uaddr: there, of
 * @ulen: bytes; 0: there is none
 * @kaddr: gets it
 *
 * Return: 0, -EINVAL: no address is so long; -EFAULT.
 */
int move_addr_to_kernel(void __user *uaddr, int ulen, struct sockaddr_storage *kaddr)
{
	if (ulen < 0 || ulen > (int)sizeof(*kaddr))
		return -EINVAL;
	if (!ulen)
		return 0;
	return copy_from_user(kaddr, uaddr, ulen) ? -EFAULT : 0;
}

/**
 * move_addr_to_user - an address for a program
 * @kaddr: the address, of
 * @klen: bytes
 * @uaddr: the program's buffer
 * @ulen: how large it is; becomes @klen, so that the program sees what was cut off
 *
 * Return: 0, -EINVAL: negative size; -EFAULT.
 */
int move_addr_to_user(struct sockaddr_storage *kaddr, int klen, void __user *uaddr,
		      int __user *ulen)
{
	int len;

	if (get_user(len, ulen))
		return -EFAULT;
	len = min(len, klen);
	if (len < 0)
		return -EINVAL;
	if (len && copy_to_user(uaddr, kaddr, len))
		return -EFAULT;
	return put_user(klen, ulen);
}

/* ---- making ---- */

/* The type and the flags of socket(2) come in one word. */
static int split_type(int type, int *flags)
{
	*flags = type & ~SOCK_TYPE_MASK;
	return *flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK) ? -EINVAL : type & SOCK_TYPE_MASK;
}

/* The socket becomes a descriptor, or goes. */
static int give_descriptor(struct socket *sock, int flags)
{
	int fd = get_unused_fd_flags(flags);
	struct file *file;

	if (fd < 0) {
		sock_release(sock);
		return fd;
	}
	file = sock_alloc_file(sock, flags, NULL);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}

SYSCALL_DEFINE3(socket, int, family, int, type, int, protocol)
{
	struct socket *sock;
	int flags, err;

	type = split_type(type, &flags);
	if (type < 0)
		return type;
	err = sock_create(family, type, protocol, &sock);
	return err ? err : give_descriptor(sock, flags & (O_CLOEXEC | O_NONBLOCK));
}

/* Two sockets, connected to each other, without files. */
static int create_pair(int family, int type, int protocol, struct socket *pair[2])
{
	int err;

	err = sock_create(family, type, protocol, &pair[0]);
	if (err)
		return err;
	err = sock_create(family, type, protocol, &pair[1]);
	if (err)
		goto err_first;
	err = security_socket_socketpair(pair[0], pair[1]);
	if (!err)
		err = pair[0]->ops->socketpair ?
		      pair[0]->ops->socketpair(pair[0], pair[1]) : -EOPNOTSUPP;
	if (!err)
		return 0;
	sock_release(pair[1]);
err_first:
	sock_release(pair[0]);
	return err;
}

static int pair_of_files(int family, int type, int protocol, int flags, struct file *files[2])
{
	struct socket *pair[2];
	int err = create_pair(family, type, protocol, pair);

	if (err)
		return err;
	files[0] = sock_alloc_file(pair[0], flags, NULL);
	if (IS_ERR(files[0])) {
		sock_release(pair[1]);
		return PTR_ERR(files[0]);
	}
	files[1] = sock_alloc_file(pair[1], flags, NULL);
	if (IS_ERR(files[1])) {
		fput(files[0]);
		return PTR_ERR(files[1]);
	}
	return 0;
}

SYSCALL_DEFINE4(socketpair, int, family, int, type, int, protocol, int __user *, usockvec)
{
	struct file *files[2];
	int fd[2], flags, err;

	type = split_type(type, &flags);
	if (type < 0)
		return type;
	err = fd[0] = get_unused_fd_flags(flags);
	if (err < 0)
		return err;
	err = fd[1] = get_unused_fd_flags(flags);
	if (err < 0)
		goto err_fd0;
	/* First: nothing is made for a program that can't be told of it. */
	err = -EFAULT;
	if (put_user(fd[0], usockvec) || put_user(fd[1], usockvec + 1))
		goto err_fd1;
	err = pair_of_files(family, type, protocol, flags, files);
	if (err)
		goto err_fd1;
	fd_install(fd[0], files[0]);
	fd_install(fd[1], files[1]);
	return 0;

err_fd1:
	put_unused_fd(fd[1]);
err_fd0:
	put_unused_fd(fd[0]);
	return err;
}

/* ---- names and connections ---- */

SYSCALL_DEFINE3(bind, int, fd, struct sockaddr __user *, umyaddr, int, addrlen)
{
	struct sockaddr_storage address = {};
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	err = move_addr_to_kernel(umyaddr, addrlen, &address);
	if (!err)
		err = security_socket_bind(sock, (struct sockaddr *)&address, addrlen);
	return err ? err : sock->ops->bind(sock, (struct sockaddr *)&address, addrlen);
}

SYSCALL_DEFINE2(listen, int, fd, int, backlog)
{
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	/* A negative one is as many as there can be. */
	backlog = min_t(unsigned int, backlog, READ_ONCE(sysctl_somaxconn));
	err = security_socket_listen(sock, backlog);
	return err ? err : sock->ops->listen(sock, backlog);
}

/* The accepted connection's file, and its peer's address to the program. */
static struct file *accept_as_file(struct socket *sock, unsigned int file_flags, int flags,
			      struct sockaddr __user *uaddr, int __user *ulen)
{
	struct socket *newsock = sock_alloc_like(sock);
	struct sockaddr_storage address = {};
	struct file *newfile;
	int err, len;

	if (!newsock)
		return ERR_PTR(-ENFILE);
	newfile = sock_alloc_file(newsock, flags, NULL);
	if (IS_ERR(newfile))
		return newfile;
	err = security_socket_accept(sock, newsock);
	if (err)
		goto err_file;
	err = sock->ops->accept(sock, newsock, file_flags);
	if (err < 0)
		goto err_file;
	if (uaddr) {
		err = -ECONNABORTED;
		len = newsock->ops->getname(newsock, (struct sockaddr *)&address, 2);
		if (len < 0)
			goto err_file;
		err = move_addr_to_user(&address, len, uaddr, ulen);
		if (err < 0)
			goto err_file;
	}
	return newfile;

err_file:
	fput(newfile);
	return ERR_PTR(err);
}

static int accept_as_fd(int fd, struct sockaddr __user *uaddr, int __user *ulen, int flags)
{
	struct file *newfile;
	CLASS(fd, f)(fd);
	struct socket *sock;
	int newfd, err;

	if (flags & ~(SOCK_CLOEXEC | SOCK_NONBLOCK))
		return -EINVAL;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	newfd = get_unused_fd_flags(flags);
	if (newfd < 0)
		return newfd;
	newfile = accept_as_file(sock, fd_file(f)->f_flags, flags, uaddr, ulen);
	if (IS_ERR(newfile)) {
		put_unused_fd(newfd);
		return PTR_ERR(newfile);
	}
	fd_install(newfd, newfile);
	return newfd;
}

SYSCALL_DEFINE4(accept4, int, fd, struct sockaddr __user *, upeer_sockaddr,
		int __user *, upeer_addrlen, int, flags)
{
	return accept_as_fd(fd, upeer_sockaddr, upeer_addrlen, flags);
}

SYSCALL_DEFINE3(accept, int, fd, struct sockaddr __user *, upeer_sockaddr,
		int __user *, upeer_addrlen)
{
	return accept_as_fd(fd, upeer_sockaddr, upeer_addrlen, 0);
}

SYSCALL_DEFINE3(connect, int, fd, struct sockaddr __user *, uservaddr, int, addrlen)
{
	struct sockaddr_storage address = {};
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	if (fd_empty(f))
		return -EBADF;
	err = move_addr_to_kernel(uservaddr, addrlen, &address);
	if (err)
		return err;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	err = security_socket_connect(sock, (struct sockaddr *)&address, addrlen);
	return err ? err : sock->ops->connect(sock, (struct sockaddr *)&address, addrlen,
					      fd_file(f)->f_flags);
}

/* Our name (@peer 0) or the other side's. */
static int tell_name(int fd, int peer, struct sockaddr __user *uaddr, int __user *ulen)
{
	struct sockaddr_storage address = {};
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	err = peer ? security_socket_getpeername(sock) : security_socket_getsockname(sock);
	if (!err)
		err = sock->ops->getname(sock, (struct sockaddr *)&address, peer);
	return err < 0 ? err : move_addr_to_user(&address, err, uaddr, ulen);
}

SYSCALL_DEFINE3(getsockname, int, fd, struct sockaddr __user *, usockaddr,
		int __user *, usockaddr_len)
{
	return tell_name(fd, 0, usockaddr, usockaddr_len);
}

SYSCALL_DEFINE3(getpeername, int, fd, struct sockaddr __user *, usockaddr,
		int __user *, usockaddr_len)
{
	return tell_name(fd, 1, usockaddr, usockaddr_len);
}

SYSCALL_DEFINE2(shutdown, int, fd, int, how)
{
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	err = security_socket_shutdown(sock, how);
	return err ? err : sock->ops->shutdown(sock, how);
}

/* ---- options ---- */

SYSCALL_DEFINE5(setsockopt, int, fd, int, level, int, optname, char __user *, optval, int, optlen)
{
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	if (optlen < 0)
		return -EINVAL;
	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	err = security_socket_setsockopt(sock, level, optname);
	if (err)
		return err;
	if (level == SOL_SOCKET)
		return sock_setsockopt(sock, level, optname, optval, optlen);
	return sock->ops->setsockopt ?
	       sock->ops->setsockopt(sock, level, optname, optval, optlen) : -EOPNOTSUPP;
}

SYSCALL_DEFINE5(getsockopt, int, fd, int, level, int, optname, char __user *, optval,
		int __user *, optlen)
{
	CLASS(fd, f)(fd);
	struct socket *sock;
	int err;

	sock = socket_of_fd(f, &err);
	if (!sock)
		return err;
	err = security_socket_getsockopt(sock, level, optname);
	if (err)
		return err;
	if (level == SOL_SOCKET)
		return sock_getsockopt(sock, level, optname, optval, optlen);
	return sock->ops->getsockopt ?
	       sock->ops->getsockopt(sock, level, optname, optval, optlen) : -EOPNOTSUPP;
}
