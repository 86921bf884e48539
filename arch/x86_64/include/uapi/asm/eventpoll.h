/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_EVENTPOLL_H
#define _UAPI_ASM_EVENTPOLL_H

/* As on 32 bits, so that one layout serves both: 12 bytes. */
#define EPOLL_PACKED	__attribute__((packed))

#endif /* _UAPI_ASM_EVENTPOLL_H */
