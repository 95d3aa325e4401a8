package dev.hubferry.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private static final int MESSAGE = 1 << 20;

    private final ObjectMapper json = new ObjectMapper().registerModule(new Jdk8Module());

    @Test
    void takesTenThousandUsersInOneMessage() throws Exception {
        // Given
        List<UserReceipt> rows = rows(10_000);
        Receipt receipt = new Receipt(
                10_000, 1, 1, 1, "ab", OptionalLong.of(1), OptionalLong.of(2), Optional.of(UserReceipts.pack(rows)));
        // When
        byte[] message = json.writeValueAsBytes(new StorageReply.HomesVerified(receipt));
        // Then
        assertThat(message).hasSizeLessThan(MESSAGE * 4 / 5);
        Receipt read = json.readValue(message, StorageReply.HomesVerified.class).receipt();
        assertThat(read).isEqualTo(receipt);
        assertThat(read.perUser().orElseThrow().rows().equals(rows)).isTrue();
    }

    @Test
    void listsAsManyUsersAsFit() {
        // Given
        List<UserReceipt> rows = rows(40_000);
        // When
        UserReceipts packed = UserReceipts.pack(rows);
        // Then
        assertThat(packed.packed()).hasSizeLessThanOrEqualTo(800_000);
        assertThat(packed.listed()).isBetween(10_000L, 39_999L);
        assertThat(packed.rows().equals(rows.subList(0, (int) packed.listed()))).isTrue();
    }

    @Test
    void takesNamesAsTheyAre() {
        // Given
        List<UserReceipt> rows = List.of(
                new UserReceipt(" ", 1, 0, 0, "ab"),
                new UserReceipt("jo s\u00e9 \u2028 x", 1, 0, 0, "ab"),
                new UserReceipt("a".repeat(255), 1, 0, 0, "ab"));
        // When, Then
        assertThat(UserReceipts.pack(rows).rows()).isEqualTo(rows);
        assertThat(UserReceipts.pack(List.of()).rows()).isEmpty();
    }

    @Test
    void readsAndWritesReceiptsAsEarlierVersionsHaveThem() throws Exception {
        // Given
        String earlier = "{\"users\":1,\"entries\":2,\"bytes\":3,\"filesHashed\":4,\"rootHash\":\"ab\"}";
        // When
        Receipt receipt = json.readValue(earlier, Receipt.class);
        // Then
        assertThat(receipt).isEqualTo(new Receipt(1, 2, 3, 4, "ab"));
        assertThat(json.writeValueAsString(receipt)).isEqualTo(earlier);
    }

    private static List<UserReceipt> rows(int number) {
        List<UserReceipt> rows = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            long spread = i * 2_654_435_761L % 1_000_003;
            rows.add(new UserReceipt(
                    "student-%06d".formatted(i), spread % 90_000, spread % 70_000, spread * 1_000_003, hash(i)));
        }
        return rows;
    }

    private static String hash(int i) {
        try {
            byte[] text = String.valueOf(i).getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
