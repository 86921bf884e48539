/* SPDX-License-Identifier: MIT */
/*
 * The hooks of the security modules: one row each, no include guard, read several times.
 *
 *	LSM_HOOKn(name, answer, type, argument, ...)	n arguments; int: 0 to permit, -errno
 *	LSM_VOIDn(name, type, argument, ...)		nothing to answer
 *
 * `answer` is what the hook says while no module has anything to say.
 *
 * <linux/security.h> makes security_<name>() of each row, to be called where the row's subject
 * happens; <linux/lsm_hooks.h> makes the type of each module's function; security/security.c the
 * lists. A row is added together with its first call.
 */

/* ---- capabilities, tracing ---- */
LSM_HOOK4(capable, 0, const struct cred *, cred, struct user_namespace *, ns, int, cap,
	  unsigned int, opts)
LSM_HOOK4(capget, 0, const struct task_struct *, target, kernel_cap_t *, effective,
	  kernel_cap_t *, inheritable, kernel_cap_t *, permitted)
LSM_HOOK5(capset, 0, struct cred *, new, const struct cred *, old,
	  const kernel_cap_t *, effective, const kernel_cap_t *, inheritable,
	  const kernel_cap_t *, permitted)
LSM_HOOK2(ptrace_access_check, 0, struct task_struct *, child, unsigned int, mode)
LSM_HOOK1(ptrace_traceme, 0, struct task_struct *, parent)
LSM_HOOK2(settime64, 0, const struct timespec64 *, ts, const struct timezone *, tz)

/* ---- credentials ---- */
LSM_HOOK3(cred_prepare, 0, struct cred *, new, const struct cred *, old, gfp_t, gfp)
LSM_VOID1(cred_free, struct cred *, cred)
LSM_HOOK3(task_fix_setuid, 0, struct cred *, new, const struct cred *, old, int, flags)
LSM_HOOK3(task_fix_setgid, 0, struct cred *, new, const struct cred *, old, int, flags)
LSM_HOOK2(task_fix_setgroups, 0, struct cred *, new, const struct cred *, old)

/* ---- signals ---- */
LSM_HOOK4(task_kill, 0, struct task_struct *, p, struct kernel_siginfo *, info, int, sig,
	  const struct cred *, cred)

/* ---- memory ---- */
LSM_HOOK2(vm_enough_memory, 0, struct mm_struct *, mm, long, pages)
LSM_HOOK1(mmap_addr, 0, unsigned long, addr)
LSM_HOOK4(mmap_file, 0, struct file *, file, unsigned long, reqprot, unsigned long, prot,
	  unsigned long, flags)
LSM_HOOK3(file_mprotect, 0, struct vm_area_struct *, vma, unsigned long, reqprot,
	  unsigned long, prot)

/* ---- super blocks and mounts ---- */
LSM_HOOK1(sb_alloc, 0, struct super_block *, sb)
LSM_VOID1(sb_free, struct super_block *, sb)
LSM_HOOK1(sb_kern_mount, 0, const struct super_block *, sb)
LSM_HOOK1(sb_statfs, 0, struct dentry *, dentry)
LSM_HOOK5(sb_mount, 0, const char *, dev_name, const struct path *, path, const char *, type,
	  unsigned long, flags, void *, data)
LSM_HOOK2(sb_umount, 0, struct vfsmount *, mnt, int, flags)
LSM_HOOK2(sb_pivotroot, 0, const struct path *, old_path, const struct path *, new_path)
LSM_HOOK2(move_mount, 0, const struct path *, from_path, const struct path *, to_path)

/* ---- paths ---- */
LSM_HOOK2(path_unlink, 0, const struct path *, dir, struct dentry *, dentry)
LSM_HOOK3(path_mkdir, 0, const struct path *, dir, struct dentry *, dentry, umode_t, mode)
LSM_HOOK2(path_rmdir, 0, const struct path *, dir, struct dentry *, dentry)
LSM_HOOK4(path_mknod, 0, const struct path *, dir, struct dentry *, dentry, umode_t, mode,
	  unsigned int, dev)
LSM_HOOK1(path_truncate, 0, const struct path *, path)
LSM_HOOK3(path_symlink, 0, const struct path *, dir, struct dentry *, dentry,
	  const char *, old_name)
LSM_HOOK3(path_link, 0, struct dentry *, old_dentry, const struct path *, new_dir,
	  struct dentry *, new_dentry)
LSM_HOOK5(path_rename, 0, const struct path *, old_dir, struct dentry *, old_dentry,
	  const struct path *, new_dir, struct dentry *, new_dentry, unsigned int, flags)
LSM_HOOK2(path_chmod, 0, const struct path *, path, umode_t, mode)
LSM_HOOK3(path_chown, 0, const struct path *, path, kuid_t, uid, kgid_t, gid)
LSM_HOOK1(path_chroot, 0, const struct path *, path)

