// SPDX-License-Identifier: MIT
/*
 * Vector registers in signal frames.
 *
 * The image in a frame is what xsave would write there, in the standard format, with two magic
 * words around what FXSAVE doesn't have: a program that only knows FXSAVE finds its 512 bytes, one
 * that knows more learns from the words how much there is.
 *
 * Both ways go through the task's own image in the kernel (struct fpstate): registers -> image ->
 * frame, and frame -> image, which the return to user mode loads. What comes from a program is
 * checked before: the processor refuses an image with reserved bits, in the kernel.
 */

#include <asm/fpu/signal.h>

#include <linux/build_bug.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include <asm/fpu/internal.h>
#include <asm/sigcontext.h>
#include <asm/siginfo.h>
#include <asm/trapnr.h>

static_assert(sizeof(struct _fpx_sw_bytes) == sizeof(((struct fxregs_state *)0)->sw_reserved));

#define FX_MIN_XSTATE	(sizeof(struct fxregs_state) + sizeof(struct xstate_header))

/** fpu_sigframe_is_extended - does the image have more than FXSAVE's 512 bytes? */
bool fpu_sigframe_is_extended(void)
{
	return fpu_kernel_size > sizeof(struct fxregs_state);
}

/** fpu_sigframe_size - bytes of the image with its last magic word */
unsigned long fpu_sigframe_size(void)
{
	return fpu_kernel_size + (fpu_sigframe_is_extended() ? FP_XSTATE_MAGIC2_SIZE : 0);
}

/* --- To the frame --------------------------------------------------------------------------- */

/*
 * A component in its initial state isn't written by xsaveopt: its place in the image holds what was
 * there before. A handler that looks at xmm0 shall find zero then.
 */
static void fill_in_initial_state(struct xregs_state *x)
{
	u64 missing = fpu_kernel_xfeatures & ~x->header.xfeatures;
	unsigned int i, size, offset;

	if (missing & XFEATURE_MASK_FP) {
		x->i387.cwd = 0x37f;
		x->i387.swd = 0;
		x->i387.twd = 0;
		x->i387.fop = 0;
		x->i387.rip = 0;
		x->i387.rdp = 0;
		memset(x->i387.st_space, 0, sizeof(x->i387.st_space));
	}
	if (missing & XFEATURE_MASK_SSE)
		memset(x->i387.xmm_space, 0, sizeof(x->i387.xmm_space));
	for (i = XFEATURE_YMM; i < XFEATURE_MAX; i++) {
		if (!(missing & (1ULL << i)))
			continue;
		fpu_component_place(i, &offset, &size);
		memset((u8 *)x + offset, 0, size);
	}
	/* These two are valid now, and programs don't look whether they are. */
	x->header.xfeatures |= XFEATURE_MASK_FPSSE;
}

static void write_sw_bytes(struct fxregs_state *fx)
{
	struct _fpx_sw_bytes *sw = (struct _fpx_sw_bytes *)fx->sw_reserved;

	memset(sw, 0, sizeof(*sw));
	sw->magic1 = FP_XSTATE_MAGIC1;
	sw->extended_size = fpu_sigframe_size();
	sw->xfeatures = fpu_kernel_xfeatures;
	sw->xstate_size = fpu_kernel_size;
}

/**
 * fpu_save_to_sigframe - the task's registers, into a frame; the handler starts with initial ones
 * @buf: 64-byte aligned, of fpu_sigframe_size() bytes
 *
 * Return: 0; -EFAULT, then the registers are as they were.
 */
int fpu_save_to_sigframe(void __user *buf)
{
	union fpregs_state *image = fpu_image_begin();

	if (!image)
		return 0;
	if (!fpu_sigframe_is_extended()) {
		if (copy_to_user(buf, &image->fxsave, sizeof(image->fxsave)))
			return -EFAULT;
		fpu_image_reset();
		return 0;
	}
	fill_in_initial_state(&image->xsave);
	write_sw_bytes(&image->fxsave);
	if (copy_to_user(buf, image, fpu_kernel_size) ||
	    put_user(FP_XSTATE_MAGIC2, (u32 __user *)(buf + fpu_kernel_size)))
		return -EFAULT;
	fpu_image_reset();
	return 0;
}

