package dev.hubferry.orchestrator.page;

/** Which entry of the page's menu one is in. */
public enum Section {
    MIGRATIONS,
    NEW,
    CONNECTIONS,
    QUEUE,
    AUDIT,
    NONE
}
