package dev.hubferry.fakes.namecheap;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of a call; names are case-insensitive. */
record Form(Map<String, String> parameters) {

    static Form parse(String body) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT), decode(pair.substring(equals + 1)));
            }
        }
        return new Form(parameters);
    }

    /** The value, or an empty text when it was not sent. */
    String get(String name) {
        return parameters.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean has(String name) {
        return !get(name).isEmpty();
    }

    int number(String name, int otherwise) throws ApiRefusal {
        if (!has(name)) {
            return otherwise;
        }
        try {
            return Integer.parseInt(get(name).strip());
        } catch (NumberFormatException e) {
            throw new ApiRefusal(2050900, name + " is not a number");
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
