package dev.hubferry.orchestrator.saga.plan;

import static dev.hubferry.orchestrator.saga.plan.Sentence.forwardOnly;
import static dev.hubferry.orchestrator.saga.plan.Sentence.looks;
import static dev.hubferry.orchestrator.saga.plan.Sentence.stays;
import static dev.hubferry.orchestrator.saga.plan.Sentence.undone;

import dev.hubferry.contracts.HubFacts;
import dev.hubferry.contracts.Notice;
import dev.hubferry.orchestrator.saga.plan.Sentences.Wording;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What k8s-svc will do to the two hubs. */
final class HubSentences {
    private HubSentences() {}

    static Optional<Wording> of(String row) {
        @Nullable
        Wording wording = switch (row) {
            case "check-source" -> HubSentences::checkSource;
            case "check-target" -> HubSentences::checkTarget;
            case "hold-target" -> HubSentences::holdTarget;
            case "close-source" -> HubSentences::closeSource;
            case "evict-users" -> HubSentences::evictUsers;
            case "stop-source-hub" -> HubSentences::stopSourceHub;
            case "start-target-hub" -> HubSentences::startTargetHub;
            case "smoke-test-target" -> HubSentences::smokeTestTarget;
            case "confirm-fence", "confirm-still-fenced" -> HubSentences::confirmFence;
            case "open-target" -> HubSentences::openTarget;
            case "verify-live" -> HubSentences::verifyLive;
            default -> null;
        };
        return Optional.ofNullable(wording);
    }

    private static Sentence checkSource(PlanFacts f) {
        return looks("Looks at the hub %s%s%s."
                .formatted(
                        f.oldHub(),
                        f.onceMore(),
                        f.source().map(HubSentences::found).orElse("")));
    }

    private static Sentence checkTarget(PlanFacts f) {
        return looks("Looks at the hub %s%s%s."
                .formatted(
                        f.newHub(),
                        f.onceMore(),
                        f.target().map(HubSentences::found).orElse("")));
    }

    private static String found(HubFacts hub) {
        return " (release %s, JupyterHub %s, homes on %s:%s, users let in at %s)"
                .formatted(
                        hub.release(),
                        hub.hubVersion(),
                        hub.homesServer(),
                        hub.homesPath(),
                        hub.ingress().value());
    }

    private static Sentence holdTarget(PlanFacts f) {
        return undone(
                "Shuts the hub %s: its Service proxy-public leads nowhere, and the hub is scaled to 0."
                        .formatted(f.newHub()),
                "Gives proxy-public its selector back and starts the hub %s, as they were.".formatted(f.newHub()));
    }

    private static Sentence closeSource(PlanFacts f) {
        return undone(
                        "Closes the hub %s: deletes its Service proxy-public and keeps the manifest (one of type LoadBalancer stays, and leads nowhere)."
                                .formatted(f.oldHub()),
                        "Puts proxy-public of %s back as it was.".formatted(f.oldHub()))
                .noticed("The downtime begins: %s does not answer any more, neither the login page nor any server."
                        .formatted(f.spec().dns().name()));
    }

    private static Sentence evictUsers(PlanFacts f) {
        String servers = f.source()
                .map(hub -> Figures.count(hub.userPods(), "user server", "user servers")
                        + " by %s count".formatted(f.whose()))
                .orElse("all user servers");
        return stays(
                        "Stops the servers of users of %s, and every other pod of the namespace that can write to %s: %s."
                                .formatted(f.oldHub(), f.oldHomes(), servers),
                        "Servers that were stopped stay so; the old hub starts new ones when users ask for them.")
                .noticed("Every running server is stopped. Files are kept; what is only in a kernel's memory is lost.");
    }

    private static Sentence stopSourceHub(PlanFacts f) {
        return undone(
                "Scales the hub %s to 0.".formatted(f.oldHub()),
                "Starts the hub %s with as many replicas as before.".formatted(f.oldHub()));
    }

    private static Sentence startTargetHub(PlanFacts f) {
        return undone(
                "Starts the hub %s behind its shut way in.".formatted(f.newHub()),
                "Stops the hub %s again.".formatted(f.newHub()));
    }

    private static Sentence smokeTestTarget(PlanFacts f) {
        return looks(
                "Asks the hub %s for its version and, with a service token, for its users%s; looks at the homes as a pod there mounts them."
                        .formatted(
                                f.newHub(),
                                f.database()
                                        .map(found -> " (%s are expected)".formatted(Figures.count(found.users())))
                                        .orElse("")));
    }

    private static Sentence confirmFence(PlanFacts f) {
        return looks("Makes sure that %s and %s are still closed and that no pod can write to the homes of either."
                .formatted(f.oldHub(), f.newHub()));
    }

    private static Sentence openTarget(PlanFacts f) {
        String known = f.database().stream()
                .flatMap(found -> found.notices().stream())
                .map(Notice::text)
                .map(text -> " " + text)
                .collect(Collectors.joining());
        return forwardOnly(
                        "Lets users into the hub %s: its Service proxy-public leads to it again.".formatted(f.newHub()))
                .noticed("The downtime ends: users log in at %s as before and are on the new hub.%s"
                        .formatted(f.spec().dns().name(), known));
    }

    private static Sentence verifyLive(PlanFacts f) {
        return forwardOnly("Asks the hub %s through the cluster's way in, by the name %s, whether it answers."
                .formatted(f.newHub(), f.spec().dns().name()));
    }
}
