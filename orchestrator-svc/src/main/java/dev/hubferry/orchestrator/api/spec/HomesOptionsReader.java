package dev.hubferry.orchestrator.api.spec;

import dev.hubferry.contracts.ExcludePattern;
import dev.hubferry.contracts.HomesConsent;
import dev.hubferry.contracts.HomesOptions;
import dev.hubferry.contracts.HomesOwner;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads in what a move of homes is not simply a copy. */
final class HomesOptionsReader {
    private HomesOptionsReader() {}

    /** @param fields of the homes; where something is wrong there, it is left out of what comes back */
    static HomesOptions read(JsonFields fields) {
        List<String> exclude = fields.optionalTexts(
                "exclude", "use a name such as .cache or *.tmp, or a path below a home such as work/*", text -> {
                    var unused = ExcludePattern.parse(text);
                });
        Optional<HomesOwner> ownership = fields.optionalObject("ownership").flatMap(HomesOptionsReader::owner);
        Set<HomesConsent> consents = Set.copyOf(fields.optionalChoices("consents", HomesConsent.class));
        if (exclude.size() > HomesOptions.MOST_PATTERNS) {
            fields.wrong(
                    "exclude",
                    "has %d patterns, but may have %d".formatted(exclude.size(), HomesOptions.MOST_PATTERNS),
                    "say more with fewer, by * and ?");
            return new HomesOptions(List.of(), ownership, consents);
        }
        return new HomesOptions(exclude, ownership, consents);
    }

    private static Optional<HomesOwner> owner(JsonFields fields) {
        OptionalLong uid = fields.whole("uid", HomesOwner.SMALLEST_UID, HomesOwner.LARGEST);
        OptionalLong gid = fields.whole("gid", 0, HomesOwner.LARGEST);
        fields.close();
        return uid.isPresent() && gid.isPresent()
                ? Optional.of(new HomesOwner(uid.getAsLong(), gid.getAsLong()))
                : Optional.empty();
    }
}