/* ---- inodes ---- */
LSM_HOOK1(inode_alloc, 0, struct inode *, inode)
LSM_VOID1(inode_free, struct inode *, inode)
LSM_HOOK3(inode_create, 0, struct inode *, dir, struct dentry *, dentry, umode_t, mode)
LSM_HOOK3(inode_link, 0, struct dentry *, old_dentry, struct inode *, dir,
	  struct dentry *, new_dentry)
LSM_HOOK2(inode_unlink, 0, struct inode *, dir, struct dentry *, dentry)
LSM_HOOK3(inode_symlink, 0, struct inode *, dir, struct dentry *, dentry,
	  const char *, old_name)
LSM_HOOK3(inode_mkdir, 0, struct inode *, dir, struct dentry *, dentry, umode_t, mode)
LSM_HOOK2(inode_rmdir, 0, struct inode *, dir, struct dentry *, dentry)
LSM_HOOK4(inode_mknod, 0, struct inode *, dir, struct dentry *, dentry, umode_t, mode,
	  dev_t, dev)
LSM_HOOK4(inode_rename, 0, struct inode *, old_dir, struct dentry *, old_dentry,
	  struct inode *, new_dir, struct dentry *, new_dentry)
LSM_HOOK1(inode_readlink, 0, struct dentry *, dentry)
LSM_HOOK3(inode_follow_link, 0, struct dentry *, dentry, struct inode *, inode, bool, rcu)
LSM_HOOK2(inode_permission, 0, struct inode *, inode, int, mask)
LSM_HOOK3(inode_setattr, 0, struct mnt_idmap *, idmap, struct dentry *, dentry,
	  struct iattr *, attr)
LSM_HOOK1(inode_getattr, 0, const struct path *, path)
LSM_HOOK6(inode_setxattr, 0, struct mnt_idmap *, idmap, struct dentry *, dentry,
	  const char *, name, const void *, value, size_t, size, int, flags)
LSM_VOID5(inode_post_setxattr, struct dentry *, dentry, const char *, name,
	  const void *, value, size_t, size, int, flags)
LSM_HOOK2(inode_getxattr, 0, struct dentry *, dentry, const char *, name)
LSM_HOOK1(inode_listxattr, 0, struct dentry *, dentry)
LSM_HOOK3(inode_removexattr, 0, struct mnt_idmap *, idmap, struct dentry *, dentry,
	  const char *, name)
LSM_HOOK1(inode_need_killpriv, 0, struct dentry *, dentry)
LSM_HOOK2(inode_killpriv, 0, struct mnt_idmap *, idmap, struct dentry *, dentry)

/* ---- open files ---- */
LSM_HOOK1(file_alloc, 0, struct file *, file)
LSM_VOID1(file_release, struct file *, file)
LSM_VOID1(file_free, struct file *, file)
LSM_HOOK2(file_permission, 0, struct file *, file, int, mask)
LSM_HOOK1(syslog, 0, int, type)
LSM_HOOK3(file_ioctl, 0, struct file *, file, unsigned int, cmd, unsigned long, arg)
LSM_HOOK2(file_lock, 0, struct file *, file, unsigned int, cmd)
LSM_HOOK3(file_fcntl, 0, struct file *, file, unsigned int, cmd, unsigned long, arg)
LSM_VOID1(file_set_fowner, struct file *, file)
LSM_HOOK1(file_receive, 0, struct file *, file)
LSM_HOOK1(file_open, 0, struct file *, file)
LSM_HOOK1(file_truncate, 0, struct file *, file)

/* ---- tasks and programs ---- */
LSM_HOOK2(task_alloc, 0, struct task_struct *, task, unsigned long, clone_flags)
LSM_VOID1(task_free, struct task_struct *, task)
LSM_HOOK2(task_setpgid, 0, struct task_struct *, p, pid_t, pgid)
LSM_HOOK1(task_getpgid, 0, struct task_struct *, p)
LSM_HOOK1(task_getsid, 0, struct task_struct *, p)
LSM_HOOK2(task_setnice, 0, struct task_struct *, p, int, nice)
LSM_HOOK3(task_prlimit, 0, const struct cred *, cred, const struct cred *, tcred,
	  unsigned int, flags)
LSM_HOOK3(task_setrlimit, 0, struct task_struct *, p, unsigned int, resource,
	  struct rlimit *, new_rlim)
LSM_HOOK1(task_setscheduler, 0, struct task_struct *, p)
LSM_HOOK1(task_getscheduler, 0, struct task_struct *, p)
LSM_HOOK5(task_prctl, -ENOSYS, int, option, unsigned long, arg2, unsigned long, arg3,
	  unsigned long, arg4, unsigned long, arg5)
