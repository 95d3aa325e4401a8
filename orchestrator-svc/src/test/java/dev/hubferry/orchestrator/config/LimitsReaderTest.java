package dev.hubferry.orchestrator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hubferry.orchestrator.saga.engine.Slot;
import dev.hubferry.orchestrator.saga.engine.Slot.Kind;
import dev.hubferry.orchestrator.saga.queue.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsReaderTest {
    @Test
    void takesTheUsualLimitForWhatHasNoneOfItsOwn() {
        Limits limits = limits(Map.of("hubferry.limits.seeds-per-storage.of.nfs-old", "5"));
        assertThat(limits.of(new Slot(Kind.SEED, "nfs-old"))).isEqualTo(5);
        assertThat(limits.of(new Slot(Kind.SEED, "nfs-new"))).isEqualTo(2);
        assertThat(limits.of(new Slot(Kind.CLUSTER_CUTOVER, "old"))).isEqualTo(3);
    }

    @Test
    void countsTheZonesOfAnAccountAsOne() {
        Limits limits = limits(Map.of(
                "hubferry.limits.dns-accounts.company",
                "zone-1,zone-2",
                "hubferry.limits.cutovers-per-dns-account.of.company",
                "1"));
        Slot company = new Slot(Kind.DNS_CUTOVER, "company");
        assertThat(limits.pool(new Slot(Kind.DNS_CUTOVER, "zone-1"))).isEqualTo(company);
        assertThat(limits.of(company)).isEqualTo(1);
        assertThat(limits.pools())
                .extracting(Slot::key)
                .containsExactly(
                        "seed/nfs-new",
                        "seed/nfs-old",
                        "cluster-cutover/new",
                        "cluster-cutover/old",
                        "dns-cutover/company",
                        "dns-cutover/zone-3");
    }

    @Test
    void refusesALimitOfWhatIsNotThere() {
        assertThatThrownBy(() -> limits(Map.of("hubferry.limits.seeds-per-storage.of.nfs-odl", "5")))
                .hasMessage(
                        "hubferry.limits.seeds-per-storage.of names 'nfs-odl', which is none of [nfs-new, nfs-old]");
        assertThatThrownBy(() -> limits(Map.of(
                        "hubferry.limits.dns-accounts.company",
                        "zone-1",
                        "hubferry.limits.cutovers-per-dns-account.of.zone-1",
                        "5")))
                .hasMessageContaining("which is none of [company, zone-2, zone-3]");
    }

    @Test
    void refusesAZoneOfTwoAccounts() {
        assertThatThrownBy(() -> limits(Map.of(
                        "hubferry.limits.dns-accounts.company", "zone-1",
                        "hubferry.limits.dns-accounts.other", "zone-1")))
                .hasMessageContaining("which account");
        assertThatThrownBy(() -> limits(Map.of("hubferry.limits.dns-accounts.company", "zone-9")))
                .hasMessageContaining("'zone-9', which is none of");
    }

    @Test
    void refusesANegativeLimit() {
        assertThatThrownBy(() -> limits(Map.of("hubferry.limits.cutovers-per-cluster.usual", "-1")))
                .hasMessageContaining("the limit of cluster-cutover must be 0 or more");
    }

    private static Limits limits(Map<String, String> values) {
        ConnectionsConfig connections = DefaultsTest.read(
                ConnectionsConfig.class,
                Map.of(
                        "hubferry.connections.clusters", "old,new",
                        "hubferry.connections.storages", "nfs-old,nfs-new",
                        "hubferry.connections.zones", "zone-1,zone-2,zone-3"));
        return LimitsReader.read(DefaultsTest.read(LimitsConfig.class, values), connections);
    }
}
