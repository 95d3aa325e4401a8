package dev.hubferry.orchestrator.api;

/** The media types of bodies that are not JSON; YAML's own (RFC 9512), and those that clients sent before there was one. */
final class MediaTypes {
    static final String YAML = "application/yaml";
    static final String X_YAML = "application/x-yaml";
    static final String TEXT_YAML = "text/yaml";

    private MediaTypes() {}
}
