package dev.hubferry.storage.adapter.ssh;

import java.io.IOException;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;

/**
 * Sends at once what it has to say. Commands are many small packets, and by default each waits until the host has confirmed the one
 * before, for which hosts take 40 ms: with a dozen commands in a pass that is half a second.
 */
final class SshjClient extends SSHClient {
    SshjClient(Config config) {
        super(config);
    }

    @Override
    protected void onConnect() throws IOException {
        getSocket().setTcpNoDelay(true);
        super.onConnect();
    }
}
