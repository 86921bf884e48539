// SPDX-License-Identifier: MIT
/*
 * Vector registers as register sets: the 512 bytes of FXSAVE, and the whole image of XSAVE.
 *
 * The kernel keeps the image in the standard format, which is what programs are to see. Two things
 * differ. XSAVE leaves out components in their initial state: what lies at their place is old, and
 * is shown as the initial state. And in FXSAVE's part 48 bytes are software's: the first word tells
 * a debugger which components the image has (XCR0).
 *
 * What is written is checked as a whole before any of it is taken: the processor refuses an image
 * with reserved bits, in the kernel.
 */

#include <asm/fpu/regset.h>

#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <asm/fpu/internal.h>
#include <asm/fpu/signal.h>
#include <asm/processor.h>
#include <asm/user.h>

#define FPU_CW_DEFAULT	0x37f

static_assert(sizeof(struct user_i387_struct) == sizeof(struct fxregs_state));

/** xstate_regset_size - bytes of the XSAVE image that a tracer sees; 0: there is none */
unsigned int xstate_regset_size(void)
{
	return fpu_sigframe_is_extended() ? fpu_kernel_size : 0;
}

int regset_xregset_fpregs_active(struct task_struct *target, const struct user_regset *regset)
{
	return target->thread.fpu.fpstate ? regset->n : 0;
}

int xstateregs_active(struct task_struct *target, const struct user_regset *regset)
{
	if (!fpu_sigframe_is_extended())
		return -ENODEV;
	return target->thread.fpu.fpstate ? regset->n : 0;
}

/* ---- reading ---- */

/* FXSAVE's part, with what isn't in use shown in its initial state. */
static void read_legacy(struct fxregs_state *fx, const union fpregs_state *image)
{
	u64 used = fpu_sigframe_is_extended() ? image->xsave.header.xfeatures :
						XFEATURE_MASK_FPSSE;

	memcpy(fx, &image->fxsave, sizeof(*fx));
	memset(fx->sw_reserved, 0, sizeof(fx->sw_reserved));
	memset(fx->padding, 0, sizeof(fx->padding));
	if (!(used & XFEATURE_MASK_FP)) {
		fx->cwd = FPU_CW_DEFAULT;
		fx->swd = 0;
		fx->twd = 0;
		fx->fop = 0;
		fx->rip = 0;
		fx->rdp = 0;
		memset(fx->st_space, 0, sizeof(fx->st_space));
	}
	if (!(used & XFEATURE_MASK_SSE))
		memset(fx->xmm_space, 0, sizeof(fx->xmm_space));
}

int xfpregs_get(struct task_struct *target, const struct user_regset *regset, struct membuf to)
{
	union fpregs_state *image = fpu_image_of(target);
	struct fxregs_state fx;

	(void)regset;
	if (!image)
		return -ENODEV;
	read_legacy(&fx, image);
	return membuf_write(&to, &fx, sizeof(fx));
}

/* The components behind the header, each at its place; between them zeroes. */
static void write_components(struct membuf *to, const union fpregs_state *image)
{
	unsigned int nr, offset, size, end = sizeof(struct xregs_state);
	u64 used = image->xsave.header.xfeatures & fpu_kernel_xfeatures;

	/* In the standard format a component with a higher number lies higher. */
	for (nr = XFEATURE_YMM; nr < XFEATURE_MAX; nr++) {
		if (!(fpu_kernel_xfeatures & (1ULL << nr)))
			continue;
		fpu_component_place(nr, &offset, &size);
		membuf_zero(to, offset - end);
		if (used & (1ULL << nr))
			membuf_write(to, (const u8 *)image + offset, size);
		else
			membuf_zero(to, size);
		end = offset + size;
	}
	membuf_zero(to, fpu_kernel_size - end);
}

/* @image, as programs are to see it. */
static void xstate_to_membuf(struct membuf *to, const union fpregs_state *image)
{
	struct xstate_header header = {
		.xfeatures = image->xsave.header.xfeatures & fpu_kernel_xfeatures,
	};
	struct fxregs_state fx;

	read_legacy(&fx, image);
	memcpy(&fx.sw_reserved[2 * USER_XSTATE_XCR0_WORD], &fpu_kernel_xfeatures,
	       sizeof(fpu_kernel_xfeatures));
	membuf_write(to, &fx, sizeof(fx));
	membuf_write(to, &header, sizeof(header));
	write_components(to, image);
}

int xstateregs_get(struct task_struct *target, const struct user_regset *regset,
		   struct membuf to)
{
	union fpregs_state *image = fpu_image_of(target);

	(void)regset;
	if (!image || !fpu_sigframe_is_extended())
		return -ENODEV;
	xstate_to_membuf(&to, image);
	return to.left;
}

/* ---- writing ---- */

int xfpregs_set(struct task_struct *target, const struct user_regset *regset, unsigned int pos,
		unsigned int count, const void *kbuf, const void __user *ubuf)
{
	union fpregs_state *image = fpu_image_of(target);
	struct fxregs_state fx;
	int ret;

	(void)regset;
	if (!image)
		return -ENODEV;
	if (pos || count != sizeof(fx))
		return -EINVAL;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, &fx, 0, -1);
	if (ret)
		return ret;
	if (fx.mxcsr & ~fpu_mxcsr_mask())
		return -EINVAL;
	memset(fx.sw_reserved, 0, sizeof(fx.sw_reserved));
	image->fxsave = fx;
	if (fpu_sigframe_is_extended())
		image->xsave.header.xfeatures |= XFEATURE_MASK_FPSSE;
	return 0;
}

int xstateregs_set(struct task_struct *target, const struct user_regset *regset,
		   unsigned int pos, unsigned int count, const void *kbuf,
		   const void __user *ubuf)
{
	union fpregs_state *image = fpu_image_of(target), *new;
	int ret;

	(void)regset;
	if (!image || !fpu_sigframe_is_extended())
		return -ENODEV;
	/* The parts depend on the header: all or nothing. */
	if (pos || count != fpu_kernel_size)
		return -EFAULT;
	new = kmalloc(fpu_kernel_size, GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, new, 0, -1);
	if (!ret && !fpu_image_is_valid(new))
		ret = -EINVAL;
	if (!ret) {
		memset(new->fxsave.sw_reserved, 0, sizeof(new->fxsave.sw_reserved));
		unsafe_memcpy(image, new, fpu_kernel_size, "both have fpu_kernel_size");
	}
	kfree(new);
	return ret;
}
