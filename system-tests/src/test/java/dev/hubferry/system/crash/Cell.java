package dev.hubferry.system.crash;

import dev.hubferry.failpoints.Hit;
import dev.hubferry.failpoints.Moment;
import dev.hubferry.sandbox.world.Service;
import java.util.Locale;

/** One cell of the matrix: the service halts there, once. */
record Cell(Service service, String point, Moment moment, Scenario scenario) {
    Hit hit() {
        return new Hit(point, moment);
    }

    @Override
    public String toString() {
        return moment.name().toLowerCase(Locale.ROOT) + " " + point + " of " + service.module();
    }
}
