package dev.hubferry.fakes.kubernetes.node;

import java.nio.file.Path;

/**
 * A volume as one container sees it.
 *
 * @param mountPath where the container sees it
 * @param hostPath the directory (or file, of a subPath) of this host that it is, subPath included
 */
public record Mount(String container, String volume, String mountPath, Path hostPath, boolean readOnly) {}
