; SPDX-License-Identifier: MIT
;
; Whole pages. rdi and rsi are page-aligned.

%include "asm/linkage.inc"

TEXT_SECTION

; void clear_page(void *page)
FUNC clear_page
	mov ecx, 4096 / 8
	xor eax, eax
	rep stosq
	ret
ENDFUNC clear_page

; void copy_page(void *to, void *from)
FUNC copy_page
	mov ecx, 4096 / 8
	rep movsq
	ret
ENDFUNC copy_page
