package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.trace.Traces;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Tells each command on a host as a part of the command that asks for it: by its name, never by its arguments. */
final class TracedShell implements RemoteShell {
    private final RemoteShell shell;
    private final String connection;
    private final Traces traces;

    /** @param connection the storage server's name in specs */
    TracedShell(RemoteShell shell, String connection, Traces traces) {
        this.shell = shell;
        this.connection = connection;
        this.traces = traces;
    }

    @Override
    public String label() {
        return shell.label();
    }

    @Override
    public RemoteProcess start(HostCommand command) throws InterruptedException {
        Traces.Call call = traces.call("ssh " + command.name(), Map.of("hubferry.connection", connection));
        boolean started = false;
        try {
            RemoteProcess process = new TracedProcess(shell.start(command), call);
            started = true;
            return process;
        } catch (Refusal e) {
            call.failed(e.rejected().code().name());
            throw e;
        } finally {
            if (!started) {
                call.close();
            }
        }
    }

    /** Told when it is closed: until then somebody may read what it says. */
    private record TracedProcess(RemoteProcess process, Traces.Call call) implements RemoteProcess {
        @Override
        public OutputStream stdin() {
            return process.stdin();
        }

        @Override
        public InputStream stdout() {
            return process.stdout();
        }

        @Override
        public byte[] read(int limit) throws InterruptedException {
            try {
                return process.read(limit);
            } catch (Refusal e) {
                call.failed(e.rejected().code().name());
                throw e;
            }
        }

        @Override
        public HostResult await(byte[] output) throws InterruptedException {
            try {
                HostResult result = process.await(output);
                call.say("hubferry.exit_code", result.exit());
                if (result.exit() != 0) {
                    call.failed("exit " + result.exit());
                }
                return result;
            } catch (Refusal e) {
                call.failed(e.rejected().code().name());
                throw e;
            }
        }

        @Override
        public RuntimeException lost(Exception cause) throws InterruptedException {
            RuntimeException lost = process.lost(cause);
            call.failed(
                    lost instanceof Refusal refusal ? refusal.rejected().code().name() : "LOST");
            return lost;
        }

        @Override
        public void close() {
            process.close();
            call.close();
        }
    }
}
