package dev.hubferry.sandbox.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.sandbox.world.SandboxWorld;
import dev.hubferry.sandbox.world.WorldHosts;
import dev.hubferry.sandbox.world.WorldZone;

/** The spec that moves a sandbox's hub. */
public final class DemoSpec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoSpec() {}

    /** A spec with short waits, as a JSON object. */
    public static ObjectNode of(SandboxWorld world) {
        ObjectNode spec = JSON.createObjectNode().put("name", "the sandbox's hub");
        spec.set("source", hub(SandboxWorld.OLD));
        spec.set("target", hub(SandboxWorld.NEW));
        ObjectNode homes = spec.putObject("homes");
        homes.set("source", homes(WorldHosts.OLD, world.hubs().oldHomes().toString()));
        homes.set("target", homes(WorldHosts.NEW, world.hubs().newHomes().toString()));
        homes.put("existing", "REFUSE");
        // The new hub's first start made its admin, who is no user of the old one.
        spec.putObject("database").putArray("consents").add("REPLACE_TARGET_USERS");
        spec.putObject("dns")
                .put("zone", WorldZone.CONNECTION)
                .put("name", WorldZone.HUB)
                .put("cutoverTtl", "PT1S");
        spec.put("soak", "PT2S");
        return spec;
    }

    /** The same with what makes the migration wait at a row at which it is to turn round. */
    public static ObjectNode turningAt(ObjectNode spec, String row) {
        if (row.equals("cutover-window")) {
            spec.putObject("cutover").put("start", "9999-01-01T00:00:00Z");
        }
        return spec;
    }

    private static ObjectNode hub(String cluster) {
        return JSON.createObjectNode().put("cluster", cluster).put("namespace", SandboxWorld.HUB);
    }

    private static ObjectNode homes(String storage, String path) {
        return JSON.createObjectNode().put("storage", storage).put("path", path);
    }
}