LSM_VOID2(task_to_inode, struct task_struct *, p, struct inode *, inode)
LSM_HOOK2(bprm_creds_from_file, 0, struct linux_binprm *, bprm, const struct file *, file)
LSM_HOOK1(bprm_creds_for_exec, 0, struct linux_binprm *, bprm)
LSM_HOOK1(bprm_check_security, 0, struct linux_binprm *, bprm)
LSM_VOID1(bprm_committing_creds, const struct linux_binprm *, bprm)
LSM_VOID1(bprm_committed_creds, const struct linux_binprm *, bprm)

/* ---- sockets ---- */
LSM_HOOK3(unix_stream_connect, 0, struct sock *, sock, struct sock *, other, struct sock *, newsk)
LSM_HOOK2(unix_may_send, 0, struct socket *, sock, struct socket *, other)
LSM_HOOK4(socket_create, 0, int, family, int, type, int, protocol, int, kern)
LSM_HOOK5(socket_post_create, 0, struct socket *, sock, int, family, int, type, int, protocol,
	  int, kern)
LSM_HOOK2(socket_socketpair, 0, struct socket *, socka, struct socket *, sockb)
LSM_HOOK3(socket_bind, 0, struct socket *, sock, struct sockaddr *, address, int, addrlen)
LSM_HOOK3(socket_connect, 0, struct socket *, sock, struct sockaddr *, address, int, addrlen)
LSM_HOOK2(socket_listen, 0, struct socket *, sock, int, backlog)
LSM_HOOK2(socket_accept, 0, struct socket *, sock, struct socket *, newsock)
LSM_HOOK3(socket_sendmsg, 0, struct socket *, sock, struct msghdr *, msg, int, size)
LSM_HOOK4(socket_recvmsg, 0, struct socket *, sock, struct msghdr *, msg, int, size, int, flags)
LSM_HOOK1(socket_getsockname, 0, struct socket *, sock)
LSM_HOOK1(socket_getpeername, 0, struct socket *, sock)
LSM_HOOK3(socket_getsockopt, 0, struct socket *, sock, int, level, int, optname)
LSM_HOOK3(socket_setsockopt, 0, struct socket *, sock, int, level, int, optname)
LSM_HOOK2(socket_shutdown, 0, struct socket *, sock, int, how)
LSM_HOOK3(sk_alloc_security, 0, struct sock *, sk, int, family, gfp_t, priority)
LSM_VOID1(sk_free_security, struct sock *, sk)

/* ---- System V IPC ---- */
LSM_HOOK2(ipc_permission, 0, struct kern_ipc_perm *, ipcp, short, flag)
LSM_HOOK1(msg_msg_alloc_security, 0, struct msg_msg *, msg)
LSM_VOID1(msg_msg_free_security, struct msg_msg *, msg)
LSM_HOOK1(msg_queue_alloc_security, 0, struct kern_ipc_perm *, perm)
LSM_VOID1(msg_queue_free_security, struct kern_ipc_perm *, perm)
LSM_HOOK2(msg_queue_associate, 0, struct kern_ipc_perm *, perm, int, msqflg)
LSM_HOOK2(msg_queue_msgctl, 0, struct kern_ipc_perm *, perm, int, cmd)
LSM_HOOK3(msg_queue_msgsnd, 0, struct kern_ipc_perm *, perm, struct msg_msg *, msg, int, msqflg)
LSM_HOOK5(msg_queue_msgrcv, 0, struct kern_ipc_perm *, perm, struct msg_msg *, msg,
	  struct task_struct *, target, long, type, int, mode)
LSM_HOOK1(shm_alloc_security, 0, struct kern_ipc_perm *, perm)
LSM_VOID1(shm_free_security, struct kern_ipc_perm *, perm)
LSM_HOOK2(shm_associate, 0, struct kern_ipc_perm *, perm, int, shmflg)
LSM_HOOK2(shm_shmctl, 0, struct kern_ipc_perm *, perm, int, cmd)
LSM_HOOK3(shm_shmat, 0, struct kern_ipc_perm *, perm, char __user *, shmaddr, int, shmflg)
LSM_HOOK1(sem_alloc_security, 0, struct kern_ipc_perm *, perm)
LSM_VOID1(sem_free_security, struct kern_ipc_perm *, perm)
LSM_HOOK2(sem_associate, 0, struct kern_ipc_perm *, perm, int, semflg)
LSM_HOOK2(sem_semctl, 0, struct kern_ipc_perm *, perm, int, cmd)
LSM_HOOK4(sem_semop, 0, struct kern_ipc_perm *, perm, struct sembuf *, sops, unsigned int, nsops,
	  int, alter)
