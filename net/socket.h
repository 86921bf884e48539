/* SPDX-License-Identifier: MIT */
#ifndef _NET_SOCKET_H
#define _NET_SOCKET_H

/* Shared by socket.c, calls.c and message.c. */

#include <linux/file.h>
#include <linux/net.h>

/* A descriptor's socket, for the length of a call. Return: NULL, *err: -EBADF, -ENOTSOCK. */
struct socket *socket_of_fd(struct fd f, int *err);

int move_addr_to_user(struct sockaddr_storage *kaddr, int klen, void __user *uaddr,
		      int __user *ulen);
int __sock_create(struct net *net, int family, int type, int proto, struct socket **res, int kern);
struct socket *sock_alloc_like(struct socket *sock);

/* read(2), write(2) and the like, as messages. */
ssize_t sock_read_iter(struct kiocb *iocb, struct iov_iter *to);
ssize_t sock_write_iter(struct kiocb *iocb, struct iov_iter *from);

#endif /* _NET_SOCKET_H */
