package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.ErrorCode;
import dev.hubferry.contracts.HomesRef;
import dev.hubferry.contracts.Problem;
import java.util.Optional;
import java.util.Set;

/** Whether homes can be put into a directory at all. */
final class TargetFitness {
    private static final Set<String> NO_PLACE_FOR_FILES = Set.of(
            "proc", "sysfs", "devtmpfs", "devpts", "cgroupfs", "cgroup2fs", "squashfs", "isofs", "debugfs", "tracefs");

    private TargetFitness() {}

    /**
     * @param parent of the homes directory
     * @param above what is known of the parent
     * @param homes what is known of the homes directory, which need not exist
     */
    static Optional<Problem> problem(
            HomesRef target, String parent, HostFacts.Directory above, HostFacts.Directory homes) {
        if (!above.exists()) {
            return problem(target, "there is no directory " + parent, "make it, or correct the path");
        }
        if (NO_PLACE_FOR_FILES.contains(above.fileSystem()) || !above.writable()) {
            return problem(
                    target,
                    "%s is on a %s file system that cannot be written".formatted(parent, above.fileSystem()),
                    "mount a file system there that can");
        }
        if (homes.exists() && !homes.device().equals(above.device())) {
            return problem(
                    target,
                    "the directory is a mount point; what Hubferry keeps beside the homes must be on their file system",
                    "give a directory below the mount point, such as " + target.path() + "/<hub>");
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(HomesRef target, String detail, String remedy) {
        return Optional.of(new Problem(ErrorCode.HOMES_NOT_FOUND, target.lockKey(), detail, remedy));
    }
}
