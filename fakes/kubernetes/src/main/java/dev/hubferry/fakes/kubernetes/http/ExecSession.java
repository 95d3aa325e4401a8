package dev.hubferry.fakes.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;
import dev.hubferry.fakes.kubernetes.node.PipeThreads;
import dev.hubferry.fakes.kubernetes.node.PodAccess;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One command and its channels.
 *
 * <pre>
 *   0 stdin ──► process ──► 1 stdout, 2 stderr;  its end ──► 3 Status;  4 resize is ignored
 * </pre>
 *
 * stdin ends only with the whole connection: this protocol cannot close it alone.
 */
final class ExecSession implements Runnable {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;
    private static final int CHUNK = 32 * 1024;
    private static final int MOST_WAITING = 64;
    private static final byte[] END = new byte[0];

    private final ApiRequest request;
    private final String container;
    private final PodAccess pod;
    private final ChannelSocket socket;
    private final OptionalLong truncation;
    private final BlockingQueue<byte[]> input = new LinkedBlockingQueue<>();
    private Runnable resume = () -> {};

    /** @param truncation how many bytes of stdout the client gets at most */
    ExecSession(ApiRequest request, String container, PodAccess pod, ChannelSocket socket, OptionalLong truncation) {
        this.request = request;
        this.container = container;
        this.pod = pod;
        this.socket = socket;
        this.truncation = truncation;
    }

    /** Takes what the client sends; to be called on the connection's event loop. */
    void receiveFrom(ServerWebSocket source) {
        resume = source::resume;
        source.binaryMessageHandler(message -> {
            if (message.length() > 1 && message.getByte(0) == 0) {
                input.add(message.getBytes(1, message.length()));
                if (input.size() >= MOST_WAITING) {
                    source.pause();
                }
            }
        });
        source.closeHandler(ignored -> input.add(END));
    }

    @Override
    public void run() {
        socket.send(STDOUT, END);
        socket.send(STATUS, Json.bytes(outcome()));
        socket.close();
    }

    private ObjectNode outcome() {
        try {
            Process process = pod.exec(container, request.commands(), request.flag("tty"));
            PipeThreads.start("stdin-" + process.pid(), () -> feed(process.getOutputStream()));
            Thread errors = PipeThreads.start(
                    "stderr-" + process.pid(),
                    () -> pump(process.getErrorStream(), STDERR, request.flag("stderr"), Long.MAX_VALUE));
            pump(process.getInputStream(), STDOUT, request.flag("stdout"), truncation.orElse(Long.MAX_VALUE));
            errors.join();
            int code = process.waitFor();
            return code == 0 || truncation.isPresent() ? success() : exited(code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        } catch (IOException | RuntimeException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private void feed(OutputStream stdin) {
        try (stdin) {
            if (!request.flag("stdin")) {
                return;
            }
            for (byte[] bytes = input.take(); bytes != END; bytes = input.take()) {
                stdin.write(bytes);
                if (input.isEmpty()) {
                    stdin.flush();
                    resume.run();
                }
            }
        } catch (IOException e) {
            // the process reads no more, which is its own affair
            resume.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever is not delivered is read all the same, so that the process can go on. */
    private void pump(InputStream output, int channel, boolean wanted, long most) {
        byte[] buffer = new byte[CHUNK];
        long left = wanted ? most : 0;
        try (output) {
            for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                int delivered = (int) Math.min(n, left);
                left -= delivered;
                if (delivered > 0 && !socket.send(channel, buffer, delivered)) {
                    left = 0;
                }
            }
        } catch (IOException e) {
            socket.send(
                    STDERR,
                    Buffer.buffer("(output lost: " + e.getMessage() + ")").getBytes());
        }
    }

    private static ObjectNode success() {
        ObjectNode status = Json.object();
        status.putObject("metadata");
        return status.put("status", "Success");
    }

    private static ObjectNode exited(int code) {
        ObjectNode status = Json.object();
        status.putObject("metadata");
        status.put("status", "Failure")
                .put("message", "command terminated with non-zero exit code: exit status " + code)
                .put("reason", "NonZeroExitCode");
        status.putObject("details")
                .putArray("causes")
                .addObject()
                .put("reason", "ExitCode")
                .put("message", Integer.toString(code));
        return status;
    }

    /** The command could not be run at all. */
    private static ObjectNode failed(String why) {
        ObjectNode status = Json.object();
        status.putObject("metadata");
        return status.put("status", "Failure")
                .put("message", "Internal error occurred: error executing command in container: " + why)
                .put("reason", "InternalError")
                .put("code", 500);
    }
}
