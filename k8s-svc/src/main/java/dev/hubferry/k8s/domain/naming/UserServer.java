package dev.hubferry.k8s.domain.naming;

/**
 * One server of one user, by the names that the hub's database has.
 *
 * @param user the raw name
 * @param server the raw name; empty for the unnamed one
 */
public record UserServer(String user, String server) {

    /** The user's unnamed server. */
    public static UserServer unnamed(String user) {
        return new UserServer(user, "");
    }
}
