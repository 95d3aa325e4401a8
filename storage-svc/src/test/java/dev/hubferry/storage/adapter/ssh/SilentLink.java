package dev.hubferry.storage.adapter.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A link to a server that can go dead without a word: connections stay, and nothing gets through. */
final class SilentLink implements AutoCloseable {
    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final List<Socket> sockets = new ArrayList<>();
    private volatile boolean dead;

    SilentLink(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on connections that are there carry nothing; new ones do. */
    synchronized void goDead() {
        dead = true;
    }

    synchronized void comeBack() {
        dead = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket back = new Socket(server.getAddress(), server.getPort());
                synchronized (this) {
                    sockets.add(client);
                    sockets.add(back);
                }
                Thread.ofVirtual().start(() -> carry(client, back));
                Thread.ofVirtual().start(() -> carry(back, client));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!dead) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // One side has hung up.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
