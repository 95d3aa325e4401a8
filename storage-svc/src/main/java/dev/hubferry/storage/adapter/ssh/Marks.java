package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.storage.domain.Inspection.Marker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what marks.sh prints: which homes on the target migrations have made. */
final class Marks {
    /** State of quotas that may stand beside the homes; never moved, never compared. */
    static final Set<String> QUOTA_FILES = Set.of(".projects", ".projid");

    private Marks() {}

    static List<Marker> parse(String text) {
        List<Marker> marks = new ArrayList<>();
        String migration = "";
        String source = "";
        List<String> names = new ArrayList<>();
        for (String record : NulRecords.of(text + "M\0")) {
            String value = record.substring(1);
            switch (record.charAt(0)) {
                case 'M' -> {
                    if (!migration.isEmpty()) {
                        marks.add(new Marker(migration, source, List.copyOf(names)));
                    }
                    migration = value;
                    names = new ArrayList<>();
                }
                case 'S' -> source = value;
                case 'H' -> names.add(value);
                default -> throw new IllegalStateException("unknown record in an ownership marker: " + record);
            }
        }
        return marks;
    }
}
