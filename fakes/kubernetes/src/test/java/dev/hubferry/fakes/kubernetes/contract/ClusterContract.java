package dev.hubferry.fakes.kubernetes.contract;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that Hubferry relies on in a cluster, one row each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterContract {

    private ClusterUnderTest cluster;

    /** The cluster, running; closed after the last row. */
    abstract ClusterUnderTest open() throws Exception;

    @BeforeAll
    void openCluster() throws Exception {
        cluster = open();
    }

    @AfterAll
    void closeCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static Stream<Behaviour> behaviours() {
        return Stream.of(
                        ObjectRows.all(),
                        AdmissionRows.all(),
                        SelectorRows.all(),
                        PatchRows.all(),
                        WatchRows.all(),
                        AccessRows.all(),
                        PodRows.all(),
                        ExecRows.all(),
                        WorkloadRows.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("behaviours")
    void holds(Behaviour behaviour) throws Exception {
        try {
            behaviour.check().against(new Bench(cluster));
        } catch (AssertionError e) {
            throw new AssertionError("a cluster " + behaviour + ", but: " + e.getMessage(), e);
        }
    }
}
