#: a C program made on the host, static and dynamic
/lectern-programs/hello-static a b; /lectern-programs/hello-dynamic a b; /lectern-programs/hello-pie x | head -n 1; /lib*/ld-linux*.so.* /lectern-programs/hello-dynamic by hand
#: what the loader says
LD_TRACE_LOADED_OBJECTS=1 /lectern-programs/hello-dynamic | sed 's/ (0x.*//;s/=> .*/=> file/;s,.*ld-linux.*,ld.so,' | sort; LD_DEBUG=statistics /lectern-programs/hello-dynamic 2>&1 >/dev/null | grep -c 'number of.* relocations'
#: C threads, a barrier and thread-local storage
/lectern-programs/threads
