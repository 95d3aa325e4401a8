package dev.hubferry.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hubferry.contracts.Envelope;
import dev.hubferry.contracts.Failpoint;
import dev.hubferry.contracts.Require;
import dev.hubferry.messaging.EffectTable.Effect;
import dev.hubferry.messaging.InboxTable.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The journal of one run: it writes only while the command belongs to the run, by the word of the database. */
final class LeasedEffects implements EffectJournal {
    private static final int LONGEST_NAME = 200;

    private final Envelope command;
    private final String owner;
    private final RunId run;
    private final Transactions transactions;

    LeasedEffects(Envelope command, String owner, RunId run, Transactions transactions) {
        this.command = command;
        this.owner = owner;
        this.run = run;
        this.transactions = transactions;
    }

    @Override
    @Failpoint("effects.record")
    public String recordBefore(String effect, String beforeJson) {
        requireJson(beforeJson);
        Effect row = new Effect(command.migration(), requireName(effect), beforeJson, command.id(), run.epoch());
        return transactions.inTransaction(connection -> {
            requireHeld(connection);
            EffectTable.insert(connection, row);
            return EffectTable.find(connection, row.migration(), row.name())
                    .orElseThrow(() -> new IllegalStateException("the effect is gone again: " + effect));
        });
    }

    @Override
    public Optional<String> before(String effect) {
        return transactions.inTransaction(
                connection -> EffectTable.find(connection, command.migration(), requireName(effect)));
    }

    @Override
    @Failpoint("effects.forget")
    public void forget(String effect) {
        transactions.runInTransaction(connection -> {
            requireHeld(connection);
            EffectTable.delete(connection, command.migration(), requireName(effect));
        });
    }

    private void requireHeld(Connection connection) throws SQLException {
        if (!InboxTable.lockHeld(connection, owner, run)) {
            throw new LeaseLostException("another run has the command");
        }
    }

    private static String requireName(String effect) {
        Require.text(effect, "effect");
        if (effect.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("effect is longer than " + LONGEST_NAME + " characters: " + effect);
        }
        return effect;
    }

    private static void requireJson(String text) {
        try {
            var unused = WireJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            // Without the cause: a parser's message may repeat the text.
            throw new IllegalArgumentException("what was there before must be recorded as a JSON document");
        }
    }
}
