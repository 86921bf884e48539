/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KBUILD_H
#define _LINUX_KBUILD_H

/*
 * Lines for asm-offsets.c: the compiler writes them into its assembly output as
 * "->NAME value", and tools/build/asm_offsets.py makes headers for gas and nasm of it.
 */
#define DEFINE(sym, val)						\
	asm volatile("\n.ascii \"->" #sym " %0 " #val "\"" : : "i"(val))
#define BLANK()		asm volatile("\n.ascii \"->\"" : :)
#define OFFSET(sym, str, mem)	DEFINE(sym, offsetof(struct str, mem))
#define COMMENT(x)	asm volatile("\n.ascii \"->#" #x "\"")

#endif /* _LINUX_KBUILD_H */
