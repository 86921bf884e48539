#: hello, arguments, exit status and a traceback
python3 -c 'import sys; print("hello", sys.argv[1:]); sys.exit(3)' a b; echo $?; python3 -c '1/0' 2>&1 | tail -n 1
#: threads with locks, events and queues
python3 - <<'E'
import threading, queue
q, done, n, lock = queue.Queue(), threading.Event(), 0, threading.Lock()
def work():
    global n
    while (x := q.get()) is not None:
        with lock:
            n += x
    done.set()
ts = [threading.Thread(target=work) for _ in range(8)]
[t.start() for t in ts]
[q.put(i) for i in range(1000)]
[q.put(None) for _ in ts]
[t.join() for t in ts]
print(n, done.is_set(), threading.active_count())
E
#: subprocess: output, input, errors, timeouts
python3 - <<'E'
import subprocess as s
print(s.run(["tr", "a-z", "A-Z"], input=b"text", capture_output=True).stdout)
print(s.run("exit 7", shell=True).returncode, s.run(["sh", "-c", "kill -9 $$"]).returncode)
try: s.run(["/no/such"])
except FileNotFoundError as e: print(e)
try: s.run(["sleep", "50"], timeout=0.3)
except s.TimeoutExpired: print("late")
p = s.Popen(["cat"], stdin=s.PIPE, stdout=s.PIPE); print(p.communicate(b"x" * 200000)[0] == b"x" * 200000)
E
#: multiprocessing: pool, queue, shared memory
python3 - <<'E'
import multiprocessing as m
def square(x): return x * x
def put(q, a):
    with a.get_lock(): a[0] += 1
    q.put(a[0] > 0)
if __name__ == "__main__":
    with m.Pool(4) as p: print(sum(p.map(square, range(100))))
    q, a = m.Queue(), m.Array("i", 1)
    ps = [m.Process(target=put, args=(q, a)) for _ in range(4)]
    [p.start() for p in ps]; [p.join() for p in ps]
    print([q.get() for _ in ps], a[0], [p.exitcode for p in ps])
E
#: signals, alarms and wake-ups
python3 - <<'E'
import signal, os, time
got = []
for s in (signal.SIGALRM, signal.SIGUSR1, signal.SIGRTMIN): signal.signal(s, lambda n, f: got.append(n))
# Again and again: the first alarm may come before pause() waits for it.
signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1); signal.pause(); signal.setitimer(signal.ITIMER_REAL, 0)
os.kill(os.getpid(), signal.SIGUSR1); os.kill(os.getpid(), signal.SIGRTMIN)
time.sleep(0.01); print(list(dict.fromkeys(int(g) for g in got)))
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2]); os.kill(os.getpid(), signal.SIGUSR2)
print(signal.sigpending(), signal.sigwait([signal.SIGUSR2]), signal.sigtimedwait([signal.SIGUSR2], 0))
E
#: files: mmap, seek, truncate, locks, stat
python3 - <<'E'
import mmap, os, fcntl
with open("f", "wb+") as f:
    f.truncate(8192); m = mmap.mmap(f.fileno(), 8192); m[5000:5003] = b"abc"; m.flush()
    f.seek(5000); print(f.read(3), m.find(b"c"), os.pread(f.fileno(), 2, 5001))
    fcntl.lockf(f, fcntl.LOCK_EX); pid = os.fork()
    if not pid:
        try: fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e: print(e, flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
print(os.stat("f").st_size, sorted(os.listdir(".")), os.path.realpath("f") == os.getcwd() + "/f")
try: open("/proc/nothing")
except OSError as e: print(e.errno, e.strerror)
E
#: select, poll and epoll agree
python3 - <<'E'
import select, os
r, w = os.pipe()
p, e = select.poll(), select.epoll()
p.register(r, select.POLLIN); e.register(r, select.EPOLLIN)
print(select.select([r], [w], [], 0)[0], p.poll(0), e.poll(0))
os.write(w, b"x")
print(select.select([r], [], [], 9)[0] == [r], p.poll(9) == [(r, select.POLLIN)], e.poll(9) == [(r, select.EPOLLIN)])
os.close(w); os.read(r, 9); print(p.poll(9)[0][1] == select.POLLHUP)
E
#: Unix sockets
python3 - <<'E'
import socket, os, threading, array
a, b = socket.socketpair(); a.send(b"hi"); print(b.recv(9)); a.close(); print(b.recv(9))
s = socket.socket(socket.AF_UNIX); s.bind("sock"); s.listen()
def client():
    c = socket.socket(socket.AF_UNIX); c.connect("sock"); c.sendall(b"x" * 100000); c.shutdown(socket.SHUT_WR); print(c.recv(9)); c.close()
t = threading.Thread(target=client); t.start(); c, _ = s.accept(); n = 0
while d := c.recv(65536): n += len(d)
print(n); c.send(b"done"); t.join()
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); r, w = os.pipe()
socket.send_fds(a, [b"fd"], [w]); m, fds, _, _ = socket.recv_fds(b, 9, 1); os.write(fds[0], b"through"); print(m, os.read(r, 9))
try: socket.socket(socket.AF_UNIX).connect("nothing")
except OSError as e: print(e)
E
#: asyncio with programs and timers
python3 - <<'E'
import asyncio
async def main():
    p = await asyncio.create_subprocess_exec("echo", "hi", stdout=asyncio.subprocess.PIPE)
    out, _ = await p.communicate(); print(out, p.returncode)
    print(await asyncio.gather(*(asyncio.sleep(0.01 * (5 - i), i) for i in range(5))))
    try: await asyncio.wait_for(asyncio.sleep(100), 0.05)
    except asyncio.TimeoutError: print("late")
