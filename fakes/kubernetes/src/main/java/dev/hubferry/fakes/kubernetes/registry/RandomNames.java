package dev.hubferry.fakes.kubernetes.registry;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Endings for generated names, in Kubernetes' alphabet without vowels and look-alikes. */
public final class RandomNames {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LENGTH = 5;

    private RandomNames() {}

    public static String suffix() {
        return IntStream.range(0, LENGTH)
                .mapToObj(i -> String.valueOf(letter(ThreadLocalRandom.current().nextInt(ALPHABET.length()))))
                .collect(Collectors.joining());
    }

    /** The same ten letters for the same number, as pod-template hashes are written. */
    public static String hash(int number) {
        return Integer.toUnsignedString(number)
                .chars()
                .mapToObj(digit -> String.valueOf(letter(digit)))
                .collect(Collectors.joining());
    }

    private static char letter(int number) {
        return ALPHABET.charAt(Math.floorMod(number, ALPHABET.length()));
    }
}
