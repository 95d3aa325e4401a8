package dev.hubferry.dns.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hubferry.dns.domain.ChangeJournal;
import dev.hubferry.dns.domain.DomainName;
import dev.hubferry.messaging.EffectJournal;
import dev.hubferry.messaging.WireJson;
import java.time.Instant;
import java.util.Optional;

/**
 * Changes of a zone in the effect journal, as JSON.
 *
 * <pre>
 *   ttl:hub.example.org           Entry      until the time to live is restored
 *   record:hub.example.org        Entry      until the record is switched back
 *   propagated:hub.example.org    Instant    since all name servers serve the switched record
 * </pre>
 */
final class EffectChangeJournal implements ChangeJournal {

    private final EffectJournal effects;

    EffectChangeJournal(EffectJournal effects) {
        this.effects = effects;
    }

    @Override
    public Optional<Entry> find(Change change, DomainName name) {
        return effects.before(effect(change, name)).map(json -> read(json, Entry.class));
    }

    @Override
    public void record(Change change, DomainName name, Entry entry) {
        // The effect journal keeps the first document, and here the last one is wanted.
        effects.forget(effect(change, name));
        effects.recordBefore(effect(change, name), write(entry));
    }

    @Override
    public void forget(Change change, DomainName name) {
        effects.forget(effect(change, name));
    }

    @Override
    public Instant propagated(DomainName name, Instant now) {
        return read(effects.recordBefore("propagated:" + name, write(now)), Instant.class);
    }

    @Override
    public void forgetPropagated(DomainName name) {
        effects.forget("propagated:" + name);
    }

    private static String effect(Change change, DomainName name) {
        return switch (change) {
            case LOWERED_TTL -> "ttl:" + name;
            case SWITCHED_RECORD -> "record:" + name;
        };
    }

    private static String write(Object document) {
        try {
            return WireJson.mapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write " + document.getClass().getSimpleName(), e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return WireJson.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the effect journal holds something that is no " + type.getSimpleName(), e);
        }
    }
}
