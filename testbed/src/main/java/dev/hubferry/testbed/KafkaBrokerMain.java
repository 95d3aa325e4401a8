package dev.hubferry.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** Entry point of the broker's own process: formats its storage once, then runs Kafka. */
final class KafkaBrokerMain {
    private static final String CLUSTER_ID = "aHViZmVycnktdGVzdGJlZA";

    private KafkaBrokerMain() {}

    /** Arguments: the server.properties, its log directory, and a file with the first user, or nothing. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) throws IOException {
        String properties = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            List<String> format =
                    new ArrayList<>(List.of("format", "--cluster-id", CLUSTER_ID, "--config", properties));
            if (!arguments[2].isEmpty()) {
                format.addAll(List.of("--add-scram", Files.readString(Path.of(arguments[2]))));
            }
            int code = StorageTool.execute(format.toArray(String[]::new), System.out);
            if (code != 0) {
                System.exit(code);
            }
        }
        Kafka.main(new String[] {properties});
    }
}
