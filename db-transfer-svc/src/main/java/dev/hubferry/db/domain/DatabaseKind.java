package dev.hubferry.db.domain;

/** Where a hub keeps its database: the chart's {@code hub.db.type}. */
public sealed interface DatabaseKind {
    /** The chart's word for it, such as {@code sqlite-pvc}. */
    String type();

    /** The kind that the chart's word stands for. */
    static DatabaseKind of(String type) {
        return switch (type) {
            case "sqlite-pvc" -> new SqliteOnVolume();
            case "sqlite-memory" -> new SqliteInMemory();
            default -> new Server(type);
        };
    }

    /** A SQLite file on a volume of the hub's own: the chart's default. */
    record SqliteOnVolume() implements DatabaseKind {
        @Override
        public String type() {
            return "sqlite-pvc";
        }
    }

    /** In the hub's process: gone with every restart. */
    record SqliteInMemory() implements DatabaseKind {
        @Override
        public String type() {
            return "sqlite-memory";
        }
    }

    /** A database server, such as {@code postgres}. */
    record Server(String type) implements DatabaseKind {}
}
