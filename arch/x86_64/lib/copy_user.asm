; SPDX-License-Identifier: MIT
;
; Copies between kernel and user memory, and clearing of user memory. Each returns the
; bytes that it could not do. A fault in the word-wise part continues byte by byte, so
; the number is exact. With ERMS all of it goes by bytes: then no word can straddle.

%include "asm/linkage.inc"

TEXT_SECTION

; unsigned long copy_user_generic(void *to, const void *from, unsigned long len)
FUNC copy_user_generic
	STAC
	mov rcx, rdx
	ALT_JMP copy_user_generic.bytes, X86_FEATURE_ERMS
	shr rcx, 3
	and edx, 7
.words:
	rep movsq
	mov ecx, edx
.bytes:
	rep movsb
.done:
	CLAC
	mov rax, rcx
	ret
.word_fault:
	; rcx words and rdx bytes are left, and nothing of the faulting word was copied.
	lea rcx, [rdx + rcx * 8]
	jmp .bytes
ENDFUNC copy_user_generic
	EXTABLE copy_user_generic.words, copy_user_generic.word_fault, EX_TYPE_UCOPY
	EXTABLE copy_user_generic.bytes, copy_user_generic.done, EX_TYPE_UCOPY

; unsigned long __clear_user(void __user *to, unsigned long len)
FUNC __clear_user
	STAC
	mov rcx, rsi
	xor eax, eax
	ALT_JMP __clear_user.bytes, X86_FEATURE_ERMS
	mov edx, esi
	shr rcx, 3
	and edx, 7
.words:
	rep stosq
	mov ecx, edx
.bytes:
	rep stosb
.done:
	CLAC
	mov rax, rcx
	ret
.word_fault:
	lea rcx, [rdx + rcx * 8]
	jmp .bytes
ENDFUNC __clear_user
	EXTABLE __clear_user.words, __clear_user.word_fault, EX_TYPE_UCOPY
	EXTABLE __clear_user.bytes, __clear_user.done, EX_TYPE_UCOPY
