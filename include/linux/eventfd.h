/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_EVENTFD_H
#define _LINUX_EVENTFD_H

/* A counter in a file, for programs; kernel code adds to it by eventfd_signal(). */

#include <uapi/linux/eventfd.h>

struct eventfd_ctx;
struct file;

struct eventfd_ctx *eventfd_ctx_fdget(int fd);
struct eventfd_ctx *eventfd_ctx_fileget(struct file *file);
struct file *eventfd_fget(int fd);
void eventfd_ctx_put(struct eventfd_ctx *ctx);
void eventfd_signal(struct eventfd_ctx *ctx);

#endif /* _LINUX_EVENTFD_H */
