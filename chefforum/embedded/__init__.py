"""A Django database backend that brings its own PostgreSQL, so that a fresh clone needs no server.

    base        what Django sees: connecting starts the server
    server      the side of a process that uses the server: says so by a lock, and asks for a start
    keeper      the detached process that starts the server, and stops it some seconds after its last user
    binaries    which programs are run, and as whom
    locks       locks on files, which end with the process that holds them

Everything lies in one directory, HOME of the database's settings:

    data/       the database
    socket      the directory of the running server's socket, which is short, in /tmp, and open to its owner only
    server.log  what the server said since its last start; server.log.1 what it said before
    start.lock  exclusive: somebody is starting the server
    users.lock  shared: this process uses the server; exclusive: the keeper is stopping it
    keeper.lock exclusive: the keeper lives
    server.lock exclusive: the server, or a process that it left behind, lives

Nothing depends on process numbers, which another process may have by the time they are read.
"""
