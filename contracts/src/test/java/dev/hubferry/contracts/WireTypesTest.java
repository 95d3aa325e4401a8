package dev.hubferry.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WireTypesTest {
    @Test
    void everyWireNameIsLogicalAndVersioned() {
        assertThat(WireTypes.all().keySet()).allMatch(name -> name.matches("[a-z0-9]+\\.[a-z0-9-]+\\.v[1-9][0-9]*"));
    }

    @Test
    void everyCommandsNameBeginsWithItsParticipant() {
        WireTypes.all().forEach((name, type) -> {
            if (StorageCommand.class.isAssignableFrom(type)) {
                assertThat(name).startsWith(Participant.STORAGE.wireName() + ".");
            } else if (K8sCommand.class.isAssignableFrom(type)) {
                assertThat(name).startsWith(Participant.K8S.wireName() + ".");
            } else if (DbCommand.class.isAssignableFrom(type)) {
                assertThat(name).startsWith(Participant.DB.wireName() + ".");
            } else if (DnsCommand.class.isAssignableFrom(type)) {
                assertThat(name).startsWith(Participant.DNS.wireName() + ".");
            }
        });
    }

    @Test
    void findsARecordByItsWireName() {
        assertThat(WireTypes.find("dns.switch-record.v1")).contains(DnsCommand.SwitchRecord.class);
        assertThat(WireTypes.find("dns.switch-record.v9")).isEmpty();
    }

    @Test
    void aMessageRefusesAnEnvelopeOfAnotherType() {
        // Given
        Envelope envelope = new Envelope(
                new MessageId("m"),
                "/hubferry/test",
                "hubferry.progress.v1",
                Instant.EPOCH,
                new MigrationId("m1"),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());

        // When // Then
        assertThatThrownBy(() -> new Message<>(envelope, Rejected.of(ErrorCode.CANCELLED, "withdrawn")))
                .hasMessageContaining("hubferry.progress.v1")
                .hasMessageContaining("hubferry.rejected.v1");
    }
}
