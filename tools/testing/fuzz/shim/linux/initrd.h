/* SPDX-License-Identifier: MIT */
extern phys_addr_t phys_initrd_start;
extern unsigned long phys_initrd_size;