/* --- And back --------------------------------------------------------------------------------- */

/* Do the magic words say that there is an extended image, no larger than ours? */
static bool find_extended(void __user *buf, struct _fpx_sw_bytes *sw)
{
	u32 magic2;

	if (!fpu_sigframe_is_extended() || sw->magic1 != FP_XSTATE_MAGIC1 ||
	    sw->xstate_size < FX_MIN_XSTATE || sw->xstate_size > fpu_kernel_size ||
	    sw->xstate_size > sw->extended_size)
		return false;
	return !get_user(magic2, (u32 __user *)(buf + sw->xstate_size)) &&
	       magic2 == FP_XSTATE_MAGIC2;
}

/**
 * fpu_image_is_valid - would the processor take it?
 * @image: of fpu_kernel_size bytes
 */
bool fpu_image_is_valid(const union fpregs_state *image)
{
	const struct xstate_header *hdr = &image->xsave.header;
	unsigned int i;

	if (image->fxsave.mxcsr & ~fpu_mxcsr_mask())
		return false;
	if (!fpu_sigframe_is_extended())
		return true;
	if (hdr->xcomp_bv || (hdr->xfeatures & ~fpu_kernel_xfeatures))
		return false;
	for (i = 0; i < ARRAY_SIZE(hdr->reserved); i++) {
		if (hdr->reserved[i])
			return false;
	}
	return true;
}

static int read_image(union fpregs_state *image, void __user *buf)
{
	struct _fpx_sw_bytes sw;

	memset(image, 0, fpu_kernel_size);
	if (copy_from_user(&image->fxsave, buf, sizeof(image->fxsave)))
		return -EFAULT;
	memcpy(&sw, image->fxsave.sw_reserved, sizeof(sw));
	memset(image->fxsave.sw_reserved, 0, sizeof(image->fxsave.sw_reserved));
	if (!fpu_sigframe_is_extended())
		return 0;
	if (!find_extended(buf, &sw)) {
		/* An old program's frame: the rest gets its initial state. */
		image->xsave.header.xfeatures = XFEATURE_MASK_FPSSE;
		return 0;
	}
	if (copy_from_user((u8 *)image + sizeof(image->fxsave), buf + sizeof(image->fxsave),
			   sw.xstate_size - sizeof(image->fxsave)))
		return -EFAULT;
	/* What the handler has taken out of the list it doesn't want restored. */
	if (image->xsave.header.xfeatures & ~fpu_kernel_xfeatures)
		return -EINVAL;
	image->xsave.header.xfeatures &= sw.xfeatures;
	return 0;
}

/**
 * fpu_restore_from_sigframe - the task's registers, from a frame
 * @buf: the image; NULL for initial registers
 *
 * Return: 0; -EFAULT or -EINVAL, then the registers are initial.
 */
int fpu_restore_from_sigframe(void __user *buf)
{
	union fpregs_state *image = fpu_image_begin();
	int ret = 0;

	if (!image)
		return 0;
	if (!buf) {
		fpu_image_reset();
		return 0;
	}
	ret = read_image(image, buf);
	if (!ret && !fpu_image_is_valid(image))
		ret = -EINVAL;
	if (ret)
		fpu_image_reset();
	return ret;
}

/* --- Exceptions ------------------------------------------------------------------------------- */

/**
 * fpu_exception_code - why did the floating-point unit trap?
 * @trapnr: X86_TRAP_MF or X86_TRAP_XF
 *
 * Return: the FPE_* code; 0 if no exception that isn't masked is there (any more).
 */
int fpu_exception_code(int trapnr)
{
	union fpregs_state *image = fpu_image_begin();
	unsigned int raised;

	if (!image)
		return 0;
	if (trapnr == X86_TRAP_MF)
		raised = image->fxsave.swd & ~image->fxsave.cwd;
	else
		raised = image->fxsave.mxcsr & ~(image->fxsave.mxcsr >> 7);
	if (raised & 0x01)
		return FPE_FLTINV;
	if (raised & 0x04)
		return FPE_FLTDIV;
	if (raised & 0x08)
		return FPE_FLTOVF;
	if (raised & 0x12)
		return FPE_FLTUND;
	return raised & 0x20 ? FPE_FLTRES : 0;
}
