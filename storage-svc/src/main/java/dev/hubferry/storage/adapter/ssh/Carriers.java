package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.Problem;
import dev.hubferry.contracts.Transport;
import dev.hubferry.storage.domain.Refusal;
import dev.hubferry.storage.domain.Route;
import java.util.Optional;

/**
 * What both hosts of a route have to carry homes.
 *
 * @param rsync whether both have an rsync that will do
 * @param tar whether both have a tar that will do
 */
record Carriers(boolean rsync, boolean tar) {
    static Carriers of(HostFacts source, HostFacts target) {
        return new Carriers(source.hasRsync() && target.hasRsync(), source.hasTar() && target.hasTar());
    }

    /**
     * Asks both hosts.
     *
     * @throws Refusal TOOL_MISSING when they have nothing in common
     */
    static Carriers ask(SshHosts hosts, Route route) throws InterruptedException {
        RemoteShell source = hosts.shell(route.source().storage());
        RemoteShell target = hosts.shell(route.target().storage());
        HostFacts sourceFacts = HostFacts.parse(source.require(HostCommand.script("facts")));
        HostFacts targetFacts = HostFacts.parse(target.require(HostCommand.script("facts")));
        Carriers carriers = of(sourceFacts, targetFacts);
        if (carriers.transport().isEmpty()) {
            throw Refusal.of(
                    ErrorCode.TOOL_MISSING, nothingInCommon(source.label(), sourceFacts, target.label(), targetFacts));
        }
        return carriers;
    }

    static Problem none(String sourceLabel, HostFacts source, String targetLabel, HostFacts target) {
        return new Problem(
                ErrorCode.TOOL_MISSING,
                targetLabel,
                nothingInCommon(sourceLabel, source, targetLabel, target),
                "install rsync 3.1.3 or later, or GNU tar 1.29 or later, on both hosts");
    }

    private static String nothingInCommon(String sourceLabel, HostFacts source, String targetLabel, HostFacts target) {
        return "homes can be carried neither by rsync nor by tar: on %s %s; on %s %s"
                .formatted(sourceLabel, source.carriers(), targetLabel, target.carriers());
    }

    /** Empty when they have nothing in common. */
    Optional<Transport> transport() {
        if (rsync) {
            return Optional.of(Transport.RSYNC);
        }
        return tar ? Optional.of(Transport.TAR) : Optional.empty();
    }

    /** The file "transport" of the run directory, by which every pass goes; see runner.sh. */
    String text() {
        return (rsync ? "rsync" : "") + (rsync && tar ? " " : "") + (tar ? "tar" : "") + "\n";
    }
}
