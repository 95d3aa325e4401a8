package dev.hubferry.fakes.kubernetes.node;

/** A pod cannot start yet, for want of something that it mounts or reads; the message says of what. */
final class VolumeNotReady extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VolumeNotReady(String message) {
        super(message);
    }
}
