package dev.hubferry.fakes.namecheap;

import java.io.Serial;

/** A call that the API answers with an error number. */
final class ApiRefusal extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int number;

    ApiRefusal(int number, String text) {
        super(text);
        this.number = number;
    }

    int number() {
        return number;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
