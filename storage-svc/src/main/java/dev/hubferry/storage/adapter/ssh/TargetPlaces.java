package dev.hubferry.storage.adapter.ssh;

import dev.hubferry.contracts.HomesRef;
import dev.hubferry.storage.domain.Route;

/**
 * Where a route keeps its things on the target: beside the homes, on the same file system, never among them.
 *
 * <pre>
 *   PARENT/NAME                                  the homes
 *   PARENT/.hubferry/owned/NAME/MIGRATION.homes   which homes a migration made there; stays when the route is closed
 *   PARENT/.hubferry/MIGRATION/                   the run directory: key, lock, epochs, passes; goes when the route is closed
 * </pre>
 *
 * @param parent of the homes directory
 * @param homes the homes directory
 * @param run the run directory
 * @param marks the directory of ownership markers
 */
record TargetPlaces(String parent, String homes, String run, String marks) {
    static TargetPlaces of(Route route) {
        String parent = parentOf(route.target());
        return new TargetPlaces(
                parent, route.target().path(), parent + "/.hubferry/" + route.migration(), marksOf(route.target()));
    }

    static String parentOf(HomesRef target) {
        int slash = target.path().lastIndexOf('/');
        return slash == 0 ? "" : target.path().substring(0, slash);
    }

    static String marksOf(HomesRef target) {
        String name = target.path().substring(target.path().lastIndexOf('/') + 1);
        return parentOf(target) + "/.hubferry/owned/" + name;
    }
}