asyncio.run(main())
E
#: a pty, its line discipline and window size
python3 - <<'E'
import os, pty, select, termios, struct, fcntl, tty, signal
pid, fd = pty.fork()
if not pid:
    # A signal that comes before select() waits has to end the wait, too: it leaves a byte in this pipe.
    r, w = os.pipe2(os.O_NONBLOCK); signal.set_wakeup_fd(w)
    # Not by print(), which it may come in the middle of.
    signal.signal(signal.SIGWINCH, lambda *a: os.write(1, b"winch %d\n" % os.get_terminal_size().columns))
    print(os.isatty(0), os.getsid(0) == os.getpid(), os.tcgetpgrp(0) == os.getpid(), flush=True)
    while True:
        if 0 not in select.select([0, r], [], [])[0]: os.read(r, 1)
        elif (line := input()) != "end": print("got", line, flush=True)
        else: os._exit(0)
out = b""
def until(line):
    global out
    while line + b"\r\n" not in out: out += os.read(fd, 1000)
until(b"True True True"); os.write(fd, b"ab\x7fc\n"); until(b"got ac"); os.write(fd, b"junk\x15ok\n"); until(b"got ok")
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("4H", 30, 99, 0, 0)); until(b"winch 99"); os.write(fd, b"end\n")
print(os.waitpid(pid, 0)[1], out.replace(b"\r\n", b"|"))
E
#: a terminal sends signals to who is in the foreground
python3 - <<'E'
import os, pty
def under(script, *keys):
    pid, fd = pty.fork()
    if not pid: os.execvp("sh", ["sh", "-c", script])
    out = b""
    for text, key in keys:
        while text not in out: out += os.read(fd, 1000)
        os.write(fd, key)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(under("echo ready; exec sleep 1000", (b"ready", b"\x03")), under("echo ready; exec sleep 1000", (b"ready", b"\x1c")))
print(under("trap 'echo int; exit 5' INT; echo ready; while :; do sleep 0.1; done", (b"ready", b"\x03"), (b"int", b"")))
print(under("stty -isig; echo ready; head -n 1 | od -c; exit 6", (b"ready", b"\x03\n"), (b"003", b"")))
E
#: tmpfs, random, time, resources
python3 - <<'E'
import os, time, resource, tempfile, random, uuid
print(len(os.urandom(1000)), len(os.getrandom(5)), uuid.uuid4().version, resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 100)
t = time.monotonic(); time.sleep(0.05); print(time.monotonic() - t >= 0.05, time.clock_getres(time.CLOCK_MONOTONIC), time.process_time() > 0)
with tempfile.TemporaryDirectory() as d: open(d + "/x", "w").write("y"); print(os.listdir(d))
fd = os.memfd_create("m"); os.write(fd, b"abc"); print(os.readlink(f"/proc/self/fd/{fd}"), os.sched_getaffinity(0) >= {0}, os.cpu_count())
E
#: copies inside the kernel
python3 - <<'E'
import os, shutil
open("a", "wb").write(os.urandom(300000)); shutil.copyfile("a", "b"); print(open("a", "rb").read() == open("b", "rb").read())
i, o = os.open("a", os.O_RDONLY), os.open("c", os.O_CREAT | os.O_RDWR); print(os.copy_file_range(i, o, 1000), os.sendfile(o, i, None, 500), os.fstat(o).st_size)
r, w = os.pipe(); print(os.splice(i, w, 100, offset_src=0), len(os.read(r, 1000)))
E
#: recursion, big memory and what happens without
python3 - <<'E'
import resource
b = bytearray(50_000_000); b[::4096] = b"x" * len(b[::4096]); print(len(b)); del b
resource.setrlimit(resource.RLIMIT_AS, (200_000_000,) * 2)
try: bytearray(500_000_000)
except MemoryError: print("no memory")
E
