package dev.hubferry.orchestrator.api.limit;

import dev.hubferry.orchestrator.api.problem.ProblemException;
import dev.hubferry.orchestrator.api.problem.Problems;
import dev.hubferry.orchestrator.config.RatesConfig;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the event streams that each caller holds open. */
@Singleton
public class OpenStreams {
    private final int most;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    OpenStreams(RatesConfig config) {
        this.most = config.streams();
    }

    /** One more, until it is closed. */
    public interface Stream extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException 429 when the caller has as many as it may */
    public Stream open(String caller) {
        open.merge(caller, 1, (had, one) -> {
            if (had >= most) {
                throw new ProblemException(Problems.tooManyStreams(caller, most));
            }
            return had + one;
        });
        return () -> open.computeIfPresent(caller, (_, had) -> had == 1 ? null : had - 1);
    }
}
