package dev.hubferry.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What a connection leads to. */
public enum ConnectionKind {
    /** A Kubernetes cluster. */
    CLUSTER,
    /** A storage server. */
    STORAGE,
    /** A DNS zone. */
    ZONE,
    /** Something that only a newer version has a name for. */
    @JsonEnumDefaultValue
    OTHER
}
