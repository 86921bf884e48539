/* SPDX-License-Identifier: MIT */
#ifndef _CHECKSUM_IP6_H
#define _CHECKSUM_IP6_H

/* Sums of packets: the pseudo header of IPv6. */

#include <linux/in6.h>
#include <linux/types.h>
#include <asm/byteorder.h>
#include <asm/checksum.h>

/** csum_ipv6_magic - the check sum of a TCP or UDP packet over IPv6 whose bytes' sum is @sum */
__sum16 csum_ipv6_magic(const struct in6_addr *saddr, const struct in6_addr *daddr, __u32 len,
			__u8 proto, __wsum sum);

#endif /* _CHECKSUM_IP6_H */
