/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_EVENTPOLL_H
#define _UAPI_ASM_GENERIC_EVENTPOLL_H

/* struct epoll_event has its natural alignment: 16 bytes, 4 of them padding. */
#define EPOLL_PACKED

#endif /* _UAPI_ASM_GENERIC_EVENTPOLL_H */
