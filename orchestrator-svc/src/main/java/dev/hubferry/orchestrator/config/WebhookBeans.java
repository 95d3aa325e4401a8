package dev.hubferry.orchestrator.config;

import dev.hubferry.messaging.MessagingConfig;
import dev.hubferry.messaging.Transactions;
import dev.hubferry.orchestrator.adapter.http.HostResolver;
import dev.hubferry.orchestrator.adapter.http.HttpWebhookSender;
import dev.hubferry.orchestrator.adapter.postgres.PostgresWebhookStore;
import dev.hubferry.orchestrator.webhook.Delivering;
import dev.hubferry.orchestrator.webhook.KeepLoop;
import dev.hubferry.orchestrator.webhook.RetryTimes;
import dev.hubferry.orchestrator.webhook.Webhook;
import dev.hubferry.orchestrator.webhook.WebhookLoop;
import dev.hubferry.orchestrator.webhook.WebhookSender;
import dev.hubferry.orchestrator.webhook.WebhookStore;
import dev.hubferry.orchestrator.webhook.Webhooks;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Puts the parts of webhooks together. */
@Dependent
class WebhookBeans {
    @Produces
    @Singleton
    WebhookStore store(Transactions transactions) {
        return new PostgresWebhookStore(transactions);
    }

    @Produces
    @Singleton
    WebhookSender sender(Vertx vertx, Clock clock) {
        return new HttpWebhookSender(vertx, HostResolver.ofSystem(), clock);
    }

    @Produces
    @Singleton
    Webhooks webhooks(
            WebhooksConfig config, WebhookStore store, WebhookSender sender, MessagingConfig messaging, Clock clock) {
        return new Webhooks(WebhooksReader.read(config), store, sender, messaging.source(), clock);
    }

    @Produces
    @Singleton
    WebhookLoops loops(
            Webhooks webhooks,
            WebhookStore store,
            WebhookSender sender,
            WebhookDeliveryConfig config,
            MessagingConfig messaging,
            Clock clock) {
        Delivering delivering = new Delivering(
                store,
                sender,
                new RetryTimes(config.firstDelay(), config.cap(), config.giveUpAfter()),
                config.leaseMargin(),
                messaging.source(),
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
        List<WebhookLoop> loops = webhooks.configured().stream()
                .map(webhook -> new WebhookLoop(webhook, delivering, config.concurrency(), config.poll()))
                .toList();
        KeepLoop keep = new KeepLoop(
                webhooks.configured().stream().map(Webhook::name).toList(),
                store,
                clock,
                new KeepLoop.Retention(config.keepDeadLetters(), config.keepRemoved()),
                config.forgetPoll());
        return new WebhookLoops(keep, loops);
    }
}
