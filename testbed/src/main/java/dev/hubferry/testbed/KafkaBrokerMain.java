package dev.hubferry.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** Entry point of the broker's own process: formats its storage once, then runs Kafka. */
final class KafkaBrokerMain {
    private static final String CLUSTER_ID = "aHViZmVycnktdGVzdGJlZA";

    private KafkaBrokerMain() {}

    /** Arguments: the server.properties and its log directory. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        String properties = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            String[] format = {"format", "--cluster-id", CLUSTER_ID, "--config", properties};
            int code = StorageTool.execute(format, System.out);
            if (code != 0) {
                System.exit(code);
            }
        }
        Kafka.main(new String[] {properties});
    }
}
