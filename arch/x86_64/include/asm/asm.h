/* SPDX-License-Identifier: MIT */
/* Small pieces that inline assembly is put together from. */
#ifndef _ASM_X86_ASM_H
#define _ASM_X86_ASM_H

#include <linux/stringify.h>
#include <asm/extable_fixup_types.h>

/*
 * A function call inside an asm statement needs a frame set up before it: an
 * operand on the stack pointer keeps the compiler from moving the statement
 * in front of the prologue.
 */
register unsigned long current_stack_pointer asm("rsp");
#define ASM_CALL_CONSTRAINT "+r" (current_stack_pointer)

/*
 * One exception-table row: where the fault may happen, where to go on, and
 * what to do on the way (see <asm/extable_fixup_types.h>). The addresses are
 * stored relative to the row.
 */
#define _ASM_EXTABLE_TYPE(from, to, type)			\
	" .pushsection __ex_table, \"a\"\n"			\
	" .balign 4\n"						\
	" .long (" #from ") - .\n"				\
	" .long (" #to ") - .\n"				\
	" .long " __stringify(type) "\n"			\
	" .popsection\n"

/*
 * The assembler knows only the text of an operand, "%ecx" say. Compare it with
 * the sixteen names to obtain the number under which the register is stored in
 * the row.
 */
#define _ASM_EXTABLE_TYPE_REG(from, to, type, reg)		\
	" .pushsection __ex_table, \"a\"\n"			\
	" .balign 4\n"						\
	" .long (" #from ") - .\n"				\
	" .long (" #to ") - .\n"				\
	" .set .Lextable_reg, -1\n"				\
	" .set .Lextable_nr, 0\n"				\
	" .irp name,eax,ecx,edx,ebx,esp,ebp,esi,edi,r8d,r9d,r10d,r11d,r12d,r13d,r14d,r15d\n" \
	" .ifc " #reg ",%%\\name\n"				\
	" .set .Lextable_reg, .Lextable_nr\n"			\
	" .endif\n"						\
	" .set .Lextable_nr, .Lextable_nr + 1\n"		\
	" .endr\n"						\
	" .if .Lextable_reg < 0\n"				\
	" .error \"extable: not a 32-bit register name\"\n"	\
	" .endif\n"						\
	" .long " __stringify(type) " | (.Lextable_reg << 8)\n"	\
	" .popsection\n"

#define _ASM_EXTABLE(from, to)		_ASM_EXTABLE_TYPE(from, to, EX_TYPE_DEFAULT)
#define _ASM_EXTABLE_UA(from, to)	_ASM_EXTABLE_TYPE(from, to, EX_TYPE_UACCESS)

#endif /* _ASM_X86_ASM_H */
