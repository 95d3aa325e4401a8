package dev.hubferry.k8s.adapter.tracing;

import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.k8s.domain.cluster.FrontDoor;
import dev.hubferry.k8s.domain.cluster.IngressPlace;
import dev.hubferry.trace.Traces;
import java.util.Map;

/** Tells each knock at a hub's door as a part of the command that asks for it. */
public final class TracedFrontDoor implements FrontDoor {
    private final FrontDoor door;
    private final Traces traces;

    public TracedFrontDoor(FrontDoor door, Traces traces) {
        this.door = door;
        this.traces = traces;
    }

    @Override
    public Answer get(IngressPlace place, IngressAddress address, String host, String path) {
        try (Traces.Call call = traces.call("GET front-door", Map.of())) {
            Answer answer = door.get(place, address, host, path);
            switch (answer) {
                case Answer.Status status -> call.say("http.response.status_code", status.status());
                case Answer.Nothing _ -> call.failed("NO_ANSWER");
            }
            return answer;
        }
    }
}
