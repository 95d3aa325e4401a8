package dev.hubferry.dns.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.contracts.DnsCommand.CheckZone;
import dev.hubferry.contracts.DnsCommand.LowerTtl;
import dev.hubferry.contracts.DnsCommand.RestoreTtl;
import dev.hubferry.contracts.DnsCommand.SwitchRecord;
import dev.hubferry.contracts.IngressAddress;
import dev.hubferry.dns.domain.ManagedZones;
import dev.hubferry.messaging.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DnsCommandHandlerTest {

    private static final IngressAddress OLD = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.1");
    private static final IngressAddress NEW = new IngressAddress(IngressAddress.Kind.IPV4, "192.0.2.2");

    private final DnsCommandHandler handler = new DnsCommandHandler(new ManagedZones(Map.of()));

    @Test
    void letsNoHubWaitForAnotherNameOfItsZone() {
        // Given, When
        String lowering = handler.exclusiveKey(new LowerTtl("zone", "a.example.org", OLD, Duration.ofSeconds(60)));
        String switching = handler.exclusiveKey(new SwitchRecord("zone", "b.example.org", OLD, NEW));
        // Then
        assertThat(lowering).isNotEqualTo(switching);
    }

    @Test
    void readsAndWritesAChecksExpectedAddress() throws Exception {
        // Given
        CheckZone any = new CheckZone("zone", "a.example.org");
        CheckZone only = new CheckZone("zone", "a.example.org", Optional.of(OLD));
        // When, Then
        assertThat(WireJson.mapper().readValue("{\"zone\":\"zone\",\"name\":\"a.example.org\"}", CheckZone.class))
                .isEqualTo(any);
        for (CheckZone check : List.of(any, only)) {
            assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(check), CheckZone.class))
                    .isEqualTo(check);
        }
    }

    @Test
    void keepsTheCommandsOfOneNameInOrder() {
        // Given, When
        String lowering = handler.exclusiveKey(new LowerTtl("zone", "a.example.org", OLD, Duration.ofSeconds(60)));
        String restoring = handler.exclusiveKey(new RestoreTtl("zone", "a.example.org"));
        // Then
        assertThat(lowering).isEqualTo(restoring);
    }
}
