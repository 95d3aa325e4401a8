package dev.hubferry.messaging;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes what somebody else may have had a part in fit to be shown: one short line without what looks like a secret. The last of several
 * guards: whoever writes such a text leaves secrets out.
 */
public final class ShownText {
    private static final int LONGEST = 300;
    private static final String HIDDEN = "***";

    private static final List<Pattern> SECRETS = List.of(
            // A private key or a certificate, also when its end was cut off.
            Pattern.compile("-----BEGIN [A-Z0-9 ]+-----.*?(-----END [A-Z0-9 ]+-----|$)", Pattern.DOTALL),
            // A JSON web token, such as those of service accounts.
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*){0,2}"),
            // A secret that webhooks are signed with.
            Pattern.compile("whsec_[A-Za-z0-9+/=_-]*"),
            Pattern.compile("(?<=://)[^/@\\s]+(?=@)"),
            Pattern.compile("(?<=\\b[Bb]earer\\s)\\S+"),
            Pattern.compile("(?<=\\b[Bb]asic\\s)[A-Za-z0-9+/=]{8,}"),
            Pattern.compile("(?i)(?<=(?:token|password|passwd|secret|api-?key|authorization)[\"']?\\s{0,2}[=:]\\s{0,2})"
                    + "(?!bearer\\s|basic\\s)[^\\s,;&]+"));

    private ShownText() {}

    /** One line of at most 300 characters. */
    public static String of(String text) {
        String shown = text;
        for (Pattern secret : SECRETS) {
            shown = secret.matcher(shown).replaceAll(HIDDEN);
        }
        shown = shown.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
    }
}
